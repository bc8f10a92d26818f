"""The words of a reply that holds numbers, and what each may mean."""

import re
from dataclasses import dataclass

from bot.forms.vietnamese_text import Lexicon, fold_in_place, plain, untelex

LONGEST = 600
"""Characters of a reply that are looked at: an answer that is a number is never longer."""

DIGITS = {
    "0": "không",
    "1": "một",
    "2": "hai",
    "3": "ba",
    "4": "bốn",
    "5": "năm",
    "6": "sáu",
    "7": "bảy bẩy",
    "8": "tám",
    "9": "chín",
}

SPOKEN = {
    **DIGITS,
    "ones1": "mốt",
    "ones4": "tư",
    "ones5": "lăm nhăm",
    "ten": "mười",
    "tens": "mươi chục",
    "twenty": "hăm",
    "and": "linh lẻ",
    "hundred": "trăm",
    "half_more": "rưỡi rưởi",
    "half": "nửa",
    "point": "phẩy phảy chấm",
}

SCALES = {
    "thousand": "nghìn ngàn ng ngh ngìn",
    "k": "k",
    "myriad": "vạn",
    "million": "triệu tr",
    "billion": "tỷ tỉ",
    "slang_thousand": "cành n",
    "slang_hundred_thousand": "xị lít",
    "slang_million": "củ chai m",
    "slang_billion": "tỏi",
}

_AROUND = {
    "approx": "khoảng khoản tầm cỡ chừng ước xấp xỉ gần hơn trên dưới ngót ngoài độ quá tới chắc",
    "vague": "mấy vài dăm nhiều ít hàng vô lắm tá",
    "none": "không ko k hok hông hong hổng hem hêm hk kh khg kg kô kog khum chưa chả chẳng",
    "unknowing": "biết rõ nhớ thống đếm liệu hiểu tính phải sao kịp hỏi sót thiếu ngờ",
    "have": "có",
    "deed": "làm nhận phát trao tặng treo mở tham gia thực hiện triển khai đăng vận động chi cấp"
    " ra dự tiến hành tốn kp nsnn xin kinh phí ngân sách sử dụng mất bán lập",
    "which": "nào ai gì",
    "or": "hoặc hay",
    "to": "đến tới",
    "from": "từ",
    "plus": "cộng",
    "join": "và với",
    "total": "tổng",
    "part": "trong",
    "minus": "âm trừ",
    "label": "lớp khối số câu điểm ngày tháng quý tuần điều mục kỳ tổ ấp thứ năm lần đợt tiết buổi"
    " phòng nhóm hạng",
    "dong": "đồng đ d vnd vnđ",
    "male": "nam",
    "female": "nữ",
    "people": "ng",
    "later": "sau",
    "foreign": "usd đô dollar eur euro tệ",
}

_POLITE = (
    "dạ ạ vâng nhé nha nhe nghe nghen hen hén ha á à ờ ừ ừm ơi thưa em thầy cô anh chị ad admin"
    " bot bạn mình tôi tui tụi tao bên trường thì là được đc dc rồi r thôi luôn nữa đây đó này nè"
    " cả thảy tất hết chẵn tròn đúng gồm lượng trả lời báo cáo a ah uh um ok oke oki hihi hehe"
    " haha kkk kk cảm ơn cám tks thanks chúng chỉ có ak hjhj hic sl vậy tại xin gửi mới toàn lại"
    " nhá hiện"
)

_UNITS = (
    "học sinh hs sv viên em cháu bé trẻ người giáo gv cán bộ cb nhân nv cbgvnv cbgv cbql gvnv cnv"
    " công chức phụ huynh phhs ph đại biểu đb khách mời lượt lần lớp buổi tiết giờ phút ngày tuần"
    " tháng năm cái chiếc tấm tờ quyển cuốn tập phần quà suất bổng hb băng rôn khẩu hiệu pano áp"
    " phích poster tin bài đơn vị tổ dn nhà chương trình tài nguyên liệu video clip thư viện tủ"
    " sách hoạt động hđ câu lạc clb diễn đàn hội thảo huấn lễ phòng máy km m cm ha g lít mét ảnh"
    " hình đứa dụng cụ vở bút điểm giải thể trang bản thành đoàn đội chuyên đề bàn ghế hộp thùng"
    " gói cây kg chậu con khoản món cuộc đợt vé cặp bức thầy cô hộ xe đạp loa doanh nghiệp hảo tâm"
    " m2 m3 km2 e"
)

