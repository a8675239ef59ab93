"""Invented reports in the shapes in which published ones come, whole or with one damage.

Everything follows from a seed. The truth is the record that a file was made from, never what a
reader makes of it. Adding a shape must not change the reader in the same commit.
"""

from __future__ import annotations

import contextlib
import html
import io
import random
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from gxgen.editions.declared import PUBLISHED_EDITIONS
from gxgen.editions.grid import Grid, Role
from gxgen.editions.schema import Edition, Kind
from gxgen.model.report import Value

SECTIONS = (
    ("一", "1", "总体情况"),
    ("二", "2", "主动公开政府信息情况"),
    ("三", "3", "收到和处理政府信息公开申请情况"),
    ("四", "4", "政府信息公开行政复议、行政诉讼情况"),
    ("五", "5", "存在的主要问题及改进情况"),
    ("六", "6", "其他需要报告的事项"),
)
AGENCIES = (
    "云垟县审计局",
    "云垟县石潭镇人民政府",
    "云垟县机关事务服务中心",
    "云垟县北山街道办事处",
)


@dataclass(frozen=True)
class Truth:
    """What a file says: figures by key, and sentences by section in order."""

    edition: Edition
    agency: str
    year: int
    values: Mapping[str, Value]
    sentences: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as somebody would type it; ``covered`` is a place that a merged one takes."""

    text: str
    width: int = 1
    height: int = 1
    figure: bool = False
    covered: bool = False


Rows = list[list[Cell]]


def truth(seed: int, edition_id: str = "2021") -> Truth:
    """An invented report whose figures satisfy every identity."""
    dice = random.Random(seed)
    edition = PUBLISHED_EDITIONS[edition_id]
    year = 2020 if edition_id == "2019" else dice.choice((2021, 2022, 2023, 2024))
    values = _values(edition, dice)
    received = values["requests.received.total"]
    told = f"{year}年新收政府信息公开申请{received}件，均按时答复。"
    sentences = {
        "1": (
            f"{year}年，本单位坚持应公开尽公开，把公开融入日常办事。",
            f"（一）主动公开。全年公开信息{dice.randint(20, 900)}条，解读{dice.randint(1, 9)}篇。",
            f"（二）依申请公开。{told}",
            "（三）监督保障。开展培训2次，社会评议结果良好。",
        ),
        "5": (
            "（一）存在的问题。一是解读形式不多；二是个别栏目更新不及时。",
            "（二）改进措施。增加图解和问答，专人盯办栏目更新。",
        ),
        "6": (f"本单位{year}年没有收取信息处理费，也没有其他需要报告的事项。",),
    }
    return Truth(edition, dice.choice(AGENCIES), year, values, sentences)


_PERSONS = ("individual", "company", "research", "charity", "legal_service", "other")


def _values(edition: Edition, dice: random.Random) -> dict[str, Value]:
    """Figures of a busy agency, or of one with hardly any: where nearly all is 0, shifts hide."""
    busy = dice.random() < 0.5
    values = {key: _figure(field.kind, dice, busy) for key, field in edition.fields.items()}
    for key in values:
        if key.startswith(("requests.carried_in.", "requests.received.")):
            values[key] = 0
    _add_up(edition, values)
    for column in _PERSONS:
        out = int(values[f"requests.carried_out.{column}"])
        done = int(values[f"requests.processed.{column}"])
        before = min(dice.choice((0, 0, 1, 4)), out + done)
        values[f"requests.carried_in.{column}"] = before
        values[f"requests.received.{column}"] = out + done - before
    _add_up(edition, values)
    return values


def _figure(kind: Kind, dice: random.Random, busy: bool) -> Value:
    few = (0, 0, 0, 0, 0, 0, 0, 0, 1, 2)
    many = (0, 0, 0, 0, dice.randint(1, 9), dice.randint(10, 99), dice.randint(100, 3000))
    number = dice.choice(many if busy else few)
    if kind is Kind.MONEY:
        return Decimal(f"{dice.choice((0, 3, 2648))}.{dice.randint(10, 99)}" if busy else "0")
    return dice.choice((-1, 1)) * number if kind is Kind.SIGNED else number


def _add_up(edition: Edition, values: dict[str, Value]) -> None:
    for _ in range(2):
        for identity in edition.identities:
            if len(identity.left) == 1:
                values[identity.left[0]] = sum(values[key] for key in identity.right)


def written(value: Value) -> str:
    """A figure as it is printed."""
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def rows_of(grid: Grid, values: Mapping[str, Value]) -> Rows:
    """A table's rows from its grid, places that merged cells take among them."""
    rows: Rows = []
    for row in range(grid.rows):
        line: list[Cell] = []
        column = 0
        while column < grid.columns:
            cell = grid.owners[row, column]
            text = cell.text if cell.key is None else written(values[cell.key])
            figure = cell.role is Role.FIGURE
            if cell.row == row and cell.column == column:
                line.append(Cell(text, cell.column_span, cell.row_span, figure))
            else:
                line.append(Cell("", cell.column_span, 1, covered=True))
            column = cell.column + cell.column_span
        rows.append(line)
    return rows


