"""The form engine alone: an import, an answer, and a turn that keeps nothing in memory.

Of answers and turns processor time is measured: what else the machine does says nothing about the
engine. An import is waited for, so it is timed by the clock.
"""

import gc
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import psutil

from tests.bench.table import Line

REAL = Path(__file__).parents[2].parent / "shared" / "xlsforms"
LARGEST = "impact_msna_form.xlsx"
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=ZONE)
SECTIONS, QUESTIONS = 100, 10


def engine(*, quick: bool) -> Iterator[Line]:
    """The form engine: answers to the largest real form, turns of a form of 1,000 questions."""
    times = 3 if quick else 20
    if (REAL / LARGEST).exists():
        form = _real()
        yield from _importing(3 if quick else 9)
        spent = sorted(_answers(form, times))
        what = f"{len(form.questions)} questions, an answer"
        yield Line(f"{what}: median", _at(spent, 0.5), "ms", aim=0.05)
        yield Line(f"{what}: p99", _at(spent, 0.99), "ms", aim=3)
        yield Line(f"{what}: slowest of {len(spent):,}", spent[-1], "ms")
    began = time.thread_time()
    form = _compiled(long_form())
    loading = (time.thread_time() - began) * 1000
    gc.collect()
    gc.freeze()  # as the bot does when it has started: else some turns pay for all that lives
    spent = sorted(_turns(form, 60 if quick else 400))
    what = f"{len(form.questions):,} questions, a turn"
    yield Line(f"{what} from JSON to JSON: median", _at(spent, 0.5), "ms", aim=30)
    yield Line(f"{what}: p99", _at(spent, 0.99), "ms", aim=30)
    yield Line("  the form compiled, once", loading, "ms")
    gc.unfreeze()


_PYXFORM = """
import sys
from pyxform.xls2xform import convert
convert(xlsform=sys.stdin.buffer.read(), warnings=[])
"""


def _importing(times: int) -> Iterator[Line]:
    """Read, checked, converted, compiled and begun in the worker, beside pyxform's part alone."""
    from bot.forms.sheet import examine  # noqa: PLC0415

    content = (REAL / LARGEST).read_bytes()
    ours, peer = [], []
    before = psutil.Process().memory_info().rss
    for _ in range(times):  # by turns: the machine is shared
        began = time.perf_counter()
        examine(content)
        ours.append(time.perf_counter() - began)
        began = time.perf_counter()
        subprocess.run([sys.executable, "-I", "-c", _PYXFORM], input=content, check=True)
        peer.append(time.perf_counter() - began)
    gc.collect()
    grown = (psutil.Process().memory_info().rss - before) / 1e6
    name = "pyxform alone, unchecked"
    yield Line(
        f"{LARGEST} imported", sorted(ours)[times // 2], "s", sorted(peer)[times // 2], name, 2
    )
    yield Line(f"  memory the bot keeps of {times} imports", max(0.0, grown), "MB")


def _real():
    from bot.forms.sheet import load_form  # noqa: PLC0415
    from bot.forms.xform import Form  # noqa: PLC0415

    package = load_form((REAL / LARGEST).read_bytes(), LARGEST)
    return Form.compile(package.xform, package.layout)


def _compiled(xform: str):
    from bot.forms.xform import Form  # noqa: PLC0415

    return Form.compile(xform)


def _at(spent: list[float], share: float) -> float:
    return spent[min(len(spent) - 1, int(len(spent) * share))]


def _environment(seed: int):
    from bot.forms.filling import Environment  # noqa: PLC0415

    return Environment(NOW, ZONE, random=Random(seed))


def _answers(form, times: int) -> list[float]:
    """Milliseconds of each answer of ``times`` fillings at random."""
    from bot.forms.filling import Filling  # noqa: PLC0415
    from bot.forms.rehearsal import rehearse  # noqa: PLC0415

    spent: list[float] = []

    class Timed(Filling):
        def answer(self, ref: str, value: str) -> tuple[str, ...]:
            began = time.thread_time()
            try:
                return super().answer(ref, value)
            finally:
                spent.append((time.thread_time() - began) * 1000)

    gc.collect()
    for seed in range(times):
        rehearse(Timed.start(form, _environment(seed)), Random(seed), date(2026, 11, 24), "a.jpg")
    return spent


def _turns(form, count: int) -> list[float]:
    """Milliseconds of each of ``count`` turns, spread over a filling from empty to full."""
    from bot.forms.filling import Filling  # noqa: PLC0415

    kept = json.dumps(Filling.start(form, _environment(0)).state())
    asked = Filling.start(form, _environment(0)).next_open()
    every = max(1, len(form.questions) // count)
    spent: list[float] = []
    number = 0
    filling = None
    while asked is not None:
        value = asked.choices[0].name if asked.choices else "7"
        number += 1
        if number % every:  # between two turns that are measured
            filling = filling or Filling.resume(form, json.loads(kept), _environment(0))
            filling.answer(asked.ref, value)
            asked = filling.next_open(asked.ref)
            continue
        kept, filling = json.dumps(filling.state()) if filling else kept, None
        began = time.thread_time()
        turn = Filling.resume(form, json.loads(kept), _environment(0))
        turn.answer(asked.ref, value)
        asked = turn.next_open(asked.ref)
        kept = json.dumps(turn.state(), ensure_ascii=False)
        spent.append((time.thread_time() - began) * 1000)
    return spent


def long_form() -> str:
    """A form of 1,000 questions in 100 sections: choices, numbers, sums, conditions, messages."""
    fields, binds, body = [], [], []
    for number in range(SECTIONS):
        group = f"/data/g{number}"
        names = [f"q{n}" for n in range(QUESTIONS)]
        inner = "".join(f"<{name}/>" for name in names)
        fields.append(f"<g{number}>{inner}<tong/></g{number}>")
        rows = [f'<select1 ref="{group}/q0"><label>Có {number} không?</label>{_YES_NO}</select1>']
        total = " + ".join(f"coalesce({group}/{name}, 0)" for name in names[1:6])
        binds.append(f'<bind nodeset="{group}/tong" calculate="{total}"/>')
        for place, name in enumerate(names[1:], 1):
            kind = "int" if place < 8 else "string"
            rule = f"relevant=\"{group}/q0 = 'co'\"" if place < 6 else ""
            limit = 'constraint=". &gt;= 0"' if kind == "int" else ""
            binds.append(f'<bind nodeset="{group}/{name}" type="{kind}" {rule} {limit}/>')
            said = f'Câu {name} <output value="{group}/tong"/>'
            rows.append(f'<input ref="{group}/{name}"><label>{said}</label></input>')
        body.append(f'<group ref="{group}"><label>Phần {number}</label>{"".join(rows)}</group>')
    return (
        '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml">'
        f'<h:head><h:title>Dài</h:title><model><instance><data id="long">{"".join(fields)}</data>'
        f"</instance>{''.join(binds)}</model></h:head><h:body>{''.join(body)}</h:body></h:html>"
    )


_YES_NO = "".join(
    f"<item><label>{label}</label><value>{name}</value></item>"
    for name, label in (("co", "Có"), ("khong", "Không"))
)
