"""A shopper in a real browser, in both languages, at a desk and with a phone."""

import re
from decimal import Decimal

import pytest

from catalog.types import Availability, LocalText, Price, Product, Variant
from tests.web.builders import BROKEN_OUT, SCRIPT
from tests.web.conftest import DESKTOP, PHONE

SCREENS = pytest.mark.parametrize("screen", [DESKTOP, PHONE], ids=["desktop", "phone"])
ALL_IN_VIEW = "document.documentElement.scrollWidth <= window.innerWidth"
PRICE = re.compile(r"[\d,]+(?:\.\d+)?")


def prices(visiting):
    cards = visiting.page.locator(".turn").last.locator(".card .price strong").all_inner_texts()
    return [float(PRICE.search(text)[0].replace(",", "")) for text in cards]


def open_cart(visiting):
    button = visiting.page.locator("button[data-cart=open]")
    if button.is_visible():
        button.click()
    visiting.page.locator("[data-cart-panel]").wait_for(state="visible")


def assert_all_is_well(visiting):
    assert visiting.page.evaluate(ALL_IN_VIEW)
    assert visiting.foreign() == []
    assert visiting.complaints == []


@SCREENS
def test_shopping_in_english(visit, screen):
    shopper = visit("en-US", screen)
    assert shopper.page.title() == "Lantern Market"
    shopper.say("Hi, I need running shoes under $80")
    assert len(shopper.titles()) > 1
    assert max(prices(shopper)) <= 80
    shopper.say("in blue please")
    variants = shopper.page.locator(".turn").last.locator(".card .variant").all_inner_texts()
    assert variants and all("blue" in one.lower() for one in variants)
    shown = shopper.titles()
    shopper.say("compare the first two")
    table = shopper.page.locator(".turn").last.locator("table")
    assert table.locator("thead th").all_inner_texts()[1:] == shown[:2]
    answer = shopper.say("add the second one in size 42 to my cart")
    assert shown[1] in answer
    open_cart(shopper)
    line = shopper.page.locator("[data-line]")
    assert line.locator(".line-title").inner_text() == shown[1]
    assert "42" in line.locator(".variant").inner_text()
    assert_all_is_well(shopper)


@SCREENS
def test_shopping_in_chinese(visit, screen):
    shopper = visit("zh-CN", screen)
    assert shopper.page.title() == "灯笼集市"
    assert shopper.page.locator("html").get_attribute("lang") == "zh-CN"
    shopper.say("有没有300块以内的蓝牙耳机")
    assert len(shopper.titles()) > 1
    assert max(prices(shopper)) <= 300
    shopper.say("要降噪的")
    shown = shopper.titles()
    assert shown
    shopper.say("对比前两个")
    table = shopper.page.locator(".turn").last.locator("table")
    assert table.locator("thead th").all_inner_texts()[1:] == shown[:2]
    shopper.say("第二个加两个到购物车")
    open_cart(shopper)
    line = shopper.page.locator("[data-line]")
    assert line.locator(".line-title").inner_text() == shown[1]
    assert line.locator("output").inner_text() == "2"
    assert_all_is_well(shopper)


@SCREENS
def test_shopping_with_buttons_alone(visit, screen):
    shopper = visit("en-US", screen)
    shopper.press(".welcome:not([hidden]) .example")
    shown = shopper.titles()
    boxes = shopper.page.locator(".choose")
    boxes.nth(0).click()
    boxes.nth(1).click()
    shopper.press("[data-compare-go]")
    assert shopper.page.locator("thead th").all_inner_texts()[1:] == shown[:2]
    assert shopper.page.locator("[data-compare-bar]").is_hidden()
    shopper.press(".table-feet .main")
    if shopper.page.locator("[data-line]").count() == 0:
        shopper.press(".turn:last-child .chip")
    said = shopper.page.locator(".mine .bubble").all_inner_texts()
    assert f"Add to cart: {shown[0]}" in said
    open_cart(shopper)
    assert shopper.page.locator("[data-line] .line-title").inner_text() == shown[0]
    assert_all_is_well(shopper)


@SCREENS
def test_the_cart_can_be_changed_and_emptied(visit, screen):
    shopper = visit("zh-CN", screen)
    shopper.say("马克杯")
    shopper.press(".turn:last-child .card .main")
    open_cart(shopper)
    one = prices_of_line(shopper)
    for _ in range(2):
        shopper.page.locator("[data-step='1']").click()
    shopper.page.wait_for_selector(".turn.quiet .theirs")
    shopper.settle()
    assert shopper.page.locator("[data-line] output").inner_text() == "3"
    assert prices_of_line(shopper) == pytest.approx(3 * one)
    shopper.press("[data-line] .plain")
    assert shopper.page.locator(".cart-none").is_visible()
    assert_all_is_well(shopper)


