"""A return copy: the agency's own workbook with what is wrong marked in it."""
