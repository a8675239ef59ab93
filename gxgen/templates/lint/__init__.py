"""A template checked before a report is made with it, each fault at its place."""
