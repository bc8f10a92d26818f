"""The points of a turn at which the bot can be killed, by the numbers of bot/conversation.py."""

import functools
import inspect
import os
import signal
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from typing import Any

from bot import conversation
from bot.channels.telegram import Telegram
from bot.conversation import Conversation
from bot.delivery import Delivery
from storage.files import Files
from storage.inbox import Inbox
from storage.outbox import Outbox
from storage.reports import Reports


@dataclass(frozen=True)
class Point:
    """Just before or after a function of the program."""

    owner: Any
    name: str
    after: bool = False
    cuts_the_send: bool = False  # the platform has the message, and the bot does not know


POINTS: dict[str, Point] = {
    "1-before-the-inbox-commit": Point(Conversation, "receive"),
    "2-after-a-photo-is-in-the-inbox": Point(Conversation, "_enqueue"),  # others: with the answer
    "3-before-a-photo-is-put-away": Point(Files, "put"),
    "3-after-a-photo-is-put-away": Point(Files, "put", after=True),
    "4-before-the-handler": Point(conversation, "_begin_turn"),
    "4-kept-and-not-answered": Point(Inbox, "keep", after=True),
    "4-inside-the-handler": Point(Reports, "save", after=True),
    "5-before-the-commit": Point(conversation, "_end_turn", after=True),
    "5-after-the-commit": Point(Delivery, "hand_over"),
    "6-before-the-send": Point(Telegram, "send"),
    "6-after-the-send": Point(Telegram, "send", after=True, cuts_the_send=True),
    "7-before-sent-is-remembered": Point(Outbox, "mark_sent", cuts_the_send=True),
}


def cut_at(name: str, passage: int) -> None:
    """Let this process kill itself when it comes to a point for the n-th time."""
    point = POINTS[name]
    function = getattr(point.owner, point.name)
    setattr(point.owner, point.name, _deadly(function, point, passage))


def _deadly(function: Callable[..., Any], point: Point, passage: int) -> Callable[..., Any]:
    numbers = count(1)

    def pass_by(arguments: tuple[Any, ...], *, after: bool) -> None:
        if after != point.after or arguments[-1] == []:  # to hand over nothing is no passage
            return
        if next(numbers) == passage:
            os.kill(os.getpid(), signal.SIGKILL)

    @functools.wraps(function)
    def plain(*arguments: Any, **more: Any) -> Any:
        pass_by(arguments, after=False)
        result = function(*arguments, **more)
        pass_by(arguments, after=True)
        return result

    @functools.wraps(function)
    async def waiting(*arguments: Any, **more: Any) -> Any:
        pass_by(arguments, after=False)
        result = await function(*arguments, **more)
        pass_by(arguments, after=True)
        return result

    return waiting if inspect.iscoroutinefunction(function) else plain
