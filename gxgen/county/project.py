"""``county.toml``: the county, its roster of agencies, its style and formats."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gxgen.errors import UsageError
from gxgen.model import Agency, AgencyKind, Contact

FILE_NAME = "county.toml"
FORMATS = ("docx",)
_MOST_BYTES = 16_000_000


@dataclass(frozen=True, slots=True)
class County:
    """A folder with a ``county.toml``: its settings and the agencies that must file.

    ``year`` limits a build to one year's folder; None means every year that is there.
    ``government`` is the name under which the county's own roll-up is issued; its workbook holds
    the narrative and is not counted as a unit.
    """

    name: str
    folder: Path
    year: int | None = None
    style: str = "official"
    formats: tuple[str, ...] = ("docx",)
    roster: tuple[Agency, ...] = field(default=())
    government: str | None = None

    def agency(self, name: str) -> Agency | None:
        """The agency of that full or short name."""
        return next((a for a in self.roster if name in (a.name, a.short_name)), None)


def load_county(folder: Path) -> County:
    """Read ``folder/county.toml``.

    Raises:
        UsageError: it is not valid; the message lists every fault with its line.
    """
    path = folder / FILE_NAME
    text = _text(path)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{path} 不是有效的 TOML：{_toml_fault(error)}") from None
    return _validated(path, text, data)


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise UsageError(f"{path} 超过16兆字节，不像是一份县级设置文件。")
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise UsageError(f"{path} 不是 UTF-8 编码；请用记事本“另存为”，编码选 UTF-8。") from None
    except OSError as error:
        raise UsageError(f"读不了 {path}：{error.strerror}") from None


def _toml_fault(error: tomllib.TOMLDecodeError) -> str:
    import re

    place = re.search(r"at line (\d+), column (\d+)", str(error))
    if place is None:
        return "文件在中途结束，请检查引号和方括号是否成对。"
    return f"第{place[1]}行第{place[2]}列写法有误，请检查引号、等号和方括号。"


def _validated(path: Path, text: str, data: dict[str, Any]) -> County:
    from pydantic import ValidationError

    from gxgen.county.settings import CountySettings

    try:
        settings = CountySettings.model_validate(data)
    except ValidationError as error:
        from gxgen.county.settings import explain

        raise UsageError(f"{path} 有误：\n" + "\n".join(explain(error, text))) from None
    return County(
        name=settings.county,
        folder=path.parent,
        year=settings.year,
        style=settings.style,
        formats=tuple(settings.formats),
        roster=tuple(
            Agency(a.name, a.short_name, a.kind, Contact(**a.contact.model_dump()))
            for a in settings.agency
        ),
        government=settings.government,
    )


def scaffold(name: str, year: int) -> str:
    """The text of a new ``county.toml``, to be filled in by hand."""
    kinds = "、".join(kind.value for kind in AgencyKind)
    return f"""# {name}：政府信息公开工作年度报告的设置和单位名册。改好后存盘，编码 UTF-8。
county = {quoted(name)}
year = {year}
style = "official"
formats = ["docx"]

# 每个单位一段：去掉行首的 # 号，改成本县的单位；不知道的联系方式可以不写。
# 类别（kind）填：{kinds}。
#
# [[agency]]
# name = "某某县财政局"
# short_name = "财政局"
# kind = "部门"
# contact = {{ address = "某某路1号", postcode = "100000", phone = "010-00000000" }}
"""


def quoted(text: str) -> str:
    """A string as TOML writes it."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
