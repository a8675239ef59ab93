"""What is replaced in ``inputs/`` is kept first, and no copy ever covers another."""

import datetime as dt
import tempfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gxgen.county import replaced
from gxgen.errors import EnvironmentProblemError

MOMENT = dt.datetime(2026, 1, 20, 9, 30)
NAMES = st.sampled_from(["甲局.xlsx", "甲局（2）.xlsx", "甲局.XLSX", "无后缀"])
STEPS = st.lists(
    st.tuples(NAMES, st.binary(min_size=1, max_size=4), st.integers(0, 1), st.booleans()),
    max_size=12,
)


@settings(max_examples=30)  # each step waits for the disk
@given(STEPS)
def test_every_content_is_still_there(steps):
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made) / "2025"
        put: Counter[bytes] = Counter()
        for name, data, second, aside in steps:
            moment = MOMENT + dt.timedelta(seconds=second)
            path = folder / name
            if aside and path.exists():
                assert replaced.put_aside(path, moment).is_file()
                assert not path.exists()
            replaced.replace(path, data, moment)
            put[data] += 1
            assert path.read_bytes() == data
        there = Counter(one.read_bytes() for one in folder.rglob("*") if one.is_file())
        assert there == put


def test_it_lies_under_its_name_by_the_time(tmp_path):
    path = tmp_path / "2025" / "甲局.xlsx"
    assert replaced.replace(path, b"1", MOMENT) is None
    former = replaced.replace(path, b"2", MOMENT)
    assert former == tmp_path / "2025/.replaced/2026-01-20_09-30-00/甲局.xlsx"
    assert former.read_bytes() == b"1"


def test_where_it_cannot_be_kept_nothing_is_replaced(tmp_path):
    path = tmp_path / "甲局.xlsx"
    path.write_bytes(b"1")
    (tmp_path / replaced.FOLDER).write_bytes(b"a file, no folder")
    with pytest.raises(EnvironmentProblemError, match="没有替换它"):
        replaced.replace(path, b"2", MOMENT)
    assert path.read_bytes() == b"1"
    assert sorted(one.name for one in tmp_path.iterdir()) == [replaced.FOLDER, "甲局.xlsx"]


def test_a_link_that_leads_away_is_not_followed(tmp_path):
    inside, outside = tmp_path / "2025", tmp_path / "elsewhere"
    inside.mkdir()
    outside.mkdir()
    (inside / "甲局.xlsx").write_bytes(b"1")
    (inside / replaced.FOLDER).symlink_to(outside, target_is_directory=True)
    with pytest.raises(EnvironmentProblemError, match="链接"):
        replaced.replace(inside / "甲局.xlsx", b"2", MOMENT)
    assert (inside / "甲局.xlsx").read_bytes() == b"1"
    assert not list(outside.iterdir())
