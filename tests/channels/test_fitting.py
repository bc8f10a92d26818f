import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.fitting import fit, link_files, split, units
from bot.chat import Abilities, Choice, File, Message

PLAIN = Abilities()
BUTTONS = Abilities(buttons=8, button_label=20, text_limit=100)
FAMILY = "👩‍👩‍👧‍👦"
SIGNS = ["a", "ế", "e\u0302\u0301", " ", "\n", "\n\n", FAMILY, "🇻🇳", "\u0301"]
texts = st.lists(st.sampled_from(SIGNS), max_size=80).map(lambda signs: "a" + "".join(signs))


def marks(text):
    """The text without blanks."""
    return "".join(text.split())


@given(texts, st.integers(min_value=25, max_value=60))
def test_nothing_is_lost_and_no_part_is_too_long(text, limit):
    parts = split(text, limit)
    assert marks("".join(parts)) == marks(text)
    assert all(units(part) <= limit for part in parts)
    # A blank that carries an accent is something to see, and may begin a part.
    for signs in (regex.findall(r"\X", part) for part in parts):
        assert signs
        assert not signs[0].isspace()
        assert not signs[-1].isspace()


@given(texts, st.integers(min_value=25, max_value=60))
def test_no_sign_is_cut_in_two(text, limit):
    whole = [sign for sign in regex.findall(r"\X", text) if not sign.isspace()]
    shown = [
        sign for part in split(text, limit) for sign in regex.findall(r"\X", part)
        if not sign.isspace()
    ]  # fmt: skip
    assert shown == whole


@given(st.text(max_size=300), st.integers(min_value=2, max_value=50))
def test_any_text_can_be_split(text, limit):
    parts = split(text, limit)
    assert marks("".join(parts)) == marks(text)
    assert all(units(part) <= limit for part in parts)


def test_a_short_text_stays_whole_without_blanks_around_it():
    assert split("  một\n\nhai \n", 100) == ["một\n\nhai"]


def test_blanks_alone_give_no_part():
    assert split(" \n ", 100) == []
    assert split(" \n " * 100, 100) == []


def test_the_cut_is_between_paragraphs_if_it_can_be():
    assert split("aaa aaa\n\nbbb\nbbb bbb", 16) == ["aaa aaa", "bbb\nbbb bbb"]


def test_else_between_lines():
    assert split("aaa aaa aa\nbbb bbb bbb bbb", 16) == ["aaa aaa aa", "bbb bbb bbb bbb"]


def test_else_between_words():
    assert split("aaa bbb ccc ddd", 8) == ["aaa bbb", "ccc ddd"]


def test_a_paragraph_break_near_the_start_does_not_make_a_crumb():
    assert split("Hi\n\n" + "word " * 20, 50)[0] != "Hi"


def test_a_word_without_end_is_cut_between_signs():
    assert split(FAMILY * 10, units(FAMILY) * 3 + 5) == [FAMILY * 3] * 3 + [FAMILY]


def test_a_sign_longer_than_the_limit_is_cut_after_all():
    assert all(units(part) <= 5 for part in split("e" + "\u0301" * 50, 5))


def test_a_hundred_thousand_letters_split_at_once():
    parts = split("chữ " * 25_000, 4096)
    assert len(parts) == 25


def test_without_buttons_the_choices_are_numbered_under_the_text():
    (part,) = fit(Message("Có không?", (Choice("Có", "a"), Choice("Chưa có", "b"))), PLAIN)
    assert part.text == "Có không?\n\n1. Có\n2. Chưa có"
    assert part.buttons == ()


def test_a_page_to_open_takes_no_number():
    choices = (Choice("Có", "a"), Choice("Xem", "", "https://x.vn/1"), Choice("Chưa", "b"))
    (part,) = fit(Message("Có không?", choices), PLAIN)
    assert part.text == "Có không?\n\n1. Có\nXem: https://x.vn/1\n2. Chưa"


def test_short_labels_stay_on_their_buttons():
    (part,) = fit(Message("Có không?", (Choice("Có", "a"), Choice("Chưa có", "b"))), BUTTONS)
    assert part.text == "Có không?"
    assert [button.label for button in part.buttons] == ["Có", "Chưa có"]


def test_labels_too_long_for_a_button_are_written_out_and_the_ways_on_keep_their_words():
    long = "Trường Tiểu học Tân Thành"
    choices = (Choice(long, "1"), Choice("Khác", "2"), Choice(long, "3"), Choice("Bỏ qua", "s"))
    (part,) = fit(Message("Trường?", choices), BUTTONS)
    assert part.text == f"Trường?\n\n1. {long}\n2. Khác\n3. {long}"
    assert [button.label for button in part.buttons] == ["1", "2", "3", "Bỏ qua"]
    assert [button.token for button in part.buttons] == ["1", "2", "3", "s"]


def test_a_tick_is_kept_on_a_number():
    choices = (Choice("☑ Đọc sách tại thư viện", "1"), Choice("☐ Thi kể chuyện theo sách", "2"))
    (part,) = fit(Message("Hoạt động?", choices), BUTTONS)
    assert [button.label for button in part.buttons] == ["☑ 1", "☐ 2"]
    assert "1. ☑ Đọc sách tại thư viện" in part.text


def test_more_choices_than_buttons_are_all_written_out():
    (part,) = fit(Message("?", tuple(Choice(f"c{n}", f"{n}") for n in range(1, 12))), BUTTONS)
    assert part.text.endswith("\n11. c11")
    assert len(part.buttons) == 8


def test_buttons_stand_under_the_last_part():
    parts = fit(Message("chữ " * 60, (Choice("Có", "a"),)), BUTTONS)
    assert len(parts) == 3
    assert [len(part.buttons) for part in parts] == [0, 0, 1]


@pytest.mark.parametrize("lead", ["", "🎉 ", "  \n"])
def test_what_is_strong_is_found_in_utf16_units(lead):
    (part,) = fit(Message(f"{lead}Câu 1\nCó kế hoạch không?", strong="Có kế hoạch không?"), PLAIN)
    raw = part.text.encode("utf-16-le")
    offset, length = part.strong
    assert raw[offset * 2 : (offset + length) * 2].decode("utf-16-le") == "Có kế hoạch không?"


def test_what_is_strong_may_go_over_two_parts():
    text = "mở đầu " + "chữ " * 40 + "hết"
    parts = fit(Message(text, strong=text[7:]), BUTTONS)
    assert parts[0].strong == (7, len(parts[0].text) - 7)
    assert parts[1].strong == (0, len(parts[1].text))


def test_strong_words_that_are_not_in_the_text_do_no_harm():
    (part,) = fit(Message("Xin chào", strong="tạm biệt"), PLAIN)
    assert part.strong is None


def test_choices_without_a_text_are_still_said():
    (part,) = fit(Message(" ", (Choice("Có", "a"),)), BUTTONS)
    assert part.text == "Có"
    assert fit(Message(""), BUTTONS) == ()


def test_files_become_links_where_no_files_can_be_sent():
    message = Message("Đã nộp.", files=(File("k", "Bao-cao.docx", "application/msword"),))
    linked = link_files(message, {file: f"https://x.vn/{file.key}" for file in message.files})
    assert linked.text == "Đã nộp.\n\n📄 Bao-cao.docx\nhttps://x.vn/k"
    assert linked.files == ()
