"""What stands around the text of a paper: letterhead, title, addressees, signature.

The numbers are those of the boxes on the sheet (Nghị định 30/2020/NĐ-CP, Phụ lục I, Mục IV).
"""

from collections.abc import Sequence

from bot.documents.characters import one_line, without_end
from bot.documents.document import Appendix, Letterhead, Signature, appendix_label
from bot.documents.nd30_page import TEXT_WIDTH
from bot.documents.nd30_styles import STYLES
from bot.documents.times import even_lines, filled_lines, text_width
from bot.documents.vietnamese import BLANK, header_date, paper_number, upper
from bot.documents.wordxml import LINE_BREAK, Indent, cell, paragraph, row, run, table

COUNTRY = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"

_LEFT_COLUMN = 3912  # twips: 69 mm, and 96 mm for the right one
_COLUMNS = (_LEFT_COLUMN, TEXT_WIDTH - _LEFT_COLUMN)
_TITLE_WIDTH = TEXT_WIDTH - 1134  # a title does not run from edge to edge
_TOLERANCE = 60  # twips: a millimetre for fonts that differ a little
_KINDS = {
    "BÁO CÁO": "BC",
    "KẾ HOẠCH": "KH",
    "TỜ TRÌNH": "TTr",
    "THÔNG BÁO": "TB",
    "BIÊN BẢN": "BB",
    "QUYẾT ĐỊNH": "QĐ",
    "CHƯƠNG TRÌNH": "CTr",
    "PHƯƠNG ÁN": "PA",
    "ĐỀ ÁN": "ĐA",
    "HƯỚNG DẪN": "HD",
}


def letterhead(head: Letterhead) -> str:
    """Boxes 1 to 4: who writes, the country's name, number, place and date."""
    left, right = _COLUMNS
    issuer = _raised(head.issuer)
    names = (
        _heading("Superior", _raised(head.superior), left)
        + _heading("Issuer", issuer, left)
        + _short_rule("Issuer", issuer, left)
    )
    country = (
        paragraph("Country", run(COUNTRY))
        + paragraph("Motto", run(MOTTO))
        + _rule(text_width(MOTTO, STYLES["Motto"].points, bold=True), right)
    )
    number = paragraph("Number", run(f"Số: {_number(head)}"))
    place = one_line(head.place) or BLANK
    dated = paragraph("PlaceAndDate", run(header_date(place, head.date)))
    return table(
        "Unruled",
        _COLUMNS,
        [
            row([cell(left, names), cell(right, country)]),
            row([cell(left, number), cell(right, dated)]),
        ],
    )


def title(head: Letterhead) -> str:
    """Box 5a: the kind of paper and what it is about."""
    subject = one_line(head.subject)
    xml = paragraph("DocumentType", run(_raised(head.document_type)))
    xml += _heading("Subject", subject, TEXT_WIDTH, room=_TITLE_WIDTH)
    return xml + _short_rule("Subject", subject, TEXT_WIDTH, room=_TITLE_WIDTH)


def addressees(names: Sequence[str]) -> str:
    """Box 9a: one name stands on the line of "Kính gửi:", several each on a line of its own."""
    cleaned = [name for name in map(one_line, names) if without_end(name)]
    if len(cleaned) < 2:
        return "".join(
            paragraph("Addressee", run(f"Kính gửi: {without_end(name)}")) for name in cleaned
        )
    size = STYLES["Addressees"].points
    to_colon, dash = text_width("Kính gửi", size), text_width("- ", size)
    listed = _listed(cleaned)
    widest = to_colon + max(text_width(line, size) for line in listed)
    left = (TEXT_WIDTH - min(widest, _TITLE_WIDTH)) // 2
    first = paragraph("AddresseesTitle", run("Kính gửi:"), indent=Indent(left), keep_next=True)
    return first + "".join(
        paragraph("Addressees", run(line), indent=Indent(left + to_colon + dash, hanging=dash))
        for line in listed
    )


def basis(grounds: Sequence[str]) -> str:
    """What the paper rests on, one ground a line."""
    cleaned = [ground for ground in map(one_line, grounds) if without_end(ground)]
    return "".join(
        paragraph("Basis", run(without_end(ground) + (";" if ground is not cleaned[-1] else ".")))
        for ground in cleaned
    )


