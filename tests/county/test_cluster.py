"""The same build on a Dask scheduler with two worker processes on loopback."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from gxgen import api
from gxgen.county.workers import dask_executor
from gxgen.errors import EnvironmentProblemError
from tests.county.test_incremental import visible

AGENCIES = 24


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo county and, beside it, what a local build makes of it."""
    root = tmp_path_factory.mktemp("cluster")
    api.init(root, county="云垟县", year=2024, demo=AGENCIES, faulty=4, years=1)
    api.build([root / "inputs"], output=root / "local", workers=1)
    return root


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """(address, worker processes)."""
    pytest.importorskip("distributed", reason="Dask 没有安装；运行 pip install 'gxgen[dask]'")
    log = (tmp_path / "scheduler.log").open("wb")
    scheduler = subprocess.Popen(
        [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1",
         "--port", "0", "--no-dashboard"],
        stderr=log, stdout=log, cwd=tmp_path,
    )  # fmt: skip
    address = _address(tmp_path / "scheduler.log")
    workers = [
        subprocess.Popen(
            [sys.executable, "-m", "distributed.cli.dask_worker", address, "--nthreads", "1",
             "--no-nanny", "--no-dashboard", "--local-directory", str(tmp_path / str(number))],
            stderr=log, stdout=log, cwd=tmp_path,
        )
        for number in range(2)
    ]  # fmt: skip
    yield address, workers
    for process in (*workers, scheduler):
        process.kill()
        process.wait()
    log.close()


def _address(log: Path) -> str:
    for _ in range(300):
        found = re.search(r"tcp://127\.0\.0\.1:\d+", log.read_text(errors="replace"))
        if found:
            return found[0]
        time.sleep(0.1)
    raise AssertionError(log.read_text(errors="replace"))


def _wait_for(address: str, workers: int) -> None:
    for _ in range(100):
        try:
            with dask_executor(address) as (_, threads):
                if threads >= workers:
                    return
        except EnvironmentProblemError:
            pass
        time.sleep(0.1)
    raise AssertionError("the workers did not come")


def test_a_cluster_builds_the_same_bytes(
    county: Path, cluster: tuple[str, list[subprocess.Popen[bytes]]]
) -> None:
    address, _ = cluster
    _wait_for(address, 2)
    api.build([county / "inputs"], output=county / "dask", scheduler=address)
    assert visible(county / "dask") == visible(county / "local")
    shutil.rmtree(county / "dask")


def test_a_worker_killed_in_mid_run_changes_nothing(
    county: Path, cluster: tuple[str, list[subprocess.Popen[bytes]]]
) -> None:
    address, workers = cluster
    _wait_for(address, 2)
    done = threading.Event()

    def progress(_: str, __: int, ___: int) -> None:
        if not done.is_set():
            done.set()
            os.kill(workers[0].pid, signal.SIGKILL)

    api.build([county / "inputs"], output=county / "killed", scheduler=address, progress=progress)
    assert done.is_set()
    assert visible(county / "killed") == visible(county / "local")


def test_nobody_at_the_address_is_told() -> None:
    pytest.importorskip("distributed", reason="Dask 没有安装；运行 pip install 'gxgen[dask]'")
    with (
        pytest.raises(EnvironmentProblemError, match="连不上 Dask 调度器"),
        dask_executor("tcp://127.0.0.1:1"),
    ):
        pass
