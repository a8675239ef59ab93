"""GX6xx: what was written, and templates."""
