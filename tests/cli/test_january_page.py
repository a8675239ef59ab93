"""docs/january.zh-CN.md, followed word by word: its commands in its order, and what it promises."""

from __future__ import annotations

import csv
import re
import shlex
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import typer.main

from gxgen import api
from gxgen.cli import main
from gxgen.cli.app import app
from tests.support import ROOT

PAGE = (ROOT / "docs/january.zh-CN.md").read_text("utf-8")
BLOCKS = [block.split("\n") for block in re.findall(r"```sh\n(.*?)\n```", PAGE, re.DOTALL)]
YEAR = 2025
IN, OUT = Path(f"inputs/{YEAR}"), Path(f"output/{YEAR}")
CAME = ("新建 XLSX 工作表.xlsx", "{name}（修改版）.xlsx", "{name}(1).XLSX", "我们单位的表.xlsx")
"""Under which names the first four come in, the faulty one first; the fifth sends a PDF."""
Says = Callable[[str], str]


@pytest.fixture
def units(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """An empty folder with a roster, and what units have sent; their sound forms stay outside."""
    api.init(tmp_path / "demo", county="某某县", year=YEAR, demo=5, faulty=1)
    forms = sorted((tmp_path / f"demo/inputs/{YEAR}").glob("*.xlsx"))
    forms = [path for path in forms if path.stem != "某某县人民政府"]
    returned = {one.path for one in api.check(forms, workers=1).outcomes if not one.passed}
    forms.sort(key=lambda path: path not in returned)
    here = tmp_path / "here"
    (here / "收到的").mkdir(parents=True)
    for path, called in zip(forms, CAME, strict=False):
        shutil.copy(path, here / "收到的" / called.format(name=path.stem))
    (here / "收到的" / f"{forms[4].stem}.pdf").write_bytes(b"%PDF-1.7")
    with (here / "名册.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["单位名称", "简称", "电话"])
        rows.writerows([path.stem, path.stem.removeprefix("某某县"), "0000-1"] for path in forms)
    monkeypatch.chdir(here)
    return forms


@pytest.fixture
def says(units: list[Path], capsys: pytest.CaptureFixture[str]) -> Says:
    """What a line of the page says; 财政局 is whichever unit's form goes back."""

    def run(line: str) -> str:
        short = units[0].stem.removeprefix("某某县")
        status = main(shlex.split(line.replace("财政局", short))[1:])
        told = capsys.readouterr()
        assert status in (0, 1), f"{line}: {told.err}"
        return told.out

    return run


def _commands() -> dict[str, Any]:
    whole = typer.main.get_command(app)
    return {name: one for name, one in whole.commands.items() if not hasattr(one, "commands")}


def test_its_commands_and_options_are_there() -> None:
    named = {shlex.split(line)[1] for block in BLOCKS for line in block}
    assert named == {"init", "blank", "receive", "status", "chase", "notice", "build", "pack"}
    assert len(BLOCKS) == PAGE.count("\n## ")
    known = {word for one in _commands().values() for each in one.params for word in each.opts}
    assert set(re.findall(r"`(--[a-z]+)", PAGE)) <= known


def test_it_is_followed_word_by_word(units: list[Path], says: Says) -> None:
    begin, receive, chase, notice, build, end = BLOCKS
    faulty, *sound, absent = units
    for line in begin:
        says(line)
    assert {path.stem for path in IN.glob("*.xlsx")} == {path.stem for path in units}
    settings = Path("inputs/county.toml")
    text = settings.read_text("utf-8")
    assert "deadline" in text and "correct_by" in text
    assert "未报 5" in says("gxgen status"), "a blank form is none"

    received, standing = map(says, receive)
    assert f"收了 {len(CAME) + 1} 份，放好 {len(CAME)} 份" in received
    for path in (faulty, *sound):
        assert (IN / path.name).read_bytes() == path.read_bytes()
    assert len(list((IN / ".replaced").rglob("*.xlsx"))) == len(CAME), "blank forms are kept too"
    assert (Path("收到的") / f"{absent.stem}.pdf").exists()
    assert "收到，还没有做 4" in standing and f"未报：{absent.stem}" in standing
    assert "一模一样" in says(receive[0])
    shutil.copy(f"收到的/{absent.stem}.pdf", IN)
    assert f"{absent.stem}（没有读：{absent.stem}.pdf）" in says("gxgen status")

    (chased,) = map(says, chase)
    assert chased.split() == (OUT / "催报.txt").read_text("utf-8-sig").split()
    assert f"{absent.stem}（0000-1）（送来的 {absent.stem}.pdf 不是填报表）" in chased
    assert faulty.stem in chased and not any(path.stem in chased for path in sound)
    assert not list(OUT.glob("*年度报告*"))

    _every, one = map(says, notice)
    notices = {f"退回通知/{faulty.stem}.txt", f"退回通知/{faulty.stem}.docx"}
    copy = f"returns/{faulty.stem}.xlsx"
    assert {str(path.relative_to(OUT)) for path in OUT.glob("[退r]*/*")} == {*notices, copy}
    assert one.count("已生成") == 2 and copy in one
    assert "没有退回通知要发" in says(f"gxgen notice {absent.stem}")
    assert not list(OUT.glob("*年度报告*"))

    (built,) = map(says, build)
    assert {path.name[: len(path.stem) - len(f"{YEAR}年政府信息公开工作年度报告")]
            for path in OUT.glob("*年度报告.docx")} == {path.stem for path in sound}  # fmt: skip
    for name in ("催报.txt", "退回通知", "报送情况通报.docx", "问题清单.xlsx"):
        assert (OUT / name).exists() and str(OUT / name) in built
    assert (OUT / "index.html").exists()
    assert "没有变化" in says("gxgen build --why")

    shutil.copytree("收到的", "又收到的")
    shutil.rmtree("收到的")
    Path("收到的").mkdir()
    for path in (faulty, absent):
        corrected = path if path is absent else _corrected(path)
        shutil.copy(corrected, f"收到的/{path.stem}-改.xlsx")
    assert "换下了原来的表" in says(receive[0])
    assert "没有退回的单位" in says(notice[0])
    assert not (OUT / "退回通知").exists(), "who has corrected is not written to"
    assert "不用催" in says(chase[0])
    assert not (OUT / "催报.txt").exists()

    standing, _, packed = map(says, end)
    assert "未报" not in standing
    for path in ("打包/校验清单.txt", "打包/全县报告.pdf"):
        assert str(OUT / path) in packed and (OUT / path).exists()
    (handed,) = OUT.glob("打包/*上报*.zip")
    with zipfile.ZipFile(handed) as archive:
        assert len([name for name in archive.namelist() if name.endswith("年度报告.docx")]) >= 5


def _corrected(path: Path) -> Path:
    """The same unit's form of a county without faults, as it comes back."""
    root = path.parents[3] / "sound"
    api.init(root, county="某某县", year=YEAR, demo=5)
    return root / f"inputs/{YEAR}" / path.name
