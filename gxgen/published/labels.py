"""Which label of the form a piece of text is: by its words, never by where it stands.

Numbers in front, bookmarks and notes behind do not count. A likeness is taken only where no other
label comes near.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from typing import Literal

from rapidfuzz.distance import Indel
from rapidfuzz.process import extract

from gxgen.editions.declared import PUBLISHED_EDITIONS
from gxgen.editions.schema import Edition
from gxgen.editions.tables import Matrix, TableForm, leaves, walk
from gxgen.letters import squeezed
from gxgen.model.numbering import fold, written_number

TABLES = ("disclosure", "requests", "remedies")
LIKENESS = 0.82
APART = 0.08
SHORTEST = 5
"""Letters of the shortest label that a likeness is taken for."""
_BOOKMARK = re.compile(r"\[bookmark:[^\[\]]{0,40}\]")
_NOTE = re.compile(r"[（(【\[][^（()）【】\[\]]*[)）】\]]$")
_DAMAGED = re.compile(r"^[、，,.．:：\d七八九十一二三四五六()（）]{1,4}(?=[\u4e00-\u9fff])")
_LONGEST = 80
NUMBERED = frozenset({"其他", "总计"})
"""Labels of a row and of a column as well: a row's bears its number."""

Likeness = Literal["exact", "near"]


@dataclass(frozen=True, slots=True)
class Label:
    """A label of a table that was met: its letters, the row it heads, how sure that is."""

    core: str
    row: str | None
    likeness: Likeness
    numbered: bool = False


@dataclass(frozen=True)
class Vocabulary:
    """Every label of one table in all editions."""

    table: str
    rows: Mapping[str, str]
    """Letters → key of the row that they head; "" heads the row of a table with one row only."""
    heads: Mapping[str, str]
    """Letters of a column's own head → the last part of its key."""
    others: frozenset[str]
    whole: Mapping[str, str] = field(default_factory=dict)
    """All letters, numbers among them → the letters that count."""

    @cached_property
    def cores(self) -> frozenset[str]:
        """All letters that a label can have."""
        return frozenset((*self.rows, *self.heads, *self.others))

    @cached_property
    def pieces(self) -> Mapping[str, Sequence[tuple[str, str]]]:
        """All letters of each label, and those that count, by the first one."""
        pieces: dict[str, list[tuple[str, str]]] = {}
        for whole, counted in ({one: one for one in self.cores} | dict(self.whole)).items():
            pieces.setdefault(whole[0], []).append((whole, counted))
        return pieces

    @cached_property
    def likely(self) -> tuple[str, ...]:
        """Those that a likeness is taken for; of two that are as like, the first is meant."""
        return tuple(sorted((one for one in self.cores if len(one) >= SHORTEST), reverse=True))


def core(text: str) -> str:
    """The letters of a label that count."""
    return (_short_core if len(text) <= _LONGEST else _core)(text)


def _core(text: str) -> str:
    text = _NOTE.sub("", bare) or bare if (bare := _bare(text)) else ""
    return fold(text) or fold(bare)


_short_core = lru_cache(maxsize=4096)(_core)
"""A label is asked about for each table, and again where rows are bound; long ones are not kept."""


def _bare(text: str) -> str:
    text = squeezed(_BOOKMARK.sub("", text))
    number = written_number(text)
    if number is not None and len(text) > len(number.token):
        return text[len(number.token) :]
    return _DAMAGED.sub("", text) if _DAMAGED.match(text) else text


def is_numbered(text: str) -> bool:
    """Whether a label is written with a number, or what is left of one."""
    return len(_bare(text)) < len(squeezed(_BOOKMARK.sub("", text)))


@cache
def vocabulary(table: str) -> Vocabulary:
    """The labels of a table, whatever the edition."""
    rows: dict[str, str] = {}
    heads: dict[str, str] = {}
    others: set[str] = set()
    whole: dict[str, str] = {}
    for edition in PUBLISHED_EDITIONS.values():
        form = edition.table(table)
        for key, wordings in _row_labels(form):
            rows |= {core(wording): key for wording in wordings if core(wording)}
        for key, wordings in _head_labels(form):
            heads |= {core(wording): key for wording in wordings}
        for cell in edition.grids[table].labels:
            others |= {c for text in (cell.text, *cell.aliases) if (c := core(text))}
            whole |= {fold(text): core(text) for text in (cell.text, *cell.aliases) if fold(text)}
    return Vocabulary(table, rows, heads, frozenset(others - rows.keys() - heads.keys()), whole)


