"""Office packages as zip files: opened with suspicion, written always to the same bytes."""

from __future__ import annotations

import io
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from enum import Enum, auto
from functools import cached_property
from typing import Any

from isal import isal_zlib

from gxgen.errors import TemplateError
from gxgen.opc.limits import MAX_XML, MIB, RATIO_MATTERS, TEMPLATE, Limits
from gxgen.opc.relations import folded, part_name, spellings


def marks_of(content: bytes) -> int:
    """Elements and attributes of XML, at least: each takes some 150 bytes of memory when parsed."""
    quotes = content.count(b'"') + content.count(b"'")
    return content.count(b"<") + quotes // 2


_LEAST_BYTES = 4
"""No mark takes less: ``<a/>``."""


class Fault(Enum):
    """What is wrong with a package or a part of it."""

    NOT_ZIP = auto()
    FILE_TOO_LARGE = auto()
    TOO_MANY_PARTS = auto()
    UNPACKED_TOO_LARGE = auto()
    BOMB = auto()
    MISSING = auto()
    ENCRYPTED = auto()
    PART_TOO_LARGE = auto()
    READ_TOO_LARGE = auto()
    TOO_MANY_MARKS = auto()
    MISPLACED = auto()
    UNKNOWN_METHOD = auto()
    NOT_INFLATED = auto()
    CHECKSUM = auto()


class PackageError(Exception):
    """A package, or one part of it, cannot be used. Each room has its own words for it.

    ``part`` names the part, if it is one; ``amount`` is what was too much: bytes, parts or times.
    """

    def __init__(self, fault: Fault, part: str = "", amount: int = 0) -> None:
        """Say what is wrong."""
        super().__init__(f"{fault.name} {part}")
        self.fault, self.part, self.amount = fault, part, amount


class Package:
    """The parts of a package by name, in the order of the file; each is unpacked once."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        """Read the directory; nothing is unpacked yet.

        Raises:
            PackageError: it is no zip, or beyond the limits.
        """
        if len(data) > limits.file:
            raise PackageError(Fault.FILE_TOO_LARGE, amount=len(data))
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                infos = archive.infolist()
        except Exception as error:  # zipfile raises half a dozen kinds on malformed headers
            raise PackageError(Fault.NOT_ZIP) from error
        if not all(info.filename for info in infos):  # a damaged directory; is_dir() would raise
            raise PackageError(Fault.NOT_ZIP)
        _weigh(infos, limits)
        self.data = data
        self.limits = limits
        self.infos = infos
        """All members as the directory lists them, folders too."""
        self.parts = {_proper(info.filename): info for info in infos if not info.is_dir()}
        self._unpacked: dict[str, bytes] = {}
        self._uncounted: list[bytes] = []
        self._size = self._marks = 0

    def __contains__(self, name: str) -> bool:
        """Whether there is such a part, as :meth:`spelled` finds it."""
        return name in self.parts or self.spelled(name) in self.parts

    def spelled(self, name: str) -> str:
        """A part's name as the package spells it: case does not count. As it is, if unknown."""
        return name if name in self.parts else self._spellings.get(folded(name), name)

    @cached_property
    def _spellings(self) -> dict[str, str]:
        return spellings(self.parts)

    def encrypted(self, name: str) -> bool:
        """Whether a part needs a password."""
        return bool(self.parts[self.spelled(name)].flag_bits & 1)

    def read(self, name: str) -> bytes:
        """A part's bytes.

        Raises:
            PackageError: it is missing, damaged, encrypted or too large.
        """
        if name not in self._unpacked:
            if name not in self:
                raise PackageError(Fault.MISSING, name)
            content = self._inflate(self.spelled(name))
            self._count(name, content)
            self._unpacked[name] = content
        return self._unpacked[name]

    def _count(self, name: str, content: bytes) -> None:
        """All that is read, before anybody parses it; marks only where there may be too many."""
        self._size += len(content)
        self._uncounted.append(content)
        if self.limits.read is not None and self._size > self.limits.read:
            raise PackageError(Fault.READ_TOO_LARGE, name, self._size)
        if self.limits.marks is not None and self._size > _LEAST_BYTES * self.limits.marks:
            self._marks += sum(map(marks_of, self._uncounted))
            self._uncounted.clear()
            if self._marks > self.limits.marks:
                raise PackageError(Fault.TOO_MANY_MARKS, name, self._marks)

    def packed(self, name: str) -> bytes:
        """A part's bytes as they lie in the file, for a copy of it.

        Raises:
            PackageError: the file does not hold together there.
        """
        info = self.parts[name]
        start = info.header_offset
        header = self.data[start : start + 30]
        if len(header) < 30 or not header.startswith(b"PK\x03\x04"):
            raise PackageError(Fault.MISPLACED, name)
        start += 30 + sum(struct.unpack("<HH", header[26:30]))
        return self.data[start : start + info.compress_size]

    def _inflate(self, name: str) -> bytes:
        """The part, never more of it than allowed, whatever its header declares."""
        info, content = self.parts[name], self.packed(name)
        if self.encrypted(name):
            raise PackageError(Fault.ENCRYPTED, name)
        if info.compress_type == zipfile.ZIP_DEFLATED:
            content = self._deflated(content, info)
        elif info.compress_type != zipfile.ZIP_STORED:
            raise PackageError(Fault.UNKNOWN_METHOD, name)
        if len(content) > self.limits.part:
            raise PackageError(Fault.PART_TOO_LARGE, name, self.limits.part)
        if len(content) != info.file_size or isal_zlib.crc32(content) != info.CRC:
            raise PackageError(Fault.CHECKSUM, name)
        return content

    def _deflated(self, packed: bytes, info: zipfile.ZipInfo) -> bytes:
        # One byte more than declared: enough to see that the header lies.
        limit = min(info.file_size, self.limits.part) + 1
        try:
            content: bytes = isal_zlib.decompressobj(-15).decompress(packed, limit)
        except Exception:  # isal's own error type is not declared as an exception
            raise PackageError(Fault.NOT_INFLATED, info.filename) from None
        return content


