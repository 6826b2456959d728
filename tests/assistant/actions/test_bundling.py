from dataclasses import replace
from decimal import Decimal

import pytest

from assistant.actions import run_action
from assistant.bundles import BundleKind
from assistant.types import Action
from catalog.types import LocalText, NumberConstraint, TextConstraint
from intents.types import PriceRange, Slot
from tests.assistant.builders import mug, under


class Shelf:
    """Finds by category and price, the dearest first, as if that were the best."""

    def __init__(self, products):
        self.products = products
        self.asked = []

    def search(self, text, wanted, k, *, sort, currency, language):
        self.asked.append((text, wanted))
        found = [
            scored(one)
            for one in self.products
            if set(wanted.categories) & {part.en.casefold() for part in one.category}
            and (wanted.maximum_price is None or amount(one) <= wanted.maximum_price)
            and not (wanted.attributes and one.id.startswith("plain"))
        ]
        found.sort(key=lambda one: amount(one.product), reverse=sort == "relevance")
        return type("Result", (), {"products": tuple(found[:k])})()

    def most_measured(self, wanted, names):
        """Nothing on a desk is counted by the people it is for."""


def scored(product):
    from catalog.types import ScoredProduct

    return ScoredProduct(product, product.variants[0], 1.0)


def amount(product):
    return product.variants[0].price("USD").amount


def made(id_, cost, kind):
    product = mug(id_, cost, title=LocalText(id_, id_))
    return replace(product, category=(LocalText("Desk", "桌面"), LocalText(kind, kind)))


SHOP = [
    made("mouse-good", "60", "mice"),
    made("plain-mouse", "20", "mice"),
    made("board-good", "90", "keyboards"),
    made("plain-board", "30", "keyboards"),
    made("screen", "300", "screens"),
]


@pytest.fixture
def shop(counter):
    kind = BundleKind.model_validate(
        {
            "name": {"en": "desk set", "zh": "桌面套装"},
            "words": {"en": ["desk"], "zh": ["桌面"]},
            "parts": [{"en": "mice", "zh": "鼠标"}, {"en": "keyboards", "zh": "键盘"}],
        }
    )

    class Words:
        def alike(self, name):
            return (name,)

        def named(self, name, words, language):
            names = {"鼠标": "mice", "键盘": "keyboards"}
            found = TextConstraint("category", (names.get(words, words),))
            return type("Match", (), {"constraint": found})()

    return replace(counter, search=Shelf(SHOP), bundles=(kind,), vocabulary=Words)


def slots(text, *pairs):
    """Slots of (words, slot) at their places in the text."""
    return [
        replace(slot, raw=words, start=text.index(words), end=text.index(words) + len(words))
        for words, slot in pairs
    ]


def kind(name):
    return Slot("product_type", name, name, resolved=TextConstraint("category", (name,)))


def build(shop, turn, text, *pairs, language="en"):
    context = turn("build_bundle", *slots(text, *pairs), text=text, language=language)
    return run_action(Action("build_bundle"), context, shop)


def ids(outcome):
    return [one.product.id for one in outcome.products]


@pytest.mark.parametrize(
    ("limit", "chosen"),
    [
        ("200", ["mouse-good", "board-good"]),
        ("110", ["mouse-good", "plain-board"]),
        ("50", ["plain-mouse", "plain-board"]),
    ],
)
def test_all_together_stay_within_the_budget(shop, turn, limit, chosen):
    text = f"a mouse and a keyboard, under {limit} in total"
    cost = (f"under {limit}", under(limit))
    wishes = (("mouse", kind("mice")), ("keyboard", kind("keyboards")), cost)
    outcome = build(shop, turn, text, *wishes)
    assert outcome.response == "bundle"
    assert sorted(ids(outcome)) == sorted(chosen)
    assert outcome.facts["total"].amount <= outcome.facts["limit"].amount
    assert [note.facts["part"] for note in outcome.facts["lines"]] == ["mouse", "keyboard"]


def test_what_cannot_be_is_said_with_the_cheapest(shop, turn):
    text = "a mouse and a keyboard, under 40 in total"
    wishes = (("mouse", kind("mice")), ("keyboard", kind("keyboards")), ("under 40", under("40")))
    outcome = build(shop, turn, text, *wishes)
    assert (outcome.response, str(outcome.facts["total"].amount)) == ("bundle_over", "50")


def test_each_part_keeps_its_own_limit(shop, turn):
    text = "a mouse under 25 and a keyboard, under 200 in total"
    wishes = (
        ("mouse", kind("mice")),
        ("under 25", under("25")),
        ("keyboard", kind("keyboards")),
        ("under 200", under("200")),
    )
    outcome = build(shop, turn, text, *wishes)
    assert ids(outcome) == ["plain-mouse", "board-good"]
    assert str(outcome.facts["limit"].amount) == "200"


