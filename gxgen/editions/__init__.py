"""The editions of the form, each declared once as data."""

from __future__ import annotations

from pathlib import Path

EDITION_IDS = tuple(sorted(path.stem[1:] for path in Path(__file__).parent.glob("y*.py")))
"""Each edition by the year of its notice, oldest first; ``y<year>.py`` declares it."""
PUBLISHED_ONLY = tuple(sorted(path.stem for path in Path(__file__).parent.glob("published_*.py")))
"""Modules of forms that are met in published reports only; no year asks for one."""
