"""Fields of Word: what each kind shows, by one closed table of their codes.

A field has a code and mostly a result, which is what Word shows. Some kinds keep no result, or
keep it elsewhere; some show nothing; some are a slot that nobody has filled.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from enum import Enum, auto

from lxml.etree import _Element

from gxgen.opc.xml import namespace, whole
from gxgen.prose.word_math import equation
from gxgen.prose.word_package import attribute, child, local, switched_on


class Shows(Enum):
    """What a kind of field shows."""

    RESULT = auto()
    """Its result; without one it is told."""
    PERHAPS = auto()
    """Its result, and nothing where there is none."""
    NOTHING = auto()
    CONTENTS = auto()
    """A table of contents or an index."""
    SLOT = auto()
    """Its result, a slot where that is blank or «…»."""
    EQUATION = auto()
    CHOICE = auto()
    BOX = auto()
    SYMBOL = auto()
    BUTTON = auto()


_LISTED = {
    Shows.RESULT: (
        "= AUTHOR AUTONUM AUTONUMLGL AUTONUMOUT AUTOTEXT AUTOTEXTLIST BARCODE BIBLIOGRAPHY"
        " BIDIOUTLINE CITATION COMMENTS COMPARE CREATEDATE DATE DDE DDEAUTO DISPLAYBARCODE"
        " DOCPROPERTY DOCVARIABLE EDITTIME FILENAME FILESIZE GLOSSARY IF INFO INCLUDETEXT KEYWORDS"
        " LASTSAVEDBY LISTNUM MERGEBARCODE MERGEREC MERGESEQ NOTEREF NUMCHARS NUMPAGES NUMWORDS"
        " PAGE PAGEREF PRINTDATE QUOTE REF REVNUM SAVEDATE SECTION SECTIONPAGES SEQ STYLEREF"
        " SUBJECT TEMPLATE TIME TITLE USERADDRESS USERINITIALS USERNAME"
    ),
    Shows.PERHAPS: (
        "ADDIN CONTROL DATABASE EMBED HTMLACTIVEX HTMLCONTROL HYPERLINK IMPORT INCLUDE"
        " INCLUDEPICTURE LINK SHAPE"
    ),
    Shows.NOTHING: (
        "ADVANCE ASK DATA NEXT NEXTIF PRINT PRIVATE RD SET SKIPIF TA TC XE"
    ),
    Shows.CONTENTS: "INDEX TOA TOC",
    Shows.SLOT: "ADDRESSBLOCK FILLIN FORMTEXT GREETINGLINE MERGEFIELD",
    Shows.EQUATION: "EQ",
    Shows.CHOICE: "FORMDROPDOWN",
    Shows.BOX: "FORMCHECKBOX",
    Shows.SYMBOL: "SYMBOL",
    Shows.BUTTON: "GOTOBUTTON MACROBUTTON",
}  # fmt: skip
FIELDS = {code: shows for shows, codes in _LISTED.items() for code in codes.split()}

_CODE = re.compile(r"\s*(=|[^\W\d_]+|\S*)")
_PLACEHOLDER = re.compile(r"«[^«»]*»|<<[^<>]*>>")
_PROMPT = re.compile(
    r"(?:单击|点击|请(?:在此)?(?:输入|填写|选择)|选择一项|Click|Choose)", re.IGNORECASE
)
_SYMBOL = re.compile(r"\s*SYMBOL\s+(0x[0-9A-F]{1,5}|\d{1,6})(.*)", re.IGNORECASE | re.DOTALL)
_SYMBOL_FONT = re.compile(r"symbol|dings|extra", re.IGNORECASE)
_HEX = re.compile(r"0{0,3}[0-9A-Fa-f]{2,5}")
_BUTTON = re.compile(r"\s*\S+\s+\S+\s*(.*)", re.DOTALL)
_SWITCHES = re.compile(r"\\[*#@!]\s*(?:\"[^\"]*\"|\w+)")


class Told(Enum):
    """What is said of a field beside the text that it leaves."""

    LOST = auto()
    """It shows what is not printed."""
    UNSURE = auto()
    """Printed otherwise than shown, perhaps."""
    SLOT = auto()
    ASIDE = auto()


@dataclass(slots=True)
class Field:
    """A field that is being read: its code, then its result."""

    mark: _Element
    """What begins it."""
    data: _Element | None = None
    code: list[str] = field(default_factory=list)
    in_code: bool = True
    stray: list[str] = field(default_factory=list)
    """Text that stands openly between the codes."""
    sink: list[str] | None = None
    begins: int = 0
    """Where its result begins in the sink."""
    shows_more: bool = False
    """Its result holds what is no text, and was told as such."""

    @property
    def instruction(self) -> str:
        """Its whole code."""
        return "".join(self.code)

    @property
    def name(self) -> str:
        """Its kind, in capitals."""
        found = _CODE.match(self.instruction)
        return found[1].upper() if found else ""

    @property
    def is_contents(self) -> bool:
        """Whether it is a table of contents."""
        return FIELDS.get(self.name) is Shows.CONTENTS


@dataclass(frozen=True, slots=True)
class Outcome:
    """The text that a field leaves, and what is to be told of it."""

    text: str
    told: Told | None = None
    word: str = ""
    quote: str = ""


def outcome(one: Field, result: str) -> Outcome:
    """What a field leaves that has this result."""
    name = one.name
    shows = FIELDS.get(name)
    if shows is None:
        return _unknown(name, result)
    if shows in _BY_KIND:
        return _BY_KIND[shows](one, result)
    if shows is Shows.NOTHING:
        return Outcome("", Told.LOST, f"域 {name} 里的文字", result) if result.strip() else _BLANK
    if shows is Shows.RESULT and not result.strip() and not one.shows_more:
        return Outcome(result, Told.LOST, f"域 {name}（没有保存结果）")
    return Outcome(result)


_BLANK = Outcome("")


def _unknown(name: str, result: str) -> Outcome:
    """A code that is not listed; a bookmark's name alone is one as well."""
    if not name:
        return Outcome(result)
    begin = name[:20]
    if not result.strip():
        return Outcome(result, Told.LOST, "不认识的域", begin)
    return Outcome(result, Told.UNSURE, "不认识的域", f"{begin}：{result}")


