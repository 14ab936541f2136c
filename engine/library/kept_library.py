"""A checked library kept for the next run, by the hash of all that it was made of: in a folder of its user's own."""

from __future__ import annotations

import contextlib
import gc
import hashlib
import hmac
import io
import os
import pathlib
import pickle
import stat
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import pydantic

from ..core import VERSION
from .loader import Library
from .pack_folders import PacksAsked
from .record_reader import Kind, Origin

_SUFFIX = ".library"
_MOST = 8
"""Libraries that are kept: of those in use and of the last few edits."""
_LARGEST = 64 << 20
"""Bytes; what is larger was not written here."""
_DIGEST = hashlib.sha256().digest_size
_OWN = ("termwise.", "pydantic.", "datetime", "pathlib", "collections", "types")
"""What a kept library may be made of, beside a few plain types; anything else is not read."""
_PLAIN = frozenset({"set", "frozenset", "dict", "list", "tuple", "str", "int", "float", "slice"})
_CODE = pathlib.Path(__file__).parent.parent


@dataclass(frozen=True)
class KeptLibraries:
    """The folder in which checked libraries are kept.

    Nothing in it is trusted by its name: a file counts only in a folder and under a right that nobody else has,
    with the hash of what it holds, and under the hash of every file of rules and knowledge, of the code that
    reads them, and of the versions in use. Whatever else is found there is passed over in silence.
    """

    folder: pathlib.Path

    def library(
        self, root: pathlib.Path, asked: PacksAsked, read: Callable[[], Library]
    ) -> Library:
        """Give the library that was kept for the packs that are asked for, or read it and keep it.

        `root` is the folder that termwise comes in. Raises what `read` raises; nothing of its own.
        """
        if (
            asked.own_steps or asked.trust or asked.school
        ):  # what a school's folder holds is read each time
            return read()
        try:
            path = self.folder / f"{_key(root, asked)}{_SUFFIX}"
        except OSError:
            return read()
        kept = self._kept(path)
        if kept is not None:
            return kept
        library = read()
        with contextlib.suppress(OSError, pickle.PicklingError, RecursionError):
            self._keep(path, library)
        return library

    def state(self) -> str:
        """Tell in words what is kept, or why nothing is."""
        if not os.path.lexists(self.folder):
            return "nothing kept yet"
        if not self._is_private():
            return f"not used: {self.folder} is no folder that only you can write to"
        sizes = [path.stat().st_size for path in self._files()]
        return f"{len(sizes)} kept in {self.folder}, {sum(sizes) / 1e6:.1f} MB"

    def _kept(self, path: pathlib.Path) -> Library | None:
        try:
            if not self._is_private():
                return None
            raw = _own_bytes(path)
        except OSError:
            return None
        digest, payload = raw[:_DIGEST], raw[_DIGEST:]
        if not hmac.compare_digest(digest, hashlib.sha256(payload).digest()):
            return None
        try:
            found = _read(payload)
        except Exception:  # whatever is wrong with it, it is not ours
            return None
        with contextlib.suppress(OSError):
            os.utime(path)
        return found if isinstance(found, Library) else None

    def _keep(self, path: pathlib.Path, library: Library) -> None:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not self._is_private():
            return
        origins = KeptOrigins(pickle.dumps(dict(library.origins), protocol=5))
        payload = pickle.dumps(replace(library, origins=origins), protocol=5)
        number, name = tempfile.mkstemp(dir=self.folder, suffix=".new")
        try:
            with os.fdopen(number, "wb") as file:
                file.write(hashlib.sha256(payload).digest() + payload)
            os.replace(name, path)
        except OSError:
            with contextlib.suppress(OSError):
                os.unlink(name)
            raise
        for old in self._files()[_MOST:]:
            with contextlib.suppress(OSError):
                old.unlink()

    def _files(self) -> list[pathlib.Path]:
        """The files kept, those last used first."""
        found = [path for path in self.folder.iterdir() if path.suffix == _SUFFIX]
        return sorted(found, key=lambda path: (-path.lstat().st_mtime_ns, path.name))

    def _is_private(self) -> bool:
        """Tell whether the folder is one that only its user can write to, and that user this one."""
        told = os.lstat(self.folder)
        others = stat.S_IRWXG | stat.S_IRWXO
        return (
            stat.S_ISDIR(told.st_mode) and told.st_uid == os.getuid() and not told.st_mode & others
        )


