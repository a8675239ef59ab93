"""Comments of one worksheet: ours added to those that the agency had, and taken away again.

A comment lies in two parts: its text in the comments part, its box in a VML drawing. A text of
ours begins with :data:`SIGN`; in a cell with a comment of the agency's own it stands behind that.
Discussions of Excel 365 (threaded comments) are left alone.
"""

from __future__ import annotations

from lxml import etree
from lxml.etree import _Element

from gxgen.a1 import Position, cell_name, cell_position
from gxgen.form.mark.elements import SPACE, new_root, q, remove
from gxgen.form.mark.findings import escaped
from gxgen.form.mark.note_boxes import Shapes, box
from gxgen.form.mark.sheet_tree import SheetTree
from gxgen.opc.editing import Editing

SIGN = "【填报检查】"
AUTHOR = "填报检查"
MOST_NOTES = 1_000
"""In one sheet; a drawing numbers its boxes in blocks of 1024."""
MOST_CHARACTERS = 3_000
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"


class Notes:
    """The comments of one worksheet part."""

    def __init__(self, package: Editing, part: str) -> None:
        """Find the parts; nothing is made before the first comment is added."""
        self._package = package
        self._part = part
        self._name = next((r.target for r in package.relations(part) if r.kind == "comments"), None)

    def clear(self) -> None:
        """Take all texts of ours away, and the parts with them if nothing else is there."""
        name, package = self._name, self._package
        if name is None or name not in package:
            return
        gone = []
        for comment in list(package.tree(name).iter(q("comment"))):
            if _cut(comment):
                package.edit(name)
                if not _text(comment).strip():
                    gone.append(cell_position(comment.get("ref", "")))
                    remove(comment)
        if not gone:
            return
        shapes = Shapes.of(package, self._part)
        if shapes is not None:
            shapes.remove({at for at in gone if at is not None})
        self._tidy(name)

    def _tidy(self, name: str) -> None:
        root, package = self._package.edit(name), self._package
        if root.find(f"{q('commentList')}/{q('comment')}") is None:
            package.unrelate(self._part, name)
            package.drop(name)
            self._name = None
            return
        authors = root.find(q("authors"))
        used = {comment.get("authorId") for comment in root.iter(q("comment"))}
        last = authors[-1] if authors is not None and len(authors) else None
        if authors is None or last is None or last.text != AUTHOR:
            return
        if str(len(authors) - 1) not in used:
            authors.remove(last)

    def add(self, sheet: SheetTree, texts: dict[Position, str]) -> None:
        """Write these texts at these cells."""
        root = self._root()
        mine = {
            at: comment
            for comment in root.iter(q("comment"))
            if (at := cell_position(comment.get("ref", ""))) is not None
        }
        author = _author(root)
        fresh: list[Position] = []
        for at, text in texts.items():
            if at in mine:
                if not _threaded(root, mine[at]):
                    _append(mine[at], text)
            elif len(mine) + len(fresh) < MOST_NOTES:
                _new(root, at, author, text)
                fresh.append(at)
        if fresh:
            shapes = Shapes.of(self._package, self._part) or Shapes.new(self._package, self._part)
            shapes.add([(at, box(sheet, at, texts[at])) for at in fresh])

    def _root(self) -> _Element:
        if self._name is None or self._name not in self._package:
            self._name = self._package.unused("xl/comments{}.xml")
            root = new_root("comments")
            etree.SubElement(root, q("authors"))
            etree.SubElement(root, q("commentList"))
            self._package.put(self._name, root)
            self._package.relate(self._part, "comments", self._name)
            self._package.declare(self._name, _TYPE)
        return self._package.edit(self._name)


def _author(root: _Element) -> str:
    authors = root.find(q("authors"))
    if authors is None:
        authors = etree.Element(q("authors"))
        root.insert(0, authors)
    names = [author.text for author in authors]
    if AUTHOR not in names:
        etree.SubElement(authors, q("author")).text = AUTHOR
        return str(len(names))
    return str(names.index(AUTHOR))


def _threaded(root: _Element, comment: _Element) -> bool:
    authors, number = root.find(q("authors")), comment.get("authorId", "")
    if authors is None or not number.isdecimal() or int(number) >= len(authors):
        return False
    return (authors[int(number)].text or "").startswith("tc=")


def _new(root: _Element, at: Position, author: str, text: str) -> None:
    comments = root.find(q("commentList"))
    if comments is None:
        comments = etree.SubElement(root, q("commentList"))
    comment = etree.SubElement(comments, q("comment"), {"ref": cell_name(*at), "authorId": author})
    body = etree.SubElement(comment, q("text"))
    _runs(body, SIGN, text)


def _append(comment: _Element, text: str) -> None:
    body = comment.find(q("text"))
    if body is None:
        body = etree.SubElement(comment, q("text"))
    for plain in body.findall(q("t")):
        # Plain text and runs beside each other are not read by every program.
        run = etree.Element(q("r"))
        body.replace(plain, run)
        run.append(plain)
    _runs(body, f"\n{SIGN}", text)


def _runs(body: _Element, sign: str, text: str) -> None:
    for words, bold in ((sign, True), (f"\n{text}", False)):
        run = etree.SubElement(body, q("r"))
        properties = etree.SubElement(run, q("rPr"))
        if bold:
            etree.SubElement(properties, q("b"))
        etree.SubElement(properties, q("sz"), {"val": "9"})
        etree.SubElement(properties, q("rFont"), {"val": "宋体"})
        etree.SubElement(run, q("t"), {SPACE: "preserve"}).text = escaped(words)


def _text(comment: _Element) -> str:
    return "".join(t.text or "" for t in comment.iter(q("t")))


def _cut(comment: _Element) -> bool:
    """Cut the text off where ours begins; whether there was any of ours."""
    at = _text(comment).find(SIGN)
    if at < 0:
        return False
    if _text(comment)[at - 1 : at] == "\n":
        at -= 1
    for t in list(comment.iter(q("t"))):
        words = t.text or ""
        t.text = words[: max(0, at)]
        at -= len(words)
        run = t.getparent()
        if not t.text and run is not None and run.tag == q("r"):
            remove(run)
    return True
