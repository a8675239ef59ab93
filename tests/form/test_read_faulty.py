"""Faulty workbooks of the kinds that agencies file: each a finding with its place, no traceback."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

import pytest

from gxgen.form.read.workbook import read_workbook
from tests.form.faulty.form import FILE, Form, filled

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504


def stream(name: str) -> bytes:
    """A compound file with one stream of that name."""
    return OLE + name.encode("utf-16-le").ljust(512, b"\0") * 2


def archive(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content in parts.items():
            zipped.writestr(name.replace("__", "/"), content)
    return out.getvalue()


def spoilt(data: bytes) -> bytes:
    """Some bytes in the middle of the file turned round: the directory still holds."""
    middle = len(data) // 2
    return data[:middle] + bytes(255 - b for b in data[middle : middle + 40]) + data[middle + 40 :]


def changed_digit() -> bytes:
    """A file without compression in which one figure was turned by a bad disk."""
    form = Form()
    part = form.parts[form.part("表三")]
    whole, out = re.search(rb'<c r="D8"[^>]*><v>\d', part)[0], io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as stored:
        for name, content in form.parts.items():
            stored.writestr(name, content)
    other = b"1" if whole.endswith(b"9") else b"9"
    return out.getvalue().replace(whole, whole[:-1] + other)


def lying_bomb() -> bytes:
    """A sheet of 80 MB whose headers declare 1000 bytes."""
    form = Form()
    form.parts[form.part("表三")] = b"<worksheet>" + b" " * 80_000_000
    data = bytearray(form.data())
    real = (80_000_011).to_bytes(4, "little")
    return bytes(data.replace(real, (1000).to_bytes(4, "little")))


def openpyxl_book() -> bytes:
    import openpyxl

    book, out = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["台账", 1, 2])
    book.save(out)
    return out.getvalue()


FILES: dict[str, tuple[Callable[[], bytes], str, str]] = {
    "empty file": (lambda: b"", "GX001", "0字节"),
    "half a download": (lambda: filled()[: len(filled()) // 2], "GX002", "不完整"),
    "last bytes missing": (lambda: filled()[:-30], "GX002", "不完整"),
    "noise": (lambda: bytes(range(256)) * 9, "GX091", "密文"),
    "few bytes over and over": (lambda: b"\x00\x01\x02\x03" * 999, "GX002", "格式"),
    "workbook without its head": (lambda: b"\x00" * 8 + filled()[8:], "GX002", "格式"),
    "security software": (lambda: b"%TSD-Header-###%\x00" + b"\x07" * 9, "GX091", "标记"),
    "older security software": (lambda: b"b\x14#eE-SafeNet   LOCK" + b"\x07" * 9, "GX091", "标记"),
    "zip signature and noise": (lambda: b"PK\x03\x04" + b"\x07" * 999, "GX002", "不完整"),
    "part that does not inflate": (
        lambda: spoilt(filled()),
        "GX002",
        "",
    ),
    "digit changed under its check sum": (changed_digit, "GX002", "校验"),
    "pdf": (lambda: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "GX003", "PDF"),
    "old xls": (lambda: stream("Workbook"), "GX004", ".xls"),
    "et": (lambda: stream("ETExtData"), "GX005", ".et"),
    "encrypted": (lambda: stream("EncryptedPackage"), "GX006", "密码"),
    "html": (lambda: b"<html><table><tr><td>1</td></tr></table>", "GX007", "HTML"),
    "html in gbk": (lambda: "<table><td>表三</td>".encode("gbk"), "GX007", "HTML"),
    "csv": (lambda: "指标,自然人\n新收,1\n".encode(), "GX007", "CSV"),
    "csv in gbk": (lambda: "指标,自然人\n新收,1\n".encode("gb18030"), "GX007", "CSV"),
    "plain text": (lambda: "没有数据".encode(), "GX007", "文本"),
    "old doc": (lambda: stream("WordDocument"), "GX008", "Word"),
    "docx": (
        lambda: archive(word__document=b"").replace(b"word/document", b"word/document"),
        "GX008",
        "ZIP",
    ),
    "real docx": (lambda: archive(**{"word/document.xml": b"<w/>"}), "GX008", "Word"),
    "pptx": (lambda: archive(**{"ppt/presentation.xml": b"<p/>"}), "GX008", "PowerPoint"),
    "ods": (lambda: archive(**{"content.xml": b"<o/>"}), "GX008", "OpenDocument"),
    "ofd": (lambda: archive(**{"OFD.xml": b"<o/>"}), "GX008", "OFD"),
    "picture": (lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "GX008", "PNG"),
    "rar": (lambda: b"Rar!\x1a\x07\x00" + b"\0" * 99, "GX008", "RAR"),
    "zip bomb": (lambda: archive(**{"xl/workbook.xml": b"\0" * 50_000_000}), "GX009", "倍"),
    "zip bomb that lies": (lying_bomb, "GX002", "校验"),
    "too many parts": (
        lambda: archive(**{f"xl/{n}.xml": b"" for n in range(2100)}),
        "GX009",
        "部件",
    ),
    "21 MB": (lambda: b"PK\x03\x04" + b"\0" * 21 * 2**20, "GX009", "MB"),
    "a workbook of another program": (openpyxl_book, "GX011", "表二"),
}


@pytest.mark.parametrize("name", FILES)
def test_file_that_is_not_a_form_is_told_for_what_it_is(name: str) -> None:
    make, code, words = FILES[name]
    reading = read_workbook(make(), FILE)
    assert reading.report is None
    assert [f.code for f in reading.findings] == [code]
    assert words in reading.findings[0].message
    assert str(reading.findings[0].place).startswith(FILE)


def test_file_name_tells_et_from_xls() -> None:
    assert read_workbook(stream("Workbook"), "某局.et").findings[0].code == "GX005"


def test_doctype_is_refused_in_every_part() -> None:
    declared = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    form = Form()
    for part in ("xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml", form.part("表三")):
        form = Form()
        body = re.sub(rb"^<\?xml[^>]*\?>", b"", form.parts[part])
        form.parts[part] = declared + body
        assert "GX010" in [f.code for f in form.read().findings], part


# -- one fault in a filled form: what is done, and each finding as (code, place) ------------------

KEY = "requests.received.individual"
Change = Callable[[Form], object]
AS_CALCULATED = ("stale total", "cached formula")
"""Cases that are about cached results; in the others a change would make them stale."""

CASES: dict[str, tuple[Change, list[str]]] = {
    "blank": (lambda f: f.put("表三!D8", None), ["GX020 表三!D8"]),
    "spaces only": (lambda f: f.put("表三!D8", "  \u3000"), ["GX020 表三!D8"]),
    "html blank": (lambda f: f.put("表三!D8", "&nbsp;"), ["GX020 表三!D8"]),
    "slash": (lambda f: f.put("表三!D8", "/"), ["GX023 表三!D8"]),
    "hyphen": (lambda f: f.put("表三!D8", "-"), ["GX023 表三!D8"]),
    "dash": (lambda f: f.put("表三!D8", "—"), ["GX023 表三!D8"]),
    "word for none": (lambda f: f.put("表三!D8", "无"), ["GX023 表三!D8"]),
    "full width": (lambda f: f.put("表三!D8", "２"), ["GX022 表三!D8"]),
    "space before": (lambda f: f.put("表三!D8", " 2"), ["GX022 表三!D8"]),
    "unit": (lambda f: f.put("表三!D8", "2件"), ["GX022 表三!D8"]),
    "thousands": (lambda f: f.put("表三!D8", "1,234"), ["GX022 表三!D8"]),
    "wrong thousands": (lambda f: f.put("表三!D8", "1,23"), ["GX021 表三!D8"]),
    "numeral": (lambda f: f.put("表三!D8", "十二"), ["GX023 表三!D8"]),
    "about": (lambda f: f.put("表三!D8", "约20"), ["GX021 表三!D8"]),
    "more than": (lambda f: f.put("表三!D8", "3.8万余"), ["GX021 表三!D8"]),
    "range": (lambda f: f.put("表三!D8", "2-3"), ["GX021 表三!D8"]),
    "text": (lambda f: f.put("表三!D8", "见附件"), ["GX021 表三!D8"]),
    "change in a count": (lambda f: f.put("表三!D8", "+43"), ["GX021 表三!D8"]),
    "percentage": (lambda f: f.put("表三!D8", "5%"), ["GX021 表三!D8"]),
    "truth": (lambda f: f.put("表三!D8", True), ["GX021 表三!D8"]),
    "date": (lambda f: f.date("表三!D8"), ["GX021 表三!D8"]),
    "phone number": (lambda f: f.put("表三!D8", 13800000000), ["GX021 表三!D8"]),
    "negative": (lambda f: f.put("表三!D8", -1), ["GX025 表三!D8"]),
    "negative text": (lambda f: f.put("表三!D8", "-1"), ["GX025 表三!D8"]),
    "half": (lambda f: f.put("表三!D8", 0.5), ["GX026 表三!D8"]),
    "half in text": (lambda f: f.put("表三!D8", "0.5"), ["GX026 表三!D8"]),
    "not available": (lambda f: f.error("表三!D8", "#N/A"), ["GX027 表三!D8"]),
    "broken reference": (lambda f: f.error("表三!D8", "#REF!"), ["GX027 表三!D8"]),
    "uncached formula": (lambda f: f.formula("表三!D8", "1+1"), ["GX028 表三!D8"]),
    "cached formula": (lambda f: f.formula("表三!D8", "1+1", f.value(KEY)), ["GX029 表三!D8"]),
    "formula with error": (
        lambda f: f.put_raw("表三!D8", ' t="e"', "<f>NA()</f><v>#N/A</v>"),
        ["GX027 表三!D8"],
    ),
    "fee in yuan": (lambda f: f.put("表二!B18", "251000元"), ["GX023 表二!B18"]),
    "fee with unit": (lambda f: f.put("表二!B18", "160.5964万元"), ["GX022 表二!B18"]),
    "fee of six places": (lambda f: f.put("表二!B18", 2648.523333), ["GX024 表二!B18"]),
    "fee below zero": (lambda f: f.put("表二!B18", -3.5), ["GX025 表二!B18"]),
    "fee in pieces": (lambda f: f.put("表二!B18", "3件"), ["GX021 表二!B18"]),
    "blank typed total": (lambda f: f.put("表三!J8", None), ["GX020 表三!J8"]),
    "stale total": (lambda f: f.formula("表三!J8", "SUM(D8:I8)", 999), ["GX030 表三!J8"]),
    "broken total": (
        lambda f: f.put_raw("表三!J8", ' t="e"', "<f>#REF!+1</f><v>#REF!</v>"),
        ["GX027 表三!J8"],
    ),
    "uncached total": (lambda f: f.formula("表三!J8", "SUM(D8:I8)"), []),
    "a note in a label": (lambda f: f.put("表二!A7", "规章（县级无此项）"), []),
    "a local label": (lambda f: f.put("表三!G7", "社会组织"), []),
    "yuan in the head": (
        lambda f: f.put("表二!B17", "本年收费金额（单位：元）"),
        ["GX015 表二!B17"],
    ),
    "another row's label": (lambda f: f.put("表三!B10", "（三）不予公开"), ["GX015 表三!B10"]),
    "label gone": (lambda f: f.put("表三!D6", None), ["GX015 表三!D6"]),
    "row inserted": (lambda f: f.insert_row("表三", 10), []),
    "row inserted above": (lambda f: f.insert_row("表三", 2), []),
    "column inserted": (lambda f: f.insert_column("表三", "F"), []),
    "row inserted and filled": (
        lambda f: f.insert_row("表三", 10).put("表三!E10", 7),
        ["GX017 表三!E10"],
    ),
    "number beside a merged cell": (lambda f: f.put("表二!C18", 7), ["GX017 表二!C18"]),
    "row deleted": (lambda f: f.delete_row("表三", 12), ["GX012 工作表“表三”"]),
    "sheet renamed": (lambda f: f.rename("表三", "Sheet3"), []),
    "sheet with a quote": (lambda f: f.rename("表三", "表三'新"), []),
    "sheet deleted": (lambda f: f.delete("表三"), [f"GX012 {FILE}"]),
    "sheet copied": (lambda f: f.copy("表三", "表三 (2)"), ["GX016 工作表“表三 (2)”"]),
    "sheet copied without names": (
        lambda f: f.copy("表三", "表三副本", scoped=False),
        ["GX016 工作表“表三副本”"],
    ),
    "original deleted, copy kept": (
        lambda f: f.copy("表三", "表三 (2)").delete("表三"),
        ["GX013 工作表“表三 (2)”"],
    ),
    "names lost": (
        lambda f: f.drop_names(),
        ["GX013 工作表“表三”", "GX013 工作表“表二”", "GX013 工作表“表四”"],
    ),
    "some names lost": (lambda f: f.drop_names(r"gx\.requests\.gr"), ["GX013 工作表“表三”"]),
    "names lost and a label": (
        lambda f: f.drop_names(r"gx\.requests").put("表三!B10", "同意公开"),
        ["GX012 工作表“表三”"],
    ),
    "names lost and a label twice": (
        lambda f: (
            f.drop_names(r"gx\.requests").insert_row("表三", 12).put("表三!B12", "（一）予以公开")
        ),
        ["GX012 工作表“表三”"],
    ),
    "sheet copied and a label changed": (
        lambda f: f.copy("表三", "表三 (2)").put("表三 (2)!B10", "同意公开"),
        ["GX016 工作表“表三 (2)”"],
    ),
    "cut and pasted": (
        lambda f: f.point("requests.received.individual", "'表三'!$E$20"),
        ["GX014 表三!D8"],
    ),
    "name points to another workbook": (
        lambda f: f.point("requests.received.individual", "[1]表三!$D$8"),
        [],
    ),
    "no agency": (lambda f: f.put("基本信息!B4", None), ["GX031 基本信息!B4"]),
    "another agency": (lambda f: f.put("基本信息!B4", "某县某局"), ["GX039 基本信息!B4"]),
    "control character in the name": (
        lambda f: f.put("基本信息!B4", "某县\x02某局"),
        ["GX033 基本信息!B4"],
    ),
    "break in the name": (lambda f: f.put("基本信息!B4", "某县\n某局"), ["GX032 基本信息!B4"]),
    "unknown kind": (lambda f: f.put("基本信息!B6", "企业"), ["GX032 基本信息!B6"]),
    "no year": (lambda f: f.put("基本信息!B7", None), ["GX031 基本信息!B7"]),
    "year in words": (lambda f: f.put("基本信息!B7", "去年"), ["GX032 基本信息!B7"]),
    "half a year": (lambda f: f.put("基本信息!B7", 2022.5), ["GX032 基本信息!B7"]),
    "next year": (lambda f: f.put("基本信息!B7", 2023), ["GX038 基本信息!B7"]),
    "no date": (lambda f: f.put("基本信息!B9", None), ["GX031 基本信息!B9"]),
    "impossible date": (lambda f: f.put("基本信息!B9", "2023年2月30日"), ["GX032 基本信息!B9"]),
    "vague date": (lambda f: f.put("基本信息!B9", "年初"), ["GX032 基本信息!B9"]),
    "address too long": (lambda f: f.put("基本信息!B10", "路" * 300), ["GX036 基本信息!B10"]),
    "newer form": (lambda f: f.put("_gxgen!B2", 99), ["GX019 工作表“_gxgen”"]),
    "control character in the text": (
        lambda f: f.put("正文!C6", "一年来\x01工作"),
        ["GX033 正文!C6"],
    ),
    "escaped control character": (
        lambda f: f.put("正文!C6", "一年来_x0002_工作"),
        ["GX033 正文!C6"],
    ),
    "non-character": (lambda f: f.put("正文!C6", "一年来\uffff工作"), ["GX033 正文!C6"]),
    "text in the marker column": (lambda f: f.put("正文!A6", "一大段话"), ["GX035 正文!A6"]),
    "text in the style column": (lambda f: f.put("正文!B6", "一大段话"), ["GX035 正文!B6"]),
    "text to the right": (lambda f: f.put("正文!E6", "一大段话"), ["GX035 正文!E6"]),
    "text over the guidance": (
        lambda f: f.put("正文!C5", "一年来的工作"),
        ["GX035 正文!C5"],
    ),
    "formula in the text": (
        lambda f: f.put_raw("正文!C6", ' t="e"', "<f>加强</f><v>#NAME?</v>"),
        ["GX027 正文!C6"],
    ),
    "marker gone": (lambda f: f.put("正文!A9", None), ["GX034 工作表“正文”"]),
    "narrative deleted": (lambda f: f.delete("正文"), [f"GX034 {FILE}"]),
    "answer without reason": (lambda f: f.put("说明!A4", "GX201"), ["GX037 说明!A4"]),
    "answer without code": (lambda f: f.put("说明!C4", "确实如此"), ["GX037 说明!A4"]),
}


@pytest.mark.parametrize("name", CASES)
def test_one_fault_is_one_finding_at_its_place(name: str) -> None:
    change, expected = CASES[name]
    form = Form()
    change(form)
    if name not in AS_CALCULATED and "表三" in form.sheets:
        form.forget("表三")
    found = [f for f in form.read().findings if not f.code.startswith("GX04")]
    assert sorted(f"{f.code} {f.place}" for f in found) == sorted(expected), [
        f.message for f in found
    ]
