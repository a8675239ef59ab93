"""From a report to documents, and templates."""
