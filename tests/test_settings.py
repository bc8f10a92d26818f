"""Settings come from the environment and .env; a wrong one is named, and never repeated."""

import ast
import inspect
from dataclasses import fields
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.settings import Settings, read_settings

NAMES = [one.name for one in fields(Settings)]


@pytest.fixture(autouse=True)
def nothing_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.delenv(f"BOT_{name.upper()}", raising=False)


def test_what_is_not_set_is_as_the_readme_says():
    assert read_settings(None) == Settings()
    assert Settings().web_address == "http://127.0.0.1:8080"


def test_the_environment_goes_before_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    file = tmp_path / ".env"
    file.write_text(
        "# của Phòng GD&ĐT\nBOT_LISTEN=0.0.0.0:80\nexport BOT_PUBLIC_URL='https://a.vn/'\n"
        "BOT_RETENTION_DAYS=30\nANOTHER=1\nBOT_TIMEZONE=\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("BOT_RETENTION_DAYS", "60")
    monkeypatch.setenv("BOT_LISTEN", "")  # empty is as if it were not there
    monkeypatch.setenv("bot_telegram_rate", "7.5")

    found = read_settings(file, telegram_mode="webhook")

    assert (found.listen, found.web_address) == ("0.0.0.0:80", "https://a.vn")
    assert (found.retention_days, found.telegram_rate) == (60, 7.5)
    assert found.timezone == ZoneInfo("Asia/Ho_Chi_Minh")
    assert found.telegram_mode == "webhook"


def test_what_is_given_goes_before_all(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("BOT_TELEGRAM_TOKEN", "1:a")
    assert read_settings(None, telegram_token="").telegram_token == ""


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("retention_days", "ninety"),
        ("retention_days", "0"),
        ("zalo_oa_paid_messages", "-1"),
        ("telegram_rate", "nan"),
        ("telegram_rate", "much"),
        ("timezone", "Asia/Saigon Centre"),
        ("timezone", "/etc/passwd"),
        ("telegram_mode", "both"),
        ("zalo_bot_mode", "no"),
        ("quiet_hours", "20h-6h"),
        ("public_url", "ftp://a.vn"),
        ("public_url", "a.vn"),
        ("zalo_oa_link", "https:///oa"),
        ("telegram_api_url", "https://a.vn:port"),
        ("telegram_api_url", "https://a vn"),
    ],
)
def test_a_wrong_setting_is_named_and_not_repeated(
    monkeypatch: pytest.MonkeyPatch, name: str, wrong: str
):
    monkeypatch.setenv(f"BOT_{name.upper()}", wrong)
    with pytest.raises(ValueError, match=f"^BOT_{name.upper()}: ") as caught:
        read_settings(None)
    assert wrong == "0" or wrong not in str(caught.value)


def test_no_paid_message_is_a_number_of_messages():
    assert Settings(zalo_oa_paid_messages=0).zalo_oa_paid_messages == 0


def test_no_secret_is_shown():
    secrets = [name for name in NAMES if name.endswith(("_token", "_secret", "secret_key"))]
    shown = repr(Settings(**dict.fromkeys([*secrets, "smtp_url", "database_url"], "geheim")))
    assert len(secrets) == 8
    assert "geheim" not in shown


@pytest.mark.parametrize("name", NAMES)
def test_every_setting_says_what_it_is(name: str):
    (settings,) = ast.parse(inspect.getsource(Settings)).body
    assert isinstance(settings, ast.ClassDef)
    for field, says in zip(settings.body, settings.body[1:], strict=False):
        if isinstance(field, ast.AnnAssign) and ast.unparse(field.target) == name:
            assert isinstance(says, ast.Expr)
            assert isinstance(says.value, ast.Constant)
            assert str(says.value.value).strip()
            return
    raise AssertionError(name)
