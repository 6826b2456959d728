from datetime import UTC, datetime
from decimal import Decimal

import pytest

from assistant.types import Money
from assistant.wording import (
    describe_attributes,
    product_price,
    write_date,
    write_label,
    write_list,
    write_money,
    write_value,
    write_variant,
)
from catalog.types import Attribute, LocalText, Price, Variant
from tests.assistant.builders import mug


@pytest.mark.parametrize(
    ("amount", "currency", "language", "text"),
    [
        ("59.9", "USD", "en", "$59.90"),
        ("1299", "USD", "en", "$1,299.00"),
        ("399", "CNY", "zh", "¥399"),
        ("1299", "CNY", "zh", "¥1,299"),
        ("39.9", "CNY", "zh", "¥39.90"),
        ("399", "CNY", "en", "CN¥399.00"),
        ("59.9", "USD", "zh", "US$59.90"),
        ("1500", "JPY", "en", "¥1,500"),
    ],
)
def test_money(amount, currency, language, text):
    assert write_money(Money(Decimal(amount), currency), language) == text


def test_dates():
    day = datetime(2026, 11, 4, tzinfo=UTC)
    assert write_date(day, "en") == "Nov 4, 2026"
    assert write_date(day, "zh") == "2026年11月4日"


@pytest.mark.parametrize(
    ("value", "unit", "en", "zh"),
    [
        (Decimal("30"), "hour", "30 hours", "30小时"),
        (Decimal("1"), "hour", "1 hour", "1小时"),
        (Decimal("1.50"), "kg", "1.5 kg", "1.5 kg"),
        (Decimal("15.6"), "inch", "15.6 inch", "15.6英寸"),
        (Decimal("16"), "floz", "16 fl oz", "16液盎司"),
        (True, "", "yes", "是"),
        (False, "", "no", "否"),
        (LocalText("cotton", "纯棉"), "", "cotton", "纯棉"),
        (LocalText("cotton"), "", "cotton", "cotton"),
    ],
)
def test_values(value, unit, en, zh):
    attribute = Attribute("x", value, unit)
    assert write_value(attribute, "en") == en
    assert write_value(attribute, "zh") == zh


@pytest.mark.parametrize(
    ("name", "unit", "written"),
    [
        ("year", "", "1995"),
        ("release_year", "", "1995"),
        ("Model Year", "", "1995"),
        ("上映年份", "", "1995"),
        ("year", "hour", "1,995 hours"),
        ("pages", "", "1,995"),
        ("weight", "g", "1,995 g"),
    ],
)
def test_a_year_is_a_date_and_no_amount(name, unit, written):
    assert write_value(Attribute(name, Decimal(1995), unit), "en") == written


def test_a_label_is_made_from_the_name_if_there_is_none():
    assert write_label(Attribute("battery_life", True), "en") == "Battery life"
    assert write_label(Attribute("battery_life", True), "zh") == "续航"
    assert write_label(Attribute("glow_in_dark", True), "zh") == "Glow in dark"
    labelled = Attribute("battery_life", True, label=LocalText("Battery", "续航"))
    assert write_label(labelled, "zh") == "续航"


def test_a_label_of_the_other_language_is_the_last_resort():
    english = Attribute("weight", True, label=LocalText("Item weight"))
    assert (write_label(english, "en"), write_label(english, "zh")) == ("Item weight", "重量")
    chinese = Attribute("weight", True, label=LocalText("", "净重"))
    assert (write_label(chinese, "en"), write_label(chinese, "zh")) == ("Weight", "净重")
    unknown = Attribute("zh_only", True, label=LocalText("", "夜光"))
    assert write_label(unknown, "en") == "夜光"


def test_variants_and_lists():
    options = (("color", LocalText("Blue", "蓝色")), ("size", LocalText("42", "42")))
    assert write_variant(Variant("v", options), "en") == "Blue · 42"
    assert write_variant(Variant("v", options), "zh") == "蓝色 · 42"
    assert write_list(["a", "b"], "en") == "a, b"
    assert write_list(["a", "b"], "zh") == "a、b"


def test_attributes_of_one_name_are_told_together():
    product = mug()
    assert describe_attributes(product, "zh")["capacity"] == ("容量", "350 ml")
    assert describe_attributes(product, "en")["microwave_safe"] == ("Microwave safe", "yes")


def test_a_price_falls_back_to_another_currency_or_none():
    variant = Variant("v", prices=(Price(Decimal(5), "EUR"),))
    assert product_price(variant, "USD") == Money(Decimal(5), "EUR")
    assert product_price(Variant("v"), "USD") is None
