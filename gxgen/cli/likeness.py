"""``gxgen similarity``, and what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from gxgen.cli.options import Quiet, Shape, ShapeOption, Workers
from gxgen.diagnostics import FORMAT

if TYPE_CHECKING:
    from gxgen.api.likeness import Similarity
    from gxgen.county.alike import Pair

_MOST_SHOWN = 30


def similarity(
    county: Annotated[
        str | None, typer.Argument(metavar="县", help="县名或县文件夹；只有一个县时可不写。")
    ] = None,
    *,
    year: Annotated[int, typer.Option("--year", metavar="年度", help="报告年度，例如2025。")],
    learn: Annotated[
        bool,
        typer.Option("--learn", help="把许多单位共用的句子写进 words.toml，待人去掉行首的 # 号。"),
    ] = False,
    least: Annotated[
        int, typer.Option("--least", metavar="个数", min=2, help="几个单位共用才建议。")
    ] = 3,
    workers: Workers = None,
    shape: ShapeOption = Shape.TEXT,
    quiet: Quiet = False,
) -> int:
    """``gxgen similarity``."""
    from gxgen.api import likeness
    from gxgen.cli import screen

    found = likeness.similarity(county, year=year, workers=workers, progress=screen.progress(quiet))
    screen.end_progress()
    for trouble in found.unread:
        screen.remark(f"  {trouble}")
    if learn:
        path, added = likeness.learn(found, least)
        for sentence, agencies in added:
            screen.say(f"  {len(agencies)}个单位：{sentence}")
        said = f"建议 {len(added)} 句，已写进 {path}；同意的去掉行首的 # 号，不同意的删去。"
        screen.say(said if added else f"没有新的句子是{least}个以上单位共用的。")
    elif shape is Shape.JSON:
        screen.print_json(_as_json(found))
    else:
        _print(found)
    return 2 if found.unread else 0


def _print(found: Similarity) -> None:
    """The pairs, the most alike first, with both passages."""
    from gxgen.cli import screen
    from gxgen.county.alike import how
    from gxgen.prose.alike.likeness import marked

    ranked = _ranked(found)
    for pair in ranked[:_MOST_SHOWN]:
        one, other = _sides(found, pair)
        own, theirs = marked(one["text"], other["text"])
        screen.say(f"“{one['agency']}”与“{other['agency']}”有一段{how(pair.likeness)}")
        screen.say(f"  {one['place']}：{own}")
        screen.say(f"  {other['place']}：{theirs}")
    if len(ranked) > _MOST_SHOWN:
        screen.say(f"另有 {len(ranked) - _MOST_SHOWN} 对，用 --format json 可看全部。")
    texts = found.texts
    compared = sum(map(len, texts.passages.values()))
    screen.say(
        f"{found.county.name} {found.year}年：{len(texts.judgements)} 个单位，"
        f"比较了 {compared} 段，{len(ranked)} 对相像（不同的字标在【】里）。"
    )


def _ranked(found: Similarity) -> list[Pair]:
    return sorted(found.texts.pairs, key=lambda pair: (-pair.likeness, pair))


def _sides(found: Similarity, pair: Pair) -> tuple[dict[str, str], dict[str, str]]:
    """Whose each passage is, where it stands and what it says."""

    def side(key: str, at: int) -> dict[str, str]:
        passage = found.texts.passages[key][at]
        agency = found.texts.judgements[key].agency
        return {"agency": agency, "file": key, "place": passage.place, "text": passage.text}

    return side(pair.one, pair.at), side(pair.other, pair.there)


def _as_json(found: Similarity) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "county": found.county.name,
        "year": found.year,
        "agencies": len(found.texts.judgements),
        "compared": sum(map(len, found.texts.passages.values())),
        "pairs": [
            {"likeness": pair.likeness, "passages": _sides(found, pair)} for pair in _ranked(found)
        ],
        "faults": list(found.unread),
    }
