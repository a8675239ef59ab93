"""Which filing a report was built from, and whether both are still what they were.

The ledger beside the report knows: it was written by this machine for this folder and names the
forms' folder, so nothing that a stranger put there sends us anywhere. Where there is none to be
believed (a copied folder), the manifest still names the form, but nobody can say whether that has
changed since.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gxgen.county.agency_year import Filing, Outcome
from gxgen.county.around import read
from gxgen.county.files import folded, own_bytes
from gxgen.county.fingerprint import fingerprint
from gxgen.county.ledger import Ledger
from gxgen.county.outputs import MANIFEST
from gxgen.errors import UsageError

_FILED = ("填报表", "同名文字文件", "上年填报表")
"""What of a filing's fingerprint its agency hands in."""
_MOST_REPORT, _MOST_MANIFEST = 200_000_000, 500_000_000


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a report comes from: its form's file, and what was known when it was built; without
    ``outcome`` nobody knows whether the form has changed since."""

    report: Path
    workbook: Path
    outcome: Outcome | None = None

    def refuse_changed(self, filing: Filing) -> None:
        """A form that was changed since tells of other numbers than the report.

        Raises:
            UsageError: it was.
            EnvironmentProblemError: it cannot be read.
        """
        if self.outcome is None:
            return
        now, before = fingerprint(read(filing), "", ""), self.outcome.fingerprint
        changed = [word for word in _FILED if now[word] != before.get(word)]
        if changed:
            raise UsageError(
                f"{self.report.name} 生成以后，{'、'.join(changed)}改过，"
                "现在的数不一定是报告里的数。"
                f"先重新生成（gxgen build），再追溯；只看现在的填报表：gxgen trace {self.workbook}"
            )


def origin(report: Path) -> Origin:
    """The form that a report of an output folder was built from.

    Raises:
        UsageError: nothing here was built under that name, it is not what was built, or it is the
            county's own report.
    """
    data = own_bytes(report, _MOST_REPORT)
    if data is None:
        raise UsageError(f"没有这个文件：{report}")
    sha = hashlib.sha256(data).hexdigest()
    ledger = Ledger.of(report.parent)
    if ledger.outcomes:
        return _by_ledger(report, sha, ledger)
    return _by_manifest(report, sha)


def _by_ledger(report: Path, sha: str, ledger: Ledger) -> Origin:
    for key, outcome in ledger.outcomes.items():
        built = _digest_of(report.name, outcome.files)
        if built is not None:
            _refuse_edited(report, sha, built, key)
            return Origin(report, _form(report.parent, key, ledger), outcome)
    if _digest_of(report.name, ledger.county.get("outputs", {})) is not None:
        raise UsageError(
            f"{report.name} 是全县的，里面的数是各单位之和：看同一文件夹里的“汇总明细”；"
            "要追溯其中一个单位的数，请写那个单位的报告或填报表。"
        )
    raise UsageError(_not_ours(report))


def _form(home: Path, key: str, ledger: Ledger) -> Path:
    """A year's forms lie in one folder; outside a county the key is the way to the form."""
    forms = ledger.county.get("forms", "")
    return Path(forms) / key if forms else home / key


def _by_manifest(report: Path, sha: str) -> Origin:
    for unit in _units(report.parent):
        built = _digest_of(report.name, {f["file"]: f["sha256"] for f in unit["outputs"]})
        if built is not None:
            _refuse_edited(report, sha, built, str(unit["input"]))
            return Origin(report, Path(str(unit["input"])))
    raise UsageError(_not_ours(report))


def _units(home: Path) -> list[dict[str, Any]]:
    """The entries of a folder's manifest that are whole."""
    data = own_bytes(home / MANIFEST, _MOST_MANIFEST)
    try:
        units = json.loads(data or b"")["units"]
        return [one for one in units if _is_whole(one)]
    except (ValueError, KeyError, TypeError, RecursionError):
        return []


def _is_whole(unit: object) -> bool:
    if not isinstance(unit, dict) or not isinstance(unit.get("input"), str):
        return False
    outputs = unit.get("outputs")
    return isinstance(outputs, list) and all(
        isinstance(one, dict) and {"file", "sha256"} <= one.keys() for one in outputs
    )


def _digest_of(name: str, files: Mapping[str, str]) -> str | None:
    """What a file of that name was when it was written."""
    wanted = folded(name)
    return next((sha for file, sha in files.items() if folded(str(file)) == wanted), None)


def _refuse_edited(report: Path, sha: str, built: str, form: str) -> None:
    if sha != built:
        raise UsageError(
            f"{report.name} 不是当初生成的那一份：生成以后有人改过（例如在 Word 里），"
            f"里面的数不一定出自填报表。改动请写回填报表（{Path(form).name}）后重新生成；"
            f"要追溯填报表里的数，请直接写填报表。"
        )


def _not_ours(report: Path) -> str:
    return (
        f"{report} 不是这里生成的报告（同一文件夹里没有它的生成记录）。请写它的填报表（.xlsx），"
        "或者写生成文件夹里的那一份；别处来的报告先用 gxgen import 导入成填报表。"
    )
