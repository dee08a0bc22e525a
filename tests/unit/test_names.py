"""Names as people type them, and as they are compared."""

import pytest

from quizapp.actions.addresses import is_name, normal_email
from quizapp.store.accounts import folded


@pytest.mark.parametrize(
    "name", ["Ada", "ada lovelace", "Ħal", "李四", "أحمد", "o'neil-2", "Ada ★", "İstanbul", "a.b_c"]
)
def test_a_name_is_letters_digits_and_a_little_more(name: str) -> None:
    assert is_name(name)


@pytest.mark.parametrize(
    "name",
    [
        "", "a", " a ", "x" * 61, "ada@example.org", "ada＠example.org", "ada﹫home", "--", "★★", "ad\ta\x00",
        "a\x07da", "ada\u202egro", "\u2066ada", "ad\u200ba", "ad\u200da", "ada\ufeff", "ada\u3164", "ada\ufe0f",
        "ada\u2800", "ad\ue000a", "\u3164\u3164\u3164",
    ],
)  # fmt: skip
def test_what_looks_like_another_or_like_an_address_is_no_name(name: str) -> None:
    assert not is_name(name)


@pytest.mark.parametrize(
    "other",
    ["ADA LOVELACE", " ada   lovelace ", "ａｄａ lovelace", "ada\u00a0lovelace", "ada\u2003Lovelace", "𝐚𝐝𝐚 lovelace"],
)
def test_two_that_look_alike_are_the_same(other: str) -> None:
    assert folded(other) == folded("Ada Lovelace")


@pytest.mark.parametrize("text", ["Straße", "ﬁle", "İ", "ǰ", "ϓ", "ͅΑ", "´a", "ada\x00b"])
def test_what_is_folded_stays_as_it_is(text: str) -> None:
    assert folded(folded(text)) == folded(text)
    assert "\0" not in folded(text)


def test_an_address_is_written_in_one_way() -> None:
    assert normal_email(" Ada@EXAMPLE.org ") == "Ada@example.org"
    assert folded("Ada@EXAMPLE.org") == folded("ada@example.ORG")


@pytest.mark.parametrize(
    "text", ["", "ada", "ada@", "@example.org", "ada@example.org\nBcc: b@example.org", "a b@example.org"]
)
def test_what_mail_cannot_be_sent_to_is_no_address(text: str) -> None:
    assert normal_email(text) == ""
