"""The kinds of leftover and misplaced thing that stop a style: each in both styles, with place."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from gxgen.diagnostics import Finding
from gxgen.document.quoting import MOST, apart, short
from gxgen.editions.declared import EDITIONS
from gxgen.opc.package import CONTENT_TYPES, DOCUMENT, FixedZip, Members, read_package
from gxgen.templates.lint.check import check_template
from gxgen.templates.styles import style_templates

FILE = "report-2021.docx"
STYLES = ("official", "illustrated")
RELATIONS = "word/_rels/document.xml.rels"
SETTINGS = "word/settings.xml"
WHO = 'w:id="901" w:author="张设计" w:date="2026-01-01T00:00:00Z"'
FIGURE = r"<w:tr>(?:(?!</w:tr>).)*?\{\{ requests\.granted\.total \}\}.*?</w:tr>"
NOTES = "word/footnotes.xml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

Edit = Callable[[Members], None]


def edit(old: str, new: str, member: str = DOCUMENT) -> Edit:
    """Replace what the pattern finds first; ``\\g<0>`` is what it found."""

    def change(members: Members) -> None:
        text = members[member].decode()
        assert re.search(old, text, re.DOTALL), old
        members[member] = re.sub(old, new, text, count=1, flags=re.DOTALL).encode()

    return change


def in_title(run: str) -> Edit:
    """Something before the first run of the title's paragraph."""
    title = r"(<w:p>(?:(?!<w:p>).)*?)(<w:r>(?:(?!<w:r>|</w:p>).)*?\{\{ title \}\})"
    return edit(title, lambda m: f"{m[1]}{run}{m[2]}")  # type: ignore[arg-type]


def in_row(properties: str) -> Edit:
    """Row properties in the row of 予以公开."""

    def change(members: Members) -> None:
        text = members[DOCUMENT].decode()
        at = text.rindex("<w:tr>", 0, text.index("{{ requests.granted.total }}")) + len("<w:tr>")
        found = re.compile("<w:trPr>").match(text, at)
        if found:
            text = text[: found.end()] + properties + text[found.end() :]
        else:
            text = f"{text[:at]}<w:trPr>{properties}</w:trPr>{text[at:]}"
        members[DOCUMENT] = text.encode()

    return change


def in_cell(properties: str) -> Edit:
    """Cell properties of the figure 予以公开 总计."""

    def change(members: Members) -> None:
        text = members[DOCUMENT].decode()
        end = text.rindex("</w:tcPr>", 0, text.index("{{ requests.granted.total }}"))
        members[DOCUMENT] = (text[:end] + properties + text[end:]).encode()

    return change


def related(kind: str, target: str, outside: bool = False) -> Edit:
    mode = ' TargetMode="External"' if outside else ""
    return edit(
        "</Relationships>",
        f'<Relationship Id="rIdX" Type="{OFFICE}/{kind}" Target="{target}"{mode}/></Relationships>',
        RELATIONS,
    )


def both(*edits: Edit) -> Edit:
    def change(members: Members) -> None:
        for one in edits:
            one(members)

    return change


def with_note(text: str, kind: str = "footnotes") -> Edit:
    def change(members: Members) -> None:
        related(kind, f"{kind}.xml")(members)
        note = kind[:-1]
        members[f"word/{kind}.xml"] = (
            f'<w:{kind} xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
            f'<w:{note} w:id="1"><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:{note}></w:{kind}>'
        ).encode()
        edit(
            "</Types>",
            f'<Override PartName="/word/{kind}.xml" ContentType="application/vnd.openxmlformats-'
            f'officedocument.wordprocessingml.{kind}+xml"/></Types>',
            CONTENT_TYPES,
        )(members)
        in_title(f'<w:r><w:{note}Reference w:id="1"/></w:r>')(members)

    return change


def box(text: str) -> str:
    inside = f"<w:txbxContent><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:txbxContent>"
    return (
        '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility'
        '/2006"><mc:Choice Requires="wps"><w:drawing>'
        '<wps:txbx xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        f"{inside}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict>{inside}</w:pict>"
        "</mc:Fallback></mc:AlternateContent></w:r>"
    )


def setting(element: str) -> Edit:
    return edit(r"<w:zoom [^>]*/>", rf"\g<0>{element}", SETTINGS)


