"""Styles are folders of templates: the project's own ``templates/<style>``, else the shipped.

A style holds only what it changes. ``style.toml`` with ``from = "illustrated"`` names the style
that the rest comes from; without it nothing else is taken in its place. A project's folder that
bears the name of a shipped style takes the rest from that.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from gxgen.editions import EDITION_IDS
from gxgen.errors import UsageError
from gxgen.formats.wanted import PdfEngine
from gxgen.letters import shown

if TYPE_CHECKING:
    from gxgen.editions.schema import Edition

TEMPLATES = Path("templates")
SETTINGS, SOURCE, DEFAULT = "style.toml", "from", "official"
NOTICES = "notices"
"""The folder of the shipped templates of notices, which is no style."""
MOST_SETTINGS = 16 * 2**10
FORMER_NAMES = {"2021": ("report.docx",)}
"""What a county's older styles may call an edition's template: it was the newest, and had the plain
name, when they were made."""
_TOLD = {".docx", ".docm", ".dotx", ".doc", ".dot", ".wps", ".wpt", ".odt", ".toml"}
"""What may have been meant for a template or for settings."""


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
    found = _folders(style)
    if not found:
        raise UsageError(f"没有名为“{style}”的样式；现有：{'、'.join(style_names())}。")
    return found[0]


def style_names() -> list[str]:
    """The styles that exist, the project's own and the shipped."""
    return sorted(
        {p.name for home in _homes() if home.is_dir() for p in home.iterdir() if p.is_dir()}
        - {NOTICES}
    )


def style_templates(style: str) -> list[tuple[Edition, Path]]:
    """Each edition's template in a style: its own, else that of the style it comes from.

    Raises:
        UsageError: see :func:`style_files`.
    """
    from gxgen.editions.declared import EDITIONS

    return [(EDITIONS[name], path) for name, path in style_files(style)]


def style_files(style: str) -> list[tuple[str, Path]]:
    """The same with each edition's id.

    Raises:
        UsageError: no such style, it has nothing of its own, or its ``style.toml`` is wrong.
    """
    chain = list(_chain(style))
    found = [(name, path) for name in EDITION_IDS if (path := _first(chain, name))]
    if not found or not _changes_anything(chain[0]):
        said = "".join(f"\n{one}" for one in _unused(chain[0]))
        names = "、".join(_names(edition)[0] for edition in EDITION_IDS)
        raise UsageError(f"样式“{style}”的文件夹里没有 {names}：{chain[0]}{said}")
    return found


def lacks(style: str, edition: str) -> str:
    """That a style has no template for an edition, and what to do."""
    return (
        f"样式“{style}”没有{edition}年版格式的模板（{_names(edition)[0]}），不能用别的样式代替。"
        f"请把这份模板放进 {style_folder(style)}；要用随程序提供的，在这个文件夹的 {SETTINGS} 里"
        f'写一行 {SOURCE} = "{DEFAULT}"。'
    )


def source_of(style: str, path: Path) -> str:
    """Where a template of a style comes from, in words; empty if it is the style's own."""
    if path.parent == style_folder(style):
        return ""
    shipped = path.parent.parent == shipped_templates() and path.parent.parent != TEMPLATES
    return f"来自{'自带的' if shipped else ''}样式“{path.parent.name}”"


def unused_files(style: str) -> list[str]:
    """A sentence on each file of a style, or of those it comes from, that looks like a template or
    its settings and is not read.

    Raises:
        UsageError: no such style, or a ``style.toml`` on the way is wrong.
    """
    return [said for folder in _chain(style) for said in _unused(folder)]


def _unused(folder: Path) -> Iterator[str]:
    found = {name: own_template(folder, name) for name in EDITION_IDS}
    read = {
        _same(path)
        for path in (*found.values(), folder / SETTINGS)
        if path and os.path.lexists(path)
    }
    for path in sorted(folder.iterdir()):
        hidden = path.name.startswith(("~$", "."))
        if hidden or path.suffix.lower() not in _TOLD or _same(path) in read:
            continue
        instead = next((p for e, p in found.items() if p and path.name in _names(e)), None)
        if instead is not None:
            yield f"{path} 没有用上：同一格式已经有 {instead.name}，只用那一份；多余的请移走。"
            continue
        names = "、".join(f"{_names(one)[0]}（{one}年版格式）" for one in EDITION_IDS)
        yield (
            f"{path} 没有用上：样式的文件夹里只读 {names}和 {SETTINGS}。"
            "要用它，请改成其中的文件名；不用的，请移走。"
        )


