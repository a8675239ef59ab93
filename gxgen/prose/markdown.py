"""The lines of a Markdown file, by markdown-it; what a report cannot show is told once a kind.

CommonMark is read as people who write Chinese mean it: a line of its own is a paragraph, lines set
in by spaces are not code, ``#一、`` needs no space, and what only looks like a link's definition is
text. No word is lost: what is not printed (struck-out text, footnotes, tables) is told.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from gxgen.model.numbering import written_number
from gxgen.prose.markdown_tags import (
    FROM_LITERAL,
    LEVEL,
    LITERAL,
    LOWERED,
    RAISED,
    SMALL,
    STRUCK,
    STRUCK_END,
    TO_LITERAL,
    Tags,
    as_text,
    without_comments,
)
from gxgen.prose.markdown_told import Told
from gxgen.prose.raw import RawText
from gxgen.prose.tables import form_rows

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_FRONT_MATTER = re.compile(
    r"---[ \t]*\n((?:(?:[\w.-]+[ \t]*:|[ \t]+\S|-[ \t]|#).*\n|\n)+?)(?:---|\.\.\.)[ \t]*(?:\n|$)"
)
_GLUED_HEADING = re.compile(r"^( {0,3}#{1,6})(?:[\u3000\xa0]+|(?=[^\s#]))(?=(.*))", re.MULTILINE)
_SIGN = r"[ \t]*(?:>|[-*+](?=[ \t]))"
_DEEP = re.compile(rf"^((?:{_SIGN}){{8}})(?:{_SIGN})+", re.MULTILINE)
_BLANKS = re.compile(r"[ \t]{20,}")
_MANY = 2_000
"""Brackets in a file; more are no links, and looking for their ends would take for ever."""
_BARS_ROW = re.compile(r"\s*[|｜].*[|｜]\s*")
_TASK = re.compile(r"\[[ xX]\][ \t]+")
_FOOTNOTE = re.compile(r"\[\^([^\]\s]{1,40})\]:[ \t]*(.*)")
_HTML_PIECE = re.compile(r"</?[a-zA-Z][^<>]*>|<|[^<]+")
_OFF_LINE = re.compile(f"([{RAISED}{LOWERED}])([^{RAISED}{LOWERED}{LEVEL}]*){LEVEL}")
_STRUCK_TEXT = re.compile(f"{STRUCK}([^{STRUCK}{STRUCK_END}]*){STRUCK_END}")
_PAIRS = (
    (re.compile(r"~~(?=\S)([^~\n]+?)(?<=\S)~~"), STRUCK + r"\1" + STRUCK_END, ""),
    (re.compile(r"\*\*(?=\S)([^*\n]+?)(?<=\S)\*\*(?!\*)"), r"\1", ""),
    (re.compile(r"==(?=[^\s=])([^=\n]+?)(?<=\S)=="), r"\1", "高亮符号（==）"),
    (re.compile(r"\[\^[^\]\s]{1,40}\]"), "", "脚注记号（[^]）"),
)
"""Pairs of marks that CommonMark does not know, or not beside Chinese punctuation."""
_LEFT = re.compile(r"\*\*|~~|==|```|\]\(|\[\^|^#{1,6}|\]\[")


def read_markdown(text: str, raw: RawText) -> None:
    """Add a Markdown file's lines to ``raw``, with the depth of its headings."""
    reader = _Reader(raw)
    text = without_comments("\n".join(text.splitlines()) + "\n")
    if text.count("[") > _MANY:
        text = text.replace("[", "\\[")
    front = _FRONT_MATTER.match(text)
    if front:
        text = text[front.end() :]
        reader.front_matter(front[1], text)
    reader.read(text)
    reader.end_rows()
    raw.findings += reader.findings()


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"maxNesting": 200})
    # ``text_join`` would make escaped signs alike to marks; a reference would swallow text.
    parser.enable(["table", "strikethrough"]).disable(
        ["code", "reference", "normalize", "text_join"]
    )
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]
    parser.normalizeLinkText = lambda link: link  # type: ignore[method-assign]
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    return parser


