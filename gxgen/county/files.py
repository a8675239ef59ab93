"""Names and files on disk: what comes from a workbook never reaches a path unchecked."""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import IO

from gxgen.errors import EnvironmentProblemError

# What Windows or Unix forbid in a file name, as the full-width sign that reads the same.
_FULL_WIDTH = str.maketrans('/\\:*?"<>|', "／＼：＊？＂＜＞｜")
_MOST_BYTES = 200
_TEMPORARY = ".gxgen-"


def safe_name(text: str) -> str:
    """``text`` as a file name without ending: one component, printable, at most 200 bytes.

    Two texts that differ keep different names: a name that had to be cut ends in a digest.
    """
    name = "".join(c for c in text.translate(_FULL_WIDTH) if c.isprintable()).strip(" .")
    data = name.encode("utf-8", "replace")
    if not name or len(data) > _MOST_BYTES:
        digest = hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=4).hexdigest()
        name = data[:_MOST_BYTES].decode("utf-8", "ignore") + "…" + digest
    return name


def read_bytes(path: Path) -> bytes:
    """The file's bytes.

    Raises:
        EnvironmentProblemError: it cannot be read; the sentence says why and what to do.
    """
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise EnvironmentProblemError(f"找不到文件：{path}") from None
    except PermissionError:
        raise EnvironmentProblemError(
            f"读不了文件：{path}。它可能正被 Excel 或 WPS 打开，或者没有读取权限；请关闭后重试。"
        ) from None
    except OSError as error:
        raise EnvironmentProblemError(f"读不了文件：{path}（{_reason(error)}）") from None


def write_whole(path: Path, data: bytes | Iterable[bytes]) -> None:
    """Write so that ``path`` holds either its old content or all of ``data``.

    Raises:
        EnvironmentProblemError: it cannot be written; nothing at ``path`` has changed.
    """
    staged = Staged(path)
    with staged:
        for chunk in (data,) if isinstance(data, bytes) else data:
            staged.write(chunk)
        staged.commit()


class Staged:
    """A file on its way: written beside its place, and put there whole or not at all.

    A context: leaving it without :meth:`commit` leaves nothing behind. Troubles of the disk are
    EnvironmentProblemError, in a sentence that says what to do.
    """

    def __init__(self, path: Path) -> None:
        """Nothing is written yet."""
        self.path = path
        self._state = hashlib.sha256()
        self._begun: tuple[IO[bytes], Path] | None = None
        """What is written, and where it lies until it is committed."""

    @property
    def sha256(self) -> str:
        """Of what has been written so far."""
        return self._state.hexdigest()

    def write(self, data: bytes) -> None:
        """Add to the end.

        Raises:
            EnvironmentProblemError: it cannot be written; nothing at the path has changed.
        """
        with _troubles(self.path):
            file, _ = self._opened()
            file.write(data)
            self._state.update(data)

    def commit(self) -> None:
        """Put the file in its place.

        Raises:
            EnvironmentProblemError: it cannot be written; nothing at the path has changed.
        """
        with _troubles(self.path):
            file, temporary = self._opened()
            file.flush()
            os.fsync(file.fileno())
            file.close()
            temporary.chmod(0o666 & ~_umask())
            temporary.replace(self.path)
            self._begun = None

    def __enter__(self) -> Staged:
        """Begin."""
        return self

    def __exit__(self, *trouble: object) -> None:
        """Leave nothing behind that was not committed."""
        if self._begun is None:
            return
        file, temporary = self._begun
        with contextlib.suppress(OSError):
            file.close()
        with contextlib.suppress(OSError):
            temporary.unlink()

    def _opened(self) -> tuple[IO[bytes], Path]:
        if self._begun is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            prefix = f"{_TEMPORARY}{os.getpid()}-"
            handle, name = tempfile.mkstemp(prefix=prefix, suffix=".tmp", dir=self.path.parent)
            self._begun = os.fdopen(handle, "wb"), Path(name)
        return self._begun


@contextlib.contextmanager
def _troubles(path: Path) -> Iterator[None]:
    try:
        yield
    except PermissionError:
        raise EnvironmentProblemError(
            f"写不了文件：{path}。它可能正被 Word 或 WPS 打开，或者文件夹不可写；"
            "请关闭该文件后重新生成，原文件没有改动。"
        ) from None
    except OSError as error:
        raise EnvironmentProblemError(
            f"写不了文件：{path}（{_reason(error)}）。原文件没有改动。"
        ) from None


def clear_temporary(folder: Path) -> None:
    """Remove temporary files that a killed run left; those of a running one stay."""
    for path in folder.glob(f"{_TEMPORARY}*.tmp"):
        owner = path.name[len(_TEMPORARY) :].partition("-")[0]
        if not owner.isdigit() or not _alive(int(owner)):
            with contextlib.suppress(OSError):
                path.unlink()


def _alive(process: int) -> bool:
    if os.name != "posix":
        return process == os.getpid()
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


@cache
def _umask() -> int:
    """Asked for once: asking changes it for a moment, for all threads."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _reason(error: OSError) -> str:
    known = {28: "磁盘已满", 30: "磁盘只读", 36: "文件名太长", 21: "它是一个文件夹", 20: "路径不对"}
    return known.get(error.errno or 0, f"系统错误 {error.errno}")
