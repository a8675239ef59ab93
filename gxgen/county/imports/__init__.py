"""Reports that were published, or records of them, taken in as forms: one, or thousands."""