# -- damage ----------------------------------------------------------------------------------------

Damage = Callable[[Rows, random.Random], None]


def _some_cell(rows: Rows, dice: random.Random, figures: bool) -> tuple[int, int]:
    places = [
        (at, number)
        for at, row in enumerate(rows)
        for number, cell in enumerate(row)
        if not cell.covered and (cell.figure or not figures)
    ]
    return dice.choice(places)


def _lost(rows: Rows, dice: random.Random) -> None:
    row, at = _some_cell(rows, dice, figures=dice.random() < 0.7)
    del rows[row][at]


def _doubled(rows: Rows, dice: random.Random) -> None:
    row, at = _some_cell(rows, dice, figures=dice.random() < 0.7)
    rows[row].insert(at, rows[row][at])


def _split(rows: Rows, dice: random.Random) -> None:
    row, at = _some_cell(rows, dice, figures=True)
    cell = rows[row][at]
    cut = dice.randint(1, max(1, len(cell.text) - 1))
    rows[row][at : at + 1] = [
        replace(cell, text=cell.text[:cut]),
        replace(cell, text=cell.text[cut:]),
    ]


def _joined(rows: Rows, dice: random.Random) -> None:
    row, at = _some_cell(rows, dice, figures=True)
    if at + 1 < len(rows[row]):
        after = rows[row].pop(at + 1)
        gap = dice.choice(("", " "))
        rows[row][at] = replace(rows[row][at], text=rows[row][at].text + gap + after.text)


def _blanked(rows: Rows, dice: random.Random) -> None:
    row, at = _some_cell(rows, dice, figures=dice.random() < 0.7)
    rows[row][at] = replace(rows[row][at], text="")


def _shifted_right(rows: Rows, dice: random.Random) -> None:
    row, _ = _some_cell(rows, dice, figures=True)
    first = next(at for at, cell in enumerate(rows[row]) if cell.figure)
    rows[row].insert(first, Cell("", figure=True))
    if dice.random() < 0.7:
        rows[row].pop()


def _shifted_left(rows: Rows, dice: random.Random) -> None:
    row, _ = _some_cell(rows, dice, figures=True)
    first = next(at for at, cell in enumerate(rows[row]) if cell.figure)
    del rows[row][first]
    rows[row].append(Cell("", figure=True))


def _row_lost(rows: Rows, dice: random.Random) -> None:
    del rows[dice.randrange(len(rows))]


def _row_doubled(rows: Rows, dice: random.Random) -> None:
    at = dice.randrange(len(rows))
    rows.insert(at, list(rows[at]))


def _row_label_lost(rows: Rows, dice: random.Random) -> None:
    labels = [
        (at, number)
        for at, row in enumerate(rows)
        for number, cell in enumerate(row)
        if not cell.figure and not cell.covered and cell.text
    ]
    row, at = dice.choice(labels)
    rows[row][at] = replace(rows[row][at], text="")


def _some_head(rows: Rows, dice: random.Random) -> tuple[int, int]:
    places = [
        (at, number)
        for at, row in enumerate(rows)
        if not any(cell.figure for cell in row)
        for number, cell in enumerate(row)
        if not cell.covered and cell.text
    ]
    return dice.choice(places)


def _head_lost(rows: Rows, dice: random.Random) -> None:
    row, at = _some_head(rows, dice)
    del rows[row][at]


def _head_doubled(rows: Rows, dice: random.Random) -> None:
    row, at = _some_head(rows, dice)
    rows[row].insert(at, rows[row][at])


def _head_joined(rows: Rows, dice: random.Random) -> None:
    row, at = _some_head(rows, dice)
    if at + 1 < len(rows[row]):
        after = rows[row].pop(at + 1)
        rows[row][at] = replace(rows[row][at], text=rows[row][at].text + after.text)


