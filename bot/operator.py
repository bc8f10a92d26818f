"""What an operator does from the command line: open a campaign, invite, set up the demonstration.

Everything here works on a database that may be empty, and may be repeated.
"""

import csv
import hashlib
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from random import Random

from bot.author_file import template_key, with_template
from bot.campaign import Deeds, show_code
from bot.deadline import read_deadline
from bot.documents.word_faults import fault_lines
from bot.errors import SetupError
from bot.forms.bundle import REPORT_FILE
from bot.forms.rehearsal import rehearse
from bot.forms.sheet import FormPackage, load_form
from bot.forms.xform import Form
from bot.ladder import read_ladder
from bot.texts import texts
from storage.campaigns import NewCampaign
from storage.database import Database
from storage.files import Files
from storage.reports import StoredPhoto
from storage.store import Store

TEMPLATES = Path(__file__).parent.parent / "templates"
DEMO_OFFICE = "Phòng GD&ĐT Thủ Thừa (mẫu)"
_DEMO_DISPATCH = (
    "Công văn của Phòng Giáo dục và Đào tạo huyện Thủ Thừa về việc triển khai Kế hoạch số"
    " 5758/KH-UBND ngày {day:%d/%m/%Y} của Ủy ban nhân dân huyện Thủ Thừa"
)
_CONSOLE_SCHOOL = "Trường TH và THCS Tân Thành"
DEMO_FORM = TEMPLATES / "tuan-le-hoc-tap-suot-doi" / "form.xlsx"


@dataclass(frozen=True, slots=True)
class CampaignOrder:
    """What is said on the command line to open a campaign."""

    form: Path
    office: str
    due: str
    title: str = ""
    facts: Mapping[str, str] | None = None
    dispatch: Path | None = None
    mailbox: str = ""
    ladder: str = ""
    sign_off: bool = False
    template: Path | None = None  # None: the report.docx beside the form, if there is one


@dataclass(frozen=True, slots=True)
class Invited:
    """A fresh invitation, as it is shown to whoever passes it on."""

    school: str
    code: str
    link: str
    start: str  # what follows t.me/<bot>?start=


def read_bytes(path: Path) -> bytes:
    """Read a file that was named on the command line.

    Raises:
        SetupError: it is not there or may not be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise SetupError(f"{path}: {error.strerror}") from error


def write_new(path: Path, content: bytes) -> None:
    """Write a file that is not there yet, with its folder.

    Raises:
        SetupError: it is there already, or cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            file.write(content)
    except FileExistsError as error:
        raise SetupError(f"{path} is there already; nothing was written") from error
    except OSError as error:
        raise SetupError(f"{path}: {error.strerror}") from error


def read_form(path: Path) -> tuple[FormPackage, Form]:
    """Read and compile a questionnaire.

    Raises:
        FormError: it cannot be used; names sheet and row.
    """
    package = load_form(read_bytes(path), path.name)
    return package, Form.compile(package.xform, package.layout)


async def open_campaign(
    database: Database, files: Files, deeds: Deeds, order: CampaignOrder, now: datetime
) -> int:
    """Open a campaign for all schools under an office, made when it is new; returns its id."""
    package, form = read_form(order.form)
    package, template = read_template(order, package, form)
    due_at = read_deadline(order.due, deeds.timezone)
    _check_facts(form, order.facts or {})
    ladder = read_ladder(order.ladder) if order.ladder else []
    if ladder is None:
        raise SetupError("--ladder: for example '7, 3, 1 ngày và 3 giờ trước, rồi mỗi ngày'")
    dispatch_key = ""
    if order.dispatch:
        content = order.dispatch.read_bytes()
        dispatch_key = f"dispatches/{package.sha256[:16]}{order.dispatch.suffix}"
        await files.write(dispatch_key, content)

    if template:
        await files.write(template_key(template), template)
    for key, content in package.media.items():
        await files.write(key, content)

    def work(store: Store) -> int:
        office = store.people.unit_named(order.office, "office")
        office_id = office.id if office else store.people.add_unit(order.office, kind="office")
        form_id = store.campaigns.keep_form(
            package.sha256, form.title, package.xform, package.layout, now
        )
        new = NewCampaign(
            office_id=office_id,
            form_id=form_id,
            title=order.title or form.title,
            due_text=order.due,
            due_at=due_at,
            facts=dict(order.facts or {}),
            dispatch_key=dispatch_key,
            mailbox=order.mailbox,
            ladder=ladder,
            sign_off=order.sign_off,
        )
        return deeds.open_campaign(store, new, now)

    return await database.write(work)


