"""The file itself: is it an .xlsx at all, and if not, what is it.

A workbook comes from a stranger: see :data:`gxgen.opc.limits.FORM` for what it may weigh. XML that
declares a document type is refused.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache

from lxml.etree import _Element

from gxgen.diagnostics import Finding
from gxgen.opc.limits import FORM, MIB
from gxgen.opc.package import Fault, Package, PackageError
from gxgen.opc.relations import PACKAGE_RELATIONS, main_part
from gxgen.opc.xml import DoctypeError, XmlError, parse
from gxgen.places import FilePart

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
    """A part of the file cannot be used; it carries the finding that says why."""

    def __init__(self, finding: Finding) -> None:
        """Wrap the finding."""
        super().__init__(finding.message)
        self.finding = finding


@dataclass(frozen=True)
class FormFile:
    """An opened .xlsx, the name that findings show, and the part that lists the sheets."""

    package: Package
    name: str
    main: str

    def read(self, part: str) -> bytes:
        """A part's bytes.

        Raises:
            PartError: it is missing, damaged, too large or not in UTF-8.
        """
        try:
            content = self.package.read(part)
        except PackageError as error:
            raise PartError(_in_words(error, self.name)) from None
        if not _is_utf8(content):
            raise PartError(damaged(self.name, f"部件 {part} 不是 UTF-8 编码"))
        return content

    def tree(self, part: str, called: str = "", *, whole: bool = True) -> _Element:
        """The root of an XML part; ``called``: what a clerk knows it by.

        Of a sheet that is not wanted ``whole``, what follows the cells and which of them are merged
        is left out: conditional formats and validations are a third of a form.

        Raises:
            PartError: as :meth:`read`, or it is XML of a kind that is refused.
        """
        content = self.read(part)
        if not whole and (end := _end_of_cells(content)) > 0:
            content = content[:end] + _SHEET_END
        with self.explained(part, called):
            try:
                return parse(content, keep=False)
            except DoctypeError:
                raise
            except XmlError:
                return parse(_FORBIDDEN.sub(_escaped, content), keep=False)

    @contextmanager
    def explained(self, part: str, called: str = "") -> Iterator[None]:
        """Within it, what is wrong with a part's XML is said in a finding."""
        try:
            yield
        except DoctypeError:
            message = f"“{self.name}”的部件 {part} 声明了外部文档类型，为安全未读取。"
            raise PartError(_finding("GX010", self.name, message)) from None
        except XmlError:
            what = called or f"部件 {part} "
            raise PartError(damaged(self.name, f"{what}不是完整的 XML")) from None


def open_file(data: bytes, file: str) -> FormFile | Finding:
    """The parts of an .xlsx, or the one finding that says what the file really is."""
    if not data:
        return _finding("GX001", file, f"“{file}”是空文件（0字节），里面没有任何内容。")
    if not data.startswith(b"PK"):
        return _not_a_zip(data, file)
    try:
        return _sort_out(Package(data, FORM), file)
    except PackageError as error:
        return _in_words(error, file)


def damaged(file: str, detail: str) -> Finding:
    """The finding for a file that starts well and then does not hold together."""
    return _finding("GX002", file, f"“{file}”已损坏，读不出来：{detail}。")


def _finding(code: str, file: str, message: str, hint: str | None = None) -> Finding:
    return Finding(code, message, FilePart(file), hint=hint)


def _too_large(file: str, detail: str) -> Finding:
    return _finding("GX009", file, f"“{file}”过大，未读取：{detail}。")


def _in_words(error: PackageError, file: str) -> Finding:
    """What is wrong with the package, or with a part of it, in a clerk's words."""
    much, part, mib = error.amount, error.part, error.amount / MIB
    match error.fault:
        case Fault.NOT_ZIP:
            return damaged(file, "压缩包不完整，多半是没有下载完或没有传完")
        case Fault.FILE_TOO_LARGE:
            return _too_large(file, f"文件有{mib:.0f}MB，超过{FORM.file // MIB}MB")
        case Fault.TOO_MANY_PARTS:
            return _too_large(file, f"压缩包内有{much}个部件，超过{FORM.parts}个")
        case Fault.UNPACKED_TOO_LARGE:
            limit = (FORM.unpacked or 0) // MIB
            return _too_large(file, f"解压后有{mib:.0f}MB，超过{limit}MB")
        case Fault.BOMB:
            return _too_large(file, f"压缩比高达{much}倍，不是正常的工作簿")
        case Fault.PART_TOO_LARGE:
            return _too_large(file, f"部件 {part} 解压后超过{much // MIB}MB")
        case Fault.READ_TOO_LARGE:
            return _too_large(file, f"读到部件 {part} 时，内容已有{mib:.0f}MB，{_NO_FORM}")
        case Fault.TOO_MANY_MARKS:
            return _too_large(file, f"读到部件 {part} 时，格子、格式等已有{much}处，{_NO_FORM}")
        case Fault.ENCRYPTED:
            return _encrypted(file)
        case Fault.MISSING:
            return damaged(file, f"缺少部件 {part}")
        case _:
            return damaged(file, f"部件 {part}{_DAMAGED[error.fault]}")


_NO_FORM = "填报表没有这样多"
_DAMAGED = {
    Fault.MISPLACED: " 的位置不对",
    Fault.UNKNOWN_METHOD: " 的压缩方式不认识",
    Fault.NOT_INFLATED: " 解压失败",
    Fault.CHECKSUM: " 校验不符",
}


