"""Where the numbers of a report come from."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from gxgen.errors import UsageError

if TYPE_CHECKING:
    from gxgen.checks.trace import Trace
    from gxgen.county.agency_year import Judgement

_DOCUMENTS = (".docx", ".doc", ".html", ".htm", ".pdf")


def trace(
    workbook: Path, number: str | None = None, *, last_year: Path | None = None
) -> tuple[Trace | None, Judgement]:
    """Every number of a form and of its text, or those that are ``number`` (or stand in that
    cell), with what checked them; no trace where the form cannot be read.

    Raises:
        UsageError: there is no such file, it is no form, or ``number`` is none.
        EnvironmentProblemError: it cannot be read.
    """
    from gxgen.api import OUTPUT
    from gxgen.checks.trace import narrowed
    from gxgen.checks.trace import trace as traced
    from gxgen.county.plan import plan, read
    from gxgen.county.unit import check_unit

    if workbook.is_dir() or workbook.suffix.lower() in _DOCUMENTS:
        raise UsageError(
            f"{workbook}：现在只能追溯填报表（.xlsx）里的数，请写这份报告的填报表"
            f"{_made_from(workbook)}；旁边的文字文件会一起读。"
        )
    judged = check_unit(read(plan([workbook], OUTPUT, previous=last_year)[0]))
    if judged.report is None:
        return None, judged
    whole = traced(judged.report, judged.findings)
    return (whole if number is None else narrowed(whole, number)), judged


def _made_from(document: Path) -> str:
    """The form that a report was built from, where the manifest beside it says so."""
    import json

    from gxgen.county.outputs import MANIFEST

    try:
        listed = json.loads((document.parent / MANIFEST).read_bytes())["units"]
        forms = {file["file"]: unit["input"] for unit in listed for file in unit["outputs"]}
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return ""
    form = forms.get(document.name)
    return f"（{form}）" if form else ""


def write_page(whole: Trace, path: Path, *, force: bool = False) -> None:
    """A trace as one self-contained page.

    Raises:
        UsageError: the name is no page's, or the file exists and ``force`` is off.
    """
    from gxgen.api.importing import refuse_existing
    from gxgen.county.files import write_whole
    from gxgen.show.trace.page import trace_page

    if path.suffix.lower() not in (".html", ".htm"):
        raise UsageError(f"{path}：网页的文件名要以 .html 结尾。")
    refuse_existing([path], force)
    write_whole(path, trace_page(whole))
