"""Faults of texts that are filed beside a form, and of the text's order and headings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from random import Random

from benchmarks.planting.figures import added, rewritten
from benchmarks.planting.site import Plant, Planter, Site, lines_of, written
from gxgen.model.narrative import Paragraph, Passage
from gxgen.model.report import Report
from tests.prose.word_files import docx, looking, paragraph, run, table

Lines = Callable[[list[str], Site, Random], "tuple[list[str], int] | None"]
"""Changed lines, and which of them (from 0) is at fault."""
RAISED = '<w:vertAlign w:val="superscript"/>'


def beside(site: Site, ending: str, data: bytes, code: str, *where: str, **more: str) -> Plant:
    """The text in a file of its own, none in the form."""
    bare = written(replace(site.report, narrative=()))
    files: dict[str, bytes | None] = {site.path: bare, site.text_path(ending): data}
    also = frozenset(more.get("also", "").split())
    return Plant(code, files, frozenset(where), more.get("says", ""), also)


def _at(site: Site, ending: str, line: int) -> str:
    return f"{site.stem}{ending} 正文第{line + 1}段"


def typed(code: str, name: str, change: Lines, ending: str = ".txt", also: str = "") -> Planter:
    """The text as a file of lines, changed."""
    end = "\n\n" if ending == ".md" else "\n"

    def plant(site: Site, random: Random) -> Plant | None:
        changed = change(lines_of(site.report), site, random)
        if changed is None:
            return None
        lines, at = changed
        places = (_at(site, ending, at), f"{site.stem}{ending}")
        return beside(site, ending, end.join(lines).encode(), code, *places, also=also)

    return Planter(code, name, plant)


def _heading(lines: list[str], start: str) -> int:
    return next(at for at, line in enumerate(lines) if line.startswith(start))


def _skipped(lines: list[str], site: Site, random: Random) -> tuple[list[str], int]:
    at = _heading(lines, "（三）")
    lines[at] = lines[at].replace("（三）", "（四）", 1)
    return lines, at


def _out_of_order(lines: list[str], site: Site, random: Random) -> tuple[list[str], int]:
    five, six = _heading(lines, "五、"), _heading(lines, "六、")
    return [*lines[:five], *lines[six:], *lines[five:six]], five + len(lines) - six


def _twice(lines: list[str], site: Site, random: Random) -> tuple[list[str], int]:
    one, two = _heading(lines, "一、"), _heading(lines, "二、")
    return [*lines[:two], *lines[one:two], *lines[two:]], two


def _variant(lines: list[str], site: Site, random: Random) -> tuple[list[str], int]:
    at = _heading(lines, "二、")
    lines[at] = "二、行政机关主动公开政府信息情况"
    return lines, at


def _unknown(lines: list[str], site: Site, random: Random) -> tuple[list[str], int]:
    return [*lines, "七、附件", "附件见网站。"], len(lines)


def _joined(lines: list[str], site: Site, random: Random) -> tuple[list[str], int]:
    at = _heading(lines, "（一）")
    lines[at] += "。"
    return lines, at


def _control(lines: list[str], site: Site, random: Random) -> tuple[list[str], int]:
    at = random.choice([n for n, line in enumerate(lines) if len(line) > 60])
    lines[at] = lines[at][:20] + "\x07" + lines[at][20:]
    return lines, at


def _no_sections(lines: list[str], site: Site, random: Random) -> tuple[list[str], int]:
    return ["会议通知", "请各科室于周五前报送材料，逾期不候。"], 0


def _another(lines: list[str], site: Site, random: Random) -> tuple[list[str], int]:
    name = "安丘市凌河街道办事处"
    return [f"{name}{site.demo.year}年政府信息公开工作年度报告", *lines], 0


def _own_date(lines: list[str], site: Site, random: Random) -> tuple[list[str], int] | None:
    if site.report.sign_off.date is None:
        return None
    return [*lines, site.unit.agency.name, f"{site.demo.year + 1}年1月2日"], len(lines) + 1


def _split_number(lines: list[str], site: Site, random: Random) -> tuple[list[str], int]:
    """Broken into lines of equal length, a number at an edge."""
    sentence = "字" * 26
    broken = []
    for line in lines:
        short = line[0] in "一二三四五六（" and len(line) < 40
        broken += [line] if short else [line[at : at + 28] for at in range(0, len(line), 28)]
    at = _heading(broken, "（二）")
    return [*broken[:at], sentence + "20", "23条信息。", *broken[at:]], at


def _half_mark(lines: list[str], site: Site, random: Random) -> tuple[list[str], int]:
    at = random.choice([n for n, line in enumerate(lines) if len(line) > 60])
    lines[at] = "**重点领域：" + lines[at]
    return lines, at


def _break_in_line(lines: list[str], site: Site, random: Random) -> tuple[list[str], int]:
    return ["打印本页", "字号：大 中 小", *lines], 0


# -- in Word ---------------------------------------------------------------------------------------


def in_word(code: str, name: str, content: Callable[[str], str], also: str = "") -> Planter:
    """One paragraph of a Word document made otherwise; ``content`` gives its runs or a block."""

    def plant(site: Site, random: Random) -> Plant:
        lines = lines_of(site.report)
        at = random.choice([n for n, line in enumerate(lines) if len(line) > 60])
        blocks = [*map(paragraph, lines)]
        made = content(lines[at])
        blocks[at] = made if made.startswith(("<w:p>", "<w:tbl>")) else paragraph(made)
        where = {_at(site, ".docx", n) for n in (at - 1, at, at + 1)} | {
            f"{site.stem}.docx",
            f"{site.stem}.docx 第1个表格第1行第1格",
        }
        return beside(site, ".docx", docx(*blocks), code, *where, also=also)

    return Planter(code, name, plant)


def _revised(line: str) -> str:
    old = "<w:del><w:r><w:delText>旧的</w:delText></w:r></w:del>"
    return run(line[:20]) + old + f"<w:ins>{run(line[20:])}</w:ins>"


def _struck(line: str) -> str:
    return run(line) + looking("三十", "<w:strike/>")


def _commented(line: str) -> str:
    return run(line) + "<w:r><w:commentReference/></w:r>"


def _raised(line: str) -> str:
    return run(line) + looking("注1", RAISED)


def _tabled(line: str) -> str:
    return table(("渠道", "条数"), ("网站", "12")) + paragraph(line)


def _other_table(site: Site, random: Random) -> Plant:
    """Table three as Word holds it, with another number in its last cell."""
    grid = site.report.edition.grids["requests"]
    rows = [
        tuple(
            cell.text if cell.key is None else str(site.report.values[cell.key])
            for cell in grid.cells
            if cell.row == row
        )
        for row in range(grid.rows)
    ]
    rows[-1] = (*rows[-1][:-1], "987")
    blocks = [*map(paragraph, lines_of(site.report)), table(*rows)]
    cell = f"{site.stem}.docx 第1个表格第{len(rows)}行第{len(rows[-1])}格"
    return beside(site, ".docx", docx(*blocks), "GX072", cell, says="987")


# -- whole files -----------------------------------------------------------------------------------


def file(code: str, name: str, ending: str, data: bytes, also: str = "") -> Planter:
    """A text file of which no text comes."""

    def plant(site: Site, random: Random) -> Plant:
        where = f"{site.stem}{ending}"
        return beside(site, ending, data, code, where, also=f"GX040 GX041 GX076 {also}")

    return Planter(code, name, plant)


def _two_places(site: Site, random: Random) -> Plant:
    """The same section in form and text file, with another number."""
    other = rewritten(site.report, lambda text: text.replace("公开", "发布", 1))
    assert other is not None
    text = "\n".join(lines_of(other)).encode()
    return Plant("GX050", {site.text_path(".txt"): text}, also=frozenset({"GX409"}))


# -- the order of the text in the form -------------------------------------------------------------


def _no_section(site: Site, random: Random) -> Plant:
    """The form without its sheet of text."""
    form = site.form().delete("正文")
    return site.filed("GX040", form.data(), says="总体情况", also="GX034 GX076")


def _no_preamble(site: Site, random: Random) -> Plant:
    narrative = tuple(p for p in site.report.narrative if p.mark != "0")
    return site.filed("GX076", written(replace(site.report, narrative=narrative)))


def _bare_heading(site: Site, random: Random) -> Plant:
    """A part with its heading alone, before others."""

    def passage(one: Passage) -> Passage:
        return replace(one, paragraphs=()) if one.mark == "1.3" else one

    told = replace(site.report, narrative=tuple(map(passage, site.report.narrative)))
    return site.filed("GX042", written(told), says=_title(site.report, "1.3"))


def _untold_part(site: Site, random: Random) -> Plant:
    """Section one without all that it says of one of its parts."""
    mark = random.choice(("1.2", "1.4"))
    left = tuple(p for p in site.report.narrative if p.mark != mark)
    told = written(replace(site.report, narrative=left))
    return site.filed("GX511", told, says="没有说到", also="GX401 GX403 GX408")


_WITHOUT_FEE = (
    "人大代表建议和政协委员提案的办理结果已经全部公开，栏目的意见由综合科汇总后逐条回复。"
)


def _no_fee(site: Site, random: Random) -> Plant:
    kept = [p for p in site.report.narrative if not p.mark.startswith("6.")]
    told = [replace(p, paragraphs=(Paragraph(_WITHOUT_FEE),)) if p.mark == "6" else p for p in kept]
    data = written(replace(site.report, narrative=tuple(told)))
    return site.filed("GX512", data, says="收取信息处理费")


def _neighbours_name(site: Site, random: Random) -> Plant | None:
    """The text of a neighbour's report with its name left in."""
    if site.beside is None:
        return None
    own, other = site.unit.agency.name, site.beside.unit.agency.name
    told = rewritten(site.report, lambda text: text.replace(own, other))
    return None if told is None else site.changed("GX732", told, also="GX509")


