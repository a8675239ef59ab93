"""Each edition's form is, word for word, the one that its notice prescribes.

``tests/data/forms/<edition>.txt`` has the form as it was compared with the notice by eye: a slip in
a label, an alias, a key or an identity of the declaration is a difference here.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from gxgen.editions.declared import EDITIONS
from gxgen.editions.indicators import INDICATORS
from gxgen.editions.schema import Edition
from gxgen.editions.tables import Blocks, Group, Leaf, Matrix

FORMS = Path(__file__).parent.parent / "data" / "forms"


def shown(edition: Edition) -> Iterator[str]:
    """A declaration as lines to be read beside the notice."""
    yield f"{edition.notice.number} {edition.notice.title}"
    for section in edition.sections:
        yield f"{section.mark} {section.title} {section.table or ''} {section.narrative}"
        yield from (f"  = {alias}" for alias in section.aliases)
        yield from (f"  - {part.title}" for part in section.parts)
    for form in edition.tables:
        yield f"{form.key} {form.sheet} {form.section}"
        if isinstance(form, Matrix):
            yield form.corner
            yield from _axis(form.columns, "  | ")
            yield from _axis(form.rows, "  - ")
            for one in form.balances:
                yield f"  {' + '.join(one.left)} = {' + '.join(one.right)}"
        else:
            yield from _blocks(form)
        yield from (f"  {one.into} <- {one.out_of}" for one in form.carries)


def _axis(axis: tuple[Leaf | Group, ...], indent: str) -> Iterator[str]:
    for node in axis:
        also = "".join(f" = {alias}" for alias in node.aliases)
        if isinstance(node, Group):
            yield f"{indent}{node.label} ({node.key}){also}"
            yield from _axis(node.children, f"  {indent}")
        else:
            parts = f" = {' + '.join(node.of)}" if node.of else ""
            yield f"{indent}{node.label} ({node.key}, {node.kind}){also}{parts}"


def _blocks(form: Blocks) -> Iterator[str]:
    for block in form.blocks:
        yield f"  {block.band} / {form.stub_head}"
        for head in block.heads:
            also = "".join(f" = {alias}" for alias in head.aliases)
            yield f"    | {head.label} ({head.key}, {head.kind}, {head.span}){also}"
        yield from _axis(block.rows, "    - ")


@pytest.mark.parametrize("edition", EDITIONS.values(), ids=EDITIONS)
def test_the_form_is_the_one_of_the_notice(edition: Edition) -> None:
    """Word for word; a form that is not in the folder is no form yet."""
    assert "\n".join(shown(edition)) + "\n" == (FORMS / f"{edition.id}.txt").read_text("utf-8")


def test_the_standard_indicators_are_those_that_were_agreed_on() -> None:
    """No notice fixes them; forms that were filled know them by name."""
    lines = (
        f"{'  ' if row.within else ''}{row.name} {row.unit}"
        + (f" [{row.channel}]" if row.channel else "")
        + (f" {row.guidance}" if row.guidance else "")
        for row in INDICATORS
    )
    assert "\n".join(lines) + "\n" == (FORMS / "indicators.txt").read_text("utf-8")


def test_every_channel_names_a_row_of_the_same_unit() -> None:
    rows = {row.name: row for row in INDICATORS}
    assert len(rows) == len(INDICATORS)
    for row in INDICATORS:
        assert bool(row.within) is bool(row.channel)
        if row.within:
            assert (rows[row.within].unit, rows[row.within].within) == (row.unit, "")
