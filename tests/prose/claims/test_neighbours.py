"""Numbers read by the clauses beside theirs, and what these make no claim of theirs."""

from __future__ import annotations

import pytest

from gxgen.prose.claims.claim import Claim, Form
from tests.prose.claims.test_reading import claims


def told(text: str, heading: str = "依申请公开") -> list[tuple[str, int | None, str]]:
    """Each number that is bound: its words, the year that it is of, and its first reading."""
    return [
        (one.quantity.span.text, one.year, _reading(one))
        for one in claims(text, heading)
        if one.readings and one.quantity is not None
    ]


def _reading(claim: Claim) -> str:
    expr = claim.readings[0].expr
    names = "+".join(key.removesuffix(".total") for _, key in expr.terms[:2])
    return names if expr.form is Form.LEVEL else f"{expr.form}({names})"


NAMED = [
    ("12件中予以公开8件、不予公开4件。", ("8件", None, "requests.granted")),
    ("7件答复中予以公开的占57.1%，即4件。", ("4件", None, "requests.granted")),
    ("予以公开，15件；部分公开，5件。", ("15件", None, "requests.granted")),
    ("予以公开和部分公开的共24件，前者20件，后者4件。", ("4件", None, "requests.partly_granted")),
    ("不予公开4件、予以公开1件，前者占80%。", ("80%", None, "share(requests.refused.state_secret")),
    ("另有4件因补正、检索等原因结转至下一年度。", ("4件", None, "requests.carried_out")),
    ("收到申请5件，1件12月底才收到，结转次年办理。", ("1件", None, "requests.carried_out")),
    (
        "3件予以公开，2件涉及他人资料，为保护第三方合法权益不予公开。",
        ("2件", None, "requests.refused.third_party_rights"),
    ),
    ("公开3件，涉及审计底稿的2件不予公开。", ("2件", None, "requests.refused.state_secret")),
    ("行政复议5件，其中因信息公开引起的2件。", ("2件", None, "remedies.reconsideration")),
    ("行政复议3件，县政府维持2件。", ("2件", None, "remedies.reconsideration.upheld")),
    ("直接起诉2件，复议后起诉1件，共3件。", ("3件", None, "remedies.litigation_direct")),
    ("自然人5、商业企业2、其他1。", ("1", None, "requests.received.other")),
    ("上年新收2件，本年减少1件。", ("1件", None, "change(requests.received)")),
    (
        "收到申请3件，其中网上1件、当面2件，较上年减少4件。",
        ("4件", None, "change(requests.received)"),
    ),
    ("2023年、2022年分别收到申请5件、3件。", ("3件", 2022, "requests.received")),
    (
        "行政复议、行政诉讼分别为2件、1件，上年分别为3件、4件。",
        ("3件", 2022, "remedies.reconsideration"),
    ),
    (
        "行政复议和行政诉讼分别较上年增加2件、减少1件。",
        ("2件", None, "change(remedies.reconsideration)"),
    ),
]


@pytest.mark.parametrize(("text", "claim"), NAMED)
def test_what_stands_beside_says_what_is_counted(
    text: str, claim: tuple[str, int | None, str]
) -> None:
    number, year, reading = claim
    assert any(
        (one[0], one[1]) == (number, year) and one[2].startswith(reading.rstrip(")"))
        for one in told(text)
    ), told(text)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("征地批文类申请连续三年居首，本年51件。", ()),
        ("上年收到1件，本年一件没有。", ("1件",)),
        ("13个镇街收到39件。", ()),
        ("本级收到71件，市直部门收到239件。", ()),
        ("机关收到申请83件，各分局收到申请233件。", ()),
        ("受理复议申请119件，其中信息公开类11件。", ()),
        ("对举报处理不服申请复议的263件；提起诉讼的47件。", ()),
        ("行政复议3件、行政诉讼1件，均不涉及政府信息公开。", ()),
        ("作出行政处罚120件，引发复议3件、诉讼1件。", ("120件",)),
        ("档案查询申请56件不属于政府信息公开申请。", ()),
        ("结转下年的由7件减至4件。", ()),
        ("有3件涉及同一项目，经沟通后均予公开。", ()),
        ("因国家秘密、其他缘由、商业秘密不予公开的分别为1件、2件、3件。", ()),
        ("复印费按0.5元/页收取。", ()),
        ("其中网上申请由5件降至3件。", ()),
        ("其中5件当场答复，3件书面答复。", ()),
        ("当场答复5件，书面答复3件。", ()),
        ("涉及征地的12件中予以公开8件。", ()),
        ("有3件为同一人提出，3件均予以公开。", ()),
        ("因申请内容不明确要求补正3件。", ()),
        ("行政许可3件；罚没收入30万元，下降45%。", ("3件",)),
        ("行政许可3件；收费2.5万元，增加1.5万元，增长150%。", ("3件", "2.5万元")),
        ("行政许可3件，减少申请材料168份。", ("3件",)),
        ("规范性文件现行有效3件，删去已失效事项10项。", ("3件",)),
    ],
)
def test_what_stands_beside_makes_it_no_claim(text: str, numbers: tuple[str, ...]) -> None:
    assert tuple(one[0] for one in told(text)) == numbers


@pytest.mark.parametrize(
    "text",
    [
        "未收到对采购处罚不服的复议申请。",
        "没有机构对处罚申请复议。",
        "与上年一样，未发生被追究责任的情形。",
        "没有无理由不予公开的情况。",
    ],
)
def test_a_denial_of_other_things_is_none(text: str) -> None:
    assert not [one for one in claims(text) if one.readings]


def test_suits_after_reviews_may_be_the_row_of_such() -> None:
    *_, suit = claims("申请人不服复议决定，又提起行政诉讼1件。")
    assert len(suit.readings) == 2


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("没有现行有效的行政规范性文件。", "disclosure.normative_documents.in_force"),
        ("规范性文件继续有效4件，未新出台。", "disclosure.normative_documents.issued"),
    ],
)
def test_a_denial_of_documents(text: str, denied: str) -> None:
    (zero,) = (one for one in claims(text, "政府信息管理") if one.quantity is None)
    assert [key for _, key in zero.readings[0].expr.terms] == [denied]


@pytest.mark.parametrize("text", ["6件均已依法答复。", "6件全部在法定期限内办结。"])
def test_a_number_told_again_that_was_answered_may_be_what_was_received(text: str) -> None:
    *_, again = claims(f"收到申请6件，上年结转1件。{text}")
    assert {key for one in again.readings for _, key in one.expr.terms} >= {
        "requests.received.total",
        "requests.processed.total",
    }
