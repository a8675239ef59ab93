"""Incremental builds: whatever changes, in whatever order, the result is that of a clean build.

``python -m benchmarks.january 200`` tries two hundred sequences, of all commands and more edits.
"""

from __future__ import annotations

import dataclasses
import random
import shutil
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gxgen.county.batch import Options, Result, build_all, check_all
from gxgen.county.plan import plan
from gxgen.editions.declared import EDITIONS
from gxgen.form.write.workbook import blank_workbook
from gxgen.model.agency import Agency
from gxgen.model.narrative import Paragraph
from gxgen.model.report import Entry
from gxgen.templates.styles import shipped_templates
from tests.factory import make_report

EDITION = EDITIONS["2021"]
YEAR = 2024
NAMES = ("甲局", "乙镇人民政府", "丙街道办事处", "丁中心")
SAME_WORDS = (
    "在大厅东侧新设一处查阅角，摆放目录、指南和常见问答，由窗口人员轮流值守，"
    "来访的人可以当场查、当场问、当场带走复印件。"
)
OWN_WORDS = (
    "{0}把去年堆积在仓库里的旧档案逐箱清点，按年份重新编号，"
    "扫描以后上网，方便种粮大户和村民随时查找。"
)


@cache
def form(name: str, year: int, variant: int) -> bytes:
    """A workbook of an agency: variant 0 and 1 are sound and differ, 2 has a wrong total. 0 and 2
    say the same in one paragraph, whoever's they are."""
    report = make_report(EDITION, agency=Agency(name), year=year)
    said = Paragraph(OWN_WORDS.format(name) if variant == 1 else SAME_WORDS)
    first = dataclasses.replace(report.narrative[1], paragraphs=(said,))
    report = dataclasses.replace(
        report, narrative=(report.narrative[0], first, *report.narrative[2:])
    )
    entries = dict(report.entries)
    if variant:
        entries["disclosure.licensing.decisions"] = Entry(100 + variant, None)
    if variant == 2:
        entries["requests.received.total"] = Entry(9999, None)
    report = dataclasses.replace(report, entries=entries)
    return blank_workbook(EDITION, year, agency=report.agency, fill=report)


class Project:
    """A county on disk, edited as people edit it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.inputs = root / "inputs"
        self.roster = list(NAMES[:3])
        self.title = "某县"
        for name in NAMES[:3]:
            self.file(name, 0)
            self.file(name, 0, YEAR - 1)
        shutil.copytree(shipped_templates() / "official", root / "templates" / "official")
        self.write_settings()

    def path(self, name: str, year: int = YEAR) -> Path:
        return self.inputs / str(year) / f"{name}.xlsx"

    def file(self, name: str, variant: int, year: int = YEAR) -> None:
        path = self.path(name, year)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(form(name, year, variant))

    def write_settings(self) -> None:
        agencies = "".join(f'\n[[agency]]\nname = "{name}"\n' for name in self.roster)
        text = f'county = "{self.title}"\nyear = {YEAR}\n{agencies}'
        (self.inputs / "county.toml").write_text(text, encoding="utf-8")

    def restyle(self, size: int) -> None:
        path = self.root / "templates/official/report-2021.docx"
        with zipfile.ZipFile(shipped_templates() / "official/report-2021.docx") as old:
            members = {name: old.read(name) for name in old.namelist()}
        styles = members["word/styles.xml"].replace(b'w:val="44"', b'w:val="%d"' % size)
        members["word/styles.xml"] = styles
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
            for name, data in members.items():
                new.writestr(name, data)

    def apply(self, edit: tuple[str, int, int]) -> None:
        kind, which, variant = edit
        name = NAMES[which]
        match kind:
            case "file":
                self.file(name, variant)
            case "withdraw":
                self.path(name).unlink(missing_ok=True)
            case "last-year":
                self.file(name, variant % 2, YEAR - 1)
            case "no-last-year":
                self.path(name, YEAR - 1).unlink(missing_ok=True)
            case "twice":
                self.path(name + "（改）").write_bytes(form(name, YEAR, variant))
            case "restyle":
                self.restyle(40 + 2 * variant)
            case "roster":
                self.roster = list(NAMES[: which + 1])
                self.write_settings()
            case "settings":
                self.title = f"某县{variant}"
                self.write_settings()
            case "tamper":
                for path in sorted((self.root / "output").rglob("*年度报告*.docx"))[: variant + 1]:
                    path.unlink()

    def build(self, output: str, workers: int) -> Result | None:
        if not any(self.inputs.glob(f"{YEAR}/*.xlsx")):
            return None
        jobs = plan([self.inputs], self.root / output)
        return build_all(jobs, Options(workers=workers, chunk=1))


def visible(folder: Path) -> dict[str, bytes]:
    """Every file but gxgen's own hidden ones."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".gxgen" not in path.relative_to(folder).parts
    }


