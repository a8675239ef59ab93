"""What is told of a Word file beside its text, gathered while it is read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from gxgen.diagnostics import Finding
from gxgen.places import DocumentParagraph
from gxgen.prose.raw import begin

LOST, ASIDE, UNSURE, SLOT = "GX056", "GX059", "GX092", "GX048"

STRANGER = "程序不认识的内容"
"""An element that is not listed; its text is kept."""
BOUND = "与文档数据绑定的内容控件"
"""Word shows the data, others what the control keeps; that is printed."""

_SENTENCES = {
    LOST: "{where}的{kind}{quotes}没有读入，不会印出。",
    ASIDE: "{where}的{kind}没有读入。",
    UNSURE: "{where}的{kind}{quotes}，印出的可能与文件里显示的不同，请核对。",
    SLOT: "{where}有没填的空（{kind}{quotes}）。",
}
_MOST_QUOTES = 8
_MOST_PLACES = 12


@dataclass(slots=True)
class Told:
    """(code, kind) → the paragraphs where it occurs, and what stood there."""

    next_place: Callable[[], DocumentParagraph]
    found: dict[tuple[str, str], list[tuple[DocumentParagraph, str]]] = field(default_factory=dict)
    revised: list[DocumentParagraph] = field(default_factory=list)

    def say(self, code: str, kind: str, quote: str = "") -> None:
        """Something of that kind stands in the paragraph that is being read."""
        self.found.setdefault((code, kind), []).append((self.next_place(), quote.strip()))

    def revise(self) -> None:
        """A change stands there that nobody has accepted or refused."""
        self.revised.append(self.next_place())

    def findings(self, file: str) -> Iterator[Finding]:
        """One finding for the changes, and one for each kind."""
        if self.revised:
            message = (
                f"{file} 里有 {len(self.revised)} 处修订没有接受或拒绝："
                "删除的文字没有读入，插入的文字已经读入。"
            )
            yield Finding("GX054", message, self.revised[0])
        order = list(_SENTENCES)
        for code, kind in sorted(self.found, key=lambda key: order.index(key[0])):
            places, quotes = zip(*self.found[code, kind], strict=True)
            said = list(dict.fromkeys(q for q in quotes if q))
            message = _SENTENCES[code].format(where=_where(places), kind=kind, quotes=_quoted(said))
            yield Finding(code, message, places[0], quote=begin(said[0]) if said else None)


def _quoted(quotes: list[str]) -> str:
    shown = "".join(f"“{begin(quote)}”" for quote in quotes[:_MOST_QUOTES])
    return f"{shown}等{len(quotes)}处" if len(quotes) > _MOST_QUOTES else shown


def _where(places: tuple[DocumentParagraph, ...]) -> str:
    numbers = list(dict.fromkeys(place.number for place in places))
    shown = "、".join(map(str, numbers[:_MOST_PLACES]))
    return f"第{shown}{f'等{len(numbers)}' if len(numbers) > _MOST_PLACES else ''}段"
