from dataclasses import replace

import pytest

from assistant.actions import run_action
from assistant.notices import Watcher
from assistant.types import Action
from catalog.types import Availability, LocalText
from intents.payloads import read_payload
from intents.types import Slot
from tests.assistant.builders import mug, price, under


def do(services, context, name="watch_product", *ids, **args):
    return run_action(Action(name, tuple((id_, "") for id_ in ids), args), context, services)


def watched(services):
    return services.kept.watches("s1")


@pytest.mark.parametrize(
    ("text", "id_", "kind", "response"),
    [
        ("tell me when it gets cheaper", "M1", "price", "watching_price"),
        ("降价了通知我", "M1", "price", "watching_price"),
        ("tell me when it's back in stock", "M3", "stock", "watching_stock"),
        ("到货了提醒我", "M3", "stock", "watching_stock"),
        ('/watch_product{"product_id": "M3"}', "M3", "stock", "watching_stock"),
        ('/watch_product{"product_id": "M1"}', "M1", "price", "watching_price"),
    ],
)
def test_a_price_or_the_stock_is_watched(counter, turn, text, id_, kind, response):
    outcome = do(counter, turn(text=text), "watch_product", id_)
    assert outcome.response == response
    assert [(one.product_id, one.kind) for one in watched(counter)] == [(id_, kind)]
    assert outcome.state.focus.product_id == id_


def test_a_named_limit_is_kept(counter, turn):
    outcome = do(counter, turn("", under("10"), text="when below 10"), "watch_product", "M1")
    assert outcome.response == "watching_limit"
    one = watched(counter)[0]
    assert (str(one.amount), one.at_most, one.currency) == ("10", True, "USD")


@pytest.mark.parametrize(
    ("slots", "text", "id_", "response"),
    [
        ((under("20"),), "tell me below 20", "M1", "watch_needless_price"),
        ((), "tell me when it is back in stock", "M1", "watch_needless_stock"),
    ],
)
def test_what_is_so_already_is_said_and_not_watched(counter, turn, slots, text, id_, response):
    assert do(counter, turn("", *slots, text=text), "watch_product", id_).response == response
    assert watched(counter) == ()


def test_one_size_is_watched(counter, turn):
    counter.store.update_stock("T1-M", Availability.OUT_OF_STOCK)
    said = turn("", Slot("size", "M", "M"), text="tell me when it is back in stock in M")
    outcome = do(counter, said, "watch_product", "T1", size="M")
    assert outcome.response == "watching_stock"
    assert watched(counter)[0].variant_id == "T1-M"
    watcher = Watcher(counter.store, counter.kept)
    assert watcher.check_all() == 0
    counter.store.update_stock("T1-M", Availability.IN_STOCK, 3)
    assert watcher.check_all() == 1


def test_watches_are_listed_pointed_at_and_dropped(counter, turn):
    assert do(counter, turn(), "list_watches").response == "no_watches"
    for id_ in ("M1", "M2"):
        do(counter, turn(text="price alert"), "watch_product", id_)
    listed = do(counter, turn(), "list_watches")
    assert [note.facts["title"].en for note in listed.facts["lines"]] == [
        "Clay mug",
        "Steel travel mug",
    ]
    assert [one.product_id for one in listed.state.shown] == ["M1", "M2"]
    dropped = do(counter, turn(), "stop_watching", "M1")
    assert dropped.facts["titles"] == ("Clay mug",)
    assert [one.product_id for one in watched(counter)] == ["M2"]
    assert do(counter, turn(language="zh"), "stop_watching").facts["titles"] == ("不锈钢随行杯",)
    assert do(counter, turn(), "stop_watching").response == "no_watches"


def test_asking_twice_watches_once(counter, turn):
    for _ in range(2):
        do(counter, turn(text="price alert"), "watch_product", "M1")
    assert len(watched(counter)) == 1


def test_there_is_an_end_to_watching(counter, turn, monkeypatch):
    monkeypatch.setattr("assistant.actions.watching.MOST_WATCHES", 1)
    do(counter, turn(text="price alert"), "watch_product", "M1")
    assert do(counter, turn(text="price alert"), "watch_product", "M2").response == "watches_full"


def test_a_product_that_is_gone_cannot_be_watched(counter, turn):
    assert do(counter, turn(), "watch_product", "Z9").response == "product_gone"


def test_a_fall_is_told_once(counter, turn):
    do(counter, turn(text="price alert"), "watch_product", "M1")
    watcher, state = Watcher(counter.store, counter.kept), turn().state
    assert watcher.news(state) == ()
    counter.store.update_price("M1-one", price("9.99"))
    news = watcher.news(state)
    note = watcher.notes(news)[0]
    assert note.response == "watch_dropped"
    assert (str(note.facts["before"].amount), str(note.facts["now"].amount)) == ("12.50", "9.99")
    assert watcher.news(state) == news
    watcher.told(news)
    assert watcher.news(state) == ()
    assert watcher.check_all() == 0


