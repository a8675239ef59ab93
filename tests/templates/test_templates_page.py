"""docs/templates.zh-CN.md says what is so: its tags exist, and every tag is in it."""

from __future__ import annotations

import re

import pytest

from gxgen.checks.registry import homes
from gxgen.editions.declared import EDITIONS
from gxgen.formats.docx.context import BLOCK_SLOTS, vocabulary
from gxgen.opc.package import read_package
from gxgen.templates.lint.flow import flow_over
from gxgen.templates.lint.parts import parts
from gxgen.templates.lint.sites import Site, sites
from gxgen.templates.styles import style_templates
from tests.support import ROOT

DOCS = ROOT / "docs"
PAGE = (DOCS / "templates.zh-CN.md").read_text(encoding="utf-8")
NEWEST = max(EDITIONS.values(), key=lambda e: e.first_year)
FIGURES = {key.partition(".")[0] for key in NEWEST.fields}


def test_every_name_on_the_page_exists() -> None:
    known = vocabulary(NEWEST)
    scope = {**known, "block": BLOCK_SLOTS, "tile": known["tiles"][0]}
    names = re.findall(r"\{\{ ([a-z][a-z0-9_.]*) \}\}", PAGE)
    names += re.findall(r" in ([a-z0-9]+) %\}", PAGE) + re.findall(
        r"(?:el)?if ([a-z0-9.]+) %", PAGE
    )
    names += re.findall(r"\{# [a-z-]+: ([a-z._]+) #\}", PAGE)
    assert len(names) > 20
    for name in set(names) - {"titel"}:
        shape = scope
        for part in name.split("."):
            assert part in shape, name
            shape = shape[part]


@pytest.mark.parametrize("style", ["official", "illustrated"])
def test_every_tag_of_the_shipped_templates_is_on_the_page(style: str) -> None:
    path = {edition.id: path for edition, path in style_templates(style)}[NEWEST.id]
    used: set[str] = set()
    for part in parts(read_package(path.read_bytes())):
        every: list[Site] = list(sites(part, path.name))
        used |= set(flow_over(every, vocabulary(NEWEST)).used)
        used |= set(re.findall(r"\b(?:block|tile)\.\w+", " ".join(s.text for s in every)))
    plain = {name for name in used if name.partition(".")[0] not in FIGURES}
    sections = {name for name in plain if name.startswith("section")}
    assert [name for name in sorted(plain - sections) if name not in PAGE] == []


def test_its_pictures_and_codes_exist() -> None:
    pictures = re.findall(r"\]\((pictures/[\w-]+\.png)\)", PAGE)
    assert 4 <= len(pictures) <= 6
    for picture in pictures:
        assert 0 < (DOCS / picture).stat().st_size < 60_000
    assert set(re.findall(r"GX\d{3}", PAGE)) <= set(homes())
