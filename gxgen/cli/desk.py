"""``gxgen desk``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from gxgen.errors import UsageError

_NEEDS = ("starlette", "uvicorn", "tomlkit")
_MISSING = "工作台要另外装几个部件：pip install 'gxgen[desk]'"


def desk(
    folder: Annotated[
        Path, typer.Argument(metavar="文件夹", help="县的项目文件夹；不写就是当前文件夹。")
    ] = Path(),
    *,
    county: Annotated[
        str | None, typer.Option("--county", metavar="县", help="文件夹里有几个县时，打开哪一个。")
    ] = None,
    port: Annotated[
        int,
        typer.Option("--port", metavar="端口", min=0, max=65535, help="固定的端口；不写就任选。"),
    ] = 0,
    browser: Annotated[
        bool, typer.Option("--open/--no-open", help="自动打开浏览器；不开就只给出链接。")
    ] = True,
    shortcut: Annotated[
        bool, typer.Option("--shortcut", help="在桌面上放一个图标，以后双击就打开；不打开工作台。")
    ] = False,
) -> None:
    """``gxgen desk``."""
    import webbrowser
    from importlib.util import find_spec

    from gxgen.cli import screen

    if not folder.is_dir():
        raise UsageError(f"没有这个文件夹：{folder}")
    if any(find_spec(name) is None for name in _NEEDS):
        raise UsageError(_MISSING)
    root = folder.resolve()
    if shortcut:
        from gxgen.desk.shortcut import lay

        screen.say(f"桌面上放好了：{lay(root, county)}")
        return
    from gxgen.desk.server import Opening, run

    run(Opening(root, county, port, screen.say, webbrowser.open if browser else None))
