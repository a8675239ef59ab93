"""What exactly has changed since the last build: which sheet of a form, which setting, which
template."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import TYPE_CHECKING

from gxgen.county.agency_year import Fingerprint, Outcome
from gxgen.county.digests import digest
from gxgen.county.fingerprint import FORM, SETTINGS, STYLE, fonts
from gxgen.county.gate import Gate
from gxgen.model.facts import NO_FACTS, CountyFacts
from gxgen.model.words import NO_WORDS, CountyWords

if TYPE_CHECKING:
    from gxgen.county.project import County
    from gxgen.formats.wanted import Wanted

PARTS = "parts"
"""Where the ledger keeps what settings and styles are made of."""
Parts = Mapping[str, str]
"""Digests by the words for what they are of."""
SAVED = "只是另存过，各张表的内容没有变"
_CALLED = {
    "formats": "county.toml 的 formats 或 --format",
    "engine": "county.toml 的 pdf 或 --pdf",
    "named": "county.toml 的名册",
    "publish_by": "county.toml 的 publish_by",
    "county": "county.toml 的 county",
    "accent": "county.toml 的 accent",
    **{one: f"words.toml 的 {one}" for one in ("boilerplate", "lawful", "phrases", "short_names")},
    "frames": "words.toml 的 frame",
}
"""What an officer calls what a report depends on beside its form, by the fields that hold it."""
DRAFT, FONTS, STYLE_NAME = "--draft", "这台电脑的字体", "county.toml 的 style"


def setting_parts(county: County | None, wanted: Wanted, *, draft: bool) -> Parts:
    """What the reports of a home depend on beside their forms and templates."""
    words, facts = (county.words, county.facts) if county else (NO_WORDS, NO_FACTS)
    said = {_CALLED[name]: repr(value) for name, value in _fields(wanted, words, facts)}
    return {
        **{name: digest(text.encode("utf-8", "replace")) for name, text in said.items()},
        DRAFT: str(draft),
        FONTS: digest(fonts(wanted)),
    }


def _fields(*records: Wanted | CountyWords | CountyFacts) -> Iterable[tuple[str, object]]:
    return ((one.name, getattr(each, one.name)) for each in records for one in fields(each))


def style_parts(gate: Gate) -> Parts:
    """The templates of a style."""
    files = {gate.names.get(edition, edition): digest(data) for edition, data in gate.files}
    return {STYLE_NAME: digest(gate.style.encode("utf-8", "replace")), **files}


def digest_of(parts: Parts) -> str:
    """Tells parts from others."""
    return digest(repr(sorted(parts.items())).encode("utf-8", "replace"))


def what_changed(
    why: Iterable[str],
    before: Outcome | None,
    now: Fingerprint,
    outcome: Outcome,
    parts: Mapping[str, Parts],
) -> dict[str, tuple[str, ...]]:
    """The causes of which more is known, with what of each has changed; ``parts`` are those of
    settings and styles by their digests, former ones among them."""
    if before is None:
        return {}
    found: dict[str, tuple[str, ...]] = {}
    for word in why:
        if word == FORM:
            sheets = before.judgement.sheets, outcome.judgement.sheets
            found[word] = _differ(*sheets) or ((SAVED,) if all(sheets) else ())
        elif word in (SETTINGS, STYLE):
            old, new = (parts.get(one.get(word, "")) for one in (before.fingerprint, now))
            found[word] = _differ(old or {}, new or {})
    return {word: names for word, names in found.items() if names}


def _differ(old: Parts, new: Parts) -> tuple[str, ...]:
    """The names of which two say something else; nothing where one is not known."""
    names = dict.fromkeys((*new, *old)) if old and new else ()
    return tuple(name for name in names if old.get(name) != new.get(name))


def in_use(parts: Mapping[str, Parts], outcomes: Iterable[Outcome]) -> dict[str, Parts]:
    """Those that something stands for, as the ledger keeps them."""
    used: dict[str, Parts] = defaultdict(dict)
    for outcome in outcomes:
        for word in (SETTINGS, STYLE):
            if (mark := outcome.fingerprint.get(word, "")) in parts:
                used[mark] = parts[mark]
    return dict(sorted(used.items()))
