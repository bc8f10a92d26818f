"""The office's own report: who has handed in, what it adds up to, what it looked like.

Everything comes from the form of the schools: the headings are those of its ``report`` sheet, and
under each stand the numbers and choices that it speaks of, of all schools together.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any, Final
from zoneinfo import ZoneInfo

from bot.deadline import last_day
from bot.documents.document import (
    Appendix,
    Block,
    Column,
    Dash,
    Item,
    Letterhead,
    OfficialDocument,
    Part,
    Photos,
    Row,
    Signature,
    Table,
    Text,
    appendix_label,
    roman,
)
from bot.documents.nd30 import render
from bot.documents.outline_sources import Sources
from bot.documents.outline_text import Writer
from bot.documents.vietnamese import number, person_name, upper
from bot.forms.filling import Environment, Filling
from bot.forms.xform import Form
from bot.texts import texts
from bot.totals import snapshot as snapshots
from bot.totals.album import chosen
from bot.totals.answers import Reader
from bot.totals.figures import in_order
from bot.totals.outline import headings
from bot.totals.snapshot import Period, Snapshot
from bot.totals.sums import Sum, added_up
from bot.totals.work import Job, PaperJob
from storage.totals import Row as Unit

NONE: Final = "-"


def write(job: PaperJob) -> None:
    """Write the Word file of a job. Blocks: for a worker."""
    Path(job.target).write_bytes(render(paper(job), lambda key: Path(job.photos[key])))


def paper(job: PaperJob) -> OfficialDocument:
    """What the report says."""
    return _Paper(job).document()


class _Paper:
    """One report being put together."""

    def __init__(self, job: PaperJob) -> None:
        self._job = job
        self._say = texts("vi")
        self._zone = ZoneInfo(job.timezone)
        self._snapshot: Snapshot = snapshots.from_json(job.snapshot)
        self._reader = Reader(self._read(self._snapshot.now, job.answers))
        self._form: Form = self._reader.form
        self._sums = added_up(self._reader)
        before = self._snapshot.before
        self._before = added_up(Reader(self._read(before, job.before))) if before else None

    def _read(self, period: Period, answers: str) -> Job:
        return Job(
            forms=self._job.forms,
            form=period.form_id,
            rows=period.schools,
            answers=answers,
            at=self._snapshot.at,
            timezone=self._job.timezone,
            target="",
        )

    def document(self) -> OfficialDocument:
        appendices = self._appendices()
        office = self._snapshot.office
        addressee, also = office.get("addressee", ""), office.get("also_to", "")
        recipients = ["Như trên"] if addressee else []
        return OfficialDocument(
            letterhead=self._letterhead(),
            body=tuple(self._body({appendix.title: n for n, appendix in enumerate(appendices)})),
            signature=_signature(office),
            addressees=(addressee,) if addressee else (),
            recipients=(*recipients, *filter(None, [also]), "Lưu: VT"),
            appendices=appendices,
        )

    # -- around the text

    def _letterhead(self) -> Letterhead:
        office, snapshot = self._snapshot.office, self._snapshot
        return Letterhead(
            superior=office.get("superior", ""),
            issuer=office["full_name"],
            symbol=office.get("symbol", ""),
            place=office.get("place", ""),
            # The clerk writes the day, with the number, once it is signed.
            date=f"{snapshot.at.astimezone(self._zone):%Y-%m}",
            subject=self._subject(),
        )

    def _subject(self) -> str:
        """What the schools' papers are about, where only the campaign's own facts say it."""
        env = Environment(self._snapshot.at, self._zone, "", Random(0))  # noqa: S311
        writer = Writer(Filling.start(self._form, env, self._snapshot.facts))
        for row in self._form.layout.get("report") or ():
            if row.get("kind") == "subject":
                said = writer.text(int(row.get("row", 0)), str(row.get("text") or ""))
                if said:
                    return said
        return self._say("office-paper-subject", title=self._snapshot.now.title)

    # -- the text

    def _body(self, appendices: dict[str, int]) -> Iterator[Block]:
        say = self._say
        labels = {
            title: appendix_label(place, len(appendices)).removeprefix("Phụ lục").strip()
            for title, place in appendices.items()
        }

        def at(title: str) -> str:
            """ "Phụ lục I", or "Phụ lục" when it is the only one."""
            return f"Phụ lục {labels[title]}".strip()

        yield Text(self._opening())
        yield Part(say("office-paper-standing"))
        yield from self._standing(at(self._units_title))
        results = _without_empty_parts(list(self._results()))
        figures = self._figures_title in appendices
        photos = self._photos_title in appendices
        if results and not isinstance(results[0], Part):
            yield Part(say("office-paper-results"))
        yield from results
        if figures or photos:
            yield Part(say("office-paper-tables"))
        if figures:
            yield Item(say("office-paper-figures-item"))
            yield Text(
                say(
                    "office-paper-figures-text",
                    **{"in": self._sums.units},
                    appendix=at(self._figures_title),
                )
            )
        if figures and self._snapshot.before:
            yield Item(say("office-paper-compared-item"))
            yield Text(self._compared(self._snapshot.before, at(self._figures_title)))
        if photos:
            yield Item(say("office-paper-photos-item"))
            yield Text(say("office-paper-photos-text", appendix=at(self._photos_title)))

    def _opening(self) -> str:
        snapshot = self._snapshot
        said = {
            "office": snapshot.office["full_name"],
            "count": len(snapshot.now.schools),
            "title": snapshot.now.title,
            "due": snapshot.due_text,
            "at": self._time(snapshot.at),
        }
        number_of, date = snapshot.dispatch.get("number"), snapshot.dispatch.get("date")
        if number_of and date:
            return self._say("office-paper-opening-dispatch", number=number_of, date=date, **said)
        return self._say("office-paper-opening", **said)

    def _time(self, at: datetime) -> str:
        local = at.astimezone(self._zone)
        if (local.hour, local.minute) == (0, 0):  # a deadline of whole days
            return self._say("end-of-day", day=f"{last_day(at, self._zone):%d/%m/%Y}")
        return f"{local.hour}h{local:%M ngày %d/%m/%Y}"

    def _standing(self, list_at: str) -> Iterator[Block]:
        say, rows = self._say, self._snapshot.now.schools
        on_time, late, missing = _by_standing(rows)
        yield Item(say("office-paper-standing-item"))
        yield Text(
            say(
                "office-paper-standing-text",
                count=len(rows),
                **{"in": len(on_time) + len(late)},
                percent=_percent(len(on_time) + len(late), len(rows)),
                on_time=len(on_time),
                late=len(late),
                missing=len(missing),
            )
        )
        yield Text(say("office-paper-standing-table"))
        levels = in_order({row.level for row in rows})
        other = say("office-paper-other-level")
        grouped = [(x or other, [row for row in rows if row.level == x]) for x in levels]
        yield self._counted(say("office-paper-level"), grouped)
        offices = list(dict.fromkeys(row.office for row in rows))
        if len(offices) > 1:
            yield Text(say("office-paper-standing-offices"))
            listed = [(x, [row for row in rows if row.office == x]) for x in offices]
            yield self._counted(say("totals-office"), listed)
        if late:
            yield Item(say("office-paper-late-item"))
            yield Text(f"{'; '.join(row.name for row in late)}.")
        if after := [row for row in (*on_time, *late) if not row.is_in]:
            yield Item(say("totals-status-after"))
            yield Text(f"{'; '.join(row.name for row in after)}.")
        if missing:
            yield Item(say("office-paper-missing-item"))
            yield Text(f"{'; '.join(row.name for row in missing)}.")
        yield Text(say("office-paper-standing-list", appendix=list_at))

    def _counted(self, title: str, groups: Sequence[tuple[str, Sequence[Unit]]]) -> Table:
        """How many have handed in, by group and in all."""
        say = self._say
        keys = ("units", "on-time", "late", "missing", "share")
        columns = [Column(title), *(Column(say(f"office-paper-{key}"), "center") for key in keys)]
        every = [row for _, rows in groups for row in rows]
        lines = [*groups, (say("office-paper-total"), every)]
        return Table(tuple(columns), tuple(Row((name, *_counts(rows))) for name, rows in lines))

    def _results(self) -> Iterator[Block]:
        """The headings of the schools' own papers, and under each what all say together."""
        for heading in headings(self._form):
            dashes: list[str] = []
            for beginning, names in heading.sentences:
                lines = [line for name in names for line in self._lines(name)]
                joined = [f"{beginning} {'; '.join(lines)}"] if lines else []
                dashes += joined if beginning and len(names) > 1 else lines
            if heading.kind == "part":
                yield Part(heading.text)
            elif dashes:
                yield Item(heading.text)
            yield from (Dash(f"{line}.") for line in dashes)

    def _lines(self, name: str) -> Iterator[str]:
        """What all schools together have answered to a question."""
        column = next((c for s in self._reader.sheets for c in s.columns if c.name == name), None)
        if column is None:
            return
        say, counted = self._say, self._sums.choices.get(name)
        title = column.title.lstrip("–-+ ")  # as a table has it under another line
        total = self._sums.numbers.get(name)
        if total is not None:
            written = _with_unit(total.total, column.unit)
            key = "office-paper-number-line"
            if total.units < self._sums.units:
                key += "-some"
            yield say(key, title=title, sum=written, units=total.units)
        elif counted:
            ordered = sorted(counted.items(), key=lambda one: (-one[1], one[0]))
            said = (say("office-paper-choice", label=one, count=count) for one, count in ordered)
            yield say("office-paper-choice-line", title=title, choices="; ".join(said))

    def _compared(self, before: Period, appendix: str) -> str:
        done = sum(row.first_at is not None for row in self._snapshot.now.schools)
        done_before = sum(row.first_at is not None for row in before.schools)
        count, count_before = len(self._snapshot.now.schools), len(before.schools)
        return self._say(
            "office-paper-compared-text",
            title=before.title,
            in_before=done_before,
            count_before=count_before,
            percent_before=_percent(done_before, count_before),
            **{"in": done},
            count=count,
            percent=_percent(done, count),
            appendix=appendix,
        )

    # -- appendices

    @property
    def _units_title(self) -> str:
        return self._say("office-paper-appendix-units")

    @property
    def _figures_title(self) -> str:
        return self._say("office-paper-appendix-figures", title=self._snapshot.now.title)

    @property
    def _photos_title(self) -> str:
        return self._say("office-paper-appendix-photos", title=self._snapshot.now.title)

    def _appendices(self) -> tuple[Appendix, ...]:
        job = self._job
        photos = chosen(self._reader, job.photos, job.photos_each, job.photos_all, self._say)
        made = [
            (self._units_title, self._units()),
            (self._figures_title, self._figures()),
            (self._photos_title, Photos(tuple(photos)) if photos else None),
        ]
        return tuple(Appendix(title, (block,)) for title, block in made if block is not None)

    def _units(self) -> Table:
        say, rows = self._say, self._snapshot.now.schools
        several = len({row.office for row in rows}) > 1
        columns = [
            Column("STT", "center"),
            Column(say("office-paper-unit")),
            *([Column(say("totals-office"))] if several else []),
            Column(say("office-paper-level"), "center"),
            Column(say("office-paper-submitted-at"), "right"),  # never broken, unlike centred text
            Column(say("office-paper-receipt"), "center"),
        ]
        lines: list[Row] = []
        sections = zip(("on-time", "late", "missing"), _by_standing(rows), strict=True)
        given = [(key, listed) for key, listed in sections if listed]
        for section, (key, listed) in enumerate(given, 1):
            title = say(f"office-paper-section-{key}", count=len(listed))
            lines.append(Row((roman(section), title), section=True))
            for place, row in enumerate(listed, 1):
                office = [row.office] if several else []
                first = (str(place), row.name, *office, row.level or NONE)
                at = row.submitted_at or row.first_at
                time = self._time(at).replace(" ngày ", ", ") if at else NONE
                lines.append(Row((*first, time, self._receipt(row))))
        return Table(tuple(columns), tuple(lines))

    def _receipt(self, row: Unit) -> str:
        if not row.version or row.version < 2:
            return row.receipt or NONE
        key = "office-paper-receipt-version"
        return self._say(key, receipt=row.receipt, version=row.version)

    def _figures(self) -> Table | None:
        """The sums, in the order and under the headings of the schools' own tables."""
        say, before = self._say, self._before
        columns = [
            Column("STT", "center"),
            Column(say("office-paper-figure")),
            Column(say("office-paper-figure-unit"), "center"),
        ]
        keys = ("before", "now", "change") if before else ("sum", "units")
        columns += [Column(say(f"office-paper-figure-{key}"), "right") for key in keys]
        lines: list[Row] = []
        sections, heading = 0, ""
        for section, name, unit, title in self._asked_figures():
            total = self._sums.numbers.get(name)
            earlier = before.numbers.get(name) if before else None
            if total is None and earlier is None:
                continue
            if section and section != heading:
                sections += 1
                lines.append(Row((roman(sections), section), section=True))
            heading = section
            count = sum(not line.section for line in lines) + 1
            cells = _compared(earlier, total) if before else _summed(total)
            lines.append(Row((str(count), title, unit, *cells)))
        return Table(tuple(columns), tuple(lines)) if lines else None

    def _asked_figures(self) -> Iterator[tuple[str, str, str, str]]:
        """Section, name, unit and words of each number the schools' tables have."""
        form = self._form
        env = Environment(self._snapshot.at, self._zone, "", Random(0))  # noqa: S311
        sources = Sources(form, Filling(form, env))
        report = form.layout.get("report") or ()
        named = [(row, str(row.get("source"))) for row in report if row.get("kind") == "table"]
        groups = [sources.find(int(row.get("row", 0)), source) for row, source in named]
        for group in [group for group in groups if not group.repeats] or [form.root]:
            for section, question, title in sources.figures(group):
                if "bot::profile" not in question.columns:
                    unit = question.columns.get("report::unit", "")
                    yield section, question.name, unit, title


