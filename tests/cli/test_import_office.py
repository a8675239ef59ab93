"""``gxgen import`` of what LibreOffice must open, of web archives, and of what nobody should."""

from __future__ import annotations

import io
import json
import socket
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from email.mime.image import MIMEImage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from pathlib import Path

import pytest

from gxgen.cli import main
from gxgen.formats.office.program import VARIABLE
from tests.published.corpus import made, shapes, truth
from tests.support import need_tool, soffice

WHAT = replace(truth(5), agency="云垟县甲局", year=2023)
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def stream(name: str) -> bytes:
    """The name of a compound file's stream, as its directory has it."""
    return name.encode("utf-16-le") + bytes(128)


def imported(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, dict]:
    capsys.readouterr()
    status = main(["import", *words, "--format", "json", "--quiet"])
    return status, json.loads(capsys.readouterr().out)


def values_of(capsys: pytest.CaptureFixture[str], form: str) -> dict:
    capsys.readouterr()
    main(["show", form, "--format", "json"])
    return json.loads(capsys.readouterr().out)["values"]


TRUE = {**WHAT.values, "disclosure.fees.amount": str(WHAT.values["disclosure.fees.amount"])}


def test_old_kinds_are_converted_and_read_to_the_figure(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    need_tool("soffice")
    source = tmp_path / "a.docx"
    source.write_bytes(made(WHAT, shapes()["DOCX"]))
    files = [
        soffice(source, kind, tmp_path, tmp_path / "profile") for kind in ("doc", "rtf", "odt")
    ]
    files[0] = files[0].rename(tmp_path / "没有名堂.bin")  # its bytes say what it is
    for number, file in enumerate(files):
        to = tmp_path / str(number)
        status, said = imported(capsys, str(file), "--to", str(to))
        assert (status, said["faults"]) == (0, []), said
        assert values_of(capsys, said["written"][0]) == TRUE, file


def test_an_old_document_is_audited_as_its_docx(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    need_tool("soffice")
    source = tmp_path / "a.docx"
    source.write_bytes(made(WHAT, shapes()["DOCX"], "blanked", 3))
    old = soffice(source, "doc", tmp_path, tmp_path / "profile")
    told = []
    for path in (source, old):
        capsys.readouterr()
        main(["audit", str(path), "--format", "json"])
        found = json.loads(capsys.readouterr().out)["findings"]
        told.append({(one["code"], one["key"]) for one in found})
    by_conversion = ("GX824", None)  # how cells are merged is the converter's
    assert by_conversion not in told[1]
    assert told[1] == told[0] - {by_conversion} != set()


def archive(page: bytes) -> bytes:
    """A page saved with its picture as one file."""
    whole = MIMEMultipart("related")
    whole.attach(MIMEText(page.decode(), "html", "utf-8"))
    whole.attach(MIMEImage(b"GIF89a", "gif"))
    return b"From: <Saved by a browser>\r\n" + whole.as_bytes()


def test_a_web_archive_is_read_without_another_program(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "没有这个程序")
    path = tmp_path / "a.mht"
    path.write_bytes(archive(made(WHAT, shapes()["page"])))
    status, said = imported(capsys, str(path), "--to", str(tmp_path / "表"))
    assert (status, said["findings"]) == (0, [])
    assert values_of(capsys, said["written"][0]) == TRUE


def nested(depth: int) -> bytes:
    """Parts in parts."""
    head = b"MIME-Version: 1.0\n"
    for at in range(depth):
        head += b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (at, at)
    return head


@pytest.mark.parametrize(("data", "said"), [
    (b"MZ\x90\x00" + bytes(500), "是程序"),
    (b"\x7fELF" + bytes(500), "是程序"),
    (COMPOUND + stream("EncryptedPackage"), "加了密码"),
    (COMPOUND + b"\xec\xa5" + bytes(8) + b"\x00\x01" + stream("WordDocument"), "加了密码"),
    (COMPOUND + stream("Workbook"), "旧版工作簿"),
    (COMPOUND + stream("PowerPoint Document"), "认不出的旧版文档"),
    (nested(1) + b"\nx", "里面没有网页"),
    (nested(20), "里面没有网页"),
    (nested(3000), "一层套一层"),
])  # fmt: skip
def test_what_nobody_should_open_is_refused_whatever_its_name(
    data: bytes, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "年度报告.docx"
    path.write_bytes(data)
    status, told = imported(capsys, str(path), "--to", str(tmp_path / "表"))
    assert (status, told["written"], told["faults"]) == (1, [], [])
    (found,) = told["findings"]
    assert found["code"] == "GX802"
    assert said in found["message"]
    assert found["hint"]


def test_where_libreoffice_is_absent_its_files_are_told_and_others_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "没有这个程序")
    (tmp_path / "a.rtf").write_bytes(b"{\\rtf1 x}")
    (tmp_path / "b.html").write_bytes(made(WHAT, shapes()["page"]))
    files = (str(tmp_path / "a.rtf"), str(tmp_path / "b.html"))
    status, told = imported(capsys, *files, "--to", str(tmp_path / "表"))
    assert (status, len(told["written"])) == (1, 1)
    (found,) = told["findings"]
    assert "RTF 文档要由 LibreOffice 转换" in found["message"]
    assert "没有这个程序" in found["message"]
    assert "另存为 .docx" in found["hint"]


@contextmanager
def listening() -> Iterator[tuple[int, list[bytes]]]:
    """A server that notes who calls."""
    calls: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)
        over = threading.Event()

        def serve() -> None:
            while not over.is_set():
                try:
                    link, _ = server.accept()
                except TimeoutError:
                    continue
                with link:
                    link.settimeout(1)
                    calls.append(link.recv(1000))

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield server.getsockname()[1], calls
        finally:
            over.set()
            thread.join()


_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{space}"'
    for name, space in (
        ("office", "office:1.0"), ("draw", "drawing:1.0"), ("text", "text:1.0"),
        ("svg", "svg-compatible:1.0"), ("manifest", "manifest:1.0"),
    )
)  # fmt: skip
_KIND = "application/vnd.oasis.opendocument.text"


def odt(body: str) -> bytes:
    """An ODT of so little."""
    content = (
        f'<office:document-content {_SPACES} xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'office:version="1.3"><office:body><office:text>{body}</office:text></office:body>'
        "</office:document-content>"
    )
    listed = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{kind}"/>'
        for path, kind in (("/", _KIND), ("content.xml", "text/xml"))
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", _KIND)
        archive.writestr("content.xml", content)
        archive.writestr(
            "META-INF/manifest.xml", f"<manifest:manifest {_SPACES}>{listed}</manifest:manifest>"
        )
    return out.getvalue()


def test_a_converted_document_fetches_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """LibreOffice as it comes asks six times for such a picture."""
    need_tool("soffice")
    with listening() as (port, calls):
        address = f"http://127.0.0.1:{port}"
        picture = (
            '<text:p>甲<draw:frame svg:width="2cm" svg:height="2cm"><draw:image '
            f'xlink:href="{address}/a.png" xlink:type="simple"/></draw:frame></text:p>'
        )
        section = (
            f'<text:section text:name="s"><text:section-source xlink:href="{address}/s.odt"/>'
            "<text:p>乙</text:p></text:section>"
        )
        (tmp_path / "a.odt").write_bytes(odt(picture + section))
        status, told = imported(capsys, str(tmp_path / "a.odt"), "--to", str(tmp_path / "表"))
    assert status == 1
    assert [found["code"] for found in told["findings"]] == ["GX801"], "read, and no report"
    assert calls == []
