import threading
from dataclasses import replace

import pytest

from assistant.engine import Assistant
from assistant.policy import Limits
from assistant.responses import Responses
from assistant.storage import Storage
from assistant.types import Utterance
from catalog.store import ProductStore
from catalog.types import LocalText
from intents.calibration import Thresholds
from intents.parser import NLU
from intents.types import Intent, NLUResult, Slot
from tests.assistant.builders import CURRENCIES, mug, reference
from tests.intents.words import Words


class Scripted:
    """Understands "intent name" as that intent, and remembers what it was told."""

    kind, problem, failures = "rules", "", 0

    def __init__(self):
        self.contexts = []

    def parse(self, text, context):
        self.contexts.append(context)
        return NLUResult(text, "en", (Intent(text.split("!")[0], 1.0),), query="mug")


@pytest.fixture
def storage(tmp_path):
    storage = Storage.open(f"sqlite:///{tmp_path / 'talk.db'}")
    yield storage
    storage.close()


@pytest.fixture
def assistant(services, storage):
    return Assistant(
        nlu=Scripted(),
        services=services,
        storage=storage,
        responses=Responses.load(),
        limits=Limits(),
        currencies=CURRENCIES,
        message_characters=100,
    )


def say(assistant, text, session="s1"):
    return assistant.reply(Utterance(session, text))


def test_a_turn_is_answered_and_written_down(assistant, storage):
    reply = say(assistant, "search_product")
    assert (reply.turn, reply.action) == (1, "search_products")
    assert reply.products
    assert storage.turns("s1")[0].reply == reply
    assert storage.load("s1").shown
    assert reply.timings_ms.total >= reply.timings_ms.nlu


def test_the_state_goes_on_in_the_next_turn(assistant):
    say(assistant, "search_product")
    assert say(assistant, "compare_products").action == "compare_products"
    contexts = assistant.nlu.contexts
    assert [one.previous_action for one in contexts] == ["", "search_products"]


def test_conversations_are_apart(assistant):
    say(assistant, "search_product", "s1")
    assert say(assistant, "compare_products", "s2").action == "ask_what_to_find"


