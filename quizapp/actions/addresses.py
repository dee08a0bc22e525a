"""Names and e-mail addresses as people type them."""

import unicodedata

from email_validator import EmailNotValidError, validate_email

from quizapp.store.accounts import folded

NAME_LEAST, NAME_MOST = 2, 60
# Letters and marks that nobody sees: with them, two names would look the same (Unicode: Default_Ignorable, and U+2800).
UNSEEN = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0") | {
    chr(code) for code in (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))
}


def is_name(text: str) -> bool:
    """Whether somebody may be called so: letters, digits, a little punctuation; no `@`, which is for addresses."""
    name = " ".join(text.split())
    is_plain = all(unicodedata.category(sign)[0] in "LMNPSZ" and sign not in UNSEEN for sign in name)
    compared = folded(name)  # some signs are compared as an `@`, or as nothing
    is_told_apart = "@" not in compared and any(sign.isalnum() for sign in compared)
    return NAME_LEAST <= len(name) <= NAME_MOST and is_plain and is_told_apart


def normal_email(text: str) -> str:
    """An address as it is written rightly; empty for one that is none. No server is asked."""
    try:
        return validate_email(text.strip(), check_deliverability=False).normalized
    except EmailNotValidError:
        return ""
