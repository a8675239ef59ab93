"""Findings and results as a clerk reads them in a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from gxgen.diagnostics import Diagnostic, Severity, by_addressee
from gxgen.letters import shown

_COLOURS = {Severity.ERROR: "31;1", Severity.WARNING: "33", Severity.NOTE: "36"}


MOST_QUESTIONS = 5
"""So many questions of a report are told on the screen, unless all are asked for."""


def findings_text(diagnostics: Sequence[Diagnostic], *, colour: bool = False) -> str:
    """One block a finding: weight, code, place and sentence, then what to do.

    They stand by who can mend them, the clerk's first, under heads where these are several; of
    each one's, errors come first and questions of one code together.
    """
    return "\n".join(_blocks(diagnostics, colour))


def side_text(diagnostics: Sequence[Diagnostic], *, colour: bool = False) -> str:
    """Findings of one side, whoever can mend them: a block each, as :func:`findings_text`."""
    return "\n".join(line for one in _grouped(diagnostics) for line in _finding(one, colour))


def few_questions(diagnostics: Sequence[Diagnostic]) -> tuple[list[Diagnostic], int]:
    """The findings with no more than a handful of questions, and how many these leave out.

    Of each code one is taken before a second of any, so that no kind of question is lost.
    """
    seen: Counter[str] = Counter()
    turns = {}
    for at, one in enumerate(diagnostics):
        if one.severity is Severity.WARNING:
            turns[at] = seen[one.code]
            seen[one.code] += 1
    left_out = set(sorted(turns, key=lambda at: turns[at])[MOST_QUESTIONS:])
    return [one for at, one in enumerate(diagnostics) if at not in left_out], len(left_out)


def _blocks(diagnostics: Sequence[Diagnostic], colour: bool) -> Iterator[str]:
    whose = by_addressee(diagnostics)
    for who, found in whose.items():
        if len(whose) > 1:
            yield f"  请{who.label}处理："
        for one in _grouped(found):
            yield from _finding(one, colour)


def _grouped(found: Sequence[Diagnostic]) -> list[Diagnostic]:
    """Questions of one code together, where the first of them stands; the others as they are."""
    asked = dict.fromkeys(one.code for one in found if one.severity is Severity.WARNING)
    order = {code: at for at, code in enumerate(asked)}
    return sorted(
        found,
        key=lambda one: (
            one.severity.rank,
            order[one.code] if one.severity is Severity.WARNING else 0,
        ),
    )


def _finding(diagnostic: Diagnostic, colour: bool) -> Iterator[str]:
    label = _painted(diagnostic.severity.label, _COLOURS[diagnostic.severity], colour)
    where = place_of(diagnostic)
    side = f"（{diagnostic.side.label}）" if diagnostic.side else ""
    message = f"{shown(where and f'{where}  ')}{shown(diagnostic.message)}"
    yield f"  {label} {diagnostic.code}{side}  {message}"
    if diagnostic.hint:
        yield f"       → {shown(diagnostic.hint)}"


def place_of(diagnostic: Diagnostic) -> str:
    """Where it is; nothing where it has no place or its sentence begins with it."""
    place = "" if diagnostic.place is None else str(diagnostic.place)
    return "" if diagnostic.message.startswith(place) else place


def _painted(text: str, code: str, colour: bool) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if colour else text


def counts_text(diagnostics: Iterable[Diagnostic]) -> str:
    """``2处错误、1处核实``, or ``没有问题``."""
    counts = Counter(d.severity for d in diagnostics)
    said = [f"{counts[s]}处{s.label}" for s in Severity if counts[s]]
    return "、".join(said) or "没有问题"


def record_text(record: Mapping[str, Any], tables: Sequence[tuple[str, Sequence[str]]]) -> str:
    """What was read: head, figures that are not 0 by table, and the narrative.

    ``tables`` names each table's sheet with its keys, in order.
    """
    lines = [f"{record['agency']}  {record['year']}年度  （{record['edition']}版表样）"]
    contact = "，".join(str(v) for v in (record.get("contact") or {}).values() if v)
    if contact:
        lines.append(f"联系方式：{contact}")
    values = record["values"]
    for sheet, keys in tables:
        lines += ["", f"【{sheet}】", *_figures(values, keys)]
    if counted := record.get("indicators"):
        lines += ["", "【指标】", *map(_indicator, counted)]
    lines += ["", "【正文】", *_narrative(record["narrative"])]
    return "\n".join(lines)


def _figures(values: Mapping[str, Any], keys: Sequence[str]) -> Iterator[str]:
    blank = [key for key in keys if values.get(key) is None]
    shown = [key for key in keys if values.get(key) not in (None, 0, "0")]
    for key in shown:
        yield f"  {key} = {values[key]}"
    rest = len(keys) - len(shown) - len(blank)
    yield f"  其余 {rest} 格为 0" + (f"，{len(blank)} 格没有填" if blank else "")


def _indicator(one: Mapping[str, Any]) -> str:
    now = "没有填" if one["value"] is None else f"{one['value']}{one['unit']}"
    last = "" if one["last"] is None else f"，上年 {one['last']}{one['unit']}"
    note = " ".join(str(one["note"]).split())
    return f"  {one['name']} = {now}{last}{f'（{note}）' if note else ''}"


def _narrative(passages: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for passage in passages:
        heading = passage["heading"] or {"0": "（导语）", "9": "（落款）"}.get(
            passage["section"], ""
        )
        yield f"  {passage['section']}  {heading}"
        for paragraph in filter(None, passage["text"].split("\n")):
            yield f"      {paragraph}"
