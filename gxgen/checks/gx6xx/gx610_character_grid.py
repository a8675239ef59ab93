"""文档网格指定了字符数

什么：模板的页面设置里，文档网格选了“指定行和字符网格”或“文字对齐字符网格”。

为什么：用 LibreOffice 转成 PDF 时，字距会被撑开，每行只剩约 20 个字，页数大增。

例子：在 Word 里改页边距时，顺手选了“指定行和字符网格”，每行28字。

怎么改：页面设置—文档网格，选“只指定行网格”。每行28字由正文样式的字距保证。

依据：推定，系用 LibreOffice 7.4 实测；GB/T 9704-2012 第5.2.3条只规定每面22行、每行28字。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX610",
    name="character-grid",
    severity=Severity.WARNING,
    since="0.1.0",
    hint="页面设置—文档网格，选“只指定行网格”。",
)
