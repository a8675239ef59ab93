"""Measurements against what a user would otherwise run; see README.md in this folder."""

import compileall
import os
from pathlib import Path

# gxgen as an installed one is, its byte code written: Python would otherwise compile every module
# in every process where the environment forbids it to keep what it compiled.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
for _folder in ("gxgen", "benchmarks"):
    compileall.compile_dir(Path(__file__).parents[1] / _folder, quiet=2)
