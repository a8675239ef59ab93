"""The shipped templates, written by program: ``python -m gxgen.templates.scaffold.official``."""
