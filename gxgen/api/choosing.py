"""Which county a command is about."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from gxgen.errors import UsageError

if TYPE_CHECKING:
    from gxgen.county.project import County


def chosen_county(name: str | None, inputs: Path) -> County:
    """The county of that name or folder; without a name the only one in ``inputs``.

    Raises:
        UsageError: there is none such, or there are several to choose from.
    """
    from gxgen.county.plan import counties

    folder = Path(name) if name and Path(name).is_dir() else inputs
    found = counties(folder) if folder.is_dir() else []
    if name and folder != Path(name):
        found = [c for c in found if name in (c.name, c.folder.name)]
    if len(found) != 1:
        there = "、".join(c.name for c in counties(inputs)) if found else "没有"
        raise UsageError(f"说不清是哪个县，请写明县名。现有：{there}。")
    return found[0]
