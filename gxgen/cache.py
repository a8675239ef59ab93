"""What took long to work out and will be the same tomorrow, kept in the user's own cache folder.

Losing it costs time and nothing else: what cannot be read, or was not written by this user, is
worked out anew. ``GXGEN_CACHE`` names another folder; set to ``off`` it keeps nothing.
"""

from __future__ import annotations

import contextlib
import hashlib
import marshal
import os
import re
import sys
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any

VARIABLE = "GXGEN_CACHE"
_MOST_FILES = 200
_DIGEST = 32
_NAME_BYTES = 20
_OWN = re.compile(rf".+-[0-9a-f]{{{2 * _NAME_BYTES}}}(\.\d+\.tmp)?")
"""The names that :func:`recalled` gives. The folder may hold other things, which are not ours."""


def recalled(kind: str, key: Iterable[bytes], make: Callable[[], Any]) -> Any:
    """What ``make`` gives for this key: plain data that :mod:`marshal` holds.

    ``kind`` is the first part of the file's name. The program that makes it is part of every key
    (:func:`program`); the rest is the caller's to name.
    """
    home = folder()
    if home is None:
        return make()
    path = home / f"{kind}-{_name(key)}"
    known = _read(path)
    if known is None:
        known = (make(),)
        _write(path, known)
    return known[0]


@cache
def program() -> bytes:
    """What this very program is: its version and Python's, and its files as they lie on disk."""
    from gxgen import __version__

    home = Path(__file__).parent
    rooms = ("", "editions", "model", "opc", "document", "fonts", "formats", "templates", "county")
    inner = [
        Path(entry.path)
        for room in ("formats", "templates")
        for entry in os.scandir(home / room)
        if entry.is_dir()
    ]
    files = sorted(
        (entry.path, entry.stat().st_size, entry.stat().st_mtime_ns)
        for folder in (*(home / room for room in rooms), *inner)
        for entry in os.scandir(folder)
        if entry.name.endswith(".py")
    )
    return repr((__version__, sys.version_info, files)).encode()


def folder() -> Path | None:
    """The user's own cache folder, which need not exist yet; None if nothing may be kept."""
    named = os.environ.get(VARIABLE)
    if named == "off":
        return None
    if named:
        return Path(named)
    from platformdirs import user_cache_path

    return user_cache_path("gxgen", appauthor=False)


def settings_folder() -> Path:
    """Where what is this user's own and must not be lost lies, which need not exist yet: beside the
    cache if that is named, else where the system keeps settings."""
    named = os.environ.get(VARIABLE)
    if named and named != "off":
        return Path(named)
    from platformdirs import user_config_path

    return user_config_path("gxgen", appauthor=False)


def _name(key: Iterable[bytes]) -> str:
    state = hashlib.blake2b(digest_size=_NAME_BYTES)
    for part in (program(), *key):
        state.update(len(part).to_bytes(8, "big") + part)
    return state.hexdigest()


def _read(path: Path) -> tuple[Any] | None:
    """The one thing in the file, with its digest before it; None if there is none to be trusted."""
    try:
        with path.open("rb") as file:
            if hasattr(os, "getuid") and os.fstat(file.fileno()).st_uid != os.getuid():
                return None
            data = file.read()
        content = data[_DIGEST:]
        if hashlib.blake2b(content, digest_size=_DIGEST).digest() != data[:_DIGEST]:
            return None
        return (marshal.loads(content),)  # noqa: S302 - written by this user, for this program
    except (OSError, ValueError, EOFError, TypeError):
        return None


def _write(path: Path, known: tuple[Any]) -> None:
    content = marshal.dumps(known[0])
    temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _forget_the_oldest(path.parent)
        temporary.write_bytes(hashlib.blake2b(content, digest_size=_DIGEST).digest() + content)
        temporary.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            temporary.unlink()


def _forget_the_oldest(folder: Path) -> None:
    files = [e for e in os.scandir(folder) if e.is_file() and _OWN.fullmatch(e.name)]
    if len(files) >= _MOST_FILES:
        for entry in sorted(files, key=lambda e: e.stat().st_mtime_ns)[: _MOST_FILES // 2]:
            with contextlib.suppress(OSError):
                Path(entry.path).unlink()
