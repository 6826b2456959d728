from decimal import Decimal

import pytest

from catalog.types import FlagConstraint, NumberConstraint, TextConstraint
from intents.apart import TYPED
from intents.merging import merge
from intents.reader import Answer, Tagged
from intents.resolve import UNRESOLVED, resolve
from intents.shape import shape
from intents.types import NOTHING_BEFORE, Measure, PriceRange, Reference, Slot
from intents.values import read_values
from tests.intents.words import Match, Words


def tagged(text, name, words, role="include", score=0.9):
    start = text.index(words)
    return Tagged(name, start, start + len(words), role, score)


def read(text, *spans, language="en", nearest=None, whole=False):
    """What rules and vocabulary find in a text, merged with the spans of a model."""
    prepared = shape(text)
    known = resolve(prepared, language, Words(), read_values(prepared, NOTHING_BEFORE))
    found = tuple(tagged(text, *span) for span in spans)
    return merge(prepared, language, Words(), known, Answer(spans=found, whole=whole), nearest)


def shown(slots):
    return [(slot.name, slot.raw) for slot in slots]


def assert_in_place(text, slots):
    assert all(text[slot.start : slot.end] == slot.raw for slot in slots)


@pytest.mark.parametrize(
    ("text", "language", "words", "value"),
    [
        ("shoes under $80", "en", "$80", PriceRange(None, Decimal(80), "USD", True)),
        ("300元以内的耳机", "zh", "300元", PriceRange(None, Decimal(300), "CNY", True)),
    ],
)
def test_a_rules_value_stands_where_the_model_sees_it(text, language, words, value):
    slots = read(text, ("price", words), language=language)
    (price,) = [slot for slot in slots if slot.name == "price"]
    assert (price.value, price.raw) == (value, words)
    assert_in_place(text, slots)


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [("a dark red dress", "en", "dark red"), ("深红裙子", "zh", "深红")],
)
def test_the_catalogues_value_stands_where_the_model_sees_it(text, language, words):
    slots = read(text, ("color", words), language=language)
    assert slots[0].raw == words
    assert (slots[0].value, slots[0].resolved) == ("red", TextConstraint("color", ("red",)))


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("3月5号到10号", (("size", "3月5号"), ("size", "10号"))),
        ("3月5号到10号", (("date", "3月5号"), ("date", "10号"))),
        ("3.5到3.10号之间送", (("size", "3.5"), ("size", "3.10号"))),
        ("从3月5号到3月7号", (("date", "3月5号"), ("date", "3月7号"))),
        ("from May 3 to May 5", (("date", "May 3"), ("date", "May 5"))),
    ],
)
def test_days_from_one_to_another_are_one_date(text, spans):
    (slot,) = read(text, *spans, language="zh" if "3" in text[:3] else "en")
    assert slot.name == "date"
    assert slot.value.start < slot.value.end
    assert_in_place(text, [slot])


def test_a_size_is_no_day():
    (first, *_) = read("38号的裙子", ("size", "38号"), language="zh")
    assert first.name == "size"


def test_of_two_readings_in_one_span_the_longer_tells_the_value():
    text = "memory foam socks"
    (slot,) = read(text, ("product_type", text))
    assert (slot.value, slot.raw) == ("memory foam", text)


@pytest.mark.parametrize(
    ("text", "language"), [("red running shoes under $80", "en"), ("红跑鞋80元以内", "zh")]
)
def test_what_the_model_does_not_see_is_kept_from_rules_and_catalogue(text, language):
    names = [slot.name for slot in read(text, language=language)]
    assert names == ["color", "product_type", "price"]


@pytest.mark.parametrize(
    ("text", "language", "words"), [("a nike dress", "en", "nike"), ("耐克裙子", "zh", "耐克")]
)
def test_the_model_that_was_told_what_is_known_is_believed(text, language, words):
    told = read(text, ("recipient", words, "include", 0.49), language=language)
    assert ("recipient", words) in shown(told)
    assert not [slot for slot in told if slot.name == "brand"]


def test_a_doubtful_span_stays_where_nothing_else_is_known():
    assert shown(read("a zorb dress", ("color", "zorb", "include", 0.2))) == [
        ("color", "zorb"),
        ("product_type", "dress"),
    ]


@pytest.mark.parametrize(
    ("text", "language", "name", "value"),
    [("size 42", "en", "quantity", 42), ("42码", "zh", "quantity", 42)],
)
def test_a_sure_span_that_can_be_read_wins_over_another_slot_there(text, language, name, value):
    assert [slot.name for slot in read(text, language=language)] == ["size"]
    (slot,) = read(text, (name, text, "include", 0.5), language=language)
    assert (slot.name, slot.value, slot.raw) == (name, value, text)


def test_an_unread_span_stays_when_the_catalogue_knows_little_of_it():
    slots = read("glowing in the dark red", ("feature", "glowing in the dark red"))
    assert shown(slots) == [("feature", "glowing in the dark red")]


