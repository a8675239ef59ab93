"""Workbooks that are made to hurt: each says much more in few bytes than any form."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape

from gxgen.form.labels import plan
from tests.form.faulty.form import Form

MANY = 100_000


def into_rows(form: Form, sheet: str, rows: str) -> Form:
    """More rows at the end of a sheet."""
    part = form.part(sheet)
    form.parts[part] = form.parts[part].replace(b"</sheetData>", f"{rows}</sheetData>".encode())
    return form


def behind_rows(form: Form, sheet: str, elements: str) -> Form:
    """Elements behind a sheet's rows."""
    part = form.part(sheet)
    form.parts[part] = form.parts[part].replace(b"</sheetData>", f"</sheetData>{elements}".encode())
    return form


def into(form: Form, part: str, before: str, new: str) -> Form:
    """Something before the last occurrence of a text in a part."""
    head, end, tail = form.parts[part].rpartition(before.encode())
    assert end, before
    form.parts[part] = head + new.encode() + end + tail
    return form


def strings(form: Form, items: str) -> int:
    """Texts added to the shared ones; the number of the first."""
    part = "xl/sharedStrings.xml"
    number = form.parts[part].count(b"<si>")
    into(form, part, "</sst>", items)
    return number


def cells(count: int, inner: str, attributes: str = "", wide: int = 300, top: int = 100) -> str:
    """Rows of cells without names."""
    cell = f"<c{attributes}>{inner}</c>"
    rows, rest = divmod(count, wide)
    row = f"<row>{cell * wide}</row>"
    return f'<row r="{top}">{cell * rest}</row>' + row * rows


def texts(count: int, of: Callable[[int], str], *, top: int = 100, wide: int = 200) -> str:
    """Rows of inline texts."""
    made = [f'<c t="inlineStr"><is><t>{escape(of(n))}</t></is></c>' for n in range(count)]
    rows = [made[at : at + wide] for at in range(0, count, wide)]
    return f'<row r="{top}"/>' + "".join(f"<row>{''.join(row)}</row>" for row in rows)


def labels(form: Form) -> list[str]:
    """The wordings of a table's labels."""
    return [label.cell.text for label in plan(form.edition, "requests").labels]


def style(form: Form, xfs: str, fonts: str = "", fills: str = "", formats: str = "") -> Form:
    part = "xl/styles.xml"
    into(form, part, "</cellXfs>", xfs)
    into(form, part, "</fonts>", fonts)
    into(form, part, "</fills>", fills)
    if formats:
        text = form.parts[part].decode()
        if "</numFmts>" in text:
            text = text.replace("</numFmts>", formats + "</numFmts>")
        else:
            text = text.replace("<fonts", f"<numFmts>{formats}</numFmts><fonts", 1)
        form.parts[part] = text.encode()
    return form


def styles(form: Form) -> int:
    """How many cell styles there are."""
    xfs = re.search(rb"<cellXfs.*?</cellXfs>", form.parts["xl/styles.xml"], re.S)
    return len(re.findall(rb"<xf[ >]", xfs[0]))


def sheets(form: Form, count: int, *, one: bool) -> Form:
    """More sheets, each a copy of 表三, or all of one and the same part."""
    relations, names = [], []
    part = form.part("表三")
    for n in range(count):
        target = part if one else f"xl/worksheets/more{n}.xml"
        form.parts[target] = form.parts[part]
        relations.append(
            f'<Relationship Id="m{n}" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
            f'relationships/worksheet" Target="/{target}"/>'
        )
        names.append(f'<sheet name="更多{n}" sheetId="{n + 500}" r:id="m{n}"/>')
    into(form, "xl/_rels/workbook.xml.rels", "</Relationships>", "".join(relations))
    return into(form, "xl/workbook.xml", "</sheets>", "".join(names))


def merges(form: Form, ref: Callable[[int], str], count: int) -> Form:
    made = "".join(f'<mergeCell ref="{ref(n)}"/>' for n in range(count))
    return into(form, form.part("表三"), "</mergeCells>", made)


def names(form: Form, made: Callable[[int], str], count: int) -> Form:
    return into(form, "xl/workbook.xml", "</definedNames>", "".join(map(made, range(count))))


def far_names(form: Form, row: int) -> Form:
    """The last row of table three is said to lie far down, its labels with it."""
    book = form.parts["xl/workbook.xml"].decode()
    found = {int(n) for n in re.findall(r"'?表三'?!\$[A-Z]+\$(\d+)", book)}
    form.parts["xl/workbook.xml"] = re.sub(
        rf"('?表三'?!\$[A-Z]+\$){max(found)}(?!\d)", rf"\g<1>{row}", book
    ).encode()
    return form


