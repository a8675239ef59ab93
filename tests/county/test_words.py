"""``words.toml``: from an answered question to a remembered sentence, and back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from gxgen.api.words import words
from gxgen.county.batch import Options, build_all, check_all
from gxgen.county.plan import plan
from gxgen.county.project import load_county
from gxgen.county.words import WORDS_FILE
from gxgen.diagnostics import Severity
from gxgen.editions.declared import EDITIONS
from gxgen.errors import UsageError
from gxgen.form.write.workbook import blank_workbook
from gxgen.model.agency import Agency
from gxgen.model.narrative import Paragraph
from gxgen.model.report import Answer
from tests.checks.test_answered_sentences import WEB, copied
from tests.factory import make_report

EDITION = EDITIONS["2021"]
YEAR = 2024
TRUE = "属实，只算网站渠道"


def form(text: str = WEB, *answers: Answer) -> bytes:
    report = make_report(EDITION, agency=Agency("甲局"), year=YEAR)
    passages = tuple(
        replace(p, paragraphs=(Paragraph(text),)) if p.mark == "1" else p for p in report.narrative
    )
    report = replace(report, narrative=passages, answers=answers)
    return blank_workbook(EDITION, YEAR, agency=report.agency, fill=report)


def county(folder: Path, name: str = "甲县") -> Path:
    (folder / str(YEAR)).mkdir(parents=True)
    (folder / "county.toml").write_text(f'county = "{name}"\nyear = {YEAR}\n', encoding="utf-8")
    return folder


def codes(folder: Path) -> dict[str, Severity]:
    """What checking the county's forms finds about sentences."""
    result = check_all(plan([folder], folder / "output"), Options(workers=1))
    return {d.code: d.severity for d in result.diagnostics if d.code.startswith("GX4")}


def file(folder: Path, data: bytes) -> None:
    (folder / str(YEAR) / "甲局.xlsx").write_bytes(data)


def asking(folder: Path, text: str = WEB, reason: str = TRUE) -> Path:
    """A county in which the question was answered, 属实 unless told."""
    county(folder)
    file(folder, form(text))
    (asked,) = (
        d
        for d in check_all(plan([folder], folder), Options(workers=1)).diagnostics
        if d.code == "GX401"
    )
    assert asked.severity is Severity.WARNING
    file(folder, form(text, copied(asked, reason)))
    return folder


def test_from_answer_to_memory_and_back(tmp_path: Path) -> None:
    home = asking(tmp_path / "甲县")
    assert codes(home) == {"GX401": Severity.NOTE}
    offered = words(str(home), inputs=tmp_path).proposed
    assert [one.meaning for one in offered][-1] == "不对应表中任何数"
    words(str(home), accept=len(offered), inputs=tmp_path)
    file(home, form(WEB.replace("30", "31")))
    assert codes(home) == {}
    listed = words(str(home), inputs=tmp_path)
    assert len(listed.remembered) == 1
    assert not listed.proposed
    words(str(home), remove=1, inputs=tmp_path)
    assert load_county(home).words.frames == ()
    assert codes(home) == {"GX401": Severity.WARNING}


def test_memory_of_one_county_does_not_act_in_another(tmp_path: Path) -> None:
    home = asking(tmp_path / "甲县")
    words(str(home), accept=len(words(str(home), inputs=tmp_path).proposed), inputs=tmp_path)
    other = county(tmp_path / "乙县", "乙县")
    for one in (home, other):
        file(one, form())
    assert codes(home) == {}
    assert codes(other) == {"GX401": Severity.WARNING}


@pytest.mark.parametrize("reason", ["", "只算网站渠道"])
def test_a_sentence_that_was_not_answered_true_is_not_proposed(tmp_path: Path, reason: str) -> None:
    home = asking(tmp_path / "甲县", reason=reason)
    assert codes(home) == {"GX401": Severity.NOTE if reason else Severity.WARNING}
    assert words(str(home), inputs=tmp_path).proposed == ()


def test_only_totals_that_a_sentence_may_mean_are_offered(tmp_path: Path) -> None:
    report = make_report(EDITION, agency=Agency("甲局"), year=YEAR)
    pending = report.values["requests.carried_out.total"]
    assert pending not in {report.values[f"requests.{k}.total"] for k in ("received", "processed")}
    for at, (number, meanings) in enumerate(((30, 1), (pending, 3))):
        text = WEB.replace("30件", f"{number}件")
        home = asking(tmp_path / f"{at}县", text)
        offered = words(str(home), inputs=tmp_path).proposed
        assert len(offered) == meanings
        assert {one.frame.reads for one in offered} <= {
            "requests.carried_in.total",
            "requests.carried_out.total",
            "",
        }


def test_what_people_wrote_stands(tmp_path: Path) -> None:
    home = asking(tmp_path / "甲县")
    own = '# 自己的话\n[boilerplate]\nsentences = ["全县统一的一句话。"]\n'
    (home / WORDS_FILE).write_text(own, encoding="utf-8")
    words(str(home), accept=1, inputs=tmp_path)
    assert load_county(home).words.boilerplate == ("全县统一的一句话。",)
    text = (home / WORDS_FILE).read_text(encoding="utf-8")
    (home / WORDS_FILE).write_text(f"{text}# 后面的话\n", encoding="utf-8")
    words(str(home), remove=1, inputs=tmp_path)
    assert (home / WORDS_FILE).read_text(encoding="utf-8") == f"{own}\n# 后面的话\n"


@pytest.mark.parametrize(
    "text",
    [
        "[[frame]]\nreads = ''\n",
        "[[frame]]\nclause = '短'\n",
        "[[frame]]\nclause = '一句相当长的话[#件]'\nreads = '.*'\n",
        "[[frame]]\nclause = '一句相当长的话[#件]'\nring = 'inner'\n",
        "[tags]\nreceive = ['领到']\n",
        "[[frame]\n",
        "[[frame]]\nclause = '一句相当长的话[#件]'\n" * 2001,
    ],
)
def test_what_the_file_may_not_say_is_refused(tmp_path: Path, text: str) -> None:
    home = county(tmp_path / "甲县")
    (home / WORDS_FILE).write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=WORDS_FILE):
        load_county(home)


def test_a_change_of_the_words_builds_anew(tmp_path: Path) -> None:
    home = asking(tmp_path / "甲县")

    def why() -> list[tuple[str, ...]]:
        result = build_all(plan([home], tmp_path / "output"), Options(workers=1))
        return [outcome.causes for outcome in result.outcomes]

    why()
    assert why() == [()]
    words(str(home), accept=1, inputs=tmp_path)
    assert why() == [("县的设置",)]


def test_county_page_prints_the_reason(tmp_path: Path) -> None:
    home = asking(tmp_path / "甲县")
    result = build_all(plan([home], tmp_path / "output"), Options(workers=1))
    (page,) = (path for path in result.county_outputs if path.suffix == ".html")
    assert "单位说明：属实，只算网站渠道。" in page.read_text(encoding="utf-8")
