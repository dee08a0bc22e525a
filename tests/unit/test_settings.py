"""Settings: where they come from, and what is said of one that cannot be used."""

from pathlib import Path

import pytest

from quizapp.errors import SettingsError
from quizapp.settings import RULES, Settings, read_settings


def read(tmp_path: Path, text: str = "", **environment: str) -> Settings:
    (tmp_path / "settings.toml").write_text(text, encoding="utf-8")
    return read_settings(
        {f"QUIZAPP_{name.upper()}": value for name, value in environment.items()}, {"instance": str(tmp_path)}
    )


def test_what_is_said_later_counts(tmp_path: Path) -> None:
    text = 'name = "File"\nlanguage = "de"\naccess = "account"\n'
    settings = read(tmp_path, text, language="fr", access="")
    assert (settings.name, settings.language, settings.access) == ("File", "fr", "account")
    assert read(tmp_path).access == "open"


@pytest.mark.parametrize("proxies", ["proxies = 2", 'proxies = "2"'])
def test_a_number_may_be_written_as_one(tmp_path: Path, proxies: str) -> None:
    assert read(tmp_path, proxies).proxies == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('acess = "open"', "acess is not a setting. Did you mean access?"),
        ('zzz = "1"', "The settings are: database_url"),
        ('content = "x"', "content is not a setting"),
        ("name = 3", 'name is not a text. Write `name = "…"`.'),
        ("proxies = true", "proxies is not a text"),
        ("proxies = -1", "Write how many proxies"),
        ("name =", "cannot be read"),
    ],
)
def test_a_file_with_a_mistake_is_refused_with_what_to_write(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(SettingsError) as refused:
        read(tmp_path, text)
    assert said in str(refused.value)


def test_a_misspelt_variable_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="QUIZAPP_ACESS is not a setting"):
        read(tmp_path, acess="open")


WRONG = {
    "time_zone": ["Mars/Base", "../etc/passwd", ""],
    "language": ["", "english", "de_DE", 'en"'],
    "editing": ["yes", "Off", ""],
    "access": ["closed", "Open", ""],
    "colour": ["blue", "#fff", "#0a549e;}", "#0a549e\n"],
    "logo": ["/etc/logo.svg", "../logo.svg"],
    "imprint": ["/etc/imprint.md", "../i.md", "javascript://x", "ftp://example.org"],
    "address": ["learn.example.org", "javascript:x", "ftp://a", "http://", "http://[", "https://a:0"],
    "proxies": ["-1", "one", "11", "1.5"],
    "mail_server": ["mail.example.org", "mail:x", "a b:25", "mail:25\n"],
    "mail_security": ["ssl", "", "TLS"],
}


def test_every_rule_is_tried() -> None:
    assert set(WRONG) == set(RULES)


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in WRONG.items() for value in values])
def test_a_value_that_cannot_be_used_is_refused(tmp_path: Path, name: str, value: str) -> None:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    with pytest.raises(SettingsError, match=f"^{name}: "):
        read(tmp_path, f'{name} = "{escaped}"')


def test_mail_needs_a_sender_and_an_address(tmp_path: Path) -> None:
    mail = {"mail_server": "[::1]:25", "mail_from": "t@example.org", "address": "https://learn.example.org/"}
    assert read(tmp_path, **mail).address == "https://learn.example.org"
    for name in ("mail_from", "address"):
        with pytest.raises(SettingsError, match=f"^{name}: is missing"):
            read(tmp_path, **{**mail, name: ""})
