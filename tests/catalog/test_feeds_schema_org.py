"""JSON-LD: what a page or a file says of products in schema.org's terms."""

import json
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from catalog.feeds import Accepted, open_feed
from catalog.types import Attribute, Availability, LocalText, Price

NOW = datetime(2024, 6, 15, 12, tzinfo=UTC)


@pytest.fixture
def read(tmp_path):
    def read_text(text, **options):
        path = tmp_path / "feed"
        path.write_text(text, encoding="utf-8")
        return list(open_feed(path, now=NOW, **options))

    return read_text


def en(text):
    return LocalText(en=text)


def product(rows):
    (row,) = rows
    assert isinstance(row, Accepted), row
    return row.product


class TestSchemaOrg:
    def read_node(self, read, node):
        return read(json.dumps(node, ensure_ascii=False) + "\n")

    def test_texts_in_two_languages(self, read):
        names = [
            {"@value": "Kettle", "@language": "en-GB"},
            {"@value": "水壶", "@language": "zh-Hans"},
        ]
        node = {"@type": "Product", "sku": "k", "name": names, "description": "<p>Boils</p>"}
        found = product(self.read_node(read, node))
        assert found.title == LocalText("Kettle", "水壶")
        assert found.description == en("Boils")

    def test_everything_a_merchant_listing_says(self, read):
        node = {
            "@type": ["http://schema.org/Product"], "gtin13": "4006381333931", "name": "Pen",
            "url": "http://x/pen", "image": ["http://x/1", {"url": "http://x/2"}],
            "brand": {"name": "Stabilo"}, "category": ["Pens", "Office > Pens > Gel"],
            "color": ["Red", "Blue"], "material": "Steel",
            "weight": {"value": 12, "unitCode": "GRM"}, "width": "14 cm",
            "additionalProperty": [
                {"name": "Line width", "value": 0.4, "unitText": "mm"},
                {"name": "Refillable", "value": True}, {"name": "Tip", "value": ["fine", "round"]},
            ],
            "aggregateRating": {"ratingValue": "8,6", "bestRating": 10, "reviewCount": "12"},
            "offers": {
                "@type": "AggregateOffer",
                "offers": [
                    {"price": 2.5, "priceCurrency": "USD", "availability": "OutOfStock"},
                    {"price": "15", "priceCurrency": "CNY", "availability": "http://schema.org/InStock"},
                ],
            },
        }  # fmt: skip
        found = product(self.read_node(read, node))
        assert (found.id, found.url) == ("4006381333931", "http://x/pen")
        assert found.images == ("http://x/1", "http://x/2")
        assert [level.en for level in found.category] == ["Office", "Pens", "Gel"]
        assert found.values("color") == (en("Red"), en("Blue"))
        assert found.values("material") == (en("Steel"),)
        assert Attribute("weight", Decimal(12), "g") in found.attributes
        assert Attribute("width", Decimal(14), "cm") in found.attributes
        label = en("Line width")
        assert Attribute("line_width", Decimal("0.4"), "mm", label) in found.attributes
        assert found.values("refillable") == (True,)
        assert found.values("tip") == (en("fine"), en("round"))
        assert (found.rating, found.review_count) == (4.3, 12)
        (variant,) = found.variants
        prices = (Price(Decimal("2.5"), "USD"), Price(Decimal(15), "CNY"))
        assert variant.prices == prices
        assert variant.availability is Availability.IN_STOCK

    def test_variants_that_name_their_group_stand_together(self, read):
        rows = "".join(
            json.dumps(
                {"@type": "Product", "sku": f"s-{size}", "name": f"Shirt {size}", "size": size,
                 "isVariantOf": {"@type": "ProductGroup", "productGroupID": "s", "name": "Shirt"}}
            ) + "\n"
            for size in ("S", "M")
        )  # fmt: skip
        found = product(read(rows))
        assert (found.id, found.title) == ("s", en("Shirt"))
        assert [one.option("size").en for one in found.variants] == ["S", "M"]

    def test_products_are_found_where_pages_hold_them(self, read):
        node = {
            "@type": "ItemList",
            "itemListElement": [
                {"@type": "ListItem", "item": {"@type": "Product", "sku": "a", "name": "A"}},
                {"@type": "WebPage", "mainEntity": {"@type": "Product", "sku": "b", "name": "B"}},
                {"@type": "ListItem", "item": "http://x/c"},
            ],
        }
        assert [row.product.id for row in self.read_node(read, node)] == ["a", "b"]

    def test_other_nodes_are_left_with_a_warning(self, tmp_path):
        path = tmp_path / "feed"
        path.write_text('{"@type": "WebSite", "name": "Shop"}\n{"@type": "Organization"}\n')
        feed = open_feed(path)
        assert list(feed) == []
        assert feed.warnings == ("2 nodes are no products and were left: Organization, WebSite",)

    @pytest.mark.parametrize(
        ("more", "reason"),
        [
            ({"aggregateRating": {"ratingValue": 9}}, "from 0 to 5"),
            ({"aggregateRating": {"ratingValue": 1, "bestRating": -1}}, "bestRating"),
            ({"aggregateRating": {"ratingValue": 4, "reviewCount": -2}}, "reviewCount"),
            ({"offers": {"price": "soon"}}, "expected a price"),
            ({"offers": {"availability": "maybe"}}, "expected an availability"),
        ],
    )
    def test_wrong_values_cost_the_product(self, read, more, reason):
        (row,) = self.read_node(read, {"@type": "Product", "sku": "a", "name": "A", **more})
        assert reason in row.reason
