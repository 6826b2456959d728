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
    ],
)
def test_what_only_softens_a_wish_is_blank(text, left):
    plain = without_asides(text)
    assert len(plain) == len(text)
    assert " ".join(plain.split()) == left
