"""A workbook and a Word file that nobody programmed anything for: filled in chat, and printed."""

from pathlib import Path

from bot import operator
from tests.documents.word import read
from tests.talks.conftest import join
from tests.talks.paper import Talk, replay

FORM = Path("templates/an-toan-bep-an/form.xlsx")
TALK = """
    > UBND xã Bình An
    > mnhs
    > Bình An
    > Nguyễn Thị B
    > [Phó Hiệu trưởng]
        Trường tổ chức ăn bán trú thế nào?
    > [Trường tự nấu]
    > 320
    > 2
    > 25k
        Bao nhiêu người nấu ăn, phục vụ?
    > 6
    > 7
        Từ 0 đến số người nấu ăn, phục vụ: 6
    > 5
    > 6
    > bốn
    > ko có
        Bếp ăn đã làm được những việc nào?
    > 1 2 4 5
        Những việc chưa làm: vì sao, bao giờ làm xong?
    > Đang chờ kết quả kiểm nghiệm nước
    > [Xong]
    > Hợp tác xã rau Bình An
    > rau, củ, quả
    > [Có]
    > [Có]
    > [Đủ rồi]
    > không
    > bỏ qua
        Đã đủ các câu.
    > [Nộp]
        ✅ Đã nộp
"""


async def test_a_school_gets_its_report_in_the_authors_own_layout(talk: Talk):
    bot = talk.bot
    order = operator.CampaignOrder(
        form=FORM, office="UBND xã Bình An", due="trước ngày 15/10/2023", title="An toàn bếp ăn"
    )
    await operator.open_campaign(bot.database, bot.files, bot.deeds, order, talk.clock())
    invited = await operator.invite(
        bot.database, bot.deeds, school="MN Hoa Sen", level="MN", role="reporter", now=talk.clock()
    )
    lan = talk.person()
    await join(lan, invited.code)
    await replay(lan, TALK)
    (file,) = lan.last.files
    assert file.name == "Bao-cao-An-toan-bep-an-MN-Hoa-Sen.docx"
    lines = read((await bot.files.path(file.key)).read_bytes())
    assert "| 320 | 2 | 25.000 | 6 | 5 | 6 |" in lines
    assert "| 3 | Kiểm nghiệm nguồn nước trong năm | Chưa làm |" in lines
    assert "Còn 1 người nấu ăn, phục vụ chưa có giấy khám sức khỏe còn hạn." in lines
    assert "Nhà trường không có đề nghị./." in lines
