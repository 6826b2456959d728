from decimal import Decimal
from types import SimpleNamespace

import pytest
import yaml

from assistant.dialogues import (
    CaseResult,
    DialogueCase,
    DialogueError,
    Failure,
    load_dialogues,
    load_files,
    run_case,
)
from assistant.types import Cart, CartItem, Handoff, ProductCard, Reply, Suggestion
from catalog.types import TextConstraint
from intents.types import Intent, PriceRange, Slot
from tests.assistant.builders import mug

CHEAP = mug("M1")
DEAR = mug("M2", amount="40", rating=4.6, review_count=3)


class Scripted:
    """Answers with what it was given, in order, and remembers who spoke."""

    def __init__(self, *replies, products=(CHEAP, DEAR)):
        self.replies = list(replies)
        self.heard = []
        known = {one.id: one for one in products}
        store = SimpleNamespace(
            get_many=lambda ids: {id_: known[id_] for id_ in ids if id_ in known}
        )
        self.services = SimpleNamespace(store=store)

    def reply(self, utterance):
        self.heard.append(utterance)
        return self.replies.pop(0)


def reply(text="Here you are", **fields):
    return Reply("s", 1, fields.pop("language", "en"), text, **fields)


def card(product, price, variant="Blue"):
    return ProductCard(
        product.id, product.title.en, price, None, "USD", True, "", "", variant, ("because",)
    )


def cart(*quantities):
    items = tuple(
        CartItem("M1", f"M1-{n}", "Clay mug", f"Blue · {n}", quantity, 1250, "USD", True)
        for n, quantity in enumerate(quantities)
    )
    return Cart(items, 1250 * sum(quantities), "USD")


def play(assertion, answer):
    case = DialogueCase.model_validate(
        {"test_case": "one message", "steps": [{"user": "a mug"}, assertion]}
    )
    return [str(one) for one in run_case(case, Scripted(answer)).failures]


TWO_CARDS = reply(products=(card(CHEAP, 1250), card(DEAR, 4000)))
IN_CART = reply(cart=cart(1, 2))
SLOTS = reply(
    slots=(
        Slot("color", "blue", "blau", resolved=TextConstraint("color", ("blue",))),
        Slot("material", "leather", "leather", role="exclude"),
        Slot("price", PriceRange(maximum=Decimal(80)), "under $80"),
    )
)
BUTTONS = (Suggestion("More mugs", "/show_more"), Suggestion("便宜点 less", "/refine_search"))
NAMED = reply(action="search_products", intents=(Intent("search_product", 0.9),))


@pytest.mark.parametrize(
    ("assertion", "answer"),
    [
        ({"action_executed": "search_products"}, NAMED),
        ({"intent": "search_product"}, NAMED),
        ({"language": "en"}, NAMED),
        ({"handoff": "none"}, NAMED),
        ({"handoff": "waiting"}, reply(handoff=Handoff("T1", "waiting", 1))),
        ({"bot_uttered": "^here .* are$"}, NAMED),
        ({"bot_did_not_utter": "sorry"}, NAMED),
        ({"slot_was_set": {"color": "Blue"}}, SLOTS),
        ({"slot_was_set": {"color": "BLAU"}}, SLOTS),
        ({"slot_was_set": {"material": "exclude", "price": None}}, SLOTS),
        ({"slot_was_not_set": ["brand"]}, SLOTS),
        ({"products": {"min": 2, "max": 2, "all_within": 40, "all_above": 12}}, TWO_CARDS),
        ({"products": {"includes": ["M1"], "none_of": ["M3"]}}, TWO_CARDS),
        ({"products": {"title_matches": "mug$", "sorted_by_price": True}}, TWO_CARDS),
        ({"products": {"dearest_first": True, "max": 0}}, reply()),
        ({"products": {"all_have": {"color": "blue", "category": "mugs"}}}, TWO_CARDS),
        ({"products": {"all_have": {"color": "蓝色", "microwave_safe": "yes"}}}, TWO_CARDS),
        ({"products": {"all_have": {"capacity": "350"}}}, TWO_CARDS),
        ({"products": {"none_have": {"color": "red", "brand": "Acme"}}}, TWO_CARDS),
        ({"products": {"rated_from": 4.5}}, reply(products=(card(DEAR, 4000),))),
        ({"cart": {"lines": 2, "quantity": 3, "variant": "blue · 1"}}, IN_CART),
        ({"cart": {"lines": 0, "quantity": 0, "total": 0, "none_of": ["M1"]}}, reply()),
        ({"cart": {"includes": ["M1"], "none_of": ["M2"], "total": "37.50"}}, IN_CART),
        ({"buttons": ["^more", "less"]}, reply(suggestions=BUTTONS)),
    ],
)
def test_an_assertion_that_holds_says_nothing(assertion, answer):
    assert play(assertion, answer) == []


