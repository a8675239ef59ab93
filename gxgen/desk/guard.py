"""Who may ask the desk for what. Every request passes here before anything else sees it.

A page of any site can make the browser send requests to this machine, and a name that somebody
controls can be made to mean 127.0.0.1 (DNS rebinding): so the Host must be the desk's own, what
changes something must come from the desk's own pages (Origin, Sec-Fetch-Site), and all of it from
the one browser that opened the one-time link (a cookie that no other site's request carries,
named by the port since browsers do not keep ports apart).
"""

from __future__ import annotations

import hmac
import secrets
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

READ, CHANGE = frozenset({"GET", "HEAD"}), frozenset({"POST", "PUT"})
OPEN, JOIN = "/open/", "/join"
SECRET_HEADER = b"x-gxgen-secret"
_LINK_LASTS = 600.0
"""Seconds in which a link must be followed."""
_MOST_LINKS = 16
_MOST_PATH = 2_000
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; frame-src 'self'; form-action 'none'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
FRAMED = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; "
    "form-action 'none'; base-uri 'none'; frame-ancestors 'self'"
)
"""Of a report's look: it cannot run or load anything, and only the desk shows it."""
_HEADERS = {
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"same-origin",
    b"cross-origin-opener-policy": b"same-origin",
    b"cross-origin-resource-policy": b"same-origin",
    b"cache-control": b"no-store",
    b"content-security-policy": POLICY.encode(),
    b"permissions-policy": b"camera=(), microphone=(), geolocation=()",
}


@dataclass
class Keys:
    """What opens this desk: links that open it once, the session of whoever has, and the secret by
    which a second start on the same machine asks for another link."""

    port: int
    secret: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    session: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    _links: dict[str, float] = field(default_factory=dict)

    @property
    def cookie(self) -> str:
        """The session's name."""
        return f"gxgen-{self.port}"

    @property
    def hosts(self) -> tuple[str, str]:
        """What the desk is called."""
        return f"127.0.0.1:{self.port}", f"localhost:{self.port}"

    def link(self) -> str:
        """An address that opens the desk once."""
        token = secrets.token_urlsafe(24)
        while len(self._links) >= _MOST_LINKS:
            self._links.pop(next(iter(self._links)))
        self._links[token] = time.monotonic()
        return f"http://{self.hosts[0]}{OPEN}{token}"

    def used(self, token: str) -> bool:
        """Whether it opens the desk; it will not again."""
        made = self._links.pop(token, None)
        return made is not None and time.monotonic() - made < _LINK_LASTS

    def knows(self, cookies: list[str]) -> bool:
        """Whether the session is among a request's cookies; two of its name are none."""
        held = [value for name, value in map(_pair, cookies) if name == self.cookie]
        return len(held) == 1 and hmac.compare_digest(held[0].encode(), self.session.encode())


def _pair(cookie: str) -> tuple[str, str]:
    name, _, value = cookie.strip().partition("=")
    return name, value


@dataclass
class Guard:
    """The application behind its door."""

    app: ASGIApp
    keys: Keys

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request pass, or answer it here."""
        if scope["type"] != "http":
            if scope["type"] == "websocket":
                await send({"type": "websocket.close", "code": 1008})
            return
        status = self._refused(scope)

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*_completed(message.get("headers", ()))]}
            await send(message)

        if status:
            await _answer(status, guarded)
        else:
            await self.app(scope, receive, guarded)

    def _refused(self, scope: Scope) -> int:
        """The status with which a request is turned away; 0 lets it pass."""
        method, path, headers = scope["method"], scope["path"], scope["headers"]
        hosts = _values(headers, b"host")
        if len(hosts) != 1 or hosts[0] not in self.keys.hosts:
            return 403
        if method not in READ | CHANGE:
            return 405
        if len(path) > _MOST_PATH or not path.isprintable():
            return 404
        if method in CHANGE and path == JOIN:
            return 0 if self._joins(headers) else 403
        own = f"http://{hosts[0]}"
        if method in CHANGE and _values(headers, b"origin") != [own]:
            return 403
        sites = _values(headers, b"sec-fetch-site")
        if any(site not in _sites(method, path) for site in sites):
            return 403
        if path.startswith(OPEN):
            return 0
        cookies = [one for line in _values(headers, b"cookie") for one in line.split(";")]
        return 0 if self.keys.knows(cookies) else 401

    def _joins(self, headers: list[tuple[bytes, bytes]]) -> bool:
        """Whether it is another start of gxgen by the same user; no browser's page is."""
        said = _values(headers, SECRET_HEADER)
        secret = self.keys.secret.encode()
        known = len(said) == 1 and hmac.compare_digest(said[0].encode(), secret)
        return known and not _values(headers, b"origin")


def _sites(method: str, path: str) -> tuple[str, ...]:
    """From where the browser may say that a request comes: of a link that was typed or opened by
    another program, from nowhere."""
    return ("same-origin",) if method in CHANGE else ("same-origin", "none")


def _values(headers: list[tuple[bytes, bytes]], name: bytes) -> list[str]:
    return [value.decode("latin-1") for key, value in headers if key.lower() == name]


def _completed(headers: object) -> Iterator[tuple[bytes, bytes]]:
    """A response's headers; what it does not say itself is said as strictly as can be."""
    given = list(headers)  # type: ignore[call-overload]
    said = {name.lower() for name, _ in given}
    yield from given
    yield from ((name, value) for name, value in _HEADERS.items() if name not in said)


async def _answer(status: int, send: Send) -> None:
    from gxgen.desk.words import REFUSED

    body = REFUSED[status].encode()
    kind = b"text/html; charset=utf-8" if status == 401 else b"text/plain; charset=utf-8"
    headers = [(b"content-type", kind), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
