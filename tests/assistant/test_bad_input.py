"""Whatever is typed, pressed or done meanwhile: an answer, and nothing lost or half-written."""

import json
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal
from itertools import count
from threading import Barrier
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.build import build_assistant
from assistant.locks import SessionLocks
from assistant.settings import Settings
from assistant.storage import Storage
from assistant.types import Utterance
from assistant.wire import reply_to_wire
from catalog.types import LocalText, Price, Product, Variant

MARKUP = "<script>alert('x')</script><img src=x onerror=alert(1)> **bold** | [a](javascript:b)"

MESSAGES = {
    "empty": "",
    "spaces": "   \n\t \r\n  \u3000 ",
    "endless word": "a" * 100_000,
    "endless sentence": "running shoes under $80 " * 5_000,
    "endless Chinese": "蓝色的跑步鞋" * 20_000,
    "emoji only": "🥾👟🤔😡🫠👩‍👩‍👧‍👦🏳️‍🌈",
    "control characters": "show\x00 me\x07 \x1b[31mshoes\x1b[0m\x7f\x85",
    "lone surrogate": "shoes \ud83d and \udfff",
    "right to left": "مرحبا، أريد حذاء رياضي أزرق بأقل من ٨٠ دولارا",
    "Hebrew": "שלום, אני מחפש נעלי ריצה",
    "direction override": "\u202etrac ym ot ti dda\u202c\u200f\u2066shoes",
    "combining marks": "s̴̢̛h̷̨o̶̧e̵s" * 200,
    "script": MARKUP,
    "SQL": "'; DROP TABLE product; DELETE FROM turn WHERE '1'='1' --",
    "SQL in an order": "order W1' OR '1'='1, email x@x.com' OR 1=1 --",
    "template": "{title} {{price}} [[{x}]] %s ${jndi:ldap://x}",
    "path": "../../../../etc/passwd file:///etc/passwd",
    "numbers": "9" * 400 + " shoes under $" + "8" * 300,
    "tiny number": "shoes under $0.0000000000000000001",
    "impossible money": "shoes between $1e999 and $-5",
    "nested": "[" * 3_000,
    "only punctuation": "?!?!... ，。！；——",
    "unpaired": "“‘（【《",
    "regular expression": "(a+)+$ " + "a" * 60 + "!",
}

PAYLOADS = {
    "cut off": "/add_to_cart{",
    "not JSON": "/add_to_cart{product_id: 1}",
    "a list": '/add_to_cart["SH-1001"]',
    "unknown intent": '/launch_rocket{"product_id": "SH-1001"}',
    "unknown slot": '/add_to_cart{"password": "x"}',
    "unknown product": '/add_to_cart{"product_id": "no such product"}',
    "unknown variant": '/add_to_cart{"product_id": "SH-1001", "variant_id": "nope"}',
    "number for an id": '/select_product{"product_id": 17}',
    "null": '/select_product{"product_id": null}',
    "object for an id": '/select_product{"product_id": {"a": 1}}',
    "unknown in a comparison": '/compare_products{"product_id": ["nope", "neither"]}',
    "many ids": "/compare_products" + json.dumps({"product_id": ["x"] * 150}),
    "no product": "/add_to_cart",
    "deep": '/select_product{"product_id": ' + "[" * 900 + "]" * 900 + "}",
    "price of nonsense": '/search_product{"price": {"maximum": "NaN"}}',
    "price upside down": '/search_product{"price": {"minimum": 90, "maximum": 5}}',
    "place nought": '/select_product{"reference": {"positions": [0, 99, -99]}}',
    "script": '/select_product{"product_id": "' + MARKUP.replace('"', "'") + '"}',
}

ODD_QUANTITIES = ["0", "-5", "2.5", "1e3", "1e999", "99999999999999999999999", '"many"', "true"]


def say(assistant, text, session=""):
    return assistant.reply(Utterance(session or f"bad-{uuid4()}", text))


def check(reply):
    assert reply.action != "report_error"
    assert reply.text
    assert reply.language in ("en", "zh")
    assert reply.cart is None
    assert json.loads(json.dumps(reply_to_wire(reply)))["text"] == reply.text
    reply.text.encode("utf-8")


@pytest.fixture(scope="module")
def own_home(kept_demo_home, tmp_path_factory):
    """A demo shop of this module's own, to write to."""
    return shutil.copytree(kept_demo_home, tmp_path_factory.mktemp("own") / "home", symlinks=True)


@pytest.fixture(scope="module")
def own_shop(own_home):
    shop = build_assistant(Settings.load(own_home))
    yield shop
    shop.storage.close()
    shop.services.store.close()


@pytest.mark.parametrize("text", MESSAGES.values(), ids=MESSAGES)
def test_a_strange_first_message_is_answered(demo_assistant, text):
    check(say(demo_assistant, text))


@pytest.mark.parametrize("text", [*MESSAGES.values(), *PAYLOADS.values()])
def test_a_strange_message_leaves_the_conversation_as_it_was(demo_assistant, text):
    session = f"bad-{uuid4()}"
    say(demo_assistant, "show me running shoes", session)
    check(say(demo_assistant, text, session))
    after = say(demo_assistant, "show me running shoes", session)
    assert after.turn == 3
    assert after.products
    numbers = [turn.number for turn in demo_assistant.storage.turns(session)]
    assert numbers == [1, 2, 3]


