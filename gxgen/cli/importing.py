"""What ``gxgen import`` says: each file as it comes, so that thousands need no room."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING

from gxgen.cli import screen
from gxgen.diagnostics import FORMAT
from gxgen.letters import json_shown
from gxgen.show.text import counts_text

if TYPE_CHECKING:
    from gxgen.api.importing import Importing
    from gxgen.county.batch import Progress
    from gxgen.county.imports.run import Imported

_IN_MEMORY = 8 << 20
"""Bytes of findings as JSON that are held in memory."""


def print_imported(run: Importing, progress: Progress | None, *, as_json: bool) -> int:
    """The workbooks written and the findings of each source; returns the exit status."""
    ended: Counter[str] = Counter()
    each = _counted(run.each(progress), ended)
    if as_json:
        _print_json(each, run)
    else:
        many = len(run.files) > screen.FEW
        for one in each:
            if not many or one.target is None:
                _print_import(one)
        screen.end_progress()
        if run.summary is not None:
            _print_summary(run, ended)
    if ended["crashed"]:
        return 3
    return 2 if ended["fault"] else int(ended["made"] < len(run.files))


def _counted(each: Iterator[Imported], ended: Counter[str]) -> Iterator[Imported]:
    """The same, counted as they pass."""
    for one in each:
        ended["crashed"] += one.found.crashed
        ended["fault"] += one.fault is not None
        ended["made"] += one.target is not None
        yield one


def _print_import(one: Imported) -> None:
    screen.end_progress()
    if one.fault:
        screen.remark(one.fault)
    if one.fault and one.target is None:
        return
    screen.say(f"{one.source.name}  {counts_text(one.found.diagnostics)}")
    screen.print_findings(one.found.diagnostics)
    for path in filter(None, (one.target, one.page)):
        screen.say(f"  已生成 {path}")


def _print_summary(run: Importing, ended: Counter[str]) -> None:
    left = len(run.files) - ended["made"]
    tail = f"，{left} 个没有导入，原因见上" if left else ""
    screen.say(f"共 {len(run.files)} 个文件：导入了 {ended['made']} 份{tail}。")
    if run.passed:
        screen.say(run.passed)
    screen.say(f"每份读得怎样、要做什么，见 {run.summary}")


def _print_json(each: Iterator[Imported], run: Importing) -> None:
    """One JSON document; findings wait in a file until the run is over and nothing can fail."""
    written: list[str] = []
    faults: list[str] = []
    with SpooledTemporaryFile(_IN_MEMORY, "w+", encoding="utf-8") as held:
        for one in each:
            for found in one.found.diagnostics:
                held.write(f"  {_json(found.as_json())}\n")
            written += [] if one.target is None else [str(one.target)]
            faults += [one.fault] if one.fault else []
        held.seek(0)
        print(f'{{\n "format": {FORMAT},\n "findings": [', end="")
        for number, line in enumerate(held):
            print(f"{',' if number else ''}\n{line.rstrip()}", end="")
    rest: dict[str, object] = {"checked": len(run.files), "written": written, "faults": faults}
    rest["summary"] = None if run.summary is None else str(run.summary)
    print("\n ]," + "".join(f'\n "{key}": {_json(v)},' for key, v in rest.items())[:-1] + "\n}")


def _json(data: object) -> str:
    return json_shown(json.dumps(data, ensure_ascii=screen.ascii_only()))