def test_a_part_that_is_not_there_is_said_and_the_rest_stands(shop, turn):
    text = "a mouse, a keyboard and a chair in total 200"
    wishes = (("mouse", kind("mice")), ("keyboard", kind("keyboards")), ("chair", kind("chairs")))
    outcome = build(shop, turn, text, *wishes)
    assert len(ids(outcome)) == 2
    assert outcome.notes[0].facts == {"parts": ("chair",)}


@pytest.mark.parametrize(
    ("text", "whole", "parts"),
    [
        ("desk gear for 4 people: mouse and keyboard", "desk gear", ("mouse", "keyboard")),
        ("4个人的桌面装备，鼠标键盘", "桌面装备", ("鼠标", "键盘")),
    ],
)
def test_a_part_is_of_its_own_kind_though_the_whole_is_named_and_people_are_counted(
    shop, turn, text, whole, parts
):
    people = NumberConstraint("people", Decimal(4), Decimal(4))
    said = text[text.index("4") : text.index("4") + (8 if "people" in text else 3)]
    wishes = (
        (said, Slot("feature", said, resolved=people)),
        (whole, replace(kind("mice"), resolved=TextConstraint("category", ("mice", "screens")))),
        (parts[0], kind("mice")),
        (parts[1], kind("keyboards")),
    )
    build(shop, turn, text, *wishes)
    asked = {wanted.categories for _, wanted in shop.search.asked}
    assert asked == {("mice",), ("keyboards",)}
    counted = {bool(wanted.attributes) for _, wanted in shop.search.asked}
    assert counted == {False}


def test_too_little_is_no_set(shop, turn):
    text = "a mouse and a chair in total 200"
    outcome = build(shop, turn, text, ("mouse", kind("mice")), ("chair", kind("chairs")))
    assert outcome.response == "bundle_not_possible"


@pytest.mark.parametrize(
    ("text", "language", "wish"),
    [("a desk set for about $120", "en", "about $120"), ("桌面一套，预算120", "zh", "预算120")],
)
def test_a_set_that_the_shop_has_named(shop, turn, text, language, wish):
    around = Slot("price", PriceRange(100, 140))
    outcome = build(shop, turn, text, (wish, around), language=language)
    assert outcome.response == "bundle"
    assert str(outcome.facts["limit"].amount) == "120"
    assert len(ids(outcome)) == 2


@pytest.mark.parametrize(
    ("language", "text", "first", "second", "limit"),
    [
        ("en", "a mouse and a silent mouse, in total under 90", "mouse", "silent mouse", "90"),
        ("zh", "一个鼠标和一个静音鼠标，一共90以内", "鼠标", "静音鼠标", "90以内"),
    ],
)
def test_two_parts_are_two_products_within_the_budget(
    shop, turn, language, text, first, second, limit
):
    wishes = ((first, kind("mice")), (second, kind("mice")), (limit, under("90")))
    outcome = build(shop, turn, text, *wishes, language=language)
    assert outcome.response == "bundle"
    assert sorted(ids(outcome)) == ["mouse-good", "plain-mouse"]


@pytest.mark.parametrize(
    ("language", "text", "first", "second", "third"),
    [
        ("en", "a screen, a monitor and a mouse in total", "screen", "monitor", "mouse"),
        ("zh", "显示屏、显示器和鼠标一共多少", "显示屏", "显示器", "鼠标"),
    ],
)
def test_a_part_without_a_product_of_its_own_is_missing(
    shop, turn, language, text, first, second, third
):
    wishes = ((first, kind("screens")), (second, kind("screens")), (third, kind("mice")))
    outcome = build(shop, turn, text, *wishes, language=language)
    assert ids(outcome) == ["screen", "mouse-good"]
    assert outcome.notes[0].facts == {"parts": (second,)}


@pytest.mark.parametrize(
    ("text", "language", "wish"),
    [("a desk set in blue", "en", "blue"), ("桌面一套，要蓝色", "zh", "蓝色")],
)
def test_each_part_is_searched_once_and_again_only_without_what_it_lacks(
    shop, turn, text, language, wish
):
    blue = Slot("color", "blue", resolved=TextConstraint("color", ("blue",)))
    assert len(ids(build(shop, turn, text, (wish, blue), language=language))) == 2
    assert len(shop.search.asked) == 4


def test_without_parts_the_shop_says_what_it_has(shop, turn):
    outcome = build(shop, turn, "put together a kit")
    assert outcome.response == "bundle_of_what"
    assert [one.title for one in outcome.suggestions] == ["desk set"]


def test_the_button_adds_them_all(shop, turn):
    text = "a mouse and a keyboard in total"
    outcome = build(shop, turn, text, ("mouse", kind("mice")), ("keyboard", kind("keyboards")))
    assert outcome.suggestions[0].payload == (
        '/add_to_cart{"product_id": ["mouse-good", "board-good"]}'
    )
    assert [one.product_id for one in outcome.state.shown] == ["mouse-good", "board-good"]