@pytest.mark.parametrize("text", PAYLOADS.values(), ids=PAYLOADS)
def test_a_broken_button_is_answered(demo_assistant, text):
    check(say(demo_assistant, text))


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(text=st.text(max_size=120))
def test_any_text_at_all_is_answered(demo_assistant, text):
    reply = say(demo_assistant, text)
    assert reply.action != "report_error"
    assert reply.text
    json.dumps(reply_to_wire(reply))


def test_a_very_long_message_is_cut_and_the_shopper_is_told(demo_assistant):
    session = f"bad-{uuid4()}"
    reply = say(demo_assistant, "show me running shoes " + "x " * 50_000, session)
    assert "only its beginning" in reply.text
    kept = demo_assistant.storage.turns(session)[0].utterance.text
    assert len(kept) == demo_assistant.message_characters


def test_sql_in_messages_changes_nothing(demo_assistant):
    before = demo_assistant.services.store.count(), demo_assistant.storage.order_count()
    for text in ("'; DROP TABLE product; --", "order W1'; DELETE FROM customer_order; --"):
        say(demo_assistant, text, "'; DROP TABLE turn; --")
    assert before == (demo_assistant.services.store.count(), demo_assistant.storage.order_count())
    assert demo_assistant.storage.turns("'; DROP TABLE turn; --")


def test_an_unknown_session_starts_fresh(demo_assistant):
    reply = say(demo_assistant, "add it to my cart", "a session nobody has seen")
    assert reply.turn == 1
    assert reply.cart is None
    assert reply.handoff is None


@pytest.mark.parametrize("session", ["", "x" * 256])
def test_an_unusable_session_id_is_refused(demo_assistant, session):
    with pytest.raises(ValueError, match="session id of 1 to 255 characters"):
        demo_assistant.reply(Utterance(session, "hi"))


@pytest.mark.parametrize("quantity", ODD_QUANTITIES)
def test_odd_quantities_neither_break_nor_fill_the_cart(demo_assistant, quantity):
    payload = f'/add_to_cart{{"product_id": "ST-1001", "quantity": {quantity}}}'
    reply = say(demo_assistant, payload)
    assert reply.action != "report_error"
    assert reply.text
    pieces = sum(item.quantity for item in reply.cart.items) if reply.cart else 0
    assert pieces <= 1


@pytest.mark.parametrize(
    "text", ["add 99999999999 of the first one to my cart", "第一个来一千万个"]
)
def test_huge_quantities_in_words_do_not_fill_the_cart(demo_assistant, text):
    session = f"bad-{uuid4()}"
    say(demo_assistant, "notebooks", session)
    reply = say(demo_assistant, text, session)
    assert reply.action != "report_error"
    assert reply.cart is None or reply.cart.items[0].quantity == 1


def add_product(shop, product_id, title):
    prices = (Price(Decimal("12.50"), "USD"), Price(Decimal("88"), "CNY"))
    variant = Variant(f"{product_id}-STD", (), prices, quantity=20)
    product = Product(
        product_id, LocalText(title, title), (variant,), category=(LocalText("Sundials", "日晷"),)
    )
    shop.services.store.upsert([product], "test")
    return variant.id


def test_markup_in_a_product_name_stays_text(own_shop):
    add_product(own_shop, "XS-1", MARKUP)
    payload = '/select_product{"product_id": "XS-1"}'
    reply = say(own_shop, payload)
    assert reply.products[0].title == MARKUP
    assert json.loads(json.dumps(reply_to_wire(reply)))["products"][0]["title"] == MARKUP
    added = say(own_shop, '/add_to_cart{"product_id": "XS-1"}')
    assert added.cart.items[0].title == MARKUP
    compared = say(own_shop, '/compare_products{"product_id": ["XS-1", "ST-1001"]}')
    header, rule = compared.text.splitlines()[-1], "---"
    table = [line for line in compared.text.splitlines() if line.startswith("|")]
    cells = [line.replace("\\|", "").count("|") for line in table]
    assert rule in table[1]
    assert header.startswith("|")
    assert len(set(cells)) == 1


def shown_sundial(shop, number):
    """A conversation in which a product was just shown."""
    session = f"bad-{uuid4()}"
    variant_id = add_product(shop, f"SD-{number}", f"Brass garden sundial number {number}")
    reply = say(shop, f'/select_product{{"product_id": "SD-{number}"}}', session)
    assert reply.products[0].price == 1250
    return session, variant_id


def test_sold_out_between_showing_and_adding_is_told(own_shop):
    session, variant_id = shown_sundial(own_shop, 1)
    own_shop.services.store.update_stock(variant_id, quantity=0)
    reply = say(own_shop, "add it to my cart", session)
    assert reply.action == "add_to_cart"
    assert "sold out" in reply.text
    assert reply.cart is None


