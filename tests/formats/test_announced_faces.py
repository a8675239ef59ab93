"""PDF and page take the face that is announced, role by role, whatever is installed."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest

from benchmarks import pages
from benchmarks.audit import demo_report
from gxgen.document.blocks import compose
from gxgen.errors import EnvironmentProblemError
from gxgen.fonts.catalogue import faces as catalogue_of
from gxgen.fonts.catalogue import own_faces
from gxgen.fonts.faces import Role, unseen_stack
from gxgen.formats.pdf import write
from gxgen.formats.pdf.typst_fonts import engine_name, faces

from .pdf_support import need_faces, only_faces

KINDS = {
    "body": Role.BODY, "kai": Role.KAI, "hei": Role.HEI, "song": Role.SONG, "title": Role.TITLE,
}  # fmt: skip


def sets() -> list[tuple[Path, ...]]:
    """All pairs of this machine's font files, and all of them."""
    files = sorted({face.path for face in own_faces().faces})
    return [*combinations(files, 2), tuple(files)]


@pytest.mark.parametrize("files", sets(), ids=lambda files: "+".join(path.stem for path in files))
def test_the_announced_face_is_the_one_that_is_used(
    files: tuple[Path, ...], tmp_path: Path
) -> None:
    need_faces()
    for file in files:
        (tmp_path / file.name).symlink_to(file)
    catalogue = catalogue_of([tmp_path])
    try:
        found = faces((tmp_path,))
    except EnvironmentProblemError as error:
        lacking = [role for role in KINDS.values() if catalogue.choice(role).face is None]
        assert lacking
        assert all(role in str(error) for role in lacking)
        return
    for kind, role in KINDS.items():
        announced = catalogue.choice(role).face
        first = found[kind][0]
        used = first if isinstance(first, str) else first["name"]
        assert announced is not None
        names = {engine_name(name).lower() for name in announced.families}
        assert used.lower() in names | {name.lower() for name in announced.families}


INSTALLED = {
    "Noto CJK": ("NotoSansCJK", "NotoSerifCJK", "LiberationSerif"),
    "AR PL UMing and no 仿宋, no Latin": ("uming", "NotoSansCJK"),
    "Noto CJK without a Latin face": ("NotoSansCJK", "NotoSerifCJK"),
}
"""What may be on a machine: the beginnings of font files' names."""


@pytest.mark.parametrize("index", [0, 1], ids=["2021", "2019"])
@pytest.mark.parametrize("some", INSTALLED)
def test_pages_stand_without_a_fault_whatever_is_installed(
    some: str, index: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Fonts used are fonts announced, the smallest type is 7.5 points, and every other measure."""
    need_faces()
    report = demo_report(index)
    with only_faces(INSTALLED[some], tmp_path, monkeypatch):
        monkeypatch.setattr(write, "folders", lambda: (tmp_path,))
        found = pages.measured(report, write.pdf_of(compose(report), report))
    assert {name: faults for name, faults in found.items() if faults} == {}


@pytest.mark.parametrize("role", Role)
def test_a_page_names_the_faces_in_the_order_of_their_choice(role: Role) -> None:
    """Whichever of them a reader has, the first is the one that would be chosen here."""
    names = unseen_stack(role)
    catalogue = own_faces()
    announced = catalogue.choice(role).face
    known = {name.casefold() for face in catalogue.faces for name in face.families}
    first = next((name for name in names if name.casefold() in known), None)
    if announced is not None:
        assert first is not None
        assert first.casefold() in {name.casefold() for name in announced.families}
