"""Makes the manual's pictures of the desk: ``python -m tests.make_desk_pictures``.

Needs Node, playwright-core (``make tools``) and Chromium, and Pillow for small palette files
(``pip install pillow``). The county is an invented one.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image

from gxgen import api

PICTURES = Path(__file__).parent.parent / "docs" / "pictures"
SCRIPT = Path(__file__).parent / "tools" / "desk_pictures.mjs"
COUNTY, YEAR, UNITS, FAULTY = "清源县", 2025, 24, 7
COLOURS = 64


def main() -> None:
    """Make them all."""
    chromium = shutil.which("chromium") or "chromium"
    with tempfile.TemporaryDirectory() as folder:
        root, shots = Path(folder, "p"), Path(folder)
        api.init(root, county=COUNTY, year=YEAR, demo=UNITS, faulty=FAULTY)
        sent = _sent(root, Path(folder, "sent"))
        with _desk(root) as link:
            command = ["node", SCRIPT, chromium, link, shots, *sent]
            subprocess.run(list(map(str, command)), check=True, cwd=SCRIPT.parent)
        for shot in sorted(shots.glob("desk-*.png")):
            small = Image.open(shot).convert("RGB").quantize(COLOURS)
            small.save(PICTURES / shot.name, optimize=True)


def _sent(root: Path, folder: Path) -> list[Path]:
    """What arrives: one that is new, one that is there, one of last year, one that is none."""
    folder.mkdir()
    forms = sorted((root / "inputs" / str(YEAR)).glob("*局.xlsx"))
    new = folder / "年报-最终(1).xlsx"
    shutil.move(forms[0], new)
    same = shutil.copy(forms[1], folder / "填报表.xlsx")
    last = shutil.copy(root / "inputs" / str(YEAR - 1) / forms[2].name, folder / "年报.xlsx")
    letter = folder / "关于报送的通知.txt"
    letter.write_text("各单位：请于1月20日前报送。", "utf-8")
    return [new, Path(same), Path(last), letter]


@contextmanager
def _desk(root: Path) -> Iterator[str]:
    """A desk that is open; its link."""
    command = [sys.executable, "-m", "gxgen", "desk", str(root), "--no-open"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"}
    ) as desk:
        try:
            lines = iter(desk.stdout or ())
            yield next(found[0] for line in lines if (found := re.search(r"http\S+", line)))
        finally:
            desk.terminate()


if __name__ == "__main__":
    main()
