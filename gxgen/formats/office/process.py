"""A started program together with all that it starts, so that nothing of it stays behind."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

from gxgen.errors import EnvironmentProblemError, reason

_KEEPER = '( "$@"; kill -KILL 0 ) </dev/null & read -r _; kill -KILL 0'
"""A shell at the head of the group. It ends the group when the program ends, and also when this
Python does, however suddenly: then nobody holds the other end of its standard input."""

_ALONE = 0
if sys.platform == "win32":
    _ALONE = subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW
_PATIENCE = 5.0


class Process:
    """A program in a process group of its own."""

    def __init__(
        self,
        command: Sequence[str | Path],
        environment: Mapping[str, str],
        folder: Path,
        output: IO[bytes] | int = subprocess.DEVNULL,
    ) -> None:
        """Start it; what it says goes to ``output``.

        Raises:
            EnvironmentProblemError: the system cannot run the program.
        """
        arguments = [str(part) for part in command]
        try:
            self._started = _start(arguments, environment, folder, output)
        except OSError as error:
            raise EnvironmentProblemError(
                f"启动不了“{arguments[0]}”（{reason(error)}）；请检查LibreOffice的安装。"
            ) from error

    @property
    def ended(self) -> bool:
        """Whether the program is over."""
        return self._started.poll() is not None

    def wait(self, seconds: float) -> bool:
        """Whether the program is over before the time is."""
        try:
            self._started.wait(seconds)
        except subprocess.TimeoutExpired:
            return False
        return True

    def kill(self) -> None:
        """End the program and all that it has started; nothing happens if it is over."""
        if self._started.stdin is not None:
            self._started.stdin.close()
        if not self.ended:
            _end_group(self._started.pid)
        if not self.wait(_PATIENCE):  # pragma: no cover - a process that no signal reaches
            self._started.kill()


def _start(
    arguments: list[str], environment: Mapping[str, str], folder: Path, output: IO[bytes] | int
) -> subprocess.Popen[bytes]:
    quiet = subprocess.DEVNULL
    if sys.platform == "win32":
        return subprocess.Popen(  # noqa: S603 - a list of arguments, no shell
            arguments,
            env=environment,
            cwd=folder,
            stdin=quiet,
            stdout=output,
            stderr=quiet,
            creationflags=_ALONE,
        )
    return subprocess.Popen(  # noqa: S603 - the script is fixed, the arguments are a list
        ["/bin/sh", "-c", _KEEPER, "sh", *arguments],
        env=environment,
        cwd=folder,
        stdin=subprocess.PIPE,
        stdout=output,
        stderr=quiet,
        start_new_session=True,
    )


def _end_group(pid: int) -> None:
    if sys.platform == "win32":
        system = Path(os.environ.get("SYSTEMROOT", r"C:\Windows"), "System32", "taskkill.exe")
        subprocess.run(  # noqa: S603 - a fixed program and a number
            [str(system), "/F", "/T", "/PID", str(pid)],
            capture_output=True,
            check=False,
            timeout=_PATIENCE,
        )
        return
    with contextlib.suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)
