from decimal import Decimal

import pytest

from catalog.types import NumberConstraint
from intents.hints import find_known
from intents.measured import find_measured
from intents.shape import shape
from intents.types import NOTHING_BEFORE, Measure
from tests.intents.words import Words


class Shop(Words):
    """A shop that measures things by names of its own."""

    OWN = {  # noqa: RUF012
        "noise level": "noise", "噪音": "noise", "protein": "protein", "蛋白质": "protein",
        "shelf life": "shelf_life", "保质期": "shelf_life", "gears": "gears", "变速": "gears",
        "memory": "ram_size", "color": "color", "people": "people",
        "usb 2 0 ports": "usb_2_0_ports",
    }  # fmt: skip
    UNITS = {  # noqa: RUF012
        "noise": "dB", "protein": "percent", "shelf_life": "month", "gears": "", "people": "",
        "usb_2_0_ports": "",
    }  # fmt: skip

    def attribute(self, words, language="en"):
        return self.OWN.get(words)

    def is_measurable(self, name):
        return name in self.UNITS or name == "ram_size"

    def units(self, name):
        return (self.UNITS.get(name, "GB"),)


def read(text):
    return [(slot.value, slot.raw) for slot in find_measured(shape(text), Shop())]


def measure(name, low, high, unit):
    bounds = (None if one is None else Decimal(one) for one in (low, high))
    return Measure(name, *bounds, unit)


@pytest.mark.parametrize(
    ("text", "raw", "value"),
    [
        ("and 55 dB or less of noise level", "55 dB or less of noise level",
         measure("noise", None, 55, "db")),
        ("noise level of no more than 55 dB", "noise level of no more than 55 dB",
         measure("noise", None, 55, "db")),
        ("noise level顶多55dB", "noise level顶多55dB", measure("noise", None, 55, "db")),
        ("gears至少21", "gears至少21", measure("gears", 21, None, "")),
        ("噪音不超过55dB的", "噪音不超过55dB", measure("noise", None, 55, "db")),
        ("26 percent or more of protein", "26 percent or more of protein",
         measure("protein", 26, None, "%")),
        ("蛋白质不低于26%的狗粮", "蛋白质不低于26%", measure("protein", 26, None, "%")),
        ("26% protein", "26% protein", measure("protein", 26, 26, "%")),
        ("at least 12 months of shelf life", "at least 12 months of shelf life",
         measure("shelf_life", 12, None, "months")),
        ("保质期12个月以上", "保质期12个月以上", measure("shelf_life", 12, None, "个月")),
        ("4 or more of usb 2 0 ports", "4 or more of usb 2 0 ports",
         measure("usb_2_0_ports", 4, None, "")),
        ("另外最好noise level别超55 dB", "noise level别超55 dB", measure("noise", None, 55, "db")),
        ("usb 2 0 ports在4到6", "usb 2 0 ports在4到6", measure("usb_2_0_ports", 4, 6, "")),
        ("3 or more gears", "3 or more gears", measure("gears", 3, None, "")),
        ("变速要至少3", "变速要至少3", measure("gears", 3, None, "")),
    ],
)  # fmt: skip
def test_a_bound_beside_the_catalogues_own_name_is_read(text, raw, value):
    assert read(text) == [(value, raw)]


@pytest.mark.parametrize(
    "text",
    [
        "at least 30% off",  # a discount
        "16 GB memory",  # for the rules that know the usual words
        "protein of at least 20 kg",  # no share
        "at least 3 months",  # of what?
        "under 50 dB",
        "至少打七折",
        "不超过50分贝",
        "color at least 3",
        "",
    ],
)
def test_what_is_not_measured_so_is_left(text):
    assert read(text) == []


@pytest.mark.parametrize("text", ["26 percent or more of protein", "蛋白质26%以上"])
def test_more_of_it_is_no_comparison_when_a_number_bounds_it(text):
    language = "en" if text.isascii() else "zh"
    known = find_known(shape(text), language, Shop(), NOTHING_BEFORE)
    assert [slot.name for slot in known] == ["measure"]


@pytest.mark.parametrize(
    ("text", "raw", "count"),
    [
        ("for four people", "four people", 4),
        ("a 4-person tent", "4-person", 4),
        ("4个人的", "4个人", 4),
        ("六人帐篷", "六人", 6),
        ("三口人用", "三口人", 3),
    ],
)
def test_how_many_people_a_thing_is_for_is_read_where_the_shop_counts_them(text, raw, count):
    (slot,) = find_measured(shape(text), Shop())
    room = NumberConstraint("people", Decimal(count), Decimal(count))
    assert (slot.name, slot.raw, slot.resolved) == ("feature", raw, room)
    assert find_measured(shape(text), Words()) == []


@pytest.mark.parametrize("text", ["two persons' order", "2人民币", "一人工服务"])
def test_other_words_that_begin_so_count_nobody(text):
    assert read(text) == []
