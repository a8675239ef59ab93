"""``gxgen pack``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gxgen.cli.options import OutputFolder, Quiet, Workers

if TYPE_CHECKING:
    from gxgen.county.batch import Result
    from gxgen.county.kit.packing import Packed


def pack(
    county: Annotated[
        str | None, typer.Argument(metavar="县", help="县名或县文件夹；只有一个县时可不写。")
    ] = None,
    *,
    year: Annotated[int, typer.Option("--year", metavar="年度", help="报告年度，例如2025。")],
    printed: Annotated[
        bool, typer.Option("--print", help="另做一个 PDF：全部报告、带书签，供打印。")
    ] = False,
    output_folder: OutputFolder = Path("output"),
    workers: Workers = None,
    quiet: Quiet = False,
) -> int:
    """``gxgen pack``."""
    from gxgen.api import packing
    from gxgen.cli import screen

    packed, result = packing.pack(
        county,
        year=year,
        printed=printed,
        output=output_folder,
        workers=workers,
        waiting=screen.remark,
        progress=screen.progress(quiet),
    )
    return _print_packed(packed, result)


def _print_packed(packed: Packed, result: Result) -> int:
    """What was packed, and what the packs lack; returns the exit status."""
    from gxgen.cli import screen

    screen.end_progress()
    screen.print_written(packed.files)
    if packed.draft:
        screen.say("全县汇总还是草稿（有单位没有计入），没有放进上报的包。")
    back = sum(not outcome.passed for outcome in result.outcomes)
    if back:
        screen.say(f"{back} 份填报表没有成文，它们的报告不在包里；运行 gxgen build 查看原因。")
    for _, year, agency in result.missing:
        screen.say(f"  没有报送，不在包里：{agency.name}（{year}年度）")
    screen.print_troubles(result.faults)
    return result.exit_status or int(bool(packed.draft or result.missing))
