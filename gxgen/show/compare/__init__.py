"""Two years of an agency, or of all agencies of a county: on the screen, as JSON, page and DOCX."""
