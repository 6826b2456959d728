"""Small objects that tests of the assistant build by hand."""

from decimal import Decimal

from assistant.types import DialogueState, SearchGoal, ShownProduct, Utterance
from catalog.types import (
    Attribute,
    FlagConstraint,
    LocalText,
    Price,
    Product,
    TextConstraint,
    Variant,
)
from intents.types import Intent, NLUResult, PriceRange, Reference, Slot

CURRENCIES = {"en": "USD", "zh": "CNY"}


def nlu(intent="", *slots, text="", language="en", query="", **fields):
    intents = (Intent(intent, 0.9),) if intent else ()
    return NLUResult(text, language, intents, tuple(slots), query=query, **fields)


def utterance(text="", user_id=""):
    return Utterance("s1", text, user_id)


def state(**fields):
    return DialogueState("s1", **({"currency": "USD"} | fields))


def color(value, role="include"):
    return Slot("color", value, value, role=role, resolved=TextConstraint("color", (value,)))


def product_type(value):
    resolved = TextConstraint("category", (value,))
    return Slot("product_type", value, value, resolved=resolved)


def under(amount, currency="", spoken=False):
    wish = PriceRange(maximum=Decimal(amount), currency=currency, spoken_currency=spoken)
    return Slot("price", wish, f"under {amount}")


def feature(name):
    return Slot("feature", name, name, resolved=FlagConstraint(name))


def reference(*positions, **fields):
    return Slot("reference", Reference(positions, **fields), "that")


def shown(id_, amount="10"):
    return ShownProduct(id_, f"{id_}-v", Decimal(amount), "USD")


def searching(*wishes, query="shoes"):
    return SearchGoal(query=query, wishes=wishes)


def price(amount, currency="USD"):
    return Price(Decimal(amount), currency)


def mug(id_="M1", amount="12.50", sizes=(), stock=5, **fields):
    """A mug, or with ``sizes`` something worn, sold for dollars and yuan."""
    prices = (Price(Decimal(amount), "USD"), Price(Decimal("88"), "CNY"))
    variants = tuple(
        Variant(
            f"{id_}-{size or 'one'}",
            (("color", LocalText("Blue", "蓝色")),)
            + ((("size", LocalText(size, size)),) if size else ()),
            prices,
            quantity=stock,
        )
        for size in (sizes or ("",))
    )
    return Product(
        id_,
        fields.pop("title", LocalText("Clay mug", "陶土马克杯")),
        variants,
        category=(LocalText("Kitchen", "厨房"), LocalText("Mugs", "马克杯")),
        attributes=(
            Attribute("capacity", Decimal(350), "ml", LocalText("Capacity", "容量")),
            Attribute("microwave_safe", True, label=LocalText("Microwave safe", "可微波")),
        ),
        **fields,
    )
