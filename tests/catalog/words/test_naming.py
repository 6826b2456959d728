import pytest

from catalog.types import TextConstraint
from catalog.vocabulary import Vocabulary
from tests.catalog.products import product
from tests.catalog.small_shops import BILINGUAL, CHINESE


@pytest.fixture(scope="module")
def shop():
    return Vocabulary.from_products(BILINGUAL)


def test_a_name_an_alias_and_a_near_spelling_score_in_this_order(shop):
    names = [value.value for value in shop.values("color")]
    exact = shop.named("color", "red")
    near = shop.named("color", "redd colour") or shop.named("color", "blak")
    assert "red" in names
    assert exact.score > near.score > 0


@pytest.mark.parametrize("words", ["wathces", "watches", "the watch", "手表的"])
def test_misspelt_and_dressed_words_name_a_type(shop, words):
    found = shop.named("product_type", words)
    assert found is not None
    assert found.value == "watch"


def test_words_are_looked_up_in_their_own_slot_only(shop):
    assert shop.named("brand", "red") is None
    assert shop.named("color", "zzz") is None
    assert shop.named("color", "") is None
    assert shop.named("no such slot", "red") is None


def test_colours_of_one_family_pass_for_each_other():
    vocabulary = Vocabulary.from_products([product("x", "|Shirts", color="|beige")])
    found = vocabulary.named("color", "cream")
    assert isinstance(found.constraint, TextConstraint)
    assert "beige" in found.constraint.values


def test_what_colours_end_in_says_what_they_are(shop):
    assert shop.named("color", "dusty dark red").value in ("red", "dark red")


def test_values_are_what_products_have(shop):
    assert all(value.constraint is not None for value in shop.values("color"))
    assert shop.values("no such slot") == ()


def test_little_white_shoes_are_white_sneakers():
    found = Vocabulary.from_products(CHINESE).find("有没有小白鞋", "zh")
    assert [(m.name, m.value) for m in found] == [("color", "white"), ("product_type", "sneakers")]
