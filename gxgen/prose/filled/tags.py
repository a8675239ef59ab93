"""The tags of a sentence: found, fenced in, parsed by Jinja, and why one is refused."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from gxgen.model.indicators import letters
from gxgen.model.vocabulary import INDICATORS

if TYPE_CHECKING:
    from jinja2 import Environment, nodes

WRONG, MISSING, INCOMPARABLE = "GX421", "GX422", "GX423"

_TAG = re.compile(r"([{｛][{｛]).{0,300}?[}｝][}｝]|[{｛][%％].{0,300}?[%％][}｝]")
MARK = re.compile(r"[{｛][{｛%％]|[}｝%％][}｝]")
_ORDINARY = str.maketrans("（），．。＞＜＝！｜　\xa0", "(),..><=!|  ")
_INSIDE = re.compile(r"[\w\s.,()|<>=!]*")
"""All signs that a tag may hold: no quotes, no brackets, no arithmetic."""
QUOTED = "名_"
"""Before the letters of a name that stood in quotes: no name of Jinja's begins with a digit."""
_NAMED = re.compile(r"指标\s*\(\s*[\"'“”‘’＂＇]([^\"'“”‘’＂＇]{1,60})[\"'“”‘’＂＇]\s*\)")
"""An indicator by its name as it is written in the form, signs and all."""
_CALLED = re.compile(rf"(?<!\w){INDICATORS}\s*\.\s*(?:{QUOTED})?(\w+)")
_STATEMENT = re.compile(r"\s*(if|elif|else|endif|for|endfor)\b")
_LONGEST_TAG, _MOST_TAGS = 200, 100


class NotFilledError(Exception):
    """Why a sentence cannot be filled: code, sentence, and the figures behind it."""

    def __init__(self, code: str, message: str, keys: Sequence[str] = ()) -> None:
        """``message`` follows the place."""
        super().__init__(message)
        self.code, self.keys = code, keys


def _refuse_stray(text: str, tags: Sequence[str]) -> None:
    stray = MARK.search(_TAG.sub("", text))
    if stray is not None:
        message = f"里的“{stray[0]}”没有配成对；要填数的写作“{{{{ 申请.新收 }}}}”，不填数的请删去。"
        raise NotFilledError(WRONG, message)
    if len(tags) > _MOST_TAGS:
        raise wrong(tags[0], f"所在的一段里要填的超过{_MOST_TAGS}处，请分段写")
    for tag in tags:
        inside = _inside(tag)
        if len(tag) > _LONGEST_TAG or not _INSIDE.fullmatch(inside):
            raise wrong(tag, "只能写数的名称、约定的函数和比较，不能写别的符号")
        if tag[1] in "%％" and not _STATEMENT.match(inside):
            raise wrong(tag, "只能是 if、elif、else、endif、for、endfor")


def _inside(tag: str) -> str:
    """What a tag says, in ordinary signs; an indicator in quotes by its letters."""
    return _NAMED.sub(_by_letters, tag[2:-2].translate(_ORDINARY))


def _by_letters(match: re.Match[str]) -> str:
    return f"{INDICATORS}.{QUOTED}{letters(match[1])}"


def indicators_named(text: str) -> frozenset[str]:
    """The letters of the indicators that a text calls by name."""
    if INDICATORS not in text:
        return frozenset()
    tags = (_inside(match[0]) for match in _TAG.finditer(text))
    return frozenset(letters(name) for tag in tags for name in _CALLED.findall(tag))


def _plain(match: re.Match[str]) -> str:
    """A tag in ordinary signs, whatever input method wrote it."""
    inside = _inside(match[0])
    return f"{{{{\n{inside}}}}}" if match[1] else f"{{%\n{inside}%}}"


def tag_at(tags: Sequence[str], line: int) -> str:
    """The tag that Jinja counts as this line."""
    return tags[min(max(line - 2, 0), len(tags) - 1)]


def wrong(tag: str, words: str) -> NotFilledError:
    """Why a tag is refused."""
    shown = tag if len(tag) <= 60 else f"{tag[:60]}……"
    stop = "" if words.endswith("？") else "。"
    return NotFilledError(WRONG, f"的“{shown}”{words}{stop}")


@cache
def _environment() -> Environment:
    """A parser and nothing more: without filters, tests, extensions; comments are plain text."""
    from jinja2 import Environment

    return Environment(  # noqa: S701  # nothing is rendered
        comment_start_string="\x00{", comment_end_string="}\x00", keep_trailing_newline=True
    )


def parsed(text: str) -> tuple[nodes.Template, list[str]]:
    """The text as a tree, and its tags as written.

    Raises:
        NotFilledError: a tag is not whole, holds what no tag may hold, or is no tag of ours.
    """
    tags = [match[0] for match in _TAG.finditer(text)]
    _refuse_stray(text, tags)
    from jinja2 import TemplateSyntaxError

    try:
        # A line feed inside each tag makes Jinja's line numbers count the tags.
        return _environment().parse(_TAG.sub(_plain, text)), tags
    except TemplateSyntaxError as error:
        raise wrong(
            tag_at(tags, error.lineno), "写法不完整，或者缺少配对的 endif、endfor"
        ) from None
    except RecursionError:
        raise too_complex(tags) from None


def too_complex(tags: Sequence[str]) -> NotFilledError:
    """Why tags nested too deeply are refused."""
    return wrong(tags[0], "写得太复杂")
