"""Spoilt workbooks, by seed: none hangs the bot or crashes it; each is a form or has faults."""

import io
import random
import zipfile
from collections.abc import Callable

import pytest
from openpyxl import load_workbook

from bot.forms import pyxform_worker
from bot.forms.fault_words import listed
from bot.forms.faults import from_json
from bot.forms.file_kinds import refuse
from bot.forms.sheet import examine, mark
from bot.texts import texts
from tests.forms.workbooks import workbook

SAY = texts("vi")
FORM = """
    | type | name | label | relevant | constraint | calculation | required | repeat_count | filter |
    | text | ten | Tên | | | | yes | | |
    | integer | so | Số ${ten}? | ${ten} != '' | . >= 0 | | | | |
    | select_one loai | loai | Loại | | | | | | ${so} > 1 |
    | begin_group | g | Nhóm | ${so} > 1 | | | | | |
    | select_multiple v | v | Việc | | count-selected(.) < 3 | | | | |
    | end_group | | | | | | | | |
    | begin_repeat | r | Lặp | | | | | ${so} | |
    | image | anh | Ảnh | | | | | | |
    | end_repeat | | | | | | | | |
    | calculate | tong | | | | ${so} * 2 | | | |
    ## choices
    | list_name | name | label |
    | loai | a | A |
    | loai | b | B |
    | v | x | X |
    | v | y | Y |
    ## settings
    | form_title | form_id |
    | Phiếu | phieu |
    ## report
    | kind | text | relevant | source |
    | part | KẾT QUẢ | | |
    | text | ${ten} có ${tong}. | ${so} > 0 | |
    | table | | | g |
    | photos | | | r |
""".replace("filter", "choice_filter")
CELLS = """
(
${
${ten}
${zzz}
${ten} > and
${r}
regex(., '(a|a)+')
0 div 0
count(//*)
../..
/data
. = ${so}
once(1)
“x”
indexed-repeat(1,2,3)
pulldata('a','b','c','d')
instance('x')/root
jr:choice-name(1, 2)
sum(${r})
position(..)
select_one
select_one zz
begin_group
end_repeat
begin_repeat
integr
rank v
range
audit
note
calculate
type
list
meta
data
=1+1
#REF!
TRUE
có
yes
no
1e308
-1
.
&<>"'
""".splitlines()
CELLS += ["9" * 400, "if(" * 130, "((" * 200]


def spoil_cells(content: bytes, chance: random.Random) -> bytes:
    book = load_workbook(io.BytesIO(content))
    for _ in range(chance.randint(1, 4)):
        sheet = chance.choice(book.worksheets)
        row, column = chance.randint(1, sheet.max_row + 1), chance.randint(1, sheet.max_column + 1)
        value = chance.choice(CELLS)
        cell = sheet.cell(row, column)
        cell.value = "".join(letter for letter in value if letter >= " ")
        cell.data_type = "s"
    return saved(book)


def spoil_sheets(content: bytes, chance: random.Random) -> bytes:
    book = load_workbook(io.BytesIO(content))
    sheet = chance.choice(book.worksheets)
    deed = chance.randrange(6)
    if deed == 0 and len(book.worksheets) > 1:
        book.remove(sheet)
    elif deed == 1:
        sheet.title = chance.choice(["Survey ", "surveys", "x", "phiếu", "report2"])
    elif deed == 2:
        sheet.delete_rows(chance.randint(1, sheet.max_row), 1)
    elif deed == 3:
        sheet.insert_rows(1, chance.randint(1, 3))
    elif deed == 4:
        sheet.delete_cols(chance.randint(1, sheet.max_column))
    else:
        first = chance.randint(1, sheet.max_row)
        sheet.merge_cells(start_row=first, end_row=first + 1, start_column=1, end_column=2)
    return saved(book)


def saved(book) -> bytes:
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()


def spoil_parts(content: bytes, chance: random.Random) -> bytes:
    """Drop, cut, double or scratch the parts of the archive, and the XML in them."""
    output = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(output, "w") as new:
        names = old.namelist()
        victim = chance.choice(names)
        for name in names:
            data = old.read(name)
            deed = chance.randrange(5) if name == victim else -1
            if deed == 0:
                continue
            if deed == 1:
                data = data[: chance.randrange(len(data) + 1)]
            elif deed == 2:
                at = chance.randrange(len(data) + 1)
                data = (
                    data[:at]
                    + chance.choice([b"<", b"&", b"\0", b"</a>", b"9999999999"])
                    + data[at:]
                )
            elif deed == 3:
                data = data.replace(b' r="A', b' r="ZZZZ').replace(b't="s"', b't="n"')
            elif deed == 4:
                data = data + data
            new.writestr(name, data)
    return output.getvalue()


def spoil_bytes(content: bytes, chance: random.Random) -> bytes:
    spoilt = bytearray(content)
    for _ in range(chance.randint(1, 20)):
        spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
    return bytes(spoilt[: chance.randrange(1, len(spoilt))] if chance.random() < 0.3 else spoilt)


SPOILERS: dict[str, Callable[[bytes, random.Random], bytes]] = {
    "cells": spoil_cells,
    "sheets": spoil_sheets,
    "parts": spoil_parts,
    "bytes": spoil_bytes,
}


def test_the_form_that_is_spoilt_is_sound() -> None:
    assert examine(workbook(FORM)).package is not None


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize("kind", SPOILERS)
def test_a_spoilt_workbook_is_a_form_or_has_faults(kind: str, seed: int) -> None:
    """In this process, where whatever is not foreseen would be raised."""
    content = SPOILERS[kind](workbook(FORM), random.Random(f"{kind} {seed}"))
    if refuse(content) is not None:
        return
    said = pyxform_worker.verdict_of(content)
    faults = [from_json(values) for values in said["faults"]]
    assert said["xform"] or any(fault.is_error for fault in faults)
    assert listed(faults, SAY) or not faults


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("kind", SPOILERS)
def test_a_spoilt_workbook_goes_through_the_worker_and_can_be_marked(kind: str, seed: int) -> None:
    content = SPOILERS[kind](workbook(FORM), random.Random(f"{kind} {seed} worker"))
    examined = examine(content)
    assert examined.package is not None or any(fault.is_error for fault in examined.faults)
    shown = mark(content, examined.faults, SAY)
    assert not shown or load_workbook(io.BytesIO(shown)).sheetnames[0] == "Lỗi cần sửa"
