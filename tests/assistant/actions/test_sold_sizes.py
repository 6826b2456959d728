from dataclasses import replace

import pytest

from assistant.actions import run_action
from assistant.actions.sold_sizes import in_sold_sizes
from assistant.responses import Responses
from assistant.types import Action
from catalog.types import Attribute, LocalText, TextConstraint
from intents.types import Slot
from tests.assistant.builders import searching
from tests.catalog.products import product, variant

SIZES = ("38", "39", "40", "41", "42", "43")
BOOTS = Slot("product_type", "boots", "boots", resolved=TextConstraint("category", ("boots",)))
HEELS = Slot("product_type", "heels", "heels", resolved=TextConstraint("category", ("heels",)))
SUITS = Slot(
    "product_type", "baby clothes", "bodysuits", resolved=TextConstraint("category", ("bodysuits",))
)
SHIRTS = Slot("product_type", "shirt", "shirts", resolved=TextConstraint("category", ("shirts",)))


def worn(id_, kind, gender="", sizes=SIZES):
    sold = tuple(variant(f"{id_}-{one}", "20", size=one) for one in sizes)
    made = product(id_, f"{kind}|靴子", category=f"Fashion|服饰 > {kind}|靴子", variants=sold)
    known = (Attribute("gender", LocalText(gender, gender)),) if gender else ()
    return replace(made, attributes=known)


@pytest.fixture
def shop(services):
    services.store.upsert(
        [
            worn("B1", "Boots", "men"),
            worn("B2", "Boots", "women", ("38", "39")),
            worn("H1", "Heels", "women"),
            worn("S1", "Shirts", "men"),
            worn("Y1", "Bodysuits", sizes=("59 cm", "66 cm", "73 cm", "80 cm")),
        ],
        "test",
    )
    return services


def size(value):
    return Slot("size", value, value, resolved=TextConstraint("size", (value.lower(),)))


def gender(value):
    return Slot("gender", value, value, resolved=TextConstraint("gender", (value,)))


def sought(shop, turn, *wishes):
    goal = searching(*wishes, query="boots")
    return run_action(Action("search_products"), turn(goal=goal), shop)


def told(outcome):
    return [(one.response, dict(one.facts)) for one in outcome.notes]


@pytest.mark.parametrize(
    ("said", "who", "found"),
    [("US 10", "men", "43"), ("UK 5", "men", "39"), ("US 8", "women", "39"), ("250", "men", "40")],
)
def test_a_size_of_another_system_is_searched_as_the_shops_and_told(shop, turn, said, who, found):
    outcome = sought(shop, turn, BOOTS, gender(who), size(said))
    assert outcome.response == "found"
    chosen = {one.variant.option("size").en for one in outcome.products}
    assert chosen == {found}
    assert told(outcome) == [(f"size_converted_{who}", {"said": said, "sizes": (found,)})]


def test_where_nobody_says_whose_they_are_both_count(shop, turn):
    outcome = sought(shop, turn, BOOTS, size("US 8"))
    assert {one.product.id for one in outcome.products} == {"B1", "B2"}
    assert told(outcome) == [
        ("size_converted_men", {"said": "US 8", "sizes": ("41",)}),
        ("size_converted_women", {"said": "US 8", "sizes": ("39",)}),
    ]


def test_a_kind_that_is_for_women_alone_says_whose_they_are(shop, turn):
    outcome = sought(shop, turn, HEELS, size("UK 8"))
    assert told(outcome) == [("size_converted_women", {"said": "UK 8", "sizes": ("41",)})]


def test_what_is_the_same_for_both_is_told_once(shop, turn):
    outcome = sought(shop, turn, BOOTS, size("255"))
    assert told(outcome) == [("size_converted", {"said": "255", "sizes": ("41",)})]


def test_it_is_told_once_and_again_when_it_becomes_another(shop, turn):
    first = sought(shop, turn, BOOTS, size("US 8"))
    again = run_action(Action("search_products"), turn(goal=first.state.goal), shop)
    assert told(again) == []
    goal = replace(first.state.goal, wishes=(*first.state.goal.wishes, gender("women")))
    narrower = run_action(Action("search_products"), turn(goal=goal), shop)
    assert [one.product.id for one in narrower.products] == ["B2"]
    assert [name for name, _ in told(narrower)] == ["size_converted_women"]


@pytest.mark.parametrize(
    "wish",
    [
        Slot("size", "6", "6-9 months", resolved=TextConstraint("size", ("6",))),
        Slot("age_group", "baby", "6-9个月"),
        Slot("age_group", "baby", "8 months old"),
    ],
)
def test_clothes_for_a_baby_of_some_months_are_in_cm(shop, turn, wish):
    outcome = sought(shop, turn, SUITS, wish)
    assert [one.variant.option("size").en for one in outcome.products] == ["73 cm"]
    assert told(outcome) == [("size_converted", {"said": wish.raw, "sizes": ("73 cm",)})]


@pytest.mark.parametrize(
    "wishes",
    [
        (SUITS, size("66 cm")),
        (SUITS, Slot("age_group", "baby", "baby")),
        (SUITS, Slot("age_group", "kids", "6 year old")),
        (BOOTS, Slot("age_group", "baby", "6-9 months")),
        (BOOTS, size("42")),
        (BOOTS, size("9")),
        (BOOTS, size("US 16")),
        (BOOTS, gender("boys"), size("US 5")),
        (BOOTS, Slot("age_group", "kids", "kids"), size("US 5")),
        (BOOTS, replace(size("US 10"), role="exclude")),
        (SHIRTS, size("US 10")),
        (size("US 10"),),
    ],
)
def test_what_no_chart_tells_stays_as_it_was_said(shop, turn, wishes):
    goal = searching(*wishes)
    assert in_sold_sizes(goal, turn(goal=goal), shop) is goal


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "Men's US 10 in this shop's sizes: 43."), ("zh", "男鞋US 10对应本店尺码：43。")],
)
def test_it_is_said_in_both_languages(language, words):
    facts = {"said": "US 10", "sizes": ("43",)}
    assert Responses.load().say("size_converted_men", language, facts) == words
