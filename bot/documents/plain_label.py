"""A label as plain text, where there is no filling to complete it: heads of tables, outlines."""

from bot.forms.definition import Control
from bot.forms.xform import Form


def plain_label(control: Control, form: Form) -> str:
    """A label in the form's own language, with "…" for what is computed in it."""
    texts = control.label.pieces if control.label else {}
    pieces = texts.get(form.default_language) or texts.get("") or next(iter(texts.values()), ())
    return "".join(piece if isinstance(piece, str) else "…" for piece in pieces).strip()
