"""Published files with changed bytes, for a given time: no fault, no hang, no memory eaten.

    python -m benchmarks.mutation [MINUTES] [SEED] [KIND …] [--keep FOLDER]

Sound files of every kind that is imported are changed by their structure: parts of a package, tags
of a page, words of a PDF's packed streams, bits of any. Each try is a process of its own that
imports and audits the file as the commands do, with 300 MB more than it begins with and ten
seconds of processor time; what needs more than four for both is counted as slow. A .doc, .odt or
.rtf, made by LibreOffice where it is there, is converted by it first, as the commands do. A file
that harmed is kept in FOLDER. Ends with 1 where anything was found. Linux only.
"""

from __future__ import annotations

import argparse
import os
import resource
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from random import Random

from benchmarks.hostile import Change, bits, markup, package, pdf, text
from gxgen.audit.judged import audited
from gxgen.county.imports.office import Converter
from gxgen.county.imports.one import taken
from gxgen.diagnostics import Finding
from gxgen.document.blocks import compose
from gxgen.formats.manuscript import Manuscript
from gxgen.formats.registry import FORMATS
from gxgen.published.blocks import RefusedError
from gxgen.published.foreign import foreign_kind
from gxgen.published.formed import read_file
from gxgen.published.reader import Asked
from gxgen.show.audit.page import audit_page
from tests.published.corpus import made, shapes, truth
from tests.published.sealed import sealed
from tests.published.test_round_trip import template
from tests.support import sample_reports

SECONDS, SLOW, MEMORY = 10, 4, 300 * 2**20
MOST_CHANGES = 6
FOREIGN = ("doc", "odt", "rtf")


@dataclass(frozen=True)
class Target:
    """A kind of file: its ending, a sound one, and how it is changed."""

    ending: str
    data: bytes
    changes: tuple[Change, ...]


def targets() -> dict[str, Target]:
    """A sound file of each kind."""
    report = sample_reports()["安丘市行政审批服务局"]
    script = Manuscript(report, compose(report), template("official", report.edition.id))
    written: dict[str, bytes] = {}
    for name in ("docx", "html", "pdf"):
        writer = FORMATS[name].writer
        assert writer is not None
        written[name] = writer.write(script)
    plain, odd = shapes(), sealed()
    page = made(truth(1), plain["page with a site around"])
    old = made(truth(2), odd["page of an old site"])
    found = {
        "docx": Target(".docx", written["docx"], (package, package, bits)),
        "plain docx": Target(".docx", made(truth(1), plain["DOCX"]), (package, package, bits)),
        "html": Target(".html", written["html"], (markup, markup, text, bits)),
        "site": Target(".html", page, (markup, markup, text, bits)),
        "old page": Target(".htm", old, (markup, bits)),
        "pdf": Target(".pdf", written["pdf"], (pdf, pdf, bits)),
        "tabs": Target(".txt", made(truth(1), plain["tabs"]), (text, text, bits)),
        "lines": Target(".txt", made(truth(1), plain["a cell a line"]), (text, text, bits)),
        "markdown": Target(".md", made(truth(1), plain["Markdown"]), (text, text, bits)),
        "mht": Target(".mht", _archived(page), (markup, text, bits)),
    }
    return found | _by_office(written["docx"])


def _archived(page: bytes) -> bytes:
    mail = EmailMessage()
    mail["Subject"] = "x"
    mail.set_content("x")
    mail.add_alternative(page.decode(), subtype="html")
    return mail.as_bytes()


def _by_office(document: bytes) -> dict[str, Target]:
    """The kinds that LibreOffice reads, made by it."""
    import shutil
    import subprocess

    program = shutil.which("soffice")
    if program is None:
        print("no LibreOffice here: .doc, .odt, .rtf and its PDF are left out")
        return {}
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "a.docx")
        source.write_bytes(document)
        for kind in (*FOREIGN, "pdf"):
            words = (program, f"-env:UserInstallation=file://{folder}/profile", "--headless")
            subprocess.run(
                (*words, "--convert-to", kind, "--outdir", folder, str(source)),
                check=True,
                capture_output=True,
                timeout=180,
            )
            change = {"odt": (package, bits), "pdf": (pdf, pdf, bits)}.get(kind, (bits,))
            data = Path(folder, f"a.{kind}").read_bytes()
            found[f"office {kind}"] = Target(f".{kind}", data, change)
    return found


def changed(target: Target, steps: list[int]) -> bytes:
    """The file after these changes; each is known by its own seed."""
    data = target.data
    for step in steps:
        chance = Random(step)
        data = chance.choice(target.changes)(data, chance)
    return data


