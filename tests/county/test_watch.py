"""Which changes call for a new build, and that they are seen."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from gxgen.county.plan import changes, concerns


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("某局.xlsx", True),
        ("某局.docx", True),
        ("某局.TXT", True),
        ("county.toml", True),
        ("report-2021.docx", True),
        ("~$某局.xlsx", False),
        (".~某局.xlsx", False),
        (".gxgen-12-x.tmp", False),
        ("~WRL0001.tmp", False),
        ("某局.pdf", False),
        ("其他.toml", False),
    ],
)
def test_lock_and_temporary_files_are_passed_over(name: str, counts: bool) -> None:
    assert concerns(Path("inputs/2024") / name) is counts


def test_a_workbook_that_arrives_is_seen(tmp_path: Path) -> None:
    def arrive() -> None:
        time.sleep(0.5)
        (tmp_path / "~$某局.xlsx").write_bytes(b"lock")
        (tmp_path / "某局.xlsx").write_bytes(b"book")

    thread = threading.Thread(target=arrive)
    thread.start()
    seen = next(changes([tmp_path, tmp_path / "不存在"]))
    thread.join()
    assert [path.name for path in seen] == ["某局.xlsx"]
