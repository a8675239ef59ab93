"""Workers that hang, grow, crash or are killed, and what is left when the parent ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from multiprocessing import active_children
from pathlib import Path
from typing import Any

import pytest

from gxgen import api
from gxgen.cli import main
from gxgen.county.agency_year import Filing, Outcome, unreadable
from gxgen.county.pool import Budget, DiedError, Pool
from gxgen.county.workers import Hands, Task, apart
from gxgen.errors import UsageError
from tests.county.test_incremental import visible
from tests.processes import session, start

SMALL = Budget(processor=0.5, clock=30, memory=200 << 20)
LINUX = sys.platform == "linux"
pytestmark = pytest.mark.skipif(not LINUX, reason="limits and /proc are Linux's; see Budget")


def spin() -> None:
    while True:
        pass


def stop() -> None:
    os.kill(os.getpid(), signal.SIGSTOP)


def grow() -> int:
    return len(bytearray(400 << 20))


def crash() -> None:
    os.abort()


def killed() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def leave() -> None:
    os._exit(5)


class Panic(BaseException):
    """As Rust's are: no :class:`Exception`."""


def panic() -> None:
    raise Panic


def sound(number: int) -> int:
    return number + 1


@pytest.mark.parametrize(
    ("call", "told", "by_others"),
    [
        (spin, "处理器时间", False),
        (grow, "内存超过0.2 GB", False),
        (crash, "崩溃", False),
        (killed, "被系统强行结束", True),
        (leave, "崩溃", False),
        (panic, "崩溃", False),
    ],
)
def test_one_that_dies_is_told_and_replaced(
    call: Callable[[], object], told: str, by_others: bool
) -> None:
    with Pool(1, SMALL) as pool:
        for _ in range(2):
            futures = pool.submit(call), pool.submit(sound, 1)
            with pytest.raises(DiedError, match=told) as caught:
                futures[0].result(60)
            assert caught.value.killed is by_others
            assert futures[1].result(60) == 2


def test_one_that_does_nothing_for_ever_is_ended() -> None:
    with Pool(1, SMALL._replace(clock=8)) as pool:
        with pytest.raises(DiedError, match="8秒还没有做完"):
            pool.submit(stop).result(60)
        assert pool.submit(sound, 1).result(60) == 2


def some(number: int, end: Callable[[], object]) -> Iterator[int]:
    yield from range(number)
    end()


def test_what_was_done_before_is_not_lost() -> None:
    with Pool(1, SMALL) as pool:
        with pytest.raises(DiedError) as caught:
            pool.each(some, 3, crash).result(60)
        assert caught.value.parts == [0, 1, 2]


def slow_parts() -> Iterator[int]:
    for part in range(6):
        start = time.process_time()
        while time.process_time() - start < 0.2:
            pass
        yield part


def test_each_part_has_the_budget_to_itself() -> None:
    with Pool(1, SMALL) as pool:
        assert pool.each(slow_parts).result(60) == list(range(6))


class UnfitError(Exception):
    """One that cannot be made again from what it says."""

    def __init__(self, one: str, two: str) -> None:
        super().__init__(one + two)


def wrong(kind: type[Exception], *said: str) -> None:
    raise kind(*said)


def test_what_is_raised_there_is_raised_here_and_says_where() -> None:
    with Pool(1) as pool:
        with pytest.raises(UsageError, match="不对") as caught:
            pool.submit(wrong, UsageError, "不对").result(60)
        assert "test_pool.py" in "".join(caught.value.__notes__)
        with pytest.raises(Exception, match="UnfitError"):
            pool.submit(wrong, UnfitError, "a", "b").result(60)
        assert pool.submit(sound, 1).result(60) == 2


class Deadly(Task):
    """Filings that do what their name says."""

    def each(self) -> Iterator[Outcome]:
        for filing in self.filings:
            {"abort": crash, "kill": killed, "grow": grow}.get(filing.stem, int)()
            yield unreadable(filing, "done")


@pytest.mark.parametrize("workers", [1, 2])
def test_of_a_task_only_the_culprit_is_told(workers: int) -> None:
    names = ["a", "b", "abort", "c", "kill", "d", "e", "abort"]
    tasks = [(Deadly(tuple(Filing(f"{n}.xlsx") for n in names)), tuple(range(8)))] * 3
    with Hands(workers) as hands:
        done = list(hands.outcomes(tasks))
    assert sorted(at for at, _ in done) == sorted([*range(8)] * 3)
    for at, outcome in done:
        dead = names[at] in ("abort", "kill")
        assert outcome.faults == (() if dead else ("done",))
        assert [d.code for d in outcome.diagnostics] == (["GX722"] if dead else [])
        assert outcome.judgement.workbook == f"{names[at]}.xlsx"
        assert not outcome.crashed


def test_a_call_apart_leaves_this_process_alone() -> None:
    assert apart(sound, 1) == 2
    with pytest.raises(DiedError):
        apart(crash)


# -- the parent ends -----------------------------------------------------------------------------


def wait_for(what: Callable[[], Any]) -> Any:
    """What it gives at last, within a generous time."""
    limit = time.monotonic() + 60
    while not (given := what()):
        assert time.monotonic() < limit
        time.sleep(0.01)
    return given


