"""What was put into ``inputs/`` can be taken back: a record beside what was replaced says what took
the place of what. It lies in ``.replaced/<time>/`` and is input like all else there: it names files
of its own folder, which are those that it means only if they still hold what it says.
"""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from gxgen.county import replaced
from gxgen.county.digests import digest
from gxgen.county.files import leads_away, own_bytes, read_bytes, write_whole
from gxgen.errors import UsageError
from gxgen.letters import shown
from gxgen.opc.limits import MIB

RECORD = "undo.json"
FORMAT = 1
_MOST_BYTES, _LARGEST = 8 * MIB, 32 * MIB
"""Of a record; of a file that can be taken back."""
_NOT_PLAIN = set('/\\:*?"<>|')


@dataclass(frozen=True, slots=True)
class Former:
    """A file that gave way: its name then, and the name of the copy that was kept of it."""

    name: str
    kept: str
    digest: str


@dataclass(frozen=True, slots=True)
class Step:
    """A file that was put in place, whose it is, and what gave way to it."""

    target: str
    digest: str
    whose: str = ""
    former: tuple[Former, ...] = ()


@dataclass(frozen=True, slots=True)
class Done:
    """A step, where and when it was done; moments sort as they followed one another."""

    folder: Path
    moment: str
    step: Step

    @property
    def target(self) -> Path:
        """The file that was put in place."""
        return self.folder / self.step.target


def note(
    path: Path, data: bytes, moment: dt.datetime, former: dict[Path, Path], whose: str = ""
) -> None:
    """Keep that ``path`` was made to hold ``data``, for ``former`` files that lie now, as copies,
    where their values say.

    Raises:
        EnvironmentProblemError: it cannot be written.
    """
    gone = (Former(was.name, copy.name, digest(read_bytes(copy))) for was, copy in former.items())
    step = Step(path.name, digest(data), whose, tuple(gone))
    home = replaced.folder_of(path, moment)
    _write(home, [*_steps(home), step])


def done_in(folder: Path) -> list[Done]:
    """What can be taken back in a folder, the oldest first."""
    home = folder / replaced.FOLDER
    if leads_away(home) or not home.is_dir():
        return []
    moments = sorted(one.name for one in home.iterdir() if not leads_away(one))
    return [Done(folder, one, step) for one in moments for step in _steps(home / one)]


def take_back(one: Done, moment: dt.datetime) -> Path:
    """Bring back what a step replaced, and put aside what it had put in place; returns where that
    lies now.

    Raises:
        UsageError: one of the files is not what it was then; nothing has changed.
        EnvironmentProblemError: a file cannot be written; what stood still stands.
    """
    own, others = b"", {}
    _refuse_changed(one)
    for former in one.step.former:
        data = _kept(one, former)
        if former.name == one.step.target:
            own = data
        else:
            others[one.folder / former.name] = data
    for path, data in others.items():
        write_whole(path, data)
    again = any(former.name == one.step.target for former in one.step.former)
    aside = replaced.replace(one.target, own, moment) if again else None
    aside = aside or replaced.put_aside(one.target, moment)
    _forget(one)
    return aside


def _refuse_changed(one: Done) -> None:
    path = shown(str(one.target))
    data = own_bytes(one.target, _LARGEST)
    if data is None:
        raise UsageError(f"{path} 不在了，没有撤销。")
    if digest(data) != one.step.digest:
        raise UsageError(f"{path} 在那以后又改过，没有撤销；要换回原来的，请从 .replaced 里取。")


def _kept(one: Done, former: Former) -> bytes:
    """What was kept of a file, if it can stand where it stood."""
    path = one.folder / replaced.FOLDER / one.moment / former.kept
    data = own_bytes(path, _LARGEST)
    if data is None or digest(data) != former.digest:
        raise UsageError(f"留着的原件 {shown(str(path))} 不在了，或者改动过，没有撤销。")
    back = one.folder / former.name
    if former.name != one.step.target and os.path.lexists(back):
        raise UsageError(f"{shown(str(back))} 现在是另一个文件，没有撤销。")
    return data


# -- the record ----------------------------------------------------------------------------------


def _forget(one: Done) -> None:
    home = one.folder / replaced.FOLDER / one.moment
    steps = _steps(home)
    steps.reverse()
    steps.remove(one.step)
    _write(home, steps[::-1])


def _write(home: Path, steps: list[Step]) -> None:
    said = {"format": FORMAT, "steps": [asdict(step) for step in steps]}
    write_whole(home / RECORD, json.dumps(said, ensure_ascii=False, indent=1).encode())


def _steps(home: Path) -> list[Step]:
    """What a record says; of one that is none, nothing."""
    data = None if leads_away(home) else own_bytes(home / RECORD, _MOST_BYTES)
    try:
        said = json.loads(data or b"{}")
        return list(_read(said["steps"])) if said.get("format") == FORMAT else []
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return []


def _read(steps: list[dict[str, object]]) -> Iterator[Step]:
    for one in steps:
        former = tuple(Former(**each) for each in one.pop("former"))  # type: ignore[attr-defined]
        step = Step(**one, former=former)  # type: ignore[arg-type]
        names = [step.target, *(name for each in former for name in (each.name, each.kept))]
        if all(map(_plain, names)) and isinstance(step.whose, str):
            yield step


def _plain(name: object) -> bool:
    """Whether it is a file's name and leads nowhere."""
    return isinstance(name, str) and bool(name.strip(". ")) and not _NOT_PLAIN & set(name)
