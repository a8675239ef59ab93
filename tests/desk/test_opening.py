"""What it takes to tell a desk's link, and what it takes to answer, which may come later."""

from __future__ import annotations

import subprocess
import sys

import pytest

LATER = ("asyncio", "http.client", "jinja2", "starlette", "uvicorn")


@pytest.mark.parametrize("name", LATER)
def test_the_link_waits_for_nothing_that_only_answers(name: str) -> None:
    assert name not in loaded("gxgen.desk.server")


def test_what_answers_is_loaded_by_what_answers() -> None:
    assert set(LATER) - {"http.client"} <= loaded("gxgen.desk.serving")


def loaded(module: str) -> set[str]:
    """What is loaded with a module."""
    said = f"import sys, {module}; print(*sys.modules)"
    command = [sys.executable, "-c", said]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return {*done.stdout.split()}
