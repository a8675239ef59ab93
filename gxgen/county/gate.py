"""A style on its way into a build: judged once, when the first of its templates is needed.

A template with errors prints nothing. What was printed before stays; the forms are read, checked
and added up all the same; and no agency is told, since none can mend it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gxgen.county.conversion import StyleBytes
from gxgen.county.files import read_bytes
from gxgen.errors import EnvironmentProblemError

if TYPE_CHECKING:
    from gxgen.diagnostics import Diagnostic


@dataclass(eq=False)
class Gate:
    """A style of a run: its templates by edition, the names of their files, and what was found in
    those that somebody needed."""

    style: str
    files: StyleBytes = ()
    names: dict[str, str] = field(default_factory=dict)
    unread: dict[str, str] = field(default_factory=dict)
    """Why the template of an edition cannot be read."""
    _found: dict[str, tuple[Diagnostic, ...]] = field(default_factory=dict)
    _held: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, style: str) -> Gate:
        """The gate of a style, whose templates are read but not judged yet.

        Raises:
            UsageError: no such style.
        """
        from gxgen.templates.styles import style_files

        paths = style_files(style)
        files: list[tuple[str, bytes]] = []
        unread: dict[str, str] = {}
        for edition, path in paths:
            try:
                files.append((edition, read_bytes(path)))
            except EnvironmentProblemError as error:
                unread[edition] = str(error)
        return cls(style, tuple(files), {edition: path.name for edition, path in paths}, unread)

    @property
    def told(self) -> tuple[Diagnostic, ...]:
        """What is to be said of the style, once."""
        return tuple(one for edition in sorted(self._found) for one in self._found[edition])

    def passed(self, years: Iterable[int | None]) -> StyleBytes:
        """The style as it travels to those who print reports of these years: without what is held.
        A year that nobody knows may need any edition."""
        held = {e for year in set(years) for e in self._editions(year) if self.holds(e)}
        return tuple(one for one in self.files if one[0] not in held)

    def stopped(self, year: int | None) -> bool:
        """Whether it has been found that nothing may be printed for a year."""
        return not self._held.isdisjoint(self._editions(year)) if self._held else False

    def _editions(self, year: int | None) -> Iterable[str]:
        from gxgen.editions.declared import edition_for_year

        edition = None if year is None else edition_for_year(year)
        return (edition.id,) if edition else self.names

    def holds(self, edition: str) -> bool:
        """Whether nothing may be printed with the template of an edition."""
        if edition not in self._found:
            from gxgen.county.unit import diagnosed
            from gxgen.templates.gate import STOPS, verdict

            file = self.names.get(edition, self.style)
            why = self.unread.get(edition)
            found = verdict(self.style, file, dict(self.files).get(edition), edition, why)
            self._found[edition] = diagnosed(found, None, file)
            if any(one.code in STOPS for one in found):
                self._held.add(edition)
        return edition in self._held