def _head_pushed(rows: Rows, dice: random.Random) -> None:
    row, at = _some_head(rows, dice)
    rows[row].insert(at, Cell(""))


def _stroke(rows: Rows, dice: random.Random) -> None:
    """A stroke where a figure was: whether it was 0 or not."""
    row, at = _some_cell(rows, dice, figures=True)
    rows[row][at] = replace(rows[row][at], text=dice.choice("-/—"))


def _row_stroked(rows: Rows, dice: random.Random) -> None:
    row, _ = _some_cell(rows, dice, figures=True)
    rows[row] = [replace(c, text="/") if c.figure else c for c in rows[row]]


def _misread_letter(rows: Rows, dice: random.Random) -> None:
    """A digit as a scanner takes it for a letter."""
    row, at = _some_cell(rows, dice, figures=True)
    text = rows[row][at].text
    rows[row][at] = replace(rows[row][at], text=text[:-1] + dice.choice("OlI〇"))


def _label_eaten(rows: Rows, dice: random.Random) -> None:
    row, _ = _some_cell(rows, dice, figures=True)
    at = next((n for n, c in enumerate(rows[row]) if len(c.text) > 3 and not c.figure), None)
    if at is not None:
        text = rows[row][at].text
        cut = dice.randrange(len(text))
        rows[row][at] = replace(rows[row][at], text=text[:cut] + text[cut + 1 :])


def _columns_pushed(rows: Rows, dice: random.Random) -> None:
    """All figures of the table one column to the right, the last ones lost."""
    for row in rows:
        figures = [at for at, cell in enumerate(row) if cell.figure]
        texts = ["", *(row[at].text for at in figures)]
        for at, text in zip(figures, texts, strict=False):
            row[at] = replace(row[at], text=text)


def _rows_pushed(rows: Rows, dice: random.Random) -> None:
    """All figures of the table one row down, the last ones behind no label."""
    own = [[at for at, cell in enumerate(row) if cell.figure] for row in rows]
    before: list[str] = []
    for row, places in zip(rows, own, strict=True):
        texts = [row[at].text for at in places]
        for number, at in enumerate(places):
            row[at] = replace(row[at], text=before[number] if number < len(before) else "")
        before = texts if places else before
    rows.append([Cell("") if not c.figure else c for c in rows[-1]])
    places = [at for at, cell in enumerate(rows[-1]) if cell.figure]
    for number, at in enumerate(places):
        rows[-1][at] = replace(rows[-1][at], text=before[number])


DAMAGES: dict[str, Damage] = {
    "stroke": _stroke,
    "row of strokes": _row_stroked,
    "letter for a digit": _misread_letter,
    "label eaten": _label_eaten,
    "columns pushed": _columns_pushed,
    "rows pushed": _rows_pushed,
    "head lost": _head_lost,
    "head doubled": _head_doubled,
    "head joined": _head_joined,
    "head pushed": _head_pushed,
    "lost": _lost,
    "doubled": _doubled,
    "split": _split,
    "joined": _joined,
    "blanked": _blanked,
    "shifted right": _shifted_right,
    "shifted left": _shifted_left,
    "row lost": _row_lost,
    "row doubled": _row_doubled,
    "label lost": _row_label_lost,
}


# -- shapes ----------------------------------------------------------------------------------------

Tables = dict[str, Rows]


@dataclass(frozen=True, slots=True)
class Shape:
    """How a report is written down: a function from truth and tables to bytes, and an ending."""

    name: str
    ending: str
    write: Callable[[Truth, Tables], bytes]


def tables_of(what: Truth) -> Tables:
    """The three tables of a report, whole."""
    return {key: rows_of(grid, what.values) for key, grid in what.edition.grids.items()}


def made(
    what: Truth, shape: Shape, damage: str | None = None, seed: int = 0, *, again: bool = False
) -> bytes:
    """A report in a shape; with ``damage`` one of its rows has suffered it, with ``again`` the same
    table another one as well."""
    tables = tables_of(what)
    if damage is not None:
        dice = random.Random(seed)
        rows = tables[dice.choice(sorted(tables))]
        DAMAGES[damage](rows, dice)
        if again:
            # What the first left may have no such cell any more.
            with contextlib.suppress(IndexError, StopIteration):
                DAMAGES[dice.choice(sorted(DAMAGES))](rows, dice)
    return shape.write(what, tables)