_OTHER_PACKAGES: tuple[tuple[str, str], ...] = (
    ("word/document.xml", "Word 文档（.docx）"),
    ("ppt/presentation.xml", "PowerPoint 演示文稿（.pptx）"),
    ("xl/workbook.bin", "二进制工作簿（.xlsb）"),
    ("OFD.xml", "OFD 版式文件"),
    ("content.xml", "OpenDocument 文件（.ods 或 .odt）"),
)


def _sort_out(package: Package, file: str) -> FormFile | Finding:
    main = _main(package)
    if main in package and package.encrypted(main):
        return _encrypted(file)
    if main not in package or (main != _WORKBOOK and not _is_workbook(package, main)):
        kinds = (kind for name, kind in _OTHER_PACKAGES if name in package)
        return _other(file, next(kinds, "ZIP 压缩包"))
    return FormFile(package, file, main)


_WORKBOOK = "xl/workbook.xml"


def _main(package: Package) -> str:
    """The part that the package says it is about; the usual one where it says nothing."""
    if PACKAGE_RELATIONS not in package or package.encrypted(PACKAGE_RELATIONS):
        return _WORKBOOK
    try:
        return _said_main(package.read(PACKAGE_RELATIONS)) or _WORKBOOK
    except XmlError:
        return _WORKBOOK


@lru_cache(maxsize=8)
def _said_main(relation_list: bytes) -> str | None:
    return main_part(parse(relation_list, keep=False))


def _is_workbook(package: Package, part: str) -> bool:
    try:
        return str(parse(package.read(part), keep=False).tag).endswith("}workbook")
    except XmlError:
        return False


def _other(file: str, kind: str) -> Finding:
    return _finding("GX008", file, f"“{file}”其实是{kind}，不是 Excel 工作簿（.xlsx）。")


def _encrypted(file: str) -> Finding:
    return _finding("GX006", file, f"“{file}”设了打开密码（已加密），读不出内容。")


_SECURED = re.compile(rb"TSD-Header|E-?SafeNet|IP-?guard|Chinasec|\.pfile|DRMONE|SecDoc", re.I)
"""Words with which security software begins the files that it has enciphered."""
_CIPHER = 7.6
"""Bits a byte, beyond which bytes are as good as random."""


def _looks_enciphered(data: bytes) -> bool:
    """Whether all of a file is as random as a cipher; what is packed shows where its parts are."""
    sample = data[:65_536]
    if len(sample) < 2_048 or b"PK\x01\x02" in data or b"PK\x03\x04" in data:
        return False
    shares = [count / len(sample) for count in Counter(sample).values()]
    return -sum(share * math.log2(share) for share in shares) > _CIPHER


def _secured(file: str, why: str) -> Finding:
    message = (
        f"“{file}”打不开：{why}，多半被单位的文档加密软件加了密，只能在装有该软件的电脑上打开。"
    )
    return _finding("GX091", file, message)


def _not_a_zip(data: bytes, file: str) -> Finding:
    if data.startswith(_OLE):
        return _ole(data, file)
    if _SECURED.search(data[:512]):
        return _secured(file, "开头是加密软件的标记")
    head = data[:4096]
    if b"%PDF-" in head[:1024]:
        return _finding("GX003", file, f"“{file}”其实是 PDF 文件，只是名字叫 .xlsx。")
    kind = next((kind for magic, kind in _MAGIC if head.startswith(magic)), None)
    if kind is not None:
        return _other(file, kind)
    text = _as_text(head)
    if text is None:
        if _looks_enciphered(data):
            return _secured(file, "内容像是密文，没有任何文件格式的特征")
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

    if holds("DRMEncryptedTransform") or holds("DRMEncryptedDataSpace"):
        return _secured(file, "设了权限管理（IRM）")
    if holds("EncryptedPackage"):
        return _encrypted(file)
    if file.lower().endswith((".et", ".ett")) or holds("ETExtData"):
        return _finding("GX005", file, f"“{file}”是 WPS 表格格式（.et），本程序只读 .xlsx。")
    if holds("WordDocument"):
        return _other(file, "旧版 Word 文档（.doc）")
    if holds("PowerPoint Document"):
        return _other(file, "旧版 PowerPoint 演示文稿（.ppt）")
    return _finding("GX004", file, f"“{file}”是旧版 Excel 格式（.xls），本程序只读 .xlsx。")


_CELLS_END, _MERGES_END, _SHEET_END = b"</sheetData>", b"</mergeCells>", b"</worksheet>"


def _end_of_cells(sheet: bytes) -> int:
    """Where the cells of a sheet end, or the list of the merged ones that follows them; else 0."""
    cells, merges = sheet.rfind(_CELLS_END), sheet.rfind(_MERGES_END)
    if cells < 0:
        return 0
    return merges + len(_MERGES_END) if merges > cells else cells + len(_CELLS_END)


_ENCODING = re.compile(rb"<\?xml[^>]{0,80}?encoding=[\"']([^\"']{1,40})[\"']")


_FORBIDDEN = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")
"""Characters that XML cannot hold, and that careless programs write all the same."""


def _escaped(match: re.Match[bytes]) -> bytes:
    """As Excel writes them, so that the cell is told and the rest is read."""
    return b"_x%04X_" % ord(match[0].decode())


def _is_utf8(content: bytes) -> bool:
    """As far as it says so itself."""
    declared = _ENCODING.search(content, 0, 200)
    encoding = b"utf-8" if declared is None else declared[1].lower()
    return encoding in (b"utf-8", b"us-ascii", b"ascii") and b"\0" not in content[:64]
