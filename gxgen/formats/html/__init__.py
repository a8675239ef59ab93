"""The HTML writer: page and fragment, and what was written read back."""