@pytest.mark.parametrize(
    ("name", "text", "language"),
    [
        ("price", "something nice", "en"),
        ("price", "便宜货", "zh"),
        ("order_id", "my thing", "en"),
        ("email", "at home", "en"),
        ("quantity", "beautiful", "en"),
        ("size", "漂亮", "zh"),
        ("date", "whatever", "en"),
    ],
)
def test_a_typed_slot_without_a_readable_value_is_dropped(name, text, language):
    assert name in TYPED
    assert read(text, (name, text, "include", 0.99), language=language) == ()


@pytest.mark.parametrize(
    ("name", "text", "language"),
    [("color", "zorb", "en"), ("brand", "zorb", "en"), ("pattern", "星空", "zh")],
)
def test_an_unread_name_stays_as_words_for_search(name, text, language):
    refusal = "no more " if language == "en" else "别再给"
    (slot,) = read(f"{refusal}{text}", (name, text, "exclude", 0.8), language=language)
    assert (slot.value, slot.resolved, slot.role) == (text, None, "exclude")
    assert slot.score == pytest.approx(UNRESOLVED * 0.8)


@pytest.mark.parametrize(
    ("name", "text", "language", "value"),
    [
        ("quantity", "两件", "zh", 2),
        ("size", "42", "en", "42"),
        ("price", "300", "zh", PriceRange(None, Decimal(300))),
    ],
)
def test_a_value_that_only_the_slot_makes_clear_is_read(name, text, language, value):
    (slot,) = read(text, (name, text), language=language)
    assert (slot.name, slot.value) == (name, value)
    assert_in_place(text, [slot])


@pytest.mark.parametrize(
    ("text", "language", "name", "words", "said", "role"),
    [
        ("not leather", "en", "material", "leather", "include", "exclude"),
        ("不要皮的", "zh", "material", "皮", "include", "exclude"),
        ("the red one", "en", "color", "red", "include", "reference"),
        ("I've had it with red, no thanks", "en", "color", "red", "exclude", "exclude"),
        ("in red", "en", "color", "red", "exclude", "include"),
        ("one of Nike's", "en", "brand", "Nike's", "reference", "include"),
        ("that one of Nike's", "en", "brand", "Nike's", "reference", "reference"),
        ("the second one of Nike's", "en", "brand", "Nike's", "reference", "reference"),
        ("红的不行", "zh", "color", "红", "exclude", "exclude"),
        ("under $80", "en", "price", "under $80", "exclude", "include"),
    ],
)
def test_the_rules_role_counts_and_else_the_models(text, language, name, words, said, role):
    slots = read(text, (name, words, said), language=language)
    assert [slot.role for slot in slots if slot.name == name] == [role]


def test_a_typed_slot_never_takes_the_models_role_over_the_rules():
    slots = read("the first one", ("reference", "the first one", "exclude"))
    assert [(slot.value, slot.role) for slot in slots] == [(Reference((1,)), "include")]


def test_a_name_the_catalogue_lacks_goes_to_the_nearest_in_meaning():
    def nearest(words, candidates):
        return candidates.index("leather"), 0.95

    (slot,) = read("cowhide", ("material", "cowhide", "include", 0.8), nearest=nearest)
    assert (slot.value, slot.resolved) == ("leather", TextConstraint("material", ("leather",)))
    assert slot.score == pytest.approx(0.95 * 0.8)


def test_slots_come_in_the_order_of_the_text():
    text = "red zorb dress under $80"
    slots = read(text, ("brand", "zorb"), ("color", "red"))
    assert shown(slots) == [
        ("color", "red"), ("brand", "zorb"), ("product_type", "dress"), ("price", "under $80"),
    ]  # fmt: skip
    assert_in_place(text, slots)


def test_nothing_known_and_nothing_seen_is_nothing():
    assert read("") == ()
    assert read("zorb") == ()


@pytest.mark.parametrize(
    ("text", "language", "words", "left_out"),
    [
        ("red dress like hers", "en", "dress", "red"),
        ("黑色的耳机就像她那副", "zh", "耳机", "黑色"),
    ],
)
def test_what_a_model_that_reads_every_slot_leaves_out_is_none(text, language, words, left_out):
    span = (words, "product_type")[::-1]
    assert left_out in [raw for _, raw in shown(read(text, span, language=language))]
    assert shown(read(text, span, language=language, whole=True)) == [("product_type", words)]


def test_words_without_the_form_of_their_slot_leave_what_is_known():
    spans = [("sort_key", "$80")]
    assert shown(read("shoes under $80", *spans, whole=True)) == [("price", "under $80")]


