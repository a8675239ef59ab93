"""Hand edits planted in built reports, and what ``gxgen audit --against`` tells of them.

    python -m benchmarks.audit [edits] [seed]

A report of an invented agency is built as DOCX or web page, in either style. One to four edits are
then made in the file itself, each elsewhere: a figure, a word, a number in a sentence, a comma; a
sentence dropped, added or moved; a whole paragraph dropped, added or moved. The truth is what was
planted, by the text of the paragraphs in the file: nothing of the comparison is asked. Prints for
each kind how many edits were told as planted, how many findings were about anything else, what
untouched files in every format were told of, and the processor time.
"""

from __future__ import annotations

import io
import re
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from lxml import etree, html
from lxml.etree import _Element

from gxgen.audit.against import Against, Fate
from gxgen.audit.judged import Audit, audited
from gxgen.demo.agencies import demo_agency
from gxgen.demo.county import clean_report
from gxgen.diagnostics import Severity
from gxgen.document.blocks import compose
from gxgen.editions.declared import EDITIONS
from gxgen.formats.docx.template import compile_template
from gxgen.formats.manuscript import Manuscript
from gxgen.formats.registry import FORMATS
from gxgen.model.report import Report
from gxgen.prose.filled import filled
from gxgen.published.reader import read_published

STYLES = ("official", "illustrated")
KINDS = (
    "figure", "word", "number", "comma", "sentence dropped", "sentence added", "sentence moved",
    "paragraph dropped", "paragraph added", "paragraph moved",
)  # fmt: skip
MOST_EDITS = 4
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SENTENCE = re.compile(r"[^。；！？;]+[。；！？;]")
_ADDED = (
    "院内新栽的两株石榴今秋首次挂果。",
    "食堂每周四改供面食，职工反响热烈。",
    "电梯已于夏末更换钢丝绳并重新校准。",
    "档案库房的除湿机运行平稳。",
    "门前车位重新划线，访客可停一小时。",
    "羽毛球队在秋季友谊赛中名列前茅。",
    "屋顶光伏板全年发电良好。",
    "图书角添置地方志若干册。",
)
_WORDS = ("荷塘", "驼铃", "薄荷", "渔火", "陶罐", "雪橇")

Told = tuple[str, str | None, str | None]
"""(fate, the text built, the text found); of a figure the two numbers."""


@dataclass
class File:
    """A built report taken apart: its paragraphs outside tables, and its tables' cells."""

    root: _Element
    paragraphs: list[_Element]
    tables: list[_Element]
    text: Callable[[_Element], str]
    write: Callable[[_Element, str], None]
    close: Callable[[], bytes]


@dataclass
class Planted:
    """A file with edits; each with what must be told of it."""

    kinds: list[str] = field(default_factory=list)
    wanted: list[set[tuple[Told, ...]]] = field(default_factory=list)
    """Of each edit the sets of findings that tell it: a move can be told from either side."""


def demo_report(index: int) -> Report:
    """An invented agency's report, in turn in the form of 2021 and of 2019."""
    return filled(clean_report(demo_agency("审读县", index), (2024, 2020)[index % 2]))[0]


def built(report: Report, kind: str, style: str) -> bytes:
    """It as one of our documents."""
    path = Path("templates") / style / f"report-{report.edition.id}.docx"
    compiled = compile_template(path.read_bytes(), EDITIONS[report.edition.id])
    writer = FORMATS[kind].writer
    if writer is None:
        raise ValueError(kind)
    return writer.write(Manuscript(report, compose(report), compiled))


# -- files taken apart -----------------------------------------------------------------------------


def opened(data: bytes, kind: str) -> File:
    """A DOCX or a page, ready for edits."""
    return _docx(data) if kind == "docx" else _page(data)


