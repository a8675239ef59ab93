"""Another edition, invented: its declaration, its templates and its tests are all that it takes."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from gxgen.editions import EDITION_IDS, PUBLISHED_ONLY
from tests.support import ROOT

YEAR, LAST = 2026, EDITION_IDS[-1]
AGENCY, GOVERNMENT = "样县东山镇人民政府", "样县人民政府"
HEADING, ROW = "存在的不足和改进措施", "3.申请人书面撤回申请"
CHANGES = (
    (f'id="{LAST}"', f'id="{YEAR}"'),
    (f"first_year={LAST}", f"first_year={YEAR}"),
    ("〔2021〕30号", "〔2026〕99号"),
    (
        '            Leaf("other", "3.其他"),\n',
        f'            Leaf("withdrawn", "{ROW}"),\n            Leaf("other", "4.其他"),\n',
    ),
    (
        "EDITION = Edition(",
        "(OVERVIEW, PUBLISHED, REQUESTED, REMEDIED, _, OTHERS) = SECTIONS\n"
        f'MENDED = Section("5", "{HEADING}", "写不足和措施。", narrative=True)\n\n'
        "EDITION = Edition(",
    ),
    ("*SECTIONS)", "OVERVIEW, PUBLISHED, REQUESTED, REMEDIED, MENDED, OTHERS)"),
    ("Kind, Notice", "Kind, Notice, Section"),
)
"""From the newest declaration to the invented one: a row more in table three, another heading."""
ADDED = {
    f"gxgen/editions/y{YEAR}.py",
    f"templates/official/report-{YEAR}.docx",
    f"templates/illustrated/report-{YEAR}.docx",
}
FILL = """
import json, sys
from pathlib import Path
from gxgen.editions.declared import edition_for_year
from gxgen.model.agency import Agency
from gxgen.model.record import to_record
from tests.factory import make_report
year, *names = sys.argv[1:]
for name in names:
    report = make_report(edition_for_year(int(year)), int(year), agency=Agency(name))
    Path(f"{name}{year}.json").write_text(json.dumps(to_record(report)), encoding="utf-8")
