from assistant.web.labels import load_labels
from assistant.web.payloads import PressedButtons, is_quiet, say
from intents.payloads import read_payload, write_payload
from tests.web.builders import button, card, cart, item, reply

EN, ZH = load_labels()["en"], load_labels()["zh"]


def test_a_written_payload_reads_back():
    text = write_payload("add_to_cart", product_id='a"b}', quantity=2)
    payload = read_payload(text)
    assert payload.intent == "add_to_cart"
    assert [(slot.name, slot.value) for slot in payload.slots] == [
        ("product_id", 'a"b}'),
        ("quantity", 2),
    ]


def test_a_payload_without_slots_is_the_bare_intent():
    assert write_payload("checkout") == "/checkout"


def test_a_button_says_what_it_does_in_both_languages():
    assert say("change_quantity", EN, ["Mug"], 3) == "Make it 3 × Mug"
    assert say("change_quantity", ZH, ["马克杯"], 3) == "改成 3 件：马克杯"
    assert say("compare_products", EN, ["A", "B"]) == "Compare: A · B"


def test_an_unknown_button_says_nothing():
    assert say("greet", EN, ["Mug"]) == ""
    assert say("add_to_cart", EN, []) == ""


def test_the_cart_panel_is_quiet():
    assert is_quiet('/change_quantity{"product_id": "p1", "variant_id": "v", "quantity": 2}')
    assert not is_quiet('/add_to_cart{"product_id": "p1"}')
    assert not is_quiet("change_quantity")


def test_words_are_shown_as_they_are():
    assert PressedButtons().title("hello /there", EN, {}) == "hello /there"


def test_a_quick_reply_shows_its_title_again():
    pressed = PressedButtons()
    pressed.see(reply(suggestions=(button("Show more", "/show_more"),)))
    assert pressed.title("/show_more", EN, {}) == "Show more"


def test_words_that_equal_a_title_are_not_taken_for_a_button():
    pressed = PressedButtons()
    pressed.see(reply(suggestions=(button("Size 42", "42"),)))
    assert pressed.title("42", EN, {}) == "Size 42"
    assert pressed.title("43", EN, {}) == "43"


def test_a_card_button_shows_the_product():
    pressed = PressedButtons()
    pressed.see(reply(products=(card("p1", "Trail Runner"),)))
    text = write_payload("add_to_cart", product_id="p1")
    assert pressed.title(text, EN, {}) == "Add to cart: Trail Runner"


def test_a_cart_button_shows_product_and_quantity():
    pressed = PressedButtons()
    pressed.see(reply(cart=cart(item("p1", "Trail Runner"))))
    text = write_payload("change_quantity", product_id="p1", variant_id="p1-v", quantity=4)
    assert pressed.title(text, EN, {}) == "Make it 4 × Trail Runner"


def test_a_forgotten_button_falls_back_to_its_intent():
    text = write_payload("find_similar", product_id="gone")
    assert PressedButtons().title(text, EN, {"find_similar": "Something similar"}) == (
        "Something similar"
    )
    assert PressedButtons().title(text, EN, {}) == text
