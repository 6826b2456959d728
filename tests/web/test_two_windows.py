"""A shopper and an agent in two browsers at once, in both languages, at a desk and with a phone."""

import os
from pathlib import Path

import pytest

from assistant.tickets import Agent
from tests.web.conftest import DESKTOP, PHONE, Visit

PASSWORD = "correct horse battery"
WORDS = {
    "en-US": {
        "ask": "I'd like to talk to a human",
        "joined": "Mei is here now. You're talking to a person.",
        "where": "My parcel is lost, it's order W1000001",
        "answer": "Hi, I'm Mei. I'm looking for it.",
        "later": "Found it: it arrives tomorrow.",
        "thanks": "show me mugs",
        "returned": "handed you back",
        "rating": "5 stars",
    },
    "zh-CN": {
        "ask": "我要转人工",
        "joined": "Mei已接入，现在由人工客服为您服务。",
        "where": "我的包裹丢了，订单号W1000001",
        "answer": "您好，我是小梅，正在帮您查。",
        "later": "找到了，明天送达。",
        "thanks": "看看马克杯",
        "returned": "转回给我",
        "rating": "5星",
    },
}


class AgentDesk:
    """An agent at the console."""

    def __init__(self, page, address, language):
        self.page, self.address = page, address
        self.complaints = []
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.goto(f"{address}/console/sign-in?lang={language}")
        page.fill("#name", "mei")
        page.fill("#password", PASSWORD)
        page.click("form.sign-in button")
        page.wait_for_selector("[data-queue-list]")

    def open(self, ticket):
        self.page.click(f"[data-open='{ticket}']")
        self.page.wait_for_selector(f"[data-session-of='{ticket}']")

    def do(self, act):
        self.page.click(f"[data-act='{act}']")

    def say(self, text):
        self.page.fill("#answer", text)
        self.page.press("#answer", "Enter")

    def hears(self, text):
        self.page.wait_for_selector(f'[data-turns] .bubble:has-text("{text}")')


@pytest.fixture
def mei(browser, shop, demo_assistant):
    storage = demo_assistant.storage
    for left in storage.tickets(("waiting",)):  # by other tests, and before ours in the queue
        storage.set_ticket_status(left.id, "closed")
    for other in storage.agents():  # those of other tests would be given what waits
        if other.name != "mei":
            storage.set_agent(other.name, {"capacity": 0})
    if storage.find_agent("mei") is None:
        storage.add_agent(Agent("mei", shown_as="Mei", capacity=9), PASSWORD)
    contexts = []

    def enter(language, screen):
        context = browser.new_context(viewport=screen, locale=f"{language}-XX")
        context.set_default_timeout(30_000)
        contexts.append(context)
        return AgentDesk(context.new_page(), shop.address, language)

    yield enter
    for context in contexts:
        context.close()


def shot(page, name):
    """With DAOGOU_SHOTS set, what a person should look at."""
    folder = os.environ.get("DAOGOU_SHOTS")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png")


def sees(shopper, text):
    shopper.page.wait_for_selector(f'.turn.from-desk:has-text("{text}")')


