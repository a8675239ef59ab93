"""Faults that only the files around a form show, or the county as a whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from benchmarks.planting.site import Plant, Planter, Site, lines_of, written
from gxgen.county.files import safe_name
from gxgen.demo.agencies import GOVERNMENT, demo_agency
from gxgen.demo.copies import retyped, story, told
from gxgen.demo.county import Demo, clean_report
from gxgen.demo.faults import with_figures
from gxgen.form.write.workbook import blank_workbook
from gxgen.model.agency import Agency
from gxgen.model.report import Entry, EntryState

STRANGER = 700
"""An agency of that index and above is in no roster here."""


# -- around one form -------------------------------------------------------------------------------


def _wrong_folder(site: Site, random: Random) -> Plant:
    return site.filed("GX701", (site.base / site.last_path).read_bytes(), also="GX071 GX704 GX530")


def _twice(site: Site, random: Random) -> Plant:
    copy = f"{site.demo.year}/{site.stem}{random.choice(('（修改版）', '(2)', '-副本'))}.xlsx"
    return Plant("GX702", {copy: site.data})


def _stranger(site: Site, random: Random) -> Plant:
    unit = demo_agency(site.demo.county, STRANGER + random.randrange(1000))
    path = f"{site.demo.year}/{safe_name(unit.agency.name)}.xlsx"
    files = {path: written(clean_report(unit, site.demo.year))}
    return Plant("GX703", files, also=frozenset({"GX704"}))


def _no_last_year(site: Site, random: Random) -> Plant:
    return Plant("GX704", {site.last_path: None})


def _two_texts(site: Site, random: Random) -> Plant:
    text = "\n".join(lines_of(site.report)).encode()
    bare = written(replace(site.report, narrative=()))
    return Plant(
        "GX705", {site.path: bare, site.text_path(".txt"): text, site.text_path(".md"): text}
    )


def _one_file_name(site: Site, random: Random) -> Plant:
    files = {}
    for letter in "aA":
        name = f"{site.demo.county}{site.index}号{letter}区管理中心"
        report = replace(clean_report(site.unit, site.demo.year), agency=Agency(name))
        files[f"{site.demo.year}/{site.index}{ord(letter)}.xlsx"] = written(report)
    return Plant("GX706", files, also=frozenset(["GX703", "GX704", "GX730", "GX732"]))


def _two_of_last_year(site: Site, random: Random) -> Plant:
    last = (site.base / site.last_path).read_bytes()
    return Plant("GX707", {f"{site.demo.year - 1}/{site.index}（终稿）.xlsx": last})


def _untouched(site: Site, random: Random) -> Plant:
    agency, year = site.report.agency, site.demo.year
    return Plant("GX708", {site.path: blank_workbook(site.report.edition, year, agency=agency)})


def _without_figures(site: Site, random: Random) -> Plant:
    bare = written(replace(site.report, entries={}))
    return Plant("GX709", {site.path: bare}, also=frozenset({"GX020"}))


def _unreadable_last(site: Site, random: Random) -> Plant:
    return Plant("GX070", {site.last_path: random.choice((b"", b"PK\x03\x04" + bytes(99)))})


def _last_of_another(site: Site, random: Random) -> Plant:
    """Of one outside the county: a neighbour would have two of that year then."""
    unit = demo_agency(site.demo.county, STRANGER + random.randrange(1000))
    return Plant("GX071", {site.last_path: written(clean_report(unit, site.demo.year - 1))})


def _incomplete_last(site: Site, random: Random) -> Plant:
    parts = [key for key in site.last.entries if key.startswith("requests.carried_out.")]
    blank = Entry(None, None, None, EntryState.BLANK)
    entries = {**site.last.entries, random.choice(parts): blank}
    return Plant("GX723", {site.last_path: written(replace(site.last, entries=entries))})


# -- the same words --------------------------------------------------------------------------------


def _shared(site: Site, random: Random) -> Plant | None:
    if site.beside is None:
        return None
    text = story(random)
    copy = retyped(text, random, random.uniform(0, 0.2))
    files, where = {}, set()
    for here, words in ((site, text), (site.beside, copy)):
        plant = here.changed("GX730", told(here.report, words, random))
        files |= plant.files
        where |= plant.where
    return Plant("GX730", files, frozenset(where))


def _of_last_year(site: Site, random: Random) -> Plant:
    text = story(random)
    plant = site.changed("GX731", told(site.report, text, random))
    last = told(site.last, retyped(text, random, random.uniform(0, 0.2)), random)
    return replace(plant, files={**plant.files, site.last_path: written(last)})


def planters() -> Iterator[Planter]:
    """Those of single forms."""
    yield Planter("GX070", "上年的表读不出来", _unreadable_last)
    yield Planter("GX071", "上年的表是别的单位的", _last_of_another)
    yield Planter("GX701", "上年的表放进今年的文件夹", _wrong_folder)
    yield Planter("GX702", "交了两份", _twice)
    yield Planter("GX703", "不在名册里", _stranger)
    yield Planter("GX704", "没有上年的表", _no_last_year)
    yield Planter("GX705", "两份文字文件", _two_texts)
    yield Planter("GX706", "两个单位一个文件名", _one_file_name)
    yield Planter("GX707", "上年的表有两份", _two_of_last_year)
    yield Planter("GX708", "空白表", _untouched)
    yield Planter("GX709", "一个数都没有填", _without_figures)
    yield Planter("GX723", "上年的表有空格", _incomplete_last)
    yield Planter("GX730", "两个单位同一段话", _shared)
    yield Planter("GX731", "照抄上年的一段", _of_last_year)


# -- the county as a whole -------------------------------------------------------------------------

Change = Callable[[Path, Demo, Random], "list[Path] | None"]
"""Damages a county's folder; gives what to build, None for all of it."""


