"""联系人写了姓名

什么：正文里“联系人：”后面像是一个人的姓名。

为什么：报告长期公布，联系人会换；姓名不是报告要写的内容。

例子：“联系人：张某某，联系电话：0536-1234567。”

怎么改：写科室名称和办公电话；确实要写姓名的，填写“说明”。

依据：推定；《政府信息公开条例》第十五条。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gxgen.checks.rule import Rule
from gxgen.checks.text import lines_with
from gxgen.diagnostics import Addressee, Finding, Severity
from gxgen.model.report import Report

_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章苏潘葛奚范彭"
    "鲁韦马苗方俞任袁柳唐罗薛雷贺倪汤殷郝邬安常于傅齐康伍余顾孟黄穆萧尹姚邵汪祁毛狄臧伏戴宋庞熊"
    "纪舒屈项祝董梁杜阮蓝闵季贾江童颜郭梅林钟徐邱骆高夏蔡田樊胡凌霍虞万柯管卢莫裘丁邓洪包左石崔龚"
    "程邢裴陆翁甄曲封储靳段侯武刘景龙叶黎白蒲卓池乔闻党翟谭冉桑桂牛边尚温庄晏柴瞿阎连易廖耿寇聂向"
)
_NAMED = re.compile(
    rf"联系人(?:姓名)?[:：]\s*([{_SURNAMES}][\u4e00-\u9fff]{{1,2}})"
    r"(?=$|[\s，,、；;。（(/]|联系|电话|同志|先生|女士)"
)
_OFFICE = re.compile(r"(?:[科室处股组办部局所站厅院队村社会区]|中心|主任|老师|政府|街道)$")


def check(report: Report) -> Iterator[Finding]:
    """A surname and one or two signs where a department should stand."""
    for text, place in lines_with(report, _NAMED):
        for found in _NAMED.finditer(text):
            if not _OFFICE.search(found[1]):
                message = "“联系人”后面像是一个人的姓名：要不要公布？"
                yield Finding(RULE.code, message, place, quote=found.group())


RULE = Rule(
    code="GX521",
    name="person-named",
    severity=Severity.WARNING,
    addressee=Addressee.CLERK,
    since="0.2.0",
    hint="写科室名称和办公电话。",
    check=check,
)
