"""A county: its roster and settings, what to build, and building it."""
