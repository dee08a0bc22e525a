"""Names and e-mail addresses as people type them."""

import unicodedata

from email_validator import EmailNotValidError, validate_email

NAME_LEAST, NAME_MOST = 2, 60


def is_name(text: str) -> bool:
    """Whether somebody may be called so: letters, digits, a little punctuation; no `@`, which is for addresses."""
    name = " ".join(text.split())
    is_plain = all(unicodedata.category(sign)[0] in "LMNPSZ" and sign != "@" for sign in name)
    return NAME_LEAST <= len(name) <= NAME_MOST and is_plain and any(sign.isalnum() for sign in name)


def normal_email(text: str) -> str:
    """An address as it is written rightly; empty for one that is none. No server is asked."""
    try:
        return validate_email(text.strip(), check_deliverability=False).normalized
    except EmailNotValidError:
        return ""
