"""A small form with all that is awkward to add up, and what schools answer to it."""

from typing import Any

from tests.forms.workbooks import answer, begin, package

FORM = """
| type | name | label | relevant | calculation | report::unit | report::short |
| hidden | nam | | | | | Năm |
| text | ten | Tên? | | | | Tên đầy đủ |
| integer | hs | Bao nhiêu học sinh? | | | học sinh | Học sinh |
| decimal | diem | Điểm? | | | | Điểm trung bình |
| select_one co_khong | le | Có làm lễ không? | | | | Làm lễ |
| integer | khach | Bao nhiêu khách? | ${le} = 'co' | | người | Khách dự lễ |
| date | ngay | Ngày nào? | ${le} = 'co' | | | Ngày lễ |
| time | gio | Mấy giờ? | ${le} = 'co' | | | Giờ |
| select_multiple viec | viec | Làm những việc gì? | | | | Các việc |
| calculate | tong | | | coalesce(${hs}, 0) + coalesce(${khach}, 0) | người | Tổng số người |
| begin_repeat | hd | Hoạt động | | | | |
| text | hd_ten | Tên? | | | | Tên hoạt động |
| integer | hd_so | Bao nhiêu người? | | | người | Người tham gia |
| end_repeat | | | | | | |
## choices
| list_name | name | label |
| co_khong | co | Có |
| co_khong | khong | Không |
| viec | doc | Đọc sách |
| viec | ve | Vẽ tranh; tô màu |
## settings
| form_title | form_id | report::short |
| Ngày sách | ngay_sach | Ngày sách |
## report
| kind | text | relevant | source |
| subject | Về việc tổ chức Ngày sách năm ${nam} | | |
| part | TỔ CHỨC | | |
| item | Lễ | | |
| text | Trường mời ${khach}. | ${le} = 'co' | |
| part | KẾT QUẢ | | |
| text | Có ${hs} tham gia các việc: ${viec}. | | |
| point | ${hd_ten}: ${hd_so}. | | hd |
"""


def small_form() -> Any:
    return package(FORM)


def state(rows: list[tuple[str, str]] = (), **values: str) -> dict[str, Any]:  # type: ignore[assignment]
    """A school's answers; an answer given before a later one made it irrelevant stays in it."""
    filling = answer(begin(FORM), **values)
    for name, number in rows:
        row = filling.add_row("/data/hd")
        filling.answer(f"{row}/hd_ten", name)
        filling.answer(f"{row}/hd_so", number)
    return filling.state()
