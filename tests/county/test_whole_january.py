"""A county's whole January, from the roster in Excel to what is handed up, step by step.

After every step the counts of filed, returned, missing and late are right, and every file that
anybody ever sent is still there, byte for byte; the end is what a clean build makes.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import shutil
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path

import openpyxl
import pytest

from gxgen import api
from gxgen.api.project import Project
from gxgen.api.receiving import receive
from gxgen.api.sending import How
from gxgen.county.batch import Result
from gxgen.editions.declared import EDITIONS
from gxgen.form.write.workbook import blank_workbook
from gxgen.model.agency import Agency
from gxgen.model.report import Entry
from tests.county.test_incremental import visible
from tests.factory import make_report

COUNTY, YEAR, EDITION = "云垟县", 2024, EDITIONS["2021"]
SURNAMES = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥天地玄黄宇宙洪荒"
UNITS = [
    f"{COUNTY}{sign}{kind}"
    for sign, kind in zip(SURNAMES, ("局", "中心", "委员会") * 10, strict=True)
]
GOVERNMENT = f"{COUNTY}人民政府"
NEW, OLD = UNITS[7], f"{COUNTY}旧名局"
"""The reorganised unit, and what it was called last year."""
WRONG = UNITS[:3]
"""Whose forms go back."""
BEFORE, AFTER = dt.date(YEAR + 1, 1, 10), dt.date(YEAR + 1, 1, 25)
"""Days before and after the one by which all must have filed."""
WORDS = (
    "一、总体情况\n全年平稳有序。\n五、存在的主要问题及改进情况\n公开还不够主动。\n"
    "六、其他需要报告的事项\n没有收取信息处理费。\n"
)
"""What a unit writes in a text of its own, in place of the form's."""
CALLED = (
    "新建 XLSX 工作表.xlsx", "{n}（修改版）.xlsx", "{n}(1).XLSX", "附件：{s}.xlsx", "{s}终稿.xlsx",
    "最终.xlsx", "{n}-副本.xlsx", "Book1.xlsx", "{n}{y}年年度报告.xlsx", "我们单位的.xlsx",
)  # fmt: skip


@cache
def form(
    name: str, year: int = YEAR, fault: int = 0, issued: int = 0, silent: bool = False
) -> bytes:
    """A unit's form; ``fault`` makes its total wrong by so many; a ``silent`` one has no text."""
    report = make_report(EDITION, year=year, agency=Agency(name))
    report = replace(report, narrative=report.narrative[: 1 if silent else None])
    total = report.entries["requests.received.total"].value
    given = {"requests.received.total": int(total or 0) + fault}
    given |= {"disclosure.licensing.decisions": issued} if issued else {}
    entries = {key: Entry(value, str(value)) for key, value in given.items()}
    report = replace(report, entries={**report.entries, **entries})
    return blank_workbook(EDITION, year, agency=report.agency, fill=report)


class January:
    """The officer's desk: what comes in, and what is known of it."""

    def __init__(self, root: Path) -> None:
        self.project, self.mail = Project(root), root / "收到的"
        self.folder = root / f"inputs/{YEAR}"
        self.sent: set[str] = set()
        self.mail.mkdir()

    def comes(self, called: str, data: bytes, where: Path | None = None) -> Path:
        """A file that somebody sends: into the mail, or straight into a folder."""
        path = (where or self.mail) / called
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        self.sent.add(hashlib.sha256(data).hexdigest())
        return path

    def receive(self, paths: Iterable[Path]) -> list[str]:
        """What became of each; what was placed leaves the mail."""
        files = list(paths)
        receipts = receive(
            self.project, files, moment=dt.datetime(YEAR + 1, 1, 5, 9, len(self.sent) % 60)
        )
        for path, receipt in zip(files, receipts, strict=True):
            if receipt.placed:
                path.unlink()
        return [receipt.outcome for receipt in receipts]

    def build(self, day: dt.date) -> Result:
        return self.project.build(workers=1, today=day)

    def counts(self, day: dt.date) -> dict[str, int]:
        """Units by how they stand; and nothing that was ever sent is lost."""
        there = {
            hashlib.sha256(path.read_bytes()).hexdigest()
            for path in self.project.root.rglob("*")
            if path.is_file()
        }
        assert self.sent <= there
        (state,) = self.project.status(today=day)
        assert {unit.agency for unit in state.units} == set(UNITS)
        return dict(Counter(unit.state for unit in state.units))