@pytest.mark.parametrize(
    ("assertion", "answer", "said"),
    [
        ({"action_executed": "greet"}, NAMED, "expected action greet, got search_products"),
        ({"intent": "greet"}, NAMED, "expected intent greet, got search_product"),
        ({"intent": "greet"}, reply(), "expected intent greet, got none"),
        ({"language": "zh"}, NAMED, "expected language zh, got en"),
        ({"handoff": "waiting"}, NAMED, "expected handoff waiting, got none"),
        ({"bot_uttered": "sorry"}, NAMED, "expected a text matching 'sorry', got 'Here you are'"),
        ({"bot_did_not_utter": "here"}, NAMED, "expected no text matching 'here'"),
        (
            {"slot_was_set": {"color": "red"}},
            SLOTS,
            "expected slot color = 'red', got color='blue'",
        ),
        ({"slot_was_set": {"color": "exclude"}}, SLOTS, "expected slot color = 'exclude'"),
        ({"slot_was_set": {"brand": None}}, reply(), "expected slot brand = None, got no slots"),
        ({"slot_was_not_set": ["price"]}, SLOTS, "expected no slot price"),
        (
            {"products": {"min": 3}},
            TWO_CARDS,
            "expected at least 3 products, got M1 'Clay mug', M2",
        ),
        ({"products": {"max": 1}}, TWO_CARDS, "expected at most 1 products"),
        ({"products": {"all_within": 20}}, TWO_CARDS, "expected prices up to 20, got 40.00"),
        ({"products": {"all_above": 20}}, TWO_CARDS, "expected prices from 20, got 12.50"),
        ({"products": {"includes": ["M3"]}}, TWO_CARDS, "expected product M3"),
        ({"products": {"none_of": ["M2"]}}, TWO_CARDS, "expected no product M2"),
        ({"products": {"title_matches": "shoe"}}, TWO_CARDS, "expected titles matching 'shoe'"),
        ({"products": {"dearest_first": True}}, TWO_CARDS, "expected the dearest first"),
        ({"products": {"all_have": {"color": "red"}}}, TWO_CARDS, "color 'red' in every product"),
        ({"products": {"none_have": {"category": "Mugs"}}}, TWO_CARDS, "'Mugs' in no product"),
        ({"products": {"rated_from": 4.7}}, TWO_CARDS, "expected ratings from 4.7, got None"),
        ({"cart": {"lines": 1}}, IN_CART, "expected 1 lines in the cart, got 1 × Clay mug"),
        ({"cart": {"quantity": 2}}, IN_CART, "expected 2 pieces in the cart"),
        ({"cart": {"variant": "red"}}, reply(), "expected a variant matching 'red' in the cart"),
        ({"cart": {"includes": ["M2"]}}, IN_CART, "expected product M2 in the cart, got 1 ×"),
        ({"cart": {"none_of": ["M1"]}}, IN_CART, "expected no product M1 in the cart"),
        ({"cart": {"total": 37}}, IN_CART, "expected a total of 37, got 37.50"),
        ({"cart": {"total": 1}}, reply(), "expected a total of 1, got 0"),
        (
            {"buttons": ["more", "red"]},
            reply(suggestions=BUTTONS),
            "expected a button matching 'red', got 'More mugs', '便宜点 less'",
        ),
        ({"buttons": ["more"]}, reply(), "expected a button matching 'more', got no buttons"),
    ],
)
def test_an_assertion_that_fails_says_what_came(assertion, answer, said):
    failures = play(assertion, answer)
    assert failures
    assert failures[0].startswith("step 2, after 'a mug': ")
    assert said in failures[0]


def test_cheapest_first_fails_when_it_is_not():
    answer = reply(products=(card(DEAR, 4000), card(CHEAP, 1250)))
    assert "the cheapest first" in play({"products": {"sorted_by_price": True}}, answer)[0]


def test_a_product_that_the_shop_does_not_have_fails():
    answer = reply(products=(card(mug("GHOST"), 100),))
    assert "GHOST, which is not in it" in play({"products": {"min": 1}}, answer)[0]


def test_only_the_option_of_the_shown_variant_counts():
    shoe = mug("M3", sizes=("41", "42"))
    case = DialogueCase.model_validate(
        {"test_case": "x", "steps": [{"user": "a"}, {"products": {"all_have": {"size": "42"}}}]}
    )
    shown = reply(products=(card(shoe, 100, "Blue · 41"),))
    assert run_case(case, Scripted(shown, products=(shoe,))).failures


