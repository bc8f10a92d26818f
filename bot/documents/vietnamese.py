"""Numbers, money, dates and names as official Vietnamese papers write them."""

import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

LONGEST_FILE_NAME = 100
BLANK = "      "  # written by hand after the signature

_SPACES = re.compile(r"[^\S\n]+")
_CLOCK = re.compile(r"(?:^|T)(\d{2}):(\d{2})")
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


class _Kept(dict[int, int | None]):
    """What ``str.translate`` makes of a character: nothing of a control character; found once."""

    def __missing__(self, code: int) -> int | None:
        unseen = unicodedata.category(chr(code)) in ("Cc", "Cf", "Cs", "Co")
        self[code] = None if unseen else code
        return self[code]


_KEPT = _Kept({ord("\n"): ord("\n"), ord("\t"): ord("\t")})


def clean(text: str) -> str:
    """Return what was typed in NFC, without control characters and needless spaces."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    lines = (_SPACES.sub(" ", line).strip() for line in text.translate(_KEPT).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def upper(text: str) -> str:
    """Return ``text`` in capitals, in NFC: "Ủy ban" typed either way is "ỦY BAN"."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).upper())


# -- numbers ------------------------------------------------------------------------------


def number(value: str, decimals: int | None = None) -> str:
    """Write a canonical number with dots between thousands and a decimal comma.

    ``decimals`` rounds half up to so many places. What is no number is returned as it is.
    """
    amount = _decimal(value)
    if amount is None:
        return value
    if decimals is not None:
        amount = amount.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    whole, _, fraction = f"{abs(amount):f}".partition(".")
    if decimals is None:
        fraction = fraction.rstrip("0")
    sign = "-" if amount < 0 and (int(whole) or fraction.strip("0")) else ""
    grouped = f"{int(whole):,}".replace(",", ".")
    return f"{sign}{grouped},{fraction}" if fraction else f"{sign}{grouped}"


def money(value: str) -> str:
    """Write a sum: "1.500.000 đồng"."""
    return f"{number(value)} đồng" if _decimal(value) is not None else value


def paper_number(value: str) -> str:
    """Write the number of a paper: below 10 with a zero before it."""
    return value.strip().zfill(2) if value.strip().isdecimal() else value.strip()


def _decimal(value: str) -> Decimal | None:
    try:
        amount = Decimal(value.strip())
    except InvalidOperation:
        return None
    return amount if amount.is_finite() and abs(amount.adjusted()) < 40 else None


# -- numbers in words ---------------------------------------------------------------------

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_SCALES = ("", " nghìn", " triệu")


def in_words(value: str) -> str:
    """Say a canonical number: "1500" is "một nghìn năm trăm". No number: as it is."""
    amount = _decimal(value)
    if amount is None or abs(amount) >= 10**18:
        return value
    whole, _, fraction = f"{abs(amount):f}".partition(".")
    fraction = fraction.rstrip("0")
    words = _whole(int(whole))
    if fraction:
        words += f" phẩy {_after_comma(fraction)}"
    return f"âm {words}" if amount < 0 else words


def _whole(amount: int) -> str:
    if amount == 0:
        return _DIGITS[0]
    billions, rest = divmod(amount, 10**9)
    words = [f"{_whole(billions)} tỷ"] if billions else []
    for place in (2, 1, 0):
        group = rest // 1000**place % 1000
        if group:
            words.append(_group(group, full=bool(words)) + _SCALES[place])
    return " ".join(words)


def _group(amount: int, *, full: bool) -> str:
    """Say a number below 1000; ``full``: with "không trăm", because thousands stand before it."""
    hundreds, rest = divmod(amount, 100)
    words = [f"{_DIGITS[hundreds]} trăm"] if hundreds or full else []
    if 0 < rest < 10 and words:
        words.append(f"linh {_DIGITS[rest]}")
    elif rest:
        words.append(_below_hundred(rest))
    return " ".join(words)


def _below_hundred(amount: int) -> str:
    tens, ones = divmod(amount, 10)
    if not tens:
        return _DIGITS[ones]
    stem = "mười" if tens == 1 else f"{_DIGITS[tens]} mươi"
    special = {5: "lăm"} if tens == 1 else {1: "mốt", 4: "tư", 5: "lăm"}
    return f"{stem} {special.get(ones, _DIGITS[ones])}" if ones else stem


def _after_comma(fraction: str) -> str:
    if fraction.startswith("0") or len(fraction) > 2:
        return " ".join(_DIGITS[int(digit)] for digit in fraction)
    return _below_hundred(int(fraction))


# -- dates and times ----------------------------------------------------------------------


def date(value: str) -> str:
    """Write a canonical date, or the day of a canonical date and time: "02/10/2023"."""
    found = _DAY.match(value)
    return f"{found[3]}/{found[2]}/{found[1]}" if found else value


def time(value: str) -> str:
    """Write a canonical time, or that of a date and time: "7h30", "8h00"."""
    found = _CLOCK.search(value)
    return f"{int(found[1])}h{found[2]}" if found else value


def date_time(value: str) -> str:
    """Write a canonical date and time: "7h30 ngày 02/10/2023"."""
    return f"{time(value)} ngày {date(value)}" if _CLOCK.search(value) else date(value)


def month(value: str) -> str:
    """Write the month of a canonical date: "tháng 10/2023"."""
    found = _DAY.match(value)
    return f"tháng {int(found[2])}/{found[1]}" if found else value


