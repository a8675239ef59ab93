"""What ``gxgen words`` prints."""

from __future__ import annotations

import typer

from gxgen.api.words import Words
from gxgen.county.words import Entry

_KINDS = {
    "phrases": "{} 类的说法",
    "short_names": "“{}”的别称",
    "lawful": "不再问的句子",
    "boilerplate": "可以照写的句子",
}
"""What stands in the county's words file, by where it is kept."""


def print_words(words: Words) -> None:
    """The two lists, each numbered; or what was written."""
    if words.written is not None:
        typer.echo(f"已改好 {words.written}；下次核对、生成时起作用。")
        return
    typer.echo(f"记住的句子：{len(words.remembered)} 句")
    for number, one in enumerate(words.remembered, 1):
        typer.echo(f"  {number}. {one.clause} → {one.reads or '不对应表中任何数'}")
    if words.own:
        typer.echo(f"words.toml 里写的：{len(words.own)} 条")
    for number, entry in enumerate(words.own, len(words.remembered) + 1):
        typer.echo(f"  {number}. {_meant(entry)}：{entry.text}")
    typer.echo(f"建议：{len(words.proposed)} 条（记住其中一条：gxgen words --accept 序号）")
    for number, it in enumerate(words.proposed, 1):
        typer.echo(f"  {number}. {it.sentence} → {it.meaning}（{it.agency}，{it.year}年）")


def _meant(entry: Entry) -> str:
    return _KINDS[entry.field].format(entry.under)