def _docx(data: bytes) -> File:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    root = etree.fromstring(parts["word/document.xml"])
    body = root.find(f"{_W}body")
    if body is None:
        raise ValueError("no body")

    def close() -> bytes:
        parts["word/document.xml"] = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
            for name, part in parts.items():
                package.writestr(name, part)
        return out.getvalue()

    def write(element: _Element, text: str) -> None:
        first, *rest = element.iter(f"{_W}t")
        first.text = text
        for one in rest:
            one.text = ""

    def said(element: _Element) -> str:
        return "".join(one.text or "" for one in element.iter(f"{_W}t"))

    return File(root, body.findall(f"{_W}p"), list(body.iter(f"{_W}tbl")), said, write, close)


def _page(data: bytes) -> File:
    root = html.fromstring(data.decode("utf-8"))

    def write(element: _Element, text: str) -> None:
        for child in list(element):
            element.remove(child)
        element.text = text

    def said(element: _Element) -> str:
        return "".join(map(str, element.itertext())).strip()

    paragraphs = [one for one in root.iter("p") if not list(one.iterancestors("td", "figure"))]
    tables = list(root.iter("table"))
    close = lambda: b"<!DOCTYPE html>" + html.tostring(root, encoding="utf-8")  # noqa: E731
    return File(root, paragraphs, tables, said, write, close)


# -- edits -----------------------------------------------------------------------------------------


