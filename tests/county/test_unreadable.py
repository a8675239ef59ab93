"""A file that cannot be read just now, as one that another program holds: what was made of it
earlier stands, it is told, and the others are built."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from gxgen import api
from gxgen.cli import main
from tests.county.test_incremental import visible

YEAR = 2024


@pytest.fixture
def county(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A county of three agencies and its government, all of them sound, built once."""
    monkeypatch.chdir(tmp_path)
    api.init(tmp_path, county="云垟县", year=YEAR, demo=3)
    assert main(["build", "--quiet"]) == 0
    yield tmp_path
    monkeypatch.undo()


def _forms(county: Path, year: int = YEAR) -> list[Path]:
    """The agencies' forms, and last of all the government's."""
    found = sorted((county / "inputs" / str(year)).glob("*.xlsx"))
    return sorted(found, key=lambda path: path.stem == "云垟县人民政府")


def _all_hand_in_again(county: Path) -> None:
    """Each adds an empty text file to its form: a change that is remarked on and blocks nothing."""
    for path in _forms(county):
        path.with_suffix(".txt").write_text("", encoding="utf-8")


def refuse(monkeypatch: pytest.MonkeyPatch, refused: Path) -> None:
    """Let nobody read that file, as where another program holds it."""
    read = Path.read_bytes

    def stand_in(path: Path) -> bytes:
        if path.resolve() == refused.resolve():
            raise PermissionError(13, "Permission denied", str(path))
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", stand_in)


def drafts(output: Path) -> bool:
    """Whether the county's own report is a draft there, and not final beside it."""
    own = [name for name in visible(output) if "云垟县人民政府" in name and name.endswith("docx")]
    assert own, "there is one, whatever it is"
    return all("（草稿）" in name for name in own)


def _clean(county: Path) -> dict[str, bytes]:
    api.build([county / "inputs"], output=county / "clean", workers=1)
    return visible(county / "clean")


@pytest.mark.parametrize("which", ["form", "text", "last-year"])
def test_the_old_report_stands_and_it_is_told(
    county: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    which: str,
) -> None:
    before = visible(county / "output")
    _all_hand_in_again(county)
    form = _forms(county)[0]
    held = {
        "form": form,
        "text": form.with_suffix(".txt"),
        "last-year": county / "inputs" / str(YEAR - 1) / form.name,
    }[which]
    with monkeypatch.context() as patch:
        refuse(patch, held)
        assert main(["build", "--quiet", "--jobs", "1"]) == 2
        said = capsys.readouterr()
        result = api.build([county / "inputs"], workers=1)
    assert f"读不了文件：{held.relative_to(county)}" in said.err
    assert "请关闭后重试" in said.err
    assert "Traceback" not in said.err + said.out
    assert (result.removed, result.set_aside) == ((), ())
    assert drafts(county / "output"), "nobody knows what it says now, so nothing is final"
    assert "GX721" in said.out
    assert f"这次读不了的1份：{form.name}" in said.out
    stem = f"{YEAR}/{form.stem}{YEAR}年"
    old = {name: data for name, data in before.items() if name.startswith(stem)}
    assert old.items() <= visible(county / "output").items()
    outcomes = {unit.filing.stem: unit.word for unit in result.outcomes}
    assert outcomes.pop(form.stem) == "refused"
    assert set(outcomes.values()) == {"unchanged"}
    assert main(["build", "--quiet"]) == 0
    assert visible(county / "output") == _clean(county)


def test_while_the_government_s_own_form_cannot_be_read_its_report_stands(
    county: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = visible(county / "output")
    own = _forms(county)[-1]
    with monkeypatch.context() as patch:
        refuse(patch, own)
        for _ in range(2):
            assert main(["build", "--quiet", "--jobs", "1"]) == 2
            said = capsys.readouterr()
            assert f"读不了文件：{own.relative_to(county)}" in said.err
            assert visible(county / "output") == before, "it is still true of all figures"
    assert main(["build", "--quiet"]) == 0
    assert visible(county / "output") == before


def test_with_other_figures_the_county_s_report_has_no_words_but_a_draft(
    county: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _all_hand_in_again(county)
    own = _forms(county)[-1]
    with monkeypatch.context() as patch:
        refuse(patch, own)
        for _ in range(2):
            assert main(["build", "--quiet", "--jobs", "1"]) == 2
            said = capsys.readouterr()
            assert f"读不了文件：{own.relative_to(county)}" in said.err
            assert "Traceback" not in said.err + said.out
            assert drafts(county / "output")
    assert "没有变化，不必重做" in said.out, "the agencies were done the first time"
    assert main(["build", "--quiet"]) == 0
    assert visible(county / "output") == _clean(county)


def test_at_the_first_build_the_agencies_are_built_without_the_government(
    county: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with monkeypatch.context() as patch:
        refuse(patch, _forms(county)[-1])
        assert main(["build", "--quiet", "--jobs", "1", "-o", "new"]) == 2
    assert "读不了文件" in capsys.readouterr().err
    names = [path.name for path in (county / "new" / str(YEAR)).iterdir() if path.is_file()]
    assert sum(name.endswith("年度报告.docx") for name in names) == 3
    assert drafts(county / "new")
    assert "index.html" in names
    assert main(["build", "--quiet", "-o", "new"]) == 0
    assert visible(county / "new") == _clean(county)
