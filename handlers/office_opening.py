"""An officer opens a campaign: from a questionnaire that was sent, or as the last one was."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.author_file import with_template
from bot.campaign import units_under
from bot.chat import Choice, File
from bot.deadline import read_until
from bot.forms.bundle import REPORT_FILE
from bot.forms.fault_words import SHOWN, counted, listed
from bot.forms.filling import Filling
from bot.forms.vietnamese_input import fold, read_date
from bot.intake import Paper
from bot.paperwork import trial_file
from bot.totals.names import human
from bot.unit_names import find
from handlers import office, office_versions
from handlers.office import example_day, moment, named, office_of, propose, short
from handlers.talk import Talk
from storage.campaigns import NewCampaign
from storage.people import Unit

_WARNINGS_SHOWN = 5
_MIMES = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".txt": "text/plain",
}


def begin(talk: Talk) -> None:
    """Ask for the workbook of a new campaign."""
    talk.state["want"] = {"what": "form"}
    talk.say("office-send-form")


def send_sample(talk: Talk) -> None:
    """Send the workbook that a new questionnaire is made from."""
    talk.state["want"] = {"what": "form"}
    sample = File("made/sample-form/1.xlsx", "Phieu-mau.xlsx", _MIMES[".xlsx"])
    talk.say("office-sample-form", files=(sample,))


def take_form(talk: Talk, paper: Paper, *, wanted: bool) -> None:
    """Begin to open a campaign from a workbook that was sent.

    Where nobody had asked for one (``wanted``) it may be a new version of a form that is in use.
    """
    if paper.form is None:
        _show_faults(talk, paper)
        return
    store = talk.turn.store
    package = paper.form
    title = str(package.layout.get("settings", {}).get("form_title") or paper.name)
    form_hash, layout = package.sha256, package.layout
    if paper.template and not paper.template_fault:
        form_hash, layout = with_template(form_hash, layout, paper.template)
    form_id = store.campaigns.keep_form(form_hash, title, package.xform, layout, talk.turn.now)
    talk.state["opening"] = {"form": form_id, "title": title, "facts": {}}
    form = talk.deeds.forms.get(store, form_id)
    talk.lead.append(talk.text("office-form-read", title=title, questions=str(len(form.questions))))
    if package.warnings:
        seen = listed(package.warnings, talk.text, _WARNINGS_SHOWN)
        talk.lead.append(talk.text("office-form-warnings", warnings=seen))
    if paper.template_fault:
        talk.lead.append(talk.text("office-template-fault", fault=paper.template_fault))
    elif paper.template:
        talk.lead.append(talk.text("office-template-kept", name=REPORT_FILE))
    if wanted or not office_versions.offer(talk, form_id):
        _ask_next(talk)


def open_another(talk: Talk) -> None:
    """It is a new campaign, not a new version of the form of one that runs."""
    if "opening" in talk.state:
        _ask_next(talk)
    else:
        talk.say("office-plan-gone")


def _show_faults(talk: Talk, paper: Paper) -> None:
    """Say what to mend in a workbook; the officer may send it again at once."""
    if not paper.is_form:  # what is sent next is not known for a form by itself either
        talk.state["want"] = {"what": "form"}
    files: tuple[File, ...] = ()
    shown = ""
    if paper.fault_key:
        suffix = Path(paper.fault_key).suffix
        files = (File(paper.fault_key, f"{Path(paper.name).stem}-loi{suffix}", _MIMES[suffix]),)
        key = "office-form-marked" if suffix == ".xlsx" else "office-form-listed"
        shown = talk.text(key)
    talk.say(
        "office-form-fault",
        files=files,
        counted=counted(paper.faults, talk.text),
        fault=listed(paper.faults, talk.text, SHOWN),
        shown=shown,
    )


def take_template(talk: Talk, paper: Paper) -> None:
    """Lay the report out as the author's own Word file says, in the campaign being opened."""
    opening = talk.state.get("opening")
    if opening is None or paper.template_fault:
        talk.say("office-template-fault", fault=paper.template_fault or "–")
        return
    store = talk.turn.store
    xform, layout = store.campaigns.form(opening["form"])
    form_hash, layout = with_template(
        store.totals.form_hash(opening["form"]), layout, paper.template
    )
    title = talk.deeds.forms.get(store, opening["form"]).title
    opening["form"] = store.campaigns.keep_form(form_hash, title, xform, layout, talk.turn.now)
    talk.lead.append(talk.text("office-template-kept", name=paper.name))
    _ask_next(talk)