def let_in(data: bytes, name: str) -> str:
    """What the commands make of a file."""
    try:
        if foreign_kind(data, name) is not None:
            return "for LibreOffice"
    except RefusedError:
        return "refused"
    done = taken(data, name, Asked(), debug=True)
    audit_page(audited(read_file(data, name)))
    return "refused" if done.form is None else "read"


def attempt(data: bytes, name: str) -> str:
    """The same in a process of its own, or what happened to it."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        said = _inside(data, name)
        os.write(writing, said.encode("utf-8", "replace")[:2000])
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.read().decode()
    _, status, used = os.wait4(child, 0)
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        return "hang" if number in (signal.SIGXCPU, signal.SIGALRM) else f"signal {number}"
    took = used.ru_utime + used.ru_stime
    return said if took < SLOW or said not in ("read", "refused") else f"slow {said} {took:.1f} s"


def _inside(data: bytes, name: str) -> str:
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 1)
    os.dup2(null, 2)
    size = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (size + MEMORY, size + MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    signal.alarm(6 * SECONDS)
    try:
        return let_in(data, name)
    except BaseException as error:
        frames = traceback.extract_tb(error.__traceback__)
        own = [frame for frame in frames if "/gxgen/" in frame.filename] or frames
        place = f"{Path(own[-1].filename).name}:{own[-1].lineno}"
        return f"{type(error).__name__} {place} {str(error)[:80]!r}"


def converting(converter: Converter) -> Callable[[bytes, str], str]:
    """A try that goes by LibreOffice first."""

    def attempted(data: bytes, name: str) -> str:
        try:
            made = converter.readable(data, name)
        except Exception as error:  # what the pool should have told as a finding
            return f"{type(error).__name__} {str(error)[:80]!r}"
        return "refused" if isinstance(made, Finding) else attempt(made, name)

    return attempted


def besiege(
    name: str,
    target: Target,
    minutes: float,
    seed: int,
    keep: Path,
    try_one: Callable[[bytes, str], str],
) -> Counter[str]:
    """One kind for so long; what became of the tries."""
    chance, counts = Random(f"{name}{seed}"), Counter[str]()
    until = time.monotonic() + minutes * 60
    while time.monotonic() < until:
        steps = [chance.getrandbits(48) for _ in range(chance.randint(1, MOST_CHANGES))]
        data = changed(target, steps)
        kind = try_one(data, f"报告{target.ending}")
        known = " ".join(kind.split()[:2])
        if known not in SOUND and not counts[known]:
            keep.mkdir(parents=True, exist_ok=True)
            file = keep / f"{name.replace(' ', '-')}-{seed}-{len(counts)}{target.ending}"
            file.write_bytes(data)
            print(f"  {name}: {kind}\n    {file} changes {steps}", flush=True)
        counts[known] += 1
    return counts


SOUND = ("read", "refused", "for LibreOffice")


def main() -> int:
    """Besiege each kind in turn, and print what was found."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.mutation")
    parser.add_argument("minutes", nargs="?", type=float, default=20.0)
    parser.add_argument("seed", nargs="?", type=int, default=1)
    parser.add_argument("kinds", nargs="*")
    parser.add_argument("--keep", type=Path, default=Path("found"))
    asked = parser.parse_args()
    every = targets()
    names = asked.kinds or list(every)
    for name in names:  # what is loaded once is loaded before any process is counted
        assert attempt(every[name].data, f"报告{every[name].ending}") in SOUND, name
        let_in(every[name].data, f"报告{every[name].ending}")
    with Converter() as converter:
        return _told(asked, every, names, converting(converter))


def _told(
    asked: argparse.Namespace,
    every: dict[str, Target],
    names: list[str],
    convert: Callable[[bytes, str], str],
) -> int:
    bad = total = 0
    for name in names:
        share, keep = asked.minutes / len(names), asked.keep.resolve()
        how = convert if every[name].ending.lstrip(".") in FOREIGN else attempt
        counts = besiege(name, every[name], share, asked.seed, keep, how)
        found = {kind: n for kind, n in counts.items() if kind not in SOUND}
        tries = sum(counts.values())
        bad, total = bad + sum(found.values()), total + tries
        told = "  ".join(f"{kind} {counts[kind]}" for kind in SOUND)
        print(f"{name:<12} {tries:>6} tries  {told}", flush=True)
        for kind, number in sorted(found.items(), key=lambda one: -one[1]):
            print(f"  {number:>5} × {kind}", flush=True)
    print(f"{total} tries, {bad} found")
    return int(bool(bad))


if __name__ == "__main__":
    sys.exit(main())
