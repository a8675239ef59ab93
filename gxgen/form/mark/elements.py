"""SpreadsheetML as marks write it: tags, attributes, new parts."""

from __future__ import annotations

from typing import Any

from lxml import etree
from lxml.etree import _Element

from gxgen.opc.relations import OFFICE

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATION = f"{{{OFFICE}}}id"
"""The attribute that names a relation."""
SPACE = "{http://www.w3.org/XML/1998/namespace}space"


class UnmarkableError(Exception):
    """The workbook is of a kind that cannot be changed without risk."""


def q(name: str) -> str:
    """A tag in lxml's notation: ``q("row")`` → ``{…/main}row``."""
    return f"{{{MAIN}}}{name}"


def new_root(name: str) -> _Element:
    """The root of a new part, its namespace the default one, relation ids under ``r``."""
    spaces: dict[Any, str] = {None: MAIN, "r": OFFICE}  # lxml's types know named ones only
    return etree.Element(q(name), nsmap=spaces)


def remove(element: _Element) -> None:
    """Take an element out of its parent."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
