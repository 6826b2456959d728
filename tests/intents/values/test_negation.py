import pytest

from intents.shape import shape
from intents.types import NOTHING_BEFORE
from intents.values import read_values
from intents.values.negation import (
    is_chosen,
    opposed,
    refuses,
    turned_round,
    with_kinds_kept,
    with_roles,
)


def role(text, words, name="material"):
    prepared = shape(text)
    start = text.index(words)
    (slot,) = with_roles(prepared, [prepared.slot(name, words, start, start + len(words))])
    return slot.role


def amount(text):
    (slot,) = read_values(shape(text), NOTHING_BEFORE)
    return turned_round(shape(text), slot)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("not leather", "leather"), ("no wool", "wool"), ("shoes without leather", "leather"),
        ("not made of plastic", "plastic"), ("anything but red", "red"), ("except black", "black"),
        ("everything except the black one", "black"), ("other than Nike", "Nike"),
        ("I don't want leather", "leather"), ("nothing from Sony", "Sony"),
        ("non-leather", "leather"), ("food, any brand but Old Mill", "Old Mill"),
        ("any color but black", "black"), ("除了老磨坊啥牌子都成", "老磨坊"),
        ("avoid polyester", "polyester"), ("no more red", "red"),
        ("不要皮的", "皮"), ("除了黑色都行", "黑色"), ("不想要红色", "红色"),
        ("别要塑料的", "塑料"),
        ("不含羊毛", "羊毛"), ("非真皮", "真皮"), ("不喜欢白色的", "白色"), ("不是黑色", "黑色"),
        ("no, I said blue, not black", "black"), ("any color except red", "red"),
        ("without a hood", "hood"), ("我说的是蓝色不是黑色", "黑色"), ("别给我看皮的", "皮"),
        ("红色以外的裙子", "红色"), ("黑色之外的包", "黑色"), ("真皮以外都行", "真皮"),
        ("白色除外的毛衣", "白色"), ("除白色外的毛衣", "白色"), ("除了红色还要别的颜色", "红色"),
        ("shirts minus the stripes", "stripes"), ("sans hood", "hood"),
        ("真皮的不要", "真皮"), ("红色的就算了，看看蓝色", "红色"), ("塑料的都不考虑", "塑料"),
    ],
)  # fmt: skip
def test_a_refusal_excludes(text, words):
    assert role(text, words) == "exclude"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("no, I said blue", "blue"), ("not that, long sleeves", "long sleeves"),
        ("不是这个，要长袖的", "长袖"), ("我说的是蓝色不是黑色", "蓝色"),
        ("leather", "leather"), ("not sure, maybe leather", "leather"), ("not only red", "red"),
        ("no problem, leather is fine", "leather"), ("有没有皮的", "皮"), ("要不要红色", "红色"),
        ("是不是真皮", "真皮"), ("没问题，皮的也行", "皮"), ("black or red", "red"),
        ("除了红色以外还要蓝色", "红色"), ("除了红色，我还想要蓝色", "红色"), ("别的鞋", "鞋"),
        ("红色外面套一件", "红色"), ("除了运动鞋，别的鞋都看看", "鞋都"),
        ("真皮的不要太贵", "真皮"), ("黑色的不要紧", "黑色"), ("带不带拉链", "拉链"),
    ],
)  # fmt: skip
def test_no_refusal_includes(text, words):
    assert role(text, words) == "include"


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("超过200的不看", None, 200),
        ("两百以上的就算了", None, 200),
        ("低于50的不要", 50, None),
        ("skip anything over 200", None, 200),
        ("leave out the ones below 50", 50, None),
        ("anything over $200 is out", None, 200),
    ],
)
def test_a_refused_bound_is_turned_round(text, low, high):
    price = amount(text)
    assert (price.name, price.role) == ("price", "exclude")
    assert (price.value.minimum, price.value.maximum) == (low, high)


@pytest.mark.parametrize(
    "text", ["超过5公斤的不要", "skip anything over 5 kg", "anything heavier than 5 kg is out"]
)
def test_a_refused_measure_is_excluded_as_it_is(text):
    weight = amount(text)
    assert (weight.name, weight.role) == ("measure", "exclude")
    assert (weight.value.minimum, weight.value.maximum) == (5, None)


