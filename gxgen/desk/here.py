"""What a sentence that names a command says in a window: its reader has no terminal.

Services and checks have one sentence a meaning, for whoever calls them. What it tells to run is
exchanged here for what is pressed; where nothing can be pressed, for whom to ask.
"""

from __future__ import annotations

import re
from typing import Final

_ASK = "请技术人员"
PRESSED: Final = (
    (r"`gxgen blank --all` 生成的表", "“下载全部空表”得到的表"),
    (r"用 gxgen blank 生成", "在单位那一页点“下载它的空表”，得到"),
    (r"(?:请)?(?:先)?运行 gxgen build --format docx,pdf", "请先在“设置”里勾上 PDF，保存"),
    (r"只对一个单位运行了 gxgen build", "只做了一个单位"),
    (r"先重新生成（gxgen build）", "先在“汇总”里点“重新做”"),
    (r"对整个年度的文件夹运行一次 gxgen build", "在“汇总”里点“重新做”"),
    (r"(?:请)?先运行 gxgen build", "请先在“汇总”里点“重新做”"),
    (r"再运行 gxgen build", "再在“汇总”里点“重新做”"),
    (r"请先运行 gxgen check 核对那份填报表", "请先把那份填报表拖进窗口，核对以后再看"),
    (r"，或者用 gxgen check", "，或者拖进窗口"),
    (r"先用 gxgen import 导入", "先拖进窗口、点“是已公布的报告，读成填报表”，变"),
    (r"`?gxgen answer 单位 编号 单元格 --withdraw`? 撤回", "单位那一页的“撤回”"),
    (r"用 gxgen answer 加 --withdraw 撤回", "在单位那一页点“撤回”"),
    (
        r"(?:新建项目|新建)：gxgen init 文件夹 --county 县名 --year 年度",
        "在“要办的事”里写上县名和年度，点“开始”",
    ),
    (r"（gxgen template check[^）]{0,60}列出[^）]{0,60}）", ""),
    (r"（--figures）", ""),
    (r"不能用 --undo 撤销", "不能撤销"),
    (r" 或 --(?:format|pdf)", ""),
    (r"；急用时可加 --draft 先出草稿", ""),
    (r"用 --agency、--year 写明", _ASK + "用 gxgen import --agency、--year 写明"),
    (r"用 --(year|agency|edition) (写明|指明)", _ASK + r"用 gxgen import --\1 \2"),
    (r"`gxgen similarity --learn` 会", _ASK + "用 gxgen similarity --learn ，会"),
    (r"用 --jobs 1", _ASK + "用 --jobs 1 "),
    (r"(?:请)?(?:先)?(?:运行|用) gxgen (doctor|template \w+)", _ASK + r"用 gxgen \1"),
)
"""What is exchanged, in this order: a pattern of what it is called in a terminal, and what is said
in its place."""
_PATTERNS = tuple((re.compile(pattern), said) for pattern, said in PRESSED)


def here(sentence: str) -> str:
    """A sentence as it is said in the desk."""
    if "gxgen" in sentence or "--" in sentence:
        for pattern, said in _PATTERNS:
            sentence = pattern.sub(said, sentence)
    return sentence
