"""What a county remembers of its agencies' sentences, and what it may."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from gxgen.county.memory import Proposal
from gxgen.errors import UsageError
from gxgen.model.words import Remembered


@dataclass(frozen=True, slots=True)
class Words:
    """The sentences that are remembered, those that are proposed, and the file if it changed."""

    remembered: tuple[Remembered, ...]
    proposed: tuple[Proposal, ...]
    written: Path | None = None


def words(
    county: str | None, *, accept: int | None = None, remove: int | None = None, inputs: Path
) -> Words:
    """List what is remembered and proposed; or take over a proposal, or forget a sentence.

    ``accept`` and ``remove`` are places in those lists, counted from 1.

    Raises:
        UsageError: no such county or number, or its words file cannot be changed.
    """
    from gxgen.api.choosing import chosen_county
    from gxgen.county import memory

    home = chosen_county(county, inputs)
    if accept is not None and remove is not None:
        raise UsageError("--accept 和 --remove 一次只能用一个。")
    if remove is not None:
        return Words(home.words.frames, (), memory.remove(home, remove))
    proposed = tuple(memory.proposals(home, Path("output")))
    if accept is None:
        return Words(home.words.frames, proposed)
    if not 1 <= accept <= len(proposed):
        raise UsageError(f"没有第{accept}条建议；现在有{len(proposed)}条。")
    return Words(home.words.frames, proposed, memory.accept(home, proposed[accept - 1]))
