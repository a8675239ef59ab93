"""A report's audit as text, JSON and a page."""
