"""A newcomer who only ever answers what is asked: the part of a question -> what they say.

Reads nothing but the bot's words, so the same newcomer fills the report on every channel.
"""

from collections.abc import Awaitable, Callable

PHOTOS = {"(một ảnh)": 1, "(sáu ảnh)": 6}

REPLIES: tuple[tuple[str, str], ...] = (
    ("Tên đầy đủ của trường", "Trường Tiểu học và Trung học cơ sở Tân Thành"),
    ("Trường thuộc cấp nào", "TH&THCS"),
    ("cơ quan nào quản lý trường", "UBND huyện Thủ Thừa"),
    ("Chữ viết tắt tên trường", "THTT"),
    ("Địa danh ghi trước ngày tháng", "Tân Thành"),
    ("Ai ký báo cáo", "Nguyễn Văn An"),
    ("Chức vụ của người ký", "phó hiệu trưởng"),
    ("bao nhiêu lớp", "18"),
    ("Trường có bao nhiêu học sinh", "560"),
    ("bao nhiêu cán bộ, giáo viên, nhân viên?", "38"),
    ("thường gửi thêm nơi nào", "bỏ qua"),
    ("kế hoạch riêng không", "có"),
    ("Số kế hoạch", "45/KH-THTT"),
    ("Kế hoạch ban hành ngày nào", "29/9"),
    (
        "Ai phụ trách và phân công",
        "Phó Hiệu trưởng phụ trách chung; thư viện và Tổng phụ trách Đội thực hiện",
    ),
    ("phổ biến Tuần lễ bằng những cách nào", "1, 2 và 4"),
    ("kiểm tra, nhắc nhở việc thực hiện mấy lần", "2 lần"),
    ("Qua kiểm tra thấy thế nào", "các lớp thực hiện đúng kế hoạch"),
    ("Lễ phát động của trường diễn ra thế nào", "1"),
    ("Lễ diễn ra ngày nào", "2/10"),
    ("Lễ bắt đầu lúc mấy giờ", "7h30"),
    ("Lễ diễn ra ở đâu", "sân trường"),
    ("Có bao nhiêu khách mời dự lễ", "12"),
    ("nhân viên của trường dự lễ", "35"),
    ("Bao nhiêu học sinh của trường dự lễ", "540"),
    ("phụ huynh, người dân dự lễ", "không có"),
    ("Khách mời gồm những ai", "đại diện UBND xã, Hội Khuyến học xã"),
    ("Ai phát động Tuần lễ", "Hiệu trưởng"),
    ("Buổi lễ có những phần nào", "1 2 3 5"),
    ("Điều nổi bật nhất của buổi lễ", "bỏ qua"),
    ("Thầy/cô gửi 1–3 ảnh buổi lễ", "(một ảnh)"),
    ("Trong Tuần lễ, trường đã làm những việc nào", "1, 4, 7, 11"),
    ("băng rôn, khẩu hiệu", "4"),
    ("buổi (hoạt động) tuyên truyền", "3"),
    ("trên trang web của trường", "2"),
    ("thư viện, tủ sách được xây dựng", "18"),
    ("lớp cập nhật kiến thức", "0"),
    ("giáo dục kỹ năng sống", "2"),
    ("lớp học nghề", "0"),
    ("mấy lớp học khác", "0"),
    ("bao nhiêu lượt người học", "75"),
    ("trung tâm học tập cộng đồng", "1"),
    ("cuốn sách đã tặng", "0"),
    ("mấy suất học bổng", "5"),
    ("tổng giá trị bao nhiêu tiền", "1tr5"),
    ("nghèo hiếu học được khen thưởng", "10"),
    ("Tên hoạt động là gì", "Hội thi kể chuyện theo sách"),
    ("Hoạt động diễn ra ngày nào", "4/10"),
    ("Ai tham gia?", "học sinh khối 4 và khối 5"),
    ("Bao nhiêu người tham gia", "180 em"),
    ("Đã làm gì, kết quả ra sao", "12 tiết mục, 3 giải nhất"),
    ("có ảnh của hoạt động này không", "bỏ qua"),
    ("I.3 Hoạt động chính: đã có", "đủ rồi"),
    ("tổ chức sơ kết", "có"),
    ("Sơ kết ngày nào", "8/10"),
    ("Đã khen mấy tập thể", "3"),
    ("Đã khen mấy cá nhân", "12"),
    ("Ngân sách nhà nước chi", "1.500.000"),
    ("Vận động, hỗ trợ được bao nhiêu", "3 triệu"),
    ("từ những nguồn nào", "Hội Khuyến học xã và phụ huynh"),
    ("dùng để làm gì", "mua quà, in băng rôn"),
    ("Có được ủng hộ hiện vật không", "bỏ qua"),
    ("Kết quả rõ nhất", "100% lớp có tủ sách; học sinh mượn sách nhiều hơn"),
    ("Lớp nào, tổ nào làm tốt", "tổ Ngữ văn, lớp 5A"),
    ("Năm sau nên giữ lại", "lồng ghép vào giờ chào cờ vì nhiều học sinh dự hơn"),
    ("Trường gặp khó khăn gì", "thời gian"),
    ("Việc nào chưa làm được", "bỏ qua"),
    ("đề nghị với cấp nào", "1"),
    ("Đề nghị gì với", "gửi kế hoạch sớm hơn"),
    ("gửi 3–6 ảnh tiêu biểu", "(sáu ảnh)"),
    ("Ảnh này chụp gì", "Học sinh đọc sách tại thư viện"),
    ("Ảnh này dùng được vì sao", "toàn cảnh"),
    ("cũng vậy chứ", "cũng vậy"),
    ("Ảnh buổi lễ: đã có", "đủ rồi"),
    ("Ảnh hoạt động: đã có", "đủ rồi"),
    ("Ảnh tiêu biểu: đã có", "đủ rồi"),
    ("Báo cáo số mấy", "bỏ qua"),
    ("nhé?", "có"),
    ("viết thêm ý nữa", "xong"),
    ("đúng không?", "đúng"),
)


def reply_to(prompt: str) -> str:
    """Return what the newcomer says to a prompt: by its last words that are known."""
    found = [(prompt.rfind(words), reply) for words, reply in REPLIES if prompt.rfind(words) >= 0]
    assert found, f"the newcomer does not know what to say to:\n{prompt}"
    return max(found)[1]


async def fill(
    prompt: str,
    say: Callable[[str], Awaitable[str]],
    send_photos: Callable[[int], Awaitable[str]],
    *,
    until: str = "Đã đủ các câu",
) -> list[tuple[str, str]]:
    """Answer until ``until`` is said; returns the talk as (reply, what the bot said to it)."""
    talk: list[tuple[str, str]] = []
    while until not in prompt:
        reply = reply_to(prompt)
        prompt = await (send_photos(PHOTOS[reply]) if reply in PHOTOS else say(reply))
        talk.append((reply, prompt))
        assert len(talk) < 200, "this goes in circles"
    return talk
