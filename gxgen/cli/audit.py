"""``gxgen audit``, and what it says."""

from __future__ import annotations

import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from gxgen.audit.judged import Audit


class Kind(StrEnum):
    """What an audit is shown or written as."""

    TEXT = "text"
    JSON = "json"
    HTML = "html"


_ENDINGS = {Kind.TEXT: (".txt",), Kind.JSON: (".json",), Kind.HTML: (".html", ".htm")}


def audit(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="文件…", help="写好或已公布的报告：Word、网页、PDF、纯文本。"),
    ],
    *,
    against: Annotated[
        Path | None,
        typer.Option("--against", metavar="填报表", help="与生成它的填报表比对：后来改了什么。"),
    ] = None,
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
    kind: Annotated[
        Kind | None,
        typer.Option(
            "--format",
            help="text、json 显示在屏幕上，html 写成网页；不写就看 -o 的文件名，否则 text。",
            show_default=False,
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", metavar="文件", help="写到哪个文件；几份报告的网页写到哪个文件夹。"
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="覆盖同名文件。")] = False,
) -> int:
    """``gxgen audit``."""
    from gxgen.api import auditing

    audits = auditing.audit(files, agency=agency, year=year, edition=edition, built_from=against)
    _give(audits, kind or _by_name(output), output, force)
    return int(any(one.faulty for one in audits))


def _by_name(output: Path | None) -> Kind:
    """What a file's name asks for."""
    suffix = "" if output is None else output.suffix.lower()
    return next((kind for kind, endings in _ENDINGS.items() if suffix in endings), Kind.TEXT)


def _give(audits: list[Audit], kind: Kind, output: Path | None, force: bool) -> None:
    """Show it, or write it where it is asked for; pages have names of their own."""
    from gxgen.api import auditing, comparing
    from gxgen.cli import screen

    if kind is Kind.HTML:
        screen.print_written(auditing.pages(audits, output, force=force))
    elif output is not None:
        data = auditing.written(audits, kind.value).encode()
        comparing.write(data, output, _ENDINGS[kind], force=force)
        screen.print_written([output])
    elif kind is Kind.JSON:
        from gxgen.show.audit.record import audits_record

        screen.print_json(audits_record(audits))
    else:
        from gxgen.show.audit.text import audits_text

        print(audits_text(audits, colour=sys.stdout.isatty() and "NO_COLOR" not in os.environ))
