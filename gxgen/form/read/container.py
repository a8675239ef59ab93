"""The file itself: is it an .xlsx at all, and if not, what is it.

A workbook comes from a stranger. Nothing is unpacked beyond the limits below, whatever its
headers declare, and XML that declares a document type is refused.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass, field

from gxgen.diagnostics import Finding
from gxgen.places import FilePart

MAX_FILE = 20 * 1024 * 1024
MAX_UNPACKED = 200 * 1024 * 1024
MAX_PART = 64 * 1024 * 1024
MAX_PARTS = 2_000
MAX_RATIO = 500
"""Real sheets of spaces and repeats reach about 100; a zip bomb starts at 1000."""
RATIO_MATTERS = 8 * 1024 * 1024


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"{\\rtf", "RTF 文档"),
    (b"\x89PNG", "PNG 图片"),
    (b"\xff\xd8\xff", "JPEG 图片"),
    (b"GIF8", "GIF 图片"),
    (b"BM", "BMP 图片"),
    (b"Rar!", "RAR 压缩包"),
    (b"7z\xbc\xaf", "7z 压缩包"),
    (b"\x1f\x8b", "gzip 压缩包"),
    (b"MZ", "Windows 程序"),
)


class PartError(Exception):
    """A part of the container cannot be used; it carries the finding that says why."""

    def __init__(self, finding: Finding) -> None:
        """Wrap the finding."""
        super().__init__(finding.message)
        self.finding = finding


@dataclass
class Container:
    """An opened .xlsx: its parts by name, unpacked within limits and once only."""

    data: bytes
    file: str
    parts: dict[str, zipfile.ZipInfo]
    _unpacked: dict[str, bytes] = field(default_factory=dict, repr=False)

    def read(self, name: str) -> bytes:
        """An XML part's bytes, UTF-8 without document type.

        Raises:
            PartError: it is missing, damaged, too large, or XML of a kind that is refused.
        """
        if name not in self._unpacked:
            info = self.parts.get(name)
            if info is None:
                raise PartError(damaged(self.file, f"缺少部件 {name}"))
            content = _inflate(self.data, info, self.file)
            _refuse_unsafe(content, name, self.file)
            self._unpacked[name] = content
        return self._unpacked[name]

    def packed(self, name: str) -> bytes:
        """A part's bytes as they lie in the file, for a copy of it.

        Raises:
            PartError: the file does not hold together there.
        """
        return _packed(self.data, self.parts[name], self.file)


def open_container(data: bytes, file: str) -> Container | Finding:
    """The parts of an .xlsx, or the one finding that says what the file really is."""
    if not data:
        return _finding("GX001", file, f"“{file}”是空文件（0字节），里面没有任何内容。")
    if not data.startswith(b"PK"):
        return _not_a_zip(data, file)
    if len(data) > MAX_FILE:
        return _too_large(file, f"文件有{len(data) / 2**20:.0f}MB，超过{MAX_FILE // 2**20}MB")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
    except Exception:  # zipfile raises half a dozen kinds on malformed headers
        return damaged(file, "压缩包不完整，多半是没有下载完或没有传完")
    return _bomb(infos, file) or _sort_out(data, file, {i.filename: i for i in infos})


def damaged(file: str, detail: str) -> Finding:
    """The finding for a container that starts well and then does not hold together."""
    return _finding("GX002", file, f"“{file}”已损坏，读不出来：{detail}。")


def _finding(code: str, file: str, message: str, hint: str | None = None) -> Finding:
    return Finding(code, message, FilePart(file), hint=hint)


def _too_large(file: str, detail: str) -> Finding:
    return _finding("GX009", file, f"“{file}”过大，未读取：{detail}。")


def _bomb(infos: list[zipfile.ZipInfo], file: str) -> Finding | None:
    if len(infos) > MAX_PARTS:
        return _too_large(file, f"压缩包内有{len(infos)}个部件，超过{MAX_PARTS}个")
    unpacked = sum(info.file_size for info in infos)
    if unpacked > MAX_UNPACKED:
        limit = MAX_UNPACKED // 2**20
        return _too_large(file, f"解压后有{unpacked / 2**20:.0f}MB，超过{limit}MB")
    packed = sum(info.compress_size for info in infos)
    if unpacked > RATIO_MATTERS and unpacked > MAX_RATIO * packed:
        return _too_large(file, f"压缩比高达{unpacked // max(packed, 1)}倍，不是正常的工作簿")
    return None


_OTHER_PACKAGES: tuple[tuple[str, str], ...] = (
    ("word/document.xml", "Word 文档（.docx）"),
    ("ppt/presentation.xml", "PowerPoint 演示文稿（.pptx）"),
    ("xl/workbook.bin", "二进制工作簿（.xlsb）"),
    ("OFD.xml", "OFD 版式文件"),
    ("content.xml", "OpenDocument 文件（.ods 或 .odt）"),
)


def _sort_out(data: bytes, file: str, parts: dict[str, zipfile.ZipInfo]) -> Container | Finding:
    if "xl/workbook.xml" in parts:
        if parts["xl/workbook.xml"].flag_bits & 1:
            return _encrypted(file)
        return Container(data, file, parts)
    kind = next((kind for name, kind in _OTHER_PACKAGES if name in parts), "ZIP 压缩包")
    return _other(file, kind)


def _other(file: str, kind: str) -> Finding:
    return _finding("GX008", file, f"“{file}”其实是{kind}，不是 Excel 工作簿（.xlsx）。")


def _encrypted(file: str) -> Finding:
    return _finding("GX006", file, f"“{file}”设了打开密码（已加密），读不出内容。")


def _not_a_zip(data: bytes, file: str) -> Finding:
    if data.startswith(_OLE):
        return _ole(data, file)
    head = data[:4096]
    if b"%PDF-" in head[:1024]:
        return _finding("GX003", file, f"“{file}”其实是 PDF 文件，只是名字叫 .xlsx。")
    kind = next((kind for magic, kind in _MAGIC if head.startswith(magic)), None)
    if kind is not None:
        return _other(file, kind)
    text = _as_text(head)
    if text is None:
        return damaged(file, "开头不是 Excel 工作簿的格式")
    return _finding("GX007", file, f"“{file}”其实是{_text_kind(text)}，只是名字叫 .xlsx。")


def _text_kind(text: str) -> str:
    """What a text file is, as far as that is sure."""
    start = text.lstrip("\ufeff \r\n\t")
    if start.startswith("<?xml") and not re.search(r"<(?:!doctype html|html)", text, re.I):
        return "XML 文本"
    if re.search(r"<(?:!doctype|html|table|head|meta)\b", text, re.I):
        return "网页（HTML）"
    lines = [line for line in start.splitlines()[:20] if line.strip()]
    for separator in ",\t":
        counts = {line.count(separator) for line in lines[: max(len(lines) - 1, 2)]}
        if len(lines) > 1 and len(counts) == 1 and counts != {0}:
            return "CSV 文本"
    return "文本文件"


def _as_text(head: bytes) -> str | None:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head[: len(head) // 2 * 2].decode("utf-16", "replace")
    if re.search(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]", head):
        return None
    for encoding in ("utf-8", "gb18030"):
        for cut in range(4):
            try:
                return head[: len(head) - cut].decode(encoding)
            except UnicodeDecodeError:
                continue
    strange = sum(byte > 127 for byte in head)
    return head.decode("latin-1") if strange * 4 < len(head) else None


def _ole(data: bytes, file: str) -> Finding:
    """An OLE compound file names its streams in UTF-16 (MS-CFB 2.6.1)."""

    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in data

    if holds("EncryptedPackage"):
        return _encrypted(file)
    if file.lower().endswith((".et", ".ett")) or holds("ETExtData"):
        return _finding("GX005", file, f"“{file}”是 WPS 表格格式（.et），本程序只读 .xlsx。")
    if holds("WordDocument"):
        return _other(file, "旧版 Word 文档（.doc）")
    if holds("PowerPoint Document"):
        return _other(file, "旧版 PowerPoint 演示文稿（.ppt）")
    return _finding("GX004", file, f"“{file}”是旧版 Excel 格式（.xls），本程序只读 .xlsx。")


def _inflate(data: bytes, info: zipfile.ZipInfo, file: str) -> bytes:
    """The part, never more than :data:`MAX_PART` of it, whatever its header declares."""
    from isal import isal_zlib

    packed = _packed(data, info, file)
    if info.flag_bits & 1:
        raise PartError(_encrypted(file))
    content = packed if info.compress_type == zipfile.ZIP_STORED else _raw(packed, info, file)
    if len(content) > MAX_PART:
        raise PartError(_too_large(file, f"部件 {info.filename} 解压后超过{MAX_PART // 2**20}MB"))
    if len(content) != info.file_size or isal_zlib.crc32(content) != info.CRC:
        raise PartError(damaged(file, f"部件 {info.filename} 校验不符"))
    return content


def _packed(data: bytes, info: zipfile.ZipInfo, file: str) -> bytes:
    start = info.header_offset
    header = data[start : start + 30]
    if len(header) < 30 or not header.startswith(b"PK\x03\x04"):
        raise PartError(damaged(file, f"部件 {info.filename} 的位置不对"))
    start += 30 + int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
    return data[start : start + info.compress_size]


def _raw(packed: bytes, info: zipfile.ZipInfo, file: str) -> bytes:
    from isal import isal_zlib

    # One byte more than declared: enough to see that the header lies.
    limit = min(info.file_size, MAX_PART) + 1
    if info.compress_type != zipfile.ZIP_DEFLATED:
        raise PartError(damaged(file, f"部件 {info.filename} 的压缩方式不认识"))
    try:
        unpacked: bytes = isal_zlib.decompressobj(-15).decompress(packed, limit)
    except Exception:  # isal's own error type is not declared as an exception
        raise PartError(damaged(file, f"部件 {info.filename} 解压失败")) from None
    return unpacked


_ENCODING = re.compile(rb"<\?xml[^>]{0,80}?encoding=[\"']([^\"']{1,40})[\"']")


def _refuse_unsafe(content: bytes, name: str, file: str) -> None:
    declared = _ENCODING.search(content, 0, 200)
    encoding = b"utf-8" if declared is None else declared[1].lower()
    if encoding not in (b"utf-8", b"us-ascii", b"ascii") or b"\0" in content[:64]:
        raise PartError(damaged(file, f"部件 {name} 不是 UTF-8 编码"))
    if b"<!DOCTYPE" in content:  # no entity is declared without one
        raise PartError(
            _finding("GX010", file, f"“{file}”的部件 {name} 声明了外部文档类型，为安全未读取。")
        )
