"""Zipped documents are the same whenever they are made."""

from __future__ import annotations

import io
import zipfile

from termwise.engine.documents.render.archive import WRITTEN, settled


def made(year: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in ("b.xml", "a.xml"):
            archive.writestr(zipfile.ZipInfo(name, (year, 2, 3, 4, 5, 6)), f"<{name}/>" * 50)
    return out.getvalue()


def test_the_hour_at_which_parts_were_made_is_in_no_archive() -> None:
    assert made(2025) != made(2026)
    assert settled(made(2025)) == settled(made(2026))


def test_parts_keep_their_order_and_what_they_hold_and_the_archive_is_signed() -> None:
    with zipfile.ZipFile(io.BytesIO(settled(made(2026)))) as found:
        assert found.namelist() == ["b.xml", "a.xml"]
        assert found.read("a.xml") == b"<a.xml/>" * 50
        assert found.comment == WRITTEN.encode()
        assert all(one.compress_type == zipfile.ZIP_DEFLATED for one in found.infolist())
        assert {one.external_attr >> 16 for one in found.infolist()} == {0o600}
