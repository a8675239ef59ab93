"""缺本级政府自己的填报表，汇总只有数字

什么：没有本级政府的填报表，或者读不出来。汇总报告的文字、落款和联系方式要从它那里来，数字不用填。

为什么：报告由文字和表格组成，只有数字不能公布，所以只是草稿。

例子：county.toml 写着 government = "某某县人民政府"，文件夹里没有“某某县人民政府.xlsx”。

怎么改：用 gxgen blank 生成一份填报表，写好“基本信息”和“正文”，
以本级政府的全称命名，放进本年度的文件夹。

依据：国办公开办函〔2021〕30号：报告由六个部分组成；数字取自各单位系推定。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX717",
    name="government-workbook-missing",
    severity=Severity.ERROR,
    since="0.1.0",
    hint="请本级政府办公室按填报表写好“基本信息”和“正文”（数字不用填），放进本年度的文件夹。",
)
