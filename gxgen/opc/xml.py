"""XML out of packages: parsed without entities, document types or network.

How large a part may be is a limit of its package, see :class:`~gxgen.opc.limits.Limits`; lxml's
own limits on depth and on the length of a text stand as well.
"""

from __future__ import annotations

from functools import cache
from html import escape

from lxml import etree
from lxml.etree import _Element


class XmlError(Exception):
    """A part is not well-formed."""


class DoctypeError(XmlError):
    """A part declares a document type, which could declare entities."""


def parse(data: bytes, *, keep: bool = True, cdata: bool = False) -> _Element:
    """The root of a part.

    Args:
        data: the part.
        keep: comments and processing instructions stay; else text runs on over them.
        cdata: CDATA sections stay what they are, for a part that is written again.

    Raises:
        DoctypeError: it declares a document type.
        XmlError: it is not well-formed.
    """
    try:
        root = etree.fromstring(data, _parser(keep, cdata))
    except (etree.XMLSyntaxError, ValueError) as error:
        problem = DoctypeError if b"<!DOCTYPE" in data else XmlError
        raise problem(str(error)) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise DoctypeError
    return root


@cache
def _parser(keep: bool, cdata: bool) -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=not keep,
        remove_pis=not keep,
        strip_cdata=not cdata,
    )


def whole(text: str | None, otherwise: int = 0) -> int:
    """A whole number in an attribute; ``otherwise`` where it is none, or longer than any there."""
    return int(text) if text is not None and text.isdecimal() and len(text) < 10 else otherwise


def namespace(root: _Element) -> str:
    """What stands before each name of its vocabulary in lxml's notation: ``{…}``, or nothing.

    Transitional and Strict packages then read alike.
    """
    return str(root.tag)[: str(root.tag).rfind("}") + 1]


def escaped(text: str) -> str:
    """Text as it stands between tags. The standard library's own for XML loads all that speaks to
    a network: a tenth of what a command takes to start."""
    return escape(text, quote=False)


def quoted(text: str) -> str:
    """An attribute's value in its quotation marks; line breaks and tabs stay what they are."""
    return f'"{escape(text).translate(_BREAKS)}"'


_BREAKS = {ord(sign): f"&#{ord(sign)};" for sign in "\t\n\r"}


def written(root: _Element) -> bytes:
    """A part as it stands in a package."""
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
