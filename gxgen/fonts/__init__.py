"""Typefaces: which are here, which stand in for which, and what they lack."""
