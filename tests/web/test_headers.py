import re

import pytest
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from assistant.web.headers import ProtectPages, content_policy, own_page

PAGE = """<head>
<meta property="og:image" content="https://elsewhere.example/x.jpg" />
<meta
    property="og:description"
    content="Demo"
/>
<meta name="twitter:title" content="Gradio" />
<meta name="viewport" content="width=device-width, initial-scale=1, shrink-to-fit=no" />
<script>a()</script><script type="module" src="./x.js"></script>
</head><body></body>"""


@pytest.fixture
def client():
    def page(_):
        return HTMLResponse(PAGE)

    def words(_):
        return PlainTextResponse("words")

    app = Starlette(routes=[Route("/", page), Route("/other", page), Route("/words", words)])
    return TestClient(ProtectPages(app, ["Lamp & Co", "灯"], ["https://shop.example"]))


def test_every_answer_is_protected(client):
    for path in ("/", "/other", "/words"):
        headers = client.get(path).headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "no-referrer"


def test_a_copy_is_checked_before_it_is_used_again(client):
    assert client.get("/words").headers["Cache-Control"] == "no-cache"


def test_what_the_page_does_not_need_of_gradio_is_shut(client):
    for path in ("/gradio_api/upload", "/gradio_api/file=/etc/passwd", "/gradio_api/queue/join"):
        assert client.get(path).status_code == 404
        assert client.get(path).text == "not found"


def test_pages_carry_a_policy(client):
    policy = client.get("/other").headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "object-src 'none'" in policy
    assert "frame-ancestors 'self' https://shop.example" in policy
    assert "Content-Security-Policy" not in client.get("/words").headers


def test_inline_scripts_run_only_with_the_nonce_of_this_answer(client):
    first, second = client.get("/"), client.get("/")
    nonces = set(re.findall(r'nonce="([^"]+)"', first.text))
    (nonce,) = nonces
    assert f"'nonce-{nonce}'" in first.headers["Content-Security-Policy"]
    assert nonce not in second.text
    assert first.text.count("<script nonce=") == 2
    assert "'unsafe-inline'" not in content_policy("n", ()).split("style-src")[0]


def test_the_page_links_to_no_other_site(client):
    text = client.get("/").text
    assert "elsewhere.example" not in text
    assert "og:" not in text
    assert "twitter:" not in text


def test_the_page_bears_the_name_of_the_shop(client):
    answer = client.get("/")
    assert "<title>Lamp &amp; Co · 灯</title>" in answer.text
    assert int(answer.headers["content-length"]) == len(answer.content)


def test_other_pages_are_not_rewritten(client):
    assert client.get("/other").text == PAGE


def test_a_phone_may_use_its_whole_screen():
    assert "viewport-fit=cover" in own_page(PAGE, "x", "n")
