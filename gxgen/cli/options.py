"""Options and arguments that several commands share."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from gxgen.errors import UsageError
from gxgen.formats.registry import FORMATS
from gxgen.formats.wanted import PdfEngine


class Shape(StrEnum):
    """How findings and data are printed."""

    TEXT = "text"
    JSON = "json"


class Shell(StrEnum):
    """The command lines that can be taught to complete."""

    BASH = "bash"
    ZSH = "zsh"
    FISH = "fish"
    POWERSHELL = "powershell"


COMPLETE = "_GXGEN_COMPLETE"
"""Set by a shell that asks what could follow."""

Paths = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="路径…",
        help="填报表（.xlsx）、年度文件夹或县文件夹；不写就是整个 inputs/。",
        readable=False,
    ),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="不显示进度。")]
YearFilter = Annotated[int | None, typer.Option("--year", metavar="年度", help="只处理这一年度。")]
Workers = Annotated[
    int | None, typer.Option("--jobs", metavar="个数", min=1, help="同时用几个进程。")
]
LastYear = Annotated[
    Path | None, typer.Option("--last-year", metavar="文件", help="上年的填报表，用于核对结转。")
]
ShapeOption = Annotated[Shape, typer.Option("--format", help="text 给人看，json 给程序用。")]
OutputFolder = Annotated[
    Path, typer.Option("-o", "--output", metavar="文件夹", help="报告写到哪里。")
]
Formats = Annotated[
    str,
    typer.Option(
        "--format",
        metavar="格式",
        help=f"写成哪些文件，逗号分隔：{'、'.join(one.told for one in FORMATS.values())}；"
        "不写就按县的设置。另可写 text 或 json，是结果的显示方式。",
        show_default=False,
    ),
]
Engine = Annotated[
    PdfEngine | None,
    typer.Option("--pdf", help="PDF 由谁排：auto 自动，builtin 内置，libreoffice。"),
]
Scheduler = Annotated[
    str | None, typer.Option("--scheduler", metavar="地址", help="交给这个 Dask 集群去做。")
]


def shape_and_formats(wanted: str) -> tuple[Shape, tuple[str, ...]]:
    """``--format`` of ``build``: how to print the result, and which documents to write.

    Raises:
        UsageError: an unknown format.
    """
    named = [part.strip().lower() for part in wanted.split(",") if part.strip()]
    unknown = [n for n in named if n not in FORMATS and n not in list(Shape)]
    if unknown:
        raise UsageError(
            f"不认识的格式：{'、'.join(unknown)}。可用：{'、'.join((*FORMATS, *Shape))}。"
        )
    documents = tuple(dict.fromkeys(n for n in named if n in FORMATS))
    return (Shape.JSON if Shape.JSON in named else Shape.TEXT), documents
