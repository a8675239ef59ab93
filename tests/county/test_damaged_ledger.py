"""A ledger that is damaged, or not there: all is built anew, and nothing that was made is lost."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gxgen import api
from gxgen.county import ledger as ledgers
from gxgen.county.batch import Result
from gxgen.county.ledger import FILE, FOLDER, Ledger
from gxgen.county.outputs import JOURNAL
from gxgen.county.seal import Seal
from tests.county.test_incremental import visible

YEAR = 2024
SET_ASIDE = ("（手工修改", "（原有")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A county of two agencies, one of them refused, with its roll-up: inputs and outputs."""
    root = tmp_path_factory.mktemp("ledger")
    api.init(root, county="云垟县", year=YEAR, demo=2, faulty=1, years=1)
    _build(root)
    return root


@pytest.fixture(scope="module")
def clean(built: Path) -> dict[bool, dict[str, bytes]]:
    """What a clean build makes of the inputs, and of the inputs with a changed text."""
    with _copy(built) as root:
        _change_a_text(root)
        shutil.rmtree(root / "output")
        _build(root)
        return {False: visible(built / "output"), True: visible(root / "output")}


def _build(root: Path) -> Result:
    return api.build([root / "inputs"], output=root / "output", workers=1)


@contextmanager
def _copy(built: Path) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "copy"
        shutil.copytree(built, root)
        _sealed_here(built, root)
        yield root


def _sealed_here(built: Path, root: Path) -> None:
    """The copy's ledger as if the copy had been built where it lies."""
    known = Ledger.of(_hidden(built).parent.parent)
    ours = Ledger(seal=Seal.of(_hidden(root).parent.parent))
    forms = {"forms": os.path.realpath(root / "inputs" / str(YEAR))}
    ours.save(_hidden(root).parent.parent, known.outcomes, {**known.county, **forms})


def _hidden(root: Path, file: str = FILE) -> Path:
    return root / "output" / str(YEAR) / FOLDER / file


def _change_a_text(root: Path) -> None:
    """The agency that passed hands in its form with another word in its text."""
    units = api.check([root / "inputs"], workers=1).outcomes
    (workbook,) = (u.path for u in units if u.passed and not u.filing.government)
    book = openpyxl.load_workbook(workbook)
    said = next(cell for cell in book["正文"]["C"] if str(cell.value).startswith("一年来"))
    said.value = f"{said.value}另有一事。"
    book.save(workbook)


RUBBISH = st.binary(max_size=200) | st.sampled_from(
    [b"\0" * 64, b"\n", b"{}", b"null\n", b"[" * 5000, b"\xff\xfe", b'"a.xlsx"\t[]\t[]\t[]\n']
)


WHOLE = [
    b"", b"{}", b"null", b'{"digest": 5}', b'{"digest": "00"}', b'{"digest": "00", "format": 2}',
    b"[1]\t\n{}", b'"a.xlsx"\t\n{}',
]  # fmt: skip


@given(data=st.data())
@settings(max_examples=300)
def test_nothing_of_a_damaged_ledger_is_believed(built: Path, data: st.DataObject) -> None:
    whole, seal = _hidden(built).read_bytes(), Seal.of(_hidden(built).parent.parent)
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, len(whole)))
    damaged = whole[:start] + data.draw(RUBBISH) + whole[end:]
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / FOLDER).mkdir()
        (Path(folder) / FOLDER / FILE).write_bytes(damaged)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(ledgers.Seal, "of", lambda _: seal)
            ledger = Ledger.of(Path(folder))
    assert ledger == (Ledger.of(_hidden(built).parent.parent) if damaged == whole else Ledger())


@pytest.mark.parametrize("whole", WHOLE)
def test_what_is_no_ledger_is_an_empty_one(tmp_path: Path, whole: bytes) -> None:
    (tmp_path / FOLDER).mkdir()
    (tmp_path / FOLDER / FILE).write_bytes(whole)
    assert Ledger.of(tmp_path) == Ledger()


