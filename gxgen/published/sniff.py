"""What a file is, by its first bytes: names lie (a .doc may be a page, RTF or DOCX)."""

from __future__ import annotations

import io
import re
import zipfile
from enum import StrEnum

from gxgen.published.blocks import MOST_BYTES, RefusedError

MIB = 2**20
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MARKUP = re.compile(rb"<(?:!doctype\s+html|html|head|body|div|p|table|article|section|h[1-6])\b")
_ASK_DOCX = "用 Word 或 WPS 打开，另存为 .docx 再导入。"


class Kind(StrEnum):
    """What is read."""

    DOCX = "docx"
    HTML = "html"
    PDF = "pdf"
    TEXT = "text"


_FOREIGN = (
    (_OLE, "旧版 Word（.doc）或加了密码的文档", _ASK_DOCX),
    (b"{\\rtf", "RTF 文档", _ASK_DOCX),
    (b"Rar!", "压缩包", "解开后导入里面的报告。"),
    (b"7z\xbc\xaf", "压缩包", "解开后导入里面的报告。"),
    (b"\x1f\x8b", "压缩包", "解开后导入里面的报告。"),
    (b"\x89PNG", "图片", "图片里的数认不准；请找到同一份报告的网页、.docx 或带文字的 PDF。"),
    (b"\xff\xd8\xff", "图片", "图片里的数认不准；请找到同一份报告的网页、.docx 或带文字的 PDF。"),
)
_INSIDE = (
    ("xl/", "工作簿", "填报表不用导入：直接放进年度文件夹，或者用 gxgen check。"),
    ("ppt/", "演示文稿", "请找到同一份报告的网页、.docx 或带文字的 PDF。"),
    ("OFD.xml", "OFD 文档", "用阅读器另存为带文字的 PDF，或者另找网页、.docx。"),
    ("content.xml", "ODT 文档", _ASK_DOCX),
)


def kind_of(data: bytes, file: str) -> Kind:
    """What the bytes are.

    Raises:
        RefusedError: nothing that is read; the finding says what it is and what to do.
    """
    if not data:
        raise RefusedError("GX802", f"{file} 是空文件（0 字节）。", file, "重新下载或重新发送。")
    if len(data) > MOST_BYTES:
        limit = MOST_BYTES // MIB
        raise RefusedError("GX802", f"{file} 超过 {limit} MB，没有读。", file, "删去图片和附件。")
    for magic, what, hint in _FOREIGN:
        if data.startswith(magic):
            raise RefusedError("GX802", f"{file} 是{what}，读不出来。", file, hint)
    if data.startswith(b"PK"):
        return _package(data, file)
    if b"%PDF-" in data[:1024]:
        return Kind.PDF
    head = data[:4096].replace(b"\0", b"").lower()
    if b"mime-version:" in head[:600] and b"multipart/" in head:
        what = "网页归档（.mht）或邮件"
        raise RefusedError("GX802", f"{file} 是{what}，读不出来。", file, _ASK_DOCX)
    return Kind.HTML if _MARKUP.search(head) else Kind.TEXT


def _package(data: bytes, file: str) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except Exception as error:  # zipfile raises half a dozen kinds on malformed headers
        message = f"{file} 已损坏或不完整，打不开。"
        raise RefusedError("GX802", message, file, "重新下载或重新发送。") from error
    if any(name.replace("\\", "/").lower().startswith("word/") for name in names):
        return Kind.DOCX
    for start, what, hint in _INSIDE:
        if any(name.startswith(start) for name in names):
            raise RefusedError("GX802", f"{file} 是{what}，读不出来。", file, hint)
    raise RefusedError("GX802", f"{file} 是压缩包，读不出来。", file, "解开后导入里面的报告。")
