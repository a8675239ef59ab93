"""LibreOffice for the files that only it can open: started with the first, ended with the run."""

from __future__ import annotations

from contextlib import ExitStack
from types import TracebackType
from typing import TYPE_CHECKING

from gxgen.diagnostics import Finding, Side
from gxgen.errors import EnvironmentProblemError, GxgenError
from gxgen.places import FilePart
from gxgen.published.blocks import RefusedError
from gxgen.published.foreign import Foreign, foreign_kind

if TYPE_CHECKING:
    from gxgen.formats.office.pool import OfficePool

_OR_BY_HAND = "或者用 Word 或 WPS 打开（有密码的去掉密码），另存为 .docx 再导入。"


class Converter:
    """Makes DOCX of what LibreOffice can open. A context."""

    def __init__(self) -> None:
        """Nothing is started yet."""
        self._stack = ExitStack()
        self._office: OfficePool | None = None

    def __enter__(self) -> Converter:
        """Begin."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End LibreOffice, if it runs."""
        self._stack.__exit__(kind, error, trace)

    def readable(self, data: bytes, name: str) -> bytes | Finding:
        """The bytes that can be read: converted where they must be; else why they cannot."""
        try:
            kind = foreign_kind(data, name)
            return data if kind is None else self._started(name, kind).docx(name, data, kind.value)
        except RefusedError as refused:
            return refused.finding
        except GxgenError as error:
            said = f"{name} 没有转换成 .docx，读不出来：{error}"
            return Finding("GX802", said, FilePart(name), hint=_OR_BY_HAND, side=Side.READING)

    def _started(self, name: str, kind: Foreign) -> OfficePool:
        """LibreOffice.

        Raises:
            EnvironmentProblemError: there is none here, or it does not start.
        """
        from gxgen.formats.office.pool import OfficePool
        from gxgen.formats.office.program import OfficeMissingError

        if self._office is None:
            try:
                self._office = self._stack.enter_context(OfficePool(workers=1))
            except OfficeMissingError as missing:
                why = f"{kind.label}要由 LibreOffice 转换。{missing}"
                raise EnvironmentProblemError(why) from None
        return self._office
