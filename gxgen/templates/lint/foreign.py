"""What a template brings in: relations to the outside, parts and fields that are on no list.

Every relation and part of the file is looked at, whoever refers to it; what never leaves with a
report may be there as far as the closed lists say so.
"""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from lxml.etree import _Element

from gxgen.diagnostics import Finding
from gxgen.formats.docx.closed_list import (
    MERGE,
    UNKNOWN,
    Verdict,
    leads_out,
    may_open,
    of_relation,
    of_type,
)
from gxgen.formats.docx.traces import LINK
from gxgen.formats.docx.wordml import R, W, parse_xml
from gxgen.opc.package import CONTENT_TYPES, Members
from gxgen.opc.relations import Relation, part_type, relations
from gxgen.opc.xml import DoctypeError, XmlError, parse
from gxgen.places import FilePart, Place
from gxgen.templates.lint import pictures
from gxgen.templates.lint.fields import fields
from gxgen.templates.lint.parts import Part
from gxgen.templates.lint.whereabouts import Whereabouts

UNREADABLE, OUTSIDE, FOREIGN = "GX601", "GX619", "GX650"
_TRASH = "[trash]/"
"""What Word leaves when it saves over a file; ECMA-376 part 2, annex on the mapping to zip."""
_XML = ("xml", ".rels", ".vml")
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}*"
_ENCODINGS = ("UTF-8", "US-ASCII", "ASCII")
_VML = ("{urn:schemas-microsoft-com:vml}", "{urn:schemas-microsoft-com:office:office}")
_SOURCES = ("connectString", "query", "dataSource", "headerSource", "odso")
_MOST_NAMED = 3


@dataclass(frozen=True)
class _Template:
    """A template that is looked at; ``told``: the parts of which nothing more need be said."""

    members: Members
    types: _Element
    known: Mapping[str, Whereabouts]
    file: str
    told: set[str] = field(default_factory=set)

    def type_of(self, part: str) -> str:
        """A part's content type; empty where it has none."""
        return part_type(self.types, part) or ""


def unreadable(members: Members, file: str) -> list[Finding]:
    """XML parts that are not well-formed, declare a document type or are not in UTF-8."""
    names = [CONTENT_TYPES]
    if _fault(members[CONTENT_TYPES]) is None:
        names = _xml_parts(members, parse_xml(members[CONTENT_TYPES], CONTENT_TYPES))
    faults = ((name, why) for name in names if (why := _fault(members[name])))
    return [
        Finding(UNREADABLE, f"{name}{why}；请用Word或WPS另存为.docx。", FilePart(file, name))
        for name, why in faults
    ]


def _xml_parts(members: Members, types: _Element) -> list[str]:
    """What is XML by its name or by its content type, but for pictures."""
    return [
        name
        for name in members
        if name.lower().endswith(_XML) or (part_type(types, name) or "").lower().endswith("xml")
        if not (part_type(types, name) or "").lower().startswith("image/")
    ]


def _fault(content: bytes) -> str | None:
    """Why an XML part is not read, in Chinese."""
    try:
        root = parse(content)
    except DoctypeError:
        return "含有文档类型声明，已拒绝打开"
    except XmlError:
        return "的内容已损坏，不是有效的XML"
    if next(root.iter(_STRICT), None) is not None:
        return "存成了“严格 Open XML”（Strict），这里读不了"
    encoding = root.getroottree().docinfo.encoding or "UTF-8"
    return None if encoding.upper() in _ENCODINGS else "不是UTF-8编码，已拒绝打开"


def foreign(members: Members, parts: Iterable[Whereabouts], file: str) -> Iterator[Finding]:
    """All of it, each with its place and what to do in Word or WPS."""
    types = parse_xml(members[CONTENT_TYPES], CONTENT_TYPES)
    template = _Template(members, types, {one.part.name: one for one in parts}, file)
    yield from _relations(template)
    yield from _parts(template)
    for name in _xml_parts(members, types):
        yield from _contents(template, name)


def _relations(template: _Template) -> Iterator[Finding]:
    """Every relation; of what stands in a part that is refused only where it leads outside."""
    told: list[tuple[str, str, Finding]] = []
    for listing in (name for name in template.members if name.lower().endswith(".rels")):
        told += _listed(template, listing)
    refused = {target for _, target, one in told if one.code == FOREIGN}
    for owner, target, finding in told:
        template.told.update((owner, target))
        if finding.code == OUTSIDE or owner not in refused:
            yield finding


