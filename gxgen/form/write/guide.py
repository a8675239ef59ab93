"""Sheet 填报说明: how far the form is filled, and how to fill it."""

from __future__ import annotations

from typing import Any

from gxgen.editions.schema import Edition
from gxgen.form.layout import (
    ANSWERS_SHEET,
    GUIDE_SHEET,
    INDICATORS_SHEET,
    INFO_SHEET,
    NARRATIVE_SHEET,
)
from gxgen.form.write.board import BOARD_TOP, Board, BoardLine
from gxgen.form.write.canvas import (
    AMBER_FILL,
    AMBER_INK,
    CELL,
    GREEN_FILL,
    GREEN_INK,
    HEAD_FONT,
    INPUT_FILL,
    PREFILLED,
    RED_FILL,
    RED_INK,
    THIN,
    TOTAL_FILL,
    Book,
    Sheet,
    lines_needed,
)
from gxgen.form.write.formula import (
    BALANCED,
    DIFFERENCE,
    FAULTY,
    MISSING,
    Formula,
    Rectangle,
)
from gxgen.form.write.info import heads
from gxgen.model.vocabulary import vocabulary

_BOARD_HEADS = ("内容", "还没填", "填得不对", "不平", "结论")
_WIDTHS = (46.0, 12.0, 12.0, 12.0, 18.0)
_VERDICT = len(_BOARD_HEADS) - 1
_READY, _NOT_READY = f"{BALANCED} 可以报送", f"{FAULTY} 还不能报送"


def write_guide(book: Book, edition: Edition, year: int, board: Board) -> None:
    """Sheet 填报说明."""
    sheet = book.sheet(GUIDE_SHEET)
    for column, width in enumerate(_WIDTHS):
        sheet.raw.set_column(column, column, width)
    _opening(sheet, edition, year)
    heads(sheet, BOARD_TOP - 1, _BOARD_HEADS)
    for row, line in enumerate(board.lines, BOARD_TOP):
        _board_line(sheet, row, line)
    total = BOARD_TOP + len(board.lines)
    _overall(sheet, total, board)
    _shade_board(sheet, total)
    last = _legend(sheet, _steps(sheet, total + 2, edition) + 1)
    last = _names(sheet, last + 1, edition)
    sheet.raw.activate()
    sheet.page(Rectangle(0, 0, last, len(_WIDTHS)))
    sheet.protect()


def _opening(sheet: Sheet, edition: Edition, year: int) -> None:
    title = f"政府信息公开工作年度报告填报表（{year}年度）"
    _line(sheet, 0, title, 36, font_size=18, font_name=HEAD_FONT, align="center")
    _line(sheet, 1, f"表样依据：{edition.notice.title}（{edition.notice.number}）")
    due = (
        f"报送期限：部门 {year + 1}年1月31日前，政府 {year + 1}年3月31日前；"
        "本地通知的期限更早的，按本地通知。"
    )
    _line(sheet, 2, due, bold=True)
    sheet.raw.set_row(3, 8)
    _subtitle(sheet, 4, "一、填到哪一步了（自动统计，不用填）")


def _board_line(sheet: Sheet, row: int, line: BoardLine) -> None:
    style = sheet.book.style
    sheet.raw.set_row(row, 22)
    sheet.put(row, 0, line.label, style(border=THIN))
    middle = style(border=THIN, align="center")
    for column, count in line.counts.items():
        sheet.put(row, column, count or "—", middle)
    counts = Rectangle(row, 1, 1, len(line.counts))
    verdict = FAULTY if line.faults else BALANCED
    sheet.put(
        row, _VERDICT, Formula(f'=IF(SUM({counts})=0,"{BALANCED}","{FAULTY}")', verdict), middle
    )


def _overall(sheet: Sheet, row: int, board: Board) -> None:
    style = sheet.book.style(border=THIN, align="center", font_name=HEAD_FONT)
    sheet.raw.set_row(row, 24)
    sheet.put(row, 0, "合计", style)
    for column in board.lines[0].counts:
        counts = [line.counts[column] for line in board.lines]
        area = Rectangle(BOARD_TOP, column, len(counts))
        total = sum(int(count.value) for count in counts if count)
        sheet.put(row, column, Formula(f"=SUM({area})", total), style)
    area = Rectangle(row, 1, 1, _VERDICT - 1)
    faults = sum(line.faults for line in board.lines)
    verdict = Formula(
        f'=IF(SUM({area})=0,"{_READY}","{_NOT_READY}")', _NOT_READY if faults else _READY
    )
    sheet.put(row, _VERDICT, verdict, style)


def _shade_board(sheet: Sheet, total: int) -> None:
    rows = total - BOARD_TOP + 1
    red = sheet.book.mark(font_color=RED_INK, bg_color=RED_FILL)
    green = sheet.book.mark(font_color=GREEN_INK, bg_color=GREEN_FILL)
    verdicts = Rectangle(BOARD_TOP, _VERDICT, rows)
    sheet.shade([verdicts], f'COUNTIF({CELL},"{BALANCED}*")>0', green)
    sheet.shade([verdicts], f'COUNTIF({CELL},"{FAULTY}*")>0', red)
    counts = Rectangle(BOARD_TOP, 1, rows, _VERDICT - 1)
    sheet.shade([counts], f"AND(ISNUMBER({CELL}),{CELL}>0)", sheet.book.mark(font_color=RED_INK))


