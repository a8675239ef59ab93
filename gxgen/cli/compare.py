"""``gxgen compare``, and what it says."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from gxgen.cli.options import Quiet, Workers
from gxgen.errors import UsageError

if TYPE_CHECKING:
    from gxgen.api.comparing import CountyBeside
    from gxgen.comparison.reports import Comparison
    from gxgen.show.compare.blocks import Sheet


class Kind(StrEnum):
    """What a comparison is shown or written as."""

    TEXT = "text"
    JSON = "json"
    HTML = "html"
    DOCX = "docx"


_ENDINGS = {
    Kind.TEXT: (".txt",),
    Kind.JSON: (".json",),
    Kind.HTML: (".html", ".htm"),
    Kind.DOCX: (".docx",),
}


def compare(
    one: Annotated[
        str,
        typer.Argument(metavar="甲", help="填报表、.json、已公布的报告；全县写县名或文件夹。"),
    ],
    other: Annotated[
        Path | None, typer.Argument(metavar="乙", help="同一单位另一年度的，先后不论。")
    ] = None,
    *,
    year: Annotated[
        int | None, typer.Option("--year", metavar="年度", help="全县这一年度与上年度对照。")
    ] = None,
    kind: Annotated[
        Kind | None,
        typer.Option(
            "--format",
            help="text、json 显示在屏幕上，html、docx 写成文件；"
            "不写就看 -o 的文件名，没有 -o 就是 text。",
            show_default=False,
        ),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="文件", help="写到哪个文件。")
    ] = None,
    renamed: Annotated[
        bool, typer.Option("--renamed", help="两年的单位名称不同，是改了名的同一个单位。")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="覆盖同名文件。")] = False,
    workers: Workers = None,
    quiet: Quiet = False,
) -> int:
    """``gxgen compare``."""
    from gxgen.api import comparing

    wanted = kind or _by_name(output)
    if other is None:
        found = _county(one, year, workers, quiet)
        _give(_CountyShown(found), wanted, output, force)
        return 0 if found.sound else 1
    if year is not None:
        raise UsageError("--year 用来对照全县；对照两份时不用写，年度以两份里写的为准。")
    _give(_Shown(comparing.compare(Path(one), other, renamed=renamed)), wanted, output, force)
    return 0


def _by_name(output: Path | None) -> Kind:
    """What a file's name asks for."""
    suffix = "" if output is None else output.suffix.lower()
    return next((kind for kind, endings in _ENDINGS.items() if suffix in endings), Kind.TEXT)


def _county(name: str, year: int | None, workers: int | None, quiet: bool) -> CountyBeside:
    from gxgen.api import comparing
    from gxgen.cli import screen

    if Path(name).is_file():
        raise UsageError("对照要写两份：gxgen compare 甲 乙，同一单位两个年度的。")
    if year is None:
        raise UsageError("对照全县要写年度，例如：gxgen compare 县文件夹 --year 2025。")
    progress = screen.progress(quiet)
    found = comparing.compare_county(name, year=year, workers=workers, progress=progress)
    screen.end_progress()
    return found


class _Shown:
    """One agency's comparison, ready for each kind."""

    def __init__(self, whole: Comparison) -> None:
        self.whole = whole

    def sheet(self, *, everything: bool) -> Sheet:
        from gxgen.show.compare.agency import agency_sheet

        return agency_sheet(self.whole, everything=everything)

    def record(self) -> dict[str, Any]:
        from gxgen.show.compare.record import comparison_record

        return comparison_record(self.whole)


class _CountyShown:
    """A county's, ready for each kind."""

    def __init__(self, found: CountyBeside) -> None:
        compared = [(one.name, one.comparison) for one in found.agencies if one.comparison]
        left = [(one.name, one.reason) for one in found.agencies if not one.comparison]
        self._all = found.county, found.year, compared, left

    def sheet(self, *, everything: bool) -> Sheet:
        from gxgen.show.compare.county import county_sheet

        del everything  # the page tells no single sentences
        return county_sheet(*self._all)

    def record(self) -> dict[str, Any]:
        from gxgen.show.compare.county import county_record

        return county_record(*self._all)


def _give(shown: _Shown | _CountyShown, kind: Kind, output: Path | None, force: bool) -> None:
    """Show it, or write it where it is asked for; pages and DOCX have a name of their own."""
    from gxgen.api import comparing
    from gxgen.cli import screen

    if kind in (Kind.HTML, Kind.DOCX):
        sheet = shown.sheet(everything=True)
        target = output or _named(sheet, kind)
        comparing.write(comparing.document(sheet, kind.value), target, _ENDINGS[kind], force=force)
        screen.print_written([target])
    elif output is None:
        if kind is Kind.JSON:
            screen.print_json(shown.record())
        else:
            from gxgen.show.compare.text import sheet_text

            print(sheet_text(shown.sheet(everything=False)))
    else:
        comparing.write(_text(shown, kind).encode(), output, _ENDINGS[kind], force=force)
        screen.print_written([output])


def _text(shown: _Shown | _CountyShown, kind: Kind) -> str:
    """What a file of text or JSON holds: all of it."""
    if kind is Kind.JSON:
        return json.dumps(shown.record(), ensure_ascii=False, indent=1) + "\n"
    from gxgen.show.compare.text import sheet_text

    return sheet_text(shown.sheet(everything=True)) + "\n"


def _named(sheet: Sheet, kind: Kind) -> Path:
    from gxgen.county.files import safe_name

    return Path(f"{safe_name(sheet.title)}.{kind.value}")
