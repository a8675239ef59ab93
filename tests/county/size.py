"""How large the county is that is proved from end to end."""

from __future__ import annotations

import os

COUNTY = int(os.environ.get("GXGEN_COUNTY", "2"))
"""Agencies; ``GXGEN_COUNTY=100`` for the long run."""
YEARS = (2021, 2020)
"""The first year of one edition of the form and the last of the other."""
