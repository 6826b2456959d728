from decimal import Decimal

import pytest

from catalog.types import FlagConstraint, NumberConstraint, TextConstraint
from intents.leftover import leftover, search_words
from intents.resolve import UNRESOLVED, resolve, resolve_words
from intents.shape import shape
from intents.types import NOTHING_BEFORE, Measure
from intents.values import read_values
from tests.intents.words import Match, Words


def read(text, language="en"):
    prepared = shape(text)
    return prepared, resolve(prepared, language, Words(), read_values(prepared, NOTHING_BEFORE))


def test_vocabulary_and_rules_share_a_text_in_its_order():
    _, slots = read("red running shoes under $80")
    assert [(slot.name, slot.raw) for slot in slots] == [
        ("color", "red"),
        ("product_type", "running shoes"),
        ("price", "under $80"),
    ]
    assert slots[0].resolved == TextConstraint("color", ("red",))


def test_a_rule_wins_over_the_vocabulary_and_takes_its_constraint():
    _, slots = read("in size 42")
    assert [(slot.name, slot.value) for slot in slots] == [("size", "42")]
    assert slots[0].resolved == TextConstraint("size", ("42",))


class Makers(Words):
    """A shop that has a brand whose name may be a length."""

    def find(self, text, language="en"):
        start = text.lower().index("3m")
        return [Match("brand", "3M", TextConstraint("brand", ("3m",)), start, start + 2)]


@pytest.mark.parametrize(
    ("text", "names"),
    [("3M", ["brand"]), ("要3M的", ["brand"]), ("from 3M", ["brand"]), ("3m", ["measure"])],
)
def test_a_brand_written_as_its_label_is_no_length(text, names):
    prepared = shape(text)
    values = read_values(prepared, NOTHING_BEFORE)
    found = resolve(prepared, "en", Makers(), values)
    assert [slot.name for slot in found] == names


class Plugs(Words):
    """A shop whose headsets say whether they have a connector of some size."""

    def find(self, text, language="en"):
        flag, start = FlagConstraint("connector"), text.index("3.5 mm connector")
        return [Match("feature", "connector", flag, start, start + 16)]


def test_a_feature_that_begins_with_a_number_is_no_length():
    prepared = shape("with 3.5 mm connector")
    found = resolve(prepared, "en", Plugs(), read_values(prepared, NOTHING_BEFORE))
    assert [(slot.name, slot.raw) for slot in found] == [("feature", "3.5 mm connector")]


class Sets(Words):
    """A shop that has bedding in sets, which are called by the number of pieces."""

    def find(self, text, language="en"):
        kind = TextConstraint("category", ("四件套",))
        start = text.find("四件套")
        return [Match("product_type", "bedding", kind, start, start + 3)] if start >= 0 else []


def test_a_kind_that_begins_with_a_number_counts_nothing():
    for text, names in (("要添四件套", ["product_type"]), ("要四件", ["quantity"])):
        prepared = shape(text)
        found = resolve(prepared, "zh", Sets(), read_values(prepared, NOTHING_BEFORE))
        assert [slot.name for slot in found] == names


def test_a_size_the_catalogue_lacks_matches_nothing():
    _, slots = read("in size 99")
    assert slots[0].resolved == TextConstraint("size", ("99",))


def test_a_measure_becomes_a_bound_on_the_catalogues_attribute():
    _, slots = read("at least 8GB RAM")
    assert slots[0].resolved == NumberConstraint("ram_size", Decimal(8), None, "GB")


@pytest.mark.parametrize(
    "text", ["width under 50 cm", "i'm 175 cm", "at least 10 hours of battery"]
)
def test_a_measure_the_catalogue_does_not_keep_stays_unresolved(text):
    _, slots = read(text)
    assert [slot.resolved for slot in slots] == [None]


def test_a_few_gigabytes_are_memory_and_many_are_storage():
    assert read("16 GB")[1][0].resolved == NumberConstraint(
        "ram_size", Decimal(16), Decimal(16), "GB"
    )
    assert read("512 GB")[1][0].resolved is None


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("not leather", "exclude"),
        ("不要皮的", "exclude"),
        ("除了黑色都行", "exclude"),
        ("the red one", "reference"),
        ("那个红的", "reference"),
        ("red", "include"),
    ],
)
def test_roles_of_the_vocabularys_words(text, role):
    _, slots = read(text)
    assert slots[-1].role == role


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("Hi, I need running shoes under $80", "running shoes"),
        ("do you have red running shoes in size 42?", "running shoes"),
        ("looking for a purple velvet dress please", "purple velvet dress"),
        ("headphones for my mom", "headphones mom"),
        ("leather laptop bag, not black", "laptop bag"),
        ("HP laptop with at least 8GB RAM under 700", "HP laptop"),
        ("in blue please", ""),
        ("cheaper?", ""),
        ("hello", ""),
        ("有没有300块以内的蓝牙耳机", "蓝牙耳机"),
        ("我想买一双42码的红跑鞋，谢谢", "跑鞋"),
        ("给妈妈买个按摩椅", "妈妈 按摩椅"),
        ("headphones for my mom's party", "headphones mom party"),
        ("割草机 多少钱", "割草机"),
        ("跑鞋怎么卖", "跑鞋"),
        ("我讨厌黑色，换一个", ""),
        ("要降噪的", ""),
        ("你好，请问有竹纤维袜子吗", "竹纤维 袜子"),
        ("a5 notebook", "a5 notebook"),
        ("A5笔记本", "A5笔记本"),
        ("a notebook", "notebook"),
        ("", ""),
    ],
)
def test_the_words_left_for_search(text, query):
    prepared, slots = read(text)
    assert search_words(prepared, slots) == query


