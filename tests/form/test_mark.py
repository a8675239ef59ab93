"""Marked copies: what is wrong is shown, and nothing else changes."""

from __future__ import annotations

import io
import random
import re
import time
import zipfile
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from openpyxl.styles import Font

from gxgen.diagnostics import Severity, worst_first
from gxgen.editions.declared import EDITIONS
from gxgen.form.layout import FINDINGS_SHEET
from gxgen.form.mark.workbook import findings_workbook, mark_workbook
from gxgen.places import FilePart, Sheet
from tests.factory import checked
from tests.form.mark_support import (
    changed,
    differences,
    faulty,
    filled,
    finding,
    load,
    marked,
    marks,
    mend,
    parts,
    with_part,
)

QUICK = settings(
    max_examples=8,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)


def test_nothing_but_the_marks_changes() -> None:
    data, diagnostics = faulty()
    assert {d.severity for d in diagnostics} == set(Severity)
    prefilled = {"说明: values", "说明: cached values"}
    assert set(differences(data, marked(data, diagnostics))) <= prefilled


@pytest.mark.parametrize("edition", EDITIONS.values(), ids=EDITIONS)
def test_each_error_and_warning_is_marked_in_its_cell(edition) -> None:
    data = changed(filled(edition), lambda book: book["表三"].__setitem__("E9", "多"))
    found = list(checked(data).diagnostics)
    book = load(marked(data, found))
    expected = {(d.place.sheet, d.place.cell) for d in found if d.severity is not Severity.NOTE}
    assert marks(book) == expected != set()
    for one in found:
        comment = book[one.place.sheet][one.place.cell].comment.text
        assert one.code in comment and one.message in comment and one.hint in comment


def test_several_findings_of_one_cell_share_a_comment_and_the_worst_colours_it() -> None:
    both = [finding("表三", (8, 6), Severity.WARNING, "甲"), finding("表三", (8, 6), message="乙")]
    book = load(marked(filled(), both))
    cell = book["表三"]["G9"]
    assert cell.comment.text.index("乙") < cell.comment.text.index("甲")
    colours = [
        load(marked(filled(), some))["表三"]["G9"].fill.fgColor.rgb
        for some in (both, both[1:], both[:1])
    ]
    assert colours[0] == colours[1] != colours[2]


def test_the_list_holds_every_finding_with_a_link_and_is_shown_first() -> None:
    data, diagnostics = faulty()
    diagnostics += [
        replace(diagnostics[0], code="GX999", place=None),
        replace(diagnostics[0], code="GX998", place=FilePart("a.docx")),
        replace(diagnostics[0], code="GX997", place=Sheet("表三")),
        replace(diagnostics[0], code="GX996", place=Sheet("_gxgen")),
    ]
    book = load(marked(data, diagnostics))
    sheet = book[FINDINGS_SHEET]
    assert book.active.title == FINDINGS_SHEET
    assert [s.title for s in book if s.sheet_view.tabSelected] == [FINDINGS_SHEET]
    rows = list(sheet.iter_rows(min_row=4, max_col=6))
    expected = worst_first(diagnostics)
    assert [r[2].value for r in rows] == [d.code for d in expected]
    assert [r[4].value for r in rows] == [d.message for d in expected]
    assert [r[5].value for r in rows] == [d.hint for d in expected]
    links = {r[2].value: r[3].hyperlink and r[3].hyperlink.location for r in rows}
    assert links["GX997"] == "'表三'!A1"
    assert links["GX999"] is links["GX998"] is links["GX996"] is None
    assert {r[3].hyperlink.location for r in rows if r[2].value == "GX020"} >= {"'表三'!D12"}
    assert not sheet.protection.sheet


def test_untouched_parts_keep_their_bytes() -> None:
    data = filled()
    old, new = parts(data), parts(marked(data, [finding("表三", (8, 6))]))
    assert {name for name in old if old[name] != new[name]} == {
        "[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml",
        "xl/worksheets/sheet1.xml", "xl/worksheets/sheet4.xml",
    }  # fmt: skip
    assert old["xl/worksheets/sheet1.xml"].replace(b' tabSelected="1"', b"") == new[
        "xl/worksheets/sheet1.xml"
    ].replace(b"'1.0' encoding='UTF-8'", b"")


def test_the_copy_checks_the_same_and_a_mended_one_passes() -> None:
    data, diagnostics = faulty()
    copy = marked(data, diagnostics)
    assert list(checked(copy).diagnostics) == diagnostics
    assert checked(copy).report == checked(data).report
    mended = checked(changed(copy, mend))
    assert mended.passed and not mended.diagnostics


