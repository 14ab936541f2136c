"""Each format that can't be written without a package says which."""

from __future__ import annotations

import pytest

from termwise.engine.documents.render.formats import FILES, FORMATS, missing_for


def test_what_is_text_needs_nothing() -> None:
    assert not [name for name in FORMATS if missing_for(name)]


def test_only_packages_that_are_missing_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    module = "termwise.engine.documents.render.formats.find_spec"
    monkeypatch.setattr(module, lambda name: None if name == "typst" else name)
    assert missing_for("docx") == ["typst"] and missing_for("xlsx") == []
    monkeypatch.setattr(module, lambda name: None)
    assert missing_for("docx") == ["python-docx", "typst"]
    assert all(missing_for(name) for name in (*FILES, "xlsx", "ics"))
