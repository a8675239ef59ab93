"""DOCX packages as zip files: read with suspicion, written fast and always to the same bytes."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from gxgen.errors import TemplateError

MAX_FILE = 20 * 2**20
MAX_MEMBERS = 500
MAX_UNPACKED = 64 * 2**20
MAX_XML = 16 * 2**20

CONTENT_TYPES = "[Content_Types].xml"
DOCUMENT = "word/document.xml"
CORE = "docProps/core.xml"
MAIN_TYPE = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"

_FIRST = {CONTENT_TYPES: 0, "_rels/.rels": 1}
_DATE = ((2000 - 1980) << 9 | 1 << 5 | 1) << 16
"""1 January 2000, 00:00, as zip files write it: a report's bytes must not tell when it was made."""

Members = dict[str, bytes]


def read_package(data: bytes, name: str = "模板") -> Members:
    """All members of a DOCX in its own order.

    Raises:
        TemplateError: it is no DOCX, is too large, holds macros or declares XML entities.
    """
    if len(data) > MAX_FILE:
        raise TemplateError(f"{name}有{len(data) // 2**20} MB，超过{MAX_FILE // 2**20} MB的上限。")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _weigh(archive, name)
            members = {i.filename: archive.read(i) for i in archive.infolist() if not i.is_dir()}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise TemplateError(
            f"{name}不是有效的.docx文件（打不开压缩包）；请用Word或WPS另存为.docx。"
        ) from error
    _judge(members, name)
    return members


def _weigh(archive: zipfile.ZipFile, name: str) -> None:
    entries = archive.infolist()
    names = [entry.filename for entry in entries]
    if len(entries) > MAX_MEMBERS or sum(e.file_size for e in entries) > MAX_UNPACKED:
        raise TemplateError(f"{name}解压后过大，不像是一份公文模板，已拒绝打开。")
    if len(set(names)) != len(names):
        raise TemplateError(f"{name}内有重名的部件，文件已损坏。")


def _judge(members: Members, name: str) -> None:
    types = members.get(CONTENT_TYPES, b"")
    if DOCUMENT not in members or b"wordprocessingml" not in types:
        raise TemplateError(f"{name}不是Word文档（没有{DOCUMENT}）；请用Word或WPS另存为.docx。")
    if b"macroEnabled" in types or any(m.lower().endswith("vbaproject.bin") for m in members):
        raise TemplateError(f"{name}带有宏，已拒绝使用；请另存为不带宏的.docx。")
    if MAIN_TYPE not in types:
        raise TemplateError(f"{name}不是普通的Word文档（例如是.dotx）；请另存为.docx。")
    for member, content in members.items():
        if member.endswith((".xml", ".rels")) and _is_hostile(content):
            raise TemplateError(f"{name}的{member}含有文档类型声明或过大，已拒绝打开。")


def _is_hostile(content: bytes) -> bool:
    """A DOCTYPE can declare entities; UTF-16 would hide it, and no office program writes that."""
    return (
        len(content) > MAX_XML
        or b"<!DOCTYPE" in content
        or b"<!ENTITY" in content
        or b"\x00" in content
    )


@cache
def _deflater() -> Callable[[bytes], bytes]:
    """Raw deflate at level 1: the fast library where it is installed, else the standard one."""
    try:
        from isal import isal_zlib

        compressor: Callable[..., Any] = isal_zlib.compressobj
    except ImportError:  # pragma: no cover - depends on the platform
        compressor = zlib.compressobj

    def deflate(data: bytes) -> bytes:
        stream = compressor(1, zlib.DEFLATED, -15)
        packed: bytes = stream.compress(data) + stream.flush()
        return packed

    return deflate


def _best(data: bytes) -> bytes:
    stream = zlib.compressobj(9, zlib.DEFLATED, -15)
    return stream.compress(data) + stream.flush()


class FixedZip:
    """A zip writer whose constant members are compressed once, when it is made.

    Order: content types, package relationships, the other constants by name, then what varies.
    """

    def __init__(self, constants: Mapping[str, bytes]) -> None:
        """Compress and place the constant members."""
        self._head, self._directory = _Body(), _Body()
        self._count = 0
        for name in sorted(constants, key=lambda n: (_FIRST.get(n, 2), n)):
            self._add(self._head, self._directory, name, constants[name], _best)
        self._count = len(constants)

    def build(self, members: Mapping[str, bytes]) -> bytes:
        """The whole file, with these members after the constant ones."""
        body, directory = self._head.copy(), self._directory.copy()
        deflate = _deflater()
        for name, data in members.items():
            self._add(body, directory, name, data, deflate)
        count = self._count + len(members)
        end = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, count, count, directory.size, body.size, 0)
        return b"".join((*body.chunks, *directory.chunks, end))

    @staticmethod
    def _add(
        body: _Body, directory: _Body, name: str, data: bytes, deflate: Callable[[bytes], bytes]
    ) -> None:
        packed, raw = deflate(data), name.encode()
        flags = 0 if name.isascii() else 0x800
        common = struct.pack(
            "<HHHIIIIHH",
            20,
            flags,
            zlib.DEFLATED,
            _DATE,
            zlib.crc32(data),
            len(packed),
            len(data),
            len(raw),
            0,
        )
        directory.add(
            struct.pack("<IH", 0x02014B50, 20)
            + common
            + struct.pack("<HHHII", 0, 0, 0, 0, body.size)
            + raw
        )
        body.add(struct.pack("<I", 0x04034B50) + common + raw + packed)


class _Body:
    """Byte chunks with their total length."""

    def __init__(self) -> None:
        self.chunks: list[bytes] = []
        self.size = 0

    def add(self, chunk: bytes) -> None:
        self.chunks.append(chunk)
        self.size += len(chunk)

    def copy(self) -> _Body:
        twin = _Body()
        twin.chunks, twin.size = [b"".join(self.chunks)], self.size
        return twin
