"""The shipped templates, written by program: ``python -m gxgen.render.scaffold.official``."""