def test_the_same_input_gives_the_same_bytes() -> None:
    data, diagnostics = faulty()
    dice = random.Random(1)
    shuffled = dice.sample(diagnostics, len(diagnostics))
    copy = marked(data, diagnostics)
    assert copy == marked(data, shuffled)
    with zipfile.ZipFile(io.BytesIO(copy)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    listed = [load(findings_workbook(some, "")) for some in (diagnostics, shuffled)]
    assert len({str(list(book.active.values)) for book in listed}) == 1


@QUICK
@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 20)), min_size=1, max_size=12))
def test_any_cell_can_be_marked(cells) -> None:
    """Blank, beyond the table, merged: nothing else changes wherever the finding lies."""
    data = filled()
    copy = marked(data, [finding("表三", at) for at in cells])
    left = [d for d in differences(data, copy) if d != "表三: dimensions"]
    assert left == []
    assert 1 <= len(marks(load(copy))) <= len(set(cells))
    assert checked(copy) == checked(data)


HOSTILE = st.text(max_size=40) | st.sampled_from(
    ["=1+1", "+A1", "-2", "@x", '=HYPERLINK("http://x")', "_x000D_", "\x00\x01a", "<b>&\"']]>"]
)


@QUICK
@given(HOSTILE, HOSTILE)
def test_text_stays_text(message: str, hint: str) -> None:
    one = replace(finding("表三", (8, 6)), message=message, hint=hint, agency=message)
    for copy in (marked(filled(), [one]), findings_workbook([one], message)):
        sheet = load(copy)[FINDINGS_SHEET]
        assert {c.data_type for row in sheet for c in row if c.value is not None} <= {"s", "n"}
        assert b"<f" not in parts(copy)[f"xl/worksheets/sheet{len(load(copy).sheetnames)}.xml"]
        said = sheet["E4"].value or ""
        wanted = [c for c in message.replace("_x", "") if c.isalnum()]
        assert [c for c in said.replace("_x005F_", "_").replace("_x", "") if c.isalnum()] == wanted


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"%PDF-1.7",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
        b"PK\x03\x04rest",
        b"a,b",
    ],
    ids=["empty", "pdf", "xls", "cut", "csv"],
)
def test_what_is_no_workbook_gets_a_list_of_its_own(data: bytes) -> None:
    found = list(checked(data).diagnostics)
    assert mark_workbook(data, found) is None
    book = load(findings_workbook(found, "某局错误清单"))
    assert book.sheetnames == [FINDINGS_SHEET]
    assert book[FINDINGS_SHEET]["E4"].value == found[0].message


STRICT = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
USUAL = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"