def _without_empty_parts(blocks: list[Block]) -> list[Block]:
    following = [*blocks[1:], Part("")]
    return [
        block
        for block, after in zip(blocks, following, strict=True)
        if not (isinstance(block, Part) and isinstance(after, Part))
    ]


def _signature(office: Any) -> Signature:
    """Who signs; a deputy signs for the head."""
    title = upper(office.get("signer_title", ""))
    authority = f"KT. {title.removeprefix('PHÓ ')}" if title.startswith("PHÓ ") else ""
    return Signature(title, person_name(office.get("signer_name", "")), authority)


def _by_standing(rows: Sequence[Unit]) -> tuple[list[Unit], list[Unit], list[Unit]]:
    """Handed in on time, late, not at all: also what came after the figures were taken."""
    given = [row for row in rows if row.first_at is not None]
    on_time = [row for row in given if not row.was_late]
    late = [row for row in given if row.was_late]
    return on_time, late, [row for row in rows if row.first_at is None]


def _counts(rows: Sequence[Unit]) -> tuple[str, ...]:
    on_time, late, missing = map(len, _by_standing(rows))
    share = _percent(on_time + late, len(rows))
    return (*map(str, (len(rows), on_time, late, missing)), share)


def _percent(part: int, whole: int) -> str:
    return f"{number(str(Decimal(part * 100) / whole), 1).removesuffix(',0')}%" if whole else NONE


def _with_unit(total: Decimal, unit: str) -> str:
    written = number(str(total))
    return f"{written}{unit}" if unit == "%" else f"{written} {unit}".strip()


def _summed(total: Sum | None) -> tuple[str, str]:
    return (number(str(total.total)), str(total.units)) if total else (NONE, NONE)


def _compared(before: Sum | None, now: Sum | None) -> tuple[str, str, str]:
    """Before, now, and the difference with its sign."""
    change = (now.total if now else Decimal()) - (before.total if before else Decimal())
    sign = "+" if change > 0 else ""
    written = [number(str(one.total)) if one else NONE for one in (before, now)]
    return written[0], written[1], f"{sign}{number(str(change))}"
