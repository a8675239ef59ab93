"""Names and files on disk: what comes from a workbook never reaches a path unchecked."""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
import tempfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from gxgen.errors import EnvironmentProblemError
from gxgen.opc.limits import MIB, largest_file

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
    """The file's bytes. How many there are is looked at before: what is far larger than any file
    of its kind (:func:`~gxgen.opc.limits.largest_file`) is not read.

    Raises:
        EnvironmentProblemError: it cannot be read; the sentence says why and what to do.
    """
    most = largest_file(path.suffix)
    try:
        about = path.stat()
        if not (stat.S_ISREG(about.st_mode) or stat.S_ISDIR(about.st_mode)):
            raise EnvironmentProblemError(f"读不了文件：{path} 不是普通的文件；请把它移走。")
        if about.st_size <= most:
            return path.read_bytes()
    except FileNotFoundError:
        raise EnvironmentProblemError(f"找不到文件：{path}") from None
    except PermissionError:
        raise EnvironmentProblemError(
            f"读不了文件：{path}。它可能正被 Excel 或 WPS 打开，或者没有读取权限；请关闭后重试。"
        ) from None
    except OSError as error:
        raise EnvironmentProblemError(f"读不了文件：{path}（{_reason(error)}）") from None
    raise EnvironmentProblemError(
        f"没有读文件：{path} 有{about.st_size // MIB}MB，这类文件最多{most // MIB}MB。"
        "请打开后删去图片、附件和多余的内容，另存后再交；放错的文件请移走。"
    )


def write_whole(path: Path, data: bytes, make_way: Callable[[], None] | None = None) -> None:
    """Write so that ``path`` holds either its old content or all of ``data``.

    ``make_way`` is called when ``data`` is safely on the disk, just before it takes its place.

    Raises:
        EnvironmentProblemError: it cannot be written; nothing at ``path`` has changed.
    """
    with _troubles(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        prefix = f"{_TEMPORARY}{os.getpid()}-"
        handle, name = tempfile.mkstemp(prefix=prefix, suffix=".tmp", dir=path.parent)
        temporary = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            temporary.chmod(0o666 & ~_umask())
            if make_way is not None:
                make_way()
            temporary.replace(path)
        except BaseException:
            with contextlib.suppress(OSError):
                temporary.unlink()
            raise


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