@pytest.mark.parametrize(
    ("text", "language", "words", "name"),
    [("how much does it weigh", "en", "weigh", "weight"), ("它多重", "zh", "多重", "weight")],
)
def test_an_attribute_has_its_name_however_it_is_asked_about(text, language, words, name):
    (slot,) = [
        slot for slot in read(text, ("attribute", words), language=language, whole=True)
        if slot.name == "attribute"
    ]  # fmt: skip
    assert (slot.value, slot.raw) == (name, words)


@pytest.mark.parametrize(("text", "language"), [("socks", "en"), ("袜子", "zh")])
def test_a_text_that_is_nothing_but_what_is_known_keeps_it(text, language):
    assert shown(read(text, language=language, whole=True)) == [("product_type", text)]


@pytest.mark.parametrize(
    ("text", "language", "price", "number"),
    [
        ("shoes under $80 with a voucher of 24", "en", "$80", "24"),
        ("300元以内的耳机 满75减24", "zh", "300元以内", "24"),
    ],
)
def test_where_rules_read_a_price_no_other_number_becomes_one(text, language, price, number):
    spans = [("price", price), ("price", number)]
    slots = read(text, *spans, language=language, whole=True)
    assert [slot.raw for slot in slots if slot.name == "price"] == [price]


def test_a_price_that_rules_read_stays_where_the_model_does_not_see_it():
    slots = read("a mug between 17 and 49 dollars", ("product_type", "mug"), whole=True)
    assert [slot.name for slot in slots] == ["product_type", "price"]


@pytest.mark.parametrize(
    ("text", "language", "name", "words", "value"),
    [
        ("the one at the bottom", "en", "reference", "the one at the bottom", Reference((-1,))),
        ("by popularity", "en", "sort_key", "popularity", "popularity"),
        ("from expensive to cheap", "en", "sort_key", "expensive to cheap", "price_descending"),
        ("any slimmer models", "en", "comparative", "slimmer", "slimmer"),
        ("最下面的", "zh", "reference", "最下面的", Reference((-1,))),
        ("热度排序", "zh", "sort_key", "热度", "popularity"),
        ("再厚实些", "zh", "comparative", "厚实些", "厚实些"),
    ],
)
def test_what_the_model_marks_is_read_generously(text, language, name, words, value):
    (slot,) = read(text, (name, words), language=language, whole=True)
    assert (slot.name, slot.raw, slot.value) == (name, words, value)


def test_an_order_that_was_taken_for_a_price_is_an_order():
    (slot,) = read("价格从低往高", ("price", "价格从低往高"), language="zh", whole=True)
    assert (slot.name, slot.value) == ("sort_key", "price_ascending")


def test_one_span_may_hold_several_numbers():
    slots = read("足尖鞋 36 四百以下", ("price", "36 四百以下"), language="zh", whole=True)
    assert shown(slots) == [("size", "36"), ("price", "四百以下")]


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [("pine not plastic", "en", "pine"), ("要松木不要塑料", "zh", "松木")],
)
def test_the_model_does_not_refuse_what_is_chosen(text, language, words):
    slots = read(text, ("material", words, "exclude"), language=language)
    assert [slot.role for slot in slots if slot.raw == words] == ["include"]


@pytest.mark.parametrize(
    ("text", "language", "shoes"),
    [("cheapest shoes", "en", "shoes"), ("最便宜的跑鞋", "zh", "跑鞋")],
)
def test_the_cheapest_stands_though_the_model_leaves_it_out(text, language, shoes):
    slots = read(text, ("product_type", shoes), language=language, whole=True)
    assert {slot.name for slot in slots} == {"sort_key", "product_type"}


@pytest.mark.parametrize(
    ("text", "language", "words", "brand"),
    [("nike zorb shoes", "en", "nike zorb", "nike"), ("耐克飞轮跑鞋", "zh", "耐克飞轮", "耐克")],
)
def test_a_line_of_products_is_no_part_of_the_brands_name(text, language, words, brand):
    slots = read(text, ("brand", words), language=language, whole=True)
    assert ("brand", brand) in shown(slots)


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [("any running shoes", "en", "running shoes"), ("有跑鞋吗", "zh", "跑鞋")],
)
def test_a_mere_guess_yields_to_what_is_known(text, language, words):
    guess = (("attribute", words, "include", 0.1),)
    (slot,) = read(text, *guess, language=language, whole=True)
    assert slot.name == "product_type"


@pytest.mark.parametrize(
    ("text", "language", "words", "extreme"),
    [
        ("add the cheapest one to my cart", "en", "the cheapest one", "cheapest"),
        ("the most expensive one please", "en", "the most expensive one", "dearest"),
        ("最便宜的那个加购物车", "zh", "最便宜的那个", "cheapest"),
        ("要最贵的那款", "zh", "最贵的那款", "dearest"),
    ],
)
def test_the_cheapest_of_those_shown_is_more_than_a_pronoun(text, language, words, extreme):
    slots = read(text, ("reference", words), language=language, whole=True)
    assert [slot.value for slot in slots if slot.name == "reference"] == [
        Reference(extreme=extreme)
    ]


