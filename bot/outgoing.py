"""What passes from whoever puts words into the outbox to whoever sends them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.chat import Address, Message

REPLY, NOTICE, BROADCAST = 0, 1, 2  # lanes: what goes first when a channel is busy


@dataclass(slots=True)
class Parcel:
    """A message on its way: its id in the outbox, to whom, what, from when on."""

    id: int
    to: Address
    message: Message
    due_at: datetime
    held: bool = False
    tries: int = 0
    lane: int = REPLY
    failing_since: datetime | None = None  # the channel has not taken it since then


HandOver = Callable[[list[Parcel]], None]
"""Give parcels to delivery, right after the commit that put them into the outbox."""
