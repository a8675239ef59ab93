"""What the rules cost beside reading: processor time over a demo county's forms.

    python -m benchmarks.rules [AGENCIES] [ROUNDS]

Reads each form of a sound county of two years once, last year's beside it, then runs all rules over
each report ROUNDS times. What a report works out once and keeps (its values, what its sentences
claim) is worked out anew in each round, as in a build, which sees each report once. Prints the
median over the reports of each report's quickest round, and the ten rules that cost most; what the
first rule that asks for it works out for all is told by itself.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from gxgen import api
from gxgen.checks import registry
from gxgen.checks.runner import run
from gxgen.county.around import read
from gxgen.county.plan import plan
from gxgen.county.unit import read_unit
from gxgen.model.report import Report
from gxgen.prose.claims import verdicts_of
from gxgen.prose.claims.bind import forget

CLAIMS = "what sentences claim"


def reports(folder: Path, agencies: int) -> Iterator[tuple[Report, float]]:
    """Each report of a county as it was read, and the milliseconds that reading took."""
    api.init(folder, county="云垟县", year=2025, demo=agencies)
    for filing in plan([folder / "inputs"], folder / "output"):
        whole = read(filing)
        if not whole.government:
            start = time.process_time()
            report, _ = read_unit(whole)
            assert report is not None
            yield report, (time.process_time() - start) * 1e3


def fresh(report: Report) -> Report:
    """The same report, nothing of it worked out yet, nor of the forms of its sentences."""
    forget()
    last = report.previous
    return replace(report, previous=None if last is None else replace(last))


def all_rules(report: Report) -> float:
    """Milliseconds of every rule over one report."""
    new = fresh(report)
    start = time.process_time()
    assert not run(new, strict=True)
    return (time.process_time() - start) * 1e3


def each_rule(report: Report) -> Iterator[tuple[str, float]]:
    """Milliseconds of each rule by its code; first what the sentences claim."""
    new = fresh(report)
    start = time.process_time()
    verdicts_of(new)
    yield CLAIMS, (time.process_time() - start) * 1e3
    for rule in registry.checks():
        start = time.process_time()
        found = [*rule.check(new)] if rule.check else []
        yield f"{rule.code} {rule.name}", (time.process_time() - start) * 1e3
        assert not found


def main(agencies: int, rounds: int) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        given = list(reports(Path(folder), agencies))
    for report, _ in given[:5]:
        all_rules(report)
    whole = [min(all_rules(report) for _ in range(rounds)) for report, _ in given]
    each: dict[str, list[float]] = defaultdict(list)
    for report, _ in given:
        best: dict[str, float] = {}
        for _ in range(rounds):
            for name, taken in each_rule(report):
                best[name] = min(taken, best.get(name, taken))
        for name, taken in best.items():
            each[name].append(taken)
    reading = statistics.median(taken for _, taken in given)
    print(f"{len(given)} reports, {rounds} rounds, processor time, medians")
    print(
        f"  all rules on one report   {statistics.median(whole):7.3f} ms, most {max(whole):.3f} ms"
    )
    print(f"  reading it, once          {reading:7.3f} ms")
    medians = {name: statistics.median(taken) for name, taken in each.items()}
    print(f"  {CLAIMS:<42} {medians.pop(CLAIMS):7.3f} ms")
    for name in sorted(medians, key=lambda one: -medians[one])[:10]:
        print(f"  {name:<42} {medians[name]:7.3f} ms")


if __name__ == "__main__":
    wanted = [int(argument) for argument in sys.argv[1:3]]
    main(*(wanted + [100, 5][len(wanted) :]))
