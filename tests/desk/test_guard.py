"""The desk's door: whoever is not the desk's own page in the browser that opened it gets nothing
and changes nothing, and whoever is can touch nothing but the county's forms and reports."""

from __future__ import annotations

import html
import json
import re
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gxgen.desk.deeds import MOST_FORM, MOST_WORDS
from gxgen.model.agency import Agency
from gxgen.model.narrative import Paragraph
from tests.desk.crawl import Page, crawled, is_page
from tests.desk.opened import (
    FAULTY,
    SOUND,
    YEAR,
    Answer,
    Opened,
    Running,
    form,
    form_in,
    sound,
    tree,
)

FORM = f"inputs/{YEAR}"
OTHER = "other.example"


# -- attacks, over the wire ----------------------------------------------------------------------

Attack = Callable[[Running], Answer]
ATTACKS: list[tuple[str, Attack, tuple[int, ...]]] = []
"""Name, what is sent, and with which statuses it may be refused."""


def attack(name: str, *statuses: int) -> Callable[[Attack], Attack]:
    """Puts an attack on the list."""

    def listed(one: Attack) -> Attack:
        ATTACKS.append((name, one, statuses))
        return one

    return listed


def own_but(desk: Running, **changes: str | list[str] | None) -> list[tuple[str, str]]:
    """The own page's headers, but for these: None leaves one out, a list sends it several times."""
    named = {key.lower().replace("_", "-"): value for key, value in changes.items()}
    kept = [(k, v) for k, v in desk.own() if k.lower() not in named]
    for key, value in named.items():
        values = [value] if isinstance(value, str) else value or []
        kept += [(key.title(), one) for one in values]
    return kept


def reads(desk: Running, target: str = "/", **changes: Any) -> Answer:
    return desk.wire("GET", target, own_but(desk, **changes))


def changes(desk: Running, target: str = "/build", body: bytes = b"{}", **given: Any) -> Answer:
    length = {"content_length": str(len(body))}
    return desk.wire("POST", target, own_but(desk, **{**length, **given}), body)


def puts(desk: Running, body: bytes, **given: Any) -> Answer:
    length = {"content_length": str(len(body))}
    return desk.wire("PUT", "/stage?name=a.xlsx", own_but(desk, **{**length, **given}), body)


HOSTS: dict[str, Callable[[Running], str]] = {
    "a foreign name that means 127.0.0.1": lambda d: f"{OTHER}:{d.port}",
    "a foreign name without a port": lambda d: OTHER,
    "a foreign name before the own one": lambda d: f"{OTHER}@127.0.0.1:{d.port}",
    "the own name before a foreign one": lambda d: f"127.0.0.1:{d.port}@{OTHER}",
    "a name that begins like the own": lambda d: f"127.0.0.1:{d.port}.{OTHER}",
    "a name that ends like the own": lambda d: f"x.localhost:{d.port}",
    "a dot at the end": lambda d: f"localhost.:{d.port}",
    "upper case": lambda d: f"LOCALHOST:{d.port}",
    "another port": lambda d: f"127.0.0.1:{d.port - 1}",
    "a port with a nought before it": lambda d: f"127.0.0.1:0{d.port}",
    "no port": lambda d: "127.0.0.1",
    "IPv6": lambda d: f"[::1]:{d.port}",
    "IPv4 within IPv6": lambda d: f"[::ffff:127.0.0.1]:{d.port}",
    "0.0.0.0": lambda d: f"0.0.0.0:{d.port}",
    "127.0.0.1 as one number": lambda d: f"2130706433:{d.port}",
    "127.0.0.1 in hexadecimals": lambda d: f"0x7f.0.0.1:{d.port}",
    "127.1": lambda d: f"127.1:{d.port}",
    "another loopback address": lambda d: f"127.0.0.2:{d.port}",
    "empty": lambda d: "",
}
ORIGINS: dict[str, Callable[[Running], str | list[str] | None]] = {
    "none": lambda d: None,
    "null": lambda d: "null",
    "foreign": lambda d: f"http://{OTHER}",
    "foreign with the own port": lambda d: f"http://{OTHER}:{d.port}",
    "two": lambda d: [f"http://{d.host}", f"http://{OTHER}"],
    "the own one twice": lambda d: [f"http://{d.host}"] * 2,
    "a list": lambda d: f"http://{d.host}, http://{OTHER}",
    "one that begins like the own": lambda d: f"http://{d.host}.{OTHER}",
    "a part of the own": lambda d: f"http://{d.host}"[:-1],
    "the own one with a slash": lambda d: f"http://{d.host}/",
    "https": lambda d: f"https://{d.host}",
    "another port": lambda d: f"http://127.0.0.1:{d.port + 1}",
    "the own machine by its other name": lambda d: f"http://localhost:{d.port}",
    "upper case": lambda d: f"HTTP://{d.host}",
}
COOKIES: dict[str, Callable[[Running], str | list[str] | None]] = {
    "none": lambda d: None,
    "empty": lambda d: "",
    "a wrong one": lambda d: f"gxgen-{d.port}=x{d.cookie.partition('=')[2][1:]}",
    "a part of it": lambda d: d.cookie[:-1],
    "more than it": lambda d: d.cookie + "x",
    "another port's": lambda d: f"gxgen-{d.port + 1}={d.cookie.partition('=')[2]}",
    "a wrong one before it": lambda d: f"gxgen-{d.port}=x; {d.cookie}",
    "a wrong one after it": lambda d: f"{d.cookie}; gxgen-{d.port}=x",
    "a wrong one in a header of its own": lambda d: [f"gxgen-{d.port}=x", d.cookie],
    "its value alone": lambda d: d.cookie.partition("=")[2],
    "letters beyond ASCII": lambda d: f"gxgen-{d.port}=\xe9\xff",
}
SITES = ("cross-site", "same-site", "none", "CROSS-SITE", "")
for _name, _host in HOSTS.items():
    attack(f"reading by Host: {_name}", 400, 403)(lambda d, h=_host: reads(d, host=h(d)))
    attack(f"changing by Host: {_name}", 400, 403)(
        lambda d, h=_host: changes(d, host=h(d), origin=f"http://{h(d)}")
    )
