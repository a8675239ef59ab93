"""What becomes of what the desk is asked: on disk, on its pages, and beside the command line."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from gxgen.cli.app import app
from gxgen.desk.words import WORDS
from gxgen.model.agency import Agency
from tests.desk.opened import (
    ASKED,
    COUNTY,
    FAULTY,
    MISSING,
    SOUND,
    YEAR,
    Answer,
    Opened,
    asking,
    form,
    form_in,
    held,
    name,
    sound,
    tree,
)

Opening = Callable[[Path], Opened]


def file(folder: Path, called: str, data: bytes) -> Path:
    """A file that somebody has received."""
    path = folder / "received" / called
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
    return path


def outcomes(dialog: str) -> list[str]:
    return re.findall(r'<li class="(\w+)"', dialog)


def group_of(desk: Opened, index: int) -> str:
    return next(one.group for one in desk.desk.state.units if one.agency == name(index))


def id_of(desk: Opened, index: int) -> str:
    return next(one.id for one in desk.desk.state.units if one.agency == name(index))


def lost(before: dict[str, str], after: dict[str, str]) -> dict[str, str]:
    """The files that are nowhere any more with the bytes that they had; what can be taken back is
    written down beside them, and changes."""
    there = {*after.values(), "folder"}
    return {k: v for k, v in before.items() if v not in there and not k.endswith("undo.json")}


def questions(desk: Opened, index: int) -> list[dict[str, str]]:
    """What a unit's page asks: code, cell, and the figures there."""
    page = desk.ask("GET", f"/unit/{id_of(desk, index)}").text
    found = re.findall(r'name="(code|cell|figures)" value="([^"]*)"', page)
    return [dict(found[at : at + 3]) for at in range(0, len(found), 3)]


# -- forms ---------------------------------------------------------------------------------------


def test_files_go_where_the_unit_in_them_belongs(calm: Opened, tmp_path: Path) -> None:
    root = calm.root
    last = form_in(root, SOUND, YEAR - 1)
    of_last_year = last.read_bytes()
    last.unlink()
    data = {
        "新建 工作表.xlsx": form(sound(MISSING)),
        "a.xlsx": form(sound(FAULTY)),
        "b.xlsx": form_in(root, SOUND).read_bytes(),
        "c.xlsx": of_last_year,
        "d.xlsx": form(sound(SOUND), agency=Agency(f"{COUNTY}没有的局")),
        "e.xlsx": b"%PDF-1.7\n",
    }
    before, replaced = tree(root / "inputs"), form_in(root, FAULTY).read_bytes()
    held = len(calm.desk.staged)
    dialog = calm.drop(*((file(tmp_path, n, d), n) for n, d in data.items())).said["dialog"]
    assert outcomes(dialog) == ["first", "replaced", "same", "other_year", "stranger", "unreadable"]
    assert all(f"（{called}）" in dialog or f">{called}<" in dialog for called in data)
    after = tree(root / "inputs")
    assert form_in(root, MISSING).read_bytes() == data["新建 工作表.xlsx"]
    assert form_in(root, FAULTY).read_bytes() == data["a.xlsx"]
    assert [p.read_bytes() for p in (root / "inputs").glob("*/.replaced/*/*.xlsx")] == [replaced]
    assert lost(before, after) == {}
    assert len(calm.desk.staged) == held + 1  # last year's form can still be placed
    assert len(list(calm.desk.scratch.glob("?" * 24))) == held + 1
    again = re.search(r"&#34;files&#34;: \[&#34;(\w+)&#34;\]|\"files\": \[\"(\w+)\"\]", dialog)
    assert again, dialog
    number = next(filter(None, again.groups()))
    assert outcomes(calm.take([number], YEAR - 1).said["dialog"]) == ["first"]
    assert last.read_bytes() == of_last_year
    assert calm.desk.staged == {}
    assert calm.take([number], YEAR - 1).status == 400
    assert calm.desk.job is None


def test_a_form_that_is_dropped_twice_at_once_is_told_as_the_same(
    calm: Opened, tmp_path: Path
) -> None:
    path = file(tmp_path, "a.xlsx", form(sound(MISSING)))
    assert outcomes(calm.drop((path, "a.xlsx"), (path, "b.xlsx")).said["dialog"]) == [
        "first",
        "same",
    ]


