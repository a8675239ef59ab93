"""The five reports as published: what is known to be wrong in them is told, and nothing else."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest

from gxgen.audit.judged import Audit
from gxgen.diagnostics import Severity, Side
from tests.audit.support import judged
from tests.support import need_seeds

WRONG = {
    "000": {
        ("GX811", "“政府信息公开行政复议、行政诉讼情况”没有这张表"): 1,
        ("GX822", "没有找到“四、政府信息公开行政复议、行政诉讼情况”"): 1,
        ("GX810", "规定有7个数，这里有6格"): 21,
    },
    "001": {},
    "002": {("GX823", "bookmark"): 10},
    "003": {("GX043", "写的编号是“(三)”，前一项是“（一）”，应为“（二）”"): 1},
    "004": {
        ("GX076", "没有导语"): 1,
        (
            "GX823",
            "“本年收费金额（单位：万元，保留4位小数）”，格式规定的是“本年收费金额（单位：万元）”",
        ): 1,
        ("GX823", "“社会组织”，格式规定的是“社会公益组织”"): 1,
        ("GX823", "“2.其他法律法规禁止公开”，格式规定的是“2.其他法律行政法规禁止公开”"): 1,
        ("GX810", "规定有7个数，这里有1格"): 2,
    },
}
"""What the reports are known for, as code and words of the finding, and how many there are."""
NOTICE = {"002", "004"}
"""Reports that name no notice, which is told and is no fault."""
EACH = pytest.mark.parametrize("number", WRONG)


@cache
def audit(number: str) -> Audit:
    (path,) = need_seeds().glob(f"{number}_*.txt")
    return judged(path.read_bytes(), file=path.name)


@EACH
def test_what_is_wrong_is_told_and_nothing_else(number: str) -> None:
    asked = [one for one in audit(number).found if one.severity is Severity.WARNING]
    found = Counter(
        next(
            (known for known in WRONG[number] if known[0] == one.code and known[1] in one.message),
            (one.code, one.message),
        )
        for one in asked
    )
    assert found == WRONG[number]


@EACH
def test_no_error_is_told_that_is_not_there(number: str) -> None:
    assert not audit(number).faulty
    notes = {one.code for one in audit(number).found if one.severity is Severity.NOTE}
    assert notes <= {"GX812", "GX816", "GX828"}
    assert ("GX828" in notes) == (number in NOTICE)


@EACH
def test_every_finding_has_a_side_and_a_place_in_the_file(number: str) -> None:
    for one in audit(number).found:
        assert one.side in Side
        assert str(one.place).startswith(number)
        assert "填报表" not in one.hint and "说明”表" not in one.hint
