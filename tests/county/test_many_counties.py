"""A run over more counties than this process may hold files open: each closes when it is done."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from gxgen import api
from gxgen.county.ledger import FILE, FOLDER
from gxgen.editions.declared import EDITIONS
from gxgen.form.write.workbook import blank_workbook
from tests.factory import make_report
from tests.support import ROOT

COUNTIES = int(os.environ.get("GXGEN_COUNTIES", "400"))
"""Some thousand take minutes and tell no more; ``benchmarks/README.md`` has a run over 1,100."""
DESCRIPTORS, YEAR = 128, 2024
_LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_NOFILE, (int(sys.argv[1]),) * 2)
from gxgen.cli import main
raise SystemExit(main(sys.argv[2:]))
"""


def _counties(root: Path, count: int) -> None:
    """So many counties of one agency each, all of which file the same form."""
    report = make_report(EDITIONS["2021"], year=YEAR)
    form = blank_workbook(report.edition, YEAR, agency=report.agency, fill=report)
    for number in range(count):
        folder = root / "inputs" / f"{number:04}县"
        (folder / str(YEAR)).mkdir(parents=True)
        text = f'county = "第{number}县"\nyear = {YEAR}\n'
        (folder / "county.toml").write_text(text, encoding="utf-8")
        (folder / str(YEAR) / "甲.xlsx").write_bytes(form)


def _start(root: Path) -> subprocess.Popen[str]:
    path = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    command = [sys.executable, "-c", _LIMITED, str(DESCRIPTORS), "build", "--format", "json"]
    return subprocess.Popen(
        [*command, "--quiet", "--jobs", "2"],
        cwd=root,
        env={**os.environ, "PYTHONPATH": path, "PYTHONUTF8": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
    )


def _closed(root: Path) -> int:
    return len(list(root.glob(f"output/*/{YEAR}/{FOLDER}/{FILE}")))


def test_a_county_is_whole_before_the_next_is_done(tmp_path: Path) -> None:
    _counties(tmp_path, 3)
    seen = []
    result = api.build(
        [tmp_path / "inputs"],
        output=tmp_path / "output",
        workers=1,
        progress=lambda *_: seen.append(_closed(tmp_path)),
    )
    assert (seen, _closed(tmp_path), result.exit_status) == ([0, 1, 2], 3, 0)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows 不能限制打开文件的个数")
def test_each_county_closes_when_it_is_complete_and_stays_so(tmp_path: Path) -> None:
    _counties(tmp_path, COUNTIES)
    process = _start(tmp_path)
    while _closed(tmp_path) < COUNTIES // 5 and process.poll() is None:
        time.sleep(0.05)
    assert process.poll() is None, process.communicate()[1]
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    done = _closed(tmp_path)
    assert done >= COUNTIES // 5
    process = _start(tmp_path)
    said, err = process.communicate()
    assert process.returncode == 0, err
    words = [unit["outcome"] for unit in json.loads(said)["units"]]
    assert words.count("unchanged") == done
    assert words.count("built") == COUNTIES - done
    for name in ("*.docx", "index.html", "build.json", f"{FOLDER}/{FILE}"):
        assert len(list(tmp_path.glob(f"output/*/{YEAR}/{name}"))) == COUNTIES
    assert not list(tmp_path.glob(f"output/*/{YEAR}/{FOLDER}/journal"))
