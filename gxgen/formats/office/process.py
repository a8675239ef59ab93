"""A started program together with all that it starts, so that nothing of it stays behind."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from gxgen.errors import EnvironmentProblemError

_KEEPER = '( "$@"; kill -KILL 0 ) </dev/null & read -r _; kill -KILL 0'
"""A shell at the head of the group. It ends the group when the program ends, and also when this
Python does, however suddenly: then nobody holds the other end of its standard input."""

_PATIENCE = 5.0


class Process:
    """A program in a process group of its own."""

    def __init__(
        self, command: Sequence[str | Path], environment: Mapping[str, str], folder: Path
    ) -> None:
        """Start it.

        Raises:
            EnvironmentProblemError: the system cannot run the program.
        """
        arguments = [str(part) for part in command]
        try:
            self._started = _start(arguments, environment, folder)
        except OSError as error:
            raise EnvironmentProblemError(
                f"启动不了“{arguments[0]}”（{error.strerror}）；请检查LibreOffice的安装。"
            ) from error

    @property
    def ended(self) -> bool:
        """Whether the program is over."""
        return self._started.poll() is not None

    def kill(self) -> None:
        """End the program and all that it has started; nothing happens if it is over."""
        if self._started.stdin is not None:
            self._started.stdin.close()
        if not self.ended:
            _end_group(self._started.pid)
        try:
            self._started.wait(_PATIENCE)
        except subprocess.TimeoutExpired:  # pragma: no cover - a process that no signal reaches
            self._started.kill()


def _start(
    arguments: list[str], environment: Mapping[str, str], folder: Path
) -> subprocess.Popen[bytes]:
    quiet = subprocess.DEVNULL
    if sys.platform == "win32":
        return subprocess.Popen(  # noqa: S603 - a list of arguments, no shell
            arguments,
            env=environment,
            cwd=folder,
            stdin=quiet,
            stdout=quiet,
            stderr=quiet,
            creationflags=subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW,
        )
    return subprocess.Popen(  # noqa: S603 - the script is fixed, the arguments are a list
        ["/bin/sh", "-c", _KEEPER, "sh", *arguments],
        env=environment,
        cwd=folder,
        stdin=subprocess.PIPE,
        stdout=quiet,
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
    import signal

    try:
        os.killpg(pid, signal.SIGKILL)
    except ProcessLookupError:
        return
