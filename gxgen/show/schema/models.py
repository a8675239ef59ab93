"""The shapes of gxgen's JSON. The schemas that are shipped are made of them:
``python -m gxgen.show.schema.models`` writes those anew, a test sees that they agree.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.json_schema import GenerateJsonSchema

Cell = Annotated[str, Field(pattern=r"^[A-Z]{1,3}[1-9][0-9]{0,6}$", description="A1 name: G9.")]
Sha256 = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
Count = Annotated[int, Field(ge=0)]
Made = Literal["built", "refused", "held", "missing"]


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Document(_Shape):
    format: Literal[1] = Field(description="Raised when the old shape would be misread.")


class CellPlace(_Shape):
    """A cell of a workbook."""

    sheet: str
    cell: Cell


class Place(_Shape):
    """Where something is: in a workbook, or (``place`` alone, in words) in another document."""

    sheet: str | None
    cell: Cell | None
    place: str | None


class Related(Place):
    """Another cell that has a part in a finding."""

    key: str | None


class Finding(Place):
    """A finding: what is wrong or asked, where, and who mends it."""

    code: Annotated[str, Field(pattern="^GX[0-9]{3}$")]
    name: str
    severity: Literal["error", "warning", "note"]
    addressee: Literal["clerk", "officer", "designer"]
    message: str
    hint: str
    agency: str | None
    year: int | None
    file: str | None
    cells: list[CellPlace] = Field(description="Every cell that it is about.")
    key: str | None = Field(description="The figure's key: table.row.column.")
    related: list[Related]
    quote: str = Field(default="", description="The words that it is about; only of texts.")
    side: Literal["report", "damage", "reading"] = Field(
        default="report", description="Whose doing it is; only where a published report is read."
    )


class Check(_Document):
    """``gxgen check``, ``gxgen template check``."""

    findings: list[Finding]
    checked: Count


class Unit(_Shape):
    """What became of a form in this run (``outcome``), and what stands of it now (``state``)."""

    county: str | None
    agency: str
    year: int | None
    input: str
    outcome: Literal["built", "unchanged", "refused", "held", "missing"]
    state: Made
    outputs: list[str]
    faults: list[str]
    causes: list[str] = Field(description="Why it was worked on.")
    changed: dict[str, list[str]] = Field(
        description="Of a cause of which more is known: which sheets, settings or templates."
    )


class Missing(_Shape):
    """An agency of the roster that has filed nothing."""

    county: str
    year: int
    agency: str
    late: bool = Field(description="Whether the day for filing is past.")


class _Changes(Check):
    outputs: list[str] = Field(description="The county's own files.")
    removed: list[str]
    set_aside: list[str] = Field(description="Files that a person had edited, renamed.")
    faults: list[str]
    remarks: list[str]


class Build(_Changes):
    """``gxgen build``."""

    units: list[Unit]
    missing: list[Missing]


class Rollup(_Changes):
    """``gxgen rollup``."""


class Stray(_Shape):
    """What lies in a year's folder and was not read; ``unit`` is whose it seems to be."""

    name: str
    kind: Literal["file", "text", "folder", "archive", "government"]
    unit: str | None


class Output(_Shape):
    """A file in the folder of ``build.json``."""

    file: str
    sha256: Sha256


class Entry(_Shape):
    """A unit in ``build.json``; ``late`` is for those that are missing."""

    agency: str
    year: int | None
    input: str | None
    outcome: Made
    late: bool
    outputs: list[Output]
    findings: list[Finding]


class Manifest(_Document):
    """``build.json``; ``outputs`` are the county's own files."""

    county: str | None
    year: int | None
    outputs: list[Output]
    strays: list[Stray]
    units: list[Entry]


class Import(Check):
    """``gxgen import``; ``summary`` is the workbook that tells of all files."""

    written: list[str]
    faults: list[str]
    summary: str | None


class Passage(_Shape):
    """A part of the text; ``section`` is its mark: 0, 1 to 6, 1.1, 9."""

    section: str
    heading: str | None
    text: str


class Signed(_Shape):
    """How the report is signed."""

    form: Literal["agency-date", "agency", "none"]
    date: str | None


class Indicator(_Shape):
    """A count that no official table holds."""

    name: str
    unit: str
    value: int | None
    last: int | None
    note: str | None


class Answer(_Shape):
    """What the agency says to a question."""

    code: str
    cell: str
    reason: str
    figures: str


class Show(_Document):
    """``gxgen show``: what was read; ``gxgen import`` takes it."""

    edition: str
    agency: str
    short_name: str | None
    kind: str | None
    year: int
    contact: dict[str, str | None]
    signed: Signed
    values: dict[str, int | str | None] = Field(
        description="Figures by key: counts are integers, money decimal text, blank is null."
    )
    narrative: list[Passage]
    indicators: list[Indicator] = Field(default_factory=list)
    answers: list[Answer] = Field(default_factory=list)
    findings: list[Finding]


