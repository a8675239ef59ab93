"""Opening a desk, joining one that is open, and ending it."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import http.client
import json
import os
import socket
import sys
import tempfile
import webbrowser
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from gxgen.desk.deeds import Deeds, TooLargeError
from gxgen.desk.desk import Desk
from gxgen.desk.guard import JOIN, SECRET_HEADER, Guard, Keys
from gxgen.desk.hands import FaultError, GoneError, RefusedError, StoppedError
from gxgen.desk.views import Views
from gxgen.desk.words import REFUSED, WORDS
from gxgen.errors import EnvironmentProblemError, reason

HOST = "127.0.0.1"
_PATIENCE = 5.0
"""Seconds in which a desk that is open answers a second start."""
_ENDS = 10.0
"""Seconds in which a worker finishes the form in hand."""
_MOST_AT_ONCE = 200


def application(desk: Desk, keys: Keys) -> Guard:
    """Everything that the desk answers, behind its door."""

    async def join(_: Request) -> Response:
        return JSONResponse({"link": keys.link()})

    def told(_: Request, error: Exception) -> Response:
        """A refusal as a sentence; of a fault of gxgen's own where it was can be kept."""
        if not isinstance(error, RefusedError):
            desk.trouble(error)
            desk.tell()
        return JSONResponse(
            {"said": str(error) if isinstance(error, RefusedError) else desk.said}, 409
        )

    app = Starlette(
        routes=[
            Route(JOIN, join, methods=["POST"]),
            *Deeds(desk).routes,
            *Views(desk, keys).routes,
        ],
        exception_handlers={
            404: _plain(404),
            405: _plain(405),
            TooLargeError: _plain(413),
            RefusedError: told,
            StoppedError: lambda *_: JSONResponse({"said": WORDS.left_undone}, 409),
            FaultError: told,
            GoneError: told,
        },
    )
    return Guard(app, keys)


def _plain(status: int) -> Callable[[Request, Exception], Response]:
    def answer(_: Request, __: Exception) -> Response:
        return JSONResponse({"said": REFUSED[status]}, status)

    return answer


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
        """Open a window, and say where it is."""
        self.tell(said)
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
            asyncio.run(_serve(sock, keys, opening, Path(scratch)))
        except KeyboardInterrupt:
            pass  # the way in which a terminal ends it
        finally:
            opening.tell(WORDS.closed)
            note.unlink(missing_ok=True)


async def _serve(sock: socket.socket, keys: Keys, opening: Opening, scratch: Path) -> None:
    desk = Desk(opening.root, scratch, opening.county)
    config = uvicorn.Config(
        application(desk, keys),
        log_config=None,
        access_log=False,
        server_header=False,
        lifespan="off",
        ws="none",
        http="h11",
        loop="asyncio",
        limit_concurrency=_MOST_AT_ONCE,
        timeout_graceful_shutdown=2,
    )
    server = uvicorn.Server(config)

    def ending() -> None:
        server.should_exit = True

    desk.ending = ending
    desk.reader.start()
    following = asyncio.ensure_future(_begin(desk))
    link = keys.link()
    opening.tell(WORDS.close)
    asyncio.get_running_loop().run_in_executor(None, opening.window, link, WORDS.started(link))
    try:
        await server.serve(sockets=[sock])
    finally:
        desk.end()
        following.cancel()
        for hand in (desk.reader, desk.builder):
            await asyncio.to_thread(hand.wait, _ENDS)


async def _begin(desk: Desk) -> None:
    """Look, build what is due, and follow what happens in the folder."""
    await desk.refresh()
    desk.builder.start()
    desk.warm()
    desk.build_if_eager()
    await desk.follow()


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
