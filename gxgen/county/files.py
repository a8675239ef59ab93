"""Names and files on disk: what comes from a workbook never reaches a path unchecked."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import stat
import tempfile
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import BinaryIO, cast

from gxgen.errors import EnvironmentProblemError, reason
from gxgen.letters import shown
from gxgen.opc.limits import MIB, largest_file

# What Windows or Unix forbid in a file name, as the full-width sign that reads the same.
_FULL_WIDTH = str.maketrans('/\\:*?"<>|', "／＼：＊？＂＜＞｜")
_MOST_BYTES = 200
_TEMPORARY = ".gxgen-"
_RESERVED = re.compile(r"(?:CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(?:COM|LPT)[0-9¹²³]) *(?:\.|$)", re.I)
"""What Windows takes for a device, whatever ending it has."""


def safe_name(text: str) -> str:
    """``text`` as a file name without ending: one component, printable, at most 200 bytes, a name
    on every system.

    A name that had to be cut ends in a digest. Otherwise two texts may come to one name, or to two
    that some disks take for one: :func:`folded` tells.
    """
    name = plain_name(text)
    data = name.encode("utf-8", "replace")
    if not name or len(data) > _MOST_BYTES:
        digest = hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=4).hexdigest()
        name = data[:_MOST_BYTES].decode("utf-8", "ignore") + "…" + digest
    return name


def plain_name(text: str) -> str:
    """``text`` without what no file name may hold; maybe nothing is left. Done twice it is the
    same."""
    text = text.translate(_FULL_WIDTH)
    if not text.isprintable():
        text = "".join(letter for letter in text if letter.isprintable())
    name = unicodedata.normalize("NFC", text).strip(" .")
    return f"_{name}" if _RESERVED.match(name) else name


def folded(name: str) -> str:
    """What two file names share that any disk may take for one: Windows and macOS pass over case,
    macOS over how a letter is composed. Asked everywhere, so that every system answers alike."""
    composed = unicodedata.normalize("NFC", name)
    return unicodedata.normalize("NFC", composed.casefold())


def leads_away(folder: Path) -> bool:
    """Whether a folder is a link, so that what is written into it lands elsewhere."""
    real = os.path.join(os.path.realpath(folder.parent), folder.name)  # noqa: PTH118
    return os.path.normcase(os.path.realpath(folder)) != os.path.normcase(real)


def inner_file(folder: Path, name: str) -> Path:
    """The file ``name`` of an output folder, or of a folder in it (``returns/甲局.xlsx``).

    Raises:
        EnvironmentProblemError: the folder in it is a link, which would lead outside.
    """
    path = folder / name
    if path.parent != folder and leads_away(path.parent):
        raise EnvironmentProblemError(
            f"{path.parent} 是通往别处的链接，没有往里写：{path.name}。请删去这个链接后重新生成。"
        )
    return path


def open_here(path: Path, mode: str) -> BinaryIO:
    """Open a file that may hold whatever a stranger has put there: not one elsewhere through a
    link, and without waiting for the other end of a pipe. To be written it may be new.

    Raises:
        OSError: it is a link, or it cannot be opened.
    """
    return cast(BinaryIO, open(path, mode, buffering=0, opener=_no_link))


def _no_link(path: str, flags: int) -> int:
    if flags & (os.O_RDWR | os.O_WRONLY):
        flags |= os.O_CREAT
    flags |= getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    return os.open(path, flags, 0o666)


def own_bytes(path: Path, most: int) -> bytes | None:
    """The bytes of a plain file of at most ``most``; None if it is none, or cannot be read.

    Nothing else is opened: what a stranger has put there may be a pipe that never ends.
    """
    try:
        state = path.stat()
        if not stat.S_ISREG(state.st_mode) or state.st_size > most:
            return None
        return path.read_bytes()
    except (OSError, ValueError):  # no file has a name with a zero byte
        return None


def read_bytes(path: Path) -> bytes:
    """The file's bytes. Nothing but a file is opened: a pipe would be waited at, a device never
    ends. How many bytes there are is looked at before: what is far larger than any file of its
    kind (:func:`~gxgen.opc.limits.largest_file`) is not read.

    Raises:
        EnvironmentProblemError: it cannot be read; the sentence says why and what to do.
    """
    most = largest_file(path.suffix)
    try:
        about = path.stat()
        plain = stat.S_ISREG(about.st_mode)
        if plain and about.st_size <= most:
            return path.read_bytes()
    except OSError as error:
        raise EnvironmentProblemError(_unread(path, error)) from None
    name = shown(str(path))
    if plain:
        raise EnvironmentProblemError(
            f"没有读文件：{name} 有{about.st_size // MIB}MB，这类文件最多{most // MIB}MB。"
            "请打开后删去图片、附件和多余的内容，另存后再交；放错的文件请移走。"
        )
    what = "它是一个文件夹" if stat.S_ISDIR(about.st_mode) else "它不是普通文件"
    raise EnvironmentProblemError(f"读不了文件：{name}（{what}）。请把它移走。")


def _unread(path: Path, error: OSError) -> str:
    name = shown(str(path))
    if isinstance(error, FileNotFoundError):
        lost = "（它是一个链接，指向的文件不在了）。请把它移走。" if path.is_symlink() else ""
        return f"找不到文件：{name}{lost}"
    if isinstance(error, PermissionError):
        why = "它可能正被 Excel 或 WPS 打开，或者没有读取权限；请关闭后重试。"
        return f"读不了文件：{name}。{why}"
    return f"读不了文件：{name}（{reason(error)}）"


def told_existing(there: Iterable[Path]) -> str:
    """That files were there already and have been left as they are."""
    listed = "\n".join(f"  {path}" for path in there)
    return f"已有同名文件，没有覆盖；确要覆盖请加 --force：\n{listed}"


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
            f"写不了文件：{shown(str(path))}。它可能正被 Word 或 WPS 打开，或者文件夹不可写；"
            "请关闭该文件后重新生成，原文件没有改动。"
        ) from None
    except OSError as error:
        raise EnvironmentProblemError(
            f"写不了文件：{shown(str(path))}（{reason(error)}）。原文件没有改动。"
        ) from None


def clear_temporary(folder: Path) -> None:
    """Remove temporary files that a killed run left; those of a running one stay."""
    for path in folder.glob(f"{_TEMPORARY}*.tmp"):
        from gxgen.formats.office.process import alive  # late: it is seldom asked for

        owner = path.name[len(_TEMPORARY) :].partition("-")[0]
        if not owner.isdigit() or not alive(int(owner)):
            with contextlib.suppress(OSError):
                path.unlink()


@cache
def _umask() -> int:
    """Asked for once: asking changes it for a moment, for all threads."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
