"""What the commands say of what they did: data on stdout, progress and troubles on stderr."""

from __future__ import annotations

import codecs
import contextlib
import json
import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gxgen.api.records import build_record, findings_record, rollup_record
from gxgen.cli.kit import kit_lines
from gxgen.diagnostics import Diagnostic, by_addressee, has_errors
from gxgen.letters import json_shown, shown
from gxgen.show.text import counts_text, few_questions, findings_text, record_text

if TYPE_CHECKING:
    from gxgen.api.designing import CheckedTemplate
    from gxgen.checks.trace import Trace
    from gxgen.county.agency_year import Judgement, Outcome
    from gxgen.county.batch import Progress, Result
    from gxgen.formats.doctor import DoctorReport

_BAR = 24
_drawn: set[bool] = set()
"""Holds something while a bar stands on the screen, which whatever is said next clears."""
FEW = 20
"""So many units are listed one by one; of more, only those of which there is something to say."""


def progress(quiet: bool) -> Progress | None:
    """A bar that names the agency just done in a terminal, plain lines elsewhere."""
    if quiet:
        return None
    if sys.stderr.isatty():
        return _draw_bar
    return lambda name, done, total: remark(f"[{done}/{total}] {shown(name)}")


def _draw_bar(name: str, done: int, total: int) -> None:
    """``[████████░░░░] 34/100 某某县财政局`` on one line that is written over."""
    filled = _BAR * done // max(total, 1)
    bar = "█" * filled + "░" * (_BAR - filled)
    _drawn.add(True)
    _on_stderr(f"\r\x1b[K[{bar}] {done}/{total} {shown(name)}")


def end_progress() -> None:
    """Clear the progress line of a terminal."""
    if _drawn:
        _drawn.clear()
        _on_stderr("\r\x1b[K")


def say(line: str) -> None:
    """One line of what was done."""
    end_progress()
    print(shown(line))


def remark(text: str) -> None:
    """A sentence beside the data."""
    end_progress()
    _on_stderr(f"{shown(text, lines=True)}\n")


def _on_stderr(text: str) -> None:
    with contextlib.suppress(OSError):  # where nobody can be told, the exit status tells
        sys.stderr.write(text)
        sys.stderr.flush()


def print_troubles(said: Iterable[str]) -> None:
    """A line for each thing outside the data that went wrong."""
    for trouble in said:
        remark(f"  {trouble}")


def print_json(data: object) -> None:
    """JSON on stdout and nothing else; where a console is not of UTF-8, in ASCII, which is both."""
    print(json_shown(json.dumps(data, ensure_ascii=ascii_only(), indent=1)))


def ascii_only() -> bool:
    """Whether the console that JSON goes to may show no more than ASCII."""
    return codecs.lookup(sys.stdout.encoding or "ascii").name != "utf-8"


def print_findings(found: Sequence[Diagnostic]) -> None:
    """Findings as a clerk reads them, painted in a terminal."""
    if found:
        colour = sys.stdout.isatty() and "NO_COLOR" not in os.environ
        print(findings_text(found, colour=colour))


# init, blank, template new | preview


def print_new_county(path: Path, folder: Path, year: int, demo: int, *, listed: bool) -> None:
    """What ``init`` made, and what to do next."""
    made = f"{path} 和{demo}个虚拟单位的填报表" if demo else path
    then = (
        f"在 {folder} 里运行 gxgen build"
        if demo
        else f"看一遍里面的设置，再在 {folder} 里运行 gxgen blank --all --year {year}"
        if listed
        else f"在里面写好各单位的名册，再运行 gxgen blank --all --year {year}"
    )
    say(f"已新建 {made}。下一步：{then}")


def print_new_style(name: str) -> None:
    """How to use what ``template new`` made."""
    say(f'改好以后，在 county.toml 里写 style = "{name}"；gxgen template check {name} 检查模板。')


def print_written(paths: Iterable[Path], *, beside_data: bool = False) -> None:
    """A line for each file."""
    tell = remark if beside_data else say
    for path in paths:
        tell(f"已生成 {path}")


def print_preview(path: Path | None, found: Sequence[Diagnostic]) -> None:
    """What was written, and what is to be said of the style."""
    print_findings(found)
    print_written([path] if path else [])


# check, build, rollup


