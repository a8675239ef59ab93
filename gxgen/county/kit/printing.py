"""All reports of a county's year as one PDF for the printer, with a bookmark for each.

Each report begins on the front of a sheet: page numbers stand at the outer side, and one page more
before a report would turn all of its own inside out.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from gxgen.county.kit.shelf import Shelf, name_of, pdf_of, reports_of
from gxgen.errors import UsageError
from gxgen.model.agency import AgencyKind

if TYPE_CHECKING:
    from pikepdf import Pdf

_MOST_NAMED = 10


def printed_whole(shelf: Shelf) -> bytes:
    """The PDF; the same reports give the same bytes.

    Raises:
        UsageError: a report has no PDF, or there is no report at all.
        EnvironmentProblemError: a PDF is not as it was built.
    """
    from pikepdf import OutlineItem, Pdf

    parts = list(_parts(shelf))
    with Pdf.new() as whole:
        items: list[OutlineItem] = []
        for heading, group in groupby(parts, key=lambda part: part[0]):
            first = OutlineItem(heading, len(whole.pages))
            for _, name, data in group:
                first.children.append(OutlineItem(name, len(whole.pages)))
                _add(whole, data)
            items.append(first)
        with whole.open_outline() as outline:
            outline.root.extend(items)
        out = io.BytesIO()
        whole.save(out, deterministic_id=True)
        return out.getvalue()


def _add(whole: Pdf, data: bytes) -> None:
    from pikepdf import Pdf

    with Pdf.open(io.BytesIO(data)) as report:
        whole.pages.extend(report.pages)
        if len(report.pages) % 2:
            _, _, width, height = map(float, report.pages[-1].mediabox)
            whole.add_blank_page(page_size=(width, height))


def _parts(shelf: Shelf) -> Iterator[tuple[str, str, bytes]]:
    """(kind, unit, PDF): the county's own report first, then the units' by kind."""
    built, kinds = shelf.built(), shelf.kinds
    found = [(one, pdf_of(reports_of(one))) for one in built]
    lacking = [name_of(one) for one, pdf in found if pdf is None]
    if lacking or not found:
        named = "、".join(lacking[:_MOST_NAMED]) + ("等" if len(lacking) > _MOST_NAMED else "")
        what = f"{len(lacking)}个单位的报告没有 PDF：{named}" if lacking else "还没有可以打印的报告"
        raise UsageError(f"{what}。请先运行 gxgen build --format docx,pdf，再打包。")
    own = pdf_of(shelf.of_county())
    if own is not None:
        name = shelf.county.government or shelf.county.name
        yield "全县汇总", name, shelf.bytes_of(own, shelf.outputs[own])
    for kind in AgencyKind:
        for one, pdf in found:
            if pdf is not None and kinds.get(name_of(one), AgencyKind.OTHER) is kind:
                yield kind.value, name_of(one), shelf.bytes_of(pdf, one.files[pdf])