FORMER = {
    "rPrChange": in_title(
        f"<w:r><w:rPr><w:rPrChange {WHO}><w:rPr/></w:rPrChange></w:rPr><w:t></w:t></w:r>"
    ),
    "pPrChange": edit("</w:pPr>", f"<w:pPrChange {WHO}><w:pPr/></w:pPrChange></w:pPr>"),
    "sectPrChange": edit(
        "</w:sectPr></w:body>",
        f"<w:sectPrChange {WHO}><w:sectPr/></w:sectPrChange></w:sectPr></w:body>",
    ),
    "tblPrChange": edit("</w:tblPr>", f"<w:tblPrChange {WHO}><w:tblPr/></w:tblPrChange></w:tblPr>"),
    "tblGridChange": edit(
        "</w:tblGrid>", '<w:tblGridChange w:id="901"><w:tblGrid/></w:tblGridChange></w:tblGrid>'
    ),
    "trPrChange": in_row(f"<w:trPrChange {WHO}><w:trPr/></w:trPrChange>"),
    "tcPrChange": in_cell(f"<w:tcPrChange {WHO}><w:tcPr/></w:tcPrChange>"),
    "numberingChange": edit(
        "</w:pPr>", f'<w:numPr><w:numberingChange {WHO} w:original="一"/></w:numPr></w:pPr>'
    ),
}
ERRORS: dict[str, tuple[str, Edit]] = {
    "ins": ("GX614", in_title(f"<w:ins {WHO}><w:r><w:t></w:t></w:r></w:ins>")),
    "del": ("GX614", in_title(f"<w:del {WHO}><w:r><w:delText>旧</w:delText></w:r></w:del>")),
    "moveFrom": ("GX614", in_title(f"<w:moveFrom {WHO}><w:r><w:t>旧</w:t></w:r></w:moveFrom>")),
    "moveTo": ("GX614", in_title(f"<w:moveTo {WHO}><w:r><w:t></w:t></w:r></w:moveTo>")),
    **{name: ("GX614", change) for name, change in FORMER.items()},
    "inserted row": ("GX614", in_row(f"<w:ins {WHO}/>")),
    "deleted row": ("GX614", in_row(f"<w:del {WHO}/>")),
    "cellIns": ("GX614", in_cell(f"<w:cellIns {WHO}/>")),
    "cellDel": ("GX614", in_cell(f"<w:cellDel {WHO}/>")),
    "cellMerge": ("GX614", in_cell(f'<w:cellMerge {WHO} w:vMerge="cont"/>')),
    "revision in a header": (
        "GX614",
        edit("</w:p>", f"<w:ins {WHO}><w:r/></w:ins></w:p>", "word/header1.xml"),
    ),
    "revision in a style": (
        "GX614",
        edit(
            r"(<w:style [^>]*>(?:(?!</w:style>).)*)</w:style>",
            rf"\1<w:rPr><w:rPrChange {WHO}><w:rPr/></w:rPrChange></w:rPr></w:style>",
            "word/styles.xml",
        ),
    ),
    "comment": (
        "GX614",
        in_title('<w:commentRangeStart w:id="7"/><w:r><w:commentReference w:id="7"/></w:r>'),
    ),
    "comment over several paragraphs": (
        "GX614",
        both(
            in_title('<w:commentRangeStart w:id="7"/>'),
            edit("</w:p><w:sectPr>", '<w:commentRangeEnd w:id="7"/></w:p><w:sectPr>'),
        ),
    ),
    "bound control": (
        "GX620",
        in_title(
            "<w:sdt><w:sdtPr><w:dataBinding w:xpath='/a' w:storeItemID='{1}'/></w:sdtPr>"
            "<w:sdtContent><w:r><w:t></w:t></w:r></w:sdtContent></w:sdt>"
        ),
    ),
    "tag in an address": (
        "GX604",
        both(
            related("hyperlink", "http://a.cn/%7B%7B%20year%20%7D%7D", outside=True),
            in_title('<w:hyperlink r:id="rIdX"><w:r><w:t></w:t></w:r></w:hyperlink>'),
        ),
    ),
    "tag in a footnote": ("GX604", with_note("见{{ agency }}")),
    "tag in an endnote": ("GX604", with_note("{{ year }}", "endnotes")),
    "tag in a box": ("GX604", in_title(box("{{ agency }}"))),
    "wide space": ("GX604", edit(r"\{\{ title \}\}", "{{\u3000title\u3000}}")),
    "space that does not break": ("GX604", edit(r"\{%p for block in", "{%p\u00a0for block in")),
    "wide dot": ("GX604", edit(r"\{\{ requests\.granted\.total", "{{ requests．granted.total")),
    "wide braces": ("GX604", edit(r"\{\{ title \}\}", "｛｛ title ｝｝")),
    "wide control tag": (
        "GX604",
        edit(r"\{%p for block in section1 %\}", "｛％p for block in section1 ％｝"),
    ),
    "Strict": (
        "GX601",
        edit("http://schemas.openxmlformats.org/wordprocessingml/2006/main",
             "http://purl.oclc.org/ooxml/wordprocessingml/main"),
    ),
    "picture that is not there": (
        "GX601",
        both(related("image", "../NULL"), in_title('<w:r><w:pict r:id="rIdX"/></w:r>')),
    ),
}  # fmt: skip
WARNINGS: dict[str, tuple[str, Edit]] = {
    "exact row": (
        "GX644",
        edit(r"<w:trHeight [^>]*/>", '<w:trHeight w:val="100" w:hRule="exact"/>'),
    ),
    "exact frame": (
        "GX644",
        edit(
            r"<w:p><w:pPr>((?:(?!</w:p>).)*\{\{ title \}\})",
            r'<w:p><w:pPr><w:framePr w:w="3000" w:h="200" w:hRule="exact"/>\1',
        ),
    ),
    "protection": (
        "GX645",
        setting('<w:documentProtection w:edit="readOnly" w:enforcement="1"/>'),
    ),
    "write protection": ("GX645", setting('<w:writeProtection w:recommended="1"/>')),
    "tracking": ("GX645", setting("<w:trackRevisions/>")),
}  # fmt: skip
SILENT: dict[str, Edit] = {
    "relation to nothing": both(related("image", "../NULL")),
    "link to a place that is no part": related("hyperlink", "#_top"),
    "protection that is off": setting('<w:documentProtection w:edit="readOnly"/>'),
    "tracking that is off": setting('<w:trackRevisions w:val="0"/>'),
    "link without a tag": both(
        related("hyperlink", "http://a.cn/x.html?y=%7B", outside=True),
        in_title('<w:hyperlink r:id="rIdX"><w:r><w:t></w:t></w:r></w:hyperlink>'),
    ),
    "footnote without a tag": with_note("见条例"),
    "exact row with room": edit(
        r"<w:trHeight [^>]*/>", '<w:trHeight w:val="1200" w:hRule="exact"/>'
    ),
    "control that is bound to nothing": in_title(
        "<w:sdt><w:sdtPr><w:alias w:val='x'/></w:sdtPr>"
        "<w:sdtContent><w:r><w:t></w:t></w:r></w:sdtContent></w:sdt>"
    ),
    "comments part without an anchor": related("comments", "comments.xml"),
}


