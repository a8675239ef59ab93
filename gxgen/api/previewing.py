"""How a form's report will look, before or without a build."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from gxgen.errors import EnvironmentProblemError

if TYPE_CHECKING:
    from gxgen.api.project import Project


def preview(project: Project, form: Path, kind: str) -> bytes | None:
    """A form's report as ``html`` or ``pdf`` in its county's style, with what lies around it in the
    project; one with errors is marked as a draft. Nothing is written. None where the form cannot be
    read.

    Raises:
        UsageError: there is no such form or style.
        EnvironmentProblemError: it cannot be read, or nothing on this machine makes such a file.
        DiedError: whoever worked on it came to an end.
    """
    from gxgen.county.around import read
    from gxgen.county.batch import DEFAULT_STYLE
    from gxgen.county.conversion import wanted_for
    from gxgen.county.gate import Gate
    from gxgen.county.plan import plan
    from gxgen.county.unit import work
    from gxgen.county.workers import apart
    from gxgen.formats.wanted import PdfEngine

    filing = read(plan([form], project.output)[0])
    gate = Gate.of(filing.county.style if filing.county else DEFAULT_STYLE)
    wanted = wanted_for(None, gate.files, (kind,), PdfEngine.BUILTIN)
    made = apart(partial(work, draft=True, debug=False), filing, gate.passed([None]), wanted)
    if made.faults:
        raise EnvironmentProblemError("\n".join(made.faults))
    return made.documents.get(kind)
