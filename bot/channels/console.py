"""A talk in the terminal, for authors of questionnaires and for trying the bot without a token."""

import asyncio
import codecs
import contextlib
import mimetypes
import os
import re
import shlex
import shutil
import threading
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import TextIO

from aiohttp.web import UrlDispatcher

from bot.channels.fitting import Part, fit
from bot.chat import Abilities, Address, Attachment, FilePath, Incoming, Message, Receive
from bot.errors import Rejected

BOLD, PLAIN = "\033[1m", "\033[0m"
QUIET_SECONDS = 0.4
PATIENCE_SECONDS = 10.0
READ_BYTES = 64 * 1024


class Console:
    """The channel. One person, who types lines; ``ended`` is set when there are no more.

    ``/anh a.jpg b.jpg`` sends photos as an album, ``/tep a.docx`` sends files. When the lines
    do not come from a terminal they are shown too, and each waits for the answer to the last
    (``patience_seconds`` at most).
    """

    name = "console"
    abilities = Abilities(files=True, pictures=True, text_limit=1_000_000)

    def __init__(
        self,
        file_path: FilePath,
        read: TextIO,
        write: TextIO,
        *,
        person: str = "console",
        patience_seconds: float = PATIENCE_SECONDS,
    ) -> None:
        self.ended = asyncio.Event()
        self._file_path = file_path
        self._read = read
        self._write = write
        self._patience_seconds = patience_seconds
        self._person = Address(self.name, person)
        # Unlike a number that starts again at 1, this is not taken for something said before.
        self._session = f"{datetime.now(UTC).timestamp():.3f}"
        self._numbers = count(1)
        self._said = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    async def open(self, receive: Receive, routes: UrlDispatcher) -> None:
        """Start reading lines."""
        self._task = asyncio.create_task(self._listen(receive))

    async def send(self, to: Address, message: Message, key: str) -> str:
        """See Channel."""
        if to != self._person:
            raise Rejected("nobody else sits here")
        for part in fit(message, self.abilities):
            self._show(self._emphasised(part))
        for file in message.files:
            path = await self._file_path(file)
            if not await asyncio.to_thread(path.is_file):
                raise Rejected(f"{file.name} is not there any more")
            self._show(f"📄 {file.name} → {path}")
        self._said.set()
        return f"b{next(self._numbers)}"

    async def download(self, attachment: Attachment, target: Path) -> None:
        """Copy the file that the line named."""
        if attachment.size > self.abilities.download_bytes:
            raise Rejected("file is too big")
        try:
            await asyncio.to_thread(shutil.copyfile, attachment.ref, target)
        except OSError as error:
            raise Rejected(f"{attachment.name}: {error.strerror}") from error

    async def close(self) -> None:
        """Stop reading."""
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _listen(self, receive: Receive) -> None:
        try:
            async for line in _lines(self._read):
                if not self._read.isatty():
                    self._show(f"> {line}")
                self._said.clear()
                incoming = self._incoming(line)
                for one in incoming:
                    await receive(one)
                if incoming and not self._read.isatty():
                    await self._answered()
        finally:
            self.ended.set()

    async def _answered(self) -> None:
        """Wait until the bot has spoken and fallen silent."""
        seconds = self._patience_seconds
        try:
            while True:
                await asyncio.wait_for(self._said.wait(), seconds)
                self._said.clear()
                seconds = QUIET_SECONDS
        except TimeoutError:
            return

    def _incoming(self, line: str) -> list[Incoming]:
        word, _, rest = line.strip().partition(" ")
        if not word:
            return []
        if word in ("/anh", "/tep"):
            return self._files(rest, "photo" if word == "/anh" else "file")
        starts = word == "/start"
        number = next(self._numbers)
        return [
            Incoming(
                id=f"{self._session}-{number}",
                sender=self._person,
                at=datetime.now(UTC),
                text=word if starts else line,
                start=rest.strip() if starts else "",
                order=number,
            )
        ]

    def _files(self, rest: str, kind: str) -> list[Incoming]:
        try:
            paths = [Path(word).expanduser() for word in shlex.split(rest)]
        except ValueError:  # a quotation mark without its partner
            paths = [Path(word).expanduser() for word in rest.split()]
        missing = [str(path) for path in paths if not path.is_file()]
        if missing or not paths:
            self._show(f"(?) {', '.join(missing) or '/anh a.jpg b.jpg'}")
            return []
        album = f"{self._session}-a{next(self._numbers)}" if len(paths) > 1 else ""
        return [self._file(path, kind, album) for path in paths]

    def _file(self, path: Path, kind: str, album: str) -> Incoming:
        number = next(self._numbers)
        mime = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        size = path.stat().st_size
        return Incoming(
            id=f"{self._session}-{number}",
            sender=self._person,
            at=datetime.now(UTC),
            attachments=(Attachment(kind, str(path.resolve()), path.name, mime, size),),
            album=album,
            order=number,
        )

    def _emphasised(self, part: Part) -> str:
        if not (part.strong and self._write.isatty()):
            return part.text
        raw = part.text.encode("utf-16-le")
        start, end = part.strong[0] * 2, sum(part.strong) * 2
        pieces = (raw[:start], raw[start:end], raw[end:])
        before, strong, after = (piece.decode("utf-16-le") for piece in pieces)
        return f"{before}{BOLD}{strong}{PLAIN}{after}"

    def _show(self, text: str) -> None:
        # What is printed came from people as well: no escape sequence of theirs is obeyed.
        safe = re.sub(r"[\x00-\x08\x0b-\x1a\x1c-\x1f\x7f]|\x1b(?!\[[01]m)", "", text)
        self._write.write(f"{safe}\n\n" if "\n" in safe else f"{safe}\n")
        self._write.flush()


async def _lines(stream: TextIO) -> AsyncIterator[str]:
    """Yield lines without blocking the loop, and without holding the stream's lock at exit."""
    loop = asyncio.get_running_loop()
    lines: asyncio.Queue[str | None] = asyncio.Queue()

    def pass_on(line: str | None) -> None:
        with contextlib.suppress(RuntimeError):  # the loop is closed: nobody listens any more
            loop.call_soon_threadsafe(lines.put_nowait, line)

    def read() -> None:
        decoder = codecs.getincrementaldecoder("utf-8")("replace")
        rest = ""
        while chunk := _read_some(stream):
            *whole, rest = (rest + decoder.decode(chunk)).split("\n")
            for line in whole:
                pass_on(line.rstrip("\r"))
        if rest:
            pass_on(rest)
        pass_on(None)

    threading.Thread(target=read, name="console", daemon=True).start()
    while (line := await lines.get()) is not None:
        yield line


def _read_some(stream: TextIO) -> bytes:
    try:
        return os.read(stream.fileno(), READ_BYTES)
    except (OSError, ValueError):  # closed under us
        return b""
