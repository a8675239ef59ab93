"""A style of one's own, begun as a copy of another."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

from gxgen.errors import EnvironmentProblemError, UsageError, reason
from gxgen.formats.docx.template import template_name
from gxgen.templates.styles import SETTINGS, SOURCE, style_templates

_NAME = re.compile(r"[^\W_][\w.-]{0,59}")
_DEVICES = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")
"""Names that Windows gives to devices; no folder can bear them there."""


def new_style(name: str, source: str, folder: Path) -> list[Path]:
    """Copy the templates of style ``source`` to the new style ``name`` below ``folder``.

    The copy's ``style.toml`` names its source, so that files that are not changed can be deleted.
    It is there whole or not at all.

    Raises:
        UsageError: the name cannot be a folder's or is taken, or there is no such source.
        EnvironmentProblemError: the folder cannot be written.
    """
    if not _NAME.fullmatch(name) or name.endswith(".") or _DEVICES.fullmatch(name):
        raise UsageError(
            f"样式的名字“{name}”不能用作文件夹名：请用文字、数字、下划线或短横，不超过60个字。"
        )
    target = folder / name
    if target.exists():
        raise UsageError(f"{target} 已经存在，没有改动它。")
    files = {template_name(edition): path for edition, path in style_templates(source)}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _copy(files, source, target)
    except OSError as error:
        raise EnvironmentProblemError(f"{target} 写不进去：{reason(error)}。") from error
    return [target / file for file in sorted((*files, SETTINGS))]


def _copy(files: dict[str, Path], source: str, target: Path) -> None:
    made = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    made.mkdir()
    try:
        for file, path in files.items():
            shutil.copyfile(path, made / file)
        (made / SETTINGS).write_text(_settings(source), encoding="utf-8", newline="\n")
        made.rename(target)
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise


def _settings(source: str) -> str:
    return (
        f"# 本样式的来源。这个文件夹里没有的模板，取自来源样式；没有改动的 .docx 可以删去，\n"
        f"# 以后程序更新了来源样式，也就跟着更新。\n"
        f'{SOURCE} = "{source}"\n'
    )
