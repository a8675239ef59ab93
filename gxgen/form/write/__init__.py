"""The Excel form written: empty, prefilled from last year, or filled with a report."""
