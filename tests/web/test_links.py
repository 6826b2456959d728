import pytest

from assistant.web.links import page_url, safe_url


@pytest.mark.parametrize(
    "url",
    [
        "https://shop.example/p?id=1&x=2#top",
        "HTTP://shop.example",
        "/products/SH-1",
        "/media/shoe/blue.svg",
    ],
)
def test_web_addresses_and_own_paths_may_be_links(url):
    assert safe_url(url) == url


@pytest.mark.parametrize(
    "url",
    [
        "",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "//evil.example/x",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "https:evil.example",
        "http://",
        "vbscript:x",
        "products/1",
        "mailto:a@b.example",
    ],
)
def test_everything_else_is_no_link(url):
    assert safe_url(url) == ""


def test_pages_of_the_shop_open_in_the_language_of_the_conversation():
    assert page_url("/products/SH-1", "zh") == "/products/SH-1?lang=zh"
    assert page_url("/checkout?items=a:1", "en") == "/checkout?items=a:1&lang=en"


def test_pages_elsewhere_are_left_as_they_are():
    assert page_url("https://shop.example/products/1", "zh") == "https://shop.example/products/1"
    assert page_url("//evil.example/products/", "zh") == ""
