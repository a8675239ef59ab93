"""What a sentence claims, and what became of it when it was held against the figures."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from gxgen.editions.schema import FieldKey
from gxgen.places import Place


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a paragraph as the agency wrote it; ``start`` and ``end`` count its letters."""

    paragraph: str
    start: int
    end: int
    place: Place | None = None

    @property
    def text(self) -> str:
        """The words themselves."""
        return self.paragraph[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in words or digits with its measure word.

    ``low`` and ``high`` differ where it is approximate (100余 is 100 to 199). ``places`` are the
    decimals as printed, below 0 where it is rounded (1.2万 is printed to the thousand), ``unit`` is
    empty where none was written.
    """

    span: Span
    low: Decimal
    high: Decimal
    places: int
    unit: str

    @property
    def approximate(self) -> bool:
        """Whether it does not say exactly how many."""
        return self.low != self.high or self.places < 0


class Form(StrEnum):
    """How an expression is compared with a number."""

    LEVEL = "level"
    SHARE = "share"
    CHANGE = "change"
    RATE = "rate"
    RATIO = "ratio"
    """How many times last year's; written with % in hundredths of it."""


@dataclass(frozen=True, slots=True)
class Expr:
    """A small sum over figures; for a share also what it is a share ``of``."""

    terms: tuple[tuple[int, FieldKey], ...]
    form: Form = Form.LEVEL
    of: tuple[tuple[int, FieldKey], ...] = ()

    @property
    def keys(self) -> tuple[FieldKey, ...]:
        """Every figure that has a part in it."""
        return tuple(dict.fromkeys(key for _, key in (*self.terms, *self.of)))


@dataclass(frozen=True, slots=True)
class Reading:
    """What a number may count: an expression, of this year (0) or the last (-1), and the frame
    that says so."""

    expr: Expr
    year: int
    why: str


class Ring(StrEnum):
    """How sure a claim is of what it counts: only the inner ring may call a number wrong."""

    INNER = "inner"
    OUTER = "outer"


@dataclass(frozen=True, slots=True)
class Claim:
    """A number, or the statement that there was nothing (no ``quantity``), and all it may count.

    ``readings`` are equals; ``also`` are explanations that silence an error but earn a note.
    ``sign`` is the direction of a change. ``span`` is the words that were read, ``sentence`` all
    of the sentence. A claim without readings is bound to nothing.
    """

    kind: str
    quantity: Quantity | None
    readings: tuple[Reading, ...]
    also: tuple[Reading, ...]
    ring: Ring
    span: Span
    sentence: Span
    section: str
    year: int | None = None
    """The year that the sentence speaks of, where it is not the report's."""
    sign: int = 0


class State(StrEnum):
    """What came of holding a claim against the figures."""

    FITS = "fits"
    ALSO = "also"
    NEAR = "near"
    DIFFERS = "differs"
    UNKNOWN = "unknown"
    OTHER_YEAR = "other-year"
    UNBOUND = "unbound"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A claim, its state, the reading that the state is about, and what that comes to."""

    claim: Claim
    state: State
    reading: Reading | None = None
    seen: Decimal | None = None
