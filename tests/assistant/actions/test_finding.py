from dataclasses import replace
from decimal import Decimal

import pytest

from assistant.actions import run_action
from assistant.responses import Responses
from assistant.types import Action, SearchGoal
from catalog.types import (
    Attribute,
    AttributeOrder,
    LocalText,
    NumberConstraint,
    SortKey,
    TextConstraint,
)
from catalog.vocabulary import Vocabulary
from intents.payloads import read_payload
from intents.types import Measure, PriceRange, Slot
from tests.assistant.builders import color, mug, searching, shown, under
from tests.catalog.products import product

MUGS = Slot("product_type", "mugs", "mugs", resolved=TextConstraint("category", ("mugs",)))


def search(services, context):
    return run_action(Action("search_products"), context, services)


def ids(outcome):
    return [one.product.id for one in outcome.products]


def test_a_search_shows_remembers_and_counts(services, turn):
    outcome = search(services, turn(goal=searching(MUGS, query="mugs")))
    assert outcome.response == "found"
    assert set(ids(outcome)) == {"M1", "M2", "M3", "M4", "T1"}
    assert [one.product_id for one in outcome.state.shown] == ids(outcome)
    assert outcome.state.goal.offset == 5


def test_prices_bound_and_sort(services, turn):
    goal = SearchGoal("mugs", (MUGS, under("13")), SortKey.PRICE_ASCENDING)
    outcome = search(services, turn(goal=goal))
    assert ids(outcome) == ["M2", "M1"]


def test_nothing_at_that_price_tells_the_nearest(services, turn):
    outcome = search(services, turn(goal=searching(MUGS, under("5"), query="mugs")))
    assert outcome.response == "none_under"
    assert outcome.facts["nearest"].amount == Decimal("9")
    assert ids(outcome)[0] == "M2"
    assert [wish.name for wish in outcome.state.goal.wishes] == ["product_type", "price"]
    assert [(one.response, one.facts["count"]) for one in outcome.suggestions] == [
        ("up_to_price", 1),
        ("drop_wish", 5),
    ]
    pressed = read_payload(outcome.suggestions[0].payload)
    assert pressed.intent == "refine_search"
    assert pressed.slots[0].value == PriceRange(None, Decimal(9), "USD", True)


def test_nothing_above_a_price_tells_the_dearest(services, turn):
    wish = Slot("price", PriceRange(minimum=Decimal(500)), "over 500")
    outcome = search(services, turn(goal=searching(MUGS, wish, query="mugs")))
    assert outcome.response == "none_over"
    assert outcome.facts["nearest"].amount == Decimal("30.00")
    assert ids(outcome)[0] == "T1"


def test_nothing_between_two_prices_tells_both_sides(services, turn):
    wish = Slot("price", PriceRange(Decimal(21), Decimal(25)), "21 to 25")
    outcome = search(services, turn(goal=searching(MUGS, wish, query="mugs")))
    assert outcome.response == "none_between"
    assert (outcome.facts["below"].amount, outcome.facts["above"].amount) == (20, 30)
    moved = [one for one in outcome.suggestions if one.response == "between_prices"]
    bounds = [(one.facts["minimum"].amount, one.facts["maximum"].amount) for one in moved]
    assert bounds == [(20, 25), (21, 30)]


def test_from_nothing_is_no_lower_bound(services, turn):
    wish = Slot("price", PriceRange(Decimal(0), Decimal(5)), "$0-5")
    outcome = search(services, turn(goal=searching(MUGS, wish, query="mugs")))
    assert outcome.suggestions[0].response == "up_to_price"


def test_nothing_rated_so_well_tells_the_best(services, turn):
    wish = Slot("rating", 4.8, "4.8 stars")
    outcome = search(services, turn(goal=searching(MUGS, wish, query="mugs")))
    assert (outcome.response, outcome.facts["nearest"]) == ("none_rated", Decimal("4.5"))
    assert ids(outcome)[0] == "M1"


