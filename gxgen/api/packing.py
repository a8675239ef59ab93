"""Packing a county's year for handing on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from gxgen.errors import UsageError

if TYPE_CHECKING:
    from gxgen.api.project import Project
    from gxgen.county.batch import Progress, Result
    from gxgen.county.kit.packing import Packed
    from gxgen.county.project import County


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


def archive(project: Project, county: County, year: int, *, reports: bool) -> bytes:
    """All ``reports`` that stand, or all that goes back with its notices, as one archive (.zip):
    what :func:`pack` writes, for handing on at once. Nothing is written.

    Raises:
        EnvironmentProblemError: a file of the last build is not as it was.
        UsageError: there is nothing to pack.
    """
    from gxgen.api.project import home_of
    from gxgen.county.kit import packing

    home = home_of(county.folder / str(year), county, project.output)
    return packing.archive(home, county, reports=reports)


def blanks(units: Sequence[str], *, year: int) -> bytes:
    """Forms to be filled by these units, as :func:`gxgen.api.blank` makes them, as one archive.

    Raises:
        UsageError: no edition for that year, or no such unit.
        EnvironmentProblemError: a form cannot be written.
    """
    from tempfile import TemporaryDirectory

    from gxgen import api
    from gxgen.opc.package import FixedZip

    with TemporaryDirectory(prefix="gxgen-") as folder:
        made = api.blank(units, year=year, output=Path(folder))
        return FixedZip({}).build({path.name: path.read_bytes() for path in made})
