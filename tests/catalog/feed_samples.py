"""One small shop written as a feed in every format, for the contract they all share."""

import csv
import io
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from catalog.feeds import Mapping


@dataclass(frozen=True)
class Choice:
    """A variant; ``before`` is the price before a reduction."""

    id: str
    price: str
    size: str = ""
    before: str = ""
    stock: bool = True


@dataclass(frozen=True)
class Goods:
    """A product as a shop's owner would describe it."""

    id: str
    title: str
    choices: Sequence[Choice]
    description: str = ""
    brand: str = ""
    category: str = ""


@dataclass(frozen=True)
class Sample:
    """A format: how goods are written in it, and what opening such a file needs.

    ``numbered`` feeds number their products, so that one without an id of its own has one;
    ``parents`` is how many rows a product with variants has besides those of its variants, and
    ``streamed`` says that the first product comes before the file is read to its end.
    """

    file: str
    write: Callable[[Sequence[Goods]], str]
    options: dict[str, object] = field(default_factory=dict)
    numbered: bool = False
    parents: int = 0
    streamed: bool = True


SHOES = Goods(
    "shoes",
    "Trail Runner",
    (Choice("shoes-41", "79.90", "41", "99.90"), Choice("shoes-42", "79.90", "42", stock=False)),
    "<p>Light &amp; fast.</p><ul><li>vegan</li></ul>",
    "Fernweg",
    "Shoes > Running",
)
HEADPHONES = Goods(
    "bt-1",
    "云雀 无线降噪蓝牙耳机",
    (Choice("bt-1", "299.00"),),
    "续航三十小时",
    "云雀",
    "数码 > 耳机",
)
MUG = Goods("mug", "Mug <b>Blue</b> & White", (Choice("mug", "12.50"),))
SHOP = (SHOES, HEADPHONES, MUG)


def rows_of(goods: Sequence[Goods]) -> list[tuple[Goods, Choice, bool]]:
    return [(one, c, c is one.choices[0]) for one in goods for c in one.choices]


def as_csv(header: Sequence[str], rows: Sequence[Sequence[str]], delimiter: str = ",") -> str:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue()


def google_xml(goods: Sequence[Goods]) -> str:
    items = "\n".join(
        "<item>" + "".join(f"<{n}>{escape(v)}</{n}>" for n, v in _google(one, choice)) + "</item>"
        for one, choice, _ in rows_of(goods)
    )
    return (
        '<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0">\n'
        f"<channel><title>Shop</title>\n{items}\n</channel></rss>\n"
    )


def google_atom(goods: Sequence[Goods]) -> str:
    items = "\n".join(
        "<entry>" + "".join(f"<{n}>{escape(v)}</{n}>" for n, v in _google(one, choice)) + "</entry>"
        for one, choice, _ in rows_of(goods)
    )
    return (
        '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:g="http://base.google.com/ns/1.0">\n'
        f"<title>Shop</title>\n{items}\n</feed>\n"
    )


def google_tsv(goods: Sequence[Goods]) -> str:
    names = [n.removeprefix("g:") for n, _ in _google(SHOES, SHOES.choices[0])]
    rows = [
        [dict(_google(one, choice)).get(name) or dict(_google(one, choice)).get(f"g:{name}", "")
         for name in names]
        for one, choice, _ in rows_of(goods)
    ]  # fmt: skip
    return as_csv(names, rows, "\t")


def _google(one: Goods, choice: Choice) -> list[tuple[str, str]]:
    reduced = choice.price if choice.before else ""
    group = one.id if len(one.choices) > 1 else ""
    fields = [
        ("g:id", choice.id if group else one.id),
        ("title", one.title),
        ("description", one.description),
        ("g:brand", one.brand),
        ("g:product_type", one.category),
        ("g:item_group_id", group),
        ("g:size", choice.size),
        ("g:price", f"{choice.before or choice.price} USD"),
        ("g:sale_price", f"{reduced} USD" if reduced else ""),
        ("g:availability", "in_stock" if choice.stock else "out_of_stock"),
    ]
    return fields


def shopify_classic(goods: Sequence[Goods]) -> str:
    header = (
        "Handle,Title,Body (HTML),Vendor,Product Category,Option1 Name,Option1 Value,Variant SKU,"
        "Variant Inventory Tracker,Variant Inventory Qty,Variant Inventory Policy,Variant Price,"
        "Variant Compare At Price,Status"
    )
    return as_csv(header.split(","), [_shopify(*row) for row in rows_of(goods)])


def shopify_2024(goods: Sequence[Goods]) -> str:
    header = (
        "URL handle,Title,Description,Vendor,Product category,Option1 name,Option1 value,SKU,"
        "Inventory tracker,Inventory quantity,Continue selling when out of stock,Price,"
        "Compare-at price,Status"
    )
    return as_csv(header.split(","), [_shopify(*row) for row in rows_of(goods)])


def _shopify(one: Goods, choice: Choice, first: bool) -> list[str]:
    about = [one.title, one.description, one.brand, one.category] if first else [""] * 4
    option = ["Size" if first else "", choice.size] if choice.size else ["Title", "Default Title"]
    counted = ["shopify", "5" if choice.stock else "0", "deny"]
    status = "active" if first else ""
    return [one.id, *about, *option, choice.id, *counted, choice.price, choice.before, status]


