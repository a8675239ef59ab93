"""The closed list of a Word body: every element is text, told or harmless, and loses nothing."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxgen.prose.raw import RawText
from gxgen.prose.word import read_word
from gxgen.prose.word_elements import ELEMENTS, Means
from tests.prose.word_files import (
    docx,
    looking,
    mark,
    paragraph,
    run,
    style,
    styled,
)

STANDARD = """
w:p w:r w:t w:tbl w:tr w:tc w:sdt w:sdtContent w:sdtPr w:sdtEndPr w:customXml w:customXmlPr
w:smartTag w:smartTagPr w:hyperlink w:fldSimple w:fldChar w:instrText w:delInstrText w:delText
w:fldData w:ins w:del w:moveFrom w:moveTo w:dir w:bdo w:subDoc w:altChunk w:sectPr w:pPr w:rPr
w:tblPr w:tblGrid w:tblPrEx w:trPr w:tcPr w:br w:cr w:tab w:ptab w:noBreakHyphen w:softHyphen
w:sym w:pgNum w:dayShort w:monthShort w:yearShort w:dayLong w:monthLong w:yearLong w:ruby w:rubyPr
w:rt w:rubyBase w:footnoteReference w:endnoteReference w:commentReference w:annotationRef
w:footnoteRef w:endnoteRef w:separator w:continuationSeparator w:object w:pict w:drawing w:control
w:movie w:contentPart w:lastRenderedPageBreak w:proofErr w:permStart w:permEnd w:bookmarkStart
w:bookmarkEnd w:commentRangeStart w:commentRangeEnd w:moveFromRangeStart w:moveFromRangeEnd
w:moveToRangeStart w:moveToRangeEnd w:customXmlInsRangeStart w:customXmlInsRangeEnd
w:customXmlDelRangeStart w:customXmlDelRangeEnd w:customXmlMoveFromRangeStart
w:customXmlMoveFromRangeEnd w:customXmlMoveToRangeStart w:customXmlMoveToRangeEnd m:oMath
m:oMathPara mc:AlternateContent mc:Choice mc:Fallback
"""
"""ECMA-376: what can stand in a body, a paragraph, a run, and what these hold themselves."""

KEEP_TEXT = {
    Means.INSIDE,
    Means.INSERTED,
    Means.PARAGRAPH,
    Means.STRANGE,
    Means.TABLE,
    Means.TURNED,
}
TOLD = {Means.LOST, Means.ASIDE, Means.DRAWING, Means.DELETED, Means.INSERTED, Means.STRANGE}


def read(*blocks: str, **parts: str) -> RawText:
    return read_word(docx(*blocks, **parts), "稿.docx")


def line(content: str, **parts: str) -> tuple[str, list[str]]:
    """A paragraph's text and the codes found in it."""
    raw = read(paragraph(content), **parts)
    return "\n".join(one.text for one in raw.lines), [f.code for f in raw.findings]


def test_every_element_of_the_standard_is_listed() -> None:
    assert set(STANDARD.split()) <= set(ELEMENTS)


@pytest.mark.parametrize("name", ELEMENTS)
def test_text_around_an_element_survives_in_order(name: str) -> None:
    means, word = ELEMENTS[name]
    inside = run("中") if means in KEEP_TEXT else ""
    text, codes = line(run("前") + f"<{name}>{inside}</{name}>" + run("后"))
    assert text.startswith("前")
    assert text.endswith("后")
    assert ("中" in text) == bool(inside)
    if means is Means.CHARACTER:
        assert text == f"前{word}后"
    if means in TOLD:
        assert codes
    if means is Means.NOTHING:
        assert (text, codes) == ("前后", [])


@pytest.mark.parametrize(
    ("direction", "text", "codes"),
    [("rtl", "共21件", ["GX092"]), ("ltr", "共12件", [])],
)
def test_text_that_is_turned_round_is_read_as_it_is_shown(
    direction: str, text: str, codes: list[str]
) -> None:
    turned = f'<w:bdo w:val="{direction}">{run("1")}{run("2")}</w:bdo>'
    assert line(run("共") + turned + run("件")) == (text, codes)


def test_what_is_struck_out_or_lost_in_turned_text_is_told_all_the_same() -> None:
    inner = run("1") + looking("9", "<w:strike/>") + "<w:footnoteReference/>" + run("2")
    text, codes = line(run("共") + f'<w:bdo w:val="rtl">{inner}</w:bdo>' + run("件"))
    assert text == "共21件"
    assert codes.count("GX056") == 2 and "GX092" in codes


