"""Prose: how a text is laid out in headings and paragraphs."""
