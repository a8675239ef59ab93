"""What ``gxgen --help`` imports: the heavy libraries must not be among it.

python -m benchmarks.startup
"""

from __future__ import annotations

import subprocess
import sys

HEAVY = ("openpyxl", "docxtpl", "docx", "lxml", "xlsxwriter", "jinja2", "rich")
PROGRAM = """
import sys
from gxgen.cli import main
main(["--help"])
print(*[m for m in %r if m in sys.modules], file=sys.stderr)
"""


def imported() -> list[str]:
    """The heavy libraries that ``gxgen --help`` imports, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM % (HEAVY,)], capture_output=True, text=True, check=True
    )
    return done.stderr.split()


if __name__ == "__main__":
    found = imported()
    print("gxgen --help imports:", ", ".join(found) or "none of " + ", ".join(HEAVY))
