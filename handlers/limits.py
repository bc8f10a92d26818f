"""The limits of a number that is asked for as a range."""

from bot.campaign import Draft
from bot.documents import vietnamese
from bot.forms.definition import Question
from bot.forms.filling import Step
from handlers.talk import Talk


def words(talk: Talk, draft: Draft, step: Step) -> str:
    """Return the limits of a range in words; "" when a question has none."""
    if step.question is None or step.question.type != "range":
        return ""
    limits = draft.form.controls[draft.form.specs[step.question.path]].limits
    start, end = limits.get("start", ""), limits.get("end", "")
    if not (start and end):
        return ""
    between = talk.text("range-limits", start=vietnamese.number(start), end=vietnamese.number(end))
    size = limits.get("step", "")
    if size in ("", "1"):
        return between
    return f"{between} {talk.text('range-step', step=vietnamese.number(size))}"


def takes_fractions(draft: Draft, question: Question) -> bool:
    """Say whether a number may have decimals."""
    if question.type == "range":
        return draft.form.specs[question.path].type in ("decimal", "double", "float")
    return question.type == "decimal"
