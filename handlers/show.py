"""How answers are written back to people: the canonical form, as official papers write it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bot.campaign import Draft
from bot.chat import File
from bot.documents import vietnamese
from bot.forms.bundle import mime_of
from bot.forms.filling import Step
from bot.forms.labels import Media
from bot.paperwork import DOCX as DOCX
from handlers.talk import Talk
from storage.campaigns import Campaign


def value(talk: Talk, draft: Draft, step: Step, canonical: str | None = None) -> str:
    """Return an answer as it is shown: ``1.500.000 đồng``, ``02/10/2023``, labels of choices."""
    raw = step.value if canonical is None else canonical
    if raw == "" or step.question is None:
        return talk.text("value-none")
    kind = step.question.type
    if kind == "image":
        return talk.text("value-photo")
    if kind == "acknowledge":
        return talk.text("value-seen")
    if kind in ("audio", "video", "file"):
        return _file(talk, raw)
    if kind == "rank":
        names = [draft.filling.label(step.ref, name) for name in raw.split()]
        return "; ".join(f"{n}. {name}" for n, name in enumerate(names, 1))
    if kind in ("select_one", "select_multiple"):
        return _labels(draft, step, raw)
    return vietnamese.show(
        raw,
        kind,
        unit=step.question.columns.get("report::unit", ""),
        decimals=step.question.columns.get("report::decimals", ""),
        appearance=step.question.appearance,
    )


def _file(talk: Talk, key: str) -> str:
    """Return name and size of a file: ``bien-ban.pdf (1,2 MB)``."""
    stored = talk.turn.store.attachments.find(key)
    if stored is None:
        return talk.text("value-photo")
    return talk.text("value-file", name=stored.name, size=size(stored.bytes))


def size(length: int) -> str:
    """Write a number of bytes: ``340 KB``, ``1,2 MB``."""
    if length < 1_000_000:
        return f"{max(1, round(length / 1000))} KB"
    return f"{vietnamese.number(str(length / 1_000_000), 1)} MB"


def _labels(draft: Draft, step: Step, names: str) -> str:
    """Return the labels of chosen choices; those with commas in them stand between semicolons."""
    labels = [draft.filling.label(step.ref, name) for name in names.split()]
    return ("; " if any("," in label for label in labels) else ", ").join(labels)


def name(step: Step) -> str:
    """Return the short name of a question for echoes and summaries."""
    if step.question is None:
        return step.label
    return step.question.columns.get("report::short") or step.label.rstrip(" ?:")


def beside(draft: Draft, media: Sequence[Media]) -> tuple[File, ...]:
    """Return the files beside a label that came with the form; the large form of a picture."""
    keys = draft.form.layout.get("media", {})
    large = any(one.kind == "big-image" and one.name in keys for one in media)
    wanted = (one for one in media if not (large and one.kind == "image"))
    return tuple(
        File(keys[one.name], one.name, mime_of(one.name)) for one in wanted if one.name in keys
    )


def place(talk: Talk, draft: Draft, step: Step) -> str:
    """Return where one is: ``Câu 7/31 · I.2 Lễ phát động``."""
    number = draft.numbers.by_ref.get(step.ref, "")
    top = number.split(".")[0]
    parts = [talk.text("place-number", number=top, total=str(draft.numbers.total))]
    sections = list(step.sections[-2:])
    if len(sections) == 2 and sections[1].lower() in sections[0].lower():
        sections.pop()  # "II.4 Ảnh tiêu biểu · Ảnh tiêu biểu"
    if step.row and sections:
        sections[-1] = talk.text("place-row", section=sections[-1], row=str(step.row[-1]))
    return " · ".join([*parts, *sections])


def dispatch_file(campaign: Campaign) -> File:
    """Return the file of a campaign's dispatch."""
    ending = campaign.dispatch_key.rpartition(".")[2]
    name = str(campaign.dispatch.get("name") or f"Cong-van.{ending}")
    return File(campaign.dispatch_key, name, "application/octet-stream")


def moment(talk: Talk, at: datetime) -> tuple[str, str]:
    """Return time and date of an instant as people here say it: 15:42, 09/10/2023."""
    local = at.astimezone(talk.deeds.timezone)
    return local.strftime("%H:%M"), local.strftime("%d/%m/%Y")


def who(talk: Talk, stamp: list[Any] | None) -> str:
    """Return the name of the person of a ``who`` entry, or "đồng nghiệp"."""
    if not stamp:
        return talk.text("somebody")
    names = talk.turn.store.people.names({stamp[0]})
    return names.get(stamp[0]) or talk.text("somebody")