@given(
    cut=st.floats(0, 1),
    rubbish=RUBBISH,
    journal=st.none() | RUBBISH | st.just(b"0" * 64 + b" a\0b.docx\n"),
    changed=st.booleans(),
)
@settings(max_examples=8)
def test_whatever_the_damage_the_end_is_that_of_a_clean_build(
    built: Path,
    clean: dict[bool, dict[str, bytes]],
    cut: float,
    rubbish: bytes,
    journal: bytes | None,
    changed: bool,
) -> None:
    with _copy(built) as root:
        data = _hidden(root).read_bytes()
        _hidden(root).write_bytes(data[: int(cut * len(data))] + rubbish)
        if journal is not None:
            _hidden(root, JOURNAL).write_bytes(journal)
        _holds(root, clean, changed)


def _holds(root: Path, clean: dict[bool, dict[str, bytes]], changed: bool) -> None:
    """The next build ends as a clean one does; what stood before stands or is set aside."""
    before = visible(root / "output")
    if changed:
        _change_a_text(root)
    result = _build(root)
    assert result.exit_status == 1, "one agency is refused, and nothing else is wrong"
    after = visible(root / "output")
    made = {n: data for n, data in after.items() if not any(word in n for word in SET_ASIDE)}
    assert made == clean[changed]
    assert changed or after == before
    reports = {data for name, data in before.items() if name.endswith("年度报告.docx")}
    assert reports <= set(after.values()), "nobody knows any more whose they are"
    assert {unit.word for unit in _build(root).outcomes} == {"unchanged"}
    assert visible(root / "output") == after


def _another_version(path: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        folder = path.parent.parent
        known = Ledger.of(folder)
        patch.setattr(ledgers, "FORMAT", 99)
        Ledger(seal=known.seal).save(folder, known.outcomes, known.county)


def _folder(path: Path) -> None:
    path.unlink()
    (path / "inside").mkdir(parents=True)


def _loop(path: Path) -> None:
    path.unlink()
    path.symlink_to(path)


def _no_folder(path: Path) -> None:
    shutil.rmtree(path.parent)


def _file_for_folder(path: Path) -> None:
    shutil.rmtree(path.parent)
    path.parent.write_text("taken")


@pytest.mark.parametrize("changed", [False, True])
@pytest.mark.parametrize("harm", [_another_version, _loop, _no_folder])
def test_something_else_in_its_place(
    built: Path, clean: dict[bool, dict[str, bytes]], harm: Callable[[Path], None], changed: bool
) -> None:
    with _copy(built) as root:
        harm(_hidden(root))
        assert Ledger.of(root / "output" / str(YEAR)) == Ledger()
        _holds(root, clean, changed)


@pytest.mark.parametrize("harm", [_folder, _file_for_folder])
def test_where_it_cannot_be_written_the_reports_stand_and_it_is_told(
    built: Path, harm: Callable[[Path], None]
) -> None:
    with _copy(built) as root:
        before = visible(root / "output")
        harm(_hidden(root))
        for _ in range(2):
            result = _build(root)
            assert result.exit_status == 2
            assert any(str(_hidden(root).parent) in fault for fault in result.faults), result.faults
            after = visible(root / "output")
            assert {n: d for n, d in after.items() if FOLDER not in n} == before


@pytest.mark.parametrize("rubbish", [b"", b"\0" * 50, b"\xff\xfe\n", b"0" * 64 + b" a\0b.docx\n"])
def test_what_a_killed_build_wrote_is_known_though_its_journal_ends_in_rubbish(
    built: Path, rubbish: bytes
) -> None:
    with _copy(built) as root:
        seal = Seal.of(root / "output" / str(YEAR))
        said = [
            f"{hashlib.sha256(data).hexdigest()} {Path(name).relative_to(str(YEAR)).as_posix()}"
            for name, data in visible(root / "output").items()
        ]
        lines = [f"{seal.mark(one.encode())} {one}\n" for one in said]
        _hidden(root).unlink()
        _hidden(root, JOURNAL).write_bytes("".join(lines).encode() + rubbish)
        _change_a_text(root)
        assert _build(root).set_aside == ()