def repeat(talk: Talk, until: str) -> None:
    """Begin the same campaign for the next period: same form, facts and schools."""
    campaign = office.campaign_of(talk)
    if campaign is None:
        return
    talk.state["opening"] = {
        "form": campaign.form_id,
        "title": "",
        "facts": {},
        "previous": campaign.id,
        "suggest": campaign.facts,
        "old_title": campaign.title,
    }
    if until:
        _take_due(talk, talk.state["opening"], until)
    _ask_next(talk)


def pass_down(talk: Talk, report_id: str) -> None:
    """Begin to ask one's own schools for what the office above has asked for."""
    report = talk.desk().report(int(report_id))
    if report is None or report.unit.kind != "office":
        talk.say("office-plan-gone")
        return
    above = report.campaign
    talk.state["opening"] = {
        "form": above.form_id,
        "title": above.title,
        "facts": dict(above.facts),
        "parent": above.id,
        "office": report.unit.id,
    }
    talk.lead.append(talk.text("office-pass-down", title=above.title, due=above.due_text))
    _ask_next(talk)


def answer_opening(talk: Talk, text: str) -> None:
    """Take the answer to what was asked about the campaign that is being opened."""
    opening = talk.state["opening"]
    asked = opening.get("asked", "")
    if asked == "title":
        opening["title"] = text.strip()[:300]
    elif asked == "due":
        _take_due(talk, opening, text)
    elif asked == "to":
        _take_recipients(talk, opening, text)
    elif asked.startswith("fact "):
        opening["facts"][asked[5:]] = _canonical(talk, text)
    _ask_next(talk)


def skip_fact(talk: Talk) -> None:
    """Leave a fact of the campaign empty, or as it was last time or stands in the form."""
    opening = talk.state.get("opening")
    if opening is None or not opening.get("asked", "").startswith("fact "):
        talk.say("office-plan-gone")
        return
    name = opening["asked"][5:]
    opening["facts"][name] = _suggested(talk, opening, name)[2]
    _ask_next(talk)


def try_form(talk: Talk) -> None:
    """Show the document that would come of the form: answered by chance, before anyone is asked."""
    opening = talk.state.get("opening")
    if opening is None:
        talk.say("office-plan-gone")
        return
    form, now = opening["form"], talk.turn.now
    name = human(talk.text("office-trial-name", title=opening["title"]))
    talk.say("office-trial", files=(trial_file(form, now, name),))
    talk.say("office-trial-pages", files=(trial_file(form, now, name, "page.png"),))
    _ask_next(talk)


def cancel_opening(talk: Talk) -> None:
    """Open nothing."""
    talk.state.pop("opening", None)
    talk.say("office-dropped")


def _take_due(talk: Talk, opening: dict[str, Any], text: str) -> None:
    due_at = read_until(text, talk.deeds.timezone, talk.turn.now)
    if due_at is None:
        unclear = talk.text("office-until-unclear", typed=text, day=example_day(talk))
        talk.lead.append(unclear)
    else:
        opening["due_text"], opening["due_at"] = text.strip()[:200], due_at.isoformat()


def _take_recipients(talk: Talk, opening: dict[str, Any], text: str) -> None:
    units = recipients(talk, office_of(talk), text)
    if units:
        opening["units"] = [unit.id for unit in units]
    else:
        talk.lead.append(talk.text("office-no-recipients", typed=text))


