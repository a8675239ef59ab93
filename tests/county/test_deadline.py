"""逾期未报: who is late follows from the day of the build, and from nothing else."""

from __future__ import annotations

import datetime as dt
import json
import random
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gxgen import api
from gxgen.cli import main
from gxgen.cli.screen import print_build
from gxgen.county.batch import Options, Result, build_all
from gxgen.county.plan import plan
from tests.county.test_incremental import NAMES, YEAR, Project, visible

DEADLINE = dt.date(YEAR + 1, 1, 20)
NEXT = DEADLINE + dt.timedelta(days=1)


class Timed(Project):
    """A county with a last day for filing, built on a day of one's choice."""

    deadline: dt.date | None = DEADLINE

    def write_settings(self) -> None:
        super().write_settings()
        path = self.inputs / "county.toml"
        text = path.read_text(encoding="utf-8")
        if self.deadline is not None:
            path.write_text(f"deadline = {self.deadline}\n{text}", encoding="utf-8")

    def on(self, today: dt.date | None, output: str = "output") -> Result:
        jobs = plan([self.inputs], self.root / output)
        return build_all(jobs, Options(today=today))

    def page(self) -> str:
        return (self.root / f"output/{YEAR}/index.html").read_text(encoding="utf-8")


@pytest.fixture
def timed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Timed:
    monkeypatch.chdir(tmp_path)
    return Timed(tmp_path)


def _state(page: str, agency: str) -> str:
    row = page[page.index("<tbody") :].partition(agency)[2].partition("</tr>")[0]
    return next(word for word in ("逾期未报", "未报", "已生成") if word in row)


def test_only_after_the_day_is_an_absent_agency_late(timed: Timed) -> None:
    timed.apply(("withdraw", 1, 0))
    for today, word in ((None, "未报"), (DEADLINE, "未报"), (NEXT, "逾期未报")):
        result = timed.on(today)
        assert [agency.name for _, _, agency in result.missing] == [NAMES[1]]
        assert [county.name for county in result.late] == (["某县"] if today == NEXT else [])
        assert _state(timed.page(), NAMES[1]) == word
        assert _state(timed.page(), NAMES[0]) == "已生成"
    timed.deadline = None
    timed.write_settings()
    timed.on(NEXT)
    assert _state(timed.page(), NAMES[1]) == "未报"


def test_the_day_passes_and_only_what_tells_of_it_is_made_anew(timed: Timed) -> None:
    timed.apply(("withdraw", 1, 0))
    timed.on(DEADLINE)
    before = visible(timed.root / "output")
    result = timed.on(NEXT)
    after = visible(timed.root / "output")
    assert {unit.word for unit in result.outcomes} == {"unchanged"}
    changed = {name for name in after if after[name] != before[name]}
    told = ("index.html", "build.json", "催报.txt", "报送情况通报.docx")
    assert changed == {f"{YEAR}/{name}" for name in told}


def test_the_day_passes_and_nobody_is_missing_nothing_is_written(timed: Timed) -> None:
    timed.on(DEADLINE)
    files = [path for path in timed.root.joinpath("output").rglob("*") if path.is_file()]
    before = {path: (path.stat().st_ino, path.stat().st_mtime_ns) for path in files}
    assert timed.on(NEXT).late == ()
    assert {path: (path.stat().st_ino, path.stat().st_mtime_ns) for path in files} == before


def test_the_manifest_keeps_to_its_four_outcomes(timed: Timed) -> None:
    timed.apply(("withdraw", 1, 0))
    timed.on(NEXT)
    data = json.loads((timed.root / f"output/{YEAR}/build.json").read_bytes())
    assert {unit["outcome"] for unit in data["units"]} == {"built", "missing"}


EDITS = st.lists(
    st.tuples(
        st.sampled_from(("file", "withdraw", "roster", "settings", "deadline")),
        st.integers(0, 2),
        st.integers(0, 2),
        st.integers(-2, 3),
    ),
    min_size=1,
    max_size=4,
)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edits=EDITS, seed=st.integers(0, 9999))
def test_whatever_the_days_an_incremental_build_equals_a_clean_one(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    edits: list[tuple[str, int, int, int]],
    seed: int,
) -> None:
    root = tmp_path / str(random.Random(f"{edits}{seed}").getrandbits(64))
    root.mkdir()
    monkeypatch.chdir(root)
    project = Timed(root)
    project.file(NAMES[3], 0)
    project.on(DEADLINE)
    today = DEADLINE
    for kind, which, variant, days in edits:
        if kind == "deadline":
            project.deadline = None if variant == 2 else DEADLINE + dt.timedelta(days=variant)
            project.write_settings()
        else:
            project.apply((kind, which, variant))
        today = DEADLINE + dt.timedelta(days=days)
        project.on(today)
    project.on(today, "clean")
    assert visible(root / "output") == visible(root / "clean")
    shutil.rmtree(root)


def test_the_summary_says_who_is_late(timed: Timed, capsys: pytest.CaptureFixture[str]) -> None:
    timed.apply(("withdraw", 1, 0))
    print_build(timed.on(DEADLINE), why=False)
    assert f"  未报送：某县 {NAMES[1]}（{YEAR}年度）" in capsys.readouterr().out
    print_build(timed.on(NEXT), why=False)
    assert f"  逾期未报：某县 {NAMES[1]}（{YEAR}年度）" in capsys.readouterr().out


def test_the_command_goes_by_this_machine_s_day(
    timed: Timed, monkeypatch: pytest.MonkeyPatch
) -> None:
    timed.apply(("withdraw", 1, 0))
    assert dt.date.today() > DEADLINE
    assert main(["build", "--quiet"]) == 0
    assert _state((timed.root / f"output/{YEAR}/index.html").read_text("utf-8"), NAMES[1]) == (
        "逾期未报"
    )
    assert api.build([], today=DEADLINE).late == ()
