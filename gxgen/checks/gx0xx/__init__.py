"""GX0xx: reading the workbook and its neighbour text."""
