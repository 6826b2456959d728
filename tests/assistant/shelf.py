"""A list of headphones and one of lamps as they were shown, for tests of what points at them."""

from decimal import Decimal

from assistant.actions.context import shown_product
from assistant.types import DialogueState, SearchGoal, ShownList
from catalog.types import Attribute, LocalText, Price, Product, ScoredProduct, Variant
from tests.assistant.builders import product_type, state

WEIGHT, BATTERY = LocalText("Weight", "重量"), LocalText("Battery life", "续航")


def product(id_, title, brand, price, kind, colors, facts=(), rating=None):
    prices = (Price(Decimal(price), "USD"),)
    return Product(
        id_,
        LocalText(*title),
        tuple(Variant(f"{id_}-{c.en}", (("color", c),), prices) for c in colors),
        brand=LocalText(*brand),
        category=(LocalText(*kind),),
        attributes=tuple(facts),
        rating=rating,
    )


BLACK, RED, GOLD = LocalText("black", "黑色"), LocalText("red", "红色"), LocalText("gold", "金色")
SONARO, TIDE = ("Sonaro", "声朗"), ("Tidewave", "潮音")
PHONES, LAMPS = ("Headphones", "耳机"), ("Desk lamps", "台灯")


def grams(number):
    return Attribute("weight", Decimal(number), "g", WEIGHT)


def quiet(is_so):
    return Attribute("noise_cancelling", is_so, label=LocalText("Noise cancelling", "降噪"))


HEADPHONES = [
    product("P1", ("Sonaro Atlas Headphones", "声朗 Atlas 耳机"), SONARO, "109", PHONES, [BLACK],
            [grams(245), quiet(True)], 4.9),
    product("P2", ("Tidewave Vesper Headphones", "潮音 Vesper 耳机"), TIDE, "70.95", PHONES, [RED],
            [grams(290), quiet(False)], 4.3),
    product("P3", ("Tidewave Reed Headphones, 40 h", "潮音 Reed 耳机"), TIDE, "42.95", PHONES,
            [BLACK], [grams(260), quiet(False)], 4.4),
]  # fmt: skip
LIGHTS = [
    product("L1", ("Heron Wood Desk Lamp", "苍鹭木质台灯"), ("Brightwell", "明悦"), "70", LAMPS,
            [GOLD], [Attribute("power", Decimal(5), "W", LocalText("Power", "功率"))], 4.0),
    product("L2", ("Study Desk Lamp", "学习台灯"), ("Brightwell", "明悦"), "40", LAMPS, [BLACK],
            [Attribute("power", Decimal(12), "W", LocalText("Power", "功率"))], 4.7),
]  # fmt: skip


def shown(products):
    return tuple(shown_product(ScoredProduct(p, p.variants[0], 1.0), "USD") for p in products)


EARLIER = ShownList(SearchGoal("headphones", (product_type("headphones"),)), shown(HEADPHONES))
NOW = ShownList(SearchGoal("lamps", (product_type("desk lamps"),)), shown(LIGHTS))


def one_list(**fields) -> DialogueState:
    """Headphones on the screen."""
    return state(goal=EARLIER.goal, shown=EARLIER.products, lists=(EARLIER,), **fields)


def two_lists(**fields) -> DialogueState:
    """Lamps on the screen, headphones before them."""
    return state(goal=NOW.goal, shown=NOW.products, lists=(EARLIER, NOW), **fields)