"""


class Copy:
    """The tree with the new edition in it, and a county beside it."""

    def __init__(self, home: Path) -> None:
        self.tree, self.county = home / "tree", home / "county"
        for name in ("gxgen", "templates"):
            ignore = shutil.ignore_patterns("__pycache__")
            shutil.copytree(ROOT / name, self.tree / name, ignore=ignore)
        self.before = self.digests()
        self.county.mkdir()

    def digests(self) -> dict[str, str]:
        return {
            path.relative_to(self.tree).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in self.tree.rglob("*")
            if path.is_file() and "__pycache__" not in path.parts
        }

    def python(self, *words: str, code: int = 0, cwd: Path | None = None) -> str:
        paths = os.pathsep.join((str(self.tree), str(ROOT)))
        done = subprocess.run(
            [sys.executable, *words],
            cwd=cwd or self.county,
            env={**os.environ, "PYTHONPATH": paths, "GXGEN_CACHE": str(self.county / ".cache")},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout

    def gxgen(self, *words: str, code: int = 0) -> str:
        return self.python("-m", "gxgen", *words, code=code)

    def form(self, year: int) -> Path:
        return self.county / f"inputs/{year}/{AGENCY}.xlsx"


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    made = Copy(tmp_path_factory.mktemp("another"))
    declaration = (made.tree / f"gxgen/editions/y{LAST}.py").read_text(encoding="utf-8")
    for old, new in CHANGES:
        assert old in declaration, old
        declaration = declaration.replace(old, new)
    target = made.tree / f"gxgen/editions/y{YEAR}.py"
    target.write_text(declaration, encoding="utf-8")
    for style in ("official", "illustrated"):
        made.python("-m", f"gxgen.templates.scaffold.{style}", str(made.tree / "templates" / style))
    for year in (YEAR - 1, YEAR):
        made.python("-c", FILL, str(year), AGENCY, GOVERNMENT)
        records = map(str, made.county.glob(f"*{year}.json"))
        made.gxgen("import", *records, "--to", f"inputs/{year}")
    settings = (
        f'county = "样县"\ngovernment = "{GOVERNMENT}"\nyear = {YEAR}\n'
        f'\n[[agency]]\nname = "{AGENCY}"\n'
    )
    (made.county / "inputs/county.toml").write_text(settings, encoding="utf-8")
    return made


def test_every_format_is_built_of_it_and_of_the_one_before(copy: Copy) -> None:
    for year in (YEAR - 1, YEAR):
        copy.gxgen("build", f"inputs/{year}", "--format", "docx,html,fragment,pdf")
        made = {p.name for p in (copy.county / "output").rglob(f"{AGENCY}{year}*")}
        title = f"{AGENCY}{year}年政府信息公开工作年度报告"
        assert made == {title + end for end in (".docx", ".html", "（供网站粘贴）.html", ".pdf")}
        for page in (copy.county / "output").rglob(f"{title}.html"):
            text = page.read_text(encoding="utf-8")
            assert (HEADING in text, ROW in text) == (year == YEAR, year == YEAR)


def test_it_is_read_checked_and_shown(copy: Copy) -> None:
    assert "没有问题" in copy.gxgen("check", str(copy.form(YEAR)))
    record = json.loads(copy.gxgen("show", "--format", "json", str(copy.form(YEAR))))
    assert record["edition"] == str(YEAR)
    assert record["values"]["requests.other_handling.withdrawn.individual"] > 0
    assert HEADING in [item["heading"] for item in record["narrative"]]


def test_it_is_rolled_up(copy: Copy) -> None:
    assert "汇总了 1 份" in copy.gxgen("rollup", "--year", str(YEAR))
    made = {path.name for path in (copy.county / "output").rglob(f"{GOVERNMENT}{YEAR}*")}
    title = f"{GOVERNMENT}{YEAR}年政府信息公开工作年度报告"
    assert {f"{title}.docx", f"{title}汇总明细.xlsx"} <= made


def test_its_templates_are_clean_and_an_older_style_serves_its_own_edition(copy: Copy) -> None:
    own = copy.county / "templates" / "本县"
    own.mkdir(parents=True)
    shutil.copyfile(copy.tree / f"templates/illustrated/report-{LAST}.docx", own / "report.docx")
    for style in ("official", "illustrated"):
        said = copy.gxgen("template", "check", style).splitlines()
        assert f"report-{YEAR}.docx  没有问题" in said
    said = copy.gxgen("template", "check", "本县", code=1).splitlines()
    assert "report.docx  没有问题" in said
    assert f"样式“本县”没有{YEAR}年版格式的模板（report-{YEAR}.docx）" in "".join(said)
    (own / "style.toml").write_text('from = "official"\n', encoding="utf-8")
    said = copy.gxgen("template", "check", "本县").splitlines()
    assert "report.docx  没有问题" in said
    assert f"report-{YEAR}.docx（来自自带的样式“official”）  没有问题" in said


def test_the_declaration_keeps_the_rules_of_declarations(copy: Copy) -> None:
    rules = str(ROOT / "tests/test_architecture.py")
    said = copy.python("-m", "pytest", "-q", "-o", "pythonpath=", rules, "-k", "literals")
    assert f"{len(EDITION_IDS) + len(PUBLISHED_ONLY) + 1} passed" in said


def test_a_demo_county_is_filled_with_it(copy: Copy) -> None:
    copy.gxgen("init", "试县", "--county", "试县", "--demo", "3", "--year", str(YEAR))
    forms = list((copy.county / "试县").rglob(f"{YEAR}/*.xlsx"))
    assert len(forms) == 4  # the government files too
    assert "没有问题" in copy.gxgen("check", *map(str, forms))


def test_nothing_but_its_own_files_was_added_or_changed(copy: Copy) -> None:
    after = copy.digests()
    assert {name for name in after if after[name] != copy.before.get(name)} == ADDED
    assert copy.before.keys() <= after.keys()
