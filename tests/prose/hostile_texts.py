"""Text files beside a form that are made to hurt."""

from __future__ import annotations

from collections.abc import Callable

from gxgen.editions.declared import EDITIONS
from gxgen.form.labels import plan
from gxgen.opc.limits import LINES
from tests.prose.word_files import docx, field, looking, mark, paragraph, run

MOST = LINES - 100
"""Paragraphs that are just read."""
_TITLES = [
    f"{n}、{section.title}"
    for n, section in zip("一二三四五六", EDITIONS["2021"].sections[1:7], strict=True)
]


def sound(body: str, *, markdown: bool = False) -> str:
    """A text with all titles, and something in the first section."""
    sign = "# " if markdown else ""
    return "\n\n".join([sign + _TITLES[0], body, *(f"{sign}{t}\n\n按规定。" for t in _TITLES[1:])])


def document(*inner: str, **parts: str) -> bytes:
    titles = [paragraph(title) for title in _TITLES[1:]]
    return docx(paragraph(_TITLES[0]), *inner, *titles, **parts)


def plain(text: str, encoding: str = "utf-8") -> bytes:
    return text.encode(encoding)


def levels(text: str, *, form: str = "decimal", start: int = 1) -> str:
    """A numbering with nine levels of one pattern."""
    made = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for n in range(9)
    )
    return (
        f'<w:abstractNum w:abstractNumId="1">{made}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    )


def numbered(text: str, level: int = 0, number: int = 1) -> str:
    return paragraph(
        text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    )


_DELETED = "<w:rPr><w:del/></w:rPr>"
_TABLE = "<w:tbl><w:tr>{}</w:tr></w:tbl>"
_CELL = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
_LABELS = [label.cell.text for label in plan(EDITIONS["2021"], "requests").labels]


def nested(name: str, count: int, inner: str) -> str:
    return f"<{name}>" * count + inner + f"</{name}>" * count


def near(n: int) -> str:
    """A word nearly that of a label."""
    label = _LABELS[n % len(_LABELS)]
    return f"{label[:-1]}{chr(0x4E00 + n % 20_000)}"


def tables(count: int, width: int, of: Callable[[int], str]) -> str:
    return "".join(
        _TABLE.format("".join(_CELL.format(of(t * width + n)) for n in range(width)))
        for t in range(count)
    )


WORD: dict[str, Callable[[], bytes]] = {
    "pattern of levels": lambda: document(
        *(numbered("甲", 8) for _ in range(MOST)), numbering=levels("%1" * 32)
    ),
    "pattern without end": lambda: document(
        *(numbered("甲", 8) for _ in range(MOST)), numbering=levels("%1" * 100_000)
    ),
    "pattern of text": lambda: document(
        *(numbered("甲") for _ in range(MOST)), numbering=levels("一" * 1_000_000)
    ),
    "bullets of text": lambda: document(
        *(numbered("甲") for _ in range(MOST)),
        numbering=levels("一" * 1_000_000, form="bullet"),
    ),
    "huge start": lambda: document(numbered("甲"), numbering=levels("%1", start=10**9)),
    "start of digits": lambda: document(numbered("甲"), numbering=levels("%1", start=10**4000)),
    **{
        f"huge start as {form}": lambda form=form: document(
            numbered("甲"), numbering=levels("%1", form=form, start=999_999_999)
        )
        for form in ("upperRoman", "chineseCounting", "upperLetter", "hex", "chicago", "001")
    },
    "numbers padded": lambda: document(
        *(numbered("甲") for _ in range(MOST)), numbering=levels("%1", form="0" * 9_000_000 + "1")
    ),
    "lists": lambda: document(
        numbered("甲"),
        numbering="".join(
            f'<w:num w:numId="{n}"><w:abstractNumId w:val="1"/></w:num>' for n in range(150_000)
        ),
    ),
    "levels of one list": lambda: document(
        *(numbered("甲", n) for n in range(MOST)),
        numbering='<w:abstractNum w:abstractNumId="1">'
        + "".join(f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/></w:lvl>' for n in range(60_000))
        + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>',
    ),
    "lists of many levels": lambda: document(
        numbered("甲"),
        numbering='<w:abstractNum w:abstractNumId="1">'
        + "".join(f'<w:lvl w:ilvl="{n}"/>' for n in range(100_000))
        + "</w:abstractNum>"
        + '<w:num><w:abstractNumId w:val="1"/></w:num>' * 50_000,
    ),
    "ends deleted": lambda: document(*(paragraph("甲", _DELETED) for _ in range(60_000))),
    "ends deleted of long paragraphs": lambda: document(
        *(paragraph("甲" * 100, _DELETED) for _ in range(40_000))
    ),
    "initials": lambda: document(
        *(paragraph("甲", '<w:framePr w:dropCap="drop"/>') for _ in range(60_000))
    ),
    "deletions": lambda: document(
        "<w:p>" + f"<w:del><w:r><w:delText>{'甲'}</w:delText></w:r></w:del>" * 100_000 + "</w:p>"
    ),
    "paragraphs": lambda: document(*(paragraph("甲") for _ in range(100_000))),
    "empty paragraphs": lambda: document("<w:p/>" * 700_000),
    "runs": lambda: document(paragraph(run("甲") * 90_000)),
    "breaks": lambda: document(paragraph("<w:r>" + "<w:t>甲</w:t><w:br/>" * 80_000 + "</w:r>")),
    "tabs": lambda: document(paragraph("<w:r>" + "<w:tab/>" * 700_000 + "</w:r>")),
    "one long paragraph": lambda: document(paragraph("甲" * 3_000_000)),
    "long paragraphs": lambda: document(*(paragraph("1." * 40_000) for _ in range(20))),
    "paragraphs of blanks": lambda: document(
        *(paragraph("甲" + " \u3000" * 20_000 + "乙") for _ in range(40))
    ),
    "paragraphs of brackets": lambda: document(*(paragraph("（" * 40_000) for _ in range(20))),
    "looks": lambda: document(
        paragraph("".join(looking("甲", f'<w:sz w:val="{n}"/>') for n in range(60_000)))
    ),
    "raised": lambda: document(
        paragraph(looking("2", '<w:vertAlign w:val="superscript"/>') * 60_000)
    ),
    "styles": lambda: document(
        paragraph("甲", '<w:pStyle w:val="s9"/>'),
        styles="".join(
            f'<w:style w:styleId="s{n}"><w:basedOn w:val="s{n - 1}"/></w:style>'
            for n in range(100_000)
        ),
    ),
    "styles in a ring": lambda: document(
        *(paragraph("甲", f'<w:pStyle w:val="s{n % 2}"/>') for n in range(MOST)),
        styles='<w:style w:styleId="s0"><w:basedOn w:val="s1"/></w:style>'
        '<w:style w:styleId="s1"><w:basedOn w:val="s0"/></w:style>',
    ),
    "a style of a long name": lambda: document(
        *(paragraph("甲", '<w:pStyle w:val="s"/>') for n in range(MOST)),
        styles=f'<w:style w:styleId="s"><w:name w:val="{"目录" * 500_000}"/></w:style>',
    ),
    "fields": lambda: document(paragraph(field("PAGE", "1") * 25_000)),
    "fields without end": lambda: document(paragraph(mark("begin") * 150_000)),
    "ends of fields": lambda: document(paragraph(mark("end") * 150_000)),
    "fields in fields": lambda: document(
        paragraph(mark("begin") * 60_000 + run("1") + mark("end") * 60_000)
    ),
    "results in results": lambda: document(
        paragraph((mark("begin") + mark("separate")) * 30_000 + run("1") + mark("end") * 30_000)
    ),
    "codes": lambda: document(
        paragraph(
            mark("begin") + "<w:r><w:instrText> QUOTE </w:instrText></w:r>" * 90_000 + mark("end")
        )
    ),
    "a long code": lambda: document(paragraph(field("EQ " + "\\f(" * 90_000, None))),
    "a code of signs": lambda: document(paragraph(field("EQ " + "\\* " * 90_000, None))),
    "a button of quotes": lambda: document(
        paragraph(field("MACROBUTTON x " + '\\*"' * 90_000, None))
    ),
    "a code of quotes": lambda: document(paragraph(field("MERGEFIELD x", "<<" * 40_000))),
    "formulas": lambda: document(
        paragraph("<m:oMath>" + "<m:r><m:t>1</m:t></m:r>" * 90_000 + "</m:oMath>")
    ),
    "fractions": lambda: document(
        paragraph(
            "<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den/></m:f></m:oMath>" * 30_000
        )
    ),
    "deep formula": lambda: document(
        paragraph(f"<m:oMath>{nested('m:e', 240, '<m:r><m:t>1</m:t></m:r>' * 10_000)}</m:oMath>")
    ),
    "deep controls": lambda: document(
        nested("w:sdt", 1, "")
        + "<w:sdt><w:sdtContent>" * 110
        + paragraph("甲") * 5_000
        + "</w:sdtContent></w:sdt>" * 110
    ),
    "deep tables": lambda: document(
        "<w:tbl><w:tr><w:tc>" * 70 + paragraph("甲") * 5_000 + "</w:tc></w:tr></w:tbl>" * 70
    ),
    "tables in each other": lambda: document(
        ("<w:tbl><w:tr><w:tc>" + paragraph("甲") * 500) * 70 + "</w:tc></w:tr></w:tbl>" * 70
    ),
    "deep insertions": lambda: document(paragraph(nested("w:ins", 240, run("甲")))),
    "deep tags": lambda: document(paragraph(nested("w:smartTag", 240, run("甲")))),
    "deep strangers": lambda: document(nested("w:stranger", 240, paragraph("甲"))),
    "deep strangers in a row": lambda: document(nested("w:stranger", 100, paragraph("甲")) * 900),
    "deep choices": lambda: document(
        "<mc:AlternateContent><mc:Choice>" * 110
        + paragraph("甲")
        + "</mc:Choice></mc:AlternateContent>" * 110
    ),
    "deeper": lambda: document(nested("w:ins", 100_000, run("甲"))),
    "strangers": lambda: document("".join(f"<w:x{n}>{run('甲')}</w:x{n}>" for n in range(60_000))),
    "pictures": lambda: document(paragraph("<w:r><w:pict/></w:r>" * 120_000)),
    "boxes in boxes": lambda: document(
        paragraph(
            nested("w:pict", 100, "<w:txbxContent>" + paragraph("甲") * MOST + "</w:txbxContent>")
        )
    ),
    "tables": lambda: document(tables(30_000, 1, lambda n: f"甲{n}")),
    "a wide table": lambda: document(tables(1, 60_000, near)),
    "tables of words": lambda: document(tables(400, 80, near)),
    "tables of labels": lambda: document(tables(900, 40, lambda n: _LABELS[n % len(_LABELS)])),
    "symbols": lambda: document(
        paragraph('<w:r><w:sym w:char="F0FC" w:font="Wingdings"/></w:r>' * 60_000)
    ),
    "symbols of digits": lambda: document(
        paragraph(f'<w:r><w:sym w:char="{"F" * 100_000}" w:font="x"/></w:r>')
    ),
    "control characters": lambda: document(*(paragraph(f"甲\x85{n}") for n in range(MOST))),
    "odd letters": lambda: document(*(paragraph("⼯作" * 100) for n in range(8_000))),
    "attributes": lambda: document("<w:p " + " ".join(f'a{n}="b"' for n in range(900_000)) + "/>"),
    "huge attribute": lambda: document(f'<w:p w:rsidR="{"0" * 9_000_000}"/>'),
    "huge text": lambda: document(paragraph("甲" * 6_000_000)),
}


def text_of(body: str) -> bytes:
    return plain(sound(body))


def marked(body: str) -> bytes:
    return plain(sound(body, markdown=True))


PLAIN: dict[str, Callable[[], bytes]] = {
    "one line": lambda: text_of("甲" * 1_500_000),
    "one line of letters": lambda: text_of("a" * 5_000_000),
    "much": lambda: plain("甲" * 8_000_000),
    "lines": lambda: text_of("\n".join("甲" * 2 for _ in range(600_000))),
    "lines within": lambda: text_of("\n".join("甲乙丙丁" for _ in range(MOST))),
    "empty lines": lambda: text_of("\n" * 4_500_000),
    "lines of a page": lambda: text_of("\n".join("甲乙，" * 8 for _ in range(MOST))),
    "page numbers": lambda: text_of("\n".join(f"- {n % 900} -" for n in range(300_000))),
    "bare numbers": lambda: text_of("\n".join(f"{n % 900}" for n in range(MOST))),
    "numbers between lines": lambda: text_of(
        "\n".join("甲乙丙，" * 10 if n % 2 else f"{n // 2}" for n in range(MOST))
    ),
    "headings": lambda: text_of("\n".join(f"（{'一二三四'[n % 4]}）某项工作" for n in range(MOST))),
    "headings of all levels": lambda: text_of(
        "\n".join(("（一）甲", "1.乙", "（1）丙")[n % 3] for n in range(MOST))
    ),
    "sections": lambda: text_of("\n".join(_TITLES[n % 6] for n in range(MOST))),
    "sections in other words": lambda: text_of(
        "\n".join(f"{'一二三四五六'[n % 6]}、某某情况说明" for n in range(MOST))
    ),
    "labels": lambda: text_of("\n".join(_LABELS[n % len(_LABELS)] for n in range(MOST))),
    "labels in pieces": lambda: text_of("\n".join(_LABELS[n % 30][:3] for n in range(MOST))),
    "labels in a line": lambda: text_of("".join(_LABELS) * 200),
    "labels beside bars": lambda: text_of("|".join(_LABELS * 600)),
    "figures": lambda: text_of("\n".join(str(n) for n in range(MOST))),
    "bars": lambda: text_of("|" * 95_000),
    "blanks": lambda: text_of("甲" + " " * 95_000 + "乙"),
    "wide blanks": lambda: text_of("\n".join("甲" + "\u3000" * 4_000 + "乙" for _ in range(200))),
    "tabs": lambda: text_of("\t" * 95_000),
    "brackets": lambda: text_of("（" * 95_000),
    "dashes": lambda: text_of("-" * 95_000),
    "dots": lambda: text_of("1." * 47_000),
    "commas": lambda: text_of("1，" * 47_000),
    "digits": lambda: text_of("1" * 95_000),
    "addresses": lambda: text_of("\n".join("a" * 40 + "/" + "b" * 900 for _ in range(2_000))),
    "an address": lambda: text_of("/" * 95_000),
    "hyphens between": lambda: text_of("a-" * 47_000),
    "years": lambda: text_of("2023年" * 19_000),
    "dates": lambda: text_of("2023年1月1日" * 11_000),
    "odd letters": lambda: text_of("\n".join("⼯作⼀" * 20 for _ in range(MOST))),
    "control characters": lambda: text_of("\n".join(f"甲\x01{n}" for n in range(MOST))),
    "long words": lambda: text_of(
        "\n".join("某县政府信息公开工作年度报告" * 6 for _ in range(10_000))
    ),
    "UTF-16": lambda: plain(sound("甲" * 2_000_000), "utf-16"),
    "UTF-16 without a mark": lambda: plain(sound("甲乙\n" * 600_000), "utf-16-le"),
    "zeros": lambda: b"\0" * 5_000_000,
    "noise": lambda: bytes(range(256)) * 20_000,
    "GB18030": lambda: plain(sound("甲" * 2_000_000), "gb18030"),
    "unknown letters": lambda: b"\x81\x39\xef\x30" * 1_200_000,
}
_LINES = {
    "heading": "# " + "甲" * 50_000,
    "headings": "\n".join("## （一）甲" for _ in range(MOST)),
    "underlined heading": "甲" * 50_000 + "\n===",
    "signs of headings": "#" * 95_000,
    "quotes": ">" * 50_000 + " 甲",
    "quotes of many lines": "\n".join(">" * 100 + " 甲" for _ in range(3_000)),
    "lists in lists": "\n".join(" " * n + "- 甲" for n in range(1_500)),
    "lists in a line": "- " * 40_000 + "甲",
    "numbers in a line": "1. " * 30_000 + "甲",
    "items": "\n".join(f"- 甲{n}" for n in range(MOST)),
    "numbered items": "\n".join(f"{n}. 甲" for n in range(MOST)),
    "emphasis": "*a " * 30_000,
    "emphasis of all kinds": "*a **a " * 13_000,
    "stars": "*" * 95_000,
    "stars and letters": "a**b" * 20_000,
    "underscores": "_a " * 30_000,
    "underlines": "_" * 95_000,
    "nested emphasis": "*" * 20_000 + "a" + "*" * 20_000,
    "strikes": "~~a " * 22_000,
    "tildes": "~" * 95_000,
    "equals": "==a " * 22_000,
    "equals in a row": "=" * 95_000,
    "brackets": "[" * 95_000,
    "brackets below the limit": "[" * 1_900 + "]" * 40_000,
    "links": "[a](" * 1_900,
    "links of brackets": ("[a](" + "(" * 500) * 150,
    "links with titles": '[a](b "' * 1_900,
    "images": "![" * 1_900,
    "nested images": "![" * 900 + "a" + "](b)" * 900,
    "footnotes": "\n".join(f"[^{n}]: 甲" for n in range(1_900)),
    "code": "`a" * 45_000,
    "code of growing marks": "".join("`" * n + "a" for n in range(430)),
    "fences": "\n".join("```" if n % 2 else "~~~" for n in range(MOST)),
    "fences in fences": "\n".join("`" * n for n in range(3, 420)),
    "unclosed fence": "```\n" + "甲\n" * MOST,
    "tags": "<b>" * 30_000,
    "open tags": "<a " * 30_000,
    "open brackets": "<" * 95_000,
    "tags in tags": "<div>" * 15_000 + "甲" + "</div>" * 12_000,
    "end tags": "<b>" * 15_000 + "</i>" * 15_000,
    "HTML blocks": "\n\n".join("<div>甲</div>" for _ in range(6_000)),
    "HTML in HTML": "<div>" + "甲<" * 40_000,
    "comments": "<!--" * 20_000,
    "comments closed": "<!-- -->" * 11_000,
    "instructions": "<?" * 45_000,
    "declarations": "<!A " * 22_000,
    "CDATA": "<![CDATA[" * 1_900,
    "table": "|甲|乙|\n|-|-|\n" + "|1|2|\n" * MOST,
    "wide table": "|甲" * 20_000 + "|\n" + "|-" * 20_000 + "|\n" + "|1" * 200 + "|",
    "tables": "|甲|\n|-|\n|1|\n\n" * 6_000,
    "rows between bars": "\n".join("|甲｜乙|" for _ in range(MOST)),
    "front matter": "---\n" + "a: b\n" * 90_000,
    "front matter of blanks": "---\n" + "\n" * 90_000,
    "references": "\n".join(f"[a{n}]: b" for n in range(1_900)),
    "entities": "&amp;" * 19_000,
    "long entities": "&#" + "1" * 90_000 + ";",
    "escapes": "\\*" * 47_000,
    "rules": "\n".join("---" for _ in range(MOST)),
    "breaks": "甲  \n" * MOST,
    "blanks": "甲" + " " * 95_000 + "乙",
    "addresses": "<http://a" * 10_000,
    "addresses of mail": "<a@" * 30_000,
    "raised": "<sup>2</sup>" * 8_000,
    "open raised": "<sup>2" * 15_000,
    "struck": "<s>2" * 20_000,
    "hidden": '<p style="display:' + " " * 90_000 + 'x">',
    "tasks": "\n".join("- [ ] 甲" for _ in range(1_900)),
    "glued headings": "\n".join("#一、甲" for _ in range(MOST)),
}
HOSTILE: dict[str, Callable[[], bytes]] = {
    **{f"{name}.docx": made for name, made in WORD.items()},
    **{f"{name}.txt": made for name, made in PLAIN.items()},
    **{f"{name}.md": (lambda body=body: marked(body)) for name, body in _LINES.items()},
    "a zip of nothing.docx": lambda: b"PK\x05\x06" + b"\0" * 18,
}
