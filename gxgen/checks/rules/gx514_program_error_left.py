"""文字里有软件报的错

什么：正文里有 Word、WPS、LibreOffice 或 Excel 算不出、找不到时自己写出的话，
如“错误!未找到引用源。”“错误!未定义书签。”“#REF!”。

为什么：这里本来该有一个编号、一个数或一个名称，链接断了，软件就写了这一句；照印出来，
数没有了，报告里多一句报错。

例子：“具体见错误!未找到引用源。”“受理申请#REF!件。”

怎么改：对照原稿，把这里该有的字直接打出来。

依据：推定；已公布的报告里见过。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gxgen.checks.rule import Rule
from gxgen.checks.text import lines_with
from gxgen.diagnostics import Addressee, Finding, Severity
from gxgen.model.report import Report

_CHINESE = (
    "未找到引用源", "找不到引用源", "未找到参照源", "找不到参照源", "未定义书签", "未指定书签",
    "书签未定义", "未找到目录项", "未找到图形项目表", "未找到索引项", "未找到引文目录项",
    "未找到自动图文集词条", "未定义自动图文集词条", "未指定主题", "未指定文件名", "文件名无效",
    "未定义样式", "未指定样式", "文档中没有指定样式的文字", "文档中没有指定样式的文本",
    "未知的文档属性名称", "未提供文档变量", "未知的开关参数", "未指定开关参数", "超链接引用无效",
    "链接无效", "不能通过编辑域代码创建对象", "不能通过编辑字段代码创建对象", "无法打开数据源",
    "仅限主文档", "无法以指定格式表示数字", "缺少测试条件",
    "找不到參照來源", "尚未定義書籤",
)  # fmt: skip
_ENGLISH = (
    "Reference source not", "Bookmark not", "No bookmark name", "No text of specified style",
    "No table of", "No index entries", "AutoText entry not", "No topic specified",
    "Filename not specified", "Not a valid", "Style not defined", "Unknown document property",
    "No document variable", "Unknown switch", "Switch argument not", "Hyperlink reference not",
    "Objects cannot be created", "Cannot open", "Main Document Only", "Use the Home tab",
    "Number cannot be represented", "Missing test condition", "Unknown op code",
)  # fmt: skip
_FORMULA = (
    "语法错误", "未定义书签", "丢失运算符", "被零除", "公式意外结束", "Syntax Error", "Zero Divide",
    "Missing Operator", "Undefined Bookmark", "Unexpected End of Formula",
)  # fmt: skip
_SHEET = ("#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#N/A")
_LEFT = re.compile(
    rf"(?:错误|錯誤)[!！]\s?(?:{'|'.join(_CHINESE)}|使用“[^”]{{1,9}}”选项卡)"
    rf"|Error!\s?(?:{'|'.join(_ENGLISH)})"
    r"|错误[:：]\s?(?:未找到|找不到)(?:引用|参照)源|Error:\s?Reference source not found"
    rf"|[!！](?:{'|'.join(_FORMULA)})|{'|'.join(map(re.escape, _SHEET))}"
)

_SIGN = re.compile("[!！#错E]")
"""One of them is in all of these."""


def check(report: Report) -> Iterator[Finding]:
    """The first such words of each paragraph or heading, with their place."""
    for text, place in lines_with(report, _LEFT, probe=_SIGN):
        found = _LEFT.search(text)
        if found:
            message = f"“{text[found.start() :][:30]}”是软件报的错，这里该有的字没有了。"
            yield Finding(RULE.code, message, place, quote=found.group())


RULE = Rule(
    code="GX514",
    name="program-error-left",
    severity=Severity.ERROR,
    addressee=Addressee.CLERK,
    since="0.2.0",
    hint="对照原稿，把这里该有的编号、数或名称直接打出来。",
    check=check,
)