class _Reader(Told):
    def __init__(self, raw: RawText) -> None:
        super().__init__(raw)
        self.rows: list[list[str]] = []
        self.prefix = ""

    def front_matter(self, front: str, text: str) -> None:
        """What programs write at a file's head: a report's title is read, other words are told."""
        said = re.search(r"^title:(.*)$", front, re.MULTILINE)
        title = said[1].strip(" \t").strip("\"'") if said else ""
        self.lose("文件头上的属性（---）", front)
        if "公开" in title and title not in text:
            self.raw.add(title)

    def end_rows(self) -> None:
        """Rows between bars have ended: what they were is known."""
        if self.rows:
            rows, self.rows = self.rows, []
            self._table(rows)

    def read(self, text: str) -> None:
        text = _BLANKS.sub(" " * 20, text)
        text = _DEEP.sub(r"\1", _GLUED_HEADING.sub(_spaced, text))
        tokens = _parser().parse(text)
        lines = text.split("\n")
        at = 0
        while at < len(tokens):
            at = self._block(tokens, at, lines)

    def _block(self, tokens: Sequence[Token], at: int, lines: list[str]) -> int:
        """Read the token at ``at``; returns where to go on."""
        token = tokens[at]
        if token.type == "table_open":
            end = next(i for i in range(at, len(tokens)) if tokens[i].type == "table_close")
            self._grid(tokens[at:end], lines)
            return end + 1
        if token.type == "heading_open":
            self._heading(token, tokens[at + 1])
            return at + 3
        if token.type == "inline":
            self._paragraph(token)
        elif token.type == "list_item_open":
            self._item(token)
        elif token.type == "blockquote_open":
            self.tell("引用符号（>）")
        elif token.type == "fence":
            self._fence(token, lines)
        elif token.type == "html_block":
            self._html(token.content)
        return at + 1

    def _heading(self, token: Token, inline: Token) -> None:
        written = inline.content.strip("= ")
        if token.markup in ("-", "=") and ("\n" in written or "。" in written or len(written) > 60):
            self._paragraph(inline)  # text with a rule drawn under it
            return
        self._add(self._text(inline), int(token.tag[1]))

    def _item(self, token: Token) -> None:
        if token.info:
            self.prefix = f"{token.info}{token.markup} "
        else:
            self.tell(f"列表符号（{token.markup}）")

    def _fence(self, token: Token, lines: list[str]) -> None:
        if not token.info.isascii():
            self._add(token.info.strip().translate(TO_LITERAL))
        last = lines[token.map[1] - 1] if token.map else ""
        if set(last.strip(" >")) != {token.markup[0]}:
            self.tell(f"没有结束的代码块（{token.markup[:3]}）")
            self.read(token.content)
            return
        self.tell(f"代码块（{token.markup[:3]}）")
        for line in token.content.split("\n"):
            self._add(line.translate(TO_LITERAL))

    def _grid(self, tokens: Sequence[Token], lines: list[str]) -> None:
        """A table; a line without a bar below it is a paragraph, though CommonMark has it a row."""
        for row in _rows_of(tokens):
            if row.inlines and not row.has_bars(lines):
                self._paragraph(row.inlines[0])
            else:
                self.rows.append([inline.content for inline in row.inlines])
        self.end_rows()

    def _table(self, rows: Sequence[Sequence[str]]) -> None:
        """A table: told, a form's own or another."""
        words = [word for row in rows for text in row if (word := text.strip())]
        if words and form_rows(["\t".join(row) for row in rows]).lines:
            self.forms.append(self.raw.next_place)
        elif words:
            self.tables.append((words[0][:20], self.raw.next_place))
        self.prefix = ""

    def _paragraph(self, inline: Token) -> None:
        text = self._text(inline)
        if "|" not in text and "｜" not in text:
            self._add(text)
            return
        for line in text.split("\n"):
            row = as_text(line)
            if _BARS_ROW.fullmatch(row):
                self.rows.append(re.split("[|｜]", row))
            else:
                self._add(line)

    def _add(self, text: str, depth: int | None = None) -> None:
        """Add the lines of a block; marks that are left are told."""
        self.end_rows()
        text = self._without_pairs(text)
        text, self.prefix = self.prefix + text, ""
        for line in text.split("\n"):
            if set(line.strip()) <= {"="} and line.strip():
                self.tell("横线（==）")
                continue
            note = _FOOTNOTE.match(line)
            if note:
                self.lose("脚注", as_text(note[2]))
                continue
            for mark in _LEFT.findall(line):
                self.leave(mark)
            self.raw.add(as_text(line), depth)

    def _without_pairs(self, text: str) -> str:
        for pattern, kept, kind in _PAIRS:
            if kind and pattern.search(text):
                if kind.startswith("脚注") and _FOOTNOTE.match(text):
                    continue
                self.tell(kind)
            text = pattern.sub(kept, text)
        text = _STRUCK_TEXT.sub(self._strike, _OFF_LINE.sub(self._off_line, text))
        return text.translate(dict.fromkeys(range(LITERAL + 1, LITERAL + 6)))

    def _strike(self, found: re.Match[str]) -> str:
        self.lose("划掉或隐藏的文字", as_text(found[1]))
        return ""

    def _off_line(self, found: re.Match[str]) -> str:
        """Raised or lowered text in letters that are so by themselves, else with its tags."""
        tag, moved = SMALL[found[1]]
        if small := moved(as_text(found[2])):
            return small
        self.leave(f"<{tag}>")
        return f"<{tag}>{found[2]}</{tag}>".translate(TO_LITERAL)

    def _text(self, inline: Token) -> str:
        """The text of a block, a line break where its source has one."""
        out: list[str] = []
        tokens = inline.children or []
        kept = _kept_marks(tokens)
        tags = Tags()
        hidden = ""
        for at, token in enumerate(tokens):
            if token.type == "html_inline":
                piece = tags.read(token.content)
            elif at in kept:
                piece = kept[at]
            else:
                piece = self._inline(token)
            if tags.hides:
                hidden += piece
            else:
                out.append(piece)
        if tags.count:
            self.tell("网页标签（<>）")
        if any(mark.translate(FROM_LITERAL) == "~~" for mark in kept.values()):
            self.leave("~~")
        self.lose("不显示的网页内容", as_text(hidden))
        text = "".join(out)
        task = _TASK.match(text)
        if task and self.prefix == "" and inline.level > 1:
            self.tell("任务框（[ ]）")
            text = text[task.end() :]
        return text

    def _inline(self, token: Token) -> str:
        match token.type:
            case "text":
                return token.content
            case "text_special":
                return token.content.replace("\xa0", " ").translate(TO_LITERAL)
            case "softbreak" | "hardbreak":
                return "\n"
            case "code_inline":
                self.tell("代码符号（`）")
                return token.content.translate(TO_LITERAL)
            case "s_open":
                return STRUCK
            case "s_close":
                return STRUCK_END
            case "image":
                self.tell("图片（![]）")
                return token.content.translate(TO_LITERAL)
            case "link_open":
                self.url = str(token.attrs.get("href", ""))
                self.auto = token.info == "auto"
                if not self.auto:
                    self.tell("链接（[]()）")
                return ""
            case "link_close":
                return "" if self.auto or not self.url else f"（{self.url}）".translate(TO_LITERAL)
        return ""

    url = ""
    auto = False

    def _html(self, content: str) -> None:
        """A block of HTML: its tags go, its words are read as Markdown.

        Signs that mean something in Markdown keep their meaning: ``<b>**x**</b>`` is one text.
        """
        tags = Tags()
        text = hidden = table = ""
        for piece in _HTML_PIECE.findall(content):
            shown = tags.read(piece) if piece[0] == "<" else piece
            shown = shown.translate(FROM_LITERAL).replace("<", "&lt;")
            if tags.hides:
                hidden += shown
            elif tags.tables:
                table += shown
            elif table:
                self._table([[table]])
                text, table = text + "\n" + shown, ""
            else:
                text += shown
        if table.strip():
            self._table([[table]])
        if tags.count:
            self.tell("网页标签（<>）")
        self.lose("不显示的网页内容", hidden)
        if text.strip():
            self.read(text.strip("\n") + "\n")


