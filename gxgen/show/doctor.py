"""What ``gxgen doctor`` found, as a clerk reads it in a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from gxgen.fonts.catalogue import Likeness, is_private
from gxgen.fonts.findings import code_point
from gxgen.formats.doctor import (
    CacheState,
    CharacterState,
    DoctorReport,
    FaceState,
    ProgramState,
)

_LIKENESS = {
    Likeness.OFFICIAL: "规定的字体",
    Likeness.STAND_IN: "相近的字体",
    Likeness.BORROWED: "不相近，借用",
    Likeness.NONE: "没有字体可用",
}
_MOST_SHOWN = 30


def doctor_text(report: DoctorReport) -> str:
    """Everything that was looked at, what is wrong with it, and what to do."""
    return "\n".join(
        (
            f"gxgen {report.gxgen}，Python {report.python}，{report.system}",
            "",
            "【生成 PDF 的程序】",
            *_program(report.typst, "内置引擎 typst", needed=report.office.path is None),
            *_program(report.office, "LibreOffice", needed=report.typst.version is None),
            "",
            "【字体】",
            *(line for face in report.faces for line in _face(face)),
            *_stand_ins(report.faces),
            f"  找过的文件夹：{'、'.join(report.folders) or '没有'}",
            "",
            "【用字】",
            *_characters(report),
            "",
            "【缓存】",
            *_cache(report.cache),
            "",
            _conclusion(report),
        )
    )


def _program(state: ProgramState, name: str, *, needed: bool) -> Iterator[str]:
    if state.version is not None or state.path is not None:
        where = f"（{state.path}）" if state.path else ""
        yield f"  ✓ {name}：{state.version or '版本不明'}{where}"
        return
    yield f"  {'✗' if needed else '·'} {name}：没有找到" + ("" if needed else "，有另一个可用")
    yield f"      → {state.advice}"


def _face(state: FaceState) -> Iterator[str]:
    alike = state.likeness in (Likeness.OFFICIAL, Likeness.STAND_IN)
    face = f" {state.face}（{state.file}）" if state.face else ""
    yield f"  {'✓' if alike else '✗'} {state.role.value}：{_LIKENESS[state.likeness]}{face}"
    if not alike:
        yield f"      → {state.advice}"


def _stand_ins(faces: Sequence[FaceState]) -> Iterator[str]:
    wanted = [face.source for face in faces if face.likeness is Likeness.STAND_IN]
    if wanted:
        yield (
            "  相近的字体可以使用。要换成规定的字体，把下列文件放进项目的 fonts 文件夹，"
            f"或安装到本机（须有使用许可）：{'、'.join(wanted)}。"
        )


def _characters(report: DoctorReport) -> Iterator[str]:
    if not report.agencies:
        yield "  没有查报告的用字。"
        return
    for agency, found in groupby(report.missing, key=lambda state: state.agency):
        yield f"  ✗ {agency}：下列字没有字体能显示"
        yield from _lost(tuple(found))
    rare = {s.character: s.face for s in report.characters if s.face is not None}
    if rare:
        shown = "、".join(f"{c}（{face}）" for c, face in sorted(rare.items())[:_MOST_SHOWN])
        more = f"等{len(rare)}个字" if len(rare) > _MOST_SHOWN else ""
        yield f"  生僻字由同类的字体代为显示：{shown}{more}"
    if not report.missing:
        yield f"  ✓ 查了{report.agencies}个单位的文字，都能显示。"


def _lost(found: Sequence[CharacterState]) -> Iterator[str]:
    """A line a character, however many faces lack it, then each advice once."""
    for character in dict.fromkeys(state.character for state in found):
        count = sum(state.count for state in found if state.character == character)
        shown = "自造字" if is_private(character) else f"“{character}”"
        yield f"      {shown}（{code_point(character)}）{count}处"
    yield from (f"      → {advice}" for advice in dict.fromkeys(state.advice for state in found))


def _cache(state: CacheState) -> Iterator[str]:
    where = state.folder or "不保留"
    yield f"  {'✓' if state.writable else '✗'} {where}"
    if state.advice:
        yield f"      → {state.advice}"


def _conclusion(report: DoctorReport) -> str:
    if report.healthy:
        return "没有问题。"
    return "标 ✗ 的有问题，请按“→”后面的办法处理。"
