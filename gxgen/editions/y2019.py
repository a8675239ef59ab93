"""Edition 2019 (report years 2019 and 2020): 国办公开办函〔2019〕60号. Literals only."""

from gxgen.editions.common import REMEDIES, SECTIONS, preamble, requests
from gxgen.editions.schema import Edition, Kind, Notice
from gxgen.editions.tables import Block, Blocks, Head, Leaf

NOTICE = Notice(
    number="国办公开办函〔2019〕60号",
    title="国务院办公厅政府信息与政务公开办公室关于政府信息公开工作年度报告有关事项的通知",
)

PROJECT_HEADS = (
    Head("previous_items", "上一年项目数量"),
    Head("change", "本年增/减", Kind.SIGNED),
    Head("decisions", "处理决定数量"),
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
                Head("produced", "本年新制作数量"),
                Head("published", "本年新公开数量"),
                Head("public_total", "对外公开总数量"),
            ),
            (
                Leaf("rules", "规章"),
                Leaf("normative_documents", "规范性文件", aliases=("行政规范性文件",)),
            ),
        ),
        Block(
            "第二十条第（五）项",
            PROJECT_HEADS,
            (Leaf("licensing", "行政许可"), Leaf("other_services", "其他对外管理服务事项")),
        ),
        Block(
            "第二十条第（六）项",
            PROJECT_HEADS,
            (Leaf("penalties", "行政处罚"), Leaf("coercive_measures", "行政强制")),
        ),
        Block(
            "第二十条第（八）项",
            (
                Head("previous_items", "上一年项目数量"),
                Head("change", "本年增/减", Kind.SIGNED, span=2),
            ),
            (Leaf("fees", "行政事业性收费"),),
        ),
        Block(
            "第二十条第（九）项",
            (
                Head("projects", "采购项目数量"),
                Head(
                    "amount",
                    "采购总金额",
                    Kind.MONEY,
                    span=2,
                    aliases=("采购总金额（单位：万元）",),
                ),
            ),
            (Leaf("procurement", "政府集中采购"),),
        ),
    ),
)

REQUESTS = requests(Leaf("other_handling", "（六）其他处理"))

EDITION = Edition(
    id="2019",
    first_year=2019,
    notice=NOTICE,
    sections=(preamble(NOTICE), *SECTIONS),
    tables=(DISCLOSURE, REQUESTS, REMEDIES),
)
