"""Opening a desk, and joining one that is open. What it takes to answer is loaded when the link is
told: whoever follows it at once waits a moment, as the socket listens already."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import socket
import sys
import tempfile
import threading
import webbrowser
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gxgen.desk.guard import JOIN, SECRET_HEADER, Keys
from gxgen.desk.words import WORDS
from gxgen.errors import EnvironmentProblemError, reason

HOST = "127.0.0.1"
_PATIENCE = 5.0
"""Seconds in which a desk that is open answers a second start."""


# -- open ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Opening:
    """How a desk is opened: of which folder and, of several in it, which county; ``tell`` gets
    what is said on the terminal, ``show`` opens a link in the browser."""

    root: Path
    county: str | None = None
    port: int = 0
    tell: Callable[[str], Any] = print
    show: Callable[[str], Any] | None = webbrowser.open

    def window(self, link: str, said: str) -> None:
        """Say where the desk is, and open a window: some browsers keep whoever calls them."""
        self.tell(said)
        if self.show is not None:
            threading.Thread(target=self._shown, args=(link,)).start()

    def _shown(self, link: str) -> None:
        with contextlib.suppress(OSError, webbrowser.Error):  # the link has been told
            if self.show is not None:
                self.show(link)


def run(opening: Opening) -> None:
    """Open the desk of a folder and serve it until it is ended; of one that is open only get a new
    window.

    Raises:
        EnvironmentProblemError: the port is taken, or there is no place for its secret.
    """
    note = _note(opening.root)
    if link := _joined(note):
        opening.window(link, WORDS.joined(link))
        return
    with _bound(opening.port) as sock, tempfile.TemporaryDirectory(prefix="gxgen-") as scratch:
        keys = Keys(sock.getsockname()[1])
        _write(note, {"port": keys.port, "secret": keys.secret})
        try:
            opening.tell(WORDS.close)
            link = keys.link()
            opening.window(link, WORDS.started(link))
            _serve(sock, keys, opening, Path(scratch))
        except KeyboardInterrupt:
            pass  # the way in which a terminal ends it
        finally:
            opening.tell(WORDS.closed)
            note.unlink(missing_ok=True)


def _serve(sock: socket.socket, keys: Keys, opening: Opening, scratch: Path) -> None:
    import asyncio

    from gxgen.desk.serving import serve

    asyncio.run(serve(sock, keys, opening.root, opening.county, scratch))


def _bound(port: int) -> socket.socket:
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        if sys.platform != "win32":
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.bind((HOST, port))
        sock.listen()  # whoever follows the link at once waits, and is not turned away
    except OSError as error:
        sock.close()
        raise EnvironmentProblemError(WORDS.port_taken(port, reason(error))) from None
    return sock


# -- join ----------------------------------------------------------------------------------------


def _note(root: Path) -> Path:
    """Where an open desk of this folder says how to join it: for this user alone."""
    import warnings

    from platformdirs import user_runtime_path

    name = hashlib.blake2b(os.path.realpath(root).encode("utf-8", "replace"), digest_size=12)
    try:
        with warnings.catch_warnings(action="ignore"):  # that it falls back to a temporary folder
            place = user_runtime_path("gxgen", appauthor=False, ensure_exists=True)
        place.chmod(0o700)
    except OSError:
        place = Path(tempfile.gettempdir()) / f"gxgen-{getattr(os, 'getuid', int)()}"
        place.mkdir(mode=0o700, exist_ok=True)
    if hasattr(os, "getuid") and place.stat().st_uid != os.getuid():
        raise EnvironmentProblemError(WORDS.no_place(str(place)))
    return place / f"desk-{name.hexdigest()}.json"


def _write(note: Path, said: dict[str, Any]) -> None:
    note.unlink(missing_ok=True)
    handle = os.open(note, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(said, file)


def _joined(note: Path) -> str | None:
    """A new link of the desk that is open; None where none answers."""
    if not note.exists():
        return None
    import http.client

    try:
        said = json.loads(note.read_text("utf-8"))
        asked = http.client.HTTPConnection(HOST, int(said["port"]), timeout=_PATIENCE)
        with contextlib.closing(asked):
            header = {SECRET_HEADER.decode(): str(said["secret"])}
            asked.request("POST", JOIN, headers=header)
            answer = asked.getresponse()
            link = json.loads(answer.read())["link"] if answer.status == 200 else None
    except (OSError, ValueError, KeyError, TypeError, http.client.HTTPException):
        return None
    return link if isinstance(link, str) else None
