"""The agencies that must file: who is on ``county.toml``'s list."""

from __future__ import annotations

import marshal
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, overload

from gxgen.model.agency import Agency, AgencyKind, Contact


class Roster(Sequence[Agency]):
    """Agencies in their order, each made when it is asked for: thousands of them cost little."""

    def __init__(self, said: Iterable[Mapping[str, Any]]) -> None:
        """``said``: the entries of ``county.toml``, valid, as plain data."""
        names, others = [], []
        for entry in said:
            names.append(entry["name"])
            others.append(marshal.dumps({k: v for k, v in entry.items() if k != "name" and v}))
        self._names, self._others = tuple(names), tuple(others)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._names)

    @overload
    def __getitem__(self, at: int) -> Agency: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Agency]: ...
    def __getitem__(self, at: int | slice) -> Agency | Sequence[Agency]:
        """An agency, or some of them."""
        if isinstance(at, slice):
            return [self[one] for one in range(*at.indices(len(self)))]
        return _agency(self._names[at], **marshal.loads(self._others[at]))  # noqa: S302 - our own


def _agency(
    name: str,
    contact: Mapping[str, str] | None = None,
    short_name: str | None = None,
    kind: str | None = None,
) -> Agency:
    return Agency(name, short_name, AgencyKind(kind) if kind else None, Contact(**(contact or {})))
