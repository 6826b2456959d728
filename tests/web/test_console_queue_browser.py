"""The queue in the browser while it changes: no click is lost, and the keyboard keeps its place."""

import pytest

from tests.web.small_desk import ask
from tests.web.test_console_orders_browser import address, desk, page, sign_in

__all__ = ["address", "desk", "page"]


@pytest.fixture
def queue(page, desk, address):
    """Anna's list of open conversations, with one of them; gives its row."""

    def enter(language):
        ticket = sign_in(page, desk, address, language)
        page.wait_for_selector(f"[data-open='{ticket}']")
        return ticket

    return enter


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_row_that_changes_under_the_pointer_still_opens(page, desk, queue, language):
    ticket = queue(language)
    box = page.locator(f"[data-open='{ticket}']").bounding_box()
    page.mouse.move(box["x"] + 20, box["y"] + 10)
    page.mouse.down()
    with page.expect_response(lambda answer: "/console/queue" in answer.url):
        other = ask(desk, "web-n", language=language)
    page.wait_for_timeout(300)
    page.mouse.up()
    page.wait_for_selector(f"[data-session-of='{ticket}']")
    page.wait_for_selector(f"[data-open='{other}']")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_keyboard_stays_at_its_row(page, desk, queue, language):
    ticket = queue(language)
    page.focus(f"[data-open='{ticket}']")
    other = ask(desk, "web-n", language=language)
    page.wait_for_selector(f"[data-open='{other}']")
    assert page.evaluate("document.activeElement.dataset.open") == ticket
    page.keyboard.press("Enter")
    page.wait_for_selector(f"[data-session-of='{ticket}']")