def test_every_case_has_a_session_of_its_own_and_signs_in():
    case = DialogueCase.model_validate(
        {"test_case": "two", "user_id": "user-001", "steps": [{"user": "hi"}, {"user": "bye"}]}
    )
    assistant = Scripted(*(reply() for _ in range(4)))
    assert run_case(case, assistant) == CaseResult("two", ())
    run_case(case, assistant)
    assert [one.text for one in assistant.heard] == ["hi", "bye"] * 2
    assert {one.user_id for one in assistant.heard} == {"user-001"}
    sessions = [one.session_id for one in assistant.heard]
    assert sessions[0] == sessions[1] != sessions[2] == sessions[3]


def test_an_assertion_before_any_message_ends_the_case():
    case = DialogueCase.model_validate(
        {"test_case": "x", "steps": [{"language": "en"}, {"user": "hi"}]}
    )
    assistant = Scripted(reply())
    failures = run_case(case, assistant).failures
    assert failures == (Failure(1, "", "a message of the user first", "an assertion"),)
    assert assistant.heard == []


def pressing(pattern, *replies):
    case = DialogueCase.model_validate(
        {"test_case": "x", "steps": [{"user": "a"}, {"press": pattern}, {"language": "en"}]}
    )
    assistant = Scripted(*replies)
    return assistant, run_case(case, assistant)


def test_a_pressed_button_sends_what_it_holds():
    assistant, result = pressing("便宜", reply(suggestions=BUTTONS), reply(action="greet"))
    assert result.failures == ()
    assert [one.text for one in assistant.heard] == ["a", "/refine_search"]


def test_a_button_that_is_not_there_ends_the_case():
    assistant, result = pressing("dearer", reply("Hm", suggestions=BUTTONS))
    (failure,) = result.failures
    assert (failure.step, failure.said, failure.text) == (2, "a", "Hm")
    assert "a button matching 'dearer', got 'More mugs'" in str(failure)
    assert len(assistant.heard) == 1


def test_a_result_counts_what_was_understood_and_done():
    _, result = pressing("more", reply(suggestions=BUTTONS), NAMED)
    assert result.actions == {"": 1, "search_products": 1}
    assert result.intents == {"search_product": 1}
    assert result.seconds > 0


def test_a_failure_keeps_the_answer_for_the_reader():
    case = DialogueCase.model_validate(
        {"test_case": "x", "steps": [{"user": "a"}, {"language": "zh"}]}
    )
    assert run_case(case, Scripted(reply("Hello"))).failures[0].text == "Hello"


def test_a_folder_is_read_wholly_and_in_order(tmp_path):
    for name in ("b", "a"):
        case = {"test_case": name, "steps": [{"user": "hi"}]}
        (tmp_path / name).mkdir()
        text = yaml.safe_dump({"test_cases": [case]}, allow_unicode=True)
        (tmp_path / name / "one.yml").write_text(text, "utf-8")
    assert [case.test_case for case in load_dialogues(tmp_path)] == ["a", "b"]
    assert len(load_dialogues(tmp_path / "a" / "one.yml")) == 1
    found = load_files([tmp_path / "b", tmp_path / "a" / "one.yml"])
    assert [(file.parent.name, case.test_case) for file, case in found] == [("b", "b"), ("a", "a")]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("test_cases: [", "cannot be read"),
        ("[]", "test_cases|valid|dictionary"),
        ("test_cases: [{test_case: x, steps: [{usr: hi}]}]", r"test_cases\.0\.steps\.0\.usr"),
        ("test_cases: [{test_case: x}]", r"test_cases\.0\.steps"),
        ("test_cases: [{test_case: x, steps: [{language: fr}]}]", "steps.0.language"),
        ("test_cases: [{test_case: x, steps: [{bot_uttered: '('}]}]", "is no pattern"),
    ],
)
def test_a_broken_file_is_named_with_the_place(tmp_path, content, said):
    file = tmp_path / "broken.yml"
    file.write_text(content, "utf-8")
    with pytest.raises(DialogueError, match=rf"broken\.yml.*({said})"):
        load_dialogues(file)


def test_a_missing_file_and_an_empty_folder_are_errors(tmp_path):
    with pytest.raises(DialogueError, match=r"gone\.yml cannot be read"):
        load_dialogues(tmp_path / "gone.yml")
    with pytest.raises(DialogueError, match=r"found no \.yml file"):
        load_dialogues(tmp_path)
