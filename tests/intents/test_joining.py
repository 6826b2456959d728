import pytest

from catalog.types import TextConstraint
from intents.joining import fit_spans
from intents.reader import Tagged
from intents.shape import shape
from intents.types import Slot


def fitted(text, marked, known=()):
    """The values of a text as (slot, words) where a model has marked such, in its order."""
    spans = [Tagged(n, *placed(text, words), "include", 0.9) for n, words in marked]
    slots = [Slot(n, words, words, *placed(text, words)) for n, words in known]
    found = fit_spans(shape(text), spans, slots)
    return [(one.name, text[one.start : one.end]) for one in found]


def placed(text, words):
    return text.index(words), text.index(words) + len(words)


@pytest.mark.parametrize(
    ("text", "marked", "values"),
    [
        (
            "寄到杭州市西湖区",
            [("city", "杭州市"), ("city", "西湖区")],
            [("city", "杭州市西湖区")],
        ),
        ("杭州市和西湖区", [("city", "杭州市"), ("city", "西湖区")], None),
        ("我120斤", [("measure", "120"), ("measure", "斤")], [("measure", "120斤")]),
        ("60 by 40cm", [("measure", "60"), ("measure", "40cm")], None),
        (
            "are the first and third alike",
            [("reference", "the first"), ("reference", "third")],
            [("reference", "the first and third")],
        ),
        (
            "the first and the third",
            [("reference", "the first"), ("reference", "the third")],
            None,
        ),
        (
            "descending by rating",
            [("sort_key", "descending"), ("sort_key", "rating")],
            [("sort_key", "descending by rating")],
        ),
        ("第一个和第三个", [("reference", "第一个"), ("reference", "第三个")], None),
        (
            "the second one twelve",
            [("reference", "the second"), ("quantity", "one"), ("quantity", "twelve")],
            [("reference", "the second one"), ("quantity", "twelve")],
        ),
    ],
)
def test_one_value_is_one_span(text, marked, values):
    assert fitted(text, marked) == (values or marked)


@pytest.mark.parametrize(
    ("text", "marked", "known", "values"),
    [
        (
            "boys' sandals",
            [("product_type", "boys' sandals")],
            [("gender", "boys"), ("product_type", "sandals")],
            [("gender", "boys'"), ("product_type", "sandals")],
        ),
        (
            "遮光窗帘",
            [("product_type", "遮光窗帘")],
            [("feature", "遮光"), ("product_type", "窗帘")],
            [("feature", "遮光"), ("product_type", "窗帘")],
        ),
        (
            "hiking socks",
            [("product_type", "hiking socks")],
            [("occasion", "hiking"), ("product_type", "socks")],
            [("product_type", "hiking socks")],
        ),
        (
            "中山路8号 510000",
            [("street", "中山路8号 510000")],
            [],
            [("street", "中山路8号"), ("postal_code", "510000")],
        ),
        (
            "a belt for these trousers",
            [("reference", "these trousers")],
            [],
            [("reference", "these")],
        ),
        (
            "three jars more",
            [("quantity", "three jars")],
            [],
            [("quantity", "three"), ("product_type", "jars")],
        ),
        ("对比2和3", [("reference", "2和3")], [], [("reference", "2"), ("reference", "3")]),
        ("2 and 3", [("reference", "2 and 3")], [], [("reference", "2"), ("reference", "3")]),
        (
            "我170 65公斤",
            [("measure", "170 65公斤")],
            [],
            [("measure", "170"), ("measure", "65公斤")],
        ),
        (
            "I'm 170 65 kg",
            [("measure", "170 65 kg")],
            [],
            [("measure", "170"), ("measure", "65 kg")],
        ),
        (
            "for winter fishing",
            [("season", "winter fishing")],
            [],
            [("season", "winter"), ("occasion", "fishing")],
        ),
        (
            "冬天钓鱼穿",
            [("season", "冬天钓鱼")],
            [],
            [("season", "冬天"), ("occasion", "钓鱼")],
        ),
        (
            "send it to 90210",
            [("order_id", "90210")],
            [("postal_code", "90210")],
            [("postal_code", "90210")],
        ),
        (
            "打我13100009999",
            [("order_id", "13100009999")],
            [("phone", "13100009999")],
            [("phone", "13100009999")],
        ),
        ("three pairs", [("quantity", "three pairs")], [], [("quantity", "three pairs")]),
        (
            "想买苏泊尔压蒜器",
            [("product_type", "苏泊尔压蒜器")],
            [],
            [("brand", "苏泊尔"), ("product_type", "压蒜器")],
        ),
        (
            "a Zyliss garlic press",
            [("product_type", "Zyliss garlic press")],
            [],
            [("brand", "Zyliss"), ("product_type", "garlic press")],
        ),
        ("这是米朵家的", [("brand", "米朵家")], [], [("brand", "米朵")]),
        ("这是米朵牌的", [("brand", "米朵牌")], [], [("brand", "米朵")]),
        ("这是宜家的", [("brand", "宜家")], [("brand", "宜家")], [("brand", "宜家")]),
        ("of gauze", [("feature", "gauze")], [("material", "gauze")], [("material", "gauze")]),
        ("要雪纺", [("feature", "雪纺")], [("material", "雪纺")], [("material", "雪纺")]),
    ],
)
def test_several_values_have_a_span_each(text, marked, known, values):
    assert fitted(text, marked, known) == values