def read_template(
    order: CampaignOrder, package: FormPackage, form: Form
) -> tuple[FormPackage, bytes]:
    """Read the author's Word file for a form, if there is one; returns the form with it, and it.

    Raises:
        SetupError: it cannot be used; says every fault with its place.
    """
    path = order.template or order.form.with_name(REPORT_FILE)
    content = b"" if order.template else package.template
    if not content:
        if order.template is None and not path.is_file():
            return package, b""
        content = read_bytes(path)
    from bot.documents import word_template  # noqa: PLC0415 - few forms have one

    faults = word_template.faults_of(content, form)
    if faults:
        raise SetupError(f"{path}:\n{fault_lines(faults, texts('vi'))}")
    sha256, layout = with_template(package.sha256, package.layout, template_key(content))
    return replace(package, sha256=sha256, layout=layout), content


def _check_facts(form: Form, facts: Mapping[str, str]) -> None:
    known = {row["name"] for row in form.layout.get("survey", ()) if row["type"] == "hidden"}
    for name in facts:
        if name not in known:
            raise SetupError(f"--fact {name}: the form has {', '.join(sorted(known)) or 'none'}")


async def invite_officer(
    database: Database, deeds: Deeds, *, office: str, role: str, now: datetime
) -> Invited:
    """Invite one more person of an office, made when it is new: the first admin comes so."""

    def work(store: Store) -> str:
        unit = store.people.unit_named(office, "office")
        unit_id = unit.id if unit else store.people.add_unit(office, kind="office")
        store.audit.add("invite", now, unit_id=unit_id, about={"role": role})
        return deeds.invite(store, unit_id, role, now)

    code = await database.write(work)
    return Invited(office, show_code(code), f"{deeds.web_address}/moi/{code}", code)


async def invite(
    database: Database, deeds: Deeds, *, school: str, level: str, role: str, now: datetime
) -> Invited:
    """Invite one more person of a school, made when it is new.

    Raises:
        SetupError: there is no office yet, or the new school's level is not given.
    """

    def work(store: Store) -> str:
        unit = store.people.unit_named(school, "school")
        if unit is not None:
            return deeds.invite(store, unit.id, role, now)
        offices = store.people.offices()
        if not offices:
            raise SetupError("no office yet: open a campaign first (python -m bot open-campaign)")
        if not level:
            raise SetupError(f"{school!r} is new: say its --level (MN, MG, TH, THCS, TH&THCS)")
        unit_id = deeds.add_school(store, offices[-1].id, school, level, {})
        return deeds.invite(store, unit_id, role, now)

    code = await database.write(work)
    return Invited(school, show_code(code), f"{deeds.web_address}/moi/{code}", code)


# the demonstration


async def set_up_demo(database: Database, files: Files, deeds: Deeds, now: datetime) -> None:
    """Make the sample office, its schools and the Learning Week, with its dates moved to now.

    What is there already is kept.
    """

    def known(store: Store) -> bool:
        return store.people.unit_named(DEMO_OFFICE, "office") is not None

    if await database.read(known):
        return
    today = now.astimezone(deeds.timezone).date()
    monday = today - timedelta(days=today.weekday())
    due = monday + timedelta(days=14)
    facts = {
        "nam": str(monday.year),
        "tuan_tu": monday.isoformat(),
        "tuan_den": (monday + timedelta(days=6)).isoformat(),
        "ngay_khai_mac": monday.isoformat(),
        "ngay_so_ket": (monday + timedelta(days=6)).isoformat(),
        "han_nop": (due - timedelta(days=1)).isoformat(),
        "cong_van": _DEMO_DISPATCH.format(day=monday),
    }
    await database.write(_add_demo_schools(now))
    dispatch = TEMPLATES / "demo" / "cong-van.txt"
    order = CampaignOrder(
        form=DEMO_FORM,
        office=DEMO_OFFICE,
        due=f"trước ngày {due:%d/%m/%Y}",
        title=f"Tuần lễ hưởng ứng học tập suốt đời năm {monday.year}",
        facts=facts,
        dispatch=dispatch if dispatch.is_file() else None,
    )
    opened = datetime.combine(monday, time(8), deeds.timezone).astimezone(UTC)
    campaign_id = await open_campaign(database, files, deeds, order, min(opened, now))
    standings = await database.read(lambda store: store.campaigns.standing(campaign_id))
    photos = {
        standing.unit_id: await _sample_photo(files, number)
        for number, standing in enumerate(standings)
    }
    await database.write(lambda store: _play_demo_schools(store, deeds, campaign_id, photos, now))