NUMBER_WORDS = Lexicon({**SPOKEN, **SCALES, **_AROUND, "filler": _POLITE, "unit": _UNITS})

_PHRASES = {
    " mấy ": "tram phan tram",
    " % ": "phan tram",
    " ~ ": "it nhat|nhieu nhat|toi thieu|toi da|khong qua|khong duoi|khong toi|khong den|chua toi"
    "|chua den|chua day|khong hon|khong kem|hinh nhu|co le|dau do|du kien|uoc tinh|uoc chung"
    "|dao dong|neu khong nham|neu em nho khong nham|tam tam|do chung|o khoang|tro len|do lai"
    "|tam khoang|nhieu hon|it hon",
    " nửa ": "mot nua",
    " ": r"nam nay|nam ngoai|nam truoc|hang nam|moi nam|nam hoc nay"
    r"|nam hoc (?:\d{4} ?- ?\d{2,4})?|nam hoc|hien tai|hoc ky|so luong"
    "|tong so|so hoc sinh|co tong cong|co tat ca|tong cong|tong la|tat ca la|tat ca",
    " làm ": "to chuc",
    " vài ": "mot so|mot it|kha nhieu|rat nhieu|day du|chua thong ke|khong thong ke|nhieu nguoi"
    "|de sau|de lat nua|lat nua|tra loi sau|sau nhe",
    " không ": r"khong he|hoan toan khong|(?:khong|ko|chua) (?:co )?mot(?: [a-z]+){1,3} nao",
}
_PHRASE = re.compile(
    "|".join(rf"\b(?P<p{place}>{words})\b" for place, words in enumerate(_PHRASES.values()))
)
_INSTEAD = tuple(_PHRASES)

_TOKEN = re.compile(
    r"(?P<literal>(?<!\d )\d{1,3}(?: \d{3})+(?![\d.,]*\d)|(?:(?<!\S)[.,])?\d+(?:[.,]\d+)*)"
    r"|(?P<word>k?m[23](?!\w)|[^\W\d_]+)"
    r"|(?P<sign>[^\s\w]|_)"
)
_NO_COINS = re.compile(r"(?<=\d),? ?-+(?= ?(?:đ|$))")
_MISTYPED = {"mowif": "mười", "mừoi": "mười", "chăm": "trăm", "tiệu": "triệu", "nghỉn": "nghìn"}


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a reply: a number in figures, a word, or a sign."""

    text: str
    kind: str  # "literal", "word", "sign"
    glued: bool  # nothing stands between this and the piece before
    tags: frozenset[str] = frozenset()
    doubtful: bool = False  # a word read only by guessing what was meant

    def may_be(self, *tags: str) -> bool:
        """Tell whether one of ``tags`` is among the meanings."""
        return not self.tags.isdisjoint(tags)


def tokens(text: str, unit: str = "") -> tuple[Token, ...]:
    """Cut a reply into pieces. ``unit`` is the unit of the question, if it has one."""
    found = []
    end = 0
    own = frozenset(plain(unit).split())
    typed = _NO_COINS.sub(" ", _without_phrases(plain(text[:LONGEST])))
    for match in _TOKEN.finditer(typed):
        glued = match.start() == end and match.start() > 0
        found.append(_token(match[0], match.lastgroup or "", glued, own))
        end = match.end()
    return tuple(found)


def _without_phrases(text: str) -> str:
    parts = []
    end = 0
    for match in _PHRASE.finditer(fold_in_place(text)):
        parts += [text[end : match.start()], _INSTEAD[int((match.lastgroup or "p0")[1:])]]
        end = match.end()
    return "".join([*parts, text[end:]])


def _token(text: str, kind: str, glued: bool, own: frozenset[str]) -> Token:
    if kind != "word":
        return Token(text, kind, glued)
    tags = NUMBER_WORDS(text)
    if text in own:
        return Token(text, kind, glued, tags | {"unit"})
    if tags:
        return Token(text, kind, glued, tags)
    if text in _MISTYPED:
        return Token(text, kind, glued, NUMBER_WORDS(_MISTYPED[text]), doubtful=True)
    typed = untelex(text) if text.isascii() else ""
    strange = len(typed) < 4 and not re.search(r"aa|ee|oo|dd|w", text)
    return Token(text, kind, glued, NUMBER_WORDS(typed) if typed else tags, strange)
