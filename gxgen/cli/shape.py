"""The two ways in which findings and data are printed."""

from enum import StrEnum


class Shape(StrEnum):
    """How findings and data are printed."""

    TEXT = "text"
    JSON = "json"
