"""The command line. ``python -m bot --help`` says what there is."""
# ruff: noqa: E402 - the garbage collector rests while the program is loaded

import asyncio
import gc
import os
import shutil
import signal
import sys
import threading
from collections.abc import Coroutine
from dataclasses import replace
from functools import partial
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

gc.disable()  # looking through what is being loaded, again and again, takes a quarter of a start
if sys.argv[1:] == ["run"]:
    # aiohttp reads all certificates when it is loaded: meanwhile the rest.
    threading.Thread(target=import_module, args=["aiohttp.web"], daemon=True).start()
    # structlog and httpx would load it, 3 MB, for tables and colours in a terminal.
    sys.modules["rich"] = None  # type: ignore[assignment]

import structlog
import typer

from bot import operator
from bot.campaign import Deeds
from bot.chat import FilePath
from bot.errors import SetupError
from bot.forms.fault_words import counted, entries
from bot.forms.sheet import examine, fault_file
from bot.forms.xform import Form
from bot.settings import Settings, read_settings
from bot.texts import texts
from storage.database import Database
from storage.files import Files
from storage.migrations import upgrade

gc.freeze()  # what is loaded stays: the collector need not look at it
gc.enable()

if TYPE_CHECKING:
    from bot.channels.finding import Finding
    from bot.rehearsal import Runs

Result = TypeVar("Result")

DEMO_FOLDER = Path("data/demo")
# The loop, with a reply in its hands, else waits 5 ms whenever the database's thread computes.
_SWITCH_SECONDS = 0.001
EPILOG = (
    "From nothing to a campaign: "
    "(1) python -m bot open-campaign templates/tuan-le-hoc-tap-suot-doi/form.xlsx "
    "--office 'Phòng GD&ĐT Thủ Thừa' --due 'trước ngày 15/10/2023' · "
    "(2) python -m bot invite --school 'Trường TH và THCS Tân Thành' --level 'TH&THCS' "
    "--role reporter · "
    "(3) python -m bot invite --office 'Phòng GD&ĐT Thủ Thừa' --role admin · "
    "(4) python -m bot run. Each makes the database when there is none."
)