def prices_of_line(visiting):
    return float(PRICE.search(visiting.page.locator(".line-price strong").inner_text())[0])


@SCREENS
def test_a_reload_keeps_the_conversation_and_the_cart(visit, screen):
    shopper = visit("en-US", screen)
    shopper.say("ceramic mug")
    shopper.press(".turn:last-child .card .main")
    before = shopper.page.locator("[data-turns]").inner_text()
    cart = shopper.page.locator("[data-cart-body]").inner_html()
    shopper.page.reload()
    shopper.settle()
    shopper.page.wait_for_selector(".turn")
    assert shopper.page.locator("[data-turns]").inner_text() == before
    assert shopper.page.locator("[data-cart-body]").inner_html() == cart
    assert shopper.page.locator(".welcome:visible").count() == 0
    shopper.say("thanks")
    assert shopper.page.locator(".turn").count() == 3
    assert_all_is_well(shopper)


def test_the_page_follows_the_language_of_the_shopper(visit):
    shopper = visit("en-US")
    assert shopper.page.locator("#message").get_attribute("placeholder") == "Message the assistant…"
    shopper.say("你好")
    assert shopper.page.locator("#message").get_attribute("placeholder") == "想找什么，直接说…"
    assert shopper.page.locator("[data-shop]").inner_text() == "灯笼集市"
    assert shopper.page.locator("html").get_attribute("lang") == "zh-CN"


def test_markup_in_messages_stays_text(visit):
    shopper = visit()
    shopper.say(SCRIPT + BROKEN_OUT)
    shopper.page.reload()
    shopper.settle()
    assert shopper.page.locator(".mine .bubble").inner_text() == SCRIPT + BROKEN_OUT
    assert shopper.page.locator("#daogou script, #daogou img[src=x]").count() == 0
    assert_all_is_well(shopper)


def test_markup_in_products_stays_text(visit, demo_assistant):
    store = demo_assistant.services.store
    title = f"Quibblefrond {SCRIPT}{BROKEN_OUT}"
    variant = Variant("nasty-v", (), (Price(Decimal(9), "USD"),), Availability.IN_STOCK)
    store.upsert([Product("nasty", LocalText(title, title), (variant,))], "test")
    try:
        shopper = visit()
        shopper.say("/select_product" + '{"product_id": "nasty"}')
        assert shopper.titles() == [title]
        shopper.press(".turn:last-child .card .main")
        assert shopper.page.locator(".line-title").inner_text() == title
        assert shopper.page.locator("#daogou script, #daogou img[src=x]").count() == 0
        assert_all_is_well(shopper)
    finally:
        store.delete(["nasty"])


def test_old_quick_replies_disappear(visit):
    shopper = visit()
    shopper.say("hello")
    assert shopper.page.locator(".chip:visible").count() > 0
    shopper.say("thanks")
    assert shopper.page.locator(".turn").first.locator(".chip:visible").count() == 0


def test_quick_messages_are_answered_in_their_order(visit):
    shopper = visit()
    for text in ("hello", "running shoes", "thanks"):
        shopper.page.fill("#message", text)
        shopper.page.press("#message", "Enter")
    shopper.settle()
    shopper.page.wait_for_function("document.querySelectorAll('.theirs').length === 3")
    assert shopper.page.locator(".mine .bubble").all_inner_texts() == [
        "hello",
        "running shoes",
        "thanks",
    ]
    assert shopper.page.locator(".turn").nth(1).locator(".card").count() > 0
    assert shopper.page.locator(".turn").nth(2).locator(".card").count() == 0


def test_a_message_can_be_too_short_or_too_long(visit):
    shopper = visit()
    send = shopper.page.locator(".send")
    assert send.is_disabled()
    shopper.page.fill("#message", "   ")
    assert send.is_disabled()
    shopper.page.fill("#message", "鞋" * 2_003)
    assert send.is_disabled()
    assert shopper.page.locator("[data-too-long]").inner_text() == "3 characters too many"
    shopper.page.press("#message", "Enter")
    assert shopper.page.locator(".turn").count() == 0
    shopper.page.fill("#message", "鞋" * 2_000)
    assert send.is_enabled()


