"""What the desk shows: an address a page, as a whole or, for its script, the pane alone."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from importlib.resources import files
from math import ceil
from pathlib import Path
from typing import Any

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import (
    FileResponse,
    JSONResponse,
    PlainTextResponse,
    Response,
    StreamingResponse,
)
from starlette.routing import Route

from gxgen.county.outputs import CHASE
from gxgen.desk import rendering
from gxgen.desk.desk import Desk
from gxgen.desk.guard import FRAMED, Keys
from gxgen.desk.hands import RefusedError
from gxgen.desk.state import Unit
from gxgen.desk.words import REFUSED, WORDS

_PART = "x-part"
"""The header with which the script asks for the pane alone."""
_A_PAGE = 50
"""Notices on a page."""
_STATIC = {"desk.css": "text/css; charset=utf-8", "desk.js": "text/javascript; charset=utf-8"}
_OWN_PAGE = "connect-src 'none'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
"""Of the county's page, which names its own style and script by their digests."""
Answer = Callable[[Request], Awaitable[Response]]


class Views:
    """The pages of a desk."""

    def __init__(self, desk: Desk, keys: Keys) -> None:
        """Of that desk, opened by those keys."""
        self.desk, self.keys = desk, keys

    @property
    def routes(self) -> list[Route]:
        """Every address that can be read."""
        return [
            Route("/", self.home),
            Route("/open/{token}", self.open),
            Route("/static/{name}", self.static),
            Route("/events", self.events),
            Route("/frame", self.frame),
            Route("/unit/{id}", self.unit),
            Route("/notices", self.notices),
            Route("/rollup", self.rollup),
            Route("/settings", self.settings),
            Route("/file/{id}", self.file),
            Route("/zip/{what}", self.archive),
            Route("/blank/{id}", self.blank),
            Route("/text/chase", self.chase),
            Route("/text/notice/{id}", self.notice),
            Route("/look/{id}", self.look),
            Route("/look/{id}/pdf", self.look_pdf),
            Route("/last/{id}", self.last),
            Route("/review/{id}", self.review),
            Route("/county/{name}", self.county_page),
            Route("/fault", self.fault),
        ]

    # -- the frame -------------------------------------------------------------------------------

    async def open(self, request: Request) -> Response:
        """The one-time link: whoever follows it first has the desk."""
        if request.method != "GET" or not self.keys.used(request.path_params["token"]):
            return Response(REFUSED[401], 401, media_type="text/html")
        response = Response(status_code=303, headers={"location": "/"})
        response.set_cookie(
            self.keys.cookie, self.keys.session, httponly=True, samesite="strict", path="/"
        )
        return response

    async def static(self, request: Request) -> Response:
        """The one style sheet and the one script."""
        name = request.path_params["name"]
        if name not in _STATIC:
            return _missing()
        data = files("gxgen.desk").joinpath("static", name).read_bytes()
        return Response(data, headers={"content-type": _STATIC[name]})

    async def events(self, _: Request) -> Response:
        """Tells of everything new, for as long as a window is open."""
        return StreamingResponse(self._told(), media_type="text/event-stream")

    async def _told(self) -> AsyncIterator[str]:
        async for version in self.desk.changes():
            job = self.desk.job
            told = {"version": version, "job": job is not None, "quit": self.desk.quit}
            yield f"data: {json.dumps(told)}\n\n"
            await asyncio.sleep(0.2)  # a county of a thousand tells of each form

    async def frame(self, request: Request) -> Response:
        """What stands around the pane, as it is now; the list only where it is asked for."""
        parts = {"head": rendering.head(self.desk), "progress": rendering.progress(self.desk)}
        if request.query_params.get("units"):
            parts["units"] = rendering.units(self.desk)
        return JSONResponse(parts)

    def _shown(self, request: Request, pane: Markup) -> Response:
        if request.headers.get(_PART):
            return _html(pane)
        return _html(rendering.whole(self.desk, request.url.path, pane))

    # -- the panes -------------------------------------------------------------------------------

    async def home(self, request: Request) -> Response:
        """What is to be done."""
        return self._shown(request, rendering.home(self.desk))

    async def unit(self, request: Request) -> Response:
        """A unit's form with what was found."""
        one = self._unit(request)
        if one is None:
            return _missing()
        state = self.desk.state
        seen = await self.desk.seen(one)
        chase = await self._chase() if one.group == "missing" else ""
        notice = state.notice(one) is not None
        return self._shown(
            request, rendering.unit(self.desk, one, seen, notice=notice, chase=chase)
        )

    async def notices(self, request: Request) -> Response:
        """What is sent out."""
        state = self.desk.state
        told = [(one, path) for one in state.of("fix") if (path := state.notice(one))]
        pages = max(ceil(len(told) / _A_PAGE), 1)
        asked = {str(number): number for number in range(1, pages + 1)}
        page = asked.get(request.query_params.get("page", ""), 1)
        here = told[(page - 1) * _A_PAGE : page * _A_PAGE]
        texts = await self._ask("texts", paths=[path for _, path in here]) if here else []
        chase = await self._chase() if page == 1 and state.county else ""
        pairs = [(one, text) for (one, _), text in zip(here, texts, strict=True)]
        return self._shown(request, rendering.notices(self.desk, chase, pairs, page, pages))

    async def rollup(self, request: Request) -> Response:
        """The county's own report."""
        state = self.desk.state
        found = []
        if state.county:
            found = await self._ask("findings", county=state.county, year=state.year)
        return self._shown(request, rendering.rollup(self.desk, found))

    async def settings(self, request: Request) -> Response:
        """The county's settings."""
        if self.desk.state.county is None:
            return self._shown(request, rendering.home(self.desk))
        now = await self._ask("settings", county=self.desk.state.county)
        add = request.query_params.get("add", "")
        return self._shown(request, rendering.settings(self.desk, now, add))

    # -- files -----------------------------------------------------------------------------------

    async def file(self, request: Request) -> Response:
        """A file that a page has offered."""
        path = self.desk.state.path(request.path_params["id"])
        if path is None or not path.is_file():
            return PlainTextResponse(WORDS.no_file, 404)
        return FileResponse(path, filename=path.name)

    async def archive(self, request: Request) -> Response:
        """Many files at once."""
        state, what = self.desk.state, request.path_params["what"]
        if what in ("returns", "reports"):
            await self.desk.idle()
            path = await self._ask("archive", county=state.county, year=state.year, what=what)
        elif what in ("blanks", "missing"):
            units = state.of("missing") if what == "missing" else state.units
            if not units:
                raise RefusedError(WORDS.nothing_to_fetch)
            path = await self._blanks([one.agency for one in units])
        else:
            return _missing()
        return _once(path, WORDS.archive(state.county or "", state.year, what))

    async def _blanks(self, units: list[str]) -> str:
        found: str = await self._ask("blanks", year=self.desk.state.year, units=units)
        return found

    async def blank(self, request: Request) -> Response:
        """A unit's form to be filled."""
        one = self._unit(request)
        if one is None:
            return _missing()
        return _once(await self._blanks([one.agency]), f"{one.agency}.zip")

    async def chase(self, _: Request) -> Response:
        """What is written to those that have not filed."""
        return PlainTextResponse(await self._chase())

    async def _chase(self) -> str:
        """As the last build wrote it, if anybody is to be chased; where nobody has filed there was
        no build."""
        state, path = self.desk.state, self.desk.state.made(CHASE)
        if path is None and (state.home or not state.listed):
            return ""
        said: str = await (
            self._ask("text", path=path)
            if path
            else self._ask("chase", county=state.county, year=state.year)
        )
        return said

    async def notice(self, request: Request) -> Response:
        """A unit's notice."""
        one = self._unit(request)
        path = one and self.desk.state.notice(one)
        if not path:
            return PlainTextResponse(WORDS.no_file, 404)
        return PlainTextResponse(await self._ask("text", path=path))

    async def look(self, request: Request) -> Response:
        """How a unit's report looks, as a page that can do nothing."""
        return await self._look(request, "html", FRAMED)

    async def look_pdf(self, request: Request) -> Response:
        """The same as PDF."""
        return await self._look(request, "pdf", "frame-ancestors 'none'")

    async def _look(self, request: Request, kind: str, policy: str) -> Response:
        one = self._unit(request)
        if one is None or not one.inputs:
            return _missing()
        path = await self._ask("preview", form=one.inputs[0], kind=kind)
        if path is None:
            return PlainTextResponse(WORDS.no_look, 404)
        media = "application/pdf" if kind == "pdf" else "text/html; charset=utf-8"
        return _read_once(path, media, policy)

    async def last(self, request: Request) -> Response:
        """A unit beside itself a year before."""
        one = self._unit(request)
        seen = one and await self.desk.seen(one)
        if not seen or not seen["last_form"]:
            return _missing()
        path = await self._ask(
            "beside", one=seen["form"], other=seen["last_form"], renamed=seen["renamed"]
        )
        return _read_once(path, "text/html; charset=utf-8", FRAMED)

    async def review(self, request: Request) -> Response:
        """How a published report was read, as a page that can do nothing."""
        path = self.desk.reviews.get(request.path_params["id"])
        if path is None:
            return _missing()
        headers = {"content-security-policy": FRAMED}
        return FileResponse(path, media_type="text/html; charset=utf-8", headers=headers)

    async def county_page(self, request: Request) -> Response:
        """The county's page, and the files that it links to, as the last build left them."""
        state = self.desk.state
        path = await self._ask(
            "shelved", county=state.county, year=state.year, name=request.path_params["name"]
        )
        if path is None:
            return _missing()
        if request.path_params["name"].endswith(".html"):
            return _read_once(path, "text/html; charset=utf-8", _OWN_PAGE)
        return _once(path, request.path_params["name"])

    async def fault(self, _: Request) -> Response:
        """Where gxgen's own fault was: nothing of what forms say."""
        headers = {"content-disposition": 'attachment; filename="gxgen.txt"'}
        return PlainTextResponse(self.desk.fault, headers=headers)

    # -- what they share -------------------------------------------------------------------------

    def _unit(self, request: Request) -> Unit | None:
        return self.desk.state.unit(request.path_params["id"])

    async def _ask(self, do: str, **given: Any) -> Any:
        return await self.desk.reader.ask(do, **given)


def _html(text: str) -> Response:
    return Response(text, media_type="text/html; charset=utf-8")


def _missing() -> Response:
    return PlainTextResponse(REFUSED[404], 404)


def _once(path: str, name: str) -> Response:
    """A file made for this request: it goes when it is sent."""
    from starlette.background import BackgroundTask

    made = Path(path)
    return FileResponse(made, filename=name, background=BackgroundTask(made.unlink, True))


def _read_once(path: str, media: str, policy: str) -> Response:
    made = Path(path)
    data = made.read_bytes()
    made.unlink(missing_ok=True)
    headers = {"content-type": media, "content-security-policy": policy}
    return Response(data, headers=headers)
