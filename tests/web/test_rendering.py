from lxml import html

from assistant.types import Handoff
from assistant.web.rendering import (
    TURNS_SHOWN,
    render_cart,
    render_handoff,
    render_reply,
    render_transcript,
    render_turn,
    write_discount,
)
from tests.web.builders import (
    BROKEN_OUT,
    SCRIPT,
    button,
    card,
    cart,
    item,
    product,
    reply,
    turn,
)

NO_GUESSES = {"en": {}, "zh": {}}


def tree_of(markup):
    return html.fragment_fromstring(markup, create_parent=True)


def texts(tree, path):
    return [" ".join(found.text_content().split()) for found in tree.xpath(path)]


def test_a_card_shows_what_the_record_says():
    tree = tree_of(render_reply(reply(products=(card(list_price=7495), card("p2", "Road Runner")))))
    first = tree.xpath("//article")[0]
    assert texts(first, ".//h3") == ["Trail Runner"]
    assert texts(first, ".//p[@class='variant']") == ["blue · 42"]
    assert texts(first, ".//strong") == ["$59.95"]
    assert texts(first, ".//s") == ["$74.95"]
    assert texts(first, ".//span[@class='badge']") == ["−20%"]
    assert texts(first, ".//ul[@class='reasons']/li") == ["within your budget"]
    assert first.xpath(".//img/@src") == ["/media/shoe/blue.svg"]
    assert first.xpath(".//img/@loading") == ["lazy"]
    assert first.xpath(".//img/@referrerpolicy") == ["no-referrer"]
    assert first.xpath(".//h3/a/@href") == ["/products/p1?lang=en"]


def test_a_card_in_chinese():
    shown = card(title="越野跑鞋", price=39900, list_price=49900, currency="CNY")
    tree = tree_of(render_reply(reply("看看这些：", "zh", products=(shown, card("p2")))))
    assert texts(tree, "//article[1]//strong")[0] == "¥399"
    assert texts(tree, "//span[@class='badge']") == ["8折"]
    assert texts(tree, "//button[@data-payload]")[:3] == ["加入购物车", "详情", "看类似"]


def test_buttons_send_payloads_and_say_titles():
    tree = tree_of(render_reply(reply(products=(card(),))))
    buttons = [(one.get("data-payload"), one.get("data-said")) for one in tree.xpath("//button")]
    assert ('/add_to_cart{"product_id": "p1"}', "Add to cart: Trail Runner") in buttons
    assert ('/select_product{"product_id": "p1"}', "Details: Trail Runner") in buttons
    assert ('/find_similar{"product_id": "p1"}', "Similar to Trail Runner") in buttons


def test_the_add_button_names_the_variant_on_the_card():
    blue = card(choice=(("color", "blue"),))
    tree = tree_of(render_reply(reply(products=(blue,))))
    payload = '/add_to_cart{"product_id": "p1", "color": "blue"}'
    assert payload in tree.xpath("//button/@data-payload")


def test_a_sold_out_product_cannot_be_added():
    tree = tree_of(render_reply(reply(products=(card(available=False),))))
    assert "Sold out" in tree.text_content()
    assert not tree.xpath("//button[starts-with(@data-payload, '/add_to_cart')]")


def test_a_product_without_price_or_picture():
    tree = tree_of(render_reply(reply(products=(card(price=None, currency="", image=""),))))
    assert not tree.xpath("//p[@class='price']")
    assert tree.xpath("//span[@class='picture missing']")
    assert not tree.xpath("//img")


def test_several_products_can_be_chosen_to_compare():
    two = tree_of(render_reply(reply(products=(card(), card("p2")))))
    assert two.xpath("//input/@data-compare") == ["p1", "p2"]
    one = tree_of(render_reply(reply(products=(card(),))))
    assert not one.xpath("//input")


def test_a_comparison_shows_pictures_and_buttons_in_its_columns():
    text = "Side by side:\n\n| | A | B |\n| --- | --- | --- |\n| Price | $1 | $2 |"
    tree = tree_of(render_reply(reply(text, products=(card("a", "A"), card("b", "B")))))
    assert len(tree.xpath("//thead//img")) == 2
    assert tree.xpath("//tr[@class='table-feet']//button/@data-payload")[::2] == [
        '/add_to_cart{"product_id": "a"}',
        '/add_to_cart{"product_id": "b"}',
    ]
    assert not tree.xpath("//article")


def test_quick_replies_are_buttons():
    tree = tree_of(render_reply(reply(suggestions=(button("Show more", "/show_more"),))))
    chips = tree.xpath("//button[@class='chip']")
    assert [(one.text, one.get("data-payload")) for one in chips] == [("Show more", "/show_more")]


def test_markup_in_records_is_text():
    nasty = card(
        id_=BROKEN_OUT,
        title=SCRIPT + BROKEN_OUT,
        variant=SCRIPT,
        reasons=(SCRIPT,),
        url="javascript:alert(1)",
        image="javascript:alert(1)",
        currency="USD",
    )
    answer = reply(SCRIPT, products=(nasty, nasty), suggestions=(button(SCRIPT, BROKEN_OUT),))
    tree = tree_of(render_reply(answer))
    assert not tree.xpath("//script | //img | //*[@onerror]")
    assert not tree.xpath("//a")
    assert texts(tree, "//h3") == [SCRIPT + BROKEN_OUT] * 2
    assert tree.xpath("//button[@class='chip']/@data-payload") == [BROKEN_OUT]


