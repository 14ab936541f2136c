"""Pseudonyms of pupils, made with a local key; unique pupil numbers are recognised and dropped."""

from __future__ import annotations

import hashlib
import hmac
import os
import pathlib
import re
import secrets

from ...core import (
    Content,
    ContentError,
    Mistake,
    NotReadError,
    Place,
    read_within,
    why,
    write_once,
)

KEY = "pseudonyms.key"
_GAP = r"[\s\u00a0\u2007\u202f-]"
_UPN = re.compile(
    rf"(?<![A-Z0-9])[A-Z](?:{_GAP}?\d){{11}}{_GAP}?[\dA-Z](?![A-Z0-9])", re.IGNORECASE | re.ASCII
)
"""Also written in groups, as A 123 4567 89012."""
_BETWEEN = re.compile(_GAP)
_UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
_UPN_LENGTH = 13
_LETTERS = "23456789BCDFGHJKMNPQRSTVWXYZ"
"""No vowels, so that no pseudonym spells a word; no 0, 1, L, O, I, which are misread."""
_HALF = 4
PSEUDONYM = rf"[{_LETTERS}]{{{_HALF}}}-[{_LETTERS}]{{{_HALF}}}"
"""The form of a pseudonym."""
_SHORTEST = 16
_LONGEST = 4096
"""Bytes of a file that can be a key."""


def is_upn(text: str) -> bool:
    """Tell whether a text is a unique pupil number, by its pattern and its check letter.

    A temporary number ends in a letter, which counts as the value the letter has in the list of
    check letters.
    """
    plain = plain_upn(text)
    return bool(_UPN.fullmatch(plain)) and check_letter(plain[1:]) == plain[0]


def looks_like_upn(text: str) -> bool:
    """Tell whether a text has the pattern of a unique pupil number, whatever its check letter."""
    return bool(_UPN.fullmatch(plain_upn(text)))


def plain_upn(text: str) -> str:
    """A pupil number in capitals and without what stands between its groups."""
    return _BETWEEN.sub("", text).upper()


def check_letter(rest: str) -> str:
    """The letter a pupil number begins with, from the twelve characters after it: the sum of each
    times its position (2 to 13), modulo 23, in the list of check letters (DfE, UPN guide 2019)."""
    values = [int(c) if c.isdigit() else _UPN_LETTERS.find(c) for c in rest]
    return _UPN_LETTERS[sum(v * w for w, v in enumerate(values, start=2)) % len(_UPN_LETTERS)]


def holds_upn(text: str) -> bool:
    """Tell whether a unique pupil number stands anywhere in a text."""
    return len(text) >= _UPN_LENGTH and any(is_upn(found[0]) for found in _UPN.finditer(text))


def hide_upns(text: str) -> str:
    """A text that does not repeat what looks like a pupil number."""
    return _UPN.sub("[a pupil number]", text)


def without_upns(problem: Mistake) -> Mistake:
    """A problem that does not repeat what looks like a pupil number."""
    place = problem.place
    return Mistake(
        Place(hide_upns(place.file), place.line, place.column, hide_upns(place.sheet)),
        hide_upns(problem.what),
        hide_upns(problem.hint),
        hide_upns(problem.of_value),
    )


class Pseudonyms:
    """Names for the pupils of one school that stay the same as long as its key does; nobody without
    the key can tell whose they are.

    Where the folder has no key (`kept` is false) they are provisional: good for telling pupils
    apart, not for showing. `make_key` makes one. A key that is given is not looked for.
    """

    def __init__(self, folder: pathlib.Path, school: str, key: bytes | None = None) -> None:
        self.school = school
        path = folder / KEY
        self.kept = key is not None or os.path.lexists(path)
        if not self.kept:
            self._key = hashlib.sha256(f"provisional {school}".encode()).digest()
            return
        self._key = _key_in(folder) if key is None else key
        if len(self._key) < _SHORTEST:
            raise _no_key(
                "can't be read as a key",
                "put the former file back, or delete it: pupils then get new pseudonyms",
            )

    def of(self, kind: str, text: str) -> str:
        """The pseudonym of what identifies a pupil, for example K7MX-2R9T: eight letters and
        digits of HMAC-SHA256 over the school, the kind of identifier and the identifier."""
        said = "\x1f".join((self.school, kind, text)).encode()
        number = int.from_bytes(hmac.digest(self._key, said, "sha256")[:8], "big")
        letters = []
        for _ in range(2 * _HALF):
            number, place = divmod(number, len(_LETTERS))
            letters.append(_LETTERS[place])
        return "".join(letters[:_HALF]) + "-" + "".join(letters[_HALF:])


def make_key(folder: pathlib.Path) -> None:
    """Gives a school folder a key to its pupils' pseudonyms, unless it has one: random, and readable
    by its owner only. Of many who give it one at once, one does. Raises ContentError when the folder
    can't be written."""
    if os.path.lexists(folder / KEY):
        return
    try:
        write_once(folder / KEY, Content(f"{secrets.token_hex(32)}\n".encode("ascii"), 0o600))
    except OSError as error:
        raise _no_key(
            f"the key to the pupils' pseudonyms can't be written into this folder ({why(error)})",
            "make the folder writable: without a key pupils can't be shown",
        ) from error


def _key_in(folder: pathlib.Path) -> bytes:
    """The key in a folder, empty where it can't be one. Raises ContentError where it can't be read."""
    try:
        return bytes.fromhex(read_within(folder, KEY, _LONGEST).decode("ascii").strip())
    except NotReadError as error:
        raise _no_key(error.what, error.hint) from None
    except ValueError:
        return b""


def _no_key(what: str, hint: str) -> ContentError:
    return ContentError([Mistake(Place(KEY), what, hint)])
