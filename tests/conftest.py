"""What tests of several rooms ask for by name."""

from __future__ import annotations

import pytest

from gxgen.editions.declared import EDITIONS
from gxgen.editions.schema import Edition


@pytest.fixture(params=sorted(EDITIONS))
def edition(request: pytest.FixtureRequest) -> Edition:
    """Each edition in turn."""
    return EDITIONS[request.param]
