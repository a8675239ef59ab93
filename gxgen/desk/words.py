"""Every sentence that the desk says. Templates and the script hold none."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from gxgen.desk.here import here

if TYPE_CHECKING:
    from gxgen.desk.state import State, Unit

REFUSED: Final = {
    401: (
        '<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        "<title>工作台</title></head><body><main><h1>这个链接不能再用了</h1>"
        "<p>每次打开工作台，链接只能用一次，也只在打开它的浏览器里有效。"
        "请重新运行 gxgen desk，会打开一个新的窗口。</p></main></body></html>"
    ),
    400: "这个请求看不懂，没有做。请刷新后再试。",
    403: "不能从这里打开工作台。请运行 gxgen desk，用它给出的链接。",
    404: "没有这一页。",
    405: "工作台不接受这样的请求。",
    413: "文件太大，没有收。",
}

_STATES = {
    "missing": "未报",
    "late": "逾期未报",
    "unbuilt": "待做",
    "stale": "改过，待做",
    "held": "县里处理",
    "built": "已成文",
}
_CARDS = {
    "fix": "{}个单位的表要退回去改",
    "missing": "{}个单位还没有报",
    "ask": "{}个单位有要核实的",
    "held": "{}个单位要县里处理",
    "due": "{}个单位的表收到了，还没有做",
}
_RECEIPTS = {
    "first": "第一次报送，已收下。",
    "replaced": "换下了原来的表，原来的留着，可以撤销。",
    "same": "和已有的一模一样，不用再收。",
    "undone": "已撤销。",
}
_ZIPS = {
    "returns": "退回件",
    "reports": "全部报告",
    "blanks": "填报表",
    "missing": "未报单位的填报表",
}


class Words:
    """The desk's sentences by what they are for."""

    name = "政府信息公开年报工作台"
    places = (("/", "要办的事"), ("/notices", "通知"), ("/rollup", "汇总"), ("/settings", "设置"))
    nav = "页面"
    skip = "跳到内容"
    quit = "退出"
    quit_sure = "退出工作台？文件都在，下次运行 gxgen desk 接着用。"
    no_deadline = "还没有设截止日期"
    home, notices, rollup, settings = "要办的事", "通知", "全县汇总", "设置"
    units, filter, find_unit = "单位", "按情况筛选", "找单位"
    find = "找单位（按 / 键）"
    receive = "收表…"
    filters = (
        ("all", "全部"),
        ("fix", "要改"),
        ("held", "县里处理"),
        ("ask", "核实"),
        ("due", "待做"),
        ("missing", "未报"),
        ("done", "已成文"),
    )
    none_found = "没有符合的单位"
    no_units, to_settings = "名册里还没有单位。", "到设置里加"
    building, stop, stopping = "进度", "停下", "正在停下……"
    go_on_reading = "可以接着看，也可以关掉窗口，不会停"
    stopped, go_on = "已停下。已经做好的都在。", "接着做"
    left_undone = "已停下，这一步没有做。"
    fault = "gxgen 自己出了错，这一步没有做成；收下的表都在。"
    gone = "做事的进程意外结束了，这一步没有做成；收下的表都在，可以再试一次。"
    understood, keep_fault = "知道了", "存下说明"
    new_forms = "收到新的表？"
    drop_here = "拖到这个窗口里，或者点这里选文件。一次可以很多个，文件名不用改。"
    which_county = "这个文件夹里有几个县，打开哪一个？"
    new_county = "给新的县建一个文件夹"
    new_county_told = "这个文件夹里还没有县。写上县名和年度，就可以开始。"
    county_name, report_year, begin = "县（市、区）名", "报告年度", "开始"
    all_returns, copy_notices = "下载全部退回件", "逐个复制通知"
    copy_chase, their_blanks = "复制催报的话", "下载它们的空表"
    one_by_one, build = "逐条看", "现在做"
    all_reports = "下载全部报告"
    keys_told = "键盘："
    keys = (
        ("↑", "上一个单位"),
        ("↓", "下一个单位"),
        ("/", "找单位"),
        ("N", "下一个问题"),
        ("H", "回到这里"),
    )
    keys_on = "用这些键"
    back, see_look, next_problem = "‹ 返回", "看报告样子", "下一个问题 ›"
    return_copy, copy_notice = "下载退回件", "复制通知"
    its_blank, original = "下载它的空表", "下载原表"
    found, views = "问题", "填报表"
    nothing_found = "没有发现问题。"
    severities = {"error": "错误", "warning": "核实", "note": "提示"}
    for_officer = "由县里处理"
    why, how = "为什么这样判断", "怎么改"
    true_because, because_example = "情况属实的，写一句理由", "例如：已电话核实，确为……"
    note_down, take_back, text_file = "属实，记下", "撤回", "文字文件"
    look, beside_last = "报告样子", "与上年对照"
    unreadable = "这份表读不出来，没有可以看的。"
    notices_told = "每个要改的单位一段话，附上它的退回件发出去。"
    all_returns_with = "下载全部退回件（里面也有这些话）"
    chase = "催报（发到工作群）"
    no_notices, copy, pages = "现在没有要发的通知。", "复制", "页"
    taken, page, undo, add_to_roster = "收表结果", "县总览页", "撤销", "加进名册"
    signs = {
        "first": "✓",
        "replaced": "✓",
        "same": "＝",
        "other_year": "？",
        "stranger": "？",
        "unreadable": "✕",
    }
    import_it, see_review = "是已公布的报告，读成填报表", "看读到了什么"
    rollup_files, none_yet, anew = "汇总的文件", "还没有。", "重新做"
    lacking, answered_kind = "还没有计入的单位", "已说明"
    fields = {
        "deadline": "报送截止日期",
        "government": "汇总以谁的名义发布",
        "office": "通知以谁的名义发",
        "correct_by": "退回件最晚哪天交回",
        "year": "报告年度",
        "style": "报告样式",
        "accent": "图文式的颜色",
        "formats": "生成哪些文件",
    }
    days = ("deadline", "correct_by")
    no_accent = "按样式"
    drop, drop_sure = "移出", "把它移出名册？交来的表和做好的报告都不动。"
    undo_settings, settings_undone = "撤销上一次修改", "已撤销。"
    styles = {"official": "公文式", "illustrated": "图文式"}
    formats = {
        "docx": "Word",
        "pdf": "PDF",
        "html": "网页",
        "fragment": "网站粘贴用",
        "doc": "旧版 Word",
    }
    eager = "收到就做：放进来的表马上核对、成文"
    paste = "从 Excel 复制几行粘到这里，一行一个单位：全称、简称、类别、电话"
    save, saved = "保存", "已保存"
    roster_heads = ("单位全称", "简称", "类别", "电话")
    files_of_county = {
        "details": "汇总明细（Excel）",
        "problems": "问题清单（Excel）",
        "bulletin": "报送情况通报（Word）",
    }
    too_large = "文件太大：一份填报表最多20兆字节，没有收。"
    too_many = "一次收的文件太多，请分几次。"
    undone, noted = "已撤销，原来的表放回来了。", "已记下"
    no_look = "这份表读不出来，做不出样子。"
    nothing_to_fetch = "现在没有可以下载的文件。"
    no_file = "这个文件已经不在了，请刷新后再试。"
    not_a_year = "年度要写四位数，例如2025。"

    for_script = {
        "copied": "已复制",
        "not_copied": "复制不了，请选中文字自己复制。",
        "gone": "工作台已经关了",
        "gone_told": "文件都在，重新运行 gxgen desk 就可以接着用。",
        "taking": "正在收表……",
        "too_large": too_large,
        "no_reading": "读不了，没有收。",
        "failed": "没有做成，请再试一次。",
        "loading": "正在做样子……",
        "found": "找到{}个单位",
    }

    def kind_of(self, suffix: str) -> str:
        """What a file is, by its ending."""
        return self.formats.get(suffix.removeprefix("."), suffix.removeprefix("."))

    def download(self, suffix: str) -> str:
        """Downloads a report in one of its formats."""
        return f"下载{self.kind_of(suffix)}"

    def year_of(self, year: int) -> str:
        """What the desk is about."""
        return f"{year}年度年报"

    def deadline(self, day: dt.date) -> str:
        """The last day for filing, and how far it is."""
        left = (day - dt.date.today()).days
        said = f"还有{left}天" if left > 0 else "就是今天" if left == 0 else f"已过{-left}天"
        return f"截止 {day.month}月{day.day}日（{said}）"

    def pill(self, unit: Unit) -> str:
        """How a unit stands, in a word and a number."""
        if unit.group == "fix":
            return f"要改 {unit.errors}处"
        if unit.group == "ask":
            return f"核实 {unit.warnings}处"
        return _STATES.get(unit.state, unit.state)

    def card(self, group: str, count: int, overdue: bool) -> str:
        """The heading of a job."""
        said = _CARDS[group].format(count)
        return f"{said}，已经过了截止日期" if group == "missing" and overdue else said

    def beside(self, group: str) -> Callable[[Unit], str]:
        """What stands beside a unit's name on a job's card."""
        if group == "missing":
            return lambda one: one.phone
        if group == "fix":
            return lambda one: f"{one.errors}处"
        return lambda one: f"{one.warnings}处" if group == "ask" else ""

    def all_of(self, count: int) -> str:
        """Shows those that a card leaves out."""
        return f"全部{count}个"

    def first_day(self, state: State) -> list[tuple[int, str, str, str, str]]:
        """A county has just begun: number, title, words, address and button of its steps."""
        told = f"名册里有{state.listed}个单位；" if state.listed else ""
        return [
            (
                1,
                "写好名册",
                f"{told}从 Excel 里复制单位名称，粘到设置页就行；截止日期也在那里。",
                "/settings",
                "改名册" if state.listed else "写名册",
            ),
            (
                2,
                "把填报表发给各单位",
                "每个单位一份 Excel，名称、联系方式和上年的数已经填好。",
                "/zip/blanks",
                "下载全部空表",
            ),
            (
                3,
                "收回来，拖进这个窗口",
                "收一份就核对一份；没有问题的马上出报告，有问题的马上出退回件。"
                "上年的填报表也拖进来，用来核对结转。",
                "",
                "",
            ),
        ]

    def strays(self, count: int) -> str:
        """Files among the forms that nobody reads."""
        return f"年度文件夹里有{count}个文件没有读"

    def done(self, count: int) -> str:
        """How many reports stand."""
        return f"{count}个单位的报告已经成文"

    def done_told(self, year: int) -> str:
        """Where they lie."""
        return f"都在 output/{year} 文件夹里，表一变就会重做。"

    def rollup_told(self, state: State) -> str:
        """Whether the county's own report is final."""
        if not state.government:
            return "还没有写以谁的名义发布，不做汇总报告；到设置里写上。"
        lacking = sum(state.counts[group] for group in ("fix", "held", "due", "missing"))
        if lacking:
            return f"还差{lacking}个单位，现在做出来的是草稿。"
        return f"{len(state.units)}个单位都计入了。" if state.units else "还没有单位。"

    def no_year(self, file: str) -> str:
        """Nobody knows which year the county is at work on."""
        return (
            f"{file} 没有写 year（年度），也没有年度的文件夹，不知道做哪一年的。"
            "请写上，例如 year = 2025。"
        )

    def progress(self, job: Any) -> str:
        """How far a build is."""
        if not job.total:
            return "正在核对……"
        return f"正在做报告和退回件 {job.done} / {job.total}　{job.unit}"

    def last_year(self, text: str) -> str:
        """Beside a figure: last year's."""
        return f"上年：{text}"

    def problems(self, numbers: Sequence[int]) -> str:
        """Of a cell, for those who hear it."""
        return "问题" + "、".join(str(number + 1) for number in numbers)

    def nothing_filed(self, overdue: bool) -> str:
        """Of a unit without a form."""
        return "这个单位还没有报，已经过了截止日期。" if overdue else "这个单位还没有报。"

    contact: Mapping[str, str] = {
        "phone": "电话",
        "fax": "传真",
        "address": "地址",
        "postcode": "邮编",
        "email": "电子邮箱",
        "website": "网站",
    }

    def answered(self, said: Mapping[str, Any]) -> str:
        """An answer that the county gave."""
        return f"县里说明：{said['reason']}（{said['day']}）"

    def source(self, name: str, received: str | None) -> str:
        """Where what is shown comes from."""
        if not received:
            return f"来自 {name}。"
        day = dt.datetime.fromisoformat(received)
        return f"来自 {name}，{day.month}月{day.day}日 {day:%H:%M} 收到。"

    def also_filed(self, names: Sequence[str]) -> str:
        """Further forms of the same unit."""
        return f"这个单位还交了：{'、'.join(names)}"

    def beyond(self, count: int) -> str:
        """What of a sheet is not shown."""
        return f"这张表外面还有{count}格有内容，没有显示。"

    def receipt(self, one: Mapping[str, Any], year: int) -> str:
        """What became of a file."""
        if one["outcome"] == "other_year":
            return f"是{one['year']}年度的表，现在收的是{year}年度的，没有收。"
        if one["outcome"] == "stranger":
            return "不在名册里，没有收。"
        return _RECEIPTS.get(one["outcome"]) or here(str(one["message"]))

    def imported(self, asks: int) -> str:
        """Of a published report that was made a form."""
        left = f"有{asks}处要看：读不准的空着，请补上。" if asks else ""
        return f"读成了填报表。{left}"

    def place_in(self, year: int, current: int) -> str:
        """Places a form of another year there."""
        more = "（上年的表，用来核对结转）" if year == current - 1 else ""
        return f"放进{year}年度{more}"

    def not_saved(self, faults: Sequence[Sequence[str]]) -> str:
        """What is wrong with settings, a line each."""
        lines = [
            f"{self.fields.get(key, key)}：{what.rstrip('。')}。" if key else what
            for key, what in faults
        ]
        return "\n".join([*lines, "什么都没有保存。"])

    def settings_told(self, file: str) -> str:
        """Where settings are kept."""
        return f"存在 {file}；改之前的那份留着。"

    def roster(self, count: int) -> str:
        """How many units are listed."""
        return f"名册（{count}个单位）"

    def archive(self, county: str, year: int, what: str) -> str:
        """What an archive is called."""
        return f"{county}{year}年度{_ZIPS[what]}.zip"

    def started(self, link: str) -> str:
        """On the terminal, when the desk is open."""
        return f"工作台开着（链接只能用一次）：{link}"

    closed = "工作台已经关了。文件都在。"
    close = "浏览器没有自己打开的，把链接贴进去。关掉：在工作台里点“退出”，或在这里按 Ctrl-C。"

    def port_taken(self, port: int, why: str) -> str:
        """The desk cannot be opened there."""
        return f"{port} 号端口用不了：{why}。换一个，或者不写 --port。"

    def no_desktop(self, place: str) -> str:
        """There is nothing to lay an icon on."""
        return f"没有找到桌面文件夹（{place}），没有放图标。"

    def no_icon(self, place: str, why: str) -> str:
        """An icon cannot be laid."""
        return f"图标放不到 {place}：{why}。"

    def no_place(self, place: str) -> str:
        """Somebody else's folder stands where the desk keeps its secret."""
        return f"{place} 不是本用户的文件夹，没有打开工作台。"

    def joined(self, link: str) -> str:
        """Where it was open already."""
        return f"这个文件夹的工作台已经开着，给它一个新的窗口：{link}"


WORDS: Final = Words()
