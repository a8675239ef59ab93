"""汇总里有名册以外的单位

什么：文件夹里有一份没有错误的填报表，单位全称不在 county.toml 的名册里。它的数已经计入汇总。

为什么：填报表是经办人放进本县文件夹的，多半是名册漏列、单位新设或名称有出入；不计入会让县级的数无声地偏小。
但也可能是别县的表放错了地方，计入就多算了，所以请核实。

例子：机构改革后新设的“某某县数据局”报了表，名册里还没有它。

怎么改：应当报送的，补进名册；名称有出入的，改成一致；不属于本县的，把填报表移出文件夹。

依据：推定。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX715",
    name="rollup-agency-not-in-roster",
    severity=Severity.WARNING,
    since="0.1.0",
    hint="是本县应报送的单位，补进 county.toml 的名册；不是的，把填报表移出文件夹，再重新汇总。",
)