STRANGERS = st.from_regex(r"\A[a-z][A-Za-z]{2,12}\Z").filter(lambda n: f"w:{n}" not in ELEMENTS)


@given(STRANGERS, st.sampled_from(["w", "m", "v", "w14"]))
def test_an_unknown_element_is_named_and_its_text_kept(name: str, prefix: str) -> None:
    raw = read(paragraph(run("前") + f"<{prefix}:{name}>{run('中')}</{prefix}:{name}>" + run("后")))
    assert [one.text for one in raw.lines] == ["前中后"]
    assert [f.code for f in raw.findings] == ["GX092"]
    assert name in raw.findings[0].message
    assert raw.findings[0].place == raw.lines[0].place


@given(st.lists(st.sampled_from(sorted(ELEMENTS)), max_size=6))
def test_elements_side_by_side_lose_no_text(names: list[str]) -> None:
    blocks = "".join(
        f"<{name}/>" + run(f"第{at}处。") for at, name in enumerate(names) if name != "w:fldChar"
    )
    text, _ = line(run("前。") + blocks)
    wanted = "前。" + "".join(f"第{at}处。" for at, n in enumerate(names) if n != "w:fldChar")
    assert "".join(text.split()).replace("-", "") == wanted


@pytest.mark.parametrize("wrapper", ["foo", "customXml", "ins", "sdtContent", "hyperlink"])
def test_blocks_in_any_wrapper_are_read(wrapper: str) -> None:
    raw = read(
        paragraph("甲"), f"<w:{wrapper}>{paragraph('乙')}</w:{wrapper}>", run("丙"), paragraph("丁")
    )
    assert [one.text for one in raw.lines] == ["甲", "乙", "丙", "丁"]


def test_both_variants_of_the_standard_read_alike() -> None:
    block = paragraph(run("10") + looking("3", '<w:vertAlign w:val="superscript"/>'))
    strict = docx(block, main="http://purl.oclc.org/ooxml/wordprocessingml/main")
    assert [one.text for one in read_word(strict, "稿.docx").lines] == ["10³"]


RAISED = '<w:vertAlign w:val="superscript"/>'
LOWERED = '<w:vertAlign w:val="subscript"/>'
WHITE = '<w:color w:val="FFFFFF"/>'


@pytest.mark.parametrize(
    ("properties", "text", "shown", "codes"),
    [
        ("<w:strike/>", "30", "前后", ["GX056"]),
        ("<w:dstrike/>", "30", "前后", ["GX056"]),
        ('<w:strike w:val="0"/>', "30", "前30后", []),
        ("<w:vanish/>", "内部", "前后", ["GX056"]),
        ("<w:webHidden/>", "网页", "前网页后", []),
        (WHITE, "白", "前后", ["GX056"]),
        ('<w:color w:val="FFFFFE"/>', "白", "前后", ["GX056"]),
        ('<w:color w:themeColor="background1" w:val="FFFFFF"/>', "白", "前后", ["GX056"]),
        (WHITE + '<w:shd w:val="clear" w:fill="C00000"/>', "白", "前白后", []),
        (WHITE + '<w:highlight w:val="red"/>', "白", "前白后", []),
        ('<w:color w:val="808080"/>', "灰", "前灰后", []),
        (RAISED, "2", "前²后", []),
        (RAISED, "-12", "前⁻¹²后", []),
        (RAISED, "注1", "前注1后", ["GX092"]),
        (LOWERED, "2.5", "前₂.₅后", []),
        (LOWERED, "市", "前市后", ["GX092"]),
        ('<w:vertAlign w:val="baseline"/>', "2", "前2后", []),
        ('<w:position w:val="10"/>', "3", "前3后", ["GX092"]),
        ('<w:position w:val="2"/>', "3", "前3后", []),
        ('<w:position w:val="8"/><w:sz w:val="12"/>', "3", "前³后", []),
        ('<w:position w:val="-4"/><w:sz w:val="12"/>', "2", "前₂后", []),
        ('<w:sz w:val="12"/>', "3", "前3后", []),
        ('<w:position w:val="10"/>', "某局", "前某局后", []),
        ("<w:b/><w:u/>", "重点", "前重点后", []),
        ("<w:caps/>", "pdf", "前PDF后", []),
        ('<w:rFonts w:ascii="Wingdings"/>', "n", "前后", ["GX056"]),
        ('<w:rFonts w:ascii="Wingdings" w:eastAsia="宋体"/>', "汉字", "前汉字后", []),
    ],
)  # fmt: skip
def test_what_a_look_means(properties: str, text: str, shown: str, codes: list[str]) -> None:
    assert line(run("前") + looking(text, properties) + run("后")) == (shown, codes)
    named = run("前") + looking(text, '<w:rStyle w:val="C"/>') + run("后")
    mine = f'<w:style w:type="character" w:styleId="C"><w:rPr>{properties}</w:rPr></w:style>'
    assert line(named, styles=mine) == (shown, codes)
    based = '<w:style w:type="character" w:styleId="C"><w:basedOn w:val="B"/></w:style>'
    assert line(named, styles=based + mine.replace('"C"', '"B"')) == (shown, codes)


