"""What differs between two versions of a report."""

from dataclasses import dataclass

from bot.campaign import Draft
from handlers import show
from handlers.talk import Talk

_MOST_NAMED = 30


@dataclass(frozen=True, slots=True)
class Change:
    """A question whose answer differs between two versions."""

    number: str
    name: str
    old: str
    new: str


def between(talk: Talk, old: Draft, new: Draft) -> list[Change]:
    """Return what differs between two versions, in the order of the form."""
    before = {step.ref: step for step in old.filling.steps() if step.question is not None}
    found = []
    for step in new.filling.steps():
        earlier = before.pop(step.ref, None)
        if step.question is None or step.question.type == "note":
            continue
        if earlier is None and not step.value:
            continue
        if earlier is None or earlier.value != step.value:
            was = show.value(talk, old, earlier) if earlier else talk.text("value-none")
            number = new.numbers.by_ref.get(step.ref, "–")
            found.append(Change(number, show.name(step), was, show.value(talk, new, step)))
    for ref, step in before.items():
        if step.value:
            was = show.value(talk, old, step)
            gone = talk.text("value-gone")
            found.append(Change(old.numbers.by_ref.get(ref, "–"), show.name(step), was, gone))
    return found


def lines(talk: Talk, changes: list[Change]) -> str:
    """Write changes down, one a line."""
    written = [
        talk.text("change-line", number=c.number, name=c.name, old=c.old, new=c.new)
        for c in changes[:_MOST_NAMED]
    ]
    if len(changes) > _MOST_NAMED:
        written.append(talk.text("and-more", count=str(len(changes) - _MOST_NAMED)))
    return "\n".join(written) or talk.text("no-changes")
