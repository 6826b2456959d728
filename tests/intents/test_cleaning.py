import pytest

from intents.cleaning import without_asides


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("in blue if that can be done", "in blue"),
        ("in blue, if at all possible, and small", "in blue , and small"),
        ("waterproof is how I'd take it", "waterproof"),
        ("防水，这样才合我意", "防水"),
        ("便宜点，那就更好了", "便宜点"),
        ("if it is possible to return that, tell me", "if it is possible to return that, tell me"),
        ("that is how it works", "that is how it works"),
        ("这样的有吗", "这样的有吗"),
        ("那就好", "那就好"),
        ("这样最好", "这样最好"),
        ("that's the way I like it", "that's the way I like it"),
        ("哪款比这更好", "哪款比这更好"),
        ("tell me if it's possible to pay later", "tell me if it's possible to pay later"),
        ("I'll take it if it is ok to return it",) * 2,
        ("let me know if that's ok", "let me know if that's ok"),
        ("ask the seller if this is fine for kids", "ask the seller if this is fine for kids"),
    ],
)
def test_what_only_softens_a_wish_is_blank(text, left):
    plain = without_asides(text)
    assert len(plain) == len(text)
    assert " ".join(plain.split()) == left
