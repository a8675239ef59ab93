"""Measurements against what a user would otherwise run; see README.md in this folder."""
