"""A stranger's published report, read: figures with their certainty, sentences, what is left."""
