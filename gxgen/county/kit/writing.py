"""The kit of a build: which files it has, and that each is made anew only where it would differ."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path, PurePath
from typing import Any

from gxgen import __version__
from gxgen.county.digests import digest
from gxgen.county.files import folded, own_bytes, safe_name
from gxgen.county.home import Home
from gxgen.county.kit import own, problems
from gxgen.county.kit.letters import bulletin_slots, county_slots, return_slots
from gxgen.county.kit.notices import notice_template
from gxgen.county.kit.own import KIT, own_templates
from gxgen.county.kit.standing import Standing, State, Unit
from gxgen.county.outputs import CHASE, NOTICES
from gxgen.errors import EnvironmentProblemError, GxgenError
from gxgen.opc.limits import FORM

Make = Callable[[], bytes | None]


@dataclass(frozen=True, slots=True)
class Piece:
    """A file of the kit: what it is made of, as a digest, and how; None where it has nothing to
    say. ``replaces``: the SHA-256 of a file in its place all of which is carried over, if that
    still stands there. ``agency``: whom it is sent to."""

    name: str
    essence: str
    make: Make
    replaces: str = ""
    agency: str | None = None


def write_kit(home: Home, told: Standing) -> tuple[dict[str, str], dict[str, str]]:
    """Write what differs; the files by name with their SHA-256, and what each is made of. Of a
    home that is about some parts only those.

    What cannot be made or written is told, and tried again by the next build.
    """
    before: Mapping[str, str] = home.ledger.county.get(KIT, {})
    made: dict[str, str] = {}
    essences: dict[str, str] = {}
    for piece in _pieces(home, told):
        there = home.outputs.own(piece.name)
        if there is not None and before.get(piece.name) == piece.essence:
            made[piece.name], essences[piece.name] = there, piece.essence
            continue
        try:
            data = piece.make()
            if piece.replaces:
                home.outputs.adopt(piece.name, piece.replaces)
            if data is not None:
                made[piece.name] = home.outputs.put(piece.name, data)
                essences[piece.name] = piece.essence
        except GxgenError as error:
            home.faults.append(f"{piece.name} 没有写出：{error}")
            there = home.outputs.own(piece.name)
            if there is not None and isinstance(error, EnvironmentProblemError):
                made[piece.name] = there
    return made, essences


def _pieces(home: Home, told: Standing) -> Iterator[Piece]:
    if home.only is None:
        yield from _notices(told)
        yield from _problems(home, told)
    else:
        yield from (one for one in _notices(told) if home.only.wants(one.name, one.agency))


# -- notices -------------------------------------------------------------------------------------


def _notices(told: Standing) -> Iterator[Piece]:
    if told.tells_missing:
        slots = county_slots(told)
        if slots["未报单位"] or slots["退回单位"]:
            yield _piece(told, CHASE, CHASE, slots)
        yield _piece(told, own.BULLETIN, own.BULLETIN, bulletin_slots(told))
    taken: set[str] = set()
    for unit in told.having(State.RETURNED):
        stem, slots = _stem(unit, taken), return_slots(told, unit)
        for template in (own.RETURN_TEXT, own.RETURN_LETTER):
            name = f"{NOTICES}/{stem}{PurePath(template).suffix}"
            yield replace(_piece(told, template, name, slots), agency=unit.agency.name)


def _piece(told: Standing, template: str, name: str, slots: Mapping[str, Any]) -> Piece:
    said = repr(slots).encode("utf-8", "replace")
    essence = digest(__version__.encode(), own_templates(told.county.folder).encode(), said)
    return Piece(name, essence, partial(_filled, told.county.folder, template, slots))


def _filled(folder: Path, template: str, slots: Mapping[str, Any]) -> bytes:
    form = notice_template(folder, template)
    return form.letter(slots) if template.endswith(".docx") else form.text(slots)


def _stem(unit: Unit, taken: set[str]) -> str:
    """What the notices to a unit are called: its own name, once on every disk."""
    name = safe_name(unit.agency.name)
    number = 2
    while folded(name) in taken:
        name, number = safe_name(f"{unit.agency.name}（{number}）"), number + 1
    taken.add(folded(name))
    return name


# -- the list of problems ------------------------------------------------------------------------


def _problems(home: Home, told: Standing) -> Iterator[Piece]:
    lines = problems.problem_lines(told)
    title = f"{told.county.name}{told.year}年政府信息公开工作年度报告{problems.SHEET}"
    essence = digest(repr((__version__, title, lines)).encode("utf-8", "replace"))
    data = own_bytes(home.folder / problems.FILE, FORM.file)
    kept = problems.kept_of(data) if data is not None else None
    carried = hashlib.sha256(data).hexdigest() if data is not None and kept and kept.whole else ""
    make = partial(problems.problems_workbook, title, lines, kept or problems.Kept())
    yield Piece(problems.FILE, essence, make, carried)
