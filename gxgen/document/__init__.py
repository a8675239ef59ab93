"""A report as blocks for every writer, how they look, and what was read back beside them."""
