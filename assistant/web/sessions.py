"""The ids of conversations on the web: long and random, since who knows one may read on."""

import re
import secrets

PREFIX = "web-"
PATTERN = rf"{PREFIX}[A-Za-z0-9_-]{{32}}"

_SESSION = re.compile(PATTERN)


def new_session() -> str:
    """An id that nobody has guessed."""
    return PREFIX + secrets.token_urlsafe(24)


def is_session(text: str) -> bool:
    """Whether a text has the form of such an id."""
    return _SESSION.fullmatch(text) is not None
