"""Two years of one agency beside each other: figures, and sentences. No file, no screen."""
