"""Published reports, known by their facts, audited: is an error told that is not there?

    python -m benchmarks.real_audit [FOLDER]

``reports.jsonl`` of the folder holds figures read by hand, short quotes of claims, and what was
found wrong. Each report with a table is set again as a page: its figures in the form that it was
printed in, cells that nobody read blank, each quote a paragraph of section one. Then it is audited
like any page. What the page adds (its headings, its notice) is ours and right. The publishers' own
files in ``files/`` are audited as they are. Prints every error with what the hand-made list has.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from gxgen.audit.judged import Audit, audited
from gxgen.diagnostics import Severity, Side
from gxgen.document.blocks import compose
from gxgen.editions.declared import PUBLISHED_EDITIONS
from gxgen.editions.schema import Edition, FieldKey
from gxgen.formats.html.page import html_page
from gxgen.kinds import Kind
from gxgen.model.agency import Agency
from gxgen.model.narrative import Paragraph, Passage
from gxgen.model.report import Entry, EntryState, Report, Value
from gxgen.published.labels import columns_of, has_row
from gxgen.published.reader import read_published
from tests.support import SEEDS

FOLDER = SEEDS.parent / "real"
_TABLES = {"t2": "disclosure", "t3": "requests", "t4": "remedies"}


def facts_of(folder: Path) -> list[dict[str, Any]]:
    """The reports of which at least one table was read by hand."""
    lines = (folder / "reports.jsonl").read_text(encoding="utf-8").splitlines()
    return [fact for fact in map(json.loads, lines) if any(fact["tables"].values())]


def edition_of(fact: dict[str, Any]) -> Edition:
    """The form that it was printed in: the block 其他处理 has one row or three."""
    one_row = "other_handling" in (fact["tables"]["t3"] or {}) and fact["edition"] == "2021"
    return PUBLISHED_EDITIONS["2021-one-row" if one_row else fact["edition"]]


def figures_of(fact: dict[str, Any], edition: Edition) -> Iterator[tuple[FieldKey, Value]]:
    """Every figure that was read; rows that the form does not have are left."""
    for short, table in _TABLES.items():
        for row, said in (fact["tables"][short] or {}).items():
            numbers = said if isinstance(said, list) else [said]
            if short == "t4":
                keys = tuple(k for k in edition.fields if k.startswith(f"remedies.{row}."))
            else:
                keys = columns_of(edition, table, row) if has_row(edition, table, row) else ()
            if len(keys) == len(numbers):
                for key, number in zip(keys, numbers, strict=True):
                    if number is not None:
                        money = edition.fields[key].kind is not Kind.COUNT
                        yield key, Decimal(str(number)) if money else int(number)


def report_of(fact: dict[str, Any]) -> Report:
    """A report of its figures and quotes."""
    edition = edition_of(fact)
    known = dict(figures_of(fact, edition))
    entries = {
        key: Entry(known[key], str(known[key]))
        if key in known
        else Entry(None, None, None, EntryState.BLANK)
        for key in edition.fields
    }
    notice = f"本报告按照《{edition.notice.title}》（{edition.notice.number}）编制。"
    quotes = dict.fromkeys(claim["quote"].rstrip("。，；") + "。" for claim in fact["claims"])
    quotes = quotes or {"全年依法公开政府信息。": None}
    narrative = (
        Passage("0", None, (Paragraph(notice),)),
        Passage("1", edition.section("1").title, tuple(map(Paragraph, quotes))),
        Passage("5", edition.section("5").title, (Paragraph("工作中还有不足，将继续改进。"),)),
        Passage("6", edition.section("6").title, (Paragraph("没有需要另行报告的事项。"),)),
    )
    return Report(edition, Agency(fact["agency"] or "某县某局"), fact["year"], entries, narrative)


def audits(folder: Path) -> Iterator[tuple[dict[str, Any], str, Audit]]:
    """(facts, page or file, audit) of each report."""
    for fact in facts_of(folder):
        report = report_of(fact)
        page = html_page(compose(report), report)
        yield fact, "page", audited(read_published(page, f"{fact['id']}.html"))
        for path in sorted((folder / "files").glob(f"{fact['id']}.*")):
            yield fact, "file", audited(read_published(path.read_bytes(), path.name))


def main(folder: Path = FOLDER) -> Counter[str]:
    """Audit and print."""
    counts: Counter[str] = Counter()
    for fact, kind, audit in audits(folder):
        counts[kind] += 1
        counts["unread"] += audit.read.report is None
        known = "；".join(one["proof"] for one in fact["errors"]) or "none"
        print(f"{fact['id']} {kind} {fact['year']}; known by hand: {known}")
        for one in audit.found:
            counts[one.severity.value] += 1
            told = one.severity is not Severity.NOTE and one.side is not Side.READING
            if told and one.code not in ("GX826", "GX511"):
                print(f"  {one.severity.value} {one.code} {one.message[:150]}")
        print(f"  {Counter(one.code for one in audit.found)}")
    print(dict(counts))
    return counts


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
