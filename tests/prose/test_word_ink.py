"""Letters of a Word file that nobody sees are told and not printed; what is seen is printed."""

from __future__ import annotations

import pytest

from tests.prose.test_word_elements import line, read
from tests.prose.word_files import looking, paragraph, run


def filled(inner: str, beside: str = "") -> str:
    return f"{beside}<w14:textFill>{inner}</w14:textFill>"


def solid(colour: str, value: str, changes: str = "") -> str:
    return (
        f'<w14:solidFill><w14:{colour} w14:val="{value}">{changes}</w14:{colour}></w14:solidFill>'
    )


CLEAR, HALF = '<w14:alpha w14:val="100000"/>', '<w14:alpha w14:val="50000"/>'
OUTLINE = f'<w14:textOutline w14:w="9525">{solid("srgbClr", "000000")}</w14:textOutline>'
NO_OUTLINE = "<w14:textOutline><w14:noFill/></w14:textOutline>"
BLACK, WHITE = '<w:color w:val="000000"/>', '<w:color w:val="FFFFFF"/>'
RED = '<w:shd w:val="clear" w:color="auto" w:fill="C00000"/>'
UNSEEN = [
    BLACK + filled("<w14:noFill/>"),
    BLACK + filled("<w14:noFill/>", NO_OUTLINE),
    BLACK + filled(solid("srgbClr", "FFFFFF")),
    BLACK + filled(solid("schemeClr", "bg1")),
    BLACK + filled(solid("schemeClr", "tx1", CLEAR)),
    '<w:color w:val="C00000"/>' + RED,
    '<w:color w:val="c10101"/>' + RED,
    '<w:color w:val="FF0000"/><w:highlight w:val="red"/>',
    '<w:color w:val="FF0000"/><w:shd w:val="solid" w:color="FF0000" w:fill="FFFFFF"/>',
    WHITE + '<w:shd w:val="clear" w:fill="auto"/>',
    WHITE + '<w:shd w:val="nil" w:fill="C00000"/>',
    '<w:color w:themeColor="light1" w:val="FFFFFF"/>',
    '<w:sz w:val="2"/>',
    '<w:w w:val="1"/>',
]
SEEN = [
    # As WPS writes nearly every run, and Word an effect of its gallery.
    BLACK + filled(solid("schemeClr", "tx1")),
    WHITE + filled(solid("schemeClr", "tx1")),
    BLACK + filled(solid("schemeClr", "bg1", '<w14:lumMod w14:val="50000"/>')),
    BLACK + filled(solid("schemeClr", "tx1", HALF)),
    BLACK + filled("<w14:gradFill/>"),
    WHITE + filled("<w14:noFill/>", OUTLINE),
    WHITE + RED,
    BLACK + RED,
    '<w:color w:val="auto"/><w:shd w:val="clear" w:fill="000000"/>',
    '<w:shd w:val="clear" w:fill="000000"/>',
    WHITE + '<w:shd w:val="pct50" w:color="000000" w:fill="FFFFFF"/>',
    '<w:color w:val="FFFF00"/>',
    '<w:color w:val="C0C0C0"/>',
    '<w:color w:themeColor="background1" w:themeShade="A6" w:val="A6A6A6"/>',
    '<w:w w:val="66"/>',
    '<w:highlight w:val="yellow"/>',
    '<w:highlight w:val="none"/>',
]


@pytest.mark.parametrize(
    ("properties", "seen"), [(one, False) for one in UNSEEN] + [(one, True) for one in SEEN]
)
def test_what_nobody_sees_is_told_and_what_is_seen_printed(properties: str, seen: bool) -> None:
    wanted = ("前12后", []) if seen else ("前后", ["GX056"])
    assert line(run("前") + looking("12", properties) + run("后")) == wanted
    styles = f'<w:style w:type="character" w:styleId="C"><w:rPr>{properties}</w:rPr></w:style>'
    named = looking("12", '<w:rStyle w:val="C"/>')
    assert line(run("前") + named + run("后"), styles=styles) == wanted


FLAT = '<w:spacing w:line="1" w:lineRule="exact"/>'
LINES = {
    FLAT: False,
    '<w:spacing w:line="20" w:lineRule="exact"/>': False,
    '<w:spacing w:line="1" w:lineRule="atLeast"/>': True,
    '<w:spacing w:line="1"/>': True,
    '<w:spacing w:line="560" w:lineRule="exact"/>': True,
    '<w:spacing w:before="1" w:line="240" w:lineRule="auto"/>': True,
    '<w:shd w:val="clear" w:fill="000000"/>': True,
}


