"""A county of many agencies: the screen keeps to those of which there is something to say."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from gxgen import api
from gxgen.cli.app import app

AGENCIES, FAULTY = 24, 3


def said(root: Path, *arguments: str) -> list[str]:
    done = CliRunner().invoke(
        app,
        ["build", str(root / "inputs"), "-o", str(root / "output"), "-q", *arguments],
        catch_exceptions=False,
    )
    return done.stdout.splitlines()


@pytest.fixture
def county(tmp_path: Path) -> Path:
    api.init(tmp_path, county="青川县", year=2024, demo=AGENCIES, faulty=FAULTY, years=1)
    return tmp_path


def test_the_sound_are_counted_and_the_returned_stand_last(county: Path) -> None:
    lines = said(county)
    heads = [line for line in lines if "（" in line and ".xlsx）" in line]
    assert len(heads) < AGENCIES
    assert all("错误" in head for head in heads[-FAULTY:])
    assert not any("没有问题  （" in head for head in heads)
    sound = AGENCIES - len(heads)
    assert f"另有 {sound} 份没有问题，报告已生成，不逐一列出。" in lines
    whole = f"共 {AGENCIES} 份：生成 {AGENCIES - FAULTY} 份报告"
    assert any(line.startswith(whole) for line in lines)


def test_why_lists_everybody(county: Path) -> None:
    lines = said(county, "--why")
    assert sum(line.startswith("  原因：") for line in lines) == AGENCIES
