"""Packing a county's year for handing on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from gxgen.errors import UsageError

if TYPE_CHECKING:
    from gxgen.county.batch import Progress, Result
    from gxgen.county.kit.packing import Packed


def pack(
    county: str | None,
    *,
    year: int,
    printed: bool = False,
    output: Path | None = None,
    workers: int | None = None,
    waiting: Callable[[str], None] | None = None,
    progress: Progress | None = None,
) -> tuple[Packed, Result]:
    """Bring a county's year up to date, then pack its reports by kind of unit, what goes back and
    what is handed up into ``打包/``; ``printed``: also one PDF of all reports.

    Raises:
        UsageError: no such county or year, nothing to pack, or no PDF of a report to be printed.
        EnvironmentProblemError: a file cannot be read or written.
    """
    from gxgen import api
    from gxgen.api.choosing import chosen_county
    from gxgen.county.kit import packing
    from gxgen.county.plan import plan

    home = chosen_county(county, api.default_inputs())
    folder, output = home.folder / str(year), output or api.OUTPUT
    if not folder.is_dir():
        raise UsageError(f"没有{year}年度的文件夹：{folder}")
    result = api.build(
        [folder],
        output=output,
        workers=workers,
        for_rollup=True,
        waiting=waiting,
        progress=progress,
    )
    place = plan([folder], output)[0].home
    return packing.pack(place, home, printed=printed, tell=waiting), result