@dataclass(frozen=True)
class CountyPlanter:
    """A fault that is told of a county's own report; ``also`` comes of it."""

    code: str
    name: str
    change: Change
    also: str = ""


def _form(folder: Path, demo: Demo, index: int, year: int = 0) -> Path:
    name = safe_name(demo_agency(demo.county, index).agency.name)
    return folder / str(year or demo.year) / f"{name}.xlsx"


def _year_of_one(folder: Path, demo: Demo, random: Random) -> None:
    one = random.randrange(demo.agencies)
    _form(folder, demo, one).write_bytes(_form(folder, demo, one, demo.year - 1).read_bytes())


def _edition_of_one(folder: Path, demo: Demo, random: Random) -> None:
    one = random.randrange(demo.agencies)
    old = clean_report(demo_agency(demo.county, one), 2020)
    _form(folder, demo, one).write_bytes(written(old))


def _two_forms(folder: Path, demo: Demo, random: Random) -> None:
    form = _form(folder, demo, random.randrange(demo.agencies))
    form.with_name(f"{form.stem}(2).xlsx").write_bytes(form.read_bytes())


def _one_missing(folder: Path, demo: Demo, random: Random) -> None:
    _form(folder, demo, random.randrange(demo.agencies)).unlink()


def _one_faulty(folder: Path, demo: Demo, random: Random) -> None:
    _form(folder, demo, random.randrange(demo.agencies)).write_bytes(b"")


def _one_stranger(folder: Path, demo: Demo, random: Random) -> None:
    report = clean_report(demo_agency(demo.county, STRANGER), demo.year)
    _form(folder, demo, STRANGER).write_bytes(written(report))


def _no_roster(folder: Path, demo: Demo, random: Random) -> None:
    settings = folder / "county.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.partition("\n[[agency]]")[0], encoding="utf-8")


def _no_words(folder: Path, demo: Demo, random: Random) -> None:
    _form(folder, demo, GOVERNMENT).unlink()


def _old_words(folder: Path, demo: Demo, random: Random) -> None:
    last = _form(folder, demo, GOVERNMENT, demo.year - 1)
    _form(folder, demo, GOVERNMENT).write_bytes(last.read_bytes())


def _own_figures(folder: Path, demo: Demo, random: Random) -> None:
    own = clean_report(demo_agency(demo.county, GOVERNMENT), demo.year)
    figures = with_figures(own, {"disclosure.licensing.decisions": random.randint(10**6, 10**7)})
    _form(folder, demo, GOVERNMENT).write_bytes(written(figures))


def _none_sound(folder: Path, demo: Demo, random: Random) -> None:
    for index in range(demo.agencies):
        _form(folder, demo, index).write_bytes(b"")


def _one_not_to_be_read(folder: Path, demo: Demo, random: Random) -> None:
    form = _form(folder, demo, random.randrange(demo.agencies))
    form.unlink()
    form.mkdir()


def county_planters() -> Iterator[CountyPlanter]:
    """Those of the whole."""
    yield CountyPlanter("GX710", "混进了上年的表", _year_of_one)
    yield CountyPlanter("GX711", "混进了旧版的表", _edition_of_one, "GX710")
    yield CountyPlanter("GX712", "一个单位两份", _two_forms)
    yield CountyPlanter("GX713", "一个单位没有报", _one_missing)
    yield CountyPlanter("GX714", "一个单位有错误", _one_faulty)
    yield CountyPlanter("GX715", "名册外的单位计入了汇总", _one_stranger)
    yield CountyPlanter("GX716", "名册是空的", _no_roster)
    yield CountyPlanter("GX717", "没有本级的文字", _no_words)
    yield CountyPlanter("GX718", "本级的文字是上年的", _old_words)
    yield CountyPlanter("GX719", "本级填的数不同", _own_figures)
    yield CountyPlanter("GX720", "没有一份能汇总", _none_sound, "GX714")
    yield CountyPlanter("GX721", "一份表读不了", _one_not_to_be_read)
