"""Every screen of the desk, in every state in which somebody may see it."""

from __future__ import annotations

import shutil
from pathlib import Path

from gxgen.desk.desk import Job
from gxgen.desk.words import REFUSED, WORDS
from gxgen.model.agency import Agency
from gxgen.opc.package import DOCUMENT, FixedZip, read_package
from tests.desk.opened import (
    COUNTY,
    FAULTY,
    MISSING,
    SOUND,
    YEAR,
    Opened,
    asking,
    form,
    form_in,
    new_county,
    sound,
)
from tests.support import ROOT

PAGES = ("/", "/notices", "/rollup", "/settings")


def first_screens(folder: Path) -> dict[str, str]:
    """Of an empty folder, of several counties, of a county that has just begun. Where the folders
    lie is left out, as it is nobody's word."""
    found = {"closed": REFUSED[401]}
    empty = folder / "empty"
    empty.mkdir()
    several_counties(folder / "several")
    for name in ("empty", "several"):
        desk = Opened(folder / name, folder / f"scratch-{name}")
        found[name] = desk.ask("GET", "/").text
        if name == "empty":
            desk.ask("POST", "/begin", {"county": "甲县", "year": str(YEAR)})
            begun = {f"begun {page}": desk.ask("GET", page).text for page in PAGES}
            found |= {page: text.replace(str(desk.root), "") for page, text in begun.items()}
        desk.close()
    return found


def several_counties(folder: Path) -> Path:
    """A project of two counties."""
    for county in ("甲县", "乙县"):
        home = folder / "inputs" / county
        home.mkdir(parents=True)
        (home / "county.toml").write_text(f'county = "{county}"\nyear = {YEAR}\n', "utf-8")
    return folder


def county_of_a_faulty_style(folder: Path) -> Path:
    """A county whose style nobody can print with: its sound forms wait for whoever mends it."""
    new_county(folder)
    settings = folder / "inputs" / "county.toml"
    lines = [one for one in settings.read_text("utf-8").splitlines() if one[:5] != "style"]
    settings.write_text("\n".join(['style = "本县"', *lines, ""]), "utf-8")
    style = shutil.copytree(ROOT / "templates" / "official", folder / "templates" / "本县")
    for path in style.glob("report-*.docx"):
        members = read_package(path.read_bytes())
        text = members[DOCUMENT].replace(b"{{ title }}", "｛｛ title ｝｝".encode(), 1)
        path.write_bytes(FixedZip({}).build({**members, DOCUMENT: text}))
    return folder


def screens_of_a_year(desk: Opened) -> dict[str, str]:
    """Of a county with a form of each kind: before, while and after it is built."""
    form_in(desk.root, SOUND).write_bytes(form(asking(SOUND)))
    desk.run(desk.desk.refresh())
    found = {"due": desk.ask("GET", "/").text}
    desk.build()
    found |= {page: desk.ask("GET", page).text for page in PAGES}
    for unit in desk.desk.state.units:
        found[f"unit {unit.group}"] = desk.ask("GET", f"/unit/{unit.id}").text
    found |= _states(desk)
    found["dialog"] = desk.drop(*_dropped(desk.root)).said["dialog"]
    desk.quiet()
    return {name: text.replace(str(desk.root), "") for name, text in found.items()}


def _states(desk: Opened) -> dict[str, str]:
    """What the bar says of work."""
    found = {}
    state = desk.desk
    for name, job in {
        "begins": Job(),
        "works": Job(3, 40, "甲局"),
        "stops": Job(3, 40, "", True),
    }.items():
        state.job = job
        found[f"part {name}"] = desk.ask("GET", "/frame").said["progress"]
    state.job = None
    state.stopped, state.said, state.fault = True, WORDS.fault, "KeyError"
    found["stopped"] = desk.ask("GET", "/").text
    state.stopped, state.said, state.fault = False, "", ""
    return found


def _dropped(root: Path) -> list[tuple[Path, str]]:
    """A form of each outcome: replaced, first, the same, last year's, a stranger's, no form."""
    waiting = root.parent / "dropped"
    waiting.mkdir()
    data = {
        "corrected": form(sound(FAULTY)),
        "first": form(sound(MISSING)),
        "same": form_in(root, SOUND).read_bytes(),
        "last": form(sound(SOUND, YEAR - 1)),
        "stranger": form(sound(SOUND), agency=Agency(f"{COUNTY}没有的局")),
        "none": b"%PDF-1.7\n",
    }
    found = []
    for name, content in data.items():
        (waiting / name).write_bytes(content)
        found.append((waiting / name, f"新收到的{len(found) + 1}.xlsx"))
    return found
