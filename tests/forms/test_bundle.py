"""A form in a ZIP with the files it needs: lists, pictures, the author's own layout."""

import io
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from bot.forms.bundle import opened
from bot.forms.filling import Filling
from bot.forms.sheet import examine, mark
from bot.forms.xform import Form
from bot.texts import texts
from tests.forms.workbooks import environment, workbook
from tests.samples import photo

FORM = """
| type                          | name | label        | media::image | calculation |
| select_one_from_file lop.csv  | lop  | Lớp nào?     |              |             |
| select_one loai               | loai | Loại nào?    | nha.jpg      |             |
| calculate                     | gv   |              |              | ${of} |
| note                          | n    | Cô ${gv}     |              |             |
## choices
| list_name | name | label | image   |
| loai      | a    | Tốt   | tot.png |
| loai      | b    | Hỏng  |         |
## settings
| form_title | form_id |
| Phòng học  | phong   |
""".replace("${of}", "pulldata('lop', 'gv', 'name', ${lop})")
CSV = "name,label,gv\n1a,Lớp 1A,Hoa\n1b,Lớp 1B,Mận\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40


def zipped(**files: bytes | str) -> bytes:
    """An archive; two underscores in a name stand for its dot."""
    return packed({name.replace("__", "."): content for name, content in files.items()})


def packed(files: dict[str, bytes | str]) -> bytes:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return output.getvalue()


def keys(content: bytes) -> list[str]:
    return [fault.key for fault in examine(content).faults]


def test_lists_and_pictures_come_with_the_form():
    examined = examine(
        packed(
            {
                "Phòng học/form.xlsx": workbook(FORM),
                "Phòng học/lop.csv": CSV,
                "Phòng học/nha.jpg": photo(1, (60, 40)),
                "Phòng học/tot.png": PNG,
                "__MACOSX/Phòng học/._form.xlsx": b"litter",
                "Phòng học/~$form.xlsx": b"litter",
                "Phòng học/.DS_Store": b"litter",
            }
        )
    )
    assert examined.faults == ()
    package = examined.package
    assert package is not None
    assert sorted(package.layout["media"]) == ["nha.jpg", "tot.png"]
    assert set(package.media) == set(package.layout["media"].values())
    filling = Filling.start(Form.compile(package.xform, package.layout), environment())
    first = filling.next_open()
    assert first is not None
    assert [option.label for option in first.choices] == ["Lớp 1A", "Lớp 1B"]
    filling.answer("/data/lop", "1b")
    second = filling.next_open()
    assert second is not None
    assert [one.name for one in second.media] == ["nha.jpg"]
    assert [[one.name for one in option.media] for option in second.choices] == [["tot.png"], []]
    assert filling.step("/data/n").label == "Cô Mận"


def test_a_form_alone_in_an_archive_is_a_form():
    examined = examine(zipped(phieu__xlsx=workbook("| type | name | label |\n| text | a | A? |")))
    assert examined.package is not None
    assert examined.faults == ()


def test_what_did_not_come_is_named_with_its_cell_and_the_form_is_taken():
    examined = examine(zipped(form__xlsx=workbook(FORM), nha__jpg=b"this is no picture"))
    assert examined.package is not None
    assert {(f.sheet, f.cell, f.key) for f in examined.faults} == {
        ("survey", "D3", "fault-media"),
        ("choices", "D2", "fault-media"),
        ("", "", "fault-list-file"),
    }
    assert "media" not in examined.package.layout


@pytest.mark.parametrize(
    "written",
    [
        CSV.encode("utf-8-sig"),
        CSV.replace(",", ";").encode(),
        CSV.replace(",", "\t").encode("utf-16"),
        CSV.replace("Mận", "Mâ\u0323n").encode("cp1258", "replace"),
    ],
    ids=["UTF-8", "semicolons", "Unicode text", "Windows"],
)
def test_a_list_is_read_as_excel_writes_it(written: bytes):
    package = examine(zipped(form__xlsx=workbook(FORM), lop__csv=written)).package
    assert package is not None
    filling = Filling.start(Form.compile(package.xform, package.layout), environment())
    first = filling.next_open()
    assert first is not None
    assert [option.name for option in first.choices] == ["1a", "1b"]


def test_a_list_that_is_no_text_does_not_count_as_one():
    assert "fault-list-file" in keys(
        zipped(form__xlsx=workbook(FORM), lop__csv=b"\x01\x02\x03\x00")
    )


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (zipped(a__txt="x", b__jpg=b"y"), "fault-file-archive"),
        (zipped(a__xlsx=workbook(FORM), b__xls=b"x"), "fault-bundle-forms"),
        (zipped(a__xlsx=workbook(FORM), b__mp4=b"\0" * 30_000_001), "fault-bundle-large"),
        (zipped(a__xlsx=b"no workbook", b__csv=CSV), "fault-file-text"),
        (zipped(a__xlsx=zipped(b__xlsx=b"x"), c__csv=CSV), "fault-file-broken"),
    ],
    ids=["no form", "two forms", "too large", "no workbook", "an archive in an archive"],
)
def test_what_cannot_be_a_form_is_said(content: bytes, expected: str):
    examined = examine(content)
    assert examined.package is None
    assert [fault.key for fault in examined.faults] == [expected]


def test_a_damaged_archive_is_said_to_be_broken():
    content = bytearray(zipped(form__xlsx=workbook(FORM), lop__csv=CSV * 50))
    at = content.find(b"lop.csv") + 12
    content[at] ^= 0xFF
    assert keys(bytes(content)) == ["fault-file-broken"]


def test_an_xform_comes_with_its_lists_as_odk_packs_them():
    package = examine(workbook(FORM)).package
    assert package is not None
    bundle = packed({"form.xml": package.xform, "form-media/lop.csv": CSV})
    examined = examine(bundle)
    assert examined.package is not None
    form = Form.compile(examined.package.xform, examined.package.layout)
    first = Filling.start(form, environment()).next_open()
    assert first is not None
    assert len(first.choices) == 2


def test_the_form_of_an_archive_is_given_back_marked():
    content = zipped(form__xlsx=workbook(FORM.replace("${lop}", "${lo}")), lop__csv=CSV)
    faults = examine(content).faults
    marked = mark(content, faults, texts("vi"))
    assert load_workbook(io.BytesIO(marked)).sheetnames[1:] == ["survey", "choices", "settings"]


def test_a_workbook_is_no_archive_of_forms():
    content = workbook(FORM)
    assert opened(content).form is content
    assert opened(content).files == {}


def test_a_public_form_gets_its_lists(tmp_path: Path):
    biomass = Path(__file__).parents[3] / "shared" / "xlsforms" / "UCL_Biomass_Plot_Form.xlsx"
    if not biomass.is_file():
        pytest.skip("the public forms are not here")
    wanted = [
        dict(f.arguments)["file"]
        for f in examine(biomass.read_bytes()).faults
        if f.key == "fault-list-file"
    ]
    lists = dict.fromkeys(wanted, "name,label\nx,X\n")
    assert wanted
    assert "fault-list-file" not in keys(packed({"form.xlsx": biomass.read_bytes(), **lists}))
