"""A sheet's XML says the same however it is written: values, formulas, errors, hidden lines."""

from __future__ import annotations

import datetime as dt

import pytest

from gxgen.form.read.cells import NamelessError, SheetCells, Strings, read_cells, shared_strings
from gxgen.form.read.styles import Styles, read_styles
from gxgen.opc.xml import parse

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
STRINGS = (
    "<si><t>甲</t></si><si/><si><t/></si>"
    '<si><r><t>乙 </t></r><r><rPr><b/></rPr><t xml:space="preserve"> 丙</t></r>'
    '<rPh sb="0" eb="1"><t>bing</t></rPh><phoneticPr fontId="1"/></si>'
    "<si><t> 丁_x000D_&amp;</t></si>"
)
FORMATS = ("General", "yyyy-mm-dd", "[h]:mm", '0" d"', "[$-409]d", "#,##0;[Red]d", r"\d0", "@")


def read(row: str, *, since_1904: bool = False) -> SheetCells:
    return sheet(f'<row r="1">{row}</row>', since_1904=since_1904)


def sheet(rows: str, head: str = "", space: str = MAIN, *, since_1904: bool = False) -> SheetCells:
    xml = f'<worksheet xmlns="{space}">{head}<sheetData>{rows}</sheetData></worksheet>'
    strings = shared_strings(parse(f'<sst xmlns="{space}">{STRINGS}</sst>'.encode()))
    own = "".join(
        f'<numFmt numFmtId="{200 + n}" formatCode="{code.replace(chr(34), "&quot;")}"/>'
        for n, code in enumerate(FORMATS)
    )
    used = "".join(f'<xf numFmtId="{200 + n}"/>' for n in range(len(FORMATS)))
    styles = f"<numFmts>{own}</numFmts><cellXfs>{used}</cellXfs>"
    part = f'<styleSheet xmlns="{space}">{styles}</styleSheet>'.encode()
    styles = read_styles(part, since_1904=since_1904)
    return read_cells("表", parse(xml.encode(), keep=False), strings, styles)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ('<c r="A1"><v>1.5</v></c>', 1.5),
        ('<c r="A1" t="n"><v>1E3</v></c>', 1000.0),
        ('<c r="A1"><v>十二</v></c>', "十二"),
        ('<c r="A1"><v>1_0</v></c>', "1_0"),
        ('<c r="A1"><v>１２</v></c>', "１２"),
        ('<c r="A1"><v>٣</v></c>', "٣"),
        ('<c r="A1" t="s"><v>0</v></c>', "甲"),
        ('<c r="A1" t="s"><v>1</v></c>', None),
        ('<c r="A1" t="s"><v>2</v></c>', None),
        ('<c r="A1" t="s"><v>3</v></c>', "乙 丙"),
        ('<c r="A1" t="s"><v>4</v></c>', "丁\r&"),
        ('<c r="A1" t="str"><f>B1</f><v> 戊<!-- -->己_x000A_</v></c>', " 戊己\n"),
        ('<c r="A1" t="inlineStr"><is><t>庚</t><r><t>辛</t></r></is></c>', "庚辛"),
        ('<c r="A1"><is><t>壬</t></is></c>', "壬"),
        ('<c r="A1" t="b"><v>1</v></c>', True),
        ('<c r="A1" t="b"><v>0</v></c>', False),
        ('<c r="A1" t="d"><v>2024-01-02</v></c>', dt.date(2024, 1, 2)),
        ('<c r="A1" t="d"><v>2024-01-02T03:04:05</v></c>', dt.datetime(2024, 1, 2, 3, 4, 5)),
        ('<c r="A1" t="e"><v>#N/A</v></c>', None),
        ('<c r="A1"><v/></c>', None),
        ('<c r="A1" s="1"/>', None),
    ],
)
def test_a_cell_holds(cell: str, value: object) -> None:
    found = read(cell).at(0, 0)
    assert found == value
    assert isinstance(found, type(value))


@pytest.mark.parametrize(
    ("style", "serial", "value"),
    [
        (0, "45300", 45300.0),
        (1, "45300", dt.date(2024, 1, 9)),
        (1, "45300.5", dt.datetime(2024, 1, 9, 12)),
        (1, "0.25", dt.time(6)),
        (1, "1", dt.date(1900, 1, 1)),
        (1, "59", dt.date(1900, 2, 28)),
        (1, "61", dt.date(1900, 3, 1)),
        (1, "2958466", 2958466.0),
        (2, "1.5", dt.timedelta(days=1, hours=12)),
        (3, "7", 7.0),
        (4, "45300", dt.date(2024, 1, 9)),
        (5, "7", 7.0),
        (6, "7", 7.0),
        (7, "7", 7.0),
        (99, "7", 7.0),
    ],
)
def test_a_number_is_a_date_by_its_format(style: int, serial: str, value: object) -> None:
    found = read(f'<c r="A1" s="{style}"><v>{serial}</v></c>').at(0, 0)
    assert (type(found), found) == (type(value), value)


