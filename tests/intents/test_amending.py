from dataclasses import replace

import pytest

from catalog.types import TextConstraint
from intents.amending import (
    swap_said,
    with_demands,
    with_swap,
    without_concessions,
    without_guesses,
    without_swapped,
)
from intents.shape import shape
from intents.types import Slot
from tests.intents.words import Match, Words


def slot(text, name, words, value="", role="include"):
    start = text.index(words)
    return Slot(name, value or words, words, start, start + len(words), role)


@pytest.mark.parametrize(
    ("text", "language", "old", "new", "value"),
    [
        ("把红改成黑色", "zh", "红", "黑色", "black"),
        ("算了，把红换成黑色吧", "zh", "红", "黑色", "black"),
        ("swap the red for blue please", "en", "red", "blue", "blue"),
        ("change red to black", "en", "red", "black", "black"),
        ("switch the red ones to black ones", "en", "red", "black", "black"),
        ("能把红换成黑色吗", "zh", "红", "黑色", "black"),
    ],
)
def test_one_value_takes_the_place_of_another(text, language, old, new, value):
    found = with_swap(shape(text), [slot(text, "color", old)], language, Words())
    assert [(one.name, one.value, one.raw, one.role) for one in found] == [
        ("color", value, new, "include")
    ]
    assert text[found[0].start : found[0].end] == new


class Racks(Words):
    """A shop that knows two models by name, and a kind of product within them."""

    def named(self, name, words, language="en"):
        model = TextConstraint("model", (words.lower(),))
        known = name == "feature" and words in ("Metered Rack", "Basic Rack")
        return Match(name, words, model, 0, len(words)) if known else None


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("my mistake, it's Metered Rack i'm after instead of Basic Rack", "en"),
        ("哎呀嘴瓢了，是Metered Rack，不是Basic Rack", "zh"),
    ],
)
def test_names_that_only_the_shop_knows_are_swapped_whatever_was_heard(text, language):
    prepared = shape(text)
    heard = [
        slot(text, "compatible_with", "Basic Rack", role="exclude"),
        replace(slot(text, "product_type", "Rack"), resolved=TextConstraint("category", ("rack",))),
    ]
    (found,) = with_swap(prepared, heard, language, Racks())
    assert (found.name, found.raw, found.role) == ("feature", "Metered Rack", "include")
    assert found.resolved == TextConstraint("model", ("metered rack",))
    within_old = slot(text, "product_type", "Basic Rack")
    assert without_swapped(prepared, [found, within_old]) == (found,)


class Plugs(Words):
    """A shop whose plugs alone have both names."""

    def instead(self, words, other):
        plug = TextConstraint("plug", (words.lower(),))
        known = {words, other} == {"VGA (D-Sub)", "S-Video (4-pin)"}
        return Match("feature", words, plug, 0, len(words)) if known else None


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("scratch that, VGA (D-Sub) and not S-Video (4-pin)", "en"),
        ("哎呀嘴瓢了，是VGA (D-Sub)，不是S-Video (4-pin)", "zh"),
    ],
)
def test_a_value_is_of_the_attribute_that_has_what_it_takes_the_place_of(text, language):
    parts = [slot(text, "feature", "VGA ("), slot(text, "color", "D-Sub", role="exclude")]
    (found,) = with_swap(shape(text), parts, language, Plugs())
    assert (found.name, found.raw) == ("feature", "VGA (D-Sub)")
    assert found.resolved == TextConstraint("plug", ("vga (d-sub)",))


class Sheets(Words):
    """Of the attributes only the paper sizes have both lists."""

    def instead(self, new, old):
        sizes = ("A3,A4", "A4,A5,A6")
        found = TextConstraint("paper_sizes", (new.lower(),))
        return Match("feature", new, found, 0, len(new)) if {new, old} == set(sizes) else None


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("scratch that, A4,A5,A6 and not A3,A4", "en"),
        ("hang on, that came out wrong: A4,A5,A6 rather than A3,A4", "en"),
        ("哎呀嘴瓢了，是A4,A5,A6，不是A3,A4", "zh"),
        ("收回刚才那句，把A3,A4改成A4,A5,A6", "zh"),
    ],
)
def test_a_value_may_list_several(text, language):
    (found,) = with_swap(shape(text), (), language, Sheets())
    assert (found.raw, found.resolved.values) == ("A4,A5,A6", ("a4,a5,a6",))


