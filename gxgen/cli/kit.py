"""What is said of the officer's kit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path


def kit_lines(kit: Sequence[Path]) -> Iterator[str]:
    """Where the officer's kit lies: each file, and of notices to units their folder."""
    from gxgen.county.outputs import NOTICES  # late: most commands do not need the county

    folders = Counter(path.parent for path in kit if path.parent.name == NOTICES)
    for path in (*(one for one in kit if one.parent not in folders), *folders):
        letters = f"（{folders[path] // 2}个单位，各有文字和公文两种）" if path in folders else ""
        yield f"  {path}{letters}"
