"""A product written as a row of a mapped feed is read back equal."""

import csv
import io
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog.feeds import Accepted, Mapping, open_feed
from catalog.types import Attribute, Availability, LocalText, Price, Product, Variant


def en(text):
    return LocalText(en=text)


ROUND_TRIP = Mapping.model_validate(
    {
        "source": {"kind": "csv"},
        "columns": {
            "id": "id",
            "title": {"en": "title_en", "zh": "title_zh"},
            "description": {"en": "text_en", "zh": "text_zh"},
            "brand": {"en": "brand_en", "zh": "brand_zh"},
            "rating": "rating",
            "review_count": "reviews",
            "quantity": "quantity",
            "availability": "state",
            "images": "images",
            "images_separator": "|",
            "url": "url",
        },
        "category": {"path": "path", "separator": ">"},
        "price": {"column": "price", "list_column": "list", "currency_column": "currency"},
        "attributes": {
            "columns": {
                "fabric": {"split": "|"},
                "weight": {"kind": "number", "unit": "g"},
                "vegan": {"kind": "flag"},
            }
        },
    }
)

# What a shopkeeper can write: no markup, no marks that this mapping splits at, spaces tidy.
WORDS = st.from_regex(
    r"[A-Za-z0-9,;\"'()äéñ%$.!?-]{1,8}( [A-Za-z0-9,;\"'()%-]{1,8}){0,3}", fullmatch=True
)
CHINESE = st.from_regex(r"[云雀蓝牙耳机手工青花瓷碗，“”]{1,10}", fullmatch=True).filter(
    lambda text: any("\u4e00" <= c <= "\u9fff" for c in text)
)
LOCAL = st.builds(LocalText, en=WORDS, zh=st.one_of(st.just(""), CHINESE))
ADDRESS = st.integers(1, 99).map("https://shop.example/{}.jpg".format)
CENTS = st.decimals("0.01", 9999, places=2)


@st.composite
def goods(draw):
    amount = draw(CENTS)
    listed = draw(st.none() | CENTS.filter(lambda price: price > amount))
    quantity = draw(st.none() | st.integers(0, 500))
    states = [Availability.OUT_OF_STOCK] if quantity == 0 else list(Availability)
    id_ = draw(st.from_regex(r"[A-Z0-9-]{1,12}", fullmatch=True))
    price = Price(amount, draw(st.sampled_from(["USD", "CNY", "EUR"])), listed)
    variant = Variant(id_, (), (price,), draw(st.sampled_from(states)), quantity)
    fabric = draw(st.lists(CHINESE | st.sampled_from(["Linen", "Silk"]), max_size=2, unique=True))
    attributes = [Attribute("fabric", as_local(value)) for value in fabric]
    attributes.append(Attribute("weight", Decimal(draw(st.integers(1, 9000))), "g"))
    attributes.append(Attribute("vegan", draw(st.booleans())))
    path = draw(st.lists(CHINESE | st.sampled_from(["Home", "Cups"]), max_size=3, unique=True))
    return Product(
        id=id_,
        title=draw(LOCAL),
        variants=(variant,),
        description=draw(LOCAL),
        brand=draw(LOCAL),
        category=tuple(map(as_local, path)),
        attributes=tuple(attributes),
        rating=draw(st.none() | st.integers(0, 50).map(lambda tenths: tenths / 10)),
        review_count=draw(st.integers(0, 10_000)),
        images=tuple(draw(st.lists(ADDRESS, max_size=3, unique=True))),
        url=draw(ADDRESS),
    )


def as_local(value):
    return en(value) if value.isascii() else LocalText(zh=value)


def as_row(product):
    (variant,) = product.variants
    (price,) = variant.prices
    values = {name: product.values(name) for name in ("fabric", "weight", "vegan")}
    return {
        "id": product.id,
        "title_en": product.title.en, "title_zh": product.title.zh,
        "text_en": product.description.en, "text_zh": product.description.zh,
        "brand_en": product.brand.en, "brand_zh": product.brand.zh,
        "rating": "" if product.rating is None else product.rating,
        "reviews": product.review_count,
        "quantity": "" if variant.quantity is None else variant.quantity,
        "state": variant.availability.value,
        "images": "|".join(product.images),
        "url": product.url,
        "path": " > ".join(level.get("en") for level in product.category),
        "price": price.amount, "list": price.list_amount or "", "currency": price.currency,
        "fabric": "|".join(value.get("en") for value in values["fabric"]),
        "weight": values["weight"][0],
        "vegan": "yes" if values["vegan"][0] else "no",
    }  # fmt: skip


@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(shop=st.lists(goods(), min_size=1, max_size=4, unique_by=lambda product: product.id))
def test_a_product_written_as_a_row_is_read_back_equal(shop, tmp_path):
    text = io.StringIO()
    writer = csv.DictWriter(text, list(as_row(shop[0])))
    writer.writeheader()
    writer.writerows(map(as_row, shop))
    path = tmp_path / "feed.csv"
    path.write_text(text.getvalue(), encoding="utf-8", newline="")
    rows = list(open_feed(path, ROUND_TRIP))
    assert [row.product for row in rows if isinstance(row, Accepted)] == shop
    assert len(rows) == len(shop)
