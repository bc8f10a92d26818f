"""The clock (APScheduler): it only knocks; what is due stands in the database."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import structlog

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Knock:
    """Something to look at every so often. A missed or doubled knock changes nothing."""

    name: str
    every_seconds: float
    look: Callable[[], Awaitable[object]]


class Schedule:
    """Knocks while the bot runs."""

    def __init__(self, knocks: list[Knock]) -> None:
        self._knocks = knocks
        self._scheduler: Any = None

    async def start(self) -> None:
        """Begin to knock. Nobody waits for a knock, so the clock is loaded beside the talk."""
        found = await asyncio.to_thread(import_module, "apscheduler.schedulers.asyncio")
        self._scheduler = found.AsyncIOScheduler(timezone="UTC")
        for knock in self._knocks:
            self._scheduler.add_job(
                _look,
                "interval",
                [knock],
                seconds=knock.every_seconds,
                id=knock.name,
                max_instances=1,
                coalesce=True,
                misfire_grace_time=None,  # late is better than never
            )
        self._scheduler.start()

    def stop(self) -> None:
        """Knock no more."""
        self._scheduler.shutdown(wait=False)


async def _look(knock: Knock) -> None:
    try:
        await knock.look()
    except Exception:
        # The next knock looks again; what is due stays due.
        log.exception("knock_failed", knock=knock.name)