@pytest.fixture
def january(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> January:
    """The roster as it lies in Excel, and last year's forms under whatever names."""
    monkeypatch.chdir(tmp_path)
    book = openpyxl.Workbook()
    book.active.append(["序号", "单位名称", "简称", "联系电话"])
    for number, name in enumerate([GOVERNMENT, *UNITS], 1):
        book.active.append([number, name, name.removeprefix(COUNTY), f"0000-{number}"])
    book.save(tmp_path / "名册.xlsx")
    api.init(tmp_path, county=COUNTY, year=YEAR, roster=tmp_path / "名册.xlsx")
    settings = tmp_path / "inputs/county.toml"
    text = settings.read_text("utf-8").replace(
        f'name = "{NEW}"\n', f'name = "{NEW}"\nformerly = {{ names = ["{OLD}"], since = {YEAR} }}\n'
    )
    dates = f"deadline = {YEAR + 1}-01-20\ncorrect_by = {YEAR + 1}-01-28\n\n[[agency]]"
    settings.write_text(text.replace("[[agency]]", dates, 1), "utf-8")
    desk = January(tmp_path)
    for number, name in enumerate(UNITS[:12]):
        called = OLD if name == NEW else name
        desk.comes(
            f"去年的表{number}.xlsx", form(called, YEAR - 1), tmp_path / f"inputs/{YEAR - 1}"
        )
    return desk


def test_a_whole_january(january: January, tmp_path: Path) -> None:
    # Blank forms go out; they are no filing.
    blanks = api.blank([], year=YEAR, everyone=True)
    assert len(blanks) >= len(UNITS)
    assert january.counts(BEFORE) == {"missing": 30}

    # Ten come by mail, under names that say little; three of them with a fault.
    for called, name in zip(CALLED, UNITS[:10], strict=True):
        data = form(name, fault=9 if name in WRONG else 0)
        january.comes(called.format(n=name, s=name.removeprefix(COUNTY), y=YEAR), data)
    assert january.receive(sorted(january.mail.iterdir())) == ["replaced"] * 10
    assert january.counts(BEFORE) == {"missing": 20, "unbuilt": 10}
    found = january.build(BEFORE)
    assert {one.judgement.agency for one in found.outcomes if one.word == "refused"} == set(WRONG)
    assert january.counts(BEFORE) == {"missing": 20, "refused": 3, "built": 7}
    assert not [d for d in found.diagnostics if d.agency == NEW and d.code in ("GX701", "GX707")]

    # Some are put into folders where nobody looks, an old kind of file, one that is no form.
    hidden = [
        january.comes(f"{name}.xlsx", form(name), january.folder / "邮箱附件")
        for name in UNITS[10:14]
    ]
    old = january.comes(f"{UNITS[14]}.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2048))
    scan = january.comes(f"{UNITS[15]}.pdf", b"%PDF-1.7", january.folder)
    stranger = january.comes("外县的.xlsx", form("别县财政局"))
    (state,) = january.project.status(today=BEFORE)
    assert {one.name for one in state.strays} >= {"邮箱附件", scan.name}
    assert january.receive([*hidden, old, stranger]) == [
        *["replaced"] * 4,
        "unreadable",
        "stranger",
    ]
    assert january.counts(BEFORE) == {"missing": 16, "unbuilt": 4, "refused": 3, "built": 7}

    # The same as .xlsx; one files twice, the second time with other figures; one the same again.
    first = [january.comes(f"{name}.xlsx", form(name)) for name in UNITS[14:18]]
    assert january.receive(first) == ["replaced"] * 4
    again = january.comes("又一次.xlsx", form(UNITS[16], issued=5))
    same = january.comes("再发一次.xlsx", form(UNITS[17]))
    assert january.receive([again, same]) == ["replaced", "same"]
    # Two forms of a unit side by side: neither is built, until the officer takes one away.
    twin = january.comes(f"{UNITS[18]} (2).xlsx", form(UNITS[18], issued=7), january.folder)
    (january.folder / f"{UNITS[18]}.xlsx").write_bytes(
        january.comes("乙.xlsx", form(UNITS[18])).read_bytes()
    )
    words = january.comes(f"{UNITS[19]}.txt", WORDS.encode(), january.folder)
    rest = [january.comes(f"表{n}.xlsx", form(n, silent=n == UNITS[19])) for n in UNITS[19:22]]
    assert january.receive(rest) == ["replaced"] * 3
    found = january.build(BEFORE)
    assert [d.code for d in found.diagnostics if d.agency == UNITS[18]].count("GX702") == 2
    assert january.counts(BEFORE) == {"missing": 8, "refused": 4, "built": 18}
    twin.rename(january.mail / "不用的.xlsx")
    january.build(BEFORE)
    assert january.counts(BEFORE) == {"missing": 8, "refused": 3, "built": 19}
    assert words.exists()

    # The day passes: who has not filed is late, and is chased; the three get their notices.
    assert january.counts(AFTER) == {"late": 8, "refused": 3, "built": 19}
    chased = january.project.chase(how=How(workers=1, today=AFTER))
    assert all(name in chased.text for name in [*UNITS[22:], *WRONG])
    assert not any(name in chased.text for name in UNITS[3:22])
    (sent,) = january.project.notice(how=How(workers=1, today=AFTER))
    assert {path.stem for path in sent.files if path.suffix == ".docx"} == set(WRONG)
    assert january.counts(AFTER) == {"late": 8, "refused": 3, "built": 19}

    # Two of three come back corrected, and five of eight come late.
    back = [january.comes(f"{n}改正.xlsx", form(n)) for n in (*WRONG[:2], *UNITS[22:27])]
    assert january.receive(back) == ["replaced"] * 7
    assert january.counts(AFTER) == {"late": 3, "refused": 1, "unbuilt": 5, "stale": 2, "built": 19}
    january.build(AFTER)
    assert january.counts(AFTER) == {"late": 3, "refused": 1, "built": 26}

    # Built anew from nothing, with all that came beside it, it is the same.
    clean = Project(tmp_path / "另一处")
    shutil.copytree(january.project.inputs, clean.root / "inputs")
    clean.build(workers=1, today=AFTER)
    assert visible(january.project.output) == visible(clean.output)
    assert january.build(AFTER).exit_status == 1, "one is wrong still"
    assert {one.word for one in january.build(AFTER).outcomes} == {"unchanged"}
