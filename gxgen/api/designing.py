"""Templates and who designs them: a new style, its faults, a preview."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from gxgen.errors import UsageError

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


def comment_template(
    style: str,
    to: Path,
    *,
    force: bool = False,
    checked: Sequence[CheckedTemplate] | None = None,
) -> list[Path]:
    """Copies of a style's faulty templates, with a comment at each fault; what was written.

    ``checked`` is what :func:`check_template` gave, if it was asked already.

    ``to`` is a file (``.docx``), whose name is followed by that of the template where several are
    faulty, or a folder. A copy may have been worked on: it is replaced only with ``force``, and a
    template that reports are made with never.

    Raises:
        UsageError: there is no such style, or something else stands there.
        TemplateError: a template cannot be opened, so that nothing can be written into it.
        EnvironmentProblemError: a file cannot be read or written.
    """
    from gxgen.county.files import read_bytes, write_whole
    from gxgen.templates.lint.annotate import annotated

    checked = check_template(style) if checked is None else checked
    faulty = [one for one in checked if one.found and one.path.is_file()]
    copies: dict[Path, bytes] = {}
    for one in faulty:
        target = _copy_at(to, one.path, alone=len(faulty) == 1)
        copies[target] = annotated(read_bytes(one.path), one.found, one.path.name)
    for target, data in copies.items():
        _refuse_to_replace(target, data, [one.path for one in checked], force=force)
    for target, data in copies.items():
        write_whole(target, data)
    return list(copies)


def _copy_at(to: Path, template: Path, *, alone: bool) -> Path:
    if to.suffix.lower() != ".docx" or to.is_dir():
        return to / f"{template.stem}（批注）.docx"
    return to if alone else to.with_name(f"{to.stem}（{template.stem}）{to.suffix}")


def _refuse_to_replace(
    target: Path, data: bytes, templates: Sequence[Path], *, force: bool
) -> None:
    from gxgen.county.files import read_bytes

    if not target.exists():
        return
    if any(one.exists() and target.samefile(one) for one in templates):
        raise UsageError(f"{target} 就是模板本身，没有写；请另起一个名字。")
    if not force and (not target.is_file() or read_bytes(target) != data):
        raise UsageError(f"已有 {target}，没有覆盖；里面的修改不要了的，加 --force。")


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
