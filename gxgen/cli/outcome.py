"""What a build, a check or a roll-up says in the end: findings by agency, files, one line."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from gxgen.cli.output import colour, end_progress, findings_json, print_json
from gxgen.county.outputs import RETURNS
from gxgen.diagnostics import has_errors
from gxgen.show.text import counts_text, findings_text

if TYPE_CHECKING:
    from gxgen.county.agency_year import Outcome
    from gxgen.county.batch import Result

_FEW = 20
"""So many units are listed one by one; of more, only those of which there is something to say."""


def build_json(result: Result) -> dict[str, Any]:
    """The JSON of ``build``: findings, and what became of each filing."""
    end_progress()
    return {
        **findings_json(
            [*result.diagnostics, *(d for _, _, found in result.rollups for d in found)],
            len(result.outcomes),
        ),
        "units": [
            {
                "agency": outcome.judgement.agency,
                "year": outcome.judgement.year,
                "input": str(outcome.path),
                "outcome": outcome.word,
                "outputs": [str(path) for path in outcome.outputs],
                "faults": list(outcome.faults),
                "causes": list(outcome.causes),
            }
            for outcome in result.outcomes
        ],
        **_changes_json(result),
    }


def _changes_json(result: Result) -> dict[str, list[str]]:
    """What no longer stands, what failed for the county, and what is worth knowing."""
    return {
        "removed": [str(path) for path in result.removed],
        "faults": list(result.faults),
        "remarks": list(result.remarks),
    }


def print_check(result: Result) -> None:
    """Findings by agency, then one line that sums up."""
    end_progress()
    for outcome in result.outcomes:
        _print_unit(outcome)
    passed = sum(outcome.passed for outcome in result.outcomes)
    failed = len(result.outcomes) - passed
    tail = f"，{failed} 份有错误，需改正" if failed else ""
    print(f"核对了 {len(result.outcomes)} 份：{passed} 份可以成文{tail}。")


def print_build(result: Result, *, why: bool) -> None:
    """Findings by agency, the files written, then one line that sums up."""
    end_progress()
    sound = 0
    for outcome in _in_order(result.outcomes):
        if outcome.word == "unchanged" and outcome.passed:
            continue
        if len(result.outcomes) > _FEW and not (why or outcome.diagnostics or outcome.faults):
            sound += outcome.word == "built"
            continue
        _print_unit(outcome)
        _print_built(outcome, why)
    if sound:
        print(f"另有 {sound} 份没有问题，报告已生成，不逐一列出。")
    _print_changes(result)
    for county, year, agency in result.missing:
        word = "逾期未报" if county in result.late else "未报送"
        print(f"  {word}：{county.name} {agency.name}（{year}年度）")
    for county, year, found in result.rollups:
        print(f"{county.name} {year}年汇总  {counts_text(found)}")
        print(findings_text(found, colour=colour()))
    for fault in result.faults:
        print(f"  {fault}", file=sys.stderr)
    for remark in result.remarks:
        print(f"  {remark}")
    print(_summary(result))


def _in_order(units: Sequence[Outcome]) -> Iterator[Outcome]:
    """Of many units those that nobody can build as they are last: they stand where one looks."""
    if len(units) <= _FEW:
        yield from units
        return
    yield from (outcome for outcome in units if outcome.passed)
    yield from (outcome for outcome in units if not outcome.passed)


def _print_changes(result: Result) -> None:
    """What no longer stands under its name."""
    for path in result.set_aside:
        print(f"  原有文件被人改过，已改名保留：{path}")
    for path in result.removed:
        print(f"  不再有效，已撤下：{path}")


def _print_built(outcome: Outcome, why: bool) -> None:
    if why and outcome.causes:
        print(f"  原因：{'、'.join(outcome.causes)}")
    if outcome.word in ("built", "refused"):
        for path in outcome.outputs:
            print(f"  {'退回件' if path.parent.name == RETURNS else '已生成'} {path}")
    for fault in outcome.faults:
        print(f"  {fault}", file=sys.stderr)


def _summary(result: Result) -> str:
    counts = Counter(outcome.word for outcome in result.outcomes)
    said = [f"共 {len(result.outcomes)} 份：生成 {counts['built']} 份报告"]
    undone = sum(bool(outcome.faults) and outcome.word == "built" for outcome in result.outcomes)
    if undone:
        said.append(f"其中 {undone} 份还缺文件，原因见上")
    if counts["unchanged"]:
        said.append(f"{counts['unchanged']} 份没有变化，不必重做")
    if counts["refused"]:
        said.append(f"{counts['refused']} 份没有生成，请按上面的提示改正后重新运行")
    return "，".join(said) + "。"


def print_rollup(result: Result, *, as_json: bool) -> int:
    """What the roll-up found and wrote; returns the exit status."""
    end_progress()
    found = [d for _, _, diagnostics in result.rollups for d in diagnostics]
    files = [
        path for path in result.county_outputs if path.name not in ("index.html", "build.json")
    ]
    if as_json:
        written = [str(path) for path in files]
        said = {**findings_json(found, len(result.outcomes)), "outputs": written}
        print_json({**said, **_changes_json(result)})
    else:
        if found:
            print(findings_text(found, colour=colour()))
        for path in files:
            print(f"  已生成 {path}")
        _print_changes(result)
        passed = sum(outcome.passed for outcome in result.outcomes)
        print(f"汇总了 {passed} 份，{counts_text(found)}。")
    faults = [*(fault for outcome in result.outcomes for fault in outcome.faults), *result.faults]
    for fault in faults:
        print(f"  {fault}", file=sys.stderr)
    if faults:
        return result.exit_status
    return 1 if has_errors(found) else 0


def _print_unit(outcome: Outcome) -> None:
    diagnostics = outcome.diagnostics
    said = "没有做完" if outcome.faults and not diagnostics else counts_text(diagnostics)
    print(f"{_name(outcome)}  {said}  （{outcome.path}）")
    if diagnostics:
        print(findings_text(diagnostics, colour=colour()))


def _name(outcome: Outcome) -> str:
    found = outcome.judgement
    return f"{found.agency} {found.year}年" if found.year else found.workbook
