"""One agency's files read together."""

from __future__ import annotations

from gxgen.county.agency_year import Filing
from gxgen.county.unit import read_unit
from tests.form.faulty.form import Form


def test_letters_of_form_and_text_are_told_in_one_finding() -> None:
    form = Form().put("基本信息!B5", "⻓里镇")
    text = "一、总体情况\n公开⼯作信息1条。\n".encode()
    report, findings = read_unit(Filing("甲.xlsx", form.data(), ("甲.txt", text)))
    assert report is not None
    (finding,) = [one for one in findings if one.code == "GX090"]
    assert finding.quote == "⻓⼯"
    assert "等2处" in finding.message
