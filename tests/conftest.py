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
    "acceptance", "audit/test_against", "checks/test_identities.py", "checks/test_text_rules",
    "checks/test_told_in_words", "cli/test_audit", "cli/test_blank", "cli/test_co",
    "cli/test_doctor", "cli/test_hostile", "cli/test_import", "cli/test_j", "cli/test_man",
    "cli/test_named", "cli/test_open", "cli/test_quiet", "cli/test_rollup", "cli/test_t",
    "comparison", "county", "demo", "desk/test_desk", "desk/test_guard", "desk/test_wa",
    "desk/test_words", "editions", "form/test_blank", "form/test_clerk", "form/test_formats",
    "form/test_hostile", "form/test_indicators", "form/test_mark", "form/test_rollup_sheet.py",
    "form/test_seen", "formats/test_announced", "formats/test_charted",
    "formats/test_county_packages.py", "formats/test_html", "formats/test_illustrated",
    "formats/test_office", "formats/test_page", "formats/test_pictures", "formats/test_readback.py",
    "formats/test_t", "formats/test_validators.py", "prose/claims/test_added",
    "prose/claims/test_corpus", "prose/claims/test_lexicon", "prose/claims/test_reading",
    "prose/claims/test_tokens", "prose/test_hostile", "published/test_accounted",
    "published/test_corpus.py", "published/test_hostile", "published/test_moved",
    "published/test_pdf", "published/test_re", "published/test_round", "show", "templates",
    "test_cache.py", "test_patterns.py", "test_planted", "test_python_face",
)  # fmt: skip
"""Folders and files whose tests build counties, draw pages, start other programs or try hundreds of
examples: ``make test`` runs them, ``make quick``, which takes less than a minute, does not."""

# A machine that does other things as well makes no test fail.
settings.register_profile("gxgen", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("quick", settings.get_profile("gxgen"), max_examples=10)
settings.load_profile("gxgen")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark them."""
    for item in items:
        if _is_slow(item.path):
            item.add_marker(pytest.mark.slow)


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Where no slow test is asked for, files of nothing else are not even read."""
    if "not slow" in str(config.getoption("markexpr")) and collection_path.is_relative_to(HOME):
        return _is_slow(collection_path) or None
    return None


def _is_slow(path: Path) -> bool:
    return path.relative_to(HOME).as_posix().startswith(SLOW)


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
