"""The form of 2021 with （六）其他处理 in one row, as many reports print it still. Literals only.

Its tables two and four are those of 2021, its table three is that of 2019. The one figure is the
block's as a whole and belongs to none of the three rows that the form of 2021 has.
"""

from gxgen.editions import y2019, y2021
from gxgen.editions.common import REMEDIES, SECTIONS, preamble
from gxgen.editions.schema import Edition

EDITION = Edition(
    id="2021-one-row",
    first_year=2021,
    notice=y2021.NOTICE,
    sections=(preamble(y2021.NOTICE), *SECTIONS),
    tables=(y2021.DISCLOSURE, y2019.REQUESTS, REMEDIES),
    published_only=True,
)
