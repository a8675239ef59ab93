"""The DOCX writer: a template made ready, filled in, and what was written read back."""
