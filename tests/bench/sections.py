"""What is measured, section by section."""

import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import psutil

from tests.bench import school_book
from tests.bench.crowd import FIRST_ID
from tests.bench.forms import engine
from tests.bench.processes import (
    Crowd,
    MemoryWatch,
    child,
    median,
    megabytes,
    our_bot,
    running,
    wait_for,
)
from tests.bench.table import Line
from tests.samples import photo

PICKLED, COMMITTED = "tests.bench.peers.pickled", "tests.bench.peers.committed"
LIMITED = "tests.bench.peers.limited"
NETWORK = 0.05
CHATTING = 20  # while a broadcast runs


@contextmanager
def _folder() -> Iterator[Path]:
    path = Path(tempfile.mkdtemp(prefix="bench-"))
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


@contextmanager
def _talking(whose: str, people: int, latency: float, mode: str = "polling") -> Iterator[Any]:
    """A crowd before which the first question lies, and the process that asks it."""
    with _folder() as folder, Crowd(latency) as crowd:
        if whose == "ours":
            school_book.write(folder, people)
            bot: AbstractContextManager[Any] = our_bot(folder, crowd, mode)
            word = "/tieptuc"
        else:
            bot = running(whose, crowd.url, crowd.token, str(folder))
            word = "/start"
        with bot as process:
            if whose != "ours":
                crowd.do("first_call", method="getupdates")
            ready = crowd.do("gather", count=people, word=word)
            assert ready["ready"] == people, ready
            yield crowd, process


def _rush(whose: str, people: int, seconds: float, latency: float, mode: str = "polling") -> Any:
    with _talking(whose, people, latency, mode) as (crowd, process):
        before = sum(psutil.Process(process.pid).cpu_times()[:2])
        found = crowd.do("rush", seconds=seconds)
        used = sum(psutil.Process(process.pid).cpu_times()[:2]) - before
    return {**found, "cpu_ms": used * 1000 / max(1, found["answers"])}