def year(value: str) -> str:
    """Write the year of a canonical date: "2023"."""
    return value[:4] if _DAY.match(value) else value


# -- places and files ---------------------------------------------------------------------

_FILE_KEY = re.compile(r"[0-9a-f]{32}-(?=.)")


def position(value: str) -> str:
    """Write a canonical position: "10,535° B, 106,404° Đ"."""
    parts = value.split()
    if len(parts) < 2 or _decimal(parts[0]) is None or _decimal(parts[1]) is None:
        return value
    sides = (("B", "N"), ("Đ", "T"))
    return ", ".join(
        f"{number(part.removeprefix('-'))}° {side[part.startswith('-')]}"
        for part, side in zip(parts, sides, strict=False)
    )


def attached(value: str) -> str:
    """Return the name of a file that answers a question, of the key under which it is kept."""
    return _FILE_KEY.sub("", value.rpartition("/")[2], count=1)


def header_date(place: str, value: str) -> str:
    """Write place and date of a letterhead: "Thủ Thừa, ngày 05 tháng 01 năm 2026".

    A zero stands only before days below 10 and the months 1 and 2 (so "tháng 5"). What
    ``value`` ("2026-01-05", "2026-01", "2026", "") does not give is left blank.
    """
    year, month, day = (*value.split("-"), "", "", "")[:3]
    written_day = day.zfill(2) if day else BLANK
    written_month = (month.zfill(2) if int(month) < 3 else str(int(month))) if month else BLANK
    return f"{place}, ngày {written_day} tháng {written_month} năm {year or BLANK}"


# -- any answer ---------------------------------------------------------------------------


_WRITERS = {
    "date": date,
    "time": time,
    "dateTime": date_time,
    "geopoint": position,
    "audio": attached,
    "video": attached,
    "file": attached,
}


def show(value: str, kind: str, *, unit: str = "", decimals: str = "", appearance: str = "") -> str:
    """Write a canonical answer of a question of type ``kind`` as papers do: "540 học sinh".

    Texts are cleaned; choices must be given by their labels. ``unit`` and ``decimals`` are
    the columns ``report::unit`` and ``report::decimals``; of a date the ``appearance`` may say
    that only its month or year is meant.
    """
    if kind == "date" and "month-year" in appearance:
        return month(value)
    if kind == "date" and "year" in appearance.split():
        return year(value)
    if kind in _WRITERS:
        return _WRITERS[kind](value)
    if _decimal(value) is None or kind not in ("integer", "decimal", "range", "calculate"):
        if unit and _decimal(value) is not None:
            return f"{number(value)} {unit}"
        return clean(value)
    written = number(value, int(decimals) if decimals.isdecimal() else None)
    return f"{written}{unit}" if unit == "%" else f"{written} {unit}".strip()


# -- names --------------------------------------------------------------------------------

_TITLES = (
    "pgs ts|gs ts|gs tskh|pgs tskh|gs|pgs|tskh|ts|ths|th s|cn|ks|bs|cử nhân|kỹ sư|thạc sĩ|thạc sỹ"
    "|tiến sĩ|tiến sỹ|phó giáo sư|giáo sư|nhà giáo ưu tú|nhà giáo nhân dân|ngưt|ngnd"
    "|thầy giáo|cô giáo"
)
_TITLE = re.compile(
    "^(?:" + _TITLES.replace(" ", r"[\s.,-]+") + r")(?:\s*[.,:-]\s*|\s+)(?=\S)", re.IGNORECASE
)
_COURTESY = re.compile(r"^(?:ông|bà|thầy|cô|anh|chị|đ/c|đồng chí)[.:]?\s+", re.IGNORECASE)
_COMMON_FAMILY_NAMES = (
    "nguyễn trần lê phạm huỳnh hoàng phan vũ võ đặng bùi đỗ hồ ngô dương lý đào đoàn vương trịnh"
    " trương đinh lâm phùng mai tô tạ hà cao châu thái lưu kiều quách la thạch danh sơn kim"
)
_FAMILY_NAMES = frozenset(_COMMON_FAMILY_NAMES.split())


def person_name(name: str) -> str:
    """Return a name as it stands under a signature: without degrees, titles and courtesy.

    "ThS. Nguyễn Văn A" and "Thầy Nguyễn Văn A" are "Nguyễn Văn A"; "Ông Ích Khiêm" stays.
    """
    name = " ".join(clean(name).split())
    while True:
        shorter = _TITLE.sub("", name)
        courtesy = _COURTESY.match(shorter)
        rest = shorter[courtesy.end() :] if courtesy else ""
        if rest and (_TITLE.match(rest) or rest.split()[0].casefold() in _FAMILY_NAMES):
            shorter = rest
        if shorter == name:
            return name
        name = shorter


def file_name(title: str) -> str:
    """Return ``title`` as a file name without its ending: "Bao-cao-Tuan-le-TH-THCS-Tan-Thanh"."""
    bare = unicodedata.normalize("NFKD", title.replace("đ", "d").replace("Đ", "D"))
    ascii_only = "".join(c for c in bare if not unicodedata.combining(c))
    name = re.sub(r"[^A-Za-z0-9]+", "-", ascii_only).strip("-")
    if len(name) > LONGEST_FILE_NAME:
        name = name[: LONGEST_FILE_NAME + 1].rpartition("-")[0] or name[:LONGEST_FILE_NAME]
    return name or "van-ban"
