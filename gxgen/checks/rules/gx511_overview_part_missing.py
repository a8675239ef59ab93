"""总体情况缺少规定的方面

什么：“一、总体情况”的小标题是按规定的五个方面（主动公开、依申请公开、政府信息管理、
政府信息公开平台建设、监督保障）写的，却少了一个方面，别的小标题下面也没有说到；
或者没有小标题，文字里有的方面一个字也没有提到。

为什么：总体情况应当写全五个方面；缺一个，报告会被退回，考核时扣分。

例子：写了主动公开、政府信息管理、平台建设和监督保障，没有提到依申请公开，连“未收到申请”也没有写。

怎么改：补上这一方面，没有的也写明没有；写在别处的，填写“说明”。

依据：国办公开办函〔2021〕30号、国办公开办函〔2019〕60号所附格式。有没有小标题都可以，只看文字里有没有说到。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gxgen.checks.rule import Rule
from gxgen.checks.text import passage_lines, solid
from gxgen.diagnostics import Addressee, Finding, Severity
from gxgen.model.report import Report

_SECTION = "1"
_LONG = 300
"""A text of so many letters has room for every part."""


def check(report: Report) -> Iterator[Finding]:
    """The parts of which the overview says nothing: most others have headings, or the text says
    something of most, or is long enough for all. A single sentence is no overview."""
    passages = report.passages(_SECTION)
    lines = [line for passage in passages for line in passage_lines(passage)]
    text = solid(text for text, _ in lines)
    headings = solid(p.heading or "" for p in passages if p.level > 1)
    parts = [part for part in report.edition.section(_SECTION).parts if part.wording]
    unheaded = [part for part in parts if not re.search(part.wording, headings)]
    if 2 * len(unheaded) < len(parts):
        missing = [part for part in unheaded if not re.search(part.own, text)]
    else:
        missing = [part for part in parts if not re.search(part.wording, text)]
    if missing and (2 * len(missing) < len(parts) or len(text) >= _LONG):
        names = "”“".join(part.title for part in missing)
        message = f"总体情况没有说到“{names}”：格式要求写全{len(parts)}个方面。"
        place = next((place for _, place in lines if place), passages[0].place)
        yield Finding(RULE.code, message, place)


RULE = Rule(
    code="GX511",
    name="overview-part-missing",
    severity=Severity.WARNING,
    addressee=Addressee.CLERK,
    since="0.2.0",
    hint="补上这一方面，没有的写明没有。",
    check=check,
)
