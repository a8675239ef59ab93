"""CONTRIBUTING, carried out: each kind of change touches the files that it names and no other."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.support import ROOT

pytestmark = pytest.mark.slow
KEPT = ("gxgen", "tests", "templates", "inputs", "benchmarks", "pyproject.toml", "CONTRIBUTING.md")
META = (
    "tests/test_architecture.py",
    "tests/test_registry.py",
    "tests/formats/test_format_registry.py",
    "tests/test_planted.py::test_every_code_has_a_planter_or_a_reason_why_nothing_filed_"
    "can_earn_it",
    "tests/test_planted.py::test_every_rule_with_a_check_is_planted",
)


@dataclass(frozen=True)
class Exercise:
    """A change: files that are new, and (old, new) in those that are there.

    ``section`` is the heading of CONTRIBUTING that names the files; ``names`` stand for its
    capital words. ``tests`` are the change's own beside the house's.
    """

    section: str
    new: dict[str, str] = field(default_factory=dict)
    changed: dict[str, tuple[str, str]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    tests: tuple[str, ...] = ()

    @property
    def files(self) -> set[str]:
        return {*self.new, *self.changed}


RULE = '''"""新收申请的数与行政许可的数相同

什么：新收申请总计与行政许可处理决定数量是同一个数。

为什么：两个数各有来历，碰巧相同的很少，多半是抄错了行。

例子：新收申请 77 件，行政许可也是 77 件。

怎么改：对照台账，看哪一个是抄错的；都不错的，在“说明”表写明。

依据：推定。
"""

from __future__ import annotations

from collections.abc import Iterator

from gxgen.checks.rule import Rule
from gxgen.checks.wording import figure, finding_at, named_cell
from gxgen.diagnostics import Addressee, Finding, Severity
from gxgen.model.report import Report

LICENSING = "disclosure.licensing.decisions"
RECEIVED = "requests.received.total"


def check(report: Report) -> Iterator[Finding]:
    """The same number of two digits or more."""
    number = report.values.get(LICENSING)
    if number is not None and number > 9 and number == report.values.get(RECEIVED):
        message = f"{named_cell(report, LICENSING)}是 {figure(report, LICENSING)}，与新收申请相同。"
        yield finding_at(report, RULE.code, message, LICENSING)


RULE = Rule(
    code="GX298",
    name="same-as-received",
    severity=Severity.WARNING,
    addressee=Addressee.CLERK,
    since="0.2.0",
    hint="对照台账核对。",
    check=check,
)
'''
RULE_PAGE = """# GX298 same-as-received

An invented rule: the number of licences is hardly ever that of the requests.

```case 2021
表二!B11 = 15
---
表二!B11 GX298 是 15，与新收申请相同
```

Near miss: another number.

```case 2021
表二!B11 = 16
---
```
"""
CODE_PAGE = """---
code: GX098
name: postcode-of-zeros
severity: warning
addressee: clerk
since: 0.2.0
hint: 填写单位所在地的邮政编码。
---
邮政编码全是 0

什么：“基本信息”里的邮政编码是 000000。

为什么：没有这样的邮政编码，多半是为了填满而写的。

例子：邮政编码 000000。

怎么改：填写单位所在地的邮政编码，不知道的可以空着。

依据：推定。
"""
CODE_TEST = """

def test_a_postcode_of_zeros_is_told() -> None:
    from gxgen.form.read.plausible import doubts
    from gxgen.places import SheetCell

    place = SheetCell("基本信息", 9, 1)
    (found,) = doubts({"contact.postcode": "000000"}, {"contact.postcode": place})
    assert found.code == "GX098"