@pytest.mark.parametrize("properties", ["<w:vanish/>", "<w:strike/>", "<w:dstrike/>", WHITE])
def test_a_paragraph_hidden_or_struck_by_its_style_is_told(properties: str) -> None:
    mine = f'<w:style w:type="paragraph" w:styleId="P"><w:rPr>{properties}</w:rPr></w:style>'
    usual = mine.replace("w:type", 'w:default="1" w:type')
    everywhere = (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{properties}</w:rPr></w:rPrDefault></w:docDefaults>"
    )
    plain = "<w:vanish w:val='0'/><w:strike w:val='0'/><w:dstrike w:val='0'/>"
    seen = paragraph(looking("明", plain + "<w:color w:val='000000'/>"))
    hidden = ((styled("密", "P"), mine), (paragraph("密"), usual), (paragraph("密"), everywhere))
    for block, styles in hidden:
        raw = read(block, seen, styles=styles)
        assert [one.text for one in raw.lines] == ["明"]
        assert [f.code for f in raw.findings] == ["GX056"]
        assert "“密”" in raw.findings[0].message


def test_a_style_that_hides_what_a_style_hides_shows_it() -> None:
    hiding = '<w:style w:type="{}" w:styleId="{}"><w:rPr><w:vanish/></w:rPr></w:style>'
    block = paragraph(looking("看见", '<w:rStyle w:val="C"/>'), '<w:pStyle w:val="P"/>')
    raw = read(block, styles=hiding.format("paragraph", "P") + hiding.format("character", "C"))
    assert [one.text for one in raw.lines] == ["看见"]


def test_struck_runs_are_one_text_and_never_join() -> None:
    struck = looking("3", "<w:strike/>") + looking("0", "<w:strike/>")
    raw = read(paragraph(run("公开") + struck + run("33条")))
    assert raw.lines[0].text == "公开33条"
    assert [f.message for f in raw.findings] == ["第1段的划去的文字“30”没有读入，不会印出。"]


def test_raised_text_without_a_sign_of_its_own_is_set_apart() -> None:
    assert line(run("10") + looking("1.5", RAISED)) == ("10 1.5", ["GX092"])
    assert line(run("10") + looking("3", '<w:position w:val="10"/>')) == ("10 3", ["GX092"])
    assert line(run("30") + looking("[1]", RAISED)) == ("30[1]", ["GX092"])


CONTROL = "<w:sdt><w:sdtPr>{}</w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"


@pytest.mark.parametrize("kind", ["text", "dropDownList", "comboBox", "date", "richText"])
def test_a_control_that_shows_its_prompt_is_an_empty_slot(kind: str) -> None:
    prompt = CONTROL.format(f"<w:showingPlcHdr/><w:{kind}/>", run("单击此处"))
    assert line(run("公开") + prompt + run("条")) == ("公开条", ["GX048"])
    filled = CONTROL.format(f'<w:showingPlcHdr w:val="0"/><w:{kind}/>', run("12"))
    assert line(run("公开") + filled + run("条")) == ("公开12条", [])
    raw = read(CONTROL.format("<w:showingPlcHdr/>", paragraph("单击此处")), paragraph("文"))
    assert [one.text for one in raw.lines] == ["文"]
    assert "“单击此处”" in raw.findings[0].message


def test_a_place_for_a_picture_is_no_slot_for_text() -> None:
    picture = CONTROL.format("<w:showingPlcHdr/><w:picture/>", "<w:r><w:drawing/></w:r>")
    assert line(run("前") + picture) == ("前", ["GX059"])


def fraction(above: str, below: str) -> str:
    return (
        f"<m:oMath><m:f><m:num><m:r><m:t>{above}</m:t></m:r></m:num>"
        f"<m:den><m:r><m:t>{below}</m:t></m:r></m:den></m:f></m:oMath>"
    )


def power(base: str, up: str) -> str:
    return (
        f"<m:oMath><m:sSup><m:e><m:r><m:t>{base}</m:t></m:r></m:e>"
        f"<m:sup><m:r><m:t>{up}</m:t></m:r></m:sup></m:sSup></m:oMath>"
    )


