"""Changes that make a sound file hostile, knowing what it is made of.

Each takes the file's bytes and a source of chance, and returns other bytes. Same chance, same
bytes.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import re
import zipfile
import zlib
from collections.abc import Callable
from copy import deepcopy
from random import Random
from typing import Any

from lxml import etree

Change = Callable[[bytes, Random], bytes]
NUMBERS = (
    "0",
    "-1",
    "1",
    "2147483648",
    "-9223372036854775809",
    "99999999999999999999",
    "1e308",
    "NaN",
    "1048577",
    "16385",
    "0x10",
    "1.5",
    "٣",
    "²",
    "9" * 5000,
    "00",
    "-0",
    "inf",
)
TEXTS = (
    "",
    " ",
    "\u202e",
    "\U000e0041",
    "a" * 40_000,
    "甲" * 9_000,
    "../../x",
    "{{ 7*7 }}",
    "{% if %}",
    "=1+1",
    "A1:XFD1048576",
    "XFE1",
    "a1",
    "$A$0",
    "General",
    "[$-F800]",
    "#REF!",
    "true",
    "一、",
    "（一）" * 3000,
    "（" * 3000,
    "1." * 2000,
    "第" * 5000,
    "\n" * 3000,
    "http://x/" * 500,
    "0;" * 500,
    "\u2028",
    "rId999",
    "/xl/../..",
    "file:///etc/passwd",
    "\ufffd",
)


def bits(data: bytes, chance: Random) -> bytes:
    """Bits turned, pieces cut, doubled or put elsewhere."""
    if not data:
        return b"\0"
    at, end = sorted(chance.choices(range(len(data)), k=2))
    match chance.randrange(4):
        case 0:
            changed = bytearray(data)
            for place in chance.choices(range(len(data)), k=chance.choice((1, 3, 30))):
                changed[place] ^= 1 << chance.randrange(8)
            return bytes(changed)
        case 1:
            return data[:at] + data[end:]
        case 2:
            return data[:end] + data[at : min(end, at + 10_000)] + data[end:]
        case _:
            return data[:at] + bytes(chance.choices(range(256), k=8)) + data[at:]


def text(data: bytes, chance: Random) -> bytes:
    """Lines doubled, dropped, moved; words replaced by hostile ones."""
    lines = data.decode("utf-8", "replace").split("\n")
    at = chance.randrange(len(lines))
    match chance.randrange(6):
        case 0:
            del lines[at]
        case 1:
            lines[at:at] = lines[at : at + 3] * chance.choice((1, 30, 1000))
        case 2:
            chance.shuffle(lines)
        case 3:
            head, equals, _ = lines[at].partition("=")
            value = chance.choice(
                (*NUMBERS, *map(json.dumps, TEXTS), "[" * 3000, "{a=" * 500, "[]", "{}")
            )
            lines[at] = f"{head}{equals} {value}" if equals else value
        case 4:
            place = chance.randrange(len(lines[at]) + 1)
            lines[at] = lines[at][:place] + chance.choice(TEXTS) + lines[at][place:]
        case _:
            lines.insert(at, chance.choice(("#", "-", "|", ">", "**", "`", "[[agency]]", "<!--"))
                         * chance.choice((1, 50, 3000)))  # fmt: skip
    return "\n".join(lines).encode("utf-8", "replace")


def tree(data: bytes, chance: Random) -> bytes:
    """A JSON value with one of its parts doubled, dropped or of another kind."""
    try:
        whole = json.loads(data)
    except (ValueError, RecursionError):
        return bits(data, chance)
    holders = [one for one in _walk(whole) if one]
    if not holders:
        return text(data, chance)
    holder = chance.choice(holders)
    key = chance.choice(list(holder) if isinstance(holder, dict) else range(len(holder)))
    match chance.randrange(5):
        case 0:
            del holder[key]
        case 1 if isinstance(holder, list):
            holder[key:key] = [deepcopy(holder[key])] * chance.choice((1, 20, 2000))
        case 2 if isinstance(holder, dict):
            holder[chance.choice(TEXTS)[:200]] = holder[key]
        case 3:
            holder[key] = chance.choice(([], {}, None, True, 0, -1, 1.5, 10**30, "", whole))
        case _:
            holder[key] = chance.choice((*TEXTS, *NUMBERS))
    with contextlib.suppress(ValueError, RecursionError):
        return json.dumps(whole, ensure_ascii=False).encode("utf-8", "surrogatepass")
    return b'{"a":' * chance.choice((500, 50_000))


def ledger(data: bytes, chance: Random) -> bytes:
    """A part of one line changed, and the whole sealed again, as a forger would."""
    *lines, foot = data.split(b"\n")
    at = chance.randrange(len(lines) + 1)
    if at < len(lines):
        parts = lines[at].split(b"\t")
        part = chance.randrange(min(len(parts), 4))  # the packed passages are no tree
        parts[part] = tree(parts[part], chance)
        lines[at] = b"\t".join(parts)
    try:
        said = json.loads(tree(foot, chance) if at == len(lines) else foot)
        said.pop("digest", None)
        state = hashlib.blake2b(b"".join(line + b"\n" for line in lines), digest_size=16)
        state.update(json.dumps(said, ensure_ascii=False).encode())
        foot = json.dumps({**said, "digest": state.hexdigest()}, ensure_ascii=False).encode()
    except (ValueError, AttributeError, TypeError, RecursionError):
        return bits(data, chance)
    return b"\n".join([*lines, foot])


def _walk(value: Any) -> list[Any]:
    found, left = [], [value]
    while left:
        one = left.pop()
        if isinstance(one, dict | list):
            found.append(one)
            left += one.values() if isinstance(one, dict) else one
    return found


def xml(data: bytes, chance: Random) -> bytes:
    """Elements moved, doubled, dropped, renamed; attributes and texts at their bounds."""
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, huge_tree=True))
    except (etree.XMLSyntaxError, ValueError):
        return bits(data, chance)
    elements = [one for one in root.iter() if isinstance(one.tag, str)]
    one, other = chance.choices(elements, k=2)
    _changed(one, other, chance)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _changed(one: Any, other: Any, chance: Random) -> None:
    above = one.getparent()
    kind = chance.randrange(9)
    if kind == 0 and above is not None:
        above.remove(one)
    elif kind == 1 and above is not None:
        for _ in range(chance.choice((1, 1, 40, 2000)) if len(one) < 50 else 1):
            above.insert(above.index(one), deepcopy(one))
    elif kind == 2 and one not in other.iterancestors() and one is not other and above is not None:
        other.append(one)
    elif kind == 3:
        one.text = chance.choice((*TEXTS, *NUMBERS))
    elif kind == 4:
        space, _, name = one.tag.rpartition("}")
        one.tag = chance.choice(
            (name, f"{{urn:x}}{name}", other.tag, f"{space}}}x" if space else "x")
        )
    elif kind == 5:
        inner = one
        for _ in range(chance.choice((2, 200, 3000))):
            inner = etree.SubElement(inner, one.tag)
    elif kind == 6 and one.attrib:
        del one.attrib[chance.choice(list(one.attrib))]
    else:
        names = list(one.attrib) or list(other.attrib) or ["r"]
        one.set(chance.choice(names), chance.choice((*NUMBERS, *TEXTS)))


def package(data: bytes, chance: Random) -> bytes:
    """An Office file with one part changed, dropped, doubled, renamed, cut short or exchanged."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [(info.filename, archive.read(info)) for info in archive.infolist()]
    except Exception:  # an earlier change has left no zip
        return bits(data, chance)
    at, other = chance.choices(range(len(parts)), k=2)
    name, content = parts[at]
    match chance.randrange(16):
        case 0:
            del parts[at]
        case 1:
            parts.insert(other, (name, parts[other][1]))
        case 2:
            odd = (name.upper(), f"../{name}", f"/{name}", name * 30, f"{name}\0", "x")
            renamed = chance.choice(odd)
            parts[at] = renamed, content
        case 3:
            parts[at] = name, content[: chance.randrange(len(content) + 1)]
        case 4:
            parts[at], parts[other] = (name, parts[other][1]), (parts[other][0], content)
        case 5:
            parts[at] = name, bits(content, chance)
        case 6:
            return bits(data, chance)
        case _:
            parts[at] = name, xml(content, chance)
    return _zip(parts)