"""
CODE_PLANTER = """    yield Planter(
        "GX098",
        "邮政编码全是0",
        lambda site, _: site.filed(
            "GX098", site.form().put("基本信息!B11", "000000").data(), "基本信息!B11"
        ),
    )
    yield Planter("GX010","""
FORMAT = '''"""A report as plain text: one line for each block."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gxgen.formats.format import Format, Writer

if TYPE_CHECKING:
    from gxgen.diagnostics import Finding
    from gxgen.formats.manuscript import Manuscript


def _lines(text: Manuscript) -> list[str]:
    from gxgen.document.comparison import expected

    return [one[0] for one in expected(text.document.blocks) if isinstance(one, tuple)]


def _write(text: Manuscript) -> bytes:
    return "\\n".join(_lines(text)).encode()


def _verify(data: bytes, text: Manuscript) -> list[Finding]:
    from gxgen.diagnostics import Finding
    from gxgen.places import FilePart

    if data.decode().split("\\n") == "\\n".join(_lines(text)).split("\\n"):
        return []
    return [Finding("GX622", "文字与报告不同。", FilePart(text.report.title))]


TXT = Format("txt", "纯文本", ".txt", ("GX622",), Writer(_write, _verify))
'''
FORMAT_TEST = '''"""The invented format is built from the command line."""

from pathlib import Path

from typer.testing import CliRunner

from gxgen.cli.app import app
from tests.support import ROOT


def test_it_is_built(tmp_path: Path) -> None:
    form = next((ROOT / "inputs").rglob("*街道办事处.xlsx"))
    words = ["build", str(form), "-o", str(tmp_path), "--format", "txt", "-q"]
    assert CliRunner().invoke(app, words).exit_code == 0
    (made,) = tmp_path.rglob("*.txt")
    assert "总体情况" in made.read_text(encoding="utf-8")
'''
COLUMN_TEST = """

def test_coercive_measures_have_a_column() -> None:
    shown = [one.label for one in measures(edition_for_year(2023), None)]
    assert "行政强制" in shown
"""
SENTENCE_TEST = """

def test_it_says_how_many_were_looked_at(county: Path) -> None:
    done = CliRunner().invoke(app, ["check", str(county / "inputs"), "-q"])
    assert "看过了 25 份" in done.stdout
"""

EXERCISES = (
    Exercise(
        "A rule",
        {
            "gxgen/checks/rules/gx298_same_as_received.py": RULE,
            "tests/rules/GX298.md": RULE_PAGE,
        },
        names={"gxNNN_the_name": "gx298_same_as_received", "GXNNN": "GX298"},
        tests=("tests/checks/test_rule_pages.py",),
    ),
    Exercise(
        "A code",
        {"gxgen/checks/codes/GX098.md": CODE_PAGE},
        {
            "gxgen/form/read/plausible.py": (
                '        case "contact.postcode" if not',
                '        case "contact.postcode" if text == "000000":\n'
                '            return "GX098", f"{said}，没有这样的邮政编码"\n'
                '        case "contact.postcode" if not',
            ),
            "benchmarks/planting/forms.py": ('    yield Planter("GX010",', CODE_PLANTER),
            "tests/form/test_read.py": ("", CODE_TEST),
        },
        names={"GXNNN": "GX098"},
        tests=("tests/form/test_read.py",),
    ),
    Exercise(
        "A format",
        {
            "gxgen/formats/txt/__init__.py": '"""A report as plain text."""\n',
            "gxgen/formats/txt/declaration.py": FORMAT,
            "tests/formats/test_txt.py": FORMAT_TEST,
        },
        {
            "gxgen/formats/registry.py": (
                "from gxgen.formats.pdf.declaration import PDF\n",
                "from gxgen.formats.pdf.declaration import PDF\n"
                "from gxgen.formats.txt.declaration import TXT\n",
            ),
        },
        names={"NAME": "txt"},
        tests=("tests/formats/test_txt.py",),
    ),
    Exercise(
        "A standard indicator",
        changed={
            "gxgen/editions/indicators.py": (
                '    IndicatorRow("政协提案",',
                '    IndicatorRow("政务公开开放日", "次"),\n    IndicatorRow("政协提案",',
            ),
            "tests/data/forms/indicators.txt": ("政协提案 件", "政务公开开放日 次\n政协提案 件"),
        },
        tests=("tests/editions", "tests/form/test_indicators.py"),
    ),
    Exercise(
        "A column of the county's page",
        changed={
            "gxgen/show/county/measures.py": (
                '    "disclosure.penalties.decisions",\n',
                '    "disclosure.penalties.decisions",\n'
                '    "disclosure.coercive_measures.decisions",\n',
            ),
            "tests/show/test_county_page.py": ("", COLUMN_TEST),
        },
        tests=("tests/show/test_county_page.py",),
    ),
    Exercise(
        "A sentence on the screen",
        changed={
            "gxgen/cli/screen.py": ("核对了 {len(", "看过了 {len("),
            "tests/cli/test_many.py": ("", SENTENCE_TEST),
        },
        tests=("tests/cli/test_many.py::test_it_says_how_many_were_looked_at",),
    ),
)
EACH = pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.section)
CORRECTIONS = {"gxgen/formats/registry.py": ("PDF, DOC)", "PDF, DOC, TXT)")}
"""A second place in a file that is changed anyway."""


def named(exercise: Exercise) -> set[str]:
    """The files that a section of CONTRIBUTING names, its capital words filled in."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    section = text.split(f"\n## {exercise.section}\n")[1].split("\n## ")[0].split("\n\nHow ")[0]
    paths = re.findall(r"^- `([\w./-]+)`", section, re.MULTILINE)
    for old, new in exercise.names.items():
        paths = [path.replace(old, new) for path in paths]
    return set(paths)


def digests(tree: Path) -> dict[str, str]:
    return {
        path.relative_to(tree).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in tree.rglob("*")
        if path.is_file() and not {"__pycache__", ".pytest_cache", ".hypothesis"} & {*path.parts}
    }


def run_tests(tree: Path, *words: str) -> None:
    # The copy has no tools of its own: what needs them is skipped there, as on any other machine.
    environment = {name: value for name, value in os.environ.items() if name != "CI"}
    environment |= {"PYTHONPATH": str(tree), "GXGEN_CACHE": "off"}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *words],
        cwd=tree,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:]


@EACH
def test_it_touches_what_it_names_and_the_house_stands(exercise: Exercise, tmp_path: Path) -> None:
    assert named(exercise) <= exercise.files
    beside = {path for path in exercise.files - named(exercise) if "/__init__" not in path}
    # Only a test, or the module that finds a code, goes without a name of its own in the text.
    assert all(path.startswith(("tests/", "gxgen/form/read/")) for path in beside)
    # What is compiled comes along: only what changes need be compiled in the copy.
    ignore = shutil.ignore_patterns("node_modules", ".hypothesis")
    for name in KEPT:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, tmp_path / name, ignore=ignore)
        else:
            shutil.copyfile(ROOT / name, tmp_path / name)
    before = digests(tmp_path)
    for file, text in exercise.new.items():
        (tmp_path / file).parent.mkdir(exist_ok=True)
        (tmp_path / file).write_text(text, encoding="utf-8")
    for file, (old, new) in exercise.changed.items():
        text = (tmp_path / file).read_text(encoding="utf-8")
        assert old in text
        more = CORRECTIONS.get(file, ("", ""))
        changed = text.replace(old, new, 1) if old else text + new
        (tmp_path / file).write_text(changed.replace(*more, 1), encoding="utf-8")
    run_tests(tmp_path, *META, *exercise.tests)
    after = digests(tmp_path)
    assert {file for file in after if before.get(file) != after[file]} == exercise.files
