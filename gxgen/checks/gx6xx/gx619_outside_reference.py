"""模板引用了外面的文件

什么：模板里有链接到网络或别的电脑上的图片、模板、对象。

为什么：每一份报告都会带着这个地址：在别处打开时图片显示不出来，还会去连那个地址，
也会泄露设计者电脑上的文件夹名。

例子：从网页复制图片到模板，图片只是一个链接；模板附加了 D 盘上的另一个 .dotx。

怎么改：图片改为“插入—图片—此设备”，不要选“链接到文件”；“开发工具—文档模板”里改回 Normal。

依据：推定。公文应当独立完整，不依赖外部文件。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX619",
    name="outside-reference",
    severity=Severity.WARNING,
    since="0.1.0",
    hint="把图片、对象嵌入模板，去掉指向外面的链接；附加的文档模板改回 Normal。",
)
