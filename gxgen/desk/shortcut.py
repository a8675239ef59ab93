"""An icon on the desktop that opens a folder's desk."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from gxgen.county.files import safe_name
from gxgen.desk.words import WORDS
from gxgen.errors import EnvironmentProblemError, reason


def lay(root: Path, county: str | None) -> Path:
    """Put it there, in the place of an earlier one; returns its file.

    Raises:
        EnvironmentProblemError: there is no desktop, or nothing can be written to it.
    """
    from platformdirs import user_desktop_path

    place = user_desktop_path()
    name = safe_name(f"{county or root.name}{WORDS.name}")
    arguments = ["-m", "gxgen", "desk", str(root), *(("--county", county) if county else ())]
    if not place.is_dir():
        raise EnvironmentProblemError(WORDS.no_desktop(str(place)))
    try:
        if sys.platform == "win32":
            return _windows(place / f"{name}.lnk", arguments)
        if sys.platform == "darwin":
            return _written(place / f"{name}.command", f"#!/bin/sh\nexec {_shell(arguments)}\n")
        return _written(place / f"{name}.desktop", _entry(name, arguments))
    except OSError as error:
        raise EnvironmentProblemError(WORDS.no_icon(str(place), reason(error))) from None


def _entry(name: str, arguments: list[str]) -> str:
    """As freedesktop.org's Desktop Entry Specification has it."""
    command = " ".join(_quoted(one) for one in (sys.executable, *arguments))
    lines = ["[Desktop Entry]", "Type=Application", f"Name={name}", f"Exec={command}"]
    return "\n".join([*lines, "Terminal=false", "Categories=Office;", ""])


def _quoted(word: str) -> str:
    """An argument of an Exec line: quoted, what a shell would read is escaped, % is doubled."""
    escaped = word.replace("\\", "\\\\\\\\")
    for sign in '"`$':
        escaped = escaped.replace(sign, f"\\\\{sign}")
    for sign, said in (("\n", "\\n"), ("\r", "\\r"), ("\t", "\\t")):  # a line stays one
        escaped = escaped.replace(sign, said)
    return f'"{escaped}"'.replace("%", "%%")


def _shell(arguments: list[str]) -> str:
    import shlex

    return shlex.join([sys.executable, *arguments])


def _written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755)
    return path


def _windows(path: Path, arguments: list[str]) -> Path:
    """A link is a binary file that Windows itself writes. What it holds is passed beside the
    script, so that no name is read as a part of it."""
    window = Path(sys.executable).with_name("pythonw.exe")
    script = (
        "$l=(New-Object -ComObject WScript.Shell).CreateShortcut($args[0]);"
        "$l.TargetPath=$args[1];$l.Arguments=$args[2];$l.Save()"
    )
    program = str(window if window.exists() else sys.executable)
    command = ["powershell", "-NoProfile", "-Command", f"& {{{script}}}"]
    given = [str(path), program, subprocess.list2cmdline(arguments)]
    subprocess.run([*command, *given], check=True, capture_output=True, timeout=30)  # noqa: S603 - Windows' own
    return path
