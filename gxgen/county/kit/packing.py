"""What is handed on, packed: reports by kind of unit, what goes back, all that is handed up.

Each archive holds a list of its files' SHA-256, and so does the folder of the archives, as
``sha256sum -c`` reads them. Only what stands as it was built is packed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from gxgen.county.kit.shelf import Shelf, name_of, reports_of
from gxgen.county.ledger import Ledger
from gxgen.county.lock import Lock
from gxgen.county.outputs import NOTICES, PACK, RETURNS, Outputs
from gxgen.county.project import County
from gxgen.errors import UsageError
from gxgen.model.agency import AgencyKind
from gxgen.opc.package import FixedZip

CHECKSUMS = "校验清单.txt"
RETURNED, HANDED_UP, PRINTED = "退回件.zip", "上报.zip", "全县报告.pdf"
_OF_UNITS = "各单位报告"
_OF_KIND = "报告-"


@dataclass(frozen=True, slots=True)
class Packed:
    """What was packed. ``draft``: the county's own report was left out, for it is a draft."""

    files: tuple[Path, ...]
    draft: bool


def contents(shelf: Shelf) -> Iterator[tuple[str, dict[str, tuple[str, str]]]]:
    """Each archive's name and what is in it: by inner name the file and its SHA-256."""
    outputs, built, kinds = shelf.outputs, shelf.built(), shelf.kinds
    for kind in AgencyKind:
        units = [one for one in built if kinds.get(name_of(one), AgencyKind.OTHER) is kind]
        yield (
            f"{_OF_KIND}{kind.value}.zip",
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


def archive(folder: Path, county: County, *, reports: bool) -> bytes:
    """All ``reports`` of a year's folder in one archive, a folder for each kind of unit, or all
    that goes back. Nothing is written and nobody waited for: a file that another build has just
    changed is not as the ledger has it.

    Raises:
        EnvironmentProblemError: a file of the last build is not as it was.
        UsageError: there is none.
    """
    shelf = Shelf(folder, county, Ledger.of(folder))
    parts = dict(contents(shelf))
    inner = {} if reports else parts[RETURNED]
    for name, own in parts.items() if reports else ():
        if name.startswith(_OF_KIND):
            within = Path(name).stem
            inner |= {f"{within}/{one}": file for one, file in own.items()}
    if not inner:
        raise UsageError("现在没有可以下载的文件。")
    return _archive(shelf, inner)


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