def recipients(talk: Talk, office_unit: Unit, words: str) -> list[Unit]:
    """Return the schools that words name: all, levels, clusters, or single schools."""
    schools = units_under(talk.turn.store, office_unit.id, talk.turn.now)
    said = fold(words)
    if said in ("tat ca", "het", "toan bo", "tat ca cac truong", "cac truong"):
        return schools
    wanted = [
        part.strip() for part in re.split(r"[,;\n]|\bva\b", re.sub(r"^(cap|khoi) ", "", said))
    ]
    found: dict[int, Unit] = {}
    for part in filter(None, wanted):
        group = [
            u for u in schools if part in (fold(u.level), fold(u.cluster), f"cap {fold(u.level)}")
        ]
        if not group:
            match = find(part, schools)
            group = [u for u in schools if match.exact is not None and u.id == match.exact.id]
        if not group:
            return []
        found.update({unit.id: unit for unit in group})
    return list(found.values())


def _canonical(talk: Talk, text: str) -> str:
    """Return a fact as it is kept: a date that is written as a date becomes one."""
    typed = text.strip()
    if re.fullmatch(r"(?:ngày\s*)?\d{1,2}[/.-]\d{1,2}[/.-]\d{4}", typed):
        reading = read_date(typed, talk.turn.now.astimezone(talk.deeds.timezone).date())
        return reading.value or typed
    return typed


def _ask_next(talk: Talk) -> None:
    """Ask for the next thing that a new campaign needs; read it back when all is there."""
    opening = talk.state["opening"]
    cancel = talk.choice("button-drop", "c.oquit", way=True)
    if not opening.get("title"):
        opening["asked"] = "title"
        old = opening.get("old_title", "")
        talk.say("office-ask-title", cancel, old=old)
    elif "due_at" not in opening:
        opening["asked"] = "due"
        trial = talk.choice("button-trial", "c.otrial")
        talk.say("office-ask-due", trial, cancel, day=example_day(talk))
    elif (fact := _next_fact(talk, opening)) is not None:
        opening["asked"] = f"fact {fact[0]}"
        said, skip, value = _suggested(talk, opening, fact[0])
        talk.say(
            "office-ask-fact",
            talk.choice(skip, "c.oskipfact", way=True),
            cancel,
            name=fact[1],
            before=talk.text(said, value=value) if value else "",
        )
    elif "units" not in opening:
        _ask_recipients(talk, opening, cancel)
    else:
        _read_back(talk, opening)


def _suggested(talk: Talk, opening: Mapping[str, Any], name: str) -> tuple[str, str, str]:
    """Return what a fact is if nothing else is said, with the keys of how it is offered."""
    before = str(opening.get("suggest", {}).get(name, ""))
    if before:
        return "office-fact-before", "button-as-before", before
    form = talk.deeds.forms.get(talk.turn.store, opening["form"])
    env = talk.deeds.environment(talk.turn.now, talk.turn.person.language)
    computed = any(action.target.name == name for action in form.actions)  # when a school begins
    written = "" if computed else Filling.start(form, env).value(name)
    return "office-fact-default", "button-as-in-form" if written else "button-skip", written


def _next_fact(talk: Talk, opening: dict[str, Any]) -> tuple[str, str] | None:
    form = talk.deeds.forms.get(talk.turn.store, opening["form"])
    for row in form.layout.get("survey", ()):
        if row.get("type") == "hidden" and row["name"] not in opening["facts"]:
            columns = row.get("columns", {})
            return row["name"], str(columns.get("report::short") or row["name"])
    return None


