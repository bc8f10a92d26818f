"""Sample papers: a school's report with everything in it, and classroom photos drawn by hand."""

from collections.abc import Callable
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter

from bot.documents.document import (
    Appendix,
    Column,
    Dash,
    Item,
    Letterhead,
    OfficialDocument,
    Part,
    Photo,
    Photos,
    Point,
    Row,
    Signature,
    Table,
    Text,
)

CAPTIONS = (
    "Học sinh đọc sách tại thư viện nhà trường",
    "Lễ khai mạc Tuần lễ hưởng ứng học tập suốt đời năm 2023 tại sân trường",
    "Trao học bổng cho học sinh có hoàn cảnh khó khăn",
    "Hội thi kể chuyện theo sách",
    "Lớp giáo dục kỹ năng sống phối hợp với Trung tâm Văn hóa - Thể thao và Học tập cộng đồng",
    "Giới thiệu sách trong giờ chào cờ",
)


def draw_classroom(path: Path, size: tuple[int, int], seed: int) -> None:
    """A room seen from the back: board, windows, pupils from behind."""
    width, height = size
    image = Image.new("RGB", size, (236, 224, 196))
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, height * 0.72, width, height), fill=(178, 140, 98))
    draw.rectangle(
        (width * 0.2, height * 0.12, width * 0.8, height * 0.45), fill=(38, 92 + seed % 20, 66)
    )
    for line in range(3):
        y = height * (0.2 + 0.07 * line)
        draw.line((width * 0.27, y, width * (0.5 + 0.05 * ((seed + line) % 5)), y), "white", 4)
    for x in (0.03, 0.86):
        draw.rectangle(
            (width * x, height * 0.1, width * (x + 0.11), height * 0.5), fill=(165, 206, 232)
        )
    heads = 4 + seed % 3
    for seat in range(heads):
        x, y = width * (seat + 0.5) / heads, height * (0.62 + 0.03 * (seat % 2))
        r = min(width, height) * 0.055
        draw.ellipse((x - r, y - r, x + r, y + r), fill=(40, 30, 26))
        draw.rounded_rectangle(
            (x - r * 1.7, y + r, x + r * 1.7, y + r * 5), r, fill=(240, 244, 250)
        )
        draw.polygon([(x - r, y + r), (x + r, y + r), (x, y + 2.2 * r)], fill=(206, 32, 40))
        draw.rectangle((x - r * 2.4, y + r * 4, x + r * 2.4, y + r * 6), fill=(128, 84, 48))
    noise = Image.effect_noise(size, 34).convert("RGB")
    image = Image.blend(image.filter(ImageFilter.GaussianBlur(0.6)), noise, 0.08)
    image.save(path, "JPEG", quality=80)


def photo_folder(folder: Path, sizes: list[tuple[int, int]]) -> Callable[[str], Path]:
    """Draws a photo of each size; "0" is the key of the first one."""
    for number, size in enumerate(sizes):
        draw_classroom(folder / f"{number}.jpg", size, number)
    return lambda key: folder / f"{key}.jpg"


def photos(count: int) -> Photos:
    return Photos(
        tuple(Photo(str(number), CAPTIONS[number % len(CAPTIONS)]) for number in range(count))
    )


FIGURES = Table(
    (
        Column("STT", "center"),
        Column("Nội dung"),
        Column("Đơn vị tính", "center"),
        Column("Số lượng", "right"),
        Column("Ghi chú"),
    ),
    (
        Row(("I", "Lễ khai mạc"), section=True),
        Row(("1", "Lễ khai mạc do trường chủ trì hoặc đồng tổ chức", "lễ", "1", "")),
        Row(
            (
                "2",
                "Số người của trường tham dự lễ khai mạc (tại trường hoặc tại điểm chung của xã)",
                "người",
                "587",
                "",
            )
        ),
        Row(("II", "Tuyên truyền"), section=True),
        Row(("3", "Băng rôn, khẩu hiệu đã treo", "cái", "4", "")),
        Row(("4", "Hoạt động tuyên truyền về chủ đề Tuần lễ", "hoạt động", "3", "")),
        Row(("5", "Tin, bài trên cổng thông tin điện tử của đơn vị", "tin, bài", "2", "")),
        Row(("6", "Tin, bài trên mạng xã hội (facebook, youtube, zalo…)", "tin, bài", "5", "")),
        Row(("7", "Tin, bài trên phương tiện thông tin đại chúng", "tin, bài", "0", "")),
        Row(("8", "Tin, bài phát trên truyền thanh cơ sở", "tin, bài", "-", "")),
        Row(("III", "Học tập trực tuyến, chuyển đổi số, văn hóa đọc"), section=True),
        Row(("9", "Chương trình học tập trực tuyến đã triển khai", "chương trình", "1", "")),
        Row(("10", "Tài nguyên giáo dục mở được giới thiệu", "tài nguyên", "12", "")),
        Row(("11", "Buổi học lồng ghép qua phần mềm trực tuyến", "buổi", "6", "")),
        Row(("12", "Diễn đàn, câu lạc bộ trực tuyến, giao lưu về sách", "hoạt động", "2", "")),
        Row(("13", "– Giáo viên tham gia", "lượt người", "35", "")),
        Row(("14", "– Học sinh tham gia", "lượt người", "1.080", "")),
        Row(("15", "Thư viện, tủ sách được xây dựng, bổ sung", "thư viện, tủ sách", "18", "")),
        Row(("IV", "Lớp học, tập huấn, hội thảo, giao lưu"), section=True),
        *(
            Row((str(number), label, "lớp", str(number % 4), ""))
            for number, label in enumerate(
                (
                    "Lớp đáp ứng yêu cầu người học, cập nhật kiến thức, chuyển giao công nghệ",
                    "Lớp giáo dục kỹ năng sống",
                    "Lớp học nghề cho lao động nông thôn",
                    "Lớp học khác",
                    "Trong đó: lớp phối hợp với TTVH-TT&HTCĐ",
                ),
                16,
            )
        ),
        Row(("V", "Quà, học bổng, khen thưởng"), section=True),
        Row(("21", "Phần quà đã trao", "phần", "30", "")),
        Row(("22", "Học bổng đã trao", "suất", "10", "")),
        Row(("23", "Tổng giá trị học bổng, khen thưởng", "đồng", "5.000.000", "")),
        Row(("VI", "Vận động tài trợ"), section=True),
        Row(("24", "Tổ chức, doanh nghiệp ủng hộ", "đơn vị", "2", "")),
        Row(("25", "Tổng giá trị ủng hộ (tiền và hiện vật quy đổi)", "đồng", "120.000.000", "")),
    ),
)

