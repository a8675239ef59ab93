"""GX3xx: figures between years."""