async def _sample_photo(files: Files, number: int) -> StoredPhoto:
    """Draw a picture for the demonstration and keep it."""
    content = sample_picture(number)
    key = f"photos/mau-{number}.jpg"
    await files.write(key, content)
    sha256 = hashlib.sha256(content).hexdigest()
    return StoredPhoto(key, sha256, f"{number:016x}", 1200, 900, len(content))


def sample_picture(number: int) -> bytes:
    """Draw a picture: sky, a school, a yard; each number another one."""
    from PIL import Image, ImageDraw  # noqa: PLC0415 - only who has no photos draws

    picture = Image.new("RGB", (1200, 900), (150 + number % 40, 190, 225))
    pen = ImageDraw.Draw(picture)
    left = 120 + 30 * (number % 9)
    pen.rectangle((left, 300, left + 700, 640), fill=(222, 190 - number % 30, 120))
    for window in range(left + 40, left + 660, 110):
        pen.rectangle((window, 360, window + 60, 440), fill=(60, 70, 90))
        pen.rectangle((window, 500, window + 60, 580), fill=(60, 70, 90))
    pen.rectangle((0, 640, 1200, 900), fill=(170, 140, 100))
    content = io.BytesIO()
    picture.save(content, "JPEG", quality=80)
    return content.getvalue()


def _play_demo_schools(
    store: Store,
    deeds: Deeds,
    campaign_id: int,
    photos: Mapping[int, StoredPhoto],
    now: datetime,
) -> None:
    """Let some schools be done and some at work, so that the officer's side has something to see.

    The school of the terminal's teacher has not begun.
    """
    for number, standing in enumerate(store.campaigns.standing(campaign_id)):
        report = store.reports.report(standing.report_id)
        teacher = store.people.person_at("web", f"demo-{standing.unit_id}")
        if number % 3 == 0 or standing.name == _CONSOLE_SCHOOL or not report or not teacher:
            continue
        draft = deeds.draft_of(store, report, teacher, now)
        chance = Random(number)  # noqa: S311 - for a sample, no secret
        photo = photos[standing.unit_id]
        store.reports.add_photo(report.id, photo, teacher.id, now)
        today = now.astimezone(deeds.timezone).date()
        stuck = rehearse(draft.filling, chance, today, photo.key)
        if number % 3 == 1 and not stuck and not draft.filling.problems():
            deeds.submit(store, draft, teacher, now)
        draft.moved()
        deeds.save(store, draft, now)


def _add_demo_schools(now: datetime) -> Callable[[Store], None]:
    with (TEMPLATES / "demo" / "schools.csv").open(encoding="utf-8", newline="") as file:
        schools = list(csv.DictReader(file))

    def work(store: Store) -> None:
        office_id = store.people.add_unit(DEMO_OFFICE, kind="office")
        officer = store.people.add_person("web", f"demo-{office_id}", "Anh Minh", now)
        store.people.join(officer.id, office_id, "admin", now)
        for school in schools:
            unit_id = store.people.add_unit(
                school["name"], kind="school", level=school["level"], parent_id=office_id
            )
            # One talk a school, open to whoever looks at the demonstration on this machine.
            teacher = store.people.add_person("web", f"demo-{unit_id}", "Cô Lan", now)
            store.people.join(teacher.id, unit_id, "reporter", now)
            if school["name"] == _CONSOLE_SCHOOL:
                talker = store.people.add_person("console", "console", "Cô Lan", now)
                store.people.join(talker.id, unit_id, "reporter", now)

    return work


def now() -> datetime:
    """Return this instant."""
    return datetime.now(UTC)