def title(what: Truth) -> str:
    """Its title."""
    return f"{what.agency}{what.year}年政府信息公开工作年度报告"


def preamble(what: Truth) -> str:
    """What stands above section one."""
    return (
        f"本报告依据《中华人民共和国政府信息公开条例》编制，统计期限自{what.year}年1月1日起，"
        f"至{what.year}年12月31日止。"
    )


def signed(what: Truth) -> tuple[str, str]:
    """Who signs it, and when."""
    return what.agency, f"{what.year + 1}年1月20日"


def _parts(what: Truth) -> Iterator[tuple[str, str, str | None]]:
    """(heading, mark, key of the table) of each section."""
    keys = {s.mark: s.table for s in what.edition.sections}
    for number, mark, name in SECTIONS:
        yield f"{number}、{name}", mark, keys[mark]


def text_of(
    what: Truth, tables: Tables, lines: Callable[[Rows], Sequence[str]], head: str = ""
) -> str:
    """A report as text, its tables as ``lines`` writes them; ``head`` marks the headings."""
    out = [(head and "# " + title(what)) or title(what), "", preamble(what), ""]
    for heading, mark, key in _parts(what):
        out += [head + heading, ""]
        if key is not None:
            out += [*lines(tables[key]), ""]
        out += [*what.sentences.get(mark, ()), ""]
    return "\n".join([*out, *signed(what)]) + "\n"


def _tabbed(rows: Rows) -> list[str]:
    return ["\t".join(c.text + "\t" * (c.width - 1) for c in row).rstrip("\n") for row in rows]


def _flat(separator: str) -> Callable[[Rows], list[str]]:
    return lambda rows: [separator.join(c.text for c in row if not c.covered) for row in rows]


def _barred(start: str, end: str) -> Callable[[Rows], list[str]]:
    def lines(rows: Rows) -> list[str]:
        return [start + " | ".join(c.text for c in row) + end for row in rows]

    return lines


def _markdown_table(rows: Rows) -> list[str]:
    lines = ["| " + " | ".join(c.text for c in row) + " |" for row in rows]
    return [lines[0], "|" + "---|" * len(rows[0]), *lines[1:]]


def _alone(between: str = "", after: str = "", start: str = "") -> Callable[[Rows], list[str]]:
    """One cell a line; ``between`` stands between the rows."""

    def lines(rows: Rows) -> list[str]:
        out = []
        for row in rows:
            out += [start + c.text + after for c in row if c.text or (start and not c.covered)]
            if between:
                out.append(between.removesuffix("\n"))
        return out

    return lines


def _labels_last(separator: str) -> Callable[[Rows], list[str]]:
    """Figures before the label of their row, as programs take the text of a PDF."""

    def lines(rows: Rows) -> list[str]:
        out = []
        for row in rows:
            figures = [c.text for c in row if c.figure and c.text]
            labels = [c.text for c in row if not c.figure and c.text]
            if separator:
                out.append(separator.join((*figures, *labels)))
            else:
                out += [*figures, *labels]
        return out

    return lines


def _halved(rows: Rows) -> list[str]:
    """Labels of rows broken around the line of their figures, as where a cell is two lines high."""
    out = []
    for row in rows:
        figures = "  ".join(c.text for c in row if c.figure)
        label = "".join(c.text for c in row if not c.figure)
        cut = len(label) // 2
        whole = len(label) < 12 or not figures
        out += [f"{label}  {figures}"] if whole else [label[:cut], f"    {figures}", label[cut:]]
    return out


def _by_columns(rows: Rows) -> list[str]:
    """All labels of a table, then its figures column by column."""
    labels = [c.text for row in rows for c in row if not c.figure and c.text]
    figures = [[c.text for c in row if c.figure] for row in rows]
    most = max(map(len, figures), default=0)
    return [*labels, *(row[at] for at in range(most) for row in figures if at < len(row))]


def _glued(rows: Rows) -> list[str]:
    return ["".join(c.text for c in row) for row in rows]


def _one_line(rows: Rows) -> list[str]:
    return [" ".join(c.text for row in rows for c in row if c.text)]


def _text(
    lines: Callable[[Rows], Sequence[str]], head: str = "", encoding: str = "utf-8"
) -> Callable[[Truth, Tables], bytes]:
    return lambda what, tables: text_of(what, tables, lines, head).encode(encoding)


