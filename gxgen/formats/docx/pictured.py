"""What a template of an illustrated edition can name besides: pictures, marks, emphasis."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from gxgen.document.blocks import Document, HeadingBlock
from gxgen.document.illustrated.icons import icon_of
from gxgen.document.illustrated.palettes import Palette
from gxgen.document.illustrated.totals import OVERVIEW
from gxgen.formats.docx.context import Context, loops, slot
from gxgen.formats.docx.environment import print_value
from gxgen.formats.drawings.slots import Drawn
from gxgen.formats.emphasis import LEAD, NUMBER, Emphasis, Piece

STYLES = {NUMBER: "ClaimedNumber", LEAD: "LeadWords"}
"""Styles of characters for what is told from the rest of a paragraph."""
COVER_AGENCY, COVER_LONG_AGENCY = "CoverAgency", "CoverLongAgency"
HEADING, LONG_HEADING = "PartHeading", "LongPartHeading"
"""Styles of characters of second headings, usual ones and long ones."""
LONGEST = 26
"""Characters of a heading that is set as large as usual."""
BODY_TEXT, BLOCK_TEXT = "BodyText", "BlockText"
"""Styles of paragraphs, and of those under a numbered heading."""
LONG_NAME = 15
"""Characters of an agency's name that is set as large as usual on the cover."""
INDENTED = 13.0
"""Millimetres that text under a numbered block stands in from the margin."""
_PLAIN = '</w:t></w:r><w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr><w:t xml:space="preserve">'
_STYLED = (
    '</w:t></w:r><w:r><w:rPr><w:rStyle w:val="{}"/><w:rFonts w:hint="eastAsia"/></w:rPr>'
    '<w:t xml:space="preserve">'
)


def add_pictures(context: Context, document: Document, colours: Palette) -> None:
    """Fill in what pictures, marks and emphasis a template may ask for."""
    drawn, emphasis = Drawn(document.illustration, colours), Emphasis(document)
    over, under = document.placed
    context["pictures"] = drawn.general
    context["title"] = _title(document)
    for mark, blocks in document.sections.items():
        own = list(filter(loops, blocks))
        indented = False
        for block, words in zip(own, context[slot(mark)], strict=True):
            if isinstance(block, HeadingBlock):
                indented = block.level > 2
                _head(block, words, drawn)
            else:
                indented = indented and block.level != 2
                words["text"] = _emphasised(emphasis.pieces(block.text, opening=not block.lead))
                words["style"] = BLOCK_TEXT if indented else BODY_TEXT
            if mark == OVERVIEW and block is over:
                words["above"] = drawn.above
            if mark == OVERVIEW and block is under:
                words["below"] = drawn.below(INDENTED if indented else 0.0)


def _head(block: HeadingBlock, words: Context, drawn: Drawn) -> None:
    words["numeral"] = block.numeral or block.number
    if block.level == 2:
        words["icon"] = drawn.ring(icon_of(block.text))
        words["look"] = LONG_HEADING if len(block.text) > LONGEST else HEADING


def _title(document: Document) -> Markup:
    """The agency larger than the line below it, as far as it is short."""
    *agency, last = document.title.lines
    small = sum(map(len, agency)) > LONG_NAME
    name = print_value("\n".join(agency))
    look = _STYLED.format(COVER_LONG_AGENCY if small else COVER_AGENCY)
    return Markup(f"{look}{name}</w:t><w:br/>{_PLAIN.removeprefix('</w:t>')}{print_value(last)}")  # noqa: S704


def _emphasised(pieces: Iterable[Piece]) -> Markup | str:
    """A paragraph's words, the run changed where they are told from the rest."""
    parts = list(pieces)
    if not any(piece.kind for piece in parts):
        return "".join(piece.text for piece in parts)
    out = []
    for piece in parts:
        change = _STYLED.format(STYLES[piece.kind]) if piece.kind else _PLAIN
        out.append(change + print_value(piece.text))
    return Markup("".join(out))  # noqa: S704 - each piece has been escaped
