"""The whole bot put together; the only file that knows every part.

To add a channel: write its class in bot/channels/, and list it in ``_channels``.
"""

import asyncio
import os
import secrets
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import structlog

from bot import broadcasts
from bot.campaign import Deeds
from bot.channels.upload_page import UploadPage
from bot.channels.webchat import WebChat
from bot.channels.webchat_uploads import Uploads
from bot.channels.webchat_visitors import Visitors
from bot.channels.webchat_wire import Entry
from bot.chat import Address, Channel, FilePath, Message, Way, read_incoming, read_message
from bot.conversation import Conversation
from bot.delivery import Delivery
from bot.errors import SetupError
from bot.intake import Intake
from bot.invitations import set_ways, sheet_maker
from bot.office_hours import OfficeHours
from bot.outgoing import Parcel
from bot.paperwork import Paperwork
from bot.reminders import Fresh, remind_due
from bot.retention import clean
from bot.rows_sheet import MAKER as ROWS
from bot.rows_sheet import RowSheets
from bot.schedule import Knock, Schedule
from bot.settings import Settings
from bot.texts import texts
from bot.totals.desk import Totals
from bot.usage import Limits, Usage
from bot.web.file_links import FileLinks
from bot.web.links import Links
from bot.web.pages import Demo, DemoSchool, Pages
from bot.web.server import Server, Site
from bot.workshop import Workshop
from handlers.commands import COMMANDS, routes
from handlers.office_words import OFFICE_MENU
from storage.database import Database
from storage.files import Files
from storage.store import Store

if TYPE_CHECKING:
    from bot.channels.telegram import Telegram
    from bot.mailroom import Mailroom

log = structlog.get_logger()

_FILE_LINK = timedelta(days=1)  # the page asks for new ones whenever it is opened
_UPLOAD_LINK = timedelta(days=1)
_HISTORY = 200  # messages of each side that the web chat shows after a reload
_SWEEP_SECONDS = 5.0
_REMIND_SECONDS = 20.0
_BROADCAST_SECONDS = 2.0
_MADE_KEPT = timedelta(days=2)
_CLEAN_SECONDS = 3600.0
_MAIL_SECONDS = 20.0
_USAGE_SECONDS = 60.0


def _now() -> datetime:
    return datetime.now(UTC)


