"""Makes the shipped templates of official notices; afterwards they are edited in Word.

Usage: ``python -m gxgen.templates.scaffold.notices templates/notices``. A test compares its output
with the files.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from gxgen.document.page import LINE
from gxgen.editions.declared import EDITIONS
from gxgen.opc.package import FixedZip
from gxgen.templates.scaffold import styles as look
from gxgen.templates.scaffold.official import Official, core_part, header_part, paragraph, tag
from gxgen.templates.scaffold.tables import run

_FLUSH = '<w:ind w:firstLineChars="0" w:firstLine="0"/>'
_RIGHT = '<w:ind w:firstLineChars="0" w:firstLine="0" w:right="640"/><w:jc w:val="right"/>'
_DAY_BY_HAND = "　　年　　月　　日"
"""No file that is made here holds a clock; the day is written when the notice is signed."""


@dataclass(frozen=True)
class Notice(Official):
    """The official sheet with a notice's paragraphs."""

    subject: str
    paragraphs: Callable[[], Iterator[str]] = field(compare=False)

    def core(self) -> str:
        """The properties."""
        return core_part(f"{self.subject}模板", self.edition.first_year)

    def header(self) -> str:
        """Nothing stands on top of a page."""
        return header_part(paragraph(look.HEADER))

    def body(self) -> Iterator[str]:
        """The notice."""
        return self.paragraphs()


def _title(*lines: str) -> str:
    runs = "".join(run(line, first=not at) for at, line in enumerate(lines))
    return paragraph(look.TITLE, runs)


def _text(text: str) -> str:
    return paragraph(look.BODY, run(text))


def _to(text: str) -> str:
    return paragraph(look.BODY, run(text), extra=_FLUSH)


def _sign_off() -> Iterator[str]:
    spaced = f'<w:spacing w:before="{LINE}"/>{_RIGHT}'
    yield paragraph(look.BODY, run("{{ 发文单位 }}"), extra=f"<w:keepNext/>{spaced}")
    yield paragraph(look.BODY, run(_DAY_BY_HAND), extra=_RIGHT)


def returned() -> Iterator[str]:
    """退回通知: one page to the unit whose form goes back."""
    yield _title("关于退回{{ 年度 }}年政府信息公开", "工作年度报告填报表的通知")
    yield _to("{{ 单位 }}：")
    yield _text(
        "你单位报送的{{ 年度 }}年政府信息公开工作年度报告填报表，经核对有{{ 错误 }}处错误"
        "{% if 核实 %}、{{ 核实 }}处需要核实{% endif %}，现予退回。主要问题如下："
    )
    yield tag("for 项 in 要点")
    yield _text("{{ 项.序号 }}.{{ 项.内容 }}")
    yield tag("endfor")
    yield _text(
        "请对照退回件中标出的单元格和“错误清单”逐处改正"
        "{% if 核实 %}，需要核实的数确实无误的，在“说明”表写明理由{% endif %}，"
        "{% if 期限 %}于{{ 期限 }}前{% else %}尽快{% endif %}重新报送填报表（.xlsx）。"
    )
    yield tag("if 退回件")
    yield _text("附件：{{ 退回件 }}")
    yield tag("endif")
    yield from _sign_off()


def bulletin() -> Iterator[str]:
    """报送情况通报: how the filing stands, to all units."""
    yield _title("关于{{ 年度 }}年政府信息公开工作", "年度报告报送情况的通报")
    yield _to("各有关单位：")
    yield _text(
        "现将{{ 县 }}{{ 年度 }}年政府信息公开工作年度报告报送情况通报如下"
        "{% if 截止 %}（报送截止日期：{{ 截止 }}）{% endif %}。"
    )
    yield paragraph(look.HEADINGS[1], run("一、总体情况"))
    yield _text(
        "应报送{{ 应报数 }}个单位，已报送{{ 已报数 }}个，"
        "其中核对通过{{ 通过数 }}个、退回待改{{ 退回数 }}个、待县里处理{{ 待处理数 }}个；"
        "{% if 已过 %}逾期未报{% else %}尚未报送{% endif %}{{ 未报数 }}个。"
        "{% if 册外数 %}另有{{ 册外数 }}个名册以外的单位报送。{% endif %}"
    )
    yield from _units(
        "未报单位",
        "二、{% if 已过 %}逾期未报{% else %}尚未报送{% endif %}的单位",
        "{{ 项.序号 }}.{{ 项.单位 }}{% if 项.文件 %}（送来的{{ 项.文件 }}不是填报表）{% endif %}",
    )
    yield from _units(
        "退回单位",
        "{% if 未报单位 %}三{% else %}二{% endif %}、退回待改的单位",
        "{{ 项.序号 }}.{{ 项.单位 }}（错误{{ 项.错误 }}处）",
    )
    yield tag("if 未报单位 or 退回单位")
    yield _text(
        "请{% if 未报单位 %}未报送的单位{% if 截止 and not 已过 %}于{{ 截止 }}前{% else %}立即"
        "{% endif %}报送{% endif %}{% if 未报单位 and 退回单位 %}，{% endif %}{% if 退回单位 %}"
        "退回待改的单位{% if 期限 %}于{{ 期限 }}前{% else %}尽快{% endif %}改正并重新报送"
        "{% endif %}。"
    )
    yield tag("endif")
    yield from _sign_off()


def _units(slot: str, heading: str, line: str) -> Iterator[str]:
    yield tag(f"if {slot}")
    yield paragraph(look.HEADINGS[1], run(heading))
    yield tag(f"for 项 in {slot}")
    yield _text(line)
    yield tag("endfor")
    yield tag("endif")


NOTICES: dict[str, Callable[[], Iterator[str]]] = {"退回通知": returned, "报送情况通报": bulletin}


def make_notice(name: str) -> bytes:
    """The template of a notice as a DOCX; always the same bytes."""
    *_, newest = EDITIONS.values()  # the look is the same for all
    members = Notice(newest, name, NOTICES[name]).members()
    return FixedZip({part: text.encode() for part, text in members.items()}).build({})


if __name__ == "__main__":
    for one in NOTICES:
        Path(sys.argv[1], f"{one}.docx").write_bytes(make_notice(one))