@pytest.mark.parametrize(
    ("content", "shown", "codes"),
    [
        (fraction("3", "4"), "前3/4后", []),
        (fraction("本年", "上年"), "前本年/上年后", []),
        (fraction("a+b", "c"), "前(a+b)/(c)后", ["GX092"]),
        (run("2") + fraction("1", "2"), "前2 1/2后", ["GX092"]),
        (fraction("1", "2") + run("5"), "前1/2 5后", ["GX092"]),
        (power("10", "3"), "前10³后", []),
        (power("10", "甲"), "前10^(甲)后", ["GX092"]),
        ("<m:oMath><m:r><m:t>x=3</m:t></m:r></m:oMath>", "前x=3后", []),
        ("<m:oMath><m:m><m:mr><m:e><m:r><m:t>1</m:t></m:r></m:e><m:e><m:r><m:t>2</m:t></m:r>"
         "</m:e></m:mr></m:m></m:oMath>", "前1 2后", ["GX092"]),
        ("<m:oMath/>", "前后", ["GX056"]),
    ],
)  # fmt: skip
def test_formulas_in_a_line(content: str, shown: str, codes: list[str]) -> None:
    assert line(run("前") + content + run("后")) == (shown, codes)


TAB = "<w:r><w:tab/></w:r>"
CONTENTS_FIELD = (
    paragraph(
        mark("begin")
        + "<w:r><w:instrText>TOC</w:instrText></w:r>"
        + mark("separate")
        + run("一、总体情况")
        + TAB
        + run("1")
    )
    + paragraph(run("二、其他") + TAB + run("2"))
    + paragraph(mark("end"))
)
GALLERY = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'


@pytest.mark.parametrize(
    "contents",
    [
        paragraph("目  录") + CONTENTS_FIELD,
        CONTROL.format(GALLERY, paragraph("目录") + paragraph("一、总体情况\t1")),
        styled("目录", "H") + styled("一、总体情况\t1", "T"),
        paragraph("目录") + styled("一、总体情况", "W"),
    ],
    ids=["field", "control", "styles", "wps"],
)
def test_contents_are_left_out_and_told_once(contents: str) -> None:
    styles = style("H", "TOC Heading") + style("T", "toc 2") + style("W", "WPSOffice手动目录 1")
    raw = read(contents, paragraph("一、总体情况"), styles=styles)
    assert [one.text for one in raw.lines] == ["一、总体情况"]
    assert [(f.code, "自动目录" in f.message) for f in raw.findings] == [("GX059", True)]


def test_text_typed_into_the_contents_is_kept_and_told() -> None:
    typed = CONTENTS_FIELD.replace("二、其他", "这一段其实是正文。").replace(TAB + run("2"), "")
    raw = read(typed, paragraph("乙"))
    assert [one.text for one in raw.lines] == ["这一段其实是正文。", "乙"]
    assert [f.code for f in raw.findings] == ["GX059", "GX092"]


def test_parts_are_found_by_their_relations_whatever_their_names() -> None:
    buffer = io.BytesIO()
    whole = zipfile.ZipFile(io.BytesIO(docx(styled("甲", "A"), styles=style("A", "heading 2"))))
    relation = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Target="/word/Looks2.xml" Type="http://x/relationships/styles"/>'
        "</Relationships>"
    )
    with zipfile.ZipFile(buffer, "w") as package:
        for name in whole.namelist():
            other = {"word/styles.xml": "word/looks2.xml", "word/document.xml": "Word/Document.xml"}
            package.writestr(other.get(name, name), whole.read(name))
        package.writestr("word/_rels/document.xml.rels", relation)
    assert [one.depth for one in read_word(buffer.getvalue(), "稿.docx").lines] == [2]


def test_an_initial_belongs_to_its_paragraph() -> None:
    raw = read(paragraph("本", '<w:framePr w:dropCap="drop"/>'), paragraph("报告依据"))
    assert [one.text for one in raw.lines] == ["本报告依据"]


def test_many_deleted_ends_are_read_in_one_go() -> None:
    mark = "<w:rPr><w:del/></w:rPr>"
    raw = read(*[paragraph("字" * 4, mark)] * 20_000, paragraph("完。"))
    assert len(raw.lines[0].text) == 80_002


def test_nesting_as_deep_as_the_parser_allows() -> None:
    deep = "<w:ins>" * 240 + run("深") + "</w:ins>" * 240
    assert line(deep) == ("深", ["GX054"])
    control = "<w:sdt><w:sdtContent>" * 115
    raw = read(control + paragraph("深") + "</w:sdtContent></w:sdt>" * 115)
    assert [one.text for one in raw.lines] == ["深"]
