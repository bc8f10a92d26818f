"""Somebody on Telegram who answers any questionnaire to its end, with detours on the way.

The answers are random and the same for the same seed. They are kept, so that they can be given
to the engine as well, straight on: however one went through a form, it must hold the same.
"""

import asyncio
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from bot import operator
from bot.app import Bot
from bot.campaign import is_photo_repeat, plain
from bot.errors import AnswerError
from bot.forms.filling import Filling, Step
from bot.forms.rehearsal import candidates
from handlers import choosing
from storage.migrations import upgrade
from tests.botapi.server import TOKEN
from tests.samples import photo
from tests.talks.answers import READER
from tests.talks.district import OFFICE
from tests.talks.everywhere import Everywhere
from tests.talks.teacher import begin
from tests.talks.test_files import MP4, OGG, PDF
from tests.talks.typed import typed
from tests.talks.voices import OnTelegram

SCHOOL = "Trường TH Bình An"
MOST_STEPS = 1_500
MORE_WORDS = ("0912345678", "35", "red", "Học sinh đọc sách")  # beside those of a rehearsal
_CHOSEN = ("select_one", "select_multiple", "rank")
_SENT = ("image", "audio", "video", "file")
_ASKED_BACK = 6  # times about one answer
_UNSURE = re.compile(r"uuid:[0-9a-f-]{36}|[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f-]{21}")


class TelegramAlone(Everywhere):
    """A bot that is on Telegram and nowhere else."""

    async def open(self) -> None:
        await self.api.start()
        more = {
            "telegram_token": TOKEN,
            "telegram_api_url": self.api.url,
            "telegram_mode": "polling",
            "telegram_rate": 500.0,  # what is tested is not how long people wait
        }
        self.settings = replace(self.settings, **more)
        await asyncio.to_thread(upgrade, self.settings.database_url)
        await self.start()

    async def start(self) -> None:
        self.bot = Bot(self.settings, clock=self.clock)
        await self.bot.open()

    async def stop(self) -> None:
        await self.bot.close()

    async def close(self) -> None:
        await self.stop()
        await self.api.stop()

    async def ask(self, form: Path) -> str:
        """Ask a school to fill ``form``; returns the code by which its teacher comes."""
        bot = self.bot
        order = operator.CampaignOrder(
            form=form, office=OFFICE, due="trước ngày 15/10/2023", title="Đợt thử"
        )
        await operator.open_campaign(bot.database, bot.files, bot.deeds, order, self.clock())
        invited = await operator.invite(
            bot.database, bot.deeds, school=SCHOOL, level="TH", role="reporter", now=self.clock()
        )
        return invited.code


@dataclass(frozen=True)
class Look:
    """Where the talk is, as the database has it between two turns."""

    filling: Filling
    step: Step | None
    asked_back: dict[str, Any]

    @property
    def ref(self) -> str:
        return self.step.ref if self.step else ""

    def lets(self, value: str) -> bool:
        """Say whether the open question takes ``value``."""
        try:
            self.filling.answer(self.ref, value)
        except AnswerError:
            return False
        return True


