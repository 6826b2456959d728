import pytest

from intents.beds import find_beds
from intents.shape import shape
from tests.intents.words import Match, Words

SIZES = {"1.5米床": "double", "double": "double", "1.8米床": "king", "king": "king"}
KINDS = ("四件套", "bedding set", "床单", "床")


class Bedding(Words):
    """A shop that sells bedding by the bed it fits."""

    def find(self, text, language="en"):
        places = ((kind, text.find(kind)) for kind in KINDS)
        return [
            Match("product_type", kind, None, at, at + len(kind)) for kind, at in places if at >= 0
        ]

    def named(self, name, words, language="en"):
        value = SIZES.get(words) if name == "size" else None
        return value and Match(name, value, None, 0, len(words))


@pytest.mark.parametrize(
    ("text", "words", "size"),
    [
        ("一米五的床用的四件套", "一米五的床", "double"),
        ("一米八床的四件套", "一米八床", "king"),
        ("四件套 1.8米的床", "1.8米的床", "king"),
        ("150厘米宽的床，四件套", "150厘米宽的床", "double"),
        ("bedding set for a 1.5m bed", "1.5m bed", "double"),
        ("bedding set for a 180 cm bed", "180 cm bed", "king"),
        ("bedding set for a king size bed", "king size bed", "king"),
    ],
)
def test_the_bed_that_bedding_fits_is_its_size(text, words, size):
    (slot,) = find_beds(shape(text), Bedding())
    assert (slot.name, slot.value, slot.raw) == ("size", size, words)


@pytest.mark.parametrize(
    "text",
    [
        "1.5米的床",
        "1.5米床单",
        "两米三的床用的四件套",
        "bedding set for a queen bed",
        "bedding set 1.5m bed sheet",
        "四件套 1.5米",
    ],
)
def test_a_bed_itself_and_what_the_shop_has_no_size_for_are_left_alone(text):
    assert find_beds(shape(text), Bedding()) == []


def test_a_shop_without_such_sizes_has_none():
    assert find_beds(shape("一米五的床用的四件套"), Words()) == []
