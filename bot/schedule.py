"""The clock (APScheduler): it only knocks; what is due stands in the database."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

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
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        for knock in knocks:
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

    def start(self) -> None:
        """Begin to knock."""
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