def renamed(form: Form, name: str) -> Form:
    """A cell of table three that bears another name."""
    part = form.part("表三")
    form.parts[part] = form.parts[part].replace(b'r="D8"', f'r="{name}"'.encode(), 1)
    return form


def comments(form: Form, count: int, boxes: str) -> Form:
    """Comments with a drawing on table three."""
    form.parts["xl/comments9.xml"] = (
        '<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><authors>'
        "<author>填报检查</author></authors><commentList>"
        + "".join(
            f'<comment ref="D{n}" authorId="0"><text><t>【填报检查】</t></text></comment>'
            for n in range(1, count)
        )
        + "</commentList></comments>"
    ).encode()
    form.parts["xl/drawings/vmlDrawing9.vml"] = f"<xml>{boxes}</xml>".encode()
    part = form.part("表三")
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    listed = part.replace("worksheets/", "worksheets/_rels/") + ".rels"
    form.parts[listed] = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="c9" Type="{office}/comments" Target="../comments9.xml"/>'
        f'<Relationship Id="v9" Type="{office}/vmlDrawing" Target="../drawings/vmlDrawing9.vml"/>'
        "</Relationships>"
    ).encode()
    return into(form, part, "</worksheet>", f'<legacyDrawing xmlns:r="{office}" r:id="v9"/>')


def deep(form: Form, levels: int) -> Form:
    return behind_rows(form, "表三", "<a>" * levels + "</a>" * levels)


def shared(form: Form, item: str, count: int = MANY, attributes: str = "") -> Form:
    """One shared text in many cells."""
    number = strings(form, item)
    return into_rows(form, "表三", cells(count, f"<v>{number}</v>", f' t="s"{attributes}'))


def rich(runs: int, color: str = "") -> str:
    run = f"<r><rPr>{color}<strike/></rPr><t>字</t></r>"
    return f"<si>{run * runs}</si>"


def marked_styles(form: Form, count: int) -> Form:
    """Many styles under the fill of a return copy, all in use."""
    first = styles(form)
    fills = "".join(
        '<fill><patternFill patternType="solid"><fgColor rgb="FFFEA091"/></patternFill></fill>'
        for _ in range(1)
    )
    number = len(re.findall(rb"<fill>", form.parts["xl/styles.xml"]))
    xfs = "".join(
        f'<xf numFmtId="{n}" fontId="0" fillId="{number}" borderId="0" xfId="0"/>'
        for n in range(count)
    )
    style(form, xfs, fills=fills)
    rows = "".join(f'<c s="{first + n}"/>' for n in range(count))
    return into_rows(form, "表三", f'<row r="100">{rows}</row>')


def utf16(form: Form, sheet: str) -> Form:
    part = form.part(sheet)
    text = form.parts[part].decode().replace('encoding="UTF-8"', 'encoding="UTF-16"')
    form.parts[part] = text.encode("utf-16")
    return form


