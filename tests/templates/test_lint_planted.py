"""Sixty faults in one template, all told in one run, each at its place; and none in ours."""

from __future__ import annotations

import copy
import random
from functools import cache

import pytest
from lxml import etree

from gxgen.diagnostics import Finding
from gxgen.editions.declared import EDITIONS
from gxgen.opc.package import DOCUMENT, FixedZip, read_package
from gxgen.templates.lint.annotate import annotated
from gxgen.templates.lint.check import check_template
from gxgen.templates.styles import style_templates

from .planted import APART, FIGURES, FILE, SMALL, WHOLE, Planted, Template

SHIPPED = [
    (style, edition.id) for style in ("official", "illustrated") for edition in EDITIONS.values()
]
EACH_TEMPLATE = pytest.mark.parametrize(("style", "edition"), SHIPPED)


@cache
def shipped(style: str, edition: str) -> bytes:
    return {e.id: p for e, p in style_templates(style)}[edition].read_bytes()


def told(planted: Planted, place: str, findings: list[Finding]) -> bool:
    """Whether a finding tells of it, and at that place."""
    return any(
        f.code in planted.codes
        and (str(f.place) == place if planted.paragraph is not None else planted.part in f.message)
        for f in findings
    )


@EACH_TEMPLATE
def test_no_false_alarm(style: str, edition: str) -> None:
    assert check_template(shipped(style, edition), FILE, EDITIONS[edition]) == []


@EACH_TEMPLATE
@pytest.mark.parametrize("number", range(len((*SMALL, *WHOLE, *APART))))
def test_each_fault_alone(style: str, edition: str, number: int) -> None:
    template = Template(shipped(style, edition))
    planted = (*SMALL, *WHOLE, *APART)[number](template, random.Random(number))
    findings = check_template(template.build(), FILE, EDITIONS[edition])
    place = template.place(planted.paragraph)
    assert told(planted, place, findings), (planted.what, place, findings)


@EACH_TEMPLATE
@pytest.mark.parametrize("seed", range(3))
def test_sixty_faults_in_one_run(style: str, edition: str, seed: int) -> None:
    """All of one file each with its place, and nothing that was not planted."""
    dice = random.Random(seed)
    template = Template(shipped(style, edition))
    planted = [plant(template, dice) for plant in (*WHOLE, *SMALL)]
    planted += [plant(template, dice) for plant in dice.choices(FIGURES, k=60 - len(planted))]
    findings = check_template(template.build(), FILE, EDITIONS[edition])
    places = [template.place(one.paragraph) for one in planted]
    assert len(planted) == 60
    assert len({one.what for one in planted}) >= 12
    missed = [
        (one.what, place)
        for one, place in zip(planted, places, strict=True)
        if not told(one, place, findings)
    ]
    assert not missed, missed
    places += [template.place(one.also) for one in planted if one.also is not None]
    strange = [
        (f.code, str(f.place), f.message)
        for f in findings
        if (str(f.place) not in places or str(f.place) == FILE)
        and not any(p.part and p.part in f.message for p in planted)
    ]
    assert not strange, strange


def _spoil(root: etree._Element, dice: random.Random) -> None:
    """Something removed, doubled, renamed or overwritten, with no thought of what it is."""
    node = dice.choice(list(root.iter("*"))[1:] or [root])
    parent, names = node.getparent(), [str(name) for name in node.attrib]
    what = dice.randrange(4)
    if what == 0 and parent is not None:
        parent.remove(node)
    elif what == 1 and parent is not None:
        node.addnext(copy.deepcopy(node))
    elif what == 2 and names:
        node.set(dice.choice(names), dice.choice(("", "abc", "-1", "9" * 12, "３", "1.5", "rId1")))
    else:
        node.text = dice.choice(
            ("{{", "{%p if", "{{ charts.years }}", "{% raw %}", "{{ 9**9**9 }}")
        )


@pytest.mark.parametrize("seed", range(40))
def test_no_template_is_too_broken_to_be_judged(seed: int) -> None:
    """Whatever is in the file: findings, each with a code and a place, and a commented copy."""
    dice = random.Random(seed)
    members = dict(read_package(shipped(*dice.choice(SHIPPED))))
    for name in dice.choices([DOCUMENT, DOCUMENT, *members], k=dice.randint(1, 6)):
        root = etree.fromstring(members[name])
        _spoil(root, dice)
        members[name] = etree.tostring(root)
    data = FixedZip(members).build({})
    findings = check_template(data, FILE, EDITIONS["2021"])
    assert all(finding.place is not None and finding.message for finding in findings)
    if [finding.code for finding in findings] != ["GX601"]:
        assert annotated(data, findings)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"word/vbaProject.bin": b"x"}, "宏"),
        ({"word/document.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a/>'}, "文档类型声明"),
        ({"[Content_Types].xml": b"<Types/>"}, "不是Word文档"),
        ({"word/header1.xml": b"<w:hdr"}, "已损坏"),
    ],
)
def test_what_is_not_to_be_opened_is_one_finding(change: dict[str, bytes], said: str) -> None:
    members = dict(read_package(shipped("official", "2021"))) | change
    (finding,) = check_template(FixedZip(members).build({}), FILE, EDITIONS["2021"])
    assert finding.code == "GX601"
    assert said in finding.message
