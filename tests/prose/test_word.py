"""Word files as agencies write them: styles, automatic numbers, revisions, what cannot be kept."""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gxgen.editions.declared import EDITIONS
from gxgen.model.outline import heading_text
from gxgen.opc.limits import TEXT
from gxgen.places import DocumentCell, DocumentParagraph
from gxgen.prose.neighbour import NeighbourReading, read_neighbour
from tests.prose.word_files import (
    docx,
    listed,
    numbering,
    paragraph,
    run,
    style,
    styled,
    table,
)

EDITION = EDITIONS["2021"]
HEADINGS = (
    style("1", "heading 1", '<w:outlineLvl w:val="0"/>')
    + style("2", "标题 2")
    + style("3", "我的标题", based_on="3a")
    + style("3a", "内部", '<w:outlineLvl w:val="2"/>')
    + style("T1", "toc 1")
)
CHINESE = (("chineseCounting", "%1、"), ("chineseCountingThousand", "（%2）"), ("decimal", "%3."))


def read(*blocks: str, **parts: str) -> NeighbourReading:
    return read_neighbour(docx(*blocks, **parts), "稿.docx", EDITION)


def outline(reading: NeighbourReading) -> list[tuple[str, str]]:
    return [(heading_text(p), p.text) for p in reading.narrative]


def codes(reading: NeighbourReading) -> list[str]:
    return [finding.code for finding in reading.findings]


def test_headings_by_style_need_no_number() -> None:
    found = read(
        styled("总体情况", "1"),
        styled("主动公开", "2"),
        styled("体制机制", "3"),
        paragraph("成立小组。"),
        paragraph("依申请公开", '<w:outlineLvl w:val="1"/>'),
        paragraph("收到1件。"),
        styles=HEADINGS,
    )
    assert outline(found) == [
        ("一、总体情况", ""),
        ("（一）主动公开", ""),
        ("1.体制机制", "成立小组。"),
        ("（二）依申请公开", "收到1件。"),
    ]
    assert codes(found) == []


def test_a_style_for_the_title_moves_all_levels_down() -> None:
    found = read(
        styled("某县某局2023年政府信息公开工作年度报告", "1"),
        styled("1. 总体情况", "2"),
        styled("主动公开", "3"),
        paragraph("公开1条。"),
        styles=HEADINGS,
    )
    assert outline(found) == [("一、总体情况", ""), ("（一）主动公开", "公开1条。")]
    assert found.title == "某县某局2023年政府信息公开工作年度报告"


def test_long_text_in_a_heading_style_is_text() -> None:
    long = "公开" * 60 + "。"
    found = read(styled("总体情况", "1"), styled(long, "2"), styles=HEADINGS)
    assert outline(found) == [("一、总体情况", long)]


def test_automatic_numbers_count_as_word_counts_them() -> None:
    found = read(
        listed("总体情况", 1),
        listed("主动公开", 1, 1),
        listed("体制机制", 1, 2),
        paragraph("甲。"),
        listed("解读回应", 1, 2),
        paragraph("乙。"),
        listed("依申请公开", 1, 1),
        listed("情况", 1, 2),
        paragraph("丙。"),
        listed("主动公开政府信息情况", 1),
        numbering=numbering(*CHINESE),
    )
    assert outline(found) == [
        ("一、总体情况", ""),
        ("（一）主动公开", ""),
        ("1.体制机制", "甲。"),
        ("2.解读回应", "乙。"),
        ("（二）依申请公开", ""),
        ("1.情况", "丙。"),
        ("二、主动公开政府信息情况", ""),
    ]
    assert codes(found) == []


def test_automatic_numbers_of_a_list_stay_in_the_text() -> None:
    restart = '<w:lvlOverride w:ilvl="2"><w:startOverride w:val="1"/></w:lvlOverride>'
    sentence = "这是一条很长的整改措施，前面没有小标题，因此是正文里的一项而不是标题。"
    found = read(
        paragraph("一、总体情况"),
        listed(sentence, 1, 2),
        listed(sentence, 1, 2),
        paragraph("另外："),
        listed(sentence, 2, 2),
        numbering=numbering(*CHINESE, override=restart),
    )
    assert outline(found)[0][1].split("\n") == [
        f"1.{sentence}",
        f"2.{sentence}",
        "另外：",
        f"1.{sentence}",
    ]