class Walker(OnTelegram):
    """Answers what is asked. ``detours``: before what part of the steps one of each kind comes."""

    place: TelegramAlone

    def __init__(self, place: TelegramAlone, seed: int, detours: float = 0.12) -> None:
        super().__init__(place)
        self.chance = Random(seed)
        self.detours = detours
        self.dealt: dict[str, list[tuple[str, str]]] = defaultdict(list)  # by ref: deed, value
        self.counts: Counter[str] = Counter()
        self.stuck: list[str] = []  # required, and nothing that can be said is an answer

    async def walk(self, code: str, restart_at: int = 0) -> str:
        """Answer all that is asked; returns what the bot said last.

        Before question number ``restart_at`` the bot is stopped and started again.
        """
        await begin(self, code)
        for _ in range(MOST_STEPS):
            look = await self.look()
            if look.step is None:
                return (await self.shown())[-1]
            self.counts["asked"] += 1
            if self.counts["asked"] == restart_at:
                await self._restart(look)
            if self.chance.random() < self.detours:
                await self._back_and_forth(look)
            if self.chance.random() < self.detours:
                await self._ask_for_help(look)
            await self._deal_with(await self.look())
        raise AssertionError(f"no end after {MOST_STEPS} steps; open is {look.ref}")

    async def look(self) -> Look:
        def read(store: Any) -> Look:
            person = store.people.person_at("telegram", str(self.person.id))
            draft = self._draft(store)
            at = person.state.get("at")
            step = draft.filling.step(at) if at else None
            return Look(draft.filling, step, person.state.get("ask") or {})

        return await self.place.bot.database.read(read)

    def _draft(self, store: Any) -> Any:
        report = store.reports.report(1)
        return self.place.bot.deeds.draft_of(store, report, READER, self.place.clock())

    async def kept(self) -> dict[str, Any]:
        """The whole state of the answers, as it is saved."""
        state = await self.place.bot.database.read(lambda s: self._draft(s).filling.state())
        return masked(state)

    async def straight(self) -> dict[str, Any]:
        """The same answers given to the engine, one after another, without any detour."""

        def start(store: Any) -> Filling:
            report = store.reports.report(1)
            form = self.place.bot.deeds.forms.get(store, report.campaign.form_id)
            env = self.place.bot.deeds.environment(self.place.clock(), "vi")
            return Filling.start(form, env)

        filling = await self.place.bot.database.read(start)
        left = {ref: list(deeds) for ref, deeds in self.dealt.items()}
        after: str | None = None
        while (step := filling.next_open(after)) is not None:
            after = _give(filling, step, left)
        assert {ref: deeds for ref, deeds in left.items() if deeds} == {}, "not asked this time"
        return masked(filling.state())

    # detours

    async def _restart(self, look: Look) -> None:
        self.counts["restarts"] += 1
        await self.place.stop()
        await self.place.start()
        await self.say("tiếp tục")
        assert (await self.look()).ref == look.ref

    async def _ask_for_help(self, look: Look) -> None:
        self.counts["interruptions"] += 1
        heard = await self.say("trợ giúp")
        assert "Lúc nào cũng gõ được" in heard
        assert look.step is not None
        assert look.step.label.strip() in heard, "the question is put again"
        assert (await self.look()).ref == look.ref

    async def _back_and_forth(self, look: Look) -> None:
        """Go back to the question before, leave it or give the same answer, and be here again."""
        await self.say("quay lại")
        before = await self.look()
        if before.ref == look.ref:
            return  # it is the first
        self.counts["ways back"] += 1
        step = before.step
        assert step is not None
        assert step.question is not None
        if not step.value:
            await self.say("bỏ qua")
        elif step.question.type in _SENT or self.chance.random() < 0.5:
            await self.say("giữ nguyên")
        else:
            await self._give(before, step.value)
        now = await self.look()
        assert now.ref == look.ref, f"from {look.ref} back to {step}, then {now}"

    # answers

    async def _deal_with(self, look: Look) -> None:
        step = look.step
        assert step is not None
        if step.kind == "add_another":
            await self._another_row(look)
        elif _is_beyond(step) or (_may_be_left(look, step) and self.chance.random() < 0.15):
            await self._leave(look)
        elif step.question is not None and step.question.type in _SENT:
            await self._send(look)
        else:
            await self._answer(look)

    async def _another_row(self, look: Look) -> None:
        step = look.step
        assert step is not None
        more = look.filling.rows(step.ref) < 2 and self.chance.random() < 0.5
        if more and is_photo_repeat(look.filling.form, plain(step.ref)):
            more = False
        self.dealt[step.ref].append(("add" if more else "close", ""))
        await self._tap("add" if more else "enough", "thêm" if more else "đủ rồi")

    async def _leave(self, look: Look) -> None:
        step = look.step
        assert step is not None
        if step.value:
            self.dealt[step.ref].append(("skip", ""))
            await self.say("giữ nguyên")
        elif step.required:
            self.stuck.append(step.ref)
            self.dealt[step.ref].append(("later", ""))
            await self._tap("later", "để sau")
        else:
            self.dealt[step.ref].append(("skip", ""))
            await self._tap("skip", "bỏ qua")

    async def _answer(self, look: Look) -> None:
        today = self.place.clock().date()
        step = look.step
        assert step is not None
        several = step.question is not None and step.question.type == "select_multiple"
        names = [option.name for option in step.choices]
        more = MORE_WORDS if not names else ()
        first = self.chance.sample(names, self.chance.randint(1, len(names))) if several else ()
        values = (" ".join(first), *candidates(step, self.chance, today), *more)
        if step.question is not None and step.question.type == "integer":
            values = (str(self.chance.randint(0, 6)), *values)  # it may be how many rows there are
        if not names and step.question is not None and step.question.type in _CHOSEN:
            values = ()  # the form offers nothing
        value = next(filter(look.lets, filter(None, values)), "")
        if not value:
            await self._leave(look)
            return
        await self._give(look, value)
        kept = (await self.look()).filling.value(step.ref)
        assert _agree(step, value, kept), f"{step.ref}: {value!r} was kept as {kept!r}"
        self.dealt[step.ref].append(("answer", kept))

    async def _give(self, look: Look, value: str) -> None:
        """Say ``value`` to the open question, and settle what is asked back."""
        step = look.step
        assert step is not None
        assert step.question is not None
        names = [option.name for option in step.choices]
        if step.question.type == "rank":
            heard = await self.say(typed(step, value, self.chance))
        elif choosing.is_paged(step) or (choosing.has_buttons(step) and self.chance.random() < 0.7):
            heard = await self._press_choices(step, [names.index(n) for n in self._of(step, value)])
        elif step.question.type == "geopoint" and self.chance.random() < 0.5:
            latitude, longitude = map(float, value.split()[:2])
            heard = await self._turn(
                1,
                lambda: self.person.send_other("location", latitude=latitude, longitude=longitude),
            )
        else:
            heard = await self.say(typed(step, value, self.chance))
        await self._settle(step, value, heard)

    def _of(self, step: Step, value: str) -> list[str]:
        assert step.question is not None
        return [value] if step.question.type == "select_one" else value.split()

    async def _press_choices(self, step: Step, places: list[int]) -> str:
        heard = ""
        ticks = choosing.takes_ticks(step)
        ticked = [n for n, one in enumerate(step.choices) if one.name in step.value.split()]
        for place in set(places) ^ set(ticked) if ticks else places:
            if choosing.is_paged(step):
                await self.say(f"trang {place // choosing.PAGE + 1}")
            heard = await self.press_verb(f"a{place}")
        return await self.press_verb("done") if ticks else heard

    async def _settle(self, step: Step, value: str, heard: str) -> None:
        for _ in range(_ASKED_BACK):
            now = await self.look()
            if now.ref != step.ref:
                return
            kind = now.asked_back.get("kind")
            if kind == "adding":
                heard = await self.say("xong")
            elif kind == "which":
                options = now.asked_back["options"]
                heard = await self.press_verb(f"o{options.index(value)}")
            elif kind in ("whether", "keep"):
                assert _agree(step, value, now.asked_back.get("value", value)), heard
                heard = await self.press_verb("yes")
            elif kind == "same":
                heard = await self.press_verb("redo")
            else:
                raise AssertionError(f"{step.ref}: {value!r} is not taken: {heard}")
        raise AssertionError(f"{step.ref}: asked back without end: {heard}")

    async def _send(self, look: Look) -> None:
        """Send what the question asks for: a photo, a recording, a film, a paper."""
        step = look.step
        assert step is not None
        assert step.question is not None
        number = self.counts["sent"] = self.counts["sent"] + 1
        if step.question.type == "image":
            heard = await self.send_photos([photo(number, (400, 300))])
        else:
            heard = await self._turn(1, lambda: self._send_file(step, number))
        kept = (await self.look()).filling.value(step.ref)
        assert kept, f"{step.ref}: what was sent is not taken: {heard}"
        self.dealt[step.ref].append(("answer", kept))

    async def _send_file(self, step: Step, number: int) -> None:
        assert step.question is not None
        person = self.person
        own = str(number).encode()  # no two files are the same
        if step.question.type == "audio":
            voice = person.api.keep_other("voice", OGG + own, "audio/ogg")
            await person.send_other("voice", **voice)
        elif step.question.type == "video":
            await person.send_other(
                "video", **person.api.keep_other("video", MP4 + own, "video/mp4")
            )
        else:
            await person.send_document(f"tep {number}.pdf", PDF + own, "application/pdf")

    async def _tap(self, verb: str, words: str) -> str:
        """Press a button, or type what it says."""
        if self.chance.random() < 0.5:
            return await self.press_verb(verb)
        return await self.say(words)

    async def press_verb(self, verb: str) -> str:
        """Press the newest button that does ``verb`` to a question."""
        for bubble in reversed(self.person.answers):
            for button in (button for row in bubble.rows for button in row):
                if re.fullmatch(rf"q\..*\.{verb}", button.token):
                    press = partial(self._press_token, button.token, bubble.id)
                    return await self._turn(1, press)
        raise AssertionError(f"no button that does {verb!r}")

    async def _press_token(self, token: str, message_id: int) -> None:
        self.person.press_token(token, message_id)

    async def _turn(self, count: int, deed: Any) -> str:
        self.counts["turns"] += 1
        heard = await super()._turn(count, deed)
        assert "chưa xử lý được" not in heard, heard
        return heard


