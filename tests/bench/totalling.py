"""One process of its own for what is measured of totals: time, and memory over what it had before.

``python -m tests.bench.totalling book|archive|merged ours|peer <folder>``; ``write`` prepares.
"""

import asyncio
import json
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

import psutil

from storage.totals import Row

SCHOOLS, QUESTIONS = 1000, 300
DOCUMENTS, DOCUMENT = 1000, 2_000_000
MERGED, PHOTOS = 40, 6
AT = datetime(2026, 11, 24, tzinfo=UTC)
KINDS = ("integer", "integer", "text", "select_one co_khong", "decimal", "date")


def form_of(questions: int) -> tuple[str, dict[str, Any]]:
    """A questionnaire of that many questions, one in five asked only under a condition."""
    from tests.forms.workbooks import package  # noqa: PLC0415

    rows = "".join(
        f"| {KINDS[n % len(KINDS)]} | q{n} | Câu hỏi số {n}? | "
        f"{'${q' + str(n - n % 6) + '} > 10' if n % 5 == 4 and n % 6 else ''} |\n"
        for n in range(questions)
    )
    found = package(
        f"| type | name | label | relevant |\n{rows}\n## choices\n| list_name | name | label |\n"
        "| co_khong | co | Có |\n| co_khong | khong | Không |\n"
    )
    return found.xform, found.layout


def answers_of(number: int) -> dict[str, Any]:
    """One school's answers."""
    random = Random(number)
    said = {
        "integer": lambda: str(random.randrange(2000)),
        "text": lambda: f"Trường đã tổ chức {random.randrange(99)} hoạt động",
        "decimal": lambda: f"{random.randrange(999)}.5",
        "date": lambda: f"2026-11-{random.randrange(10, 30)}",
        "select_one co_khong": lambda: random.choice(("co", "khong")),
    }
    kinds = [KINDS[n % len(KINDS)] for n in range(QUESTIONS)]
    return {"values": {f"/data/q{n}": said[kind]() for n, kind in enumerate(kinds)}}


def row(number: int) -> Row:
    """A school that has handed in."""
    return Row(
        report_id=number,
        campaign_id=1,
        form_id=1,
        unit_id=number,
        kind="school",
        name=f"Trường TH số {number}",
        level="TH",
        cluster="",
        contact={},
        office="Phòng Giáo dục và Đào tạo huyện Thủ Thừa",
        status="submitted",
        opened_at=AT,
        due_at=AT,
        first_at=AT,
        submission_id=number + 1,
        version=1,
        receipt=f"BC-{number:06}",
        submitted_at=AT,
        document_id=number + 1,
        counts=True,
    )


def write(folder: Path) -> dict[str, float]:
    """Prepare what is measured: the answers, one document, the schools with their photos."""
    xform, layout = form_of(QUESTIONS)
    (folder / "form.json").write_text(json.dumps([xform, layout]))
    with (folder / "answers").open("w") as file:
        file.writelines(json.dumps(answers_of(n)) + "\n" for n in range(SCHOOLS))
    random = Random(1)
    (folder / "document").write_bytes(random.randbytes(DOCUMENT))
    from tests.totals import sample  # noqa: PLC0415

    with (folder / "schools").open("w") as file:
        file.writelines(json.dumps(sample.answers(5 * n)) + "\n" for n in range(MERGED))
    found = sample.package()
    (folder / "week.json").write_text(json.dumps([found.xform, found.layout]))
    (folder / "photos").mkdir()
    kept = (folder / "safe-0.jpg").read_bytes()
    for number in range(MERGED):
        for name in sample.PHOTOS:
            path = folder / sample.photo_key(5 * number, name)
            path.write_bytes(kept + path.name.encode())
    return {}