for _name, _origin in ORIGINS.items():
    attack(f"POST, Origin: {_name}", 403)(lambda d, o=_origin: changes(d, origin=o(d)))
    attack(f"PUT, Origin: {_name}", 403)(lambda d, o=_origin: puts(d, b"x", origin=o(d)))
for _name, _cookie in COOKIES.items():
    attack(f"reading, cookie: {_name}", 401)(lambda d, c=_cookie: reads(d, cookie=c(d)))
    attack(f"changing, cookie: {_name}", 401)(lambda d, c=_cookie: changes(d, cookie=c(d)))
for _site in SITES:
    attack(f"POST, Sec-Fetch-Site: {_site!r}", 403)(lambda d, s=_site: changes(d, sec_fetch_site=s))
for _site in SITES[:2]:
    attack(f"GET, Sec-Fetch-Site: {_site}", 403)(lambda d, s=_site: reads(d, sec_fetch_site=s))


@attack("two Hosts", 400, 403)
def _two_hosts(desk: Running) -> Answer:
    return reads(desk, host=[desk.host, OTHER])


@attack("two Hosts, the foreign one first", 400, 403)
def _two_hosts_turned(desk: Running) -> Answer:
    return reads(desk, host=[OTHER, desk.host])


@attack("no Host", 400, 403)
def _no_host(desk: Running) -> Answer:
    return reads(desk, host=None)


@attack("no Host, as HTTP/1.0", 400, 403)
def _no_host_old(desk: Running) -> Answer:
    return desk.raw(f"GET / HTTP/1.0\r\nCookie: {desk.cookie}\r\n\r\n".encode())[0]


@attack("a foreign address in the first line", 403, 404)
def _absolute(desk: Running) -> Answer:
    return reads(desk, f"http://{OTHER}/")


@attack("two Sec-Fetch-Sites", 403)
def _two_sites(desk: Running) -> Answer:
    return changes(desk, sec_fetch_site=["same-origin", "cross-site"])


@attack("a link that was used", 401)
def _used(desk: Running) -> Answer:
    return reads(desk, "/" + desk.link.split("/", 3)[3], cookie=None)


@attack("a guessed link", 401)
def _guessed(desk: Running) -> Answer:
    return reads(desk, "/open/" + "A" * 32, cookie=None)