def test_what_was_taken_can_be_taken_back(calm: Opened, tmp_path: Path) -> None:
    root, inputs = calm.root, calm.root / "inputs"
    old, new = form_in(root, FAULTY).read_bytes(), form(sound(FAULTY))
    files = [(file(tmp_path, "a.xlsx", new), "a.xlsx")]
    files += [(file(tmp_path, "b.xlsx", form(sound(MISSING))), "b.xlsx")]
    before = tree(inputs)
    dialog = calm.drop(*files).said["dialog"]
    placed = tree(inputs)
    replaced, first = re.findall(r'data-post="(/undo/\w+)"', dialog)
    assert calm.ask("POST", replaced).said["said"] == WORDS.undone
    assert form_in(root, FAULTY).read_bytes() == old
    assert calm.ask("POST", first).status == 200
    assert not form_in(root, MISSING).exists()
    assert lost(before, tree(inputs)) == {}
    assert lost(placed, tree(inputs)) == {}
    now = tree(inputs)
    for address in (replaced, first):
        assert calm.ask("POST", address).status == 400
    assert tree(inputs) == now


def test_what_was_changed_since_is_not_taken_back(calm: Opened, tmp_path: Path) -> None:
    """Somebody has worked in the form that was received: it stays, and nobody is told otherwise."""
    path = file(tmp_path, "a.xlsx", form(sound(FAULTY)))
    dialog = calm.drop((path, "a.xlsx")).said["dialog"]
    form_in(calm.root, FAULTY).write_bytes(form(sound(FAULTY), year=YEAR) + b"\0")
    now = tree(calm.root / "inputs")
    (address,) = re.findall(r'data-post="(/undo/\w+)"', dialog)
    said = calm.ask("POST", address).said["said"]
    assert tree(calm.root / "inputs") == now
    assert said != WORDS.undone
    assert name(FAULTY) in said


# -- work ----------------------------------------------------------------------------------------


def test_what_arrives_is_built_at_once(calm: Opened, tmp_path: Path) -> None:
    desk, root = calm, calm.root
    desk.desk.eager = True
    desk.build()
    report, returned = built(root, FAULTY), root / f"output/{YEAR}/returns"
    assert [group_of(desk, one) for one in (FAULTY, SOUND, MISSING)] == ["fix", "done", "missing"]
    assert (len(list(returned.iterdir())), report.exists()) == (1, False)
    path = file(tmp_path, "a.xlsx", form(sound(FAULTY)))
    assert outcomes(desk.drop((path, "a.xlsx")).said["dialog"]) == ["replaced"]
    desk.quiet()
    assert group_of(desk, FAULTY) == "done"
    assert report.exists()
    assert not returned.exists() or not list(returned.iterdir())
    asks = form(asking(SOUND))
    desk.drop((file(tmp_path, "b.xlsx", asks), "b.xlsx"))
    desk.quiet()
    assert group_of(desk, SOUND) == "ask"
    answers(desk, tmp_path)


def built(root: Path, index: int) -> Path:
    """Where a unit's report stands when it is made."""
    report = f"{name(index)}{YEAR}年政府信息公开工作年度报告.docx"
    return root / "output" / str(YEAR) / report


def answers(desk: Opened, folder: Path) -> None:
    """Questions answered, an answer withdrawn, given again, and lapsed with its figures."""
    unit, form_ = id_of(desk, SOUND), form_in(desk.root, SOUND).read_bytes()
    asked = questions(desk, SOUND)
    assert [one["code"] for one in asked] == ["GX203", "GX302"]
    assert all(one.keys() == {"code", "cell", "figures"} for one in asked)
    body = {**asked[0], "reason": "已电话核实，确为<万元>"}
    assert desk.ask("POST", f"/answer/{unit}", {**body, "reason": " "}).status == 409
    assert desk.ask("POST", f"/answer/{unit}", {**body, "code": "GX101"}).status == 409
    assert desk.ask("POST", f"/answer/{unit}", body).status == 200
    assert desk.ask("POST", f"/answer/{unit}", {**asked[1], "reason": "属实"}).status == 200
    desk.quiet()
    assert group_of(desk, SOUND) == "done"
    assert "县里说明：已电话核实，确为&lt;万元&gt;" in desk.ask("GET", f"/unit/{unit}").text
    assert form_in(desk.root, SOUND).read_bytes() == form_
    assert desk.ask("POST", f"/withdraw/{unit}", asked[0]).status == 200
    desk.quiet()
    assert group_of(desk, SOUND) == "ask"
    assert questions(desk, SOUND) == asked[:1]
    assert desk.ask("POST", f"/answer/{unit}", {**asked[0], "reason": "属实"}).status == 200
    desk.quiet()
    assert group_of(desk, SOUND) == "done"
    other = asking(SOUND)
    entries = {**other.entries, ASKED: type(other.entries[ASKED])(26551, "26551")}
    path = file(folder, "c.xlsx", form(other, entries=entries))
    desk.drop((path, "c.xlsx"))
    desk.quiet()
    assert group_of(desk, SOUND) == "ask"
    assert len(questions(desk, SOUND)) == 2