def test_deleted_between_showing_and_adding_is_told(own_shop):
    session, _ = shown_sundial(own_shop, 2)
    own_shop.services.store.delete(["SD-2"])
    reply = say(own_shop, "add it to my cart", session)
    assert reply.action == "add_to_cart"
    assert "no longer in the shop" in reply.text
    assert reply.cart is None


def test_a_price_changed_between_showing_and_adding_is_told(own_shop):
    session, variant_id = shown_sundial(own_shop, 3)
    own_shop.services.store.update_price(variant_id, Price(Decimal("15.00"), "USD"))
    reply = say(own_shop, "add it to my cart", session)
    assert "$12.50" in reply.text
    assert "$15.00" in reply.text
    assert reply.cart.total == 1500


def test_a_new_price_is_in_the_cart_and_in_the_next_answer(own_shop):
    session, variant_id = shown_sundial(own_shop, 4)
    say(own_shop, "add it to my cart", session)
    own_shop.services.store.update_price(variant_id, Price(Decimal("9.99"), "USD"))
    assert say(own_shop, "show my cart", session).cart.total == 999


def test_what_is_deleted_leaves_the_cart_and_what_is_sold_out_is_not_paid_for(own_shop):
    session, _ = shown_sundial(own_shop, 5)
    say(own_shop, "add it to my cart", session)
    variant_id = add_product(own_shop, "SD-6", "Brass garden sundial number 6")
    say(own_shop, '/add_to_cart{"product_id": "SD-6"}', session)
    own_shop.services.store.delete(["SD-5"])
    own_shop.services.store.update_stock(variant_id, quantity=0)
    reply = say(own_shop, "/checkout", session)
    assert [item.product_id for item in reply.cart.items] == ["SD-6"]
    assert "sold out meanwhile" in reply.text


def send_at_once(assistants, session, texts):
    barrier = Barrier(len(texts))

    def send(numbered):
        number, text = numbered
        barrier.wait()
        return say(assistants[number % len(assistants)], text, session)

    with ThreadPoolExecutor(len(texts)) as pool:
        return list(pool.map(send, enumerate(texts)))


def test_messages_at_once_in_one_conversation_are_all_answered_in_turn(own_shop):
    session = f"bad-{uuid4()}"
    texts = [f'/add_to_cart{{"product_id": "FO-10{n:02}"}}' for n in range(1, 9)]
    replies = send_at_once([own_shop], session, texts)
    assert sorted(reply.turn for reply in replies) == list(range(1, 9))
    turns = own_shop.storage.turns(session)
    assert [turn.number for turn in turns] == list(range(1, 9))
    assert sorted(turn.utterance.text for turn in turns) == texts
    in_cart = sum("in your cart" in r.text or "to your cart" in r.text for r in replies)
    assert len(own_shop.storage.load(session).cart) == in_cart


def test_two_processes_answer_one_conversation_without_losing_a_message(own_shop, own_home):
    url = Settings.load(own_home).database_url
    other = replace(own_shop, storage=Storage.open(url), locks=SessionLocks())
    session = f"bad-{uuid4()}"
    texts = [f"message number {n}" for n in range(4)]
    replies = send_at_once([own_shop, other], session, texts)
    assert sorted(reply.turn for reply in replies) == list(range(1, 5))
    turns = own_shop.storage.turns(session)
    assert sorted(turn.utterance.text for turn in turns) == texts
    assert own_shop.storage.load(session).turn == len(texts)
    other.storage.close()


def chat_until_killed(home, conversations, answers):
    """Run ``daogou chat --json`` and kill it in the middle; the replies it had given."""
    numbers = count(1)
    lines = [
        json.dumps({"session": session, "text": f"show me running shoes, message {next(numbers)}"})
        for _ in range(20)
        for session in conversations
    ]
    with subprocess.Popen(
        [sys.executable, "-m", "assistant", "chat", "--json"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "DAOGOU_HOME": str(home), "PYTHONWARNINGS": "ignore"},
        text=True,
        encoding="utf-8",
    ) as process:
        process.stdin.write("\n".join(lines) + "\n")
        process.stdin.flush()
        given = [process.stdout.readline() for _ in range(answers)]
        process.kill()
        # What stood in the pipe when the process died was answered too.
        given += [line for line in process.stdout if line.endswith("}\n")]
    return [json.loads(line) for line in given]


def test_a_process_killed_in_the_middle_loses_no_answered_turn(demo_home):
    conversations = ["killed-1", "killed-2", "killed-3"]
    # The second process goes on with what the first one left behind.
    runs = [chat_until_killed(demo_home, conversations, answers) for answers in (4, 7)]
    storage = Storage.open(Settings.load(demo_home).database_url)
    for session in conversations:
        turns = {turn.number: turn for turn in storage.turns(session)}
        assert list(turns) == list(range(1, len(turns) + 1))
        state = storage.load(session)
        assert state.turn == len(turns)
        shown = [card.id for card in turns[state.turn].reply.products]
        assert [one.product_id for one in state.shown] == shown
        answered = [reply for run in runs for reply in run if reply["session"] == session]
        assert answered
        for reply in answered:
            assert turns[reply["turn"]].reply.text == reply["text"]
    storage.close()