class Rule(_Shape):
    """A code and its page."""

    code: str
    name: str
    severity: Literal["error", "warning", "note"]
    addressee: Literal["clerk", "officer", "designer"]
    since: str
    title: str
    hint: str
    page: str


class Explain(_Document):
    """``gxgen explain CODE`` or ``all``."""

    rules: list[Rule]


class Program(_Shape):
    """A program that makes pages."""

    name: str
    version: str | None
    path: str | None
    advice: str


class Face(_Shape):
    """What an official font's name gets."""

    role: str
    likeness: str
    face: str | None
    file: str | None
    source: str
    advice: str


class Character(_Shape):
    """A character that the chosen font lacks."""

    character: str
    agency: str
    role: str
    count: int
    face: str | None
    advice: str
    code_point: str


class Cache(_Shape):
    """The user's cache folder."""

    folder: str | None
    writable: bool
    advice: str


class Doctor(_Document):
    """``gxgen doctor``."""

    gxgen: str
    python: str
    system: str
    office: Program
    typst: Program
    folders: list[str]
    faces: list[Face]
    characters: list[Character]
    agencies: Count
    cache: Cache
    healthy: bool


class Text(_Shape):
    """A passage and whose it is."""

    agency: str
    file: str
    place: str
    text: str


class Pair(_Shape):
    """Two passages that are alike."""

    likeness: float
    passages: tuple[Text, Text]


class Similarity(_Document):
    """``gxgen similarity``."""

    county: str
    year: int
    agencies: Count
    compared: Count
    pairs: list[Pair]
    faults: list[str]


class UnitState(_Shape):
    """A unit of the roster, or a form of somebody else, as it stands."""

    agency: str
    state: Literal["missing", "late", "unbuilt", "stale", "built", "refused", "held"]
    inputs: list[str] = Field(description="Its forms; several are one too many.")
    outputs: list[str]
    listed: bool = Field(description="Whether the roster knows it.")
    causes: list[str]
    errors: Count
    warnings: Count


class CountyState(_Shape):
    """A county's year."""

    county: str
    year: int
    deadline: str | None
    overdue: bool
    units: list[UnitState]
    outputs: list[str]
    strays: list[Stray]


class Status(_Document):
    """``gxgen status``."""

    counties: list[CountyState]


class Receipt(_Shape):
    """What became of a file that came in."""

    file: str
    outcome: Literal["first", "replaced", "same", "other_year", "stranger", "unreadable"]
    agency: str | None
    year: int | None
    target: str | None
    former: str | None = Field(description="Where the form lies that it took the place of.")
    message: str


class Receive(_Document):
    """``gxgen receive``."""

    received: list[Receipt]


class UnitStanding(_Shape):
    """How a unit stands for the officer: who is chased, and whose form goes back."""

    agency: str
    listed: bool = Field(description="Whether the roster knows it.")
    state: Literal["missing", "late", "refused", "held", "built"] = Field(
        description="As status has it; built where its form passed, made or not."
    )
    errors: Count = Field(description="What it has to mend; warnings are what it has to answer.")
    warnings: Count
    copies: list[str] = Field(description="Return copies that go with its notice.")


class Noticed(_Shape):
    """What was written for the units of a county's year."""

    county: str
    year: int
    units: list[UnitStanding] = Field(description="Those that were named, or all.")
    outputs: list[str]
    removed: list[str]
    set_aside: list[str] = Field(description="Files that a person had edited, renamed.")
    faults: list[str]
    remarks: list[str]


class Chased(Noticed):
    """A county's year, and the text to be pasted; empty where nobody is to be chased."""

    text: str


class Notice(_Document):
    """``gxgen notice``."""

    counties: list[Noticed]


class Chase(_Document):
    """``gxgen chase``."""

    counties: list[Chased]


MODELS: dict[str, type[BaseModel]] = {
    "check": Check,
    "build": Build,
    "manifest": Manifest,
    "rollup": Rollup,
    "import": Import,
    "show": Show,
    "status": Status,
    "receive": Receive,
    "notice": Notice,
    "chase": Chase,
    "explain": Explain,
    "doctor": Doctor,
    "similarity": Similarity,
}


def generated(name: str) -> str:
    """The text of a shipped schema."""
    said: dict[str, Any] = {
        "$schema": GenerateJsonSchema.schema_dialect,
        **MODELS[name].model_json_schema(mode="validation"),
        "title": f"gxgen {name}",
    }
    return json.dumps(said, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    for name in MODELS:
        Path(__file__).with_name(f"{name}.schema.json").write_text(generated(name), "utf-8")
