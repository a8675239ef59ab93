"""Reports to render: small, full, and the five real agencies' ones."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import cache
from typing import Any

from gxgen.editions.declared import EDITIONS
from gxgen.editions.schema import Kind
from gxgen.formats.docx.template import CompiledTemplate, compile_template
from gxgen.model.agency import Agency
from gxgen.model.narrative import Paragraph, Passage
from gxgen.model.report import Entry, Report, SignOff, SignOffForm
from gxgen.templates.scaffold.official import make_template
from tests.support import sample_records, sample_reports

AWKWARD = (
    "A&B 与 C&amp;D",
    "关于<办法>的“解释”",
    "结尾]]>之后",
    "单引号'与双引号\"与《〈〉》",
    "制表\t符与\n换行",
    "垟塆𡌴与〇",
    "{{ 7*7 }}",
    "{% raise %}",
    "{# 注 #}与{_{ 面具 }_}",
    "C:\\路径\\1与$1",
    "  首尾有空格  ",
)


def passages(*rows: tuple[Any, ...]) -> tuple[Passage, ...]:
    """Rows of (mark, heading, paragraph, paragraph, …)."""
    return tuple(
        Passage(mark, heading, tuple(Paragraph(text) for text in texts))
        for mark, heading, *texts in rows
    )


FULL = passages(
    ("0", None, "本报告依据《条例》编制。", *AWKWARD),
    ("1", "总体情况", "一年来，工作平稳有序。"),
    ("1.1", "主动公开", "公开信息186条。"),
    ("1.1.1", "体制机制", "明确4人。", "培训2次。"),
    ("1.1.1.1", "细分", "第四级。"),
    ("1.1.2", "解读回应。", "连写的三级标题。"),
    ("1.2", "依申请公开方面。", "收到12件。", "办结12件。"),
    ("1.3", "A&B<标题>", *AWKWARD),
    ("2", "主动公开政府信息情况"),
    ("3", "收到和处理政府信息公开申请情况", "表后的说明。"),
    ("4", "政府信息公开行政复议、行政诉讼情况"),
    ("5", "存在的主要问题及改进情况", "不足：{{ 7*7 }}。"),
    ("6", "其他需要报告的事项"),
    ("6.1", "收取信息处理费情况", "未收取。"),
    ("6.2", "本中心没有其他需要报告的事项。"),
)


def make_report(edition: str = "2021", **changes: Any) -> Report:
    """A report whose every figure differs, so that no two cells can be mistaken."""
    form = EDITIONS[edition]
    entries = {}
    for n, (key, field) in enumerate(form.fields.items()):
        value = Decimal(f"{n}.50") if field.kind is Kind.MONEY else n
        entries[key] = Entry(-n if field.kind is Kind.SIGNED else value, str(n))
    given: dict[str, Any] = {
        "edition": form,
        "agency": Agency("云垟市机关事务服务中心"),
        "year": form.first_year,
        "entries": entries,
        "narrative": FULL,
        "sign_off": SignOff(SignOffForm.AGENCY_AND_DATE, dt.date(2026, 1, 15)),
    }
    return Report(**{**given, **changes})


REAL = sorted(sample_records())


@cache
def _samples() -> dict[str, Report]:
    return sample_reports()


def real_report(name: str) -> Report:
    """One of the five agencies' reports, from its record."""
    return _samples()[name]


@cache
def shipped_bytes(edition: str) -> bytes:
    """What the scaffold makes for an edition."""
    return make_template(EDITIONS[edition])


@cache
def shipped(edition: str) -> CompiledTemplate:
    """The compiled official template of an edition."""
    return compile_template(shipped_bytes(edition), EDITIONS[edition])


def with_features(template: CompiledTemplate, *features: str) -> CompiledTemplate:
    """The same template, said to use what only docxtpl itself can do; without any: the fast way."""
    parts = template.parts.copy()
    parts["features"] = list(features)
    return CompiledTemplate(template.edition, parts)
