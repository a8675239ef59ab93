"""Help and usage errors in Chinese; the parser itself speaks English."""

from __future__ import annotations

from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from gxgen.cli.pages import Formatter, translated
from gxgen.letters import shown

_LONGEST = 60


def _page(command: Any, ctx: Any) -> str:
    page = Formatter()
    command.format_help(ctx, page)
    return page.getvalue().rstrip("\n")


class Command(TyperCommand):
    """A command whose help is Chinese throughout."""

    def get_help(self, ctx: Any) -> str:
        """The help page."""
        return _page(self, ctx)


class Group(TyperGroup):
    """A group of commands, shown in the order of work, whose help is Chinese throughout."""

    def get_help(self, ctx: Any) -> str:
        """The help page."""
        return _page(self, ctx)

    def list_commands(self, ctx: Any) -> list[str]:
        """In the order in which they were declared."""
        return list(self.commands)


def usage_sentence(error: typer.TyperException) -> str:
    """What is wrong with the call, and where to read on."""
    said = _sentence(error)
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "gxgen"
    return f"{said}\n运行 {path} --help 看用法。" if said else ""


def _sentence(error: typer.TyperException) -> str:
    option = _quoted(getattr(error, "option_name", ""))
    match type(error).__name__:
        case "NoArgsIsHelpError":
            print(translated(error.message))
            return ""
        case "NoSuchOption":
            near = "、".join(sorted(getattr(error, "possibilities", None) or ()))
            return f"没有选项 {option}。" + (f"是不是 {near}？" if near else "")
        case "MissingParameter":
            return f"缺少{_parameter(error)}。"
        case "BadParameter":
            return f"{_parameter(error)}的值不对：{_value(error)}"
        case "BadOptionUsage" if "not take a value" in error.message:
            return f"选项 {option} 后面不写值。"
        case "BadOptionUsage":
            return f"选项 {option} 后面要有一个值。"
        case _:
            return _general(error.message)


def _quoted(value: str) -> str:
    """What was typed, on one line and not longer than one looks at."""
    return shown(value[:_LONGEST] + ("…" if len(value) > _LONGEST else ""))


def _parameter(error: typer.TyperException) -> str:
    parameter = getattr(error, "param", None)
    if parameter is None:
        return "参数"
    options = [o for o in parameter.opts if o.startswith("-")]
    return f"选项 {options[-1]}" if options else f"参数 {parameter.metavar or parameter.name}"


def _value(error: typer.TyperException) -> str:
    """What it should be, by its type: the parser's own sentence is English."""
    value = error.message.partition("'")[2].rpartition("'")[0] or error.message.partition(" ")[0]
    kind = getattr(getattr(error, "param", None), "type", None)
    choices = [str(one) for one in getattr(kind, "choices", ())]
    if choices:
        value, wanted = value.partition("'")[0], f"只能是 {'、'.join(choices)}"
    elif (least := getattr(kind, "min", None)) is not None:
        wanted = f"应是不小于 {least} 的整数"
    elif getattr(kind, "name", "").startswith("int"):
        wanted = "应是整数"
    else:
        wanted = "写法不对"
    return f"“{_quoted(value)}”{wanted}。"


def _general(message: str) -> str:
    if message.startswith("No such command"):
        name = message.partition("'")[2].rpartition("'")[0]
        return f"没有命令 {_quoted(name)}。"
    if message.startswith("Got unexpected extra argument"):
        return f"多余的参数：{_quoted(message.partition(' (')[2].removesuffix(')'))}"
    return "命令的写法不对。"
