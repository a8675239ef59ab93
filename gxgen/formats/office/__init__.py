"""LibreOffice as a converter: found, kept warm, watched, and its output mended."""
