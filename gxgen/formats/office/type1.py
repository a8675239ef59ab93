"""The number that LibreOffice gives each Type 1 font: it counts on while the process lives.

LibreOffice turns a CFF font into Type 1 for the PDF and writes a ``/UniqueID`` twice, in the clear
and in the part that is encrypted (Adobe Type 1 Font Format, chapter 7), so that the same document
gives other bytes the second time. Here the number follows from the font's place in the file.
"""

from __future__ import annotations

import re

from fontTools.misc.eexec import decrypt  # type: ignore[import-untyped]
from pikepdf import Dictionary, Pdf

_IDENTIFIER = re.compile(rb"/UniqueID (\d{7}) def")
_FIRST = 4_000_000
"""4000000 to 4999999 are free for anybody's use."""

_KEY = 55665
_HEAD = 1024
"""The private dictionary begins with its short entries: the number stands within these bytes."""


def number_fonts(document: Pdf) -> None:
    """Give every embedded Type 1 font a number of its own that is the same in each run."""
    number = _FIRST
    for item in document.objects:
        if isinstance(item, Dictionary) and "/FontFile" in item:
            number += 1
            file = item.FontFile
            data, clear = file.read_bytes(), int(file.Length1)
            end = clear + int(file.Length2)
            numbered = renumbered(data[:clear], data[clear:end], number)
            if numbered is not None:
                file.write(numbered + data[end:])


def renumbered(clear: bytes, secret: bytes, number: int) -> bytes | None:
    """Both parts of a font with another number; None if it has none."""
    new = b"/UniqueID %07d def" % number
    if _IDENTIFIER.search(clear) is None:
        return None
    head, _ = decrypt(secret[:_HEAD], _KEY)
    changed = _IDENTIFIER.sub(new, head, count=1)
    return _IDENTIFIER.sub(new, clear, count=1) + _encrypted_again(secret, head, changed)


def _encrypted_again(secret: bytes, head: bytes, changed: bytes) -> bytes:
    """``secret`` with another beginning. Each byte hangs on all before it: one loop over both,
    in a quarter of the time that fontTools takes for one after the other.
    """
    different = [a ^ b for a, b in zip(head, changed, strict=True)]
    different += [0] * (len(secret) - len(head))
    old = new = _KEY
    out: list[int] = []
    keep = out.append  # a font has tens of thousands of bytes
    for byte, other in zip(secret, different, strict=True):
        fresh = byte ^ other ^ (old ^ new) >> 8
        keep(fresh)
        old = (byte + old) * 52845 + 22719 & 65535
        new = (fresh + new) * 52845 + 22719 & 65535
    return bytes(out)
