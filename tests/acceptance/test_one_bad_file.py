"""Among twenty agencies one bad file, of any kind and at any place: all others' reports, the page,
the roll-up, the ledger and the manifest are there, and the culprit is told by name.

A kind is a function that plants it where a sound file stood; a place says whose file it is.
"""

from __future__ import annotations

import json
import os
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from gxgen import api
from gxgen.letters import shown
from gxgen.templates.styles import shipped_templates
from tests.processes import copied

pytestmark = pytest.mark.usefixtures("copied_workers")
AGENCIES, YEAR = 20, 2024
COUNTY = "云垟县"
GOVERNMENT = f"{COUNTY}人民政府"
LIMIT = 300
"""Seconds after which a build is taken to have no end; it takes a few."""


# -- what is planted -----------------------------------------------------------------------------


def truncated(path: Path, sound: bytes) -> None:
    path.write_bytes(sound[: len(sound) // 2])


def zip_bomb(path: Path, sound: bytes) -> None:
    """A part that unpacks to a gigabyte."""
    path.write_bytes(sound)
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as package,
        package.open("xl/worksheets/sheet99.xml", "w", force_zip64=True) as part,
    ):
        for _ in range(1024):
            part.write(bytes(2**20))


def encrypted(path: Path, _sound: bytes) -> None:
    """What a password makes of a file: no package, but an OLE container."""
    streams = "EncryptedPackage".encode("utf-16-le") + "EncryptionInfo".encode("utf-16-le")
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + streams + bytes(2048))


def html(path: Path, _sound: bytes) -> None:
    path.write_text("<html><table><tr><td>1</td></tr></table></html>", encoding="utf-8")


def empty(path: Path, _sound: bytes) -> None:
    path.write_bytes(b"")


def folder(path: Path, _sound: bytes) -> None:
    path.mkdir()


def pipe(path: Path, _sound: bytes) -> None:
    os.mkfifo(path)


def looping_link(path: Path, _sound: bytes) -> None:
    path.symlink_to(path.name)


def dangling_link(path: Path, _sound: bytes) -> None:
    path.symlink_to("nowhere")


def device(path: Path, _sound: bytes) -> None:
    path.symlink_to("/dev/zero")


def other_encoding(path: Path, sound: bytes) -> None:
    """Its name as an old archive unpacks it."""
    name = os.fsdecode(path.name.encode("gbk"))
    path.with_name(name).write_bytes(sound)


def unseen_letters(path: Path, _sound: bytes) -> None:
    """A name that commands a terminal and turns the reading round, of a form that says nothing."""
    path.with_name(f"\x1b[2J\n\u202e{path.name}").write_bytes(b"")


KINDS: dict[str, Callable[[Path, bytes], None]] = {
    "truncated": truncated,
    "zip bomb": zip_bomb,
    "encrypted": encrypted,
    "html": html,
    "empty": empty,
    "folder": folder,
    "pipe": pipe,
    "looping link": looping_link,
    "dangling link": dangling_link,
    "device": device,
    "other encoding": other_encoding,
    "unseen letters": unseen_letters,
}
PLACES = ("workbook", "last year's", "neighbour", "government's")
BY_NAME = {"other encoding", "unseen letters"}
"""Kinds that are in the name: nobody knows whose such a text or last year's form would be."""
OWN = {"workbook", "government's"}
"""Where a name says whose it is."""


# -- the counties --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sound county of two years."""
    if os.name != "posix":
        pytest.skip("Windows knows no pipes, and no file names in another encoding")
    root = tmp_path_factory.mktemp("sound")
    api.init(root, county=COUNTY, year=YEAR, demo=AGENCIES)
    return root


@dataclass(frozen=True)
class Built:
    """What a build said and left."""

    code: int
    said: str
    output: Path

    @property
    def names(self) -> list[str]:
        return sorted(path.name for path in self.output.iterdir())

    @property
    def reports(self) -> list[str]:
        """Those of agencies."""
        every = [name for name in self.names if name.endswith("年度报告.docx")]
        return [name for name in every if not name.startswith(GOVERNMENT)]

    @property
    def rolled(self) -> list[str]:
        """The county's own."""
        return [n for n in self.names if n.startswith(GOVERNMENT) and n.endswith(".docx")]