LETTERHEAD = Letterhead(
    superior="UBND huyện Thủ Thừa",
    issuer="Trường Tiểu học và Trung học cơ sở Tân Thành",
    symbol="THTT",
    place="Tân Thành",
    date="2023-10",
    subject="Về việc tổ chức Tuần lễ hưởng ứng học tập suốt đời năm 2023",
)

BODY = (
    Text(
        "Thực hiện Công văn của Phòng Giáo dục và Đào tạo huyện Thủ Thừa về việc triển khai Kế "
        "hoạch số 5758/KH-UBND ngày 02/10/2023 của Ủy ban nhân dân huyện Thủ Thừa; Trường Tiểu "
        "học và Trung học cơ sở Tân Thành báo cáo kết quả tổ chức Tuần lễ hưởng ứng học tập suốt "
        "đời năm 2023 như sau:"
    ),
    Part("Tổ chức triển khai Tuần lễ"),
    Item("Công tác chỉ đạo, ban hành kế hoạch triển khai, kiểm tra, đôn đốc thực hiện"),
    Text(
        "Trường đã ban hành Kế hoạch số 45/KH-THTT ngày 02/10/2023. Phó Hiệu trưởng phụ trách; "
        "Tổng phụ trách Đội và cán bộ thư viện thực hiện. Kế hoạch được phổ biến qua họp hội "
        "đồng, chào cờ, nhóm Zalo lớp."
    ),
    Item("Lễ phát động Tuần lễ"),
    Text(
        "Lễ phát động được tổ chức lúc 7h30 ngày 02/10/2023 tại sân trường, với 12 khách mời, 35 "
        "cán bộ, giáo viên, nhân viên, 540 học sinh."
    ),
    Item("Nội dung các hoạt động đã triển khai trong Tuần lễ"),
    Point("Hội thi kể chuyện theo sách ngày 04/10/2023: 180 học sinh khối 4 và khối 5 tham gia."),
    Point("Ngày hội đọc sách ngày 05/10/2023: 540 học sinh, 35 giáo viên tham gia."),
    Item("Kinh phí tổ chức Tuần lễ"),
    Dash("Ngân sách nhà nước: 1.500.000 đồng;"),
    Dash("Ngân sách hỗ trợ, vận động từ doanh nghiệp và các nguồn hợp pháp khác: 3.000.000 đồng."),
    Part("Đánh giá chung"),
    Item("Những kết quả đã đạt được; bài học kinh nghiệm"),
    Text("100% lớp có tủ sách; học sinh mượn sách nhiều hơn trước."),
    Text("Năm sau nên tiếp tục lồng ghép vào giờ chào cờ vì có nhiều học sinh tham dự hơn."),
    Item("Khó khăn, tồn tại"),
    Text("Thời gian chuẩn bị gấp; chưa mở được lớp cho người dân."),
    Item("Kiến nghị, đề xuất"),
    Text("Đề nghị Phòng Giáo dục và Đào tạo gửi kế hoạch sớm hơn."),
    Item("Bảng tổng hợp số liệu các hoạt động tổ chức Tuần lễ"),
    Text("Số liệu theo Phụ lục I, hình ảnh theo Phụ lục II kèm theo Báo cáo này."),
)


def report(photo_count: int = 6, **changes: object) -> OfficialDocument:
    """A school's report as the first campaign asks for it."""
    parts: dict[str, object] = {
        "letterhead": LETTERHEAD,
        "body": BODY,
        "signature": Signature("Phó Hiệu trưởng", "Nguyễn Văn An", "KT. Hiệu trưởng"),
        "addressees": ("Phòng Giáo dục và Đào tạo huyện Thủ Thừa",),
        "recipients": ("Như trên", "Hội Khuyến học xã Tân Thành (p/h)", "Lưu: VT"),
        "appendices": (
            Appendix(
                "Bảng tổng hợp số liệu các hoạt động tổ chức Tuần lễ hưởng ứng học tập suốt đời "
                "năm 2023",
                (FIGURES,),
            ),
            Appendix("Một số hình ảnh tiêu biểu của Tuần lễ", (photos(photo_count),)),
        ),
    }
    return OfficialDocument(**(parts | changes))  # type: ignore[arg-type]