@attack("a link in upper case", 401, 404)
def _upper(desk: Running) -> Answer:
    return reads(desk, "/OPEN/x", cookie=None)


@attack("more below a link", 401, 404)
def _below(desk: Running) -> Answer:
    return reads(desk, "/open/x/../../", cookie=None)


@attack("joining without the secret", 403)
def _join(desk: Running) -> Answer:
    return changes(desk, "/join", origin=None)


@attack("joining with a wrong secret", 403)
def _join_wrong(desk: Running) -> Answer:
    return changes(desk, "/join", origin=None, x_gxgen_secret="x" * 43)


@attack("joining with an empty secret", 403)
def _join_empty(desk: Running) -> Answer:
    return changes(desk, "/join", origin=None, x_gxgen_secret="")


@attack("joining by GET", 401, 404, 405)
def _join_get(desk: Running) -> Answer:
    return reads(desk, "/join")


@attack("joining from a page", 403)
def _join_page(desk: Running) -> Answer:
    return changes(desk, "/join", origin=f"http://{desk.host}", x_gxgen_secret=note_of(desk))


@attack("joining by a foreign Host", 403)
def _join_host(desk: Running) -> Answer:
    return changes(
        desk, "/join", origin=None, host=f"{OTHER}:{desk.port}", x_gxgen_secret=note_of(desk)
    )


for _method in ("OPTIONS", "TRACE", "DELETE", "PATCH", "CONNECT", "PROPFIND", "get", "TRACK"):
    attack(f"{_method}", 405)(lambda d, m=_method: d.wire(m, "/take", own_but(d)))


@attack("a preflight for another site", 405)
def _preflight(desk: Running) -> Answer:
    asks = {"access_control_request_method": "PUT", "origin": f"http://{OTHER}"}
    return desk.wire("OPTIONS", "/stage", own_but(desk, sec_fetch_site="cross-site", **asks))


@attack("changing by GET", 405)
def _get(desk: Running) -> Answer:
    return reads(desk, "/take")


@attack("a method in a header", 405)
def _override(desk: Running) -> Answer:
    return reads(desk, "/quit", x_http_method_override="POST")


WAYS_OUT = {
    "dots": "../../etc/passwd",
    "dots encoded": "%2e%2e%2f%2e%2e%2fetc%2fpasswd",
    "dots encoded twice": "%252e%252e%252fetc%252fpasswd",
    "a nul": "a%00b",
    "an absolute path": "/etc/passwd",
    "an absolute path encoded": "%2fetc%2fpasswd",
    "backslashes": "..%5c..%5cwindows%5cwin.ini",
    "a drive": "C:%5cwindows%5cwin.ini",
    "UTF-8 in too many bytes": "%c0%ae%c0%ae%c0%af",
    "no UTF-8": "%ff%fe",
    "a newline": "a%0d%0aSet-Cookie:%20x=y",
    "direction of writing turned": "%e2%80%ae",
    "the settings' name": "county.toml",
}
PLACES = ("/file/", "/unit/", "/look/", "/last/", "/blank/", "/static/", "/county/", "/zip/")
for _name, _out in WAYS_OUT.items():
    for _place in (*PLACES, "/text/notice/"):
        attack(f"{_name} below {_place}", 404)(lambda d, p=_place + _out: reads(d, p))
    for _place in ("/undo/", "/answer/", "/withdraw/"):
        attack(f"{_name} below {_place}, changing", 400, 404)(
            lambda d, p=_place + _out: changes(d, p)
        )


@attack("an address of 4,000 letters", 404)
def _long(desk: Running) -> Answer:
    return reads(desk, "/" + "x" * 4000)


@attack("headers of 200,000 bytes", 400, 431)
def _long_header(desk: Running) -> Answer:
    return reads(desk, x="x" * 200_000)


@attack("a file that says it is too large", 413)
def _declared(desk: Running) -> Answer:
    return puts(desk, b"x" * 1000, content_length=str(MOST_FORM + 1))


