"""Opening a .docx from a stranger: a zip with XML in it, of bounded size, without entities."""

from __future__ import annotations

import io
import lzma
import posixpath
import zipfile
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

LARGEST_FILE = 64 * 1024 * 1024
LARGEST_PART = 32 * 1024 * 1024
MOST_PARTS = 5_000

_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    RuntimeError,
    OSError,
    EOFError,
    ValueError,
)


class PackageError(Exception):
    """The file cannot be read; ``str()`` says why, in Chinese, without the file's name."""


class WordPackage:
    """The parts of a .docx as XML trees."""

    def __init__(self, data: bytes) -> None:
        """Open the zip.

        Raises:
            PackageError: not a zip, too large, or no Word document in it.
        """
        if len(data) > LARGEST_FILE:
            raise PackageError(f"超过 {LARGEST_FILE // 1024 // 1024} MB")
        if not data:
            raise PackageError("是空文件（0 字节）")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _BROKEN as error:
            raise PackageError("已损坏或不完整，不是 Word 文档") from error
        if len(self._zip.namelist()) > MOST_PARTS:
            raise PackageError("内部的部件太多，不是正常的 Word 文档")
        self.main = self._main_part()

    def part(self, name: str) -> _Element | None:
        """The root of a part beside the main one (``styles.xml``), or None where it is absent."""
        return self._tree(posixpath.join(posixpath.dirname(self.main), name))

    def document(self) -> _Element:
        """The root of the main part."""
        root = self._tree(self.main)
        if root is None:
            raise PackageError("里面没有文档内容，不是 Word 文档")
        return root

    def _main_part(self) -> str:
        relations = self._tree("_rels/.rels")
        for relation in () if relations is None else relations:
            if str(relation.get("Type", "")).endswith("/officeDocument"):
                return str(relation.get("Target", "")).lstrip("/")
        raise PackageError("里面没有文档内容，不是 Word 文档")

    def _tree(self, name: str) -> _Element | None:
        from lxml import etree

        try:
            with self._zip.open(name) as stream:
                data = stream.read(LARGEST_PART + 1)
        except KeyError:
            return None
        except _BROKEN as error:
            raise PackageError("已损坏或加了密码，内容取不出来") from error
        if len(data) > LARGEST_PART:
            raise PackageError(f"解开后的 {name} 超过 {LARGEST_PART // 1024 // 1024} MB")
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            root = etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise PackageError(f"内部的 {name} 已损坏") from error
        if root.getroottree().docinfo.internalDTD is not None:
            raise PackageError(f"内部的 {name} 带有 DOCTYPE 声明，为安全起见不读")
        return root


def local(element: _Element) -> str:
    """The element's name without its namespace: both OOXML variants then read alike."""
    tag = element.tag
    return str(tag).rpartition("}")[2]


def attribute(element: _Element | None, name: str) -> str | None:
    """An attribute by its local name."""
    if element is None:
        return None
    return next(
        (str(v) for k, v in element.attrib.items() if str(k).rpartition("}")[2] == name), None
    )


def child(element: _Element | None, *path: str) -> _Element | None:
    """The first descendant along a path of local names, or None."""
    for name in path:
        if element is None:
            return None
        element = next((e for e in element if local(e) == name), None)
    return element


def whole(text: str | None, otherwise: int) -> int:
    """A small whole number in an attribute; ``otherwise`` where it is none."""
    return int(text) if text is not None and text.isdecimal() and len(text) < 9 else otherwise


def switched_on(element: _Element | None) -> bool:
    """Whether a toggle property (``w:vanish``) is present and not turned off."""
    return element is not None and attribute(element, "val") not in ("0", "false", "off", "none")
