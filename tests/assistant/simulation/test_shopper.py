from dataclasses import replace
from random import Random

import pytest

from assistant.simulation.goals import draw_goals
from assistant.simulation.phrases import load_phrases
from assistant.simulation.shopper import Shopper
from assistant.simulation.wishes import Wish
from assistant.types import Reply, Suggestion
from catalog.types import BRAND, LocalText
from tests.assistant.simulation.shop import BRANDS, COLORS, color, shirt, shop, under

RED, BURGUNDY, BLACK = COLORS
GOAL = replace(
    draw_goals(shop(), "en", "USD", 1, 1)[0],
    target=shirt(1, "20", (RED,)),
    variant=shirt(1, "20", (RED,)).variants[0],
    wishes=(color(RED), under(20)),
    mistaken=None,
    impossible=None,
)
NOTHING_ASKED = Reply("s", 1, "en", "Here", action="search_products", products=())


def shoppers(language="en", **fields):
    goal = replace(GOAL, language=language, **fields)
    return [Shopper(goal, load_phrases(language), {}, Random(seed)) for seed in range(60)]


def talk(shopper, reply, turns=8):
    return [shopper.opening(), *(shopper.next(reply) for _ in range(turns))]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_kind_is_named_first_and_every_wish_is_told_once(language):
    for shopper in shoppers(language):
        said = talk(shopper, NOTHING_ASKED)
        kind = load_phrases(language).value(GOAL.kind)
        assert kind in said[0].text
        assert [one.name for one in said[-1].wishes] == ["category", "color", "price"]


def test_what_was_mistaken_is_taken_back_in_the_next_turn():
    corrected = 0
    for shopper in shoppers(mistaken=color(BLACK)):
        said = talk(shopper, NOTHING_ASKED)
        if color(BLACK) in said[0].wishes:
            corrected += 1
            assert said[1].act == "correct"
            assert "red" in said[1].text
            assert "black" in said[1].text
            assert color(BLACK) not in said[1].wishes
            assert color(RED) in said[1].wishes
    assert corrected > 10


def test_the_impossible_is_asked_for_once_and_given_up():
    times = 0
    for shopper in shoppers(impossible=under(1), wishes=(color(RED),)):
        said = talk(shopper, NOTHING_ASKED)
        asked = [n for n, one in enumerate(said) if any(w.name == "price" for w in one.wishes)]
        assert len(asked) <= 1
        times += len(asked)
        assert all(said[n + 1].act == "withdraw" for n in asked if n + 1 < len(said))
    assert times > 50


def asking(*buttons):
    return replace(NOTHING_ASKED, suggestions=buttons)


RED_BUTTON = Suggestion("Red", '/refine_search{"color": "red"}')
BLACK_BUTTON = Suggestion("Black", '/refine_search{"color": "black"}')
ANY = Suggestion("Doesn't matter", "/refine_search")


def answers(*buttons):
    for shopper in shoppers(wishes=()):
        shopper.opening()
        yield shopper.next(asking(*buttons))


def test_a_question_is_answered_by_the_true_button_pressed_or_said():
    said = {one.text for one in answers(BLACK_BUTTON, RED_BUTTON) if one.act == "answer"}
    assert RED_BUTTON.payload in said
    assert "Red" in said
    assert not any("lack" in text for text in said)


def test_where_no_button_is_true_there_is_no_opinion():
    acts = {one.act for one in answers(BLACK_BUTTON, ANY)}
    assert "no_opinion" in acts
    assert "answer" not in acts


def test_what_was_not_taken_in_is_said_again_from_the_start():
    for shopper in shoppers():
        shopper.opening()
        again = shopper.next(replace(NOTHING_ASKED, action="clarify"))
        assert again.act == "restate"
        assert load_phrases("en").value(GOAL.kind) in again.text


def test_other_values_where_nothing_fits_are_no_question():
    for shopper in shoppers():
        shopper.opening()
        said = shopper.next(asking(BLACK_BUTTON), asked=False)
        assert said.act not in ("no_opinion", "answer")


SHIRTS_BUTTON = Suggestion("T恤（3款）", '/refine_search{"product_type": "T-shirts"}')


def test_a_kind_that_was_chosen_is_what_is_asked_for_from_then_on():
    chosen = 0
    for shopper in shoppers("zh", wishes=(), kind=replace(GOAL.kind, value=LocalText("服装"))):
        shopper.opening()
        if shopper.next(asking(SHIRTS_BUTTON)).act == "answer":
            chosen += 1
            again = shopper.next(replace(NOTHING_ASKED, action="clarify"))
            assert "T恤" in again.text
            assert [one.value.en for one in again.wishes] == ["T-shirts"]
    assert chosen > 10


def test_who_gives_up_the_brand_gives_up_every_brand():
    brands = [Wish("text", BRAND, one) for one in BRANDS[:2]]
    for shopper in shoppers(wishes=(brands[0],), impossible=brands[1]):
        said = talk(shopper, NOTHING_ASKED)
        asked = next((n for n, one in enumerate(said) if brands[1] in one.wishes), None)
        if asked is not None and asked + 1 < len(said):
            assert brands[0] not in said[asked].wishes
            assert all(one.name != BRAND for one in said[asked + 1].wishes)


def test_the_same_seed_says_the_same():
    for first, second in zip(shoppers(), shoppers(), strict=True):
        assert talk(first, NOTHING_ASKED) == talk(second, NOTHING_ASKED)
