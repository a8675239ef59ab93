"""The shipped templates are what the scaffold makes, and have no fault."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gxgen.editions.schema import Edition
from gxgen.opc.package import read_package
from gxgen.templates.lint.check import check_template
from gxgen.templates.scaffold.illustrated import make_illustrated
from gxgen.templates.scaffold.official import make_template
from gxgen.templates.styles import own_template, shipped_templates

STYLES = pytest.mark.parametrize(
    ("style", "make"), [("official", make_template), ("illustrated", make_illustrated)]
)


@STYLES
def test_the_committed_templates_are_what_the_scaffold_makes(
    style: str, make: Callable[[Edition], bytes], edition: Edition
) -> None:
    path = own_template(shipped_templates() / style, edition.id)
    assert path is not None
    assert read_package(path.read_bytes()) == read_package(make(edition))


@STYLES
def test_the_shipped_templates_have_no_fault(
    style: str, make: Callable[[Edition], bytes], edition: Edition
) -> None:
    assert check_template(make(edition), f"{style}.docx", edition) == []
