"""Files and folders as scripts name them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

Named = Path | str
"""A file or folder; a text is its path."""


def paths_of(given: Sequence[Named] | Named) -> list[Path]:
    """Each of them; one that is given alone is one, as a text is no row of letters here."""
    return [Path(given)] if isinstance(given, Named) else [*map(Path, given)]