def test_markup_in_messages_is_text():
    tree = tree_of(render_turn(turn(1, SCRIPT, reply()), SCRIPT + BROKEN_OUT))
    assert not tree.xpath("//script | //img")
    assert texts(tree, "//p[@class='bubble']") == [SCRIPT + BROKEN_OUT]


def test_silence_shows_nothing():
    assert render_reply(reply("")).strip() == ""


def test_a_transcript_shows_titles_instead_of_payloads():
    turns = (
        turn(1, "shoes", reply(products=(card(),))),
        turn(
            2,
            '/add_to_cart{"product_id": "p1"}',
            reply("Which size?", suggestions=(button("42", "42"),)),
        ),
        turn(3, "42", reply("Added.", cart=cart(item()))),
        turn(4, '/change_quantity{"product_id": "p1", "quantity": 3}', reply("Changed.")),
    )
    tree = tree_of(render_transcript(turns, NO_GUESSES))
    assert texts(tree, "//p[@class='bubble']") == [
        "shoes",
        "Add to cart: Trail Runner",
        "42",
        "Make it 3 × Trail Runner",
    ]
    assert [one.get("class") for one in tree.xpath("//section")] == ["turn"] * 3 + ["turn quiet"]


def test_a_long_transcript_shows_its_end_and_says_so():
    turns = tuple(turn(n, f"message {n}", reply()) for n in range(1, TURNS_SHOWN + 11))
    tree = tree_of(render_transcript(turns, NO_GUESSES))
    assert texts(tree, "//p[@class='bubble']")[0] == "message 11"
    assert texts(tree, "//p[@class='note']") == ["Earlier messages are not shown here."]


def test_an_empty_transcript_is_empty():
    assert render_transcript((), NO_GUESSES) == ""


def test_the_cart_shows_lines_and_total():
    shown = cart(item(), item("p2", "Mug", quantity=1, price=999))
    tree = tree_of(render_cart(shown, "en", {"p1": product("p1")}))
    lines = tree.xpath("//li")
    assert texts(lines[0], ".//strong") == ["$119.90"]
    assert texts(lines[0], ".//small") == ["$59.95 each"]
    assert texts(lines[0], ".//output") == ["2"]
    assert lines[0].xpath(".//img/@src") == ["/media/shoe/blue.svg"]
    assert not lines[1].xpath(".//img")
    assert texts(tree, "//p[@class='total']/strong") == ["$129.89"]
    assert tree.xpath("//button[@data-payload='/checkout']")


def test_a_cart_line_cannot_fall_under_one():
    tree = tree_of(render_cart(cart(item(quantity=1)), "en", {}))
    fewer, more = tree.xpath("//button[@data-step]")
    assert fewer.get("disabled") is not None
    assert more.get("disabled") is None
    assert fewer.get("aria-label") == "One fewer of Trail Runner"


def test_a_cart_line_can_be_removed():
    tree = tree_of(render_cart(cart(item()), "zh", {}))
    payload = '/remove_from_cart{"product_id": "p1", "variant_id": "p1-v"}'
    (remove,) = tree.xpath("//button[starts-with(@data-payload, '/remove')]")
    assert remove.get("data-payload") == payload
    assert remove.get("data-said") == "移出购物车：Trail Runner"


def test_an_empty_cart_says_so():
    assert "Your cart is empty" in render_cart(None, "en", {})
    assert "购物车还是空的" in render_cart(None, "zh", {})


def test_markup_in_the_cart_is_text():
    nasty = item(BROKEN_OUT, SCRIPT, variant=SCRIPT, variant_id=BROKEN_OUT)
    tree = tree_of(render_cart(cart(nasty), "en", {}))
    assert not tree.xpath("//script | //img")
    assert tree.xpath("//li/@data-line") == [BROKEN_OUT]


def test_the_handoff_line():
    waiting = reply(handoff=Handoff("T1001", "waiting", 2))
    assert render_handoff(waiting) == ("A colleague will join you. Ticket T1001, place 2 in line.")
    assert "工单号 T1001" in render_handoff(
        reply(language="zh", handoff=Handoff("T1001", "with_agent"))
    )
    assert render_handoff(reply(handoff=Handoff("T1001", "closed"))) == ""
    assert render_handoff(reply()) == ""


def test_discounts_as_each_language_writes_them():
    assert write_discount(8000, 10000, "en") == "−20%"
    assert write_discount(8000, 10000, "zh") == "8折"
    assert write_discount(7500, 10000, "zh") == "7.5折"
    assert write_discount(10000, 10000, "en") == ""
    assert write_discount(9999, 10000, "en") == ""
    assert write_discount(9999, 10000, "zh") == ""
    assert write_discount(12000, 10000, "zh") == ""
    assert write_discount(None, 10000, "en") == ""
    assert write_discount(100, None, "en") == ""
    assert write_discount(1, 100000, "zh") == "0.1折"
