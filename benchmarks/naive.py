"""What a user would otherwise write: openpyxl, docxtpl, one workbook after the other or a pool.

    python -m benchmarks.naive INPUT_FOLDER OUTPUT_FOLDER PROCESSES

Figures by the form's defined names, paragraphs from sheet 正文; no checks at all.
"""

from __future__ import annotations

import sys
from multiprocessing import Pool
from pathlib import Path
from typing import Any

import openpyxl
from docxtpl import DocxTemplate

from gxgen.editions.declared import EDITIONS
from gxgen.formats.docx.context import vocabulary
from gxgen.templates.styles import shipped_templates

TEMPLATE = shipped_templates() / "official" / "report-2021.docx"
SHAPE = vocabulary(EDITIONS["2021"])


def context_of(path: Path) -> dict[str, Any]:
    """The template's context, as far as a plain script takes it."""
    book = openpyxl.load_workbook(path, data_only=True)
    context: dict[str, Any] = {}
    for name, defined in book.defined_names.items():
        sheet, cell = next(iter(defined.destinations))
        _put(context, name.removeprefix("gx.").split("."), book[sheet][cell.replace("$", "")].value)
    _texts(context, book["正文"])
    name, year = context["agency"]["name"], context["report"]["year"]
    context |= {
        "title": f"{name}\n{year}年政府信息公开工作年度报告",
        "document_title": f"{name}{year}年政府信息公开工作年度报告",
        "draft_mark": "",
        "year": year,
        "agency": name,
        "short_name": name,
        "sign_off": dict.fromkeys(SHAPE["sign_off"], ""),
    }
    return context


def _put(context: dict[str, Any], path: list[str], value: Any) -> None:
    for part in path[:-1]:
        context = context.setdefault(part, {})
    context[path[-1]] = 0 if value is None else value


def _texts(context: dict[str, Any], sheet: Any) -> None:
    slots = ["preamble", *(f"section{number}" for number in range(1, 7))]
    context |= {slot: [] for slot in slots}
    current = iter(slots)
    slot = slots[0]
    for marker, _, text in sheet.iter_rows(min_row=4, max_col=3, values_only=True):
        if marker and marker != "提示":
            slot = next(current, slot)
        elif text and not marker:
            block = {**dict.fromkeys(SHAPE["section1"][0], ""), "level": 0, "text": str(text)}
            context[slot].append(block)


def report(task: tuple[Path, Path]) -> None:
    """One workbook to one DOCX."""
    source, target = task
    document = DocxTemplate(TEMPLATE)
    document.render(context_of(source), autoescape=True)
    document.save(target)


def main(folder: str, output: str, processes: str) -> None:
    """All workbooks of a folder."""
    Path(output).mkdir(parents=True, exist_ok=True)
    sources = sorted(Path(folder).glob("*.xlsx"))
    tasks = [(path, Path(output) / f"{path.stem}.docx") for path in sources]
    if processes == "1":
        for task in tasks:
            report(task)
        return
    with Pool(int(processes)) as pool:
        pool.map(report, tasks, chunksize=4)


if __name__ == "__main__":
    main(*sys.argv[1:])