@pytest.mark.parametrize("words", ["this one", "these two", "that order", "this pair"])
def test_what_only_points_stays_whole(words):
    assert fitted(f"about {words}", [("reference", words)]) == [("reference", words)]


@pytest.mark.parametrize(
    ("text", "marked", "kind"),
    [("要添上装", "添上装", "上装"), ("来逛逛包", "逛包", "包"), ("我是来挑灯的", "挑灯", "灯")],
)
def test_the_verb_before_a_kind_is_no_part_of_it(text, marked, kind):
    shelf = TextConstraint("category", (kind,))
    known = Slot("product_type", kind, kind, *placed(text, kind), resolved=shelf)
    for name in ("product_type", "feature"):
        span = Tagged(name, *placed(text, marked), "include", 0.2)
        (found,) = fit_spans(shape(text), [span], [known])
        assert (found.name, text[found.start : found.end]) == ("product_type", kind)
    other = Tagged("brand", *placed(text, marked), "include", 0.2)
    assert fit_spans(shape(text), [other], [known]) == [other]


def test_a_value_ends_before_the_comma_behind_it():
    text = "in 56 x 135 x 27, by Acme"
    assert fitted(text, [("measure", "56 x 135 x 27,")]) == [("measure", "56 x 135 x 27")]


@pytest.mark.parametrize(
    ("text", "marked", "kind", "values"),
    [
        ("要仨碗", "仨碗", "碗", [("quantity", "仨"), ("product_type", "碗")]),
        ("买俩碗", "俩碗", "碗", [("quantity", "俩"), ("product_type", "碗")]),
        ("要三个碗", "三个碗", "碗", [("quantity", "三个"), ("product_type", "碗")]),
        ("要两杯子", "两杯子", "杯子", [("quantity", "两"), ("product_type", "杯子")]),
        ("要两包", "两包", "包", [("quantity", "两包")]),
        ("要三大碗", "三大碗", "碗", [("quantity", "三大碗")]),
    ],
)
def test_a_kind_behind_its_number_is_a_value_of_its_own(text, marked, kind, values):
    place = placed(text, kind)
    known = Slot("product_type", kind, kind, *place, resolved=TextConstraint("category", (kind,)))
    span = Tagged("quantity", *placed(text, marked), "include", 0.9)
    found = fit_spans(shape(text), [span], [known])
    assert [(one.name, text[one.start : one.end]) for one in found] == values


def test_a_kind_that_the_shop_has_not_stays_with_its_number():
    assert fitted("要仨碗", [("quantity", "仨碗")], [("product_type", "碗")]) == [
        ("quantity", "仨碗")
    ]


@pytest.mark.parametrize(
    ("text", "known", "value", "words", "whole"),
    [
        ("shoes size 9.5 US", "size 9.5 US", "US 9.5", ["9.5", "US"], "9.5 US"),
        ("heels UK size 8", "UK size 8", "UK 8", ["8"], "UK size 8"),
    ],
)
def test_a_size_is_told_with_its_system(text, known, value, words, whole):
    marked = [("size", word) for word in words]
    spans = [Tagged("size", *placed(text, word), "include", 0.9) for word in words]
    slot = Slot("size", value, known, *placed(text, known))
    (found,) = fit_spans(shape(text), spans, [slot])
    assert text[found.start : found.end] == whole
    assert fitted(text, marked, [("size", known)]) == marked
