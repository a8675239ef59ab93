"""What a blank form offers for the opening paragraph."""

from __future__ import annotations

import re

import pytest

from gxgen.editions.declared import EDITIONS
from gxgen.editions.schema import Edition


@pytest.mark.parametrize("edition", EDITIONS.values(), ids=lambda edition: edition.id)
def test_it_quotes_the_notice_as_titles_are_quoted(edition: Edition) -> None:
    """GB/T 15834-2011, 4.13: a title inside 《》 quotes others in 〈〉."""
    draft = edition.section("0").draft
    title, notice = edition.notice.title, edition.notice
    quoted = next(
        one for one in re.findall("《([^《》]*)》（", draft) if "〈" in one or one == title
    )
    assert quoted.replace("〈", "《").replace("〉", "》") == title
    assert f"》（{notice.number}）" in draft
    assert draft.count("{year}") == 2
