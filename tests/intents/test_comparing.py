import pytest

from intents.comparing import find_comparisons
from intents.hints import find_known
from intents.shape import shape
from intents.types import NOTHING_BEFORE
from tests.intents.words import Words


class Shop(Words):
    """A shop that measures some things."""

    KNOWN = ("battery_life", "screen_size", "memory", "refresh_rate", "weight")

    def attribute(self, words, language="en"):
        name = words.replace(" ", "_")
        return name if name in self.KNOWN else None

    def is_measurable(self, name):
        return name in self.KNOWN


@pytest.mark.parametrize(
    ("text", "raw", "value"),
    [
        ("with longer battery life", "longer battery life", "battery_life:descending"),
        ("more memory please", "more memory", "memory:descending"),
        ("less memory is fine", "less memory", "memory:ascending"),
        ("续航再长一点", "续航再长一点", "battery_life:descending"),
        ("内存小点的", "内存小点的", "memory:ascending"),
        ("something heavier", "heavier", "weight:descending"),
        ("太吵了", "太吵", "noise_level:ascending"),
        ("a lower price", "lower price", "cheaper"),
    ],
)
def test_more_and_less_of_what_is_measured(text, raw, value):
    found = find_comparisons(shape(text), Shop())
    assert [(slot.name, slot.raw, slot.value) for slot in found] == [("comparative", raw, value)]


@pytest.mark.parametrize(
    "text", ["what about battery life", "续航怎么样", "more brands", "内存大吗", "a long strap"]
)
def test_what_compares_nothing(text):
    assert find_comparisons(shape(text), Shop()) == []


def test_it_wins_over_a_plain_bigger():
    known = find_known(shape("a bigger screen size"), "en", Shop(), NOTHING_BEFORE)
    values = [slot.value for slot in known if slot.name == "comparative"]
    assert values == ["screen_size:descending"]


@pytest.mark.parametrize(
    ("text", "raw", "low", "high"),
    [
        ("heavier than 2 kg", "heavier than 2 kg", 2, None),
        ("something heavier than 2 kg please", "heavier than 2 kg", 2, None),
        ("比2公斤更重的", "比2公斤更重", 2, None),
        ("要比2公斤重一点的", "比2公斤重", 2, None),
        ("thinner than about 2 cm", "thinner than about 2 cm", None, 2),
        ("比2厘米更薄的", "比2厘米更薄", None, 2),
        ("brighter than 500 lumens", "brighter than 500 lumens", 500, None),
        ("比500流明更亮的", "比500流明更亮", 500, None),
    ],
)
def test_more_than_a_number_is_the_bound_of_that_number(text, raw, low, high):
    assert find_comparisons(shape(text), Shop()) == []
    known = find_known(shape(text), "en", Shop(), NOTHING_BEFORE)
    (bound,) = [slot for slot in known if slot.name == "measure"]
    assert (bound.raw, bound.value.minimum, bound.value.maximum) == (raw, low, high)