def test_days_may_be_counted_from_1904() -> None:
    cell = '<c r="A1" s="1"><v>43838</v></c>'
    assert read(cell, since_1904=True).at(0, 0) == dt.date(2024, 1, 9)


@pytest.mark.parametrize("cell", ['t="s"><v>9</v>', 't="n"><v>abc</v>', 't="zz"><v>1</v>'])
def test_what_is_none_of_its_kind_is_an_error(cell: str) -> None:
    with pytest.raises((ValueError, LookupError)):
        read(f'<c r="A1" {cell}</c>')


CELLS = (
    '<c r="A1"><v>1</v></c><c r="B1"><f>A1</f></c><c r="C1" t="e"><f>A1</f><v>#N/A</v></c>'
    '<c r="D1"><f>A1</f><v>1</v></c><c r="E1" t="e"><v>#REF!</v></c><c r="F1" s="1"/>'
    '<c r="G1" t="str"><f>A1</f><v></v></c><c r="H1" t="e"><v/></c><c r="I1"><v>9</v></c>'
)


@pytest.mark.parametrize("shape", ["usual", "prefixed", "strict", "quotes", "comment", "nameless"])
def test_a_sheet_says_the_same_however_it_is_written(shape: str) -> None:
    row = f'<row r="1">{CELLS}</row>'
    xml = f'<worksheet xmlns="{MAIN}"><sheetData>{row}</sheetData></worksheet>'
    if shape == "prefixed":
        xml = xml.replace("</", "</x:").replace("<", "<x:").replace("<x:/x:", "</x:")
        xml = xml.replace("xmlns=", "xmlns:x=")
    elif shape == "strict":
        xml = xml.replace(MAIN, STRICT)
    elif shape == "quotes":
        xml = xml.replace('r="B1"', "r='B1'")
    elif shape == "comment":
        xml = xml.replace("<sheetData>", '<!-- <c r="Z9" t="e"><f/></c> --><sheetData>')
    elif shape == "nameless":
        xml = xml.replace(' r="1"', "")
        for letter in "ABCDEFGHI":
            xml = xml.replace(f' r="{letter}1"', "")
    cells = read_cells("表", parse(xml.encode(), keep=False), Strings(), Styles())
    assert cells.values == {(0, 0): 1.0, (0, 3): 1.0, (0, 8): 9.0}
    assert cells.formulas == {(0, 1), (0, 2), (0, 3), (0, 6)}
    assert cells.uncached == {(0, 1), (0, 6)}
    assert cells.errors == {(0, 2): "#N/A", (0, 4): "#REF!", (0, 7): "#N/A"}
    assert cells.last == (0, 8)


def test_lines_without_number_follow_the_one_before() -> None:
    cells = sheet(
        '<row r="3"><c><v>1</v></c></row><row><c r="C4"><v>2</v></c><c><v>3</v></c></row>'
    )
    assert cells.values == {(2, 0): 1.0, (3, 2): 2.0, (3, 3): 3.0}
    assert cells.height == 4


def test_hidden_lines_are_known() -> None:
    columns = (
        '<cols><col min="2" max="3" hidden="1"/><col min="5" max="16384" hidden="true"/></cols>'
    )
    rows = '<row r="1"/><row r="2" hidden="1"/><row r="4" hidden="true"/><row r="6" hidden="0"/>'
    cells = sheet(rows, columns)
    assert cells.hidden_rows == {1, 3}
    assert cells.hidden_columns == {1, 2, *range(4, 400)}


@pytest.mark.parametrize("second", ["<v>4</v>", "<is><t>丙</t></is>", "<f>B1</f><v>3</v>"])
def test_two_cells_of_one_name_are_refused(second: str) -> None:
    with pytest.raises(NamelessError, match="有两格都叫A1"):
        read(f'<c r="A1"><v>3</v></c><c r="B1"><v>1</v></c><c r="A1">{second}</c>')


@pytest.mark.parametrize("number", ["1_0", "１２", "٣"])
def test_what_only_python_takes_for_a_number_is_none(number: str) -> None:
    with pytest.raises(ValueError):
        read(f'<c r="A1" t="n"><v>{number}</v></c>')


@pytest.mark.parametrize("index", ["-1", "0_1", "１", "5", "", "x"])
def test_a_text_that_is_not_there_is_not_another(index: str) -> None:
    try:
        value = read(f'<c r="A1" t="s"><v>{index}</v></c>').values.get((0, 0))
    except (ValueError, LookupError):
        return
    assert value is None