def test_a_stop_that_comes_at_once_is_heeded(demo: Path, opening: Opening, tmp_path: Path) -> None:
    """The worker has not even begun: it must not lose the stop and build all the same."""
    desk = opening(shutil.copytree(demo, tmp_path / "project"))
    desk.ask("POST", "/build")
    assert desk.ask("POST", "/stop").status == 200
    desk.until(lambda: desk.desk.job is None, "the end of what was stopped")
    assert desk.desk.stopped
    assert desk.desk.state.due
    assert WORDS.stopped in desk.ask("GET", "/frame").said["progress"]
    desk.build()
    assert not desk.desk.stopped
    assert [group_of(desk, one) for one in (FAULTY, SOUND, MISSING)] == ["fix", "done", "missing"]


# -- windows -------------------------------------------------------------------------------------


class Window:
    """An open window: it hears of everything new until it is closed."""

    def __init__(self, desk: Opened) -> None:
        self.desk, self.heard = desk, list[str]()
        self.closed = asyncio.Event()
        self.task = asyncio.run_coroutine_threadsafe(self._listen(), desk.loop)

    async def _listen(self) -> None:
        async def receive() -> dict[str, object]:
            await self.closed.wait()
            return {"type": "http.disconnect"}

        async def send(message: dict[str, object]) -> None:
            if message.get("body"):
                self.heard.append(bytes(message["body"]).decode())  # type: ignore[call-overload]

        headers = [*self.desk.own.items()]
        await self.desk.app(self.desk.scope("GET", "/events", headers), receive, send)

    def close(self) -> None:
        self.desk.loop.call_soon_threadsafe(self.closed.set)
        self.task.result(10)


def test_two_windows_hear_of_the_same(calm: Opened) -> None:
    one, other = Window(calm), Window(calm)
    calm.until(lambda: one.heard and other.heard, "the present state")
    assert calm.desk.watching == 2
    calm.ask("POST", "/seen")
    calm.until(lambda: len(one.heard) == len(other.heard) == 2, "what is new")
    assert one.heard == other.heard
    assert f'"version": {calm.desk.version}' in one.heard[-1]
    one.close()
    assert calm.desk.watching == 1
    other.close()
    assert calm.desk.watching == 0