def _row_labels(form: TableForm) -> Iterator[tuple[str, tuple[str, ...]]]:
    if isinstance(form, Matrix):
        yield from ((key, (leaf.label, *leaf.aliases)) for key, leaf, _ in walk(form.rows))
    else:
        for block in form.blocks:
            yield from ((row.key, (row.label, *row.aliases)) for row in block.rows)


def _head_labels(form: TableForm) -> Iterator[tuple[str, tuple[str, ...]]]:
    if isinstance(form, Matrix):
        for key, leaf in leaves(form.columns).items():
            yield key.rpartition(".")[2], (leaf.label, *leaf.aliases)
    else:
        for block in form.blocks:
            yield from ((head.key, (head.label, *head.aliases)) for head in block.heads)


@lru_cache(maxsize=4096)
def label_of(text: str, table: str) -> Label | None:
    """The label that a text is, or None."""
    if not text or len(text) > _LONGEST or text[-1] in "。；;！？" or text.isdecimal():
        return None
    if one := one_label(text, table):
        return one
    words, letters = vocabulary(table), core(text)
    joined = _run_together(fold(_BOOKMARK.sub("", text)), words)
    if joined is not None:
        return Label(joined[0], words.rows.get(joined[0]), "exact", joined[1])
    near = _nearest(letters, words)
    return None if near is None else Label(near, words.rows.get(near), "near", is_numbered(text))


def one_label(text: str, table: str) -> Label | None:
    """The one label that a text is to the letter, or None."""
    words, letters = vocabulary(table), core(text)
    if letters not in words.cores:
        return None
    return Label(letters, words.rows.get(letters), "exact", is_numbered(text))


def is_part(text: str, table: str) -> bool:
    """Whether a text is a piece of a label, as where one is broken over two cells."""
    letters = core(text)
    return any(letters in known for known in (*vocabulary(table).cores, *vocabulary(table).whole))


def note_of(text: str, table: str) -> str:
    """What somebody has added to a label in brackets; empty where the form has it."""
    found = _NOTE.search(squeezed(text))
    if found is None or fold(text) in vocabulary(table).whole or is_part(found[0], table):
        return ""
    return found[0]


def _run_together(letters: str, words: Vocabulary) -> tuple[str, bool] | None:
    """The last of several labels that are written on end, as where cells lost what was between;
    and whether a number stood before it."""
    last = {0: ("", False)}
    for start in range(len(letters)):
        for piece, counted in words.pieces.get(letters[start], ()) if start in last else ():
            if letters.startswith(piece, start):
                # The longest piece that ends there is the one that begins first.
                last.setdefault(start + len(piece), (counted, counted != piece))
    found = last.get(len(letters))
    return None if found is None or not found[0] else found


def _nearest(letters: str, words: Vocabulary) -> str | None:
    """A label in about these letters, if no other comes near."""
    if len(letters) < SHORTEST or any(map(str.isdigit, letters)):
        return None
    likely = extract(letters, words.likely, scorer=Indel.normalized_similarity, limit=None)
    found, best, _ = likely[0]
    means = words.rows.get(found, found)
    second = next((like for one, like, _ in likely if words.rows.get(one, one) != means), 0.0)
    return found if best >= LIKENESS and best - second >= APART else None


def columns_of(edition: Edition, table: str, row: str) -> tuple[str, ...]:
    """The keys of a row's figures in the order of the form."""
    return _rows_of(edition.id, table)[row]


def has_row(edition: Edition, table: str, row: str) -> bool:
    """Whether an edition's table has such a row."""
    return row in _rows_of(edition.id, table)


@cache
def _rows_of(edition_id: str, table: str) -> dict[str, tuple[str, ...]]:
    """The rows of a table with the keys of their figures, in the order of the form."""
    rows: dict[str, tuple[str, ...]] = {}
    for key, one in PUBLISHED_EDITIONS[edition_id].fields.items():
        if one.table == table:
            rows[one.row] = (*rows.get(one.row, ()), key)
    return rows
