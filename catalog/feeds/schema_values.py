"""What the properties of a schema.org node say: texts, addresses, offers, measures."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from catalog.feeds.measures import as_count, as_measure, as_number, as_rating, plain, unit_sign
from catalog.feeds.prices import make_price, one_per_currency, read_price
from catalog.feeds.stock import read_availability
from catalog.feeds.texts import attribute_name, local_text, one_line, paragraphs
from catalog.types import Attribute, Availability, LocalText, Price

Node = dict[str, object]

_DEEPEST = 8
_IDS = ("sku", "productID", "mpn", "gtin", "gtin13", "gtin12", "gtin14", "gtin8", "@id", "url")
_MEASURES = ("weight", "height", "width", "depth")
_CODES = ("gtin", "gtin13", "gtin12", "gtin14", "gtin8")


def as_list(value: object) -> list[object]:
    """The value's elements; a single value is its own only one, nothing has none."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def node_types(node: Node) -> list[str]:
    """The names of the node's types, without the vocabulary's address."""
    return [str(one).rpartition("/")[2] for one in as_list(node.get("@type"))]


def text_of(value: object, depth: int = 0) -> str:
    """The first plain text in a value: itself, or the name, value or address of a node."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or value is None or depth > _DEEPEST:
        return ""
    if isinstance(value, int | Decimal):
        return str(value)
    if isinstance(value, list):
        return next((text for one in value if (text := text_of(one, depth + 1))), "")
    if isinstance(value, dict):
        keys = ("@value", "name", "value", "url", "contentUrl", "@id")
        return next((text for key in keys if (text := text_of(value.get(key), depth + 1))), "")
    return ""


def texts_of(value: object) -> LocalText:
    """A text in each language it is given in; ``@language`` decides, else the characters do."""
    found = LocalText()
    for one in as_list(value):
        text = text_of(one)
        tag = str(one.get("@language", "")) if isinstance(one, dict) else ""
        if tag.casefold().startswith("zh"):
            made = local_text(text, "zh")
        elif tag.casefold().startswith("en"):
            made = local_text(text, "en")
        else:
            made = local_text(text)
        found = LocalText(found.en or made.en, found.zh or made.zh)
    return found


def line_of(value: object) -> LocalText:
    """The texts on one line each."""
    texts = texts_of(value)
    return LocalText(one_line(texts.en), one_line(texts.zh))


def paragraphs_of(value: object) -> LocalText:
    """The texts as readable paragraphs."""
    texts = texts_of(value)
    return LocalText(paragraphs(texts.en), paragraphs(texts.zh))


def id_of(node: Node) -> str:
    """The node's SKU, else another of its codes, else its address."""
    return next((id_ for key in _IDS if (id_ := one_line(text_of(node.get(key))))), "")


def images_of(node: Node) -> tuple[str, ...]:
    """The addresses of its pictures."""
    urls = (_address(one) for one in as_list(node.get("image")))
    return tuple(dict.fromkeys(url for url in urls if url))


def category_of(node: Node) -> tuple[LocalText, ...]:
    """The path, of several categories the deepest."""
    written = (one_line(text_of(one)) for one in as_list(node.get("category")))
    paths = [[level.strip() for level in text.split(">") if level.strip()] for text in written]
    return tuple(local_text(level) for level in max(paths, key=len, default=[]))


def rating_of(node: Node) -> tuple[float | None, int]:
    """The rating on a scale of 5, and how many gave one.

    Raises:
        ValueError: One of them is out of its range.
    """
    rating = node.get("aggregateRating")
    if not isinstance(rating, dict):
        return None, 0
    best = as_number(text_of(rating.get("bestRating")).replace(",", ".")) or Decimal(5)
    if best <= 0:
        raise ValueError(f"bestRating must be above 0, got {best}")
    count = rating.get("reviewCount") or rating.get("ratingCount")
    value = as_rating(text_of(rating.get("ratingValue")).replace(",", "."), best)
    return value, as_count(text_of(count), "reviewCount") or 0


