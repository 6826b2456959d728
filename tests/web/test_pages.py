"""The product page and the checkout page."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from fastapi import FastAPI
from lxml import html
from starlette.testclient import TestClient

from assistant.web.checkout_page import add_checkout_page, read_items
from assistant.web.labels import load_labels
from assistant.web.product_page import add_product_page, stock_words
from catalog.store import ProductStore
from catalog.types import Attribute, Availability, LocalText, Review
from tests.web.builders import BROKEN_OUT, SCRIPT, product, variant

ENGLISH = {"accept-language": "en-US,en;q=0.9"}
CHINESE = {"accept-language": "zh-CN,zh;q=0.9,en;q=0.8"}


@pytest.fixture
def store(tmp_path):
    opened = ProductStore.open(f"sqlite:///{tmp_path}/shop.db")
    yield opened
    opened.close()


@pytest.fixture
def pages(store, shop_settings):
    app = FastAPI()
    add_product_page(app, store, shop_settings)
    add_checkout_page(app, store, shop_settings)
    return TestClient(app)


def visit(pages, path, headers=ENGLISH):
    answer = pages.get(path, headers=headers)
    return answer, html.fromstring(answer.text)


def foreign_scripts(tree):
    """The scripts of a page beyond the one that puts the chat on it."""
    return [
        found
        for found in tree.xpath("//script")
        if found.get("src") != "/widget.js" or found.text_content().strip()
    ]


def text_of(tree, path):
    return [" ".join(found.text_content().split()) for found in tree.xpath(path)]


def test_a_product_page_shows_the_record(pages, store):
    waterproof = Attribute("waterproof", True, label=LocalText("Waterproof", "防水"))
    shown = product(
        "p1",
        "Trail Runner",
        "越野跑鞋",
        variant("a", listed="79.95"),
        variant("b", quantity=0),
        variant("c", quantity=2),
        attributes=(waterproof,),
        rating=4.5,
        review_count=12,
    )
    store.upsert([shown], "test")
    now = datetime(2026, 1, 2, tzinfo=UTC)
    store.add_reviews([Review("r", "p1", "Ann", 4, LocalText("Good grip."), now)])
    answer, tree = visit(pages, "/products/p1")
    assert answer.status_code == 200
    assert tree.get("lang") == "en"
    assert text_of(tree, "//h1") == ["Trail Runner"]
    assert text_of(tree, "//div[@class='lead']//strong") == ["$59.95"]
    assert text_of(tree, "//div[@class='lead']//s") == ["$79.95"]
    assert text_of(tree, "//tbody//td[2]") == ["In stock", "Sold out", "Only 2 left"]
    assert text_of(tree, "//dl/div") == ["Waterproofyes"]
    assert "4.5 out of 5, 12 reviews" in tree.text_content()
    assert "Good grip." in tree.text_content()
    assert tree.xpath("//span[@aria-label='4 out of 5 stars']")


def test_a_product_page_in_chinese(pages, store):
    store.upsert([product()], "test")
    answer, tree = visit(pages, "/products/p1", CHINESE)
    assert tree.get("lang") == "zh-CN"
    assert text_of(tree, "//h1") == ["越野跑鞋"]
    assert text_of(tree, "//div[@class='lead']//strong") == ["¥419.65"]
    assert answer.headers["vary"] == "Accept-Language"


def test_the_address_may_name_the_language(pages, store):
    store.upsert([product()], "test")
    _, tree = visit(pages, "/products/p1?lang=zh", ENGLISH)
    assert text_of(tree, "//h1") == ["越野跑鞋"]
    assert tree.xpath("//a[@class='switch']/@href") == ["?lang=en"]


def test_an_unknown_language_gets_the_shops_own(pages, store):
    store.upsert([product()], "test")
    _, tree = visit(pages, "/products/p1", {"accept-language": "fi,sv;q=0.5"})
    assert tree.get("lang") == "en"


def test_an_unknown_product_is_a_404_that_helps(pages):
    answer, tree = visit(pages, "/products/none%2Fsuch")
    assert answer.status_code == 404
    assert text_of(tree, "//h1") == ["This product isn't here"]
    assert visit(pages, "/products/x", CHINESE)[1].xpath("//h1")[0].text == "没有找到这款商品"


def test_a_product_id_may_hold_any_sign(pages, store):
    store.upsert([product("a/b c?d")], "test")
    assert visit(pages, "/products/a%2Fb%20c%3Fd")[0].status_code == 200


def test_markup_in_a_product_is_text(pages, store):
    nasty = product(
        "p1",
        SCRIPT + BROKEN_OUT,
        SCRIPT,
        brand=LocalText(SCRIPT),
        description=LocalText(SCRIPT),
        images=("javascript:alert(1)", '/x" onerror="alert(1)'),
        url="javascript:alert(1)",
        attributes=(Attribute(SCRIPT, LocalText(BROKEN_OUT)),),
    )
    store.upsert([nasty], "test")
    now = datetime(2026, 1, 2, tzinfo=UTC)
    store.add_reviews([Review("r", "p1", SCRIPT, 5, LocalText(BROKEN_OUT), now)])
    _, tree = visit(pages, "/products/p1")
    assert not foreign_scripts(tree)
    assert not tree.xpath("//*[@onerror] | //img[@src='x']")
    assert text_of(tree, "//h1") == [SCRIPT + BROKEN_OUT]


def test_stock_in_words():
    labels = load_labels()["en"]
    assert stock_words(variant(quantity=None), labels) == "In stock"
    assert stock_words(variant(quantity=1), labels) == "Only 1 left"
    assert stock_words(variant(quantity=0), labels) == "Sold out"


@pytest.mark.parametrize(
    ("availability", "words"),
    [(Availability.PREORDER, "Pre-order"), (Availability.BACKORDER, "On back order")],
)
def test_stock_that_is_yet_to_come(availability, words):
    waiting = replace(variant(quantity=None), availability=availability)
    assert stock_words(waiting, load_labels()["en"]) == words


def test_a_checkout_sums_up_from_the_records(pages, store):
    store.upsert([product("p1", "Trail Runner"), product("p2", "Mug", "马克杯")], "test")
    _, tree = visit(pages, "/checkout?items=p1-v:2,p2-v:1")
    assert text_of(tree, "//li//p[@class='amount']") == [
        "Quantity × 2",
        "Sum $119.90",
        "Quantity × 1",
        "Sum $59.95",
    ]
    assert text_of(tree, "//p[@class='total']/strong") == ["$179.85"]
    assert "no payment is taken" in tree.text_content()


def test_a_checkout_in_chinese(pages, store):
    store.upsert([product()], "test")
    _, tree = visit(pages, "/checkout?items=p1-v:1&lang=zh")
    assert text_of(tree, "//p[@class='total']/strong") == ["¥419.65"]
    assert "不会收款" in tree.text_content()


def test_unknown_items_are_left_out_and_it_says_so(pages, store):
    store.upsert([product()], "test")
    _, tree = visit(pages, "/checkout?items=p1-v:1,nope:1")
    assert "One item of the link is not in the shop" in tree.text_content()
    _, tree = visit(pages, "/checkout?items=nope:1,junk,x:0,x:-1,x:9999,p1-v:1")
    assert "5 items of the link are not in the shop" in tree.text_content()
    assert len(tree.xpath("//li")) == 1


def test_an_empty_checkout_says_so(pages):
    assert "There is nothing to order." in visit(pages, "/checkout")[1].text_content()
    assert "没有可下单的商品" in visit(pages, "/checkout?items=", CHINESE)[1].text_content()


def test_a_variant_id_may_hold_the_signs_that_separate_items():
    assert read_items("items=a%2Cb%3Ac:2,d:1&lang=en") == ({"a,b:c": 2, "d": 1}, 0)


def test_a_link_whose_signs_were_all_encoded_is_read():
    assert read_items("items=a%3A2%2Cb%3A1") == ({"a": 2, "b": 1}, 0)


def test_markup_in_a_checkout_link_is_not_shown(pages):
    _, tree = visit(pages, f"/checkout?items={SCRIPT}:1")
    assert not foreign_scripts(tree)
