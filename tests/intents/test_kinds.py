"""Kinds of products that two names meet in, read with the lexicon's own words."""

import pytest

from catalog.vocabulary import Vocabulary
from intents.kinds import with_values, with_whole_kinds
from intents.shape import shape
from intents.types import Slot
from tests.catalog.products import product

SHELVES = (
    ("over-ear headphones", "头戴式耳机"),
    ("bluetooth earbuds", "蓝牙耳机"),
    ("gaming headsets", "游戏耳机"),
    ("wired earphones", "有线耳机"),
)


@pytest.fixture(scope="module")
def shop():
    return Vocabulary.from_products(
        product(f"P{number}", f"Sonaro {number}|声朗{number}", category=f"{en}|{zh}")
        for number, (en, zh) in enumerate(SHELVES)
    )


def read(shop, text, language, feature, kind, role="include"):
    """What becomes of a feature and a kind of product in a text."""
    match = shop.named("product_type", kind, language)
    at = text.index(kind)
    whole = Slot("product_type", match.value, kind, at, at + len(kind), resolved=match.constraint)
    start = text.index(feature)
    said = Slot("feature", feature, feature, start, start + len(feature), role)
    return with_whole_kinds(shape(text), (said, whole), language, shop)


@pytest.mark.parametrize(
    ("text", "language", "feature", "kind"),
    [
        ("over-ear bluetooth headphones", "en", "over-ear", "bluetooth headphones"),
        ("头戴式蓝牙耳机", "zh", "头戴式", "蓝牙耳机"),
        ("想要头戴蓝牙耳机", "zh", "头戴", "蓝牙耳机"),
    ],
)
def test_a_kind_told_by_a_feature_gives_way_to_what_it_is(shop, text, language, feature, kind):
    (found,) = read(shop, text, language, feature, kind)
    assert found.value == "over-ear headphones"
    assert found.resolved.values == SHELVES[0]
    assert text[found.start : found.end] == found.raw == text[text.index(feature) :]


@pytest.mark.parametrize(
    ("text", "language", "feature", "kind", "role"),
    [
        ("wired gaming headset", "en", "wired", "gaming headset", "include"),
        ("有线游戏耳机", "zh", "有线", "游戏耳机", "include"),
        ("light bluetooth headphones", "en", "light", "bluetooth headphones", "include"),
        ("轻便蓝牙耳机", "zh", "轻便", "蓝牙耳机", "include"),
        ("no over-ear bluetooth headphones", "en", "over-ear", "bluetooth headphones", "exclude"),
        ("不要头戴式的蓝牙耳机", "zh", "头戴式", "蓝牙耳机", "exclude"),
    ],
)
def test_other_words_before_a_kind_stay_features(shop, text, language, feature, kind, role):
    before, after = read(shop, text, language, feature, kind, role)
    assert (before.name, before.raw, before.role) == ("feature", feature, role)
    assert after.raw == kind


@pytest.mark.parametrize(
    ("kind", "known", "values"),
    [
        ("搞笑动画片", ("搞笑",), ["搞笑", "动画"]),
        ("动画片", (), ["动画"]),
        ("搞笑片", ("搞笑",), ["搞笑"]),
        ("搞笑薯片", ("搞笑",), ["搞笑薯片"]),
        ("动画", (), ["动画"]),
        ("纪录片", (), ["纪录片"]),
    ],
)
def test_a_kind_that_nobody_knows_may_be_made_of_values(kind, known, values):
    moods = [
        product("F1", "Heat|盗火线", mood="funny|搞笑"),
        product("F2", "Up|飞屋", mood="drawn|动画"),
    ]
    films = Vocabulary.from_products(moods)
    named = films.named("feature", "搞笑", "zh")
    told = [
        Slot("feature", word, word, kind.index(word), len(word), resolved=named.constraint)
        for word in known
    ]
    whole = Slot("product_type", kind, kind, 0, len(kind))
    found = with_values((whole,), told, "zh", films)
    assert [one.raw for one in found] == values
    assert all(one.name == "feature" for one in found) is (values != [kind])
