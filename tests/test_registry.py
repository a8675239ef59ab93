"""What every code owes its readers: a place in the registry, a name, advice and a page."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

import gxgen
from gxgen.checks import registry
from gxgen.checks.page import read_page
from gxgen.checks.rule import Rule
from gxgen.diagnostics import Addressee, Finding, Severity
from gxgen.errors import UsageError
from gxgen.show.explain import explain_text

PACKAGE = Path(gxgen.__file__).parent
CHECKS = PACKAGE / "checks"
CODES = list(registry.homes())
PARTS = ("什么：", "为什么：", "例子：", "怎么改：", "依据：")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
EACH_CODE = pytest.mark.parametrize("code", CODES)


@EACH_CODE
def test_code_is_that_of_its_file(code: str) -> None:
    rule, home = registry.rule(code), registry.homes()[code]
    assert re.fullmatch(r"GX\d{3}", code)
    assert rule.code == code
    if rule.check is None:
        assert home == CHECKS / "codes" / f"{code}.md"
    else:
        assert home == CHECKS / "rules" / f"{code.lower()}_{rule.name.replace('-', '_')}.py"


def test_every_file_is_the_one_home_of_a_code() -> None:
    files = [path for folder in ("rules", "codes") for path in (CHECKS / folder).iterdir()]
    homes = [path for path in files if path.name not in ("__init__.py", "__pycache__")]
    assert sorted(homes) == sorted(registry.homes().values())
    assert [rule.code for rule in registry.rules()] == sorted(CODES)


def test_one_code_reads_no_other_page() -> None:
    code = (
        "import pathlib, sys\n"
        "read = []\n"
        "sys.addaudithook(lambda e, a: read.append(str(a[0])) if e == 'open' else None)\n"
        "from gxgen.checks import registry\n"
        "registry.checks(), registry.rule('GX619')\n"
        "print([pathlib.Path(p).name for p in read if p.endswith('.md')])"
    )
    run = [sys.executable, "-c", code]
    done = subprocess.run(run, capture_output=True, text=True, check=True, cwd=PACKAGE.parent)
    assert done.stdout.strip() == "['GX619.md']"


@pytest.mark.parametrize(
    ("line", "text"),
    [
        (1, "code: GX619"),
        (2, "code: GX618"),
        (2, "name: outside-reference"),
        (3, "name:"),
        (4, "severity: fatal"),
        (5, "addressee: boss"),
        (6, "sinse: 0.1.0"),
        (7, "hint: "),
        (8, "note: 另有一项"),
    ],
)
def test_fault_in_the_head_of_a_page_is_told_with_its_line(
    tmp_path: Path, line: int, text: str
) -> None:
    lines = (CHECKS / "codes" / "GX619.md").read_text(encoding="utf-8").split("\n")
    lines[line - 1] = text
    page = tmp_path / "GX619.md"
    page.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(ValueError, match=rf"GX619\.md:{line}: "):
        read_page(page)
    page.write_text("\n".join(lines[: line - 1]), encoding="utf-8")
    with pytest.raises(ValueError, match=r"GX619\.md:\d: "):
        read_page(page)


@EACH_CODE
def test_name_says_the_defect_in_kebab_case(code: str) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)+", registry.rule(code).name)


def test_names_are_unique() -> None:
    names = [rule.name for rule in registry.rules()]
    assert len(set(names)) == len(names)


@EACH_CODE
def test_rule_has_severity_version_and_chinese_advice(code: str) -> None:
    rule = registry.rule(code)
    assert isinstance(rule.severity, Severity)
    assert re.fullmatch(r"\d+\.\d+\.\d+", rule.since)
    assert CHINESE.search(rule.hint)
    assert rule.hint.endswith(("。", "？"))


ADDRESSEES = {
    range(1, 600): Addressee.CLERK,
    range(601, 621): Addressee.DESIGNER,
    range(621, 644): Addressee.OFFICER,
    range(644, 656): Addressee.DESIGNER,
    range(656, 730): Addressee.OFFICER,
    range(730, 740): Addressee.CLERK,
    range(740, 1000): Addressee.OFFICER,
}
OFFICER_S_WHILE_READING = {"GX019", "GX070", "GX071"}
"""A program that is too old, and last year's form, which lies in the county's folder."""
CLERK_S_AMONG_FILES = {"GX708", "GX709"}
"""A form that is not filled."""


@EACH_CODE
def test_addressee_is_who_can_mend(code: str) -> None:
    usual = next(who for codes, who in ADDRESSEES.items() if int(code[2:]) in codes)
    wanted = Addressee.OFFICER if code in OFFICER_S_WHILE_READING else usual
    wanted = Addressee.CLERK if code in CLERK_S_AMONG_FILES else wanted
    assert registry.rule(code).addressee is wanted


def test_no_rule_goes_without_addressee() -> None:
    with pytest.raises(TypeError, match="addressee"):
        Rule(code="GX101", name="a-b", severity=Severity.NOTE, since="0.1.0", hint="改。")


@EACH_CODE
def test_page_has_a_title_and_all_parts_in_order(code: str) -> None:
    title, _, body = registry.page(code).partition("\n")
    assert CHINESE.search(title)
    starts = [body.find(f"\n{part}") for part in PARTS]
    assert -1 not in starts, f"{code} lacks {PARTS[starts.index(-1)]}"
    assert starts == sorted(starts)
    for part, text in zip(
        PARTS, re.split("|".join(f"\n{p}" for p in PARTS), body)[1:], strict=True
    ):
        assert text.strip(), f"{code}: {part} is empty"


@pytest.mark.parametrize("code", [code for code in CODES if code[2] in "12345"])
def test_basis_of_a_rule_on_content_is_a_document_or_said_to_be_inferred(code: str) -> None:
    basis = registry.page(code).partition("\n依据：")[2]
    assert re.search(r"〔\d{4}〕|《.+》|推定", basis)


@EACH_CODE
def test_explained_page_opens_with_code_name_and_weight(code: str) -> None:
    rule, text = registry.rule(code), explain_text(code.lower())
    assert text.startswith(f"{code} {rule.name}（{rule.severity.label}）")
    assert rule.hint in text
    assert "\n\n\n" not in text


def test_unknown_code_offers_near_ones() -> None:
    with pytest.raises(UsageError, match=r"没有编号“GX110”.*GX10\d"):
        explain_text("GX110")


def test_codes_in_the_source_exist() -> None:
    for path in sorted(PACKAGE.rglob("*.py")):
        used = set(re.findall(r"\bGX\d{3}\b", path.read_text(encoding="utf-8")))
        assert used <= set(CODES), f"{path.name}: {sorted(used - set(CODES))}"


def test_every_code_without_a_check_is_found_by_some_reader_or_writer() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))
    assert [r.code for r in registry.rules() if r.check is None and r.code not in source] == []


@EACH_CODE
def test_codes_on_a_page_exist(code: str) -> None:
    assert set(re.findall(r"GX\d{3}", registry.page(code))) <= set(CODES)


def test_diagnosis_takes_the_finding_s_own_advice_first() -> None:
    own = registry.diagnose(
        Finding("GX101", "不符。", hint="改这里。"), agency=None, year=None, file=None
    )
    assert own.hint == "改这里。"
    general = registry.diagnose(Finding("GX101", "不符。"), agency="某局", year=2023, file="a.xlsx")
    assert general.hint == registry.rule("GX101").hint
    assert (general.agency, general.year, general.file) == ("某局", 2023, "a.xlsx")
