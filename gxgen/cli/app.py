"""The commands. Each imports what it needs when it runs, so that ``--help`` stays light."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from gxgen import __version__, api
from gxgen.cli import filing, sending
from gxgen.cli.answering import answer
from gxgen.cli.audit import audit
from gxgen.cli.compare import compare
from gxgen.cli.desk import desk
from gxgen.cli.import_command import import_
from gxgen.cli.likeness import similarity
from gxgen.cli.options import (
    COMPLETE,
    Engine,
    Formats,
    LastYear,
    OutputFolder,
    Paths,
    Quiet,
    Scheduler,
    Shape,
    ShapeOption,
    Shell,
    Workers,
    YearFilter,
    shape_and_formats,
)
from gxgen.cli.packing import pack
from gxgen.cli.settings import settings
from gxgen.cli.template import template_app
from gxgen.cli.usage import Command, Group

app = typer.Typer(
    cls=Group,
    help="从 Excel 填报表生成《政府信息公开工作年度报告》：核对、成文、全县汇总。",
    no_args_is_help=True,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.add_typer(template_app, name="template", help="模板：检查、另做一份、预览。")


@app.callback(invoke_without_command=True)
def root(
    version: Annotated[bool, typer.Option("--version", help="显示版本。")] = False,
    debug: Annotated[bool, typer.Option("--debug", help="出错时显示详细信息。")] = False,
) -> None:
    """Options of the program itself; ``--debug`` is read before parsing."""
    if version:
        typer.echo(f"gxgen {__version__}")
        raise typer.Exit


app.command(cls=Command, help="在浏览器里打开工作台：收表、看问题、发通知、下载，不用命令。")(desk)


@app.command(cls=Command, help="新建一个县的项目文件夹。")
def init(
    folder: Annotated[Path, typer.Argument(metavar="文件夹")],
    county: Annotated[str, typer.Option("--county", metavar="名称", help="县（市、区）的名称。")],
    year: Annotated[int, typer.Option("--year", metavar="年度", help="报告年度，例如2025。")],
    *,
    roster: Annotated[
        Path | None,
        typer.Option("--roster", metavar="文件", help="单位名册（.xlsx 或 .csv），按表头找各列。"),
    ] = None,
    demo: Annotated[
        int, typer.Option("--demo", metavar="个数", help="填入这么多个虚拟单位，供试用。")
    ] = 0,
    faulty: Annotated[
        int, typer.Option("--faulty", metavar="个数", help="其中有错误的虚拟单位有几个。")
    ] = 0,
    years: Annotated[
        int, typer.Option("--years", metavar="年数", help="虚拟单位的年数：2（含上年）或1。")
    ] = 2,
    quiet: Quiet = False,
) -> None:
    """``gxgen init``."""
    from gxgen.cli import screen

    path = api.init(
        folder,
        county=county,
        year=year,
        demo=demo,
        faulty=faulty,
        years=years,
        roster=roster,
        tell=screen.say,
        progress=screen.progress(quiet) if demo else None,
    )
    screen.print_new_county(path, folder, year, demo, listed=roster is not None)


@app.command(cls=Command, help="生成填报表（Excel），可预填单位、联系方式和上年数字。")
def blank(
    agencies: Annotated[
        list[str] | None, typer.Argument(metavar="单位…", help="单位的全称或名册中的简称。")
    ] = None,
    *,
    year: Annotated[int, typer.Option("--year", metavar="年度", help="报告年度，例如2025。")],
    everyone: Annotated[bool, typer.Option("--all", help="名册中的所有单位。")] = False,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="文件夹", help="写到哪里。")
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="还没有填的空白表也重新生成；填过的表不动。")
    ] = False,
) -> None:
    """``gxgen blank``."""
    from gxgen.cli import screen

    written = api.blank(
        agencies or [],
        year=year,
        everyone=everyone,
        output=output,
        force=force,
        tell=screen.remark,
    )
    screen.print_written(written)


app.command(cls=Command, help="收表：按表里的单位放好，换下的留着。")(filing.receive)
app.command(cls=Command, help="谁报了、谁退回了、谁没有报；不改动任何文件。")(filing.status)
app.command(cls=Command, help="一个单位的填报表：什么时候收到、哪里有问题。")(filing.unit)
app.command(cls=Command, help="写退回通知：所有退回的单位，或者写明的几个；不生成报告。")(
    sending.notice
)
app.command(cls=Command, help="催报：谁没有报、谁的表退回待改，可以直接粘贴；不生成报告。")(
    sending.chase
)
app.command(cls=Command, help="县的设置和名册：看、改，注释都留着。")(settings)
app.command(cls=Command, help="县里对核实事项的说明：写一条、撤回、列出；错误不能说明。")(answer)


@app.command(cls=Command, help="核对填报表，不生成报告。")
def check(
    paths: Paths = None,
    *,
    year: YearFilter = None,
    last_year: LastYear = None,
    everything: Annotated[
        bool, typer.Option("--all", help="核实再多也全部列出；不写则每个单位最多列几条。")
    ] = False,
    workers: Workers = None,
    shape: ShapeOption = Shape.TEXT,
    quiet: Quiet = False,
) -> int:
    """``gxgen check``."""
    from gxgen.cli import screen

    result = api.check(
        paths or [],
        year=year,
        last_year=last_year,
        workers=workers,
        progress=screen.progress(quiet),
    )
    screen.print_check(result, as_json=shape is Shape.JSON, everything=everything)
    return result.exit_status


@app.command(cls=Command, help="核对填报表，并生成报告。")
def build(
    context: typer.Context,
    paths: Paths = None,
    *,
    output_folder: OutputFolder = Path("output"),
    year: YearFilter = None,
    last_year: LastYear = None,
    formats: Formats = "",
    engine: Engine = None,
    draft: Annotated[bool, typer.Option("--draft", help="有错误也生成，每页标“草稿”。")] = False,
    force: Annotated[bool, typer.Option("--force", help="没有变化的也重新生成。")] = False,
    prune: Annotated[
        bool, typer.Option("--prune", help="以前要过、这次没有要的格式撤下；不写就一并更新。")
    ] = False,
    why: Annotated[bool, typer.Option("--why", help="说明每个单位为什么重新生成。")] = False,
    workers: Workers = None,
    scheduler: Scheduler = None,
    show: Annotated[
        bool, typer.Option("--open", help="做完后打开报告（几份的话打开县总览页或文件夹）。")
    ] = False,
    watch: Annotated[
        bool, typer.Option("--watch", help="守着文件夹，有填报表来了或改了就重新生成。")
    ] = False,
    quiet: Quiet = False,
) -> int:
    """``gxgen build``."""
    from gxgen.cli import screen

    shape, documents = shape_and_formats(formats)

    def run() -> int:
        result = api.build(
            paths or [],
            output=output_folder,
            year=year,
            last_year=last_year,
            draft=draft,
            force=force,
            workers=workers,
            scheduler=scheduler,
            debug=bool(context.obj),
            formats=documents,
            engine=engine,
            prune=prune,
            waiting=screen.remark,
            progress=screen.progress(quiet),
        )
        screen.print_build(result, why=why, as_json=shape is Shape.JSON)
        if show:
            from gxgen.cli import desktop

            desktop.show(result)
        return result.exit_status

    if not watch:
        return run()
    from gxgen.cli.watch import rerun

    return rerun(run, api.watched(paths or []))


@app.command(cls=Command, help="汇总全县：县政府自己的报告和汇总明细。")
def rollup(
    county: Annotated[
        str | None, typer.Argument(metavar="县", help="县名或县文件夹；只有一个县时可不写。")
    ] = None,
    *,
    year: Annotated[int, typer.Option("--year", metavar="年度", help="报告年度，例如2025。")],
    output_folder: OutputFolder = Path("output"),
    workers: Workers = None,
    formats: Formats = "",
    engine: Engine = None,
    quiet: Quiet = False,
) -> int:
    """``gxgen rollup``."""
    from gxgen.cli import screen

    shape, documents = shape_and_formats(formats)
    result = api.rollup(
        county,
        year=year,
        output=output_folder,
        workers=workers,
        formats=documents,
        engine=engine,
        waiting=screen.remark,
        progress=screen.progress(quiet),
    )
    return screen.print_rollup(result, as_json=shape is Shape.JSON)


app.command(cls=Command, help="审读写好或已公布的报告，自己的、别处的都行；或看生成以后改了什么。")(
    audit
)
app.command(
    cls=Command, help="打包：各类单位的报告、退回件、上报的全部文件；可另做一个供打印的 PDF。"
)(pack)
app.command(cls=Command, help="同一单位两年的报告对照：数字和文字；或全县各单位与上年对照。")(
    compare
)
app.command(cls=Command, help="比较各单位的文字：谁和谁雷同，哪些句子是大家共用的。")(similarity)


@app.command(cls=Command, help="显示从一份填报表读到的数字和文字。")
def show(
    workbook: Annotated[Path, typer.Argument(metavar="填报表")],
    shape: ShapeOption = Shape.TEXT,
) -> int:
    """``gxgen show``."""
    from gxgen.cli import screen

    record, checked = api.show(workbook)
    screen.print_record(record, checked, as_json=shape is Shape.JSON)
    return 0 if checked.passed else 1


@app.command(cls=Command, help="一个数从哪里来、核对过什么：表中的格、正文里的句子。")
def trace(
    workbook: Annotated[
        Path,
        typer.Argument(
            metavar="填报表或报告",
            help="填报表（.xlsx），或者由它生成的报告（.docx、.html、.pdf）。",
        ),
    ],
    number: Annotated[
        str | None,
        typer.Argument(
            metavar="数", help="例如 12、1,234、62%；也可写单元格，如 表三!J5。不写就全部列出。"
        ),
    ] = None,
    *,
    last_year: LastYear = None,
    page: Annotated[
        Path | None,
        typer.Option("--page", metavar="文件.html", help="写成一个网页：正文里的数可以点。"),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="覆盖同名网页。")] = False,
    shape: ShapeOption = Shape.TEXT,
) -> int:
    """``gxgen trace``."""
    from gxgen.api import tracing
    from gxgen.cli import screen

    traced, judged = tracing.trace(workbook, number, last_year=last_year, tell=screen.remark)
    if page is not None and traced is not None:
        tracing.write_page(traced, page, force=force)
        screen.print_written([page], beside_data=True)
        if shape is Shape.TEXT:
            return 0
    return screen.print_trace(traced, judged, as_json=shape is Shape.JSON)


@app.command(cls=Command, help="说明一个编号：查什么、为什么、怎么改。")
def explain(
    code: Annotated[str, typer.Argument(metavar="编号", help="例如 GX101；写 all 列出全部。")],
    shape: ShapeOption = Shape.TEXT,
) -> None:
    """``gxgen explain``."""
    from gxgen.show import explain

    if shape is Shape.JSON:
        from gxgen.cli import screen

        screen.print_json(explain.explain_record(code))
    else:
        typer.echo(explain.explain_text(code))


@app.command(cls=Command, help="答过“属实”的句子和本县的说法：列出，记住，或不再用。")
def words(
    county: Annotated[
        str | None, typer.Argument(metavar="县", help="县名或县文件夹；只有一个县时可不写。")
    ] = None,
    *,
    accept: Annotated[
        int | None, typer.Option("--accept", metavar="序号", help="记住这一条建议。")
    ] = None,
    remove: Annotated[
        int | None, typer.Option("--remove", metavar="序号", help="不再记这一句，不再用这个说法。")
    ] = None,
) -> None:
    """``gxgen words``."""
    from gxgen.api.words import words as listed
    from gxgen.cli.words import print_words

    print_words(listed(county, accept=accept, remove=remove, inputs=api.default_inputs()))


@app.command(cls=Command, help="让命令行按 Tab 键补全命令和选项：写出要加进设置的几行。")
def completion(
    shell: Annotated[
        Shell, typer.Argument(metavar="命令行", help="bash、zsh、fish 或 powershell。")
    ],
) -> None:
    """``gxgen completion``."""
    from typer._completion_shared import get_completion_script

    typer.echo(get_completion_script(prog_name="gxgen", complete_var=COMPLETE, shell=shell.value))


@app.command(cls=Command, help="看这台电脑：字体、PDF 引擎、版本，缺什么、怎么补。")
def doctor(
    paths: Paths = None,
    shape: ShapeOption = Shape.TEXT,
) -> int:
    """``gxgen doctor``."""
    from gxgen.cli import screen

    return screen.print_doctor(api.doctor(paths or []), as_json=shape is Shape.JSON)


app.command(
    "import",
    cls=Command,
    short_help="把已公布的报告变成填好的填报表；写文件夹就导入里面所有的报告。",
    help="把已公布的报告（.docx、网页、带文字的 PDF、纯文本）或 .json（gxgen show 的格式）"
    "变成填好的填报表；写文件夹就导入里面所有的报告。",
)(import_)
