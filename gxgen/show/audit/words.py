"""The words about an audit that text and page share."""

from __future__ import annotations

from collections.abc import Iterator

from gxgen.audit.against import Against, Fate
from gxgen.audit.judged import Audit
from gxgen.diagnostics import Side
from gxgen.show.compare.blocks import clean
from gxgen.show.text import counts_text

SIDES = {
    Side.REPORT: "原报告的问题",
    Side.DAMAGE: "文件里缺损的",
    Side.READING: "没有把握读准的",
}
_FIGURES = (Fate.EQUAL, Fate.CHANGED, Fate.UNREAD)
_SENTENCES = (Fate.EQUAL, Fate.CHANGED, Fate.MOVED, Fate.MISSING, Fate.ADDED)


def heading_of(whole: Audit) -> str:
    """What the report is called; its file, where nobody knows."""
    report = whole.read.report
    return clean(whole.file if report is None else report.title)


def summary(whole: Audit) -> str:
    """File, edition and what was found, in one line."""
    report = whole.read.report
    edition = "没有读出报告" if report is None else f"{report.edition.id}版格式"
    return f"{clean(whole.file)}  {edition}，{counts_text(whole.found)}"


def against_lines(found: Against) -> Iterator[str]:
    """What became of figures and sentences since the report was built, a line each."""
    yield f"与 {clean(found.workbook)} 比对：" + ("完全一致。" if found.equal else "有不同。")
    if found.form:
        yield f"标题和表格：有 {found.form} 处与生成时的格式不同。"
    for what, kinds in (("figures", _FIGURES), ("sentences", _SENTENCES)):
        counts = found.counts(what)
        told = "、".join(f"{one.label} {counts[one]}" for one in kinds)
        yield f"{'数字' if what == 'figures' else '句子'}：{told}。"
