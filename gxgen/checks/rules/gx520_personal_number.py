"""正文里有个人的号码

什么：正文里有手机号码、身份证号码或银行卡号。

为什么：报告向全社会公布，印出去就收不回来。

例子：“联系电话：0536-1234567、13X XXXX XXXX”，后一个是手机。

怎么改：删去；要留联系方式的，写办公电话。

依据：《政府信息公开条例》第十五条、《个人信息保护法》。身份证核对校验码，银行卡核对校验位。
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from gxgen.checks.rule import Rule
from gxgen.checks.text import lines_with
from gxgen.diagnostics import Addressee, Finding, Severity
from gxgen.model.report import Report

_NUMBER = re.compile(
    r"(?<![\dA-Za-z./_=\-—])1\d{2}([ \-]?)\d{4}\1\d{4}(?![\dA-Za-z]|[.\-/]\d)"
    r"|(?<![\dA-Za-z./_=\-])\d{17}[\dXx](?![\dA-Za-z])"
    r"|(?<![\dA-Za-z./_=\-])62\d{14,17}(?![\dA-Za-z])"
)
_LONG = re.compile(r"\d(?:\d{10}|[ \-]\d{4}[ \-]\d{4})")
_CALLED = re.compile(
    r"(?:编[号码]|代码|(?<!份)证号|文号|序号|流水号|受理号|备案|许可|单号|书号|ISBN|金额|资金|投资)[^，。；]{0,12}$"
)
_UNIT = re.compile(r"\s*(?:万|亿|元|条|件|次|人|份|个|篇|字节|平方|吨|公里)")
_MOBILE = re.compile(r"1[3-9]\d{9}")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_LENGTH = 18


def check(report: Report) -> Iterator[Finding]:
    """Numbers that are a person's; the message shows but their beginning."""
    for text, place in lines_with(report, _LONG):
        for found in _NUMBER.finditer(text):
            number = re.sub(r"[ \-]", "", found.group())
            what = _what(number)
            counted = _CALLED.search(text[: found.start()]) or _UNIT.match(text, found.end())
            if what and not counted:
                message = f"“{number[:3]}…”（共{len(number)}位）是{what}。"
                yield Finding(RULE.code, message, place, quote=f"{number[:3]}…")


def _what(number: str) -> str:
    """What sort of a person's number it is; empty: none."""
    if _MOBILE.fullmatch(number):
        return "手机号码"
    if len(number) == _ID_LENGTH and _is_identity(number):
        return "身份证号码"
    if number.startswith("62") and number.isdigit() and _luhn(number):
        return "银行卡号"
    return ""


def _is_identity(number: str) -> bool:
    """Born on a day that there was, and the check character of GB 11643 is right."""
    try:
        born = dt.datetime.strptime(number[6:14], "%Y%m%d")
    except ValueError:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False))
    return 1900 < born.year < 2100 and "10X98765432"[total % 11] == number[-1].upper()


def _luhn(number: str) -> bool:
    digits = [int(digit) for digit in reversed(number)]
    return sum(digits[::2] + [sum(divmod(2 * digit, 10)) for digit in digits[1::2]]) % 10 == 0


RULE = Rule(
    code="GX520",
    name="personal-number",
    severity=Severity.ERROR,
    addressee=Addressee.CLERK,
    since="0.2.0",
    hint="删去个人号码；联系方式写办公电话。",
    check=check,
)
