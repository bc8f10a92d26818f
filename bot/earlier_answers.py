"""What a school has said in another report lately, for the questions that want it: ``bot::from``.

The column names a form and a question of it, ``kich_ban_le_khai_mac:phan``. The answer of the
newest report of that form that the school has submitted stands under the question when it comes.
It is asked all the same: a plan is not yet what has happened.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Final

from bot.forms.filling import Environment, Filling
from bot.forms.xform import Form
from storage.store import Store

LATELY: Final = timedelta(days=120)
"""An older answer is about something else: last year's ceremony is not this year's."""


def earlier_answers(
    store: Store, form_of: Callable[[Store, int], Form], form: Form, unit_id: int, env: Environment
) -> dict[str, str]:
    """Return canonical values by the names of ``form``'s questions.

    ``form_of`` returns the compiled form of an id.
    """
    wanted = [
        (question.name, *wish.split(":", 1))
        for question in form.questions
        if ":" in (wish := question.columns.get("bot::from", ""))
    ]
    if not wanted:
        return {}
    found: dict[str, Filling] = {}  # the newest by the form's own id
    for form_id, state in store.reports.submitted_since(unit_id, env.now - LATELY):
        earlier = form_of(store, form_id)
        if earlier.id not in found:
            found[earlier.id] = Filling.resume(earlier, state, env)
    return {
        name: found[form_name].value(source)
        for name, form_name, source in wanted
        if form_name in found and source in found[form_name].form.by_name
    }