def test_a_pronoun_with_words_that_point_nowhere_stays_one():
    slots = read("蓝色那双多少钱", ("reference", "蓝色那双"), language="zh", whole=True)
    assert [slot.value for slot in slots if slot.name == "reference"] == [Reference()]


@pytest.mark.parametrize(
    ("text", "language", "span"),
    [
        ("red, and not over $18", "en", ("color", "red", "exclude")),
        ("红色的，不超过100元", "zh", ("color", "红色", "exclude")),
    ],
)
def test_where_no_word_refuses_anything_nothing_is_excluded(text, language, span):
    assert ("color", "include") in [(s.name, s.role) for s in read(text, span, language=language)]


@pytest.mark.parametrize("text", ["防水这条不能少", "防水这点必须"])
def test_a_must_is_a_wish_and_no_pointing(text):
    spans = [("feature", "防水", "reference"), ("reference", text[2:4])]
    found = read(text, *spans, language="zh")
    assert [(slot.name, slot.role) for slot in found] == [("feature", "include")]


@pytest.mark.parametrize(
    ("text", "language", "color", "feature"),
    [
        ("red, and it has to be waterproof", "en", "red", "waterproof"),
        ("红色的，得防水", "zh", "红色", "防水"),
        ("红色的，必须能防水", "zh", "红色", "防水"),
    ],
)
def test_a_feature_that_is_insisted_on_stands_against_the_model(text, language, color, feature):
    found = read(text, ("color", color), language=language, whole=True)
    assert shown(found) == [("color", color), ("feature", feature)]
    beside = text.replace("it has to be ", "").replace("得", "").replace("必须能", "")
    assert shown(read(beside, ("color", color), language=language, whole=True)) == [
        ("color", color)
    ]


@pytest.mark.parametrize("aside", ["等会儿", "hold on"])
def test_an_interjection_is_no_value(aside):
    assert read(f"{aside}, red", ("brand", aside, "exclude"), ("color", "red"))[0].name == "color"


def test_a_not_within_a_known_value_refuses_nothing():
    from dataclasses import replace

    text = "得不粘"
    (known,) = resolve(shape("防水"), "zh", Words(), ())
    value = replace(known, raw="不粘", start=1, end=3)
    span = Tagged("feature", 1, 3, "exclude", 0.9)
    (slot,) = merge(shape(text), "zh", Words(), (value,), Answer(spans=(span,)))
    assert slot.role == "include"


class Cables(Words):
    """A shop of headphones, and of cables whose connector may be called Bluetooth."""

    def find(self, text, language="en"):
        kind = TextConstraint("category", ("earbuds",))
        return [
            Match("product_type", "bluetooth headphones", kind, text.index(one), len(text))
            for one in ("bluetooth headphones", "蓝牙耳机")
            if one in text
        ]

    def named(self, name, words, language="en"):
        connector = TextConstraint("connector", ("bluetooth",))
        known = name == "feature" and words in ("bluetooth", "蓝牙")
        return Match(name, "bluetooth", connector, 0, len(words)) if known else None


@pytest.mark.parametrize(
    ("text", "language", "feature", "kind"),
    [
        ("bluetooth headphones", "en", "bluetooth", "headphones"),
        ("蓝牙耳机", "zh", "蓝牙", "耳机"),
    ],
)
def test_a_part_of_what_a_kind_is_called_demands_nothing_more(text, language, feature, kind):
    for said, resolved in ((text, None), (feature, TextConstraint("connector", ("bluetooth",)))):
        prepared, words = shape(said), Cables()
        known = resolve(prepared, language, words, ())
        spans = [("feature", feature), ("product_type", kind)][: 2 if kind in said else 1]
        answer = Answer(spans=tuple(tagged(said, *one) for one in spans))
        first, *_ = merge(prepared, language, words, known, answer)
        assert (first.name, first.raw, first.resolved) == ("feature", feature, resolved)


@pytest.mark.parametrize(
    ("text", "language", "words", "kept"),
    [("要添跑鞋，红的", "zh", "跑鞋", True), ("looking for running shoes, in red", "en",
      "running shoes", True), ("跑鞋味道的红", "zh", "跑鞋", False)],
)  # fmt: skip
def test_a_kind_that_is_sought_stays_though_the_model_left_it_out(text, language, words, kept):
    color = "red" if language == "en" else "红"
    slots = read(text, ("color", color), language=language, whole=True)
    assert (("product_type", words) in shown(slots)) is kept


def test_what_a_wish_was_about_is_no_product_that_is_pointed_at():
    text = "得，价格那条当我没说"
    (slot,) = read(text, ("reference", "价格那条"), language="zh", whole=True)
    assert (slot.name, slot.value) == ("attribute", "price")