def test_news_of_a_user_reach_their_other_conversations_and_nobody_elses(counter, turn):
    do(counter, turn(text="price alert", user_id="u1"), "watch_product", "M1")
    counter.store.update_price("M1-one", price("9.99"))
    watcher = Watcher(counter.store, counter.kept)
    other = replace(turn().state, session_id="s2")
    assert watcher.news(other) == ()
    assert len(watcher.news(replace(other, user_id="u1"))) == 1


def test_a_dearer_price_and_another_currency_are_no_news(counter, turn):
    do(counter, turn(text="price alert"), "watch_product", "M1")
    watcher = Watcher(counter.store, counter.kept)
    counter.store.update_price("M1-one", price("13.00"))
    assert watcher.check_all() == 0
    counter.store.update_price("M1-one", price("1.00", "CNY"))
    assert watcher.check_all() == 0
    counter.store.delete(["M1"])
    assert watcher.check_all() == 0


def shirts(counter, *sold):
    """A shirt in S, M and L with these prices; what has no stock is sold out."""
    shirt = mug("T9", sizes=("S", "M", "L"), title=LocalText("Linen shirt", "亚麻衬衫"))
    variants = (
        replace(one, prices=(price(amount),), quantity=stock)
        for one, (amount, stock) in zip(shirt.variants, sold, strict=True)
    )
    counter.store.upsert([replace(shirt, variants=tuple(variants))], "test")


def noticed(counter):
    """What a watch waited for and what came of it, of those that something came of just now."""
    happened = Watcher(counter.store, counter.kept).check_all()
    return [(one.amount, one.now) for one in counter.kept.due_watches("s1") if happened]


CHEAPER = {"en": "tell me when it gets cheaper", "zh": "降价了通知我"}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_price_of_the_size_that_is_watched_has_to_fall(counter, turn, language):
    shirts(counter, ("20", 5), ("30", 5), ("30", 5))
    said = turn("", Slot("size", "M", "M"), text=CHEAPER[language], language=language)
    outcome = do(counter, said, "watch_product", "T9", size="M")
    assert outcome.facts["before"].amount == 30
    counter.store.update_price("T9-S", price("10"))
    assert noticed(counter) == []
    counter.store.update_price("T9-M", price("25"))
    assert noticed(counter) == [(30, 25)]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_cheaper_size_that_is_back_is_no_fall_in_price(counter, turn, language):
    shirts(counter, ("20", 0), ("30", 5), ("30", 5))
    outcome = do(counter, turn(text=CHEAPER[language], language=language), "watch_product", "T9")
    assert outcome.facts["before"].amount == 30
    counter.store.update_stock("T9-S", Availability.IN_STOCK, 3)
    assert noticed(counter) == []
    counter.store.update_price("T9-S", price("19"))
    assert noticed(counter) == [(30, 19)]


def test_a_fall_is_not_missed_because_of_a_cheaper_size_that_is_sold_out(counter, turn):
    shirts(counter, ("20", 0), ("30", 5), ("30", 5))
    do(counter, turn(text=CHEAPER["en"]), "watch_product", "T9")
    counter.store.update_price("T9-L", price("26"))
    assert noticed(counter) == [(30, 26)]


def test_of_what_is_sold_out_altogether_the_lowest_price_has_to_fall(counter, turn):
    shirts(counter, ("20", 0), ("30", 0), ("30", 0))
    outcome = do(counter, turn(text=CHEAPER["en"]), "watch_product", "T9")
    assert outcome.facts["before"].amount == 20
    for size in "SML":
        counter.store.update_stock(f"T9-{size}", Availability.IN_STOCK, 3)
    assert noticed(counter) == []


def test_a_limit_counts_for_a_size_that_was_sold_out_too(counter, turn):
    shirts(counter, ("20", 0), ("30", 5), ("30", 5))
    do(counter, turn("", under("25"), text="tell me when below 25"), "watch_product", "T9")
    counter.store.update_stock("T9-S", Availability.IN_STOCK, 3)
    assert noticed(counter) == [(25, 20)]


@pytest.mark.parametrize(("language", "text"), [("en", "below 9 euros"), ("zh", "9欧元以下告诉我")])
def test_a_limit_in_another_currency_is_said_to_be_read_as_ours(counter, turn, language, text):
    said = turn("", under("9", "EUR", spoken=True), text=text, language=language)
    outcome = do(counter, said, "watch_product", "M1")
    assert outcome.response == "watching_limit"
    assert [(one.response, one.facts) for one in outcome.notes] == [
        ("other_currency", {"said": "EUR", "currency": "USD"})
    ]


@pytest.mark.parametrize(("language", "id_"), [("en", 'mug "12oz"'), ("zh", '杯子"大"')])
def test_a_button_names_any_product_id_so_that_it_is_read_back(counter, turn, language, id_):
    counter.store.upsert([mug(id_)], "test")
    said = turn("", under("20" if language == "en" else "200"), text="20", language=language)
    (button,) = do(counter, said, "watch_product", id_).suggestions
    assert [slot.value for slot in read_payload(button.payload).slots] == [id_]
