"""Builds that are cut short: killed at any moment, no room, no right to write."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from gxgen import api
from gxgen.county.endings import uninterrupted
from tests.county.test_incremental import visible
from tests.processes import start

AGENCIES = 20
KILLS = int(os.environ.get("GXGEN_KILLS", "12"))
"""How many moments to try; ``GXGEN_KILLS=100`` for the long run."""


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo county and, beside it, what a build makes of it undisturbed."""
    root = tmp_path_factory.mktemp("killed")
    api.init(root, county="云垟县", year=2024, demo=AGENCIES, faulty=4, years=1)
    api.build([root / "inputs"], output=root / "clean", workers=1)
    return root


def test_killed_at_any_moment_nothing_is_partial(county: Path) -> None:
    clean = visible(county / "clean")
    output = county / "output"
    begin = time.monotonic()
    start(county, county / "timing").communicate()
    length = time.monotonic() - begin
    moments = random.Random(5)
    for number in range(KILLS):
        options = ("--force",) if number % 2 else ()
        process = start(county, output, *options)
        time.sleep(moments.uniform(0.2, 1.0) * length)
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        for name, data in (visible(output) if output.is_dir() else {}).items():
            if not name.endswith(".tmp"):
                assert data == clean[name], name
    said = start(county, output).communicate()
    assert visible(output) == clean, said


def test_two_builds_at_once_do_no_harm(county: Path) -> None:
    output = county / "twice"
    builds = [start(county, output, "--force") for _ in range(3)]
    for process in builds:
        _, err = process.communicate()
        assert process.returncode == 1, err
    assert visible(output) == visible(county / "clean")
    start(county, output).communicate()
    assert visible(output) == visible(county / "clean")


def test_ctrl_c_leaves_things_whole_and_says_so(county: Path) -> None:
    output = county / "interrupted"
    for moment in (0.5, 0.7, 0.9, 1.1):
        process = start(county, output, "--force")
        time.sleep(moment)
        os.killpg(process.pid, signal.SIGINT)
        _, err = process.communicate(timeout=60)  # it ends, whatever was being started
        assert "Traceback" not in err
        if process.returncode == 130:
            assert "已中断" in err
    start(county, output).communicate()
    assert visible(output) == visible(county / "clean")


def test_ctrl_c_waits_while_threads_start_and_is_not_lost() -> None:
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    reached = False
    try:
        with pytest.raises(KeyboardInterrupt), uninterrupted():
            signal.raise_signal(signal.SIGINT)
            reached = True
        assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    finally:
        signal.signal(signal.SIGINT, before)
    assert reached


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 100 kB, where this user may mount one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=100k", "tmpfs", str(disk)]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("不能挂载一个小文件系统（需要 root）")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)


def test_a_full_disk_is_told_and_nothing_is_damaged(county: Path, small_disk: Path) -> None:
    process = start(county, small_disk)
    _, err = process.communicate()
    assert process.returncode == 2
    assert "磁盘已满" in err
    clean, there = visible(county / "clean"), visible(small_disk)
    manifest = next((name for name in there if name.endswith("build.json")), None)
    for name, data in there.items():
        # The manifest tells what is there, and so does the page that shows it.
        if name != manifest and not name.endswith("index.html"):
            assert data == clean[name], name
    if manifest is not None:
        listed = _listed(there[manifest])
        assert listed.items() <= _listed(clean[manifest]).items()
        assert {(Path(manifest).parent / name).as_posix() for name in listed} <= there.keys()


def _listed(manifest: bytes) -> dict[str, str]:
    """Every file that a manifest names, with its SHA-256."""
    units = json.loads(manifest)["units"]
    return {file["file"]: file["sha256"] for unit in units for file in unit["outputs"]}


def test_a_read_only_output_is_told(county: Path, small_disk: Path) -> None:
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    process = start(county, small_disk)
    _, err = process.communicate()
    assert process.returncode == 2
    assert "只读" in err
    assert "Traceback" not in err