def test_messages_at_once_are_all_answered_in_order(assistant, storage):
    threads = [
        threading.Thread(target=say, args=(assistant, f"thank!{number}")) for number in range(12)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    turns = storage.turns("s1")
    assert [one.number for one in turns] == list(range(1, 13))
    assert {one.utterance.text for one in turns} == {f"thank!{number}" for number in range(12)}


def test_two_processes_do_not_answer_one_turn_twice(assistant, storage):
    """Another process is another assistant with locks of its own."""
    other = replace(assistant, locks=type(assistant.locks)())
    both = [assistant, other] * 4
    threads = [threading.Thread(target=say, args=(one, "thank")) for one in both]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    numbers = [one.number for one in storage.turns("s1")]
    assert numbers == list(range(1, len(numbers) + 1))


def test_an_action_that_breaks_is_told_and_changes_nothing(assistant, storage, caplog):
    def broken(action, turn):
        raise RuntimeError("no such thing")

    own = replace(
        assistant,
        services=replace(assistant.services, custom={"action_x": broken}),
        limits=Limits(custom_actions={"thank": "action_x"}),
    )
    say(own, "search_product")
    shown = storage.load("s1").shown
    reply = say(own, "thank")
    assert reply.action == "report_error"
    assert "no such thing" in caplog.text
    assert "no such thing" not in reply.text
    assert storage.load("s1").shown == shown


def test_a_long_message_is_cut_and_that_is_said(assistant, storage):
    reply = say(assistant, "thank!" + "x" * 1_000)
    assert reply.text.startswith("Your message was very long")
    assert len(storage.turns("s1")[0].utterance.text) == 100


@pytest.mark.parametrize("session", ["", "x" * 256])
def test_an_unusable_session_id_is_refused(assistant, session):
    with pytest.raises(ValueError, match="1 to 255"):
        say(assistant, "thank", session)


def test_an_outside_bot_may_decide_on_the_action(assistant):
    reply = assistant.perform(Utterance("s1", "some_intent"), "search_products")
    assert reply.action == "search_products"
    assert reply.products


@pytest.mark.parametrize("action", ["comfort", "decline_abuse", "decline_override"])
def test_an_outside_bot_may_ask_for_a_calm_answer(assistant, action):
    say(assistant, "search_product")
    reply = assistant.perform(Utterance("s1", "whatever"), action)
    assert (reply.action, reply.products) == (action, ())
    assert reply.text


def test_markup_in_a_product_is_only_text(assistant):
    title = LocalText("<script>alert(1)</script> mug", "<b>杯</b>")
    assistant.services.store.upsert([mug("X1", title=title)], "test")
    assistant.services.store.delete(["M1", "M2", "M3", "M4", "T1"])
    reply = say(assistant, "search_product")
    assert reply.products[0].title == "<script>alert(1)</script> mug"


FIRST = reference(1)
SIZE = Slot("size", "M", "M")
CLAUSES = {
    "add it": ("add_to_cart", FIRST),
    "add shirt": ("add_to_cart", Slot("product_id", "T1")),
    "add the glass one": ("add_to_cart", Slot("product_id", "M3")),
    "show mugs": ("search_product",),
    "compare": ("compare_products",),
    "hurt": ("express_self_harm",),
    "fetch someone": ("request_human",),
    "break": ("thank",),
}


class Several:
    """Understands the clauses above, joined by "and", as several intents in reverse order."""

    kind, problem, failures = "model", "", 0

    def parse(self, text, context):
        intents, slots, place = [], [], 0
        for clause in text.split(" and "):
            name, *found = CLAUSES[clause]
            intents.insert(0, Intent(name, 0.9))
            end = place + len(clause)
            slots += [replace(slot, raw=clause, start=place, end=end) for slot in found]
            place = end + len(" and ")
        return NLUResult(text, "en", tuple(intents), tuple(slots), query="mug")


@pytest.fixture
def several(assistant):
    return replace(assistant, nlu=Several())


def test_two_acts_are_done_in_the_order_said(several, storage):
    say(several, "show mugs")
    reply = say(several, "add it and show mugs")
    added, found = reply.text.split("\n\n", 1)
    assert "cart" in added
    assert "mug" in found
    assert (reply.turn, reply.action, len(reply.cart.items)) == (2, "search_products", 1)
    assert [one.name for one in reply.intents] == ["search_product", "add_to_cart"]
    assert storage.load("s1").previous_action == "search_products"
    assert {one.payload for one in reply.suggestions} >= {"/show_cart", "/compare_products"}


def test_a_later_act_sees_what_the_first_one_showed(several):
    reply = say(several, "show mugs and add it")
    assert reply.action == "add_to_cart"
    assert [one.product_id for one in reply.cart.items] == [reply.products[0].id]


def test_the_cards_are_the_list_that_can_be_pointed_at(several, storage):
    say(several, "show mugs")
    reply = say(several, "compare and show mugs")
    cards = [card.id for card in reply.products]
    assert [one.product_id for one in storage.load("s1").shown] == cards
    assert len(cards) == len(set(cards)) > 2
    assert reply.text.count("| Price |") == 1


def test_a_question_in_the_first_act_makes_the_second_wait(several):
    say(several, "show mugs")
    reply = say(several, "add shirt and show mugs")
    assert reply.action == "add_to_cart"
    assert "Which size" in reply.text
    assert 'the rest yet: "show mugs"' in reply.text
    assert reply.suggestions[-1].payload == "show mugs"
    assert reply.products == ()


def test_a_failure_in_the_first_act_makes_the_second_wait(several):
    reply = say(several, "add the glass one and show mugs")
    assert "sold out" in reply.text
    assert 'the rest yet: "show mugs"' in reply.text
    assert reply.cart is None


def test_an_action_that_breaks_makes_the_rest_wait_and_undoes_nothing_before(several, storage):
    def broken(action, turn):
        raise RuntimeError("no such thing")

    own = replace(
        several,
        services=replace(several.services, custom={"action_x": broken}),
        limits=Limits(custom_actions={"request_human": "action_x"}),
    )
    say(own, "show mugs")
    reply = say(own, "add it and fetch someone and show mugs")
    assert reply.action == "report_error"
    assert "wrong on our side" in reply.text
    assert 'the rest yet: "show mugs"' in reply.text
    assert len(storage.load("s1").cart) == 1


def test_a_cry_for_help_is_answered_before_and_instead_of_everything_else(several, storage):
    say(several, "show mugs")
    before = storage.load("s1")
    reply = say(several, "show mugs and hurt and add it")
    assert reply.action == "comfort"
    assert reply.products == ()
    assert reply.cart is None
    after = storage.load("s1")
    assert (after.goal, after.shown, after.cart) == (before.goal, before.shown, before.cart)


def test_the_note_about_a_cut_message_comes_once_and_first(several):
    short = replace(several, message_characters=20)
    say(short, "show mugs")
    reply = say(short, "add it and show mugs" + "!" * 100)
    assert reply.text.startswith("Your message was very long")
    assert reply.text.count("very long") == 1


class Raising:
    kind = "model"
    thresholds = Thresholds(0.5, 0.0, 0.9)

    def read(self, text, context, hints=()):
        raise RuntimeError("no model today")


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("running shoes under $80", "search_products"),
        ("黑色的袜子", "search_products"),
        ("转人工", "hand_off"),
        ("well, whatever that was", "report_out_of_scope"),
    ],
)
def test_a_failing_model_ends_no_conversation(assistant, caplog, text, action):
    degraded = replace(assistant, nlu=NLU(Raising(), Words()))
    reply = say(degraded, text)
    assert reply.action == action
    assert reply.text
    assert len(caplog.records) == degraded.nlu.failures <= 1
    assert all("going on with the rules alone" in one.getMessage() for one in caplog.records)


