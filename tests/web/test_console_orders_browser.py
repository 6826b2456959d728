"""An agent cancels an order for a customer in the browser, in both languages and at both sizes."""

import os
import threading
from pathlib import Path

import pytest
import uvicorn

from tests.assistant.orders_shop import DELIVERED, PENDING
from tests.web.conftest import DESKTOP, PHONE
from tests.web.small_desk import PASSWORD, ask, console_app, open_desk

WORDS = {
    "en": {"refused": "Tick the items.", "shown": "$110.00", "done": "Done: Cancel the order"},
    "zh": {"refused": "请勾选商品。", "shown": "US$110.00", "done": "已办理： 取消订单"},
}


@pytest.fixture
def desk(tmp_path):
    with open_desk(tmp_path) as opened:
        yield opened


@pytest.fixture
def address(desk, shop_settings):
    config = uvicorn.Config(
        console_app(desk, shop_settings), "127.0.0.1", 0, log_level="error", ws="none"
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        thread.join(0.02)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = server.force_exit = True
    thread.join()


@pytest.fixture
def page(browser):
    context = browser.new_context(viewport=DESKTOP)
    context.set_default_timeout(30_000)
    yield context.new_page()
    context.close()


def sign_in(page, desk, address, language):
    """Anna signs in and has a conversation with Mara; gives its ticket."""
    ticket = ask(desk, "web-m", "mara", language=language)
    desk.claim(ticket, desk.storage.find_agent("anna"))
    page.goto(f"{address}/console/sign-in?lang={language}")
    page.fill("#name", "anna")
    page.fill("#password", PASSWORD)
    page.click("form.sign-in button")
    return ticket


def shot(page, name):
    """With DAOGOU_SHOTS set, what a person should look at."""
    folder = os.environ.get("DAOGOU_SHOTS")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png")


@pytest.mark.parametrize(("language", "screen"), [("en", DESKTOP), ("zh", PHONE)])
def test_an_order_is_cancelled_for_the_customer(page, desk, address, language, screen):
    words, complaints = WORDS[language], []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.set_viewport_size(screen)
    ticket = sign_in(page, desk, address, language)
    page.click(f"[data-open='{ticket}']")
    page.click("[data-orders]")
    orders = page.locator(".order-desk .order")

    back = orders.filter(has_text=DELIVERED.id).locator("details:has([value=return_items])")
    back.locator("summary").click()
    back.locator("[type=submit]").click()
    back.locator("[data-form-problem]").wait_for()
    assert words["refused"] in back.locator("[data-form-problem]").inner_text()
    shot(page, f"orders-refused-{language}")

    cancel = orders.filter(has_text=PENDING.id).locator("details:has([value=cancel_order])")
    cancel.locator("summary").click()
    cancel.locator("select").select_option("no longer needed")
    shot(page, f"orders-form-{language}")
    cancel.locator("[type=submit]").click()
    page.wait_for_selector(".order-desk .plan")
    assert words["shown"] in page.inner_text(".order-desk .plan")
    assert desk.storage.find_order(PENDING.id).status == "pending"
    shot(page, f"orders-plan-{language}")

    page.dblclick(".order-desk form[data-order-form=change] [type=submit]")
    page.wait_for_selector(".order-desk .done")
    assert page.inner_text(".order-desk .done") == words["done"]
    shot(page, f"orders-done-{language}")
    assert desk.storage.find_order(PENDING.id).status == "cancelled"
    assert len(desk.storage.order_changes()) == 1
    assert complaints == []
