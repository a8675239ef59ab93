"""缺少公文字体

什么：本机没有公文规定的某种字体，也没有与它相近的字体，只好借用别的字体。

为什么：借用的字体与规定的样子不同，在本机生成的 PDF 不宜印发。Word 文档里写的仍是规定的字体名，
在装有这些字体的电脑上打开，样子不变。

例子：服务器上没有仿宋_GB2312，也没有别的仿宋，正文用宋体印出。

怎么改：运行 gxgen doctor，按它说的安装字体，或者把字体文件放进项目的 fonts 文件夹，再重新生成。

依据：GB/T 9704-2012《党政机关公文格式》第5.2.2条（一般用3号仿宋体字）、第7.3.1条
（标题用2号小标宋体字）、第7.3.3条（结构层次用黑体、楷体、仿宋体）。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX641",
    name="missing-face",
    severity=Severity.WARNING,
    since="0.1.0",
    hint="运行 gxgen doctor 查看怎样安装，或把字体文件放进项目的 fonts 文件夹。",
)
