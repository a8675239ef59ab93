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
    """Each template of a style with its faults, all of one run; one for the form in force that is
    not there is a fault as well.

    Raises:
        UsageError: there is no such style.
        EnvironmentProblemError: a template cannot be read.
    """
    from gxgen.county.files import read_bytes
    from gxgen.county.unit import diagnosed
    from gxgen.editions.declared import EDITIONS
    from gxgen.formats.docx.template import template_name
    from gxgen.templates.gate import lacking
    from gxgen.templates.lint.check import check_template as lint
    from gxgen.templates.styles import source_of, style_folder, style_templates

    templates = style_templates(style)
    there = {edition.id for edition, _ in templates}
    in_force = [e for e in EDITIONS.values() if e.last_year is None and e.id not in there]
    return [
        CheckedTemplate(
            path,
            list(diagnosed(lint(read_bytes(path), path.name, edition), None, path.name)),
            source_of(style, path),
        )
        for edition, path in templates
    ] + [
        CheckedTemplate(
            style_folder(style) / template_name(edition),
            list(diagnosed([lacking(style, edition.id)], None, template_name(edition))),
            "",
        )
        for edition in in_force
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
        if found and path.is_file():
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


def preview(
    style: str, year: int | None, output: Path
) -> tuple[Path | None, tuple[Diagnostic, ...]]:
    """An invented agency's report in a style, to look at; by default of the year just past.

    The file written, which is none where the style has errors, and what was found in it.

    Raises:
        UsageError: no such style, or no edition for that year.
        TemplateError: the template cannot be used as it stands.
        EnvironmentProblemError: a file cannot be read or written.
    """
    from gxgen.county.files import safe_name, write_whole
    from gxgen.county.unit import diagnosed
    from gxgen.editions.declared import edition_for_year
    from gxgen.errors import UsageError
    from gxgen.templates.gate import STOPS, verdict
    from gxgen.templates.preview import preview as make
    from gxgen.templates.preview import template_of

    year = year or dt.date.today().year - 1
    edition = edition_for_year(year)
    if edition is None:
        raise UsageError(f"年度 {year} 没有对应的表样。")
    file, data = template_of(style, edition)
    found = diagnosed(verdict(style, file, data, edition.id), None, file)
    if any(one.code in STOPS for one in found):
        return None, found
    target = output / f"{safe_name(style)}样式预览{year}.docx"
    write_whole(target, make(style, edition))
    return target, found
