"""What holds for all tests of commands."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True, scope="session")
def _soon(loaded_here: None) -> None:
    """Most commands have workers, which are copies of this process."""
