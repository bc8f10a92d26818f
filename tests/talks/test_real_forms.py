"""Public forms of every kind of question, answered in chat to the end, by words and files alone."""

from pathlib import Path

import pytest

from bot.errors import BotError
from bot.forms.filling import Step
from tests.samples import photo
from tests.talks.answers import READER
from tests.talks.paper import START
from tests.talks.sheets import Asked
from tests.talks.test_files import MP4, OGG, PDF

FORMS = Path(__file__).parents[3] / "shared" / "xlsforms"
NAMES = (
    "all-question-types-v2024091201-3.xlsx",
    "widgets.xls",
    "xlsform_spec_test.xlsx",
    "tutorial.xls",
    "choice_filter_test.xlsx",
    "table-list.xls",
    "or_other.xlsx",
    "loop.xlsx",
)
MOST_TURNS = 220
TYPED = {  # in this order, as long as the form's author refuses them
    "text": ("Học sinh đọc sách",),
    "barcode": ("893-5049",),
    "integer": ("7", "4", "12"),
    "decimal": ("12,5", "6,5"),
    "date": ("2/10/2023", "2/10/2030"),
    "time": ("7h30",),
    "dateTime": ("7h30 ngày 2/10/2023",),
    "geopoint": ("10,535 106,404",),
    "acknowledge": ("đã xem",),
    "month-year": ("10/2023",),
    "year": ("2023",),
}
SENT = {"audio": (OGG, "voice"), "video": (MP4, "video"), "file": (PDF, "file")}


async def answer(asked: Asked, step: Step, attempt: int) -> str:
    """Answer the open question as its kind wants it; what chat cannot ask is passed by."""
    teacher = asked.teacher
    if "không trả lời được qua chat" in teacher.last.text:
        return await teacher.say("để sau" if step.required else "bỏ qua")
    confirm = [choice.label for choice in teacher.last.choices if choice.token.endswith(".yes")]
    if confirm:
        return await teacher.press(confirm[0])
    if step.question is not None and step.question.type in SENT:
        content, how = SENT[step.question.type]
        return await asked.send(content, "tep.pdf" if how == "file" else "", kind=how)
    if step.question is not None and step.question.type == "image":
        return await teacher.send_photos([photo(len(teacher.messages), (400, 300))])
    return await teacher.say(words(teacher.last.text, step, attempt))


def words(prompt: str, step: Step, attempt: int) -> str:
    """What somebody would type; of a range its least number, as the prompt gives it."""
    if step.question is None:
        return "đủ rồi"
    kind, appearance = step.question.type, step.question.appearance
    if kind == "rank":
        return " ".join(str(n) for n in range(len(step.choices), 0, -1))
    if step.choices:
        return step.choices[-1].label or step.choices[-1].name
    if kind == "range" and "Nhập số từ " in prompt:
        return prompt.split("Nhập số từ ")[1].split(" ")[0]
    ways = TYPED.get(appearance if kind == "date" else kind, TYPED.get(kind, ("bỏ qua",)))
    return ways[(attempt - 1) % len(ways)]


async def open_step(asked: Asked) -> Step | None:
    """The question that is open for the teacher, as the bot has it in mind."""

    def look(store) -> Step | None:
        person = store.people.person_at("paper", asked.teacher.address.id)
        report = store.reports.report(1)
        ref = person.state.get("at")
        if ref is None or not report.state:
            return None
        return asked.talk.bot.deeds.draft_of(store, report, READER, START).filling.step(ref)

    return await asked.talk.bot.database.read(look)


@pytest.mark.parametrize("name", NAMES)
async def test_a_public_form_is_answered_to_its_end(tmp_path: Path, name: str):
    if not FORMS.is_dir():
        pytest.skip("the collection of public forms is not here")
    asked = Asked(tmp_path)
    try:
        await asked.open((FORMS / name).read_bytes(), name)
    except BotError as refusal:
        await asked.talk.close()
        pytest.skip(f"refused when it is imported: {str(refusal)[:150]}")
    heard = await asked.begin()
    tries: dict[str, int] = {}
    for _ in range(MOST_TURNS):
        assert "chưa xử lý được" not in heard, heard
        step = await open_step(asked)
        if step is None or "Đã đủ các câu" in heard:
            break
        tries[step.ref] = tries.get(step.ref, 0) + 1
        if tries[step.ref] > 3:
            heard = await asked.teacher.say("để sau")
        else:
            heard = await answer(asked, step, tries[step.ref])
    stuck = [ref for ref, count in tries.items() if count > 3]
    assert stuck == []
    assert "Đã đủ các câu" in heard or "Còn những câu này" in heard, heard[-500:]
    await asked.talk.close()