@pytest.mark.parametrize(
    ("text", "language", "raw", "kept"),
    [
        ("这个订单到哪了", "zh", "这个", False),
        ("这笔退款什么时候到", "zh", "这笔", False),
        ("where is this parcel", "en", "this", False),
        ("这个多少钱", "zh", "这个", True),
        ("how much is this", "en", "this", True),
    ],
)
def test_what_is_pointed_at_by_its_name_may_be_no_product(text, language, raw, kept):
    slots = read(text, ("reference", raw), language=language, whole=True)
    assert any(slot.name == "reference" for slot in slots) is kept


@pytest.mark.parametrize(("text", "raw"), [("就要耐克家的", "耐克家"), ("耐克牌的吧", "耐克牌")])
def test_a_brand_is_known_with_what_shops_are_called_by(text, raw):
    found = [s for s in read(text, ("brand", raw), language="zh", whole=True) if s.name == "brand"]
    assert [one.value for one in found] == ["Nike"]


def test_what_a_later_clause_refuses_is_none_of_what_came_before():
    text = "running shoes from nike, in red, anything but leather"
    slots = read(text, ("brand", "nike", "exclude"), ("material", "leather", "exclude"))
    assert [(s.name, s.role) for s in slots if s.name in ("brand", "material")] == [
        ("brand", "include"),
        ("material", "exclude"),
    ]


@pytest.mark.parametrize(
    ("text", "words", "language"),
    [
        ("耐克的，绝对不要", "耐克", "zh"),
        ("Nike, absolutely not", "Nike", "en"),
        ("Nike, I don't trust them", "Nike", "en"),
        ("耐克、黑色，一律不要", "耐克", "zh"),
        ("Nike, black, red: exclude all", "Nike", "en"),
    ],
)
def test_a_refusal_may_follow_what_it_refuses(text, words, language):
    (brand,) = [
        s for s in read(text, ("brand", words, "exclude"), language=language) if s.name == "brand"
    ]
    assert brand.role == "exclude"


@pytest.mark.parametrize(
    ("text", "language", "span", "known", "found"),
    [
        ("帆船图案的抱枕", "zh", ("pattern", "帆船图案"), ("pattern", "图案"), ("pattern", "帆船")),
        ("a sailboat print", "en", ("pattern", "sailboat"), ("pattern", "print"), None),
        ("要木头做的", "zh", ("feature", "木头做"), ("material", "木头做的"), ("material", "木头")),
    ],
)
def test_words_that_only_say_what_a_value_is_are_none(text, language, span, known, found):
    start = text.index(known[1])
    demand = TextConstraint("material", ("wood",)) if known[0] == "material" else None
    slot = Slot(*known, known[1], start, start + len(known[1]), resolved=demand)
    answer = Answer(spans=(tagged(text, *span),))
    slots = merge(shape(text), language, Words(), [slot], answer)
    assert shown(slots) == [found or span]


def test_pounds_that_the_model_takes_for_a_price_are_one():
    slots = read("a lamp below 50 pounds", ("price", "below 50 pounds"))
    (price,) = [slot for slot in slots if slot.name == "price"]
    assert price.value == PriceRange(None, Decimal(50), "GBP", True)


@pytest.mark.parametrize(
    ("text", "words", "role"),
    [
        ("耐克家的", "耐克家", "include"),
        ("要耐克牌的", "耐克牌", "include"),
        ("耐克家的就免了", "耐克家", "exclude"),
    ],
)
def test_a_brand_with_its_house_is_a_brand_whatever_a_model_takes_it_for(text, words, role):
    (slot,) = read(text, ("compatible_with", words), language="zh", whole=True)
    assert (slot.name, slot.raw, slot.role) == ("brand", "耐克", role)


def test_a_brand_with_its_house_is_looked_up_where_no_word_of_it_was_found():
    class Hidden(Words):
        """Finds no brand in a text, as 居家 hides 暖居 in 暖居家."""

        def find(self, text, language="en"):
            return [match for match in super().find(text, language) if match.name != "brand"]

    prepared = shape("来逛逛耳机，耐克家的")
    known = resolve(prepared, "zh", Hidden(), [])
    span = tagged("来逛逛耳机，耐克家的", "compatible_with", "耐克家")
    slots = merge(prepared, "zh", Hidden(), known, Answer(spans=(span,), whole=True))
    assert ("brand", "Nike") in [(slot.name, slot.value) for slot in slots]


def test_what_stands_alone_between_commas_is_told_though_the_model_left_it_out():
    text = "running shoes, from Nike, what is there"
    slots = read(text, ("product_type", "running shoes"), whole=True)
    assert shown(slots) == [("product_type", "running shoes"), ("brand", "Nike")]
    text = "跑鞋，耐克家的，都有啥"
    slots = read(text, ("product_type", "跑鞋"), language="zh", whole=True)
    assert shown(slots) == [("product_type", "跑鞋"), ("brand", "耐克")]


def test_what_one_is_after_is_no_occasion():
    for marked in ("after socks", "after socks today"):
        slots = read("I'm after socks today", ("occasion", marked))
        assert shown(slots)[0] == ("product_type", "socks")


