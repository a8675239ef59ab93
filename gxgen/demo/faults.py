"""Faults as agencies make them, each with the code that it must raise.

A fault changes a report before its form is written: the form then holds what an agency would
have typed. Totals above a changed figure stay live formulas, as in a form that was filled by hand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from random import Random

from gxgen.editions.schema import Edition, FieldKey, Kind
from gxgen.model.narrative import Paragraph, Passage
from gxgen.model.report import Entry, EntryState, Report, SignOff, Value

Damage = Callable[[Report, Random], "Report | None"]
"""The faulty report, or None where this report offers no occasion for the fault."""

_RECEIVED, _CARRIED_IN = "requests.received.", "requests.carried_in."
_CARRIED_OUT = "requests.carried_out."


@dataclass(frozen=True, slots=True)
class Fault:
    """A kind of fault: ``code`` is the error that it raises.

    Two faults of one agency concern different ``where``, so that neither hides the other;
    ``previous``: it shows only beside last year's form.
    """

    name: str
    code: str
    where: str
    damage: Damage
    previous: bool = False


def make_faults(
    report: Report, random: Random, ordinal: int, *, previous: bool
) -> tuple[Report, tuple[Fault, ...]]:
    """The report with one or two faults, and which; ``ordinal`` rotates through the kinds."""
    start = ordinal % len(FAULTS)
    kinds = [*FAULTS[start:], *FAULTS[:start]]
    made: list[Fault] = []
    for _ in range(random.choice((1, 1, 2))):
        for fault in kinds:
            if fault.where in {f.where for f in made} or (fault.previous and not previous):
                continue
            damaged = fault.damage(report, random)
            if damaged is not None:
                report, made = damaged, [*made, fault]
                break
        random.shuffle(kinds)
    return report, tuple(made)


def _with(report: Report, changes: Mapping[FieldKey, Entry]) -> Report:
    """Other contents of cells, and the totals over them as the form's formulas make them."""
    entries = {**report.entries, **changes}
    above = {key for each in changes for key in _above(report.edition, each)} - {*changes}
    # Parts come before what is summed from them: a total's parts are never totals over it.
    for key in sorted(above, key=lambda k: len(_above(report.edition, k)), reverse=True):
        parts = [entries[part].value for part in report.edition.totals[key].right]
        known = [part for part in parts if part is not None]
        # Without all its parts no total is known: an empty one is written as a live formula.
        entries[key] = _number(sum(known)) if len(known) == len(parts) else _EMPTY
    return replace(report, entries=entries)


_EMPTY = Entry(None, None, None, EntryState.BLANK)


def blanked(report: Report, keys: Iterable[FieldKey]) -> Report:
    """A report in which these cells were not filled in, nor the totals over them."""
    return _with(report, dict.fromkeys(keys, _EMPTY))


def _number(value: Value) -> Entry:
    return Entry(value, str(value))


def _above(edition: Edition, key: FieldKey) -> set[FieldKey]:
    """The totals that a figure goes into, directly or through other totals."""
    direct = {total for total, identity in edition.totals.items() if key in identity.right}
    return direct.union(*(_above(edition, each) for each in direct))


def with_figures(report: Report, values: Mapping[FieldKey, Value]) -> Report:
    """A report with other figures, and the totals over them as the form's formulas make them."""
    return _with(report, {key: _number(value) for key, value in values.items()})


def _words(report: Report, key: FieldKey, text: str) -> Report:
    return _with(report, {key: Entry(None, text, None, EntryState.UNREADABLE)})


def _inputs(report: Report, prefix: str = "", kind: Kind = Kind.COUNT) -> list[FieldKey]:
    """Cells that an agency fills, of one kind and table or row."""
    fields = report.edition.fields
    return [
        k
        for k, f in fields.items()
        if k.startswith(prefix) and f.kind is kind and k not in report.edition.totals
    ]


def _columns(report: Report, row: str, least: int = 0) -> list[str]:
    """The columns of applicants in whose row stands at least so much."""
    return [
        report.edition.fields[key].column
        for key in _inputs(report, row)
        if report.values.get(key, 0) >= least
    ]