@pytest.mark.parametrize(
    ("locale", "words"), [("en-US", "Please wait 3 s"), ("zh-CN", "请3秒后再发")]
)
def test_a_message_that_came_too_fast_is_kept_and_says_so(visit, locale, words):
    shopper = visit(locale)
    path = "**/gradio_api/component_server/**"
    answer = {"status": 200, "content_type": "application/json", "body": '{"too_fast": 3}'}
    shopper.page.route(path, lambda route: route.fulfill(**answer))
    shopper.page.fill("#message", "hello")
    shopper.page.press("#message", "Enter")
    shopper.page.wait_for_selector(".failed")
    assert words in shopper.page.inner_text(".failed")
    shopper.page.unroute(path)
    shopper.page.click(".failed button")
    assert shopper.answer()
    assert shopper.page.locator(".failed").count() == 0


def test_half_a_sign_does_not_stop_the_conversation(visit):
    shopper = visit()
    shopper.page.evaluate("document.querySelector('#message').value = 'hello \\ud83d'")
    shopper.page.press("#message", "Enter")
    assert shopper.answer()
    assert shopper.page.locator(".failed").count() == 0


def test_shift_enter_begins_a_new_line(visit):
    shopper = visit()
    shopper.page.fill("#message", "running")
    shopper.page.press("#message", "Shift+Enter")
    shopper.page.keyboard.type("shoes")
    assert shopper.page.input_value("#message") == "running\nshoes"
    assert shopper.page.locator(".turn").count() == 0


def test_a_lost_connection_loses_no_message(visit, shop):
    shopper = visit()
    shopper.say("hello")
    shop.stop()
    try:
        shopper.page.fill("#message", "ceramic mug")
        shopper.page.press("#message", "Enter")
        shopper.page.wait_for_selector(".failed")
        assert shopper.page.locator(".mine .bubble").last.inner_text() == "ceramic mug"
    finally:
        shop.start()
    shopper.page.click(".failed button")
    shopper.settle()
    assert len(shopper.titles()) > 1
    assert shopper.page.locator(".failed").count() == 0


def test_the_keyboard_reaches_everything(visit):
    shopper = visit("en-US", PHONE)
    shopper.say("ceramic mug")
    shopper.page.focus("[data-cart=open]")
    shopper.page.keyboard.press("Enter")
    assert shopper.page.evaluate("document.activeElement.dataset.cart") == "close"
    shopper.page.keyboard.press("Escape")
    assert shopper.page.evaluate("document.activeElement.dataset.cart") == "open"
    shopper.page.wait_for_selector("[data-cart-panel]", state="hidden")
    shopper.page.focus(".card [data-compare]")
    shopper.page.keyboard.press("Space")
    assert shopper.page.locator("[data-compare-bar]").is_visible()


def test_what_is_touched_is_large_enough(visit):
    shopper = visit("zh-CN", PHONE)
    shopper.say("马克杯")
    shopper.press(".turn:last-child .card .main")
    open_cart(shopper)
    # A box that lies between two pixels may be a few millionths short of its 44.
    small = shopper.page.evaluate(
        """[...document.querySelectorAll("#daogou button, #daogou .choose")]
            .map((one) => [one.className || one.dataset.step, one.getBoundingClientRect()])
            .filter(([_, box]) => box.width && Math.min(box.height, box.width) < 43.995)
            .map(([name, box]) => `${name} ${box.width}x${box.height}`)"""
    )
    assert small == []


def test_a_comparison_scrolls_in_its_own_box_on_a_phone(visit):
    shopper = visit("en-US", PHONE)
    shopper.say("running shoes")
    for box in range(4):
        shopper.page.locator(".choose").nth(box).click()
    shopper.press("[data-compare-go]")
    table = shopper.page.locator(".words .table")
    assert table.evaluate("box => box.scrollWidth > box.clientWidth")
    assert shopper.page.evaluate(ALL_IN_VIEW)
    assert shopper.page.locator(".log").evaluate("log => log.scrollWidth <= log.clientWidth")


def test_a_product_link_leads_to_its_page_and_back(visit):
    shopper = visit("zh-CN")
    shopper.say("马克杯")
    title = shopper.titles()[0]
    with shopper.page.context.expect_page() as opened:
        shopper.page.locator(".card h3 a").first.click()
    page = opened.value
    page.wait_for_load_state()
    assert page.locator("h1").inner_text() == title
    page.locator(".lead .act").click()
    page.wait_for_selector(".turn:last-child .card h3")
    assert page.locator(".turn").last.locator(".card h3").inner_text() == title
    assert shopper.foreign() == []


def test_the_dark_is_dark(visit):
    shopper = visit()
    ground = "getComputedStyle(document.querySelector('#daogou')).backgroundColor"
    shopper.page.emulate_media(color_scheme="dark")
    assert shopper.page.evaluate(ground) == "rgb(23, 20, 18)"
    shopper.page.emulate_media(color_scheme="light")
    assert shopper.page.evaluate(ground) == "rgb(247, 244, 239)"