def test_what_somebody_else_does_in_the_folder_is_seen(
    calm: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gxgen.desk.desk._POLL", 0.05)
    following = asyncio.run_coroutine_threadsafe(calm.desk.follow(), calm.loop)
    window = Window(calm)
    calm.until(lambda: window.heard, "the present state")
    form_in(calm.root, MISSING).write_bytes(form(sound(MISSING)))
    calm.until(lambda: group_of(calm, MISSING) == "due", "the form that was copied there")
    window.close()
    following.cancel()


def test_a_desk_that_nobody_uses_ends(
    demo: Path, opening: Opening, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = opening(shutil.copytree(demo, tmp_path / "project"))
    ended = threading.Event()
    monkeypatch.setattr("gxgen.desk.desk._POLL", 0.02)
    desk.desk.ending = ended.set
    window = Window(desk)
    following = asyncio.run_coroutine_threadsafe(desk.desk.follow(), desk.loop)
    desk.until(lambda: window.heard, "the present state")
    monkeypatch.setattr("gxgen.desk.desk.IDLE", 0.2)
    assert not ended.wait(0.6)  # somebody looks on
    window.close()
    assert ended.wait(10)
    following.cancel()


# -- when a process dies -------------------------------------------------------------------------


def dying(desk: Opened, who: str, work: Callable[[], Answer]) -> Answer:
    """What is answered when the worker dies with this in hand."""
    process = getattr(desk.desk, who)._process
    os.kill(process.pid, signal.SIGSTOP)
    found: list[Answer] = []
    asking_ = threading.Thread(target=lambda: found.append(work()))
    asking_.start()
    desk.until(lambda: getattr(desk.desk, who)._waiting, "the question")
    process.kill()
    asking_.join(20)
    return found[0]


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGSTOP")
def test_a_reader_that_dies_costs_one_request(calm: Opened) -> None:
    address = f"/unit/{id_of(calm, SOUND)}"
    before = tree(calm.root)
    answer = dying(calm, "reader", lambda: calm.ask("GET", address))
    assert (answer.status, answer.said) == (409, {"said": WORDS.gone})
    assert calm.ask("GET", address).status == 200
    assert tree(calm.root) == before


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGSTOP")
def test_a_builder_that_dies_with_a_form_in_hand_loses_nothing(
    calm: Opened, tmp_path: Path
) -> None:
    calm.loop.call_soon_threadsafe(calm.desk.builder.start)
    calm.until(lambda: calm.desk.builder._process, "the builder")
    path = file(tmp_path, "a.xlsx", form(sound(MISSING)))
    number = calm.stage(path)
    before = tree(calm.root)
    answer = dying(calm, "builder", lambda: calm.take([number]))
    assert (answer.status, answer.said) == (409, {"said": WORDS.gone})
    assert tree(calm.root) == before
    assert outcomes(calm.take([number]).said["dialog"]) == ["first"]  # it can be tried again
    assert calm.desk.said == ""


# -- settings ------------------------------------------------------------------------------------


def test_settings_are_saved_whole_or_not_at_all(calm: Opened) -> None:
    path = calm.root / "inputs" / "county.toml"
    path.write_text(path.read_text("utf-8") + "# 名册到此为止\n", "utf-8")
    before = tree(calm.root)
    rows = f"{COUNTY}甲局\t甲局\t部门\t1\n{COUNTY}乙局\t乙局\t局里\t2\n"
    answer = calm.ask("POST", "/settings", {"deadline": "2025-01-20", "roster": rows})
    assert answer.status == 422
    assert "第2行" in answer.said["fault"]
    assert "什么都没有保存" in answer.said["fault"]
    answer = calm.ask("POST", "/settings", {"deadline": "2025-13-20", "government": "甲"})
    assert answer.status == 422
    assert WORDS.fields["deadline"] in answer.said["fault"]
    assert tree(calm.root) == before
    said = path.read_bytes()
    good = {"deadline": "2025-01-20", "roster": rows.replace("局里", "部门")}
    assert calm.ask("POST", "/settings", good).status == 200
    text = path.read_text("utf-8")
    assert "# 名册到此为止" in text
    assert text.startswith(said.decode().splitlines()[0])
    assert f"{COUNTY}乙局" in text
    assert said in [one.read_bytes() for one in calm.root.rglob("*.toml")]
    assert {one.agency for one in calm.desk.state.units} >= {f"{COUNTY}甲局", f"{COUNTY}乙局"}
    page = calm.ask("GET", "/settings").text
    assert 'value="2025-01-20"' in page
    assert calm.ask("POST", "/settings/undo").status == 200
    assert path.read_bytes() == said


def test_an_empty_folder_becomes_a_county(opening: Opening, tmp_path: Path) -> None:
    root = tmp_path / "空的"
    root.mkdir()
    desk = opening(root)
    assert WORDS.new_county in desk.ask("GET", "/").text
    for county, year in (("甲/县", "2024"), ("", "2024"), ("甲县", "1999"), ("甲县", "二〇二四")):
        assert desk.ask("POST", "/begin", {"county": county, "year": year}).status in (409, 422)
        assert list(root.rglob("*.toml")) == []
    assert desk.ask("POST", "/begin", {"county": "甲县", "year": "2024"}).status == 200
    assert desk.desk.state.county == "甲县"
    before = tree(root)
    assert desk.ask("POST", "/begin", {"county": "乙县", "year": "2024"}).status in (409, 422)
    assert tree(root) == before


# -- beside the command line ---------------------------------------------------------------------

REASON = "已电话核实，属实"
DEADLINE = "2025-01-20"


def by_command(*arguments: str) -> None:
    """A command in the folder in which this process stands."""
    done = CliRunner().invoke(app, [*arguments], catch_exceptions=False)
    assert done.exit_code in (0, 1), done.output


def standing(root: Path) -> dict[str, str]:
    """Forms and reports as they stand, without the moments at which something was replaced and
    what the program keeps for itself."""
    moment = re.compile(r"/\d{4}-?\d\d-?\d\d[^/]*")
    return {moment.sub("/", k): v for k, v in tree(root).items() if "/.gxgen/" not in k}


def test_the_desk_ends_where_the_command_line_ends(
    calm: Opened, demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, other = calm, shutil.copytree(demo, tmp_path / "project")
    monkeypatch.chdir(other)
    received = {
        "corrected": form(sound(FAULTY)),
        "first": form(sound(MISSING)),
        "asks": form(asking(SOUND)),
        "none": b"no form",
    }
    files = [file(tmp_path, f"{called}.xlsx", data) for called, data in received.items()]
    by_command("settings", "--set", f"deadline={DEADLINE}")
    by_command("receive", *map(str, files))
    by_command("build", "--quiet")
    for code in ("GX203", "GX302"):
        by_command("answer", name(SOUND), code, "表二!B18", REASON)
    by_command("build", "--quiet")

    desk.desk.eager = True
    assert desk.ask("POST", "/settings", {"deadline": DEADLINE}).status == 200
    desk.quiet()
    desk.drop(*((path, f"重命名{path.name}") for path in files))
    desk.quiet()
    unit = id_of(desk, SOUND)
    for one in questions(desk, SOUND):
        assert desk.ask("POST", f"/answer/{unit}", {**one, "reason": REASON}).status == 200
    desk.quiet()
    assert group_of(desk, SOUND) == "done"
    assert standing(desk.root) == standing(other)


# -- downloads -----------------------------------------------------------------------------------


def test_what_is_only_read_leaves_the_folder_as_it_is(opened: Opened) -> None:
    """Neither a lock nor anything else is written, and another program's build is not waited for:
    each file is as the last build has recorded it, or is not handed out."""
    unit = id_of(opened, FAULTY)
    with held(opened.root):
        before = tree(opened.root)
        for address in ("/zip/returns", "/zip/reports", "/zip/missing", "/zip/blanks"):
            answer = opened.ask("GET", address)
            assert (answer.status, answer.body[:2]) == (200, b"PK"), address
        for address in ("/", f"/unit/{unit}", "/notices", "/rollup", "/settings", "/text/chase"):
            assert opened.ask("GET", address).status == 200
        assert tree(opened.root) == before


def test_what_somebody_has_changed_is_not_handed_out_and_can_be_made_anew(calm: Opened) -> None:
    calm.build()
    report = built(calm.root, SOUND)
    was = report.read_bytes()
    report.write_bytes(was + b"\0")
    answer = calm.ask("GET", "/zip/reports")
    assert answer.status == 409
    assert f"“{WORDS.anew}”" in answer.said["said"]
    assert f'data-post="/build">{WORDS.anew}' in calm.ask("GET", "/rollup").text
    calm.build()
    assert report.read_bytes() == was
    assert calm.ask("GET", "/zip/reports").status == 200


def test_an_answer_that_settles_nothing_can_be_taken_back(calm: Opened) -> None:
    form_in(calm.root, SOUND).write_bytes(form(asking(SOUND)))
    calm.run(calm.desk.refresh())
    calm.build()
    unit, asked = id_of(calm, SOUND), questions(calm, SOUND)[0]
    assert calm.ask("POST", f"/answer/{unit}", {**asked, "reason": "属实"}).status == 200
    form_in(calm.root, SOUND).write_bytes(form(sound(SOUND)))
    calm.run(calm.desk.refresh())
    calm.build()
    page = calm.ask("GET", f"/unit/{unit}").text
    assert page.count(f'data-post="/withdraw/{unit}"') == 1
    assert calm.ask("POST", f"/withdraw/{unit}", asked).status == 200
    assert "/withdraw/" not in calm.ask("GET", f"/unit/{unit}").text