def _ask_recipients(talk: Talk, opening: dict[str, Any], cancel: Choice) -> None:
    opening["asked"] = "to"
    schools = units_under(talk.turn.store, office_of(talk).id, talk.turn.now)
    levels = list(dict.fromkeys(unit.level for unit in schools if unit.level))
    clusters = list(dict.fromkeys(unit.cluster for unit in schools if unit.cluster))
    groups = []
    if levels:
        groups.append(talk.text("office-group-levels", levels=", ".join(levels)))
    if clusters:
        groups.append(talk.text("office-group-clusters", clusters=", ".join(clusters)))
    talk.say(
        "office-ask-recipients",
        talk.choice("button-all-schools", "c.oall"),
        cancel,
        count=str(len(schools)),
        groups=talk.text("office-groups", groups=", ".join(groups)) if groups else "",
    )


def to_all(talk: Talk) -> None:
    """Ask all schools."""
    if talk.state.get("opening", {}).get("asked") == "to":
        answer_opening(talk, "tất cả")
    else:
        talk.say("office-plan-gone")


def _read_back(talk: Talk, opening: dict[str, Any]) -> None:
    opening["asked"] = ""
    due_at = datetime.fromisoformat(opening["due_at"])
    buttons = propose(talk, {"deed": "open"}, talk.text("button-open-now"))
    facts = [f"– {name}: {value}" for name, value in _shown_facts(talk, opening) if value]
    schools = units_under(talk.turn.store, office_of(talk).id, talk.turn.now)
    names = [short(unit.name) for unit in schools if unit.id in opening["units"]]
    talk.say(
        "office-open",
        *buttons,
        title=opening["title"],
        due=opening["due_text"],
        until=moment(talk, due_at),
        count=str(len(opening["units"])),
        names=f": {named(names)}" if len(names) < len(schools) else "",
        facts="\n".join(facts),
    )


def _shown_facts(talk: Talk, opening: dict[str, Any]) -> list[tuple[str, str]]:
    form = talk.deeds.forms.get(talk.turn.store, opening["form"])
    rows = [row for row in form.layout.get("survey", ()) if row.get("type") == "hidden"]
    return [
        (
            str(row.get("columns", {}).get("report::short") or row["name"]),
            opening["facts"].get(row["name"], ""),
        )
        for row in rows
    ]


def open_planned(talk: Talk, plan: Mapping[str, Any]) -> None:
    """Open the campaign that was read back."""
    if "opening" not in talk.state:
        talk.say("office-plan-gone")
        return
    office_unit = office_of(talk)
    opening = talk.state.pop("opening")
    previous = opening.get("previous")
    before = talk.turn.store.campaigns.campaign(previous) if previous else None
    new = NewCampaign(
        office_id=office_unit.id,
        form_id=opening["form"],
        title=opening["title"],
        due_text=opening["due_text"],
        due_at=datetime.fromisoformat(opening["due_at"]).astimezone(UTC),
        facts={name: value for name, value in opening["facts"].items() if value},
        mailbox=before.mailbox if before else "",
        ladder=before.ladder if before else [],
        sign_off=before.sign_off if before else False,
        previous_id=previous,
        parent_id=opening.get("parent"),
    )
    desk = talk.desk()
    campaign_id = desk.open_campaign(new, opening["units"])
    talk.state["campaign"] = campaign_id
    reached = talk.pass_on(desk)
    talk.say(
        "office-opened",
        talk.choice("button-send-dispatch", "c.osenddispatch"),
        talk.choice("button-progress", "c.oprogress"),
        title=new.title,
        count=str(len(opening["units"])),
        reached=str(reached),
    )


def ask_dispatch(talk: Talk) -> None:
    """Ask for the file of the dispatch."""
    talk.state["want"] = {"what": "dispatch"}
    talk.say("office-send-dispatch")


def take_dispatch(talk: Talk, paper: Paper) -> None:
    """Keep the file of the dispatch with the campaign; teachers can ask for it."""
    campaign = office.campaign_of(talk)
    if campaign is None:
        return
    talk.desk().change(
        campaign,
        dispatch_key=paper.key,
        dispatch={**campaign.dispatch, "name": paper.name},
    )
    talk.say("office-dispatch-kept", title=campaign.title, name=paper.name)