@pytest.mark.parametrize("text", ["把地址改成北京", "change the address to Berlin", "把数量改成5"])
def test_what_is_no_value_of_a_product_is_left_alone(text):
    assert with_swap(shape(text), (), "en", Words()) == ()


@pytest.mark.parametrize(
    "text",
    [
        "red and black",
        "change the red shoes i bought to black ones",
        "swap the red one in my cart for black",
        "把我订单里的红色换成黑色",
        "把我买的红色换成黑色",
        "把购物车里的红色换成黑色",
    ],
)
def test_what_changes_nothing_or_a_thing_that_was_chosen_swaps_no_wish(text):
    assert swap_said(text) is None


def test_what_must_not_be_missing_is_a_feature_and_no_kind_of_product():
    text = "防水这条不能少"
    kind = slot(text, "product_type", "防水")
    (found,) = with_demands(shape(text), [kind], "zh", Words())
    assert (found.name, found.value, found.role) == ("feature", "waterproof", "include")
    plain = "防水的有吗"
    assert with_demands(shape(plain), [kind], "zh", Words()) == (kind,)


@pytest.mark.parametrize(
    ("text", "language", "old", "new", "value"),
    [
        ("等会儿，黑色才对，红不作数", "zh", "红", "黑色", "black"),
        ("说错了，是黑色，不是红", "zh", "红", "黑色", "black"),
        ("sorry, it's black rather than red", "en", "red", "black", "black"),
        ("my mistake, black and not red", "en", "red", "black", "black"),
    ],
)
def test_what_is_right_takes_the_place_of_what_was_wrong(text, language, old, new, value):
    slots = [slot(text, "color", old, role="exclude")]
    found = with_swap(shape(text), slots, language, Words())
    assert [(one.name, one.value, one.raw) for one in found] == [("color", value, new)]


@pytest.mark.parametrize("text", ["black and not red", "black rather than red", "要黑色不要红的"])
def test_a_wish_that_corrects_nothing_swaps_nothing(text):
    assert swap_said(text) is None


def test_of_two_numbers_the_right_one_is_kept():
    text = "说岔了，128GB才对，500GB不作数"
    slots = [slot(text, "measure", "128GB"), slot(text, "measure", "500GB")]
    (found,) = with_swap(shape(text), slots, "zh", Words())
    assert found.raw == "128GB"


@pytest.mark.parametrize("text", ["防水这条不能少", "防水的"])
def test_what_is_insisted_on_is_demanded_though_no_such_thing_has_it(text):
    (found,) = with_demands(shape(text), [slot(text, "feature", "防水")], "zh", Words())
    assert (found.resolved is not None) is ("不能少" in text)


@pytest.mark.parametrize(("text", "words"), [("oh, and waterproof", "waterproof"),
                                             ("另外最好要防水", "防水")])  # fmt: skip
def test_what_is_added_to_a_running_search_is_a_feature_of_it(text, words):
    kind = slot(text, "product_type", words)
    (found,) = with_demands(shape(text), [kind], "en", Words(), running=True)
    assert (found.name, found.value) == ("feature", "waterproof")
    assert with_demands(shape(text), [kind], "en", Words()) == (kind,)


@pytest.mark.parametrize(
    ("text", "words", "name", "value"),
    [
        ("另外最好束夹家的", "束夹家", "brand", "束夹"),
        ("and preferably zorby", "zorby", "feature", "zorby"),
        ("and a zorby", "zorby", "product_type", "zorby"),
        ("另外来个束夹", "束夹", "product_type", "束夹"),
        ("最好的唢呐有吗", "唢呐", "product_type", "唢呐"),
        ("最好找个唢呐吧", "唢呐", "product_type", "唢呐"),
        ("ideally find me oboes", "oboes", "product_type", "oboes"),
    ],
)
def test_an_unknown_name_that_is_added_is_no_other_thing_to_look_for(text, words, name, value):
    (found,) = with_demands(shape(text), [slot(text, "product_type", words)], "zh", Words(), True)
    assert (found.name, found.value) == (name, value)


