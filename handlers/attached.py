"""Files and places that answer a question: taken when the open question asks for them."""

from bot.campaign import Draft
from bot.forms.filling import Step
from bot.forms.vietnamese_input import fold, read_position
from bot.intake import Received
from handlers import asking, tables
from handlers.taking import forget_file, take
from handlers.talk import Talk
from storage.attachments import StoredFile

_TAKES = {"audio": ("audio",), "video": ("video",), "file": ("file", "audio", "video")}
_DROP = ("bo tep", "xoa tep", "bo file", "xoa file", "go tep")


def receive(talk: Talk, draft: Draft) -> bool:
    """Take what came with a message if it is for the open question; False: it is for others."""
    step = asking.open_step(talk, draft)
    places = [part for part in talk.turn.incoming.attachments if part.kind == "location"]
    if places:
        _place(talk, draft, step, places[0].ref)
    elif step is not None and asking.is_file(step):
        return _file(talk, draft, step)
    else:
        return step is not None and tables.take_file(talk, draft, step)
    return True


def _place(talk: Talk, draft: Draft, step: Step | None, ref: str) -> None:
    reading = read_position(ref)
    if step is None or step.question is None or step.question.type != "geopoint":
        talk.lead.append(talk.text("position-not-asked"))
        asking.repeat_question(talk, draft)
    elif not reading.value:
        talk.lead.append(talk.text("unread-geopoint", said=ref[:60]))
        asking.ask(talk, draft, step)
    else:
        take(talk, draft, step, reading.value)


def _file(talk: Talk, draft: Draft, step: Step) -> bool:
    """Take the first fitting file of a message; say what to send instead when there is none."""
    assert step.question is not None
    kind = step.question.type
    fitting = [part for part in talk.turn.received if _fits(part, kind)]
    if fitting:
        _keep(talk, draft, step, fitting[0])
        return True
    if kind != "file" and any(part.photo for part in talk.turn.received):
        return False  # a photo goes to the photos, whatever is open
    problems = [part.file_problem for part in talk.turn.received if part.file_problem]
    if "file-too-big" in problems:
        talk.lead.append(talk.text("file-too-big"))
    if any(part.problem == "photo-fetch-failed" for part in talk.turn.received):
        talk.lead.append(talk.text("file-fetch-failed"))
    talk.lead.append(talk.text(f"file-wanted-{kind}"))
    asking.ask(talk, draft, step)
    return True


def _fits(part: Received, kind: str) -> bool:
    if part.file is not None:
        return part.file.kind in _TAKES[kind]
    return kind == "file" and part.photo is not None


def _keep(talk: Talk, draft: Draft, step: Step, part: Received) -> None:
    reports, turn = draft.report, talk.turn
    if part.file is not None:
        same = _same(talk, draft, step, part.file)
        if same:
            talk.lead.append(talk.text("file-same"))
            asking.go_on(talk, draft, step.ref)
            return
        turn.store.attachments.add(reports.id, part.file, turn.person.id, turn.now)
        key = part.file.key
    else:
        assert part.photo is not None
        turn.store.reports.add_photo(reports.id, part.photo, turn.person.id, turn.now)
        key = part.photo.key
    take(talk, draft, step, key)
    waits = talk.state.get("ask", {}).get("value") == key
    if draft.filling.value(step.ref) != key and not waits:
        forget_file(talk, key)  # it was refused


def _same(talk: Talk, draft: Draft, step: Step, file: StoredFile) -> bool:
    known = talk.turn.store.attachments.find(draft.filling.value(step.ref))
    return known is not None and known.sha256 == file.sha256


def is_drop(text: str) -> bool:
    """Say whether somebody wants the file of the open question away."""
    return fold(text) in _DROP


def drop(talk: Talk, draft: Draft, step: Step) -> None:
    """Take the file of a question back."""
    if not step.value:
        talk.lead.append(talk.text("file-none"))
    elif step.required:
        talk.lead.append(talk.text("file-required"))
    else:
        draft.filling.answer(step.ref, "")
        draft.touch(step.ref, talk.turn.person, talk.turn.now)
        forget_file(talk, step.value)
        talk.lead.append(talk.text("file-dropped"))
    asking.ask(talk, draft, draft.filling.step(step.ref))


def forget_unused(talk: Talk) -> None:
    """Delete what came with this message and answers nothing; its report keeps no copy."""
    for part in talk.turn.received:
        if part.file is not None and talk.turn.store.attachments.find(part.file.key) is None:
            talk.turn.forgotten.append(part.file.key)
