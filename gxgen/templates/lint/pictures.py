"""Whether a part that says it is a picture is one, and brings in nothing."""

from __future__ import annotations

import re

from lxml.etree import _Element

from gxgen.opc.xml import XmlError, parse

SVG = "image/svg+xml"
_BEGINNINGS = (
    b"\x89PNG\r\n\x1a\n",
    b"\xff\xd8\xff",
    b"GIF87a",
    b"GIF89a",
    b"BM",
    b"II*\0",
    b"MM\0*",
    b"II\xbc",
    b"\x01\0\0\0",
    b"\xd7\xcd\xc6\x9a",
    b"\x01\0\x09\0",
    b"\x02\0\x09\0",
    b"\x1f\x8b",
    b"RIFF",
)
"""How PNG, JPEG, GIF, BMP, TIFF, HD Photo, EMF, WMF, their packed forms and WebP begin. Which of
them a part says it is does not matter: programs look at the beginning, too."""
_RUNS = {"script", "handler", "listener", "foreignObject", "iframe", "embed", "object", "audio",
         "video"}  # fmt: skip
_OWN = re.compile(r"\s*(?:#|data:image/(?:png|jpe?g|gif|bmp)[;,]|$)")
_REACHES = re.compile(r"@import|url\(\s*[\"']?\s*(?!#|[\"'\s#])", re.IGNORECASE)


def fault(kind: str, content: bytes) -> str | None:
    """What is wrong with a picture of that content type, in Chinese."""
    if kind.lower() != SVG:
        return None if content.startswith(_BEGINNINGS) else "内容不是图片"
    try:
        root = parse(content, keep=False)
    except XmlError:
        return "内容不是有效的SVG"
    return "里面有脚本，或引用了外面的内容" if any(map(_reaches_out, root.iter("*"))) else None


def _reaches_out(node: _Element) -> bool:
    """Whether an element of an SVG runs something or takes something from elsewhere."""
    values = {str(name).rpartition("}")[2]: str(value) for name, value in node.attrib.items()}
    return (
        str(node.tag).rpartition("}")[2] in _RUNS
        or any(name.lower().startswith("on") for name in values)
        or not all(_OWN.match(values.get(name, "")) for name in ("href", "src"))
        or any(map(_REACHES.search, (*values.values(), node.text or "")))
    )
