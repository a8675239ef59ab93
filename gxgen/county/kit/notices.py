"""Notices from templates: 催报, 退回通知 and 报送情况通报, as text and as official DOCX.

A county's own templates lie beside its ``county.toml``, under the names of the shipped ones; both
are strangers' files to the sandbox that fills them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import StrictUndefined, Template

from gxgen.cache import recalled
from gxgen.county.files import own_bytes
from gxgen.county.kit.own import MOST_BYTES
from gxgen.editions.declared import EDITIONS
from gxgen.editions.schema import Edition
from gxgen.errors import TemplateError, UsageError
from gxgen.formats.docx.compiling import explained
from gxgen.formats.docx.environment import TemplateEnvironment
from gxgen.formats.docx.template import CompiledTemplate, compile_template
from gxgen.letters import shown
from gxgen.opc.limits import MIB
from gxgen.templates.styles import NOTICES, shipped_templates


@dataclass(frozen=True, slots=True)
class NoticeTemplate:
    """A template of notices, from wherever it is taken; ``where`` names it for people."""

    where: str
    data: bytes

    def text(self, slots: Mapping[str, Any]) -> bytes:
        """The notice as text for any editor on Windows: with a mark of its encoding, lines ending
        in CR LF.

        Raises:
            TemplateError: the template is wrong; the sentence names it.
        """
        try:
            said = _compiled_text(self.data).render(slots)
        except Exception as error:
            raise self._told(error) from None
        return "\r\n".join([*said.rstrip().split("\n"), ""]).encode("utf-8-sig", "replace")

    def letter(self, slots: Mapping[str, Any]) -> bytes:
        """The notice as a DOCX; equal slots give equal bytes.

        Raises:
            TemplateError: the template is wrong; the sentence names it.
        """
        *_, any_edition = EDITIONS.values()  # a notice has no figures of any form
        try:
            return _compiled_letter(self.data, any_edition).render(slots)
        except Exception as error:
            raise self._told(error) from None

    def _told(self, error: Exception) -> TemplateError:
        said = error if isinstance(error, TemplateError) else explained(error, "文字")
        return TemplateError(f"{self.where}：{said}")


def notice_template(folder: Path, name: str) -> NoticeTemplate:
    """The county's own template beside its ``county.toml``, else the shipped one.

    Raises:
        UsageError: the county's own cannot be read, or is too large.
    """
    own = folder / name
    if not own.exists():
        return NoticeTemplate(f"自带的 {name}", (shipped_templates() / NOTICES / name).read_bytes())
    data = own_bytes(own, MOST_BYTES)
    if data is None:
        raise UsageError(f"读不了 {own}，或者它超过{MOST_BYTES // MIB}MB；请检查，或者移走。")
    return NoticeTemplate(shown(str(own)), data)


class TextEnvironment(TemplateEnvironment):
    """The same sandbox for plain text: nothing is escaped, and nothing unprintable gets in."""

    @staticmethod
    def emit(value: Any) -> str:
        """A value as it goes into a text."""
        return shown(str(value), lines=True)


@cache
def _environment() -> TextEnvironment:
    env = TextEnvironment(
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True
    )
    env.globals = {}
    return env


@cache
def _compiled_text(data: bytes) -> Template:
    def code() -> Any:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
        return env.compile(env.parse(text))

    env = _environment()
    return Template.from_code(env, recalled("notice", (data,), code), env.make_globals(None))


@cache
def _compiled_letter(data: bytes, edition: Edition) -> CompiledTemplate:
    return compile_template(data, edition)