class Bot:
    """A running bot."""

    def __init__(
        self,
        settings: Settings,
        *,
        clock: Callable[[], datetime] = _now,
        extra: Sequence[Callable[[FilePath], Channel]] = (),
        demo: bool = False,
    ) -> None:
        self.settings = settings
        self.clock = clock
        self.database = Database(settings.database_url)
        self.files = Files(Path(settings.files_url))
        self.workshop = Workshop()
        self.deeds = Deeds(
            settings.timezone,
            settings.web_address,
            settings.retention,
            settings.quiet,
            ways=self._ways,
            upload_link=lambda to: self.links.upload(to, self.clock() + _UPLOAD_LINK),
        )
        self._telegram: Telegram | None = None
        self._extra = extra
        self._demo = demo

    async def open(self) -> None:
        """Start everything. A channel that is down does not stop the others.

        Raises:
            SetupError: the web server cannot listen, or a setting is wrong.
        """
        settings = self.settings
        await self.database.open()
        self._secret = await self._secret_key()
        self.links = Links(self._secret, settings.web_address)
        self.file_links = FileLinks(self.database, settings.web_address, self.clock)
        self.totals = Totals(self.database, self.files, self.workshop, settings.timezone)
        self._fresh = Fresh(self.database, self.deeds.hours, clock=self.clock)
        self.paperwork = Paperwork(
            self.database,
            self.files,
            self.workshop,
            settings.timezone,
            {
                "calendar": self._make_calendar,
                "invitations": sheet_maker(self.database, self.deeds),
                "sample-form": self._make_sample_form,
                **self.totals.makers,
                ROWS: RowSheets(self.database).make,
            },
        )
        self.totals.paperwork = self.paperwork
        self.mailroom = self._mailroom()
        self.usage = self._usage()
        self.channels = {channel.name: channel for channel in self._channels()}
        self._still = [one.name for one in self.channels.values() if not one.abilities.edit]
        intake = Intake(
            self.channels, self.files, self.workshop, self._secret.encode(), self._opening
        )
        self.delivery = Delivery(
            self.database,
            self.channels,
            self._ready,
            clock=self.clock,
            rates={
                "telegram": settings.telegram_rate,
                "zalo-bot": settings.zalo_bot_rate,
                "zalo-oa": settings.zalo_oa_rate,
            },
            held=self.usage.full,
        )
        self.conversation = Conversation(
            self.database,
            self.delivery.hand_over,
            routes(self.deeds),
            intake.prepare,
            clock=self.clock,
            forget_file=self.forget_file,
            thrifty=self.usage.channels,
        )
        site = self._site()
        application = site.application()
        for channel in self.channels.values():
            await channel.open(self.conversation.receive, application.router)
        self._upload_page().open(self.conversation.receive, application.router)
        self.server = Server(application, *settings.listen_address)
        await self.server.start()
        await self._take_over()
        self.schedule = Schedule(
            [
                Knock("inbox", _SWEEP_SECONDS, self.conversation.sweep),
                Knock("outbox", _SWEEP_SECONDS, self.delivery.sweep),
                Knock("reminders", _REMIND_SECONDS, self._remind),
                Knock("broadcasts", _BROADCAST_SECONDS, self._broadcast),
                Knock("deadlines", _REMIND_SECONDS, self._freeze),
                Knock("usage", _USAGE_SECONDS, self._watch_usage),
                Knock("retention", _CLEAN_SECONDS, self._clean),
                *([Knock("mail", _MAIL_SECONDS, self.mailroom.sweep)] if self.mailroom else []),
            ]
        )
        await self.schedule.start()
        log.info("started", channels=sorted(self.channels), port=self.server.port)

    async def close(self) -> None:
        """Stop listening, finish what is under way, let go. What is left is in the database."""
        self.schedule.stop()
        for channel in self.channels.values():
            await channel.close()
        await self.server.stop()
        await self.conversation.close()
        await self.delivery.close()
        await self.database.close()
        self.workshop.close()
        log.info("stopped")

    async def _ready(self, message: Message) -> Message:
        """Make a message ready to be sent: a reminder says what is true now, files are made."""
        return await self.paperwork.ready(await self._fresh.write(message))

    async def _remind(self) -> None:
        """Remind whoever has to be reminded now."""
        hours, more = self.deeds.hours, True
        while more:  # a portion at a time: people's answers are not kept waiting
            now = self.clock()
            parcels, more = await self.database.write(partial(_remind_due, hours, now))
            self.delivery.hand_over(parcels)

    async def _broadcast(self) -> None:
        """Begin broadcasts that are due, and show how far the others are."""
        ways = broadcasts.Ways(self.usage.full, self._still)
        self.delivery.hand_over(await broadcasts.look(self.database, self.clock(), ways))
        await self.delivery.feed()

    async def _freeze(self) -> None:
        """Keep the totals of each campaign as they stood at its deadline."""
        now = self.clock()
        due = await self.database.glance(lambda store: store.totals.to_freeze(now))
        for campaign_id in due:
            await self.database.write(partial(_freeze, campaign_id, now))

    def _usage(self) -> Usage:
        settings = self.settings
        limits = {}
        if settings.zalo_bot_token:
            limits["zalo-bot"] = Limits(settings.zalo_bot_messages, settings.zalo_bot_users)
        return Usage(self.database, limits, settings.timezone, self.clock)

    async def _watch_usage(self) -> None:
        self.delivery.hand_over(await self.usage.look())

    def _mailroom(self) -> "Mailroom | None":
        settings = self.settings
        if not settings.smtp_url:
            return None
        from bot.mailroom import HOST, Mailroom  # noqa: PLC0415 - only who sends mail loads it

        return Mailroom(
            self.database,
            self.paperwork,
            settings.smtp_url,
            self.clock,
            settings.timezone,
            urlsplit(settings.public_url).hostname or HOST,
        )

    async def _make_sample_form(self, _argument: str, target: Path) -> None:
        """Write the workbook that authors begin from."""
        from bot.sample_form import sample_form  # noqa: PLC0415 - takes long to load

        await asyncio.to_thread(lambda: target.write_bytes(sample_form()))

    async def _make_calendar(self, argument: str, target: Path) -> None:
        """Write the deadlines of some schools as a calendar; ``argument``: unit ids and a time."""
        from bot.calendar_file import calendar_file  # noqa: PLC0415 - takes long to load

        units, _, stamp = argument.partition("-")
        unit_ids = [int(unit_id) for unit_id in units.split(".")]
        now = datetime.fromtimestamp(int(stamp), UTC)
        owed = await self.database.read(lambda store: store.reports.owed_by(unit_ids))
        content = calendar_file(owed, texts("vi"), self.deeds.hours, self.settings.web_address, now)
        await asyncio.to_thread(target.write_bytes, content)

    async def forget_file(self, key: str) -> None:
        """Delete a file, and whatever was drawn from it."""
        await self.files.delete(key)
        if key.startswith("documents/"):
            stem = key.partition("/")[2].partition(".")[0]
            for path in (self.files.folder / "documents").glob(f"{stem}.*"):
                path.unlink(missing_ok=True)

    async def _opening(self, sender: Address) -> tuple[int, str, dict[str, Any]] | None:
        """The form that somebody is opening a campaign with now: id, XForm, layout."""

        def look(store: Store) -> tuple[int, str, dict[str, Any]] | None:
            person = store.people.person_at(sender.channel, sender.id)
            form_id = person.state.get("opening", {}).get("form") if person else None
            return (form_id, *store.campaigns.form(form_id)) if form_id else None

        return await self.database.write(look)  # which may lock a person's row

    async def _take_over(self) -> None:
        """Go on with what the process before this one had not finished."""
        await self.conversation.sweep(timedelta())
        while await self.delivery.sweep():
            pass

    async def _secret_key(self) -> str:
        if self.settings.secret_key:
            return self.settings.secret_key

        def keep(store: Store) -> str:
            kept = store.keepsakes.get("secret_key")
            if kept is None:
                kept = secrets.token_urlsafe(32)
                store.keepsakes.put("secret_key", kept)
            return kept

        return await self.database.write(keep)

    def _channels(self) -> Sequence[Channel]:
        """The list of channels. One without its token is off."""
        settings = self.settings
        channels: list[Channel] = [self._webchat()]
        if settings.telegram_token:
            # python-telegram-bot is a good part of a start; without a token nobody needs it.
            from bot.channels.telegram import Telegram  # noqa: PLC0415
            from bot.channels.telegram_http import Account  # noqa: PLC0415

            account = Account(
                token=settings.telegram_token,
                api_url=settings.telegram_api_url.rstrip("/"),
                mode=settings.telegram_mode,
                webhook_secret=settings.telegram_webhook_secret,
                public_url=settings.web_address,
                menu=tuple((name, texts("vi")(f"menu-{name}")) for name in COMMANDS),
            )
            self._telegram = Telegram(account, self.paperwork.path)
            channels.append(self._telegram)
        if settings.zalo_bot_token or settings.zalo_oa_app_id:
            from bot import zalo  # noqa: PLC0415

            channels += zalo.channels(
                settings,
                self.database,
                self.paperwork.path,
                self.file_links,
                self.usage,
                self.clock,
            )
        return [*channels, *(make(self.paperwork.path) for make in self._extra)]

    def _ways(self) -> tuple[Way, ...]:
        """The ways to the bot beside its web address, as far as they are known now."""
        name = self._telegram.username if self._telegram else ""
        by_telegram = (Way("Telegram", f"https://t.me/{name}?start={{code}}"),) if name else ()
        return (*set_ways(self.settings), *by_telegram)

    def _upload_page(self) -> UploadPage:
        return UploadPage(
            uploads=self._web.uploads,
            reader=self.links.read_upload,
            page=self._pages.upload,
            notice=partial(self._pages.notice, home=False),
            clock=self.clock,
        )

    def _webchat(self) -> WebChat:
        pages = Pages(
            texts("vi"),
            self.settings.timezone,
            commands=[words[0] for words, _ in COMMANDS.values()],
            office_commands=OFFICE_MENU,
            ways=self._ways,
        )
        self._pages = pages
        self._web = WebChat(
            history=self._history,
            page=pages.chat,
            is_office=self._is_office,
            file_link=lambda owner, file: self.links.file(
                file, self.clock() + _FILE_LINK, owner=owner
            ),
            visitors=Visitors(self.links.sign, self.links.verify, self.settings.web_address),
            uploads=Uploads(self.files.folder / "uploads"),
            clock=self.clock,
        )
        return self._web

    async def _is_office(self, address_id: str) -> bool:
        return await self.database.read(lambda store: store.people.is_office("web", address_id))

    async def _history(self, address_id: str, after: str) -> list[Entry]:
        def look(store: Store) -> list[Entry]:
            said = [
                Entry(row.incoming["id"], row.at, read_incoming(row.incoming))
                for row in store.inbox.history("web", address_id, _HISTORY)
            ]
            told = [
                Entry(str(row.id), row.at, read_message(row.message))
                for row in store.outbox.history("web", address_id, _HISTORY)
            ]
            return sorted([*said, *told], key=lambda entry: entry.at)

        entries = await self.database.read(look)
        known = [number for number, entry in enumerate(entries) if entry.id == after]
        return entries[known[-1] + 1 :] if known else entries

    def _site(self) -> Site:
        return Site(
            pages=self._pages,
            links=self.links,
            file_path=self.paperwork.path,
            problems=self._problems,
            visitor=self._web.visitor,
            issued=self.file_links.find,
            demo=self._demo_people if self._demo else None,
            clock=self.clock,
        )

    async def _problems(self) -> Sequence[str]:
        """Why the bot cannot do its work now."""
        try:
            async with asyncio.timeout(5):
                await self.database.write(lambda store: store.keepsakes.put("healthy", ""))
        except Exception as error:  # whatever the database says, it is the answer
            return [f"database: {type(error).__name__}"]
        return []

    async def _demo_people(self) -> Demo:
        until = self.clock() + timedelta(days=365)

        def look(store: Store) -> Demo:
            office = store.people.offices()[0]
            (campaign, *_) = store.campaigns.open_ones(office.id)
            schools = [
                DemoSchool(school.name, self.links.chat(f"demo-{school.id}", until))
                for school in store.people.units_under(office.id)
            ]
            officer = self.links.chat(f"demo-{office.id}", until)
            return Demo(campaign.title, officer, schools)

        return await self.database.read(look)

    async def _clean(self) -> None:
        now = self.clock()
        await clean(self.database, self.forget_file, now=now, retention=self.settings.retention)
        # Tables and archives hold answers, and are made again when they are asked for.
        await self.files.sweep("made", datetime.now(UTC) - _MADE_KEPT)


def _remind_due(hours: OfficeHours, now: datetime, store: Store) -> tuple[list[Parcel], bool]:
    return remind_due(store, hours, now)


def _freeze(campaign_id: int, now: datetime, store: Store) -> None:
    store.totals.freeze(campaign_id, now)


def check(settings: Settings) -> None:
    """Raise SetupError when the bot could not start with these settings."""
    try:
        settings.listen_address  # noqa: B018 - reads host and port
    except ValueError as error:
        raise SetupError("BOT_LISTEN: host:port") from error
    if settings.smtp_url:
        from bot.mailroom import mail_server  # noqa: PLC0415

        mail_server(settings.smtp_url)
    folder = Path(settings.files_url)
    folder.mkdir(parents=True, exist_ok=True)
    if not os.access(folder, os.W_OK):
        raise SetupError(f"BOT_FILES_URL: cannot write to {folder}")
