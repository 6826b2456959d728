from dataclasses import replace

from assistant.simulation.goals import draw_goals
from assistant.simulation.playing import World, play
from assistant.simulation.systems import Answered, Said
from assistant.simulation.wishes import Wish, fulfils
from assistant.types import ProductCard, Reply
from catalog.money import to_minor
from catalog.types import BRAND, LocalText
from tests.assistant.simulation.shop import color, shop, under

SHOP = shop(14)
WORLD = World(SHOP, {}, {"en": "USD", "zh": "CNY"}, "/checkout", 1)
GOAL = replace(draw_goals(SHOP, "en", "USD", 1, 1)[0], wishes=(), mistaken=None, impossible=None)
OTHERS = [one for one in SHOP.products if one != GOAL.target]


def card(product):
    price = product.variants[0].price("USD")
    return ProductCard(
        product.id, product.title.en, to_minor(price.amount, "USD"), None, "USD", True,
        product.url, "", "", (),
    )  # fmt: skip


class Scripted:
    """Shows lists of products in order, the last one for ever."""

    name = "assistant"

    def __init__(self, *lists, said=()):
        self.lists, self.said, self.heard = list(lists), said, []

    def answer(self, session, language, message):
        self.heard.append((session, message))
        products = self.lists.pop(0) if len(self.lists) > 1 else self.lists[0]
        cards = tuple(card(one) for one in products)
        reply = Reply(session, 1, language, "Here", cards, action="search_products")
        return Answered(reply, tuple(Said(name, {}) for name in self.said))


def test_the_target_counts_in_the_turn_that_shows_it_first():
    system = Scripted(OTHERS[:5], OTHERS[5:10], [GOAL.target])
    played = play(GOAL, system, WORLD)
    assert played.turn == 3
    assert [line.products for line in played.transcript][2] == (GOAL.target.id,)
    assert len({session for session, _ in system.heard}) == 1


def test_a_sixth_place_is_not_shown_and_patience_ends():
    played = play(GOAL, Scripted([*OTHERS[:5], GOAL.target]), WORLD)
    assert played.turn is None
    assert len(played.transcript) == 10


def with_wish(said=(), misspelt=False):
    wish = color(GOAL.variant.option("color"), misspelt=misspelt)
    wrong = next(one for one in OTHERS if not fulfils(one, (wish,)))
    goal = replace(GOAL, kind=replace(GOAL.kind), wishes=(wish,))
    return play(goal, Scripted([wrong], said=said), WORLD)


def test_what_a_record_lacks_is_a_violation_whatever_is_claimed():
    played = with_wish()
    assert played.violations
    assert "lacks color" in played.violations[0]
    assert played.false_nothing == []


def test_to_say_that_nothing_fits_while_something_does_is_counted():
    played = with_wish(said=("none_with",))
    assert played.false_nothing
    assert played.violations


def test_a_slip_of_the_shopper_is_counted_apart():
    played = with_wish(misspelt=True)
    assert played.violations == []
    assert played.after_slips


def test_an_honest_nothing_is_none_of_these():
    goal = replace(GOAL, wishes=(under(1),))
    played = play(goal, Scripted(OTHERS[:1], said=("none_under",)), WORLD)
    assert played.violations == []
    told = [n for n, line in enumerate(played.transcript, start=1) if "$1" in line.said]
    assert not any(one.startswith(f"turn {n}:") for n in told for one in played.false_nothing)


def test_what_is_said_to_miss_a_wish_is_counted_apart_and_what_is_not_named_is_not():
    brand = Wish("text", BRAND, LocalText("Nobody"))
    told = replace(GOAL, wishes=(under(1),))
    honest = play(told, Scripted(OTHERS[:1], said=("none_under",)), WORLD)
    assert honest.declared
    assert not honest.violations
    silent = play(replace(told, wishes=(brand,)), Scripted(OTHERS[:1], said=("none_under",)), WORLD)
    assert silent.violations
    assert not silent.declared
