"""``answers.toml`` in a year's folder: what the county says in its agencies' stead, of questions
about their reports. It need not be there; a person has given every answer in it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gxgen.cache import recalled
from gxgen.county.blocks import Said, with_block, without_block
from gxgen.county.words import text_of
from gxgen.errors import UsageError
from gxgen.model.report import Answer
from gxgen.places import FilePart

if TYPE_CHECKING:
    from gxgen.county.project import County

ANSWERS_FILE = "answers.toml"
_BLOCK = "answer"
_HEAD = """# 县里对核实事项的说明，编码 UTF-8。每个 [[answer]] 是一条：
# 哪个单位、编号、单元格、当时的数、理由、谁说的、哪一天。
# 数变了，说明就失效，和填报表“说明”表里的一样；错误不能用说明代替。
# 不要的整段删去，或用 gxgen answer 单位 编号 单元格 --withdraw。
"""


@dataclass(frozen=True, slots=True)
class CountyAnswer:
    """What a county answered, and for which agency."""

    agency: str
    answer: Answer


def answers_in(folder: Path) -> tuple[CountyAnswer, ...]:
    """What the county has answered for a year, in the order of its file.

    Raises:
        UsageError: the file is not valid; the message lists every fault with its line.
    """
    path = folder / ANSWERS_FILE
    return _read(text_of(path), path)


def answers_of(given: Sequence[CountyAnswer], agency: str, county: County) -> tuple[Answer, ...]:
    """Those for an agency, by any of its names."""
    own = county.own_name(agency)
    return tuple(one.answer for one in given if county.own_name(one.agency) == own)


def with_answer(folder: Path, one: CountyAnswer, text: str | None = None) -> str:
    """The file's text with one more answer; ``text`` is what it says by now.

    Raises:
        UsageError: the file is not valid, or would not be.
    """
    path = folder / ANSWERS_FILE
    text = text_of(path) if text is None else text
    before, answer = _read(text, path), one.answer
    said: Said = {
        "agency": one.agency,
        "code": answer.code,
        "cell": answer.cell,
        "figures": answer.figures,
        "reason": answer.reason,
        "by": answer.by,
        "day": answer.day or dt.date.today(),
    }
    return _sure(path, with_block(text or _HEAD, _BLOCK, said), (*before, one))


def without_answer(folder: Path, one: CountyAnswer, text: str | None = None) -> str:
    """The file's text without an answer; ``text`` is what it says by now.

    Raises:
        UsageError: the file is not valid, or written in a way that only a person can change.
    """
    path = folder / ANSWERS_FILE
    text = text_of(path) if text is None else text
    before = _read(text, path)
    number = before.index(one)
    left = without_block(text, _BLOCK, number, len(before))
    if left is None:
        raise UsageError(f"{path} 的写法特殊，请打开它，删去那一段。")
    return _sure(path, left, (*before[:number], *before[number + 1 :]))


def _sure(path: Path, text: str, wanted: tuple[CountyAnswer, ...]) -> str:
    """The text, if it says what it should and nothing else."""
    if _read(text, path) != wanted:
        raise UsageError(f"{path} 的写法特殊，没有改动它；请打开它，自己增删那一段。")
    return text


def _read(text: str, path: Path) -> tuple[CountyAnswer, ...]:
    if not text.strip():
        return ()
    said = recalled("answers", (text.encode(),), lambda: _settings(path, text))
    place = FilePart(path.name)
    return tuple(
        CountyAnswer(
            one["agency"],
            Answer(
                one["code"],
                one["cell"],
                one["reason"],
                place,
                one["figures"],
                dt.date.fromisoformat(one["day"]),
                one["by"],
            ),
        )
        for one in said["answer"]
    )


def _settings(path: Path, text: str) -> dict[str, Any]:
    from pydantic import ValidationError

    from gxgen.county.faults import explain
    from gxgen.county.settings import AnswersSettings
    from gxgen.toml import parsed

    try:
        settings = AnswersSettings.model_validate(parsed(text, path))
    except ValidationError as error:
        raise UsageError(f"{path} 有误：\n" + "\n".join(explain(error, text))) from None
    return settings.model_dump(mode="json")
