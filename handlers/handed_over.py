"""What comes beside or instead of words: photos, papers, a telephone number, what nobody reads."""

import re

from bot.texts import channel_name
from handlers import asking, attached, my_reports, office, office_orders, photos
from handlers.talk import Talk

_PHONE_SIGNS = re.compile(r"[\s.()-]")
_VIETNAM = re.compile(r"(?:\+|00)?840?(?=[1-9]\d{8,9}$)")


def take(talk: Talk) -> None:
    """Answer a message that carries something."""
    papers = [part.paper for part in talk.turn.received if part.paper]
    kinds = {attachment.kind for attachment in talk.turn.incoming.attachments}
    if papers and office.is_officer(talk):
        for paper in papers:
            office_orders.take_paper(talk, paper)
    elif talk.draft is not None and attached.receive(talk, talk.draft):
        return
    elif any(part.photo or part.problem for part in talk.turn.received):
        _photographs(talk)
    elif "contact" in kinds:
        _contact(talk)
    elif "unseen" in kinds:
        talk.lead.append(_cannot_be_passed_on(talk))
        _back_to_the_place(talk)
    else:
        talk.lead.append(talk.text("attachment-unused"))
        my_reports.resume(talk)


def offer_page(talk: Talk) -> None:
    """Give the address of the page that takes files, and go on where it was."""
    link = talk.deeds.upload_link(talk.turn.incoming.sender)
    talk.lead.append(talk.text("upload-page", link=link))
    _back_to_the_place(talk)


def _photographs(talk: Talk) -> None:
    if talk.draft is None:
        talk.lead.append(talk.text("photo-no-report"))
        my_reports.show_owed(talk)
    else:
        photos.receive(talk, talk.draft)


def _cannot_be_passed_on(talk: Talk) -> str:
    """Say that the channel has kept the file to itself, and what to do instead."""
    sender = talk.turn.incoming.sender
    link = talk.deeds.upload_link(sender)
    return talk.text("unseen", app=channel_name(talk.turn.texts, sender.channel), link=link)


def _contact(talk: Talk) -> None:
    """Keep somebody's own telephone number, and nobody else's."""
    sender = talk.turn.incoming.sender
    own = [part for part in talk.turn.incoming.attachments if part.kind == "contact" and part.own]
    phone = read_phone(own[0].ref) if own else ""
    if phone:
        talk.turn.store.people.save_phone(sender.channel, sender.id, phone)
        talk.lead.append(talk.text("phone-kept", phone=phone))
    else:
        talk.lead.append(talk.text("phone-unclear" if own else "contact-unused"))
    _back_to_the_place(talk)


def _back_to_the_place(talk: Talk) -> None:
    """Put the open question again; say what there is to do when none is open."""
    if talk.draft is not None and asking.open_step(talk, talk.draft) is not None:
        asking.repeat_question(talk, talk.draft)
    elif office.is_officer(talk):
        talk.say_text("")
    else:
        my_reports.resume(talk)


def read_phone(text: str) -> str:
    """Return a telephone number as +84912345678; "" when it is none. Without +, it is Vietnamese.

    An international number begins with + and has at most 15 digits (ITU-T E.164).
    """
    digits = _VIETNAM.sub("0", _PHONE_SIGNS.sub("", text))
    if re.fullmatch(r"0[35789]\d{8}|02\d{9}", digits):
        return f"+84{digits[1:]}"
    return digits if re.fullmatch(r"\+[1-9]\d{7,14}", digits) else ""
