"""Which documents a county wants and who makes them; what LibreOffice makes of a DOCX."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NoReturn

from gxgen.errors import EnvironmentProblemError, GxgenError
from gxgen.formats.registry import FORMATS
from gxgen.formats.wanted import PdfEngine, Wanted

if TYPE_CHECKING:
    from gxgen.county.project import County
    from gxgen.formats.office.pool import OfficePool
    from gxgen.model.report import Report

StyleBytes = tuple[tuple[str, bytes], ...]
"""A style as it travels: (edition, template file) of each."""


Converted = tuple[dict[str, bytes], list[str]]
"""Documents by format, and for each that is wanting a sentence that says why."""


def converted(
    docx: bytes, report: Report, wanted: Wanted, office: OfficePool | NoOffice | None
) -> Converted:
    """What is wanted of LibreOffice. For any thread."""
    documents: dict[str, bytes] = {}
    faults: list[str] = []
    for name in wanted.of_office:
        converter = FORMATS[name].converter
        if office is None or converter is None:
            continue
        try:
            data = office.convert(report.title, docx, converter.to).data
        except GxgenError as error:
            faults.append(str(error))
            continue
        wrong = converter.verify(data, docx, report)
        faults.extend(
            f"LibreOffice写出的{FORMATS[name].label}与报告不一致，没有采用：{found.message}"
            for found in wrong[:3]
        )
        if not wrong:
            documents[name] = data
    return documents, faults


class NoOffice:
    """Stands in for LibreOffice where there is none; ``faults`` gets ``advice`` once it is wanted
    for something."""

    def __init__(self, advice: str, faults: list[str]) -> None:
        """Nobody has wanted anything yet."""
        self._advice, self._faults = advice, faults

    def convert(self, name: str, docx: bytes, to: str) -> NoReturn:
        """Nothing is converted.

        Raises:
            EnvironmentProblemError: always; what is to be done has been said.
        """
        if self._advice not in self._faults:
            self._faults.append(self._advice)
        raise EnvironmentProblemError(f"{name}的{to.upper()}没有生成：没有 LibreOffice。")

    def give_up(self) -> None:
        """Nothing is under way."""


@contextmanager
def office_for(
    all_wanted: Iterable[Wanted], workers: int, faults: list[str]
) -> Iterator[OfficePool | NoOffice | None]:
    """LibreOffice where a style wants it, None where nobody does. Where it is not installed,
    ``faults`` gets a sentence that says what to do, and all else is written."""
    if not any(wanted.of_office for wanted in all_wanted):
        yield None
        return
    import sys

    from gxgen.fonts.config import fontconfig_file
    from gxgen.fonts.faces import folders
    from gxgen.formats.office.pool import OfficePool

    fontconfig = fontconfig_file(folders()) if sys.platform == "linux" else None
    try:
        pool = OfficePool(workers=workers, fontconfig=fontconfig)
    except EnvironmentProblemError as error:
        yield NoOffice(f"{error}其他格式照常写出。", faults)
        return
    with pool as office:
        yield office


Asked = tuple[tuple[str, ...], PdfEngine | None]
"""The formats and engine that a build was asked for; what is empty, the county's settings say."""


def wanted_for(
    county: County | None,
    style: StyleBytes,
    formats: tuple[str, ...] = (),
    engine: PdfEngine | None = None,
) -> Wanted:
    """What a county's reports are written as; the built-in PDF only where it is faithful.

    ``formats`` and ``engine`` take the place of the county's own settings.
    """
    formats = formats or (county.formats if county else ("docx",))
    engine = engine or (county.pdf if county else PdfEngine.AUTO)
    wanted = Wanted(formats, PdfEngine.BUILTIN if engine is PdfEngine.AUTO else engine)
    if wanted.choice and engine is PdfEngine.AUTO:
        from gxgen.templates.styles import faithful_engine

        return Wanted(formats, faithful_engine(style))
    return wanted


def remarks(all_wanted: Iterable[Wanted], styles: Iterable[str]) -> Iterator[str]:
    """Who made the PDFs, which fonts were wanting, and files of the styles that are not used."""
    from gxgen.templates.styles import unused_files

    for style in styles:
        yield from unused_files(style)
    engines = {wanted.engine for wanted in all_wanted if wanted.choice}
    if PdfEngine.LIBREOFFICE in engines:
        yield "PDF 由 LibreOffice 按 DOCX 原样转成。"
    if PdfEngine.BUILTIN in engines:
        yield "PDF 由内置排版生成。"
    if engines:
        from gxgen.fonts.catalogue import own_faces
        from gxgen.fonts.findings import face_findings

        wanting = [found.message for found in face_findings(own_faces())]
        yield from wanting
        if wanting:
            yield "缺的字体怎么补，请运行 gxgen doctor。"
