"""``gxgen import``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from gxgen.cli.options import Quiet, Shape, ShapeOption, Workers


def import_(
    context: typer.Context,
    files: Annotated[
        list[Path],
        typer.Argument(metavar="文件…", help="报告的文件，或者放报告的文件夹。", readable=False),
    ],
    *,
    to: Annotated[Path, typer.Option("--to", metavar="文件夹", help="填报表写到哪里。")],
    agency: Annotated[
        str | None,
        typer.Option("--agency", metavar="全称", help="单位全称，报告里没有写或认错时用。"),
    ] = None,
    year: Annotated[
        int | None, typer.Option("--year", metavar="年度", help="年度，报告里没有写或认错时用。")
    ] = None,
    edition: Annotated[
        str | None,
        typer.Option("--edition", metavar="版", help="报告用的格式：2019、2021、2021-one-row。"),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="覆盖同名文件。")] = False,
    workers: Workers = None,
    shape: ShapeOption = Shape.TEXT,
    quiet: Quiet = False,
) -> int:
    """``gxgen import``."""
    from gxgen.api import importing
    from gxgen.cli import screen
    from gxgen.cli.importing import print_imported

    run = importing.import_reports(
        files,
        to=to,
        force=force,
        agency=agency,
        year=year,
        edition=edition,
        workers=workers,
        debug=bool(context.obj),
    )
    return print_imported(run, screen.progress(quiet), as_json=shape is Shape.JSON)
