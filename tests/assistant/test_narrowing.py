from dataclasses import replace

import pytest

from assistant.narrowing import (
    QuestionRules,
    asked_slot,
    known_names,
    lets_be,
    read_answer,
    read_indifference,
    slot_of,
)
from assistant.settings import Settings
from assistant.types import Answer, AskedQuestion, DialogueState, SearchGoal
from catalog.splits import Split
from catalog.types import FlagConstraint, TextConstraint
from intents.types import Slot
from tests.assistant.builders import color, nlu, product_type, under

RULES = QuestionRules(weights={"brand": 1.0, "color": 0.5, "sleeve": 0.0}, other_weight=0.2)
GOAL = SearchGoal("bags", (product_type("bags"),))
BRAND, COLOR = Split("brand", (10, 10), 20), Split("color", (5, 5, 5, 5), 20)


def answer(name, value, *names):
    wish = Slot(name, value, value, resolved=TextConstraint(name, (value,)))
    return Answer(wish, f'/refine_search{{"{name}": "{value}"}}', (value, *names))


COLORS = AskedQuestion(
    "color", "color", (answer("color", "black", "黑色"), answer("color", "dark red", "深红色"))
)
FLAG = AskedQuestion(
    "waterproof",
    "feature",
    (Answer(Slot("feature", "Waterproof", resolved=FlagConstraint("waterproof")), "/x"),),
)


def test_the_question_that_tells_most_for_its_weight_is_asked():
    assert COLOR.gain == 2 * BRAND.gain
    assert RULES.choose(GOAL, (BRAND, COLOR)) in ("brand", "color")
    assert (
        replace(RULES, weights={"brand": 1.0, "color": 0.4}).choose(GOAL, (BRAND, COLOR)) == "brand"
    )
    assert (
        replace(RULES, weights={"brand": 1.0, "color": 0.6}).choose(GOAL, (BRAND, COLOR)) == "color"
    )


def test_what_is_known_is_never_asked():
    told = SearchGoal("bags", (product_type("bags"), color("red")))
    assert RULES.choose(told, (COLOR,)) is None
    assert RULES.choose(replace(GOAL, asked=("color",)), (COLOR,)) is None
    assert "price" in known_names(SearchGoal("bags", (under("50"),)))


def test_a_kind_may_still_be_narrowed_to_one_of_its_kinds():
    kinds = Split("category", (10, 10), 20)
    assert replace(RULES, weights={"category": 1.0}).choose(GOAL, (kinds,)) == "category"


def test_what_the_shop_gives_no_weight_or_what_tells_too_little_is_not_asked():
    sleeve = Split("sleeve", (10, 10), 20)
    assert RULES.choose(GOAL, (sleeve,)) is None
    assert replace(RULES, least_gain=3.0).choose(GOAL, (BRAND, COLOR)) is None


def test_questions_end():
    assert RULES.may_ask(GOAL)
    assert not replace(RULES, enabled=False).may_ask(GOAL)
    assert not RULES.may_ask(replace(GOAL, quiet=True))
    assert not RULES.may_ask(replace(GOAL, asked=("a", "b", "c")))


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("black", "en", "black"), ("Black please", "en", "black"), ("dark red", "en", "dark red"),
        ("I'd prefer the dark red one", "en", "dark red"), ("黑色的吧", "zh", "black"),
        ("我想要深红色", "zh", "dark red"),
    ],
)  # fmt: skip
def test_an_offered_answer_becomes_the_wish(text, language, value):
    read = read_answer(COLORS, nlu("select_product", text=text, language=language))
    assert read.intent == "refine_search"
    assert [(slot.name, slot.value, slot.raw) for slot in read.slots] == [("color", value, text)]
    assert read.slots[0].resolved == TextConstraint("color", (value,))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("doesn't matter", "en"), ("any colour is fine", "en"), ("no preference", "en"),
        ("I don't really care", "en"), ("都可以", "zh"), ("随便吧", "zh"), ("没什么要求", "zh"),
        ("all the same to me", "en"), ("no strong opinion on this", "en"),
        ("whatever you like", "en"),
        ("that makes no difference", "en"), ("这点我倒没啥意见", "zh"), ("怎样都成", "zh"),
    ],
)  # fmt: skip
def test_no_preference_goes_on_without_a_wish(text, language):
    read = read_answer(COLORS, nlu("out_of_scope", text=text, language=language))
    assert (read.intent, read.slots, read.out_of_scope) == ("refine_search", (), False)


@pytest.mark.parametrize(
    "text", ["just show me what you have", "stop asking", "直接给我看吧", "别问了"]
)
def test_who_wants_to_see_is_asked_no_more(text):
    read = read_answer(COLORS, nlu(text=text))
    assert (read.intent, read.slots) == ("refine_search", ())
    assert lets_be(COLORS, text)
    assert not lets_be(None, text)


@pytest.mark.parametrize(
    "said",
    [
        nlu("ask_price", text="how much is the black one?"),
        nlu("add_to_cart", text="the black one into my cart"),
        nlu("search_product", text="black running shoes under 80"),
        nlu("search_product", text="黑色的登山鞋有没有防水的", language="zh"),
    ],
)
def test_another_act_is_no_answer(said):
    assert read_answer(COLORS, said) is said