def test_wishes_that_fail_together_are_named_together(services, turn):
    wishes = (MUGS, under("5"), color("pink"))
    outcome = search(services, turn(goal=searching(*wishes, query="mugs")))
    assert outcome.response == "none_together"
    assert outcome.facts["missing"] == "under 5 · pink"
    assert outcome.facts["total"] == 5


def test_a_wish_nothing_fulfils_is_named(services, turn):
    outcome = search(services, turn(goal=searching(MUGS, color("pink"), query="mugs")))
    assert (outcome.response, outcome.facts["missing"]) == ("none_with", "pink")
    assert outcome.state.goal.failing == ("color",)
    assert outcome.products
    assert outcome.facts["others"] == ("Blue (5)",)
    assert [one.payload for one in outcome.suggestions] == [
        '/refine_search{"color": "Blue"}',
        '/relax_search{"attribute": "color"}',
    ]


BLOCKS = Slot("product_type", "blocks", "blocks", resolved=TextConstraint("category", ("blocks",)))


def blocks(id_, *ages):
    facts = [Attribute("age_from", Decimal(age), "year") for age in ages]
    made = product(id_, "Blocks|积木", category="Toys|玩具 > Blocks|积木")
    return replace(made, attributes=tuple(facts))


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        ("3 year old", {"B1", "B3", "B0"}),
        ("18 month old", {"B1", "B0"}),
        ("一岁半", {"B1", "B0"}),
        ("3岁以上", {"B1", "B3", "B6", "B0"}),
    ],
)
def test_nothing_is_shown_that_is_for_older_children(services, turn, raw, found):
    made = [blocks("B1", 1), blocks("B3", 3), blocks("B6", 6), blocks("B0")]
    services.store.upsert(made, "test")
    wish = Slot("age_group", "toddler", raw)
    outcome = search(services, turn(goal=searching(BLOCKS, wish, query="blocks")))
    assert set(ids(outcome)) == found


def test_where_all_is_for_older_children_the_age_is_named(services, turn):
    services.store.upsert([blocks("B6", 6)], "test")
    wish = Slot("age_group", "toddler", "3 year old")
    outcome = search(services, turn(goal=searching(BLOCKS, wish, query="blocks")))
    assert (outcome.response, outcome.facts["missing"]) == ("none_with", "3 year old")
    assert ids(outcome) == ["B6"]
    assert outcome.state.goal.failing == ("age_group",)


def test_what_the_shop_does_not_have_is_not_called_found(services, turn):
    outcome = search(services, turn(goal=SearchGoal("chainsaw")))
    assert outcome.response in ("nearest_instead", "not_carried")


def test_cheaper_says_how_it_compares(services, turn):
    slot = Slot("comparative", "cheaper", "cheaper")
    goal = SearchGoal("mugs", (MUGS,), SortKey.PRICE_ASCENDING)
    on_screen = (shown("M4", "15"), shown("M1", "12.50"))
    outcome = search(services, turn("refine_search", slot, goal=goal, shown=on_screen))
    assert outcome.notes[0].response == "cheapest_is"
    assert outcome.notes[0].facts["price"].amount == Decimal("9.00")
    lowest = search(services, turn("refine_search", slot, goal=goal, shown=(shown("M2", "9"),)))
    assert lowest.notes[0].response == "none_cheaper"


def test_of_cheaper_ones_in_another_order_the_first_is_not_called_the_cheapest(services, turn):
    slot = Slot("comparative", "cheaper", "cheaper")
    wish = Slot("price", PriceRange(maximum=Decimal("14")), "cheaper")
    goal = SearchGoal("mugs", (MUGS, wish), SortKey.RATING)
    on_screen = (shown("M4", "15"), shown("M1", "12.50"))
    outcome = search(services, turn("refine_search", slot, goal=goal, shown=on_screen))
    assert [one.product.id for one in outcome.products] == ["M1", "M2"]
    assert outcome.response == "found"
    assert not {"cheapest_is", "none_cheaper"} & {note.response for note in outcome.notes}


