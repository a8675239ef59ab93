"""Styles are folders of templates: the project's own ``templates/<style>``, else the shipped."""

from __future__ import annotations

from pathlib import Path

from gxgen.editions import EDITIONS, Edition
from gxgen.errors import UsageError

TEMPLATES = Path("templates")


def shipped_templates() -> Path:
    """The templates inside the installed package, or those of a checkout."""
    package = Path(__file__).parent.parent
    inside = package / "_templates"
    return inside if inside.is_dir() else package.parent / TEMPLATES


def style_folder(style: str) -> Path:
    """The folder of a style.

    Raises:
        UsageError: no such style; the message lists those that exist.
    """
    homes = [TEMPLATES, shipped_templates()]
    if Path(style).name == style and not style.startswith("."):
        for home in homes:
            if (home / style).is_dir():
                return home / style
    known = {p.name for home in homes if home.is_dir() for p in home.iterdir() if p.is_dir()}
    raise UsageError(f"没有名为“{style}”的样式；现有：{'、'.join(sorted(known))}。")


def style_templates(style: str) -> list[tuple[Edition, Path]]:
    """Each edition's template in a style: ``report-<edition>.docx``, else ``report.docx`` for
    the newest edition.

    Raises:
        UsageError: no such style, or it has no template at all.
    """
    folder = style_folder(style)
    newest = max(EDITIONS.values(), key=lambda e: e.first_year)
    found = []
    for edition in EDITIONS.values():
        path = folder / f"report-{edition.id}.docx"
        if not path.is_file() and edition is newest:
            path = folder / "report.docx"
        if path.is_file():
            found.append((edition, path))
    if not found:
        raise UsageError(f"样式“{style}”的文件夹里没有 report.docx：{folder}")
    return found
