"""Exceptions: wrong use and environment only.

Faults in an agency's data are never exceptions; they are values, see :mod:`gxgen.diagnostics`.
"""


class GxgenError(Exception):
    """Base of all that gxgen raises on purpose; ``str()`` is a Chinese sentence for the user."""


class UsageError(GxgenError):
    """The command was called in a way that cannot work (exit status 2)."""


class EnvironmentProblemError(GxgenError):
    """Something outside is missing or broken: file, folder, program (exit 2)."""


class TemplateError(GxgenError):
    """A template cannot be used as it stands (exit status 2)."""


class InternalError(GxgenError):
    """A fault of gxgen's own (exit status 3)."""
