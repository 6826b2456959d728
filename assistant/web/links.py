"""Which addresses may become a link or a picture."""

import re
from urllib.parse import quote, urlencode

from catalog.types import Language

_ABSOLUTE = re.compile(r"https?://[^/\s\\]", re.IGNORECASE)
_UNSAFE = re.compile(r"[\x00-\x20\x7f\\]")
_OWN_PAGES = ("/products/", "/checkout")


def safe_url(url: str) -> str:
    """The address if it is http(s) or a path of this site, else an empty string.

    ``//host`` and backslashes, which browsers read as another site, are refused.
    """
    if _UNSAFE.search(url):
        return ""
    if _ABSOLUTE.match(url):
        return url
    return url if url.startswith("/") and not url.startswith("//") else ""


def page_url(url: str, language: Language) -> str:
    """A safe address; a page of the shop opens in the language of the conversation."""
    safe = safe_url(url)
    if not safe.startswith(_OWN_PAGES):
        return safe
    return safe + ("&" if "?" in safe else "?") + urlencode({"lang": language})


def product_path(product_id: str) -> str:
    """Where the product's own page lies."""
    return f"/products/{quote(product_id, safe='')}"
