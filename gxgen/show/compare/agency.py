"""One agency's two years as blocks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from gxgen.comparison.differing import parted
from gxgen.comparison.figures import LEAST_BASE, Change
from gxgen.comparison.reports import Comparison, Side, Tie
from gxgen.comparison.sentences import Pair, Sameness
from gxgen.show.compare.blocks import (
    Block,
    Heading,
    Piece,
    Remark,
    Row,
    Sheet,
    Table,
    clean,
    piece,
    pieces,
    row,
)
from gxgen.show.compare.words import (
    SAMENESS,
    UNKNOWN,
    UNREAD,
    UNTOLD,
    counted,
    named,
    percent,
    rate,
    signed,
    value,
    verdict,
)

FIXED = "固定表述"


def agency_sheet(whole: Comparison, *, everything: bool = True) -> Sheet:
    """The comparison; without ``everything`` sentences that did not change are only counted."""
    subject = f"{whole.last.year}年、{whole.this.year}年年度报告对照"
    blocks = (*_summary(whole), *_figures(whole), *_ties(whole), *_texts(whole, everything))
    return Sheet(clean(whole.this.agency), subject, whole.this.year, blocks)


# -- in short --------------------------------------------------------------------------------------


def _summary(whole: Comparison) -> Iterator[Block]:
    last, this = whole.last, whole.this
    if last.agency != this.agency:
        yield Remark(clean(f"{last.year}年度的名称：{last.agency}。"))
    moved = sum(bool(one.change) for one in whole.changes)
    yield Remark(f"数字：比较了 {len(whole.changes)} 项，有增减的 {moved} 项。")
    yield from _broken(whole)
    yield Remark(f"文字：{counted(whole.whole, last.year, this.year)}（{FIXED}不计）。")
    for side in (last, this):
        if side.blank:
            yield Remark(_missing(side), warns=True)
        if side.unfilled:
            yield Remark(
                f"{side.year}年度有 {side.unfilled} 段的填数标记没有填上，照原样对照；"
                "请先运行 gxgen check 核对那份填报表。",
                warns=True,
            )
    yield from _other_forms(last, this)


def _missing(side: Side) -> str:
    """How many figures of a year are not known, why, and what to do."""
    blank = side.blank - side.unread
    parts = [f"{blank} 格空白，列作“{UNKNOWN}”"] if blank else []
    parts += [f"{side.unread} 格读不准，列作“{UNREAD}”"] if side.unread else []
    what = (
        "要比这些数，先用 gxgen import 导入那份报告，在填报表里补填，再拿填报表对照。"
        if side.published
        else "请先运行 gxgen check 核对那份填报表。"
    )
    return f"{side.year}年度有 {side.blank} 格没有数（{'；'.join(parts)}），都不当作0。{what}"


def _broken(whole: Comparison) -> Iterator[Remark]:
    for what, ties in (("结转", whole.carried), ("现行有效件数", whole.in_force)):
        broken = [tie for tie in ties if tie.holds is False]
        unknown = sum(tie.holds is None for tie in ties)
        if not ties:
            continue
        if unknown == len(ties):
            yield Remark(f"{what}：{unknown} 处有格没有数，{UNTOLD}。")
            continue
        said = f"有 {len(broken)} 处与上年接不上" if broken else "与上年接得上"
        tail = f"，{unknown} 处有格没有数，{UNTOLD}" if unknown else ""
        yield Remark(f"{what}：{said}{tail}。", warns=bool(broken))


def _other_forms(last: Side, this: Side) -> Iterator[Remark]:
    if last.edition == this.edition:
        return
    for side in (last, this):
        if side.other_sheets:
            sheets = "、".join(side.other_sheets)
            yield Remark(f"两年的表样不同：{side.year}年{sheets}里另一年没有的数，没有列入比较。")


# -- figures ---------------------------------------------------------------------------------------


def _figures(whole: Comparison) -> Iterator[Block]:
    yield Heading(1, "一、数字")
    hidden = 0
    for sheet, found in groupby((*whole.changes, *whole.indicators), key=lambda one: one.sheet):
        listed = list(found)
        told = [one for one in listed if not _is_nothing(one)]
        hidden += len(listed) - len(told)
        if told:
            yield _figure_table(sheet, told, whole)
    if hidden:
        yield Remark(f"另有 {hidden} 项两年都是0，没有列出。")
    yield Remark(f"上年的数不到{LEAST_BASE}的，多一件少一件就差几个百分点，不算百分比。")
    told_shares = [one for one in whole.shares if one.last or one.this]
    if told_shares:
        yield Table(
            "比重",
            ("项目", f"{whole.last.year}年", f"{whole.this.year}年", "增减（百分点）"),
            (520, 160, 160, 160),
            tuple(
                row(
                    f"{one.of}·{one.label}",
                    percent(one.last),
                    percent(one.this),
                    signed(one.points),
                )
                for one in told_shares
            ),
        )


def _is_nothing(one: Change) -> bool:
    return one.last == 0 and one.this == 0


def _figure_table(sheet: str, told: Sequence[Change], whole: Comparison) -> Table:
    heads = ("项目", f"{whole.last.year}年", f"{whole.this.year}年", "增减", "增减幅度")
    rows = tuple(
        row(
            one.label,
            value(one.last, one.unit, unread=one.last_unread),
            value(one.this, one.unit, unread=one.this_unread),
            signed(one.change),
            rate(one),
        )
        for one in told
    )
    return Table(sheet, heads, (460, 135, 135, 130, 140), rows)


def _ties(whole: Comparison) -> Iterator[Block]:
    yield Heading(1, "二、与上年衔接")
    if not whole.successive:
        yield Remark("两个年度不相连，没有核对结转和现行有效件数。")
        return
    for caption, ties in (("上年结转", whole.carried), ("现行有效件数", whole.in_force)):
        told = [tie for tie in ties if tie.expected or tie.this or not tie.holds]
        if told:
            heads = ("项目", "应为", "怎么来的", f"{whole.this.year}年", "结果")
            widths = (340, 90, 320, 110, 140)
            yield Table(caption, heads, widths, tuple(map(_tie, told)), labels=(0, 2, 4))
        if len(told) < len(ties):
            yield Remark(f"{caption}：{len(ties) - len(told)} 项应为0，本年也是0，没有列出。")
    if not whole.in_force:
        yield Remark("两年的表样不同，现行有效件数没有可比的。")


def _tie(tie: Tie) -> Row:
    look = "bad" if tie.holds is False else ""
    return row(tie.label, value(tie.expected), tie.how, value(tie.this), verdict(tie), look=look)


# -- sentences -------------------------------------------------------------------------------------


def _texts(whole: Comparison, everything: bool) -> Iterator[Block]:
    yield Heading(1, "三、文字")
    yield _counts(whole)
    yield Remark(
        f"导语、标题和法规、表样、本县通用的句子是{FIXED}，照样对照，但不计入上面的句数；"
        "标点、全半角、空格和条目编号不同的，算相同。"
    )
    for mark, title in whole.titles:
        pairs = whole.pairs_of(mark)
        told = [one for one in pairs if everything or one.sameness is not Sameness.SAME]
        if pairs:
            yield Heading(2, named(mark, title))
        if told:
            heads = ("变化", f"{whole.last.year}年", f"{whole.this.year}年")
            rows = tuple(_sentence(one, whole) for one in told)
            yield Table("", heads, (140, 430, 430), rows, wordy=True)
        elif pairs:
            yield Remark(f"{len(pairs)} 句都相同。")


def _counts(whole: Comparison) -> Table:
    heads = ("部分", f"{whole.last.year}年", f"{whole.this.year}年", *SAMENESS.values(), "未变比例")
    rows = [
        row(
            named(one.mark, one.title),
            one.last,
            one.this,
            *(one.counts[kind] for kind in SAMENESS),
            "—" if one.alike is None else f"{one.alike:.1f}%",
        )
        for one in (*whole.sections, whole.whole)
    ]
    return Table("各部分的句数", heads, (260, 90, 90, 80, 110, 90, 80, 80, 120), tuple(rows))


def _sentence(one: Pair, whole: Comparison) -> Row:
    last, this = _both(one)
    label = SAMENESS[one.sameness]
    if one.moved_from is not None:
        title = dict(whole.titles).get(one.moved_from, "")
        label += f"（移自“{named(one.moved_from, title)}”）"
    if one.fixed:
        label += f"（{FIXED}）"
    return Row(((piece(label),), last, this), one.sameness.value)


def _both(one: Pair) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both sentences, with the letters marked that differ."""
    old = "" if one.last is None else one.last.text
    new = "" if one.this is None else one.this.text
    asked = one.sameness in (Sameness.NUMBERS, Sameness.CHANGED)
    if not asked:
        return (piece(old),), (piece(new),)
    last, this = parted(old, new)
    return tuple(pieces(*last)), tuple(pieces(*this))