def _steps(sheet: Sheet, row: int, edition: Edition) -> int:
    _subtitle(sheet, row, "二、怎样填")
    tables = "、".join(f"“{form.sheet}”" for form in edition.tables)
    steps = (
        f"点下面的“{INFO_SHEET}”，填单位全称（与公章一致）等。各表上的单位名称和年度自动带出。",
        f"依次填{tables}。只填黄色格；没有发生的填 0，不要空着，也不要写“/”“无”。"
        "灰色的合计自动算出，不用填。"
        "一片都没有发生的，可以一次填 0：用鼠标拖选这片黄色格（不要带上灰色格），键入 0，"
        "再按 Ctrl＋Enter（Ctrl＋回车）。",
        f"看表右边和表下面的“填报检查”：{BALANCED} 是平的；“{DIFFERENCE} 2”是等号两边相差 2，"
        "有关的格变红；"
        f"“{MISSING}3格”是还有 3 格没填；“非数字”是填了文字。改到全部 {BALANCED} 为止。",
        "金额以万元为单位，最多四位小数：251000 元填 25.1。",
        f"“{INDICATORS_SHEET}”自愿填写：信息条数、培训场次等各表没有的数，没有统计的空着。",
        f"填“{NARRATIVE_SHEET}”：一行写一段，写在“文字”一列；小标题在“样式”列下拉选择，编号自动生成。"
        "行不够，在黄色行上点右键选“插入”。文字里的数字要与各表一致。"
        f"联系方式只在“{INFO_SHEET}”填一次：导语里备好的一句会把它印出来，没有填就不印；"
        "不要这一句的，删去那一行。",
        "从别的文件粘贴时，请点右键选“选择性粘贴”→“数值”（正文选“文本”），不要连格式一起粘，"
        "也不要剪切、拖动单元格，不要改工作表的名称。",
        f"回到本页，最后一行显示“{_READY}”后保存，按通知报送这个文件（.xlsx）。",
        f"报送后被标为“核实”的数，核对无误的，在“{ANSWERS_SHEET}”写明编号、单元格和理由；有误的直接改。",
    )
    for number, step in enumerate(steps, 1):
        _line(sheet, row + number, f"{number}．{step}")
    return row + len(steps) + 1


def _legend(sheet: Sheet, row: int) -> int:
    _subtitle(sheet, row, "三、颜色")
    samples: tuple[tuple[str, dict[str, Any]], ...] = (
        ("要填的格", {"bg_color": INPUT_FILL}),
        ("预填好的数（上年结转来的），核对即可", PREFILLED),
        ("自动算出的合计，不用填", {"bg_color": TOTAL_FILL, "bold": True}),
        (f"{BALANCED} 相符", {"bg_color": GREEN_FILL, "font_color": GREEN_INK}),
        (f"{MISSING}3格：还没填齐", {"bg_color": AMBER_FILL, "font_color": AMBER_INK}),
        (f"{DIFFERENCE} 2：不平，或者填得不对", {"bg_color": RED_FILL, "font_color": RED_INK}),
    )
    for number, (text, look) in enumerate(samples, 1):
        sheet.put(row + number, 0, text, sheet.book.style(border=THIN, **look))
        sheet.raw.set_row(row + number, 20)
    return row + len(samples) + 1


def _names(sheet: Sheet, row: int, edition: Edition) -> int:
    """What sentences can call the figures, and how (:mod:`gxgen.prose.filled`)."""
    _subtitle(sheet, row, f"四、“{NARRATIVE_SHEET}”里的数可以自动填（不想用的不用看）")
    names = vocabulary(edition)
    lists = "、".join(names.lists)
    lines = (
        "把数字写成 {{ 名称 }}，印出时换成表里的数，例如：新收申请{{ 申请.新收 }}件，"
        "与上年相比{{ 较上年(申请.新收) }}，占{{ 占比(申请.予以公开, 申请.办结) }}。",
        "名称：" + "、".join(names.shown) + "。",
        "申请的名称后面可以再写申请人，例如 申请.新收.自然人：" + "、".join(names.columns) + "。",
        f"“{INDICATORS_SHEET}”表的数写作 指标.培训场次，名称里有括号、以数字开头的写作 "
        '指标("名称")；比较也可以用，例如 {{ 较上年(指标.培训人次) }}。',
        "比较：上年(名称)、较上年(名称)（增加3件、减少2件、持平）、同比(名称)（增长12.5%）、"
        "占比(名称, 名称)。要有上年的填报表。",
        "写法：{{ 名称|大写 }}（十二）、{{ 名称|千分位 }}（1,234）、"
        "{{ 金额的名称|万元 }}（25.1万元）。",
        "分情形：{% if 申请.新收 > 0 %}……{% else %}……{% endif %}，"
        "条件可用 == != > >= < <= 和 and、or、not。",
        f"逐项写：{{% for 项 in 办理结果 if 项.件数 > 0 %}}{{{{ 项.名称 }}}}{{{{ 项.件数 }}}}件"
        f"{{% if not 项.末项 %}}、{{% endif %}}{{% endfor %}}；in 后面可用：{lists}。",
    )
    for number, line in enumerate(lines, 1):
        _line(sheet, row + number, line)
    return row + len(lines) + 1


def _subtitle(sheet: Sheet, row: int, text: str) -> None:
    _line(sheet, row, text, 26, font_name=HEAD_FONT, font_size=12)


def _line(sheet: Sheet, row: int, text: str, height: float | None = None, **look: Any) -> None:
    style = sheet.book.style(**{"text_wrap": True, "align": "left", **look})
    sheet.put_over(Rectangle(row, 0, 1, len(_WIDTHS)), text, style)
    sheet.raw.set_row(row, height or lines_needed(text, sum(_WIDTHS)) * 15 + 6)
