"""What was built from what: one hidden file beside a year's reports, so that the next run need not
do it again, and the roll-up and the county's page can be made without reading every form anew.

A line a filing, one for the county, and a mark over all (:mod:`gxgen.county.seal`): without it no
word is believed, or even parsed. A file of its own, read and written whole: county folders lie on
network drives, where database locks fail.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gxgen.county.agency_year import Figures, Judgement, Outcome
from gxgen.county.files import inner_file, leads_away, own_bytes, write_whole
from gxgen.county.seal import MARK_LENGTH, Seal
from gxgen.diagnostics import Addressee, Diagnostic, from_json

FOLDER = ".gxgen"
FILE = "ledger.jsonl"
FORMAT = 7
_MOST_BYTES = 512_000_000
"""More than the ledger of a hundred thousand filings."""


@dataclass
class Ledger:
    """What became of a year's filings by their keys, and what the county was made of.

    ``county`` holds ``fingerprint``, ``outputs`` and ``findings`` of the roll-up and the page, and
    what was ``asked`` for. ``foreign``: something stands in its place that was not written here.
    """

    outcomes: dict[str, Outcome] = field(default_factory=dict)
    county: Mapping[str, Any] = field(default_factory=dict)
    foreign: bool = field(default=False, compare=False)
    seal: Seal = field(default_factory=Seal, compare=False)

    def __post_init__(self) -> None:
        """Remember what stands on disk."""
        self._saved = dict(self.outcomes), self.county

    @classmethod
    def of(cls, folder: Path) -> Ledger:
        """The ledger of an output folder; of one that was not written here for this very folder, a
        damaged one or another format, nothing is believed."""
        seal = Seal.of(folder)
        path = folder / FOLDER / FILE
        data = None if leads_away(path.parent) else own_bytes(path, _MOST_BYTES)
        said, mark = (data or b"")[:-MARK_LENGTH], (data or b"")[-MARK_LENGTH:]
        try:
            if not seal.holds(mark.decode("ascii", "replace"), said):
                return cls(foreign=os.path.lexists(path), seal=seal)
            *lines, last, _ = said.split(b"\n")
            foot = json.loads(last)
            if foot["format"] != FORMAT:
                return cls(seal=seal)
            return cls(dict(map(_entry, lines)), foot["county"], seal=seal)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return cls(foreign=True, seal=seal)

    def files(self) -> Iterator[tuple[str, str]]:
        """Every file that it tells of, with its SHA-256."""
        yield from self.county.get("outputs", {}).items()
        for outcome in self.outcomes.values():
            yield from outcome.files.items()

    def save(self, folder: Path, outcomes: dict[str, Outcome], county: Mapping[str, Any]) -> None:
        """Keep this for the next run; not at all if the file holds the same, or if the next run
        could not know that it was written here.

        Raises:
            EnvironmentProblemError: it cannot be written.
        """
        if (outcomes, county) == self._saved or self.seal.key is None:
            return
        lines = [line_of(key, outcome) for key, outcome in outcomes.items()]
        foot = json.dumps({"format": FORMAT, "county": county}, ensure_ascii=False)
        said = b"".join([*lines, foot.encode("utf-8", "replace"), b"\n"])
        path = inner_file(folder, f"{FOLDER}/{FILE}")
        write_whole(path, said + self.seal.mark(said).encode())


def line_of(key: str, outcome: Outcome) -> bytes:
    """Four JSON texts apart by tabs: the filing's key and its workbook's name, what is said of it,
    figures, last year's. Then its packed passages, which are read only when they are asked for."""
    found = outcome.judgement
    said = [
        outcome.fingerprint,
        outcome.made,
        found.agency,
        found.year,
        found.edition,
        found.title,
        [one.as_json() for one in found.findings],
        dict(outcome.files),
        found.counts,
        found.filling,
        found.sheets,
    ]
    parts = [key, found.workbook], said, _numbers(found.figures), _numbers(found.last_figures)
    texts = (json.dumps(part, ensure_ascii=False, separators=(",", ":")) for part in parts)
    return "\t".join((*texts, found.passages)).encode("utf-8", "surrogatepass") + b"\n"


def _numbers(figures: Mapping[str, Any]) -> list[int | str | None]:
    return list(figures.numbers) if isinstance(figures, Figures) else []


def _entry(line: bytes) -> tuple[str, Outcome]:
    *texts, passages = line.split(b"\t")
    (key, name), said, now, last = map(json.loads, texts)
    fingerprint, made, agency, year, edition, title, findings, files, *rest = said
    counts, filling, sheets = rest
    judgement = Judgement(
        name,
        agency,
        year,
        edition,
        title,
        Figures(now, edition) if edition else {},
        Figures(last, year - 1) if year else {},
        tuple(map(_finding, findings)),
        passages.decode("ascii"),
        counts=tuple((what, unit, this, then) for what, unit, this, then in counts),
        filling=filling,
        sheets=sheets,
    )
    return key, Outcome(judgement, made, files, fingerprint)


def _finding(said: dict[str, Any]) -> Diagnostic:
    """A finding; one that was kept before findings had addressees has that of its code."""
    if "addressee" in said:
        return from_json(said)
    from gxgen.checks.registry import homes, rule

    code = said["code"]
    whose = rule(code).addressee if code in homes() else Addressee.CLERK
    return from_json({**said, "addressee": whose.value})
