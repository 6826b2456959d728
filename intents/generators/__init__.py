"""Values that no list can hold, made by rules: prices, measures, counts, codes and dates."""

from collections.abc import Mapping

from catalog.types import Language
from intents.generators import codes, counts, dates, measures, money
from intents.generators.grammar import Generator

GENERATORS: Mapping[Language, Mapping[str, Generator]] = {
    "en": {
        "price": money.english_price,
        "measure": measures.english_measure,
        "quantity": counts.english_quantity,
        "rating": counts.english_rating,
        "order_id": codes.english_order_id,
        "email": codes.english_email,
        "phone": codes.english_phone,
        "postal_code": codes.english_postal_code,
        "date": dates.english_date,
    },
    "zh": {
        "price": money.chinese_price,
        "measure": measures.chinese_measure,
        "quantity": counts.chinese_quantity,
        "rating": counts.chinese_rating,
        "order_id": codes.chinese_order_id,
        "email": codes.chinese_email,
        "phone": codes.chinese_phone,
        "postal_code": codes.chinese_postal_code,
        "date": dates.chinese_date,
    },
}
"""The generators by language and slot; each gives the words alone, without articles."""

BODIES: Mapping[Language, Generator] = {"en": measures.english_body, "zh": measures.chinese_body}
"""Measures of a person, for questions about size."""

__all__ = ["BODIES", "GENERATORS", "Generator"]