@pytest.mark.parametrize("running", [True, False])
def test_a_house_of_which_a_model_hears_a_part_is_a_brand_as_a_whole(running):
    text = "另外最好束夹家的"
    (found,) = with_demands(shape(text), [slot(text, "feature", "夹家")], "zh", Words(), running)
    brand = (found.name, found.raw, found.value, found.start) == ("brand", "束夹家", "束夹", 4)
    assert brand is running


@pytest.mark.parametrize(
    ("text", "words", "kept"),
    [
        ("heavier is fine too, I want it in red", "heavier", False),
        ("贵点也行，但要红的", "贵点", False),
        ("heavier is fine", "heavier", True),
        ("再贵点也行", "再贵点", True),
        ("heavier, in red", "heavier", True),
        ("便宜点也行，给我看看吧", "便宜点", True),
        ("cheaper is fine too, thanks", "cheaper", True),
    ],
)
def test_what_is_merely_allowed_is_no_wish_where_more_is_said(text, words, kept):
    slots = [slot(text, "comparative", words)]
    slots += [slot(text, "color", one) for one in ("red", "红") if one in text]
    found = without_concessions(shape(text), slots)
    assert any(one.name == "comparative" for one in found) is kept


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        ("actually, can I get it in black instead of red", "red", "black"),
        ("wrong, I said black, not red", "red", "black"),
    ],
)
def test_of_a_clause_that_corrects_only_the_value_is_taken(text, old, new):
    slots = [slot(text, "color", new), slot(text, "color", old, role="exclude")]
    slots = [replace(one, resolved=TextConstraint("color", (one.raw,))) for one in slots]
    found = with_swap(shape(text), slots, "en", Words())
    assert [(one.raw, one.role) for one in found] == [(new, "include")]


@pytest.mark.parametrize(
    "text",
    [
        "不对，这个是红色，不是蓝色", "you sent the wrong color: blue, not black",
        "sorry for the trouble, is it waterproof, not just splash proof",
    ],
)  # fmt: skip
def test_a_complaint_corrects_no_wish(text):
    assert swap_said(text) is None


@pytest.mark.parametrize(
    "text", ["I was picturing it waterproof", "I'm picturing one with waterproof"]
)
def test_what_one_pictures_of_the_thing_looked_for_is_had_by_it(text):
    found = with_demands(
        shape(text), [slot(text, "product_type", "waterproof")], "en", Words(), True
    )
    assert [one.name for one in found] == ["feature"]


def test_a_kind_that_nobody_knows_nor_the_model_believes_in_ends_no_search():
    text = "阶口要耳机"
    guess = replace(slot(text, "product_type", "阶口"), score=0.03)
    known = replace(
        slot(text, "product_type", "耳机"), score=0.03, resolved=TextConstraint("category", ("x",))
    )
    believed = replace(guess, score=0.4)
    assert without_guesses([guess, known]) == (known,)
    assert without_guesses([believed]) == (believed,)
    text = "忘说了，纯色徒案的"
    plain = TextConstraint("pattern", ("solid",))
    solid = replace(slot(text, "pattern", "纯色"), resolved=plain)
    brand = slot(text, "brand", "徒案")
    assert without_guesses([solid, brand]) == (solid,)
    assert without_guesses([brand]) == (brand,)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("headphones, red, waterproof", "feature"),
        ("headphones, in red, with waterproof, please", "feature"),
        ("headphones, waterproof", "product_type"),  # two things, as far as the words tell
        ("headphones, red, waterproof socks", "product_type"),
    ],
)
def test_what_stands_behind_a_kind_and_its_wishes_is_had_by_it(text, name):
    shelf = TextConstraint("category", ("headphones",))
    kind = replace(slot(text, "product_type", "headphones"), resolved=shelf)
    noun = slot(text, "product_type", "waterproof")
    between = [slot(text, "color", "red")] if "red" in text else []
    found = with_demands(shape(text), [kind, *between, noun], "en", Words())
    assert found[-1].name == name