def prefixed(form: Form, sheet: str) -> Form:
    """Another prefix for the usual namespace, and a cell far out."""
    into_rows(form, sheet, '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
    part = form.part(sheet)
    text = form.parts[part].decode()
    text = re.sub(r"<(/?)(?=[a-zA-Z])", r"<\1x:", text).replace(' xmlns="', ' xmlns:x="', 1)
    form.parts[part] = text.encode()
    return form


def narrative(form: Form, of: Callable[[int], str], count: int) -> Form:
    """More paragraphs at the end of the text."""
    rows = "".join(
        f'<row r="{n + 200}"><c r="C{n + 200}" t="inlineStr"><is><t>{escape(of(n))}</t></is></c>'
        "</row>"
        for n in range(count)
    )
    return into_rows(form, "正文", rows)


def markers(form: Form, count: int) -> Form:
    """A section opened again and again."""
    rows = "".join(
        f'<row r="{n + 200}"><c r="A{n + 200}" t="inlineStr"><is><t>一、总体情况</t></is></c></row>'
        for n in range(count)
    )
    return into_rows(form, "正文", rows)


def said(value: str) -> str:
    return f'<row r="900"><c r="D900" t="inlineStr"><is><t>{value}</t></is></c></row>'


_FAR = '<row r="{row}"><c r="{name}"><v>1</v></c></row>'
_CF = '<conditionalFormatting sqref="A1:XFD1048576"><cfRule type="expression" priority="1"/></conditionalFormatting>'  # noqa: E501
HOSTILE: dict[str, Callable[[Form], object]] = {
    # far cells, in every spelling
    "far": lambda f: into_rows(f, "表三", _FAR.format(row=1048576, name="XFD1048576")),
    "far in lower case": lambda f: into_rows(
        f, "表三", _FAR.format(row=1048576, name="xfd1048576")
    ),
    "far with dollars": lambda f: into_rows(f, "表三", _FAR.format(row=9, name="$XFD$1048576")),
    "far with zeros": lambda f: into_rows(f, "表三", _FAR.format(row=9, name="XFD01048576")),
    "far with blanks": lambda f: into_rows(f, "表三", _FAR.format(row=9, name=" XFD1048576 ")),
    "far with entities": lambda f: into_rows(
        f, "表三", _FAR.format(row=9, name="&#88;F&#x44;1048576")
    ),
    "far beyond all columns": lambda f: into_rows(f, "表三", _FAR.format(row=9, name="ZZZ9")),
    "far by its row": lambda f: into_rows(f, "表三", '<row r="1048576"><c><v>1</v></c></row>'),
    "far by a row beyond all": lambda f: into_rows(
        f, "表三", '<row r="999999999">' + "<c><v>1</v></c>" * 50_000 + "</row>"
    ),
    "far by a row of digits": lambda f: into_rows(
        f, "表三", f'<row r="{"9" * 5_000}"><c><v>1</v></c></row>'
    ),
    "far by rows that lack numbers": lambda f: into_rows(
        f, "表三", "<row/>" * 60_000 + "<row><c><v>1</v></c></row>"
    ),
    "far by cells that lack names": lambda f: into_rows(
        f, "表三", "<row>" + "<c/>" * 60_000 + "<c><v>1</v></c></row>"
    ),
    "far with a prefix": lambda f: prefixed(f, "表三"),
    "far in UTF-16": lambda f: utf16(
        into_rows(f, "表三", _FAR.format(row=1048576, name="XFD1048576")), "表三"
    ),
    "cell of no name": lambda f: renamed(f, "D"),
    "cell of row zero": lambda f: renamed(f, "D0"),
    "cell of four letters": lambda f: renamed(f, "AAAA8"),
    "cell of an endless name": lambda f: renamed(f, "D" + "8" * 100_000),
    # much of everything
    "cells without end": lambda f: into_rows(f, "表三", cells(1_000_000, "")),
    "empty rows without end": lambda f: into_rows(f, "表三", "<row/>" * 1_000_000),
    "hidden rows": lambda f: into_rows(f, "表三", '<row hidden="1"/>' * 120_000),
    "numbers": lambda f: into_rows(f, "表三", cells(100_000, "<v>1</v>")),
    "formulas": lambda f: into_rows(f, "表三", cells(50_000, '<f t="shared" si="1"/><v>1</v>')),
    "attributes": lambda f: behind_rows(
        f, "表三", "<a " + " ".join(f'b{n}=""' for n in range(500_000)) + "/>"
    ),
    "attributes in single quotes": lambda f: behind_rows(
        f, "正文", "<a b='' c='' d='' e='' f=''/>" * 150_000
    ),
    "namespaces": lambda f: behind_rows(
        f, "表三", "".join(f'<a xmlns:n{n}="u{n}"/>' for n in range(150_000))
    ),
    "huge attribute": lambda f: behind_rows(f, "表三", f'<a b="{"c" * 9_000_000}"/>'),
    "huge text": lambda f: into_rows(f, "表三", said("字" * 3_000_000)),
    "huge text in CDATA": lambda f: into_rows(f, "表三", said(f"<![CDATA[{'字' * 3_000_000}]]>")),
    "huge text with an emoji": lambda f: into_rows(f, "表三", said("a" * 9_000_000 + "😀")),
    "huge value": lambda f: into_rows(
        f, "表三", f'<row r="900"><c r="D900"><v>{"9" * 3_000_000}</v></c></row>'
    ),
    "huge figure": lambda f: f.put("表三!D8", "１" * 1_000_000),
    "huge error": lambda f: f.put_raw("表三!D8", ' t="e"', f"<v>{'#' * 1_000_000}</v>"),
    "huge paragraph": lambda f: f.put("正文!C6", "。" * 1_000_000),
    "huge agency": lambda f: f.put("基本信息!B4", "某县" * 1_000_000),
    "comments of XML": lambda f: behind_rows(f, "表三", "<!--x-->" * 380_000),
    "instructions": lambda f: behind_rows(f, "表三", "<?x y?>" * 400_000),
    "deep": lambda f: deep(f, 250),
    "deeper": lambda f: deep(f, 100_000),
    "document type": lambda f: f.edit(f.part("表三"), "<worksheet", "<!DOCTYPE a><worksheet"),
    # merges, formats, validations
    "one merge of all": lambda f: merges(f, lambda n: "A1:XFD1048576", 1),
    "overlapping merges": lambda f: merges(f, lambda n: f"A{n + 1}:XFD1048576", 50_000),
    "the same merge": lambda f: merges(f, lambda n: "A1:XFD1048576", 100_000),
    "merges in lower case": lambda f: merges(f, lambda n: f"a{n + 1}:xfd1048576", 50_000),
    "merges of nothing": lambda f: merges(f, lambda n: "", 100_000),
    "conditional formats": lambda f: behind_rows(f, "表三", _CF * 30_000),
    "validations": lambda f: behind_rows(
        f,
        "表三",
        "<dataValidations>" + '<dataValidation sqref=""/>' * 80_000 + "</dataValidations>",
    ),
    "hidden columns": lambda f: f.edit(
        f.part("表三"), "<cols>", "<cols>" + '<col min="1" max="16384" hidden="1"/>' * 80_000
    ),
    "columns of digits": lambda f: f.edit(
        f.part("表三"), "<cols>", f'<cols><col min="{"9" * 5_000}" max="1" hidden="1"/>'
    ),
    "a lying dimension": lambda f: f.edit(
        f.part("表三"), "<sheetViews", '<dimension ref="A1:XFD1048576"/><sheetViews'
    ),
    # names
    "names": lambda f: names(
        f, lambda n: f'<definedName name="n{n}">表三!$A$1</definedName>', MANY
    ),
    "names of figures": lambda f: names(
        f, lambda n: f'<definedName name="gx.x{n}">表三!$A${n + 1}</definedName>', MANY
    ),
    "names of a sheet": lambda f: names(
        f, lambda n: f'<definedName name="gx.x{n}" localSheetId="2">x</definedName>', 90_000
    ),
    "a name of digits": lambda f: names(
        f, lambda n: f'<definedName name="gx.x" localSheetId="{"9" * 5_000}">x</definedName>', 1
    ),
    "a huge name": lambda f: names(
        f, lambda n: f'<definedName name="gx.{"x" * 9_000_000}">x</definedName>', 1
    ),
    "a name of quotes": lambda f: names(
        f, lambda n: f'<definedName name="gx.x">{chr(39) * 1_000_001}</definedName>', 1
    ),
    "a figure far down": lambda f: far_names(f, 1_048_576),
    "a figure within reach": lambda f: far_names(f, 19_000),
    # texts
    "shared texts": lambda f: strings(f, "".join(f"<si><t>{n}</t></si>" for n in range(90_000))),
    "shared texts without end": lambda f: strings(f, "<si/>" * 1_000_000),
    "a long text in all cells": lambda f: shared(f, f"<si><t>{'字' * 30_000}</t></si>", 80_000),
    "a huge text in all cells": lambda f: shared(f, f"<si><t>{'字' * 3_000_000}</t></si>", 75_000),
    "runs": lambda f: shared(f, rich(40_000), 1),
    "runs in all cells": lambda f: shared(f, rich(10_000), 60_000),
    "white runs in all cells": lambda f: shared(f, rich(1_000, '<color rgb="FFFFFFFF"/>'), 75_000),
    "a long run in all cells": lambda f: shared(
        f, f"<si><r><rPr><strike/></rPr><t>{'字' * 30_000}</t></r></si>", 75_000
    ),
    "a text that does not exist": lambda f: into_rows(
        f, "表三", cells(1, f"<v>{'9' * 4_000}</v>", ' t="s"')
    ),
    "texts": lambda f: into_rows(f, "表三", texts(55_000, lambda n: f"某事项{n}")),
    "texts where names are lost": lambda f: into_rows(
        f.drop_names(), "表三", texts(55_000, lambda n: f"某事项{n}（甲{n}）")
    ),
    "texts beside the fields": lambda f: into_rows(
        f.drop_names(), "基本信息", texts(50_000, lambda n: f"某事项{n}", wide=15)
    ),
    "labels": lambda f: into_rows(
        f.drop_names(), "表三", texts(50_000, lambda n: labels(f)[n % len(labels(f))])
    ),
    "one label": lambda f: into_rows(
        f.drop_names(), "表三", texts(19_000, lambda n: labels(f)[0], wide=1)
    ),
    "labels of every sheet": lambda f: sheets(
        into_rows(f.drop_names(), "表三", texts(600, lambda n: labels(f)[n % 25], wide=25)),
        40,
        one=False,
    ),
    "labels of a row": lambda f: into_rows(
        f.drop_names(), "表三", texts(3_000, lambda n: labels(f)[n % 5], wide=7)
    ),
    "labels on many sheets": lambda f: sheets(
        into_rows(
            f.drop_names(), "表三", texts(200, lambda n: labels(f)[n % len(labels(f))], wide=40)
        ),
        90,
        one=False,
    ),
    "labels with remarks": lambda f: into_rows(
        f.drop_names(), "表三", texts(30_000, lambda n: "(" * 390, wide=100)
    ),
    # the text
    "paragraphs": lambda f: narrative(f, lambda n: f"第{n}段。", 15_000),
    "headings": lambda f: narrative(f, lambda n: f"（{'一二三'[n % 3]}）某项工作", 2_900),
    "long paragraphs": lambda f: narrative(f, lambda n: "1." * 16_000, 100),
    "odd signs": lambda f: narrative(f, lambda n: f"😀{n}", 15_000),
    "misplaced texts": lambda f: into_rows(
        f, "正文", texts(50_000, lambda n: f"某事项{n}", top=200, wide=300)
    ),
    "a section over and over": lambda f: markers(f, 15_000),
    "lines in a cell": lambda f: f.put("正文!C6", "\n".join("一二三四" for _ in range(6_000))),
    "answers": lambda f: into_rows(f, "说明", texts(50_000, lambda n: "GX201", top=5, wide=4)),
    # styles
    "styles": lambda f: style(f, '<xf numFmtId="0" fontId="0"/>' * 90_000),
    "fonts": lambda f: style(f, "", fonts="<font><strike/></font>" * 120_000),
    "fills": lambda f: style(f, "", fills="<fill><patternFill/></fill>" * 90_000),
    "one long format": lambda f: style(
        f,
        '<xf numFmtId="300"/>' * 60_000,
        formats=f'<numFmt numFmtId="300" formatCode="{"[h" * 500_000}"/>',
    ),
    "formats": lambda f: style(
        f,
        "",
        formats="".join(f'<numFmt numFmtId="{n + 300}" formatCode="0"/>' for n in range(90_000)),
    ),
    "a format of digits": lambda f: style(
        f, f'<xf numFmtId="{"9" * 5_000}" fillId="{"9" * 5_000}" fontId="{"9" * 5_000}"/>'
    ),
    "styles of digits": lambda f: f.edit(f.part("表三"), ' s="[0-9]+"', f' s="{"9" * 5_000}"'),
    "styles of a return copy": lambda f: marked_styles(f, 40_000),
    # comments and their boxes
    "comments": lambda f: comments(f, 40_000, ""),
    "boxes that do not end": lambda f: comments(f, 9, "<v:shape " * 800_000),
    "boxes of another end": lambda f: comments(f, 9, "<v:shape ></w:shape>" * 300_000),
    "boxes": lambda f: comments(
        f, 9, "<v:shape ><x:Row>1</x:Row><x:Column>3</x:Column></v:shape>" * 60_000
    ),
    "blocks without end": lambda f: comments(f, 9, "<o:idmap " * 800_000),
    "blocks of digits": lambda f: comments(f, 9, f'<o:idmap data="{"1" * 900_000}"/>'),
    # sheets
    "sheets": lambda f: sheets(f, 2_000, one=True),
    "sheets of one part": lambda f: sheets(f, 150, one=True),
    "copies of a sheet": lambda f: sheets(f, 90, one=False),
    "a huge sheet name": lambda f: f.rename("说明", "说" * 1_000_000),
    "relations": lambda f: into(
        f,
        "xl/_rels/workbook.xml.rels",
        "</Relationships>",
        "".join(f'<Relationship Id="q{n}" Type="t" Target="x"/>' for n in range(80_000)),
    ),
    "content types": lambda f: into(
        f, "[Content_Types].xml", "</Types>", '<Default Extension="a" ContentType="b"/>' * 120_000
    ),
}
"""A change of a sound form each. The right answer is a finding or a report, soon and in little
memory."""