@pytest.mark.parametrize("name", ["color", "material"])
def test_what_nobody_knows_and_no_model_believes_in_is_no_value(name):
    slots = read("red in clour", ("color", "red"), (name, "clour", "include", 0.01))
    assert shown(slots) == [("color", "red")]
    slots = read("in chartreuse", (name, "chartreuse", "include", 0.6))
    assert shown(slots) == [(name, "chartreuse")]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("headphones, not by Nike, waterproof", "include"),
        ("headphones, not by Nike, with waterproof", "include"),
        ("headphones, not by Nike and not waterproof", "exclude"),
        ("headphones, nothing waterproof", "exclude"),
    ],
)
def test_a_refusal_before_a_comma_is_of_that_alone(text, role):
    slots = read(text, ("feature", "waterproof", "exclude"), whole=True)
    assert [slot.role for slot in slots if slot.name == "feature"] == [role]


@pytest.mark.parametrize(
    ("text", "language", "words", "name"),
    [
        ("我心里想的是red的", "zh", "red", "color"),
        ("牌子就认red", "zh", "red", "brand"),
        ("red家的", "zh", "red", "brand"),
        ("我想的是red家居服", "zh", "red", "color"),
        ("made by red", "en", "red", "brand"),
        ("I had red in mind", "en", "red", "color"),
    ],
)
def test_a_colour_is_a_brand_only_where_words_say_so(text, language, words, name):
    (slot,) = read(text, ("brand", words), language=language)
    assert slot.name == name


@pytest.mark.parametrize("name", ["measure", "size", "product_type"])
def test_a_sum_with_its_currency_is_a_price_whatever_a_model_takes_it_for(name):
    found = read("红色的，108块封顶", (name, "108块封顶"), language="zh")
    assert [slot.name for slot in found] == ["color", "price"]


@pytest.mark.parametrize("text", ["牌子就认nike", "品牌要nike", "牌子得是nike的"])
def test_a_brand_is_told_again_without_what_leads_to_it(text):
    (slot,) = read(text, ("brand", text.removesuffix("的")), language="zh")
    assert (slot.name, slot.raw) == ("brand", "nike")


@pytest.mark.parametrize("name", ["measure", "size", "price"])
def test_a_brand_written_as_its_label_is_no_amount_though_a_model_takes_it_for_one(name):
    text = "by 3M"
    brand = Slot("brand", "3M", "3M", 3, 5, resolved=TextConstraint("brand", ("3m",)))
    answer = Answer(spans=(tagged(text, name, "3M"),))
    assert merge(shape(text), "en", Words(), (brand,), answer) == (brand,)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("weight of 3 kg", "weight"),
        ("3 kg of weight", "weight"),
        ("battery life: 9", "battery life"),
    ],
)
def test_what_is_measured_beside_a_number_is_no_kind_of_product(text, kind):
    answer = Answer(spans=(tagged(text, "product_type", kind),))
    assert merge(shape(text), "en", Words(), (), answer) == ()


def test_without_a_number_it_may_be_one():
    text = "a weight for fishing"
    answer = Answer(spans=(tagged(text, "product_type", "weight"),))
    assert [slot.raw for slot in merge(shape(text), "en", Words(), (), answer)] == ["weight"]


def test_a_shelf_that_no_attribute_is_called_by_is_not_asked_of_a_product():
    text = "again, socks, in red"
    known = find_known(text, "socks")
    answer = Answer(spans=(tagged(text, "attribute", "socks"),), whole=True)
    assert ("product_type", "socks") in [
        (slot.name, slot.raw) for slot in merge(shape(text), "en", Words(), known, answer)
    ]


def test_a_span_over_two_named_values_is_both():
    text = "latency: 19, factor: DIMM"
    known = tuple(
        Slot("feature", value, words, text.index(words), text.index(words) + len(words),
             resolved=TextConstraint(name, (value,)))
        for name, value, words in (("latency", "19", "latency: 19"),
                                   ("factor", "dimm", "factor: DIMM"))
    )  # fmt: skip
    answer = Answer(spans=(tagged(text, "feature", text),))
    assert merge(shape(text), "en", Words(), known, answer) == known


def find_known(text, words):
    start = text.index(words)
    shelf = TextConstraint("category", (words,))
    return (Slot("product_type", words, words, start, start + len(words), resolved=shelf),)


class Reeds(Words):
    """A shop of things made of reed, which "red" may be a slip for."""

    def named(self, name, words, language="en"):
        reed = TextConstraint("material", ("reed",))
        return Match("material", "reed", reed, 0, 3, 0.5) if name == "material" else None


