"""In which formats a year's reports were asked for so far: they are kept up to date until somebody
asks for fewer.

A small file beside the ledger that needs no mark: whatever a stranger writes into it, no more can
come of it than reports in formats that there are.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gxgen.county.conversion import Asked, StyleBytes, wanted_for
from gxgen.county.files import inner_file, leads_away, own_bytes, write_whole
from gxgen.county.ledger import FOLDER
from gxgen.county.project import County
from gxgen.formats.registry import FORMATS
from gxgen.formats.wanted import PdfEngine, Wanted

FILE = "formats.json"
_MOST_BYTES = 10_000


@dataclass(frozen=True, slots=True)
class Kept:
    """``units`` are the formats of the agencies' reports, ``county`` those of the county's own;
    ``engine`` is who was asked to make PDFs, None where nobody was."""

    units: tuple[str, ...] = ()
    county: tuple[str, ...] = ()
    engine: PdfEngine | None = None

    @classmethod
    def of(cls, folder: Path) -> Kept:
        """What was asked for in an output folder."""
        path = folder / FOLDER / FILE
        data = None if leads_away(path.parent) else own_bytes(path, _MOST_BYTES)
        said: dict[str, Any] = {}
        with suppress(ValueError, RecursionError):
            said = dict(json.loads(data or b"{}"))
        engine = said.get("engine")
        known = engine if engine in list(PdfEngine) else None
        return cls(
            _known(said.get("units")), _known(said.get("county")), known and PdfEngine(known)
        )

    def save(self, folder: Path) -> None:
        """Keep it for the next build.

        Raises:
            EnvironmentProblemError: it cannot be written.
        """
        if self != Kept.of(folder):
            said = {"units": self.units, "county": self.county, "engine": self.engine}
            write_whole(inner_file(folder, f"{FOLDER}/{FILE}"), json.dumps(said).encode())

    def now(
        self, county: County | None, style: StyleBytes, asked: Asked, *, rollup: bool, prune: bool
    ) -> tuple[Wanted, Wanted, Kept]:
        """What agencies' reports and the county's own are written as now, and what is to be kept.

        A ``rollup`` is about the county's own: ``asked`` is for it alone. With ``prune`` nothing
        counts that was asked for earlier.
        """
        before = Kept() if prune else self
        formats, engine = asked
        settings = county.formats if county else ("docx",)
        engine = engine or before.engine
        if rollup:
            units = before.units or settings
            own = _both(formats or before.county or units, before.county)
        else:
            units = _both(formats or settings, before.units)
            own = _both(formats or settings, before.county)
        made = [wanted_for(county, style, each, engine) for each in (units, own)]
        return made[0], made[1], Kept(units, own, engine)


def _known(formats: object) -> tuple[str, ...]:
    return tuple(one for one in FORMATS if isinstance(formats, list) and one in formats)


def _both(some: tuple[str, ...], others: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(one for one in FORMATS if one in some or one in others)