def _give(filling: Filling, step: Step, left: dict[str, list[tuple[str, str]]]) -> str | None:
    """Do to a step what was done in chat; returns behind which step it goes on."""
    if not left.get(step.ref):
        assert step.question is not None, step.ref
        heading = "label" in step.question.appearance.split()
        assert step.question.type == "note" or heading, f"{step.ref} was not asked in chat"
        filling.skip(step.ref)
        return step.ref
    deed, value = left[step.ref].pop(0)
    if deed == "answer":
        filling.answer(step.ref, value)
    elif deed == "add":
        filling.add_row(step.ref)
        return None
    else:
        {"skip": filling.skip, "later": filling.postpone, "close": filling.close_repeat}[deed](
            step.ref
        )
    return step.ref


def _is_beyond(step: Step) -> bool:
    return step.question is not None and bool(step.question.out_of_reach)


def _may_be_left(look: Look, step: Step) -> bool:
    """Say whether the form takes it as it is: with nothing, or with what it began with."""
    return look.lets(step.value) if step.value else not step.required


def _agree(step: Step, value: str, kept: str) -> bool:
    """Say whether what was kept is what was meant: of a month no day, of a moment no zone."""
    assert step.question is not None
    if step.question.type == "select_multiple":
        return set(kept.split()) == set(value.split())
    if step.question.type == "date" and "year" in step.question.appearance:
        return kept[:4] == value[:4]
    return kept.startswith(value) if step.question.type == "dateTime" else kept == value


def masked(state: dict[str, Any]) -> dict[str, Any]:
    """A state without the ids that are different each time."""
    values = {ref: _UNSURE.sub("uuid", value) for ref, value in state.get("values", {}).items()}
    return {**state, "values": values}
