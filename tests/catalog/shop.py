"""A small shop of real kinds of products, for tests of search and recommendations."""

from dataclasses import replace
from decimal import Decimal

from catalog.search import ProductSearch
from catalog.types import LocalText, Price, ProductFilter, Variant
from tests.catalog.products import product, variant


def both(id_, usd, cny, stock=None, **options):
    """A variant with a price in each currency."""
    one = variant(id_, usd, stock=stock, **options)
    return replace(one, prices=(*one.prices, Price(Decimal(cny), "CNY")))


def rated(one, rating, count):
    return replace(one, rating=rating, review_count=count)


SHOES = "Shoes|鞋靴>Running shoes|跑步鞋"
AUDIO = "Electronics|数码>Headphones|耳机"

PRODUCTS = (
    rated(
        product(
            "run-1",
            "Stride running shoes|轻羽跑步鞋",
            category=SHOES,
            brand="Veloq|维洛",
            description="Light mesh for daily runs.|轻便网面，日常跑步。",
            weight=(240, "g"),
            variants=(
                both("run-1-blue", "69.00", "459", color="blue|蓝色", size="42"),
                both("run-1-red", "65.00", "429", color="red|红色", size="43"),
            ),
        ),
        4.7,
        120,
    ),
    rated(
        product(
            "run-2",
            "Trail running shoes|山径跑步鞋",
            category=SHOES,
            brand="Nordal|诺达",
            description="Grip for mud and rock.|泥地岩石都抓得住。",
            waterproof=True,
            weight=(310, "g"),
            variants=(both("run-2-a", "95.00", "629", color="black|黑色", size="42"),),
        ),
        4.2,
        40,
    ),
    product(
        "run-3",
        "Tempo running shoes|节奏跑步鞋",
        category=SHOES,
        brand="Veloq|维洛",
        description="For the track.|田径场专用。",
        variants=(both("run-3-a", "49.00", "319", stock=0, color="blue|蓝色", size="41"),),
    ),
    rated(
        product(
            "ear-1",
            "Hush wireless headphones|静听无线耳机",
            category=AUDIO,
            brand="Tonalo|彤籁",
            description="Quiet on every flight.|飞机上也安静。",
            noise_cancelling=True,
            battery_life=(30, "hour"),
            variants=(both("ear-1-a", "129.00", "899", color="black|黑色"),),
        ),
        4.8,
        300,
    ),
    rated(
        product(
            "ear-2",
            "Pebble bluetooth earbuds|卵石蓝牙耳机",
            category=AUDIO,
            brand="Tonalo|彤籁",
            description="Small, with a charging case.|小巧，带充电盒。",
            noise_cancelling=False,
            battery_life=(6, "hour"),
            variants=(both("ear-2-a", "39.00", "269", color="white|白色"),),
        ),
        3.9,
        80,
    ),
    product(
        "tea-1",
        "Green tea 250 g|明前绿茶 250克",
        category="Food|食品>Tea|茶",
        brand="Mistpeak|雾峰",
        variants=(both("tea-1-a", "12.00", "88"),),
    ),
    product(
        "ink-1",
        "HP 10 black ink cartridge",
        category="Printing>Ink cartridges",
        brand="HP",
        color="black",
        variants=(variant("ink-1-a", "24.95"),),
    ),
    product("old-1", "|老式收音机", variants=(Variant("old-1-a", (), (), quantity=3),)),
)


def renamed(one, title):
    return replace(one, title=LocalText(*title.split("|")))


def restocked(one, quantity):
    return replace(one, variants=tuple(replace(v, quantity=quantity) for v in one.variants))


def near(search: ProductSearch, product_id: str, k: int) -> list[str]:
    """The ids of the ``k`` other products with texts nearest to one's."""
    shelf, everything = search.shelf, ProductFilter()
    (item,) = shelf.numbers([product_id]).tolist()
    items, cosines = shelf.similar(item, everything, k + 1)
    found = shelf.pick(dict(zip(items.tolist(), cosines.tolist(), strict=True)), everything)
    return [one.product.id for one in found if one.product.id != product_id][:k]
