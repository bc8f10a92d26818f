"""Where a channel's links lead in tests: files under addresses, as the bot's own web server has."""

import itertools
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import quote

import aiohttp
from aiohttp import web

from bot.chat import Address, File


@dataclass
class Shelved:
    file: File
    gets: int = 0


class Shelf:
    """``link`` is what a channel is given for its links."""

    def __init__(self, file_path: Callable[[File], Awaitable[Path]]) -> None:
        self.shelved: dict[str, Shelved] = {}
        self.closed = False  # nothing is given out
        self.gives = -1  # so many more are given out; below 0: any number
        self._file_path = file_path
        self._numbers = itertools.count(1)
        app = web.Application()
        app.router.add_get("/files/{number}", self._on_get)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)

    async def start(self) -> None:
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    async def stop(self) -> None:
        await self._runner.cleanup()

    async def link(self, to: Address, file: File) -> str:
        number = str(next(self._numbers))
        self.shelved[number] = Shelved(file)
        return f"{self.url}/files/{number}"

    async def _on_get(self, request: web.Request) -> web.StreamResponse:
        shelved = self.shelved.get(request.match_info["number"])
        if shelved is None or self.closed or self.gives == 0:
            return web.Response(status=410)
        shelved.gets += 1
        self.gives -= 1
        name = quote(shelved.file.name, safe="")
        return web.FileResponse(
            await self._file_path(shelved.file),
            headers={
                "Content-Type": shelved.file.mime,
                "Content-Disposition": f"attachment; filename*=UTF-8''{name}",
            },
        )


async def open_link(url: str) -> tuple[str, bytes]:
    """Open a link as a browser does; returns the file's name and content."""
    async with aiohttp.ClientSession() as browser, browser.get(url) as response:
        assert response.status == 200, response.status
        header = EmailMessage()
        header["Content-Disposition"] = response.headers.get("Content-Disposition", "inline")
        return header.get_filename() or "", await response.read()