def _same(path: Path) -> tuple[int, int]:
    """What tells a file from others; a disk that ignores case knows it by several names."""
    about = path.lstat()
    return about.st_dev, about.st_ino


def own_template(folder: Path, edition: str) -> Path | None:
    """The edition's template in that very folder: ``report-<edition>.docx``, or a former name."""
    paths = (folder / name for name in _names(edition))
    # What only bears the name is told when it is read: whoever put it there meant a template.
    return next((path for path in paths if os.path.lexists(path)), None)


def _names(edition: str) -> tuple[str, ...]:
    """What an edition's template may be called; the first that is there is taken."""
    return f"report-{edition}.docx", *FORMER_NAMES.get(edition, ())


def _first(chain: list[Path], edition: str) -> Path | None:
    return next(filter(None, (own_template(folder, edition) for folder in chain)), None)


def _changes_anything(folder: Path) -> bool:
    own = any(own_template(folder, edition) for edition in EDITION_IDS)
    return own or (folder / SETTINGS).is_file()


def _homes() -> list[Path]:
    return [TEMPLATES, shipped_templates()]


def _folders(style: str) -> list[Path]:
    """The project's folder of a style, then the shipped one, as far as they exist."""
    if Path(style).name != style or style.startswith(".") or not style.isprintable():
        return []
    folders = {(home / style).resolve(): home / style for home in _homes()}
    return [folder for folder in folders.values() if folder.is_dir()]


def _chain(style: str) -> Iterator[Path]:
    """The style's folder, then that of the style it comes from, and so on.

    Raises:
        UsageError: no such style, or a ``style.toml`` on the way is wrong.
    """
    folder: Path | None = style_folder(style)
    seen: list[Path] = []
    while folder is not None:
        yield folder
        seen.append(folder)
        folder = _source(folder, seen)


def _source(folder: Path, seen: list[Path]) -> Path | None:
    named = _settings(folder)
    name = folder.name if named is None else named
    folders = _folders(name)
    if named is not None and not folders:
        raise UsageError(
            f"{folder / SETTINGS} 写的来源样式“{shown(name[:60])}”不存在；"
            f"现有：{'、'.join(style_names())}。"
        )
    found = next((f for f in folders if f not in seen), None)
    if found is None and named is not None:
        raise UsageError(f"{folder / SETTINGS} 写的来源样式“{name}”又来自它自己，绕成了圈。")
    return found


def _settings(folder: Path) -> str | None:
    """The style that a folder says it comes from; None if it says nothing.

    Raises:
        UsageError: the file cannot be read, or says something else.
    """
    from gxgen.toml import parsed

    path = folder / SETTINGS
    if not path.is_file():
        return None
    try:
        if path.stat().st_size > MOST_SETTINGS:
            raise UsageError(f"{path} 太大，不像是样式的设置。")
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UsageError(f"{path} 没有权限读取。") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} 不是UTF-8编码，请用记事本另存为UTF-8。") from error
    try:
        said = parsed(text, path)
    except UsageError as error:
        raise UsageError(f'{error}应只有一行，例如：{SOURCE} = "{DEFAULT}"。') from error
    unknown = sorted(set(said) - {SOURCE})
    if unknown:
        raise UsageError(f"{path} 里的“{shown(unknown[0][:60])}”不认识；只能写 {SOURCE}。")
    source = said.get(SOURCE, DEFAULT)
    if not isinstance(source, str):
        raise UsageError(f'{path} 的 {SOURCE} 要写样式的名字，例如：{SOURCE} = "{DEFAULT}"。')
    return source


def faithful_engine(style_files: Iterable[tuple[str, bytes]]) -> PdfEngine:
    """The fastest engine whose PDF looks like this style's DOCX: the built-in one knows the
    official style as it is shipped, and no other."""
    official = shipped_templates() / "official"
    shipped = {path.read_bytes() for path in official.glob("*.docx")}
    same = all(data in shipped for _, data in style_files)
    return PdfEngine.BUILTIN if same else PdfEngine.LIBREOFFICE
