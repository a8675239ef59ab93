"""The render step in Python, on the terms of render.mjs beside it.

    python -m benchmarks.peers.render ENGINE TEMPLATE DATA OUTPUT

DATA is a JSON list of contexts. Prints the milliseconds from the first report to the last one on
disk, and those of the processor; the template is loaded by then, and three reports went before
unmeasured.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

Render = Callable[[dict[str, Any], Path], object]

WARM = 3


def by_gxgen(template: Path) -> Render:
    """The compiled template, as ``gxgen build`` renders."""
    from gxgen.editions.declared import EDITIONS
    from gxgen.formats.docx.template import compile_template

    newest = max(EDITIONS.values(), key=lambda edition: edition.first_year)
    compiled = compile_template(template.read_bytes(), newest)
    return lambda context, path: path.write_bytes(compiled.render(context))


def by_docxtpl(template: Path) -> Render:
    """What docxtpl's manual shows."""
    from docxtpl import DocxTemplate

    def render(context: dict[str, Any], path: Path) -> None:
        document = DocxTemplate(template)
        document.render(context, autoescape=True)
        document.save(path)

    return render


ENGINES = {"gxgen": by_gxgen, "docxtpl": by_docxtpl}


def main(engine: str, template: str, data: str, output: str) -> None:
    """Render all, and say how long it took."""
    contexts = json.loads(Path(data).read_text("utf-8"))
    render = ENGINES[engine](Path(template))
    targets = [Path(output) / f"{number:04}.docx" for number in range(len(contexts))]
    for context, target in list(zip(contexts, targets, strict=True))[:WARM]:
        render(context, target)
    start, used = time.perf_counter(), time.process_time()
    for context, target in zip(contexts, targets, strict=True):
        render(context, target)
    print((time.perf_counter() - start) * 1e3, (time.process_time() - used) * 1e3)


if __name__ == "__main__":
    main(*sys.argv[1:])
