from datetime import UTC, datetime, timedelta

import pytest

from assistant.types import Utterance
from assistant.web.identity import IdentityError, read_token, sign, signed_in

SECRET = "s" * 32
NOW = datetime.now(UTC)


def test_a_signed_token_says_who_is_there():
    found = read_token(sign("u1", SECRET, NOW), SECRET, NOW)
    assert found.user_id == "u1"
    assert NOW < found.expires <= NOW + timedelta(minutes=5)


@pytest.mark.parametrize(
    "token",
    [
        "",
        ".",
        "a.b",
        "x" * 5_000,
        sign("u1", "t" * 32, NOW),
        sign("u1", SECRET, NOW - timedelta(hours=1)),
        sign("u1", SECRET, NOW, timedelta(days=30)),
        sign("", SECRET, NOW),
        sign("u" * 300, SECRET, NOW),
        sign("u1", SECRET, NOW)[:-2],
        "é." + sign("u1", SECRET, NOW),
    ],
)
def test_forged_broken_and_old_tokens_prove_nothing(token):
    with pytest.raises(IdentityError):
        read_token(token, SECRET, NOW)


def test_without_a_secret_nobody_is_taken_at_their_word():
    for secret in ("", "short"):
        with pytest.raises(IdentityError):
            read_token(sign("u1", secret, NOW), secret, NOW)


def session_id(letter):
    return f"web-{letter * 32}"


def fresh(user_id):
    """A token signed now: the whole suite may take longer than a token lives."""
    return sign(user_id, SECRET, datetime.now(UTC))


def test_the_conversation_goes_on_on_another_device(demo_assistant):
    first, second = session_id("m"), session_id("n")
    assert signed_in(fresh("u-dev"), first, SECRET, demo_assistant) == first
    demo_assistant.reply(Utterance(first, "hello"))
    assert demo_assistant.storage.load(first).user_id == "u-dev"
    assert signed_in(fresh("u-dev"), second, SECRET, demo_assistant) == first


def test_a_conversation_that_only_claims_the_customer_is_not_gone_on_with(demo_assistant):
    trap, mine = session_id("x"), session_id("y")
    demo_assistant.reply(Utterance(trap, "hello", "u-victim"))
    assert signed_in(fresh("u-victim"), mine, SECRET, demo_assistant) == mine
    assert not demo_assistant.storage.load(trap).user_proven


def test_a_token_is_good_for_one_conversation(demo_assistant):
    token = fresh("u-once")
    mine, thief = session_id("o"), session_id("p")
    assert signed_in(token, mine, SECRET, demo_assistant) == mine
    assert signed_in(token, mine, SECRET, demo_assistant) == mine
    demo_assistant.storage.erase_user("u-once")
    other = fresh("u-once")
    assert signed_in(other, mine, SECRET, demo_assistant) == mine
    demo_assistant.reply(Utterance(thief, "hello"))
    read = read_token(other, SECRET, datetime.now(UTC))
    assert demo_assistant.storage.use_token(read.token_id, thief, read.expires) is False


def test_somebody_elses_conversation_is_not_taken_over(demo_assistant):
    theirs = session_id("q")
    signed_in(fresh("u-a"), theirs, SECRET, demo_assistant)
    got = signed_in(fresh("u-b"), theirs, SECRET, demo_assistant)
    assert got != theirs
    assert demo_assistant.storage.load(theirs).user_id == "u-a"