@pytest.mark.parametrize(("score", "name"), [(0.01, "color"), (0.9, "material")])
def test_a_colour_that_is_known_is_no_other_stuff_that_a_model_faintly_hears(score, name):
    text = "in red, please"
    red = Slot("color", "red", "red", 3, 6, score=0.95, resolved=TextConstraint("color", ("red",)))
    answer = Answer(spans=(tagged(text, "material", "red", "include", score),))
    (slot,) = merge(shape(text), "en", Reeds(), (red,), answer)
    assert slot.name == name


def test_what_a_thing_has_is_no_kind_that_no_model_is_sure_of():
    text = "food, gift box"
    box = Slot("feature", "gift_box", "gift box", 6, 14, resolved=FlagConstraint("gift_box"))
    answer = Answer(spans=(tagged(text, "product_type", "gift box", "include", 0.2),), whole=True)
    (slot,) = merge(shape(text), "en", Words(), (box,), answer)
    assert (slot.name, slot.resolved) == ("feature", FlagConstraint("gift_box"))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("it would have to be by Acme", "brand"),
        ("from Acme", "brand"),
        ("牌子就认Acme", "brand"),
        ("ink that fits Acme", "compatible_with"),
    ],
)
def test_what_a_brand_makes_need_not_fit_it(text, name):
    start = text.index("Acme")
    acme = TextConstraint("brand", ("acme",))
    known = Slot("brand", "Acme", "Acme", start, start + 4, resolved=acme)
    answer = Answer(spans=(tagged(text, "compatible_with", "Acme", "include", 0.45),), whole=True)
    (slot,) = merge(shape(text), "en", Words(), (known,), answer)
    assert slot.name == name


def test_what_is_refused_stays_so_under_the_name_that_the_catalogue_has_for_it():
    text = "别是Magenta的"
    magenta = TextConstraint("color", ("magenta",))
    known = Slot("color", "Magenta", "Magenta", 2, 9, role="exclude", resolved=magenta)
    for name in ("brand", "material"):
        answer = Answer(spans=(tagged(text, name, "Magenta", "include", 0.35),))
        (slot,) = merge(shape(text), "zh", Words(), (known,), answer)
        assert (slot.name, slot.role) == ("color", "exclude")


def test_a_flag_that_a_model_takes_for_a_brand_is_one():
    text = "双卡双待这条不能少"
    known = Slot("feature", "dual_sim", "双卡双待", 0, 4, resolved=FlagConstraint("dual_sim"))
    answer = Answer(spans=(tagged(text, "brand", "双卡双待", "include", 0.18),))
    (slot,) = merge(shape(text), "zh", Words(), (known,), answer)
    assert slot.name == "feature"


@pytest.mark.parametrize("text", ["屏木尺寸不低于16英寸", "屏木的大小不低于16英寸"])
def test_what_a_measure_is_of_is_no_kind(text):
    answer = Answer(spans=(tagged(text, "product_type", "屏木", "include", 0.4),))
    assert merge(shape(text), "zh", Words(), (), answer) == ()


def test_what_things_have_fits_nothing():
    flag = Slot("feature", "intel_64", "intel 64", 5, 13, resolved=FlagConstraint("intel_64"))
    answer = Answer(spans=(tagged("with intel 64", "compatible_with", "intel 64"),))
    (found,) = merge(shape("with intel 64"), "en", Words(), [flag], answer)
    assert (found.name, found.resolved) == ("feature", FlagConstraint("intel_64"))


@pytest.mark.parametrize(("unit", "name"), [("", "measure"), ("piece", "feature")])
def test_a_mere_number_of_what_is_counted_is_a_measure(unit, name):
    text = "usb ports of 4"
    bound = NumberConstraint("usb_ports", Decimal(4), Decimal(4), unit)
    counted = Measure("usb_ports", Decimal(4), Decimal(4), unit)
    known = [Slot("measure", counted, text, 0, len(text), resolved=bound)]
    answer = Answer(spans=(tagged(text, "feature", text),))
    (found,) = merge(shape(text), "en", Words(), known, answer)
    assert found.name == name


@pytest.mark.parametrize(
    ("text", "language", "pointing", "color"),
    [
        ("which of those are red", "en", "those", "red"),
        ("这些里面哪些是红色的", "zh", "这些", "红色"),
    ],
)
def test_what_asks_of_the_whole_list_points_at_nothing(text, language, pointing, color):
    spans = (("reference", pointing), ("color", color))
    assert shown(read(text, *spans, language=language, whole=True)) == [("color", color)]


def test_an_order_is_no_reference_and_a_large_pack_a_comparison():
    (order,) = read("the cheapest first", ("reference", "the cheapest first"), whole=True)
    assert (order.name, order.value) == ("sort_key", "price_ascending")
    (pack,) = read("大包的", ("feature", "大包"), language="zh", whole=True)
    assert (pack.name, pack.value) == ("comparative", "bigger")