def woocommerce(goods: Sequence[Goods]) -> str:
    """Variations after all other products, the way WooCommerce's own sample has them."""
    header = (
        "ID,Type,SKU,Name,Published,Visibility in catalog,Description,In stock?,Sale price,"
        "Regular price,Categories,Parent,Brands,Attribute 1 name,Attribute 1 value(s)"
    )
    parents, variations = [], []
    for number, one in enumerate(goods):
        variable = len(one.choices) > 1
        about = ["1", "visible", one.description]
        kind = "variable" if variable else "simple"
        sizes = ["Size", ", ".join(c.size for c in one.choices)] if variable else ["", ""]
        money = ["1", "", ""] if variable else _woo_money(one.choices[0])
        last = [one.category, "", one.brand]
        parents.append([f"{number}", kind, one.id, one.title, *about, *money, *last, *sizes])
        for c in one.choices if variable else ():
            row = ["", "variation", c.id, one.title, "1", "visible", "", *_woo_money(c)]
            variations.append([*row, "", one.id, "", "Size", c.size])
    return as_csv(header.split(","), [*parents, *variations])


def _woo_money(choice: Choice) -> list[str]:
    stock = "1" if choice.stock else "0"
    return [stock, choice.price if choice.before else "", choice.before or choice.price]


def schema_array(goods: Sequence[Goods]) -> str:
    return json.dumps([_schema(one) for one in goods], ensure_ascii=False, indent=1)


def schema_graph(goods: Sequence[Goods]) -> str:
    graph = [{"@type": "WebSite", "name": "Shop"}, *map(_schema, goods)]
    document = {"@context": "https://schema.org", "@graph": graph}
    return json.dumps(document, ensure_ascii=False, indent=1)


def schema_lines(goods: Sequence[Goods]) -> str:
    return "".join(json.dumps(_schema(one), ensure_ascii=False) + "\n" for one in goods)


def schema_html(goods: Sequence[Goods]) -> str:
    # As a page must: "</" inside a script would end it.
    texts = (json.dumps(_schema(one), ensure_ascii=False).replace("</", "<\\/") for one in goods)
    scripts = "\n".join(f'<script type="application/ld+json">{text}</script>' for text in texts)
    return f"<!DOCTYPE html>\n<html><head>\n{scripts}\n</head><body>Hi</body></html>\n"


def _schema(one: Goods) -> dict[str, object]:
    about = {
        "name": one.title,
        "description": one.description,
        "brand": {"@type": "Brand", "name": one.brand},
        "category": one.category,
    }
    if len(one.choices) == 1:
        return {"@type": "Product", "sku": one.id, **about, **_offer(one.choices[0])}
    variants = [
        {"@type": "Product", "sku": c.id, "name": one.title, "size": c.size, **_offer(c)}
        for c in one.choices
    ]
    group = {"@type": "ProductGroup", "productGroupID": one.id, "variesBy": "size"}
    return {**group, **about, "hasVariant": variants}


def _offer(choice: Choice) -> dict[str, object]:
    offer: dict[str, object] = {
        "@type": "Offer",
        "price": choice.price,
        "priceCurrency": "USD",
        "availability": f"https://schema.org/{'InStock' if choice.stock else 'OutOfStock'}",
    }
    if choice.before:
        kind = "https://schema.org/StrikethroughPrice"
        offer["priceSpecification"] = [{"priceType": kind, "price": choice.before}]
    return {"offers": offer}


_COLUMNS = "group,id,name,text,maker,path,size,price,before,stock"


def mapped_csv(goods: Sequence[Goods]) -> str:
    return as_csv(_COLUMNS.split(","), [_mapped(*row) for row in rows_of(goods)], ";")


def mapped_lines(goods: Sequence[Goods]) -> str:
    rows = (dict(zip(_COLUMNS.split(","), _mapped(*row), strict=True)) for row in rows_of(goods))
    return "".join(json.dumps({"item": row}, ensure_ascii=False) + "\n" for row in rows)


def _mapped(one: Goods, c: Choice, first: bool) -> list[str]:
    about = [one.title, one.description, one.brand, one.category]
    return [one.id, c.id, *about, c.size, c.price, c.before, "yes" if c.stock else "no"]


def mapping(kind: str) -> Mapping:
    return Mapping.model_validate(
        {
            "source": {"kind": kind, "record": "item" if kind == "jsonl" else ""},
            "columns": {
                "id": "id",
                "title": "name",
                "description": "text",
                "brand": "maker",
                "availability": "stock",
            },
            "category": {"path": "path"},
            "price": {"column": "price", "list_column": "before", "currency": "USD"},
            "variants": {"group": "group", "options": {"size": "size"}},
        }
    )


SAMPLES = {
    "google_xml": Sample("feed.xml", google_xml),
    "google_atom": Sample("feed.xml", google_atom),
    "google_tsv": Sample("feed.txt", google_tsv),
    "shopify_classic": Sample("feed.csv", shopify_classic),
    "shopify_2024": Sample("feed.csv", shopify_2024),
    "woocommerce": Sample("feed.csv", woocommerce, numbered=True, parents=1, streamed=False),
    "schema_array": Sample("feed.jsonld", schema_array),
    "schema_graph": Sample("feed.json", schema_graph),
    "schema_lines": Sample("feed.json", schema_lines),
    "schema_html": Sample("page.html", schema_html, streamed=False),
    "mapped_csv": Sample("feed.csv", mapped_csv, {"mapping": mapping("csv")}),
    "mapped_lines": Sample("feed.jsonl", mapped_lines, {"mapping": mapping("jsonl")}),
}
