"""A desk for tests: a small county on disk, its application asked without a network, or the command
itself asked over its socket, to the byte."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import json
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Coroutine, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any
from urllib.parse import quote

from gxgen import api
from gxgen.demo.agencies import demo_agency
from gxgen.demo.county import clean_report
from gxgen.desk.desk import Desk
from gxgen.desk.guard import Keys
from gxgen.desk.serving import application
from gxgen.form.write.workbook import blank_workbook
from gxgen.model.report import Entry, Report
from tests.processes import holder

COUNTY, YEAR = "垟塆县", 2024
MISSING, SOUND, FAULTY = 0, 1, 2
"""The units of the county by their index: which has what."""
ASKED, FEES = "disclosure.fees.amount", "26550"
PORT = 40404
PATIENCE = 60.0
"""Seconds after which what is waited for on a busy machine will not come any more."""
Pairs = Sequence[tuple[str, str]]


def new_county(folder: Path) -> Path:
    """A project with an invented county of three: a form with faults, one that is sound, a unit
    that has not filed. All have filed last year."""
    api.init(folder, county=COUNTY, year=YEAR, demo=3, faulty=1)
    form_in(folder, MISSING).unlink()
    return folder


def name(index: int) -> str:
    """A unit's name."""
    return demo_agency(COUNTY, index).agency.name


def form_in(root: Path, index: int, year: int = YEAR) -> Path:
    """Where a unit's form lies."""
    return root / "inputs" / str(year) / f"{name(index)}.xlsx"


def sound(index: int, year: int = YEAR) -> Report:
    """A unit's report without a fault."""
    return clean_report(demo_agency(COUNTY, index), year)


def asking(index: int) -> Report:
    """A unit's report with two questions at a cell: it seems to count its fees in yuan, and last
    year there were none."""
    report = sound(index)
    entries = {**report.entries, ASKED: Entry(Decimal(FEES), FEES)}
    return replace(report, entries=entries)


def form(report: Report, **changes: Any) -> bytes:
    """A filled form; ``changes`` replace what the report says."""
    said = replace(report, **changes)
    return blank_workbook(said.edition, said.year, agency=said.agency, fill=said)


def tree(folder: Path, *without: str) -> dict[str, str]:
    """Every file below a folder by its digest, every folder; names under ``without`` apart."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder)
        if name.parts[0] in without:
            continue
        data = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "folder"
        found[name.as_posix()] = data
    return found


@dataclass
class Answer:
    """What came back."""

    status: int = 0
    headers: list[tuple[str, str]] = field(default_factory=list)
    body: bytes = b""

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def said(self) -> Any:
        return json.loads(self.body)

    def header(self, name: str) -> str | None:
        """The one value of a header; None if it is not there."""
        values = [value for key, value in self.headers if key.lower() == name]
        assert len(values) < 2, f"{name} is sent twice"
        return values[0] if values else None


class Opened:
    """The application of a desk in a loop of its own, asked as a server asks it."""

    def __init__(self, root: Path, scratch: Path) -> None:
        scratch.mkdir()
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()
        self.keys = Keys(PORT)
        self.root = root
        self.desk: Desk = self.run(self._made(root, scratch))
        self.app = application(self.desk, self.keys)

    async def _made(self, root: Path, scratch: Path) -> Desk:
        desk = Desk(root, scratch)
        await desk.refresh()
        return desk

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(PATIENCE)

    @property
    def host(self) -> str:
        return self.keys.hosts[0]

    @property
    def own(self) -> dict[str, str]:
        """The headers of the desk's own page in the browser that opened it."""
        return {
            "host": self.host,
            "origin": f"http://{self.host}",
            "sec-fetch-site": "same-origin",
            "cookie": f"{self.keys.cookie}={self.keys.session}",
        }

    def send(
        self, method: str, path: str, headers: Pairs, body: bytes = b"", query: str = ""
    ) -> Answer:
        """A request with exactly these headers."""
        return self.run(self.asked(method, path, headers, body, query))

    def ask(self, method: str, address: str, body: object = None) -> Answer:
        """A request as the desk's own page makes it; ``body`` is JSON unless it is bytes."""
        path, _, query = address.partition("?")
        data = (
            body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        )
        return self.send(method, path, [*self.own.items()], data, query)

    async def asked(
        self, method: str, path: str, headers: Pairs, body: bytes, query: str
    ) -> Answer:
        """The same, within the loop."""
        answer, begun, given = Answer(), asyncio.Event(), [body]

        async def receive() -> dict[str, Any]:
            if given:
                return {"type": "http.request", "body": given.pop(), "more_body": False}
            await begun.wait()
            return {"type": "http.disconnect"}

        async def send(message: dict[str, Any]) -> None:
            if message["type"] == "http.response.start":
                answer.status = message["status"]
                answer.headers = [(k.decode(), v.decode()) for k, v in message["headers"]]
            else:
                answer.body += message.get("body", b"")
                if path == "/events":  # a stream without an end: what has come is enough
                    begun.set()

        await self.app(self.scope(method, path, headers, query), receive, send)
        return answer

    @staticmethod
    def scope(method: str, path: str, headers: Pairs, query: str = "") -> dict[str, Any]:
        """A request as a server tells of it."""
        return {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.3"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": path,
            "raw_path": quote(path, errors="replace").encode(),
            "query_string": query.encode(),
            "root_path": "",
            "headers": [(k.lower().encode("latin-1"), v.encode("latin-1")) for k, v in headers],
            "client": ("127.0.0.1", 50000),
            "server": ("127.0.0.1", PORT),
        }

    def stage(self, path: Path, name: str | None = None) -> str:
        """Upload a file; its number."""
        found: str = self.upload(path.read_bytes(), name or path.name).said["file"]
        return found

    def upload(self, data: bytes, name: str) -> Answer:
        return self.ask("PUT", f"/stage?name={quote(name)}", data)

    def drop(self, *files: tuple[Path, str], year: int | None = None) -> Answer:
        """Files that are dropped into the window, under these names."""
        return self.take([self.stage(path, name) for path, name in files], year)

    def take(self, numbers: list[str], year: int | None = None) -> Answer:
        return self.ask("POST", "/take", {"files": numbers, **({"year": year} if year else {})})

    def until(self, done: Any, what: str) -> None:
        """Wait for something that the desk does by itself."""
        end = time.monotonic() + PATIENCE
        while not done():
            assert time.monotonic() < end, f"{what} does not come"
            time.sleep(0.02)

    def quiet(self) -> None:
        """Wait until nothing is built or waits for it."""
        desk = self.desk
        self.until(lambda: not (desk.job or desk._tasks or desk.state.due), "the build's end")

    def restore(self, demo: Path) -> None:
        """Make the county what that one is, and the desk as if it had just been opened."""
        self.until(lambda: not (self.desk.job or self.desk._tasks), "the build's end")
        for folder in self.root.iterdir():
            shutil.rmtree(folder)
        shutil.copytree(demo, self.root, dirs_exist_ok=True)
        desk = self.desk
        desk.eager, desk.stopped, desk.said, desk.fault = True, False, "", ""
        for number in [*desk.staged]:
            desk.unstage(number)
        for known in (desk.received, desk.state.files):
            known.clear()
        self.run(desk.refresh())

    def build(self) -> None:
        """Build what waits for it."""
        self.ask("POST", "/build")
        self.quiet()

    def close(self) -> None:
        self.loop.call_soon_threadsafe(self.desk.end)
        for hand in (self.desk.reader, self.desk.builder):
            hand.wait(10)
            if hand._process and hand._process.stdout:
                hand._process.stdout.close()
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(PATIENCE)
        self.loop.close()


