"""Child processes: the crowd, our bot, the peers; how much memory they take."""

import json
import os
import socket
import statistics
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psutil

ROOT = Path(__file__).parents[2]
MB = 1024 * 1024


class Crowd:
    """tests.bench.crowd in its process; each method of it is called by name."""

    def __init__(self, latency: float = 0.0) -> None:
        command = [sys.executable, "-m", "tests.bench.crowd", "--latency", str(latency)]
        self._process = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        begun = self._read()
        self.url, self.token = begun["url"], begun["token"]

    def order(self, deed: str, **details: Any) -> None:
        assert self._process.stdin
        self._process.stdin.write(json.dumps({"deed": deed, **details}) + "\n")
        self._process.stdin.flush()

    def result(self) -> dict[str, Any]:
        return self._read()

    def do(self, deed: str, **details: Any) -> dict[str, Any]:
        self.order(deed, **details)
        return self._read()

    def close(self) -> None:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.close()
        self._process.wait(20)
        self._process.stdout.close()

    def _read(self) -> dict[str, Any]:
        assert self._process.stdout
        line = self._process.stdout.readline()
        assert line, "the crowd has ended"
        found: dict[str, Any] = json.loads(line)
        return found

    def __enter__(self) -> "Crowd":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


@contextmanager
def running(*arguments: str, **settings: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run ``python -m arguments`` with nothing in its environment but ``settings``."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("BOT_", "PYTHONDONTWRITEBYTECODE"))
    }
    with Path(os.environ.get("BENCH_LOG", os.devnull)).open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", *arguments],
            cwd=ROOT,
            env={**environment, **settings},
            stdout=log,
            stderr=log,
        )
    try:
        yield process
    finally:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(20)
        process.kill()
        process.wait()


@contextmanager
def our_bot(
    folder: Path, crowd: Crowd, mode: str = "polling", *, wait: bool = True, rate: int = 100_000
) -> Iterator[subprocess.Popen[bytes]]:
    """``python -m bot run`` as an operator runs it."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    settings = {
        "BOT_DATABASE_URL": database_url(folder),
        "BOT_FILES_URL": str(folder / "files"),
        "BOT_LISTEN": f"127.0.0.1:{port}",
        "BOT_PUBLIC_URL": address,
        "BOT_TELEGRAM_API_URL": crowd.url,
        "BOT_TELEGRAM_TOKEN": crowd.token,
        "BOT_TELEGRAM_MODE": mode,
        "BOT_TELEGRAM_WEBHOOK_SECRET": "a-secret-for-the-benchmark",
        "BOT_TELEGRAM_RATE": str(rate),
    }
    with running("bot", "run", **settings) as process:
        process.address = f"{address}/healthz"  # type: ignore[attr-defined]
        if wait:
            wait_for(f"{address}/healthz")
        yield process


def database_url(folder: Path) -> str:
    return f"sqlite+aiosqlite:///{folder}/bot.db"


def wait_for(address: str) -> float:
    """Wait until an address answers; returns the time on the wall when it did."""
    ends = time.time() + 30
    while time.time() < ends:
        with suppress(OSError), urllib.request.urlopen(address, timeout=5):
            return time.time()
        time.sleep(0.01)
    raise AssertionError(f"{address} does not answer")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def child(*arguments: str) -> dict[str, Any]:
    """Run ``python -m arguments`` to its end and return the JSON that it prints."""
    done = subprocess.run(
        [sys.executable, "-m", *arguments], cwd=ROOT, stdout=subprocess.PIPE, check=True
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def megabytes(process: subprocess.Popen[bytes]) -> float:
    return float(psutil.Process(process.pid).memory_info().rss / MB)


class MemoryWatch:
    """The most memory that a process, and it with its children, has taken meanwhile."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = psutil.Process(process.pid)
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch)
        self.base = self._process.memory_info().rss / MB
        self.most = self.most_of_all = self.base

    def _watch(self) -> None:
        while not self._over.wait(0.01):
            with suppress(psutil.Error):
                own = self._process.memory_info().rss / MB
                children = self._process.children(recursive=True)
                shares = [one.memory_full_info().pss / MB for one in children]
                self.most = max(self.most, own)
                self.most_of_all = max(self.most_of_all, own + sum(shares))

    def __enter__(self) -> "MemoryWatch":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()


def median(found: list[float]) -> float:
    return statistics.median(found)