def test_yes_and_no_answer_whether_something_is_a_must():
    assert read_answer(FLAG, nlu("affirm", text="yes")).slots[0].resolved == FlagConstraint(
        "waterproof"
    )
    assert read_answer(FLAG, nlu("deny", text="no")).slots == ()
    assert read_answer(COLORS, nlu("affirm", text="yes")).intent == "affirm"


def test_a_pressed_button_is_read_as_it_was_meant():
    pressed = nlu("refine_search", text=COLORS.answers[1].payload)
    assert read_answer(COLORS, pressed).slots[0].raw == "dark red"
    other = nlu("refine_search", color("green"), text='/refine_search{"color": "green"}')
    assert read_answer(COLORS, other) is other
    assert read_answer(None, other) is other


def test_a_small_number_points_at_the_list_and_a_larger_one_answers():
    budget = AskedQuestion("price", "price", ())
    assert asked_slot(budget, "80") == "price"
    assert asked_slot(budget, "2") == ""
    assert asked_slot(COLORS, "80") == ""
    assert asked_slot(None, "80") == ""


def test_the_slot_that_answers():
    assert [slot_of(name) for name in ("category", "price", "brand", "color", "surface")] == [
        "product_type", "price", "brand", "color", "feature",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [("dark rde", "en", "dark red"), ("身红色", "zh", "dark red"), ("blcak", "en", "black")],
)
def test_an_offered_answer_may_be_misspelt(text, language, value):
    read = read_answer(COLORS, nlu("clarify", text=text, language=language))
    assert [slot.value for slot in read.slots] == [value]


@pytest.mark.parametrize(("text", "language"), [("balck", "en"), ("身红色", "zh")])
def test_a_misspelt_answer_stands_against_a_mere_guess_and_not_against_an_act(text, language):
    said = nlu("show_more", text=text, language=language)
    guessed = replace(said, intents=(replace(said.intents[0], score=0.41),))
    assert read_answer(COLORS, said) is said
    assert read_answer(COLORS, guessed).intent == "refine_search"


def test_a_number_is_never_taken_for_another():
    prices = AskedQuestion("price", "price", (answer("price", "under $35"),))
    assert read_answer(prices, nlu("clarify", text="under $36")).slots == ()


def test_the_numbers_of_an_answer_are_no_price():
    sheets = AskedQuestion("labels", "feature", (answer("feature", "5到20"),))
    price = replace(under("20"), raw="5到20")
    read = read_answer(sheets, nlu("refine_search", price, text="5到20"))
    assert [slot.name for slot in read.slots] == ["feature"]
    read = read_answer(COLORS, nlu("refine_search", under("50"), text="黑色，50以内"))
    assert "price" in [slot.name for slot in read.slots]


@pytest.mark.parametrize("text", ["black", "黑色"])
def test_the_very_words_of_an_answer_are_the_answer_whatever_they_sound_like(text):
    read = read_answer(COLORS, nlu("ask_product_detail", text=text))
    assert (read.intent, [slot.value for slot in read.slots]) == ("refine_search", ["black"])


@pytest.mark.parametrize(
    "text", ["that's all the same to me", "whatever you've got", "这点哪样都中"]
)
def test_indifference_without_a_question_gives_up_what_was_to_blame(text):
    listed = DialogueState("s", goal=GOAL, previous_action="search_products")
    said = nlu("select_product", text=text)
    assert read_indifference(listed, said).intent == "refine_search"
    failed = replace(listed, goal=replace(GOAL, failing=("color",)))
    assert read_indifference(failed, said).intent == "relax_search"
    asked = replace(listed, question=COLORS)
    assert read_indifference(asked, said) is said


@pytest.mark.parametrize("text", ["no", "没有", "skip", "不知道"])
def test_what_only_answers_a_question_says_nothing_without_one(text):
    listed = DialogueState("s", goal=GOAL, previous_action="search_products")
    said = nlu("deny", text=text)
    assert read_indifference(listed, said) is said


def test_a_misspelt_answer_is_one_though_a_part_of_it_names_something_else():
    cases = AskedQuestion("category", "product_type", (answer("category", "phone cases"),))
    heard = nlu("search_product", product_type("phone"), text="phone cass")
    assert read_answer(cases, heard).slots[0].value == "phone cases"


def test_indifference_may_leave_it_to_the_shop():
    assert read_answer(COLORS, nlu("", text="这条不挑，看你的")).intent == "refine_search"


def test_what_is_named_to_be_given_up_is_left_to_its_reader():
    listed = DialogueState("s", goal=GOAL, previous_action="search_products")
    named = nlu("relax_search", Slot("attribute", "brand", "brand"), text="any brand is fine")
    assert read_indifference(listed, named) is named


def test_no_shopper_is_asked_for_the_number_of_an_article(tmp_path):
    rules = QuestionRules(**Settings.load(tmp_path).questions.model_dump())
    assert rules.weight("color") > 0
    assert {rules.weight(name) for name in ("gtin", "ean", "upc", "mpn", "release_date")} == {0}
