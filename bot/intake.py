"""What came with a message: fetched, made safe and small, put away; before its turn begins."""

import hashlib
import hmac
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.chat import Attachment, Channel, Incoming
from bot.errors import PhotoError, Rejected
from bot.workshop import Workshop, shrink
from storage.files import Files
from storage.reports import StoredPhoto

_MAYBE_PHOTOS = ("photo", "file")

ALIKE_BITS = 6
"""Of 64: a photo sent again through another channel differs in 0-4, another photo in 12 or more."""


@dataclass(frozen=True, slots=True)
class Received:
    """A photo that came with a message, or why there is none."""

    photo: StoredPhoto | None = None
    warnings: tuple[str, ...] = ()  # what to point out: "small", "blurred", "dark"
    problem: str = ""  # key of the bot's texts, when there is no photo


class Intake:
    """Fetches and shrinks photos. A photo that is fetched again gets the same name again."""

    def __init__(
        self, channels: Mapping[str, Channel], files: Files, workshop: Workshop, secret: bytes
    ) -> None:
        self._channels = channels
        self._files = files
        self._workshop = workshop
        self._secret = secret

    async def prepare(self, inbox_id: int, incoming: Incoming) -> tuple[Received, ...]:
        """Return what came of each attachment that may be a photo.

        Raises:
            TryLater: the channel cannot give it out now.
        """
        return tuple(
            [
                await self._one(inbox_id, number, attachment, incoming)
                for number, attachment in enumerate(incoming.attachments)
                if attachment.kind in _MAYBE_PHOTOS
            ]
        )

    async def _one(
        self, inbox_id: int, number: int, attachment: Attachment, incoming: Incoming
    ) -> Received:
        channel = self._channels[incoming.sender.channel]
        name = hmac.new(self._secret, f"photo {inbox_id} {number}".encode(), hashlib.sha256)
        key = f"photos/{name.hexdigest()[:32]}.jpg"
        with tempfile.TemporaryDirectory(prefix="photo-") as folder:
            source, target = Path(folder, "source"), Path(folder, "target.jpg")
            try:
                if attachment.size > channel.abilities.download_bytes:
                    raise PhotoError("photo-too-big")
                await channel.download(attachment, source)
                photo = await self._workshop.run(shrink, str(source), str(target))
            except PhotoError as error:
                return Received(problem=error.reason)
            except Rejected:
                return Received(problem="photo-too-big")
            await self._files.put(key, target)
        stored = StoredPhoto(
            key=key,
            sha256=photo.sha256,
            dhash=f"{photo.dhash:016x}",
            width=photo.width,
            height=photo.height,
            bytes=photo.bytes,
            album=incoming.album,
            place=incoming.order * 100 + number,
        )
        return Received(stored, tuple(photo.warnings))


def alike(one: int, other: int) -> bool:
    """Say whether two ``bot.photos.Photo.dhash`` very likely show one picture."""
    return (one ^ other).bit_count() <= ALIKE_BITS