def _shifted(report: Report, steps: Mapping[FieldKey, int]) -> Report | None:
    if not steps.keys() <= report.values.keys():
        return None
    return with_figures(report, {key: report.values[key] + step for key, step in steps.items()})


def _typed_total(report: Report, random: Random) -> Report | None:
    totals = [key for key in report.edition.totals if key.startswith("requests.")]
    busy = [key for key in totals if report.values.get(key, 0) > 0] or totals
    if not busy:
        return None
    key = random.choice(busy)
    return _typed_over(report, key, random.choice((1, 2, 9, 10)))


def _typed_remedies(report: Report, random: Random) -> Report | None:
    totals = [key for key in report.edition.totals if key.startswith("remedies.")]
    return _typed_over(report, random.choice(totals), 1) if totals else None


def _typed_over(report: Report, key: FieldKey, step: int) -> Report:
    """A total's formula replaced by a number that is off; nothing else follows it."""
    return replace(report, entries={**report.entries, key: _number(report.values[key] + step)})


def _blank(table: str, most: int) -> Damage:
    def damage(report: Report, random: Random) -> Report | None:
        keys = _inputs(report, table)
        if len(keys) < most:
            return None
        keys = random.sample(keys, random.randint(1, most))
        return blanked(report, keys)

    return damage


def _blank_table(report: Report, random: Random) -> Report | None:
    keys = _inputs(report, "remedies.")
    return blanked(report, keys) if keys else None


def _text(prefix: str, texts: Iterable[str], kind: Kind = Kind.COUNT) -> Damage:
    choices = tuple(texts)

    def damage(report: Report, random: Random) -> Report | None:
        keys = _inputs(report, prefix, kind)
        return _words(report, random.choice(keys), random.choice(choices)) if keys else None

    return damage


def _figure(prefix: str, value: Value, kind: Kind = Kind.COUNT) -> Damage:
    def damage(report: Report, random: Random) -> Report | None:
        keys = _inputs(report, prefix, kind)
        return with_figures(report, {random.choice(keys): value}) if keys else None

    return damage


def _wrong_carry(report: Report, random: Random) -> Report | None:
    """Sums that hold, but not what last year's report handed on."""
    columns = _columns(report, _RECEIVED, 1) or _columns(report, _RECEIVED)
    if not columns:
        return None
    column = random.choice(columns)
    return _shifted(report, {_CARRIED_IN + column: 1, _CARRIED_OUT + column: 1})


def _miscounted(report: Report, random: Random) -> Report | None:
    columns = _columns(report, _RECEIVED, 1)
    if not columns:
        return None
    return _shifted(report, {_RECEIVED + random.choice(columns): random.choice((1, 2, -1))})


def _forgotten_carry(report: Report, random: Random) -> Report | None:
    columns = _columns(report, _CARRIED_OUT, 1)
    return with_figures(report, {_CARRIED_OUT + random.choice(columns): 0}) if columns else None


def _empty_section(report: Report, random: Random) -> Report | None:
    """Section six with its title alone."""
    last = [s.mark for s in report.edition.sections if s.narrative][-1]
    kept = (p for p in report.narrative if p.section != last or p.mark == last)
    return replace(report, narrative=tuple(kept))


def _edited(report: Report, random: Random, change: Callable[[str], str]) -> Report:
    """One paragraph rewritten, in a part that has text."""
    parts = [p for p in report.narrative if p.level > 1 and p.paragraphs]
    chosen = random.choice(parts)
    paragraphs = (Paragraph(change(chosen.paragraphs[0].text)), *chosen.paragraphs[1:])

    def rewritten(passage: Passage) -> Passage:
        return replace(passage, paragraphs=paragraphs) if passage is chosen else passage

    return replace(report, narrative=tuple(map(rewritten, report.narrative)))


def _slot(report: Report, random: Random) -> Report | None:
    slot = random.choice(("全年共培训××次、XX人次。", "印发宣传材料____份。", "接待群众××人次。"))
    return _edited(report, random, lambda text: text + slot)


