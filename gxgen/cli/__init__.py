"""The command line: parse, call :mod:`gxgen.api`, print, exit."""

from gxgen.cli.main import main

__all__ = ["main"]
