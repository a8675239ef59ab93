"""What this machine has for making documents: fonts, engines, versions."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gxgen.fonts.faces import Role
    from gxgen.formats.doctor import DoctorReport


def doctor(paths: Sequence[Path], inputs: Path) -> DoctorReport:
    """Look at this machine, and whether its fonts hold every character of the agencies' texts.

    ``paths`` name the workbooks as :func:`gxgen.api.build` takes them; without any those of
    ``inputs`` are taken, if there are some. A workbook that cannot be read is passed over.

    Raises:
        UsageError: a path does not exist or holds no workbook; a ``county.toml`` is wrong.
    """
    from gxgen.county.around import read
    from gxgen.county.plan import counties, plan
    from gxgen.county.unit import read_unit
    from gxgen.document.blocks import compose
    from gxgen.errors import GxgenError, UsageError
    from gxgen.fonts.findings import texts_by_role
    from gxgen.formats.doctor import doctor as look

    if not paths and inputs.is_dir():
        counties(inputs)  # settings that are wrong are told, whether or not there are workbooks
    try:
        filings = plan(list(paths) or [inputs], Path())
    except UsageError:
        if paths:
            raise
        filings = []
    texts: dict[str, dict[Role, list[str]]] = {}
    for filing in filings:
        try:
            report, _ = read_unit(read(filing))
        except GxgenError:
            continue
        if report is not None:
            said = texts.setdefault(report.agency.name, {})
            for role, words in texts_by_role(compose(report)).items():
                said[role] = said.get(role, []) + words  # an agency has a report a year
    return look(texts)