app = typer.Typer(
    help="Trợ lý báo cáo: an office asks its schools for a report, in chat.",
    epilog=EPILOG,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.command()
def run() -> None:
    """Run the bot as the settings (BOT_… or .env) say, until it is stopped."""
    _serve(_settings())


@app.command()
def demo(*, reset: Annotated[bool, typer.Option(help="Start over.")] = False) -> None:
    """Run the bot with a sample office, thirty schools and a campaign; no token needed."""
    if reset:
        shutil.rmtree(DEMO_FOLDER, ignore_errors=True)
    settings = _demo_settings()
    _prepare(settings)
    asyncio.run(_with_database(settings, _set_up_demo))
    _serve(settings, demo=True)


@app.command()
def chat() -> None:
    """Talk to the demonstration's bot in this terminal, as a teacher of one school."""
    settings = replace(_demo_settings(), listen="127.0.0.1:0")
    _prepare(settings)
    asyncio.run(_with_database(settings, _set_up_demo))
    _serve(settings, console=True)


@app.command()
def check(
    file: Annotated[Path | None, typer.Argument(help="A form: .xlsx, .xls or XForm .xml.")] = None,
    *,
    marked: Annotated[
        Path | None, typer.Option(help="Write the faults here as well, in yellow cells.")
    ] = None,
) -> None:
    """Say everything that is wrong in a form; without one: in the settings and the templates."""
    if file is not None:
        faultless = _check_file(file, marked)
        raise typer.Exit(0 if faultless else 1)
    settings = _settings()
    for path in sorted(operator.TEMPLATES.glob("*/form.xlsx")):
        package, form = operator.read_form(path)
        if package.warnings:
            typer.echo(entries(package.warnings, texts("vi")))
        operator.read_template(operator.CampaignOrder(path, "", ""), package, form)
        typer.echo(f"{path.parent.name}: {len(form.questions)} questions")
    _prepare(settings)
    findings = asyncio.run(_with_database(settings, partial(_check_zalo, settings)))
    for finding in findings:
        typer.echo(("✓ " if finding.good else "✗ ") + texts("vi")(finding.key, **finding.arguments))
    if all(finding.good for finding in findings):
        typer.echo("ok")


async def _check_zalo(settings: Settings, database: Database, _deeds: Deeds) -> "list[Finding]":
    from bot import zalo  # noqa: PLC0415 - the other commands need no channels

    return await zalo.check(settings, database, operator.now)


def _check_file(file: Path, marked: Path | None) -> bool:
    """Print all faults of a form; whether it can be used."""
    content, say = operator.read_bytes(file), texts("vi")
    examined = examine(content)
    if examined.faults:
        typer.echo(f"{file.name}: {counted(examined.faults, say)}")
        typer.echo(entries(examined.faults, say))
    if examined.package is not None:
        form = Form.compile(examined.package.xform, examined.package.layout)
        if not examined.faults:
            typer.echo(f"{file.name}: {say('fault-none', questions=len(form.questions))}")
    if marked is not None and examined.faults:
        suffix, shown = fault_file(content, examined.faults, say)
        target = marked.with_suffix(suffix)
        operator.write_new(target, shown)
        typer.echo(f"-> {target}")
    return examined.package is not None


@app.command("new-form")
def new_form(
    name: Annotated[str, typer.Argument(help="A folder of templates/, or a path ending in .xlsx.")],
) -> None:
    """Write a sample form to begin from; what is there already stays."""
    from bot.sample_form import sample_form  # noqa: PLC0415 - only this command draws sheets

    path = Path(name) if name.endswith(".xlsx") else operator.TEMPLATES / name / "form.xlsx"
    if Path(name).name != name and not name.endswith(".xlsx"):
        path = Path(name) / "form.xlsx"
    operator.write_new(path, sample_form())
    typer.echo(texts("vi")("new-form-written", path=str(path)))


@app.command("open-campaign")
def open_campaign(  # noqa: PLR0913 - a command has as many options as it has
    form: Annotated[
        Path,
        typer.Argument(
            help="An XLSForm workbook (.xlsx), XForm (.xml), or a ZIP of one with its files."
        ),
    ],
    *,
    office: Annotated[str, typer.Option(help="Name of the office; made when it is new.")],
    due: Annotated[str, typer.Option(help="The dispatch's own words: 'trước ngày 15/10/2023'.")],
    title: Annotated[str, typer.Option(help="Empty: the form's title.")] = "",
    fact: Annotated[list[str] | None, typer.Option(help="name=value for a hidden row.")] = None,
    dispatch: Annotated[Path | None, typer.Option(help="File of the dispatch.")] = None,
    mailbox: Annotated[str, typer.Option(help="Gets each report by e-mail as well.")] = "",
    ladder: Annotated[str, typer.Option(help="Reminders: 'nhẹ', 'vừa', 'gắt' or in words.")] = "",
    sign_off: Annotated[bool, typer.Option(help="The head approves each report first.")] = False,
    template: Annotated[
        Path | None, typer.Option(help="An own Word layout; without it, a report.docx beside FORM.")
    ] = None,
) -> None:
    """Open a campaign for all schools of an office. An empty database is made first."""
    settings = _settings()
    _prepare(settings)
    facts = dict(pair.partition("=")[::2] for pair in fact or ())
    order = operator.CampaignOrder(
        form, office, due, title, facts, dispatch, mailbox, ladder, sign_off, template
    )

    async def work(database: Database, deeds: Deeds) -> int:
        files = Files(Path(settings.files_url))
        return await operator.open_campaign(database, files, deeds, order, operator.now())

    campaign_id = asyncio.run(_with_database(settings, work))
    typer.echo(f"campaign {campaign_id} is open")


@app.command()
def invite(
    *,
    school: Annotated[str, typer.Option(help="Name of the school; made when it is new.")] = "",
    office: Annotated[str, typer.Option(help="Or the name of an office.")] = "",
    level: Annotated[str, typer.Option(help="MN, MG, TH, THCS, TH&THCS … of a new school.")] = "",
    role: Annotated[
        str, typer.Option(help="Of a school: reporter, head; of an office: officer, admin.")
    ] = "",
) -> None:
    """Invite somebody of a school or an office: prints the code, the links and a QR code."""
    if bool(school) == bool(office):
        raise SetupError("say either --school or --office")
    roles = ("officer", "admin") if office else ("reporter", "head")
    role = role or roles[0]
    if role not in roles:
        raise SetupError(f"--role: {' or '.join(roles)}")
    settings = _settings()
    _prepare(settings)

    async def work(database: Database, deeds: Deeds) -> operator.Invited:
        now = operator.now()
        if office:
            return await operator.invite_officer(database, deeds, office=office, role=role, now=now)
        return await operator.invite(
            database, deeds, school=school, level=level, role=role, now=now
        )

    invited = asyncio.run(_with_database(settings, work))
    _show_invitation(settings, invited)


@app.command()
def export(
    campaign: Annotated[int, typer.Argument(help="Number of the campaign.")],
    *,
    to: Annotated[Path, typer.Option(help="A folder, a .zip, or an .xlsx.")],
    kind: Annotated[str, typer.Option("--as", help="openrosa, csv or xlsx.")] = "openrosa",
    labels: Annotated[bool, typer.Option(help="A second row with the questions' words.")] = False,
) -> None:
    """Write what was handed in for ODK Central, KoboToolbox or another program."""
    from rich.progress import Progress  # noqa: PLC0415 - few commands show one

    from bot.totals.export import KINDS, Exported, ExportOrder  # noqa: PLC0415
    from bot.totals.export import export as write  # noqa: PLC0415

    if kind not in KINDS:
        raise SetupError(f"--as: {', '.join(KINDS)}")
    if to.suffix == ".xlsx" and kind != "xlsx":
        raise SetupError(f"--to {to}: a folder or a .zip")
    settings = _settings()
    _prepare(settings)
    with Progress(disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task("export", total=None)

        async def work(database: Database, _deeds: Deeds) -> Exported:
            files = Files(Path(settings.files_url))
            return await write(
                database,
                files,
                settings.timezone,
                ExportOrder(campaign, to, kind, labels),
                lambda done, all_: bar.update(task, completed=done, total=all_),
            )

        done: Exported = asyncio.run(_with_database(settings, work))
    for name in done.missing:
        typer.echo(f"not there any more: {name}", err=True)
    typer.echo(f"{done.submissions} submissions -> {to}")


@app.command()
def rehearse(
    form: Annotated[
        Path,
        typer.Argument(
            help="An XLSForm workbook (.xlsx), XForm (.xml), or a ZIP of one with its files."
        ),
    ],
    *,
    random: Annotated[int, typer.Option(help="Answer it so many times by chance instead.")] = 0,
    out: Annotated[
        Path, typer.Option(help="Folder for the reports; PDF and pages of the first, too.")
    ] = Path("dien-tap"),
    template: Annotated[
        Path | None, typer.Option(help="An own Word layout; without it, a report.docx beside FORM.")
    ] = None,
) -> None:
    """Play a questionnaire in this terminal as a teacher of a made-up school, before any is asked.

    Nothing is kept but the reports.
    """
    from bot import rehearsal  # noqa: PLC0415 - only this command rehearses

    play = rehearsal.Rehearsal(form, template, out, operator.now())
    if random > 0:
        _show_runs(play.by_chance(random))
    else:
        with TemporaryDirectory(prefix="rehearsal-") as folder:
            settings = _own_settings(Path(folder), "127.0.0.1:0")
            _prepare(settings)
            asyncio.run(_with_database(settings, play.set_up(Path(settings.files_url))))
            typer.echo("Gõ xin chào để bắt đầu; /anh a.jpg gửi ảnh; Ctrl+D để thôi.\n")
            _serve(settings, console=True)
            files = Path(settings.files_url)
            asyncio.run(_with_database(settings, play.finish(files)))
    for path in play.written:
        typer.echo(f"📄 {path}")


def _show_runs(runs: "Runs") -> None:
    """Say what came of playing a form by chance."""
    low, middle, high = runs.asked
    typer.echo(f"{runs.count} runs; questions asked: min {low}, median {middle:g}, max {high}")
    for name, times in runs.stuck.items():
        typer.echo(f"no valid answer found: {name} ({times} of {runs.count} runs)")
    for name in runs.never:
        typer.echo(f"never reached: {name}")


@app.command()
def audit() -> None:
    """Say whether every deed in the audit is as it was written down."""
    settings = _settings()
    _prepare(settings)

    async def work(database: Database, _deeds: Deeds) -> int | None:
        return await database.read(lambda store: store.audit.broken_at())

    broken = asyncio.run(_with_database(settings, work))
    if broken is not None:
        raise SetupError(f"the audit was changed: row {broken} is not as it was written")
    typer.echo("ok")


@app.command()
def migrate() -> None:
    """Bring the database to the newest tables."""
    _prepare(_settings())


def _show_invitation(settings: Settings, invited: operator.Invited) -> None:
    import segno  # noqa: PLC0415 - only this command draws

    from bot.invitations import set_ways  # noqa: PLC0415

    typer.echo(f"{invited.school}\ncode: {invited.code}\nweb: {invited.link}")
    for way in set_ways(settings):
        typer.echo(f"{way.name}: {way.link(invited.start)} (BATDAU {invited.code})")
    if settings.telegram_token:
        name = asyncio.run(_telegram_name(settings))
        typer.echo(f"Telegram: https://t.me/{name}?start={invited.start}")
    segno.make(invited.link, micro=False).terminal(compact=True)


async def _telegram_name(settings: Settings) -> str:
    from bot.channels.telegram import bot_name  # noqa: PLC0415

    return await bot_name(settings.telegram_api_url.rstrip("/"), settings.telegram_token)


async def _set_up_demo(database: Database, deeds: Deeds) -> None:
    files = Files(DEMO_FOLDER / "files")
    await operator.set_up_demo(database, files, deeds, operator.now())


def _settings(env_file: Path | None = Path(".env"), **given: str) -> Settings:
    try:
        return read_settings(env_file, **given)
    except ValueError as error:
        raise SetupError(str(error)) from error


def _demo_settings() -> Settings:
    """Settings of the demonstration: its own database and files, no token, whatever is in .env."""
    return _own_settings(DEMO_FOLDER, os.environ.get("BOT_LISTEN", "127.0.0.1:8080"))


def _own_settings(folder: Path, listen: str) -> Settings:
    return _settings(
        None,
        database_url=f"sqlite+aiosqlite:///{folder}/bot.db",
        files_url=str(folder / "files"),
        listen=listen,
        telegram_token="",
        zalo_bot_token="",
        zalo_oa_app_id="",
    )


def _prepare(settings: Settings) -> None:
    """Make the folders and the tables that are missing."""
    Path(settings.files_url).mkdir(parents=True, exist_ok=True)
    upgrade(settings.database_url)


async def _with_database(settings: Settings, work: Any) -> Any:
    database = Database(settings.database_url)
    await database.open()
    try:
        deeds = Deeds(settings.timezone, settings.web_address, settings.retention, settings.quiet)
        return await work(database, deeds)
    finally:
        await database.close()


def _serve(settings: Settings, *, demo: bool = False, console: bool = False) -> None:
    _log_to_stderr(quiet=console)
    gc.disable()  # until it runs
    sys.setswitchinterval(_SWITCH_SECONDS)
    _prepare(settings)
    _run_loop(_until_stopped(settings, demo=demo, console=console))


async def _until_stopped(settings: Settings, *, demo: bool, console: bool) -> None:
    from bot.app import Bot  # noqa: PLC0415 - the other commands need no channels
    from bot.channels.console import Console  # noqa: PLC0415

    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    terminal: list[Console] = []

    def make_console(file_path: FilePath) -> Console:
        terminal.append(Console(file_path, sys.stdin, sys.stdout))
        return terminal[0]

    bot = Bot(settings, extra=[make_console] if console else [], demo=demo)
    await bot.open()
    gc.enable()
    gc.freeze()  # what is here by now stays: the collector need not look at it again
    for channel in terminal:
        loop.create_task(channel.ended.wait()).add_done_callback(lambda _task: stop.set())
    if demo:
        typer.echo(f"\n  Mở trang này trong trình duyệt: {settings.web_address}\n")
    await stop.wait()
    async with asyncio.timeout(14):
        await bot.close()


def _run_loop(work: Coroutine[Any, Any, None]) -> None:
    if sys.platform == "win32":
        asyncio.run(work)
        return
    import uvloop  # noqa: PLC0415 - not on Windows

    uvloop.run(work)


def _log_to_stderr(*, quiet: bool) -> None:
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(40 if quiet else 20),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.processors.format_exc_info,
            structlog.processors.LogfmtRenderer(),
        ],
    )


def main() -> None:
    """Run a command; what the operator can mend is said in one line."""
    try:
        if sys.argv[1:] == ["run"]:  # has no options; for those Typer loads pydantic, 7 MB
            run()
        else:
            app()
    except SetupError as error:
        typer.echo(str(error), err=True)
        raise SystemExit(2) from error


if __name__ == "__main__":
    main()
