"""Rules with a check: one module each, whose docstring is its page."""
