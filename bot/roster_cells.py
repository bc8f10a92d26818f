"""What a cell of a list says: a phone number, an address; or why it cannot be taken."""

import re
from collections.abc import Callable, Mapping

from bot.forms.vietnamese_input import fold

_Read = tuple[str, str]  # the value, and the key of the fault


def broken(cell: str) -> bool:
    return bool(re.match(r"#(N/A|REF!|VALUE!|NAME\?|DIV/0!|NULL!|NUM!)", cell))


def _nothing(cell: str) -> bool:
    return not re.search(r"\w", cell) or fold(cell) in ("khong", "khong co", "chua co", "x", "nan")


def _plain_cell(cell: str) -> _Read:
    if broken(cell):
        return "", "roster-cell-formula"
    return ("" if _nothing(cell) else cell), ""


def _phone_cell(cell: str) -> _Read:
    """Read phone numbers, also those of which Excel took the 0 away."""
    if broken(cell):
        return "", "roster-cell-formula"
    if _nothing(cell):
        return "", ""
    if re.fullmatch(r"[\d.,]+E\+\d+", cell, re.IGNORECASE):
        return "", "roster-cell-rounded"
    numbers = [_phone(piece) for piece in re.split(r"[/;,&\n]| - |\s–\s|hoặc|và", cell)]
    found = [number for number in numbers if number] or [_phone(cell)]
    return (" / ".join(found), "") if found[0] else ("", "roster-cell-phone")


def _phone(text: str) -> str:
    text = re.sub(r"\.0$|\(.*?[^\d)\s+].*?\)|[^\d+]", "", text)
    digits = re.sub(r"^(\+84|0084|84(?=\d{9,10}$))0?", "0", text)
    if re.fullmatch(r"[35789]\d{8}|2\d{9}", digits):
        digits = f"0{digits}"
    return digits if re.fullmatch(r"0[35789]\d{8}|02\d{9}|1[89]00\d{4,6}", digits) else ""


def _email_cell(cell: str) -> _Read:
    if broken(cell):
        return "", "roster-cell-formula"
    if _nothing(cell):
        return "", ""
    first = re.split(r"[;,/\s]+", cell.casefold().removeprefix("mailto:").strip())[0]
    good = re.fullmatch(r"[\w.+-]+@[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}", first, re.ASCII)
    return (first, "") if good else ("", "roster-cell-email")


READERS: Mapping[str, Callable[[str], _Read]] = {
    "cluster": _plain_cell,
    "code": _plain_cell,
    "head": _plain_cell,
    "phone": _phone_cell,
    "email": _email_cell,
}
