"""A shop of mugs and shirts that simulations can be tried on by hand."""

from decimal import Decimal

from assistant.simulation.records import Records
from assistant.simulation.wishes import Wish
from catalog.types import Attribute, LocalText, Price, Product, Variant

COLORS = (LocalText("red", "红色"), LocalText("burgundy", "酒红色"), LocalText("black", "黑色"))
BRANDS = (LocalText("Acme", "顶峰"), LocalText("Bolt", "闪电"), LocalText("Coro", "珂罗"))


def shirt(number, amount="20", colors=COLORS[:1], brand=BRANDS[0], sizes=("M",), **fields):
    """A T-shirt for dollars and yuan; the first of the colours is on the first variant."""
    prices = (Price(Decimal(amount), "USD"), Price(Decimal(amount) * 7, "CNY"))
    variants = tuple(
        Variant(
            f"T{number}-{color.en}-{size}",
            (("color", color), ("size", LocalText(size, size))),
            prices,
            quantity=5,
        )
        for color in colors
        for size in sizes
    )
    return Product(
        f"T{number}",
        LocalText(f"{brand.en} Plain {number} T-shirt", f"{brand.zh}素色{number}T恤"),
        fields.pop("variants", variants),
        brand=brand,
        category=(LocalText("Clothing", "服装"), LocalText("T-shirts", "T恤")),
        attributes=fields.pop("attributes", FACTS),
        url=f"/products/T{number}",
        **fields,
    )


FACTS = (
    Attribute("material", LocalText("cotton", "纯棉"), label=LocalText("Material", "材质")),
    Attribute("season", LocalText("all seasons", "四季"), label=LocalText("Season", "季节")),
    Attribute("stretch", True, label=LocalText("Stretch", "弹力")),
    Attribute("weight", Decimal(150), "g", LocalText("Weight", "重量")),
    Attribute("length", Decimal(70), "cm", LocalText("Length", "衣长")),
    Attribute("style_code", LocalText("XK-1", "XK-1"), label=LocalText("Code", "款号")),
)


def shop(count=14):
    """Shirts of three brands and three colours."""
    return Records(
        tuple(shirt(n, str(10 + n), (COLORS[n % 3],), BRANDS[n // 2 % 3]) for n in range(count))
    )


def color(value, **fields):
    return Wish("text", "color", value, LocalText("color"), **fields)


def under(amount):
    return Wish("price", "price", maximum=Decimal(amount), unit="USD")
