"""An outline for a form that has none: its groups, its labels, its answers."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.documents.plain_label import plain_label
from bot.forms.definition import Control
from bot.forms.xform import Form

_PROFILE = {  # where a letterhead finds what a school has told once, or else who is known to send
    "superior": ("superior", "cap_tren", "co_quan"),
    "issuer": ("full_name", "don_vi"),
    "symbol": ("symbol", "ky_hieu"),
    "place": ("place", "dia_danh"),
    "addressee": ("", "co_quan"),
    "signer_name": ("signer_name", "nguoi_ky"),
    "signer_title": ("signer_title", "chuc_vu"),
}
_HEAD = "THỦ TRƯỞNG ĐƠN VỊ"  # who signs, where the form does not ask


def plain_rows(form: Form, facts: Mapping[str, str]) -> list[dict[str, Any]]:
    """Rows as the ``report`` sheet has them: a part for each group, a dash for each answer.

    ``facts``: what is known of the report beside its answers, by the names an own file uses.
    """
    profile = {
        question.columns["bot::profile"]: question.path
        for question in form.fields.values()
        if question.columns.get("bot::profile")
    }
    texts = {name: fact.replace("${", "$ {") for name, fact in facts.items()}
    texts["chuc_vu"] = _HEAD
    texts |= {key: f"${{{path}}}" for key, path in profile.items()}
    head = [
        {"kind": kind, "text": next(filter(None, map(texts.get, names)), "")}
        for kind, names in _PROFILE.items()
    ]
    subject = {"kind": "subject", "text": form.title}
    return [*head, subject, *_body(form.body, form, top=True)]


def _body(controls: Sequence[Control], form: Form, *, top: bool) -> Iterator[dict[str, Any]]:
    for control in controls:
        if control.kind == "group":
            if label := plain_label(control, form):
                yield {"kind": "part" if top else "item", "text": label}
            yield from _body(control.kids, form, top=top and not label)
        elif control.kind == "repeat" and control.spec is not None:
            yield from _repeat(control, form)
        elif control.question is not None:
            yield from _answer(control, form)


def _repeat(control: Control, form: Form) -> Iterator[dict[str, Any]]:
    assert control.spec
    if label := plain_label(control, form):
        yield {"kind": "item", "text": label}
    kinds = [kid.question.type for kid in control.kids if kid.question]
    shown = "photos" if "image" in kinds else "table"
    yield {"kind": shown, "source": control.spec.path}


def _answer(control: Control, form: Form) -> Iterator[dict[str, Any]]:
    question = control.question
    assert question
    if question.type == "image":
        yield {"kind": "photos", "source": question.path}
    elif question.type not in ("note", "hidden"):
        label = question.columns.get("report::short") or plain_label(control, form)
        label = label.rstrip("?:. ")
        with_it = " (kèm theo)" if question.type in ("file", "audio", "video") else ""
        said = f"{label}: ${{{question.path}}}{with_it}."
        yield {"kind": "dash", "text": said if label else ""}
