"""Bounds for work on what a stranger has sent: so many seconds, so much memory, and no more."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

try:
    import resource
except ImportError:  # on Windows
    resource = None  # type: ignore[assignment]

_PAGE_BYTES: Final = 4096
_OWN_SIZE: Final = Path("/proc/self/statm")


@contextmanager
def limited(seconds: float, memory_bytes: int) -> Iterator[None]:
    """Raise TimeoutError or MemoryError when what is done inside takes more than that.

    The clock can only be set in a process's main thread, as the workers of bot.workshop have it;
    the memory only on Linux. Elsewhere what is inside must have bounds of its own.
    """
    with _memory(memory_bytes), _clock(seconds):
        yield


@contextmanager
def _clock(seconds: float) -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread() or not hasattr(
        signal, "setitimer"
    ):
        yield
        return

    def ring(_number: int, _frame: object) -> None:
        raise TimeoutError(f"more than {seconds:g} s")

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextmanager
def _memory(more_bytes: int) -> Iterator[None]:
    if resource is None or not _OWN_SIZE.exists():
        yield
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    size = int(_OWN_SIZE.read_text().split()[0]) * _PAGE_BYTES + more_bytes
    if soft != resource.RLIM_INFINITY:
        size = min(size, soft)
    resource.setrlimit(resource.RLIMIT_AS, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