KINDS = (
    "file", "file", "withdraw", "last-year", "no-last-year", "twice", "restyle", "roster",
    "settings", "tamper",
)  # fmt: skip
EDITS = st.lists(
    st.tuples(st.sampled_from(KINDS), st.integers(0, 3), st.integers(0, 2)), min_size=1, max_size=4
)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Project]:
    monkeypatch.chdir(tmp_path)
    yield Project(tmp_path)


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edits=EDITS, workers=st.sampled_from([1, 1, 1, 1, 2, 4]), seed=st.integers(0, 9999))
def test_incremental_equals_clean(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    edits: list[tuple[str, int, int]],
    workers: int,
    seed: int,
) -> None:
    root = tmp_path / str(random.Random(f"{edits}{workers}{seed}").getrandbits(64))
    root.mkdir()
    monkeypatch.chdir(root)
    project = Project(root)
    project.build("output", workers)
    for edit in edits:
        project.apply(edit)
        project.build("output", workers)
    result = project.build("clean", 1)
    if result is not None:
        project.build("output", workers)
        assert visible(root / "output") == visible(root / "clean")
    shutil.rmtree(root)


def test_nothing_changed_nothing_written(project: Project) -> None:
    project.build("output", 1)
    before = {
        path: (path.stat().st_ino, path.stat().st_mtime_ns)
        for path in project.root.joinpath("output").rglob("*")
    }
    result = project.build("output", 1)
    assert result is not None
    assert [unit.word for unit in result.outcomes] == ["unchanged"] * 3
    after = {
        path: (path.stat().st_ino, path.stat().st_mtime_ns)
        for path in project.root.joinpath("output").rglob("*")
    }
    assert after == before


@pytest.mark.parametrize(
    ("edit", "why"),
    [
        (("file", 1, 1), {"乙镇人民政府": ("填报表",)}),
        (("last-year", 1, 1), {"乙镇人民政府": ("上年填报表",)}),
        (("no-last-year", 1, 0), {"乙镇人民政府": ("上年填报表",)}),
        (("settings", 0, 1), {}),
        (("file", 3, 0), {"丁中心": ("新收到",)}),
        (("tamper", 0, 0), {"丙街道办事处": ("生成的文件缺失或被改动",)}),
    ],
)
def test_only_what_changed_is_built_and_why_is_told(
    project: Project, edit: tuple[str, int, int], why: dict[str, tuple[str, ...]]
) -> None:
    project.build("output", 1)
    project.apply(edit)
    result = project.build("output", 1)
    assert result is not None
    told = {unit.judgement.agency: unit.causes for unit in result.outcomes if unit.causes}
    assert told == why


def test_a_new_template_rebuilds_all(project: Project) -> None:
    project.build("output", 1)
    project.apply(("restyle", 0, 1))
    result = project.build("output", 1)
    assert result is not None
    assert {unit.causes for unit in result.outcomes} == {("模板",)}


def test_a_file_edited_by_hand_is_set_aside(project: Project) -> None:
    first = project.build("output", 1)
    assert first is not None
    path = first.outcomes[0].outputs[0]
    path.write_bytes(b"edited in Word")
    project.apply(("file", NAMES.index(first.outcomes[0].judgement.agency), 1))
    result = project.build("output", 1)
    assert result is not None
    (aside,) = result.set_aside
    assert aside.read_bytes() == b"edited in Word"
    assert path.read_bytes() != b"edited in Word"


def test_a_withdrawn_workbook_takes_its_report_along(project: Project) -> None:
    first = project.build("output", 1)
    assert first is not None
    project.apply(("withdraw", 0, 0))
    result = project.build("output", 1)
    assert result is not None
    assert [path.name for path in result.removed] == ["甲局2024年政府信息公开工作年度报告.docx"]
    assert [agency.name for _, _, agency in result.missing] == ["甲局"]


def test_two_workbooks_of_one_agency_are_both_refused(project: Project) -> None:
    project.build("output", 1)
    project.apply(("twice", 0, 1))
    result = project.build("output", 1)
    assert result is not None
    refused = [u for u in result.outcomes if u.word == "refused"]
    errors = [d for u in refused for d in u.diagnostics if d.severity == "error"]
    assert [d.code for d in errors] == ["GX702", "GX702"]
    assert [unit.outputs for unit in refused] == [(), ()]
    checked = check_all(plan([project.inputs], project.root / "output"), Options())
    assert [d.code for d in checked.diagnostics if d.severity == "error"] == ["GX702", "GX702"]
    project.path("甲局（改）").unlink()
    result = project.build("output", 1)
    assert result is not None
    assert all(unit.passed for unit in result.outcomes)
    assert len(visible(project.root / "output")) >= 4
