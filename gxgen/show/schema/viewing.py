"""The shape of the JSON of a unit's form as it was filed."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from gxgen.show.schema.filing import Contact
from gxgen.show.schema.models import Count, Finding, JsonDocument, JsonObject


class Marked(JsonObject):
    """Something that findings stand beside, which are counted from 0."""

    text: str
    findings: list[Count] = Field(description="Those about it.")
    related: list[Count] = Field(description="Those in which it has a part.")


class SeenCell(Marked):
    """A cell as a person sees it, or what several were merged into."""

    cell: str
    role: Literal["head", "label", "figure", "entry", "passage", "note", "blank"]
    rows: Count = Field(description="How many of the rows that are shown it covers.")
    columns: Count
    key: str | None
    hidden: bool
    last_year: str | None = Field(description="Last year's figure, where it counts the same.")


class SeenSheet(JsonObject):
    """A sheet row by row, without the cells that others cover."""

    title: str
    name: str = Field(description="Of its tab, where that was renamed.")
    rows: list[list[SeenCell]]
    beyond: Count = Field(description="Cells with content that lie too far out to be shown.")


class SeenParagraph(Marked):
    """A heading or a paragraph of a text file beside the form."""

    place: str
    section: str
    heading: bool


class Unit(JsonDocument):
    """``gxgen unit``."""

    agency: str
    year: int
    listed: bool = Field(description="Whether the roster knows it.")
    contact: Contact | None
    form: str | None
    received: str | None = Field(description="When the form was last written, local time.")
    last_form: str | None = Field(description="Last year's form, against which it was held.")
    others: list[str] = Field(description="Further forms of it: several are one too many.")
    blank: bool = Field(description="Whether the form is still as it was handed out.")
    findings: list[Finding]
    bound: list[str | None] = Field(
        description="Of each finding, what an answer to it is bound to; null where none can be."
    )
    sheets: list[SeenSheet]
    paragraphs: list[SeenParagraph]