def _title(report: Report, mark: str) -> str:
    return next(p.heading or "" for p in report.narrative if p.mark == mark)


def _residue(site: Site, random: Random) -> Plant:
    left = random.choice(("[bookmark: _Hlk12345]", "_Toc12345", "&nbsp;"))
    return site.changed("GX077", added(site.report, f"有关工作{left}按期完成，全部办结。", random))


def _slots(code: str, name: str, sentence: str, fits: Callable[[Site], bool]) -> Planter:
    """A sentence filled from figures that cannot be."""

    def plant(site: Site, random: Random) -> Plant | None:
        if not fits(site):
            return None
        return site.changed(code, added(site.report, sentence, random))

    return Planter(code, name, plant)


def _none_last_year(site: Site) -> bool:
    return site.last.values["remedies.reconsideration.total"] == 0


def _blank_and_named(site: Site, random: Random) -> Plant:
    """The figure that a sentence names was not filled in."""
    from gxgen.demo.faults import blanked

    key = "disclosure.licensing.decisions"
    told = added(site.report, "本年许可{{ 行政许可.处理决定 }}件。", random)
    return site.changed("GX422", blanked(told, [key]))


def planters() -> Iterator[Planter]:
    """All of them."""
    yield Planter("GX511", "总体情况少说一个方面", _untold_part)
    yield Planter("GX512", "没有写信息处理费", _no_fee)
    yield Planter("GX732", "留着别的单位的名称", _neighbours_name)
    yield Planter("GX040", "缺一个部分", _no_section)
    yield Planter("GX042", "只有标题没有文字", _bare_heading)
    yield typed("GX043", "序号跳了一个", _skipped)
    yield typed("GX044", "部分次序颠倒", _out_of_order, also="GX043")
    yield typed("GX045", "一个部分贴了两遍", _twice, also="GX043 GX409")
    yield typed("GX046", "标题写法不同", _variant)
    yield typed("GX047", "表样里没有的部分", _unknown)
    yield typed("GX049", "标题和文字要接成一段", _joined)
    yield Planter("GX050", "两处都有正文", _two_places)
    yield file("GX051", "旧格式改名", ".docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(999))
    yield file("GX052", "下载到一半", ".docx", b"PK\x03\x04" + bytes(99))
    yield file("GX053", "编码不明", ".txt", "一、总体情况".encode("utf-16-le") + b"\xff\xfe\x81")
    yield in_word("GX054", "修订没有接受", _revised)
    yield in_word("GX055", "正文里有表格", _tabled)
    yield in_word("GX056", "文字加了删除线", _struck)
    yield typed("GX057", "放错了文件", _no_sections, also="GX040 GX041 GX076")
    yield typed("GX058", "控制字符", _control)
    yield in_word("GX059", "文字旁有批注", _commented)
    yield Planter("GX072", "文字里的表与工作簿不同", _other_table)
    yield typed("GX073", "别的单位的文字", _another)
    yield typed("GX074", "落款日期不同", _own_date)
    yield file("GX075", "空的文字文件", ".txt", b"\n\n")
    yield Planter("GX076", "没有导语", _no_preamble)
    yield Planter("GX077", "Word 留下的痕迹", _residue)
    yield in_word("GX092", "上标印成正文", _raised)
    yield typed("GX095", "行末的数与下一行相接", _split_number, also="GX059 GX409")
    yield typed("GX096", "只有一半的标记", _half_mark, ".md")
    always = lambda _: True  # noqa: E731
    yield _slots("GX421", "填数句写错了名称", "新收申请{{ 申请.新受 }}件。", always)
    yield Planter("GX422", "填数句的数没有填", _blank_and_named)
    yield _slots("GX423", "上年是0却要同比", "复议{{ 同比(复议.总数) }}。", _none_last_year)