class Editor:
    """Makes edits in one file; each paragraph and each figure is touched once."""

    def __init__(self, random: Random, file: File, report: Report) -> None:
        """Only paragraphs that are the agency's own text word for word are touched."""
        self.random, self.file, self.report = random, file, report
        own = [p.text for passage in report.narrative for p in passage.paragraphs]
        once = Counter(sentence for text in own for sentence in _SENTENCE.findall(text))
        self.free = [
            p
            for p in file.paragraphs
            if (text := file.text(p)) in own
            and "".join(cut := _SENTENCE.findall(text)) == text
            and not re.search("[。；！？;][”’」』）》)]", text)
            and all(once[one] == 1 and len(one) > 12 for one in cut)
        ]
        self.order = list(self.free)
        self.strange = random.sample(_ADDED, len(_ADDED))
        self.numbers: set[str] = set()
        self.planted = Planted()

    def cut(self, paragraph: _Element) -> list[str]:
        """Its sentences."""
        return _SENTENCE.findall(self.file.text(paragraph))

    def take(self, *, sentences: int = 1) -> _Element | None:
        """A paragraph that nothing was done to, with so many sentences at least."""
        fit = [one for one in self.free if len(self.cut(one)) >= sentences]
        if not fit:
            return None
        chosen = self.random.choice(fit)
        self.free.remove(chosen)
        return chosen

    def plant(self, kind: str) -> None:
        """One edit, where there is still a place for it."""
        told = self._figure() if kind == "figure" else self._text(kind)
        if told:
            self.planted.kinds.append(kind)
            self.planted.wanted.append(told)

    def _text(self, kind: str) -> set[tuple[Told, ...]] | None:
        what, _, how = kind.partition(" ")
        if what in ("word", "number", "comma"):
            return self._reworded(what)
        return self._sentence(how) if what == "sentence" else self._paragraph(how)

    def _figure(self) -> set[tuple[Told, ...]] | None:
        edition = self.report.edition
        key = self.random.choice([k for k in edition.fields if k not in self.numbers])
        self.numbers.add(key)
        table = edition.fields[key].table
        grid = edition.grids[table]
        own = [t for t in self.file.tables if len(_rows(t)) == grid.rows][-1]
        cells = [c for c in grid.cells if c.row == grid.figures[key].row]
        cell = _cells(_rows(own)[grid.figures[key].row])[
            sorted(c.column for c in cells).index(grid.figures[key].column)
        ]
        old = self.report.values[key]
        new = old + self.random.randint(1, 40)
        self.file.write(cell, str(new))
        return {((f"figure {key}", str(old), str(new)),)}

    def _reworded(self, what: str) -> set[tuple[Told, ...]] | None:
        paragraph = self.take()
        if paragraph is None:
            return None
        cut = self.cut(paragraph)
        at = self.random.randrange(len(cut))
        old = cut[at]
        cut[at] = _edited(self.random, old, what)
        if cut[at] == old:
            self.free.append(paragraph)
            return None
        self.file.write(paragraph, "".join(cut))
        return {(("changed", old, cut[at]),)}

    def _sentence(self, how: str) -> set[tuple[Told, ...]] | None:
        paragraph = self.take(sentences=1 if how == "added" else 2)
        if paragraph is None:
            return None
        cut = self.cut(paragraph)
        at = self.random.randrange(len(cut))
        if how == "added":
            new = self.strange.pop()
            cut.insert(at, new)
            self.file.write(paragraph, "".join(cut))
            return {(("added", None, new),)}
        old = cut.pop(at)
        if how == "moved" and not self._put(old, paragraph):
            return None
        self.file.write(paragraph, "".join(cut))
        return {(("moved", old, old),) if how == "moved" else (("missing", old, None),)}

    def _put(self, sentence: str, home: _Element) -> bool:
        """Set a sentence into another paragraph, at least three sentences away."""
        here = self.order.index(home)
        for there in self.random.sample(self.order, len(self.order)):
            first, last = sorted((here, self.order.index(there)))
            between = self.order[first + 1 : last]
            if there in self.free and sum(len(self.cut(one)) for one in between) > 3:
                self.free.remove(there)
                self.file.write(there, self.file.text(there) + sentence)
                return True
        return False

    def _paragraph(self, how: str) -> set[tuple[Told, ...]] | None:
        paragraph = self.take()
        parent = None if paragraph is None else paragraph.getparent()
        if paragraph is None or parent is None:
            return None
        cut = self.cut(paragraph)
        if how == "added":
            new = [self.strange.pop(), self.strange.pop()]
            made = etree.fromstring(etree.tostring(paragraph, with_tail=False))
            self.file.write(made, "".join(new))
            parent.insert(parent.index(paragraph) + 1, made)
            return {tuple(("added", None, one) for one in new)}
        if how == "dropped":
            parent.remove(paragraph)
            return {tuple(("missing", one, None) for one in cut)}
        return self._carried(paragraph, cut)

    def _carried(self, paragraph: _Element, cut: list[str]) -> set[tuple[Told, ...]] | None:
        """A paragraph moved behind another, over more sentences than it has itself."""
        here = self.order.index(paragraph)
        for there in self.random.sample(self.free, len(self.free)):
            first, last = sorted((here, self.order.index(there)))
            between = self.order[first + 1 : last]
            parent = there.getparent()
            if parent is not None and sum(len(self.cut(one)) for one in between) > len(cut) + 3:
                self.free.remove(there)
                parent.insert(parent.index(there) + 1, paragraph)
                return {tuple(("moved", one, one) for one in cut)}
        return None


def _rows(table: _Element) -> list[_Element]:
    return [one for one in table.iter() if one.tag in ("tr", f"{_W}tr")]


def _cells(row: _Element) -> list[_Element]:
    """A row's cells, without those that carry on a merged one from above."""
    return [
        one
        for one in row
        if one.tag in ("td", "th") or (one.tag == f"{_W}tc" and not _carries_on(one))
    ]


def _carries_on(cell: _Element) -> bool:
    merge = cell.find(f"{_W}tcPr/{_W}vMerge")
    return merge is not None and merge.get(f"{_W}val") != "restart"


def _edited(random: Random, text: str, what: str) -> str:
    """A sentence with one word, number or comma otherwise; the same, where it has none."""
    pattern = {"number": r"\d+", "comma": "，", "word": "(?<=[\u4e00-\u9fff])[\u4e00-\u9fff]{2}"}
    found = list(re.finditer(pattern[what], text))
    if not found:
        return text
    hit = random.choice(found)
    new = {"number": lambda: str(int(hit[0]) + random.randint(1, 40)), "comma": lambda: "、"}
    made = new.get(what, lambda: random.choice(_WORDS))()
    return text[: hit.start()] + made + text[hit.end() :]


