"""What stands in a year's folder as the last build left it: what is packed and printed."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath

from gxgen.county.agency_year import Outcome
from gxgen.county.files import own_bytes
from gxgen.county.kit.own import KIT
from gxgen.county.ledger import Ledger
from gxgen.county.outputs import DRAFT, MANIFEST, PAGE
from gxgen.county.project import County
from gxgen.errors import EnvironmentProblemError
from gxgen.formats.registry import format_of
from gxgen.model.agency import AgencyKind


@dataclass(frozen=True)
class Shelf:
    """What stands in a year's folder by the ledger, and whose it is."""

    folder: Path
    county: County
    ledger: Ledger

    @property
    def kinds(self) -> dict[str, AgencyKind]:
        """Of the roster's units."""
        return {one.name: one.kind or AgencyKind.OTHER for one in self.county.roster}

    def built(self) -> list[Outcome]:
        """The units whose reports stand, in the roster's order."""
        places = {one.name: at for at, one in enumerate(self.county.roster)}
        found = [one for one in self.ledger.outcomes.values() if reports_of(one)]
        return sorted(found, key=lambda one: (places.get(name_of(one), len(places)), name_of(one)))

    @property
    def outputs(self) -> Mapping[str, str]:
        """The county's own files, with their SHA-256."""
        made: Mapping[str, str] = self.ledger.county.get("outputs", {})
        return made

    @property
    def drafts(self) -> bool:
        """Whether the county's own report is a draft: it lacks units, and is not handed up."""
        return any(DRAFT in name for name in self.outputs)

    def of_county(self) -> list[str]:
        """The county's own report and what it was added up from, if they are final."""
        inner = {MANIFEST, PAGE, *self.ledger.county.get(KIT, {})}
        final = {} if self.drafts else self.outputs
        return [name for name in final if "/" not in name and name not in inner]

    def bytes_of(self, name: str, sha: str) -> bytes:
        """A file as it was built.

        Raises:
            EnvironmentProblemError: it is gone, or somebody has changed it since.
        """
        data = own_bytes(self.folder / name, sys.maxsize)
        if data is None or hashlib.sha256(data).hexdigest() != sha:
            raise EnvironmentProblemError(
                f"{self.folder / name} 不在了，或者不是生成时的样子，没有打包。"
                "请先运行 gxgen build。"
            )
        return data


def name_of(outcome: Outcome) -> str:
    """Whose it is."""
    return outcome.judgement.agency


def reports_of(outcome: Outcome) -> dict[str, str]:
    """The files of a unit's report; none of a draft, or of one whose form goes back."""
    if outcome.made != "built" or not outcome.judgement.passed:
        return {}
    return {n: sha for n, sha in outcome.files.items() if "/" not in n and DRAFT not in n}


def pdf_of(files: Iterable[str]) -> str | None:
    """The PDF among a report's files."""
    return next((name for name in files if format_of(PurePath(name).name) == "pdf"), None)
