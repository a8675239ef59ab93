"""The shapes of the JSON about who has filed, what came in and what is sent out."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from gxgen.show.schema.models import Count, JsonDocument, JsonObject, Stray


class UnitState(JsonObject):
    """A unit of the roster, or a form of somebody else, as it stands."""

    agency: str
    state: Literal["missing", "late", "unbuilt", "stale", "built", "refused", "held"]
    inputs: list[str] = Field(description="Its forms; several are one too many.")
    outputs: list[str]
    listed: bool = Field(description="Whether the roster knows it.")
    causes: list[str]
    errors: Count
    warnings: Count


class CountyState(JsonObject):
    """A county's year."""

    county: str
    year: int
    deadline: str | None
    overdue: bool
    units: list[UnitState]
    outputs: list[str]
    strays: list[Stray]


class Status(JsonDocument):
    """``gxgen status``."""

    counties: list[CountyState]


class Receipt(JsonObject):
    """What became of a file that came in."""

    file: str
    outcome: Literal[
        "first",
        "replaced",
        "same",
        "other_year",
        "stranger",
        "unreadable",
        "restored",
        "withdrawn",
        "kept",
    ] = Field(description="The last three are of --undo; kept: it was left as it is.")
    agency: str | None
    year: int | None
    target: str | None
    former: str | None = Field(description="Where the form lies that it took the place of.")
    message: str


class Receive(JsonDocument):
    """``gxgen receive``."""

    received: list[Receipt]


class CountyAnswer(JsonObject):
    """What the county says of a question about an agency's report."""

    agency: str
    code: str
    cell: str
    figures: str = Field(description="What stood there when it was answered; else it lapses.")
    reason: str
    by: str
    day: str


class Answers(JsonDocument):
    """``gxgen answer``."""

    answers: list[CountyAnswer]


class Former(JsonObject):
    """What a unit was called before, and the first year under its present name."""

    names: list[str]
    since: int | None


class Contact(JsonObject):
    """How the public reaches a unit."""

    address: str | None
    postcode: str | None
    phone: str | None
    fax: str | None
    email: str | None
    website: str | None


class Listed(JsonObject):
    """A unit of the roster."""

    name: str
    short_name: str | None
    kind: str | None
    contact: Contact
    formerly: Former | None


class Settings(JsonDocument):
    """``gxgen settings``: what ``county.toml`` says, null where nothing is set."""

    county: str
    year: int | None
    government: str | None
    office: str | None
    deadline: str | None
    correct_by: str | None
    publish_by: str | None
    style: str
    accent: str | None
    formats: list[str]
    pdf: str
    agency: list[Listed]


class UnitStanding(JsonObject):
    """How a unit stands for the officer: who is chased, and whose form goes back."""

    agency: str
    listed: bool = Field(description="Whether the roster knows it.")
    state: Literal["missing", "late", "refused", "held", "built"] = Field(
        description="As status has it; built where its form passed, made or not."
    )
    errors: Count = Field(description="What it has to mend; warnings are what it has to answer.")
    warnings: Count
    copies: list[str] = Field(description="Return copies that go with its notice.")


class Noticed(JsonObject):
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


class Notice(JsonDocument):
    """``gxgen notice``."""

    counties: list[Noticed]


class Chase(JsonDocument):
    """``gxgen chase``."""

    counties: list[Chased]