@contextlib.contextmanager
def held(root: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process builds the county's year."""
    process = holder(root / "output" / str(YEAR))
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


# -- the command ---------------------------------------------------------------------------------


class Running:
    """``gxgen desk`` as a process of its own."""

    def __init__(self, root: Path, *options: str, env: dict[str, str] | None = None) -> None:
        command = [sys.executable, "-m", "gxgen", "desk", str(root), "--no-open", *options]
        self.process = subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            env=env,
            start_new_session=True,
        )
        self.root, self.lines = root, list[str]()
        self._heard: SimpleQueue[str] = SimpleQueue()
        self.listening = threading.Thread(target=self._listen, daemon=True)
        self.listening.start()
        self.link = self._said(r"http://127\.0\.0\.1:\d+/open/\S+")
        self.port = int(self.link.split(":")[2].split("/")[0])
        self.cookie = ""

    def _listen(self) -> None:
        for line in self.process.stdout or ():
            self._heard.put(line)

    def _said(self, pattern: str) -> str:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and self.process.poll() is None:
            with contextlib.suppress(Empty):
                self.lines.append(self._heard.get(timeout=0.2))
                if found := re.search(pattern, self.lines[-1]):
                    return found.group()
        raise AssertionError(f"the desk said only {self.lines}")

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    def open(self) -> Answer:
        """Follow the link, once."""
        answer = self.wire("GET", "/" + self.link.split("/", 3)[3], [("Host", self.host)])
        cookie = answer.header("set-cookie")
        assert cookie, answer
        self.cookie = cookie.split(";")[0]
        return answer

    def wire(self, method: str, target: str, headers: Pairs, body: bytes = b"") -> Answer:
        """A request whose first line and headers are sent as they stand here."""
        lines = [f"{k}: {v}" for k, v in (*headers, ("Connection", "close"))]
        head = "\r\n".join([f"{method} {target} HTTP/1.1", *lines, "", ""])
        return self.raw(head.encode("latin-1") + body)[0]

    def raw(self, data: bytes, *, end: bool = False) -> list[Answer]:
        """What bytes on the wire are answered with, until the desk hangs up; ``end``: we do."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE) as sock:
            with contextlib.suppress(OSError):  # it may refuse before it has read all
                sock.sendall(data)
                if end:
                    sock.shutdown(socket.SHUT_WR)
            found = b""
            with contextlib.suppress(OSError):
                while piece := sock.recv(1 << 16):
                    found += piece
        return [*_answers(found)]

    def own(self) -> list[tuple[str, str]]:
        """The headers of the desk's own page."""
        return [
            ("Host", self.host),
            ("Origin", f"http://{self.host}"),
            ("Sec-Fetch-Site", "same-origin"),
            ("Cookie", self.cookie),
        ]

    def settle(self, patience: float = PATIENCE) -> None:
        """Wait until nothing is built or waits for it."""
        end, heads = time.monotonic() + patience, self.own()[:1] + self.own()[3:]
        while time.monotonic() < end:
            page = self.wire("GET", "/", heads).text
            waits = 'data-group="due"' in page or '<div class="bar' in page
            if 'data-group="done"' in page and not waits:
                return
            time.sleep(0.1)
        raise AssertionError("the build does not end")

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.terminate()
        self.process.wait(PATIENCE)
        self.listening.join(PATIENCE)
        if self.process.stdout:
            self.process.stdout.close()


def _answers(data: bytes) -> Iterator[Answer]:
    """The answers of a connection, one after the other."""
    while data:
        head, _, rest = data.partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        headers = [(k.strip(), v.strip()) for k, _, v in (line.partition(":") for line in lines)]
        length = next((int(v) for k, v in headers if k.lower() == "content-length"), len(rest))
        yield Answer(int(first.split()[1]), headers, rest[:length])
        data = rest[length:]
