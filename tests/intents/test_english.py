import pytest

from intents.english import article, is_plural, plural


@pytest.mark.parametrize(
    "word",
    ["dress", "mug", "one-piece", "European", "euro", "unicorn", "unisex", "uniform", "USB", "used",
     "user", "utility", "ukulele", "10", "110", "180", "Blue", "TV", "house", "UK"],
)  # fmt: skip
def test_a_before_a_consonant_by_sound(word):
    assert article(word) == "a"


@pytest.mark.parametrize(
    "word",
    ["apple", "Umbrella", "oven", "hour", "honest", "heirloom", "8", "80", "11", "18", "eight",
     "uninsured", "LED", "LCD", "SSD", "HDMI", "XL", "XS", "XXL", "x-ray", "MP3", "HP", "M", "S",
     "FM", "unlocked"],
)  # fmt: skip
def test_an_before_a_vowel_by_sound(word):
    assert article(word) == "an"


@pytest.mark.parametrize("word", ["UV", "usual", "URL", "ute"])
def test_a_u_that_sounds_like_you_takes_a(word):
    assert article(word) == "a"


@pytest.mark.parametrize(
    ("one", "many"),
    [
        ("mug", "mugs"), ("dress", "dresses"), ("box", "boxes"), ("watch", "watches"),
        ("brush", "brushes"), ("party", "parties"), ("toy", "toys"), ("knife", "knives"),
        ("mouse", "mice"), ("person", "people"), ("lens", "lenses"), ("bus", "buses"),
        ("potato", "potatoes"), ("photo", "photos"), ("running shoe", "running shoes"),
        ("phone case", "phone cases"), ("T-shirt", "T-shirts"), ("coffee mug", "coffee mugs"),
        ("wine glass", "wine glasses"), ("Bookshelf", "bookshelves"),
    ],
)  # fmt: skip
def test_the_last_word_becomes_plural(one, many):
    assert plural(one) == many
    assert is_plural(many)
    assert not is_plural(one)


@pytest.mark.parametrize(
    "phrase",
    ["headphones", "trousers", "children", "people", "ski boots", "luggage", "running footwear",
     "green tea", "series", "scissors", "iPhone 15", "32"],
)  # fmt: skip
def test_plurals_mass_nouns_and_numbers_stay(phrase):
    assert plural(phrase) == phrase


@pytest.mark.parametrize("phrase", ["glass", "cactus", "tennis", "bus", "dress", "lens", "gas"])
def test_an_s_at_the_end_is_not_always_a_plural(phrase):
    assert not is_plural(phrase)


@pytest.mark.parametrize(
    ("one", "many"), [("smart TV", "smart TVs"), ("SUV", "SUVs"), ("iPad", "iPads")]
)
def test_capitals_are_kept(one, many):
    assert plural(one) == many


@pytest.mark.parametrize("phrase", ["mug", "dress", "knife", "smart watch", "tea", "mouse"])
def test_a_plural_has_no_plural_of_its_own(phrase):
    assert plural(plural(phrase)) == plural(phrase)
