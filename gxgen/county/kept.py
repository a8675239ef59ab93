"""In which formats a year's reports were asked for so far: they are kept up to date until somebody
asks for fewer.

A small file beside the ledger that needs no mark: whatever a stranger writes into it, no more can
come of it than reports in formats that there are.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from gxgen.county.conversion import Asked, StyleBytes, wanted_for
from gxgen.county.files import inner_file, leads_away, own_bytes, write_whole
from gxgen.county.ledger import FOLDER
from gxgen.county.project import County
from gxgen.formats.registry import FORMATS
from gxgen.formats.wanted import PdfEngine, Wanted

FILE = "formats.json"
_MOST_BYTES = 4_000_000
Single = tuple[tuple[str, ...], PdfEngine | None]
"""The formats that were asked for of one form, and who was to make the PDF."""


class Now(NamedTuple):
    """What is written in a run: of the agencies, of the county itself, and of single forms by
    their keys where that is something else; and what is to be kept."""

    units: Wanted
    county: Wanted
    singly: dict[str, Wanted]
    kept: Kept


@dataclass(frozen=True, slots=True)
class Kept:
    """``units`` are the formats of the agencies' reports, ``county`` those of the county's own;
    ``engine`` is who was asked to make PDFs, None where nobody was. ``single``: what was asked for
    of single forms beside that, by their keys."""

    units: tuple[str, ...] = ()
    county: tuple[str, ...] = ()
    engine: PdfEngine | None = None
    single: Mapping[str, Single] = field(default_factory=dict)

    @classmethod
    def of(cls, folder: Path) -> Kept:
        """What was asked for in an output folder."""
        path = folder / FOLDER / FILE
        data = None if leads_away(path.parent) else own_bytes(path, _MOST_BYTES)
        said: dict[str, Any] = {}
        with suppress(ValueError, RecursionError):
            said = dict(json.loads(data or b"{}"))
        single = said.get("single")
        return cls(
            _known(said.get("units")),
            _known(said.get("county")),
            _engine(said.get("engine")),
            dict(_singles(single)) if isinstance(single, dict) else {},
        )

    def save(self, folder: Path) -> None:
        """Keep it for the next build.

        Raises:
            EnvironmentProblemError: it cannot be written.
        """
        if self != Kept.of(folder):
            said = {"units": self.units, "county": self.county, "engine": self.engine}
            text = json.dumps({**said, "single": self.single})
            write_whole(inner_file(folder, f"{FOLDER}/{FILE}"), text.encode())

    def now(
        self,
        county: County | None,
        style: StyleBytes,
        asked: Asked,
        *,
        rollup: bool,
        prune: bool,
        some: Collection[str] = (),
    ) -> Now:
        """What is written now, and what is to be kept.

        A ``rollup`` is about the county's own: ``asked`` is for it alone. With ``prune`` nothing
        counts that was asked for earlier. A build of ``some`` forms, by their keys, asks and prunes
        for these alone.
        """
        before = Kept() if prune and not some else self
        settings = county.formats if county else ("docx",)
        formats, engine = ((), None) if some else asked
        engine = engine or before.engine
        if rollup:
            units = before.units or settings
            own = _both(formats or before.county or units, before.county)
        else:
            units = _both(formats or settings, before.units)
            own = _both(formats or settings, before.county)
        kept = Kept(units, own, engine, before._singles(asked, some, prune=prune))
        made = [wanted_for(county, style, each, engine) for each in (units, own)]
        singly = {
            key: wanted_for(county, style, _both(units, each), by or engine)
            for key, (each, by) in kept.single.items()
        }
        return Now(made[0], made[1], singly, kept)

    def _singles(self, asked: Asked, some: Collection[str], *, prune: bool) -> dict[str, Single]:
        """What is asked for of single forms, with what this run asks for of some."""
        formats, engine = asked
        single = {key: one for key, one in self.single.items() if not (prune and key in some)}
        for key in some if formats or engine else ():
            former, by = single.get(key, ((), None))
            single[key] = _both(formats, former), engine or by
        return single


def _singles(said: dict[str, Any]) -> Iterator[tuple[str, Single]]:
    for key, one in said.items():
        match one:
            case [list() as formats, engine]:
                yield key, (_known(formats), _engine(engine))


def _engine(said: object) -> PdfEngine | None:
    return next((one for one in PdfEngine if one == said), None)


def _known(formats: object) -> tuple[str, ...]:
    return tuple(one for one in FORMATS if isinstance(formats, list) and one in formats)


def _both(some: tuple[str, ...], others: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(one for one in FORMATS if one in some or one in others)
