"""A stand-in for LibreOffice that a test can make hang or crash, and what it leaves behind."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pikepdf

from gxgen.errors import GxgenError
from gxgen.formats.office.pool import ConversionError, Converted, Fault, Format, OfficePool
from gxgen.opc.package import CONTENT_TYPES, CORE, DOCUMENT, MAIN_TYPE, FixedZip

HANGS, HANGS_ONCE, CRASHES, SILENT, RUBBISH = "卡住", "卡一次", "崩溃", "不写", "乱写"

_STUB = f"""#!/bin/sh
# the last argument is the document, the one before it the folder
for last; do folder=$document; document=$last; done
echo "$*" >> "$STUB/calls"
case "$*" in *--convert-to*) ;; *) {{server}} ;; esac
stem=${{document##*/}}; stem=${{stem%.docx}}
hang() {{ sleep 300 & echo $! >> "$STUB/pids"; echo $$ >> "$STUB/pids"; sleep 300; }}
case "$stem" in
  *{HANGS}*) hang ;;
  *{HANGS_ONCE}*) [ -e "$STUB/once" ] || {{ : > "$STUB/once"; hang; }} ;;
  *{CRASHES}*) kill -SEGV $$ ;;
  *{SILENT}*) exit 0 ;;
  *{RUBBISH}*) echo "这不是PDF" > "$folder/$stem.pdf"; exit 0 ;;
esac
cp "$STUB/canned.pdf" "$folder/$stem.pdf"
"""
NO_SERVER, DEAF_SERVER = "exit 0", "sleep 300"


def make_stub(folder: Path, server: str = NO_SERVER) -> Path:
    """A soffice that copies a PDF; ``server`` is what it does when nothing is to be converted."""
    folder.mkdir()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(folder / "canned.pdf")
    program = folder / "soffice"
    text = _STUB.replace("{server}", server).replace("{{", "{").replace("}}", "}")
    program.write_text(text.replace('"$STUB', f'"{folder}'), encoding="utf-8")
    program.chmod(0o755)
    return program


def pids(folder: Path) -> list[int]:
    """The processes that were made to hang: two for each call."""
    noted = folder / "pids"
    return [int(line) for line in noted.read_text().split()] if noted.exists() else []


def alive(pid: int) -> bool:
    """Whether a process runs; one that has ended and waits to be counted does not."""
    stat = Path(f"/proc/{pid}/stat")
    if Path("/proc").is_dir():
        return stat.exists() and stat.read_text().rpartition(")")[2].split()[0] != "Z"
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def all_dead(processes: list[int], within: float = 5.0) -> bool:
    """Whether all of them end in time."""
    limit = time.monotonic() + within
    while any(map(alive, processes)) and time.monotonic() < limit:
        time.sleep(0.02)
    return not any(map(alive, processes))


def small_docx(title: str = "", text: str = "正文") -> bytes:
    """The least that is a DOCX: a title among its properties, and one paragraph."""
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    core = f'<core xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title></core>'
    members = {
        CONTENT_TYPES: b"<Types>" + MAIN_TYPE + b"</Types>",
        DOCUMENT: f'<w:document xmlns:w="{word}"><w:t>{text}</w:t></w:document>'.encode(),
        CORE: core.encode(),
    }
    return FixedZip(members).build({})


Item = tuple[str, bytes, Format]
"""Name of the agency or the report, its DOCX, the format wanted."""


def convert_all(pool: OfficePool, items: Iterable[Item]) -> list[tuple[str, Converted | Fault]]:
    """Each name with its document or its fault, several at a time, as a build's threads do it."""

    def settled(item: Item) -> tuple[str, Converted | Fault]:
        try:
            return item[0], pool.convert(*item)
        except ConversionError as error:
            return item[0], error.fault
        except GxgenError as error:
            return item[0], Fault(item[2], f"{item[0]}的PDF没有生成：{error}")

    with ThreadPoolExecutor(pool.workers + 1) as crew:
        return list(crew.map(settled, items))
