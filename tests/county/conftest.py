"""What holds for all tests of counties."""

from __future__ import annotations

import pytest

APART = ("test_formats", "test_cluster")
"""These need what a copy of a process cannot have: typst, Dask."""


@pytest.fixture(autouse=True)
def _soon(request: pytest.FixtureRequest) -> None:
    """Most tests here build many times."""
    if not request.module.__name__.endswith(APART):
        request.getfixturevalue("copied_workers")
