"""GX7xx: the county: who filed what, and the roll-up."""
