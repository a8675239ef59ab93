"""Forms that come in are put where the agency in them belongs, and how a county stands is told;
from any folder, nothing lost and, by ``status``, nothing written."""

from __future__ import annotations

import datetime as dt
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from gxgen import api
from gxgen.api.project import CountyState, Project
from gxgen.api.receiving import Receipt, receive
from gxgen.county.events import CancelledError, Stop

YEAR = 2025
MOMENT = dt.datetime(2026, 1, 20, 9, 30)
BEFORE = dt.date(2026, 1, 1)


@pytest.fixture(scope="module")
def forms(tmp_path_factory: pytest.TempPathFactory) -> dict[int, list[bytes]]:
    """Of each year the forms of the same four agencies, the government's left out."""
    root = tmp_path_factory.mktemp("forms")
    api.init(root, county="云垟县", year=YEAR, demo=3, faulty=1)
    return {
        year: [
            path.read_bytes()
            for path in sorted((root / f"inputs/{year}").glob("*.xlsx"))
            if path.stem != "云垟县人民政府"
        ]
        for year in (YEAR - 1, YEAR)
    }


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """The county with its roster, nothing filed, and nobody stands in its folder."""
    api.init(tmp_path, county="云垟县", year=YEAR, demo=3, faulty=1)
    for path in (tmp_path / "inputs").glob("*/*"):
        path.unlink()
    return Project(tmp_path)


def _files(project: Project) -> Iterator[tuple[str, bytes]]:
    for path in sorted(project.root.rglob("*")):
        if path.is_file():
            yield path.relative_to(project.root).as_posix(), path.read_bytes()


def _state(project: Project, today: dt.date = BEFORE) -> tuple[CountyState, Counter[str]]:
    before = list(_files(project))
    [state] = project.status(today=today)
    assert list(_files(project)) == before, "status writes nothing"
    return state, Counter(unit.state for unit in state.units)


def test_an_empty_folder_is_a_value(tmp_path: Path) -> None:
    assert Project(tmp_path).status() == []
    assert list(tmp_path.iterdir()) == []


def test_each_is_placed_under_its_agency_and_told_what_it_is(
    project: Project, forms: dict[int, list[bytes]], tmp_path: Path
) -> None:
    one, two, three = forms[YEAR]
    came = [
        ("新建 工作表(1).xlsx", one),
        ("最终版.XLSX", two),
        ("../../逃.xlsx", three),
        ("新建 工作表(1).xlsx", one),
        ("去年的.xlsx", forms[YEAR - 1][0]),
        ("坏的.xlsx", b"no form"),
        ("说明.pdf", b"%PDF"),
    ]
    got = receive(project, came, moment=MOMENT)
    assert [r.outcome for r in got] == [
        *("first", "first", "first", "same", "other_year", "unreadable", "unreadable")
    ]
    placed = {
        r.target: data for r, (_, data) in zip(got, came, strict=True) if r.outcome == "first"
    }
    assert {path.parent for path in placed} == {project.inputs / str(YEAR)}
    assert all(path.read_bytes() == data for path, data in placed.items())
    assert all(path.stem == r.agency for path, r in zip(placed, got, strict=False))
    assert _state(project)[1] == {"unbuilt": 3}


def test_a_stranger_stays_outside(project: Project, forms: dict[int, list[bytes]]) -> None:
    settings = project.inputs / "county.toml"
    text = settings.read_text("utf-8")
    head, *units = text.split("[[agency]]")
    settings.write_text("[[agency]]".join([head, units[0]]), "utf-8")
    outcomes = Counter(
        r.outcome for r in receive(project, [(f"{n}.xlsx", d) for n, d in enumerate(forms[YEAR])])
    )
    assert outcomes == {"first": 1, "stranger": 2}


def test_what_is_replaced_is_kept_under_whatever_name_it_stood(
    project: Project, forms: dict[int, list[bytes]]
) -> None:
    [first] = receive(project, [("a.xlsx", forms[YEAR][0])], moment=MOMENT)
    assert first.target is not None
    odd = first.target.rename(first.target.with_name("随便叫的.xlsx"))
    old = odd.read_bytes()
    changed = forms[YEAR][0] + b"\0"
    [second] = receive(project, [("b.xlsx", changed)], moment=MOMENT)
    assert (second.outcome, second.target) == ("replaced", first.target)
    assert second.former is not None and second.former.read_bytes() == old
    assert second.former.parent == project.inputs / f"{YEAR}/.replaced/2026-01-20_09-30-00"
    assert first.target.read_bytes() == changed
    assert not odd.exists()


def test_another_agency_s_form_of_that_name_is_left_alone(
    project: Project, forms: dict[int, list[bytes]]
) -> None:
    [first] = receive(project, [("a.xlsx", forms[YEAR][0])])
    assert first.target is not None
    first.target.write_bytes(forms[YEAR][1])
    [second] = receive(project, [("b.xlsx", forms[YEAR][0])])
    assert second.outcome == "first"
    assert second.target == first.target.with_name(f"{first.target.stem}（2）.xlsx")
    assert first.target.read_bytes() == forms[YEAR][1]