def test_bullets_and_list_zero_add_nothing() -> None:
    found = read(
        paragraph("一、总体情况"),
        listed("甲。", 1),
        listed("乙。", 0),
        numbering=numbering(("bullet", "●")),
    )
    assert outline(found) == [("一、总体情况", "甲。\n乙。")]


def test_tracked_changes_are_read_as_accepted_and_told() -> None:
    changed = (
        run("公开")
        + "<w:del><w:r><w:delText>1445</w:delText></w:r></w:del>"
        + f"<w:ins>{run('1554')}</w:ins>"
        + f"<w:moveFrom>{run('旧')}</w:moveFrom>"
        + run("条。")
    )
    found = read(paragraph("一、总体情况"), paragraph(changed))
    assert outline(found) == [("一、总体情况", "公开1554条。")]
    assert codes(found) == ["GX054"]
    assert found.findings[0].place == DocumentParagraph("稿.docx", 2)


def test_a_deleted_paragraph_end_joins_two_paragraphs() -> None:
    found = read(
        paragraph("一、总体情况"),
        paragraph("前半句，", "<w:rPr><w:del/></w:rPr>"),
        paragraph("后半句。"),
    )
    assert outline(found) == [("一、总体情况", "前半句，后半句。")]


BOX = (
    "<w:r><w:pict><v:textbox><w:txbxContent>" + paragraph("框里的话") + "</w:txbxContent>"
    "</v:textbox></w:pict></w:r>"
)


@pytest.mark.parametrize(
    ("content", "code", "said"),
    [
        (BOX, "GX056", "文本框“框里的话”"),
        ("<w:r><w:footnoteReference/></w:r>", "GX056", "脚注"),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>内部掌握</w:t></w:r>", "GX056", "隐藏文字“内部掌握”"),
        ("<w:r><w:sym/></w:r>", "GX056", "特殊符号"),
        ("<w:r><w:drawing/></w:r>", "GX059", "图片"),
        ("<w:r><w:commentReference/></w:r>", "GX059", "批注"),
        ("<w:r><w:br/></w:r>" + run("后"), "GX059", "手动换行"),
    ],
)
def test_what_cannot_be_kept_is_told_with_its_paragraph(content: str, code: str, said: str) -> None:
    found = read(paragraph("一、总体情况"), paragraph(run("前") + content))
    assert codes(found) == [code]
    assert said in found.findings[0].message
    assert found.findings[0].place == DocumentParagraph("稿.docx", 2)
    assert found.narrative[0].paragraphs[0].text == "前"


def test_a_visible_run_and_its_alternative_are_read_once() -> None:
    both = (
        f"<mc:AlternateContent><mc:Choice>{run('甲')}</mc:Choice>"
        f"<mc:Fallback>{run('甲')}</mc:Fallback></mc:AlternateContent>"
    )
    shown = "<w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>乙</w:t></w:r>"
    found = read(paragraph("一、总体情况"), paragraph(both + shown))
    assert outline(found) == [("一、总体情况", "甲乙")]
    assert codes(found) == []


def test_tabs_fields_and_wrapped_paragraphs_are_kept() -> None:
    field = (
        "<w:r><w:instrText>HYPERLINK</w:instrText></w:r><w:hyperlink>"
        + run("网址")
        + "</w:hyperlink><w:r><w:tab/></w:r>"
        + run("尾")
    )
    wrapped = f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph(field)}</w:sdtContent></w:sdt>"
    found = read(paragraph("一、总体情况"), wrapped)
    assert outline(found) == [("一、总体情况", "网址\t尾")]


def test_a_table_of_contents_is_not_text() -> None:
    found = read(
        styled("一、总体情况\t1", "T1"), paragraph("一、总体情况"), paragraph("甲"), styles=HEADINGS
    )
    assert outline(found) == [("一、总体情况", "甲")]
    assert codes(found) == ["GX059"]


@pytest.mark.parametrize("edition", EDITIONS.values(), ids=lambda e: e.id)
def test_the_forms_own_tables_are_passed_over(edition) -> None:
    tables = [
        table(*((cell.text, "0") for cell in grid.cells if cell.key is None))
        for grid in edition.grids.values()
    ]
    found = read(paragraph("一、总体情况"), paragraph("甲"), *tables)
    assert outline(found) == [("一、总体情况", "甲")]
    assert codes(found) == []


