"""What the desk changes: each request asks for one thing, and is answered with what came of it."""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Mapping
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from gxgen.desk import rendering
from gxgen.desk.desk import Desk
from gxgen.desk.words import REFUSED, WORDS
from gxgen.letters import shown

MOST_FORM = 20_000_000
"""Bytes of an upload."""
MOST_WORDS = 2_000_000
"""Bytes of any other request; a pasted roster of thousands is the longest."""
_MOST_NAME = 300
_MOST_STAGED = 500
_FORGOTTEN = 600.0
"""Seconds after which an upload may go that nothing became of: its window was closed, or what was
offered for it was not taken."""
_YEAR = re.compile("[12][0-9]{3}")
Given = Mapping[str, Any]


class TooLargeError(Exception):
    """More was sent than the desk takes."""


class Deeds:
    """The changes of a desk."""

    def __init__(self, desk: Desk) -> None:
        """Of that desk."""
        self.desk = desk

    @property
    def routes(self) -> list[Route]:
        """Every address that changes something."""
        changes = {
            "/take": self.take,
            "/import": self.import_,
            "/undo/{receipt}": self.undo,
            "/answer/{id}": self.answer,
            "/withdraw/{id}": self.withdraw,
            "/settings": self.settings,
            "/settings/undo": self.undo_settings,
            "/begin": self.begin,
            "/choose": self.choose,
            "/build": self.build,
            "/stop": self.stop,
            "/seen": self.seen,
            "/quit": self.quit,
        }
        posts = [Route(path, deed, methods=["POST"]) for path, deed in changes.items()]
        return [Route("/stage", self.stage, methods=["PUT"]), *posts]

    # -- forms -----------------------------------------------------------------------------------

    async def stage(self, request: Request) -> Response:
        """A file on its way: its bytes, counted as they come. Its name is only ever shown."""
        if len(self.desk.staged) >= _MOST_STAGED:
            self.desk.forget(_FORGOTTEN)
        if len(self.desk.staged) >= _MOST_STAGED:
            return JSONResponse({"said": WORDS.too_many}, 413)
        number = secrets.token_hex(12)
        path = self.desk.scratch / number
        try:
            with path.open("xb") as target:
                async for chunk in bounded(request, MOST_FORM):
                    target.write(chunk)
        except (TooLargeError, ClientDisconnect):
            path.unlink(missing_ok=True)
            return JSONResponse({"said": WORDS.too_large}, 413)
        name = shown(request.query_params.get("name", "")[:_MOST_NAME].replace("/", "／"))
        self.desk.staged[number] = str(path), name
        return JSONResponse({"file": number})

    async def take(self, request: Request) -> Response:
        """Place what was uploaded."""
        given = await said_in(request)
        numbers, year = given.get("files"), given.get("year")
        if not isinstance(numbers, list) or not _is_year(year):
            return _unfit()
        known = [one for one in numbers if isinstance(one, str) and one in self.desk.staged]
        if not known:
            return _unfit()
        files = [self.desk.staged[one] for one in known]
        receipts = await self.desk.change("take", files=files, year=year)
        told = [self._told(number, one) for number, one in zip(known, receipts, strict=True)]
        return JSONResponse({"dialog": rendering.taken(self.desk, told)})

    async def import_(self, request: Request) -> Response:
        """A published report made a form, and placed."""
        number = (await said_in(request)).get("file")
        if not isinstance(number, str) or number not in self.desk.staged:
            return _unfit()
        path, name = self.desk.staged[number]
        found = await self.desk.change("import_report", path=path, name=name)
        told = self._told(number, {**found["receipt"], "importable": False})
        review = found["review"] and self.desk.review(found["review"])
        page = rendering.taken(self.desk, [told], review=review, asks=found["asks"])
        return JSONResponse({"dialog": page})

    def _told(self, number: str, receipt: Given) -> dict[str, Any]:
        """A receipt with what can be done about it; a file that may still be placed is kept."""
        again = receipt["outcome"] == "other_year" or receipt["importable"]
        undo = secrets.token_hex(8) if receipt["outcome"] in ("first", "replaced") else None
        if undo:
            self.desk.received[undo] = {k: v for k, v in receipt.items() if k != "importable"}
        if not again:
            self.desk.unstage(number)
        return {**receipt, "undo": undo, "again": number if again else None}

    async def undo(self, request: Request) -> Response:
        """Bring back what a form replaced."""
        receipt = self.desk.received.get(request.path_params["receipt"])
        if receipt is None:
            return _unfit()
        await self.desk.change("undo", receipt=receipt)
        del self.desk.received[request.path_params["receipt"]]
        return JSONResponse({"said": WORDS.undone})

    # -- answers and settings --------------------------------------------------------------------

    async def answer(self, request: Request) -> Response:
        """A question answered by the county."""
        return await self._answered(request, "answer", ("code", "cell", "figures", "reason"))

    async def withdraw(self, request: Request) -> Response:
        """An answer taken back."""
        return await self._answered(request, "withdraw", ("code", "cell", "figures"))

    async def _answered(self, request: Request, do: str, names: tuple[str, ...]) -> Response:
        one = self.desk.state.unit(request.path_params["id"])
        given = await said_in(request)
        said = {name: given.get(name) for name in names}
        if one is None or not all(isinstance(text, str) for text in said.values()):
            return _unfit()
        state = self.desk.state
        await self.desk.change(
            do, county=state.county, year=state.year, agency=one.agency, question=said
        )
        return JSONResponse({"said": WORDS.noted})

    async def settings(self, request: Request) -> Response:
        """The county's settings; nothing is saved where anything is wrong."""
        given = await said_in(request)
        values = {key: given[key] for key in WORDS.fields if key in given}
        rows, drop = given.get("roster", ""), given.get("drop", [])
        if not isinstance(rows, str) or not _are_texts(drop):
            return _unfit()
        if not all(isinstance(one, str) or _are_texts(one) for one in values.values()):
            return _unfit()
        if "eager" in given:
            self.desk.eager = bool(given["eager"])
        faults = await self.desk.change(
            "change_settings", county=self.desk.state.county, values=values, rows=rows, drop=drop
        )
        if faults:
            return JSONResponse({"fault": WORDS.not_saved(faults)}, 422)
        return JSONResponse({"said": WORDS.saved, "go": "/settings"})

    async def undo_settings(self, _: Request) -> Response:
        """The last change of the settings taken back."""
        await self.desk.change("undo_settings", county=self.desk.state.county)
        return JSONResponse({"said": WORDS.settings_undone, "go": "/settings"})

    async def begin(self, request: Request) -> Response:
        """A new county in an empty folder."""
        given = await said_in(request)
        county, year = given.get("county"), given.get("year")
        if not isinstance(county, str) or not isinstance(year, str):
            return _unfit()
        if not _YEAR.fullmatch(year):
            return JSONResponse({"fault": WORDS.not_a_year}, 422)
        await self.desk.change("begin", county=county, year=int(year))
        return JSONResponse({"go": "/"})

    async def choose(self, request: Request) -> Response:
        """One of several counties."""
        county = (await said_in(request)).get("county")
        if county not in self.desk.state.names:
            return _unfit()
        self.desk.county = str(county)
        await self.desk.refresh()
        self.desk.build_if_eager()
        return JSONResponse({"go": "/"})

    # -- work ------------------------------------------------------------------------------------

    async def build(self, _: Request) -> Response:
        """Begin or go on."""
        self.desk.build()
        return JSONResponse({})

    async def stop(self, _: Request) -> Response:
        """Leave it after the form in hand."""
        self.desk.stop()
        return JSONResponse({})

    async def seen(self, _: Request) -> Response:
        """What went wrong has been read."""
        self.desk.said = self.desk.fault = ""
        self.desk.tell()
        return JSONResponse({})

    async def quit(self, _: Request) -> Response:
        """End the desk."""
        self.desk.end()
        return JSONResponse({})


async def bounded(request: Request, most: int) -> Any:
    """A request's body in pieces, up to a size.

    Raises:
        TooLargeError: it says that it is larger, or it is.
    """
    declared = request.headers.get("content-length", "0")
    if not declared.isascii() or not declared.isdigit() or int(declared) > most:
        raise TooLargeError
    done = 0
    async for chunk in request.stream():
        done += len(chunk)
        if done > most:
            raise TooLargeError
        yield chunk


async def said_in(request: Request) -> Given:
    """What a request says, as JSON; nothing where it is none."""
    data = b"".join([chunk async for chunk in bounded(request, MOST_WORDS)])
    try:
        said = json.loads(data or b"{}")
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def _are_texts(said: object) -> bool:
    return isinstance(said, list) and all(isinstance(one, str) for one in said)


def _is_year(said: object) -> bool:
    """Whether it is a year, or none is named."""
    return said is None or (isinstance(said, int) and _YEAR.fullmatch(str(said)[:5]) is not None)


def _unfit() -> Response:
    return JSONResponse({"said": REFUSED[400]}, 400)
