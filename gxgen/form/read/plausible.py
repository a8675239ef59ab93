"""Fields of 基本信息 that can be read and yet can hardly be meant."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from gxgen.diagnostics import Finding
from gxgen.form.layout import INFO_FIELDS
from gxgen.form.read.text import folded, visible
from gxgen.places import SheetCell

_LABELS = {entry.key: entry.label for entry in INFO_FIELDS}
_MOBILE = re.compile(r"(?<!\d)(?:\+?86)?1[3-9]\d{9}(?!\d)")
_MAIL = re.compile(r"[^@\s]+@[^@\s.]+(?:\.[^@\s.]+)+")
_SITE = re.compile(r"[\w-]+(?:\.[\w-]+)+")
_BETWEEN = re.compile(r"[;,、\s]+")
_NO_NAMES = frozenset({"无", "没有", "暂无", "单位", "单位全称", "本单位", "本机关"})


def nameless(name: str) -> bool:
    """Whether an agency's name is only marks, or a word that says that there is none."""
    words = "".join(c for c in folded(name) if unicodedata.category(c)[0] in "LN")
    return not words or words in _NO_NAMES


def doubts(values: Mapping[str, Any], places: Mapping[str, SheetCell]) -> Iterator[Finding]:
    """What to say of the fields as they were read."""
    for key, place in places.items():
        value = values.get(key)
        if value is None or (words := _doubt(key, value, values)) is None:
            continue
        code, reason = words
        yield Finding(code, f"{place}（{_LABELS[key]}）填的是{reason}。", place, key)


def _doubt(key: str, value: object, values: Mapping[str, Any]) -> tuple[str, str] | None:
    if isinstance(value, dt.date):
        return _date(value, values.get("report.year"))
    if not isinstance(value, str) or not key.startswith("contact."):
        return None
    said = f"“{visible(value[:60])}”"
    text = unicodedata.normalize("NFKC", value).strip()
    match key:
        case "contact.phone" | "contact.fax" if _MOBILE.search(re.sub(r"[\s-]", "", text)):
            return "GX082", f"手机号码{said}；应填办公电话，不公开个人信息"
        case "contact.postcode" if not re.fullmatch(r"[0-9]{6}", text):
            return "GX081", f"{said}，不是六位数字"
        case "contact.email" if not all(map(_MAIL.fullmatch, _BETWEEN.split(text))):
            return "GX081", f"{said}，不是电子邮箱的写法"
        case "contact.website" if not _SITE.search(text):
            return "GX081", f"{said}，不是网址的写法"
    return None


def _date(date: dt.date, year: object) -> tuple[str, str] | None:
    if not isinstance(year, int) or date.year == year + 1:
        return None
    said = f"{date.year:04d}年{date.month}月{date.day}日"
    return "GX080", f"{said}，{year}年度的报告应在{year + 1}年成文"
