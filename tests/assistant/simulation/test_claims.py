from dataclasses import replace
from decimal import Decimal

import pytest

from assistant.simulation.claims import Claims
from assistant.simulation.systems import Answered, Said
from assistant.types import Cart, CartItem, ProductCard, Reply, Suggestion
from catalog.types import Availability, LocalText
from tests.assistant.simulation.shop import shirt, shop

SHOP = shop()
SHIRT = SHOP.products[3]
VARIANT = SHIRT.variants[0]
CARD = ProductCard("T3", SHIRT.title.en, 1300, None, "USD", True, "/products/T3", "", "red", ())


def reply(text="Here", *cards, **fields):
    return Reply("s", 1, "en", text, products=cards, action="search_products", **fields)


def unbacked(text="Here", *cards, said=(), heard="", claims=None, **fields):
    claims = claims or Claims(SHOP, "USD", "/checkout?items={cart}")
    claims.heard(heard)
    return claims.unbacked(Answered(reply(text, *cards, **fields), tuple(said)))


def test_a_card_that_is_as_its_record_is_backed():
    assert unbacked("It is $13.00", CARD) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": "T99"}, {"title": "Plain shirt"}, {"price": 1299}, {"list_price": 2000},
        {"available": False}, {"url": "/products/T4"}, {"image": "/x.png"}, {"variant": "green"},
        {"price": None}, {"currency": "CNY"},
    ],
)  # fmt: skip
def test_a_card_that_is_not_is_found(wrong):
    assert len(unbacked("Here", replace(CARD, **wrong))) == 1


@pytest.mark.parametrize("text", ["It costs $13.01", "现在只要13.01元", "just 99 dollars"])
def test_an_amount_of_no_record_is_found(text):
    assert len(unbacked(text, CARD)) == 1


def test_pieces_of_a_pack_are_no_amount():
    assert unbacked("瑜伽砖4块装有现货", CARD) == []
    assert len(unbacked("瑜伽砖只要4块", CARD)) == 1


def test_amounts_that_were_said_offered_or_follow_are_backed():
    other = replace(CARD, id="T4", title=SHOP.products[4].title.en, price=1400, variant="burgundy")
    other = replace(other, url="/products/T4")
    assert unbacked("Nothing is under $5", heard="under 5 please") == []
    button = Suggestion("under $50", "/refine_search")
    assert unbacked("Up to $50?", suggestions=(button,)) == []
    assert unbacked("$1.00 more than that", CARD, other) == []
    assert len(unbacked("$2.00 more than that", CARD, other)) == 1
    kind = Claims(SHOP, "USD", kind_amounts=frozenset({Decimal("23.00")}))
    assert unbacked("the dearest is $23.00", claims=kind) == []


def test_what_was_shown_before_may_be_spoken_of():
    claims = Claims(SHOP, "USD")
    assert unbacked("Here", CARD, claims=claims) == []
    assert unbacked("It is $13.00", claims=claims) == []
    assert len(unbacked("It is $13.00")) == 1


def test_names_must_be_of_the_shop():
    title = SHIRT.title
    assert unbacked(f"**{title.en}** is nice", said=[Said("price", {"title": title})]) == []
    assert len(unbacked("**Golden shirt** is nice")) == 1
    assert len(unbacked("x", said=[Said("price", {"title": LocalText("Golden shirt")})])) == 1


def test_links_must_be_of_the_shop():
    assert unbacked("[pay](/checkout?items=1)") == []
    assert unbacked("[look](/products/T3)", CARD) == []
    assert len(unbacked("[look](https://elsewhere.example)")) == 1
    assert len(unbacked("see https://elsewhere.example now")) == 1


def test_stock_must_be_as_the_record_says():
    gone = replace(VARIANT, quantity=0, availability=Availability.OUT_OF_STOCK)
    sold_out = shirt(3, variants=(gone,))
    records = replace(SHOP, products=(sold_out, *SHOP.products[4:]))
    said = [Said("in_stock", {"title": sold_out.title})]
    card = replace(CARD, title=sold_out.title.en, available=False)
    assert len(unbacked("Yes", card, said=said, claims=Claims(records, "USD"))) == 1
    there = [Said("sold_out", {"title": SHIRT.title})]
    assert len(unbacked("Sorry", CARD, said=there)) == 1
    few = {"title": SHIRT.title, "quantity": 4}
    assert len(unbacked("4 left", CARD, said=[Said("in_stock_few", few)])) == 1
    few = {"title": SHIRT.title, "quantity": 5}
    assert unbacked("5 left", CARD, said=[Said("in_stock_few", few)]) == []


def test_a_cart_must_add_up():
    item = CartItem("T3", VARIANT.id, SHIRT.title.en, "", 2, 1300, "USD", True)
    assert unbacked("$26.00 in all", cart=Cart((item,), 2600, "USD")) == []
    assert len(unbacked("x", cart=Cart((item,), 2500, "USD"))) == 1
    assert len(unbacked("x", cart=Cart((replace(item, price=1),), 2, "USD"))) == 1