def _median_of(times: int, measure: Callable[[], Any]) -> Any:
    """The run with the median rate: the machine is shared."""
    found = sorted((measure() for _ in range(times)), key=lambda one: one["rate"])
    return found[len(found) // 2]


def answers(*, quick: bool) -> Iterator[Line]:
    """Many people at once, no network."""
    people, seconds, times = (100, 4, 1) if quick else (500, 10, 3)
    polled = _median_of(times, lambda: _rush("ours", people, seconds, 0))
    posted = _median_of(times, lambda: _rush("ours", people, seconds, 0, "webhook"))
    committed = _rush(COMMITTED, people, seconds, 0)
    pickled = _rush(PICKLED, people, seconds, 0)
    orm, pickle = "PTB + SQLAlchemy", "PTB + pickle (not durable)"
    rate = polled["rate"]  # as the peers hear
    yield Line(f"durable answers, {people} people", rate, "/s", committed["rate"], orm, 8, "ratio")
    yield Line(f"durable answers, {people} people", rate, "/s", pickled["rate"], pickle, 3, "ratio")
    yield Line("  by webhook", posted["rate"], "/s", committed["rate"], f"{orm}, polling")
    yield Line("  reply p99, all at once", polled["p99"], "ms", committed["p99"], orm)
    yield Line("  processor time an answer", polled["cpu_ms"], "ms", committed["cpu_ms"], orm)
    yield Line("  processor time an answer", polled["cpu_ms"], "ms", pickled["cpu_ms"], pickle)


def network(*, quick: bool) -> Iterator[Line]:
    """The same with 50 ms of network."""
    people, seconds = (100, 4) if quick else (500, 10)
    ours = _median_of(1 if quick else 3, lambda: _rush("ours", people, seconds, NETWORK, "webhook"))
    with _talking(PICKLED, 8, NETWORK) as (crowd, _):  # more would only wait longer to begin
        peer = crowd.do("rush", seconds=seconds)
    name = "PTB + pickle"
    yield Line("answers, 50 ms network", ours["rate"], "/s", peer["rate"], name, 100, "ratio")
    with _talking("ours", people, NETWORK, "webhook") as (crowd, _):
        calm = crowd.do("trickle", rate=100, seconds=seconds)
    own = NETWORK * 1000
    yield Line("  100/s offered: p50 over the network", calm["p50"] - own, "ms")
    yield Line("  100/s offered: p99 over the network", calm["p99"] - own, "ms", aim=10)
    yield Line("  100/s offered: unanswered", calm["unanswered"], "", aim=0)


def broadcast(*, quick: bool) -> Iterator[Line]:
    """A broadcast at Telegram's 30 a second while people chat, 50 ms network."""
    chats = 300 if quick else 900
    ours, peer = _announcing("ours", chats), _announcing(LIMITED, chats)
    name = "PTB + AIORateLimiter"
    own = NETWORK * 1000
    what = f"{chats} chats: "
    yield Line(
        f"{what}reply p50 over the network", ours["p50"] - own, "ms", peer["p50"] - own, name
    )
    yield Line(
        f"{what}reply p99 over the network", ours["p99"] - own, "ms", peer["p99"] - own, name, 100
    )
    used, its = ours["share"] * 100, peer["share"] * 100
    yield Line("  of the limit used", used, "%", its, name, 93, "least")
    yield Line("  refused (429)", ours["refused"], "", peer["refused"], name, 0)
    missed, its = chats - ours["reached"], chats - peer["reached"]
    yield Line("  not reached", missed, "", its, name, 0)
    yield Line("  reached twice", ours["twice"], "", peer["twice"], name, 0)


def _announcing(whose: str, chats: int) -> Any:
    """Twenty people chat, each of them an answer every three seconds or so."""
    first = FIRST_ID + CHATTING
    say = {"first": first, "count": chats, "pause": 3.0, "patience": chats / 15 + 30, "order": ""}
    with _folder() as folder, Crowd(NETWORK) as crowd:
        if whose == "ours":
            school_book.write(folder, CHATTING + chats)
            bot: AbstractContextManager[Any] = our_bot(folder, crowd, "webhook", rate=30)
        else:
            bot = running(whose, crowd.url, crowd.token)
            say["order"] = f"/broadcast {first} {chats}"
        with bot:
            if whose != "ours":
                crowd.do("first_call", method="getupdates")
            crowd.do("gather", count=CHATTING, word="/tieptuc" if whose == "ours" else "/start")
            crowd.order("announced", say=say)
            if whose == "ours":
                school_book.announce(folder, "Mai họp giao ban lúc 8 giờ.", CHATTING)
            return crowd.result()


def reports(*, quick: bool) -> Iterator[Line]:
    """A report with photos of 12 MP."""
    with _folder() as folder:
        _photos(folder, 20)
        for count, aim in ((0, 20), (6, 30), (20, 80)):
            ours = child("tests.bench.paper", "written", "ours", str(count), str(folder))
            peer = child("tests.bench.paper", "written", "peer", str(count), str(folder))
            yield Line(
                f"report with {count} photos", ours["ms"], "ms", peer["ms"], "python-docx", aim
            )
        yield Line("  memory over base", ours["mb"], "MB", peer["mb"], "python-docx", 40)
        yield Line("  file", ours["file_mb"], "MB", peer["file_mb"], "python-docx", 10)


def lag(*, quick: bool) -> Iterator[Line]:
    """The loop while reports are built."""
    with _folder() as folder:
        _photos(folder, 20)
        times = 1 if quick else 3
        ours = [child("tests.bench.paper", "pulse", "ours", str(folder)) for _ in range(times)]
        peer = child("tests.bench.paper", "pulse", "peer", str(folder))
    p99 = median([found["p99"] for found in ours])
    yield Line("loop's lag while reports are built, p99", p99, "ms", peer["p99"], "in threads", 10)


def photos(*, quick: bool) -> Iterator[Line]:
    """Photos made small, and twenty that arrive at once."""
    with _folder() as folder:
        _photos(folder, 1)
        path = str(folder / "0.jpg")
        ours = child("tests.bench.paper", "shrunk", "ours", path)
        peer = child("tests.bench.paper", "shrunk", "peer", path)
        size = Path(path).stat().st_size / 1e6
        yield Line(f"a photo of {size:.1f} MB shrunk", ours["ms"], "ms", peer["ms"], "Pillow", 75)
        ours, peer = _arriving("ours", path), _arriving("tests.bench.peers.photographed", path)
        name = "PTB + Pillow"
        yield Line("20 photos at once: memory", ours["mb"], "MB", peer["mb"], name, 50)
        yield Line("  with the worker processes", ours["all_mb"], "MB", peer["all_mb"], name)
        yield Line("  until all are answered", ours["seconds"], "s", peer["seconds"], name)


def _arriving(whose: str, path: str) -> dict[str, float]:
    with _folder() as folder, Crowd() as crowd:
        if whose == "ours":
            school_book.write(folder, 20)
            bot: AbstractContextManager[Any] = our_bot(folder, crowd)
        else:
            bot = running(whose, crowd.url, crowd.token, str(folder))
        with bot as process:
            if whose != "ours":
                crowd.do("first_call", method="getupdates")
            crowd.do("gather", count=20)
            with MemoryWatch(process) as watch:
                took = crowd.do("send_photos", count=20, path=path)
            return {
                "mb": watch.most - watch.base,
                "all_mb": watch.most_of_all - watch.base,
                "seconds": took["seconds"],
            }


def start(*, quick: bool) -> Iterator[Line]:
    """Cold start and memory at rest."""
    times = 1 if quick else 5
    for whose in ("ours", "tests.bench.peers.everything"):
        _start(whose)  # the first start of all also compiles
    ours = [_start("ours") for _ in range(times)]
    peer = [_start("tests.bench.peers.everything") for _ in range(times)]
    name = "PTB, SQLAlchemy, docx, APScheduler"
    polled = median([one["poll"] for one in ours])
    peers = median([one["poll"] for one in peer])
    yield Line("start to first poll", polled, "s", peers, name, 0.9)
    yield Line("start to health answering", median([one["health"] for one in ours]), "s", aim=0.9)
    own, its = median([one["mb"] for one in ours]), median([one["mb"] for one in peer])
    yield Line("memory at rest", own, "MB", its, name, 90)


def _start(whose: str) -> dict[str, float]:
    with _folder() as folder, Crowd() as crowd:
        if whose == "ours":
            school_book.write(folder, 1)
            bot: AbstractContextManager[Any] = our_bot(folder, crowd, wait=False)
        else:
            bot = running(whose, crowd.url, crowd.token, str(folder))
        crowd.order("first_call", method="getupdates")
        began = time.time()
        with bot as process:
            health = wait_for(process.address) - began if whose == "ours" else 0.0
            polled = crowd.result()["at"] - began
            time.sleep(1)
            return {"poll": polled, "health": health, "mb": megabytes(process)}


def totals(*, quick: bool) -> Iterator[Line]:
    """A workbook of 1,000 schools, 1,000 documents zipped, a report of 40 schools."""
    times = 1 if quick else 3
    with _folder() as folder:
        _photos(folder, 1)
        where = str(folder)
        child("tests.bench.totalling", "write", where)

        def both(deed: str) -> tuple[dict[str, float], dict[str, float]]:
            found = [child("tests.bench.totalling", deed, "ours", where) for _ in range(times)]
            ours = {key: median([one[key] for one in found]) for key in found[0]}
            return ours, child("tests.bench.totalling", deed, "peer", where)

        ours, peer = both("book")
        name = "openpyxl"
        yield Line("1,000 schools x 300 questions", ours["seconds"], "s", peer["seconds"], name, 3)
        yield Line("  processor time", ours["cpu"], "s", peer["cpu"], name)
        yield Line("  memory over base", ours["mb"], "MB", peer["mb"], name, 40)
        ours, peer = both("archive")
        name = "zipfile, in memory"
        yield Line("1,000 documents of 2 MB zipped", ours["seconds"], "s", peer["seconds"], name)
        yield Line("  memory over base", ours["mb"], "MB", peer["mb"], name, 40)
        ours, peer = both("merged")
        name = "python-docx"
        yield Line("40 schools, 240 photos", ours["seconds"], "s", peer["seconds"], name, 1.5)
        yield Line("  processor time", ours["cpu"], "s", peer["cpu"], name)
        yield Line("  memory over base", ours["mb"], "MB", peer["mb"], name)


def _photos(folder: Path, count: int) -> None:
    """Photos as they are sent (<n>.jpg) and as they are kept (safe-<n>.jpg), no two alike."""
    from bot.photos import make_safe  # noqa: PLC0415

    sent = photo(7)
    (folder / "sent.jpg").write_bytes(sent)
    make_safe(folder / "sent.jpg", folder / "safe.jpg")
    kept = (folder / "safe.jpg").read_bytes()
    for number in range(count):
        (folder / f"{number}.jpg").write_bytes(sent + bytes([number]))
        (folder / f"safe-{number}.jpg").write_bytes(kept + bytes([number]))


SECTIONS: dict[str, Callable[..., Iterator[Line]]] = {
    "answers": answers,
    "network": network,
    "broadcast": broadcast,
    "reports": reports,
    "lag": lag,
    "photos": photos,
    "start": start,
    "totals": totals,
    "engine": engine,
}
