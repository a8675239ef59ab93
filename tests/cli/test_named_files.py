"""Where a command works on several files, what is wrong with one is told with that one's name."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gxgen import api
from gxgen.cli import main

YEAR = 2025
CALLS = {
    "check": ["check", "{sound}", "{torn}", "-q"],
    "check --last-year": ["check", "{sound}", "--last-year", "{torn}", "-q"],
    "build": ["build", "{sound}", "{torn}", "-q", "-o", "out", "--jobs", "1"],
    "receive": ["receive", "{sound}", "{torn}"],
    "compare": ["compare", "{sound}", "{torn}"],
    "compare, the other way": ["compare", "{torn}", "{sound}"],
    "import": ["import", "{torn}", "{sound}", "--to", "out", "-q"],
    "audit": ["audit", "{sound}", "{torn}"],
    "audit --against": ["audit", "{sound}", "--against", "{torn}"],
}
"""Each command that takes several files, with one that nobody can read."""
REPORTS = {"import", "audit"}
"""These take reports: a form is wrong too."""
_SPEAKS = re.compile(r"损坏|读不出来|打不开|不是能读")


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("named")
    api.init(root, county="云垟县", year=YEAR, demo=1, years=1)
    forms = sorted((root / f"inputs/{YEAR}").glob("*.xlsx"))
    (root / "撕破的.xlsx").write_bytes(forms[0].read_bytes()[:3000])
    return root


@pytest.mark.parametrize("call", CALLS)
def test_the_file_is_named(
    county: Path, call: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(county)
    sound = next(
        p for p in sorted(Path(f"inputs/{YEAR}").glob("*.xlsx")) if "人民政府" not in p.stem
    )
    main([one.format(sound=sound, torn="撕破的.xlsx") for one in CALLS[call]])
    out, err = capsys.readouterr()
    wrong = [line for line in (out + err).splitlines() if _SPEAKS.search(line)]
    assert any("撕破的" in line for line in wrong), out + err
    of_other = [line for line in wrong if sound.name in line and "撕破的" not in line]
    assert not of_other or call in REPORTS
