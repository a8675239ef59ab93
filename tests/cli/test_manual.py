"""The manual, followed word by word by a newcomer who has the wheel and an empty folder.

Every ``gxgen …`` that a page names is run as it stands, with real files for the names of its
examples; the READMEs' tables of commands are held against the commands there are.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import typer.main

from gxgen.cli.app import app
from tests.support import ROOT

YEAR = 2025
COUNTY = "某某县"
GUIDES = ("guide", "audit", "templates")
"""The pages that are walked here; ``january`` has a test of its own."""
READMES = ("README.md", "README.zh-CN.md")
_BLOCK = re.compile(r"```sh\n(.*?)\n```", re.DOTALL)
_INLINE = re.compile(r"`(gxgen [^`]+)`")
_REMARK = re.compile(r"\s+#\s.*|\s{3,}[^-\s].*")
"""What stands beside a command in a block."""
ELSEWHERE = {
    "gxgen settings --undo": "needs a change first: tests/county/test_change_settings.py",
    "gxgen answer 财政局 GX201 表二!D7 代管市政府的文件": (
        "a question must be asked first: tests/county/test_county_answers.py"
    ),
    "gxgen receive --undo": "forms must come in first: tests/county/test_undo.py",
    "gxgen words --accept 序号": "a sentence must be answered first: tests/county/test_words.py",
    "gxgen words --remove 序号": "the same",
}
"""Commands that a newcomer cannot run yet, and where they are run."""


def commands(page: str) -> Iterator[str]:
    """Every command of a page, in its order, once."""
    text = (ROOT / f"docs/{page}.zh-CN.md").read_text("utf-8")
    found = [
        _REMARK.sub("", line.strip())
        for line in re.findall(r"`(gxgen [^`]+)`|^(gxgen .*)$", text, re.MULTILINE)
        for line in [line[0] or line[1]]
    ]
    yield from (
        one for one in dict.fromkeys(found) if one not in ELSEWHERE and not _only_named(one)
    )


def _only_named(line: str) -> bool:
    """Whether a sentence names a command that nobody runs without saying on what."""
    known = typer.main.get_command(app).commands
    words = line.split()[1:]
    return len(words) == 1 and any(one.required for one in known[words[0]].params)


# -- a machine with the wheel --------------------------------------------------------------------


@dataclass(frozen=True)
class Machine:
    """Where the wheel is installed, and no source is."""

    site: Path

    def run(self, lines: list[list[str]], folder: Path) -> list[dict[str, Any]]:
        """What a command line said to each of these, one after another."""
        done = subprocess.run(
            [sys.executable, "-c", _WALK, json.dumps(lines)],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(self.site), "PYTHONSAFEPATH": "1"},
            capture_output=True,
            check=True,
            timeout=600,
        )
        told = json.loads(done.stdout.decode().splitlines()[-1])
        assert Path(told["home"]).is_relative_to(self.site)
        said: list[dict[str, Any]] = told["said"]
        return said


_WALK = """
import contextlib, io, json, sys
import gxgen
from gxgen.cli import main

if __name__ == "__main__":
    said = []
    for line in json.loads(sys.argv[1]):
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            status = main(line)
        said.append({"line": line, "status": status, "out": out.getvalue(), "err": err.getvalue()})
    print(json.dumps({"home": gxgen.__file__, "said": said}))
"""


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Machine:
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    quietly = {"check": True, "capture_output": True}
    subprocess.run(
        [*pip, "wheel", "--no-deps", "--no-build-isolation", "-w", str(folder), str(ROOT)],
        **quietly,
    )
    (wheel,) = folder.glob("*.whl")
    subprocess.run(
        [*pip, "install", "--no-deps", "--target", str(folder / "site"), str(wheel)], **quietly
    )
    return Machine(folder / "site")


@pytest.fixture(scope="module")
def desk(machine: Machine, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A county whose forms have come back, with reports built, and what was downloaded."""
    folder = tmp_path_factory.mktemp("desk")
    begin = ["init", ".", "--county", COUNTY, "--year", str(YEAR), "--demo", "4", "--quiet"]
    build = ["build", "--format", "docx,html,pdf", "--quiet"]
    style = ["template", "new", "本县", "--from", "official"]
    last = [*build, f"inputs/{YEAR - 1}"]
    said = machine.run([begin, build, last, style], folder)
    assert [one["status"] for one in said] == [0] * 4, said
    (told,) = machine.run([["show", str(form_of(folder)), "--format", "json"]], folder)
    (folder / "记录.json").write_text(told["out"], "utf-8")
    _published(folder)
    return folder


