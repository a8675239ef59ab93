"""``--watch``: the same again whenever something changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from gxgen.cli.screen import remark
from gxgen.county.plan import changes
from gxgen.errors import GxgenError


def rerun(run: Callable[[], int], folders: Sequence[Path]) -> int:
    """Run, and again whenever something changes, until Ctrl-C."""
    status = run()
    remark("正在守候，有变化就重新生成；按 Ctrl-C 结束。")
    try:
        for changed in changes(folders):
            remark(f"有变化：{'、'.join(path.name for path in changed)}")
            try:
                status = run()
            except GxgenError as error:
                remark(str(error))
                status = 2
    except KeyboardInterrupt:
        remark("已结束守候。")
    return status