def book(whose: str, folder: Path) -> dict[str, float]:
    """1,000 schools by 300 questions."""
    if whose == "peer":
        from tests.bench.peers import totalled  # noqa: PLC0415

        def work() -> None:
            schools = [json.loads(line) for line in (folder / "answers").open()]
            names = [f"q{n}" for n in range(QUESTIONS)]
            totalled.book(names, schools, folder / "peer.xlsx")

        return _measured(work, folder / "peer.xlsx")
    from bot.totals import xlsx  # noqa: PLC0415
    from bot.totals.work import Job, Source  # noqa: PLC0415

    form = json.loads((folder / "form.json").read_text())
    rows = tuple(row(n) for n in range(SCHOOLS))
    target = folder / "ours.xlsx"
    answers = str(folder / "answers")
    job = Job({1: tuple(form)}, 1, rows, answers, AT, "Asia/Ho_Chi_Minh", str(target))
    source = Source("Đợt báo cáo", "Phòng", "trước ngày 15/10", False, "0" * 64)
    return _measured(lambda: xlsx.write(job, source), target)


def archive(whose: str, folder: Path) -> dict[str, float]:
    """1,000 documents of 2 MB."""
    source, target = folder / "document", folder / f"{whose}.zip"
    if whose == "peer":
        from tests.bench.peers import totalled  # noqa: PLC0415

        return _measured(lambda: totalled.archive([source] * DOCUMENTS, target), target)
    from bot.totals.archive import Entry, packed  # noqa: PLC0415

    entries = [Entry("", f"Trường số {n} - Báo cáo.docx", AT) for n in range(DOCUMENTS)]

    async def path_of(_: Entry) -> Path:
        return source

    async def sent() -> None:
        """Every byte is handed on, as to a browser; a disk would be measured instead."""
        size = 0
        async for piece in packed(entries, path_of):
            size += len(piece)
        target.write_text(str(size))

    return _measured(lambda: asyncio.run(sent()), target)


def merged(whose: str, folder: Path) -> dict[str, float]:
    """The report of 40 schools with 6 photos each."""
    from tests.totals import sample  # noqa: PLC0415

    target = folder / f"{whose}.docx"
    keys = [[sample.photo_key(5 * n, name) for name in sample.PHOTOS] for n in range(MERGED)]
    if whose == "peer":
        from tests.bench.peers import totalled  # noqa: PLC0415

        def work() -> None:
            schools = []
            for number, line in enumerate((folder / "schools").open()):
                values = json.loads(line)["values"]
                figures = [(ref.rpartition("/")[2], value) for ref, value in values.items()]
                photos = [folder / key for key in keys[number]]
                schools.append((f"Trường {number}", figures, photos))
            totalled.merged(schools, target)

        return _measured(work, target)
    from bot.totals import paper  # noqa: PLC0415
    from bot.totals.snapshot import Period, Snapshot, to_json  # noqa: PLC0415
    from bot.totals.work import PaperJob  # noqa: PLC0415

    period = Period(sample.TITLE, 1, tuple(row(n) for n in range(MERGED)))
    taken = Snapshot(1, AT, False, sample.DUE_TEXT, sample.FACTS, {}, sample.PROFILE, period, None)
    job = PaperJob(
        snapshot=to_json(taken),
        forms={1: tuple(json.loads((folder / "week.json").read_text()))},
        answers=str(folder / "schools"),
        before="",
        photos={key: str(folder / key) for some in keys for key in some},
        timezone="Asia/Ho_Chi_Minh",
        target=str(target),
        photos_each=PHOTOS,
        photos_all=MERGED * PHOTOS,
    )
    paper.write(job)  # imports, and the form compiled: a worker keeps both
    return _measured(lambda: paper.write(job), target)


def _measured(work: Any, target: Path) -> dict[str, float]:
    base = psutil.Process().memory_info().rss / 2**20
    began, used = time.perf_counter(), time.process_time()
    work()
    seconds, cpu = time.perf_counter() - began, time.process_time() - used
    status = Path("/proc/self/status").read_text()
    most = int(status.partition("VmHWM:")[2].split()[0]) / 1024
    size = target.stat().st_size / 2**20
    return {"seconds": seconds, "cpu": cpu, "mb": most - base, "file_mb": size}


if __name__ == "__main__":
    deed, *arguments = sys.argv[1:]
    here = Path(arguments[-1])
    if deed == "write":
        found = write(here)
    else:
        found = {"book": book, "archive": archive, "merged": merged}[deed](arguments[0], here)
    sys.stdout.write(json.dumps(found) + "\n")