def html_rows(rows: Rows, *, spans: bool, inner: str = "{}", tag: str = "td") -> str:
    out = []
    for row in rows:
        cells = []
        for c in row:
            if c.covered and spans:
                continue
            width = f' colspan="{c.width}"' if c.width > 1 else ""
            height = f' rowspan="{c.height}"' if spans and c.height > 1 else ""
            said = inner.format(html.escape(c.text) or "&nbsp;")
            cells.append(f"<{tag}{width}{height}>{said}</{tag}>")
        out.append(f"<tr>{''.join(cells)}</tr>")
    return "\n".join(out)


def _table(rows: Rows) -> str:
    return f"<table border=1>{html_rows(rows, spans=True)}</table>"


def _word_table(rows: Rows) -> str:
    inner = "<p class=MsoNormal><span lang=EN-US style='font-size:10pt'>{}<o:p></o:p></span></p>"
    return f"<table class=MsoTableGrid>{html_rows(rows, spans=True, inner=inner)}</table>"


def _unmerged(rows: Rows) -> str:
    return f"<table>{html_rows(rows, spans=False)}</table>"


def _nested(rows: Rows) -> str:
    return f"<table width=100%><tr><td>{_table(rows)}</td></tr></table>"


def _cut(rows: Rows) -> str:
    if len(rows) < 20:
        return _table(rows)
    # Only between rows over which no label but 三、本年度办理结果 reaches.
    first, second = rows[:5], rows[5:]
    return _table(first) + "<p></p>" + f"<table>{html_rows(second, spans=False)}</table>"


def _divs(rows: Rows) -> str:
    cells = (f"<div>{html.escape(c.text)}</div>" for row in rows for c in row if not c.covered)
    return f"<div class=grid>{''.join(cells)}</div>"


def page_of(
    what: Truth,
    tables: Tables,
    table: Callable[[Rows], str],
    *,
    around: tuple[str, str] = ("", ""),
    paragraph: str = "<p>{}</p>",
    charset: str = "utf-8",
) -> str:
    """A report as a web page."""
    body = [f"<h1>{title(what)}</h1>", paragraph.format(preamble(what))]
    for heading, mark, key in _parts(what):
        body.append(paragraph.format(f"<strong>{heading}</strong>"))
        if key is not None:
            body.append(table(tables[key]))
        body += [paragraph.format(s) for s in what.sentences.get(mark, ())]
    body += [f'<p align="right">{line}</p>' for line in signed(what)]
    said = "\n".join(body)
    return (
        f'<!DOCTYPE html><html><head><meta charset="{charset}"><title>{title(what)}_云垟县人民政府'
        f"</title><style>p{{margin:0}}</style></head><body>{around[0]}<div id=x>{said}</div>"
        f"{around[1]}</body></html>"
    )


_SITE = (
    "<nav><ul><li>首页</li><li>政务公开</li><li>办事服务</li></ul></nav>"
    "<div>当前位置：首页 &gt; 政府信息公开 &gt; 年度报告</div>"
    "<ul><li>一、总体情况</li><li>二、主动公开政府信息情况</li>"
    "<li>三、收到和处理政府信息公开申请情况</li></ul>"
    "<div>发布时间：2025-01-22 来源：云垟县 浏览次数：31</div>",
    "<div>打印 关闭</div><div>上一篇：县情概况</div><footer>版权所有 云垟县人民政府</footer>",
)


def _page(
    table: Callable[[Rows], str], encoding: str = "utf-8", charset: str = "utf-8", **how: object
) -> Callable[[Truth, Tables], bytes]:
    def write(what: Truth, tables: Tables) -> bytes:
        return page_of(what, tables, table, charset=charset, **how).encode(encoding)  # type: ignore[arg-type]

    return write


_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override '
    'PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)


def _word_paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{html.escape(text)}</w:t></w:r></w:p>"


