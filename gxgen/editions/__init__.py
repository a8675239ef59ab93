"""The editions of the form, each declared once as data."""

from __future__ import annotations

EDITION_IDS = ("2019", "2021")
"""Each edition by the year of its notice, oldest first; ``y<year>.py`` declares it."""
