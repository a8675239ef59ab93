"""Pictures, tiles and charts of the illustrated edition as they are found in a PDF."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from gxgen.document.cell import squash
from gxgen.document.charts import Chart, number, series_of
from gxgen.document.comparison import Written
from gxgen.document.illustrated.edition import Illustration
from gxgen.document.illustrated.readback import Asked, Met


@dataclass(slots=True)
class Added:
    """What was met of charts and tiles: how often each, and a sentence on each that is wrong."""

    shown: Illustration
    asked: Asked | None
    met: Met
    found: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def has(self, item: Written) -> bool:
        """Whether an item is a picture, the tiles, a chart, or the sentence in a chart's place."""
        if item.table is None:
            return self._has_chart(item.text)
        name, fault = self.met.table_fault([cell.text for cell in item.table[2]], self.asked)
        self.faults.extend(filter(None, [fault]))
        self.found.update(filter(None, [name]))
        return fault is not None

    def _has_chart(self, text: str) -> bool:
        for chart in self.shown.charts:
            remark = squash(self.shown.remark(chart))
            fault = _chart_fault(text, chart) if not remark else "" if text == remark else None
            if self._counted(chart.id, fault):
                return True
        return False

    def _counted(self, name: str, fault: str | None) -> bool:
        if fault is None:
            return False
        self.found[name] += 1
        self.faults.extend(filter(None, [fault]))
        return True


def _chart_fault(text: str, chart: Chart) -> str | None:
    """What is wrong with a drawing; empty: nothing, None: it is another text."""
    title = squash(chart.title)
    if title not in text or text == title:
        return None
    if _is_woven(text, chart):
        return ""
    words = [squash(word) for word in chart.words]
    return f"图“{chart.title}”的字或数与报告不同。" if _mostly(words, text) else None


def _mostly(words: Sequence[str], text: str) -> bool:
    return 2 * sum(word in text for word in words) >= len(words)


def _threads(chart: Chart) -> Iterable[list[str]]:
    """Words of a chart that follow each other, whatever stands between them.

    A value that is not known has no bar in a DOCX, and no number either.
    """
    yield [bar.label for bar in chart.bars]
    for one in series_of(chart):
        yield [number(value) for value in one.values if value is not None]


def _is_woven(text: str, chart: Chart) -> bool:
    """Whether a text is all the words of a chart, labels and values in their order.

    A PDF gives the words of a chart in an order of its own, the last label first or the first;
    but the third value belongs to the third label.
    """
    around = [[word] for word in (chart.title, *chart.series)]
    inside = list(_threads(chart))
    for step in (1, -1):
        threads = [*around, *(thread[::step] for thread in inside)]
        if _is_laid(text, [list(map(squash, thread)) for thread in threads]):
            return True
    return False


def _is_laid(text: str, threads: Sequence[Sequence[str]]) -> bool:
    """The same, each thread in its order: every way that the text allows is followed at once."""
    ways = {(0,) * len(threads): 0}
    for _ in range(sum(map(len, threads))):
        ways = {
            (*taken[:n], taken[n] + 1, *taken[n + 1 :]): at + len(thread[taken[n]])
            for taken, at in ways.items()
            for n, thread in enumerate(threads)
            if taken[n] < len(thread) and text.startswith(thread[taken[n]], at)
        }
    return len(text) in ways.values()
