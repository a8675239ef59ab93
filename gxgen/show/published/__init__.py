"""A published report as it was read, drawn anew with marks: nothing of its own markup passes."""