class KeptOrigins(Mapping[tuple[Kind, str], Origin]):
    """Where records are written, as it was kept: read when a place is asked for, which is seldom."""

    def __init__(self, raw: bytes) -> None:
        self._raw = raw

    def __reduce__(self) -> tuple[type[KeptOrigins], tuple[bytes]]:
        return KeptOrigins, (self._raw,)

    @cached_property
    def _origins(self) -> Mapping[tuple[Kind, str], Origin]:
        found: Mapping[tuple[Kind, str], Origin] = _read(self._raw)
        return found

    def __getitem__(self, key: tuple[Kind, str]) -> Origin:
        return self._origins[key]

    def __iter__(self) -> Iterator[tuple[Kind, str]]:
        return iter(self._origins)

    def __len__(self) -> int:
        return len(self._origins)


class _OwnOnly(pickle.Unpickler):
    """Reads what is made of the project's records and plain values, and calls nothing else."""

    def find_class(self, module: str, name: str) -> Any:
        if module == "builtins" and name in _PLAIN or module.startswith(_OWN):
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name}")


def _read(raw: bytes) -> Any:
    """Read what was kept, without a collection in between: everything in it stays."""
    collects = gc.isenabled()
    gc.disable()
    try:
        return _OwnOnly(io.BytesIO(raw)).load()
    finally:
        if collects:
            gc.enable()


def _own_bytes(path: pathlib.Path) -> bytes:
    """The bytes of a plain file that only this user can read or write; OSError where it is none."""
    number = os.open(
        path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    )
    with os.fdopen(number, "rb") as file:
        told = os.fstat(number)
        shared = told.st_mode & (stat.S_IRWXG | stat.S_IRWXO)
        if not stat.S_ISREG(told.st_mode) or told.st_uid != os.getuid() or shared:
            raise PermissionError(str(path))
        if told.st_size > _LARGEST:
            raise OSError(str(path))
        return file.read()


def _key(root: pathlib.Path, asked: PacksAsked) -> str:
    """The hash of all a library is made of: versions, the code that reads it, and every file it is read from."""
    told = hashlib.sha256()
    versions = (VERSION, sys.implementation.cache_tag, sys.version, pydantic.VERSION)
    told.update(repr((versions, asked.programme, asked.packs)).encode())
    for place in (_CODE / "core", _CODE / "library"):
        _add(told, place, ".py")
    for place in (root / "rules", root / "knowledge"):
        _add(told, place, "")
    return told.hexdigest()


def _add(told: Any, folder: pathlib.Path, suffix: str) -> None:
    """Add the name and the bytes of each file below a folder, in the order of their names."""
    for place, folders, files in os.walk(folder):
        folders.sort()
        for name in sorted(name for name in files if name.endswith(suffix)):
            path = os.path.join(place, name)
            with open(path, "rb") as file:
                raw = file.read()
            told.update(f"{path}\0{len(raw)}\0".encode(errors="surrogateescape") + raw)


def private_folder(environment: Mapping[str, str]) -> KeptLibraries | None:
    """Where this user's libraries are kept: what TERMWISE_CACHE names, or the usual place; None where it says “off”,
    or where files have no owner."""
    named = environment.get("TERMWISE_CACHE", "")
    if named == "off" or not hasattr(os, "getuid"):
        return None
    if named:
        return KeptLibraries(pathlib.Path(named))
    base = environment.get("XDG_CACHE_HOME") or os.path.join(environment.get("HOME", ""), ".cache")
    return KeptLibraries(pathlib.Path(base, "termwise")) if os.path.isabs(base) else None


__all__ = ["KeptLibraries", "KeptOrigins", "private_folder"]
