"""``gxgen status``, ``gxgen unit`` and ``gxgen receive``, and what they say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gxgen.cli.options import Shape, ShapeOption, YearFilter
from gxgen.diagnostics import Severity
from gxgen.errors import UsageError

if TYPE_CHECKING:
    from gxgen.api.project import CountyState, UnitState
    from gxgen.api.receiving import Receipt
    from gxgen.api.viewing import UnitView

_WORDS = {
    "missing": "未报",
    "late": "逾期未报",
    "unbuilt": "收到，还没有做",
    "stale": "改过，还没有重做",
    "refused": "退回",
    "held": "待处理",
    "built": "已成文",
}


def status(
    *,
    year: YearFilter = None,
    shape: ShapeOption = Shape.TEXT,
) -> None:
    """``gxgen status``."""
    from gxgen.api.project import Project, status_record
    from gxgen.cli import screen

    states = Project(Path()).status(year)
    if shape is Shape.JSON:
        screen.print_json(status_record(states))
        return
    for one in states:
        _print_county(one)
    if not states:
        screen.say("这里还没有县，也没有填报表。新建：gxgen init 文件夹 --county 县名 --year 年度")


def _print_county(one: CountyState) -> None:
    from gxgen.cli.screen import say
    from gxgen.county.strays import by_unit

    until = f"，截止 {one.county.deadline}" if one.county.deadline else ""
    counts = Counter(unit.state for unit in one.units)
    said = "，".join(f"{word} {counts[key]}" for key, word in _WORDS.items() if counts[key])
    say(f"{one.county.name} {one.year}年度{until}：{said or '没有单位'}。")
    strays = by_unit(one.strays)
    for state, word in _WORDS.items():
        for unit in one.units:
            sent = strays.get(unit.agency, ())
            if unit.state == state and (state != "built" or sent):
                say(f"  {word}：{unit.agency}{_more(unit, sent)}")
    for name in (stray.name for stray in one.strays if not stray.unit):
        say(f"  没有读，不知道是哪个单位的：{name}")
    for path in one.outputs:
        say(f"  {path}")


def _more(unit: UnitState, strays: Sequence[str]) -> str:
    parts = []
    if unit.errors:
        parts.append(f"错误 {unit.errors} 条")
    if not unit.listed:
        parts.append("不在名册里")
    if len(unit.inputs) > 1 and unit.state not in ("missing", "late"):
        parts.append(f"交了 {len(unit.inputs)} 份：{'、'.join(one.name for one in unit.inputs)}")
    if strays:
        parts.append(f"没有读：{'、'.join(strays)}")
    return f"（{'；'.join(parts)}）" if parts else ""


def unit(
    unit: Annotated[str, typer.Argument(metavar="单位", help="名册里的全称、简称或旧名。")],
    *,
    year: Annotated[
        int | None,
        typer.Option("--year", metavar="年度", help="哪一年度，不写就按县的设置。"),
    ] = None,
    shape: ShapeOption = Shape.TEXT,
) -> int:
    """``gxgen unit``."""
    from gxgen.api.project import Project
    from gxgen.api.sending import addressed, year_of
    from gxgen.api.viewing import unit_record, unit_view
    from gxgen.cli import screen

    project = Project(Path())
    [(county, [agency])] = addressed(project.counties, [unit])
    seen = unit_view(project, county, year_of(county, year), agency)
    if shape is Shape.JSON:
        screen.print_json(unit_record(seen))
    else:
        _print_view(seen)
    return int(any(one.severity is Severity.ERROR for one in seen.findings))


def _print_view(seen: UnitView) -> None:
    from gxgen.cli import screen
    from gxgen.letters import shown

    screen.say(f"{seen.agency} {seen.year}年度")
    if seen.form is None or seen.blank:
        contact = str(seen.unit.contact) if seen.unit else ""
        screen.say(f"还没有报送。{contact or '名册里没有写联系方式。'}")
    if seen.form is not None and seen.received is not None:
        when = f"{seen.received:%Y-%m-%d %H:%M}"
        screen.say(f"填报表：{shown(str(seen.form))}（{when} 存入）")
    for other in seen.others:
        screen.say(f"另有一份：{shown(str(other))}")
    screen.print_findings(seen.findings)
    if seen.form is not None and not seen.findings:
        screen.say("没有发现问题。")


def _files(path: Path) -> list[Path]:
    """A file, or those in a folder; what Office and systems leave there is none."""
    from gxgen.county.listing import LOCK_PREFIXES

    if not path.is_dir():
        return [path]
    return sorted(
        one for one in path.iterdir() if one.is_file() and not one.name.startswith(LOCK_PREFIXES)
    )


def receive(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="文件…", help="收到的填报表，叫什么名字都可以；写文件夹就收里面的文件。"
        ),
    ] = None,
    *,
    year: Annotated[
        int | None,
        typer.Option("--year", metavar="年度", help="收的是哪一年度，不写就按县的设置。"),
    ] = None,
    undo: Annotated[
        bool, typer.Option("--undo", help="撤销上一次收表：换下的换回来，撤下的留着。")
    ] = False,
    shape: ShapeOption = Shape.TEXT,
) -> int:
    """``gxgen receive``."""
    from gxgen.api.project import Project
    from gxgen.api.receiving import receive as put
    from gxgen.api.receiving import undo as take_back
    from gxgen.cli import screen

    if bool(files) == undo:
        raise UsageError("写明要收的文件或文件夹；要撤销上一次收表，只写 --undo。")
    if undo:
        back = take_back(Project(Path()), waiting=screen.remark)
        said = f"撤销了 {sum(one.undone for one in back)} 份，共 {len(back)} 份。"
        return _print_receipts(back, shape, said)
    every = [one for path in files or () for one in _files(path)]
    got = put(Project(Path()), every, year=year, waiting=screen.remark)
    said = f"收了 {len(got)} 份，放好 {sum(one.placed for one in got)} 份。"
    return _print_receipts(got, shape, said)


def _print_receipts(receipts: Sequence[Receipt], shape: Shape, total: str) -> int:
    """What became of each; returns the exit status."""
    from gxgen.api.receiving import receive_record
    from gxgen.cli import screen

    if shape is Shape.JSON:
        screen.print_json(receive_record(receipts))
    else:
        for one in receipts:
            screen.say(f"{one.file}  {one.message}")
        screen.say(total)
    return int(not all(one.placed or one.undone for one in receipts))
