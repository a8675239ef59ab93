"""Charts of a report's figures, as data and as drawings."""
