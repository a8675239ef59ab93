"""What both editions share: sections, table four, and all of table three but one row."""

from __future__ import annotations

from gxgen.editions.schema import Notice, Part, Section
from gxgen.editions.tables import Axis, Balance, Carry, Group, Leaf, Matrix, total

_WHOSE = (
    r"(?:\d{4}年度?|本?年度?)?(?:行政机关|[本我](?:机关|单位|.))?"
    "(?:(?:政府信息|政务)公开)?(?:工作)?"
)
_AND = "(?:和|及其|以及|及|与)?"

SECTIONS = (
    Section(
        "1",
        "总体情况",
        "按五个方面写本机关一年的工作，有做法、有数据；数字须与表二、表三、表四一致。",
        wording=_WHOSE + "(?:总体|基本|工作|情况|总结)*(?:情况|概述|概况|总述|综述)",
        narrative=True,
        parts=(
            Part(
                "主动公开",
                "公开了多少条信息、走哪些渠道、与上年相比增减多少，解读回应做了什么。",
                wording="主动公开|公开[^，。；]{0,8}信息|发布[^，。；]{0,8}信息|信息[^，。；]{0,8}[条篇]|解读",
                own="主动公开(?!基本目录|目录)|公开[^，。；]{0,8}信息[^，。；]{0,8}[条篇]",
            ),
            Part(
                "依申请公开",
                "收到和办理多少件申请、结果如何、上年结转和结转下年各多少件。",
                wording="申请",
                own="依申请|公开申请|申请公开|信息[^，。；]{0,4}申请|[收接]到[^，。；]{0,12}申请",
            ),
            Part(
                "政府信息管理",
                "信息的制作、审核、保密审查、动态调整、规范性文件管理。",
                wording="管理|审核|审查|审签|保密|动态调整|规范性文件|目录|三审|更新|清理|归档|台账",
                own="信息(?:公开)?的?(?:资源|内容|发布)?(?:规范)?管理|信息[^，。；]{0,6}审[核查签]"
                "|保密审查|三审|文件管理|动态调整|动态管理|目录管理",
            ),
            Part(
                "政府信息公开平台建设",
                "网站、政务新媒体、公开专区等平台的建设和维护。",
                wording="平台|网站|网页|门户|公众号|新媒体|微信|微博|抖音|专栏|专区|栏目|公开栏|公示栏|公告栏"
                "|查阅|载体|渠道|客户端|APP|触摸屏|大屏",
                own="平台[^，。；]{0,4}(?:建设|管理|维护|升级)|(?:建设|完善|优化|升级|改版|维护|管好)[^，。；]{0,10}"
                "(?:平台|网站|栏目|专栏|专区|新媒体|公众号)|(?:网站|栏目|专栏|专区|新媒体|公众号|载体|渠道)[^，。；]{0,4}"
                "(?:建设|管理|维护|改版|设置|拓展|优化|调整)|载体|阵地",
            ),
            Part(
                "监督保障",
                "机构、人员、培训、考核、社会评议和责任追究。",
                wording="监督|保障|考核|考评|培训|评议|评估|测评|领导小组|组织领导|责任|督查|督导|督促|检查|自查"
                "|问责|专人|队伍",
                own="监督保障|监督(?:检查|考核|机制|管理)|保障(?:机制|措施|制度)|强化保障|考核|考评|培训|评议|测评"
                "|组织领导|责任追究|督查|督导",
            ),
        ),
    ),
    Section(
        "2",
        "主动公开政府信息情况",
        "本部分由表二生成；确有需要说明的可在此写明。",
        table="disclosure",
        aliases=("行政机关主动公开政府信息情况",),
        wording=_WHOSE + "主动公开(?:政府)?信息的?(?:工作)?(?:有关)?情况",
    ),
    Section(
        "3",
        "收到和处理政府信息公开申请情况",
        "本部分由表三生成；确有需要说明的可在此写明。",
        table="requests",
        aliases=("行政机关收到和处理政府信息公开申请情况",),
        wording=_WHOSE
        + f"(?:收到|受理|接收|处理|办理|答复)(?:的?{_AND}(?:处理|办理|答复))?的?(?:政府)?信息"
        + "(?:公开申[请报]|依申请公开(?:申请)?)的?(?:工作)?情况",
    ),
    Section(
        "4",
        "政府信息公开行政复议、行政诉讼情况",
        "本部分由表四生成；确有需要说明的可在此写明。",
        table="remedies",
        aliases=(
            "因政府信息公开工作被申请行政复议、提起行政诉讼情况",
            "政府信息公开行政复议、诉讼情况",
        ),
        wording=f"因?{_WHOSE}(?:被|申请|提起)*行政复议{_AND}(?:被|申请|提起)*(?:行政)?诉讼"
        + f"{_AND}(?:被)?(?:举报|投诉|申诉)*的?(?:工作)?情况",
    ),
    Section(
        "5",
        "存在的主要问题及改进情况",
        "先写上年问题的整改，再写本年的问题和改进措施，要具体。",
        narrative=True,
        aliases=("政府信息公开工作存在的主要问题及改进情况",),
        wording=_WHOSE
        + "(?:中|方面)?(?:存在的?)?(?:主要|突出)?的?(?:问题|困难|不足|短板)(?:和不足)?"
        + "(?:和|及其|以及|及|与)(?:原因|下一?步|今后|其|的|主要)*(?:整改|改进|解决|工作)"
        + "(?:落实|工作)?(?:情况|措施|举措|方向|打算|办法|计划|思路|安排|建议|意见)",
    ),
    Section(
        "6",
        "其他需要报告的事项",
        "收取信息处理费情况必须写；没有其他事项也要写明“没有其他需要报告的事项”。",
        wording="其[他它]的?(?:需要?|应当?|有关)?的?(?:报告|说明)?的?(?:重要)?(?:事项|情况)"
        + "|(?:需要|应当)(?:报告|说明)的其[他它](?:事项|情况)",
        narrative=True,
        parts=(
            Part(
                "收取信息处理费情况",
                "依据国办函〔2020〕109号，写明是否发出收费通知、收取多少元。",
                wording="费用|收费|收取|处理费|收缴|缴费|免费",
                own="处理费|申请[^。；]{0,40}(?:收费|费用|收取)|(?:收费|费用|收取)[^。；]{0,40}申请",
            ),
        ),
    ),
)


