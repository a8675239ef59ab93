"""Audits as a clerk reads them in a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gxgen.audit.judged import Audit
from gxgen.show.audit.words import SIDES, against_lines, heading_of, summary
from gxgen.show.text import side_text


def audits_text(audits: Sequence[Audit], *, colour: bool = False) -> str:
    """Each file with its findings, then one line that sums up where they are several."""
    lines = [line for whole in audits for line in _lines(whole, colour)]
    if len(audits) > 1:
        sound = sum(not whole.faulty for whole in audits)
        lines.append(f"共审读 {len(audits)} 份，没有错误的 {sound} 份。")
    return "\n".join(lines)


def _lines(whole: Audit, colour: bool) -> Iterator[str]:
    yield heading_of(whole)
    yield f"  {summary(whole)}"
    if whole.against:
        yield from (f"  {line}" for line in against_lines(whole.against))
    for side, found in whole.by_side.items():
        yield f"  【{SIDES[side]}】"
        yield side_text(found, colour=colour)
