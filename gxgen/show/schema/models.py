"""The shapes of gxgen's JSON, but for those about filing (:mod:`gxgen.show.schema.filing`)."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Cell = Annotated[str, Field(pattern=r"^[A-Z]{1,3}[1-9][0-9]{0,6}$", description="A1 name: G9.")]
Sha256 = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
Count = Annotated[int, Field(ge=0)]
Made = Literal["built", "refused", "held", "missing"]


class JsonObject(BaseModel):
    """What holds these names and no other."""

    model_config = ConfigDict(extra="forbid")


class JsonDocument(JsonObject):
    """What a command prints, or writes, as a whole."""

    format: Literal[1] = Field(description="Raised when the old shape would be misread.")


class CellPlace(JsonObject):
    """A cell of a workbook."""

    sheet: str
    cell: Cell


class Place(JsonObject):
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


class Check(JsonDocument):
    """``gxgen check``, ``gxgen template check``."""

    findings: list[Finding]
    checked: Count


class Unit(JsonObject):
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


class Missing(JsonObject):
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


class Stray(JsonObject):
    """What lies in a year's folder and was not read; ``unit`` is whose it seems to be."""

    name: str
    kind: Literal["file", "text", "folder", "archive", "government"]
    unit: str | None


class Output(JsonObject):
    """A file in the folder of ``build.json``."""

    file: str
    sha256: Sha256


class Entry(JsonObject):
    """A unit in ``build.json``; ``late`` is for those that are missing."""

    agency: str
    year: int | None
    input: str | None
    outcome: Made
    late: bool
    outputs: list[Output]
    findings: list[Finding]


class Manifest(JsonDocument):
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


class Passage(JsonObject):
    """A part of the text; ``section`` is its mark: 0, 1 to 6, 1.1, 9."""

    section: str
    heading: str | None
    text: str


class Signed(JsonObject):
    """How the report is signed."""

    form: Literal["agency-date", "agency", "none"]
    date: str | None


class Indicator(JsonObject):
    """A count that no official table holds."""

    name: str
    unit: str
    value: int | None
    last: int | None
    note: str | None


class Answer(JsonObject):
    """What the agency says to a question."""

    code: str
    cell: str
    reason: str
    figures: str


class Show(JsonDocument):
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


class Rule(JsonObject):
    """A code and its page."""

    code: str
    name: str
    severity: Literal["error", "warning", "note"]
    addressee: Literal["clerk", "officer", "designer"]
    since: str
    title: str
    hint: str
    page: str


class Explain(JsonDocument):
    """``gxgen explain CODE`` or ``all``."""

    rules: list[Rule]


class Program(JsonObject):
    """A program that makes pages."""

    name: str
    version: str | None
    path: str | None
    advice: str


class Face(JsonObject):
    """What an official font's name gets."""

    role: str
    likeness: str
    face: str | None
    file: str | None
    source: str
    advice: str


class Character(JsonObject):
    """A character that the chosen font lacks."""

    character: str
    agency: str
    role: str
    count: int
    face: str | None
    advice: str
    code_point: str


class Cache(JsonObject):
    """The user's cache folder."""

    folder: str | None
    writable: bool
    advice: str


class Doctor(JsonDocument):
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


class Text(JsonObject):
    """A passage and whose it is."""

    agency: str
    file: str
    place: str
    text: str


class Pair(JsonObject):
    """Two passages that are alike."""

    likeness: float
    passages: tuple[Text, Text]


class Similarity(JsonDocument):
    """``gxgen similarity``."""

    county: str
    year: int
    agencies: Count
    compared: Count
    pairs: list[Pair]
    faults: list[str]
