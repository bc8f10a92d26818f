"""A ZIP that is sent while it is made: files are read piece by piece and never pressed again."""

import asyncio
import io
import zipfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

_PIECE: Final = 256 * 1024  # bytes read at once
_SENT: Final = 1024 * 1024  # bytes handed on at once, or a file's end


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of an archive."""

    key: str  # as kept in the file store
    name: str  # in the archive
    at: datetime  # local; what the archive says of its age


class Archive:
    """A ZIP being written to nowhere: what was written is taken away with ``taken()``."""

    def __init__(self) -> None:
        self._sink = _Sink()
        self._zip = zipfile.ZipFile(self._sink, "w", zipfile.ZIP_STORED)

    def add(self, name: str, path: Path, at: datetime) -> Iterator[bytes]:
        """Pack a file; yields the bytes of the archive as they come."""
        info = zipfile.ZipInfo(name, at.timetuple()[:6])
        info.external_attr = 0o644 << 16
        info.file_size = path.stat().st_size  # so that it knows whether to use ZIP64
        with path.open("rb") as source, self._zip.open(info, "w") as target:
            while piece := source.read(_PIECE):
                target.write(piece)
                if self._sink.waiting >= _SENT:
                    yield self._sink.taken()
        yield self._sink.taken()

    def end(self) -> bytes:
        """The last bytes: what stands where."""
        self._zip.close()
        return self._sink.taken()


class _Sink(io.RawIOBase):
    """Holds what was written until it is taken; cannot go back."""

    def __init__(self) -> None:
        super().__init__()
        self._parts: list[bytes] = []
        self.waiting = 0

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        part = bytes(memoryview(data))  # type: ignore[arg-type]
        self._parts.append(part)
        self.waiting += len(part)
        return len(part)

    def taken(self) -> bytes:
        parts, self._parts, self.waiting = self._parts, [], 0
        return b"".join(parts)


async def packed(
    entries: Iterable[Entry], path_of: Callable[[Entry], Awaitable[Path | None]]
) -> AsyncIterator[bytes]:
    """The bytes of an archive, piece by piece. Reading and adding up run beside the loop.

    ``path_of`` says where a file lies; it may have to make it first. None: it is left out.
    """
    archive = Archive()
    for entry in entries:
        path = await path_of(entry)
        if path is None:
            continue
        pieces = archive.add(entry.name, path, entry.at)
        while (piece := await asyncio.to_thread(next, pieces, None)) is not None:
            if piece:
                yield piece
    yield archive.end()
