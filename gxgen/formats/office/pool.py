"""LibreOffice as a small pool of warm processes: the PDF of exactly this DOCX, and the .doc.

Each process has a profile of its own and converts one document at a time. A document that hangs
costs its process with all children; it is tried once more in a new one, then named, and the others
go on.
"""

from __future__ import annotations

import json
import os
import queue
import re
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from types import TracebackType
from typing import Literal, NamedTuple, TypeVar

from gxgen.diagnostics import Finding
from gxgen.errors import GxgenError
from gxgen.formats.office.pdf import (
    Source,
    UnfitError,
    check_doc,
    checked_pdf,
    normalised,
    source_of,
)
from gxgen.formats.office.process import alive
from gxgen.formats.office.program import find_soffice
from gxgen.formats.office.quirks import for_libreoffice
from gxgen.formats.office.warm import HungError, StoppedError, WarmOffice, remove_pipe

Format = Literal["pdf", "doc", "docx"]
Made = TypeVar("Made")
TIMEOUT = 60.0
"""Seconds for one document; the longest report takes a few."""

_FOLDER = "gxgen-office-"
"""How the temporary folder's name begins; its owner's number follows."""
_TRIES = 2
_MOST_HUNG = 2
"""So many documents in a row that never end mean that LibreOffice is broken, not they: no other is
waited for."""
_LONGEST_NAME = 60
_PDF_OPTIONS = {
    "SelectPdfVersion": {"type": "long", "value": "2"},
    "PDFUACompliance": {"type": "boolean", "value": "true"},
    "UseTaggedPDF": {"type": "boolean", "value": "true"},
    "ExportBookmarks": {"type": "boolean", "value": "true"},
}
_FILTERS: dict[Format, str] = {
    "pdf": f"pdf:writer_pdf_Export:{json.dumps(_PDF_OPTIONS, separators=(',', ':'))}",
    "doc": "doc:MS Word 97",
    "docx": "docx:MS Word 2007 XML",
}


@dataclass(frozen=True, slots=True)
class Converted:
    """A document in another format, verified; ``pages`` is None where the format has none."""

    to: Format
    data: bytes
    pages: int | None


@dataclass(frozen=True, slots=True)
class Fault:
    """Why there is no document: ``message`` is a sentence that names the agency."""

    to: Format
    message: str

    def finding(self) -> Finding:
        """The fault as a finding on the report."""
        return Finding("GX631", self.message)


class ConversionError(GxgenError):
    """A document could not be converted; ``fault`` is the same as a value."""

    def __init__(self, fault: Fault) -> None:
        """Keep the fault and its sentence."""
        super().__init__(fault.message)
        self.fault = fault


class _Job(NamedTuple):
    """A document to be converted: its ending, the format that it goes to, and the filter."""

    name: str
    data: bytes
    ending: str
    to: Format
    filter: str

    def fault(self, why: str) -> Fault:
        return Fault(self.to, f"{self.name}的{_label(self.to)}没有生成：{why}")


class _GivenUpError(GxgenError):
    """LibreOffice is taken for broken."""


