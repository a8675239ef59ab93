"""The built-in PDF writer, and what was written, by whichever engine, read back."""
