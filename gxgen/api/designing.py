"""Templates and who designs them: a new style, its faults, a preview."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from gxgen.diagnostics import Diagnostic


class CheckedTemplate(NamedTuple):
    """A template with its faults; ``source``: where it comes from, empty if from the style."""

    path: Path
    found: list[Diagnostic]
    source: str


def check_template(style: str) -> list[CheckedTemplate]:
    """Each template of a style with its faults, all of one run.

    Raises:
        UsageError: there is no such style.
        EnvironmentProblemError: a template cannot be read.
    """
    from gxgen.county.files import read_bytes
    from gxgen.county.unit import diagnosed
    from gxgen.templates.lint.check import check_template as lint
    from gxgen.templates.styles import source_of, style_templates

    return [
        CheckedTemplate(
            path,
            list(diagnosed(lint(read_bytes(path), path.name, edition), None, path.name)),
            source_of(style, path),
        )
        for edition, path in style_templates(style)
    ]


def unused_files(style: str) -> list[str]:
    """A sentence on each file in a style's folder that is not read.

    Raises:
        UsageError: there is no such style.
    """
    from gxgen.templates.styles import unused_files as unused

    return unused(style)


def comment_template(style: str, folder: Path) -> list[Path]:
    """Copies of a style's faulty templates, with a comment at each fault; what was written.

    Raises:
        UsageError: there is no such style.
        TemplateError: a template cannot be opened, so that nothing can be written into it.
        EnvironmentProblemError: a file cannot be read or written.
    """
    from gxgen.county.files import read_bytes, write_whole
    from gxgen.templates.lint.annotate import annotated

    written = []
    for path, found, _ in check_template(style):
        if found:
            target = folder / f"{path.stem}（批注）.docx"
            write_whole(target, annotated(read_bytes(path), found, path.name))
            written.append(target)
    return written


def new_style(name: str, source: str) -> list[Path]:
    """A style of one's own in the project's ``templates/``, copied from another.

    Raises:
        UsageError: the name cannot be a folder's or is taken, or there is no such source.
        EnvironmentProblemError: the folder cannot be written.
    """
    from gxgen.templates.new_style import new_style as make
    from gxgen.templates.styles import TEMPLATES

    return make(name, source, TEMPLATES)


def preview(style: str, year: int | None, output: Path) -> Path:
    """An invented agency's report in a style, to look at; by default of the year just past.

    Raises:
        UsageError: no such style, or no edition for that year.
        TemplateError: the template cannot be used as it stands.
        EnvironmentProblemError: a file cannot be read or written.
    """
    from gxgen.county.files import safe_name, write_whole
    from gxgen.editions.declared import edition_for_year
    from gxgen.errors import UsageError
    from gxgen.templates.preview import preview as make

    year = year or dt.date.today().year - 1
    edition = edition_for_year(year)
    if edition is None:
        raise UsageError(f"年度 {year} 没有对应的表样。")
    target = output / f"{safe_name(style)}样式预览{year}.docx"
    write_whole(target, make(style, edition))
    return target
