"""A template in other colours: each of a palette's exchanged for its counterpart."""

from __future__ import annotations

import re
from collections.abc import Mapping

from gxgen.formats.docx.wordml import part_names
from gxgen.opc.package import DOCUMENT, Members


def tinted(members: Members, colours: Mapping[str, str]) -> Members:
    """The members with these colours exchanged wherever an attribute names one."""
    named = re.compile(rf'(?<==")(?:{"|".join(colours)})(?=")')
    parts = (DOCUMENT, "word/styles.xml", *part_names(members))
    changed = {
        name: named.sub(lambda found: colours[found[0]], members[name].decode()).encode()
        for name in parts
        if name in members
    }
    return members | changed
