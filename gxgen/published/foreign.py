"""Files that others must turn into what is read: Word's old kinds, ODT, RTF; and what holds a page.

What a file is, its first bytes and the names in it say, never its own name.
"""

from __future__ import annotations

import email
import email.policy
import io
import re
import zipfile
from email.message import Message
from enum import StrEnum

from gxgen.published.blocks import RefusedError

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SECTOR, _IDENT, _ENCRYPTED = 512, b"\xec\xa5", 0x0100
_PROGRAMS = (b"MZ", b"\x7fELF", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe", b"#!")
_MOST_PARTS = 2_000
"""Of an archived page; pictures and styles are parts too."""
_WORD_XML = re.compile(rb"<\?mso-application\s+progid=\"Word\.Document\"|<w:wordDocument\b")
_HOLDS_PARTS = re.compile(rb"content-type:\s*(?:multipart/|text/html)")
_ODT = b"application/vnd.oasis.opendocument.text"
_ASK_PAGE = "用浏览器打开，另存为“网页，仅 HTML”再导入。"
_ASK_OPEN = "用 Word 或 WPS 打开，去掉密码，另存为 .docx 再导入。"


class Foreign(StrEnum):
    """What LibreOffice turns into DOCX; the value is the ending that it knows it by."""

    DOC = "doc"
    RTF = "rtf"
    ODT = "odt"
    WORD_XML = "xml"

    @property
    def label(self) -> str:
        """What people call it."""
        names = {"doc": "旧版 Word 文档（.doc）", "rtf": "RTF 文档", "odt": "ODT 文档"}
        return names.get(self.value, "Word 2003 的 XML 文档")


def foreign_kind(data: bytes, file: str) -> Foreign | None:
    """What must be converted first; None for what is read, or refused, as it is.

    Raises:
        RefusedError: a program, something behind a password, or an old workbook.
    """
    if data.startswith(_PROGRAMS):
        hint = "不要打开它；向发来的人要报告的网页、.docx 或带文字的 PDF。"
        raise RefusedError("GX802", f"{file} 是程序，不是文档，没有读。", file, hint)
    if data.startswith(_OLE):
        return _compound(data, file)
    if data.startswith(b"{\\rtf"):
        return Foreign.RTF
    if data.startswith(b"PK") and _ODT in data[:200]:
        return _odt(data, file)
    return Foreign.WORD_XML if _WORD_XML.search(data[:4096]) else None


def _compound(data: bytes, file: str) -> Foreign:
    """A compound file; the names of its streams stand in it in UTF-16."""
    if _names("EncryptedPackage") in data or _is_locked(data):
        raise RefusedError("GX802", f"{file} 加了密码，读不出来。", file, _ASK_OPEN)
    if _names("WordDocument") in data:
        return Foreign.DOC
    what, hint = "认不出的旧版文档", "用 Word 或 WPS 打开，另存为 .docx 再导入。"
    if _names("Workbook") in data or _names("Book") in data:
        what, hint = "旧版工作簿（.xls）", "填报表不用导入：另存为 .xlsx，放进年度文件夹。"
    raise RefusedError("GX802", f"{file} 是{what}，读不出来。", file, hint)


def _is_locked(data: bytes) -> bool:
    """Whether Word's old file is encrypted: a flag in the head of its stream, which begins a sector
    ([MS-DOC] 2.5.2, FibBase: wIdent, and fEncrypted at byte 10)."""
    heads = (at for at in range(_SECTOR, len(data), _SECTOR) if data.startswith(_IDENT, at))
    at = next(heads, None)
    return at is not None and bool(int.from_bytes(data[at + 10 : at + 12], "little") & _ENCRYPTED)


def _names(stream: str) -> bytes:
    return stream.encode("utf-16-le") + b"\0\0"


def _odt(data: bytes, file: str) -> Foreign | None:
    """An ODT, unless its parts are encrypted; one that is broken is left to who reads packages."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open(_MANIFEST) as part:
            locked = b"encryption-data" in part.read(_MOST_MANIFEST)
    except Exception:  # zipfile raises half a dozen kinds on malformed headers
        return None
    if locked:
        raise RefusedError("GX802", f"{file} 加了密码，读不出来。", file, _ASK_OPEN)
    return Foreign.ODT


_MANIFEST, _MOST_MANIFEST = "META-INF/manifest.xml", 1 << 20


def unwrapped(data: bytes, file: str) -> bytes:
    """The page in a web archive (.mht); anything else as it is.

    Raises:
        RefusedError: an archive, or a mail, in which there is no page.
    """
    head = data[:4096].lower()
    if b"mime-version:" not in head or not _HOLDS_PARTS.search(head):
        return data
    for part in _parts(_message(data, file)):
        if part.get_content_type() == "text/html":
            page = part.get_payload(decode=True)
            if isinstance(page, bytes) and page.strip():
                return page
    message = f"{file} 是网页归档（.mht）或邮件，里面没有网页。"
    raise RefusedError("GX802", message, file, _ASK_PAGE)


def _message(data: bytes, file: str) -> Message:
    try:
        return email.message_from_bytes(data, policy=email.policy.compat32)
    except RecursionError:  # the parser calls itself for each part in a part
        message = f"{file} 的各部分一层套一层，太深了，没有读。"
        raise RefusedError("GX802", message, file, _ASK_PAGE) from None


def _parts(message: Message) -> list[Message]:
    """Every part, without recursion."""
    found: list[Message] = []
    waiting = [message]
    while waiting and len(found) <= _MOST_PARTS:
        part = waiting.pop(0)
        found.append(part)
        inside = part.get_payload()
        if isinstance(inside, list):
            waiting = [one for one in inside if isinstance(one, Message)] + waiting
    return found
