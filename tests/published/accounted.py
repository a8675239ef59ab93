"""Whether all that a source says is in the report or on the list of what was left out.

What a source says is known from what it was made of, never from its reader.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random

from gxgen.model.numbering import fold, written_number
from gxgen.published.readings import ReadReport
from tests.published.corpus import (
    DAMAGES,
    SECTIONS,
    Cell,
    Shape,
    Tables,
    Truth,
    preamble,
    signed,
    tables_of,
    title,
)

ODD = (
    "注：本表数据截至年底，单位为件。",
    "（续表）",
    "单位：件",
    "备注：以上数据不含下属单位",
    "表1",
    "12345政务服务便民热线全年受理1204件。",
    "联系电话：0530-1234567",
    "附件：云垟县政府信息公开申请表.docx",
    "来源：云垟县人民政府办公室",
    "- 3 -",
    "2",
    "（二）依申请公开情况",
    "总体情况",
    "五、存在的主要问题及改进情况",
    "本年度没有发生因政府信息公开引起的行政复议、行政诉讼。",
    "https://www.example.gov.cn/zwgk/2024/0120.html",
    "全年办结8件，比上年增加3件，其中予以公开5件",
    "打印",
    "说明",
    "见下表",
    "其他情况：1.组织培训2次；2.开展检查1次。",
    "微博、微信、移动客户端",
    "年度报告 2023 公开 12 件",
    "* * *",
    "□ □ □",
)
"""Paragraphs that stand in published reports where nobody expects them."""
STRANGE_CELLS = (
    "注：含上年度结转数量",
    "备注：以上数据不含下属单位。",
    "其他主动公开文件",
    "（续表）",
    "填表说明：本表由办公室填写。",
)


@dataclass(frozen=True, slots=True)
class Made:
    """A file, and every paragraph and strange cell that was put into it."""

    data: bytes
    said: tuple[str, ...]


def odd_file(what: Truth, shape: Shape, seed: int) -> Made:
    """A report in a shape with odd paragraphs anywhere, a strange row in a table, and perhaps one
    damage to a table."""
    dice = Random(seed)
    sentences = {mark: list(what.sentences.get(mark, ())) for _, mark, _ in SECTIONS}
    for _ in range(dice.randint(1, 4)):
        own = sentences[dice.choice(sorted(sentences))]
        own.insert(dice.randint(0, len(own)), dice.choice(ODD))
    odd = replace(what, sentences={mark: tuple(own) for mark, own in sentences.items()})
    tables = tables_of(odd)
    if dice.random() < 0.5:
        rows = tables[dice.choice(sorted(tables))]
        DAMAGES[dice.choice(sorted(DAMAGES))](rows, dice)
    strange = _with_a_strange_row(tables, dice)
    heads = [f"{number}、{name}" for number, _, name in SECTIONS]
    prose = [s for own in odd.sentences.values() for s in own]
    said = (title(odd), preamble(odd), *heads, *prose, *signed(odd), *strange)
    return Made(shape.write(odd, tables), said)


def _with_a_strange_row(tables: Tables, dice: Random) -> tuple[str, ...]:
    if dice.random() < 0.5:
        rows = tables[dice.choice(sorted(tables))]
        text = dice.choice(STRANGE_CELLS)
        width = sum(cell.width for cell in rows[0])
        rows.insert(dice.randint(1, len(rows)), [Cell(text, width)])
        return (text,)
    return ()


def unaccounted(read: ReadReport, said: Sequence[str]) -> list[str]:
    """What of the paragraphs is nowhere: neither report nor list nor any finding has it.

    A file that is refused as a whole says so, and accounts for everything.
    """
    if read.report is None:
        return []
    have = fold("".join(_told(read)))
    return [text for text in said if (bare := fold(_bare(text))) and bare not in have]


def _bare(text: str) -> str:
    number = written_number(text)
    return text[len(number.token) :] if number is not None else text


def _told(read: ReadReport) -> Iterator[str]:
    report = read.report
    if report is None:
        return
    yield f"{report.agency.name}{report.year}年政府信息公开工作年度报告|{report.agency.name}|"
    date = report.sign_off.date
    yield f"{date.year}年{date.month}月{date.day}日|" if date else ""
    for passage in report.narrative:
        yield "".join((passage.heading or "", passage.text, "|"))
    yield from (f"{one.text}|" for one in read.left_out)
    yield from (f"{finding.message}|" for finding in read.findings)
    layout = read.layout
    if layout is not None:
        texts = (getattr(layout.blocks[h.at], "text", "") for h in layout.headings)
        yield from (f"{_bare(text)}|" for text in texts)
