"""Content controls: unfilled ones, and such as show what lies in the document's data.

A bound control keeps the text that was shown last; where a program changed only that, or only
the data, Word shows the data, others what was kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property

from lxml.etree import _Element

from gxgen.numerals import from_chinese
from gxgen.prose.raw import ENDS
from gxgen.prose.word_package import attribute, child, local, switched_on

_STEP = r"/(?:[\w.-]+:)?[\w.-]+(?:\[\d{1,4}\])?"
_PATH = re.compile(rf"(?:{_STEP}){{1,20}}(?:/@(?:[\w.-]+:)?[\w.-]+)?(?:/text\(\))?")
_PIECE = re.compile(r"/(@?)(?:([\w.-]+):)?([\w.-]+)(?:\[(\d+)\])?")
_SPACE = re.compile(r"xmlns:([\w.-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T[\d:.]*)?(?:Z|[+-]\d\d:\d\d)?")
_NUMBER = re.compile(r"\d+|[〇○零一二三四五六七八九十]+")
_UNTYPED = frozenset(("picture", "checkbox", "repeatingSection", "docPartObj", "docPartList"))
"""Controls whose data is no text of theirs."""

_LONGEST = 1_000
"""Characters of a path."""
UNKNOWN = "位置写法特殊的数据"
"""Said of data that a control names in a way which is not followed here."""


def texts(element: _Element) -> str:
    """All text below an element, whatever it is, WordArt included."""
    return "".join(
        (e.text or "") if local(e) == "t" else attribute(e, "string") or ""
        for e in element.iter()
        if local(e) in ("t", "textpath")
    )


def unfilled(control: _Element) -> str | None:
    """The prompt of a content control that still shows it; None where it is filled or no text."""
    properties = child(control, "sdtPr")
    if not switched_on(child(properties, "showingPlcHdr")):
        return None
    if child(properties, "picture") is not None:
        return None
    content = child(control, "sdtContent")
    return "" if content is None else texts(content).strip(ENDS)


class Bound:
    """The data of a document, looked up by the controls that show it; read when first asked."""

    def __init__(self, stores: Callable[[], dict[str, _Element]]) -> None:
        """``stores``: the roots of the document's data by their ids, in capitals."""
        self._read = stores

    @cached_property
    def _stores(self) -> dict[str, _Element]:
        return self._read()

    def instead(self, control: _Element, said: str) -> str | None:
        """What Word shows in a control that keeps the text ``said``; None where it is the same."""
        properties = child(control, "sdtPr")
        binding = child(properties, "dataBinding")
        if properties is None or binding is None:
            return None
        if any(local(one) in _UNTYPED for one in properties):
            return None
        path = attribute(binding, "xpath") or ""
        name = (attribute(binding, "storeItemID") or "").upper()
        stores = [self._stores[name]] if name in self._stores else []
        roots = stores if name else list(self._stores.values())
        if roots and (len(path) > _LONGEST or not _PATH.fullmatch(path)):
            return UNKNOWN
        spaces = _spaces(attribute(binding, "prefixMappings") or "")
        data = next((d for root in roots if (d := _data(root, path, spaces)) is not None), None)
        shown = None if data is None else _displayed(data, properties)
        return None if shown is None or _is_shown(shown, said, properties) else shown


def _spaces(mappings: str) -> dict[str, str]:
    found = _SPACE.findall(mappings) if len(mappings) <= _LONGEST else []
    return {prefix: double or single for prefix, double, single in found}


def _data(root: _Element, path: str, spaces: dict[str, str]) -> str | None:
    """The text at a path; None where nothing is, or where more than text is."""
    node, inner = root, [root]
    for sign, prefix, name, number in _PIECE.findall(path.removesuffix("/text()")):
        tag = f"{{{spaces.get(prefix, '')}}}{name}" if prefix else name
        if sign:
            return node.get(tag)
        found = [one for one in inner if one.tag == tag]
        at = int(number or 1) - 1
        if not 0 <= at < len(found):
            return None
        node = found[at]
        inner = list(node)
    return None if inner else node.text or ""


def _displayed(data: str, properties: _Element) -> str:
    """What a list shows for a value."""
    lists = (child(properties, kind) for kind in ("dropDownList", "comboBox"))
    entries = (entry for one in lists if one is not None for entry in one)
    shown = (attribute(one, "displayText") for one in entries if attribute(one, "value") == data)
    return next(filter(None, shown), data)


def _is_shown(data: str, said: str, properties: _Element) -> bool:
    """Whether a control that keeps the text ``said`` would show the data likewise."""
    day = _DAY.fullmatch(data.strip())
    if day and child(properties, "date") is not None:
        year, month, date = map(int, day.groups())
        numbers = {_value(one) for one in _NUMBER.findall(said)}
        return bool(numbers) and numbers <= {year, year % 100, month, date}
    return _solid(data) == _solid(said)


def _value(number: str) -> int | None:
    """Of a part of a date as it is shown: 2024, 十二, 二〇二四."""
    if number.isdecimal():
        return int(number)
    value = from_chinese(number)
    return value if value is not None else int(number.translate(_DIGITS) or 0)


_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789", "十")


def _solid(text: str) -> str:
    return "".join(text.split())
