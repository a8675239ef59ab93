"""What a county remembers of its agencies' sentences, and what it may."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from gxgen.county.memory import Proposal
from gxgen.county.project import County
from gxgen.county.words import Entry, entries, forget
from gxgen.errors import UsageError
from gxgen.model.words import Remembered


@dataclass(frozen=True, slots=True)
class Words:
    """The sentences that are remembered, those that are proposed, and the file if it changed;
    ``own`` is what people have written into that file."""

    remembered: tuple[Remembered, ...]
    proposed: tuple[Proposal, ...]
    written: Path | None = None
    own: tuple[Entry, ...] = ()


def words(
    county: str | None, *, accept: int | None = None, remove: int | None = None, inputs: Path
) -> Words:
    """List what is remembered, written and proposed; or take over a proposal, or forget something.

    ``accept`` is a place among the proposals, ``remove`` one among what is remembered and, behind
    it, written; both are counted from 1.

    Raises:
        UsageError: no such county or number, or its words file cannot be changed.
    """
    from gxgen.api.choosing import chosen_county
    from gxgen.county import memory

    home = chosen_county(county, inputs)
    if accept is not None and remove is not None:
        raise UsageError("--accept 和 --remove 一次只能用一个。")
    if remove is not None:
        return Words(home.words.frames, (), _removed(home, remove))
    proposed = tuple(memory.proposals(home, Path("output")))
    if accept is None:
        return Words(home.words.frames, proposed, own=entries(home.words))
    if not 1 <= accept <= len(proposed):
        raise UsageError(f"没有第{accept}条建议；现在有{len(proposed)}条。")
    return Words(home.words.frames, proposed, memory.accept(home, proposed[accept - 1]))


def _removed(home: County, number: int) -> Path:
    from gxgen.county import memory

    remembered, own = len(home.words.frames), entries(home.words)
    if remembered < number <= remembered + len(own):
        return forget(home.folder, home.words, own[number - remembered - 1])
    if own and number > remembered:
        raise UsageError(f"没有第{number}条；现在共有{remembered + len(own)}条。")
    return memory.remove(home, number)
