"""A copy of a template with a Word comment at the place of each fault.

Word knows comments in the document's own text only: what is wrong in a header, in a footer or
with the file as a whole stands at the first paragraph, and its comment says where it belongs.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator
from dataclasses import replace

from lxml import etree
from lxml.etree import _Element

from gxgen.diagnostics import Diagnostic, Finding
from gxgen.errors import TemplateError
from gxgen.formats.docx.bounds import read_template
from gxgen.formats.docx.wordml import W, parse_xml
from gxgen.opc.package import CONTENT_TYPES, DOCUMENT, FixedZip, Members
from gxgen.opc.xml import written
from gxgen.places import DocumentCell, DocumentParagraph, Place
from gxgen.templates.lint.parts import number_in, parts, relations, relations_name
from gxgen.templates.lint.sites import Site, sites

AUTHOR = "gxgen"
RELATIONS = relations_name(DOCUMENT)
COMMENTS = "word/comments.xml"
COMMENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
KIND = "comments"
COMMENT_RELATION = f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{KIND}"
PACKAGE_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELATIONS = f"{{{PACKAGE_RELATIONS}}}"
_ANCHORS = tuple(W + n for n in ("commentRangeStart", "commentRangeEnd", "commentReference"))


Fault = Finding | Diagnostic
"""What a comment tells; a diagnostic has its advice as well."""


def annotated(data: bytes, findings: Iterable[Fault], name: str = "模板") -> bytes:
    """The same template, each fault told in a comment by ``gxgen`` at its place.

    Comments that gxgen wrote earlier are replaced, those of others stay.

    Raises:
        TemplateError: the file cannot be opened as a template, or has no paragraph to comment on.
    """
    members = dict(read_template(data, name))
    document = parts(members)[0]
    comments = _comments(members)
    _forget(comments, document.root)
    by_place: dict[Place, list[Site]] = {}
    for site in sites(document, ""):
        by_place.setdefault(site.place, []).append(site)
    if not by_place:
        raise TemplateError("模板里一个段落也没有，批注无处可写。")
    first_site = next(iter(by_place.values()))[0]
    first = 1 + max((int(number_in(comment, "id") or 0) for comment in comments), default=-1)
    for number, finding in enumerate(findings, first):
        anchor = _anchor(finding, by_place)
        _mark(anchor or first_site, finding.quote if anchor else None, number)
        comments.append(_comment(number, finding, here=anchor is not None))
    _enter(members)
    members[_name(members)] = written(comments)
    members[DOCUMENT] = written(document.root)
    return FixedZip(members).build({})


def _anchor(fault: Fault, by_place: dict[Place, list[Site]]) -> Site | None:
    """The paragraph that a fault is in, if it is in the document's text."""
    match fault.place:
        case DocumentParagraph() | DocumentCell() as place:
            here = by_place.get(replace(place, file=""), [])
        case _:
            return None
    quote = fault.quote or ""
    return next((site for site in here if quote in site.text), here[0] if here else None)


def _comments(members: Members) -> _Element:
    name = _name(members)
    if name in members:
        return parse_xml(members[name], name)
    return etree.Element(W + "comments", nsmap={"w": W.strip("{}")})


def _name(members: Members) -> str:
    """Where the document's comments lie, or will."""
    found = relations(members, RELATIONS).values()
    return next((relation.target for relation in found if relation.kind == KIND), COMMENTS)


def _forget(comments: _Element, root: _Element) -> None:
    """Take out the comments that gxgen wrote before."""
    ours = {c.get(W + "id") for c in comments if c.get(W + "author") == AUTHOR}
    for node in [c for c in comments if c.get(W + "id") in ours]:
        comments.remove(node)
    for node in [n for n in root.iter(*_ANCHORS) if n.get(W + "id") in ours]:
        parent = node.getparent()
        if parent is not None:
            parent.remove(node)
            around = parent.getparent()
            if parent.tag == W + "r" and not len(parent) and around is not None:
                around.remove(parent)


def _mark(site: Site, quote: str | None, number: int) -> None:
    """Lay a comment over the runs that hold the quote, else over the whole paragraph."""
    paragraph = site.paragraph
    content = [node for node in paragraph if node.tag != W + "pPr"]
    covered = _covered(site, quote) if quote else []
    opening = _element(paragraph, "commentRangeStart", number)
    closing = _element(paragraph, "commentRangeEnd", number)
    reference = paragraph.makeelement(W + "r")
    reference.append(_element(paragraph, "commentReference", number))
    if covered:
        covered[0].addprevious(opening)
        covered[-1].addnext(closing)
    elif content:
        content[0].addprevious(opening)
        content[-1].addnext(closing)
    else:
        paragraph.extend((opening, closing))
    closing.addnext(reference)


def _covered(site: Site, quote: str) -> list[_Element]:
    """The paragraph's children that hold the quote."""
    start = site.text.find(quote)
    if start < 0:
        return []
    end, at, covered = start + len(quote), 0, []
    for child in site.paragraph:
        length = sum(len(node.text or "") for node in child.iter(W + "t"))
        if length and at < end and at + length > start:
            covered.append(child)
        at += length
    return covered


def _element(near: _Element, name: str, number: int) -> _Element:
    node = near.makeelement(W + name)
    node.set(W + "id", str(number))
    return node


def _comment(number: int, fault: Fault, *, here: bool) -> _Element:
    root = etree.Element(W + "comment", nsmap={"w": W.strip("{}")})
    for name, value in (("id", str(number)), ("author", AUTHOR), ("initials", AUTHOR)):
        root.set(W + name, value)
    for text in _lines(fault, here=here):
        node: _Element = root
        for name in ("p", "r", "t"):
            node = etree.SubElement(node, W + name)
        node.text = text
    return root


def _lines(fault: Fault, *, here: bool) -> Iterator[str]:
    """The paragraphs of a comment."""
    where = "" if here or fault.place is None else f"（{fault.place}）"
    yield f"{fault.code} {fault.message}{where}"
    if fault.hint:
        yield f"怎么改：{fault.hint}"


def _enter(members: Members) -> None:
    """Make the comments known to the package, where there have been none."""
    name = _name(members)
    if name in members:
        return
    types = parse_xml(members[CONTENT_TYPES], CONTENT_TYPES)
    etree.SubElement(types, f"{_TYPES}Override", PartName=f"/{name}", ContentType=COMMENT_TYPE)
    members[CONTENT_TYPES] = written(types)
    known = relations(members, RELATIONS)
    if RELATIONS in members:
        root = parse_xml(members[RELATIONS], RELATIONS)
    else:
        root = etree.fromstring(f'<Relationships xmlns="{PACKAGE_RELATIONS}"/>')
    if name not in (relation.target for relation in known.values()):
        identity = next(i for n in range(len(known) + 1) if (i := f"rIdGx{n}") not in known)
        target = posixpath.relpath(name, "word")
        entry = {"Id": identity, "Type": COMMENT_RELATION, "Target": target}
        etree.SubElement(root, f"{_RELATIONS}Relationship", entry)
    members[RELATIONS] = written(root)
