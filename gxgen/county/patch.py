"""``county.toml`` with some settings changed and units of the roster added, changed or taken out;
all else in it, comments and order, stays as a person has written it.

The file is taken apart at its ``[[agency]]`` lines, so that only what changes is parsed anew.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gxgen.county.scaffold import entry
from gxgen.errors import EnvironmentProblemError, UsageError
from gxgen.model.agency import Agency

_UNIT = re.compile(r"^[ \t]*\[\[agency\]\]", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Patch:
    """What is to change: settings by their keys, None to take one out; units that are new or say
    something else, where None means that nothing is said of it; names of units to take out."""

    values: Mapping[str, Any]
    units: Sequence[Agency] = ()
    dropped: Collection[str] = ()

    def of(self, said: Mapping[str, Any]) -> dict[str, Any]:
        """What a file that says this must say afterwards."""
        wanted = {key: value for key, value in {**said, **self.values}.items() if value is not None}
        roster = [dict(one) for one in said.get("agency", [])]
        named = {one.get("name"): one for one in roster}
        for unit in self.units:
            if unit.name not in named:
                named[unit.name] = {}
                roster.append(named[unit.name])
            _merge(named[unit.name], _plain(unit))
        roster = [one for one in roster if one.get("name") not in self.dropped]
        return {**wanted, "agency": roster} if roster else _without(wanted, "agency")

    def into(self, text: str, said: Mapping[str, Any]) -> str:
        """The text with it, where ``said`` is what it says.

        Raises:
            UsageError: it is written in a way that only a person can change.
            EnvironmentProblemError: what edits such files is not installed.
        """
        head, blocks = _parts(text)
        roster = said.get("agency", [])
        if len(blocks) != len(roster):
            raise UsageError("名册的写法特殊，没有改动；请打开它自己改。")
        news = {one.name: one for one in self.units}
        kept = list(_kept(blocks, [one.get("name") for one in roster], news, self.dropped))
        head = _with_values(head, self.values) if self.values else head
        added = "".join(map(entry, news.values()))
        whole = head + "".join(kept)
        whole = f"{whole.rstrip()}\n" if self.dropped else whole
        return whole if not added else f"{whole.rstrip()}\n{added}"


def _without(said: Mapping[str, Any], key: str) -> dict[str, Any]:
    return {one: value for one, value in said.items() if one != key}


def _plain(unit: Agency) -> dict[str, Any]:
    """What is said of a unit, as TOML has it."""
    from dataclasses import asdict

    contact = {key: value for key, value in asdict(unit.contact).items() if value}
    said = {
        "name": unit.name,
        "short_name": unit.short_name,
        "kind": unit.kind and unit.kind.value,
        "contact": contact or None,
    }
    return {key: value for key, value in said.items() if value is not None}


def _merge(into: dict[str, Any], said: Mapping[str, Any]) -> None:
    for key, value in said.items():
        both = isinstance(value, Mapping) and isinstance(into.get(key), Mapping)
        into[key] = {**into[key], **value} if both else value


def _parts(text: str) -> tuple[str, list[str]]:
    """What stands above the roster, and each unit's block with what stands above the next."""
    starts = [found.start() for found in _UNIT.finditer(text)]
    ends = [*starts[1:], len(text)]
    blocks = [text[start:end] for start, end in zip(starts, ends, strict=False)]
    return (text[: starts[0]] if starts else text), blocks


def _kept(
    blocks: Sequence[str],
    names: Sequence[str],
    news: dict[str, Agency],
    dropped: Collection[str],
) -> Iterator[str]:
    """The blocks that stay; a unit that is there already is taken out of ``news``."""
    for block, name in zip(blocks, names, strict=True):
        if name in dropped:
            yield block[_tail_at(block) :].lstrip("\n")
        elif (unit := news.pop(name, None)) is not None:
            yield _changed(block, _plain(unit))
        else:
            yield block


def _changed(block: str, said: Mapping[str, Any]) -> str:
    """A unit's block with what is said of it now."""
    document = _parsed(block)
    own = document["agency"][0]
    for key, value in said.items():
        if isinstance(value, Mapping) and key in own:
            for inner, one in value.items():
                _set(own[key], inner, one)
        elif isinstance(value, Mapping):
            own[key] = _inline(value)
        else:
            _set(own, key, value)
    return str(document.as_string())


def _set(table: Any, key: str, value: Any) -> None:
    """Only what differs is written: another way to write the same stays."""
    if table.get(key) != value:
        table[key] = value


def _inline(said: Mapping[str, Any]) -> Any:
    import tomlkit

    table = tomlkit.inline_table()
    table.update(said)
    return table


# -- the settings above the roster ---------------------------------------------------------------


def _with_values(head: str, values: Mapping[str, Any]) -> str:
    """A setting that is there is changed where it stands; one that is not takes the place of the
    line that tells how it is written (``# deadline = …``); one that goes becomes such a line."""
    for key, value in values.items():
        document = _parsed(head)
        if value is None:
            head = re.sub(rf"^(?={key}[ \t]*=[^\n]*\n)", "# ", head, count=1, flags=re.MULTILINE)
        elif key in document:
            _set(document, key, value)
            head = document.as_string()
        else:
            head = _added(head, key, value)
    return head


def _added(head: str, key: str, value: Any) -> str:
    import tomlkit

    line = f"{key} = {tomlkit.item(value).as_string()}\n"
    shown = re.compile(rf"^#[ \t]*{key}[ \t]*=[^\n]*(?:\n|\Z)", re.MULTILINE)
    if shown.search(head):
        return shown.sub(lambda _: line, head, count=1)
    at = _tail_at(head) or len(head)
    before = head[:at] if not at or head[:at].endswith("\n") else f"{head[:at]}\n"
    return f"{before}{line}{head[at:]}"


def _tail_at(text: str) -> int:
    """Where the blank lines and comments begin that end a block: they stand above what follows."""
    at = len(text)
    for line in reversed(text.split("\n")[:-1]) if text.endswith("\n") else ():
        said = line.strip(" \t")
        if said and not said.startswith("#"):
            break
        at -= len(line) + 1
    return at


def _parsed(text: str) -> Any:
    try:
        import tomlkit
    except ImportError:
        raise EnvironmentProblemError(
            "没有安装改设置要用的组件；请运行 pip install 'gxgen[desk]'，"
            "或者自己打开 county.toml 改。"
        ) from None
    return tomlkit.parse(text)