def signature(sign: Signature, recipients: Sequence[str]) -> str:
    """Boxes 7 and 9b side by side; the row never breaks, and keeps with what follows it."""
    names = [name for name in map(one_line, recipients) if without_end(name)]
    left = paragraph("RecipientsTitle", run("Nơi nhận:"), keep_next=True) if names else ""
    left += "".join(paragraph("Recipient", run(line), keep_next=True) for line in _listed(names))
    titles = [_raised(line) for line in (sign.authority, sign.title)]
    right = "".join(
        paragraph("SignerTitle", run(line), keep_next=True) for line in titles if line
    ) + paragraph("SignerName", run(one_line(sign.name)), keep_next=True)
    empty = paragraph("Recipient", keep_next=True)
    return table(
        "Unruled",
        _COLUMNS,
        [row([cell(_COLUMNS[0], left or empty), cell(_COLUMNS[1], right)])],
    )


def appendix_head(appendix: Appendix, index: int, count: int, head: Letterhead) -> str:
    """The title of an appendix, and the paper it belongs to."""
    kind = _raised(head.document_type).capitalize()
    number, (_, _, date) = _number(head), header_date("", head.date).partition(", ")
    belongs = f"(Kèm theo {kind} số {number} {date} của {one_line(head.issuer)})"
    name = _raised(appendix.title)
    return (
        paragraph("AppendixNumber", run(appendix_label(index, count)), keep_next=True)
        + _heading("AppendixTitle", name, TEXT_WIDTH, room=_TITLE_WIDTH, keep_next=True)
        + _heading("AppendixOf", belongs, TEXT_WIDTH, room=_TITLE_WIDTH, keep_next=True)
        + _short_rule("AppendixOf", belongs, TEXT_WIDTH, room=_TITLE_WIDTH, keep_next=True)
    )


def _number(head: Letterhead) -> str:
    """05/BC-THTT; the number is left blank when the clerk has not given one."""
    kind = _KINDS.get(_raised(head.document_type), "BC")
    number, symbol = paper_number(one_line(head.number)), _raised(head.symbol)
    symbol = symbol.removeprefix(f"{kind}-")
    return f"{number or BLANK}/{kind}-{symbol}" if symbol else f"{number or BLANK}/{kind}"


def _listed(names: Sequence[str]) -> list[str]:
    """ "- …;" and "." after the last."""
    return [
        f"- {without_end(name)}" + ("." if place == len(names) else ";")
        for place, name in enumerate(names, 1)
    ]


def _raised(text: str) -> str:
    return upper(one_line(text))


def _heading(style: str, text: str, column: int, *, room: int = 0, keep_next: bool = False) -> str:
    """A centred heading in a column this wide, its lines about equally long."""
    if not text:
        return ""
    broken = _lines(style, text, room or column)
    width = _widest(style, broken)
    side = max(0, (column - width - _TOLERANCE) // 2) if len(broken) > 1 else 0
    indent = Indent(side, side) if side else None
    if broken == filled_lines(text, width, STYLES[style].points, bold=STYLES[style].bold):
        return paragraph(style, run(text), indent=indent, keep_next=keep_next)
    # No width makes the program break the lines here, so they are broken by hand.
    content = LINE_BREAK.join(run(line + " ") for line in broken[:-1])
    content += LINE_BREAK + run(broken[-1])
    return paragraph(style, content, indent=indent, keep_next=keep_next)


def _lines(style: str, text: str, room: int) -> list[str]:
    return even_lines(text, room, STYLES[style].points, bold=STYLES[style].bold)


def _widest(style: str, broken: Sequence[str]) -> int:
    look = STYLES[style]
    return max(text_width(line, look.points, bold=look.bold) for line in broken)


def _short_rule(
    style: str, text: str, column: int, *, room: int = 0, keep_next: bool = False
) -> str:
    """A line two fifths as long as the text above: the decree says one third to one half."""
    length = _widest(style, _lines(style, text, room or column)) * 2 // 5
    return _rule(length, column, keep_next=keep_next)


def _rule(length: int, column: int, *, keep_next: bool = False) -> str:
    """A line of ``length``, in the middle of a column."""
    side = max(0, (column - length) // 2)
    return paragraph("Rule", indent=Indent(side, side), keep_next=keep_next)
