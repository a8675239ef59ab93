"""Where a report's text meets the faces at hand: what cannot be shown, and where it stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from gxgen.diagnostics import Finding
from gxgen.document.blocks import Document, HeadingBlock, SignOffBlock, TextBlock, TitleBlock
from gxgen.fonts.catalogue import Catalogue, Likeness, is_private
from gxgen.fonts.faces import Role
from gxgen.model.report import Report
from gxgen.places import Place

NO_GLYPH, NO_FACE = "GX640", "GX641"

_HEADING_ROLES = {1: Role.HEI, 2: Role.KAI}
_AROUND = 8
RETYPE = (
    "这是自造字的编码，在别的电脑上会变成别的字或空白；请用输入法重新打出这个字的正式编码，"
    "打不出的，从国家标准 GB 18030 的字表里查。"
)


def texts_in_order(document: Document) -> Iterator[tuple[Role, str]]:
    """The words of a report in the order of the page, each with what its face is for."""
    for block in document.blocks:
        yield from _texts(block)


def texts_by_role(document: Document) -> dict[Role, list[str]]:
    """The words of a report by the face that they are set in; labels and figures are left out."""
    found: dict[Role, list[str]] = {}
    for role, text in texts_in_order(document):
        found.setdefault(role, []).append(text)
    return found


def _texts(block: object) -> Iterator[tuple[Role, str]]:
    match block:
        case TitleBlock(lines):
            yield from ((Role.TITLE, line) for line in lines)
        case HeadingBlock(level, number, text):
            yield _HEADING_ROLES.get(level, Role.BODY), number + text
        case TextBlock(text, lead, level):
            yield _HEADING_ROLES.get(level, Role.BODY), lead
            yield Role.BODY, text
        case SignOffBlock(lines):
            yield from ((Role.BODY, line) for line in lines)


def glyph_findings(report: Report, document: Document, catalogue: Catalogue) -> list[Finding]:
    """A finding for each character that no face of its kind holds, at the first place it stands."""
    lost: Counter[str] = Counter()
    for role, texts in texts_by_role(document).items():
        lost.update(catalogue.missing(texts, role))
    return [_no_glyph(character, lost[character], report) for character in sorted(lost)]


def _no_glyph(character: str, count: int, report: Report) -> Finding:
    place, quote = _first(character, report)
    shown = "自造字" if is_private(character) else f"“{character}”"
    return Finding(
        NO_GLYPH,
        f"本机没有字体能显示{shown}（{code_point(character)}），报告里有{count}处。",
        place,
        quote=quote,
        hint=RETYPE if is_private(character) else None,
    )


def code_point(character: str) -> str:
    """``U+21334``."""
    return f"U+{ord(character):04X}"


def _first(character: str, report: Report) -> tuple[Place | None, str]:
    """Where the agency wrote it first, with some words around; its own name has no place here."""
    for passage in report.narrative:
        for text, place in (
            (passage.heading or "", passage.place),
            *((paragraph.text, paragraph.place) for paragraph in passage.paragraphs),
        ):
            if character in text:
                return place, _around(character, text)
    return None, _around(character, report.title)


def _around(character: str, text: str) -> str:
    at = max(text.find(character), 0)
    return text[max(0, at - _AROUND) : at + _AROUND + 1]


def face_findings(catalogue: Catalogue) -> list[Finding]:
    """A finding for each official name that gets no face like it on this machine."""
    found = []
    for role in Role:
        choice = catalogue.choice(role)
        if choice.likeness is Likeness.BORROWED and choice.face is not None:
            instead = f"，改用{choice.face.name}"
        elif choice.likeness is Likeness.NONE:
            instead = "，用这种字体的文字没有字形可用"
        else:
            continue
        found.append(Finding(NO_FACE, f"本机没有{role.value}，也没有与它相近的字体{instead}。"))
    return found
