"""A new version of a form while its campaign runs."""

from collections.abc import Mapping
from typing import Any

from bot.author_file import TEMPLATE
from bot.forms.carrying import difference
from bot.office import say_difference
from handlers.talk import Talk
from storage.campaigns import Campaign


def offer(talk: Talk, form_id: int) -> bool:
    """Offer to replace the form of a campaign that runs; False when none asks by such a form."""
    running = _running(talk, form_id)
    if running is None:
        return False
    forms, store = talk.deeds.forms, talk.turn.store
    changed = difference(forms.get(store, running.form_id), forms.get(store, form_id))
    text = talk.text("office-form-again", title=running.title, **say_difference(changed))
    layouts = [store.campaigns.form(id)[1] for id in (running.form_id, form_id)]
    if [TEMPLATE in layout for layout in layouts] == [True, False]:
        text += "\n" + talk.text("office-form-without-template")
    talk.say_text(
        text,
        talk.choice("button-publish", f"c.opublish.{running.id}.{form_id}"),
        talk.choice("button-open-another", "c.oanother"),
        talk.choice("button-drop", "c.oquit", way=True),
    )
    return True


def _running(talk: Talk, form_id: int) -> Campaign | None:
    """Return the newest open campaign that asks by an older version of a form, if there is one."""
    campaigns = talk.turn.store.campaigns
    wanted = _form_name(campaigns.form(form_id)[1])
    for campaign in reversed(talk.desk().campaigns()):
        known = _form_name(campaigns.form(campaign.form_id)[1])
        if campaign.closed_at is None and campaign.form_id != form_id and known == wanted:
            return campaign
    return None


def _form_name(layout: Mapping[str, Any]) -> tuple[str, str]:
    """What two versions of a form share; who copies a workbook may forget to change one of them."""
    settings = layout.get("settings", {})
    return str(settings.get("form_id") or ""), str(settings.get("form_title") or "")


def publish(talk: Talk, argument: str) -> None:
    """Ask by the new version of the form from now on, in a campaign that runs."""
    campaign_id, _, form_id = argument.partition(".")
    talk.state.pop("opening", None)
    desk = talk.desk()
    campaign = next((c for c in desk.campaigns() if c.id == int(campaign_id)), None)
    if campaign is None or campaign.closed_at is not None:
        talk.say("office-plan-gone")
        return
    if campaign.form_id == int(form_id):
        talk.say("office-published-already", title=campaign.title)
        return
    desk.publish(campaign, int(form_id))
    told = talk.pass_on(desk)
    talk.say("office-published", title=campaign.title, people=str(told))
