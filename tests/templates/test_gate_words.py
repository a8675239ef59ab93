"""What an officer reads of a template with many errors: some quoted, the others counted."""

from __future__ import annotations

import re

import pytest

from gxgen.diagnostics import Finding
from gxgen.places import FilePart
from gxgen.templates import gate


@pytest.mark.parametrize("count", range(1, 8))
def test_all_errors_are_quoted_or_counted(count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = [Finding("GX601", f"第{n}处坏了。", FilePart("report-2021.docx")) for n in range(count)]
    monkeypatch.setattr(gate, "judged", lambda *_: wrong)
    (told,) = gate.verdict("本县", "report-2021.docx", b"", "2021")
    quoted = re.findall(r"第\d处坏了", told.message)
    counted = re.search(r"另有(\d+)处", told.message)
    assert quoted == [one.message.rstrip("。") for one in wrong[: len(quoted)]]
    assert len(quoted) + int(counted[1] if counted else 0) == count
    assert f"有{count}处错误" in told.message