class OfficePool:
    """LibreOffice processes that are started when first needed and ended with the ``with``.

    ``workers`` is the number of processes, ``timeout`` the seconds that a document may take,
    ``fontconfig`` a fontconfig file that takes the place of the system's.
    """

    def __init__(
        self, *, workers: int = 2, timeout: float = TIMEOUT, fontconfig: Path | None = None
    ) -> None:
        """Look for LibreOffice; nothing is started yet.

        Raises:
            OfficeMissingError: there is none.
        """
        self.workers, self.timeout = max(1, workers), timeout
        self.program = find_soffice()
        self._fontconfig = fontconfig
        self._closing = Event()
        self._hung = 0
        self._idle: queue.LifoQueue[WarmOffice]

    def __enter__(self) -> OfficePool:
        """Make the temporary folder."""
        self._closing.clear()
        _clear_left_over()
        self._folder = tempfile.TemporaryDirectory(
            prefix=f"{_FOLDER}{os.getpid()}-", ignore_cleanup_errors=True
        )
        self._home = Path(self._folder.name).resolve()
        self._offices = [self._office(number) for number in range(self.workers)]
        self._idle = queue.LifoQueue()
        for office in self._offices:
            self._idle.put(office)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End all processes and remove the temporary folder, whatever has happened."""
        self._closing.set()
        try:
            for _ in self._offices:
                self._idle.get(timeout=self.timeout)
        except queue.Empty:  # pragma: no cover - a thread that never comes back
            pass
        finally:
            for office in self._offices:
                office.stop()
                self._idle.put(office)  # wakes whoever still waits for one
            self._folder.cleanup()

    def give_up(self) -> None:
        """Whatever is being converted, or would be, is not: nobody waits for it any more."""
        self._closing.set()

    def convert(self, name: str, docx: bytes, to: Format) -> Converted:
        """The document in another format; may be called from several threads.

        Raises:
            ConversionError: LibreOffice hung, crashed or wrote something else, twice.
            TemplateError: ``docx`` is no DOCX.
            EnvironmentProblemError: LibreOffice cannot be started.
        """
        source = source_of(docx, name)
        docx = for_libreoffice(docx) if to == "pdf" else docx
        job = _Job(name, docx, "docx", to, _FILTERS[to])
        return self._tried(job, lambda data: _fit(data, to, source))

    def docx(self, name: str, data: bytes, ending: str) -> bytes:
        """A stranger's document as DOCX; ``ending`` says what it is: doc, rtf, odt, xml.

        Raises:
            ConversionError: LibreOffice hung, crashed or wrote nothing, twice: it may be broken, or
                behind a password.
            EnvironmentProblemError: LibreOffice cannot be started.
        """
        return self._tried(_Job(name, data, ending, "docx", _FILTERS["docx"]), lambda made: made)

    def _tried(self, job: _Job, fit: Callable[[bytes], Made]) -> Made:
        """What comes of a document, at the second try in a new process."""
        why = ""
        for attempt in range(_TRIES):
            try:
                data = self._written(job, afresh=attempt > 0)
                self._hung = 0
                if data is not None:
                    return fit(data)
                why = "LibreOffice没有写出文件，可能中途崩溃"
            except HungError:
                why = f"LibreOffice在{self.timeout:g}秒内没有完成，已强行结束"
                self._hung += attempt + 1 == _TRIES
            except _GivenUpError:
                why = why or f"LibreOffice接连{_MOST_HUNG}份都没有完成，没有再等它"
                raise ConversionError(job.fault(f"{why}。")) from None
            except UnfitError as error:
                why = str(error)
        raise ConversionError(job.fault(f"{why}，重试一次仍然如此；其他单位不受影响。"))

    def _written(self, job: _Job, *, afresh: bool) -> bytes | None:
        """What LibreOffice wrote, in a new folder: an older file cannot be taken for it."""
        office = self._idle.get()
        try:
            if self._closing.is_set():
                raise StoppedError
            if self._hung >= _MOST_HUNG:
                raise _GivenUpError
            if afresh:
                office.stop()
            with self._job_folder() as folder:
                source = Path(folder, f"{_file_name(job.name)}.{job.ending}")
                source.write_bytes(job.data)
                made = office.convert(source, job.filter, f".{job.to}")
                return None if made is None else made.read_bytes()
        finally:
            self._idle.put(office)

    def _job_folder(self) -> tempfile.TemporaryDirectory[str]:
        return tempfile.TemporaryDirectory(dir=self._home, ignore_cleanup_errors=True)

    def _office(self, number: int) -> WarmOffice:
        home = self._home / f"office{number}"
        home.mkdir()
        return WarmOffice(self.program, home, self._environment(home), self.timeout, self._closing)

    def _environment(self, home: Path) -> dict[str, str]:
        """The user's, with all temporary files in the pool's folder and no screen."""
        own = dict.fromkeys(("TMPDIR", "TMP", "TEMP"), str(home)) | {"SAL_USE_VCLPLUGIN": "svp"}
        if self._fontconfig is not None:
            own["FONTCONFIG_FILE"] = str(self._fontconfig)
        return {**os.environ, **own}


def _clear_left_over() -> None:
    """Remove the folders of those who were killed, where one can ask who is alive."""
    if os.name != "posix":
        return
    for folder in Path(tempfile.gettempdir()).glob(f"{_FOLDER}*-*"):
        owner = folder.name[len(_FOLDER) :].partition("-")[0]
        if owner.isdigit() and not alive(int(owner)):
            for profile in folder.resolve().glob("office*/profile*"):
                remove_pipe(profile)
            shutil.rmtree(folder, ignore_errors=True)


def _fit(data: bytes, to: Format, source: Source) -> Converted:
    if to == "doc":
        check_doc(data, source.title)
        return Converted(to, data, None)
    pages = checked_pdf(data, source.title)
    return Converted(to, normalised(data, source.moment), pages)


def _file_name(name: str) -> str:
    """Letters and digits of the name: it may show up in what LibreOffice says, and nowhere else."""
    return re.sub(r"\W", "", name)[:_LONGEST_NAME] or "report"


def _label(to: Format) -> str:
    return {"pdf": "PDF", "doc": "DOC文件"}.get(to, "DOCX")