@attack("a file that is too large and does not say so", 413)
def _undeclared(desk: Running) -> Answer:
    piece = b"10000\r\n" + bytes(1 << 16) + b"\r\n"
    body = piece * (MOST_FORM // (1 << 16) + 2) + b"0\r\n\r\n"
    return puts(desk, body, content_length=None, transfer_encoding="chunked")


@attack("a length that no number holds", 400, 413)
def _lengthy(desk: Running) -> Answer:
    return puts(desk, b"x", content_length="9" * 5000)


@attack("a length below nought", 400)
def _negative(desk: Running) -> Answer:
    return puts(desk, b"x", content_length="-1")


@attack("two lengths", 400)
def _two_lengths(desk: Running) -> Answer:
    return puts(desk, b"xy", content_length=["1", "2"])


@attack("a request hidden behind length and pieces", 400, 403)
def _both(desk: Running) -> Answer:
    hidden = f"POST /quit HTTP/1.1\r\nHost: {OTHER}\r\nConnection: close\r\n\r\n"
    given = own_but(desk, content_length=str(5 + len(hidden)), transfer_encoding="chunked")
    head = "\r\n".join(f"{k}: {v}" for k, v in given)
    whole = f"PUT /stage?name=a.xlsx HTTP/1.1\r\n{head}\r\n\r\n0\r\n\r\n{hidden}"
    return desk.raw(whole.encode())[-1]


@attack("pieces under a false name", 400, 501)
def _false_name(desk: Running) -> Answer:
    return puts(desk, b"0\r\n\r\n", content_length=None, transfer_encoding="xchunked")


@attack("a header on two lines", 400, 403)
def _folded(desk: Running) -> Answer:
    lines = [f"{k}: {v}" for k, v in own_but(desk, host=None)]
    head = "\r\n".join(["POST /build HTTP/1.1", f"Host: {OTHER}\r\n {desk.host}", *lines])
    return desk.raw(f"{head}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode())[0]


@attack("a blank before a colon", 400)
def _blank(desk: Running) -> Answer:
    lines = f"GET / HTTP/1.1\r\nHost : {desk.host}\r\nCookie: {desk.cookie}\r\n\r\n"
    return desk.raw(lines.encode())[0]


@attack("no HTTP", 400)
def _no_http(desk: Running) -> Answer:
    return desk.raw(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n")[0]


@attack("a staged file that is unknown", 400)
def _unknown(desk: Running) -> Answer:
    return changes(desk, "/take", b'{"files": ["0123456789abcdef01234567"]}')


@attack("a path as a staged file", 400)
def _path(desk: Running) -> Answer:
    return changes(desk, "/take", b'{"files": ["../../../etc/passwd"]}')


@attack("a path within a list as a staged file", 400)
def _path_list(desk: Running) -> Answer:
    return changes(desk, "/take", b'{"files": [["/etc/passwd", "a.xlsx"]]}')


@attack("a file that was never offered", 404)
def _never(desk: Running) -> Answer:
    return reads(desk, "/file/0123456789abcdef01")


@attack("words of 3 MB", 413)
def _many_words(desk: Running) -> Answer:
    return changes(desk, "/take", b'{"files": "' + b"x" * (MOST_WORDS + 1_000_000) + b'"}')


@attack("words of 3 MB in pieces", 413)
def _many_pieces(desk: Running) -> Answer:
    piece = b"10000\r\n" + b"x" * (1 << 16) + b"\r\n"
    body = piece * 46 + b"0\r\n\r\n"
    return changes(desk, "/take", body, content_length=None, transfer_encoding="chunked")


@attack("JSON 200,000 deep", 400)
def _deep(desk: Running) -> Answer:
    return changes(desk, "/take", b'{"files": ' + b"[" * 200_000 + b"]" * 200_000 + b"}")


@attack("JSON in UTF-16", 400)
def _wide(desk: Running) -> Answer:
    return changes(desk, "/take", '{"files": [1]}'.encode("utf-16"))


@attack("a number of 5,000 digits as the year", 400, 409, 422)
def _year(desk: Running) -> Answer:
    return changes(desk, "/take", b'{"files": ["x"], "year": ' + b"9" * 5000 + b"}")


@attack("a year of 5,000 digits for a new county", 400, 409, 422)
def _begin_year(desk: Running) -> Answer:
    return changes(desk, "/begin", json.dumps({"county": "甲县", "year": "9" * 5000}).encode())


@attack("a new county over the one that is there", 400, 409, 422)
def _begin(desk: Running) -> Answer:
    return changes(desk, "/begin", json.dumps({"county": "甲县", "year": "2024"}).encode())


@attack("a county that is not there", 400)
def _choose(desk: Running) -> Answer:
    return changes(desk, "/choose", json.dumps({"county": "../../.."}).encode())


def note_of(desk: Running) -> str:
    """The secret that the desk has left for a second start."""
    from gxgen.desk.server import _note

    found: str = json.loads(_note(desk.root).read_text("utf-8"))["secret"]
    return found


@pytest.fixture(scope="module")
def running(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A desk that is open, with nothing left to do."""
    around = tmp_path_factory.mktemp("wire")
    (around / "county.toml").write_text("canary", "utf-8")
    root = shutil.copytree(demo, around / "project")
    desk = Running(root)
    desk.open()
    desk.settle()
    yield desk
    desk.close()


def test_the_list_holds_what_the_design_names() -> None:
    names = [name for name, _, _ in ATTACKS]
    assert len(names) == len(set(names))
    assert len(names) >= 30


@pytest.mark.parametrize(
    ("one", "statuses"), [(a, s) for _, a, s in ATTACKS], ids=[n for n, _, _ in ATTACKS]
)
def test_an_attack_is_refused(running: Running, one: Attack, statuses: tuple[int, ...]) -> None:
    before = tree(running.root.parent)
    answer = one(running)
    assert answer.status in statuses, (answer.status, answer.body[:200])
    assert "set-cookie" not in {key.lower() for key, _ in answer.headers}
    assert not any(key.lower().startswith("access-control") for key, _ in answer.headers)
    assert tree(running.root.parent) == before


def test_what_the_attacks_change_is_else_allowed(running: Running) -> None:
    """Each attack is refused for what it says otherwise: as it stands the request is answered."""
    assert reads(running).status == 200
    assert reads(running, sec_fetch_site="none").status == 200
    assert reads(running, sec_fetch_site=None, origin=None).status == 200
    assert reads(running, host=f"localhost:{running.port}").status == 200
    assert changes(running, "/seen").status == 200
    assert changes(running, "/seen", sec_fetch_site=None).status == 200
    assert puts(running, b"x").status == 200
    joined = changes(running, "/join", origin=None, cookie=None, x_gxgen_secret=note_of(running))
    assert joined.status == 200
    link = "/" + joined.said["link"].split("/", 3)[3]
    short = "\r\n".join(f"{k}: {v}" for k, v in own_but(running, content_length="1000"))
    assert running.raw(f"PUT /stage HTTP/1.1\r\n{short}\r\n\r\nx".encode(), end=True) == []
    head = running.wire("HEAD", link, [("Host", running.host)])
    assert head.status == 401  # a look at the link does not use it
    assert reads(running, link, cookie=None).status == 303
    assert reads(running, link, cookie=None).status == 401


# -- any request ---------------------------------------------------------------------------------

READS = ("GET", "HEAD")
NUMBERS = st.one_of(
    st.integers(), st.just(10**400), st.booleans(), st.floats(), st.just("9" * 5000), st.just("²")
)
WORDS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["", "../../x", "<script>alert(1)</script>", "\x00", "\ud800", "a\r\nb", "垟塆县"]
    ),
)
VALUES = st.recursive(
    NUMBERS | WORDS | st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=4,
)
KEYS = ("files", "year", "county", "code", "cell", "finding", "reason", "figures", "eager", "file")
KEYS += ("deadline", "government", "office", "correct_by", "style", "formats", "roster")
SAID = st.dictionaries(st.sampled_from(KEYS), VALUES | st.just(["STAGED"]), max_size=6)
BODIES = st.one_of(SAID.map(lambda d: json.dumps(d).encode()), st.binary(max_size=40), st.just(b""))
READ_AT = (
    *(
        "/",
        "/frame",
        "/frame?units=1",
        "/notices",
        "/rollup",
        "/settings",
        "/events",
        "/text/chase",
    ),
    *(
        "/text/chase",
        "/fault",
        "/static/desk.js",
        "/zip/returns",
        "/zip/reports",
        "/zip/missing",
        "/join",
    ),
    *("/county/index.html", "/county/build.json", "/county/../../x", "/open/x", "/x", "/file/x"),
    *("/unit/UNIT", "/unit/x", "/text/notice/UNIT", "/file/FILE", "/notices?page=2"),
)
CHANGE_AT = (
    *("/stage", "/stage?name=..%2F..%2Fx.xlsx", "/stage?name=a%0Ab%00", "/take", "/undo/x"),
    *("/undo/RECEIPT", "/answer/UNIT", "/answer/x", "/withdraw/UNIT", "/settings", "/begin"),
    *("/choose", "/build", "/stop", "/seen", "/import", "/settings/undo"),
)
PATHS = st.one_of(
    st.sampled_from(READ_AT),
    st.sampled_from(CHANGE_AT),
    st.text(max_size=20).map(lambda text: "/" + text.replace("?", "")),
    st.sampled_from(["/notices?page=", "/settings?add=", "/stage?name="]).flatmap(
        lambda path: st.text("0123456789x²%", max_size=5).map(lambda text: path + text)
    ),
    st.just("/notices?page=" + "9" * 5000),
)


def mostly(right: str, *wrong: str | None) -> st.SearchStrategy[str | None]:
    """The right one in two of three."""
    return st.integers(0, 2).flatmap(lambda n: st.sampled_from(wrong) if n == 2 else st.just(right))


@dataclass(frozen=True)
class Said:
    """A request's own words about where it comes from."""

    host: str | None
    origin: str | None
    site: str | None
    cookie: str | None

    def may(self, method: str, path: str) -> bool:
        """Whether the design lets it in."""
        from_own = self.origin == f"http://{self.host}" and self.site in (None, "same-origin")
        calm = method in READS and self.site in (None, "same-origin", "none")
        held = self.cookie == "OWN" and not path.startswith("/open/") and path != "/join"
        return self.host in HOST_OWN and held and (calm or (method in ("POST", "PUT") and from_own))


HOST_OWN = ("127.0.0.1:40404", "localhost:40404")
SAYS = st.builds(
    Said,
    host=mostly(HOST_OWN[0], HOST_OWN[1], OTHER, "127.0.0.1:1", "", None),
    origin=mostly(
        f"http://{HOST_OWN[0]}", f"http://{HOST_OWN[1]}", "null", f"http://{OTHER}", None
    ),
    site=mostly("same-origin", "cross-site", "same-site", "none", "x", None),
    cookie=mostly("OWN", "gxgen-40404=x", "OWN; gxgen-40404=x", "gxgen-1=OWN", "", None),
)


LOCK = f"project/output/{YEAR}/.gxgen/lock"
"""Says who receives, builds or packs; nothing else of a county is otherwise for it."""


def placed(desk: Opened, text: str) -> str:
    """An address or a body, with what is there in its places."""
    ids = {"UNIT": desk.desk.state.units[0].id, "FILE": next(iter(desk.desk.state.files), "x")}
    ids |= {"RECEIPT": next(iter(desk.desk.received), "x"), "OWN": desk.keys.session}
    for name, id_ in ids.items():
        text = text.replace(name, id_)
    return text


def staged(desk: Opened, body: bytes) -> bytes:
    """A body that speaks of an upload: a form that is there already, or no form."""
    if b"STAGED" not in body:
        return body
    sent = form_in(desk.root, SOUND)
    data = sent.read_bytes() if len(body) % 2 and sent.exists() else b"PK\x03\x04 no form"
    number = desk.ask("PUT", "/stage?name=a.xlsx", data).said.get("file", "x")
    return body.replace(b"STAGED", str(number).encode())


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    method=st.sampled_from(
        ["GET", "HEAD", "POST", "PUT", "POST", "DELETE", "OPTIONS", "TRACE", "x"]
    ),
    address=PATHS,
    said=SAYS,
    body=BODIES,
)
def test_any_request(opened: Opened, method: str, address: str, said: Said, body: bytes) -> None:
    """Never a fault; what is refused leaves every byte; what is not touches forms and reports."""
    path, _, query = placed(opened, address).partition("?")
    if len(opened.desk.staged) > 100:
        opened.desk.staged.clear()
    body = staged(opened, body) if said.may(method, path) else body
    own = opened.keys.cookie + "=" + opened.keys.session
    pairs = [("host", said.host), ("origin", said.origin), ("sec-fetch-site", said.site)]
    pairs += [("cookie", said.cookie and said.cookie.replace("OWN", own))]
    around = opened.root.parent
    before = tree(around)
    answer = opened.send(method, path, [(k, v) for k, v in pairs if v is not None], body, query)
    opened.quiet()
    after = tree(around)
    assert 200 <= answer.status < 500
    if not said.may(method, path):
        assert answer.status in (400, 401, 403, 404, 405, 413)
    if not said.may(method, path):
        assert after == before
    elif method in READS:
        assert outside(after, LOCK) == outside(before, LOCK)
    else:
        assert answer.status not in (401, 403)
    kept = ("project/inputs", "project/output")
    assert outside(after, *kept) == outside(before, *kept)


def outside(found: dict[str, str], *folders: str) -> dict[str, str]:
    """All but what is in these folders."""
    return {name: data for name, data in found.items() if not name.startswith(folders)}


# -- what the desk's own pages hold --------------------------------------------------------------

FRAMED_BY_ITSELF = ("/look/", "/last/")


@pytest.fixture(scope="module")
def pages(opened: Opened) -> dict[str, Answer]:
    """Every page of a county with a fault, a missing unit and a report, and what they lead to."""
    return crawled(opened, "/")


def test_every_page_leads_somewhere_and_nowhere_outside(pages: dict[str, Answer]) -> None:
    kinds = {address.split("/")[1] for address in pages}
    every = {"", "unit", "look", "last", "file", "zip", "static", "notices", "rollup", "blank"}
    assert every | {"settings", "text", "county"} <= kinds
    assert {a: one.body for a, one in pages.items() if one.status != 200} == {}
    shown = {a: Page(one.text) for a, one in pages.items() if is_page(one)}
    assert {a: one.outside for a, one in shown.items() if one.outside} == {}
    for address in ("/static/desk.css", "/static/desk.js"):
        assert not re.search(r"https?:|url\(|@import", pages[address].text), address


def test_no_answer_is_framed_sniffed_or_kept(opened: Opened, pages: dict[str, Answer]) -> None:
    others = [opened.ask(*one) for one in (("GET", "/x"), ("PUT", "/x"), ("POST", "/take"))]
    others += [opened.send("GET", "/", []), opened.send("DELETE", "/", [*opened.own.items()])]
    for address, one in [*pages.items(), *((str(o.status), o) for o in others)]:
        policy = one.header("content-security-policy") or ""
        framed = address.startswith(FRAMED_BY_ITSELF) and is_page(one)
        by = "'self'" if framed else "'none'"
        assert f"frame-ancestors {by}" in policy, address
        assert policy.startswith("sandbox;") == framed, address
        assert "unsafe-eval" not in policy, address
        assert "http" not in policy, address
        assert one.header("x-content-type-options") == "nosniff", address
        assert one.header("referrer-policy") == "same-origin", address
        assert one.header("cache-control") == "no-store", address
        assert one.header("cross-origin-resource-policy") == "same-origin", address
        if is_page(one) and not address.startswith("/county/"):
            assert "default-src 'none'" in policy, address
            assert "script-src 'unsafe" not in policy, address


def test_the_link_becomes_a_cookie_that_no_other_site_or_script_has(opened: Opened) -> None:
    link = "/" + opened.keys.link().split("/", 3)[3]
    answer = opened.send("GET", link, [("host", opened.host)])
    assert (answer.status, answer.header("location")) == (303, "/")
    name, *parts = (answer.header("set-cookie") or "").split(";")
    assert name == f"gxgen-{opened.keys.port}={opened.keys.session}"
    assert {"httponly", "samesite=strict", "path=/"} <= {one.strip().lower() for one in parts}
    assert not any("domain" in one.lower() for one in parts)
    assert len(opened.keys.session) >= 43  # 256 bits


def test_a_link_lasts_ten_minutes(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    link = "/" + opened.keys.link().split("/", 3)[3]
    later = time.monotonic() + 601
    monkeypatch.setattr("gxgen.desk.guard.time.monotonic", lambda: later)
    assert opened.send("GET", link, [("host", opened.host)]).status == 401


def test_a_websocket_is_closed(opened: Opened) -> None:
    said: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        said.append(message)

    async def receive() -> dict[str, Any]:
        return {"type": "websocket.connect"}

    scope = {"type": "websocket", "path": "/events", "headers": [(b"host", opened.host.encode())]}
    opened.run(opened.app(scope, receive, send))
    assert said == [{"type": "websocket.close", "code": 1008}]


# -- what strangers write ------------------------------------------------------------------------

AGENCIES = (
    *("../../x", "/etc/passwd", "..\\..\\x", "C:\\x", "CON", "javascript:alert(1)", "甲\u202e局"),
    *("<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7 * 7 }}"),
    *("{% include '/etc/passwd' %}", '=HYPERLINK("http://other.example")'),
)
UPLOADS = (
    *("../../../x.xlsx", "/etc/passwd", "a\r\nb.xlsx", "\x00", "a" * 5000, "", ".", "甲.pdf"),
    *("<b>.xlsx", '"onerror="x', "//other.example/x", "..\\x"),
)


def harmless(dialog: str) -> bool:
    """Whether a dialog holds what the desk itself writes and nothing else."""
    page = Page(dialog)
    elements = {tag for tag, _ in page.found}
    own = {"h1", "ul", "li", "span", "div", "b", "small", "p", "a", "button", "form"}
    return elements <= own and not page.outside


def test_forms_of_units_with_hostile_names(opened: Opened) -> None:
    """Nobody on the roster is called so: each is told, escaped, and nothing is placed."""
    before = tree(opened.root.parent)
    forms = [form(sound(SOUND), agency=Agency(name)) for name in AGENCIES]
    numbers = [opened.upload(data, "a.xlsx").said["file"] for data in forms]
    dialog = opened.take(numbers).said["dialog"]
    assert outside(tree(opened.root.parent), LOCK) == outside(before, LOCK)
    assert harmless(dialog)
    told = html.unescape(dialog)
    assert [name for name in AGENCIES if name not in told] == []
    assert dialog.count('class="stranger"') + dialog.count('class="unreadable"') == len(AGENCIES)
    assert not opened.desk.staged.keys() & set(numbers)


def test_the_roster_is_offered_a_hostile_name_as_text(opened: Opened) -> None:
    for name in AGENCIES:
        page = opened.ask("GET", f"/settings?add={quote(name)}")
        assert page.status == 200
        fields = [tag for tag, _ in Page(page.text).found]
        assert fields.count("script") == 2
        assert "img" not in fields
        assert f"{html.escape(name)}</textarea>" in page.text.replace("&#34;", "&quot;").replace(
            "&#39;", "&#x27;"
        )


def test_uploads_under_hostile_names(opened: Opened) -> None:
    """A name is only ever shown: the file lies under a number, and is gone when it was judged."""
    before = tree(opened.root.parent)
    numbers = [opened.upload(b"no form", name).said["file"] for name in UPLOADS]
    places = [Path(opened.desk.staged[number][0]) for number in numbers]
    assert places == [opened.desk.scratch / number for number in numbers]
    dialog = opened.take(numbers).said["dialog"]
    assert harmless(dialog)
    assert dialog.count('class="unreadable"') == len(UPLOADS)
    # what may be a published report is kept for taking it in as one
    offered = [opened.desk.scratch / number for number in numbers if number in dialog]
    assert [path for path in places if path.exists()] == offered
    assert len(offered) <= 1
    assert outside(tree(opened.root.parent), LOCK) == outside(before, LOCK)


def test_what_a_form_says_is_text_on_every_page(calm: Opened) -> None:
    hostile = "</script><script>alert(1)</script><img src=//other.example/x onerror=alert(1)>"
    report = sound(FAULTY)
    passages = tuple(replace(one, paragraphs=(Paragraph(hostile),)) for one in report.narrative)
    contact = replace(report.agency.contact, phone=hostile[:60], website="javascript:alert(1)")
    agency = replace(report.agency, contact=contact)
    form_in(calm.root, FAULTY).write_bytes(form(report, narrative=passages, agency=agency))
    unit = next(one.id for one in calm.desk.state.units if one.agency == report.agency.name)
    pages = {address: calm.ask("GET", address) for address in (f"/unit/{unit}", f"/look/{unit}")}
    for address, one in pages.items():
        page = Page(one.text)
        assert hostile in page.said, address
        assert page.outside == [], address
        assert not any("other.example" in str(given) for _, given in page.found), address
        scripts = [given for tag, given in page.found if tag == "script"]
        assert len(scripts) == (2 if address.startswith("/unit") else 0)
