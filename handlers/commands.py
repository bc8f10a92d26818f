"""Words that are commands, buttons that are commands, and who answers what."""

from collections.abc import Callable

from bot.campaign import CONSENT_VERSION, Deeds, Draft, read_call, read_code
from bot.conversation import Route, Turn
from bot.errors import NotAllowed
from bot.forms.vietnamese_input import fold, read_edit
from handlers import (
    asking,
    attached,
    fill_report,
    handed_over,
    my_data,
    my_reports,
    offers,
    office,
    office_messages,
    office_opening,
    office_orders,
    office_people,
    photos,
    review,
    school,
    show,
    start,
)
from handlers.talk import Talk


def help_(talk: Talk) -> None:
    """Say what can be said; the open question is put again."""
    if office.is_officer(talk):
        talk.say("help-office", talk.choice("button-progress", "c.oprogress"))
        return
    talk.lead.append(talk.text("help"))
    if talk.draft is not None and asking.open_step(talk, talk.draft) is not None:
        asking.repeat_question(talk, talk.draft)
    else:
        my_reports.resume(talk)


def _more_time(talk: Talk) -> None:
    """Ask the office for more time for the report at hand."""
    if talk.draft is None:
        my_reports.show_owed(talk)
    else:
        school.ask_for_time(talk, str(talk.draft.report.id))


def _with_draft(deed: Callable[[Talk, Draft], None]) -> Callable[[Talk], None]:
    """Make a command of a deed that needs a report at hand."""

    def command(talk: Talk) -> None:
        if talk.draft is None:
            my_reports.show_owed(talk)
        else:
            deed(talk, talk.draft)

    return command


_GREETINGS = ("xin chao", "chao", "chao ban", "chao em", "alo", "hello", "hi")

COMMANDS: dict[str, tuple[tuple[str, ...], Callable[[Talk], None]]] = {
    # name in Telegram's menu: (words without accents, what it does)
    "baocao": (
        ("bao cao", "viec cua truong toi", "danh sach", "menu", "bat dau", "start"),
        my_reports.show_owed,
    ),
    "tieptuc": (("tiep tuc", "tiep", *_GREETINGS), my_reports.resume),
    "sua": (("sua",), review.ask_what_to_edit),
    "xemlai": (("xem lai",), _with_draft(review.summary)),
    "nop": (("nop", "nop bao cao", "gui bao cao"), _with_draft(review.submit)),
    "word": (("xem ban word", "xem word", "ban word", "word"), _with_draft(review.preview)),
    "giahan": (("xin gia han", "xin them thoi gian", "gia han"), _more_time),
    "moi": (("moi dong nghiep", "moi nguoi lam cung"), office_people.invite_colleague),
    "danhan": (("da nhan", "da nhan thong bao"), office_messages.received_in_words),
    "lich": (("lich", "lich bao cao", "tai lich"), office_people.calendar),
    "trogiup": (("tro giup", "giup", "help", "huong dan"), help_),
    "kenhkhac": (("kenh khac", "doi may", "may khac"), start.other_channel),
    "dulieu": (("du lieu cua toi", "du lieu"), my_data.show),
    "xoa": (("xoa", "xoa du lieu"), my_data.ask_delete),
}
_BY_WORD = {
    word: command for name, (words, command) in COMMANDS.items() for word in (*words, "/" + name)
}
_BY_WORD.update(dict.fromkeys(("gui tep", "gui file", "tai tep len"), handed_over.offer_page))
_WAYS_BY_WORD = {
    "bo qua": "skip",
    "quay lai": "back",
    "lui": "back",
    "de sau": "later",
    "tra loi sau": "later",
    "giu nguyen": "keep",
}


def _on_report(deed: Callable[[Talk, Draft], None]) -> Callable[[Talk, str], None]:
    """Make a button of a deed on the report that the button names."""

    def pressed(talk: Talk, argument: str) -> None:
        draft = talk.draft
        if draft is None or str(draft.report.id) != argument:
            talk.say("button-of-other-report", talk.choice("button-continue", "c.continue"))
        else:
            deed(talk, draft)

    return pressed


def _plain(deed: Callable[[Talk], None]) -> Callable[[Talk, str], None]:
    return lambda talk, _argument: deed(talk)


def _dispatch(talk: Talk, campaign_id: str) -> None:
    """Send the dispatch behind a campaign."""
    campaign = my_reports.campaign_of(talk, int(campaign_id))
    if campaign is None or not campaign.dispatch_key:
        talk.say("report-not-yours")
        return
    file = show.dispatch_file(campaign)
    onward = my_reports.ways_into(talk, campaign.id)
    talk.say("dispatch", *onward, files=(file,), title=campaign.title)


BUTTONS: dict[str, Callable[[Talk, str], None]] = {
    "join": start.confirm_school,
    "notmine": _plain(start.not_my_school),
    "agree": _plain(start.agree),
    "disagree": _plain(start.disagree),
    "consentmore": _plain(start.consent_more),
    "owed": _plain(my_reports.show_owed),
    "open": lambda talk, report_id: my_reports.open_report(talk, int(report_id)),
    "dispatch": _dispatch,
    "asktime": school.ask_for_time,
    "notyet": school.ask_why_not,
    "snooze": office_messages.snooze,
    "received": office_messages.received,
    "continue": _plain(my_reports.resume),
    "later": _plain(my_reports.later),
    "review": _on_report(review.summary),
    "preview": _on_report(review.preview),
    "submit": _on_report(review.submit),
    "missing": _on_report(asking.answer_missing),
    "edit": _plain(review.ask_what_to_edit),
    "delete": _plain(my_data.ask_delete),
    "deleteme": _plain(my_data.delete_me),
    "deleteall": _plain(my_data.delete_draft),
}
BUTTONS.update(office_orders.BUTTONS)
_BEFORE_CONSENT = ("join", "notmine", "agree", "disagree", "consentmore", "deleteme")