def test_where_the_cheapest_is_on_the_list_the_cheaper_ones_of_it_are_shown(services, turn):
    slot = Slot("comparative", "cheaper", "cheaper")
    wish = Slot("price", PriceRange(maximum=Decimal("14")), "cheaper")
    goal = SearchGoal("mugs", (MUGS, wish), SortKey.PRICE_ASCENDING)
    on_screen = (shown("M4", "15"), shown("M1", "12.50"), shown("M2", "9"))
    outcome = search(services, turn("refine_search", slot, goal=goal, shown=on_screen))
    assert outcome.response == "none_cheaper"
    assert outcome.facts["price"].amount == Decimal(9)
    assert ids(outcome) == ["M2", "M1"]


def test_nothing_cheaper_than_the_focus_is_told(services, turn):
    slot = Slot("comparative", "cheaper", "cheaper")
    wish = Slot("price", PriceRange(maximum=Decimal("8.99")), "cheaper")
    focus = shown("M2", "9")
    context = turn("refine_search", slot, goal=searching(MUGS, wish, query="mugs"), focus=focus)
    outcome = search(services, context)
    assert (outcome.response, outcome.facts["price"].amount) == ("none_cheaper", Decimal(9))
    assert outcome.state.focus == focus
    assert [wish.name for wish in outcome.state.goal.wishes] == ["product_type"]


def test_another_currency_is_said(services, turn):
    goal = searching(MUGS, under("50", "GBP", spoken=True), query="mugs")
    note = search(services, turn(goal=goal)).notes[0]
    assert (note.response, note.facts) == ("other_currency", {"said": "GBP", "currency": "USD"})


def test_what_cannot_be_left_out_is_said(services, turn):
    wish = Slot("material", "lead", "lead", role="exclude")
    notes = search(services, turn(goal=searching(MUGS, wish, query="mugs"))).notes
    assert [note.response for note in notes] == ["cannot_exclude"]


@pytest.mark.parametrize(
    "wish",
    [
        Slot("brand", "Nike", "耐克"),
        Slot("gender", "unisex", "unisex"),
        Slot("age_group", "kids", "儿童"),
        Slot("season", "winter", "冬天"),
    ],
    ids=lambda wish: wish.name,
)
def test_a_wish_the_catalogue_cannot_check_is_said(services, turn, wish):
    outcome = search(services, turn(goal=searching(MUGS, wish, query="mugs")))
    assert [(note.response, note.facts["what"]) for note in outcome.notes] == [
        ("cannot_filter", wish.raw)
    ]
    nothing = search(services, turn(goal=searching(MUGS, wish, under("5"), query="mugs")))
    assert nothing.response == "none_under"
    assert ("cannot_filter", wish.raw) in [
        (note.response, note.facts.get("what")) for note in nothing.notes
    ]


@pytest.mark.parametrize(
    ("words", "told"), [("spray function", True), ("喷淋功能", True), ("steel", False)]
)
def test_what_only_other_products_are_known_to_have_is_said(services, turn, words, told):
    iron = replace(
        product("1", "Iron", category="Irons"),
        attributes=(
            Attribute("spray", True, label=LocalText("Spray function", "喷淋功能")),
            Attribute("material", LocalText("steel")),
        ),
    )
    words_of = Vocabulary.from_products([iron])
    wish = Slot("feature", words, words)
    goal = searching(MUGS, wish, query="mugs")
    outcome = search(replace(services, vocabulary=lambda: words_of), turn(goal=goal))
    said = [note.facts["what"] for note in outcome.notes if note.response == "cannot_filter"]
    assert said == ([words] if told else [])


def test_a_kind_the_shop_does_not_have_is_not_called_found(services, turn):
    piano = Slot("product_type", "piano", "钢琴")
    outcome = search(services, turn(language="zh", goal=searching(piano, query="钢琴 mug")))
    assert (outcome.response, outcome.facts["what"]) == ("nearest_instead", "钢琴 mug")


