"""Ways to reach a shopper, found in what they wrote. Pure."""

import re

_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_PHONE = re.compile(r"(?<![\w#-])\+?\d[\d\s().-]{6,18}\d(?![\w-])", re.ASCII)
_FEWEST_DIGITS = 8
_MOST_DIGITS = 15


def find_contact(text: str) -> str:
    """The first e-mail address or telephone number of a text (E.164 allows 15 digits), or ""."""
    email = _EMAIL.search(text)
    if email is not None:
        return email[0]
    for match in _PHONE.finditer(text):
        digits = sum(sign.isdigit() for sign in match[0])
        if _FEWEST_DIGITS <= digits <= _MOST_DIGITS:
            return match[0].strip()
    return ""
