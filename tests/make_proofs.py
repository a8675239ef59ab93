"""Writes ``docs/proofs``: pages of both styles as LibreOffice prints them, to be looked at.

python -m tests.make_proofs
"""

from __future__ import annotations

import struct
import subprocess
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from gxgen.fonts.catalogue import own_faces
from gxgen.fonts.faces import Role
from gxgen.formats.docx.fill import render_docx
from tests.formats.page_cases import cases
from tests.formats.page_support import docx_of, printed
from tests.formats.pdf_support import pages
from tests.formats.test_pictures import CASES, pictured, rich
from tests.support import ROOT, need_tool, sample_reports

FOLDER = ROOT / "docs" / "proofs"
DPI, COLUMNS, GAP = 64, 6, 6
FIRST, TABLE, REMEDIES, LAST = "首页", "表三", "表四", "末页"
EXTREMES: dict[str, tuple[str | int, ...]] = {
    "长机关名": (FIRST, LAST),
    "生僻字": (FIRST, LAST),
    "一行正文": (FIRST, LAST),
    "三十页正文": (2, 27),
    "一至七位数": (TABLE, REMEDIES),
    "七位数": (TABLE, REMEDIES),
    "七位数，旧格式": (2, TABLE),
    "长网址": (LAST,),
    "只署单位": (LAST,),
    "无落款": (LAST,),
    "短单位名": (LAST,),
    "15行，2021": (LAST,),
    "草稿": (FIRST,),
}
"""Which pages of each extreme case are worth a look, by name or number."""
MARKS = {TABLE: "申请人情况", REMEDIES: "复议后起诉"}
GREYS, REDS = 12, 4
"""Shades of the palette, of sixteen in all; a draft's mark is red."""


def main() -> None:
    """Write the contact sheets and the page that says what stands on them."""
    wanted = dict.fromkeys(sample_reports(), (FIRST, TABLE, LAST)) | EXTREMES
    made = printed({name: docx_of(cases()[name]) for name in wanted})
    shown = [
        (f"{name}：{page if isinstance(page, str) else f'第{page}页'}", made[name], page)
        for name, chosen in wanted.items()
        for page in chosen
    ]
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.glob("*.png"):
        old.unlink()
    sheets = list(batched(shown, 2 * COLUMNS))
    for number, sheet in enumerate(sheets, 1):
        images = [picture(pdf, number_of(pdf, page)) for _, pdf, page in sheet]
        (FOLDER / f"{number}.png").write_bytes(contact_sheet(images))
    illustrated = _illustrated()
    text = (
        "\n".join(_readme([[name for name, *_ in sheet] for sheet in sheets], illustrated)) + "\n"
    )
    (FOLDER / "README.md").write_text(text, encoding="utf-8")


ACCENTS = {
    "图文版，红": ("安丘市凌河街道办事处", "红"),
    "图文版，湖蓝": ("every picture", "湖蓝"),
    "图文版，松绿": ("老城区机关事务服务中心", "松绿"),
    "图文版，七位数": ("seven digits", "红"),
}
"""A case of the illustrated edition for each sheet, and its colours."""


def _illustrated() -> tuple[str, ...]:
    """Write a sheet of all pages of each case; the names."""
    made = printed({name: _pictured(*about) for name, about in ACCENTS.items()})
    for place, pdf in enumerate(made.values(), 1):
        images = [_coloured(pdf, number + 1) for number in range(len(pages(pdf)))]
        (FOLDER / f"illustrated-{place}.png").write_bytes(_colour_sheet(images))
    return tuple(ACCENTS)


def _pictured(case: str, accent: str) -> bytes:
    report = rich() if case == "every picture" else CASES[case]()
    facts = replace(report.facts, accent=accent)
    return render_docx(replace(report, facts=facts), pictured(report.edition.id))


def _coloured(pdf: bytes, page: int) -> Picture:
    """A page in all its colours, three bytes a pixel."""
    width, height, data = _pixels(pdf, page, 48)
    return width, height, [data[n * 3 * width : (n + 1) * 3 * width] for n in range(height)]


