"""A supervisor: starts the bot, and starts it again whenever it has been killed.

``python -m tests.crash``, with settings in BOT_…. The program is loaded once and each life of
the bot is a fork of this process, so a start takes milliseconds. Prints ``pid <n>`` a life.

CRASH_POINT      where in the program a life ends (points.py); empty: nowhere
CRASH_PASSAGES   "3 5": the first life ends when it comes there for the third time, the second at
                 the fifth; later lives do not end by themselves
CRASH_EPOCH      the time.time() that the bot takes for the morning of the tests
"""

import asyncio
import contextlib
import os
import signal
import sys
import time
from datetime import datetime, timedelta
from itertools import count

import structlog

from bot.app import Bot
from bot.settings import Settings, read_settings
from tests.crash.points import cut_at
from tests.talks.paper import START


def main() -> None:
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper("iso"),
            structlog.processors.format_exc_info,
            structlog.processors.LogfmtRenderer(),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    settings = read_settings(None)
    passages = [int(number) for number in os.environ["CRASH_PASSAGES"].split()]
    for life in count():
        child = os.fork()
        if child == 0:
            os.setpgid(0, 0)
            if life < len(passages):
                cut_at(os.environ["CRASH_POINT"], passages[life])
            asyncio.run(_live(settings))
        print(f"pid {child}", flush=True)
        _, status = os.waitpid(child, 0)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child, signal.SIGKILL)  # its workers, as systemd and Docker do
        if not (os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL):
            sys.exit(f"the bot ended by itself: {status}")


async def _live(settings: Settings) -> None:
    epoch = float(os.environ["CRASH_EPOCH"])

    def clock() -> datetime:
        return START + timedelta(seconds=time.time() - epoch)

    bot = Bot(settings, clock=clock)
    await bot.open()
    await asyncio.to_thread(sys.stdin.buffer.read)  # until whoever started this is gone
    os._exit(0)


if __name__ == "__main__":
    main()
