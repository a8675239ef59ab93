"""Single steps of reading: numbers, names, years, negations."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from gxgen.editions.declared import EDITIONS
from gxgen.model.agency import Agency
from gxgen.model.narrative import Paragraph, Passage
from gxgen.model.report import Report
from gxgen.prose.claims import claims_of
from gxgen.prose.claims.claim import Claim, Ring
from gxgen.prose.claims.tokens import in_figures, squeezed_with_places, tokenised

NOBODY = re.compile("某某某")


def numbers(text: str) -> list[tuple[str, str, str]]:
    squeezed, _ = squeezed_with_places(text)
    found = tokenised(squeezed, 2023, NOBODY, wide=False).numbers.values()
    return [(f"{n.low:f}", f"{n.high:f}", n.unit) for n in found]


def claims(
    text: str, heading: str = "依申请公开", year: int = 2023, agency: str = "某县水务局"
) -> list[Claim]:
    edition = EDITIONS["2021"]
    passage = Passage("1.2", heading, (Paragraph(text),))
    return list(claims_of(Report(edition, Agency(agency), year, {}, (passage,))))


def keys(claim: Claim) -> set[str]:
    return {"+".join(r.expr.keys) for r in claim.readings}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("收到1,554件", ("1554", "1554", "件")),
        ("收到１５５４ 件", ("1554", "1554", "件")),
        ("收到二百零三件", ("203", "203", "件")),
        ("一万零三百二十六件", ("10326", "10326", "件")),
        ("收到100余件", ("100", "199", "件")),
        ("占百分之四十点二", ("40.2", "40.2", "%")),
        ("收费20.3万元", ("20.3", "20.3", "万元")),
        ("债券3.5亿元", ("35000.0", "35000.0", "万元")),
        ("占七成", ("65", "75", "%")),
        ("是上年的2.75倍", ("2.75", "2.75", "倍")),
    ],
)
def test_a_number(text: str, found: tuple[str, str, str]) -> None:
    (one,) = numbers(text)
    assert one == found


@pytest.mark.parametrize(
    "text",
    [
        "2023年12月31日",
        "二〇二三年度",
        "国办公开办函〔2021〕30号",
        "第三方评估",
        "12345热线",
        "电话0538-3217733",
        "每日8:30至12:00",
        "一体化平台",
        "《办法（2021年）》",
        "1.主动公开。",
        "（2）办理情况",
        "两项合计",
    ],
)
def test_what_is_no_number(text: str) -> None:
    assert numbers(text) == []


@pytest.mark.parametrize("words", ["二三", "一百三", "三百万五百点x", "点五"])
def test_a_numeral_that_is_not_sure_is_not_read(words: str) -> None:
    assert in_figures(words) is None


def test_a_place_before_the_name_may_be_left_out() -> None:
    (claim,) = claims("县水务局收到政府信息公开申请3件。", heading="总体情况")
    assert claim.ring is Ring.INNER
    (other,) = claims("县林业局收到政府信息公开申请3件。", heading="总体情况")
    assert other.ring is Ring.OUTER


def test_a_bare_request_is_one_only_where_requests_are_spoken_of() -> None:
    (here,) = claims("收到申请3件。")
    (there,) = claims("收到申请3件。", heading="主动公开")
    (loan,) = claims("受理贷款申请3件。")
    assert (bool(here.readings), bool(there.readings), bool(loan.readings)) == (True, False, False)


def test_last_year_in_a_bracket_does_not_reach_beyond_it() -> None:
    now, before, suits = claims("行政复议1件（上年3件），行政诉讼2件。")
    assert (now.year, before.year, suits.year) == (None, 2022, None)


def test_a_sentence_after_one_about_last_year_may_speak_of_either() -> None:
    *_, granted = claims("2022年收到申请61件，办结60件。予以公开19件，部分公开2件。")
    assert granted.ring is Ring.OUTER
    assert {reading.year for reading in granted.readings} == {0, -1}


def test_a_row_named_before_its_block_may_be_meant() -> None:
    *_, refused = claims("受理申请2件，均属行政查询事项，不予公开2件。")
    assert "requests.refused.administrative_inquiry.total" in keys(refused)
    assert len(refused.readings) == 2


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("全年没有单位和个人向我局提出信息公开申请", {"requests.received.total"}),
        ("行政复议、行政诉讼案件一件也没有", 2),
        ("因此没有结转", {"requests.carried_out.total", "requests.carried_in.total"}),
        ("未结转下年", {"requests.carried_out.total"}),
        ("未发生因政府信息公开申请引起的行政复议", {"remedies.reconsideration.total"}),
        ("没有延期答复", set()),
        ("未收到信息公开工作投诉", set()),
    ],
)
def test_a_denial(text: str, denied: set[str] | int) -> None:
    found = [claim for claim in claims(f"{text}。") if claim.quantity is None]
    if isinstance(denied, int):
        assert len(found) == denied
    else:
        assert {key for claim in found for key in keys(claim)} == denied


@pytest.mark.parametrize(
    "piece",
    [
        "收到申请1件，",
        "的，",
        "(",
        "一",
        "a",
        "1",
        "《",
        "予以公开1件、",
        "较上年增加1件，没有",
        "其中",
    ],
)
def test_a_sentence_of_twenty_thousand_letters_is_read_in_time(piece: str) -> None:
    code = (
        "from tests.prose.claims.test_reading import claims\n"
        f"claims({piece!r} * (20000 // len({piece!r})))"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


PARTS = """
收到申请12件，其中涉及征地的收到5件，办结4件。
收到申请12件。12月收到3件，办结2件。
收到申请12件，按渠道分，网上收到5件，信函收到7件。
收到申请12件，所属单位收到申请7件。
收到申请12件，其中城关镇5件，办结5件；水口镇7件，办结6件。
收到申请12件，延期答复2件，补正后答复3件，公开答复4件。
收到申请12件，当场答复3件，书面答复9件。
收到申请12件，提前办结8件，超期办结1件。
收到申请12件，按内容分，规划类予以公开3件，征地类予以公开2件。
收到申请12件，首次申请10件，重复申请2件。
收到申请12件，涉及个人隐私3件，涉及商业秘密1件。
收到申请12件，合计答复14件次，部分公开3份。
收到申请12件，信访件收到30件，结转下年5件份。
"""


@pytest.mark.parametrize("text", PARTS.split())
def test_a_part_of_a_total_is_never_certain(text: str) -> None:
    """Only the total itself may be called wrong."""
    sure = [claim for claim in claims(text) if claim.ring is Ring.INNER and claim.readings]
    assert [str(claim.quantity.low) for claim in sure if claim.quantity] == ["12"]
