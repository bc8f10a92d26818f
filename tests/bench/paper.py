"""One process of its own for what is measured by memory: a report written, photos made small.

``python -m tests.bench.paper written ours|peer <photos> <folder>`` and ``shrunk ours|peer <file>``.
"""

import asyncio
import json
import statistics
import sys
import time
from pathlib import Path
from typing import Any

import psutil
import uvloop

MB = 1024 * 1024
REPORTS_AT_ONCE = 10


def written(whose: str, photos: str, folder: str) -> dict[str, float]:
    """Time, memory over what the process had before, and size of a report."""
    write_report(whose, 0, folder)  # imports, and whatever is made once
    base = psutil.Process().memory_info().rss / MB
    times = []
    for _ in range(5 if whose == "ours" else 1):
        began = time.perf_counter()
        size = write_report(whose, int(photos), folder)
        times.append((time.perf_counter() - began) * 1000)
    return {"ms": statistics.median(times), "mb": _peak() - base, "file_mb": size / MB}


def write_report(whose: str, photos: int, folder: str) -> int:
    """Write the sample report; returns the bytes of its file."""
    from tests.bench.peers import written as peer  # noqa: PLC0415
    from tests.documents.samples import report  # noqa: PLC0415

    target = Path(folder, f"{whose}-{time.monotonic_ns()}.docx")
    if whose == "ours":
        from bot.documents.nd30 import render  # noqa: PLC0415

        target.write_bytes(render(report(photos), lambda key: Path(folder, f"safe-{key}.jpg")))
    else:
        peer.write(report(photos), Path(folder), target)
    size = target.stat().st_size
    target.unlink()
    return size


def shrunk(whose: str, source: str) -> dict[str, float]:
    """Time of a photo made small."""
    from bot.photos import make_safe  # noqa: PLC0415
    from tests.bench.peers import photographed  # noqa: PLC0415

    times = []
    for _ in range(7):
        began = time.perf_counter()
        if whose == "ours":
            make_safe(Path(source), Path(source + ".safe"))
        else:
            Path(source + ".peer").write_bytes(photographed.shrink(Path(source).read_bytes()))
        times.append((time.perf_counter() - began) * 1000)
    return {"ms": statistics.median(times)}


def pulse(whose: str, folder: str) -> dict[str, float]:
    """How late a pulse of 5 ms comes while ten reports with twenty photos are written."""
    return uvloop.run(_pulse(whose, folder))


async def _pulse(whose: str, folder: str) -> dict[str, float]:
    from bot.workshop import Workshop  # noqa: PLC0415

    workshop = Workshop()
    late: list[float] = []

    def write_one() -> Any:
        if whose == "ours":
            return workshop.run(write_report, "ours", 20, folder)
        return asyncio.to_thread(write_report, "peer", 20, folder)

    await write_one()
    beating = asyncio.create_task(_beat(late))
    began = time.perf_counter()
    reports = 5 * REPORTS_AT_ONCE if whose == "ours" else REPORTS_AT_ONCE
    await asyncio.gather(*(write_one() for _ in range(reports)))
    seconds = time.perf_counter() - began
    beating.cancel()
    workshop.close()
    late.sort()
    return {"p99": late[len(late) * 99 // 100] * 1000, "most": late[-1] * 1000, "seconds": seconds}


async def _beat(late: list[float]) -> None:
    while True:
        due = time.perf_counter() + 0.005
        await asyncio.sleep(0.005)
        late.append(time.perf_counter() - due)


def _peak() -> float:
    """The most memory so far, in MB. Not ru_maxrss: that begins with the parent's."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


if __name__ == "__main__":
    deed = {"written": written, "shrunk": shrunk, "pulse": pulse}[sys.argv[1]]
    sys.stdout.write(json.dumps(deed(*sys.argv[2:])) + "\n")
