"""A finished report judged: the official form of its year, the rules, and what became of it since
it was built. No file, no screen."""
