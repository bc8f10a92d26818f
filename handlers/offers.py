"""What was offered last, so that a typed label or number does what the button does.

Channels without buttons number the choices of a message; the answers of a question are read by
the question itself (handlers/readings.py), everything else here.
"""

import re

from bot.chat import Choice, Message
from bot.forms.vietnamese_input import fold
from bot.noticed import typed
from handlers import asking
from handlers.talk import Talk

_ANSWER = re.compile(r"q\..*\.a\d+")


def remember(talk: Talk) -> None:
    """Keep the choices of the last message of this turn, as far as they are no answers."""
    said = [*talk.turn.said, *([talk.turn.later[0]] if talk.turn.later else [])]
    if not said:
        return
    offered = [_written(choice) for choice in said[-1].choices if not _ANSWER.match(choice.token)]
    if offered:
        talk.state["offered"] = {"numbered": not _asks(said[-1]), "choices": offered}
    else:
        talk.state.pop("offered", None)


def picked(talk: Talk, text: str) -> str | None:
    """Return the token of the offered choice that ``text`` names; None when it names none."""
    said = fold(text)
    if (offered := talk.state.get("offered")) is not None:
        for label, token, _way in offered["choices"]:
            if said == label:
                return str(token)
        numbered = [token for _label, token, way in offered["choices"] if not way]
        if offered["numbered"] and said.isdecimal() and 1 <= int(said) <= len(numbered):
            return str(numbered[int(said) - 1])
    return _of_a_notice(talk, said)


def _of_a_notice(talk: Talk, said: str) -> str | None:
    """Return the token of the choice under a notice that was typed, unless it is an answer."""
    person = talk.turn.person
    for label, token in typed(person.noticed, talk.turn.now):
        if said == fold(label):
            return None if _is_an_answer(talk, said) else token
    return None


def _is_an_answer(talk: Talk, said: str) -> bool:
    step = asking.open_step(talk, talk.draft) if talk.draft is not None else None
    return step is not None and any(said == fold(choice.label) for choice in step.choices)


def _written(choice: Choice) -> list[object]:
    return [fold(choice.label), choice.token, choice.way]


def _asks(message: Message) -> bool:
    """Say whether numbers under this message mean answers, or the answer is typed."""
    return any(_ANSWER.match(choice.token) for choice in message.choices) or all(
        choice.way for choice in message.choices
    )
