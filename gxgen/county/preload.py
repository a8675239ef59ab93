"""All that a worker needs, loaded when this is imported: done once, in the process that the
workers are copied from, while the command itself still looks at the folder."""

from __future__ import annotations

from lxml import etree  # noqa: F401 - for the workers

import gxgen.county.tasks
import gxgen.county.unit
import gxgen.formats.docx.environment
import gxgen.formats.docx.fill
import gxgen.formats.docx.verify  # noqa: F401 - for the workers
from gxgen.checks import registry

registry.rules()