def _proper(name: str) -> str:
    """A part's name from its member's, which careless programs write as a Windows path."""
    return part_name(name) if "\\" in name or name[:1] in "/." else name


def _weigh(infos: list[zipfile.ZipInfo], limits: Limits) -> None:
    if len(infos) > limits.parts:
        raise PackageError(Fault.TOO_MANY_PARTS, amount=len(infos))
    unpacked = sum(info.file_size for info in infos)
    if limits.unpacked is not None and unpacked > limits.unpacked:
        raise PackageError(Fault.UNPACKED_TOO_LARGE, amount=unpacked)
    packed = sum(info.compress_size for info in infos)
    if limits.ratio and unpacked > RATIO_MATTERS and unpacked > limits.ratio * packed:
        raise PackageError(Fault.BOMB, amount=unpacked // max(packed, 1))


CONTENT_TYPES = "[Content_Types].xml"
DOCUMENT = "word/document.xml"
CORE = "docProps/core.xml"
MAIN_TYPE = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"

Members = dict[str, bytes]


def read_package(data: bytes, name: str = "模板") -> Members:
    """All members of a DOCX in its own order.

    Raises:
        TemplateError: it is no DOCX, is too large, holds macros, declares XML entities or names
            parts as nobody does.
    """
    try:
        package = Package(data, TEMPLATE)
        _refuse_names(package.infos, name)
        members = {part: package.read(part) for part in package.parts}
    except PackageError as error:
        raise TemplateError(_refusal(error, name)) from error
    _judge(members, name)
    return members


_NO_NAME = re.compile(r"[\\:*?\"<>|]|%(?:2e|2f|5c|00)", re.IGNORECASE)
_PLAIN_KINDS = (0, stat.S_IFREG, stat.S_IFDIR)


def _is_strange(info: zipfile.ZipInfo) -> bool:
    """Whether a member is no plain file, or its name is no part's (ECMA-376 part 2, 9.1.1): no way
    out of the package, no other system's path, nothing that cannot be seen."""
    name = info.orig_filename
    segments = name.removesuffix("/").split("/")
    return (
        stat.S_IFMT(info.external_attr >> 16) not in _PLAIN_KINDS
        or not name.isprintable()
        or _NO_NAME.search(name) is not None
        or any(not segment.strip(".") or segment[-1] in ". " for segment in segments)
    )


def _refuse_names(infos: list[zipfile.ZipInfo], name: str) -> None:
    if len({info.orig_filename.casefold() for info in infos}) < len(infos):
        raise TemplateError(f"{name}内有重名的部件，文件已损坏。")
    for info in filter(_is_strange, infos):
        shown = "".join(c if c.isprintable() else "?" for c in info.orig_filename[:60])
        raise TemplateError(
            f"{name}里的部件名“{shown}”不合规范（含有路径或看不见的字符，或者是一个链接），"
            "已拒绝打开；请用Word或WPS另存为.docx。"
        )


def _refusal(error: PackageError, name: str) -> str:
    match error.fault:
        case Fault.FILE_TOO_LARGE:
            limit = TEMPLATE.file // MIB
            return f"{name}有{error.amount // MIB} MB，超过{limit} MB的上限。"
        case Fault.TOO_MANY_PARTS | Fault.UNPACKED_TOO_LARGE | Fault.PART_TOO_LARGE:
            return f"{name}解压后过大，不像是一份公文模板，已拒绝打开。"
        case _:
            return f"{name}不是有效的.docx文件（打不开压缩包）；请用Word或WPS另存为.docx。"


def _judge(members: Members, name: str) -> None:
    types = members.get(CONTENT_TYPES, b"")
    if DOCUMENT not in members or b"wordprocessingml" not in types:
        raise TemplateError(f"{name}不是Word文档（没有{DOCUMENT}）；请用Word或WPS另存为.docx。")
    if b"macroEnabled" in types or any(m.lower().endswith("vbaproject.bin") for m in members):
        raise TemplateError(f"{name}带有宏，已拒绝使用；请另存为不带宏的.docx。")
    if MAIN_TYPE not in types:
        raise TemplateError(f"{name}不是普通的Word文档（例如是.dotx）；请另存为.docx。")
    if b"http://purl.oclc.org/ooxml/" in members[DOCUMENT]:
        raise TemplateError(
            f"{name}存成了“严格 Open XML 文档”（Strict），这里读不了；"
            "请用Word另存为，类型选“Word 文档（*.docx）”。"
        )
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


def zip_date(year: int) -> int:
    """1 January of a year, 00:00, as zip files say it: bytes must not tell when they were made."""
    return ((year - 1980) << 9 | 1 << 5 | 1) << 16


class ZipWriter:
    """A zip file, member by member; all bear one date."""

    def __init__(self, date: int) -> None:
        """Start an empty file."""
        self._date = date
        self._body: list[bytes] = []
        self._directory: list[bytes] = []
        self._size = self._count = 0

    def copy(self) -> ZipWriter:
        """A twin that goes its own way from here."""
        twin = ZipWriter(self._date)
        twin._body, twin._directory = [b"".join(self._body)], [b"".join(self._directory)]
        twin._size, twin._count = self._size, self._count
        return twin

    def add(self, name: str, data: bytes, deflate: Callable[[bytes], bytes]) -> None:
        """Add a member."""
        self.add_packed(name, deflate(data), zlib.DEFLATED, zlib.crc32(data), len(data))

    def add_packed(self, name: str, packed: bytes, method: int, crc: int, size: int) -> None:
        """Add a member that is packed already."""
        raw, flags = name.encode(), 0 if name.isascii() else 0x800
        sizes = crc, len(packed), size, len(raw), 0
        head = struct.pack("<HHHIIIIHH", 20, flags, method, self._date, *sizes)
        place = struct.pack("<HHHII", 0, 0, 0, 0, self._size)
        self._directory += [struct.pack("<IH", 0x02014B50, 20), head, place, raw]
        self._body += [struct.pack("<I", 0x04034B50), head, raw, packed]
        self._size += 4 + len(head) + len(raw) + len(packed)
        self._count += 1

    def finish(self) -> bytes:
        """The whole file."""
        index, count = b"".join(self._directory), self._count
        end = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, count, count, len(index), self._size, 0)
        return b"".join((*self._body, index, end))