@pytest.mark.parametrize("text", ["不超过200", "超过200的", "200以内就行", "nothing over 200"])
def test_a_bound_that_nobody_refuses_stands(text):
    price = amount(text)
    assert price.role == "include"


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("mugs that are under $15", "include"), ("boots that cost between 60 and 100", "include"),
        ("a grinder that costs less than 60 dollars", "include"), ("the $15 one", "reference"),
        ("one that costs under $30", "include"), ("the one that costs $30", "reference"),
        ("一百以内的那个", "reference"), ("一百以内的", "include"),
    ],
)  # fmt: skip
def test_a_bound_that_tells_of_a_thing_points_at_none(text, role):
    (price,) = [slot for slot in read_values(shape(text), NOTHING_BEFORE) if slot.name == "price"]
    assert price.role == role


def turned(text, words, name="comparative", value="as it was"):
    """What a model's comparison is once the words around it are heard."""
    prepared = shape(text)
    start = text.index(words)
    return opposed(prepared, prepared.slot(name, value, start, start + len(words)))


@pytest.mark.parametrize(
    ("text", "words", "other", "said"),
    [
        ("便宜的不要", "便宜", "more_expensive", "便宜的不要"),
        ("便宜的不要", "便宜的", "more_expensive", "便宜的不要"),
        ("太便宜的不考虑", "太便宜", "more_expensive", "太便宜的不考虑"),
        ("不要便宜的", "便宜的", "more_expensive", "不要便宜的"),
        ("贵的就算了", "贵", "cheaper", "贵的就算了"),
        ("别给我看太贵的", "贵", "cheaper", "别给我看太贵"),
        ("nothing cheap", "nothing cheap", "more_expensive", "nothing cheap"),
        ("no cheap ones", "cheap", "more_expensive", "no cheap"),
        ("I don't want an expensive one", "expensive", "cheaper", "don't want an expensive"),
        ("the expensive ones are out", "expensive", "cheaper", "expensive ones are out"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["comparative", "sort_key"])
def test_what_is_cheap_and_refused_is_a_wish_for_the_opposite(text, words, other, said, name):
    slot = turned(text, words, name)
    assert (slot.name, slot.value, slot.role) == ("comparative", other, "include")
    assert slot.raw == text[slot.start : slot.end] == said


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("便宜的", "便宜的"), ("有没有便宜的", "便宜的"), ("没有便宜的吗", "便宜的"),
        ("要不要便宜的", "便宜的"), ("便宜的不行吗", "便宜的"), ("不便宜", "便宜"),
        ("不要便宜的吗", "便宜的"), ("最便宜的不要", "最便宜的"), ("太贵了", "太贵"),
        ("便宜点的", "便宜点"), ("no cheap ones?", "cheap"), ("it's not cheap", "cheap"),
        ("cheap ones please", "cheap"), ("nothing cheaper", "cheaper"),
    ],
)  # fmt: skip
def test_what_is_cheap_and_not_refused_stays(text, words):
    assert turned(text, words).value == "as it was"


def test_only_a_comparison_has_an_opposite():
    assert turned("便宜的不要", "便宜", "feature").name == "feature"


def test_a_price_is_never_excluded():
    assert role("not under 50", "under 50", "price") == "include"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("the red one", "red"), ("add the blue one please", "blue"), ("那个红的", "红"),
        ("那双黑色的", "黑色"), ("红色的那个", "红色"), ("64G那个要俩", "64G"),
        ("the one that is red", "red"), ("add the one that's red please", "red"),
        ("that dark red", "red"), ("the ones that come in red", "red"),
    ],
)  # fmt: skip
def test_words_that_point_are_references(text, words):
    assert role(text, words, "color") == "reference"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a red one", "red"), ("红色的", "红色"), ("the red dress", "red"), ("this is red", "red"),
        ("a dress that is red", "red"), ("boots that are red", "red"), ("one that is red", "red"),
        ("a bag that comes in red", "red"), ("mugs which hold red", "red"),
    ],
)  # fmt: skip
def test_words_that_do_not_point_are_wishes(text, words):
    assert role(text, words, "color") == "include"


def roles(text, *words, name="color"):
    prepared = shape(text)
    slots = [prepared.slot(name, w, text.index(w), text.index(w) + len(w)) for w in words]
    return [slot.role for slot in with_roles(prepared, slots)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("no leather or suede", ("leather", "suede")),
        ("not leather and suede", ("leather", "suede")),
        ("leather and suede are out", ("leather", "suede")),
        ("红色和黑色的不要", ("红色", "黑色")), ("红色、黑色以外的裙子", ("红色", "黑色")),
        ("红、黑、白以外的", ("红", "黑", "白")), ("除黑白以外的鞋子", ("黑", "白")),
        ("不要黑白的", ("黑", "白")), ("黑白的不要", ("黑", "白")),
    ],
)  # fmt: skip
def test_a_refusal_carries_over(text, words):
    assert set(roles(text, *words)) == {"exclude"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("red, black is out", ("red", "black")), ("红色，黑色的不要", ("红色", "黑色")),
        ("红色的，黑色以外的", ("红色", "黑色")),
    ],
)  # fmt: skip
def test_a_refusal_stays_in_its_list(text, words):
    assert roles(text, *words) == ["include", "exclude"]


