"""Conditional formats that strike out or hide a figure are told, the usual ones are not."""

from __future__ import annotations

import pytest

from tests.form.faulty.form import Form
from tests.form.test_unseen import printed, told

STRIKE = "<font><strike/></font>"
WHITE = '<font><color rgb="FFFFFFFF"/></font>'
RED = '<font><color rgb="FFFF0000"/></font>'
ON_RED = f'{RED}<fill><patternFill><bgColor rgb="FFFF0000"/></patternFill></fill>'
WHITE_ON_RED = ON_RED.replace("FFFF0000", "FFFFFFFF", 1)
FIGURE = "表三!D9"


def ruled(form: Form, sheet: str, look: str, area: str, rule: str) -> Form:
    """With one more conditional format."""
    styles = form.parts["xl/styles.xml"].decode()
    number = styles.partition("<dxfs")[2].partition("</dxfs>")[0].count("<dxf>")
    form.edit("xl/styles.xml", "</dxfs>", f"<dxf>{look}</dxf></dxfs>")
    rule = rule.replace("<cfRule", f'<cfRule dxfId="{number}"', 1)
    block = f'<conditionalFormatting sqref="{area}">{rule}</conditionalFormatting>'
    return form.edit(form.part(sheet), "</worksheet>", f"{block}</worksheet>")


def compared(how: str, *numbers: str) -> str:
    formulas = "".join(f"<formula>{one}</formula>" for one in numbers)
    return f'<cfRule type="cellIs" operator="{how}" priority="1">{formulas}</cfRule>'


def expressed(formula: str) -> str:
    return f'<cfRule type="expression" priority="1"><formula>{formula}</formula></cfRule>'


HOLDS = [
    compared("greaterThan", "0"),
    compared("equal", "3"),
    compared("between", "5", "1"),
    compared("notEqual", "0"),
    compared("notBetween", "8", "9"),
    expressed("TRUE"),
    expressed("$A$1=7"),
    compared("greaterThan", "$B$1"),
    expressed("D8=0"),
    '<cfRule type="duplicateValues" priority="1"/>',
    '<cfRule type="notContainsBlanks"/>',
]
FAILS = [
    compared("equal", "0"),
    compared("lessThan", "1"),
    compared("between", "4", "9"),
    expressed("FALSE"),
    expressed("D9=0"),
    expressed("$D$9=&quot;&quot;"),
    expressed("LEN(D9)=0"),
    expressed("ISBLANK(D9)"),
    '<cfRule type="containsBlanks" priority="1"/>',
]


@pytest.mark.parametrize("rule", HOLDS)
@pytest.mark.parametrize("look", [STRIKE, WHITE, ON_RED])
def test_a_figure_that_a_rule_strikes_out_or_hides_is_told(look: str, rule: str) -> None:
    form = ruled(Form().put(FIGURE, 3), "表三", look, "D9:E9", rule)
    assert ("GX087", FIGURE) in told(form)


@pytest.mark.parametrize("rule", FAILS)
@pytest.mark.parametrize("look", [STRIKE, WHITE, ON_RED])
def test_a_rule_that_does_not_hold_is_nobodys_concern(look: str, rule: str) -> None:
    form = Form().put(FIGURE, 3)
    before = told(form)
    assert told(ruled(form, "表三", look, "D9", rule)) == before


@pytest.mark.parametrize("look", [RED, WHITE_ON_RED, "<font><b/></font>"])
def test_a_rule_that_leaves_a_figure_to_be_seen_is_nobodys_concern(look: str) -> None:
    form = Form().put(FIGURE, 3)
    before = told(form)
    assert told(ruled(form, "表三", look, "D9", expressed("TRUE"))) == before


def test_zeros_made_white_are_nobodys_concern() -> None:
    form = Form()
    before = told(form)
    rule = compared("equal", "0")
    assert told(ruled(form, "表三", WHITE, "A1:XFD1048576", rule)) == before


@pytest.mark.parametrize("kind", ["dataBar", "iconSet"])
def test_a_bar_or_sign_instead_of_a_figure_is_told(kind: str) -> None:
    rule = f'<cfRule type="{kind}" priority="1"><{kind} showValue="{{}}"/></cfRule>'
    alone = ruled(Form().put(FIGURE, 3), "表三", RED, "D9", rule.format("0"))
    assert ("GX087", FIGURE) in told(alone)
    form = Form().put(FIGURE, 3)
    before = told(form)
    assert told(ruled(form, "表三", RED, "D9", rule.format("1"))) == before


def test_text_that_may_be_struck_out_is_told_and_not_printed() -> None:
    form = Form().put("正文!C7", "上年的一段。")
    form = ruled(form, "正文", STRIKE, "C7", expressed("$A$1=7"))
    assert told(form) == [("GX088", "正文!C7")]
    assert "上年的一段。" not in printed(form)
