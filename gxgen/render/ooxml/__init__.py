"""Word files as XML: packages, parts, what is read back from them, whether they are sound."""
