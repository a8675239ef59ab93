"""What prints otherwise than it looks: hidden text and fixed text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree
from lxml.etree import _Element

from gxgen.diagnostics import Finding
from gxgen.document.cell import squash
from gxgen.editions.schema import Edition
from gxgen.formats.docx.looks import Looks, look_of, style_looks
from gxgen.formats.docx.read import style_of
from gxgen.formats.docx.wordml import W
from gxgen.model.numbering import section_heading
from gxgen.opc.package import Members
from gxgen.places import DocumentCell
from gxgen.templates.lint.parts import is_on, number_in
from gxgen.templates.lint.sites import Site
from gxgen.templates.lint.tags import scan

INVISIBLE, FIXED_TEXT = "GX616", "GX617"
WHITE = "白色"
HEX, DARK = re.compile("[0-9A-Fa-f]{6}"), 3 * 176
"""A colour, and how light one is at most on which white can be read: red, green, blue added."""
SMALLEST = 6
"""Half points: below that nobody can read a figure."""


def fixed_texts(sites: list[Site], edition: Edition) -> Iterator[Finding]:
    """Paragraphs beside tables and section headings that every report would print as they are."""
    titles = {section_heading(s) for s in edition.sections if s.mark != "0"}
    for site in sites:
        text = squash(site.text)
        plain = text and "{" not in text and "｛" not in text
        if plain and text not in titles and not isinstance(site.place, DocumentCell):
            message = f"模板里的“{site.text.strip()}”是固定文字，会印进每一份报告。"
            yield Finding(FIXED_TEXT, message, site.place, quote=site.text)


def invisible(members: Members, sites: list[Site]) -> Iterator[Finding]:
    """Text that is to be printed and cannot be seen: hidden, white, or too small."""
    looks = style_looks(members)
    known: dict[bytes, str | None] = {}
    for site in sites:
        why = next(filter(None, (_why(run, site, looks, known) for run in _runs(site))), None)
        if why:
            message = f"“{squash(site.text)}”设成了{why}，印出来看不见。"
            yield Finding(INVISIBLE, message, site.place, quote=site.text)


def _why(run: _Element, site: Site, looks: Looks, known: dict[bytes, str | None]) -> str | None:
    """Why a run cannot be seen; ``known`` keeps what is said of each format."""
    properties = run.find(W + "rPr")
    own = b"" if properties is None else etree.tostring(properties)
    format_ = own + (style_of(site.paragraph) or "").encode()
    if format_ not in known:
        known[format_] = _hidden(run, site, looks)
    why = known[format_]
    if why is None or (why == WHITE and not _light(run)):
        return None
    text = "".join(node.text or "" for node in run.iter(W + "t"))
    return why if _prints(site.text) and _prints(text) else None


def _prints(text: str) -> bool:
    """Whether anything is left of a paragraph when its control tags and comments are gone."""
    for tag in scan(text):
        if tag.text.startswith(("{%", "{#")):
            text = text.replace(tag.text, "")
    return bool(text.strip())


def _runs(site: Site) -> Iterator[_Element]:
    return site.paragraph.iter(W + "r") if site.text.strip() else iter(())


def _hidden(run: _Element, site: Site, looks: Looks) -> str | None:
    """What hides a run; whether white does depends on what is behind it."""
    vanish, colour, size = (
        look_of(run, site.paragraph, name, looks) for name in ("vanish", "color", "sz")
    )
    if is_on(vanish):
        return "隐藏文字"
    half_points = number_in(size)
    if half_points is not None and half_points < SMALLEST:
        return "过小的字号"
    white = colour is not None and colour.get(W + "val", "").upper() == "FFFFFF"
    return WHITE if white else None


def _light(run: _Element) -> bool:
    """Whether what lies behind is white or near it: white on a dark ground can be read."""
    for around in (run, *run.iterancestors(W + "p", W + "tc")):
        shade = around.find(f"{W}{around.tag.rpartition('}')[2]}Pr/{W}shd")
        fill = "" if shade is None else shade.get(W + "fill", "")
        if HEX.fullmatch(fill) and sum(bytes.fromhex(fill)) < DARK:
            return False
    return True
