"""The pages as HTML: templates, filled from what the desk knows. Text is escaped as it goes in."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup, escape

from gxgen.county.files import safe_name
from gxgen.county.kit.own import BULLETIN
from gxgen.county.outputs import PAGE
from gxgen.desk.desk import Desk
from gxgen.desk.state import State, Unit
from gxgen.desk.words import WORDS
from gxgen.form.layout import NARRATIVE_SHEET

Record = dict[str, Any]
_QUOTED = re.compile(r"“([^“”]+)”")
_UNSAID: Record = {"quote": None, "place": None, "key": None}
"""What a finding's record leaves out."""
_TITLE = "标题"
"""In the name of every style that makes a heading of a paragraph."""
_OF_COUNTY = {"details": "汇总明细.xlsx", "problems": "问题清单.xlsx", "bulletin": BULLETIN}
"""How the names of the county's own files end."""
_NUMBER = re.compile(r"\d[\d,，.]*")


@cache
def _template(name: str) -> jinja2.Template:
    source = files("gxgen.desk").joinpath("pages", f"{name}.html.jinja").read_text("utf-8")
    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string(source, {"w": WORDS})


def drawn(name: str, **given: object) -> Markup:
    """A template filled."""
    return Markup(_template(name).render(**given))  # noqa: S704 - a template has escaped it


def whole(desk: Desk, address: str, pane: Markup) -> str:
    """A page with its frame."""
    state = desk.state
    script = json.dumps(WORDS.for_script, ensure_ascii=False).replace("<", "\\u003c")
    return drawn(
        "shell",
        state=state,
        title=f"{state.county or ''}{WORDS.name}",
        version=desk.version,
        open=address,
        pane=pane,
        head=head(desk),
        units=units(desk),
        progress=progress(desk),
        script_words=Markup(script),  # noqa: S704 - JSON, in which no element can begin or end
    )


def head(desk: Desk) -> Markup:
    """Which county and year, and until when."""
    return drawn("head", state=desk.state)


def units(desk: Desk) -> Markup:
    """The list of units."""
    return drawn("units", state=desk.state)


def progress(desk: Desk) -> Markup:
    """What is being done."""
    return drawn(
        "progress",
        job=desk.job,
        stopped=desk.stopped,
        waits=desk.waits,
        state=desk.state,
        said=desk.said,
        fault=desk.fault,
    )


def home(desk: Desk) -> Markup:
    """What is to be done."""
    state = desk.state
    filed = any(one.group != "missing" for one in state.units)
    return drawn(
        "home",
        state=state,
        job=desk.job,
        first=not filed and not state.strays,
        this_year=dt.date.today().year - 1,
        county_files=county_files(state),
    )


def county_files(state: State) -> list[tuple[str, str]]:
    """The county's own files that stand: what they are, and their addresses."""
    found = [(WORDS.page, f"/county/{PAGE}")] if state.made(PAGE) else []
    report = [one for one in state.outputs if _is_rollup(one, state)]
    names = [(f"{WORDS.rollup}（{WORDS.kind_of(Path(one).suffix)}）", one) for one in report]
    for what, ending in _OF_COUNTY.items():
        names += [(WORDS.files_of_county[what], one)] if (one := state.ending(ending)) else []
    return found + [(word, f"/file/{state.file(path)}") for word, path in names]


def _is_rollup(path: str, state: State) -> bool:
    name = Path(path)
    named = state.government and name.name.startswith(safe_name(state.government))
    return bool(named) and state.root / name.parent == state.home and name.suffix != ".xlsx"


def rollup(desk: Desk, findings: Sequence[Record]) -> Markup:
    """The county's own report."""
    state = desk.state
    lacking = [one for group in ("fix", "held", "due", "missing") for one in state.of(group)]
    return drawn(
        "rollup",
        state=state,
        job=desk.job,
        county_files=county_files(state),
        findings=findings,
        lacking=lacking,
    )


def notices(
    desk: Desk, chase: str, returned: Iterable[tuple[Unit, str]], page: int, pages: int
) -> Markup:
    """What is sent out."""
    state = desk.state
    told = [(one, text, one.returned and state.file(one.returned)) for one, text in returned]
    return drawn("notices", chase=chase, returned=told, page=page, pages=pages)


def taken(
    desk: Desk, receipts: Sequence[Record], *, review: str | None = None, asks: int = 0
) -> Markup:
    """What became of files that were dropped; of a report that was imported, the id of the page
    that shows its reading, and how much of it asks to be looked at."""
    return drawn("taken", receipts=receipts, state=desk.state, review=review, asks=asks)


def settings(desk: Desk, now: Record, add: str) -> Markup:
    """``county.toml`` as a form."""
    choices = now["choices"]
    return drawn(
        "settings",
        now=now,
        add=add,
        eager=desk.eager,
        styles=[(one, WORDS.styles.get(one, one)) for one in choices["style"]],
        formats=[(one, WORDS.formats.get(one, one)) for one in choices["formats"]],
        accents=choices["accent"],
        days=WORDS.days,
    )


# -- a unit --------------------------------------------------------------------------------------