@pytest.mark.parametrize(
    ("part", "change"),
    [
        ("xl/workbook.xml", lambda x: x.replace(USUAL, STRICT)),
        ("xl/worksheets/sheet4.xml", lambda x: x.replace(USUAL, STRICT)),
        ("xl/styles.xml", lambda x: x[:500]),
        ("xl/styles.xml", lambda x: b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>" + x),
        ("[Content_Types].xml", lambda x: b""),
        ("xl/_rels/workbook.xml.rels", lambda x: x.replace(b"relationships/styles", b"x/none")),
    ],
)
def test_what_cannot_be_marked_safely_is_not_marked(part, change) -> None:
    assert mark_workbook(with_part(filled(), part, change), [finding("表三", (8, 6))]) is None


def test_damage_anywhere_never_raises() -> None:
    """A byte changed or a piece cut out of any part: a copy that opens, or none."""
    dice = random.Random(20)
    data = marked(*faulty())
    names = [n for n in parts(data) if n.endswith((".xml", ".rels", ".vml"))]
    for _ in range(150):
        name = dice.choice(names)

        def hurt(content: bytes) -> bytes:
            at = dice.randrange(len(content))
            return (
                content[:at]
                + bytes([dice.choice(b'0"<>&/ 9A-')])
                + content[at + dice.choice((0, 1, 9)) :]
            )

        copy = mark_workbook(with_part(data, name, hurt), [finding("表三", (8, 6))])
        assert copy is None or parts(copy)


def test_rows_and_cells_without_address() -> None:
    """Some writers leave the address out where it follows from the one before."""
    part = "xl/worksheets/sheet4.xml"
    plain = with_part(filled(), part, lambda x: re.sub(rb'<(row|c) r="[A-Z0-9]+"', rb"<\1", x))
    copy = marked(plain, [finding("表三", (8, 6)), finding("表三", (60, 2))])
    assert marks(load(copy)) == {("表三", "G9"), ("表三", "C61")}
    assert checked(copy) == checked(plain)


def test_a_cell_that_was_not_there_looks_like_its_row_or_column() -> None:
    def dress(book) -> None:
        sheet = book["表三"]
        sheet.column_dimensions["N"].font = Font(italic=True)
        sheet.row_dimensions[50].font = Font(bold=True)

    data = changed(filled(), dress)
    copy = marked(data, [finding("表三", (44, 13)), finding("表三", (49, 13))])
    sheet = load(copy)["表三"]
    assert sheet["N45"].font.i and sheet["N50"].font.b and not sheet["N50"].font.i
    assert not load(marked(copy, []))["表三"]["N45"].fill.fill_type


BUTTON = (
    b'<xml xmlns:v="urn:schemas-microsoft-com:vml" '
    b'xmlns:o="urn:schemas-microsoft-com:office:office"'
    b' xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit">'
    b'<o:idmap v:ext="edit" data="3"/></o:shapelayout><v:shape id="_x0000_s3073" o:button="t">'
    b'<v:textbox>A<br>B</v:textbox><x:ClientData ObjectType="Button"><x:Row>8</x:Row>'
    b"<x:Column>6</x:Column></x:ClientData></v:shape></xml>"
)
"""Not well-formed, as Excel writes it."""


def test_other_shapes_of_the_sheet_are_kept() -> None:
    def name_it(sheet: bytes) -> bytes:
        assert b"<legacyDrawing" not in sheet
        return sheet.replace(b"</worksheet>", b'<legacyDrawing r:id="rId7"/></worksheet>')

    data = with_part(filled(), "xl/worksheets/sheet4.xml", name_it)
    data = with_part(data, "xl/drawings/vmlDrawing1.vml", lambda _: BUTTON)
    data = with_part(
        data,
        "xl/worksheets/_rels/sheet4.xml.rels",
        lambda _: (
            b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
            b'relationships"><Relationship Id="rId7" Type="http://schemas.openxmlformats.org/'
            b'officeDocument/2006/relationships/vmlDrawing" '
            b'Target="../drawings/vmlDrawing1.vml"/></Relationships>'
        ),
    )
    copy = marked(data, [finding("表三", (8, 6))])
    drawn = parts(copy)["xl/drawings/vmlDrawing1.vml"]
    assert drawn.startswith(BUTTON[: -len(b"</xml>")]) and b'id="_x0000_s3074"' in drawn
    assert parts(copy)["xl/worksheets/sheet4.xml"].count(b"<legacyDrawing") == 1
    clean = parts(marked(copy, []))["xl/drawings/vmlDrawing1.vml"]
    assert b'"Note"' not in clean and b"_x0000_s3073" in clean


def test_a_sheet_of_the_agency_with_the_same_name_is_kept() -> None:
    data = changed(filled(), lambda book: book.create_sheet(FINDINGS_SHEET).append(["我的"]))
    book = load(marked(data, [finding("表三", (8, 6))]))
    assert book[FINDINGS_SHEET]["A1"].value == "我的"
    assert book.active.title == f"{FINDINGS_SHEET}（2）"


def test_hundreds_of_findings() -> None:
    data = filled()
    found = [finding("表三", (row, column)) for row in range(7, 32) for column in range(3, 10)]
    copy = marked(data, found)
    assert list(differences(data, copy)) == []
    assert len(marks(load(copy))) == len(found)


def test_it_is_fast() -> None:
    data, diagnostics = faulty()
    marked(data, diagnostics)
    reading = min(_seconds(lambda: load(data)) for _ in range(5))
    marking = min(_seconds(lambda: marked(data, diagnostics)) for _ in range(5))
    assert marking < reading / 3  # an eighth of it, in processor time


def _seconds(done: Callable[[], object]) -> float:
    start = time.process_time()
    done()
    return time.process_time() - start


def test_boxes_are_large_enough_and_beside_their_cells() -> None:
    data, diagnostics = faulty()
    copy = parts(marked(data, diagnostics))
    boxes = re.findall(
        r"width:(\d+)pt;height:(\d+)pt.*?<x:Anchor>([\d, ]+)</x:Anchor>.*?"
        r"<x:Row>(\d+)</x:Row><x:Column>(\d+)<",
        "".join(copy[name].decode() for name in copy if name.endswith(".vml")),
    )
    assert len(boxes) == len(marks(load(marked(data, diagnostics))))
    for width, height, anchor, row, column in boxes:
        left, over, top, _, right, beyond, bottom, _ = map(int, anchor.split(", "))
        assert int(width) >= 200 and int(height) >= 40
        assert int(column) < left and (left, over) < (right, beyond)
        assert top <= int(row) <= bottom
