"""Questionnaires for talks about one kind of question each, and a place where they are asked."""

import asyncio
import io
from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook

from bot import operator
from bot.chat import Abilities, Address, Attachment, Incoming, Message
from storage.migrations import upgrade
from tests.talks.answers import answers
from tests.talks.district import OFFICE, District
from tests.talks.paper import Paper, Person, Talk

SCHOOL = "Trường TH Bình An"
_COLUMNS = [
    *("type", "name", "label", "required", "constraint", "constraint_message", "relevant"),
    *("default", "appearance", "parameters", "report::short", "report::unit", "bot::max"),
]


def row(kind: str, name: str = "", label: str = "", **more: str) -> dict[str, str]:
    """One line of the survey sheet; ``short`` and ``most`` are report::short and bot::max."""
    named = {"short": "report::short", "unit": "report::unit", "most": "bot::max"}
    own = {named.get(key, key): value for key, value in more.items()}
    return {"type": kind, "name": name, "label": label, **own}


def workbook(
    survey: Sequence[dict[str, str]], choices: Sequence[tuple[str, str, str]] = ()
) -> bytes:
    """Return a questionnaire as an Excel file."""
    book = Workbook()
    sheet = book.active
    sheet.title = "survey"
    sheet.append(_COLUMNS)
    for line in survey:
        sheet.append([line.get(column, "") for column in _COLUMNS])
    listed = book.create_sheet("choices")
    for choice in (("list_name", "name", "label"), *choices):
        listed.append(choice)
    settings = book.create_sheet("settings")
    settings.append(("form_title", "form_id"))
    settings.append(("Phiếu thử", "phieu_thu"))
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


class Slips(Paper):
    """A second channel, without buttons, on which nothing can be changed."""

    name = "slips"
    abilities = Abilities(text_limit=1800)


class Asked:
    """A school that is asked a questionnaire, on paper and on slips."""

    def __init__(self, folder: Path) -> None:
        self.slips = Slips()
        self.talk = Talk(folder, extra=[lambda _path: self.slips])
        self.district = District(self.talk)
        self.folder = folder

    async def open(self, form: bytes, name: str = "phieu.xlsx") -> None:
        await asyncio.to_thread(upgrade, self.talk.settings.database_url)
        await self.talk.open()
        await self.district.found(((SCHOOL, "TH"),))
        path = self.folder / name
        path.write_bytes(form)
        bot = self.talk.bot
        order = operator.CampaignOrder(
            form=path, office=OFFICE, due="trước ngày 15/10/2023", title="Đợt thử"
        )
        await operator.open_campaign(bot.database, bot.files, bot.deeds, order, self.talk.clock())

        def link(store) -> None:
            person = store.people.person_at("paper", self.teacher.address.id)
            store.people.add_person("slips", "s1", "Cô 1", self.talk.clock())
            store.people.move_address("slips", "s1", person.id)

        await bot.database.write(link)

    @property
    def teacher(self) -> Person:
        return self.district.teachers[SCHOOL]

    async def begin(self) -> str:
        """The teacher begins, as far as the first question."""
        await self.teacher.say("báo cáo")
        return await self.teacher.press("Bắt đầu")

    async def begin_on_slips(self) -> str:
        await self.slip("báo cáo")
        return await self.slip("Bắt đầu")

    async def slip(self, text: str) -> str:
        """The teacher says something on the channel without buttons."""
        before = len(self.slip_messages)
        said = Incoming(f"s{before}-{text}", Address("slips", "s1"), self.talk.clock(), text=text)
        await self.slips.receive(said)
        await self.talk.settle()
        return "\n".join(message.text for message in self.slip_messages[before:])

    @property
    def slip_messages(self) -> list[Message]:
        return self.slips.sent.setdefault("s1", [])

    async def send(
        self, content: bytes, name: str = "", *, kind: str = "file", mime: str = ""
    ) -> str:
        """The teacher sends a file, a recording or a film."""
        ref = f"f{len(self.talk.paper.uploads)}"
        self.talk.paper.uploads[ref] = content
        part = Attachment(kind, ref, name=name, mime=mime, size=len(content))
        return await self.teacher._tell(attachments=(part,))

    async def answers(self) -> dict[str, str]:
        return await answers(self.talk.bot.database, self.talk.bot.deeds)
