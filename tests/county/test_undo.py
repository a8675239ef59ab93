"""What was received can be taken back: nothing that anybody submitted is ever lost by it."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import tempfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gxgen import api
from gxgen.api.project import Project
from gxgen.api.receiving import Receipt, receive, undo
from gxgen.cli import main
from gxgen.county.replaced import FOLDER
from gxgen.county.undoing import RECORD
from gxgen.errors import UsageError

YEAR = 2025
START = dt.datetime(2026, 1, 20, 9, 30)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[bytes]]:
    """A county where nothing is filed, and the forms of its two units."""
    root = tmp_path_factory.mktemp("undo")
    api.init(root, county="云垟县", year=YEAR, demo=2, years=1)
    names = [one.name for one in Project(root).counties[0].roster]
    paths = [root / f"inputs/{YEAR}/{name}.xlsx" for name in names]
    forms = [path.read_bytes() for path in paths]
    for path in (root / f"inputs/{YEAR}").iterdir():
        path.unlink()
    return root, forms


@pytest.fixture
def project(made: tuple[Path, list[bytes]], tmp_path: Path) -> Project:
    shutil.copytree(made[0], tmp_path, dirs_exist_ok=True)
    return Project(tmp_path)


@pytest.fixture
def forms(made: tuple[Path, list[bytes]]) -> list[bytes]:
    return made[1]


def filed(project: Project) -> dict[str, bytes]:
    """What counts as filed."""
    folder = project.inputs / str(YEAR)
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def every(project: Project) -> set[bytes]:
    """Every form that lies anywhere in the folder."""
    found = (project.inputs / str(YEAR)).rglob("*.xlsx")
    return {path.read_bytes() for path in found}


def put(project: Project, *data: bytes, second: int = 0) -> list[Receipt]:
    moment = START + dt.timedelta(seconds=second)
    return receive(project, [(f"{n}.xlsx", one) for n, one in enumerate(data)], moment=moment)


def back(project: Project, *receipts: Receipt, second: int = 50) -> list[Receipt]:
    return undo(project, receipts, moment=START + dt.timedelta(seconds=second))


def test_what_was_replaced_stands_again_and_what_replaced_it_is_kept(
    project: Project, forms: list[bytes]
) -> None:
    put(project, forms[0])
    before = filed(project)
    put(project, forms[0] + b"\0", second=1)
    [one] = back(project)
    assert (one.outcome, one.undone) == ("restored", True)
    assert filed(project) == before
    assert one.former is not None and one.former.read_bytes() == forms[0] + b"\0"
    assert one.former.parent.name == "2026-01-20_09-30-50"


def test_a_first_form_is_put_aside(project: Project, forms: list[bytes]) -> None:
    put(project, *forms)
    got = back(project)
    assert [one.outcome for one in got] == ["withdrawn", "withdrawn"]
    assert filed(project) == {}
    assert every(project) == set(forms)
    with pytest.raises(UsageError, match="没有可以撤销的"):
        back(project)


def test_forms_of_other_names_that_gave_way_stand_again(
    project: Project, forms: list[bytes]
) -> None:
    folder = project.inputs / str(YEAR)
    before = {"随便.xlsx": forms[0], "又一份.xlsx": forms[0] + b"\0"}
    for name, data in before.items():
        (folder / name).write_bytes(data)
    put(project, forms[0] + b"\1")
    assert len(filed(project)) == 1
    back(project)
    assert filed(project) == before


def test_one_of_several_is_taken_back_by_its_receipt(project: Project, forms: list[bytes]) -> None:
    first, second = put(project, *forms)
    [one] = back(project, first)
    assert one.agency == first.agency
    assert [*filed(project).values()] == [forms[1]]
    with pytest.raises(UsageError, match="没有可以撤销的"):
        back(project, first)
    with pytest.raises(UsageError, match="没有可以撤销的"):
        back(project, Receipt("x", "first", "", target=Path("/etc/passwd")))
    assert back(project, second)[0].undone


def _changed(folder: Path, target: Path) -> None:
    target.write_bytes(target.read_bytes() + b"\2")


def _gone(folder: Path, target: Path) -> None:
    target.unlink()


def _kept_changed(folder: Path, target: Path) -> None:
    next(folder.glob(f"{FOLDER}/*/*.xlsx")).write_bytes(b"x")


def _kept_gone(folder: Path, target: Path) -> None:
    next(folder.glob(f"{FOLDER}/*/*.xlsx")).unlink()


@pytest.mark.parametrize("change", [_changed, _gone, _kept_changed, _kept_gone])
def test_what_is_no_longer_as_it_was_is_left_alone(
    project: Project, forms: list[bytes], change: object
) -> None:
    put(project, forms[0])
    [second] = put(project, forms[0] + b"\0", second=1)
    assert second.target is not None
    change(second.target.parent, second.target)  # type: ignore[operator]
    before = {path: path.read_bytes() for path in project.root.rglob("*") if path.is_file()}
    [one] = back(project)
    assert (one.outcome, one.undone) == ("kept", False)
    assert "没有撤销" in one.message
    after = {path: path.read_bytes() for path in project.root.rglob("*") if path.is_file()}
    assert {path: data for path, data in after.items() if path.name != "lock"} == {
        path: data for path, data in before.items() if path.name != "lock"
    }


NAMES = ("../county.toml", "/etc/passwd", "..", ".", "a\\b.xlsx", "", "C:x.xlsx", 3, None)
EVIL = (
    "",
    "[]",
    "{",
    '{"format": 1}',
    '{"format": 1, "steps": 3}',
    '{"format": 1, "steps": [3]}',
    '{"format": 2, "steps": []}',
    "[" * 9000,
    *(
        json.dumps({"format": 1, "steps": [step]})
        for name in (
            "../county.toml",
            "/etc/passwd",
            "..",
            ".",
            "a\\b.xlsx",
            "",
            "C:x.xlsx",
            3,
            None,
        )
        for step in (
            {"target": name, "digest": "", "whose": "", "former": []},
            {
                "target": "甲.xlsx",
                "digest": "",
                "whose": "",
                "former": [{"name": name, "kept": "甲.xlsx", "digest": ""}],
            },
            {
                "target": "甲.xlsx",
                "digest": "",
                "whose": "",
                "former": [{"name": "甲.xlsx", "kept": name, "digest": ""}],
            },
        )
    ),
)


@pytest.mark.parametrize("record", EVIL)
def test_a_record_that_leads_elsewhere_is_none(project: Project, record: str) -> None:
    home = project.inputs / str(YEAR) / FOLDER / "2026-01-20_09-30-00"
    home.mkdir(parents=True)
    (home / RECORD).write_text(record, "utf-8")
    with pytest.raises(UsageError, match="没有可以撤销的"):
        back(project)


STEPS = st.lists(st.sampled_from(["0", "1", "2", "3", "undo", "undo"]), max_size=9)


@settings(max_examples=12, suppress_health_check=list(HealthCheck))
@given(STEPS)
def test_however_it_goes_to_and_fro_nothing_is_lost(
    made: tuple[Path, list[bytes]], steps: list[str]
) -> None:
    """What counts is always what a stack of the same steps would hold."""
    root, (one, other) = made
    versions = [one, one + b"\0", other, other + b"\0"]
    with tempfile.TemporaryDirectory() as place:
        shutil.copytree(root, place, dirs_exist_ok=True)
        project = Project(Path(place))
        states: list[dict[str, bytes]] = [{}]
        seen: set[bytes] = set()
        for second, step in enumerate(steps):
            if step == "undo":
                if len(states) == 1:
                    with pytest.raises(UsageError):
                        back(project, second=second)
                    continue
                back(project, second=second)
                states.pop()
            else:
                [got] = put(project, versions[int(step)], second=second)
                seen.add(versions[int(step)])
                if got.outcome != "same":
                    assert got.target is not None
                    states.append({**states[-1], got.target.name: versions[int(step)]})
            assert filed(project) == states[-1]
            assert every(project) == seen


def test_the_command(
    project: Project,
    forms: list[bytes],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(project.root)
    Path("收到.xlsx").write_bytes(forms[0])
    assert main(["receive"]) == 2
    assert main(["receive", "收到.xlsx", "--undo"]) == 2
    assert main(["receive", "收到.xlsx"]) == 0
    capsys.readouterr()
    assert main(["receive", "--undo"]) == 0
    assert "撤销了 1 份" in capsys.readouterr().out
    assert main(["receive", "--undo"]) == 2
    assert main(["receive", "收到.xlsx"]) == 0
    assert main(["receive", "--undo", "--format", "json"]) == 0
    said = json.loads(capsys.readouterr().out.partition("{")[2].join(["{", ""]))
    assert Counter(one["outcome"] for one in said["received"]) == {"withdrawn": 1}