def _published(folder: Path) -> None:
    """Last year's reports, as they were published, in place of last year's forms."""
    forms = sorted((folder / f"inputs/{YEAR - 1}").glob("*.xlsx"))
    units = [path.stem for path in forms if path.stem != f"{COUNTY}人民政府"]
    made = folder / f"output/{YEAR - 1}"

    def report(at: int, suffix: str) -> bytes:
        return next(made.glob(f"{units[at]}*.{suffix}")).read_bytes()

    (folder / "填报表.xlsx").write_bytes((forms[0].parent / f"{units[0]}.xlsx").read_bytes())
    for suffix in ("docx", "html", "pdf"):
        (folder / f"报告.{suffix}").write_bytes(report(0, suffix))
    (folder / "网页.html").write_bytes(report(1, "html"))
    (folder / "正文.txt").write_text(re.sub(r"<[^>]+>", "\n", report(2, "html").decode()), "utf-8")
    (folder / "下载的报告").mkdir()
    (folder / "下载的报告/一.docx").write_bytes(report(3, "docx"))
    for path in forms:
        path.unlink()


def form_of(folder: Path) -> Path:
    """The first unit's form."""
    forms = sorted((folder / f"inputs/{YEAR}").glob("*.xlsx"))
    return next(path for path in forms if path.stem != f"{COUNTY}人民政府")


def for_real(line: str, folder: Path) -> list[str]:
    """The arguments of a command of the manual, with files that are there in place of examples."""
    form = form_of(folder)
    names = {
        "填报表": str(form.relative_to(folder)),
        "去年的": "报告.docx",
        "今年的": str(form.relative_to(folder)),
        "县名": COUNTY,
        f"output/{YEAR}/某局{YEAR}年政府信息公开工作年度报告.docx": str(
            next((folder / f"output/{YEAR}").glob(f"{form.stem}*.docx")).relative_to(folder)
        ),
        "*.txt": "正文.txt",
    }
    return [names.get(word, word) for word in shlex.split(line)[1:]]


# -- the walk ------------------------------------------------------------------------------------


def test_a_newcomer_begins_in_an_empty_folder(machine: Machine, tmp_path: Path) -> None:
    """The officer's first four commands, in the order of the page."""
    block = _BLOCK.findall((ROOT / "docs/guide.zh-CN.md").read_text("utf-8"))
    lines = [_REMARK.sub("", one) for text in block[:2] for one in text.split("\n")]
    assert [one.split()[1] for one in lines] == ["init", "blank", "check", "build"]
    (said,) = machine.run([shlex.split(lines[0])[1:]], tmp_path)
    assert said["status"] == 0, said
    roster = tmp_path / "inputs/county.toml"
    units = "".join(f'\n[[agency]]\nname = "{COUNTY}{name}"\n' for name in ("财政局", "教育局"))
    roster.write_text(roster.read_text("utf-8") + units, "utf-8")
    said = machine.run([shlex.split(one)[1:] for one in lines[1:]], tmp_path)
    assert [one["status"] in (0, 1) for one in said] == [True] * 3, said
    assert sorted(path.stem for path in (tmp_path / f"inputs/{YEAR}").glob("*.xlsx")) == [
        f"{COUNTY}教育局",
        f"{COUNTY}财政局",
    ]
    assert (tmp_path / f"output/{YEAR}/index.html").is_file()


@pytest.mark.parametrize("page", GUIDES)
def test_every_command_of_a_page_runs_as_it_stands(page: str, machine: Machine, desk: Path) -> None:
    # A desk would wait for its user; tests/desk opens it.
    begun = ("gxgen init . ", "gxgen template new ", "gxgen desk")
    lines = [one for one in commands(page) if not one.startswith(begun)]
    said = machine.run([for_real(one, desk) for one in lines], desk)
    wrong = [f"{one['line']}: {one['err']}" for one in said if one["status"] not in (0, 1)]
    assert not wrong, "\n".join(wrong)


def test_what_is_left_out_is_still_in_the_manual() -> None:
    text = "".join((ROOT / f"docs/{page}.zh-CN.md").read_text("utf-8") for page in GUIDES)
    assert [one for one in ELSEWHERE if f"`{one}`" not in text] == []


@pytest.mark.parametrize("page", READMES)
def test_the_readme_tells_every_command_with_options_that_it_has(page: str) -> None:
    whole = typer.main.get_command(app)
    template = whole.commands["template"].commands
    known = {**whole.commands, **{f"template {name}": one for name, one in template.items()}}
    del known["template"]
    text = (ROOT / page).read_text("utf-8")
    told = set()
    for line in [
        one for row in re.findall(r"^\| .*", text, re.MULTILINE) for one in _INLINE.findall(row)
    ]:
        words = line.split()[1:]
        name = " ".join(words[: 2 if words[0] == "template" else 1])
        options = {option for one in known[name].params for option in one.opts}
        assert set(re.findall(r"--[a-z-]+", line)) <= options, line
        told.add(name)
    told |= {f"template {one}" for one in re.findall(r"`(check|new|preview)\b", text)}
    assert known.keys() - told == set()
