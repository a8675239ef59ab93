"""The commands on templates, for who designs them in Word or WPS."""

from __future__ import annotations

from typing import Annotated

import typer

from gxgen.cli.options import ShapeOption
from gxgen.cli.shape import Shape
from gxgen.cli.usage import Command, Group

template_app = typer.Typer(cls=Group, no_args_is_help=True, rich_markup_mode=None)


@template_app.callback()
def template() -> None:
    """Templates."""


@template_app.command("check", cls=Command, help="检查模板：标签、表格、版面，一次列出所有毛病。")
def template_check(
    style: Annotated[str, typer.Argument(metavar="[样式]")] = "official",
    shape: ShapeOption = Shape.TEXT,
) -> int:
    """``gxgen template check``."""
    from gxgen import api
    from gxgen.cli import output

    checked = api.check_template(style)
    return output.print_template(checked, as_json=shape is Shape.JSON)