PARENT = """
import os
from gxgen.county.pool import Budget, Pool
from tests.county.test_pool import spin, killed
pool = Pool(2, Budget(processor=1000))
for _ in range(2):  # so that two of those who take their place are there as well
    pool.submit(killed)
for _ in range(2):
    pool.submit(spin)
print("ready", flush=True)
pool.submit(spin).result()
"""


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP, signal.SIGABRT])
def test_no_worker_outlives_its_parent_even_one_that_hangs(number: signal.Signals) -> None:
    command = [sys.executable, "-c", PARENT]
    with subprocess.Popen(command, stdout=subprocess.PIPE, start_new_session=True) as parent:
        assert parent.stdout is not None
        parent.stdout.readline()
        wait_for(lambda: len(session(parent.pid)) > 2)
        time.sleep(1)  # until they spin
        parent.send_signal(number)
        parent.wait(60)
        wait_for(lambda: not session(parent.pid))


# -- a county ------------------------------------------------------------------------------------

AGENCIES = 24


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo county and, beside it, what a build makes of it undisturbed."""
    root = tmp_path_factory.mktemp("workers")
    api.init(root, county="云垟县", year=2024, demo=AGENCIES, years=1)
    api.build([root / "inputs"], output=root / "clean", workers=2)
    return root


def begun(process: subprocess.Popen[str], output: Path) -> list[int]:
    """The workers, once they are at work."""
    wait_for(lambda: any(output.rglob("*年度报告*.docx")))
    return [one for one in session(process.pid) if one != process.pid]


def test_a_killed_worker_costs_its_unit_and_nothing_else(county: Path, tmp_path: Path) -> None:
    output = tmp_path / "output"
    process = start(county, output)
    workers = begun(process, output)
    for one in workers:
        os.kill(one, signal.SIGKILL)
    said, err = process.communicate(timeout=120)
    told = said.count("GX722")
    assert process.returncode == (1 if told else 0), said + err
    assert told <= len(workers)
    made = visible(output)
    assert {"2024/index.html", "2024/build.json"} <= made.keys()
    own = [name for name in made if name.startswith("2024/云垟县人民政府2024年")]
    assert len(own) == 2, own  # the roll-up and its parts
    assert any("草稿" in name for name in own) == bool(told)
    reports = [name for name in made if "年度报告" in name and name.endswith(".docx")]
    assert len(reports) == AGENCIES + 1 - told
    process = start(county, output)
    said, err = process.communicate(timeout=120)
    assert process.returncode == 0, said + err
    assert f"生成 {told} 份报告" in said
    assert visible(output) == visible(county / "clean")


@pytest.mark.parametrize(
    ("number", "status"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)]
)
def test_asked_to_end_a_build_ends_in_order(
    county: Path, tmp_path: Path, number: signal.Signals, status: int
) -> None:
    output = tmp_path / "output"
    process = start(county, output)
    begun(process, output)
    process.send_signal(number)
    said, err = process.communicate(timeout=120)
    wait_for(lambda: not session(process.pid))
    assert process.returncode == status, said + err
    assert "已中断" in err
    assert "Traceback" not in err
    assert (output / "2024" / ".gxgen" / "ledger.jsonl").is_file()
    process = start(county, output)
    said, err = process.communicate(timeout=120)
    assert process.returncode == 0, said + err
    assert "没有变化，不必重做" in said
    assert visible(output) == visible(county / "clean")


def test_a_build_that_is_to_outlive_its_terminal_does(county: Path, tmp_path: Path) -> None:
    output = tmp_path / "output"
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        process = start(county, output)
    finally:
        signal.signal(signal.SIGHUP, before)
    begun(process, output)
    os.killpg(process.pid, signal.SIGHUP)
    said, err = process.communicate(timeout=120)
    assert process.returncode == 0, said + err
    assert visible(output) == visible(county / "clean")


NO_THREADS = """
import resource, sys, threading
from gxgen.cli import main
resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))
threading.stack_size(3 << 30)  # no thread finds room for it
sys.exit(main(["check", sys.argv[1], "--quiet"]))
"""


def test_where_the_system_lets_no_more_threads_run_that_is_told(county: Path) -> None:
    command = [sys.executable, "-c", NO_THREADS, str(county / "inputs")]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=120)
    assert done.returncode == 2, done
    assert "程序太多" in done.stderr


def test_what_fails_because_it_was_interrupted_is_no_fault(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def run(*_: object) -> int:
        try:
            signal.raise_signal(signal.SIGTERM)
        except KeyboardInterrupt:
            raise RuntimeError("release unlocked lock") from None
        return 0

    monkeypatch.setenv("GXGEN_CACHE", str(tmp_path))
    monkeypatch.setattr(sys.modules["gxgen.cli.main"], "_run", run)
    before = signal.getsignal(signal.SIGTERM)
    assert main([]) == 143
    assert "已中断" in capsys.readouterr().err
    assert signal.getsignal(signal.SIGTERM) is before


def test_what_a_killed_run_left_of_libreoffice_goes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from gxgen.formats.office.pool import OfficePool

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("GXGEN_SOFFICE", sys.executable)
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    folders = [tmp_path / f"gxgen-office-{owner}-x" for owner in (dead.pid, os.getppid(), "x")]
    for folder in folders:
        (folder / "office0" / "profile1" / "user").mkdir(parents=True)
    with OfficePool(workers=1):
        assert [folder.is_dir() for folder in folders] == [False, True, True]


def test_interrupted_as_it_starts_a_pool_leaves_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its processes are nobody's yet, and what is sent to end them as Python ends comes before they
    know what to do with it: the run would wait for them without end."""
    begin = threading.Thread.start

    def interrupted(thread: threading.Thread) -> None:
        signal.raise_signal(signal.SIGINT)
        begin(thread)

    monkeypatch.setattr(threading.Thread, "start", interrupted)
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt):
            Pool(2)
    finally:
        signal.signal(signal.SIGINT, before)
    assert not active_children()
