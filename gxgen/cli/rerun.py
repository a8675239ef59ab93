"""``--watch``: the same again whenever something changes."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from gxgen.errors import GxgenError


def rerun(run: Callable[[], int], folders: Sequence[Path]) -> int:
    """Run, and again whenever something changes, until Ctrl-C."""
    from gxgen.county.plan import changes

    status = run()
    print("正在守候，有变化就重新生成；按 Ctrl-C 结束。", file=sys.stderr)
    try:
        for changed in changes(folders):
            print(f"有变化：{'、'.join(path.name for path in changed)}", file=sys.stderr)
            try:
                status = run()
            except GxgenError as error:
                print(str(error), file=sys.stderr)
                status = 2
    except KeyboardInterrupt:
        print("已结束守候。", file=sys.stderr)
    return status
