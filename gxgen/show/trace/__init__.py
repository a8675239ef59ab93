"""Where the numbers of a report come from: on the screen, as JSON, as a page."""