def unit(desk: Desk, one: Unit, seen: Record, *, notice: bool, chase: str) -> Markup:
    """A unit's page; ``seen`` is its record."""
    state = desk.state
    told = [
        {**_UNSAID, **found, "bound": bound}
        for found, bound in zip(seen["findings"], seen["bound"] or (), strict=False)
    ]
    seen = {**seen, "findings": told}
    sheets = [_sheet(sheet, seen) for sheet in seen["sheets"]]
    numbers = [_numbers(sheet) for sheet in sheets]
    answered = _answered(seen)
    settled = [said for given in answered.values() for said in given]
    form = seen["form"]
    return drawn(
        "unit",
        state=state,
        unit=one,
        seen={**seen, "sheets": sheets},
        number_in=[len(found) for found in numbers],
        start=next((at for at, found in enumerate(numbers) if 0 in found), 0),
        worst=lambda found: _worst(seen, found),
        marked=lambda finding: _marked(finding["quote"], [finding]),
        said_in=lambda cell: _marked(cell["text"], _about(seen, cell)),
        why=seen.get("why", {}),
        answered=answered,
        idle=[said for said in seen.get("answers", ()) if said not in settled],
        notice=notice,
        chase=chase,
        contact=_contact(seen),
        returned=one.returned and state.file(one.returned),
        reports=[(_file_word(path), state.file(path)) for path in one.reports],
        form=form and state.file(form),
        form_name=form and Path(form).name,
        others=[Path(path).name for path in seen["others"]],
        next=state.after(one.id),
    )


def _file_word(path: str) -> str:
    return WORDS.download(Path(path).suffix)


def _contact(seen: Record) -> list[tuple[str, str]]:
    given = seen["contact"] or {}
    return [(word, given[key]) for key, word in WORDS.contact.items() if given.get(key)]


def _sheet(sheet: Record, seen: Record) -> Record:
    """A sheet with, beside what a finding is about, the cell that a sentence is held against."""
    held = {f["key"]: at for at, f in enumerate(seen["findings"]) if f["key"]}
    rows = [[_cell(cell, held) for cell in row] for row in sheet["rows"]]
    if sheet["title"] != NARRATIVE_SHEET:
        return {**sheet, "rows": rows, "parts": _parts(rows), "passages": False}
    return {**sheet, "rows": [[*_paragraphs(row)] for row in rows], "passages": True}


def _parts(rows: Sequence[Sequence[Record]]) -> list[tuple[str, Sequence[Sequence[Record]]]]:
    """A table's rows above its heads, its heads, which stay in view, and those below."""
    heads = [at for at, row in enumerate(rows) if any(one["role"] == "head" for one in row)]
    first = next((at for at, row in enumerate(rows) if _figured(row)), 0)
    above = [at for at in heads if at < first]
    if not above:
        return [("", rows)]
    return [("", rows[: above[0]]), ("heads", rows[above[0] : first]), ("", rows[first:])]


def _figured(row: Sequence[Record]) -> bool:
    return any(one["role"] in ("figure", "label") for one in row)


def _paragraphs(row: Sequence[Record]) -> Iterator[Record]:
    """What a row of the text says; what is chosen there as its style tells headings."""
    title = any(_TITLE in one["text"] for one in row if one["role"] == "entry")
    for one in row:
        if one["text"] and one["role"] not in ("entry", "blank"):
            yield {**one, "role": "head"} if title and one["role"] == "passage" else one


def _cell(cell: Record, held: Mapping[str, int]) -> Record:
    at = held.get(cell["key"] or "")
    if at is None or at in cell["findings"] or at in cell["related"]:
        return cell
    return {**cell, "related": [*cell["related"], at]}


def _numbers(sheet: Record) -> set[int]:
    return {number for row in sheet["rows"] for cell in row for number in cell["findings"]}


def _worst(seen: Record, found: Sequence[int]) -> str:
    kinds = {seen["findings"][number]["severity"] for number in found}
    return next(kind for kind in WORDS.severities if kind in kinds)


def _about(seen: Record, cell: Record) -> list[Record]:
    return [seen["findings"][number] for number in cell["findings"]]


def _answered(seen: Record) -> dict[int, list[Record]]:
    """The county's answers to each finding."""
    found: dict[int, list[Record]] = {}
    for said in seen.get("answers", ()):
        for number, one in enumerate(seen["findings"]):
            if (one["code"], one["place"]) == (said["code"], said["cell"]):
                found.setdefault(number, []).append(said)
    return found


def _marked(text: str, findings: Iterable[Mapping[str, Any]]) -> Markup:
    """A sentence with the words that it is about, and the numbers in them, marked."""
    ranges = sorted({span for one in findings for span in _spans(text, one)})
    done, parts = 0, []
    for start, end in ranges:
        if start >= done:
            parts += [escape(text[done:start]), _mark(text[start:end])]
            done = end
    return Markup("").join([*parts, escape(text[done:])])


def _spans(text: str, finding: Mapping[str, Any]) -> Iterator[tuple[int, int]]:
    words = _QUOTED.findall(finding["message"])
    for said in (*words, finding["quote"] or ""):
        at = text.find(said) if len(said) > 1 else -1
        if at >= 0 and len(said) < len(text):
            yield at, at + len(said)
            return


def _mark(words: str) -> Markup:
    parts: list[Markup] = []
    done = 0
    for number in _NUMBER.finditer(words):
        parts += [escape(words[done : number.start()]), Markup("<b>{}</b>").format(number.group())]
        done = number.end()
    return Markup("<mark>{}</mark>").format(Markup("").join([*parts, escape(words[done:])]))