@pytest.mark.parametrize(
    ("locale", "screen"), [("en-US", DESKTOP), ("zh-CN", PHONE)], ids=["en-desktop", "zh-phone"]
)
def test_a_person_takes_over_and_gives_back(visit, mei, demo_assistant, locale, screen):
    words, language = WORDS[locale], locale[:2]
    shopper = visit(locale, screen)
    shopper.say(words["ask"])
    session = shopper.page.evaluate("localStorage.getItem('daogou.session')")
    ticket = demo_assistant.storage.handoff(session).ticket
    agent = mei(language, screen)
    if demo_assistant.storage.find_ticket(ticket).status == "waiting":
        agent.page.click("[data-queue='waiting']")
        agent.page.wait_for_timeout(1_500)  # a free agent is given what waits
    agent.page.click("[data-queue='mine']")
    agent.open(ticket)
    sees(shopper, words["joined"])
    shopper.page.fill("#message", words["where"])
    shopper.page.press("#message", "Enter")
    agent.hears(words["where"])
    agent.say(words["answer"])
    sees(shopper, words["answer"])
    shot(agent.page, f"console-{language}-{screen['width']}")
    shot(shopper.page, f"shopper-{language}-{screen['width']}")
    agent.page.wait_for_timeout(2_200)  # typing is told every two seconds at most
    agent.page.locator("#answer").press_sequentially("abc")
    shopper.page.wait_for_selector(".agent-typing:not([hidden])")
    before = shopper.page.locator("[data-turns]").inner_text()
    shopper.page.reload()
    shopper.settle()
    shopper.page.wait_for_selector(".turn.from-desk")
    assert shopper.page.locator("[data-turns]").inner_text() == before
    agent.say(words["later"])
    sees(shopper, words["later"])
    texts = shopper.page.locator(".bubble.person").all_inner_texts()
    assert texts == [words["answer"], words["later"]]
    agent.do("return")
    sees(shopper, words["returned"])
    assert shopper.say(words["thanks"])
    assert shopper.titles()
    assert shopper.complaints == []
    assert agent.complaints == []


def test_the_stars_and_the_reopening(visit, mei, demo_assistant):
    words = WORDS["en-US"]
    shopper = visit("en-US")
    shopper.say(words["ask"])
    session = shopper.page.evaluate("localStorage.getItem('daogou.session')")
    ticket = demo_assistant.storage.handoff(session).ticket
    agent = mei("en", DESKTOP)
    agent.page.wait_for_timeout(1_500)
    agent.page.click("[data-queue='mine']")
    agent.open(ticket)
    agent.do("resolve")
    shopper.page.wait_for_selector(".quick.stars .chip")
    shot(shopper.page, "shopper-stars")
    assert words["rating"] in shopper.press(".quick.stars .chip")
    assert demo_assistant.storage.find_ticket(ticket).rating == 5
    shopper.page.wait_for_selector("[data-handoff]", state="hidden")
    shopper.page.fill("#message", "where is my order")
    shopper.page.press("#message", "Enter")
    shopper.page.wait_for_selector("[data-handoff]:not([hidden])")
    found = demo_assistant.storage.find_ticket(ticket)
    assert found.is_open
    demo_assistant.storage.set_ticket_status(ticket, "closed")


def test_the_widget_on_the_shops_pages(browser, shop):
    context = browser.new_context(viewport=DESKTOP, locale="en-US")
    context.set_default_timeout(30_000)
    page = context.new_page()
    visiting = Visit(page, shop.address)
    page.goto(f"{shop.address}/shop?lang=en")
    button = page.get_by_role("button", name="Open the chat")
    button.focus()
    page.keyboard.press("Enter")
    frame = page.frame_locator("iframe")
    frame.locator("#daogou.ready").wait_for()
    frame.locator("#message").fill("ceramic mug")
    frame.locator("#message").press("Enter")
    frame.locator(".card").first.wait_for()
    shot(page, "widget-desktop")
    page.locator(".shop-grid a").first.click()
    page.wait_for_load_state()
    frame = page.frame_locator("iframe")
    frame.locator(".card").first.wait_for()
    frame.locator("#message").fill("how much is this one?")
    frame.locator("#message").press("Enter")
    title = page.locator("h1").first.inner_text()
    frame.locator(".turn").last.locator(".theirs .bubble").wait_for()
    assert title.split()[0] in frame.locator(".turn").last.inner_text()
    shot(page, "widget-product")
    page.keyboard.press("Escape")
    page.locator("iframe").wait_for(state="hidden")  # the chat asks the page to close it
    assert page.get_by_role("button", name="Open the chat").is_visible()
    assert visiting.foreign() == []
    context.close()
