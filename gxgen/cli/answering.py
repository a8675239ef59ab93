"""``gxgen answer``, and what it says."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gxgen.cli.options import Shape, ShapeOption
from gxgen.cli.sending import Year
from gxgen.errors import UsageError

if TYPE_CHECKING:
    from gxgen.api.project import Project
    from gxgen.county.answered import CountyAnswer
    from gxgen.county.project import County


def answer(
    unit: Annotated[str | None, typer.Argument(metavar="单位", help="全称或简称。")] = None,
    code: Annotated[str | None, typer.Argument(metavar="编号", help="例如 GX201。")] = None,
    cell: Annotated[str | None, typer.Argument(metavar="单元格", help="例如 表二!D7。")] = None,
    reason: Annotated[str | None, typer.Argument(metavar="理由", help="为什么属实。")] = None,
    *,
    figures: Annotated[
        str | None,
        typer.Option("--figures", metavar="当时的数", help="一格有几处要核实时，说的是哪一处。"),
    ] = None,
    by: Annotated[str, typer.Option("--by", metavar="姓名", help="谁说的。")] = "",
    withdraw: Annotated[bool, typer.Option("--withdraw", help="撤回，改为照旧要核实。")] = False,
    listed: Annotated[bool, typer.Option("--list", help="列出县里的说明。")] = False,
    year: Year = None,
    shape: ShapeOption = Shape.TEXT,
) -> None:
    """``gxgen answer``."""
    from gxgen.api.answering import answer as give
    from gxgen.api.answering import withdraw as take
    from gxgen.api.project import Project
    from gxgen.cli import screen

    project = Project(Path())
    if listed or not (unit and code and cell):
        if not listed:
            raise UsageError("要写明单位、编号、单元格和理由；看已有的，写 --list。")
        _print(_all(project, unit, year), shape, "县里还没有说明。")
        return
    if withdraw == bool(reason):
        raise UsageError("撤回不用写理由。" if withdraw else "没有写理由。")
    county, wanted = _home(project, unit, year)
    named = {"code": code, "cell": cell, "figures": figures, "waiting": screen.remark}
    if withdraw:
        gone = take(project, county, wanted, unit, **named)  # type: ignore[arg-type]
        _print(gone, shape, "", "已撤回：")
        return
    more = {"reason": reason, "by": by, **named}
    one = give(project, county, wanted, unit, **more)  # type: ignore[arg-type]
    _print([one], shape, "", "已记下，下次核对、生成时起作用：")


def _home(project: Project, unit: str, year: int | None) -> tuple[County, int]:
    """The one county that knows the unit, and the year that is meant."""
    from gxgen.api.sending import addressed, year_of

    [(county, _)] = addressed(project.counties, [unit])
    return county, year_of(county, year)


def _all(project: Project, unit: str | None, year: int | None) -> list[CountyAnswer]:
    from gxgen.api.answering import answers
    from gxgen.api.sending import addressed, year_of

    return [
        one
        for county, named in addressed(project.counties, [unit] if unit else [])
        for one in answers(county, year_of(county, year))
        if not named or county.own_name(one.agency) in named
    ]


def _print(given: Sequence[CountyAnswer], shape: Shape, nothing: str, said: str = "") -> None:
    from gxgen.api.answering import answers_record
    from gxgen.cli import screen

    if shape is Shape.JSON:
        screen.print_json(answers_record(given))
        return
    for one in given:
        told = one.answer
        who = f"，{told.by}" if told.by else ""
        bound = f"（当时的数 {told.figures}）" if told.figures else ""
        screen.say(
            f"{said}{one.agency}  {told.code} {told.cell}{bound}：{told.reason}（{told.day}{who}）"
        )
    if not given:
        screen.say(nothing)
