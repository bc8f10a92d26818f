"""A school answers in chat and gets its report back."""

from tests.samples import photo
from tests.talks.conftest import join
from tests.talks.newcomer import fill
from tests.talks.paper import Talk


async def test_a_newcomer_who_only_answers_gets_the_report_done(talk: Talk, code: str):
    lan = talk.person("1", "Cô Lan")
    prompt = await join(lan, code)
    album = [photo(seed) for seed in range(6)]

    async def send_photos(count: int) -> str:
        order = [0] if count == 1 else [2, 0, 1, 5, 4, 3]
        return await lan.send_photos(album, album=f"a{count}", order=order)

    heard = await fill(prompt, lan.say, send_photos)
    for reply, said in heard:
        print(f"> {reply}\n{said}\n")
    said = await lan.press("Nộp")
    print(said)
    assert "✅ Đã nộp lúc 08:00 ngày 09/10/2023 – mã biên nhận BC-" in said
    assert lan.last.files[0].name == "Bao-cao-Tuan-le-HTSD-TH-THCS-Tan-Thanh.docx"
