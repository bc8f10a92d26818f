"""Answers put into an author's sentences, as official papers write them."""

from typing import Final

import regex

from bot.documents import vietnamese
from bot.documents.characters import clean
from bot.errors import FormError
from bot.forms.definition import Question
from bot.forms.filling import Filling

_CHOICES: Final = ("select_one", "select_multiple", "rank")
_END: Final = "\ue000"  # stands behind each answer until the sentence around it is known
_DOUBLED: Final = regex.compile(rf"(?<!\.)[.;,\s]+{_END}(?=\s*[.;,:)])")
_AFTER_DOTS: Final = regex.compile(rf"(\.\.\.?|…){_END}\s*\.(?!\.)")


class Writer:
    """Writes texts of the ``report`` sheet with one school's answers in them."""

    def __init__(self, filling: Filling) -> None:
        self._filling = filling

    def text(self, row: int, template: str, context: str = "") -> str:
        """``template`` with its answers; "" when one of them is missing.

        ``row`` is the row of the sheet, ``context`` the row of a repeat it is read in.

        Raises:
            FormError: the template names what does not exist.
        """
        try:
            text, complete = self._filling.fill(template, context, self.show)
        except FormError as error:
            raise FormError("report", row, error.problem) from error
        return clean(_joined(text)) if complete else ""

    def raw(self, row: int, template: str) -> str:
        """Like ``text``, but answers stay as they are kept: a date is "2023-10-02"."""
        try:
            text, complete = self._filling.fill(template, "", lambda _question, _ref, value: value)
        except FormError as error:
            raise FormError("report", row, error.problem) from error
        return clean(text) if complete else ""

    def holds(self, row: int, expression: str, context: str = "") -> bool:
        """Whether a row is relevant; one without an expression is.

        Raises:
            FormError: the expression cannot be read.
        """
        if not expression.strip():
            return True
        try:
            return self._filling.test(expression, context)
        except FormError as error:
            raise FormError("report", row, error.problem) from error

    def show(self, question: Question, ref: str, value: str) -> str:
        """One answer, as ``Filling.fill`` asks for it."""
        text = written(self._filling, question, ref, value)
        return text + _END if text else ""


def written(filling: Filling, question: Question, ref: str, value: str) -> str:
    """An answer as official papers write it; a choice in its own words."""
    chosen = question.type in _CHOICES
    return clean(filling.label(ref, value) if chosen else shown(question, value))


def shown(question: Question, value: str, *, unit: bool = True) -> str:
    """An answer that is no choice, with its unit if it has one."""
    columns = question.columns
    return vietnamese.show(
        value,
        question.type,
        unit=columns.get("report::unit", "") if unit else "",
        decimals=columns.get("report::decimals", ""),
        appearance=question.appearance,
    )


def _joined(text: str) -> str:
    """No "..", when an answer ends as the sentence around it goes on or ends."""
    text = _AFTER_DOTS.sub(r"\1", text)
    return _DOUBLED.sub("", text).replace(_END, "")
