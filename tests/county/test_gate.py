"""One gate for styles: a faulty one prints nothing, harms no agency, and is told once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gxgen import api, cache
from gxgen.api.project import Project
from gxgen.cli import main
from gxgen.county.batch import Result
from gxgen.diagnostics import Finding
from gxgen.opc.package import DOCUMENT, FixedZip, read_package
from gxgen.templates import gate

YEAR, STYLE = 2024, "本县"
SOUND, FAULTY = "{{ title }}", "｛｛ title ｝｝"


@pytest.fixture
def county(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Four sound agencies and one with an error, in a style of the county's own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path / "kept"))
    api.init(tmp_path, county="某县", year=YEAR, demo=5, faulty=1, years=1)
    settings = next(tmp_path.glob("inputs/**/county.toml"))
    said = settings.read_text(encoding="utf-8")
    lines = [line for line in said.splitlines() if not line.startswith("style")]
    settings.write_text(f'style = "{STYLE}"\n' + "\n".join(lines), encoding="utf-8")
    assert main(["template", "new", STYLE]) == 0
    return tmp_path


def template(county: Path) -> Path:
    return county / "templates" / STYLE / "report-2021.docx"


def retitled(county: Path, tag: str) -> None:
    """The template with another tag for the title."""
    path = template(county)
    members = read_package(path.read_bytes())
    text = members[DOCUMENT].decode()
    for old in (SOUND, FAULTY):
        text = text.replace(old, "@@TITLE@@", 1)
    members[DOCUMENT] = text.replace("@@TITLE@@", tag, 1).encode()
    path.write_bytes(FixedZip({}).build(members))


def build(**options: object) -> Result:
    return api.build([Path("inputs")], workers=1, **options)  # type: ignore[arg-type]


def output(county: Path) -> Path:
    return next(county.glob("output/**/build.json")).parent


def files(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file() and ".gxgen" not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def words(result: Result) -> list[str]:
    return sorted(outcome.word for outcome in result.outcomes)


def test_nobody_is_sent_back_and_the_figures_are_added_up(county: Path) -> None:
    sound = build()
    detail = {n: d for n, d in files(output(county)).items() if n.endswith("汇总明细.xlsx")}
    before = files(output(county))
    retitled(county, FAULTY)
    result = build()
    assert sound.exit_status == result.exit_status == 1  # one agency has an error of its own
    assert words(result) == ["held"] * 4 + ["refused"]
    ((style, (told,)),) = result.styles
    assert (style, told.code) == (STYLE, "GX643")
    assert "report-2021.docx" in told.message
    assert "正文第1段" in told.message
    assert not any(one.code.startswith("GX6") for one in result.diagnostics)
    after = files(output(county))
    assert after.keys() == before.keys()  # what was built stays
    reports = [n for n in after if "年度报告" in n and n.endswith(".docx")]
    assert all(after[name] == before[name] for name in [*reports, *detail])
    assert [n for n in after if n.startswith("returns/")] == [
        n for n in before if n.startswith("returns/")
    ]
    assert len(reports) == 5  # four agencies' and the county's own


def test_a_first_build_prints_nothing_but_adds_up(county: Path) -> None:
    retitled(county, FAULTY)
    result = build()
    after = files(output(county))
    assert not [n for n in after if "年度报告" in n and n.endswith(".docx")]
    assert [n for n in after if n.startswith("returns/")] != []
    assert any(n.endswith("汇总明细.xlsx") for n in after)
    said = json.loads(after["build.json"])
    assert sorted(unit["outcome"] for unit in said["units"]) == ["held"] * 4 + ["refused"]
    page = after["index.html"].decode()
    assert page.count("待处理") >= 4
    assert result.exit_status == 1


def test_a_form_that_was_corrected_is_sent_back_no_longer(county: Path) -> None:
    build()
    (returned,) = (output(county) / "returns").iterdir()
    api.init(county / "sound", county="某县", year=YEAR, demo=5, years=1)
    (form,) = county.glob(f"inputs/**/{returned.name}")
    (right,) = (county / "sound").glob(f"inputs/**/{returned.name}")
    form.write_bytes(right.read_bytes())
    retitled(county, FAULTY)
    assert words(build()) == ["held"] * 5
    assert not returned.exists()
    assert "退回件" not in (output(county) / "index.html").read_text(encoding="utf-8")


def test_once_mended_everything_is_built_and_nothing_is_told(county: Path) -> None:
    retitled(county, FAULTY)
    build()
    retitled(county, SOUND)
    result = build()
    assert words(result) == ["built"] * 4 + ["refused"]
    assert result.styles == ()
    clean = files(output(county))
    again = build(force=True)
    assert files(output(county)) == clean
    assert again.styles == ()


def test_a_faulty_style_is_told_again_as_long_as_it_is_faulty(county: Path) -> None:
    retitled(county, FAULTY)
    for _ in range(2):
        assert [found[0].code for _, found in build().styles] == ["GX643"]


def test_warnings_are_told_once_and_stop_nothing(county: Path) -> None:
    members = read_package(template(county).read_bytes())
    name = "word/settings.xml"
    members[name] = members[name].replace(b"<w:zoom", b"<w:trackRevisions/><w:zoom", 1)
    template(county).write_bytes(FixedZip({}).build(members))
    result = build()
    assert words(result) == ["built"] * 4 + ["refused"]
    assert [(one.code, str(one.place)) for one in result.of_styles] == [
        ("GX645", "report-2021.docx 的 word/settings.xml")
    ]


def test_a_build_with_nothing_to_do_asks_nobody(
    county: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build()
    monkeypatch.setattr(gate, "judged", lambda *_: pytest.fail("asked"))
    assert build().styles == ()


def test_a_verdict_is_reached_once(county: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build()
    monkeypatch.setattr(gate, "_judged", lambda *_: pytest.fail("judged anew"))
    assert words(build(force=True)) == ["built"] * 4 + ["refused"]


def test_rollup_and_preview_pass_the_same_gate(
    county: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    retitled(county, FAULTY)
    assert main(["rollup", "--year", str(YEAR), "-q"]) == 1
    assert capsys.readouterr().out.count("GX643") == 1
    assert main(["template", "preview", STYLE, "--year", str(YEAR)]) == 1
    assert "正文第1段 GX604" in capsys.readouterr().out
    assert not list(county.glob("output/*预览*"))
    assert main(["build", "-q", "--format", "json"]) == 1
    found = json.loads(capsys.readouterr().out)["findings"]
    assert [one["code"] for one in found if one["code"].startswith("GX6")] == ["GX643"]


def test_drafts_and_many_hands_pass_it_too(county: Path) -> None:
    retitled(county, FAULTY)
    result = api.build([Path("inputs")], workers=2, draft=True)
    assert words(result) == ["held"] * 4 + ["refused"]
    assert not list(output(county).rglob("*年度报告*.docx"))


def test_a_fault_in_the_template_of_another_edition_stops_nothing(county: Path) -> None:
    (county / "templates" / STYLE / "report-2019.docx").write_bytes(b"")
    result = build()
    assert words(result) == ["built"] * 4 + ["refused"]
    assert result.styles == ()


def test_a_style_without_the_edition_is_an_error_in_words(
    county: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = county / "templates" / STYLE
    (folder / "style.toml").unlink()
    template(county).unlink()
    assert main(["build", "-q"]) == 1
    said = capsys.readouterr().out
    assert said.count("GX642") == 1
    assert f"样式“{STYLE}”没有2021年版格式的模板（report-2021.docx）" in said
    assert 'from = "official"' in said
    assert not list(output(county).rglob("*年度报告*.docx"))
    assert main(["template", "check", STYLE]) == 1
    assert "GX642" in capsys.readouterr().out
    (folder / "style.toml").write_text('from = "official"\n', encoding="utf-8")
    assert main(["template", "check", STYLE]) == 0
    assert words(build()) == ["built"] * 4 + ["refused"]


def test_a_check_that_fails_itself_is_told_and_harms_no_one(
    county: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from gxgen.templates.lint import check

    def broken(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(check, "check_template", broken)
    result = build()
    assert words(result) == ["held"] * 4 + ["refused"]
    assert "GX901" in result.of_styles[0].message


def test_a_document_that_reads_back_otherwise_is_no_fault_of_the_form(
    county: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the gate cannot foresee: the officer's too, and what was built before stays."""
    build()
    before = files(output(county))
    wrong = [Finding("GX622", "写好的文档缺少一段。")]
    monkeypatch.setattr("gxgen.formats.docx.verify.verify_docx", lambda *_, **__: wrong)
    result = build(force=True)
    assert words(result) == ["held"] * 4 + ["refused"]
    assert sum(one.code == "GX622" for one in result.diagnostics) == 4
    after = files(output(county))
    same = [name for name in before if name.startswith("returns/") or "汇总明细" in name]
    assert [name for name in after if name.startswith("returns/") or "汇总明细" in name] == same
    assert all(after[name] == before[name] for name in same)
    own = f"某县人民政府{YEAR}年"
    reports = [n for n in before if n.endswith("年度报告.docx") and not n.startswith(own)]
    assert len(reports) >= 4
    assert all(after[name] == before[name] for name in reports)


def test_a_form_that_waits_for_its_style_is_held_and_not_stale(county: Path) -> None:
    """What is to be done is the county's, not another build; a form that changed since is stale."""
    retitled(county, FAULTY)
    build()
    states = {one.agency: one for one in Project(county).status(judge=False)[0].units}
    held = [one for one in states.values() if one.state == "held"]
    assert len(held) == 4
    assert [one.causes for one in held] == [()] * 4
    changed = held[0].inputs[0]
    changed.write_bytes(changed.read_bytes() + b"\0")
    again = {one.agency: one.state for one in Project(county).status(judge=False)[0].units}
    assert again[held[0].agency] == "stale"
    retitled(county, SOUND)
    assert words(build()) == ["built"] * 4 + ["refused"]
