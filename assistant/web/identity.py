"""Who a shopper is, as the shop's own page says and signs it.

A token is ``payload.signature``, both base64url without padding: the payload is JSON with ``sub``
(the customer's id), ``exp`` (seconds since 1970) and ``jti`` (an id used once); the signature is
HMAC-SHA256 of the payload's text under the shop's secret (RFC 2104).
"""

import base64
import binascii
import hashlib
import hmac
import json
import logging
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from assistant.engine import Assistant
from assistant.state import new_state
from assistant.storage import Storage
from assistant.web.sessions import PREFIX, new_session

_log = logging.getLogger(__name__)

SHORTEST_SECRET = 32
_LONGEST_TOKEN = 2_000
_LONGEST_LIFE = timedelta(days=1)


class IdentityError(ValueError):
    """A token that proves nothing; the message says why, without the token."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the shop says is there, until when, under which one-time id."""

    user_id: str
    expires: datetime
    token_id: str


def sign(user_id: str, secret: str, now: datetime, life: timedelta = timedelta(minutes=5)) -> str:
    """A token as a shop's server makes it."""
    expires = int((now + life).timestamp())
    claims = {"sub": user_id, "exp": expires, "jti": secrets.token_urlsafe(16)}
    payload = _encode(json.dumps(claims, separators=(",", ":")).encode())
    return f"{payload}.{_encode(_signature(payload, secret))}"


def read_token(token: str, secret: str, now: datetime) -> Identity:
    """What a token says, if the shop signed it and it has not expired.

    Raises:
        IdentityError: it is forged, broken, expired, or lives longer than a day.
    """
    if len(secret) < SHORTEST_SECRET:
        raise IdentityError("no secret is set, or it is too short")
    payload, _, signature = token.partition(".")
    if len(token) > _LONGEST_TOKEN or not hmac.compare_digest(
        _encode(_signature(payload, secret)).encode(), signature.encode()
    ):
        raise IdentityError("the signature does not fit")
    try:
        claims = json.loads(_decode(payload))
        user_id, token_id = claims["sub"], claims["jti"]
        expires = datetime.fromtimestamp(claims["exp"], UTC)
    except (ValueError, TypeError, KeyError, OverflowError, OSError, binascii.Error) as error:
        raise IdentityError("expected sub, exp and jti") from error
    if not (_is_id(user_id, 255) and _is_id(token_id, 64)):
        raise IdentityError("expected sub and jti as texts")
    if not now < expires <= now + _LONGEST_LIFE:
        raise IdentityError("it has expired, or lives too long")
    return Identity(user_id, expires, token_id)


def accept(token: str, session_id: str, secret: str, storage: Storage) -> str:
    """The customer's id, for the first conversation that the token comes with.

    Raises:
        IdentityError: as :func:`read_token`, or another conversation used it before.
    """
    found = read_token(token, secret, datetime.now(UTC))
    if not storage.use_token(found.token_id, session_id, found.expires):
        raise IdentityError("it was used before")
    return found.user_id


def signed_in(token: str, session_id: str, secret: str, assistant: Assistant) -> str:
    """The conversation to go on with: this one, or the customer's newest on another device.

    A token that proves nothing leaves the shopper the guest they were.
    """
    storage = assistant.storage
    try:
        found = read_token(token, secret, datetime.now(UTC))
        theirs = _proven_talks(storage, found.user_id)
        state = storage.load(session_id)
        if state is not None and state.user_id not in ("", found.user_id):
            session_id = new_session()
        elif theirs and (state is None or state.user_id != found.user_id):
            session_id = theirs[-1]
        if not storage.use_token(found.token_id, session_id, found.expires):
            raise IdentityError("it was used before")
    except IdentityError as error:
        _log.warning("a token was refused: %s", error)
        return session_id
    storage.bind_user(new_state(session_id, assistant.default_language), found.user_id)
    return session_id


def _proven_talks(storage: Storage, user_id: str) -> list[str]:
    """The customer's conversations on the web, oldest first.

    Those that only claim the id are left out: whoever began one could read what follows.
    """
    known = (one for one in storage.conversations_of(user_id) if one.startswith(PREFIX))
    return [one for one in known if (kept := storage.load(one)) is not None and kept.user_proven]


def _is_id(value: object, longest: int) -> bool:
    return isinstance(value, str) and 0 < len(value) <= longest and value.isprintable()


def _signature(payload: str, secret: str) -> bytes:
    return hmac.new(secret.encode(), payload.encode(), hashlib.sha256).digest()


def _encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _decode(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
