"""What an officer types, read into an order: "gia hạn TH Bình An đến 17h mai".

An order names its school in whatever way the officer writes it; handlers/office.py finds it.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from bot.forms.vietnamese_text import fold_in_place


@dataclass(frozen=True, slots=True)
class Order:
    """What an officer wants done. Texts are as they were typed, with their accents."""

    verb: str
    school: str = ""
    until: str = ""
    text: str = ""


OFFICE_MENU = (
    *("tien do", "ai chua nop", "cac dot", "tai excel", "bao cao tong hop"),
    *("phieu mau", "mo dot", "danh sach truong", "phieu moi"),
    *("tro giup", "kenh khac", "du lieu cua toi", "xoa"),
)
"""What the menu of the web chat has for an office: orders that need no more words, and commands."""

_SCHOOL = r"(?P<school>[^:;]+?)"
_TEXT = r"(?P<text>.+)"
_ALL = r"(?:tat ca|het|toan bo|ca dot|cac truong)"

# Tried in this order: the first that fits the whole of what was typed.
_ORDERS: tuple[tuple[str, str], ...] = (
    ("progress", r"tien do|tinh hinh|bao nhieu truong nop(?: roi)?"),
    ("missing", r"(?:(?:ai|truong nao|nhung ai|danh sach) )?chua nop"),
    (
        "remind",
        rf"nhac(?: nho)?(?: cac)?(?: truong)?(?: chua nop| {_ALL})?(?:\s*:\s*{_TEXT})?",
    ),
    ("ladder", r"(?:lich nhac|nhac tu dong)\s*:?\s*(?P<text>.*)"),
    ("remind", rf"nhac(?: nho)? {_SCHOOL}(?:\s*:\s*{_TEXT})?"),
    ("extend-all", rf"(?:gia han|doi han)(?: cho)?(?: {_ALL})? (?:den|toi) (?P<until>.+)"),
    ("extend", rf"gia han(?: cho)? {_SCHOOL} (?:den|toi) (?P<until>.+)"),
    ("extend", rf"gia han(?: cho)? {_SCHOOL}"),
    ("return", r"tra lai(?: cho)? (?P<school>.+?)\s*[:,-]?\s*(?P<text>\bcau \d.*)"),
    ("return", rf"tra lai(?: cho)? {_SCHOOL}\s*[:-]\s*{_TEXT}"),
    ("return", rf"tra lai(?: cho)? {_SCHOOL}"),
    ("late-until", r"nhan muon (?:den|toi) (?P<until>.+)"),
    ("accept-all", rf"(?:nhan|chap nhan|duyet|dong y) {_ALL}"),
    ("accept", rf"(?:nhan bao cao|nhan|chap nhan|duyet)(?: cua)? {_SCHOOL}"),
    ("campaigns", r"(?:cac |danh sach )?dot(?: bao cao)?"),
    ("close", r"(?:dong|ket thuc|khoa) dot(?: bao cao)?"),
    ("reopen-campaign", r"mo lai dot(?: bao cao)?"),
    (
        "repeat",
        r"(?:lap lai|lam lai) dot(?: nay| bao cao)?(?:\s*,?\s*(?:den|han)\s*:?\s*(?P<until>.+))?",
    ),
    ("sample-form", r"(?:tai |gui |xin |xem )?(?:phieu|bieu|tep) mau(?: excel)?"),
    ("open-campaign", r"(?:mo|tao) (?:mot )?dot(?: bao cao)?(?: moi)?"),
    ("reopen", rf"mo lai(?: bao cao)?(?: cua)? {_SCHOOL}"),
    ("excel", r"(?:tai |xuat |gui )?(?:file )?(?:excel|xlsx|bang tinh|so lieu)"),
    ("csv", r"(?:tai |xuat |gui )?(?:file )?csv"),
    ("zip", r"(?:tai |xuat |gui )?(?:file )?(?:zip|tat ca (?:van ban|bao cao)|bo van ban)"),
    ("submit-office-report", r"nop bao cao (?:tong hop|(?:cua )?(?:phong|co quan))(?: len tren)?"),
    ("office-report", r"(?:lap |lam |xem )?(?:bao cao )?(?:tong hop|cua phong|cua co quan)"),
    ("invite-all", r"(?:phieu|in phieu|ma|gui ma|tao ma) moi(?: (?:tat ca|cac truong))?"),
    ("invite-officer", r"moi (?:them )?(?:can bo|chuyen vien)"),
    ("invite-head", rf"moi (?:hieu truong|thu truong)(?: cua)? {_SCHOOL}"),
    ("invite", rf"moi(?: them)?(?: nguoi)?(?: cua)? {_SCHOOL}"),
    ("import", r"(?:nhap|cap nhat|gui) danh sach(?: truong)?|danh sach truong"),
    ("undo-import", r"hoan tac(?: nhap| danh sach)?"),
    ("people", rf"(?:ai phu trach|nguoi cua|thanh vien|ai lam) {_SCHOOL}"),
    ("audit", r"nhat ky"),
    ("mailbox", r"hop thu\s*:?\s*(?P<text>.*)"),
    ("dispatch", r"cong van so\s*:?\s*(?P<text>.+)"),
    ("reviewer", r"nguoi duyet\s*:?\s*(?P<text>.*)"),
    ("sign-off", r"(?P<text>bat|tat) ky duyet"),
    (
        "broadcast",
        rf"(?:gui )?thong bao(?:(?: cho| toi| den)? (?P<school>[^:]+?))?\s*:\s*{_TEXT}",
    ),
    ("compare", rf"(?:so sanh|xem khac|khac gi)(?: bao cao)?(?: cua)? {_SCHOOL}"),
    ("see", rf"(?:xem bao cao|xem|bao cao|mo bao cao)(?: cua)? {_SCHOOL}"),
    ("see", rf"(?:tinh hinh|trang thai|the nao) {_SCHOOL}"),
)
_COMPILED = [
    # What is to be passed on ("text") is left as it is, with the polite words at its end.
    (verb, re.compile(pattern, re.DOTALL), "(?P<text>" in pattern)
    for verb, pattern in _ORDERS
]
_GROUP = re.compile(r"\(\?P<\w+>")
_ANY = re.compile(  # nearly all that is typed is an answer: one look tells
    "|".join(f"(?:{_GROUP.sub('(?:', pattern)})" for _, pattern in _ORDERS), re.DOTALL
)
_POLITE = re.compile(r"(?:em |ban |nho |hay |giup |cho toi |toi muon )*")
_POLITE_END = re.compile(r"(?:\s(?:nhe|nha|a|giup|voi))*[\s.!?]*$")
_ITEM = re.compile(
    r"(?:^|[;\n]|,\s*(?=(?:va\s+)?cau\s))\s*(?:va\s+)?(?:cau\s*)?(\d+(?:\.\d+)*)\s*[:.,-]?\s*"
)


def read_order(text: str) -> Order | None:
    """Return what an officer wants; None when it is none of the orders."""
    typed = unicodedata.normalize("NFC", text).strip()
    folded = fold_in_place(typed).lower()
    polite = _POLITE.match(folded)
    start = polite.end() if polite else 0
    end = _POLITE_END.search(folded)
    if not _ANY.fullmatch(folded, start) and not (
        end and _ANY.fullmatch(folded, start, end.start())
    ):
        return None
    for verb, pattern, own_words in _COMPILED:
        stop = len(folded) if own_words or end is None else end.start()
        found = pattern.fullmatch(folded, start, stop)
        if found:
            named = (name for name in found.groupdict() if found[name])
            parts = {name: typed[slice(*found.span(name))].strip() for name in named}
            return Order(verb, **parts)
    return None


def read_reasons(text: str) -> Iterator[tuple[str, str]]:
    """Yield (number of the question, why) of "câu 12 thiếu kinh phí; câu 14 chưa rõ"."""
    folded = fold_in_place(text).lower()
    found = list(_ITEM.finditer(folded))
    ends = [*(match.start() for match in found[1:]), len(text)] if found else []
    for match, end in zip(found, ends, strict=True):
        yield match[1], text[match.end() : end].strip(" ;,\n")
