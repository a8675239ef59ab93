"""Entry point: runs a command and turns whatever happens into words and an exit status.

0 done and clean · 1 findings that block · 2 wrong use or environment · 3 gxgen's own fault.
No traceback reaches a user's screen without ``--debug``.
"""

from __future__ import annotations

import contextlib
import os
import sys
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from gxgen.county.endings import heeded
from gxgen.errors import GxgenError, InternalError, reason
from gxgen.letters import shown

INTERRUPTED = 130
"""What shells expect of a program that Ctrl-C ended; 128 and its number for any signal."""
_INTERRUPTED = "已中断。已写好的文件都是完整的。"
_NO_THREAD = "can't start new thread"
"""What Python says, and as an error of no kind of its own, where the system lets no more run."""
_LONGEST, _DEEPEST = 4096, 200
"""No system takes a longer path; Python makes folders within folders by recursion."""
_QUOTED = 60
"""So many letters of a wrong argument are quoted."""
NOTE = "last-fault.txt"
"""Beside what is kept between runs: how the last fault of gxgen's own came about."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit status (the console script passes it to the shell)."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    _speak_utf8()
    if not _can_chinese(sys.getfilesystemencoding()):
        _say("系统的文件名编码写不了中文；请先运行 export LC_ALL=C.UTF-8，再试一次。")
        return 2
    debug = "--debug" in given
    given = [argument for argument in given if argument != "--debug"]
    if said := next(filter(None, map(_unfit, given)), ""):
        _say(said)
        return 2
    with heeded() as signals:
        status = _status(given, debug, signals)
    return 128 + signals[0] if signals else status


def _status(given: list[str], debug: bool, signals: list[int]) -> int:
    """The exit status, and a word on what went wrong; ``signals`` are those that came."""
    try:
        status = _run(given, debug)
        sys.stdout.flush()  # here, where a full disk can still be told
        return status
    except (KeyboardInterrupt, EOFError):
        _say(_INTERRUPTED)
        return INTERRUPTED
    except BrokenPipeError:
        _say_no_more()
        return 0
    except Exception as error:
        if debug:
            raise
        return _told(error, interrupted=bool(signals))
    except BaseException as error:  # native code raises what is no Exception
        if debug or isinstance(error, SystemExit | GeneratorExit):
            raise
        return _told(error, interrupted=bool(signals))


def _told(error: BaseException, *, interrupted: bool) -> int:
    """Say what went wrong; the exit status."""
    match error:
        case OSError():
            _say_the_rest()
            where = f"：{error.filename}" if error.filename else ""
            _say(f"系统不让做这件事（{reason(error)}）{where}")
        case GxgenError():
            _say(str(error))
        case MemoryError():
            _say("内存不够。请关闭别的程序，或者用 --jobs 1 少用几个进程，再试一次。")
        case RuntimeError() if _NO_THREAD in str(error):
            _say("电脑上同时运行的程序太多，系统不让再多开；请关闭一些，再运行一次。")
        case _:
            return _fault(error, interrupted=interrupted)
    return 3 if isinstance(error, InternalError) else 2


def _fault(error: BaseException, *, interrupted: bool) -> int:
    """Note a fault of gxgen's own, and say where; the exit status."""
    noted = _note(error)
    if interrupted:  # at the wrong moment Python fails in the words of something else
        _say(_INTERRUPTED)
        return INTERRUPTED
    what = f"请把 {noted} " if noted else "请加 --debug 重新运行，把输出"
    _say(f"程序出错（{type(error).__name__}），不是您的数据的问题。{what}发给维护者。")
    return 3


def _unfit(argument: str) -> str:
    """Why it cannot be what a person meant; empty if it may be."""
    if any(unicodedata.category(letter) == "Cc" for letter in argument):
        return f"参数里有换行一类的控制字符：{shown(argument[:_QUOTED])}。文件名里有的，请先改名。"
    if len(argument) > _LONGEST or argument.count("/") + argument.count("\\") > _DEEPEST:
        return f"参数太长或者文件夹的层数太多：{shown(argument[:_QUOTED])}…"
    return ""


def _say_the_rest() -> None:
    """Where what was said cannot be written, it is not tried again at the end."""
    try:
        sys.stdout.flush()
    except OSError:
        _say_no_more()


def _say_no_more() -> None:
    """Nothing goes to standard output any more: what is left in its buffer neither."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _run(arguments: list[str], debug: bool) -> int:
    """The exit status; commands find ``debug`` in their context."""
    import typer

    from gxgen.cli.app import app
    from gxgen.cli.options import COMPLETE
    from gxgen.cli.usage import usage_sentence

    if COMPLETE in os.environ:
        from typer._completion_classes import completion_init

        completion_init()
    try:
        status = app(args=arguments, prog_name="gxgen", standalone_mode=False, obj=debug)
    except typer.Exit as stop:
        return stop.exit_code
    except typer.Abort:
        raise KeyboardInterrupt from None
    except typer.TyperException as error:
        sentence = usage_sentence(error)
        if sentence:
            _say(sentence)
        return 2
    if status == INTERRUPTED:  # the parser turns Ctrl-C into a status without a word
        raise KeyboardInterrupt
    return status if isinstance(status, int) else 0


def _note(error: BaseException) -> Path | None:
    """The file that now tells how it came to the error, which may never come again."""
    import traceback  # late, as all that only a fault needs

    from gxgen.cache import folder

    home = folder()
    if home is None:
        return None
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = home / NOTE
        file.write_text("".join(traceback.format_exception(error)), encoding="utf-8")
    except OSError:
        return None
    return file


def _say(text: str) -> None:
    from gxgen.cli.screen import remark

    remark(text)


def _speak_utf8() -> None:
    """Chinese must come out whatever the console's code page is (Windows: cp936, cp437)."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:  # started with it closed: a file must not take its number
            nowhere = os.open(os.devnull, os.O_RDWR)
            setattr(sys, name, os.fdopen(nowhere, mode, encoding="utf-8"))
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            encoding = None if _can_chinese(stream.encoding) else "utf-8"
            reconfigure(encoding=encoding, errors="replace")


def _can_chinese(encoding: str | None) -> bool:
    try:
        "〔公开〕—“”垟".encode(encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True