def _zip(parts: list[tuple[str, bytes]]) -> bytes:
    import warnings

    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore")
        for name, content in parts:
            archive.writestr(zipfile.ZipInfo(name or "x"), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


_TAG = re.compile(rb"<[^<>]{1,300}>")
_WORD = re.compile(rb"[-+]?[0-9.]+|/[A-Za-z]+|[A-Za-z*']+|\([^()]*\)|<[0-9A-Fa-f]*>")
_STREAM = re.compile(rb"/Length\s+(\d+)([^>]*>>\s*stream\r?\n)", re.DOTALL)


def markup(data: bytes, chance: Random) -> bytes:
    """A page's tags dropped, doubled, nested, exchanged; attributes and texts at their bounds."""
    tags = [found.span() for found in _TAG.finditer(data)]
    if not tags:
        return bits(data, chance)
    (start, end), (_, other) = chance.choice(tags), chance.choice(tags)
    tag = data[start:end]
    said = chance.choice((*TEXTS, *NUMBERS)).encode("utf-8", "surrogatepass")
    match chance.randrange(6):
        case 0:
            return data[:start] + data[end:]
        case 1:
            return data[:end] + tag * chance.choice((1, 30, 1000)) + data[end:]
        case 2:
            return data[:start] + said + data[end:]
        case 3:
            name = chance.choice((b"colspan", b"rowspan", b"style", b"hidden", b"charset"))
            return data[: end - 1] + b" " + name + b"='" + said + b"'" + data[end - 1 :]
        case 4:
            low, high = sorted((end, other))
            return data[:low] + data[high : min(len(data), high + 5000)] + data[low:]
        case _:
            return data[:end] + said + data[end:]


def pdf(data: bytes, chance: Random) -> bytes:
    """Words of a PDF's objects or of what is packed in a stream replaced, dropped, doubled."""
    streams = list(_STREAM.finditer(data))
    if not streams or chance.random() < 0.3:
        return _words(data, chance)
    found = chance.choice(streams)
    size = int(found[1]) if len(found[1]) < 9 else 0
    packed = data[found.end() : found.end() + size]
    try:
        inner = zlib.decompress(packed)
    except zlib.error:
        return bits(data, chance)
    again = zlib.compress(_words(inner, chance))
    head = b"/Length %d" % len(again) + found[2]
    return data[: found.start()] + head + again + data[found.end() + size :]


def _words(data: bytes, chance: Random) -> bytes:
    words = [found.span() for found in _WORD.finditer(data)]
    if not words:
        return bits(data, chance)
    start, end = chance.choice(words)
    other = data[slice(*chance.choice(words))]
    new = (
        other,
        b"",
        data[start:end] + b" " + other,
        chance.choice(NUMBERS).encode(),
        (data[start:end] + b" ") * chance.choice((30, 3000)),
        b"(" * 2000,
        b"<<" * 2000,
        b"1 0 R",
    )
    return data[:start] + chance.choice(new) + data[end:]