def quickly(data: bytes) -> bytes:
    """Raw deflate at level 1 by the fast library."""
    return _deflated(data, isal_zlib.compressobj(1, zlib.DEFLATED, -15))


def deflater(level: int) -> Callable[[bytes], bytes]:
    """Raw deflate by the standard library."""
    return lambda data: _deflated(data, zlib.compressobj(level, zlib.DEFLATED, -15))


def _deflated(data: bytes, stream: Any) -> bytes:
    packed: bytes = stream.compress(data) + stream.flush()
    return packed


_FIRST = {CONTENT_TYPES: 0, "_rels/.rels": 1}
_DATE = zip_date(2000)
_best = deflater(9)


class FixedZip:
    """A zip writer whose constant members are compressed once, when it is made.

    Order: content types, package relationships, the other constants by name, then what varies.
    """

    def __init__(self, constants: Mapping[str, bytes]) -> None:
        """Compress and place the constant members."""
        self._constant = ZipWriter(_DATE)
        for name in sorted(constants, key=lambda n: (_FIRST.get(n, 2), n)):
            self._constant.add(name, constants[name], _best)

    def build(self, members: Mapping[str, bytes]) -> bytes:
        """The whole file, with these members after the constant ones."""
        file = self._constant.copy()
        for name, data in members.items():
            file.add(name, data, quickly)
        return file.finish()