@pytest.mark.parametrize(
    ("goal", "response"),
    [
        (SearchGoal("steel wrench"), "nearest_instead"),
        (SearchGoal("不锈钢扳手"), "nearest_instead"),
        (SearchGoal("travel wibbles"), "nearest_instead"),
        (SearchGoal("陶土雕像"), "nearest_instead"),
        (SearchGoal("travel wibbles", (under("10"),)), "nearest_instead"),
        (SearchGoal("", (Slot("feature", "microwave safe", "safe wrench"),)), "nearest_instead"),
        (SearchGoal("steel travel mug"), "found"),
        (SearchGoal("不锈钢随行杯"), "found"),
        (SearchGoal("travel gift"), "found"),
        (SearchGoal("travel", (under("10"),)), "found"),
        (SearchGoal("", (Slot("feature", "microwave safe", "microwave safe"),)), "found"),
    ],
)
def test_a_part_of_a_name_is_not_the_thing(services, turn, goal, response):
    assert search(services, turn(goal=goal)).response == response


def test_what_is_called_just_so_is_carried_whatever_its_name_means(services, turn):
    record = mug("F1", title=LocalText("The Wrench", "扳手"))
    services.store.upsert([record], "films")
    assert search(services, turn(goal=SearchGoal("the wrench"))).response == "found"
    assert search(services, turn(goal=SearchGoal("扳手"))).response == "found"


def test_more_goes_on_and_ends(services, turn):
    goal = SearchGoal("mugs", (MUGS,), offset=3)
    more = run_action(Action("show_more"), turn(goal=goal), services)
    assert (more.response, len(more.products)) == ("more", 2)
    end = run_action(Action("show_more"), turn(goal=more.state.goal), services)
    assert end.response == "no_more"
    aimless = run_action(Action("show_more"), turn(), services)
    assert aimless.response == "ask_what_to_find"


def test_what_was_misspelt_is_told(services, turn):
    goal = SearchGoal("ceramik mugs clya", (MUGS,))
    outcome = search(services, turn(goal=goal, text="ceramik mugs clya please"))
    assert outcome.notes[0].response == "searched_as"
    assert outcome.notes[0].facts == {"written": "ceramik clya", "meant": "ceramic clay"}


def test_what_was_misspelt_before_is_not_told_again(services, turn):
    outcome = search(services, turn(goal=SearchGoal("mugs clya", (MUGS,)), text="any in blue?"))
    assert outcome.products
    assert "searched_as" not in [note.response for note in outcome.notes]


def test_a_misspelt_chinese_name_is_told(services, turn):
    goal = SearchGoal("陶土马可杯")
    outcome = search(services, turn(goal=goal, text="有陶土马可杯吗", language="zh"))
    assert outcome.notes[0].facts == {"written": "马可杯", "meant": "马克杯"}


def test_what_is_not_carried_is_said_before_any_wish_is_blamed(services, turn):
    piano = Slot("product_type", "piano", "piano")
    outcome = search(services, turn(goal=searching(piano, under("5"), query="piano")))
    assert (outcome.response, outcome.facts["what"]) == ("nearest_instead", "piano")
    assert outcome.products


@pytest.mark.parametrize(
    ("name", "language", "what"),
    [
        ("weight", "en", "weight"),
        ("weight", "zh", "重量"),
        ("noise_level", "en", "noise level"),
        ("noise_level", "zh", "噪音"),
    ],
)
def test_a_superlative_of_what_no_product_is_measured_by_is_said(
    services, turn, name, language, what
):
    goal = SearchGoal("mugs", (MUGS,), AttributeOrder(name, descending=True))
    outcome = search(services, turn(goal=goal, language=language))
    assert outcome.response == "found"
    assert [(note.response, note.facts) for note in outcome.notes] == [
        ("cannot_sort", {"what": what})
    ]
    assert outcome.state.goal.sort is SortKey.RELEVANCE


