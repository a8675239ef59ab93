"""What was built from what: one hidden file beside a year's reports, so that the next run need not
do it again, and the roll-up and the county's page can be made without reading every form anew.

A line a filing, and a last one for the county with a digest over all. A file of its own, read and
written whole: county folders lie on network drives, where database locks fail.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gxgen.county.agency_year import Figures, Judgement, Outcome
from gxgen.county.files import write_whole
from gxgen.diagnostics import Addressee, Diagnostic, from_json

FOLDER = ".gxgen"
FILE = "ledger.jsonl"
FORMAT = 2


@dataclass
class Ledger:
    """What became of a year's filings by workbook name, and what the county was made of.

    ``county`` holds ``fingerprint``, ``outputs`` and ``findings`` of the roll-up and the page, and
    what was ``asked`` for.
    """

    outcomes: dict[str, Outcome] = field(default_factory=dict)
    county: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Remember what stands on disk."""
        self._saved = dict(self.outcomes), self.county

    @classmethod
    def of(cls, folder: Path) -> Ledger:
        """The ledger of an output folder; of a damaged one, or another format, nothing is
        believed."""
        try:
            body, newline, last = (folder / FOLDER / FILE).read_bytes().rpartition(b"\n")
            foot = json.loads(last)
            digest = foot.pop("digest")
            if foot["format"] != FORMAT or digest != _digest([body + newline], foot):
                return cls()
            found = map(_outcome, body.split(b"\n") if body else ())
            return cls({one.judgement.workbook: one for one in found}, foot["county"])
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return cls()

    def files(self) -> Iterator[tuple[str, str]]:
        """Every file that it tells of, with its SHA-256."""
        yield from self.county.get("outputs", {}).items()
        for outcome in self.outcomes.values():
            yield from outcome.files.items()

    def save(self, folder: Path, outcomes: dict[str, Outcome], county: Mapping[str, Any]) -> None:
        """Keep this for the next run; not at all if the file holds the same.

        Raises:
            EnvironmentProblemError: it cannot be written.
        """
        if (outcomes, county) == self._saved:
            return
        foot = {"format": FORMAT, "county": county}
        lines = [line_of(outcome) for outcome in outcomes.values()]
        last = json.dumps({**foot, "digest": _digest(lines, foot)}, ensure_ascii=False)
        write_whole(folder / FOLDER / FILE, b"".join([*lines, last.encode()]))


def _digest(lines: Iterable[bytes], foot: Mapping[str, Any]) -> str:
    state = hashlib.blake2b(digest_size=16)
    for line in lines:
        state.update(line)
    state.update(json.dumps(foot, ensure_ascii=False).encode())
    return state.hexdigest()


def line_of(outcome: Outcome) -> bytes:
    """Four JSON texts apart by tabs: name, what is said of it, figures, last year's."""
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
    ]
    parts = found.workbook, said, _numbers(found.figures), _numbers(found.last_figures)
    texts = (json.dumps(part, ensure_ascii=False, separators=(",", ":")) for part in parts)
    return "\t".join(texts).encode("utf-8", "surrogatepass") + b"\n"


def _numbers(figures: Mapping[str, Any]) -> list[int | str | None]:
    return list(figures.numbers) if isinstance(figures, Figures) else []


def _outcome(line: bytes) -> Outcome:
    name, said, now, last = map(json.loads, line.split(b"\t"))
    fingerprint, made, agency, year, edition, title, findings, files = said
    judgement = Judgement(
        name,
        agency,
        year,
        edition,
        title,
        Figures(now, edition) if edition else {},
        Figures(last, year - 1) if year else {},
        tuple(map(_finding, findings)),
    )
    return Outcome(judgement, made, files, fingerprint)


def _finding(said: dict[str, Any]) -> Diagnostic:
    """A finding; one that was kept before findings had addressees has that of its code."""
    if "addressee" in said:
        return from_json(said)
    from gxgen.checks.registry import homes, rule

    code = said["code"]
    whose = rule(code).addressee if code in homes() else Addressee.CLERK
    return from_json({**said, "addressee": whose.value})
