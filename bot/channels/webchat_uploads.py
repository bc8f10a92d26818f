"""Files on their way in: taken in pieces, so that an upload goes on where it was cut off."""

import asyncio
import contextlib
import hashlib
import os
import secrets
import shutil
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

from bot.errors import Rejected

KEPT = timedelta(hours=2)
"""A photo is made safe and put away within minutes; so long the page still shows it as sent."""


class UploadRefused(Exception):
    """The bytes cannot be taken. ``reason`` is "too-big", "quota" or "offset"."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Uploads:
    """A folder of uploads by owner; the page names each, and a repeated one changes nothing."""

    def __init__(self, folder: Path, *, limit: int = 20_000_000, quota: int = 400_000_000) -> None:
        """Take files of at most ``limit`` bytes, and ``quota`` bytes from one owner at a time."""
        self.folder = folder
        self.limit = limit
        self.quota = quota

    def find(self, owner: str, upload_id: str) -> tuple[str, int] | None:
        """Return (Attachment.ref, bytes) of a whole upload."""
        ref = f"{_folder_name(owner)}/{upload_id}"
        try:
            return ref, (self.folder / ref).stat().st_size
        except FileNotFoundError:
            return None

    def path(self, owner: str, upload_id: str) -> Path:
        """Return where an upload lies, or would lie."""
        return self.folder / _folder_name(owner) / upload_id

    def so_far(self, owner: str, upload_id: str) -> int:
        """Return how many bytes of an upload are here."""
        path = self.path(owner, upload_id)
        for candidate in (path, _part(path)):
            if candidate.exists():
                return candidate.stat().st_size
        return 0

    async def take(
        self, owner: str, upload_id: str, offset: int, total: int, pieces: AsyncIterator[bytes]
    ) -> int:
        """Add ``pieces`` from byte ``offset`` on; return how many bytes of ``total`` are here.

        When all are, the file is on disk for good. Two connections may bring the same file at the
        same time: each writes the same bytes at the same place.

        Raises:
            UploadRefused: it is too big, too much, or does not begin where the last one ended.
        """
        path = self.path(owner, upload_id)
        if path.exists():
            return path.stat().st_size
        here = self.so_far(owner, upload_id)
        self._check(path.parent, offset, here, total)
        file = _open(_part(path))
        try:
            async for piece in pieces:
                if offset + len(piece) > total:
                    raise UploadRefused("too-big")
                await asyncio.to_thread(os.pwrite, file, piece, offset)
                offset += len(piece)
            if offset == total:
                await asyncio.to_thread(_finish, file, _part(path), path)
        finally:
            os.close(file)
        return offset

    async def take_whole(self, owner: str, pieces: AsyncIterator[bytes]) -> str:
        """Take a file of which nobody said how long it is; return its id, made of its content.

        Raises:
            UploadRefused: it is too big, or too much.
        """
        folder = self.folder / _folder_name(owner)
        self._check(folder, 0, 0, self.limit)
        arriving = folder / f"{secrets.token_hex(16)}.part"
        digest, length = hashlib.sha256(), 0
        file = _open(arriving)
        try:
            async for piece in pieces:
                length += len(piece)
                if length > self.limit:
                    raise UploadRefused("too-big")
                digest.update(piece)
                await asyncio.to_thread(os.write, file, piece)
            upload_id = digest.hexdigest()[:32]
            await asyncio.to_thread(_finish, file, arriving, folder / upload_id)
        finally:
            os.close(file)
            arriving.unlink(missing_ok=True)
        return upload_id

    async def copy(self, ref: str, target: Path) -> None:
        """Copy the upload ``ref`` to ``target``.

        Raises:
            Rejected: it has been deleted.
        """
        try:
            await asyncio.to_thread(shutil.copyfile, self.folder / ref, target)
        except FileNotFoundError:
            raise Rejected("the upload is no longer kept") from None

    async def sweep(self, now: datetime) -> None:
        """Delete what came longer ago than ``KEPT``."""
        await asyncio.to_thread(self._sweep, (now - KEPT).timestamp())

    def _check(self, folder: Path, offset: int, here: int, total: int) -> None:
        if total > self.limit:
            raise UploadRefused("too-big")
        if offset > here:
            raise UploadRefused("offset")
        held = sum(file.stat().st_size for file in folder.iterdir()) if folder.is_dir() else 0
        if held - here + total > self.quota:
            raise UploadRefused("quota")

    def _sweep(self, before: float) -> None:
        for file in self.folder.glob("*/*"):
            if file.stat().st_mtime < before:
                file.unlink(missing_ok=True)
        for folder in self.folder.glob("*"):
            with contextlib.suppress(OSError):  # not empty, or not any more
                folder.rmdir()


def _folder_name(owner: str) -> str:
    return hashlib.sha256(owner.encode()).hexdigest()[:20]


def _part(path: Path) -> Path:
    return path.with_name(path.name + ".part")


def _open(path: Path) -> int:
    """Open a file to write, in a folder that the sweep may be deleting because it is empty."""
    while True:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with contextlib.suppress(FileNotFoundError):
            return os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)


def _finish(file: int, arriving: Path, path: Path) -> None:
    os.fsync(file)
    # Another connection may bring the same file, and be first.
    with contextlib.suppress(FileNotFoundError):
        if path.exists():
            arriving.unlink()
        else:
            arriving.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