def test_a_superlative_goes_by_the_figures_of_the_shop(services, turn):
    for id_, litres in (("M1", "0.4"), ("M2", "0.5"), ("M4", "0.3")):
        one = services.store.get(id_)
        capacity = Attribute("capacity", Decimal(litres), "L")
        services.store.upsert([replace(one, attributes=(capacity,))], "test")
    fresh = replace(services, vocabulary=vocabulary_of(services.store))
    largest = SearchGoal("mugs", (MUGS,), AttributeOrder("capacity", descending=True))
    assert ids(search(fresh, turn(goal=largest)))[:3] == ["M2", "M1", "M3"]
    smallest = SearchGoal("mugs", (MUGS,), AttributeOrder("size"))
    outcome = search(fresh, turn(language="zh", goal=smallest))
    assert ids(outcome)[:2] == ["M4", "M3"]
    assert outcome.state.goal.sort == AttributeOrder("capacity")
    assert outcome.notes == ()


def vocabulary_of(store):
    read = Vocabulary.from_products(one for batch in store.iterate() for _, one in batch)
    return lambda: read


def test_a_range_said_backwards_is_read_and_said(services, turn):
    wish = Slot("price", PriceRange(Decimal(15), Decimal(9)), "from 15 down to 9")
    outcome = search(services, turn(goal=searching(MUGS, wish, query="mugs")))
    assert set(ids(outcome)) == {"M1", "M2", "M4"}
    (note,) = outcome.notes
    assert (note.response, note.facts["low"].amount, note.facts["high"].amount) == (
        "range_read",
        9,
        15,
    )


class Incomplete:
    """A search whose index of meanings does not answer."""

    def __init__(self, search):
        self._search = search
        self.correct = search.correct

    def search(self, *given, **named):
        return replace(self._search.search(*given, **named), complete=False)


def test_a_search_that_lacks_a_part_says_so(services, turn):
    poorer = replace(services, search=Incomplete(services.search))
    found = turn(goal=searching(MUGS, query="mugs"))
    assert search(services, found).notes == ()
    for outcome in (
        search(poorer, found),
        search(poorer, turn(goal=SearchGoal("chainsaw"))),
        run_action(Action("show_more"), found, poorer),
    ):
        assert [note.response for note in outcome.notes] == ["search_incomplete"]


@pytest.mark.parametrize(("language", "words"), [("en", "may be missing"), ("zh", "结果可能不全")])
def test_it_is_said_in_both_languages(language, words):
    assert words in Responses.load().say("search_incomplete", language, {})


def test_where_another_wish_fails_cheaper_is_no_reason_to_say_that_there_is_nothing(services, turn):
    slot = Slot("comparative", "cheaper", "cheaper")
    wish = Slot("price", PriceRange(maximum=Decimal("8.99")), "cheaper")
    goal = SearchGoal("mugs", (MUGS, color("red"), wish), SortKey.PRICE_ASCENDING)
    outcome = search(services, turn("refine_search", slot, goal=goal, shown=(shown("M2", "9"),)))
    assert outcome.response == "none_with"
    assert [one.name for one in outcome.state.goal.wishes] == ["product_type", "color"]
    assert ids(outcome)[0] == "M2"


@pytest.mark.parametrize(("raw", "bound"), [("over 2 kg", (2, None)), ("不超过2公斤", (None, 2))])
def test_a_bound_on_what_no_record_states_is_not_said_to_be_missed(services, turn, raw, bound):
    low, high = (None if one is None else Decimal(one) for one in bound)
    heavy = Slot(
        "measure",
        Measure("weight", low, high, "kg"),
        raw,
        resolved=NumberConstraint("weight", low, high, "kg"),
    )
    outcome = search(services, turn(goal=searching(MUGS, heavy, query="mugs")))
    assert (outcome.response, outcome.facts["missing"]) == ("none_stated", raw)
    assert outcome.facts["total"] == len(outcome.products) == 5
