"""文件或工作表过大

什么：文件、解压后的内容或某张工作表远远超出填报表应有的大小。

为什么：正常的填报表不到1MB；过大的多半是误把格式或内容填到了整行整列，也可能是恶意的压缩包。

例子：选中整列后粘贴，内容一直写到第1048576行。

怎么改：删除表格以外的行和列后保存；仍然很大的，重新用空白填报表填写。

依据：推定。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX009",
    name="too-large",
    severity=Severity.ERROR,
    since="0.1.0",
    hint="删除表格以外的行和列后保存，或用空白填报表重新填写。",
)
