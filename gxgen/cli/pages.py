"""Help pages set for a terminal: Chinese takes two columns, and no word is broken."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Sequence
from unicodedata import east_asian_width

_NARROWEST, _WIDEST = 50, 120
_FIRST = 30
"""Columns that names of options may take; the text of longer ones begins on a line of its own."""
_WORD = re.compile(r"[（“《【\[]*(?:[!-~]+|\S)[，。、；：）”》】！？…\]]*|\s+")
"""What stays together: a word of Latin letters, or one sign, with the marks that belong to it."""
_WORDS = {
    "Options": "选项",
    "Arguments": "参数",
    "Commands": "命令",
    "[OPTIONS]": "[选项]",
    "COMMAND [ARGS]...": "命令 [参数]…",
    "Show this message and exit.": "显示这份说明。",
    "[required]": "[必填]",
    "[default: ": "[默认：",
    "; required]": "；必填]",
}
_TYPE_NAMES = re.compile(r" (?:<[\w\[\], ]+>|\[…\]\.\.\.)|(?<=…\])\.\.\.")
_RANGE = re.compile(r"(?:; |\[)x>=(\d+)\]")
_CHOICES = re.compile(r"<([\w-]+(?:\|[\w-]+)+)>|\[([\w-]+(?:\|[\w-]+)+)\]")


def translated(text: str) -> str:
    """Help text with the parser's own words in Chinese."""
    for word, chinese in _WORDS.items():
        text = text.replace(word, chinese)
    text = _RANGE.sub(r"[不小于 \1]", text)
    return _CHOICES.sub(lambda one: one[1] or one[2], _TYPE_NAMES.sub("", text))


def columns(text: str) -> int:
    """How many columns a terminal needs for a text."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def wrapped(text: str, width: int) -> Iterator[str]:
    """Lines of at most so many columns; only a word that is longer by itself goes beyond."""
    line, used = "", 0
    for word in _WORD.findall(" ".join(text.split("\n"))):
        wide = columns(word)
        if used and used + wide > width:
            yield line.rstrip()
            line, used = "", 0
        if used or word.strip():
            line, used = line + word, used + wide
    if line.strip():
        yield line.rstrip()


class Formatter:
    """What the parser writes its help with, by the names that it uses."""

    def __init__(self) -> None:
        """As wide as the terminal, within what can be read."""
        self.width = max(min(shutil.get_terminal_size().columns, _WIDEST), _NARROWEST) - 1
        self.current_indent = 0
        self._lines: list[str] = []

    def getvalue(self) -> str:
        """The page."""
        return "\n".join(self._lines) + "\n"

    def indent(self) -> None:
        """What follows stands further to the right."""
        self.current_indent += 2

    def dedent(self) -> None:
        """The inverse of :meth:`indent`."""
        self.current_indent -= 2

    def section(self, name: str) -> Section:
        """A part of the page under a head."""
        return Section(self, name)

    def indentation(self) -> Section:
        """A part of the page without a head."""
        return Section(self, "")

    def write(self, text: str) -> None:
        """Text as it is."""
        self._lines.extend(text.rstrip("\n").split("\n"))

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """How the command is called."""
        del prefix
        head = f"用法：{prog} "
        for at, line in enumerate(wrapped(translated(args), self.width - columns(head))):
            self._lines.append((" " * columns(head) if at else head) + line)
        if not args:
            self._lines.append(head.rstrip())

    def write_heading(self, heading: str) -> None:
        """The head of a part."""
        self._lines.append(" " * self.current_indent + translated(heading) + "：")

    def write_paragraph(self) -> None:
        """Room before a part."""
        if self._lines and self._lines[-1]:
            self._lines.append("")

    def write_text(self, text: str) -> None:
        """A paragraph."""
        space = " " * self.current_indent
        lines = wrapped(translated(text), self.width - self.current_indent)
        self._lines.extend(space + line for line in lines)

    def write_dl(self, rows: Sequence[tuple[str, str]], *_: int) -> None:
        """Names with what they mean, in two columns."""
        said = [(translated(name), translated(text)) for name, text in rows]
        first = min(max((columns(name) for name, _ in said), default=0), _FIRST) + 2
        space = " " * self.current_indent
        for name, text in said:
            lines = list(wrapped(text, self.width - self.current_indent - first))
            room = first - columns(name)
            beside = " " * room + lines.pop(0) if lines and room >= 2 else ""
            self._lines.append(space + name + beside)
            self._lines.extend(f"{space}{' ' * first}{line}" for line in lines)


class Section:
    """A part of the page, indented as long as it lasts."""

    def __init__(self, page: Formatter, name: str) -> None:
        """``name`` is its head; empty for none."""
        self._page, self._name = page, name

    def __enter__(self) -> None:
        """It begins."""
        if self._name:
            self._page.write_paragraph()
            self._page.write_heading(self._name)
        self._page.indent()

    def __exit__(self, *_: object) -> None:
        """It ends."""
        self._page.dedent()
