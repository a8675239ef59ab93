"""The desk's pages as a visitor finds them: from link to link, element by element."""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser

from tests.desk.opened import Answer, Opened

LEADS = {"src", "href", "action", "data-src", "data-copy"}
"""Attributes whose value is an address that can be asked for."""
LOADS = {"src", "srcset", "href", "action", "formaction", "poster", "data", "style", "xlink:href"}
_A_KIND = 2
"""So many addresses of a kind are asked for."""


class Page(HTMLParser):
    """The elements and attributes of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.said = ""
        self.feed(text)

    def handle_data(self, data: str) -> None:
        self.said += data

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {key: value or "" for key, value in attrs}))

    @property
    def leads(self) -> list[str]:
        return [
            v for _, given in self.found for k, v in given.items() if k in LEADS and v[:1] == "/"
        ]

    @property
    def outside(self) -> list[tuple[str, str, str]]:
        """What would load something or run it: element, attribute, value."""
        return [
            (tag, key, value)
            for tag, given in self.found
            for key, value in given.items()
            if key.startswith("on") or (key in LOADS and re.search(OUTSIDE, value))
        ]


OUTSIDE = r"(?i)^\s*(?:[a-z][a-z+.-]*:(?!,|image/|font/)|//)|url\(|@import"
"""Any scheme but data of pictures and faces; ``data:,`` is the empty icon."""


def crawled(desk: Opened, *starts: str) -> dict[str, Answer]:
    """What the addresses give that the desk's pages lead to."""
    found: dict[str, Answer] = {}
    kinds: Counter[str] = Counter()
    waiting = [*starts]
    while waiting:
        address = waiting.pop(0)
        kind = re.sub(r"[0-9a-f]{18}", "", address)
        if address in found or kinds[kind] == _A_KIND:
            continue
        kinds[kind] += 1
        found[address] = desk.ask("GET", address)
        if is_page(found[address]):
            waiting += Page(found[address].text).leads
    return found


def is_page(answer: Answer) -> bool:
    return "html" in (answer.header("content-type") or "")
