"""What LibreOffice has written, judged and made to repeat: PDF and the old Word format."""

from __future__ import annotations

import datetime as dt
import io
import re
import struct
import uuid
from dataclasses import dataclass
from html import unescape

import pikepdf

from gxgen.errors import GxgenError
from gxgen.formats.office.type1 import number_fonts
from gxgen.formats.pdf.structure import BROKEN, page_texts
from gxgen.letters import squeezed
from gxgen.opc.package import CORE, DOCUMENT, read_package

EPOCH = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
"""The moment that a PDF bears if no other is given."""

LANGUAGE = "zh-CN"

_WINDOW = 6
_ENOUGH = 0.6
"""Share of the title's pieces that must be found: a glyph without a code is no reason to refuse."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DATE_TAG = re.compile(rb"(<xmp:(?:Create|Modify|Metadata)Date>)[^<]*")
_ID_TAG = re.compile(rb"(<xmpMM:(?:Document|Instance)ID>)[^<]*")


class UnfitError(GxgenError):
    """What was written is not the document; ``str()`` says what is wrong, as half a sentence."""


@dataclass(frozen=True, slots=True)
class Source:
    """What a DOCX says of itself: the title printed in it, "" if none, and its fixed moment."""

    title: str
    moment: dt.datetime


def source_of(docx: bytes, name: str) -> Source:
    """Title and moment of a DOCX.

    Raises:
        TemplateError: it is no DOCX.
    """
    members = read_package(docx, name)
    core = members.get(CORE, b"").decode("utf-8", "replace")
    body = re.findall(r"<w:t(?:\s[^<>]*)?>([^<]*)", members[DOCUMENT].decode("utf-8", "replace"))
    title = squeezed(unescape(_tag(core, "dc:title")))
    printed = title in squeezed(unescape("".join(body)))
    return Source(title if printed else "", _moment(_tag(core, "dcterms:created")))


def checked_pdf(pdf: bytes, title: str) -> int:
    """The number of pages.

    Raises:
        UnfitError: the file is damaged, has no page, or lacks the title.
    """
    try:
        with pikepdf.open(io.BytesIO(pdf), attempt_recovery=False) as document:
            count = len(document.pages)
            # the title stands on the first page unless a cover or a long list precedes it
            found = any(_holds(squeezed(text), title) for text in page_texts(document))
    except BROKEN as error:
        raise UnfitError("写出的PDF已损坏") from error
    if not count:
        raise UnfitError("写出的PDF没有一页")
    if not found:
        raise UnfitError("写出的PDF里没有报告的标题")
    return count


def check_doc(doc: bytes, title: str) -> None:
    """Nothing, if it is a Word 97 document with the title in it.

    Raises:
        UnfitError: it is not.
    """
    if not doc.startswith(_OLE):
        raise UnfitError("写出的不是.doc文件")
    pieces = _pieces(title)
    found = sum(piece.encode("utf-16-le") in doc for piece in pieces)
    if found < _ENOUGH * len(pieces):
        raise UnfitError("写出的.doc里没有报告的标题")


def normalised(pdf: bytes, moment: dt.datetime = EPOCH) -> bytes:
    """The same PDF whenever and wherever it was made: dates, identifiers, the profile's date.

    Raises:
        UnfitError: it is no PDF.
    """
    try:
        with pikepdf.open(io.BytesIO(pdf)) as document:
            document.Root.Lang = pikepdf.String(LANGUAGE)
            _fix_dates(document, moment)
            _fix_profiles(document, moment)
            number_fonts(document)
            for key in ("/DocChecksum", "/ID"):
                if key in document.trailer:
                    del document.trailer[key]
            out = io.BytesIO()
            document.save(out, deterministic_id=True, fix_metadata_version=False)
    except pikepdf.PdfError as error:
        raise UnfitError("写出的PDF已损坏") from error
    return out.getvalue()


def _fix_dates(document: pikepdf.Pdf, moment: dt.datetime) -> None:
    """In the information dictionary and in XMP alike: PDF/A wants both to say the same."""
    moment = moment.astimezone(dt.UTC)
    for key in ("/CreationDate", "/ModDate"):
        if key in document.docinfo:
            document.docinfo[key] = moment.strftime("D:%Y%m%d%H%M%SZ")
    if "/Metadata" in document.Root:
        stream = document.Root.Metadata
        stream.write(_fixed_xmp(stream.read_bytes(), moment))


def _fixed_xmp(xmp: bytes, moment: dt.datetime) -> bytes:
    """Dates set, identifiers made from the rest of the text."""
    stamp = moment.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    bare = _ID_TAG.sub(rb"\1", _DATE_TAG.sub(rb"\g<1>" + stamp, xmp))
    identifier = uuid.uuid5(uuid.NAMESPACE_OID, bare.decode("utf-8", "replace"))
    return _ID_TAG.sub(rb"\g<1>uuid:" + str(identifier).encode(), bare)


def _fix_profiles(document: pikepdf.Pdf, moment: dt.datetime) -> None:
    """LibreOffice writes the present moment into the head of the colour profile (ICC.1, 7.2.8)."""
    intents: pikepdf.Object | tuple[pikepdf.Object, ...] = document.Root.get("/OutputIntents", ())
    for intent in intents:
        if "/DestOutputProfile" in intent:
            profile = bytearray(intent.DestOutputProfile.read_bytes())
            struct.pack_into(">6H", profile, 24, *moment.astimezone(dt.UTC).timetuple()[:6])
            profile[84:100] = bytes(16)
            intent.DestOutputProfile.write(bytes(profile))


def _tag(xml: str, name: str) -> str:
    found = re.search(rf"<{name}(?:\s[^>]*)?>([^<]*)</{name}>", xml)
    return found[1] if found else ""


def _moment(text: str) -> dt.datetime:
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        return EPOCH
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)


def _holds(text: str, title: str) -> bool:
    pieces = _pieces(title)
    return sum(piece in text for piece in pieces) >= _ENOUGH * len(pieces)


def _pieces(title: str) -> list[str]:
    return [title[i : i + _WINDOW] for i in range(max(1, len(title) - _WINDOW + 1))]
