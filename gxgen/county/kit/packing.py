"""What is handed on, packed: reports by kind of unit, what goes back, all that is handed up.

Each archive holds a list of its files' SHA-256, and so does the folder of the archives, as
``sha256sum -c`` reads them. Only what stands as it was built is packed.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath

from gxgen.county.agency_year import Outcome
from gxgen.county.files import own_bytes
from gxgen.county.kit.own import KIT
from gxgen.county.ledger import Ledger
from gxgen.county.lock import Lock
from gxgen.county.outputs import DRAFT, MANIFEST, NOTICES, PACK, PAGE, RETURNS, Outputs
from gxgen.county.project import County
from gxgen.errors import EnvironmentProblemError, UsageError
from gxgen.formats.registry import format_of
from gxgen.model.agency import AgencyKind
from gxgen.opc.package import FixedZip

CHECKSUMS = "校验清单.txt"
RETURNED, HANDED_UP, PRINTED = "退回件.zip", "上报.zip", "全县报告.pdf"
_OF_UNITS = "各单位报告"


@dataclass(frozen=True, slots=True)
class Packed:
    """What was packed. ``draft``: the county's own report was left out, for it is a draft."""

    files: tuple[Path, ...]
    draft: bool


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


def contents(shelf: Shelf) -> Iterator[tuple[str, dict[str, tuple[str, str]]]]:
    """Each archive's name and what is in it: by inner name the file and its SHA-256."""
    outputs, built, kinds = shelf.outputs, shelf.built(), shelf.kinds
    for kind in AgencyKind:
        units = [one for one in built if kinds.get(name_of(one), AgencyKind.OTHER) is kind]
        yield (
            f"报告-{kind.value}.zip",
            {n: (n, s) for one in units for n, s in reports_of(one).items()},
        )
    back = {
        name: sha
        for one in shelf.ledger.outcomes.values()
        for name, sha in one.files.items()
        if name.startswith(f"{RETURNS}/")
    }
    back |= {name: sha for name, sha in outputs.items() if name.startswith(f"{NOTICES}/")}
    yield RETURNED, {name: (name, sha) for name, sha in back.items()}
    whole = {name: (name, outputs[name]) for name in shelf.of_county()}
    for one in built:
        whole |= {f"{_OF_UNITS}/{n}": (n, sha) for n, sha in reports_of(one).items()}
    yield HANDED_UP, whole


def pack(
    folder: Path,
    county: County,
    *,
    printed: bool,
    tell: Callable[[str], None] | None = None,
) -> Packed:
    """Write the archives of a year's folder as it was built last, and one PDF of all reports where
    they are to be ``printed``.

    Raises:
        EnvironmentProblemError: a file of the last build is not as it was, or cannot be written.
        UsageError: there is nothing to pack, or no PDF of some report.
    """
    lock = Lock(folder, tell)
    lock.take()
    try:
        shelf = Shelf(folder, county, Ledger.of(folder))
        archives = {name: _archive(shelf, inner) for name, inner in contents(shelf) if inner}
        if printed:
            from gxgen.county.kit.printing import printed_whole

            archives[PRINTED] = printed_whole(shelf)
        elif (name := f"{PACK}/{PRINTED}") in shelf.outputs:  # it is of the last build still
            archives[PRINTED] = shelf.bytes_of(name, shelf.outputs[name])
        if not archives:
            raise UsageError(f"{folder} 里还没有可以打包的文件；请先运行 gxgen build。")
        archives[CHECKSUMS] = _checksums(archives)
        return _written(shelf, {f"{PACK}/{name}": data for name, data in archives.items()})
    finally:
        lock.release()


def _archive(shelf: Shelf, inner: Mapping[str, tuple[str, str]]) -> bytes:
    files = {within: shelf.bytes_of(*one) for within, one in sorted(inner.items())}
    return FixedZip({}).build({**files, CHECKSUMS: _checksums(files)})


def _checksums(files: Mapping[str, bytes]) -> bytes:
    lines = (f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in files.items())
    return "".join(lines).encode()


def _written(shelf: Shelf, files: Mapping[str, bytes]) -> Packed:
    """The archives on disk, and entered into the ledger: the next build that changes anything takes
    them away."""
    outputs = Outputs(shelf.folder, shelf.ledger)
    kept = {n: sha for n, sha in shelf.outputs.items() if not n.startswith(f"{PACK}/")}
    made = {name: outputs.put(name, data) for name, data in files.items()}
    others = {name for one in shelf.ledger.outcomes.values() for name in one.files}
    outputs.keep_only({*kept, *made, *others})
    said = {**shelf.ledger.county, "outputs": {**kept, **made}}
    shelf.ledger.save(shelf.folder, dict(shelf.ledger.outcomes), said)
    outputs.forget()
    return Packed(tuple(shelf.folder / name for name in made), shelf.drafts)


def pdf_of(files: Iterable[str]) -> str | None:
    """The PDF among a report's files."""
    return next((name for name in files if format_of(PurePath(name).name) == "pdf"), None)
