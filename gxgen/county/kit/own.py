"""The templates of notices that a county has of its own, beside its ``county.toml``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePath

from gxgen.county.digests import digest
from gxgen.county.files import own_bytes, safe_name
from gxgen.county.outputs import CHASE, NOTICES
from gxgen.opc.limits import MIB

KIT = "kit"
"""Where the ledger keeps what each file of the kit was made of."""
RETURN_TEXT = "退回通知.txt"
RETURN_LETTER, BULLETIN = "退回通知.docx", "报送情况通报.docx"
TEMPLATES = (CHASE, RETURN_TEXT, RETURN_LETTER, BULLETIN)
"""The file names of the templates of notices."""
MOST_BYTES = 4 * MIB


@dataclass(frozen=True, slots=True)
class Only:
    """Which parts of the kit a run without a build is about: 催报, 退回通知; those to ``units``
    only, or to all where none is named."""

    chase: bool = False
    notices: bool = False
    units: frozenset[str] = frozenset()

    def wants(self, name: str, agency: str | None = None) -> bool:
        """Whether a file of a year's folder is among them; ``agency`` is whom it is sent to, where
        that is known better than by its name."""
        if name == CHASE:
            return self.chase
        place, _, file = name.rpartition("/")
        return place == NOTICES and self.tells(agency or PurePath(file).stem)

    def tells(self, agency: str) -> bool:
        """Whether a notice to a unit is asked for, by its name or as files are called after it."""
        named = not self.units or agency in self.units
        return self.notices and (named or agency in map(safe_name, self.units))


def own_templates(folder: Path) -> str:
    """Tells a county's own templates from others; empty where it has none."""
    found = [(name, own_bytes(folder / name, MOST_BYTES)) for name in TEMPLATES]
    pieces = [piece for name, data in found if data is not None for piece in (name.encode(), data)]
    return digest(*pieces) if pieces else ""
