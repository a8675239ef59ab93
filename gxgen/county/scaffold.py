"""The text of a new ``county.toml``."""

from __future__ import annotations

from collections.abc import Sequence

from gxgen.county.keys import CONTACT_KEYS
from gxgen.document.illustrated.palettes import PALETTES, USUAL
from gxgen.model.agency import Agency, AgencyKind
from gxgen.toml import quoted


def scaffold(
    name: str, year: int, roster: Sequence[Agency] = (), government: str | None = None
) -> str:
    """The text: every key once with what it means, then the units of the roster, or an example of
    one to be filled in by hand."""
    return _settings(name, year, government) + ("".join(map(entry, roster)) if roster else _EXAMPLE)


def _settings(name: str, year: int, government: str | None) -> str:
    kinds = "、".join(kind.value for kind in AgencyKind)
    accents = "、".join(PALETTES)
    mark = "" if government else "# "
    return f"""# {name}：政府信息公开工作年度报告的设置和单位名册。改好后存盘，编码 UTF-8。
# 行首有 # 号的是说明，或者还没有用上的设置；要用的，去掉行首的 # 号。

# 县（市、区）的名称。
county = {quoted(name)}
# 报告年度。只做这一年度；到了下一年，改成下一年。
year = {year}
# 县政府的全称：全县汇总的报告以它的名义生成。不写就不做汇总。
{mark}government = {quoted(government or f"{name}人民政府")}
# 催报、退回通知和通报以谁的名义发。不写就是“{name}政府信息公开工作主管部门”。
# office = {quoted(f"{name}政务公开办公室")}
# 报送截止日期：过了这一天还没有报送的单位标为“逾期未报”。
# deadline = {year + 1}-01-20
# 退回的填报表最迟哪一天改好交回，写在退回通知里。
# correct_by = {year + 1}-01-25
# 县里要求的公布期限（月-日，加引号），不写就是1月31日：成文日期晚于它的，请单位核实。
# publish_by = "01-25"
# 样式：templates 里一个文件夹的名字；随程序的有 official（公文）和 illustrated（图文）。
style = "official"
# 图文版的颜色：{accents}；不写就是{USUAL}。
# accent = "{USUAL}"
# 写成哪些文件：docx、html（网页）、fragment（供网站粘贴的网页片段）、pdf、doc。
formats = ["docx"]
# PDF 由谁排：auto（自动）、builtin（内置）、libreoffice。
# pdf = "auto"

# 名册：每个单位一段。name 是全称，与公章一致；short_name 是简称；
# kind 是类别，只能是：{kinds}；contact 是公开的联系方式，会预填到填报表里，
# 有几项写几项：address（地址）、postcode（邮编）、phone（办公电话，不写手机）、
# fax（传真）、email（邮箱）、website（网站）。
# 改过名、合并过的单位再写 formerly：原来的名称（names），和用现名的第一个报告年度（since）。
"""


_EXAMPLE = """#
# [[agency]]
# name = "某某县财政局"
# short_name = "财政局"
# kind = "部门"
# contact = { address = "某某路1号", postcode = "100000", phone = "010-00000000" }
# formerly = { names = ["某某县财政和国有资产管理局"], since = 2025 }
"""


def entry(agency: Agency) -> str:
    """A unit of the roster."""
    contact = ", ".join(
        f"{key} = {quoted(value)}"
        for key in CONTACT_KEYS
        if (value := getattr(agency.contact, key))
    )
    lines = [
        f"name = {quoted(agency.name)}",
        f"short_name = {quoted(agency.short_name)}" if agency.short_name else "",
        f"kind = {quoted(agency.kind)}" if agency.kind else "",
        f"contact = {{ {contact} }}" if contact else "",
    ]
    return "\n[[agency]]\n" + "".join(f"{line}\n" for line in lines if line)
