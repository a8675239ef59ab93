"""What the officer is told of a template: all errors counted, some quoted, warnings as they are."""

from __future__ import annotations

import re

import pytest

from gxgen.checks.registry import rule
from gxgen.diagnostics import Finding, Severity
from gxgen.opc.package import DOCUMENT, FixedZip, read_package
from gxgen.templates.gate import HELD, LACKING, judged, verdict
from gxgen.templates.styles import style_templates

FILE = "report-2021.docx"


def with_errors(count: int) -> bytes:
    """The shipped template with so many unknown names in paragraphs of their own."""
    path = next(path for each, path in style_templates("official") if each.id == "2021")
    members = dict(read_package(path.read_bytes()))
    added = "".join(
        f"<w:p><w:r><w:t>{{{{ unknown_{n} }}}}</w:t></w:r></w:p>" for n in range(1, count + 1)
    )
    text = members[DOCUMENT].decode()
    members[DOCUMENT] = re.sub("(<w:body>)", rf"\1{added}", text, count=1).encode()
    return FixedZip({}).build(members)


def told(data: bytes) -> list[Finding]:
    return verdict("本县", FILE, data, "2021")


def test_a_sound_template_is_told_nothing_of() -> None:
    assert told(with_errors(0)) == []


@pytest.mark.parametrize("count", range(1, 7))
def test_errors_are_counted_and_the_first_three_quoted(count: int) -> None:
    data = with_errors(count)
    errors = [f for f in judged(data, FILE, "2021") if rule(f.code).severity is Severity.ERROR]
    assert len(errors) == count
    (held,) = told(data)
    assert held.code == HELD
    assert held.place == errors[0].place
    assert f"有{count}处错误" in held.message
    quoted = re.findall(r"unknown_(\d+)", held.message)
    assert list(dict.fromkeys(quoted)) == [str(n) for n in range(1, min(count, 3) + 1)]
    rest = re.search(r"；另有(\d+)处。$", held.message)
    assert (int(rest[1]) if rest else 0) == count - min(count, 3)
    assert FILE not in held.message.partition("：")[2]
    assert held.message.count("。") == 1 + held.message.partition("：")[2][:-1].count("。")
    assert "gxgen template check 本县" in str(held.hint)


def test_what_is_missing_or_unread_is_told_by_what_it_is() -> None:
    (missing,) = verdict("official", FILE, None, "1999")
    assert (missing.code, str(missing.place)) == (LACKING, "official")
    (unread,) = verdict("本县", FILE, None, "2021", "没有权限。")
    assert (unread.code, str(unread.place)) == (HELD, FILE)
    assert unread.message == f"样式“本县”的{FILE}读不了，没有用它生成报告。没有权限。"
