"""A questionnaire of a few questions, asked by all bots under test, and what people answer."""

QUESTIONS: tuple[tuple[str, str], ...] = (  # (question, answer)
    ("Trường có bao nhiêu lớp?", "18"),
    ("Trường có bao nhiêu học sinh?", "560"),
    ("Ai phụ trách Tuần lễ?", "Phó Hiệu trưởng phụ trách chung"),
    ("Lễ phát động diễn ra ở đâu?", "tại sân chơi của nhà trường"),
    ("Có bao nhiêu khách mời dự lễ?", "12"),
    ("Bao nhiêu học sinh dự lễ?", "540"),
    ("Khách mời gồm những ai?", "đại diện UBND xã, Hội Khuyến học xã"),
    ("Đã treo bao nhiêu băng rôn, khẩu hiệu?", "4"),
    ("Kết quả rõ nhất là gì?", "học sinh mượn sách nhiều hơn trước"),
    ("Đã trao bao nhiêu suất học bổng?", "5"),
    ("Trường gặp khó khăn gì?", "thời gian chuẩn bị gấp"),
    ("Thầy cô đề nghị điều gì?", "gửi kế hoạch sớm hơn"),
)


def xform() -> str:
    """The questionnaire as an XForm."""
    fields = "".join(f"<q{n}/>" for n in range(len(QUESTIONS)))
    binds = "".join(
        f'<bind nodeset="/data/q{n}" type="{"int" if answer.isdigit() else "string"}"/>'
        for n, (_, answer) in enumerate(QUESTIONS)
    )
    body = "".join(
        f'<input ref="/data/q{n}"><label>{question}</label></input>'
        for n, (question, _) in enumerate(QUESTIONS)
    )
    return (
        '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml">'
        f"<h:head><h:title>Tuần lễ</h:title><model><instance>"
        f'<data id="bench" version="1">{fields}<meta><instanceID/></meta></data></instance>'
        f'{binds}<bind nodeset="/data/meta/instanceID" type="string" preload="uid"/>'
        f"</model></h:head><h:body>{body}</h:body></h:html>"
    )
