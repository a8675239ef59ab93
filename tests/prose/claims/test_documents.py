"""Documents that are counted in a list, as a part, or as published: what they may be."""

from __future__ import annotations

import pytest

from gxgen.prose.claims.claim import Ring
from tests.prose.claims.test_reading import claims

ISSUED = "disclosure.normative_documents.issued"
IN_FORCE = "disclosure.normative_documents.in_force"


def _read(text: str) -> dict[int, tuple[str, ...]]:
    """The figures that each number bound may be."""
    return {
        int(one.quantity.low): tuple(reading.expr.keys[0] for reading in one.readings)
        for one in claims(text)
        if one.readings and one.quantity is not None
    }


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("发布规范性文件7件。", (ISSUED, IN_FORCE)),
        ("全年新发布的行政规范性文件7件，配发图解3个。", (ISSUED, IN_FORCE)),
        ("公开《某县渡口管理办法》等规范性文件共7件。", (ISSUED, IN_FORCE)),
        ("对外公布《某县渡口管理办法》等7件规范性文件。", (ISSUED, IN_FORCE)),
        ("主动公开文件41件，其中规范性文件7件。", (ISSUED, IN_FORCE)),
        ("发文41件（含规范性文件7件）。", (ISSUED,)),
        ("印发通知41件、规范性文件7件。", (ISSUED,)),
    ],
)
def test_documents_listed_parts_and_published_are_asked_about(
    text: str, keys: tuple[str, ...]
) -> None:
    assert _read(text) == {7: keys}
    assert all(one.ring is Ring.OUTER for one in claims(text))


@pytest.mark.parametrize(
    "text",
    [
        "公开规范性文件7件。",
        "公开规范性文件7条。",
        "转发规范性文件7件。",
        "转载市政府规范性文件7件。",
        "发布规范性文件解读7件。",
        "发布规范性文件征求意见稿7件。",
        "解读《某县渡口管理办法》等7件规范性文件。",
        "非规范性文件7件。",
        "印发规范性文件解读方案7件。",
        "制定规范性文件草案7件。",
        "历年发布规范性文件7件。",
        "拟发布规范性文件7件。",
        "收文41件（含规范性文件7件）。",
        "汇编文件41件（含规范性文件7件）。",
        "发布上级规范性文件7件。",
        "审核合同41件、规范性文件7件。",
        "公示公告41件，行政处罚类文件7件。",
        "其中行政许可41条，行政处罚7条。",
    ],
)
def test_other_documents_and_what_is_only_shown_count_nothing(text: str) -> None:
    assert not _read(text)


def test_what_was_published_is_not_asked_about_beside_what_was_issued() -> None:
    for text in (
        "制发规范性文件9件，发布规范性文件7件。",
        "发布规范性文件7件，制发规范性文件9件。",
    ):
        assert _read(text) == {9: (ISSUED,)}


def test_an_office_counts_its_governments_documents_and_no_one_elses() -> None:
    office = "某县人民政府办公室"
    assert _of(office, "以县政府和县政府办公室名义印发的行政规范性文件7件。") == [Ring.OUTER]
    assert _of(office, "县政府及各部门制发行政规范性文件7件。") == []
    assert _of("某县教育局", "县政府及县教育局制发行政规范性文件7件。") == []
    assert _of(office, "县政府及县政府办公室分别制发行政规范性文件7件、9件。") == []


def _of(agency: str, text: str) -> list[Ring]:
    return [one.ring for one in claims(text, agency=agency) if one.readings]
