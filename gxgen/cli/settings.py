"""``gxgen settings``, and what it says."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from gxgen.cli.options import Shape, ShapeOption
from gxgen.errors import UsageError

if TYPE_CHECKING:
    from gxgen.county.project import County


def settings(
    county: Annotated[
        str | None, typer.Argument(metavar="县", help="县名或县文件夹；只有一个县时可不写。")
    ] = None,
    *,
    changes: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="设置=值",
            help="改一项，例如 deadline=2026-01-20；值空着就是不再设。可写几次。",
        ),
    ] = None,
    roster: Annotated[
        Path | None,
        typer.Option(
            "--roster", metavar="文件", help="名册（.xlsx 或 .csv）里的单位加进来，已有的更新。"
        ),
    ] = None,
    drop: Annotated[
        list[str] | None, typer.Option("--drop", metavar="单位", help="从名册里去掉，可写几次。")
    ] = None,
    undo: Annotated[bool, typer.Option("--undo", help="撤销上一次改动。")] = False,
    shape: ShapeOption = Shape.TEXT,
) -> None:
    """``gxgen settings``."""
    from gxgen import api
    from gxgen.api.choosing import chosen_county
    from gxgen.api.settings import change
    from gxgen.api.settings import undo as take_back
    from gxgen.cli import screen

    home = chosen_county(county, api.default_inputs())
    asked = bool(changes or roster or drop)
    if undo and asked:
        raise UsageError("--undo 不和别的改动一起写。")
    if undo:
        aside = take_back(home)
        screen.remark(f"换回了原来的设置；撤下的留在 {aside}")
        home = chosen_county(county, api.default_inputs())
    elif asked:
        done = change(home, _values(changes or ()), roster=roster, drop=drop or ())
        for said in done.told:
            screen.remark(said)
        kept = f"已保存；原来的留在 {done.former}" if done.former else "没有要改的。"
        screen.remark(kept)
        home = done.county
    _print(home, shape)


def _values(changes: list[str] | tuple[()]) -> dict[str, str]:
    """``deadline=2026-01-20`` as a setting and its value.

    Raises:
        UsageError: there is no equals sign.
    """
    pairs = [one.partition("=") for one in changes]
    wrong = [key for key, sign, _ in pairs if not sign]
    if wrong:
        said = f"现在写的是“{wrong[0]}”"
        raise UsageError(f"--set 要写成 设置=值，例如 deadline=2026-01-20；{said}。")
    return {key.strip(): value for key, _, value in pairs}


def _print(county: County, shape: Shape) -> None:
    from gxgen.api.settings import settings as said_by
    from gxgen.api.settings import settings_record
    from gxgen.cli import screen
    from gxgen.letters import shown

    if shape is Shape.JSON:
        screen.print_json(settings_record(county))
        return
    said = said_by(county)
    units = said.pop("agency")
    for key, value in said.items():
        screen.say(shown(f"{key} = {_told(value)}"))
    screen.say(f"名册：{len(units)}个单位")
    for unit in units:
        parts = (unit["short_name"], unit["kind"], unit["contact"]["phone"])
        more = "、".join(filter(None, parts))
        screen.say(shown(f"  {unit['name']}{f'（{more}）' if more else ''}"))


def _told(value: Any) -> str:
    if value is None:
        return "（没有设）"
    return "、".join(value) if isinstance(value, list) else str(value)
