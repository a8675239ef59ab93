"""What a filing's outputs depend on, and what of it has changed since the last build."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from gxgen import __version__
from gxgen.county.agency_year import File, Filing, Fingerprint, Outcome
from gxgen.county.around import read
from gxgen.county.digests import digest
from gxgen.county.files import own_bytes
from gxgen.county.ledger import FORMAT
from gxgen.county.whose import Whose
from gxgen.errors import EnvironmentProblemError
from gxgen.formats.wanted import Wanted

NEW = "新收到"
FOREIGN = "账本不是本机写的，或者已损坏"
"""The folder was copied here, another user built it, or somebody has put his hand to it."""
RENAMED = "退回件要换个名字"
"""Another form of the same name came or went."""
FORCED = "要求全部重新生成"
UNFINISHED = "上次没有生成"
CANNOT = "这次读不了"
ONLY_CHECKED = "上次只核对了，没有要求生成"
OUTPUT_GONE = "生成的文件缺失或被改动"
FORM, STYLE, SETTINGS = "填报表", "模板", "县的设置"
"""The causes of which is known what of them has changed (:mod:`gxgen.county.why`)."""
ANSWERS = "县里的说明"
READ = (FORM, "同名文字文件", "上年填报表", ANSWERS, "程序版本")
"""On what that is made of a filing its figures depend, and what was found in them."""
OF_FORM = (FORM, "程序版本")
"""On what of it the figures depend."""


def fingerprint(filing: Filing, style: str, settings: str) -> Fingerprint:
    """Digest of each cause, under the words that ``--why`` says."""

    def of(file: File | None) -> str:
        return "" if file is None else digest(file[0].encode(), file[1])

    return {
        FORM: digest(filing.name.encode(), filing.workbook),
        "同名文字文件": of(filing.text) + "".join(filing.other_texts),
        "上年填报表": _last_year(filing, of(filing.previous) + of(filing.previous_text)),
        ANSWERS: digest(repr(filing.answers).encode()) if filing.answers else "",
        STYLE: style,
        SETTINGS: settings,
        "程序版本": f"{__version__}/{FORMAT}",
    }


def _last_year(filing: Filing, previous: str) -> str:
    """Last year's form, or how it is wanting; and former names, where one of them counts."""
    wanting = "?" if filing.last_year_unmatched else ""
    return "|".join((previous + wanting, *filing.rivals, *filing.also[1:]))


def fonts(wanted: Wanted) -> bytes:
    """The fonts of this machine, where a format depends on them beside the report. Else nothing."""
    if not wanted.uses_fonts:
        return b""
    from gxgen.fonts.catalogue import own_faces

    return repr(own_faces()).encode()


def lasting(now: Fingerprint, outcome: Outcome) -> Fingerprint:
    """What is kept of what a filing was made of: nothing where it could not be written whole, which
    no next one matches; where it waits for a style, that it was read and was to be made."""
    if outcome.made == "held":
        now = {word: digest for word, digest in now.items() if word in (*READ, SETTINGS)}
    return {} if outcome.faults else now


def causes(
    now: Fingerprint, before: Outcome | None, folder: Path, *, force: bool
) -> tuple[str, ...]:
    """Why a filing must be worked on; empty if nothing has changed and its files stand."""
    if before is None:
        return (NEW,)
    if not before.fingerprint:
        return (UNFINISHED,)
    if STYLE not in before.fingerprint:
        return (UNFINISHED if SETTINGS in before.fingerprint else ONLY_CHECKED,)
    changed = tuple(word for word in now if now[word] != before.fingerprint.get(word, ""))
    if force and not changed:
        return (FORCED,)
    if not changed and not intact(folder, before.files):
        return (OUTPUT_GONE,)
    return changed


def unread(
    sample: Filing, names: Iterable[str], known: Mapping[str, Outcome], whose: Whose
) -> dict[str, str]:
    """The workbooks beside ``sample`` of which nobody knows what they say now, and why: those that
    were never read, or have changed since."""
    found = {name: _unread(sample, name, known.get(name), whose) for name in names}
    return {name: why for name, why in found.items() if why}


def _unread(sample: Filing, name: str, before: Outcome | None, whose: Whose) -> str:
    if before is None:
        return "还没有核对"
    if not before.fingerprint:
        return "上次没有做完"
    filing = replace(sample, name=name, last_year=None)
    try:
        now = fingerprint(read(filing, whose), "", "")
    except EnvironmentProblemError:
        return CANNOT
    return "" if as_read(now, before) else "核对以后改过"


def as_read(now: Fingerprint, before: Outcome | None) -> bool:
    """Whether a filing says what it said when it was last checked."""
    return before is not None and all(now[one] == before.fingerprint.get(one, "") for one in READ)


def intact(folder: Path, outputs: Mapping[str, str]) -> bool:
    """Whether files stand as they were written."""
    return all(sha256(folder / name) == digest for name, digest in outputs.items())


def sha256(path: Path) -> str | None:
    """A file's SHA-256; None if it cannot be read."""
    data = own_bytes(path, sys.maxsize)
    return None if data is None else hashlib.sha256(data).hexdigest()
