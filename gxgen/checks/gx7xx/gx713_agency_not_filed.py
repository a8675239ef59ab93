"""有单位没有报送，汇总是草稿

什么：county.toml 名册里的单位，没有交填报表。

为什么：没有报送不等于都是0。缺一个单位，县级报告的每个数都可能偏小，所以只出草稿，不当作定稿。

例子：名册里有86个单位，收到85份，缺“某某县财政局”。

怎么改：催报。单位已撤销、合并或依法不必报送的，从名册里删去。名称写得与名册不一致的，也会显示为没有报送，
请先看有没有名册以外的单位。

依据：推定。县级报告应当包括所属各单位的数据。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX713",
    name="agency-not-filed",
    severity=Severity.ERROR,
    since="0.1.0",
    hint="催报；收到填报表放进文件夹后重新运行。确实不必报的，从 county.toml 的名册里删去。",
)