def print_check(result: Result, *, as_json: bool, everything: bool = False) -> None:
    """Findings by agency, then one line that sums up; of questions a handful each, unless
    ``everything`` is asked for."""
    if as_json:
        print_json(findings_record(result.diagnostics, len(result.outcomes)))
        return
    end_progress()
    for outcome in result.outcomes:
        _print_unit(outcome, everything=everything)
    passed = sum(outcome.passed for outcome in result.outcomes)
    failed = len(result.outcomes) - passed
    tail = f"，{failed} 份有错误，需改正" if failed else ""
    say(f"核对了 {len(result.outcomes)} 份：{passed} 份可以成文{tail}。")


def print_build(result: Result, *, why: bool = False, as_json: bool = False) -> None:
    """Findings by agency, the files written, then one line that sums up."""
    end_progress()
    if as_json:
        print_json(build_record(result))
        return
    sound = 0
    for outcome in _in_order(result.outcomes):
        if outcome.word == "unchanged" and outcome.passed:
            continue
        if len(result.outcomes) > FEW and not (why or outcome.diagnostics or outcome.faults):
            sound += outcome.word == "built"
            continue
        _print_unit(outcome)
        _print_built(outcome, why)
    if sound:
        say(f"另有 {sound} 份没有问题，报告已生成，不逐一列出。")
    _print_changes(result)
    _print_styles(result)
    for county, year, agency in result.missing:
        word = "逾期未报" if county in result.late else "未报送"
        say(f"  {word}：{county.name} {agency.name}（{year}年度）")
    for county, year, found in result.rollups:
        say(f"{county.name} {year}年汇总  {counts_text(found)}")
        print_findings(found)
    print_troubles(result.faults)
    for said in result.remarks:
        say(f"  {said}")
    say(_summary(result))
    _print_county_files(result.county_outputs)
    for line in kit_lines(result.kit):
        say(line)


def _print_county_files(paths: Iterable[Path]) -> None:
    """Where to look now: the page, the county's own report and its details."""
    from gxgen.county.outputs import MANIFEST, PAGE  # late: most commands do not need the county

    for path in sorted(paths, key=lambda one: (one.parent, one.name != PAGE, one.name)):
        if path.name != MANIFEST:
            what = (
                "总览页" if path.name == PAGE else "汇总明细" if path.suffix == ".xlsx" else "汇总"
            )
            say(f"  {what}：{path}")


def _print_styles(result: Result) -> None:
    for style, found in result.styles:
        say(f"样式“{style}”  {counts_text(found)}")
        print_findings(found)


def print_rollup(result: Result, *, as_json: bool) -> int:
    """What the roll-up found and wrote; returns the exit status."""
    end_progress()
    found = [d for _, _, diagnostics in result.rollups for d in diagnostics]
    whole = [*result.of_styles, *found]
    files = [
        path for path in result.county_outputs if path.name not in ("index.html", "build.json")
    ]
    if as_json:
        print_json(rollup_record(result, whole, files))
    else:
        _print_styles(result)
        print_findings(found)
        for path in files:
            say(f"  已生成 {path}")
        _print_changes(result)
        passed = sum(outcome.passed for outcome in result.outcomes)
        say(f"汇总了 {passed} 份，{counts_text(found)}。")
    faults = [*(fault for outcome in result.outcomes for fault in outcome.faults), *result.faults]
    print_troubles(faults)
    return result.exit_status if faults else int(has_errors(whole))


def _in_order(outcomes: Sequence[Outcome]) -> Iterator[Outcome]:
    """Of many units those that nobody can build as they are last: they stand where one looks."""
    if len(outcomes) <= FEW:
        yield from outcomes
        return
    yield from (outcome for outcome in outcomes if outcome.passed)
    yield from (outcome for outcome in outcomes if not outcome.passed)


def _print_unit(outcome: Outcome, *, everything: bool = False) -> None:
    judged, found = outcome.judgement, outcome.diagnostics
    name = f"{judged.agency} {judged.year}年" if judged.year else judged.workbook
    said = "没有做完" if outcome.faults and not found else counts_text(found)
    say(f"{name}  {said}  （{outcome.path}）")
    told, more = (found, 0) if everything else few_questions(found)
    print_findings(told)
    if more:
        say(f'  另有 {more} 条核实，运行 gxgen check "{outcome.path}" --all 查看')
    if has_errors(found) and not (judged.returned or judged.blank):
        say(f"  以上错误由{_others(found)}处理，填报单位不用改表。")


