"""Word documents written by hand, part by part, for tests of the reader."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Target="word/document.xml" Type='
    '"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/>'
    "</Relationships>"
)
_NAMESPACES = (
    f'xmlns:w="{W}" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:wps="http://www.wps.cn/officeDocument/2013/wpsCustomData"'
)


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def looking(text: str, properties: str) -> str:
    """A run with these properties."""
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{escape(text)}</w:t></w:r>"


def field(code: str, result: str | None = None, data: str = "") -> str:
    """A field in its long form; without a result it has no place for one either."""
    shown = "" if result is None else mark("separate") + run(result)
    code = "".join(
        f"<w:r><w:instrText>{escape(part)}</w:instrText></w:r>" for part in (code[:4], code[4:])
    )
    return mark("begin", data) + code + shown + mark("end")


def mark(kind: str, data: str = "") -> str:
    """The beginning, middle or end of a field."""
    return f'<w:r><w:fldChar w:fldCharType="{kind}">{data}</w:fldChar></w:r>'


def paragraph(content: str, properties: str = "") -> str:
    """A paragraph; plain text is put into a run."""
    inner = content if content.startswith("<") else run(content)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def styled(text: str, style: str) -> str:
    return paragraph(text, f'<w:pStyle w:val="{style}"/>')


def listed(text: str, number: int, level: int = 0) -> str:
    properties = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return paragraph(text, properties)


def table(*rows: tuple[str, ...]) -> str:
    cells = "".join(
        "<w:tr>" + "".join(f"<w:tc>{paragraph(text)}</w:tc>" for text in row) + "</w:tr>"
        for row in rows
    )
    return f"<w:tbl>{cells}</w:tbl>"


def _related(target: str, kind: str) -> str:
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Target="{target}" Type="http://x/relationships/{kind}"/>'
        "</Relationships>"
    )


def docx(
    *blocks: str,
    styles: str = "",
    numbering: str = "",
    theme: str = "",
    data: str = "",
    prolog: str = "",
    main: str = W,
) -> bytes:
    """A .docx with these blocks in its body, and ``data`` that controls may be bound to.

    ``main`` is the namespace of its own words.
    """
    parts = {
        "_rels/.rels": _RELS,
        "word/document.xml": (
            f"{prolog}<w:document {_NAMESPACES}><w:body>{''.join(blocks)}</w:body></w:document>"
        ),
        "word/styles.xml": f"<w:styles {_NAMESPACES}>{styles}</w:styles>",
        "word/numbering.xml": f"<w:numbering {_NAMESPACES}>{numbering}</w:numbering>",
    }
    if theme:
        parts["word/theme.xml"] = theme
    if data:
        parts |= {
            "word/_rels/document.xml.rels": _related("../customXml/item1.xml", "customXml"),
            "customXml/item1.xml": data,
            "customXml/_rels/item1.xml.rels": _related("itemProps1.xml", "customXmlProps"),
            "customXml/itemProps1.xml": (
                '<ds:datastoreItem ds:itemID="{A1}" xmlns:ds="http://schemas.openxmlformats.org/'
                'officeDocument/2006/customXml"/>'
            ),
        }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts.items():
            package.writestr(name, text.replace(W, main))
    return buffer.getvalue()


def style(identifier: str, name: str, properties: str = "", based_on: str = "") -> str:
    based = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{identifier}"><w:name w:val="{name}"/>{based}'
        f"<w:pPr>{properties}</w:pPr></w:style>"
    )


def numbering(*levels: tuple[str, str], override: str = "") -> str:
    """List 1, and list 2 that continues it or restarts by ``override``; levels (format, text)."""
    inner = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for at, (kind, text) in enumerate(levels)
    )
    return (
        f'<w:abstractNum w:abstractNumId="0">{inner}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        f'<w:num w:numId="2"><w:abstractNumId w:val="0"/>{override}</w:num>'
    )