class Shattered(Scripted):
    def parse(self, text, context):
        raise RuntimeError("nothing works")


def test_an_understanding_that_breaks_wholly_has_understood_nothing(assistant, caplog):
    broken = replace(assistant, nlu=Shattered())
    assert say(broken, "mugs").action == "report_out_of_scope"
    assert [one.getMessage() for one in caplog.records] == [
        "a message could not be read: nothing works"
    ]
    assert say(broken, "mugs").action == "offer_person"


def told(services):
    return [(one.kind, one.product_id, one.shopper) for one in services.store.events()][4:]


def test_a_turn_is_recorded_with_what_it_showed(assistant, services):
    reply = say(assistant, "search_product")
    search, *shown = told(services)
    assert search == ("search", "", "guest:s1")
    assert shown == [("view_item_list", one.id, "guest:s1") for one in reply.products]
    assert {one.model for one in services.store.events()} == {"", "search"}


def test_a_guest_who_signs_in_takes_the_events_along(assistant, services):
    say(assistant, "search_product")
    assistant.reply(Utterance("s1", "thank", "u9"))
    assert {shopper for _, _, shopper in told(services)} == {"u9"}
    assert services.store.guests_of("u9") == ("guest:s1",)


def test_events_that_cannot_be_written_cost_no_answer(assistant, services, monkeypatch):
    def broken(*_):
        raise ValueError("no")

    monkeypatch.setattr(ProductStore, "add_events", broken)
    assert say(assistant, "search_product").products


CARD = "4111 1111 1111 1111"


def test_a_card_number_reaches_nothing(assistant, storage, caplog):
    reply = say(assistant, f"out_of_scope! my card is {CARD}")
    assert reply.text.startswith("That looked like a card number")
    assert storage.turns("s1")[0].utterance.text == "out_of_scope! my card is ••••"
    kept = [str(storage.turns("s1")), str(storage.load("s1")), caplog.text, str(reply)]
    assert not any("1111" in one for one in kept)
    assert len(assistant.nlu.contexts) == 1


def test_a_card_number_beside_a_wish_does_not_stop_it(assistant):
    reply = say(assistant, f"show_cart!{CARD}")
    assert reply.action == "show_cart"
    assert reply.text.startswith("That looked like a card number")
    assert "card" not in say(assistant, "show_cart!").text


def test_a_card_number_alone_is_declined(assistant, storage):
    reply = say(assistant, f"search_product!{CARD}")
    assert reply.action == "decline_card"
    assert reply.products == ()


def test_a_card_number_at_the_cut_is_covered_whole(assistant, storage):
    say(assistant, "thank!" + "x " * 42 + CARD)
    text = storage.turns("s1")[0].utterance.text
    assert len(text) <= 100
    assert "1111" not in text


class Rude:
    """A language model's part that breaks."""

    def reword(self, reply):
        raise RuntimeError("boom")

    def read(self, nlu):
        raise RuntimeError("boom")


class Kind(Rude):
    def reword(self, reply):
        return replace(reply, text=f"Dear! {reply.text}")

    def read(self, nlu):
        return replace(nlu, intents=(Intent("show_cart", 0.6),), out_of_scope=False)


def test_a_language_model_may_reword_and_read_again(assistant, storage):
    helped = replace(assistant, rewriter=Kind(), second_reader=Kind())
    reply = say(helped, "nothing known")
    assert reply.action == "show_cart"
    assert reply.text.startswith("Dear! ")
    assert storage.turns("s1")[0].reply.text == reply.text


def test_one_that_breaks_is_not_noticed(assistant):
    reply = say(replace(assistant, rewriter=Rude(), second_reader=Rude()), "show_cart")
    assert (reply.action, reply.text) == ("show_cart", say(assistant, "show_cart", "s2").text)
