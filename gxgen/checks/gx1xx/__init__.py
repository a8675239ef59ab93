"""GX1xx: figures inside one table."""
