"""What every code owes its readers: a place in the registry, a name, advice and a page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import gxgen
from gxgen.checks import registry
from gxgen.diagnostics import Finding, Severity
from gxgen.errors import UsageError
from gxgen.show.explain import explain_text

PACKAGE = Path(gxgen.__file__).parent
CODES = list(registry.modules())
PARTS = ("什么：", "为什么：", "例子：", "怎么改：", "依据：")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
EACH_CODE = pytest.mark.parametrize("code", CODES)


@EACH_CODE
def test_code_is_that_of_its_module(code: str) -> None:
    rule = registry.rule(code)
    group, module = registry.modules()[code].split(".")[-2:]
    assert rule.code == code
    assert module == f"{code.lower()}_{rule.name.replace('-', '_')}"
    assert group == f"gx{code[2]}xx"


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


def test_diagnosis_takes_the_finding_s_own_advice_first() -> None:
    own = registry.diagnose(
        Finding("GX101", "不符。", hint="改这里。"), agency=None, year=None, file=None
    )
    assert own.hint == "改这里。"
    general = registry.diagnose(Finding("GX101", "不符。"), agency="某局", year=2023, file="a.xlsx")
    assert general.hint == registry.rule("GX101").hint
    assert (general.agency, general.year, general.file) == ("某局", 2023, "a.xlsx")
