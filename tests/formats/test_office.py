"""The pool around LibreOffice, on a stand-in that hangs, crashes and lies as it is told."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from gxgen.checks import registry
from gxgen.errors import EnvironmentProblemError, TemplateError
from gxgen.formats.office.pool import ConversionError, Converted, Fault, OfficePool
from gxgen.formats.office.program import VARIABLE, OfficeMissingError, find_soffice
from gxgen.formats.office.warm import StoppedError
from tests.support import ROOT

from .office_support import (
    CRASHES,
    DEAF_SERVER,
    HANGS,
    HANGS_ONCE,
    NO_SERVER,
    RUBBISH,
    SILENT,
    Item,
    all_dead,
    convert_all,
    make_stub,
    pids,
    small_docx,
)

LIMIT = 1.5
DOCX = small_docx()


@pytest.fixture
def stub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The stand-in's folder; gxgen's temporary files lie beside it."""
    return set_up(tmp_path, monkeypatch)


def set_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, server: str = NO_SERVER) -> Path:
    if os.name != "posix":
        pytest.skip("the stand-in for LibreOffice is a shell script, which Windows does not run")
    program = make_stub(tmp_path / "stub", server)
    (tmp_path / "temporary").mkdir()
    monkeypatch.setenv(VARIABLE, str(program))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    return program.parent


def items(*names: str) -> list[Item]:
    return [(name, DOCX, "pdf") for name in names]


def left_over(stub: Path) -> list[Path]:
    return list((stub.parent / "temporary").iterdir())


def test_a_libreoffice_that_never_ends_is_not_waited_for_by_everybody(stub: Path) -> None:
    names = [f"{HANGS}{number}镇" for number in range(6)]
    with OfficePool(workers=1, timeout=0.5) as pool:
        done = dict(convert_all(pool, items(*names)))
    assert all(isinstance(result, Fault) for result in done.values())
    assert sorted(done) == names
    assert len(pids(stub)) == 8, "two documents, two tries each, each with a child"
    told = [one.message for one in done.values() if isinstance(one, Fault)]
    assert sum("接连2份都没有完成" in message for message in told) == 4


def test_a_hung_document_is_killed_with_its_children_and_named_and_the_rest_are_done(
    stub: Path,
) -> None:
    with OfficePool(workers=2, timeout=LIMIT) as pool:
        done = dict(convert_all(pool, items("甲镇", f"{HANGS}镇", "乙局", "丙局", "丁街道")))
        assert all_dead(pids(stub))
    fault = done.pop(f"{HANGS}镇")
    assert isinstance(fault, Fault)
    assert fault.message.startswith(f"{HANGS}镇的PDF没有生成：LibreOffice在1.5秒内没有完成")
    assert len(pids(stub)) == 4, "two tries, each with a child"
    assert sorted(done) == ["丁街道", "丙局", "乙局", "甲镇"]
    assert all(isinstance(result, Converted) for result in done.values())
    assert left_over(stub) == []


def test_a_document_that_hangs_once_is_done_by_a_new_process(stub: Path) -> None:
    with OfficePool(workers=1, timeout=LIMIT) as pool:
        assert pool.convert(f"{HANGS_ONCE}镇", DOCX, "pdf").pages == 1
    assert len(pids(stub)) == 2
    assert all_dead(pids(stub))


def test_an_office_that_never_gets_ready_is_not_needed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = set_up(tmp_path, monkeypatch, DEAF_SERVER)
    with OfficePool(workers=1, timeout=0.5) as pool:
        done = convert_all(pool, items("甲镇", "乙局"))
    assert [type(result) for _, result in done] == [Converted, Converted]
    calls = (folder / "calls").read_text(encoding="utf-8").splitlines()
    assert sum("--convert-to" not in call for call in calls) == 1, "asked once, then never again"


@pytest.mark.parametrize(
    ("name", "why"),
    [
        (CRASHES, "LibreOffice没有写出文件，可能中途崩溃"),
        (SILENT, "LibreOffice没有写出文件，可能中途崩溃"),
        (RUBBISH, "写出的PDF已损坏"),
    ],
)
def test_what_is_not_there_or_no_pdf_is_told_with_the_name(stub: Path, name: str, why: str) -> None:
    with OfficePool(workers=2, timeout=LIMIT) as pool:
        done = dict(convert_all(pool, items("甲镇", f"{name}局", "乙局")))
        with pytest.raises(ConversionError, match=why):
            pool.convert(f"{name}局", DOCX, "pdf")
    fault = done[f"{name}局"]
    assert isinstance(fault, Fault)
    assert fault.message.startswith(f"{name}局的PDF没有生成：{why}")
    assert isinstance(done["甲镇"], Converted)
    assert isinstance(done["乙局"], Converted)
    finding = fault.finding()
    assert registry.rule(finding.code).name == "conversion-failed"


