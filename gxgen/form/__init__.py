"""The Excel form: written empty or prefilled, filled from data, and read back."""