def _listed(template: _Template, listing: str) -> Iterator[tuple[str, str, Finding]]:
    """What is told of a part's relations, with the names of the part and of what it leads to."""
    folder, name = posixpath.split(listing)
    owner = posixpath.join(posixpath.dirname(folder), name[: -len(".rels")])
    for relation, entry in relations(parse_xml(template.members[listing], listing), owner):
        found, code = _outside(relation, entry), OUTSIDE
        if found is None and (verdict := _refusal(relation, template)):
            found, code = f"模板里有{verdict.what}（{relation.target}）：{verdict.mend}。", FOREIGN
        if found:
            place = _place(template, owner, relation.id)
            yield owner, relation.target, Finding(code, found, place)


def _outside(relation: Relation, entry: _Element) -> str | None:
    """What is wrong with where a relation leads, as far as it leads out of the file."""
    target, mode = entry.get("Target", ""), entry.get("TargetMode", "Internal")
    if mode == "Internal" and not leads_out(target):
        return None
    if relation.kind != LINK or not of_relation(relation.type).stays:
        what = of_relation(relation.type).what or _WORDS.get(relation.kind, "内容")
        return f"模板引用了外面的{what}“{target[:80]}”：{_MENDS.get(relation.kind, _MEND)}。"
    if mode == "External" and may_open(target):
        return None
    return (
        f"模板里的链接指向文件或别的电脑“{target[:80]}”："
        "只能链接到http、https网页和邮箱，请在“编辑超链接”里修改或者删去。"
    )


_WORDS = {"image": "图片", "attachedTemplate": "文档模板", "font": "字体"}
_MEND = "请在“文件—信息—编辑指向文件的链接”里断开链接，或者删去"
_MENDS = {
    "image": "请删去，用“插入—图片—此设备”重新插入，不要选“链接到文件”",
    "attachedTemplate": "请在“开发工具—文档模板”里改回Normal",
    "mailMergeSource": MERGE.mend,
    "mailMergeHeaderSource": MERGE.mend,
}


def _refusal(relation: Relation, template: _Template) -> Verdict | None:
    """Why a relation inside the file may not be there."""
    verdict = of_relation(relation.type)
    if verdict.refused:
        return verdict
    if not verdict.stays or relation.target not in template.members:
        return None
    kind = of_type(template.type_of(relation.target))
    return None if kind.stays or kind.refused else UNKNOWN


def _place(template: _Template, owner: str, identity: str) -> Place:
    """Where a part refers to a relation, else the part."""
    known = template.known.get(owner)
    for node in known.part.root.iter("*") if known else ():
        if known and any(n.startswith(R) and v == identity for n, v in _texts(node)):
            return known.of(node)
    return FilePart(template.file, owner or None)


def _texts(node: _Element) -> list[tuple[str, str]]:
    return [(str(name), str(value)) for name, value in node.attrib.items()]


def _parts(template: _Template) -> Iterator[Finding]:
    """Parts of kinds that may not be there; those of one verdict together."""
    found: dict[Verdict, list[str]] = defaultdict(list)
    for name, content in template.members.items():
        if name in template.told or name == CONTENT_TYPES or name.startswith(_TRASH):
            continue
        kind = template.type_of(name)
        if (verdict := of_type(kind)).refused:
            found[verdict].append(name)
        elif kind.lower().startswith("image/") and (why := pictures.fault(kind, content)):
            message = f"图片{name}{why}：请把图片另存为PNG，重新插入。"
            yield Finding(FOREIGN, message, FilePart(template.file, name))
    for verdict, names in found.items():
        shown = "、".join(names[:_MOST_NAMED])
        more = f"等{len(names)}个部件" if len(names) > _MOST_NAMED else ""
        message = f"模板里有{verdict.what}（{shown}{more}）：{verdict.mend}。"
        yield Finding(FOREIGN, message, FilePart(template.file, names[0]))


def _contents(template: _Template, name: str) -> Iterator[Finding]:
    """What an XML part brings in by itself."""
    where = template.known.get(name)
    if where is None:
        part = Part(name, "other", name, parse_xml(template.members[name], name))
        where = Whereabouts(part, (), template.file)
    yield from fields(where)
    for node in where.part.root.iter(*(f"{space}*" for space in _VML)):
        yield from _address(node, where)
    merge = where.part.root.find(W + "mailMerge") if name not in template.told else None
    if merge is not None and any(merge.find(W + each) is not None for each in _SOURCES):
        message = f"模板里有{MERGE.what}的数据源：{MERGE.mend}。"
        yield Finding(FOREIGN, message, FilePart(template.file, name))


def _address(node: _Element, where: Whereabouts) -> Iterator[Finding]:
    """An address that an old drawing names itself, without a relation."""
    for name, value in _texts(node):
        local = name.rpartition("}")[2].lower()
        pointed = local in ("src", "althref") or (local == "href" and not may_open(value))
        if pointed and not name.startswith(R) and value.strip():
            message = f"模板里的图形引用了外面的“{value[:80]}”：{_MENDS['image']}。"
            yield Finding(OUTSIDE, message, where.of(node))
