"""What every handler has at hand: the turn, the deeds, and the draft being worked on."""

from dataclasses import dataclass, field
from typing import Any

from bot.campaign import Deeds, Draft, mark_of
from bot.chat import Choice, File, Message
from bot.conversation import Turn
from bot.forms.filling import Carried, Step
from bot.office import Desk

_MOST_NAMED = 5
_LONGEST_LIST = 800


@dataclass(slots=True)
class Talk:
    """One turn, and what it works on."""

    turn: Turn
    deeds: Deeds
    lead: list[str] = field(default_factory=list)  # said first in the next prompt
    _draft: Draft | None = None
    _roles: set[str] | None = None

    @property
    def state(self) -> dict[str, Any]:
        """Where the talk with this person is."""
        return self.turn.person.state

    @property
    def roles(self) -> set[str]:
        """What this person may be for any unit: reporter, head, officer, admin."""
        if self._roles is None:
            people = self.turn.store.people
            self._roles = {role for _, role in people.units_of(self.turn.person.id)}
        return self._roles

    @property
    def draft(self) -> Draft | None:
        """The draft this person is working on, if it is still there."""
        report_id = self.state.get("report")
        if report_id is None:
            return None
        if self._draft is None or self._draft.report.id != report_id:
            draft = self.deeds.draft(self.turn.store, report_id, self.turn.person, self.turn.now)
            if draft is None:
                return None
            self.use(draft)
        return self._draft

    def use(self, draft: Draft) -> None:
        """Work on ``draft`` from now on."""
        self._draft = draft
        self.state["report"] = draft.report.id
        if draft.carried is not None:
            self._say_what_changed(draft, draft.carried)

    def _say_what_changed(self, draft: Draft, carried: Carried) -> None:
        """Tell somebody that the office has changed the form, and what that means for them."""
        self.state.pop("ask", None)
        lines = [self.text("version-changed")]
        if carried.new:
            lines.append(self.text("version-new", count=str(len(carried.new))))
        names = [draft.filling.step(ref).label for ref in carried.again[:_MOST_NAMED]]
        if names:
            named = "; ".join(names) + (" …" if len(carried.again) > len(names) else "")
            lines.append(self.text("version-again", names=named))
        if carried.gone:
            named = "; ".join(f"{name}: {answer}" for name, answer in carried.gone[:_MOST_NAMED])
            lines.append(self.text("version-gone", names=named[:_LONGEST_LIST]))
        self.lead.append("\n".join(lines))

    def save(self) -> None:
        """Keep what changed in the draft."""
        if self._draft is not None:
            self.deeds.save(self.turn.store, self._draft, self.turn.now)

    def text(self, key: str, **arguments: object) -> str:
        """Return a sentence of the bot's in the person's language."""
        return self.turn.texts(key, **arguments)

    def say(
        self, key: str, *choices: Choice, files: tuple[File, ...] = (), **filled: object
    ) -> None:
        """Say the sentence ``key``, after whatever is to be said first."""
        self.say_text(self.text(key, **filled), *choices, files=files)

    def say_text(
        self,
        text: str,
        *choices: Choice,
        strong: str = "",
        files: tuple[File, ...] = (),
        multiple: bool = False,
    ) -> None:
        """Say ``text``, after whatever is to be said first."""
        parts = [*self.lead, text]
        self.lead.clear()
        said = "\n\n".join(part for part in parts if part)
        message = Message(said, choices, strong=strong, files=files, multiple=multiple)
        self.turn.said.append(message)

    def desk(self) -> Desk:
        """What this person may do for an office or a school; tell the others by pass_on()."""
        return Desk(self.turn.store, self.deeds, self.turn.person, self.turn.now)

    def pass_on(self, desk: Desk) -> int:
        """Tell the people whom the deeds of ``desk`` concern; returns how many are reached."""
        told: set[int] = set()
        for notice in desk.notices:
            told.update(self.turn.tell(notice.person_ids, notice.message))
        desk.notices.clear()
        return len(told)

    def choice(self, key: str, token: str, *, way: bool = False) -> Choice:
        """Return a button labelled with the sentence ``key``."""
        return Choice(self.text(key), token, way=way)


def token_of(draft: Draft, step: Step, verb: str) -> str:
    """Return the token of a button that belongs to ``step``: it names report, question and row."""
    return f"q.{draft.report.id}.{mark_of(draft, step.ref)}.{verb}"
