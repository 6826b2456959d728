from dataclasses import replace
from decimal import Decimal

import pytest

from assistant.pointing import point, read_pointing
from assistant.state import new_state
from assistant.types import CartLine
from catalog.types import NumberConstraint, SortKey, TextConstraint
from intents.references import find_references
from intents.shape import shape
from intents.types import Intent, Reference, Slot
from tests.assistant.builders import nlu
from tests.assistant.shelf import one_list, two_lists


def said(text, intent="select_product"):
    """A message with the references that the rules find in it."""
    language = "zh" if any("\u4e00" <= c <= "\u9fff" for c in text) else "en"
    return nlu(intent, *find_references(shape(text)), text=text, language=language)


def ids(products):
    return [one.product_id for one in products]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the second one", ["P2"]), ("第三个", ["P3"]), ("the first two", ["P1", "P2"]),
        ("the Sonaro", ["P1"]), ("声朗那个", ["P1"]), ("tell me about the Vesper", ["P2"]),
        ("the red one", ["P2"]), ("红色那款", ["P2"]), ("the cheapest of these", ["P3"]),
        ("最贵的那个", ["P1"]), ("the lightest one", ["P1"]), ("评分最高的那款", ["P1"]),
        ("the one at 70.95", ["P2"]), ("the black Tidewave", ["P3"]), ("黑色的那款潮音", ["P3"]),
        ("the one with noise cancelling", ["P1"]), ("带降噪的那个", ["P1"]),
    ],
)  # fmt: skip
def test_places_names_facts_and_what_stands_out(text, expected):
    assert ids(point(one_list(), said(text)).products) == expected


def test_a_bound_is_a_wish_though_one_of_those_shown_is_just_that():
    text = "另外最好重量顶多290 g"
    weight = Slot("measure", "290 g", text[4:], 4, len(text))
    bound = NumberConstraint("weight", maximum=Decimal(290), unit="g")
    heard = nlu("refine_search", replace(weight, resolved=bound), text=text)
    assert read_pointing(one_list(), heard) == heard
    exact = replace(weight, resolved=replace(bound, minimum=Decimal(290)))
    heard = nlu("refine_search", exact, text=text)
    assert read_pointing(one_list(), heard).intent == "select_product"


@pytest.mark.parametrize(
    ("text", "kind", "order"),
    [
        ("the most expensive backpack", "backpack", "price_descending"),
        ("the cheapest backpack", "backpack", "price_ascending"),
        ("最贵的背包那个", "背包", "price_descending"),
        ("最便宜的背包那个", "背包", "price_ascending"),
    ],
)
def test_the_dearest_of_a_kind_that_no_list_has_is_searched_in_that_order(text, kind, order):
    backpack = Slot("product_type", kind, kind, resolved=TextConstraint("category", ("backpack",)))
    extreme = "cheapest" if order == "price_ascending" else "dearest"
    dearest = Slot("reference", Reference(extreme=extreme), text[:4])
    for state in (one_list(), new_state("s1", "en")):
        read = read_pointing(state, nlu("select_product", dearest, backpack, text=text))
        assert read.intent == "search_product"
        assert [slot.value for slot in read.slots] == [order, kind]


@pytest.mark.parametrize(
    ("extreme", "intent"), [("cheapest", "search_product"), ("dearest", "select_product")]
)
def test_the_cheapest_is_not_among_those_that_were_shown_as_the_dearest(extreme, intent):
    state = one_list()
    goal = replace(state.goal, sort=SortKey.PRICE_DESCENDING)
    lists = tuple(replace(one, goal=goal) for one in state.lists)
    kind = TextConstraint("category", ("headphones",))
    slots = (
        Slot("reference", Reference(extreme=extreme), f"the {extreme}"),
        Slot("product_type", "headphones", "headphones", resolved=kind),
    )
    read = read_pointing(
        replace(state, lists=lists),
        nlu("select_product", *slots, text=f"the {extreme} headphones"),
    )
    assert read.intent == intent


def test_what_is_no_pick_stays_what_it_is():
    backpack = Slot("product_type", "bag", "bag", resolved=TextConstraint("category", ("bag",)))
    cheapest = Slot("reference", Reference(extreme="cheapest"), "the cheapest")
    nothing = nlu("", cheapest, backpack, text="the cheapest bag")
    assert read_pointing(one_list(), nothing).intents == ()
    adding = nlu("affirm", cheapest, backpack, text="yes, add the cheapest bag")
    adding = replace(adding, intents=(*adding.intents, Intent("add_to_cart", 0.9)))
    assert read_pointing(one_list(), adding).intents == adding.intents


