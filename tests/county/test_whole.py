"""The county's own report is final only over the whole year: whatever cuts a build short or leaves
a form unread, there is a draft that says who is lacking, and the next whole build is as a clean
one."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest

from gxgen import api
from gxgen.county.batch import Options, Result, build_all
from gxgen.county.plan import plan
from gxgen.county.rollup import roll_up
from tests.county.test_incremental import visible
from tests.county.test_rollup import COUNTY, NAMES, YEAR, all_units, faulty, own
from tests.county.test_unreadable import drafts

AGENCIES = 5
YEAR_BUILT = 2024
GOVERNMENT = "云垟县人民政府"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sound county with a roster, and what a build makes of it undisturbed."""
    root = tmp_path_factory.mktemp("whole")
    api.init(root, county="云垟县", year=YEAR_BUILT, demo=AGENCIES, years=1)
    api.build([root / "inputs"], output=root / "output", workers=1)
    assert not drafts(root / "output")
    return root


@pytest.fixture(params=["with a roster", "without a roster"])
def county(made: Path, tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """The same, not built yet."""
    shutil.copytree(made / "inputs", tmp_path / "inputs")
    if request.param == "without a roster":
        settings = tmp_path / "inputs" / "county.toml"
        said = settings.read_text(encoding="utf-8")
        settings.write_text(said[: said.index("[[agency]]")], encoding="utf-8")
    return tmp_path


def forms(county: Path) -> list[Path]:
    """The agencies' forms."""
    found = sorted((county / "inputs" / str(YEAR_BUILT)).glob("*.xlsx"))
    return [path for path in found if path.stem != GOVERNMENT]


def build(county: Path, *paths: Path, **options: object) -> Result:
    given = list(paths) or [county / "inputs"]
    return api.build(given, output=county / "output", workers=1, **options)  # type: ignore[arg-type]


def told(result: Result) -> str:
    """What the roll-up says of forms that are not read."""
    return "".join(d.message for _, _, found in result.rollups for d in found if d.code == "GX721")


def as_clean(county: Path) -> bool:
    """Whether a whole build of what stands there gives what a clean one gives, and it is final."""
    build(county)
    api.build([county / "inputs"], output=county / "clean", workers=1)
    return visible(county / "output") == visible(county / "clean") and not drafts(county / "output")


def test_one_agency_of_several_is_built_and_all_are_judged(county: Path) -> None:
    first, *others = forms(county)
    steps: list[tuple[int, int]] = []
    result = build(county, first, progress=lambda _, done, total: steps.append((done, total)))
    assert {total for _, total in steps} == {len(list(first.parent.glob("*.xlsx")))}
    assert all(done <= total for done, total in steps)
    assert (result.exit_status, result.missing, told(result)) == (0, (), "")
    assert not drafts(county / "output"), "the sums are of all"
    written = {path.name for path in (county / "output" / str(YEAR_BUILT)).glob("*年度报告*.docx")}
    assert [path.stem for path in others if any(path.stem in name for name in written)] == []
    page = (county / "output" / str(YEAR_BUILT) / "index.html").read_text(encoding="utf-8")
    assert all(path.stem in page for path in others)
    assert as_clean(county)


def test_an_agency_built_again_is_added_to_what_the_others_still_say(county: Path) -> None:
    build(county)
    forms(county)[0].with_suffix(".txt").write_text("", encoding="utf-8")
    result = build(county, forms(county)[0])
    assert result.exit_status == 0
    assert not drafts(county / "output")
    assert as_clean(county)


@pytest.mark.parametrize("what", ["form", "text", "gone", "new", "unreadable"])
def test_what_another_agency_s_form_said_before_does_not_count(county: Path, what: str) -> None:
    build(county)
    first, other, *_ = forms(county)
    if what == "form":
        other.write_bytes(first.read_bytes()[:-1])
    elif what == "text":
        other.with_suffix(".txt").write_text("", encoding="utf-8")
    elif what == "gone":
        other.unlink()
    elif what == "new":
        (other.parent / "新单位.xlsx").write_bytes(b"")
    else:
        other.unlink()
        other.mkdir()
    result = build(county, first)
    roster = "[[agency]]" in (county / "inputs" / "county.toml").read_text(encoding="utf-8")
    counts = {"text": False, "gone": roster}
    assert bool(drafts(county / "output")) == counts.get(what, True)
    assert ("这次读不了" in told(result)) == (what == "unreadable")


def test_a_corrected_form_in_a_second_file_is_not_passed_over(county: Path) -> None:
    build(county)
    first, other, *_ = forms(county)
    shutil.copy(other, other.with_stem(f"{other.stem}（更正）"))
    result = build(county, first)
    assert "GX712" in {d.code for _, _, found in result.rollups for d in found}


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """More agencies than are under way at a time, without a roster."""
    root = tmp_path_factory.mktemp("many")
    api.init(root, county="云垟县", year=YEAR_BUILT, demo=12, years=1)
    settings = root / "inputs" / "county.toml"
    said = settings.read_text(encoding="utf-8")
    settings.write_text(said[: said.index("[[agency]]")], encoding="utf-8")
    return root


@pytest.mark.parametrize("trouble", [KeyboardInterrupt, SystemExit, RuntimeError])
@pytest.mark.parametrize("before", ["nothing", "all"])
def test_cut_short_it_is_a_draft_and_the_next_run_goes_on(
    many: Path, tmp_path: Path, trouble: type[BaseException], before: str
) -> None:
    county = Path(shutil.copytree(many, tmp_path / "county"))
    if before == "all":
        build(county)
        for path in forms(county):
            path.with_suffix(".txt").write_text("", encoding="utf-8")

    def stop(_name: str, done: int, _all: int) -> None:
        if done == 2:
            raise trouble

    with pytest.raises(trouble):
        build_all(plan([county / "inputs"], county / "output"), Options(chunk=1), stop)
    assert drafts(county / "output")
    listed = json.loads((county / "output" / str(YEAR_BUILT) / "build.json").read_bytes())["units"]
    assert any(unit["outcome"] == "built" for unit in listed)
    assert "unchanged" in {outcome.word for outcome in build(county).outcomes}
    assert as_clean(county)


def test_cut_short_with_nothing_changed_it_stays_as_it_is(county: Path) -> None:
    build(county)
    before = visible(county / "output")

    def stop(_name: str, done: int, _all: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(county, progress=stop, force=True)
    assert visible(county / "output") == before


def test_a_form_called_as_the_government_s_own_is_nobody_s(county: Path) -> None:
    own = county / "inputs" / str(YEAR_BUILT) / f"{GOVERNMENT}.xls"
    own.write_bytes(b"")
    result = build(county, *forms(county))
    assert told(result) == ""
    assert not drafts(county / "output")
    assert f"没有读这份县政府的填报表：{own.name}" in "".join(result.remarks)


def test_a_final_report_that_is_held_open_is_told_and_withdrawn_the_next_time(
    county: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(county)
    final = next((county / "output" / str(YEAR_BUILT)).glob(f"{GOVERNMENT}*报告.docx"))
    with monkeypatch.context() as patch:
        unlink = Path.unlink

        def stand_in(path: Path, missing_ok: bool = False) -> None:
            if path == final:
                raise PermissionError(13, "Permission denied", str(path))
            unlink(path, missing_ok)

        patch.setattr(Path, "unlink", stand_in)
        (final.parent.parent.parent / "inputs" / str(YEAR_BUILT) / "新.xlsx").write_bytes(b"")
        result = build(county, forms(county)[0])
    assert final.exists()
    assert result.exit_status == 2
    assert any("撤不下" in fault and final.name in fault for fault in result.faults)
    build(county, forms(county)[0])
    assert not final.exists()


def test_a_fault_of_gxgen_s_own_in_the_county_s_files_costs_no_agency(
    county: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setattr("gxgen.county.county_files.county_files", broken)
        result = build(county)
        with pytest.raises(RuntimeError):
            build(county, debug=True)
    assert result.exit_status == 3
    assert any("没有做出全县的汇总" in fault for fault in result.faults)
    assert {outcome.word for outcome in build(county).outcomes} == {"unchanged"}
    assert as_clean(county)


WAYS: dict[str, Callable[[str], list]] = {
    "sound": lambda name: [one for one in all_units() if one.agency == name],
    "faulty": lambda name: [faulty(name)],
    "missing": lambda name: [],
    "not read": lambda name: [one for one in all_units() if one.agency == name],
}


@pytest.mark.parametrize("roster", [True, False])
@pytest.mark.parametrize("ways", list(product(WAYS, repeat=len(NAMES) - 1)), ids="-".join)
def test_final_is_only_what_all_are_in(ways: tuple[str, ...], roster: bool) -> None:
    names = NAMES[1:]
    units = [one for one in all_units() if one.agency == NAMES[0]]
    units += [one for name, way in zip(names, ways, strict=True) for one in WAYS[way](name)]
    unread = {f"{n}.xlsx": "x" for n, way in zip(names, ways, strict=True) if way == "not read"}
    county = COUNTY if roster else replace(COUNTY, roster=())
    rolled = roll_up(county, YEAR, units, own(), unread=unread)
    lacking = {"faulty", "not read"} | ({"missing"} if roster else set())
    assert rolled.draft == bool(lacking & set(ways))
    sound = [name for name, way in zip(names, ways, strict=True) if way == "sound"]
    assert set(rolled.units) == {NAMES[0], *sound}
    assert rolled.missing == tuple(
        name for name, way in zip(names, ways, strict=True) if roster and way == "missing"
    )