# -- what is told ----------------------------------------------------------------------------------


def told_of(found: Against) -> Counter[Told]:
    """Every figure and sentence that is not as it was, as it is told."""
    told: Counter[Told] = Counter()
    for one in found.figures:
        if one.fate is not Fate.EQUAL:
            told[f"figure {one.key}", str(one.built), str(one.found)] += 1
    for said in found.sentences:
        if said.fate is not Fate.EQUAL:
            was, now = (one and one.text.strip() for one in (said.built, said.found))
            told[said.fate.value, was, now] += 1
    if len(found.findings) < told.total():
        raise AssertionError("something differs that no finding tells")
    return told


def compared(data: bytes, report: Report) -> Audit:
    """A file held against the report that it was built from."""
    return audited(read_published(data, "报告"), report)


@dataclass
class Outcome:
    """How many edits were planted and told, and what was told beside them."""

    planted: Counter[str] = field(default_factory=Counter)
    told: Counter[str] = field(default_factory=Counter)
    missed: list[str] = field(default_factory=list)
    else_told: list[Told] = field(default_factory=list)


def measured(edits: int, seed: int) -> Outcome:
    """Plant so many edits, and see what is told."""
    random, out, index = Random(seed), Outcome(), 0
    while out.planted.total() < edits:
        report = demo_report(index % 60)
        kind, style = random.choice(("docx", "html")), random.choice(STYLES)
        file = opened(built(report, kind, style), kind)
        editor = Editor(random, file, report)
        for _ in range(random.randint(1, MOST_EDITS)):
            editor.plant(random.choice(KINDS))
        _weigh(editor.planted, compared(file.close(), report), out, f"{kind} {style} {index}")
        index += 1
    return out


def _weigh(planted: Planted, audit: Audit, out: Outcome, where: str) -> None:
    if audit.against is None:
        raise AssertionError(f"{where}: nothing was read")
    told = told_of(audit.against)
    for kind, wanted in zip(planted.kinds, planted.wanted, strict=True):
        out.planted[kind] += 1
        hit = next((one for one in wanted if all(told[each] > 0 for each in one)), None)
        if hit is None:
            out.missed.append(f"{where} {kind} {wanted}")
            continue
        out.told[kind] += 1
        told -= Counter(hit)
    out.else_told += [*told.elements()]


def clean(reports: int) -> Iterator[tuple[str, int, int]]:
    """(format and style, files, errors and differences) of files that nobody touched."""
    for kind in ("docx", "html", "fragment", "pdf"):
        for style in STYLES if kind != "pdf" else ("official",):
            wrong = 0
            for index in range(reports):
                audit = compared(built(demo_report(index), kind, style), demo_report(index))
                same = audit.against is not None and audit.against.equal
                wrong += (not same) + sum(one.severity is Severity.ERROR for one in audit.found)
            yield f"{kind} {style}", reports, wrong


def main(edits: int, seed: int) -> None:
    """Measure and print."""
    start = time.process_time()
    out = measured(edits, seed)
    for kind in KINDS:
        print(f"  {kind:18} {out.told[kind]:4} of {out.planted[kind]:4}")
    print(f"edits told: {out.told.total()} of {out.planted.total()}")
    print(f"told beside them: {len(out.else_told)}")
    for line in (*out.missed, *out.else_told):
        print("   ", line)
    for what, files, wrong in clean(10):
        print(f"  untouched {what:22} {files} files, {wrong} errors or differences")
    print(f"processor time {time.process_time() - start:.1f} s")


if __name__ == "__main__":
    main(*(int(one) for one in (*sys.argv[1:], *("200", "7")[len(sys.argv) - 1 :])))
