"""Sixty faults in one template, all told in one run, each at its place; and none in ours."""

from __future__ import annotations

import random
from functools import cache

import pytest

from gxgen.diagnostics import Finding
from gxgen.editions import EDITIONS
from gxgen.render.lint import check_template
from gxgen.render.styles import style_templates

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
