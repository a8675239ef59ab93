"""What tests of several rooms ask for by name, and which of them a hand need not wait for."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

import pytest
import typer.main
from hypothesis import HealthCheck, settings

from gxgen.demo.county import demo_form
from gxgen.editions.declared import EDITIONS
from gxgen.editions.schema import Edition
from tests.processes import load_here

# Hundreds of tests start the program: each would compile all its modules anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

HOME = Path(__file__).parent
SLOW = (
    "acceptance", "checks/test_identities.py", "cli/test_blank", "cli/test_doctor",
    "cli/test_hostile", "cli/test_many", "cli/test_open", "cli/test_rollup", "county", "demo",
    "desk/test_desk", "desk/test_guard", "desk/test_words",
    "editions", "form/test_blank", "form/test_hostile", "form/test_mark",
    "form/test_rollup_sheet.py", "formats/test_county_packages.py", "formats/test_html",
    "formats/test_illustrated", "formats/test_office", "formats/test_page.py",
    "formats/test_readback.py", "formats/test_t", "formats/test_validators.py",
    "prose/test_hostile", "published/test_corpus.py", "published/test_pdf", "show", "templates",
    "test_cache.py", "test_patterns.py",
)  # fmt: skip
"""Folders and files whose tests build counties, draw pages or start other programs: ``make test``
runs them, ``make quick`` does not."""

# A machine that does other things as well makes no test fail.
settings.register_profile("gxgen", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("gxgen")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark them."""
    for item in items:
        if item.path.relative_to(HOME).as_posix().startswith(SLOW):
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session", autouse=True)
def _commands_built_once() -> Iterator[None]:
    """Typer builds all commands anew whenever one is called in this process, which takes as long
    as most of them; a command line calls one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(typer.main, "get_command", cache(typer.main.get_command))
        yield


_form_made_once = lru_cache(maxsize=300)(demo_form)


@pytest.fixture(scope="module", autouse=True)
def _forms_made_once(request: pytest.FixtureRequest) -> Iterator[None]:
    """A form of the invented county is the same whenever it is made, which tests of the county
    itself prove and others need not wait for."""
    with pytest.MonkeyPatch.context() as patch:
        if request.path.parent.name != "demo":
            patch.setattr("gxgen.demo.county.demo_form", _form_made_once)
        yield


@pytest.fixture(params=sorted(EDITIONS))
def edition(request: pytest.FixtureRequest) -> Edition:
    """Each edition in turn."""
    return EDITIONS[request.param]


@pytest.fixture(scope="session")
def loaded_here(tmp_path_factory: pytest.TempPathFactory) -> None:
    """What workers need is loaded in this process, so that copies of it need not load it."""
    load_here(tmp_path_factory.mktemp("loaded"))


@pytest.fixture
def copied_workers(monkeypatch: pytest.MonkeyPatch, loaded_here: None) -> None:
    """Workers are copies of this process, as they are of a command on Linux: they start in a
    hundredth of the time, have loaded all that they need, and what a test has put in their place
    here stands there too. What other tests have loaded would forbid it."""
    for name in ("typst", "distributed"):
        monkeypatch.delitem(sys.modules, name, raising=False)