def offers_of(node: Node, currency: str) -> tuple[tuple[Price, ...], Availability, int | None]:
    """Prices, availability and stock of the node's offers; any that can be had counts as stock.

    Raises:
        ValueError: A price or an availability cannot be read.
    """
    offers = list(_flat_offers(node.get("offers")))
    prices = one_per_currency(
        price for offer in offers if (price := _price(offer, currency)) is not None
    )
    states = [
        state
        for offer in offers
        if (state := read_availability(text_of(offer.get("availability")))) is not None
    ]
    able = [state for state in states if state is not Availability.OUT_OF_STOCK]
    state = next(iter(able or states), Availability.IN_STOCK)
    quantity = _quantity(offers[0]) if len(offers) == 1 else None
    return prices, state, quantity


def attributes_of(node: Node) -> Iterator[Attribute]:
    """Measures, codes, condition, audience and ``additionalProperty``."""
    for name in _MEASURES:
        value = node.get(name)
        if value is not None:
            yield from _measure(name, value)
    codes = (("gtin", next((c for n in _CODES if (c := text_of(node.get(n)))), "")),)
    for name, text in (
        *codes,
        ("mpn", text_of(node.get("mpn"))),
        ("model", text_of(node.get("model"))),
    ):
        if one_line(text):
            yield Attribute(name, local_text(one_line(text)))
    for audience in as_list(node.get("audience")):
        gender = text_of(audience.get("suggestedGender")) if isinstance(audience, dict) else ""
        if gender:
            yield Attribute("gender", local_text(one_line(gender.rpartition("/")[2])))
    for property_ in as_list(node.get("additionalProperty")):
        if isinstance(property_, dict):
            yield from _property(property_)


def _address(value: object) -> str:
    if isinstance(value, dict):
        value = value.get("contentUrl") or value.get("url") or value.get("@id")
    return one_line(text_of(value))


def _flat_offers(value: object, depth: int = 0) -> Iterator[Node]:
    for one in as_list(value):
        if not isinstance(one, dict):
            continue
        inner = one.get("offers")
        if inner is not None and depth < _DEEPEST:
            yield from _flat_offers(inner, depth + 1)
        else:
            yield one


def _price(offer: Node, currency: str) -> Price | None:
    specifications = [s for s in as_list(offer.get("priceSpecification")) if isinstance(s, dict)]
    struck = [s for s in specifications if "Strikethrough" in text_of(s.get("priceType"))]
    struck += [s for s in specifications if "ListPrice" in text_of(s.get("priceType"))]
    plain_ones = [s for s in specifications if s not in struck]
    for one in (offer, *plain_ones):
        written = text_of(one.get("price")) or text_of(one.get("lowPrice"))
        if written:
            code = text_of(one.get("priceCurrency")) or text_of(offer.get("priceCurrency"))
            amount, found = read_price(written, code.strip().upper() or currency)
            listed = text_of(struck[0].get("price")) if struck else ""
            before = read_price(listed, found)[0] if listed else amount
            return make_price(max(before, amount), found, amount)
    return None


def _quantity(offer: Node) -> int | None:
    level = offer.get("inventoryLevel")
    return as_count(text_of(level), "inventoryLevel") if level is not None else None


def _measure(name: str, value: object) -> Iterator[Attribute]:
    if isinstance(value, dict):
        number = as_number(text_of(value.get("value")))
        unit = unit_sign(text_of(value.get("unitText")) or text_of(value.get("unitCode")))
        if number is not None and unit is not None:
            yield Attribute(name, plain(number), unit)
            return
    text = one_line(text_of(value))
    measure = as_measure(text)
    if measure:
        yield Attribute(name, measure[0], measure[1])
    elif text:
        yield Attribute(name, local_text(text))


def _property(property_: Node) -> Iterator[Attribute]:
    label = one_line(text_of(property_.get("name")))
    name = attribute_name(label)
    if not name:
        return
    shown = local_text(label)
    for value in as_list(property_.get("value")):
        if isinstance(value, bool):
            yield Attribute(name, value, label=shown)
        else:
            unit = property_.get("unitText") or property_.get("unitCode")
            measured = {"value": value, "unitText": unit}
            yield from (replace(one, label=shown) for one in _measure(name, measured))
