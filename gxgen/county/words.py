"""``words.toml`` beside ``county.toml``: what a county says of the texts of its agencies.

It need not be there. What is written in it, a person has written or accepted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from gxgen.cache import recalled
from gxgen.county.files import write_whole
from gxgen.errors import UsageError, reason
from gxgen.model.words import NO_WORDS, CountyWords, Remembered
from gxgen.toml import quoted

WORDS_FILE = "words.toml"
MOST_BYTES = 2_000_000
_LIST = re.compile(r"^sentences\s*=\s*\[", re.MULTILINE)
_TABLE = re.compile(r"^\[boilerplate\][ \t]*(?:#.*)?$", re.MULTILINE)
WORDS_HEAD = """# 本县各单位文字中的约定，改好后存盘，编码 UTF-8。
#
# [boilerplate] 的 sentences：各单位都可以照写的句子（上级统一的表述、固定的话），不再当作雷同。
# 数字和单位名称不必改，比较时会略去；“…”代表句中任意的字。行首有 # 号的不起作用。
#
# 还可以写（都只对本县起作用，只影响“核实”，不影响“错误”）：
# [lawful] 的 sentences：核实过、以后不必再问的句子，写法同上。
# [phrases]：本县的说法，按类写，例如 channel = ["云上驿站"]（渠道）。类名写错时会列出全部的类。
# [short_names]：单位的别称，例如 "某某县水务局" = ["水务部门"]。
"""


def county_words(folder: Path) -> CountyWords:
    """Read ``folder/words.toml``; nothing if there is none.

    Raises:
        UsageError: it is not valid; the message lists every fault with its line.
    """
    path = folder / WORDS_FILE
    return words_in(text_of(path), path)


def words_in(text: str, path: Path) -> CountyWords:
    """What such a file says; ``path`` is for messages.

    Raises:
        UsageError: it is not valid; the message lists every fault with its line.
    """
    if not text.strip():
        return NO_WORDS
    said = recalled("words", (text.encode(),), lambda: _settings(path, text))
    return CountyWords(
        tuple(said["boilerplate"]["sentences"]),
        tuple(Remembered(one["clause"], one["reads"]) for one in said["frame"]),
        tuple(said["lawful"]["sentences"]),
        _pairs(said["phrases"]),
        _pairs(said["short_names"]),
    )


def _pairs(groups: Mapping[str, Sequence[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((key, one) for key, words in groups.items() for one in dict.fromkeys(words))


def text_of(path: Path) -> str:
    """The file's text; empty where there is none.

    Raises:
        UsageError: it cannot be read, or is far too long.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise UsageError(f"{path} 超过2兆字节，不像是一份文字约定。")
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return ""
    except UnicodeDecodeError:
        raise UsageError(f"{path} 不是 UTF-8 编码；请用记事本“另存为”，编码选 UTF-8。") from None
    except OSError as error:
        raise UsageError(f"读不了 {path}：{reason(error)}") from None


def _settings(path: Path, text: str) -> dict[str, Any]:
    from pydantic import ValidationError

    from gxgen.county.faults import explain
    from gxgen.county.settings import WordsSettings
    from gxgen.toml import parsed

    try:
        settings = WordsSettings.model_validate(parsed(text, path))
    except ValidationError as error:
        raise UsageError(f"{path} 有误：\n" + "\n".join(explain(error, text))) from None
    return settings.model_dump(mode="json")


@dataclass(frozen=True, slots=True)
class Entry:
    """One of the words or sentences that a person has written into the file.

    ``field`` is where :class:`CountyWords` has it; ``under`` is its tag or its agency, empty for a
    sentence.
    """

    field: str
    text: str
    under: str = ""

    def left(self, words: CountyWords) -> CountyWords:
        """What the file says without it."""
        own = (self.under, self.text) if self.under else self.text
        kept = tuple(one for one in getattr(words, self.field) if one != own)
        return replace(words, **{self.field: kept})


def entries(words: CountyWords) -> tuple[Entry, ...]:
    """All that is written in the file beside what is remembered, in the order of these kinds."""
    return (
        *(Entry("phrases", text, tag) for tag, text in words.phrases),
        *(Entry("short_names", text, name) for name, text in words.short_names),
        *(Entry("lawful", text) for text in words.lawful),
        *(Entry("boilerplate", text) for text in words.boilerplate),
    )


def forget(folder: Path, words: CountyWords, entry: Entry) -> Path:
    """Take an entry out of the county's words file, and leave all else as it is written.

    Raises:
        UsageError: it is written in a way that only a person can change.
    """
    path = folder / WORDS_FILE
    wanted = entry.left(words)
    for text in _cuts(text_of(path), entry.text):
        if said_by(text, path) == wanted:
            write_whole(path, text.encode())
            return path
    raise UsageError(f"{path} 的写法特殊，没有改动它；请打开它，删去“{entry.text}”。")


def _cuts(text: str, said: str) -> Iterator[str]:
    """The text without each place where these words stand in quotation marks, with the comma after
    them and the line if nothing else stands in it, or else the comma before them."""
    quotes = "|".join(map(re.escape, dict.fromkeys((quoted(said), f"'{said}'"))))
    for way in (rf"(?m)^[ \t]*(?:{quotes})[ \t]*,?[ \t]*\n", rf"(?:{quotes})\s*,?[ \t]*",
                rf",\s*(?:{quotes})"):  # fmt: skip
        for found in re.finditer(way, text):
            yield text[: found.start()] + text[found.end() :]


def said_by(text: str, path: Path) -> CountyWords | None:
    """What such a text says; None if it is not valid."""
    try:
        return words_in(text, path)
    except UsageError:
        return None


Proposals = list[tuple[str, list[str]]]
"""Sentences with the agencies that use them."""


def proposing(folder: Path, proposals: Proposals) -> tuple[str, Proposals]:
    """The file's text with more sentences in it, each behind a # until a person takes that away;
    and which. What stands in the file already, on or off, is not proposed again.

    Raises:
        UsageError: the file is not valid, or its list of sentences stands where nobody finds it.
    """
    path = folder / WORDS_FILE
    text = text_of(path)
    new = [one for one in proposals if quoted(one[0]) not in text]
    if not new:
        return text, []
    lines = "".join(f"  # {_by(agencies)}\n  # {quoted(said)},\n" for said, agencies in new)
    table = _TABLE.search(text)
    if table is None:
        made = f"{text or WORDS_HEAD}\n[boilerplate]\nsentences = [\n{lines}]\n"
    else:
        start = _LIST.search(text, table.end())
        if start is None:
            raise UsageError(f"{path} 的 [boilerplate] 里没有 sentences = [ ] 这一项，请先补上。")
        rest = text[start.end() :]
        made = f"{text[: start.end()]}\n{lines}" + (rest[1:] if rest[:1] == "\n" else f"  {rest}")
    if text.strip() and not _say_the_same(path, text, made):
        raise UsageError(
            f"{path} 的写法特殊，加不进建议的句子；请改成 [boilerplate] 一行、sentences = [ 一行。"
        )
    return made, new


def _say_the_same(path: Path, text: str, made: str) -> bool:
    known = _settings(path, text)
    try:
        return _settings(path, made) == known
    except UsageError:
        return False


def _by(agencies: Sequence[str]) -> str:
    named = "、".join(agencies[:5])
    return f"{len(agencies)}个单位：{named}{'等' if len(agencies) > 5 else ''}"
