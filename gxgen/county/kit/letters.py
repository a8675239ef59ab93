"""What notices say: the slots of their templates, filled from how the units stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePath
from typing import Any

from gxgen.checks.registry import page
from gxgen.county.kit.standing import Standing, State, Unit, day
from gxgen.diagnostics import Diagnostic, Severity
from gxgen.document.lines import em_width
from gxgen.letters import shown

_LINE = 28
"""Characters of a line of the official sheet."""
_ROOM = 8
"""Lines of a notice of one page for its addressee, points and enclosure: the rest of its 22 is
spoken for."""
_MOST_CELLS = 3
"""Of one kind of fault that a point names; the return copy marks them all."""
_MOST_STRAYS = 3
"""Of the files of a unit that are no form, so many are named."""

Slots = dict[str, Any]


def common_slots(told: Standing) -> Slots:
    """What every notice of a county's year can say."""
    county = told.county
    return {
        "县": county.name,
        "年度": told.year,
        "截止": day(county.deadline) if county.year == told.year else "",
        "期限": day(county.correct_by) if county.year == told.year else "",
        "发文单位": county.office or f"{county.name}政府信息公开工作主管部门",
    }


def county_slots(told: Standing) -> Slots:
    """What 催报 and 报送情况通报 say: numbers of units, and who they are."""
    listed = [unit for unit in told.units if unit.listed]
    groups = {
        "未报": (State.MISSING, State.LATE),
        "退回": (State.RETURNED,),
        "待处理": (State.HELD,),
        "通过": (State.PASSED,),
    }
    units = {name: [u for u in listed if u.state in states] for name, states in groups.items()}
    return {
        **common_slots(told),
        "应报数": len(listed),
        "已报数": len(listed) - len(units["未报"]),
        "册外数": len(told.units) - len(listed),
        "已过": bool(told.having(State.LATE)),
        **{f"{name}数": len(found) for name, found in units.items()},
        **{f"{name}单位": _named(units[name]) for name in ("未报", "退回", "待处理")},
    }


def _named(units: Sequence[Unit]) -> list[Slots]:
    return [
        {
            "序号": number,
            "单位": shown(unit.agency.name),
            "电话": shown(unit.agency.contact.phone or ""),
            "错误": unit.number_of(Severity.ERROR),
            "文件": "、".join(unit.strays[:_MOST_STRAYS])
            + ("等" if len(unit.strays) > _MOST_STRAYS else ""),
        }
        for number, unit in enumerate(units, 1)
    ]


def return_slots(told: Standing, unit: Unit) -> Slots:
    """What 退回通知 says to a unit."""
    asked = [one for one in unit.of_clerk if one.severity is not Severity.NOTE]
    name, copies = shown(unit.agency.name), "、".join(PurePath(one).name for one in unit.copies)
    room = _ROOM - _lines(f"{name}：", indent=0) - _lines(f"附件：{copies}")
    return {
        **common_slots(told),
        "单位": name,
        "错误": unit.number_of(Severity.ERROR),
        "核实": unit.number_of(Severity.WARNING),
        "问题": [_problem(number, one) for number, one in enumerate(asked, 1)],
        "要点": list(_points(asked, room)),
        "退回件": copies,
        **_properties(told, f"退回通知：{name}{told.year}年"),
    }


def bulletin_slots(told: Standing) -> Slots:
    """What 报送情况通报 says, with the properties of its file."""
    title = f"{told.county.name}{told.year}年报送情况通报"
    return {**county_slots(told), **_properties(told, title)}


def _properties(told: Standing, title: str) -> Slots:
    """What a document's properties are filled with; like all else they hold no clock."""
    issued = common_slots(told)["发文单位"]
    created = f"{told.year + 1}-01-01T00:00:00Z"
    return {"document_title": title, "agency": issued, "created": created}


def _problem(number: int, one: Diagnostic) -> Slots:
    where, said = "" if one.place is None else shown(str(one.place)), shown(one.message)
    return {
        "序号": number,
        "轻重": one.severity.label,
        "编号": one.code,
        "位置": "" if said.startswith(where) else where,
        "内容": said,
        "改法": shown(one.hint),
    }


def _points(asked: Iterable[Diagnostic], room: int) -> Iterator[Slots]:
    """The kinds of faults, the worst first, as many as so many lines hold; the last point says how
    many are left."""
    kinds: dict[str, list[Diagnostic]] = defaultdict(list)
    for one in asked:
        kinds[one.code].append(one)
    said = [(_point(code, found), len(found)) for code, found in kinds.items()]
    for number, (text, _) in enumerate(said, 1):
        room -= _lines(text)
        if room < (1 if number < len(said) else 0):
            left = sum(count for _, count in said[number - 1 :])
            yield {"序号": number, "内容": f"其他{left}处，见“错误清单”。"}
            return
        yield {"序号": number, "内容": text}


def _point(code: str, found: Sequence[Diagnostic]) -> str:
    """One kind of fault and where it is: ``总计与各项之和不符：表三!J5、表三!J7。``"""
    what = page(code).partition("\n")[0].strip().rstrip("。")
    asks = "（请核实）" if found[0].severity is Severity.WARNING else ""
    places = [shown(str(one.place)) for one in found if one.place is not None]
    where = "、".join(dict.fromkeys(places[:_MOST_CELLS]))
    where = f"：{where}" if where else ""
    count = len(found)
    return f"{what}{asks}{where}{f'等{count}处' if count > _MOST_CELLS else ''}。"


def _lines(text: str, indent: int = 2) -> int:
    """How many a paragraph takes; a word or a sign that does not fit may leave one character of
    each free."""
    return -(-round(em_width(text) + indent) // (_LINE - 1))