class _Row(NamedTuple):
    """A row of a table, and its line in the file."""

    line: int
    inlines: list[Token]

    def has_bars(self, lines: list[str]) -> bool:
        """Whether a person sees a row."""
        return "|" in lines[self.line].replace("\\|", "")


def _rows_of(tokens: Sequence[Token]) -> list[_Row]:
    rows: list[_Row] = []
    for token in tokens:
        if token.type == "tr_open":
            rows.append(_Row((token.map or [0])[0], []))
        elif token.type == "inline":
            rows[-1].inlines.append(token)
    return rows


def _spaced(found: re.Match[str]) -> str:
    """A heading's signs with a space behind them, where what follows is numbered like a heading."""
    glued = found[0] == found[1]
    return f"{found[1]} " if not glued or written_number(found[2]) else found[0]


def _kept_marks(tokens: Sequence[Token]) -> dict[int, str]:
    """Marks that stand between figures are signs: 2*3*4, 30~~33; what is printed for each."""
    kept: dict[int, str] = {}
    opened: list[int] = []
    for at, token in enumerate(tokens):
        if token.type in ("em_open", "strong_open", "s_open"):
            opened.append(at)
        elif token.type in ("em_close", "strong_close", "s_close") and opened:
            pair = (opened.pop(), at)
            between = [_between_figures(tokens, x) for x in pair]
            if (token.markup[0] == "*" and any(between)) or (token.markup == "~~" and all(between)):
                for x, literal in zip(pair, between, strict=True):
                    kept[x] = token.markup.translate(TO_LITERAL) if literal else token.markup
    return kept


def _between_figures(tokens: Sequence[Token], at: int) -> bool:
    before = tokens[at - 1].content[-1:] if at else ""
    after = tokens[at + 1].content[:1] if at + 1 < len(tokens) else ""
    return all(c.isascii() and c.isalnum() for c in (before or "-", after or "-"))
