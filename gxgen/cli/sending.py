"""``gxgen notice`` and ``gxgen chase``, and what they say."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gxgen.cli.options import Quiet, Shape, ShapeOption, Workers

if TYPE_CHECKING:
    from gxgen.api.sending import How, Sending

Year = Annotated[
    int | None,
    typer.Option("--year", metavar="年度", help="哪一年度，不写就按县的设置。"),
]


def notice(
    units: Annotated[
        list[str] | None,
        typer.Argument(metavar="单位…", help="单位的全称或简称；不写就是所有退回的单位。"),
    ] = None,
    *,
    year: Year = None,
    workers: Workers = None,
    quiet: Quiet = False,
    shape: ShapeOption = Shape.TEXT,
) -> int:
    """``gxgen notice``."""
    from gxgen.api.project import Project
    from gxgen.api.sending import notice_record
    from gxgen.cli import screen

    sent = Project(Path()).notice(units or [], year=year, how=_how(workers, quiet=quiet))
    if shape is Shape.JSON:
        screen.end_progress()
        screen.print_json(notice_record(sent))
        return max(one.result.exit_status for one in sent)
    return max(_print_notices(one) for one in sent)


def chase(
    county: Annotated[
        str | None, typer.Argument(metavar="县", help="县名或县文件夹；只有一个县时可不写。")
    ] = None,
    *,
    year: Year = None,
    workers: Workers = None,
    quiet: Quiet = False,
    shape: ShapeOption = Shape.TEXT,
) -> int:
    """``gxgen chase``."""
    from gxgen.api.project import Project
    from gxgen.api.sending import chase_record
    from gxgen.cli import screen

    sent = Project(Path()).chase(county, year=year, how=_how(workers, quiet=quiet))
    screen.end_progress()
    if shape is Shape.JSON:
        screen.print_json(chase_record(sent))
        return sent.result.exit_status
    for line in sent.text.splitlines():
        screen.say(line)
    for path in sent.files:
        screen.remark(f"以上文字也写在 {path}")
    if not (sent.text or sent.result.faults):
        screen.say(f"{sent.county.name}{sent.year}年度没有未报的、退回的单位，不用催。")
    return _print_rest(sent)


def _how(workers: int | None, *, quiet: bool) -> How:
    from gxgen.api.sending import How
    from gxgen.cli import screen

    return How(workers=workers, waiting=screen.remark, progress=screen.progress(quiet))


def _print_notices(sent: Sending) -> int:
    from gxgen.cli import screen
    from gxgen.county.kit.standing import State

    screen.end_progress()
    for unit in sent.standing.units:
        if unit.agency.name in sent.units and unit.state is not State.RETURNED:
            screen.say(f"“{unit.agency.name}”{unit.state.value}，没有退回通知要发。")
    back = sent.standing.having(State.RETURNED)
    if not (back or sent.units):
        screen.say(f"{sent.county.name}{sent.year}年度没有退回的单位。")
    screen.print_written(sent.files)
    for unit in back:
        for copy in unit.copies if unit.agency.name in (sent.units or (unit.agency.name,)) else ():
            screen.say(f"  随附的退回件：{sent.folder / copy}")
    return _print_rest(sent)


def _print_rest(sent: Sending) -> int:
    """What else is to be known; returns the exit status. What may be pasted stands by itself."""
    from gxgen.cli import screen

    for path in sent.result.set_aside:
        screen.remark(f"原有文件不是上次生成的样子，已改名保留：{path}")
    for path in sent.result.removed:
        screen.remark(f"不再有效，已撤下：{path}")
    for said in sent.result.remarks:
        screen.remark(said)
    screen.print_troubles(sent.result.faults)
    return sent.result.exit_status
