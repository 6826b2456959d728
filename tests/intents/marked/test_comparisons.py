import pytest

from intents.marked.comparisons import read_comparison


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("less costly", "cheaper"),
        ("way too pricy", "cheaper"),
        ("pricier", "more_expensive"),
        ("more lightweight", "lighter"),
        ("a bit roomier", "bigger"),
        ("better reviewed", "better_rated"),
        ("more compact", "smaller"),
        ("便宜", "cheaper"),
        ("高级一些", "more_expensive"),
        ("大半码", "bigger"),
        ("太笨重", "lighter"),
        ("新一点", "newer"),
        ("太占地", "smaller"),
    ],
)
def test_a_comparison_that_the_dialogue_acts_on_has_its_name(words, name):
    assert read_comparison(words) == name


@pytest.mark.parametrize("words", ["slimmer", "a little longer", "厚实些", "再软一点", "更耐用"])
def test_another_comparison_stays_text(words):
    assert read_comparison(words) == words


@pytest.mark.parametrize("words", ["cotton", "剩余", "质量杠杠", ""])
def test_what_compares_nothing_is_none(words):
    assert read_comparison(words) is None