def build(root: Path, output: str = "output") -> Built:
    done = copied(root, "build", "--quiet", "--jobs", "2", timeout=LIMIT)
    said = (done.stdout + done.stderr).decode()
    assert "Traceback" not in said
    assert not {"\x1b", "\u202e"} & set(said)
    return Built(done.returncode, said, root / output / str(YEAR))


def planted(root: Path, place: str, kind: str) -> str:
    """Plant it; returns the name by which it must be told."""
    inputs = root / "inputs" / str(YEAR)
    form = next(p for p in sorted(inputs.glob("*.xlsx")) if p.stem != GOVERNMENT)
    text = form.with_suffix(".docx")
    text.write_bytes((shipped_templates() / "official" / "report-2021.docx").read_bytes())
    path = {
        "workbook": form,
        "last year's": root / "inputs" / str(YEAR - 1) / form.name,
        "neighbour": text,
        "government's": inputs / f"{GOVERNMENT}.xlsx",
    }[place]
    sound = path.read_bytes()
    text.unlink(missing_ok=True)
    path.unlink(missing_ok=True)
    before = set(path.parent.iterdir())
    KINDS[kind](path, sound)
    (new,) = set(path.parent.iterdir()) - before
    return shown(new.name)


# -- the tests -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("place", "kind"),
    [(p, k) for p in PLACES for k in KINDS if p in OWN or k not in BY_NAME],
)
def test_one_bad_file_costs_its_own_report_at_most(
    project: Path, tmp_path: Path, place: str, kind: str
) -> None:
    root = Path(shutil.copytree(project, tmp_path / "p"))
    culprit = planted(root, place, kind)
    done = build(root)
    lost = AGENCIES - len(done.reports)
    assert lost <= (place != "government's"), done.said
    assert {"build.json", "index.html"} <= set(done.names)
    assert (done.output / ".gxgen" / "ledger.jsonl").is_file()
    assert len(done.rolled) == 1, done.names
    whole = lost == 0 and place != "government's"
    assert ("（草稿）" in done.rolled[0]) != whole
    # Last year's form only checks: what cannot be checked is asked about, and blocks nothing.
    assert done.code == (0 if whole else done.code)
    assert done.code in (0, 1, 2)
    if place == "government's":
        assert GOVERNMENT in done.said
    else:
        assert culprit in done.said, done.said
    manifest = (done.output / "build.json").read_bytes().decode()
    units = json.loads(manifest)["units"]
    assert sum(unit["outcome"] == "built" for unit in units) == AGENCIES - lost
    if place != "workbook":  # whether it is remembered depends on the kind alone
        return
    again = build(root)
    assert (again.code, again.names) == (done.code, done.names)


@pytest.mark.parametrize("kind", sorted(KINDS.keys() - BY_NAME))
def test_a_bad_template_of_one_county_leaves_the_other_whole(
    project: Path, tmp_path: Path, kind: str
) -> None:
    for name in ("甲", "乙"):
        shutil.copytree(project / "inputs" / str(YEAR), tmp_path / "inputs" / name / str(YEAR))
        settings = (project / "inputs" / "county.toml").read_text(encoding="utf-8")
        own = settings.replace('style = "official"', 'style = "own"')
        assert own != settings
        said = own if name == "乙" else settings
        (tmp_path / "inputs" / name / "county.toml").write_text(said, encoding="utf-8")
    style = tmp_path / "templates" / "own"
    style.mkdir(parents=True)
    sound = (shipped_templates() / "official" / "report-2021.docx").read_bytes()
    KINDS[kind](style / "report-2021.docx", sound)
    done = build(tmp_path, "output/甲")
    assert len(done.reports) == AGENCIES, done.said
    assert len(done.rolled) == 1
    assert "（草稿）" not in done.rolled[0]
    other = Built(done.code, done.said, tmp_path / "output" / "乙" / str(YEAR))
    assert {"build.json", "index.html"} <= set(other.names)
    assert (other.output / ".gxgen" / "ledger.jsonl").is_file()
    assert (other.reports, other.rolled) == ([], [])
    assert done.code in (1, 2)
    assert "report-2021.docx" in done.said
    assert "own" in done.said
