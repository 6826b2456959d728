"""What of a product is searched: the texts that become vectors, and the fields of words."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from hashlib import blake2b

from catalog.measures import measure_terms
from catalog.text import find_numbered, tokens
from catalog.types import LANGUAGES, Attribute, Language, LocalText, Product
from catalog.units import plain_number

PASSAGE_TOKENS = 64
"""Where a product's text is cut; longer ones find no more and take twice the time."""

_TELLING = ("type", "product_type", "color", "material", "gender", "style", "compatible_with")
_DESCRIPTION_START = 240
_DESCRIPTION_WORDS = 2_000
_MOST_VALUES = 400

VECTORS_PER_ITEM = len(LANGUAGES)


def vector_id(item_idx: int, language: Language) -> int:
    """The id under which an item's text in ``language`` is indexed."""
    return item_idx * VECTORS_PER_ITEM + LANGUAGES.index(language)


def passages(product: Product) -> dict[Language, str]:
    """The text that stands for a product's meaning, in each language its title is written in."""
    written = [language for language in LANGUAGES if getattr(product.title, language)]
    return {language: _passage(product, language) for language in written or LANGUAGES[:1]}


def english_passages(texts: Mapping[Language, str]) -> dict[Language, str]:
    """Of a product's texts what an encoder reads that knows English alone."""
    return {language: text for language, text in texts.items() if language == "en"}


def fields(product: Product) -> dict[str, list[list[str]]]:
    """The tokens of every field, a list for each language it is written in."""
    texts: dict[str, Sequence[str]] = {
        "title": product.title.all(),
        "brand": product.brand.all(),
        "category": [_joined(product.category, language) for language in LANGUAGES],
        "attributes": [_values(product, language) for language in LANGUAGES],
        "description": [text[:_DESCRIPTION_WORDS] for text in product.description.all()],
    }
    return {name: [_terms(text) for text in some if text] for name, some in texts.items()}


def _terms(text: str) -> list[str]:
    """The search terms of a text; measures and names with numbers also in a form of their own."""
    found = tokens(text)
    own = (*measure_terms(text), *map("".join, find_numbered(text)))
    return [*found, *(term for term in dict.fromkeys(own) if term not in found)]


def text_hash(text: str) -> int:
    """A signed 64-bit name of a text, the same in every process."""
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), signed=True)


def words_hash(product: Product) -> int:
    """A number that changes when :func:`fields` might; cheap to compute."""
    texts = [product.title, product.brand, product.description, *product.category]
    texts += [value for variant in product.variants for _, value in variant.options]
    parts = [product.id, *(part for text in texts for part in (text.en, text.zh))]
    for one in product.attributes:
        value = one.value
        written = (value.en, value.zh) if isinstance(value, LocalText) else (str(value), one.unit)
        parts += [one.name, one.label.en, one.label.zh, *written]
    return text_hash("\x1f".join(parts))


def measure_text(attribute: Attribute) -> str:
    """A number with its unit as people write it: "15.6 inch", "42"."""
    if not isinstance(attribute.value, Decimal):
        raise ValueError(f"expected a number in {attribute.name}, got {attribute.value!r}")
    return f"{plain_number(attribute.value)} {attribute.unit}".strip()


def _passage(product: Product, language: Language) -> str:
    title = product.title.get(language)
    leaf = product.category[-1].get(language) if product.category else ""
    parts = [title, product.brand.get(language), leaf, *_telling(product, language)]
    new = [part for part in dict.fromkeys(parts) if part and (part == title or part not in title)]
    start = product.description.get(language)[:_DESCRIPTION_START]
    separator = "，" if language == "zh" else ", "
    return separator.join([*new, start] if start else new)


def _telling(product: Product, language: Language) -> list[str]:
    found = [
        a.value.get(language)
        for a in product.attributes
        if a.name in _TELLING and isinstance(a.value, LocalText)
    ]
    flags = [a.label.get(language) for a in product.attributes if a.value is True]
    return [*found[:4], *flags[:4]]


def _joined(nodes: Sequence[LocalText], language: Language) -> str:
    return " ".join(getattr(node, language) for node in nodes)


def _values(product: Product, language: Language) -> str:
    """The words of all attributes and options in one language; numbers stand in both."""
    options: Mapping[str, None] = dict.fromkeys(
        getattr(value, language) for variant in product.variants for _, value in variant.options
    )
    values = [_attribute_words(attribute, language) for attribute in product.attributes]
    return " ".join([product.id, *options, *values][:_MOST_VALUES])


def _attribute_words(attribute: Attribute, language: Language) -> str:
    value = attribute.value
    if isinstance(value, LocalText):
        return str(getattr(value, language))
    if isinstance(value, bool):
        label = str(getattr(attribute.label, language))
        return (label or attribute.name.replace("_", " ")) if value else ""
    if not attribute.unit:
        return ""
    # Shoppers write "16GB" and "16 GB"; the first is one token, the second two.
    written = measure_text(attribute)
    return f"{written} {written.replace(' ', '')}"