@pytest.mark.parametrize("properties", LINES)
def test_lines_too_low_to_show_anything_are_told(properties: str) -> None:
    wanted = (["明", "12"], []) if LINES[properties] else (["明"], ["GX056"])
    own = read(paragraph("明"), paragraph("12", properties))
    plain = '<w:style w:type="paragraph" w:styleId="Q"><w:basedOn w:val="P"/></w:style>'
    styles = f'<w:style w:type="paragraph" w:styleId="P"><w:pPr>{properties}</w:pPr></w:style>'
    styled = read(paragraph("明"), paragraph("12", '<w:pStyle w:val="Q"/>'), styles=styles + plain)
    for raw in (own, styled):
        assert ([one.text for one in raw.lines], [f.code for f in raw.findings]) == wanted


def test_a_paragraph_with_room_of_its_own_is_seen_whatever_its_style_says() -> None:
    everywhere = (
        f"<w:docDefaults><w:pPrDefault><w:pPr>{FLAT}</w:pPr></w:pPrDefault></w:docDefaults>"
    )
    room = paragraph("12", '<w:spacing w:line="360" w:lineRule="auto"/>')
    raw = read(room, paragraph("34"), styles=everywhere)
    assert [one.text for one in raw.lines] == ["12"]
    assert [f.code for f in raw.findings] == ["GX056"]


@pytest.mark.parametrize(
    ("ground", "ink", "seen"),
    [("C00000", "FFFFFF", True), ("C00000", "C00000", False), ("auto", "FFFFFF", False)],
)
def test_the_ground_of_a_paragraph_is_its_own_before_its_styles(
    ground: str, ink: str, seen: bool
) -> None:
    shade = '<w:shd w:val="clear" w:fill="{}"/>'
    styles = (
        '<w:style w:type="paragraph" w:styleId="P"><w:pPr>' + shade.format("00B050") + "</w:pPr>"
        "</w:style>"
    )
    block = paragraph(
        looking("12", f'<w:color w:val="{ink}"/>'), f'<w:pStyle w:val="P"/>{shade.format(ground)}'
    )
    raw = read(block, styles=styles)
    assert bool(raw.lines) == seen
    assert [f.code for f in raw.findings] == ([] if seen else ["GX056"])


def test_an_empty_line_of_no_height_is_nobodys_concern() -> None:
    assert read(paragraph("明"), paragraph("<w:r><w:br/></w:r>", FLAT)).findings == []


BLUE = '<w:shd w:val="clear" w:color="auto" w:fill="4472C4"/>'
PLAIN = '<w:shd w:val="clear" w:color="auto" w:fill="auto"/>'
BANDED = (
    '<w:style w:type="table" w:styleId="Banded"><w:tblStylePr w:type="firstRow"><w:tcPr>'
    f'{BLUE}</w:tcPr></w:tblStylePr></w:style><w:style w:type="table" w:styleId="Own">'
    '<w:basedOn w:val="Banded"/></w:style><w:style w:type="table" w:styleId="Grid">'
    f"<w:tcPr>{PLAIN}</w:tcPr></w:style>"
)
OWN = '<w:tblStyle w:val="Own"/>'
TABLES = {  # what is said of the table, of the cell: whether white letters are seen
    ("", ""): False,
    ("", BLUE): True,
    ("", PLAIN): False,
    (BLUE, ""): True,
    (BLUE, PLAIN): False,
    (OWN, ""): True,
    (OWN, PLAIN): False,
    ('<w:tblStyle w:val="Grid"/>', ""): False,
    ('<w:tblStyle w:val="Grid"/>', BLUE): True,
}


@pytest.mark.parametrize(("table", "cell"), TABLES, ids=[f"{n}" for n in range(len(TABLES))])
def test_white_letters_are_seen_on_the_colour_of_their_cell(table: str, cell: str) -> None:
    """Heads of published tables are white on blue: a head that is not read loses its column."""
    body = (
        f"<w:tbl><w:tblPr>{table}</w:tblPr><w:tr><w:tc><w:tcPr>{cell}</w:tcPr>"
        f"<w:p>{looking('白', WHITE)}</w:p></w:tc><w:tc><w:p>{run('黑')}</w:p></w:tc>"
        "</w:tr></w:tbl>"
    )
    (found,) = (f for f in read(body, styles=BANDED).findings if f.code == "GX055")
    assert found.quote == ("白" if TABLES[table, cell] else "黑")
