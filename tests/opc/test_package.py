"""A package gives no more than its limits, and what is written is read again."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pytest

from gxgen.opc.limits import FORM, Limits
from gxgen.opc.package import Fault, Package, PackageError, ZipWriter, deflater, quickly, zip_date

WIDE = Limits(10**6, parts=10, part=10**6)


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def fault(data: bytes, limits: Limits, part: str | None = None) -> Fault | None:
    try:
        package = Package(data, limits)
        if part is not None:
            package.read(part)
    except PackageError as error:
        return error.fault
    return None


@pytest.mark.parametrize("deflate", [quickly, deflater(0), deflater(6), deflater(9)])
def test_what_is_written_is_read_again(deflate: object) -> None:
    members = {"a.xml": b"<a/>" * 100, "表.xml": b"", "b/c.bin": bytes(range(256))}
    file = ZipWriter(zip_date(1980))
    for name, content in members.items():
        file.add(name, content, deflate)  # type: ignore[arg-type]
    package = Package(file.finish(), WIDE)
    assert {name: package.read(name) for name in package.parts} == members
    with zipfile.ZipFile(io.BytesIO(file.finish())) as archive:
        assert archive.testzip() is None
        assert {i.date_time for i in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize(
    ("limits", "part", "expected"),
    [
        (WIDE, "a", None),
        (replace(WIDE, file=100), None, Fault.FILE_TOO_LARGE),
        (replace(WIDE, parts=1), None, Fault.TOO_MANY_PARTS),
        (replace(WIDE, unpacked=1000), None, Fault.UNPACKED_TOO_LARGE),
        (replace(WIDE, part=1000), "a", Fault.PART_TOO_LARGE),
        (WIDE, "z", Fault.MISSING),
    ],
)
def test_limits_hold(limits: Limits, part: str | None, expected: Fault | None) -> None:
    assert fault(zipped({"a": b"a" * 2000, "b": b""}), limits, part) == expected


def test_a_bomb_is_known_by_its_ratio() -> None:
    assert fault(zipped({"a": bytes(9 * 2**20)}), FORM) is Fault.BOMB


def test_a_part_that_is_larger_than_its_header_says_is_not_unpacked_whole() -> None:
    data = bytearray(zipped({"a": b"a" * 5000}))
    for at in (data.find(b"PK\3\4") + 22, data.find(b"PK\1\2") + 24):
        data[at : at + 4] = (50).to_bytes(4, "little")
    assert fault(bytes(data), WIDE, "a") is Fault.CHECKSUM


def test_other_methods_and_torn_files_are_refused() -> None:
    assert fault(zipped({"a": b"a" * 99}, zipfile.ZIP_BZIP2), WIDE, "a") is Fault.UNKNOWN_METHOD
    assert fault(zipped({"a": b"a"})[:-5], WIDE) is Fault.NOT_ZIP
    assert fault(b"", WIDE) is Fault.NOT_ZIP
    nameless = bytearray(zipped({"a": b"a"}))
    at = nameless.find(b"PK\1\2") + 28
    nameless[at : at + 4] = b"\0\0\1\0"  # the name's letter is a field of its own
    assert fault(bytes(nameless), WIDE) is Fault.NOT_ZIP


@pytest.mark.parametrize(
    "content", [b"<a/>" * 200, b"<a b='' c=''/>" * 80, b'<a b = ""/>' * 110, b"<!--x-->" * 250]
)
def test_marks_are_counted_in_every_spelling_before_anybody_parses(content: bytes) -> None:
    assert fault(zipped({"a": content}), replace(WIDE, marks=100), "a") is Fault.TOO_MANY_MARKS
    assert fault(zipped({"a": content}), replace(WIDE, marks=300), "a") is None


def test_all_parts_that_are_read_are_weighed_together() -> None:
    data = zipped(dict.fromkeys("abcd", b"<a/>" * 50))
    for limits, expected in [
        (replace(WIDE, marks=180), Fault.TOO_MANY_MARKS),
        (replace(WIDE, read=700), Fault.READ_TOO_LARGE),
    ]:
        package = Package(data, limits)
        for name in "aaabbbccc":
            package.read(name)
        with pytest.raises(PackageError) as error:
            package.read("d")
        assert error.value.fault is expected
