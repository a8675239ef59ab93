"""格式通知的文号写错

什么：年度报告格式通知的文号有错：“函”写成“涵”，“国办公开办函”写成“国办发”，〔〕缺了一半，
年份或号数不是格式通知的，或者只引用了已被新格式取代的旧通知。

为什么：这份通知是报告的依据，写错了文号最容易被人看出来。

例子：“国办公开办涵〔2021〕30号”；“国办公开办函2021〕30号”；2023年度的报告只引“〔2019〕60号”。

怎么改：照“国办公开办函〔2021〕30号”写；2019、2020年度是“国办公开办函〔2019〕60号”。

依据：国办公开办函〔2021〕30号、国办公开办函〔2019〕60号。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gxgen.checks.rule import Rule
from gxgen.checks.text import lines_with
from gxgen.diagnostics import Addressee, Finding, Severity
from gxgen.editions.declared import EDITIONS
from gxgen.model.report import Report

_NEAR = re.compile(r"年度报告格式|国办公开办")
_OPEN, _CLOSE = "〔［[【（(﹝〖", "〕］]】）)﹞〗"
_NUMBER = re.compile(
    rf"(国办[公开办发函涵]{{1,6}})\s*+([{re.escape(_OPEN)}]?)\s*+(\d{{4}})\s*+([{re.escape(_CLOSE)}]?)\s*+第?(\d+)\s*+号"
)
_OF_FORM = re.compile(r"年度报告格式[^《\d号、和及]{0,12}$")
"""The number that follows is the notice's own, not that of another named beside it."""
_PAIRS = dict(zip("〔﹝［[【〖（(", "〕﹞］]】〗）)", strict=True))
_ALIKE = str.maketrans("﹝﹞［］（）", "〔〕[]()")


def check(report: Report) -> Iterator[Finding]:
    """Numbers of a form's notice that are not as the notice itself has them."""
    known = {re.sub(r"\D+", " ", e.notice.number).strip(): e for e in EDITIONS.values()}
    named: list[tuple[str, Finding]] = []
    own = report.edition.notice.number
    for text, place in lines_with(report, _NEAR):
        for found in _NUMBER.finditer(text):
            who, opened, year, closed, number = found.groups()
            edition = known.get(f"{year} {number}")
            before = text[max(0, found.start() - 60) : found.start()]
            own_office = "国办公开办" in who
            unknown = edition is None and own_office and _OF_FORM.search(before)
            if not unknown and (edition is None or not ("年度报告格式" in before or own_office)):
                continue
            wanted = edition.notice.number if edition else own
            message = f"文号写作“{found.group()}”，应为“{wanted}”。"
            finding = Finding(RULE.code, message, place, quote=found.group())
            named.append((wanted, finding))
            if unknown or who != "国办公开办函" or _broken(opened, closed):
                yield finding
    if own not in {wanted for wanted, _ in named}:
        yield from (_replaced(f, wanted, own) for wanted, f in named if _older(wanted, own))


def _broken(opened: str, closed: str) -> bool:
    """One half of the brackets is there, or the halves are of two kinds; none at all is a style."""
    right = _PAIRS.get(opened, "").translate(_ALIKE)
    return bool(opened or closed) and closed.translate(_ALIKE) != right


def _older(wanted: str, own: str) -> bool:
    return wanted[wanted.find("〔") :] < own[own.find("〔") :]


def _replaced(finding: Finding, old: str, own: str) -> Finding:
    message = f"引用的是旧格式的通知“{old}”，这一年度的格式通知是“{own}”。"
    return Finding(RULE.code, message, finding.place, quote=finding.quote)


RULE = Rule(
    code="GX504",
    name="notice-misquoted",
    severity=Severity.ERROR,
    addressee=Addressee.CLERK,
    since="0.2.0",
    hint="照格式通知的文号改。",
    check=check,
)