def _word_rows(rows: Rows) -> str:
    """Rows with gridSpan and vMerge; a merged cell goes on where it covers."""
    open_at: set[int] = set()
    columns = max((sum(c.width for c in row) for row in rows), default=1)
    out = []
    for row in rows:
        cells, column = [], 0
        for c in row:
            span = f'<w:gridSpan w:val="{c.width}"/>' if c.width > 1 else ""
            span = f'<w:tcW w:w="{c.width * 9000 // columns}" w:type="dxa"/>{span}'
            merge = '<w:vMerge w:val="restart"/>' if c.height > 1 else ""
            if c.covered and column in open_at:
                merge = "<w:vMerge/>"
            if c.height > 1:
                open_at.add(column)
            cells.append(f"<w:tc><w:tcPr>{span}{merge}</w:tcPr>{_word_paragraph(c.text)}</w:tc>")
            column += c.width
        out.append(f"<w:tr>{''.join(cells)}</w:tr>")
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    lines = "".join(f'<w:{side} w:val="single" w:sz="4"/>' for side in sides)
    borders = f"<w:tblPr><w:tblBorders>{lines}</w:tblBorders></w:tblPr>"
    widths = f'<w:gridCol w:w="{9000 // columns}"/>' * columns
    return f"<w:tbl>{borders}<w:tblGrid>{widths}</w:tblGrid>{''.join(out)}</w:tbl>"


def docx_of(what: Truth, tables: Tables) -> bytes:
    """A report as a Word document."""
    body = [_word_paragraph(title(what)), _word_paragraph(preamble(what))]
    for heading, mark, key in _parts(what):
        body.append(_word_paragraph(heading))
        if key is not None:
            body.append(_word_rows(tables[key]))
        body += map(_word_paragraph, what.sentences.get(mark, ()))
    body += map(_word_paragraph, signed(what))
    document = f"<w:document {_W}><w:body>{''.join(body)}</w:body></w:document>"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in (
            ("[Content_Types].xml", _TYPES),
            ("_rels/.rels", _RELATIONS),
            ("word/document.xml", document),
        ):
            archive.writestr(name, text)
    return out.getvalue()


UNTOLD = frozenset(
    {
        "on end",
        "a cell a line, labels last",
        "tabs, labels last",
        "labels around their figures",
        "column by column",
    }
)
"""Shapes of which nothing in the file says how digits on end are to be parted, or to which label
figures belong: all of them may be refused."""


@cache
def shapes() -> dict[str, Shape]:
    """Every shape by its name."""
    text, page = _text, _page
    each = (
        Shape("tabs", ".txt", text(_tabbed)),
        Shape("tabs without empty ones", ".txt", text(_flat("\t"))),
        Shape("bars between", ".txt", text(_barred("", ""))),
        Shape("bars behind", ".txt", text(_barred("", " |"))),
        Shape("bars at both ends", ".txt", text(_barred("| ", " |"))),
        Shape("Markdown", ".md", text(_markdown_table, "## ")),
        Shape("commas", ".txt", text(_flat(","))),
        Shape("two blanks", ".txt", text(_flat("  "))),
        Shape("one blank", ".txt", text(_flat(" "))),
        Shape("a cell a line", ".txt", text(_alone())),
        Shape("a cell a line, rows apart", ".txt", text(_alone(between="\n"))),
        Shape("a cell a line behind tabs", ".txt", text(_alone(between="\n", start="\t"))),
        Shape("a cell a line with bars", ".txt", text(_alone(after=" |"))),
        Shape("a cell a line, labels last", ".txt", text(_labels_last(""))),
        Shape("tabs, labels last", ".txt", text(_labels_last("\t"))),
        Shape("labels around their figures", ".txt", text(_halved)),
        Shape("column by column", ".txt", text(_by_columns)),
        Shape("on end", ".txt", text(_glued)),
        Shape("one line", ".txt", text(_one_line)),
        Shape("tabs in GB18030", ".txt", text(_tabbed, encoding="gb18030")),
        Shape("tabs in UTF-16", ".txt", text(_tabbed, encoding="utf-16")),
        Shape("page", ".html", page(_table)),
        Shape(
            "page by Word",
            ".htm",
            page(_word_table, paragraph="<p class=MsoNormal><span>{}</span></p>"),
        ),
        Shape("page in GB18030, said to be UTF-8", ".html", page(_table, encoding="gb18030")),
        Shape("page without merged cells", ".html", page(_unmerged)),
        Shape("page, tables in tables", ".html", page(_nested)),
        Shape("page, table cut in two", ".html", page(_cut)),
        Shape("page, cells in boxes", ".html", page(_divs)),
        Shape("page with a site around", ".html", page(_table, around=_SITE)),
        Shape("page in boxes and breaks", ".html", page(_table, paragraph="{}<br>")),
        Shape("page that is called .doc", ".doc", page(_word_table)),
        Shape("DOCX", ".docx", docx_of),
    )
    return {shape.name: shape for shape in each}