@pytest.mark.parametrize(
    "text", ["in blue please", "cheaper?", "red running shoes under $80", "换个便宜点的",
    "要降噪的", "不要皮的"]
)  # fmt: skip
def test_nothing_is_left_of_bare_values(text):
    assert leftover(*read(text)) == ""


def test_asking_whether_there_is_something_asks_for_it():
    assert leftover(*read("有跑鞋吗")) == ""
    assert leftover(*read("跑鞋防水吗")) != ""


@pytest.mark.parametrize(
    "text", ["how much is the red one", "add the red one to my cart", "red bridge", "红的多少钱",
    "hello world"]
)  # fmt: skip
def test_other_words_are_left(text):
    assert leftover(*read(text)) != ""


@pytest.mark.parametrize(
    ("name", "words", "value", "constraint"),
    [
        ("color", "red", "red", TextConstraint("color", ("red",))),
        ("material", "皮", "leather", TextConstraint("material", ("leather",))),
        ("recipient", "mom", "mom", None),
        ("size", "42", "42", TextConstraint("size", ("42",))),
        ("quantity", "两件", 2, None),
        ("measure", "2kg", Measure("weight", Decimal(2), Decimal(2), "kg"),
         NumberConstraint("weight", Decimal(2), Decimal(2), "kg")),
        ("attribute", "battery life", "battery_life", None),
    ],
)  # fmt: skip
def test_words_of_a_known_slot_are_resolved(name, words, value, constraint):
    found = resolve_words(name, words, "en", Words())
    assert found[:2] == (value, constraint)
    assert found[2] == 1.0


def test_words_nobody_knows_stay_words():
    assert resolve_words("color", "Zorb", "en", Words()) == ("Zorb", None, UNRESOLVED)
    assert resolve_words("color", "red", "en", Words(), lambda *_: (0, 1.0))[0] == "red"


def test_the_nearest_in_meaning_comes_last_and_only_where_it_is_trusted():
    def nearest(words, candidates):
        return candidates.index("leather"), 0.95

    found = resolve_words("material", "cowhide", "en", Words(), nearest)
    assert found == ("leather", TextConstraint("material", ("leather",)), 0.95)
    assert resolve_words("material", "牛革", "zh", Words(), nearest) == ("牛革", None, UNRESOLVED)
    assert resolve_words("brand", "cowhide", "en", Words(), nearest)[1] is None


def test_an_age_is_resolved_as_if_its_group_had_been_named():
    _, slots = read("dress for a 6 year old")
    assert [(s.name, s.value, s.resolved) for s in slots if s.name == "age_group"] == [
        ("age_group", "kids", TextConstraint("age_group", ("kids",)))
    ]


@pytest.mark.parametrize("text", ["half price", "on sale", "打八折的"])
def test_a_wish_for_a_discount_is_not_searched_for(text):
    prepared, slots = read(text)
    assert [slot.name for slot in slots] == ["feature"]
    assert search_words(prepared, slots) == ""


class Sized(Words):
    """Knows two sizes that hold measures."""

    def find(self, text, language="en"):
        sizes = ("2 × 1 kg", "160×230cm", "1.5米床")
        known = [(size, text.find(size)) for size in sizes if size in text]
        return [
            Match("size", size, TextConstraint("size", (size.lower(),)), at, at + len(size))
            for size, at in known
        ]


@pytest.mark.parametrize(
    ("text", "language", "size"),
    [
        ("in a size 2 × 1 kg", "en", "2 × 1 kg"),
        ("160×230cm的", "zh", "160×230cm"),
        ("穿1.5米床码的", "zh", "1.5米床"),
    ],
)
def test_a_size_of_the_shop_is_more_than_the_measure_in_it(text, language, size):
    prepared = shape(text)
    slots = resolve(prepared, language, Sized(), read_values(prepared, NOTHING_BEFORE))
    assert [(slot.name, slot.raw) for slot in slots] == [("size", size)]


@pytest.mark.parametrize(
    ("text", "language", "name"),
    [
        ("in a size 4 kg", "en", "size"),
        ("穿4 kg码的", "zh", "size"),
        ("尺码要4 kg的", "zh", "size"),
        ("at most 4 kg", "en", "measure"),
        ("要4 kg的", "zh", "measure"),
    ],
)
def test_a_measure_beside_a_word_for_sizes_is_a_size(text, language, name):
    class Weights(Words):
        def find(self, text, language="en"):
            at = text.index("4 kg")
            return [Match("size", "4 kg", TextConstraint("size", ("4 kg",)), at, at + 4)]

    prepared = shape(text)
    slots = resolve(prepared, language, Weights(), read_values(prepared, NOTHING_BEFORE))
    assert [slot.name for slot in slots] == [name]


class Rugs(Words):
    """A shop whose rugs are measured in centimetres."""

    def named(self, name, words, language="en"):
        size = TextConstraint("size", ("160 × 230 cm",))
        known = name == "size" and words == "160x230 cm"
        return Match("size", "160 × 230 cm", size, 0, len(words)) if known else None


@pytest.mark.parametrize("words", ["160x230", "160 x 230", "160 × 230"])
def test_sides_without_a_unit_are_those_of_the_shops_sizes(words):
    _, constraint, _ = resolve_words("size", words, "zh", Rugs())
    assert constraint == TextConstraint("size", ("160 × 230 cm",))
    assert resolve_words("size", "200x300", "en", Rugs())[1] is None
