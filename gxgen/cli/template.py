"""The commands on templates, for who designs them in Word or WPS."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from gxgen.cli.options import Shape, ShapeOption
from gxgen.cli.usage import Command, Group

template_app = typer.Typer(cls=Group, no_args_is_help=True, rich_markup_mode=None)


@template_app.callback()
def template() -> None:
    """Templates."""


Style = Annotated[str, typer.Argument(metavar="[样式]")]


@template_app.command("check", cls=Command, help="检查模板：标签、表格、版面，一次列出所有毛病。")
def check(
    style: Style = "official",
    comments: Annotated[
        Path | None,
        typer.Option(
            "--comments",
            metavar="文件",
            help="另写一份模板（.docx，或者写文件夹），每处毛病加一条批注。",
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="覆盖已有的带批注的副本。")] = False,
    shape: ShapeOption = Shape.TEXT,
) -> int:
    """``gxgen template check``."""
    from gxgen.api import designing
    from gxgen.cli import screen

    as_json = shape is Shape.JSON
    for said in designing.unused_files(style):
        screen.remark(said)
    checked = designing.check_template(style)
    status = screen.print_template(checked, as_json=as_json)
    if comments is not None:
        copies = designing.comment_template(style, comments, force=force, checked=checked)
        screen.print_written(copies, beside_data=as_json)
    return status


@template_app.command(
    "new", cls=Command, help="照一种样式另做一份，放在 templates/ 里，可用 Word 或 WPS 改。"
)
def new(
    name: Annotated[str, typer.Argument(metavar="名称", help="新样式的名称，也是文件夹名。")],
    source: Annotated[
        str, typer.Option("--from", metavar="样式", help="照哪一种样式做。")
    ] = "official",
) -> None:
    """``gxgen template new``."""
    from gxgen.api import designing
    from gxgen.cli import screen

    screen.print_written(designing.new_style(name, source))
    screen.print_new_style(name)


@template_app.command("preview", cls=Command, help="用一个虚拟单位的数字和文字生成一份，看看样子。")
def preview(
    style: Style = "official",
    *,
    year: Annotated[
        int | None, typer.Option("--year", metavar="年度", help="哪一年度的表样，不写就是去年。")
    ] = None,
    output_folder: Annotated[
        Path, typer.Option("-o", "--output", metavar="文件夹", help="写到哪里。")
    ] = Path("output"),
    show: Annotated[bool, typer.Option("--open", help="做完后打开。")] = False,
) -> int:
    """``gxgen template preview``."""
    from gxgen.api import designing
    from gxgen.cli import screen

    path, found = designing.preview(style, year, output_folder)
    screen.print_preview(path, found)
    if show and path is not None:
        from gxgen.cli import desktop

        desktop.open_file(path)
    return int(path is None)