def _instruction(report: Report, random: Random) -> Report | None:
    told = random.choice(("（此处填写本单位的做法）", "【编写说明】本部分应简要写明工作情况。"))
    return _edited(report, random, lambda text: told + text)


def _sentence(*sentences: str) -> Damage:
    """One of them behind a paragraph; ``{last}`` is last year."""

    def damage(report: Report, random: Random) -> Report | None:
        told = random.choice(sentences).format(last=report.year - 1)
        return _edited(report, random, lambda text: text + told)

    return damage


def _of_another(report: Report, random: Random) -> Report | None:
    """A sentence from the report of an agency of another kind."""
    name = report.agency.name
    if name.endswith("局"):
        return _edited(report, random, lambda text: f"{text}我镇将继续做好公开工作。")
    if name.endswith(("镇人民政府", "乡人民政府", "街道办事处")):
        return _edited(report, random, lambda text: f"{text}我局将继续做好公开工作。")
    return None


def _no_date(report: Report, random: Random) -> Report | None:
    if report.sign_off.date is None:
        return None
    return replace(report, sign_off=SignOff(report.sign_off.form))


_LAST_PERIOD = "所列数据的统计期限自{last}年1月1日起至{last}年12月31日止。"
_NUMBERS = ("见国办公开办涵〔2021〕30号。", "见国办公开办函2021〕30号。")
_UNPAIRED = ("认真学习《政府信息公开条例。", "做到“应公开尽公开。")
_DATES = ("{last}12月起按月通报。", "11月31日召开推进会。")
_SUMS = ("约20万", "详见附表", "未统计")

FAULTS: tuple[Fault, ...] = (
    Fault("合计被改写", "GX101", "requests", _typed_total),
    Fault("空着没有填", "GX020", "requests", _blank("requests.", 3)),
    Fault("填了约数", "GX021", "requests", _text("requests.", ("3件左右", "约5件", "两三件"))),
    Fault("上年结转不符", "GX301", "requests", _wrong_carry, previous=True),
    Fault("新收数多算或少算", "GX102", "requests", _miscounted),
    Fault("提示语留在正文", "GX048", "narrative", _instruction),
    Fault("复议总计被改写", "GX101", "remedies", _typed_remedies),
    Fault("表四没有填", "GX020", "remedies", _blank_table),
    Fault("漏了结转下年度", "GX102", "requests", _forgotten_carry),
    Fault("金额写成文字", "GX021", "disclosure", _text("disclosure.", _SUMS, Kind.MONEY)),
    Fault("第六部分没有写", "GX041", "narrative", _empty_section),
    Fault("没有成文日期", "GX031", "info", _no_date),
    Fault("填了负数", "GX025", "disclosure", _figure("disclosure.", -3)),
    Fault("件数带小数", "GX026", "requests", _figure("requests.", Decimal("2.5"))),
    Fault("空没有填上", "GX048", "narrative", _slot),
    Fault("见附件", "GX021", "remedies", _text("remedies.", ("见附件", "同上年", "待定"))),
    Fault("电话填进数字格", "GX021", "disclosure", _figure("disclosure.", 8_000_002_000)),
    Fault("漏填件数", "GX020", "disclosure", _blank("disclosure.", 2)),
    Fault("统计期限是上年", "GX501", "narrative", _sentence(_LAST_PERIOD)),
    Fault("文号写错", "GX504", "narrative", _sentence(*_NUMBERS)),
    Fault("书名号缺一半", "GX505", "narrative", _sentence(*_UNPAIRED)),
    Fault("日期缺字", "GX506", "narrative", _sentence(*_DATES)),
    Fault("动词后没有数", "GX507", "narrative", _sentence("全年主动公开条。", "同比增长%。")),
    Fault("抄自别的单位", "GX509", "narrative", _of_another),
    Fault("留了手机号码", "GX520", "narrative", _sentence("咨询电话：13800138000。")),
)  # fmt: skip
"""Every kind, in the order in which a county's faulty agencies get them."""