def test_a_form_that_bears_a_former_name_is_its_unit_s(
    project: Project, forms: dict[int, list[bytes]]
) -> None:
    [first] = receive(project, [("a.xlsx", forms[YEAR][0])], moment=MOMENT)
    assert first.target is not None and first.agency is not None
    first.target.unlink()
    settings = project.inputs / "county.toml"
    text = settings.read_text("utf-8")
    settings.write_text(
        text.replace(
            f'name = "{first.agency}"',
            f'name = "云垟县新局"\nformerly = {{ names = ["{first.agency}"], since = {YEAR} }}',
        ),
        "utf-8",
    )
    [placed] = receive(project, [("b.xlsx", forms[YEAR][0])], moment=MOMENT)
    assert (placed.outcome, placed.agency) == ("first", "云垟县新局")
    assert placed.target == project.inputs / str(YEAR) / "云垟县新局.xlsx"
    assert first.agency in placed.message
    placed.target.rename(placed.target.with_name("随便叫的.xlsx"))
    [again] = receive(project, [("c.xlsx", forms[YEAR][0] + b"\0")], moment=MOMENT)
    assert (again.outcome, again.target) == ("replaced", placed.target)
    assert [path.name for path in placed.target.parent.glob("*.xlsx")] == ["云垟县新局.xlsx"]


def test_one_that_nobody_can_read_gives_way_to_the_form_that_comes_after_it(
    project: Project, forms: dict[int, list[bytes]]
) -> None:
    [first] = receive(project, [("a.xlsx", forms[YEAR][0])], moment=MOMENT)
    assert first.target is not None
    first.target.write_bytes(b"torn")
    [second] = receive(project, [("b.xlsx", forms[YEAR][0])], moment=MOMENT)
    assert (second.outcome, second.target) == ("replaced", first.target)
    assert second.former is not None and second.former.read_bytes() == b"torn"


def test_no_form_is_placed_while_the_year_is_built(
    project: Project, forms: dict[int, list[bytes]]
) -> None:
    receive(project, [("a.xlsx", forms[YEAR][0])])
    told: list[str] = []
    receipts: list[Receipt] = []
    came = threading.Thread(
        target=lambda: receipts.extend(
            receive(project, [("b.xlsx", forms[YEAR][1])], waiting=told.append)
        )
    )
    seen: list[int] = []

    def hear(_: object) -> None:
        if not came.ident:
            came.start()
            while not told and came.is_alive():
                came.join(0.05)
        seen.append(len(list((project.inputs / str(YEAR)).glob("*.xlsx"))))

    project.build(hear=hear)
    came.join()
    assert seen and set(seen[:1]) == {1}
    assert [one.outcome for one in receipts] == ["first"]
    assert len(told) == 1 and str(project.output / str(YEAR)) in told[0]
    assert _state(project)[1]["unbuilt"] == 1


def test_a_county_from_first_form_to_report(
    project: Project, forms: dict[int, list[bytes]]
) -> None:
    settings = project.inputs / "county.toml"
    text = settings.read_text("utf-8")
    settings.write_text(
        text.replace("\n[[agency]]", "\ndeadline = 2026-01-20\n[[agency]]", 1), "utf-8"
    )
    assert _state(project)[1] == {"missing": 3}
    receive(project, [(f"{n}.xlsx", d) for n, d in enumerate(forms[YEAR][:2])])
    assert _state(project)[1] == {"unbuilt": 2, "missing": 1}
    heard: list[tuple[str, str | None]] = []
    project.build(hear=lambda event: heard.append((event.phase.value, event.outcome)))
    state, counts = _state(project)
    assert counts["missing"] == 1 and counts["built"] + counts["refused"] == 2
    assert Counter(heard) == Counter(
        [("county", None), *(("unit", one) for one in counts.elements() if one != "missing")]
    )
    assert all(unit.outputs for unit in state.units if unit.state != "missing")
    assert {"index.html", "build.json"} <= {path.name for path in state.outputs}
    assert _state(project, dt.date(2026, 1, 21))[1]["late"] == 1
    changed = next(unit for unit in state.units if unit.state != "missing").inputs[0]
    changed.write_bytes(changed.read_bytes() + b"\0")
    assert _state(project)[1]["stale"] == 1


def test_it_stops_when_asked_and_goes_on_from_there(
    project: Project, forms: dict[int, list[bytes]]
) -> None:
    receive(project, [(f"{n}.xlsx", d) for n, d in enumerate(forms[YEAR])])
    stop = Stop()
    with pytest.raises(CancelledError, match="接着做"):
        project.build(hear=lambda _: stop(), stop=stop)
    words = Counter(one.word for one in project.build().outcomes)
    assert words["unchanged"] >= 1
    assert sum(words.values()) == 3


def test_a_listener_hears_a_build_of_one_form_too(
    project: Project, forms: dict[int, list[bytes]]
) -> None:
    receipts = receive(project, [(f"{n}.xlsx", d) for n, d in enumerate(forms[YEAR])])
    heard: list[tuple[str, str | None]] = []
    project.build(
        [path for one in receipts[:1] if (path := one.target)],
        hear=lambda event: heard.append((event.phase.value, event.outcome)),
    )
    assert len(heard) == 4
    assert [outcome for _, outcome in heard].count(None) == 3, "two that were judged, the county"