@pytest.mark.parametrize(
    ("text", "language", "old", "new"),
    [
        ("L太大 换成M", "zh", "L", "M"),
        ("M码帮我换成S码", "zh", "M码", "S码"),
        ("the XL is too big, exchange it for an M", "en", "XL", "M"),
    ],
)
def test_what_another_value_takes_the_place_of_is_excluded(text, language, old, new):
    found = read(text, ("size", old), ("size", new), language=language, whole=True)
    sizes = [(slot.raw, slot.role) for slot in found if slot.name == "size"]
    assert sizes == [(old, "exclude"), (new, "include")]


def test_a_degree_alone_compares_nothing():
    spans = (("comparative", "更"), ("comparative", "便宜些"))
    assert shown(read("更便宜些", *spans, language="zh", whole=True)) == [("comparative", "便宜些")]


@pytest.mark.parametrize(
    ("text", "words", "language"),
    [("for four people", "four people", "en"), ("四人用", "四人", "zh")],
)
def test_so_many_people_are_a_property(text, words, language):
    (found,) = read(text, ("age_group", words), language=language, whole=True)
    assert (found.name, found.raw) == ("feature", words)


def test_what_something_is_compared_with_ends_before_how():
    slots = read("比这双便宜的", ("reference", "这双便宜的"), language="zh", whole=True)
    assert ("reference", "这双") in shown(slots)


@pytest.mark.parametrize(
    ("text", "language", "span", "roles"),
    [
        ("no leather dress", "en", ("product_type", "leather dress"), ["exclude", "include"]),
        ("不要皮的跑鞋", "zh", ("product_type", "皮的跑鞋"), ["exclude", "include"]),
        ("不要红黑色的", "zh", ("color", "红黑色"), ["exclude", "exclude"]),
        ("no running shoes", "en", ("product_type", "running shoes"), ["exclude"]),
    ],
)
def test_what_is_refused_together_is_told_apart(text, language, span, roles):
    found = read(text, (*span, "exclude"), language=language)
    assert [slot.role for slot in found] == roles


def test_colours_that_nobody_refuses_stay_one():
    assert shown(read("红黑色的", ("color", "红黑色"), language="zh")) == [("color", "红黑色")]


@pytest.mark.parametrize(
    ("text", "words", "language", "role"),
    [
        ("没有花纹的裙子", "花纹", "zh", "exclude"), ("不带花纹的", "花纹", "zh", "exclude"),
        ("a dress without fringes", "fringes", "en", "exclude"),
        ("有没有花纹的裙子", "花纹", "zh", "include"), ("没有花纹的吗", "花纹", "zh", "include"),
        ("a dress with fringes", "fringes", "en", "include"),
    ],
)  # fmt: skip
def test_what_a_thing_shall_lack_is_excluded_though_nobody_knows_it(text, words, language, role):
    found = read(text, ("feature", words), language=language)
    (slot,) = [slot for slot in found if slot.name == "feature"]
    assert (slot.role, slot.resolved) == (role, None)


@pytest.mark.parametrize(
    ("text", "words", "language"),
    [
        ("pack of 6 socks", "pack of 6", "en"),
        ("6双装的袜子", "6双装", "zh"),
        ("6支装袜子", "6支装", "zh"),
    ],
)
def test_a_pack_that_the_model_calls_a_feature_is_counted(text, words, language):
    (pack, _) = read(text, ("feature", words), language=language)
    assert (pack.name, pack.raw) == ("feature", words)
    assert pack.resolved == NumberConstraint("pack_size", Decimal(6), Decimal(6), "")


def test_a_feature_beside_a_pack_is_no_pack():
    (_, pack, _) = read("soft pack of 6 socks", ("feature", "soft"), ("feature", "pack of 6"))
    assert pack.resolved is not None
    (soft, *_) = read("soft pack of 6 socks", ("feature", "soft"))
    assert soft.resolved is None


def test_what_a_box_holds_is_no_number_of_things():
    (pack,) = read("10包一箱", ("quantity", "10包"), ("quantity", "一箱"), language="zh")
    assert (pack.name, pack.raw, pack.value.attribute) == ("measure", "10包一箱", "pack_size")
    (many,) = read("来10包", ("quantity", "10包"), language="zh")
    assert (many.name, many.value) == ("quantity", 10)


@pytest.mark.parametrize(
    ("size", "spans", "kept"),
    [
        ("一米五的床", [("compatible_with", "一米五"), ("compatible_with", "床")], True),
        ("一米五的床", [("product_type", "床")], True),
        ("一米五的", [("compatible_with", "一米五")], False),
    ],
)
def test_a_size_by_its_bed_is_nothing_to_fit(size, spans, kept):
    text = "一米五的床用的袜子"
    wanted = TextConstraint("size", ("double",))
    known = (Slot("size", "double", size, 0, len(size), resolved=wanted),)
    found = Answer(spans=tuple(tagged(text, *span) for span in spans))
    slots = merge(shape(text), "zh", Words(), known, found)
    assert ([slot.name for slot in slots] == ["size"]) is kept
