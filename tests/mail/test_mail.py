"""Soft copies by e-mail: real mails to a real server, on both databases."""

import asyncio
import io
import ssl
import subprocess
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote
from zoneinfo import ZoneInfo

import docx
import pytest
import structlog

from bot.app import check
from bot.chat import File
from bot.errors import SetupError
from bot.mailroom import Mailroom, mail_server
from bot.settings import Settings
from storage.campaigns import NewCampaign
from storage.database import Database
from storage.mails import CLAIM
from storage.migrations import upgrade
from storage.store import Store
from tests.mail.post import PASSWORD, USER, Post
from tests.talks.district import District
from tests.talks.paper import Clock, Talk

NOW = datetime(2023, 10, 9, 1, 0, tzinfo=UTC)
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
MAILBOX = "vanthu@phong.edu.vn"
SCHOOL = "Trường TH và THCS Nguyễn Thị Minh Khai"
TITLE = "Báo cáo kết quả tổ chức Tuần lễ hưởng ứng học tập suốt đời năm 2023"
NAME = "Báo cáo Tuần lễ học tập suốt đời TH&THCS Nguyễn Thị Minh Khai"


class Drawer:
    """Where paperwork would make a document; ``broken`` when it cannot."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "report.docx"
        self.broken = False
        document = docx.Document()
        document.add_paragraph("Cộng hòa xã hội chủ nghĩa Việt Nam")
        document.save(str(self._file))

    async def path(self, file: File) -> Path:
        if self.broken:
            raise FileNotFoundError(file.key)
        return self._file


class Office:
    """A campaign whose school submits, a mailroom, and a server for it."""

    def __init__(self, database: Database, post: Post, drawer: Drawer) -> None:
        self.database = database
        self.post = post
        self.drawer = drawer
        self.clock = Clock(NOW)
        self.campaign_id = 0
        self.mailroom = self.at(f"smtp://127.0.0.1:{post.port}?from=bao-cao@phong.vn")
        self._report_id = 0
        self._person_id = 0

    def at(self, url: str) -> Mailroom:
        return Mailroom(self.database, self.drawer, url, self.clock, ZONE)  # type: ignore[arg-type]

    async def found(self) -> None:
        def work(store: Store) -> None:
            office = store.people.add_unit("Phòng GD&ĐT", kind="office")
            school = store.people.add_unit(SCHOOL, kind="school", parent_id=office)
            form = store.campaigns.keep_form("x", "x", "<x/>", {}, NOW)
            new = NewCampaign(office, form, TITLE, "15/10", NOW, {}, mailbox=MAILBOX)
            self.campaign_id = store.campaigns.open(new, [school], NOW)
            self._report_id = store.campaigns.standing(self.campaign_id)[0].report_id
            self._person_id = store.people.add_person("web", "1", "Lan", NOW).id

        await self.database.write(work)

    async def submit(self, count: int = 1, mailbox: str = MAILBOX) -> None:
        def work(store: Store) -> None:
            for _ in range(count):
                document = store.reports.add_document(self._report_id, 1, {}, NAME, NOW)
                receipt = f"BC-{document}"
                made = store.reports.submit(
                    self._report_id, document, receipt, self._person_id, self.clock()
                )
                store.mails.add(made.id, mailbox, self.clock())

        await self.database.write(work)

    async def failed(self) -> list[tuple[str, str]]:
        return await self.database.read(lambda store: store.mails.failed_of(self.campaign_id))

    async def sweep_after(self, **time: float) -> int:
        """Turn the clock, let it knock; returns how many mails the server has by then."""
        self.clock.turn(**time)
        await self.mailroom.sweep()
        return len(self.post.mails)


@pytest.fixture
async def post() -> AsyncIterator[Post]:
    post = Post()
    await post.open()
    yield post
    await post.close()


@pytest.fixture
async def office(database: Database, post: Post, tmp_path: Path) -> Office:
    office = Office(database, post, Drawer(tmp_path))
    await office.found()
    return office


async def test_a_submission_arrives_with_its_document(office: Office):
    await office.submit()
    await office.mailroom.sweep()

    (mail,) = office.post.mails
    assert office.post.envelopes[0].rcpt_tos == [MAILBOX]
    assert office.post.envelopes[0].mail_from == "bao-cao@phong.vn"
    assert mail["To"] == MAILBOX
    assert mail["From"] == "Trợ lý báo cáo <bao-cao@phong.vn>"
    assert mail["Subject"] == f"[Báo cáo] {SCHOOL} – {TITLE} (lần 1)"
    assert mail["Message-ID"] == "<mail-1@tro-ly-bao-cao>"
    assert mail["Date"].datetime == NOW
    assert mail["Auto-Submitted"] == "auto-generated"
    body = mail.get_body().get_content()
    assert "Mã biên nhận: BC-1." in body
    assert "08:00 ngày 09/10/2023" in body
    (attached,) = mail.iter_attachments()
    assert attached.get_filename() == f"{NAME}.docx"
    document = docx.Document(io.BytesIO(attached.get_content()))
    assert document.paragraphs[0].text == "Cộng hòa xã hội chủ nghĩa Việt Nam"
    assert [defect for part in mail.walk() for defect in part.defects] == []


async def test_each_version_is_sent_once(office: Office):
    await office.submit(9)
    assert await office.sweep_after() == 9
    assert await office.sweep_after(days=1) == 9
    assert len({mail["Message-ID"] for mail in office.post.mails}) == 9
    assert office.post.mails[0].as_bytes().isascii()


@pytest.mark.parametrize("answer", ["421 too busy", "451 greylisted, come back later"])
@pytest.mark.parametrize("place", ["to_rcpt", "to_data"])
async def test_a_busy_server_gets_it_a_minute_later(office: Office, answer: str, place: str):
    getattr(office.post, place).append(answer)
    await office.submit()
    assert await office.sweep_after() == 0
    assert await office.sweep_after(seconds=59) == 0
    assert await office.sweep_after(seconds=1) == 1
    assert await office.failed() == []


async def test_it_waits_longer_and_longer_and_two_days_at_most(office: Office):
    office.post.to_rcpt = ["451 not now"] * 1000
    await office.submit()
    tries = []
    for minute in range(3 * 24 * 60):
        left = len(office.post.to_rcpt)
        if minute < 300 or minute % 60 == 3:
            await office.sweep_after()
        if len(office.post.to_rcpt) < left:
            tries.append(minute)
        office.clock.turn(minutes=1)
    assert tries[:9] == [0, 1, 3, 7, 15, 31, 63, 123, 183]
    assert tries[-1] == 2 * 24 * 60 + 3
    assert await office.failed() == [(SCHOOL, "451 not now")]


@pytest.mark.parametrize("place", ["to_rcpt", "to_data"])
async def test_a_refused_mail_is_given_up_with_the_reason(office: Office, place: str):
    getattr(office.post, place).append("550 5.1.1 no such mailbox")
    await office.submit()
    with structlog.testing.capture_logs() as logs:
        await office.sweep_after()
    assert await office.sweep_after(days=1) == 0
    assert await office.failed() == [(SCHOOL, "550 5.1.1 no such mailbox")]
    assert "mailbox" not in str(logs)
    assert MAILBOX not in str(logs)


async def test_one_refused_mail_keeps_back_no_other(office: Office):
    office.post.to_rcpt.append("550 no")
    await office.submit(6)
    assert await office.sweep_after() == 5
    assert len(await office.failed()) == 1


async def test_a_lost_answer_is_asked_for_again_with_the_same_id(office: Office):
    office.post.resets = 1
    await office.submit()
    assert await office.sweep_after() == 1  # it has come, but nobody knows
    assert await office.sweep_after(minutes=9, seconds=59) == 1
    assert await office.sweep_after(seconds=1) == 2
    assert len({mail["Message-ID"] for mail in office.post.mails}) == 1
    assert await office.sweep_after(days=1) == 2


async def test_what_a_dead_process_had_begun_is_sent_by_another(office: Office):
    await office.submit()
    await office.database.write(lambda store: store.mails.claim(office.clock(), 10))
    assert await office.sweep_after(minutes=9) == 0
    assert await office.sweep_after(minutes=1) == 1


async def test_two_processes_send_each_mail_once(office: Office):
    await office.submit(20)
    rooms = [office.at(f"smtp://127.0.0.1:{office.post.port}?from=a@b.vn") for _ in range(3)]
    await asyncio.gather(*(room.sweep() for room in rooms))
    await office.mailroom.sweep()
    assert len(office.post.mails) == 20
    assert len({mail["Message-ID"] for mail in office.post.mails}) == 20


async def test_claims_are_nobody_elses(office: Office):
    await office.submit(10)
    claims = await asyncio.gather(
        *(office.database.write(lambda store: store.mails.claim(NOW, 3)) for _ in range(5))
    )
    ids = [mail.id for claim in claims for mail in claim]
    assert len(ids) == len(set(ids))
    left = await office.database.write(lambda store: store.mails.claim(NOW, 10))
    assert len(ids) + len(left) == 10
    assert not await office.database.read(lambda store: store.mails.is_due(NOW))
    again = await office.database.write(lambda store: store.mails.claim(NOW + CLAIM, 10))
    assert [mail.tries for mail in again] == [2] * 10


async def test_what_is_settled_stays_settled(office: Office):
    await office.submit(2)

    def work(store: Store) -> None:
        one, two = store.mails.claim(NOW, 10)
        store.mails.mark_sent(one.id, NOW)
        store.mails.put_off(one.id, NOW, "late news")
        store.mails.give_up(two.id, "x" * 1000, NOW)
        store.mails.mark_sent(two.id, NOW)

    await office.database.write(work)
    assert await office.failed() == [(SCHOOL, "x" * 300)]
    assert await office.sweep_after(days=1) == 0


async def test_a_server_that_is_down_is_asked_again_and_the_rest_waits(office: Office):
    await office.post.close()
    await office.submit(6)
    await office.sweep_after()
    due = await office.database.write(lambda store: store.mails.claim(NOW, 10))
    assert len(due) == 2  # the knock ended at the first four


async def test_a_document_that_cannot_be_made_yet_is_sent_later(office: Office):
    office.drawer.broken = True
    await office.submit()
    assert await office.sweep_after() == 0
    office.drawer.broken = False
    assert await office.sweep_after(minutes=1) == 1


@pytest.mark.parametrize("mailbox", ["a@b.vn,c@d.vn", "<a@b.vn", "hộp thư@b.vn", "a@"])
async def test_what_is_no_address_is_given_up(office: Office, mailbox: str):
    await office.submit(mailbox=mailbox)
    with structlog.testing.capture_logs() as logs:
        assert await office.sweep_after() == 0
    ((school, reason),) = await office.failed()
    assert (school, reason.partition(":")[0]) == (SCHOOL, "address")
    assert mailbox not in str(logs)


async def login_office(database: Database, folder: Path, post: Post, password: str) -> Office:
    office = Office(database, post, Drawer(folder))
    await office.found()
    who = f"{quote(USER, safe='')}:{quote(password, safe='')}"
    office.mailroom = office.at(f"smtp://{who}@127.0.0.1:{post.port}")
    await office.submit()
    return office


async def test_a_wrong_password_loses_no_mail(database: Database, tmp_path: Path):
    post = Post(login=True)
    await post.open()
    office = await login_office(database, tmp_path, post, "sai")
    with structlog.testing.capture_logs() as logs:
        assert await office.sweep_after() == 0
    assert post.logins > 0
    assert "535" in str(logs)
    assert "sai" not in str(logs)
    assert await office.failed() == []

    who = f"{quote(USER, safe='')}:{quote(PASSWORD, safe='')}"
    office.mailroom = office.at(f"smtp://{who}@127.0.0.1:{post.port}")
    assert await office.sweep_after(minutes=1) == 1
    assert post.envelopes[0].mail_from == USER
    await post.close()


async def test_a_password_wrong_for_two_days_is_told(database: Database, tmp_path: Path):
    post = Post(login=True)
    await post.open()
    office = await login_office(database, tmp_path, post, "sai")
    assert await office.sweep_after(days=2) == 0
    ((_, reason),) = await office.failed()
    assert reason.startswith("535")
    await post.close()


@pytest.fixture
def certificate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """A certificate for localhost that this process trusts."""
    key, cert = tmp_path / "key.pem", tmp_path / "cert.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "36500"),
            *("-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"),
            *("-keyout", str(key), "-out", str(cert)),
        ],
        check=True,
        capture_output=True,
    )
    monkeypatch.setenv("SSL_CERT_FILE", str(cert))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    return context


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
async def test_it_is_encrypted_wherever_the_server_can(
    database: Database, tmp_path: Path, certificate: ssl.SSLContext, scheme: str
):
    post = Post(login=True, tls=certificate)
    await post.open(tls_at_once=scheme == "smtps")
    office = await login_office(database, tmp_path, post, PASSWORD)
    who = f"{quote(USER, safe='')}:{quote(PASSWORD, safe='')}"
    office.mailroom = office.at(f"{scheme}://{who}@localhost:{post.port}")
    assert await office.sweep_after() == 1
    assert post.encrypted == [True]
    await post.close()


def test_the_url_says_everything():
    server = mail_server("smtps://a%40b.vn:p%2Fw@mail.vn?from=bao+cao@b.vn")
    assert (server.host, server.port, server.tls) == ("mail.vn", 465, True)
    assert (server.user, server.password) == ("a@b.vn", "p/w")
    assert server.sender.addr_spec == "bao+cao@b.vn"
    plain = mail_server("smtp://a@b.vn:x@mail.vn")
    assert (plain.port, plain.tls, plain.sender.addr_spec) == (587, False, "a@b.vn")


@pytest.mark.parametrize(
    "url",
    [
        "http://u:geheim@h?from=a@b",
        "smtp://u:geheim@h",
        "smtp://?from=a@b&x=geheim",
        "smtp://u:geheim@h:x",
        "smtp://u:geheim@h?from=",
        "geheim",
    ],
)
def test_a_wrong_url_is_said_without_its_password(url: str, tmp_path: Path):
    settings = Settings(smtp_url=url, files_url=str(tmp_path))
    with pytest.raises(SetupError, match="BOT_SMTP_URL") as caught:
        check(settings)
    assert "geheim" not in str(caught.value)
    assert caught.value.__context__ is None


# in a talk


@pytest.fixture
async def district(
    tmp_path: Path, post: Post, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[District]:
    monkeypatch.setenv("BOT_SMTP_URL", f"smtp://127.0.0.1:{post.port}?from=bao-cao@phong.vn")
    talk = Talk(tmp_path)
    await asyncio.to_thread(upgrade, talk.settings.database_url)
    await talk.open()
    district = District(talk)
    await district.found()
    await district.open(tmp_path)
    yield district
    await talk.close()


async def test_an_officer_names_a_mailbox_and_gets_what_schools_submit(
    district: District, post: Post
):
    mailroom = district.talk.bot.mailroom
    assert mailroom is not None
    await district.fill("Trường MN Hoa Sen")
    await mailroom.sweep()
    assert post.mails == []  # nobody has named a mailbox yet

    assert "a@b.vn" in await district.officer.say("hộp thư: a@b.vn")
    teacher = await district.fill("Trường TH Bình An")
    await mailroom.sweep()
    (mail,) = post.mails
    assert mail["To"] == "a@b.vn"
    assert mail["Subject"] == "[Báo cáo] Trường TH Bình An – Tuần lễ 2023 (lần 1)"
    assert mail["Message-ID"].endswith("@bot.test>")
    (attached,) = mail.iter_attachments()
    word = next(f for m in reversed(teacher.messages) for f in m.files if f.name.endswith("docx"))
    assert attached.get_filename() == word.name.replace("-ban-nhap", "")
    written = docx.Document(io.BytesIO(attached.get_content()))
    assert "1.500.000 đồng" in "\n".join(p.text for p in written.paragraphs)

    await district.officer.say("hộp thư: không")
    await district.fill("Trường TH Mỹ Thạnh")
    await mailroom.sweep()
    assert len(post.mails) == 1


async def test_without_a_server_nothing_is_sent(tmp_path: Path):
    talk = Talk(tmp_path)
    await asyncio.to_thread(upgrade, talk.settings.database_url)
    await talk.open()
    assert talk.bot.mailroom is None
    await talk.close()
