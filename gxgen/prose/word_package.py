"""Opening a .docx from a stranger: its parts as XML, by the names that it gives them itself."""

from __future__ import annotations

import posixpath
from functools import lru_cache

from lxml.etree import _Element

from gxgen.opc.limits import MIB, TEXT
from gxgen.opc.package import Fault, Package, PackageError
from gxgen.opc.relations import (
    PACKAGE_RELATIONS,
    main_part,
    relations,
    relations_part,
)
from gxgen.opc.xml import DoctypeError, XmlError, parse


class UnreadableError(Exception):
    """The file cannot be read; ``str()`` says why, in Chinese, without the file's name."""


class WordPackage:
    """The parts of a .docx as XML trees."""

    def __init__(self, data: bytes) -> None:
        """Open the zip.

        Raises:
            UnreadableError: not a zip, too large, or no Word document in it.
        """
        if not data:
            raise UnreadableError("是空文件（0 字节）")
        try:
            self._package = Package(data, TEXT)
        except PackageError as error:
            raise UnreadableError(_UNOPENED.get(error.fault, _NO_ZIP)) from error
        root = self._tree(PACKAGE_RELATIONS)
        main = None if root is None else main_part(root)
        if main is None:
            raise UnreadableError(_NO_DOCUMENT)
        self._main = main
        root = self._tree(relations_part(main))
        found = () if root is None else relations(root, main)
        targets = [(one.kind, one.target) for one, _ in found if not one.outside]
        self._related = dict(targets)
        self._data = [target for kind, target in targets if kind == "customXml"]

    def part(self, kind: str) -> _Element | None:
        """The root of the part that the main one calls its ``styles``, or None where it has none.

        Where no relation leads to it, it may still lie beside the main part under its usual name.
        """
        usual = posixpath.join(posixpath.dirname(self._main), f"{kind}.xml")
        return self._tree(self._related.get(kind, usual))

    def stores(self) -> dict[str, _Element]:
        """The roots of the data that controls may show, by their ids; what is damaged is none."""
        found = {}
        for part in self._data[:_MOST_STORES]:
            try:
                root, links = self._tree(part), self._tree(relations_part(part))
                ends = [] if links is None else [one for one, _ in relations(links, part)]
                about = [self._tree(one.target) for one in ends if not one.outside]
            except UnreadableError:
                continue
            name = next((n for one in about if (n := attribute(one, "itemID"))), part)
            if root is not None:
                found[name.upper()] = root
        return found | self._properties()

    def _properties(self) -> dict[str, _Element]:
        """The document's own properties, which controls know as data of fixed ids."""
        try:
            roots = {name: self._tree(part) for name, part in _PROPERTIES.items()}
        except UnreadableError:
            return {}
        return {name: root for name, root in roots.items() if root is not None}

    def document(self) -> _Element:
        """The root of the main part."""
        root = self._tree(self._main)
        if root is None:
            raise UnreadableError(_NO_DOCUMENT)
        return root

    def _tree(self, name: str) -> _Element | None:
        if name not in self._package:
            return None
        try:
            return parse(self._package.read(name), keep=False)
        except PackageError as error:
            if error.fault in _TOO_MUCH:
                raise UnreadableError(_too_much(error, name)) from error
            raise UnreadableError("已损坏或加了密码，内容取不出来") from error
        except DoctypeError as error:
            raise UnreadableError(f"内部的 {name} 带有 DOCTYPE 声明，为安全起见不读") from error
        except XmlError as error:
            raise UnreadableError(f"内部的 {name} 已损坏") from error


_MOST_STORES = 50
"""Parts of data; Word itself makes three."""
_PROPERTIES = {
    "{6C3C8BC8-F283-45AE-878A-BAB7291924A1}": "docProps/core.xml",
    "{6668398D-A668-4E3E-A5EB-62B293D839F1}": "docProps/app.xml",
}
_TOO_MUCH = (Fault.PART_TOO_LARGE, Fault.READ_TOO_LARGE, Fault.TOO_MANY_MARKS)


def _too_much(error: PackageError, name: str) -> str:
    if error.fault is Fault.TOO_MANY_MARKS:
        return f"读到内部的 {name} 时，段落、格式等已有 {error.amount} 处，不像一份报告的正文"
    return f"解开后的 {name} 超过 {error.amount // MIB} MB"


_NO_DOCUMENT = "里面没有文档内容，不是 Word 文档"
_NO_ZIP = "已损坏或不完整，不是 Word 文档"
_UNOPENED = {
    Fault.FILE_TOO_LARGE: f"超过 {TEXT.file // MIB} MB",
    Fault.TOO_MANY_PARTS: "内部的部件太多，不是正常的 Word 文档",
}


@lru_cache(maxsize=4096)
def _local(name: str) -> str:
    return name.rpartition("}")[2]


def local(element: _Element) -> str:
    """The element's name without its namespace: both OOXML variants then read alike."""
    return _local(str(element.tag))


def attribute(element: _Element | None, name: str) -> str | None:
    """An attribute by its local name."""
    if element is None:
        return None
    return next((str(v) for k, v in element.items() if _local(str(k)) == name), None)


def child(element: _Element | None, *path: str) -> _Element | None:
    """The first descendant along a path of local names, or None."""
    for name in path:
        for inner in () if element is None else element:
            if local(inner) == name:
                element = inner
                break
        else:
            return None
    return element


def switched_on(element: _Element | None) -> bool:
    """Whether a toggle property (``w:vanish``) is present and not turned off."""
    return element is not None and attribute(element, "val") not in ("0", "false", "off", "none")
