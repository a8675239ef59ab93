"""``gxgen audit`` as a user calls it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gxgen.cli import main
from gxgen.demo.county import Demo, write_forms


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A form, and the page that was built from it."""
    folder = tmp_path_factory.mktemp("county")
    demo = Demo("审读县", 2024, 1)
    write_forms(folder, demo, (0,))
    form = next((folder / "2024").glob("*.xlsx"))
    out = tmp_path_factory.mktemp("出")
    assert main(["build", str(form), "--format", "html", "-o", str(out), "--quiet"]) == 0
    page = next(one for one in out.rglob("*.html") if "公安局" in one.name)
    return form, page


def test_a_report_as_built_is_clean_and_equal(built, capsys) -> None:
    form, page = built
    capsys.readouterr()
    assert main(["audit", str(page)]) == 0
    assert "2021版格式" in capsys.readouterr().out
    assert main(["audit", str(page), "--against", str(form)]) == 0
    said = capsys.readouterr().out
    assert "完全一致" in said
    assert "数字：相同 200、改了 0、没有读到 0。" in said


def test_a_report_that_was_edited_is_told(built, tmp_path, capsys) -> None:
    form, page = built
    edited = tmp_path / "改过.html"
    edited.write_text(page.read_text("utf-8").replace("2024年", "2023年", 2), encoding="utf-8")
    capsys.readouterr()
    assert main(["audit", str(edited), "--against", str(form), "--format", "json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["reports"][0]["against"]["equal"] is False
    assert {one["code"] for one in told["findings"]} & {"GX832", "GX836"}


def test_what_is_written_and_what_is_not_written_over(built, tmp_path, capsys, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    _, page = built
    assert main(["audit", str(page), "--format", "html"]) == 0
    (made,) = tmp_path.glob("*.审读.html")
    assert main(["audit", str(page), "--format", "html"]) == 2
    assert main(["audit", str(page), "-o", "甲.html"]) == 0
    assert made.read_bytes() == Path("甲.html").read_bytes()
    assert main(["audit", str(page), "-o", "甲.json"]) == 0
    assert json.loads(Path("甲.json").read_text("utf-8"))["checked"] == 1
    assert main(["audit", str(page), "-o", "甲.txt"]) == 0
    assert main(["audit", str(page), "--format", "html", "-o", "甲.pdf"]) == 2
    Path("页").mkdir()
    copy = Path("乙.html")
    copy.write_bytes(page.read_bytes())
    assert main(["audit", str(page), str(copy), "--format", "html", "-o", "页"]) == 0
    assert len(list(Path("页").iterdir())) == 2
    assert main(["audit", str(copy), str(copy), "--format", "html", "--force"]) == 2


def test_wrong_use_is_told(built, tmp_path, capsys) -> None:
    form, page = built
    assert main(["audit", str(page), str(page), "--against", str(form)]) == 2
    assert "一次只能比对" in capsys.readouterr().err
    assert main(["audit", "没有.html"]) == 2
    assert main(["audit", str(page), "--edition", "2012"]) == 2
    other = main(
        ["audit", str(page), "--agency", "别县别局", "--year", "2022", "--against", str(form)]
    )
    assert other == 2
    assert "不是同一份" in capsys.readouterr().err


def test_what_is_no_report_is_an_error_and_stops_nobody(built, tmp_path, capsys) -> None:
    _, page = built
    (tmp_path / "信.txt").write_text("你好。", encoding="utf-8")
    capsys.readouterr()
    assert main(["audit", str(tmp_path / "信.txt"), str(page), "--format", "json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert [one["year"] for one in told["reports"]] == [None, 2024]
    assert "GX801" in {one["code"] for one in told["findings"]}