def _slot(one: Field, result: str) -> Outcome:
    if not result.strip() and not one.shows_more:
        return Outcome("", Told.SLOT, _slot_name(one))
    if _PLACEHOLDER.fullmatch(result.strip()):
        return Outcome("", Told.SLOT, _slot_name(one), result.strip())
    return Outcome(result)


def _slot_name(one: Field) -> str:
    return {"FORMTEXT": "文字窗体域", "MERGEFIELD": "邮件合并域"}.get(one.name, f"域 {one.name}")


def _equation(one: Field, result: str) -> Outcome:
    if result.strip():
        return Outcome(result)
    shown = equation(one.instruction)
    if not shown.text:
        return Outcome("", Told.LOST, "EQ 域（公式或特殊排版的字）", one.instruction.strip())
    if not shown.sure:
        return Outcome(shown.text, Told.UNSURE, "公式或特殊排版的字", shown.text)
    return Outcome(shown.text, Told.ASIDE if shown.reading else None, "拼音")


def _choice(one: Field, result: str) -> Outcome:
    """The chosen entry of a drop-down; its first one where it was never opened."""
    choices = child(one.data, "ddList")
    entries = [] if choices is None else [e for e in choices if local(e) == "listEntry"]
    chosen = attribute(child(choices, "result"), "val") or attribute(
        child(choices, "default"), "val"
    )
    at = whole(chosen, 0)
    if at >= len(entries):
        return Outcome(result) if result.strip() else Outcome("", Told.LOST, "下拉框（没有选项）")
    text = attribute(entries[at], "val") or ""
    if _PROMPT.search(text) or not text.strip():
        return Outcome("", Told.SLOT, "下拉框", text)
    return Outcome(text)


def _box(one: Field, _result: str) -> Outcome:
    box = child(one.data, "checkBox")
    checked = child(box, "checked")
    checked = child(box, "default") if checked is None else checked
    return Outcome("", Told.LOST, f"复选框（{'已' if switched_on(checked) else '未'}勾选）")


def _symbol(one: Field, result: str) -> Outcome:
    found = _SYMBOL.match(one.instruction)
    if found:
        number = int(found[1], 16 if found[1][:2] in ("0x", "0X") else 10)
        is_unicode = number < 0x7F or "\\u" in found[2].lower()
        shown = symbol(f"{number:X}", found[2]) if is_unicode else None
        if shown is not None:
            return Outcome(shown)
    return Outcome("", Told.LOST, "特殊符号", result.strip())


def _button(one: Field, result: str) -> Outcome:
    """Its text stands in its code, behind the name of the macro or bookmark."""
    found = _BUTTON.match(_SWITCHES.sub("", one.instruction))
    text = result.strip() or (found[1].strip() if found else "")
    if _PROMPT.search(text) or "NOMACRO" in one.instruction.upper():
        return Outcome("", Told.SLOT, "按钮", text)
    return Outcome(text, Told.UNSURE, "按钮上的字", text) if text else _BLANK


_BY_KIND = {
    Shows.SLOT: _slot,
    Shows.EQUATION: _equation,
    Shows.CHOICE: _choice,
    Shows.BOX: _box,
    Shows.SYMBOL: _symbol,
    Shows.BUTTON: _button,
}


def symbol(code: str, font: str) -> str | None:
    """A character by its code in hexadecimal digits; None where only its font says what it is."""
    if not _HEX.fullmatch(code) or _SYMBOL_FONT.search(font):
        return None
    character = chr(int(code, 16))
    return None if unicodedata.category(character)[0] in "CZ" else character


_OUTSIDE = frozenset(("del", "moveFrom", "txbxContent", "Fallback"))


def whole_marks(document: _Element) -> dict[_Element, _Element]:
    """The marks of the fields that begin and end in the text: each with the mark that begins it.

    One that lost its end by an edit would swallow all that follows; it is not taken for a field.
    """
    whole_ones: dict[_Element, _Element] = {}
    open_ones: list[list[_Element]] = []
    for mark in document.iter(namespace(document) + "fldChar"):
        if any(local(e) in _OUTSIDE for e in mark.iterancestors()):
            continue
        kind = attribute(mark, "fldCharType")
        if kind == "begin":
            open_ones.append([mark])
        elif open_ones:
            open_ones[-1].append(mark)
            if kind == "end":
                marks = open_ones.pop()
                whole_ones |= dict.fromkeys(marks, marks[0])
    return whole_ones
