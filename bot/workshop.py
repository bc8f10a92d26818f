"""Heavy work, in processes of its own: photos made small, Word files written, pages drawn.

Nothing here runs on the event loop, so no document and no photo ever delays somebody's reply.
"""

import asyncio
import os
import random
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class DocumentJob:
    """All that a Word file is made from; the same job gives the same bytes."""

    form: int  # its id: a form never changes
    xform: str
    layout: dict[str, Any]
    state: dict[str, Any]
    photos: dict[str, str]  # key -> path
    at: datetime
    timezone: str
    target: str  # path of the file to write
    year: str = ""  # of the paper, for where no answer says its date
    template: str = ""  # path of the author's own Word file; "": laid out by the decree


class Workshop:
    """The worker processes. They start with the first job and import only what it needs."""

    def __init__(self, workers: int | None = None) -> None:
        self._workers = workers or min(4, os.cpu_count() or 1)
        self._pool: ProcessPoolExecutor | None = None

    async def run(self, work: Callable[..., Result], *arguments: Any) -> Result:
        """Run a module-level function in a worker. What it raises is raised here."""
        from concurrent.futures.process import BrokenProcessPool  # noqa: PLC0415 - as below

        loop = asyncio.get_running_loop()
        try:
            return await loop.run_in_executor(self._open(), work, *arguments)
        except BrokenProcessPool:  # a worker was killed, for memory perhaps: once more, afresh
            self._pool = None
            return await loop.run_in_executor(self._open(), work, *arguments)

    def close(self) -> None:
        """End the workers."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None

    def _open(self) -> "ProcessPoolExecutor":
        if self._pool is None:
            # Loaded with the first job: no talk needs processes before.
            from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415
            from multiprocessing import get_context  # noqa: PLC0415

            # Not forked: a copy of a process with threads and open databases is a trap.
            self._pool = ProcessPoolExecutor(
                self._workers, mp_context=get_context("spawn"), initializer=_settle_in
            )
        return self._pool


def _settle_in() -> None:
    """Let the talk go first, and end with the bot, also when it is killed and cannot say so."""
    if hasattr(os, "nice"):  # not on Windows
        os.nice(10)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    from multiprocessing import parent_process  # noqa: PLC0415

    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


# what runs in a worker: imports are inside, so that a photo worker never loads Word


def shrink(source: str, target: str) -> Any:
    """Make a photo safe and small; returns bot.photos.Photo. Raises PhotoError."""
    from bot.photos import make_safe  # noqa: PLC0415

    return make_safe(Path(source), Path(target))


def write_document(job: DocumentJob) -> None:
    """Write the Word file of a job."""
    from bot.documents.nd30 import render  # noqa: PLC0415
    from bot.documents.outline import build  # noqa: PLC0415
    from bot.forms.filling import Environment, Filling  # noqa: PLC0415

    form = compiled(job.form, job.xform, job.layout)
    env = Environment(
        now=job.at,
        timezone=ZoneInfo(job.timezone),
        language="",
        random=random.Random(0),  # noqa: S311
    )
    filling = Filling.resume(form, job.state, env)
    facts = job.state.get("facts", {})
    if job.template:
        from bot.documents import word_template  # noqa: PLC0415

        content = Path(job.template).read_bytes()
        written = word_template.render(content, form, filling, facts, lambda k: Path(job.photos[k]))
    else:
        document = build(form, filling, job.year, facts)
        written = render(document, lambda key: Path(job.photos[key]))
    Path(job.target).write_bytes(written)


def write_trial(job: DocumentJob) -> None:
    """Write the Word file of a form answered by chance, for its author to look at."""
    from bot.forms.filling import Environment, Filling  # noqa: PLC0415
    from bot.forms.rehearsal import rehearse  # noqa: PLC0415

    zone, chance = ZoneInfo(job.timezone), random.Random(job.form)  # noqa: S311
    form = compiled(job.form, job.xform, job.layout)
    filling = Filling.start(form, Environment(job.at, zone, "", chance))
    rehearse(filling, chance, job.at.astimezone(zone).date())
    state = {**filling.state(), **job.state}
    write_document(replace(job, state=state, year=f"{job.at.astimezone(zone):%Y}"))


def check_template(content: bytes, form: int | str, xform: str, layout: dict[str, Any]) -> Any:
    """What is wrong with an author's Word file, as bot.documents.word_faults has it.

    None where nothing in it is meant to be filled in.
    """
    from bot.documents import word_template  # noqa: PLC0415

    if not word_template.has_tags(content):
        return None
    return word_template.faults_of(content, compiled(form, xform, layout))


def compiled(form: int | str, xform: str, layout: dict[str, Any]) -> Any:
    """The form of that id or hash, compiled once in each worker; returns bot.forms.xform.Form."""
    return _form(form, _Unhashed((xform, layout)))


class _Unhashed:
    """Carries a value past lru_cache, which keys on the other argument."""

    def __init__(self, value: tuple[str, dict[str, Any]]) -> None:
        self.value = value

    def __hash__(self) -> int:
        return 0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Unhashed)


@lru_cache(maxsize=8)
def _form(_id: int | str, source: _Unhashed) -> Any:
    from bot.forms.xform import Form  # noqa: PLC0415

    return Form.compile(*source.value)
