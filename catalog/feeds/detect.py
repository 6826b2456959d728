"""Which format a feed is in, seen from its beginning."""

import re
from typing import Literal

from catalog.feeds.delimited import split_header
from catalog.feeds.google import field_name
from catalog.feeds.movielens import COLUMNS
from catalog.feeds.rows import FeedError
from catalog.feeds.shopify import column_key
from catalog.feeds.source import Source
from catalog.feeds.texts import one_line

Format = Literal[
    "google_xml",
    "google_table",
    "shopify",
    "woocommerce",
    "schema_json",
    "schema_html",
    "movielens",
]

_HTML = re.compile(r"<!doctype\s+html|<(?:html|head|body|script|meta)[\s>]", re.IGNORECASE)
_SHOPIFY = frozenset(("description", "vendor", "price", "option1 name", "sku", "status"))
_WOOCOMMERCE = frozenset(("regular price", "published", "visibility in catalog", "in stock?"))
_GOOGLE = frozenset(("link", "image_link", "availability", "price", "item_group_id", "brand"))


def detect_format(source: Source, wanted: str | None) -> Format:
    """The format of the feed; ``wanted`` (see ``FORMATS``) leaves only its variants to find.

    Raises:
        FeedError: It is none of them.
    """
    beginning = _beginning(source)
    if wanted == "google":
        return "google_xml" if beginning.startswith("<") else "google_table"
    if wanted == "schema_org":
        return "schema_html" if beginning.startswith("<") else "schema_json"
    if wanted == "shopify":
        return "shopify"
    if wanted == "woocommerce":
        return "woocommerce"
    if wanted == "movielens":
        return "movielens"
    if beginning.startswith("<"):
        return "schema_html" if _HTML.search(beginning) else "google_xml"
    if beginning.startswith(("{", "[")):
        return "schema_json"
    return _by_header(beginning)


def _beginning(source: Source) -> str:
    head = source.head()
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", "replace").lstrip("\ufeff \t\r\n")
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"<", b"{", b"[")):
        return head.decode("utf-8", "replace").lstrip("\ufeff \t\r\n")
    return head.decode(source.encoding(), "replace").lstrip("\ufeff \t\r\n")


def _by_header(beginning: str) -> Format:
    header = split_header(re.split(r"[\r\n]", beginning, maxsplit=1)[0])
    shopify = {column_key(name) for name in header}
    if {"url handle", "title"} <= shopify and shopify & _SHOPIFY:
        return "shopify"
    woocommerce = {one_line(name).casefold() for name in header}
    if {"type", "name"} <= woocommerce and woocommerce & _WOOCOMMERCE:
        return "woocommerce"
    google = {field_name(name) for name in header}
    if {"id", "title"} <= google and google & _GOOGLE:
        return "google_table"
    if {one_line(name).casefold() for name in header} >= COLUMNS:
        return "movielens"
    if "\0" in beginning:
        raise FeedError("expected a text, got NUL characters: UTF-16 must begin with its mark")
    names = ", ".join(header)[:300]
    raise FeedError(f"none of the known formats has the columns {names!r}: give a mapping")
