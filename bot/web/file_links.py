"""Links to files for channels that take none: issued to one chat, and ended again."""

from collections.abc import Callable
from datetime import datetime, timedelta
from urllib.parse import quote

from bot.chat import Address, File
from storage.database import Database
from storage.file_links import LinkedFile

_DOCUMENTS_LAST = timedelta(hours=72)
_PICTURES_LAST = timedelta(days=14)  # a messenger's server fetches one again for each device


class FileLinks:
    """Issues links and knows them again."""

    def __init__(self, database: Database, web_address: str, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._web_address = web_address
        self._clock = clock

    async def link(self, address: Address, file: File) -> str:
        """Return the whole address of ``file`` for that chat; the same one when asked again.

        The name at its end is only for people to read.
        """
        now = self._clock()
        until = now + (_PICTURES_LAST if file.mime.startswith("image/") else _DOCUMENTS_LAST)
        linked = LinkedFile(file.key, file.name[:200], file.mime)
        token = await self._database.write(
            lambda store: store.file_links.issue((address.channel, address.id), linked, now, until)
        )
        return f"{self._web_address}/tep/{token}/{quote(file.name, safe='')}"

    async def find(self, token: str) -> File | None:
        """Return the file behind a link; None when there is none, or not any more."""
        now = self._clock()
        linked = await self._database.read(lambda store: store.file_links.find(token, now))
        return File(linked.key, linked.name, linked.mime) if linked else None
