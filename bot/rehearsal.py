"""A questionnaire played before anyone is asked: in the terminal, or many times by chance.

What comes out are the reports as the schools' would be, made as theirs are.
"""

import random
import statistics
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final
from zoneinfo import ZoneInfo

from bot import operator
from bot.author_file import TRIAL_FACTS, TRIAL_OFFICE, TRIAL_SCHOOL
from bot.campaign import Deeds, plain
from bot.documents import preview
from bot.errors import SetupError
from bot.forms.filling import Environment, Filling
from bot.forms.rehearsal import rehearse
from bot.operator import CampaignOrder
from bot.workshop import DocumentJob, write_document
from storage.database import Database
from storage.files import Files
from storage.store import Store

ZONE: Final = ZoneInfo("Asia/Ho_Chi_Minh")

_DUE_DAYS: Final = 14
_PICTURES: Final = 3

Work = Callable[[Database, Deeds], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Runs:
    """What came of playing a form by chance."""

    count: int
    asked: tuple[int, float, int]  # questions in a run: fewest, median, most
    never: tuple[str, ...]  # questions that no run came to
    stuck: Mapping[str, int]  # question -> runs in which no valid answer was found


class Rehearsal:
    """One form being played. ``written`` are the files that came of it.

    Raises:
        SetupError: the form or the author's Word file beside it cannot be used.
    """

    def __init__(self, form: Path, template: Path | None, out: Path, now: datetime) -> None:
        self.written: list[Path] = []
        due = now + timedelta(days=_DUE_DAYS)
        words = f"trước ngày {due.astimezone(ZONE):%d/%m/%Y}"
        self._order = CampaignOrder(form, TRIAL_OFFICE, words, template=template)
        self._package, self._form = operator.read_form(form)
        self._package, self._template = operator.read_template(
            self._order, self._package, self._form
        )
        self._out = out
        self._now = now

    # -- by chance

    def by_chance(self, count: int) -> Runs:
        """Answer the form ``count`` times and write a report of each; the same ones each time."""
        reached: set[str] = set()
        asked: list[int] = []
        stuck: Counter[str] = Counter()
        with TemporaryDirectory(prefix="rehearsal-") as folder:
            photos = {f"photos/mau-{n}.jpg": Path(folder, f"mau-{n}.jpg") for n in range(_PICTURES)}
            for number, path in enumerate(photos.values()):
                path.write_bytes(operator.sample_picture(number))
            for number in range(1, count + 1):
                filling, left = self._played(number, list(photos)[number % _PICTURES])
                refs = [ref for ref, question in filling.asked() if question is not None]
                asked.append(len(refs))
                reached.update(map(plain, refs))
                stuck.update({self._named(plain(ref)) for ref in left})
                self._write(filling.state(), photos, f"bao-cao-{number:03}", drawn=number == 1)
        never = (q.path for q in self._form.questions if q.path not in reached)
        return Runs(
            count,
            (min(asked), statistics.median(asked), max(asked)),
            tuple(map(self._named, never)),
            dict(stuck),
        )

    def _played(self, number: int, photo: str) -> tuple[Filling, list[str]]:
        chance = random.Random(number)  # noqa: S311 - for a rehearsal, no secret
        env = Environment(self._now, ZONE, "", chance)
        filling = Filling.start(self._form, env)
        today = self._now.astimezone(ZONE).date()
        return filling, rehearse(filling, chance, today, photo, wide=True)

    def _named(self, path: str) -> str:
        """A question as its author finds it: by name and row."""
        rows = self._form.layout.get("survey", ())
        row = next((row["row"] for row in rows if row.get("path") == path), 0)
        name = path.rpartition("/")[2]
        return f"{name} (survey, row {row})" if row else name

    # -- in the terminal

    def set_up(self, files_folder: Path) -> Work:
        """Make an office, a school and a campaign for the talk in the terminal."""

        async def work(database: Database, deeds: Deeds) -> None:
            def people(store: Store) -> None:
                office = store.people.add_unit(TRIAL_OFFICE, kind="office")
                school = store.people.add_unit(
                    TRIAL_SCHOOL, kind="school", level="TH&THCS", parent_id=office
                )
                talker = store.people.add_person("console", "console", "", self._now)
                store.people.join(talker.id, school, "reporter", self._now)

            await database.write(people)
            files = Files(files_folder)
            await operator.open_campaign(database, files, deeds, self._order, self._now)

        return work

    def finish(self, files_folder: Path) -> Work:
        """Write the report of what was answered in the terminal, if anything was."""

        async def work(database: Database, _deeds: Deeds) -> None:
            def look(store: Store) -> tuple[dict[str, Any], list[str]]:
                report = store.reports.report(1)
                return (report.state, list(store.reports.photos(1))) if report else ({}, [])

            state, keys = await database.read(look)
            if not state:
                return
            files = Files(files_folder)
            photos = {key: await files.path(key) for key in keys}
            self._write(state["filling"], photos, "bao-cao", drawn=True)

        return work

    # -- reports

    def _write(
        self, state: dict[str, Any], photos: Mapping[str, Path], name: str, *, drawn: bool
    ) -> None:
        """Write a report as a school's is; ``drawn``: its PDF and pages, where they can be made."""
        try:
            self._out.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise SetupError(f"{self._out}: {error.strerror}") from error
        target = self._out / f"{name}.docx"
        with TemporaryDirectory(prefix="rehearsal-") as folder:
            own = Path(folder, "report.docx")
            own.write_bytes(self._template)
            job = DocumentJob(
                form=0,
                xform=self._package.xform,
                layout=self._package.layout,
                state={
                    **state,
                    "facts": {**TRIAL_FACTS, "dot": self._form.title, "han_nop": self._order.due},
                },
                photos={key: str(path) for key, path in photos.items()},
                at=self._now,
                timezone=ZONE.key,
                target=str(target),
                year=f"{self._now.astimezone(ZONE):%Y}",
                template=str(own) if self._template else "",
            )
            write_document(job)
        self.written.append(target)
        if drawn:
            self._draw(target)

    def _draw(self, docx: Path) -> None:
        pdf = preview.pdf(docx.read_bytes())
        if pdf is None:  # LibreOffice is not here
            return
        made = {docx.with_suffix(".pdf"): pdf}
        for number, page in enumerate(preview.pages(pdf, last=99) or (), 1):
            made[docx.with_name(f"{docx.stem}-trang-{number}.png")] = page
        for path, content in made.items():
            path.write_bytes(content)
            self.written.append(path)