@pytest.mark.parametrize("text", ["you can skip the red ones", "红色的就免了"])
def test_what_is_only_refused_narrows_and_points_at_nothing(text):
    red = Slot("color", "red", "red", role="exclude", resolved=TextConstraint("color", ("red",)))
    refusing = nlu("refine_search", red, text=text)
    assert read_pointing(one_list(), refusing) == refusing


@pytest.mark.parametrize(
    "text", ["the Tidewave one", "潮音那款", "the one without noise cancelling"]
)
def test_what_fits_several_must_be_asked(text):
    found = point(one_list(), said(text))
    assert found.products == ()
    assert ids(found.candidates) == ["P2", "P3"]


@pytest.mark.parametrize("text", ["the Bose ones", "华为那个怎么样"])
def test_a_name_that_nothing_has_is_missing(text):
    found = point(one_list(), said(text))
    assert (found.missing, found.products, found.candidates) == (True, (), ())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("not this one, the Sonaro", "P1"), ("不要这个，要第一个", "P1"),
        ("not the Sonaro, the red one", "P2"), ("不是这个，黑色的那款潮音", "P3"),
    ],
)  # fmt: skip
def test_what_is_turned_down_is_not_meant(text, expected):
    focus = one_list().shown[1]
    assert ids(point(one_list(focus=focus), said(text)).products) == [expected]


def test_the_other_of_two():
    two = two_lists(focus=two_lists().shown[0])
    assert ids(point(two, said("not that one, the other one")).products) == ["L2"]
    assert ids(point(two, said("不是这个，另一个")).products) == ["L2"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the Vesper you showed me before", "P2"), ("刚才的Reed多少钱", "P3"),
        ("the cheapest of the headphones", "P3"), ("耳机里最便宜的那个", "P3"),
        ("the first headphones", "P1"), ("第一个耳机", "P1"), ("the second lamp", "L2"),
        ("the gold lamp", "L1"), ("the black one", "L2"), ("最便宜的台灯", "L2"),
    ],
)  # fmt: skip
def test_an_earlier_list_is_reached_by_its_kind_and_the_newest_comes_first(text, expected):
    assert ids(point(two_lists(), said(text)).products) == [expected]


def test_the_cheaper_of_two_and_the_latter():
    assert ids(point(two_lists(), said("the cheaper one")).products) == ["L2"]
    assert ids(point(two_lists(), said("便宜的那个")).products) == ["L2"]
    assert ids(point(two_lists(), said("the latter")).products) == ["L2"]
    assert ids(point(two_lists(), said("前者")).products) == ["L1"]


def test_a_pronoun_is_the_product_talked_about_whatever_is_asked_of_it():
    state = one_list(focus=one_list().shown[1])
    for text in ("is it noise cancelling?", "这款降噪吗"):
        assert ids(point(state, said(text, "ask_product_detail")).products) == ["P2"]
    assert ids(point(one_list(), said("add it")).products) == ["P1"]


@pytest.mark.parametrize(
    ("text", "intent"),
    [("the Sonaro then", "refine_search"), ("声朗那个", "search_product"), ("the red one", "")],
)
def test_words_that_point_by_their_form_pick_whatever_they_were_taken_for(text, intent):
    read = read_pointing(one_list(), said(text, intent))
    assert read.intent == "select_product"


@pytest.mark.parametrize(
    "text",
    [
        "in black", "not from Sonaro", "black ones", "only the red ones", "黑色的", "不要潮音的",
        "the same but in black", "一样的要黑色", "anything cheaper?", "有便宜点的吗",
    ],
)  # fmt: skip
def test_what_narrows_the_list_stays_a_wish(text):
    wished = said(text, "refine_search")
    if "cheaper" in text or "便宜" in text:
        comparative = Slot("comparative", "cheaper", "cheaper")
        wished = nlu("refine_search", comparative, text=text)
    assert read_pointing(one_list(), wished).intent == "refine_search"