def test_another_table_is_told() -> None:
    found = read(paragraph("一、总体情况"), table(("渠道", "数"), ("网站", "12")))
    assert codes(found) == ["GX055"]
    assert found.findings[0].place == DocumentCell("稿.docx", 1, 1, 1)


def test_a_table_of_half_the_forms_words_is_told() -> None:
    own = table(("规章", "行政许可", "网站发布"), ("0", "12", "345条"), ("行政处罚", "7", "公众号"))
    found = read(paragraph("一、总体情况"), paragraph("甲。"), own)
    assert codes(found) == ["GX055"]
    assert found.tables == ()


def test_what_an_agency_added_to_a_table_of_the_form_is_told() -> None:
    rows = [(cell.text, "0") for cell in EDITION.grids["disclosure"].labels]
    found = read(paragraph("一、总体情况"), paragraph("甲。"), table(*rows, ("网站发布", "345")))
    assert codes(found) == ["GX055"]
    assert found.findings[0].quote == "网站发布"
    assert [t.number for t in found.tables] == [1]


def test_an_empty_document_is_told() -> None:
    assert codes(read()) == ["GX075"]
    assert codes(read(table(("渠道", "数")))) == ["GX055", "GX075"]


def test_sections_numbered_by_word_in_digits() -> None:
    found = read(
        listed("总体情况", 1),
        paragraph("甲。"),
        listed("主动公开政府信息情况", 1),
        numbering=numbering(("decimal", "%1.")),
    )
    assert outline(found) == [("一、总体情况", "甲。"), ("二、主动公开政府信息情况", "")]


def test_hostile_words_are_kept_to_the_letter() -> None:
    text = "A&B <办法> ]]> {{ 7*7 }} {% raise %} “引号” 垟塆𡌴"
    found = read(paragraph("一、总体情况"), paragraph(text))
    assert outline(found) == [("一、总体情况", text)]


ENTITY = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
LAUGHS = '<!DOCTYPE d [<!ENTITY a "哈哈"><!ENTITY b "&a;&a;&a;">]>'


@pytest.mark.parametrize("prolog", [ENTITY, LAUGHS, "<!DOCTYPE html>"])
def test_a_doctype_is_refused(prolog: str) -> None:
    found = read(paragraph("一、总体情况"), prolog=prolog)
    assert codes(found) == ["GX052"]
    assert "DOCTYPE" in found.findings[0].message
    assert found.narrative == ()


def test_a_part_too_large_to_unpack_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    small = replace(TEXT, part=1000)
    monkeypatch.setattr("gxgen.prose.word_package.TEXT", small)
    found = read(paragraph("一、总体情况"), paragraph("长" * 1000))
    assert codes(found) == ["GX052"]


def zipped(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, data in members.items():
            package.writestr(name, data)
    return buffer.getvalue()


WHOLE = docx(paragraph("一、总体情况"), paragraph("甲。"))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "GX052"),
        (b"PK\x03\x04", "GX052"),
        (WHOLE[:-30], "GX052"),
        (WHOLE[: len(WHOLE) // 2], "GX052"),
        (zipped(a=b"b"), "GX052"),
        (zipped(**{"_rels/.rels": b"<not xml"}), "GX052"),
        (zlib.compress(b"x"), "GX052"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "GX051"),
        (b"%PDF-1.7", "GX051"),
        (b"{\\rtf1", "GX051"),
    ],
)
def test_a_file_that_is_no_word_document(data: bytes, code: str) -> None:
    found = read_neighbour(data, "稿.docx", EDITION)
    assert codes(found) == [code]
    assert "稿.docx" in found.findings[0].message


@settings(max_examples=60)
@given(st.data())
def test_damage_never_raises(data: st.DataObject) -> None:
    broken = bytearray(WHOLE)
    for _ in range(data.draw(st.integers(1, 8))):
        broken[data.draw(st.integers(0, len(broken) - 1))] = data.draw(st.integers(0, 255))
    assert isinstance(read_neighbour(bytes(broken), "稿.docx", EDITION), NeighbourReading)
