"""Where photos and documents lie: a folder of this machine."""

import asyncio
import os
import shutil
import tempfile
from datetime import datetime
from pathlib import Path, PurePosixPath


class Files:
    """A file store of keys like ``photos/3f…jpg``. A file that is here is whole."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    async def put(self, key: str, source: Path) -> None:
        """Move ``source`` into the store under ``key``; it is on disk when this returns."""
        await asyncio.to_thread(self._put, key, source)

    async def write(self, key: str, content: bytes) -> Path:
        """Keep ``content`` under ``key``; returns where it can be read."""

        def write() -> None:
            with tempfile.NamedTemporaryFile(delete=False) as file:
                file.write(content)
            self._put(key, Path(file.name))

        await asyncio.to_thread(write)
        return self._inside(key)

    async def path(self, key: str) -> Path:
        """Return where the file can be read.

        Raises:
            FileNotFoundError: there is none under ``key``.
        """
        path = self._inside(key)
        if not path.is_file():
            raise FileNotFoundError(key)
        return path

    async def delete(self, key: str) -> None:
        """Delete a file, if it is there."""
        self._inside(key).unlink(missing_ok=True)

    async def sweep(self, folder: str, before: datetime) -> None:
        """Delete what was put into a folder of the store before that moment."""

        def sweep() -> None:
            for path in self._inside(folder).rglob("*"):
                if path.is_file() and path.stat().st_mtime < before.timestamp():
                    path.unlink(missing_ok=True)

        await asyncio.to_thread(sweep)

    def _inside(self, key: str) -> Path:
        parts = PurePosixPath(key).parts
        if not parts or any(part in ("..", "/") for part in parts):
            raise ValueError(f"not a key: {key}")
        return self.folder.joinpath(*parts)

    def _put(self, key: str, source: Path) -> None:
        target = self._inside(key)
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        part = target.with_name(target.name + ".part")
        shutil.move(source, part)
        with part.open("rb") as file:
            os.fsync(file.fileno())
        part.chmod(0o600)
        part.replace(target)
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
