"""A link is for one purpose and one person, and it ends."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.chat import Address, File
from bot.web.links import Links

NOW = datetime(2023, 10, 9, 8, 42, tzinfo=UTC)
LINKS = Links("secret", "https://baocao.example/")
REPORT = File("documents/7.docx", "Báo cáo.docx", "application/msword")


def test_a_token_says_what_was_signed_until_it_ends():
    token = LINKS.sign("chat", "cô Hạnh", NOW + timedelta(minutes=5))
    assert LINKS.verify("chat", token, NOW) == "cô Hạnh"
    assert LINKS.verify("chat", token, NOW + timedelta(minutes=4, seconds=59)) == "cô Hạnh"
    assert LINKS.verify("chat", token, NOW + timedelta(minutes=5)) == ""


def test_a_token_for_one_purpose_is_false_for_another():
    token = LINKS.sign("file", "x", NOW + timedelta(days=1))
    assert LINKS.verify("cookie", token, NOW) == ""


@pytest.mark.parametrize("token", ["", ".", "x", "x.y", "é", "WyJ4Iiw5OTk5OTk5OTk5XQ.AAAA", "\0"])
def test_a_made_up_token_is_false(token: str):
    assert LINKS.verify("chat", token, NOW) == ""
    assert LINKS.read_file(token, NOW) is None


def test_another_secret_makes_another_token():
    token = Links("other", "").sign("chat", "x", NOW + timedelta(days=1))
    assert LINKS.verify("chat", token, NOW) == ""


def test_a_changed_letter_makes_a_token_false():
    token = LINKS.sign("chat", "address", NOW + timedelta(days=1))
    for place, letter in enumerate(token):
        changed = token[:place] + ("A" if letter != "A" else "B") + token[place + 1 :]
        # The last letter of base64 carries unused bits.
        assert LINKS.verify("chat", changed, NOW) == "" or place == len(token) - 1


def test_links_to_chats_and_invitations_are_whole_addresses():
    until = NOW + timedelta(days=1)
    link = LINKS.chat("abc", until)
    assert link.startswith("https://baocao.example/chat?t=")
    assert LINKS.verify("chat", link.partition("=")[2], NOW) == "abc"
    assert LINKS.invitation("TT-7K3M") == "https://baocao.example/moi/TT-7K3M"


def test_a_link_to_a_file_says_which_file_and_whose():
    until = NOW + timedelta(hours=1)
    mine = LINKS.file(REPORT, until, owner="abc")
    assert mine.startswith("/files/")
    assert LINKS.read_file(mine.removeprefix("/files/"), NOW) == (REPORT, "abc")


def test_a_link_to_the_upload_page_says_for_which_chat():
    zalo = Address("zalo-bot", "6ede9afa66b88fe6d6a9")
    link = LINKS.upload(zalo, NOW + timedelta(hours=24))
    assert link.startswith("https://baocao.example/gui/")
    token = link.rpartition("/")[2]
    assert LINKS.read_upload(token, NOW + timedelta(hours=23)) == zalo
    assert LINKS.read_upload(token, NOW + timedelta(hours=24)) is None
    assert LINKS.verify("chat", token, NOW) == ""
    assert LINKS.read_upload(LINKS.sign("chat", "6ede", NOW + timedelta(hours=1)), NOW) is None