def kind_after(text, value, kind, name="color"):
    """The role of a kind that a model took for refused, with the value before it."""
    prepared = shape(text)
    start, end = text.index(value), text.index(kind)
    slots = [
        prepared.slot(name, value, start, start + len(value)),
        prepared.slot("product_type", kind, end, end + len(kind), "exclude"),
    ]
    return with_kinds_kept(prepared, with_roles(prepared, slots))[-1].role


@pytest.mark.parametrize(
    ("text", "value", "kind", "role"),
    [
        ("不要黑的鞋", "黑", "鞋", "include"), ("不要黑色的鞋", "黑色", "鞋", "include"),
        ("不想要皮的包", "皮", "包", "include"), ("no black shoes", "black", "shoes", "include"),
        ("I don't want black shoes", "black", "shoes", "include"),
        ("除了黑色的鞋都行", "黑色", "鞋", "exclude"), ("黑色的鞋不要", "黑色", "鞋", "exclude"),
        ("不要黑色，不要鞋", "黑色", "鞋", "exclude"),
        ("anything but black shoes", "black", "shoes", "exclude"),
        ("no black, no shoes", "black", "shoes", "exclude"),
    ],
)  # fmt: skip
def test_what_a_kind_is_refused_for_leaves_the_kind_wanted(text, value, kind, role):
    assert kind_after(text, value, kind) == role


def test_a_kind_beside_one_that_is_wanted_stays_refused():
    prepared = shape("not black shoes, boots")
    slots = [
        prepared.slot("color", "black", 4, 9, "exclude"),
        prepared.slot("product_type", "shoes", 10, 15, "exclude"),
        prepared.slot("product_type", "boots", 17, 22),
    ]
    assert [s.role for s in with_kinds_kept(prepared, slots)] == ["exclude", "exclude", "include"]


def test_a_refusal_ends_at_another_kind_of_word():
    text = "不要红色，要黑色"
    prepared = shape(text)
    slots = [prepared.slot("color", w, text.index(w), text.index(w) + 2) for w in ("红色", "黑色")]
    assert [slot.role for slot in with_roles(prepared, slots)] == ["exclude", "include"]


@pytest.mark.parametrize(
    ("text", "words", "chosen"),
    [
        ("pine not plastic", "pine", True),
        ("not Nikon, Canon", "Canon", True),
        ("not Nikon, Canon", "Nikon", False),
        ("no wool, silk", "silk", False),
        ("in black, anything but satin", "satin", False),
        ("everything but satin", "satin", False),
        ("all but satin", "satin", False),
        ("要缎面不要雪纺", "缎面", True),
        ("要缎面不要雪纺", "雪纺", False),
        ("要短袖别长袖", "短袖", True),
        ("不是red是pink", "pink", True),
        ("红色不要", "红色", False),
        ("我没要黑色", "黑色", False),
        ("羊毛不是必须", "羊毛", False),
        ("不是要沙发", "沙发", False),
    ],
)
def test_what_is_chosen_beside_something_refused(text, words, chosen):
    start = text.index(words)
    assert is_chosen(shape(text), start, start + len(words)) is chosen


@pytest.mark.parametrize(
    "text",
    [
        "Acme's, that is how I'd take it",
        "clumping, please",
        "牌子就认北门",
        "防水这条不能少",
        "没问题，红的",
    ],
)
def test_what_refuses_nothing(text):
    assert not refuses(shape(text))


def test_a_but_that_goes_on_refuses_nothing():
    assert role("any bag but it must be red", "red") == "include"


@pytest.mark.parametrize(
    "text",
    [
        "not red",
        "anything but red",
        "I don't want red",
        "sugar free",
        "红的免了",
        "除了红色",
        "无糖",
    ],
)
def test_what_refuses_something(text):
    assert refuses(shape(text))


@pytest.mark.parametrize(
    ("text", "words"), [("红色才对，蓝色不作数", "红色"), ("林荻家的才是", "林荻")]
)
def test_what_is_right_is_chosen(text, words):
    start = text.index(words)
    assert is_chosen(shape(text), start, start + len(words))


@pytest.mark.parametrize(
    ("text", "words", "wanted"),
    [("防水这条不能少", "防水", "include"), ("红色这条裤子", "红色", "reference")],
)
def test_this_wish_points_at_nothing(text, words, wanted):
    assert role(text, words, "color") == wanted
