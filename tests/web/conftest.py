"""A shop on the web for the tests of this folder, and a browser to visit it."""

import os
import shutil
import socket
import threading
from collections.abc import Callable, Iterator

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, sync_playwright
from starlette.testclient import TestClient

from assistant.engine import Assistant
from assistant.settings import Settings
from assistant.web.server import make_app

DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}

_CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@pytest.fixture(scope="session")
def shop_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The default settings, over a home that nothing is read from."""
    return Settings.load(tmp_path_factory.mktemp("settings"))


@pytest.fixture(scope="session")
def client(demo_assistant: Assistant, shop_settings: Settings) -> TestClient:
    """Requests to the demo shop without a network."""
    return TestClient(make_app(demo_assistant, shop_settings))


class Shop:
    """A web server in a thread that can be stopped and started again at the same address."""

    def __init__(self, assistant: Assistant, settings: Settings) -> None:
        self._app = make_app(assistant, settings)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Serve, and return once requests are answered."""
        config = uvicorn.Config(self._app, "127.0.0.1", self.port, log_level="error", ws="none")
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, daemon=True)
        self._thread.start()
        while not self._server.started:
            if not self._thread.is_alive():
                raise RuntimeError("the web server stopped while it started")
            self._thread.join(0.02)

    def stop(self) -> None:
        """Stop, also when a browser still holds its connections open."""
        self._server.should_exit = self._server.force_exit = True
        self._thread.join()


@pytest.fixture(scope="session")
def shop(demo_assistant: Assistant, shop_settings: Settings) -> Iterator[Shop]:
    """The demo shop, served at an address of its own."""
    served = Shop(demo_assistant, shop_settings)
    served.start()
    yield served
    served.stop()


@pytest.fixture(scope="session")
def chromium() -> str:
    """Where a browser is installed; without one the tests that need it are skipped by name."""
    found = next((path for name in _CHROMIUM if (path := shutil.which(name))), None)
    if found is None:
        missing = "no Chromium is installed (apt-get install chromium)"
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    return found


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """The installed browser, without a window."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=_ARGUMENTS)
        yield started
        started.close()


class Visit:
    """A shopper at the chat page, and everything the page asked for and complained about."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address
        self.requests: list[str] = []
        self.complaints: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("dialog", lambda dialog: self._refuse(dialog))
        page.on("console", self._listen)

    def _refuse(self, dialog) -> None:
        self.complaints.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _listen(self, message) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)

    def open(self) -> None:
        """Open the page and wait until it can be written to."""
        self.page.goto(self.address)
        self.settle()

    def settle(self) -> None:
        """Wait until the page is ready and every message is answered."""
        filled = "#daogou.ready [data-cart-body] :is(.cart-none, .lines)"
        self.page.wait_for_selector(filled, state="attached")
        self.page.wait_for_selector(".typing", state="detached")

    def say(self, text: str) -> str:
        """Write a message, press Enter, and give the answer's words."""
        self.page.fill("#message", text)
        self.page.press("#message", "Enter")
        return self.answer()

    def press(self, selector: str) -> str:
        """Press a button that sends something, and give the answer's words."""
        before = self.page.locator(".turn").count()
        self.page.locator(selector).first.click()
        self.page.wait_for_function(f"document.querySelectorAll('.turn').length > {before}")
        return self.answer()

    def answer(self) -> str:
        """The words of the newest answer."""
        self.settle()
        return self.page.locator(".turn").last.locator(".answer").inner_text()

    def titles(self) -> list[str]:
        """The products of the newest answer."""
        return self.page.locator(".turn").last.locator(".card h3").all_inner_texts()

    def foreign(self) -> list[str]:
        """What the page asked of other machines."""
        inside = (self.address, "data:", "blob:")
        return [url for url in self.requests if not url.startswith(inside)]


@pytest.fixture
def visit(browser: Browser, shop: Shop) -> Iterator[Callable[..., Visit]]:
    """A function that opens the shop: ``visit("zh-CN", PHONE)``."""
    contexts = []

    def enter(locale: str = "en-US", screen: dict[str, int] = DESKTOP) -> Visit:
        phone = screen is PHONE
        context = browser.new_context(
            viewport=screen, locale=locale, has_touch=phone, is_mobile=phone
        )
        context.set_default_timeout(20_000)
        contexts.append(context)
        visiting = Visit(context.new_page(), shop.address)
        visiting.open()
        return visiting

    yield enter
    for context in contexts:
        context.close()
