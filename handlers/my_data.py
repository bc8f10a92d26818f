"""A person's own data: what is kept, a way out, deletion (Luật 91/2025/QH15, Điều 14)."""

from bot.campaign import CONSENT_VERSION
from bot.texts import channel_name
from handlers.talk import Talk


def show(talk: Talk) -> None:
    """List what is kept of this person and of the report they work on."""
    people, person = talk.turn.store.people, talk.turn.person
    channels = [
        channel_name(talk.turn.texts, channel) for channel, _ in people.addresses_of(person.id)
    ]
    units = [unit.name for unit, _ in people.units_of(person.id)]
    draft = talk.draft
    answered = photos = 0
    if draft is not None:
        answered = sum(stamp[0] == person.id for stamp in draft.who.values())
        photos = len(talk.turn.store.reports.photos(draft.report.id))
    talk.say(
        "my-data",
        talk.choice("button-delete", "c.delete"),
        talk.choice("button-continue", "c.continue"),
        name=person.name or "–",
        channels=", ".join(dict.fromkeys(channels)) or "–",
        phone=", ".join(people.phones_of(person.id)) or "–",
        units=", ".join(units) or "–",
        answered=str(answered),
        photos=str(photos),
        days=str(talk.deeds.retention.days),
    )


def ask_delete(talk: Talk) -> None:
    """Ask what to delete: the account only, or the school's draft and photos too."""
    talk.say(
        "delete-what",
        talk.choice("button-delete-me", "c.deleteme"),
        talk.choice("button-delete-all", "c.deleteall"),
        talk.choice("button-cancel", "c.continue"),
    )


def delete_draft(talk: Talk) -> None:
    """Delete answers, photos and unsubmitted documents of the school's draft, then the account."""
    draft = talk.draft
    if draft is not None and draft.report.status in ("expected", "drafting", "returned"):
        talk.turn.forgotten += talk.turn.store.reports.delete_answers(draft.report.id)
        draft.report.state, draft.report.status = {}, "expected"
        talk.turn.store.reports.save(draft.report, talk.turn.now)
        talk.state.pop("report")
    delete_me(talk)


def delete_me(talk: Talk) -> None:
    """Delete account links, memberships and all that was said; confirm what is gone."""
    store, person = talk.turn.store, talk.turn.person
    talk.say("deleted")
    store.people.record_consent(person, CONSENT_VERSION, talk.turn.now, given=False)
    for channel, chat_id in store.people.addresses_of(person.id):
        store.inbox.forget(channel, chat_id)
        store.outbox.forget(channel, chat_id)
        store.file_links.forget(channel, chat_id)
    store.people.delete_person(person.id)
    talk.turn.gone = True