def _others(found: Iterable[Diagnostic]) -> str:
    """Who must act, where it is not the clerk."""
    errors = by_addressee(one for one in found if has_errors((one,)))
    return "、".join(who.label for who in errors)


def _print_built(outcome: Outcome, why: bool) -> None:
    from gxgen.county.outputs import RETURNS  # late: most commands do not need the county

    if why and outcome.causes:
        say(f"  原因：{'、'.join(_causes(outcome))}")
    if outcome.word in ("built", "refused"):
        for path in outcome.outputs:
            say(f"  {'退回件' if path.parent.name == RETURNS else '已生成'} {path}")
    print_troubles(outcome.faults)


def _causes(outcome: Outcome) -> Iterator[str]:
    for cause in outcome.causes:
        parts = "、".join(outcome.changed.get(cause, ()))
        yield f"{cause}（{parts}）" if parts else cause


def _print_changes(result: Result) -> None:
    """What no longer stands under its name."""
    for path in result.set_aside:
        say(f"  原有文件不是上次生成的样子（被人改过，或者不知是谁写的），已改名保留：{path}")
    for path in result.removed:
        say(f"  不再有效，已撤下：{path}")


def _summary(result: Result) -> str:
    counts = Counter(outcome.word for outcome in result.outcomes)
    said = [f"共 {len(result.outcomes)} 份：生成 {counts['built']} 份报告"]
    partly = sum(bool(outcome.faults) and outcome.word == "built" for outcome in result.outcomes)
    if partly:
        said.append(f"其中 {partly} 份还缺文件，原因见上")
    if counts["unchanged"]:
        said.append(f"{counts['unchanged']} 份没有变化，不必重做")
    undone = sum(one.word == "held" and not one.judgement.sound for one in result.outcomes)
    if undone:
        said.append(f"{undone} 份没有做完，原因见上")
    if counts["held"] > undone:
        waiting = counts["held"] - undone
        said.append(f"{waiting} 份本身没有错误，待上面所说的处理好后再生成")
    if counts["missing"]:
        said.append(f"{counts['missing']} 份是没有填的空白表")
    if counts["refused"]:
        said.append(f"{counts['refused']} 份没有生成，请按上面的提示改正后重新运行")
    refused = [one for one in result.outcomes if one.word == "refused"]
    held = [o for o in refused if has_errors(o.diagnostics) and not o.judgement.returned]
    if held:
        who = _others(d for one in held for d in one.diagnostics)
        said.append(f"其中 {len(held)} 份不退回填报单位，由{who}处理")
    return "，".join(said) + "。"


# show, trace, doctor, template check


def print_record(record: dict[str, Any] | None, found: Judgement, *, as_json: bool) -> None:
    """What ``show`` read, or why nothing could be read."""
    if as_json:
        print_json(findings_record(found.diagnostics, 1) if record is None else record)
        return
    if record is None or found.report is None:
        print_findings(found.diagnostics)
        return
    edition = found.report.edition
    tables = [
        (form.sheet, [k for k, f in edition.fields.items() if f.table == form.key])
        for form in edition.tables
    ]
    print(shown(record_text(record, tables), lines=True))
    if found.diagnostics:
        print()
        print_findings(found.diagnostics)


def print_trace(whole: Trace | None, found: Judgement, *, as_json: bool) -> int:
    """Where numbers come from, or why nothing could be read; returns the exit status."""
    if whole is None:
        print_record(None, found, as_json=as_json)
        return 1
    from gxgen.show.trace.record import trace_record  # late: it loads how sentences are read
    from gxgen.show.trace.text import trace_text

    if as_json:
        print_json(trace_record(whole))
    else:
        print(trace_text(whole))
    return 0


def print_doctor(report: DoctorReport, *, as_json: bool) -> int:
    """What the machine has; returns the exit status."""
    from gxgen.show.doctor import doctor_text  # late: it loads what it looks at

    if as_json:
        print_json(report.as_json())
    else:
        print(shown(doctor_text(report), lines=True))
    return 0 if report.healthy else 1


def print_template(checked: Sequence[CheckedTemplate], *, as_json: bool) -> int:
    """Each template with its faults; returns the exit status."""
    faults = [d for one in checked for d in one.found]
    if as_json:
        print_json(findings_record(faults, len(checked)))
    else:
        for path, found, source in checked:
            say(f"{path.name}{source and f'（{source}）'}  {counts_text(found)}")
            print_findings(found)
    return int(has_errors(faults))