def test_a_pdf_without_the_title_is_refused(stub: Path) -> None:
    with (
        OfficePool(workers=1, timeout=LIMIT) as pool,
        pytest.raises(ConversionError, match="没有报告的标题"),
    ):
        pool.convert("甲镇", small_docx("甲镇2024年报告", "甲镇</w:t><w:t>2024年报告"), "pdf")


def test_several_threads_share_the_pool(stub: Path) -> None:
    with OfficePool(workers=2, timeout=LIMIT) as pool, ThreadPoolExecutor(6) as crew:
        names = [f"第{n}局" for n in range(12)]
        done = list(crew.map(lambda name: pool.convert(name, DOCX, "pdf").pages, names))
    assert done == [1] * 12


def test_what_is_no_docx_is_a_fault_of_that_one_alone(stub: Path) -> None:
    with OfficePool(workers=1, timeout=LIMIT) as pool:
        done = dict(convert_all(pool, [("甲镇", b"text", "pdf"), ("乙局", DOCX, "pdf")]))
        with pytest.raises(TemplateError):
            pool.convert("甲镇", b"text", "pdf")
    assert isinstance(done["甲镇"], Fault)
    assert isinstance(done["乙局"], Converted)


@pytest.mark.parametrize(
    "name", ["../../外面", "-env:A", "甲;touch 乙", "", "长" * 300, "a\n\x00b"]
)
def test_no_name_reaches_outside_its_folder(stub: Path, name: str) -> None:
    with OfficePool(workers=1, timeout=LIMIT) as pool:
        assert pool.convert(name, DOCX, "pdf").pages == 1
    document = (stub / "calls").read_text(encoding="utf-8").splitlines()[-1].rpartition(" ")[2]
    assert Path(document).parent.parent.parent == stub.parent / "temporary"


def test_an_error_in_the_midst_leaves_nothing_behind(stub: Path) -> None:
    start = time.monotonic()
    with (
        pytest.raises(KeyboardInterrupt),
        ThreadPoolExecutor(1) as crew,
        OfficePool(workers=2, timeout=60) as pool,
    ):
        crew.submit(pool.convert, f"{HANGS}镇", DOCX, "pdf")
        assert pool.convert("甲镇", DOCX, "pdf").pages == 1
        raise KeyboardInterrupt
    assert time.monotonic() - start < 10
    assert all_dead(pids(stub))
    assert left_over(stub) == []


@pytest.mark.parametrize(
    ("sent", "cleaned"), [("SIGINT", True), ("SIGKILL", False)], ids=["ctrl-c", "kill"]
)
def test_ctrl_c_and_sudden_death_end_all_processes(stub: Path, sent: str, cleaned: bool) -> None:
    script = (
        "import sys, tempfile; from pathlib import Path\n"
        "from gxgen.formats.office.pool import OfficePool\n"
        "from concurrent.futures import ThreadPoolExecutor\n"
        f"tempfile.tempdir = {str(stub.parent / 'temporary')!r}\n"
        "docx = Path(sys.argv[1]).read_bytes()\n"
        "with ThreadPoolExecutor(2) as crew, OfficePool(workers=2, timeout=60) as pool:\n"
        f"    names = '{HANGS}镇', '{HANGS}局'\n"
        "    one, two = (crew.submit(pool.convert, name, docx, 'pdf') for name in names)\n"
        "    one.result(), two.result()\n"
    )
    (stub / "a.docx").write_bytes(DOCX)
    child = subprocess.Popen(
        [sys.executable, "-c", script, str(stub / "a.docx")], stderr=subprocess.DEVNULL, cwd=ROOT
    )
    limit = time.monotonic() + 20
    while len(pids(stub)) < 4 and time.monotonic() < limit:
        time.sleep(0.05)
    assert len(pids(stub)) == 4
    child.send_signal(getattr(signal, sent))  # Windows knows no SIGKILL
    child.wait(timeout=20)
    assert all_dead(pids(stub))
    assert not cleaned or left_over(stub) == []


def test_no_office_is_told_with_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "soffice"))
    with pytest.raises(OfficeMissingError, match=f"环境变量{VARIABLE}写的"):
        find_soffice()
    monkeypatch.delenv(VARIABLE)
    monkeypatch.setattr("gxgen.formats.office.program._candidates", lambda: iter(["没有这个程序"]))
    with pytest.raises(EnvironmentProblemError, match=r"没有找到LibreOffice.*安装"):
        OfficePool()


def test_a_pool_can_be_entered_again_and_a_closed_one_converts_nothing(stub: Path) -> None:
    pool = OfficePool(workers=1, timeout=LIMIT)
    for _ in range(2):
        with pool:
            assert pool.convert("甲镇", DOCX, "pdf").pages == 1
        with pytest.raises(StoppedError):
            pool.convert("甲镇", DOCX, "pdf")
