"""The templates of notices that a county has of its own, beside its ``county.toml``."""

from __future__ import annotations

from pathlib import Path

from gxgen.county.digests import digest
from gxgen.county.files import own_bytes
from gxgen.opc.limits import MIB

KIT = "kit"
"""Where the ledger keeps what each file of the kit was made of."""
CHASE, RETURN_TEXT = "催报.txt", "退回通知.txt"
RETURN_LETTER, BULLETIN = "退回通知.docx", "报送情况通报.docx"
TEMPLATES = (CHASE, RETURN_TEXT, RETURN_LETTER, BULLETIN)
"""The file names of the templates of notices."""
MOST_BYTES = 4 * MIB


def own_templates(folder: Path) -> str:
    """Tells a county's own templates from others; empty where it has none."""
    found = [(name, own_bytes(folder / name, MOST_BYTES)) for name in TEMPLATES]
    pieces = [piece for name, data in found if data is not None for piece in (name.encode(), data)]
    return digest(*pieces) if pieces else ""
