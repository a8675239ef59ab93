"""Findings and data for people and programs."""
