"""What each element of a Word document's body means to a reader: a closed list.

ECMA-376 part 1 (Transitional and Strict), and what Word and WPS write beside it. What is not
listed is told with its place, and its text is kept.
"""

from __future__ import annotations

from enum import Enum, auto
from functools import lru_cache

from lxml.etree import _Element

_PREFIXES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://www.wps.cn/officeDocument/2013/wpsCustomData": "wps",
}
_MICROSOFT = "http://schemas.microsoft.com/office/"


class Means(Enum):
    """What becomes of an element."""

    PARAGRAPH = auto()
    TABLE = auto()
    INSIDE = auto()
    """Its content counts as if it stood there itself."""
    TURNED = auto()
    """Its content may be shown from right to left, 21 for what is written 12."""
    RUN = auto()
    TEXT = auto()
    CHARACTER = auto()
    """It stands for the text of its entry."""
    BREAK = auto()
    """What follows begins a line, a column or a page: it never joins what stands before."""
    SYMBOL = auto()
    NOTHING = auto()
    """It shows nothing, or says only how something looks."""
    LOST = auto()
    """It shows what a report cannot hold: a question, by the name of its entry."""
    ASIDE = auto()
    """It shows what a report does not need: a note, by the name of its entry."""
    DRAWING = auto()
    DELETED = auto()
    INSERTED = auto()
    CONTROL = auto()
    FIELD = auto()
    FIELD_MARK = auto()
    CODE = auto()
    CHOICE = auto()
    FORMULA = auto()
    STRANGE = auto()
    """It is not listed: told by its name, its content kept."""


_LISTED: dict[tuple[Means, str], str] = {
    (Means.PARAGRAPH, ""): "w:p",
    (Means.TABLE, ""): "w:tbl",
    (Means.INSIDE, ""): (
        "w:body w:tr w:tc w:hyperlink w:smartTag w:customXml w:sdtContent w:dir w:ruby"
        " w:rubyBase mc:Choice mc:Fallback"
    ),
    (Means.TURNED, "倒着写的文字"): "w:bdo",
    (Means.RUN, ""): "w:r",
    (Means.TEXT, ""): "w:t",
    (Means.CHARACTER, "\t"): "w:tab w:ptab",
    (Means.CHARACTER, "-"): "w:noBreakHyphen",
    (Means.BREAK, ""): "w:br w:cr",
    (Means.SYMBOL, ""): "w:sym",
    (Means.NOTHING, ""): (
        "w:pPr w:rPr w:tblPr w:tblPrEx w:trPr w:tcPr w:tblGrid w:sectPr w:sdtPr w:sdtEndPr"
        " w:smartTagPr w:customXmlPr w:rubyPr w:softHyphen w:lastRenderedPageBreak w:proofErr"
        " w:permStart w:permEnd w:bookmarkStart w:bookmarkEnd w:commentRangeStart"
        " w:commentRangeEnd w:annotationRef w:moveFromRangeStart w:moveFromRangeEnd"
        " w:moveToRangeStart w:moveToRangeEnd w:customXmlInsRangeStart w:customXmlInsRangeEnd"
        " w:customXmlDelRangeStart w:customXmlDelRangeEnd w:customXmlMoveFromRangeStart"
        " w:customXmlMoveFromRangeEnd w:customXmlMoveToRangeStart w:customXmlMoveToRangeEnd"
        " w:separator w:continuationSeparator w:footnoteRef w:endnoteRef w:delText"
        " w:delInstrText w:fldData w14:customXmlConflictInsRangeStart"
        " w14:customXmlConflictInsRangeEnd w14:customXmlConflictDelRangeStart"
        " w14:customXmlConflictDelRangeEnd wps:docfieldStart wps:docfieldEnd"
    ),
    (Means.LOST, "脚注"): "w:footnoteReference",
    (Means.LOST, "尾注"): "w:endnoteReference",
    (Means.LOST, "嵌入的文档"): "w:altChunk w:subDoc",
    (Means.LOST, "控件"): "w:control",
    (Means.LOST, "墨迹"): "w:contentPart w14:contentPart",
    (Means.LOST, "自动页码"): "w:pgNum",
    (Means.LOST, "自动日期"): (
        "w:dayLong w:dayShort w:monthLong w:monthShort w:yearLong w:yearShort"
    ),
    (Means.ASIDE, "批注"): "w:commentReference",
    (Means.ASIDE, "拼音"): "w:rt",
    (Means.DRAWING, "图片或图形"): "w:drawing w:pict w:movie",
    (Means.DRAWING, "嵌入的对象"): "w:object",
    (Means.DELETED, ""): "w:del w:moveFrom w14:conflictDel",
    (Means.INSERTED, ""): "w:ins w:moveTo w14:conflictIns",
    (Means.CONTROL, ""): "w:sdt",
    (Means.FIELD, ""): "w:fldSimple",
    (Means.FIELD_MARK, ""): "w:fldChar",
    (Means.CODE, ""): "w:instrText",
    (Means.CHOICE, ""): "mc:AlternateContent",
    (Means.FORMULA, ""): "m:oMath m:oMathPara",
}
ELEMENTS = {name: key for key, names in _LISTED.items() for name in names.split()}
"""Name → what it means, and the text or the word that goes with it."""


@lru_cache(maxsize=4096)
def _name(tag: str) -> str:
    space, _, local = tag[1:].rpartition("}") if tag[:1] == "{" else ("", "", tag)
    prefix = _PREFIXES.get(space)
    if prefix is None:
        # Word's own additions by version: …/word/2010/wordml, …/word/2012/wordml.
        prefix = "w14" if space.startswith(_MICROSOFT + "word/") else "?"
    return f"{prefix}:{local}"


def name_of(element: _Element) -> str:
    """Its name with the usual prefix: both OOXML variants then read alike; ``?:`` a stranger."""
    return _name(str(element.tag))


@lru_cache(maxsize=4096)
def _meaning(tag: str) -> tuple[Means, str]:
    name = _name(tag)
    return ELEMENTS.get(name, (Means.STRANGE, name.removeprefix("?:")))


def meaning(element: _Element) -> tuple[Means, str]:
    """What becomes of an element, and the text or word that goes with it."""
    return _meaning(str(element.tag))


def chosen(alternatives: _Element) -> _Element | None:
    """What Word shows of an ``mc:AlternateContent``: the first choice that it understands."""
    last = None
    for one in alternatives:
        if name_of(one) == "mc:Choice" and _is_understood(one):
            return one
        last = one
    return last


def _is_understood(choice: _Element) -> bool:
    """Whether Word knows every vocabulary that a choice asks for."""
    asked = choice.get("Requires", "").split()
    spaces = (choice.nsmap.get(prefix) or "" for prefix in asked)
    return all(uri.startswith(_MICROSOFT) or uri in _PREFIXES for uri in spaces)
