"""An officer sends a form with lists, pictures and a Word file in one ZIP; a teacher sees them."""

from bot.documents.vietnamese import clean
from tests.documents.word import read, word
from tests.forms.test_bundle import packed
from tests.forms.workbooks import workbook
from tests.samples import photo
from tests.talks.district import District
from tests.talks.paper import Person, Talk
from tests.talks.test_own_layout import document

FORM = """
| type                         | name | label                   | media::image | required |
| note                         | mo   | Xem ảnh mẫu trước nhé   | mau.jpg      |          |
| select_one_from_file lop.csv | lop  | Lớp nào?                |              | yes      |
| select_one loai              | loai | Bàn ghế giống hình nào? | ban.jpg      | yes      |
| integer                      | so   | Bao nhiêu bộ?           |              | yes      |
## choices
| list_name | name | label | image   |
| loai      | a    | Tốt   | tot.jpg |
| loai      | b    | Hỏng  | hong.jpg |
| loai      | c    | Không rõ |      |
## settings
| form_title | form_id |
| Bàn ghế    | ban_ghe |
"""
OWN = "{{ bao_cao.don_vi }}: lớp {{ lop }} có {{ so }} bộ {{ loai }}."
PICTURES = ("mau.jpg", "ban.jpg", "tot.jpg", "hong.jpg")


def bundle(own: str = OWN) -> bytes:
    return packed(
        {
            "ban-ghe/form.xlsx": workbook(FORM),
            "ban-ghe/lop.csv": "name;label\r\n1a;Lớp 1A\r\n2b;Lớp 2B\r\n",
            "ban-ghe/report.docx": word(own),
            **{f"ban-ghe/{name}": photo(seed, (320, 240)) for seed, name in enumerate(PICTURES)},
        }
    )


async def opened(talk: Talk) -> Person:
    """The teacher of the first school, asked by the form of the bundle."""
    district = District(talk)
    await district.found()
    officer = district.officer
    heard = await officer.send_file("ban-ghe.zip", bundle())
    assert 'Đã nhận mẫu Word "report.docx"' in heard
    assert "nên xem lại" not in heard
    await officer.press("Xem thử văn bản")
    (said,) = read(await document(talk, officer))
    assert said.startswith("Trường TH và THCS Diễn Tập: lớp Lớp ")
    await officer.say("trước ngày 15/11/2023")
    await officer.say("tất cả")
    assert "Đã mở đợt" in await officer.press("Mở đợt")
    return district.teachers["Trường TH Bình An"]


async def names(talk: Talk, person: Person) -> list[list[str]]:
    """The files of the last messages; each is there to be sent."""
    for message in person.messages:
        for file in message.files:
            if file.mime == "image/jpeg":
                assert (await talk.bot.files.path(file.key)).read_bytes().startswith(b"\xff\xd8")
    return [[file.name for file in message.files] for message in person.messages]


async def test_pictures_stand_with_what_they_belong_to(talk: Talk):
    teacher = await opened(talk)
    await teacher.say("báo cáo")
    heard = await teacher.press("Bắt đầu")
    assert heard.index("Xem ảnh mẫu") < heard.index("Lớp nào?")
    assert (await names(talk, teacher))[-2:] == [["mau.jpg"], []]
    assert "Lớp 2B" in [choice.label for choice in teacher.last.choices]
    heard = await teacher.press("Lớp 2B")
    assert "Ảnh lần lượt: ảnh của câu hỏi, Tốt, Hỏng." in heard
    assert (await names(talk, teacher))[-1] == ["ban.jpg", "tot.jpg", "hong.jpg"]
    heard = await teacher.say("xanh đỏ")  # no choice: asked again, the pictures are above
    assert "giống hình nào" in heard
    assert (await names(talk, teacher))[-1] == []
    await teacher.press("Hỏng")
    await teacher.say("12")
    await teacher.press("Nộp")
    assert [clean(line) for line in read(await document(talk, teacher))] == [
        "Trường TH Bình An: lớp Lớp 2B có 12 bộ Hỏng."
    ]


async def test_a_word_file_with_faults_is_said_and_the_form_is_taken(talk: Talk):
    district = District(talk)
    await district.found()
    heard = await district.officer.send_file("ban-ghe.zip", bundle("Có {{ so_bo }}"))
    assert "Mẫu Word này chưa dùng được" in heard
    assert "{{ so_bo }}: phiếu không có" in heard
    assert "Hạn nộp" in heard
    heard = await district.officer.send_file("report.docx", word(OWN))
    assert "Đã nhận mẫu Word" in heard


async def test_a_zip_without_a_form_says_what_to_send(talk: Talk):
    district = District(talk)
    await district.found()
    await district.officer.say("mở đợt")
    heard = await district.officer.send_file("anh.zip", packed({"anh.jpg": photo(1, (320, 240))}))
    assert "Trong tệp nén này không có phiếu nào" in heard
    assert "Hạn nộp" in await district.officer.send_file("ban-ghe.zip", bundle())


async def test_a_new_version_without_the_word_file_says_so(talk: Talk):
    district = District(talk)
    await district.found()
    await district.officer.send_file("ban-ghe.zip", bundle())
    await district.officer.say("trước ngày 15/11/2023")
    await district.officer.say("tất cả")
    await district.officer.press("Mở đợt")
    later = workbook(FORM.replace("Bao nhiêu bộ?", "Có bao nhiêu bộ?"))
    heard = await district.officer.send_file("form.xlsx", later)
    assert "đang chạy với bản trước" in heard
    assert "bản này không kèm mẫu" in heard
    later = bundle(OWN + " Hết.")
    heard = await district.officer.send_file("ban-ghe.zip", later)
    assert "đang chạy với bản trước" in heard
    assert "không kèm mẫu" not in heard
