"""``words.toml``: what a county writes itself. Loaded safely, listed, removed, seen by the next
build."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from gxgen.api.words import words
from gxgen.cli import main
from gxgen.county.batch import Options, build_all
from gxgen.county.plan import plan
from gxgen.county.project import load_county
from gxgen.county.words import WORDS_FILE, entries
from gxgen.diagnostics import Severity
from gxgen.errors import UsageError
from gxgen.model.words import NO_WORDS, CountyWords
from tests.checks.test_answered_sentences import WEB
from tests.county.test_words import codes, county, file, form

TOLD = "云上驿站收到政府信息公开申请30件。"
FULL = """# 前面的话
[boilerplate]
sentences = ["全县统一的一句话。"]

[lawful] # 说明
sentences = [
  "县里问过的第一句话",  # 2024年问过
  "县里问过的第二句话",
]

[phrases]
channel = ["云上驿站", '局长热线', "云岭掌上通"]
receive = ["领到"]

[short_names]
"甲局" = ["农林部门", "县农林局"]
# 后面的话
"""


def write(folder: Path, text: str) -> None:
    (folder / WORDS_FILE).write_text(text, encoding="utf-8")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = county(tmp_path / "甲县")
    file(folder, form(TOLD))
    return folder


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            '[phrases]\nchannl = ["云上驿站"]\n',
            "第2行 phrases 的 channl：没有 channl 这一类，是不是 channel？.*channel（网上）",
        ),
        ('[phrases]\nchannel = ["信"]\n', "第2行 phrases 的 channel 的 第1个：“信”应是2到30个字"),
        ('[phrases]\nchannel = [""]\n', "第1个：“”应是2到30个字"),
        ('[phrases]\nchannel = [" 信 "]\n', "应是2到30个字"),
        (f'[phrases]\nchannel = ["{"信" * 31}"]\n', "应是2到30个字"),
        (f'[phrases]\nchannel = ["{"信" * 501}"]\n', "太长，最多500字"),
        ('[phrases]\nchannel = ["信箱，"]\n', "只能是汉字和字母"),
        ('[phrases]\nchannel = ["信箱.*"]\n', "只能是汉字和字母"),
        ('[phrases]\nchannel = ["收到3件"]\n', "只能是汉字和字母"),
        ('[phrases]\nchannel = ["收到三件"]\n', "不能含有数"),
        ('[phrases]\nchannel = ["信箱一"]\n', "不能含有数"),
        ('[phrases]\nchannel = ["云上驿站", "收到"]\n', "第2行 phrases：“收到”已经属于 receive 类"),
        (
            '[phrases]\nreceive = ["予以公开"]\n',
            "“予以公开”已经属于 granted 类，不能再加到 receive 类",
        ),
        ('[phrases]\nchannel = ["甲乙"]\nreceive = ["甲乙"]\n', "第2行 phrases：“甲乙”归在两类里"),
        ('[phrases]\nchannel = "云上驿站"\n', "第2行 phrases 的 channel：应是方括号中的列表"),
        ("[phrases]\nchannel = [3]\n", "应是引号中的文字"),
        ('phrases = ["云上驿站"]\n', "第1行 phrases：应是一组设置"),
        ("[[phrases]]\n", "phrases：应是一组设置"),
        ('[phrases.channel]\nring = "inner"\n', "channel：应是方括号中的列表"),
        (
            "[phrases]\nchannel = [\n"
            + "".join(f'"信箱{chr(0x5000 + n)}",\n' for n in range(501))
            + "]\n",
            "列得太多",
        ),
        (
            "[phrases]\n"
            + "".join(
                f"{tag} = [" + "".join(f'"信{chr(start + n)}箱", ' for n in range(450)) + "]\n"
                for tag, start in zip(
                    ("channel", "receive", "accept", "answer", "noun"),
                    range(0x5000, 0x8000, 0x400),
                    strict=False,
                )
            ),
            "列得太多，最多共2000个",
        ),
        ('[short_names]\n"甲局" = ["我局"]\n"乙局" = ["收到"]\n', "“收到”已经属于 receive 类"),
        ('[short_names]\n"甲局" = ["农林部门"]\n"乙局" = ["农林部门"]\n', "写在两个单位名下"),
        ('[lawful]\nsentences = ["…年…"]\n', "第2行 lawful 的 sentences 的 第1个：至少要有"),
        ('[lawful]\nphrases = ["问过的一句话"]\n', "没有这个设置项"),
        ('[[frames]]\npattern = "{receive}N"\n', "没有这个设置项"),
        ('[macros]\nH = "."\n', "没有这个设置项"),
    ],
)
def test_what_may_not_stand_there_is_told_with_file_key_and_choices(
    home: Path, text: str, told: str
) -> None:
    write(home, text)
    with pytest.raises(UsageError, match=f"(?s){WORDS_FILE}.*{told}"):
        load_county(home)


def test_a_short_name_is_of_an_agency_of_the_roster(home: Path) -> None:
    write(home, '[short_names]\n"丙局" = ["农林部门"]\n')
    assert load_county(home).words.names_of("丙局") == ("农林部门",)
    with (home / "county.toml").open("a", encoding="utf-8") as settings:
        settings.write('[[agency]]\nname = "甲局"\n')
    with pytest.raises(UsageError, match=f"{WORDS_FILE} 的 short_names：名册里没有“丙局”"):
        load_county(home)


def test_words_are_kept_as_sentences_are_read(home: Path) -> None:
    write(home, '[phrases]\nchannel = ["云上 驿站", "ＡＢ信箱", "云上驿站", "网上"]\n')
    known = load_county(home).words.phrases
    assert known == (("channel", "云上驿站"), ("channel", "AB信箱"), ("channel", "网上"))


def test_a_phrase_counts_in_its_county_and_the_next_build_sees_it(tmp_path: Path) -> None:
    here, there = (county(tmp_path / name, name) for name in ("甲县", "乙县"))
    for one in (here, there):
        file(one, form(TOLD))
    assert codes(here) == codes(there) == {"GX401": Severity.WARNING}

    def why() -> list[tuple[str, ...]]:
        return [o.causes for o in build_all(plan([here], tmp_path / "output"), Options()).outcomes]

    why()
    assert why() == [()]
    write(here, '[phrases]\nchannel = ["云上驿站"]\n')
    assert why() == [("县的设置",)]
    assert codes(here) == {}
    assert codes(there) == {"GX401": Severity.WARNING}
    write(here, "# 不再用\n")
    assert why() == [("县的设置",)]
    assert codes(here) == {"GX401": Severity.WARNING}


def test_a_lawful_sentence_is_not_asked_about_and_an_error_is(home: Path) -> None:
    write(home, f'[lawful]\nsentences = ["{TOLD}"]\n')
    assert codes(home) == {}
    file(home, form(TOLD.replace("30", "31")))
    assert codes(home) == {}
    file(home, form(TOLD.replace("驿站", "夜话")))
    assert codes(home) == {"GX401": Severity.WARNING}
    wrong = "全年收到政府信息公开申请31件。"
    file(home, form(wrong))
    assert codes(home) == {"GX401": Severity.ERROR}
    write(home, f'[lawful]\nsentences = ["{wrong}"]\n')
    assert codes(home) == {"GX401": Severity.ERROR}


def test_a_lawful_sentence_may_have_names_and_anything(home: Path) -> None:
    file(home, form("甲局" + WEB))
    assert codes(home) == {"GX401": Severity.WARNING}
    for said in ("甲局" + WEB, "…本年经科室环节受理的政府信息公开申请…件。", "…" + WEB):
        write(home, f'[lawful]\nsentences = ["{said}"]\n')
        assert codes(home) == {}
    write(home, '[lawful]\nsentences = ["…经科室环节受理的政府信息公开申请"]\n')
    assert codes(home) == {"GX401": Severity.WARNING}


# -- gxgen words ---------------------------------------------------------------------------------


def test_all_that_is_written_is_listed_and_removed_one_by_one(home: Path) -> None:
    write(home, FULL)
    listed = words(str(home), inputs=home).own
    assert [one.text for one in listed] == [
        "云上驿站", "局长热线", "云岭掌上通", "领到", "农林部门", "县农林局",
        "县里问过的第一句话", "县里问过的第二句话", "全县统一的一句话。",
    ]  # fmt: skip
    known = load_county(home).words
    for number in range(len(listed), 0, -1):
        words(str(home), remove=number, inputs=home)
        known = listed[number - 1].left(known)
        assert load_county(home).words == known
    text = (home / WORDS_FILE).read_text(encoding="utf-8")
    assert known == NO_WORDS
    assert text.startswith("# 前面的话\n")
    assert text.endswith("# 后面的话\n")


@pytest.mark.parametrize("number", range(1, 10))
def test_nothing_else_is_changed(home: Path, number: int) -> None:
    write(home, FULL)
    gone = entries(load_county(home).words)[number - 1].text
    words(str(home), remove=number, inputs=home)
    text = (home / WORDS_FILE).read_text(encoding="utf-8")
    assert gone not in text
    kept = [line for line in FULL.splitlines() if gone not in line]
    assert [line for line in text.splitlines() if line in kept] == kept


def test_what_stands_in_a_comment_too_is_not_taken_for_it(home: Path) -> None:
    text = '# "云上驿站" 是2024年加的\n[phrases]\nchannel = [\n  "云上驿站",\n  "局长热线"\n]\n'
    write(home, text)
    words(str(home), remove=2, inputs=home)
    words(str(home), remove=1, inputs=home)
    assert load_county(home).words == NO_WORDS
    assert (home / WORDS_FILE).read_text("utf-8").startswith('# "云上驿站" 是2024年加的\n')


@pytest.mark.parametrize("said", ['["云上\\u9a7f站"]', '["云上 驿站"]', '["云上驿站", "云上驿站"]'])
def test_what_only_a_person_can_change_is_left(home: Path, said: str) -> None:
    write(home, f"[phrases]\nchannel = {said}\n")
    with pytest.raises(UsageError, match="写法特殊，没有改动它；请打开它，删去“云上驿站”"):
        words(str(home), remove=1, inputs=home)
    assert (home / WORDS_FILE).read_text("utf-8") == f"[phrases]\nchannel = {said}\n"


@pytest.mark.parametrize("number", [0, -1, 10])
def test_a_number_that_is_not_listed_is_told(home: Path, number: int) -> None:
    write(home, FULL)
    with pytest.raises(UsageError, match="没有第"):
        words(str(home), remove=number, inputs=home)


def test_the_command_shows_them(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(home, FULL)
    assert main(["words", str(home)]) == 0
    said = capsys.readouterr().out
    assert "words.toml 里写的：9 条" in said
    assert "1. channel 类的说法：云上驿站" in said
    assert "5. “甲局”的别称：农林部门" in said
    assert "7. 不再问的句子：县里问过的第一句话" in said
    assert main(["words", str(home), "--remove", "7"]) == 0
    assert "已改好" in capsys.readouterr().out
    assert load_county(home).words.lawful == ("县里问过的第二句话",)


def test_a_person_s_words_and_what_is_remembered_stand_side_by_side() -> None:
    known = CountyWords(lawful=("一句问过的话",), phrases=(("channel", "云上驿站"),))
    assert [one.left(known) for one in entries(known)] == [
        replace(known, phrases=()),
        replace(known, lawful=()),
    ]