def preamble(notice: Notice) -> Section:
    """The opening paragraph, with the wording that a blank form offers."""
    return Section(
        "0",
        "导语",
        "写明编制依据和统计期限；可直接采用预填的文字。",
        draft=(
            "本报告根据《中华人民共和国政府信息公开条例》（国务院令第711号）和"
            f"《{_inner_quotes(notice.title)}》（{notice.number}）的要求编制。"
            "所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。"
        ),
    )


def _inner_quotes(title: str) -> str:
    """A title inside 《》 quotes other titles in 〈〉 (GB/T 15834-2011, 4.13)."""
    return title.replace("《", "〈").replace("》", "〉")


REQUEST_COLUMNS: Axis = (
    Group(
        "申请人情况",
        (
            Leaf("individual", "自然人"),
            Group(
                "法人或其他组织",
                (
                    Leaf("company", "商业企业"),
                    Leaf("research", "科研机构"),
                    Leaf("charity", "社会公益组织", aliases=("社会组织",)),
                    Leaf("legal_service", "法律服务机构"),
                    Leaf("other", "其他"),
                ),
            ),
            total(
                "total",
                "总计",
                of=("individual", "company", "research", "charity", "legal_service", "other"),
            ),
        ),
    ),
)


_REFUSED = Group(
    "（三）不予公开",
    (
        Leaf("state_secret", "1.属于国家秘密"),
        Leaf(
            "prohibited_by_law", "2.其他法律行政法规禁止公开", aliases=("2.其他法律法规禁止公开",)
        ),
        Leaf("endangers_security", "3.危及“三安全一稳定”"),
        Leaf("third_party_rights", "4.保护第三方合法权益"),
        Leaf("internal_affairs", "5.属于三类内部事务信息"),
        Leaf("deliberative", "6.属于四类过程性信息"),
        Leaf("enforcement_files", "7.属于行政执法案卷"),
        Leaf("administrative_inquiry", "8.属于行政查询事项"),
    ),
    key="refused",
)
_UNAVAILABLE = Group(
    "（四）无法提供",
    (
        Leaf("not_held", "1.本机关不掌握相关政府信息"),
        Leaf("must_be_created", "2.没有现成信息需要另行制作"),
        Leaf("still_unclear", "3.补正后申请内容仍不明确"),
    ),
    key="unavailable",
)
_NOT_PROCESSED = Group(
    "（五）不予处理",
    (
        Leaf("petition", "1.信访举报投诉类申请"),
        Leaf("repeated", "2.重复申请"),
        Leaf("publication", "3.要求提供公开出版物"),
        Leaf("abusive", "4.无正当理由大量反复申请"),
        Leaf("reconfirmation", "5.要求行政机关确认或重新出具已获取信息"),
    ),
    key="not_processed",
)
_GRANTED = Leaf("granted", "（一）予以公开")
_PARTLY_GRANTED = Leaf(
    "partly_granted",
    "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
    aliases=("（二）部分公开",),
)
_OUTCOME_ROWS = (
    "granted",
    "partly_granted",
    "refused",
    "unavailable",
    "not_processed",
    "other_handling",
)


def requests(other_handling: Leaf | Group) -> Matrix:
    """Table three; the editions differ in the rows of （六）其他处理 only."""
    return Matrix(
        key="requests",
        sheet="表三",
        section="3",
        corner="（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）",
        columns=REQUEST_COLUMNS,
        rows=(
            Leaf("received", "一、本年新收政府信息公开申请数量"),
            Leaf("carried_in", "二、上年结转政府信息公开申请数量"),
            Group(
                "三、本年度办理结果",
                (
                    _GRANTED,
                    _PARTLY_GRANTED,
                    _REFUSED,
                    _UNAVAILABLE,
                    _NOT_PROCESSED,
                    other_handling,
                    total("processed", "（七）总计", of=_OUTCOME_ROWS),
                ),
            ),
            Leaf("carried_out", "四、结转下年度继续办理"),
        ),
        balances=(Balance(("received", "carried_in"), ("processed", "carried_out")),),
        carries=(Carry("carried_in", "carried_out"),),
    )


_OUTCOMES = (
    Leaf("upheld", "结果维持"),
    Leaf("corrected", "结果纠正"),
    Leaf("other", "其他结果"),
    Leaf("pending", "尚未审结"),
    total("total", "总计", of=("upheld", "corrected", "other", "pending")),
)

REMEDIES = Matrix(
    key="remedies",
    sheet="表四",
    section="4",
    columns=(
        Group("行政复议", _OUTCOMES, key="reconsideration"),
        Group(
            "行政诉讼",
            (
                Group("未经复议直接起诉", _OUTCOMES, key="litigation_direct"),
                Group("复议后起诉", _OUTCOMES, key="litigation_after_reconsideration"),
            ),
        ),
    ),
    rows=(Leaf("", ""),),
)