def routes(deeds: Deeds) -> Route:
    """Return what answers every message, given the deeds it may do."""

    def route(turn: Turn) -> None:
        talk = Talk(turn, deeds)
        _settle_burst(talk)
        try:
            _answer(talk)
        except NotAllowed as error:
            talk.lead.clear()
            office.refused(talk, error)
        attached.forget_unused(talk)
        if not turn.gone:
            offers.remember(talk)
            talk.save()

    return route


def _settle_burst(talk: Talk) -> None:
    """Say what came of the last burst of photos, if that had to wait; begin a new count."""
    if "burst" not in talk.state:
        return
    photos_again = any(part.photo or part.problem for part in talk.turn.received)
    unsaid = talk.turn.took_back or talk.state["burst"]["unsaid"]
    if unsaid and not photos_again and talk.draft is not None:
        talk.lead.append(photos.take_burst(talk, talk.draft))
    if not (unsaid and photos_again):
        del talk.state["burst"]


def _answer(talk: Talk) -> None:
    incoming = talk.turn.incoming
    offered = offers.picked(talk, incoming.text) if incoming.text and not incoming.start else None
    token = incoming.button or offered or ""
    if incoming.blocked is not None:
        gone_at = talk.turn.now if incoming.blocked else None
        talk.turn.store.people.mark_gone(incoming.sender.channel, incoming.sender.id, gone_at)
        if not incoming.blocked:
            start.come_back(talk)
    elif incoming.start:
        start.join(talk, incoming.start)
    elif token.startswith("c."):
        _press(talk, token)
    elif talk.turn.person.consent_version != CONSENT_VERSION:
        _before_consent(talk, incoming.text)
    elif token.startswith("q."):
        fill_report.press_token(talk, token)
    elif incoming.attachments:
        handed_over.take(talk)
    else:
        _words(talk, incoming.text)


def _press(talk: Talk, token: str) -> None:
    _, name, *rest = token.split(".", 2)
    argument = rest[0] if rest else ""
    if name not in BUTTONS:
        talk.say("button-gone")
    elif name in office_orders.BUTTONS and not office.is_officer(talk):
        talk.say("not-for-you")
    elif name in _BEFORE_CONSENT or talk.turn.person.consent_version == CONSENT_VERSION:
        BUTTONS[name](talk, argument)
    else:
        if name == "open":  # the news of a campaign, pressed by somebody who never was here
            talk.state["wanted_report"] = int(argument)
        start.ask_consent(talk)


def _before_consent(talk: Talk, text: str) -> None:
    """Take a code, and yes to "is this your school" and to the consent, also when typed."""
    said = fold(text)
    joining = talk.state.get("joining")
    if joining and said in ("co", "vang", "da", "dung roi", "ok"):
        start.confirm_school(talk, joining)
    elif joining and said in ("khong", "sai", "ko"):
        start.not_my_school(talk)
    elif read_code(text):
        start.join(talk, text)
    elif not talk.turn.store.people.units_of(talk.turn.person.id):
        start.welcome(talk)
    elif said in ("toi dong y", "ok", "co", "vang"):
        start.agree(talk)
    else:
        start.greet(talk)
        start.ask_consent(talk)


def _words(talk: Talk, text: str) -> None:
    """Decide what typed words are: an order, a command, what was asked for, an answer."""
    command = _BY_WORD.get(fold(text))
    if office_orders.obey(talk, text):
        talk.state.pop("choosing", None)
    elif command is not None:
        talk.state.pop("choosing", None)
        command(talk)
    elif _is_invitation(talk, text):
        start.join(talk, text)
    elif (want := talk.state.pop("want", None)) is not None:
        office_orders.WANTED[want["what"]](talk, want, text)
    elif talk.state.get("opening", {}).get("asked"):
        office_opening.answer_opening(talk, text)
    elif talk.draft is None:
        _without_draft(talk, text)
    else:
        _about_report(talk, talk.draft, text)


def _is_invitation(talk: Talk, text: str) -> bool:
    """Say whether a code is called by its word; an answer may only look so ("bắt đầu tháng …")."""
    code = read_call(text)
    return code is not None and talk.turn.store.people.invitation(code) is not None


def _about_report(talk: Talk, draft: Draft, text: str) -> None:
    """Decide what words about a report are: a correction, an order about photos, an answer."""
    said = fold(text)
    if (wanted := read_edit(text)) is not None or (
        talk.state.pop("choosing", None) and (wanted := read_edit(f"sửa {text}")) is not None
    ):
        review.edit(talk, draft, wanted)
    elif (order := photos.read_order(text)) is not None:
        photos.obey(talk, draft, order)
    elif said in _WAYS_BY_WORD and (step := asking.open_step(talk, draft)) is not None:
        fill_report.WAYS[_WAYS_BY_WORD[said]](talk, draft, step)
    elif not said:
        asking.repeat_question(talk, draft)
    else:
        fill_report.answer(talk, draft, text)


def _without_draft(talk: Talk, text: str) -> None:
    if read_code(text):
        start.join(talk, text)
    elif office.is_officer(talk):
        office.menu(talk)
    else:
        my_reports.show_owed(talk)
