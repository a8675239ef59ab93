"""The board of sheet 填报说明: what is still missing or wrong, counted live."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gxgen.editions.schema import Edition
from gxgen.form.layout import GUIDE_SHEET, INFO_SHEET, NARRATIVE_SHEET, section_marker
from gxgen.form.write.canvas import Content
from gxgen.form.write.formula import (
    BALANCED,
    DIFFERENCE,
    FAULTY,
    Figures,
    Formula,
    Rectangle,
    rectangles,
)
from gxgen.form.write.info import missing_info
from gxgen.form.write.narrative import NarrativePlan
from gxgen.form.write.table_layout import Check, TableLayout

BOARD_TOP = 6
"""The board's first row; its head is above."""
MISSING_COLUMN, MISFIT_COLUMN, UNBALANCED_COLUMN = 1, 2, 3


@dataclass(frozen=True, slots=True)
class BoardLine:
    """One line of the board; a count that cannot occur is None."""

    label: str
    missing: Formula
    misfits: Formula | None = None
    unbalanced: Formula | None = None

    @property
    def counts(self) -> dict[int, Formula | None]:
        """Its counts by column of the sheet."""
        return {
            MISSING_COLUMN: self.missing,
            MISFIT_COLUMN: self.misfits,
            UNBALANCED_COLUMN: self.unbalanced,
        }

    @property
    def faults(self) -> int:
        """All that is missing or wrong, as the line starts out."""
        return sum(int(count.value) for count in self.counts.values() if count)


class Board:
    """What is still to do, line by line, in the order of the sheets."""

    def __init__(
        self,
        edition: Edition,
        figures: Figures,
        info: Mapping[str, Content],
        plan: NarrativePlan,
    ) -> None:
        """Count over the form as it is handed out."""
        self.tables = {form.key: TableLayout(edition, form) for form in edition.tables}
        self.lines = [BoardLine(INFO_SHEET, missing_info(info))]
        self._row_of: dict[str, int] = {}
        for key, layout in self.tables.items():
            self._row_of[key] = BOARD_TOP + len(self.lines)
            self.lines.append(_table_line(edition, layout, figures))
        for section in edition.sections:
            if section.narrative:
                marker = section_marker(section.mark, section.title)
                label = f"{NARRATIVE_SHEET}　{marker}"
                self.lines.append(BoardLine(label, plan.empty(marker)))

    def status(self, table: str) -> Formula:
        """The sentence over a table that says how it stands."""
        row = self._row_of[table]
        line = self.lines[row - BOARD_TOP]
        said = [
            (MISSING_COLUMN, line.missing, "还有", "格没有填。没有发生的填 0，不要空着。"),
            (MISFIT_COLUMN, line.misfits, "有", "格填得不对（应当是数字，不带单位），见红色格。"),
            (UNBALANCED_COLUMN, line.unbalanced, "有", "处不平，见红色格和“填报检查”。"),
        ]
        good = f"{BALANCED} 本表已经填齐，数字相符。"
        text, value = f'"{good}"', good
        for column, count, have, rest in reversed(said):
            if count is None:
                continue
            cell = f"'{GUIDE_SHEET}'!{Rectangle(row, column)}"
            text = f'IF({cell}>0,"{FAULTY} 本表{have} "&{cell}&" {rest}",{text})'
            value = f"{FAULTY} 本表{have} {count.value} {rest}" if count.value else value
        return Formula(f"={text}", value)


def _table_line(edition: Edition, layout: TableLayout, figures: Figures) -> BoardLine:
    where = f"'{layout.sheet}'!"
    blanks = figures.blanks(layout.fields, where)
    misfits = figures.misfits(layout.fields, where)
    section = edition.section(layout.form.section)
    label = f"{layout.sheet}　{section_marker(section.mark, section.title)}"
    checks = [
        *layout.row_checks,
        *(check for line in layout.check_lines for check in line.checks),
    ]
    guarded = [check for check in checks if check.identity]
    return BoardLine(
        label,
        Formula(f"={blanks.text}", blanks.value),
        Formula(f"={misfits.text}", misfits.value),
        _unbalanced(guarded, where, figures) if guarded else None,
    )


def _unbalanced(checks: list[Check], where: str, figures: Figures) -> Formula:
    areas = rectangles((check.area.row, check.area.column) for check in checks)
    text = "+".join(f'COUNTIF({where}{area},"{DIFFERENCE}*")' for area in areas)
    verdicts = [figures.identity(check.identity).value for check in checks if check.identity]
    return Formula(f"={text}", sum(str(v).startswith(DIFFERENCE) for v in verdicts))
