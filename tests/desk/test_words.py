"""The desk's words: all stand in one module, and no screen speaks another language."""

from __future__ import annotations

import ast
import re
import unicodedata
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

import gxgen.desk
from gxgen.desk.words import REFUSED, WORDS, Words

DESK = Path(gxgen.desk.__file__).parent
SOURCES = [*sorted(DESK.glob("pages/*")), *sorted(DESK.glob("static/*"))]
CODE = [one for one in sorted(DESK.glob("*.py")) if one.name not in ("words.py", "here.py")]
NAMES = {"标题", "催报.txt", "退回通知/", ".txt", "汇总明细.xlsx", "问题清单.xlsx"}
"""What files and styles are called: no sentences."""


def chinese(text: str) -> str:
    """The Chinese letters in a text."""
    return "".join(one for one in text if unicodedata.category(one) == "Lo")


def latin(text: str) -> list[str]:
    return re.findall(r"[A-Za-z]+", text)


# -- one module ----------------------------------------------------------------------------------


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_no_template_script_or_style_holds_a_chinese_letter(path: Path) -> None:
    assert chinese(path.read_text("utf-8")) == ""


@pytest.mark.parametrize("path", CODE, ids=lambda path: path.name)
def test_no_code_holds_a_sentence(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    said = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    assert {one for one in said if isinstance(one, str) and chinese(one)} <= NAMES


class Written(HTMLParser):
    """What a template says itself: texts, and attributes that are seen or heard."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.said: list[str] = []
        source = re.sub(r"(</?)\{\{.*?\}\}", r"\1td", source)  # the name of an element
        self.feed(re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", "", source, flags=re.DOTALL))

    def handle_data(self, data: str) -> None:
        self.said.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.said += [value or "" for key, value in attrs if key in HEARD]


HEARD = {"title", "aria-label", "placeholder", "alt", "data-ask", "data-title", "aria-description"}


@pytest.mark.parametrize("path", sorted(DESK.glob("pages/*")), ids=lambda path: path.name)
def test_no_template_says_anything_itself(path: Path) -> None:
    said = Written(path.read_text("utf-8")).said
    assert [one for one in said if any(map(str.isalpha, one.replace("Σ", "")))] == []


def test_the_script_says_nothing_itself() -> None:
    """What it shows comes from the page's words or from an answer."""
    script = (DESK / "static" / "desk.js").read_text("utf-8")
    shows = r"(?:toast\(|confirm\(|alert\(|textContent = |title = |placeholder = )"
    assert re.findall(shows + r"[\"'`](?!\$\{)[^\"'`]+", script) == []
    used = set(re.findall(r"\bwords\.(\w+)", script))
    assert used == set(WORDS.for_script)


def test_no_word_is_dead() -> None:
    sources = "".join(path.read_text("utf-8") for path in (*SOURCES, *CODE))
    own = (DESK / "words.py").read_text("utf-8")
    names = {name for name in vars(Words) if not name.startswith("_")}
    used = set(re.findall(r"\b(?:w|WORDS|self)\.(\w+)", sources + own))
    assert names - used == set()


# -- on the screens ------------------------------------------------------------------------------

ALLOWED = re.compile(
    r"""(?<![A-Za-z])(?:
      GX\d{3}                                             # codes
    | Word | PDF | Excel | WPS | gxgen(?:\ desk)? | Ctrl-C
    | (?:county|words)\.toml | (?:output|inputs|returns)/?
    | [A-Z]{1,2}\d{1,3}                                   # cells: 表三!J9
    )(?![A-Za-z])
    | \.(?:docx|xlsx|pdf|html|txt|doc|zip|json)(?![a-z])  # endings
    | [\w.-]+@[\w.-]+ | https?://[\w./-]+ | www\.[\w.-]+
    """,
    re.VERBOSE | re.ASCII,
)
KEYS = {"N", "H"}


def foreign(text: str) -> list[str]:
    """The Latin words of a text that no list allows."""
    return [word for word in latin(ALLOWED.sub(" ", text)) if word not in KEYS]


class Seen(HTMLParser):
    """What a reader sees or hears of a page: headings apart."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.heads: list[str] = []
        self._within: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.texts += [value or "" for key, value in attrs if key in HEARD]
        if tag in ("h1", "h2", "h3"):
            self.heads.append("")
        if tag in ("h1", "h2", "h3", "script", "style"):
            self._within.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._within and self._within[-1] == tag:
            self._within.pop()

    def handle_data(self, data: str) -> None:
        if not {"script", "style"} & set(self._within):
            self.texts.append(data)
            if self._within:
                self.heads[-1] += data


def words_of(value: object) -> Iterator[str]:
    """Every text in a nest of words."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for one in value.values() for text in words_of(one))
    elif isinstance(value, tuple):
        yield from (text for one in value for text in words_of(one))


def test_no_sentence_of_the_module_is_of_another_language() -> None:
    told = [
        text for name, value in vars(Words).items() if name[0] != "_" for text in words_of(value)
    ]
    told += [Seen(text).texts and " ".join(Seen(text).texts) for text in REFUSED.values()]
    sentences = [text for text in told if not re.fullmatch("[a-z_/]*", text)]  # the rest are keys
    assert [text for text in sentences if foreign(text)] == []


def test_no_screen_speaks_another_language(screens: dict[str, str]) -> None:
    seen = {name: Seen(text) for name, text in screens.items()}
    found = {name: {w for text in one.texts for w in foreign(text)} for name, one in seen.items()}
    assert {name: words for name, words in found.items() if words} == {}


def test_no_heading_bears_a_code(screens: dict[str, str]) -> None:
    heads = {name: Seen(text).heads for name, text in screens.items()}
    assert sum(map(len, heads.values())) > 30
    wrong = {n: [h for h in told if re.search(r"GX\d|[a-z]{3,}\.", h)] for n, told in heads.items()}
    assert {name: told for name, told in wrong.items() if told} == {}


def test_every_page_has_one_first_heading_and_a_language(screens: dict[str, str]) -> None:
    for name, text in screens.items():
        assert len(re.findall(r"<h1\b", text)) == (0 if "part" in name else 1), name
        if "part" not in name and "dialog" not in name:
            assert '<html lang="zh-CN">' in text, name
