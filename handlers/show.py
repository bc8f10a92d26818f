"""How answers are written back to people: the canonical form, as official papers write it."""

from datetime import datetime
from typing import Any

from bot.campaign import Draft
from bot.chat import File
from bot.documents import vietnamese
from bot.forms.filling import Step
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
    if kind in ("select_one", "select_multiple", "rank"):
        return _labels(draft, step, raw)
    return vietnamese.show(
        raw,
        kind,
        unit=step.question.columns.get("report::unit", ""),
        decimals=step.question.columns.get("report::decimals", ""),
    )


def _labels(draft: Draft, step: Step, names: str) -> str:
    """Return the labels of chosen choices; those with commas in them stand between semicolons."""
    labels = [draft.filling.label(step.ref, name) for name in names.split()]
    return ("; " if any("," in label for label in labels) else ", ").join(labels)


def name(step: Step) -> str:
    """Return the short name of a question for echoes and summaries."""
    if step.question is None:
        return step.label
    return step.question.columns.get("report::short") or step.label


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
