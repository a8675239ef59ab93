"""What was done about the marks of a Markdown file: once a report and kind."""

from __future__ import annotations

from collections.abc import Iterator

from gxgen.diagnostics import Finding
from gxgen.places import DocumentParagraph
from gxgen.prose.raw import RawText, begin


class Told:
    """Marks taken off, text lost, marks left, and tables, each with its place."""

    def __init__(self, raw: RawText) -> None:
        """``raw``: where the text goes."""
        self.raw = raw
        self.told: dict[str, list[DocumentParagraph]] = {}
        self.lost: dict[str, list[tuple[str, DocumentParagraph]]] = {}
        self.left: dict[str, DocumentParagraph] = {}
        self.tables: list[tuple[str, DocumentParagraph]] = []
        self.forms: list[DocumentParagraph] = []

    def tell(self, kind: str) -> None:
        """A mark is taken off."""
        self.told.setdefault(kind, []).append(self.raw.next_place)

    def lose(self, kind: str, text: str) -> None:
        """Text is not printed."""
        if text.strip():
            words = begin(" ".join(text.split()))
            self.lost.setdefault(kind, []).append((words, self.raw.next_place))

    def leave(self, mark: str) -> None:
        """A mark stays in the text."""
        self.left.setdefault(mark, self.raw.next_place)

    def findings(self) -> Iterator[Finding]:
        """Everything told, once a kind."""
        if self.told:
            first = min(
                (p for places in self.told.values() for p in places), key=lambda p: p.number
            )
            kinds = "、".join(f"{_where(places)}的{kind}" for kind, places in self.told.items())
            message = f"Markdown 的记号没有读入，文字已保留：{kinds}。"
            yield Finding("GX059", message, first)
        for kind, lost in self.lost.items():
            quoted = "".join(f"“{text}”" for text, _ in lost[:5]) + ("等" if len(lost) > 5 else "")
            message = f"{_where([place for _, place in lost])}的{kind}{quoted}没有读入，不会印出。"
            yield Finding("GX056", message, lost[0][1], quote=lost[0][0])
        if self.left:
            marks = "”“".join(self.left)
            place = next(iter(self.left.values()))
            message = f"第{place.number}段等处的“{marks}”看不出是不是记号，已照原样保留，会印出来。"
            yield Finding("GX096", message, place, quote=next(iter(self.left)))
        if self.forms:
            message = (
                f"第{self.forms[0].number}段起有 {len(self.forms)} 个规定的表格，没有读入；"
                "数以工作簿里填的为准。"
            )
            yield Finding("GX059", message, self.forms[0])
        if self.tables:
            begins = "、".join(f"“{begin}”" for begin, _ in self.tables[:3])
            place = self.tables[0][1]
            count = len(self.tables)
            message = (
                f"{self.raw.file} 有 {count} 个表格（开头是{begins}{'等' if count > 3 else ''}），"
                f"没有读入；第一个在第{place.number}段之前。"
            )
            yield Finding("GX055", message, place, quote=self.tables[0][0] or None)


def _where(places: list[DocumentParagraph]) -> str:
    numbers = list(dict.fromkeys(str(place.number) for place in places))
    return f"第{'、'.join(numbers[:5])}段{'等处' if len(numbers) > 5 else ''}"
