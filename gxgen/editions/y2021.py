"""Edition 2021 (report years 2021 onward): 国办公开办函〔2021〕30号. Literals only."""

from gxgen.editions.common import REMEDIES, SECTIONS, preamble, requests
from gxgen.editions.schema import Edition, Kind, Notice
from gxgen.editions.tables import Block, Blocks, Group, Head, Leaf

NOTICE = Notice(
    number="国办公开办函〔2021〕30号",
    title="国务院办公厅政府信息与政务公开办公室关于印发《中华人民共和国政府信息公开工作年度报告格式》的通知",
)

DISCLOSURE = Blocks(
    key="disclosure",
    sheet="表二",
    section="2",
    stub_head="信息内容",
    blocks=(
        Block(
            "第二十条第（一）项",
            (
                Head("issued", "本年制发件数"),
                Head("repealed", "本年废止件数"),
                Head("in_force", "现行有效件数", aliases=("现行有效件",)),
            ),
            (
                Leaf("rules", "规章"),
                Leaf("normative_documents", "行政规范性文件", aliases=("规范性文件",)),
            ),
        ),
        Block(
            "第二十条第（五）项",
            (Head("decisions", "本年处理决定数量", span=3),),
            (Leaf("licensing", "行政许可"),),
        ),
        Block(
            "第二十条第（六）项",
            (Head("decisions", "本年处理决定数量", span=3),),
            (Leaf("penalties", "行政处罚"), Leaf("coercive_measures", "行政强制")),
        ),
        Block(
            "第二十条第（八）项",
            (
                Head(
                    "amount",
                    "本年收费金额（单位：万元）",
                    Kind.MONEY,
                    span=3,
                    aliases=("本年收费金额（单位：万元，保留4位小数）", "本年收费金额"),
                ),
            ),
            (Leaf("fees", "行政事业性收费"),),
        ),
    ),
)

REQUESTS = requests(
    Group(
        "（六）其他处理",
        (
            Leaf(
                "not_corrected",
                "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
            ),
            Leaf(
                "fee_unpaid",
                "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
            ),
            Leaf("other", "3.其他"),
        ),
        key="other_handling",
    )
)

EDITION = Edition(
    id="2021",
    first_year=2021,
    notice=NOTICE,
    sections=(preamble(NOTICE), *SECTIONS),
    tables=(DISCLOSURE, REQUESTS, REMEDIES),
)
