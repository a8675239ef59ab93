"""Where a desk's requests are done, and who hears of it."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gxgen.api.project import Project

if TYPE_CHECKING:
    from gxgen.county.events import Event, Stop
    from gxgen.county.project import County

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Work:
    """Where a request is done, who hears of its steps, and how it is ended."""

    root: Path
    scratch: Path
    """For files on their way to the browser; nobody else reads it."""
    hear: Callable[[Event], None]
    stop: Stop
    waiting: Callable[[str], None]
    """Hears of another build that is waited for, as a sentence."""

    @property
    def patience(self) -> Any:
        """How a service waits for another build: who hears of it, and how it is ended."""
        return {"waiting": self.waiting, "stop": self.stop}

    @property
    def project(self) -> Project:
        """The folder as it is now."""
        return Project(self.root)

    def county(self, name: str) -> County:
        """The desk's county.

        Raises:
            UsageError: it is not there any more, or ``county.toml`` is wrong.
        """
        from gxgen.api.choosing import chosen_county

        return chosen_county(name, self.project.inputs)

    def put(self, data: bytes, suffix: str) -> str:
        """A file for the browser; its place."""
        path = self.scratch / f"{secrets.token_hex(8)}{suffix}"
        path.write_bytes(data)
        return str(path)
