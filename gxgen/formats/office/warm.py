"""One LibreOffice with a profile of its own, kept running from document to document.

A second ``soffice`` on the profile of a running one hands its arguments over and waits: the
conversion happens in the warm process, without UNO or a Python that fits LibreOffice's. The warm
one would end after the conversion, having nothing open; an empty document keeps it alive. Where
this does not work, each document gets a process as usual, so that no result depends on it.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from threading import Event
from xml.sax.saxutils import escape

from gxgen.document.lines import NOT_FIRST, OPENING
from gxgen.errors import GxgenError
from gxgen.formats.office.process import Process

_TICK = 0.01
_MOST_DOCUMENTS = 200
"""Then a new process: LibreOffice grows by a megabyte or two with each document."""

_IDLE = "idle.fodt"
_IDLE_DOCUMENT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" \
xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.3" \
office:mimetype="application/vnd.oasis.opendocument.text">\
<office:body><office:text><text:p/></office:text></office:body></office:document>
"""
_SETTINGS = (
    ("Setup/L10N", "ooSetupSystemLocale", "zh-CN"),
    ("Setup/Office", "ooSetupInstCompleted", "true"),
    ("Office.Common/Misc", "FirstRun", "false"),
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Java/VirtualMachine", "Enable", "false"),
    ("Office.Recovery/AutoSave", "Enabled", "false"),
    ("Office.Writer/Content/Update", "Link", "0"),
    *(
        ("Inet/Settings", name, value)
        for name, value in (
            ("ooInetProxyType", "2"),
            ("ooInetHTTPProxyName", "127.0.0.1"),
            ("ooInetHTTPProxyPort", "9"),
            ("ooInetHTTPSProxyName", "127.0.0.1"),
            ("ooInetHTTPSProxyPort", "9"),
            ("ooInetNoProxy", ""),
        )
    ),
)
"""Of the profile: the locale does not follow the user's, no macro runs, nothing is fetched. What
would be fetched all the same goes to a proxy that is not there."""
_NEVER_FIRST = NOT_FIRST + "＂＇｀｜｝›°′″〃〞︶︺︾﹀﹄﹚﹜﹞¢〔号"
_NEVER_LAST = OPENING + "$£￡￥¥＄｛〝﹙﹛﹝·"
"""What a Chinese line begins and ends with in no document: LibreOffice reads these lists in the
profile alone, not in a DOCX. It has them by itself, but for 〔 and 号: there it divides a 文号."""


class HungError(GxgenError):
    """The conversion did not end within the limit."""


class StoppedError(GxgenError):
    """The pool was closed while the conversion ran."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__("转换已经停止。")


class WarmOffice:
    """A LibreOffice that converts one document at a time; not for several threads at once."""

    def __init__(
        self,
        program: Path,
        home: Path,
        environment: Mapping[str, str],
        timeout: float,
        closing: Event,
    ) -> None:
        """Nothing is started yet; ``home`` is an empty folder of its own, ``timeout`` in seconds.

        Once ``closing`` is set, whatever waits gives up.
        """
        self._program, self._home, self._timeout = program, home, timeout
        self._environment, self._closing = dict(environment), closing
        self._profile = home
        self._profiles = self._served = 0
        self._server: Process | None = None
        self._stays = True

    def convert(self, source: Path, filter_: str, suffix: str) -> Path | None:
        """Write the file in another format beside itself; None if LibreOffice wrote nothing.

        Raises:
            HungError: the limit is over; the process with all its children is ended.
            StoppedError: the pool is closing.
            EnvironmentProblemError: the program cannot be started.
        """
        self._make_ready()
        folder = source.parent
        client = self._run("--convert-to", filter_, "--outdir", folder, source)
        try:
            in_time = self._wait(lambda: client.ended or self._server_has_died())
        finally:
            client.kill()
        if not in_time:
            self.stop()
            raise HungError
        self._served += 1
        made = source.with_suffix(suffix)
        return made if made.is_file() and made.stat().st_size else None

    def stop(self) -> None:
        """End the process, if one runs, and forget its profile."""
        if self._server is not None:
            self._server.kill()
            self._server = None
        if self._profile != self._home:
            remove_pipe(self._profile)
            shutil.rmtree(self._profile, ignore_errors=True)
            self._profile = self._home

    def _make_ready(self) -> None:
        if self._server_has_died() or self._served >= _MOST_DOCUMENTS:
            self.stop()
        if self._profile == self._home:
            self._new_profile()
        if self._server is None and self._stays:
            self._stays = self._start()
            if not self._stays:
                self.stop()
                self._new_profile()

    def _new_profile(self) -> None:
        self._profiles += 1
        self._served = 0
        self._profile = self._home / f"profile{self._profiles}"
        user = self._profile / "user"
        user.mkdir(parents=True)
        (user / "registrymodifications.xcu").write_text(_settings(), encoding="utf-8")

    def _start(self) -> bool:
        """Start the process that stays; True once it has opened its empty document."""
        idle = self._profile / _IDLE
        idle.write_text(_IDLE_DOCUMENT, encoding="utf-8")
        lock = self._profile / f".~lock.{_IDLE}#"
        server = self._server = self._run("--nodefault", idle)
        return self._wait(lambda: lock.exists() or server.ended) and not server.ended

    def _run(self, *arguments: str | Path) -> Process:
        fixed = (f"-env:UserInstallation={self._profile.as_uri()}", "--headless")
        quiet = ("--norestore", "--nologo", "--nofirststartwizard")
        return Process((self._program, *fixed, *quiet, *arguments), self._environment, self._home)

    def _server_has_died(self) -> bool:
        return self._server is not None and self._server.ended

    def _wait(self, over: Callable[[], bool]) -> bool:
        """Whether it was over before the limit."""
        limit = time.monotonic() + self._timeout
        while not over():
            if self._closing.is_set():
                self.stop()
                raise StoppedError
            if time.monotonic() > limit:
                return False
            time.sleep(_TICK)
        return True


def _settings() -> str:
    items = "".join(
        f'<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>"
        for path, name, value in _SETTINGS
    )
    line_ends = (
        '<item oor:path="/org.openoffice.Office.Common/AsianLayout/StartEndCharacters">'
        '<node oor:name="zh-CN" oor:op="replace">'
        f'<prop oor:name="StartCharacters"><value>{escape(_NEVER_FIRST)}</value></prop>'
        f'<prop oor:name="EndCharacters"><value>{escape(_NEVER_LAST)}</value></prop>'
        "</node></item>"
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        'xmlns:xs="http://www.w3.org/2001/XMLSchema" '
        f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{items}{line_ends}</oor:items>'
    )


def remove_pipe(profile: Path) -> None:
    """A killed LibreOffice leaves its socket behind, named after the profile's address."""
    if sys.platform == "win32":
        return
    digest = hashlib.md5(profile.as_uri().encode("utf-16-le"), usedforsecurity=False).digest()
    name = "".join(f"{byte:x}" for byte in digest)
    for folder in ("/tmp", "/var/tmp"):  # noqa: S108 - where LibreOffice puts it, whatever TMPDIR
        Path(folder, f"OSL_PIPE_{os.getuid()}_SingleOfficeIPC_{name}").unlink(missing_ok=True)
