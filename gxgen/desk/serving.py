"""Answering: the desk's application, and the server that it runs in."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from gxgen.desk.deeds import Deeds, TooLargeError
from gxgen.desk.desk import Desk
from gxgen.desk.guard import JOIN, Guard, Keys
from gxgen.desk.hands import FaultError, GoneError, RefusedError, StoppedError
from gxgen.desk.views import Views
from gxgen.desk.words import REFUSED, WORDS

_ENDS = 10.0
"""Seconds in which a worker ends what it has in hand."""
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


async def serve(
    sock: socket.socket, keys: Keys, root: Path, county: str | None, scratch: Path
) -> None:
    """Answer on a socket that is bound, until the desk is ended."""
    desk = Desk(root, scratch, county)
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
