"""GX2xx: figures between tables, and figures that are hardly plausible."""