@pytest.mark.parametrize("text", ["I give the red one 5 stars", "红的那个我给5星"])
def test_stars_for_one_that_was_shown_do_not_pick_it(text):
    stars = Slot("rating", 5.0, "5 stars" if "stars" in text else "5星")
    rated = nlu("give_feedback", stars, text=text)
    assert read_pointing(one_list(), rated).intent == "give_feedback"
    assert read_pointing(one_list(), said(text, "give_feedback")).intent == "select_product"
    assert ids(point(one_list(), rated).products) == ids(point(one_list(), said(text)).products)


def test_nothing_shown_is_nothing_pointed_at():
    empty = one_list(focus=None)
    empty = replace(empty, shown=(), lists=())
    assert point(empty, said("the red one")).products == ()


@pytest.mark.parametrize(
    "text",
    [
        "not the first one",
        "I do not want the first one",
        "不要第一个",
        "第一个不要",
        "第一个我不喜欢",
    ],
)
def test_turning_one_down_asks_for_the_others(text):
    listed = one_list(focus=None)
    found = point(listed, said(text))
    assert found.products == ()
    assert found.candidates == listed.shown[1:]


@pytest.mark.parametrize("text", ["I do not want the first one", "第一个不要"])
def test_what_is_refused_is_one_of_those_shown_where_the_cart_is_empty(text):
    listed = one_list(focus=None)
    refused = said(text, "remove_from_cart")
    assert read_pointing(listed, refused).intent == "select_product"
    full = replace(listed, cart=(CartLine("A", "A-v", 1),))
    assert read_pointing(full, refused) is refused


@pytest.mark.parametrize(
    "text", ["not the first one, show me the second one", "不要第一个，看看第二个"]
)
def test_what_is_wanted_beside_what_is_refused_is_one_message(text):
    two = replace(
        said(text), intents=(Intent("remove_from_cart", 0.9), Intent("select_product", 0.8))
    )
    read = read_pointing(one_list(focus=None), two)
    assert [one.name for one in read.intents] == ["select_product"]
    assert ids(point(one_list(focus=None), read).products) == ids(one_list().shown[1:2])


@pytest.mark.parametrize("text", ["remove the first one", "删掉第一个"])
def test_what_is_to_be_removed_is_looked_for_in_the_cart(text):
    removed = said(text, "remove_from_cart")
    assert read_pointing(one_list(focus=None), removed) is removed


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        ("hmm, and the remaining ones?", ()),
        ("keep them coming, what other ones are there", ()),
        ("and preferably red as the color", (("color", "red as the color"),)),
        ("黑一点的降噪", (("feature", "黑"), ("feature", "降噪"))),
    ],
)
def test_words_that_titles_share_by_chance_point_at_nothing(text, slots):
    first, *others = one_list().shown
    named = replace(first, traits=(*first.traits, "one", "ones"), names=(*first.names, "one"))
    state = one_list()
    state = replace(state, shown=(named, *others))
    found = tuple(
        Slot(name, raw, raw, text.index(raw), text.index(raw) + len(raw)) for name, raw in slots
    )
    wished = nlu("refine_search", *found, text=text)
    assert read_pointing(state, wished).intent == "refine_search"


def test_of_what_is_for_all_seasons_the_one_for_summer_alone_is_meant():
    summer = TextConstraint("season", ("summer", "夏季", "all seasons", "四季"))
    products = [replace(one, traits=(*one.traits, "all", "season")) for one in one_list().shown]
    products[1] = replace(products[1], traits=(*one_list().shown[1].traits, "summer"))
    state = replace(one_list(), shown=tuple(products))
    text = "the summer ones"
    slot = Slot("season", "summer", "summer", 4, 10, role="reference", resolved=summer)
    assert ids(point(state, nlu("select_product", slot, text=text)).products) == ["P2"]


@pytest.mark.parametrize(
    ("text", "words"),
    [("right, forget what I said about the brand", "brand"), ("那个颜色当我没说", "颜色")],
)
def test_what_is_given_up_by_its_name_points_at_nothing(text, words):
    said = nlu("relax_search", Slot("attribute", words, words), text=text)
    assert read_pointing(one_list(), said) is said


@pytest.mark.parametrize(
    ("text", "words"), [("哦还有，降噪得是潮音", "潮音"), ("it has to be Tidewave", "Tidewave")]
)
def test_what_is_insisted_on_points_at_nothing(text, words):
    start = text.index(words)
    known = TextConstraint("brand", (words.lower(),))
    wish = Slot("brand", words, words, start, start + len(words), resolved=known)
    said = nlu("refine_search", wish, text=text)
    assert read_pointing(one_list(), said) is said