def shipped(style: str) -> Members:
    path = next(path for edition, path in style_templates(style) if edition.id == "2021")
    return read_package(path.read_bytes())


def planted(style: str, change: Edit) -> bytes:
    members = shipped(style)
    change(members)
    return FixedZip({}).build(members)


def check(style: str, change: Edit) -> list[Finding]:
    return check_template(planted(style, change), FILE, EDITIONS["2021"])


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("kind", [*ERRORS, *WARNINGS])
def test_each_kind_is_told_once_with_its_place(style: str, kind: str) -> None:
    code, change = {**ERRORS, **WARNINGS}[kind]
    found = check(style, change)
    assert [one.code for one in found] == [code], found
    assert str(found[0].place).startswith(FILE)
    if kind not in ("Strict", "revision in a style") and code not in ("GX645",):
        assert str(found[0].place) != FILE


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("kind", SILENT)
def test_what_harms_nobody_is_not_told(style: str, kind: str) -> None:
    assert check(style, SILENT[kind]) == []


@pytest.mark.parametrize(
    "wide", ["{{\u3000title }}", "{{ title\u200b }}", "｛｛ title ｝｝", "{{ ｔｉｔｌｅ }}"]
)
def test_the_sentence_names_the_wide_signs(wide: str) -> None:
    (found,) = check("official", edit(r"\{\{ title \}\}", wide))
    assert "全角" in found.message


def test_text_between_quotes_may_be_wide() -> None:
    tag = "{{ title if year else '，。　' }}"
    assert check("official", edit(r"\{\{ title \}\}", tag)) == []


def test_texts_that_differ_late_are_quoted_where_they_do() -> None:
    same = "某某县人民政府办公室关于印发政府信息公开工作要点的通知"
    first, second = apart(f"{same}甲乙丙", f"{same}甲丁丙")
    assert first.endswith("甲乙丙")
    assert second.endswith("甲丁丙")
    assert first[0] == second[0] == "…"
    assert max(len(first), len(second)) <= MOST + 2
    assert apart("甲", "乙") == ("甲", "乙")
    assert apart(same, f"{same}多")[1].endswith("多")
    assert short(same * 2).startswith(same[: MOST - 1])