def _colour_sheet(images: Sequence[Picture]) -> bytes:
    """A PNG with the pictures in rows, in true colour."""
    width, height = images[0][:2]
    gap, empty = bytes([160]) * 3 * GAP, (width, height, [bytes([160]) * 3 * width] * height)
    rows: list[bytes] = []
    for row in batched(images, 4):
        filled = [*row, *[empty] * (4 - len(row))]
        rows += [gap.join(parts) for parts in zip(*(p[2] for p in filled), strict=True)]
        rows += [bytes([160]) * len(rows[0])] * GAP
    head = struct.pack(">IIBBBBB", len(rows[0]) // 3, len(rows), 8, 2, 0, 0, 0)
    body = zlib.compress(b"".join(b"\0" + row for row in rows), 9)
    return _chunks(((b"IHDR", head), (b"IDAT", body), (b"IEND", b"")))


def batched(items: Sequence[Any], size: int) -> Iterator[Sequence[Any]]:
    """So many items at a time; the last may be fewer."""
    return (items[n : n + size] for n in range(0, len(items), size))


def number_of(pdf: bytes, page: str | int) -> int:
    """The number of a page that is known by what stands on it."""
    if isinstance(page, int):
        return page
    texts = ["".join(one.extract_text().split()) for one in pages(pdf)]
    named = {FIRST: 1, LAST: len(texts)}
    return named.get(page) or next(n for n, t in enumerate(texts, 1) if MARKS[page] in t)


Picture = tuple[int, int, list[bytes]]
"""Width, height, and rows of palette entries, one a byte."""


def picture(pdf: bytes, page: int) -> Picture:
    """A page in the colours of the palette."""
    width, height, data = _pixels(pdf, page, DPI)
    red, green = data[0::3], data[1::3]
    entries = green.translate(bytes(value * (GREYS - 1) // 255 for value in range(256)))
    if red != green:
        pairs = zip(red, green, entries, strict=True)
        entries = bytes(_red(g) if r > g + 24 else entry for r, g, entry in pairs)
    return width, height, [entries[n * width : (n + 1) * width] for n in range(height)]


def _pixels(pdf: bytes, page: int, dpi: int) -> tuple[int, int, bytes]:
    """Width, height, and three bytes a pixel."""
    command = [need_tool("pdftoppm"), "-r", str(dpi), "-f", str(page), "-l", str(page)]
    done = subprocess.run(command, input=pdf, capture_output=True, check=True)
    kind, size, _, data = done.stdout.split(b"\n", 3)
    assert kind == b"P6"
    width, height = map(int, size.split())
    return width, height, data


def _red(green: int) -> int:
    return GREYS + green * (REDS - 1) // 255


@cache
def _palette() -> bytes:
    greys = [[255 * n // (GREYS - 1)] * 3 for n in range(GREYS)]
    reds = [[192 + 63 * n // REDS, *[255 * n // REDS] * 2] for n in range(REDS)]
    return bytes(value for colour in (*greys, *reds) for value in colour)


def contact_sheet(images: Sequence[Picture]) -> bytes:
    """A PNG with the pictures in rows, as a palette of sixteen colours."""
    width, height = images[0][:2]
    ground = GREYS * 2 // 3
    rows, gap = [], bytes([ground]) * GAP
    empty = (width, height, [bytes([ground]) * width] * height)
    for row in batched(images, COLUMNS):
        filled = [*row, *[empty] * (COLUMNS - len(row))]
        rows += [gap * (COLUMNS + 1) + bytes([ground]) * width * COLUMNS] * GAP
        rows += [gap + gap.join(parts) + gap for parts in zip(*(p[2] for p in filled), strict=True)]
    rows += rows[:GAP]
    return _png(rows)


def _png(rows: Sequence[bytes]) -> bytes:
    """Rows of palette entries as a PNG of four bits a pixel."""
    width = len(rows[0])
    body = b"".join(b"\0" + bytes(_packed(row)) for row in rows)
    head = struct.pack(">IIBBBBB", width, len(rows), 4, 3, 0, 0, 0)
    parts = (
        (b"IHDR", head),
        (b"PLTE", _palette()),
        (b"IDAT", zlib.compress(body, 9)),
        (b"IEND", b""),
    )
    return _chunks(parts)


def _chunks(parts: Iterable[tuple[bytes, bytes]]) -> bytes:
    """A PNG of these chunks."""
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    )


def _packed(row: bytes) -> Iterator[int]:
    row += b"\0" * (len(row) % 2)
    return (high << 4 | low for high, low in zip(row[0::2], row[1::2], strict=True))


def _readme(sheets: Sequence[Sequence[str]], illustrated: Sequence[str]) -> Iterator[str]:
    yield "# Page proofs"
    yield ""
    yield "Pages of the Word documents as LibreOffice prints them, made by"
    yield "`python -m tests.make_proofs` and looked at; `tests/formats/test_page.py` measures the"
    yield "same documents. Each sheet is read row by row. Where the official faces are not"
    yield "installed, free ones stand in; here:"
    yield ""
    for role in Role:
        face = own_faces().choice(role).face
        yield f"- {role.value}: {face.families[0] if face else 'none'}"
    for number, names in enumerate(sheets, 1):
        yield ""
        yield f"## Sheet {number}"
        yield ""
        yield f"![Sheet {number}]({number}.png)"
        yield ""
        yield "；".join(names) + "。"
    for place, name in enumerate(illustrated, 1):
        yield ""
        yield f"## {name}"
        yield ""
        yield f"![{name}](illustrated-{place}.png)"


if __name__ == "__main__":
    main()
