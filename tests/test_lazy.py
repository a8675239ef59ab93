"""Packages that load what they name when it is asked for."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module

import pytest

from gxgen.editions import EDITION_IDS, EDITIONS

LAZY = ("gxgen.editions", "gxgen.model")
PARTLY = (*LAZY, "gxgen.api")


@pytest.mark.parametrize("package", PARTLY)
def test_all_that_is_promised_is_there(package: str) -> None:
    module = import_module(package)
    for name in module.__all__:
        assert getattr(module, name) is not None


@pytest.mark.parametrize("package", PARTLY)
def test_what_is_not_there_is_told_as_always(package: str) -> None:
    with pytest.raises(AttributeError, match="没有这个"):
        getattr(import_module(package), "没有这个")  # noqa: B009 - no such name


@pytest.mark.parametrize("package", LAZY)
def test_nothing_is_loaded_before_it_is_asked_for(package: str) -> None:
    code = (
        f"import sys, {package}\n"
        f"print([m for m in sys.modules if m.startswith('{package}.')], end=' ')\n"
        f"{package}.{'EDITIONS' if package.endswith('editions') else 'Agency'}\n"
        f"print(len([m for m in sys.modules if m.startswith('{package}.')]) > 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["[]", "True"]


def test_editions_are_numbered_by_their_notices_oldest_first() -> None:
    assert tuple(EDITIONS) == EDITION_IDS
    assert [edition.id for edition in EDITIONS.values()] == list(EDITION_IDS)
    years = [edition.first_year for edition in EDITIONS.values()]
    assert years == sorted(years)
