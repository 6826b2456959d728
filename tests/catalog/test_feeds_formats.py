"""What is special in each known format."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from catalog.feeds import Accepted, Rejected, open_feed
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


class TestGoogle:
    def item(self, **fields):
        fields = {"id": "a", "title": "Bag", **fields}
        inner = "".join(f"<g:{name}>{text}</g:{name}>" for name, text in fields.items())
        return f"<item>{inner}</item>"

    def feed(self, *items):
        return f'<rss xmlns:g="http://base.google.com/ns/1.0">{"".join(items)}</rss>'

    @pytest.mark.parametrize(
        ("window", "price"),
        [
            ("", Price(Decimal(8), "USD", Decimal(10))),
            ("2024-06-01T00:00+0000/2024-06-30T00:00+0000", Price(Decimal(8), "USD", Decimal(10))),
            ("2024-07-01T00:00+0000/2024-07-30T00:00+0000", Price(Decimal(10), "USD")),
            ("2024-05-01/2024-05-30", Price(Decimal(10), "USD")),
        ],
    )
    def test_a_sale_price_holds_in_its_window(self, read, window, price):
        fields = {"price": "10 USD", "sale_price": "8 USD", "sale_price_effective_date": window}
        assert product(read(self.feed(self.item(**fields)))).variants[0].prices == (price,)

    @pytest.mark.parametrize("window", ["soon", "2024-06-01", "a/b"])
    def test_a_window_that_is_none_is_rejected(self, read, window):
        fields = {"price": "10 USD", "sale_price": "8 USD", "sale_price_effective_date": window}
        (row,) = read(self.feed(self.item(**fields)))
        assert isinstance(row, Rejected)

    def test_a_sale_price_in_another_currency_is_rejected(self, read):
        (row,) = read(self.feed(self.item(price="10 USD", sale_price="8 EUR")))
        assert row.reason == "the price is in USD, the sale price in EUR"

    def test_what_differs_in_a_group_is_an_option_and_the_rest_an_attribute(self, read):
        same = {"item_group_id": "g", "color": "Red/Blue", "gender": "female"}
        items = [self.item(id=size, size=size, **same) for size in ("S", "M")]
        found = product(read(self.feed(*items)))
        assert found.id == "g"
        assert [one.options for one in found.variants] == [
            (("size", en("S")),),
            (("size", en("M")),),
        ]
        assert found.values("color") == (en("Red"), en("Blue"))
        assert found.values("gender") == (en("female"),)

    def test_details_measures_and_highlights(self, read):
        detail = (
            "<g:attribute_name>Display, main</g:attribute_name>"
            "<g:attribute_value>15.6 in</g:attribute_value>"
        )
        found = product(
            read(
                self.feed(
                    self.item(
                        product_weight="1.4 kg",
                        product_detail=f"<g:section_name>General</g:section_name>{detail}",
                        product_highlight="Light",
                        description="A bag",
                        mpn="X1",
                    )
                )
            )
        )
        assert Attribute("weight", Decimal("1.4"), "kg") in found.attributes
        label = en("Display, main")
        assert Attribute("display_main", Decimal("15.6"), "inch", label) in found.attributes
        assert found.values("mpn") == (en("X1"),)
        assert found.description == en("A bag\n• Light")

    def test_details_in_a_table(self, read):
        header = "id\ttitle\tproduct detail\tg:product type\timage link\tadditional_image_link\n"
        row = "a\t包\t常规:颜色:红,Technology:Display:LED,bad\tBags > 手提包\thttp://x/1\thttp://x/2,http://x/3\n"
        found = product(read(header + row))
        assert found.values("color") == (LocalText(zh="红"),)
        assert found.values("display") == (en("LED"),)
        assert found.category == (en("Bags"), LocalText(zh="手提包"))
        assert found.images == ("http://x/1", "http://x/2", "http://x/3")

    def test_an_atom_link_and_a_numeric_category(self, read):
        text = (
            '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:g="http://base.google.com/ns/1.0">'
            '<entry><g:id>a</g:id><title>Bag</title><link href="http://x/a"/>'
            "<g:google_product_category>3032</g:google_product_category></entry></feed>"
        )
        found = product(read(text))
        assert found.url == "http://x/a"
        assert found.category == ()

    def test_a_group_that_comes_back_adds_to_its_product(self, read):
        group = {"item_group_id": "g"}
        rows = read(
            self.feed(
                self.item(id="1", size="S", **group),
                self.item(id="other"),
                self.item(id="2", size="M", **group),
                self.item(id="1", size="S", **group),
            )
        )
        accepted = [(row.product.id, row.adds) for row in rows if isinstance(row, Accepted)]
        assert accepted == [("g", False), ("other", False), ("g", True)]
        (again,) = [row for row in rows if isinstance(row, Rejected)]
        assert again.reason == "the variant '1' came earlier in the feed"

    def test_preorder(self, read):
        found = product(read(self.feed(self.item(availability="preorder"))))
        assert found.variants[0].availability is Availability.PREORDER


class TestShopify:
    HEADER = (
        "Handle,Title,Vendor,Type,Tags,Published,Option1 Name,Option1 Value,Option2 Name,"
        "Option2 Value,Variant SKU,Variant Grams,Variant Inventory Tracker,Variant Inventory Qty,"
        "Variant Inventory Policy,Variant Price,Variant Compare At Price,Image Src,Variant Image,"
        "Google Shopping / Gender,Fabric (product.metafields.custom.fabric),"
        "Washable (product.metafields.custom.washable),Status\n"
    )

    def test_variants_pictures_metafields_and_tags(self, read):
        rows = (
            'tee,Tee,Vogel,Tops,"cotton, 夏季",true,Color,Red,Size,S,,180,shopify,4,deny,20,25,'
            "http://x/1,http://x/red,unisex,Cotton; Linen,true,active\n"
            "tee,,,,,,,Blue,,S,sku-2,180,shopify,0,deny,20,,http://x/2,,,,,\n"
            "tee,,,,,,,Blue,,M,,180,shopify,0,continue,20,,,,,,,\n"
            "tee,,,,,,,,,,,,,,,,,http://x/3,,,,,\n"
        )
        (row,) = read(self.HEADER + rows)
        found = row.product
        assert row.rows == 4
        assert [one.id for one in found.variants] == ["tee:Red:S", "sku-2", "tee:Blue:M"]
        assert found.variants[0].options == (("color", en("Red")), ("size", en("S")))
        assert found.variants[0].image == "http://x/red"
        states = [(one.availability, one.quantity) for one in found.variants]
        assert states == [
            (Availability.IN_STOCK, 4),
            (Availability.OUT_OF_STOCK, 0),
            (Availability.BACKORDER, None),
        ]
        assert found.images == ("http://x/1", "http://x/2", "http://x/3")
        assert found.values("fabric") == (en("Cotton"), en("Linen"))
        assert found.values("washable") == (True,)
        assert found.values("tag") == (en("cotton"), LocalText(zh="夏季"))
        assert found.values("gender") == (en("unisex"),)
        assert Attribute("weight", Decimal(180), "g") in found.attributes
        assert found.category == (en("Tops"),)

    def test_what_no_stock_is_kept_of_can_be_bought(self, read):
        row = "tee,Tee,,,,true,Title,Default Title,,,,,,0,deny,20,,,,,,,\n"
        (variant,) = product(read(self.HEADER + row)).variants
        assert (variant.id, variant.options, variant.quantity) == ("tee", (), None)
        assert variant.available

    @pytest.mark.parametrize(
        ("published", "status", "reason"),
        [
            ("false", "active", "the product is not published"),
            ("true", "draft", "the product's status is draft"),
            ("true", "archived", "the product's status is archived"),
        ],
    )
    def test_what_the_shop_does_not_show_is_rejected(self, read, published, status, reason):
        row = f"tee,Tee,,,,{published},,,,,,,,,,20,,,,,,,{status}\n"
        (found,) = read(self.HEADER + row)
        assert found.reason == reason

    def test_the_taxonomy_comes_before_the_type(self, read):
        text = (
            "URL handle,Title,Product category,Type,Price\n"
            "tee,Tee,Apparel > Clothing > Tops,Basics,20\nmug,Mug,gid://shopify/x/1,Cups,5\n"
        )
        tee, mug = (row.product for row in read(text))
        assert [level.en for level in tee.category] == ["Apparel", "Clothing", "Tops"]
        assert tee.values("type") == (en("Basics"),)
        assert mug.category == (en("Cups"),)

    def test_a_variant_with_a_bad_price_costs_only_itself(self, read):
        rows = (
            "tee,Tee,,,,true,Size,S,,,,,,,,20,,,,,,,\n"
            "tee,,,,,,,M,,,,,,,,-20,,,,,,,\ntee,,,,,,,L,,,,,,,,20,,,,,,,\n"
        )
        bad, good = read(self.HEADER + rows)
        assert (bad.line, bad.reason) == (3, "a price must not be negative, got '-20'")
        assert [one.id for one in good.product.variants] == ["tee:S", "tee:L"]

    def test_prices_are_in_the_currency_of_the_shop(self, read):
        row = "tee,T恤,,,,true,,,,,,,,,,59,79,,,,,,\n"
        (variant,) = product(read(self.HEADER + row, currency="CNY")).variants
        assert variant.prices == (Price(Decimal(59), "CNY", Decimal(79)),)


class TestWooCommerce:
    HEADER = (
        "ID,Type,SKU,Name,Published,Visibility in catalog,Short description,Description,"
        "Date sale price starts,Date sale price ends,In stock?,Stock,Backorders allowed?,"
        "Weight (kg),Sale price,Regular price,Categories,Tags,Images,Parent,"
        "Attribute 1 name,Attribute 1 value(s),Attribute 2 name,Attribute 2 value(s)\n"
    )

    def row(self, **cells):
        names = self.HEADER.strip().split(",")
        given = {"Published": "1", "Type": "simple", **cells}
        return ",".join(f'"{given.get(name, "")}"' for name in names) + "\n"

    def test_variations_find_their_parents_by_sku_and_by_number(self, read):
        sizes = {"Attribute 1 name": "Size", "Attribute 1 value(s)": "S, M"}
        colors = {"Attribute 2 name": "颜色", "Attribute 2 value(s)": "红, 蓝"}
        text = (
            self.HEADER
            + self.row(**{"ID": "9", "Type": "variation", "SKU": "h-s", "Parent": "id:7",
                          "Regular price": "30", "Attribute 1 name": "Size",
                          "Attribute 1 value(s)": "S", "Images": "http://x/s"})
            + self.row(**{"ID": "7", "Type": "variable", "SKU": "hood", "Name": "Hoodie",
                          "Images": "http://x/h", **sizes, **colors})
            + self.row(**{"ID": "8", "SKU": "cap", "Name": "Cap", "Regular price": "9"})
            + self.row(**{"ID": "10", "Type": "variation", "Parent": "hood",
                          "Regular price": "31", "Attribute 1 name": "Size",
                          "Attribute 1 value(s)": "M"})
        )  # fmt: skip
        hoodie, cap = read(text)
        assert (hoodie.product.id, hoodie.line, hoodie.rows) == ("hood", 3, 3)
        assert [one.id for one in hoodie.product.variants] == ["h-s", "id:10"]
        assert [one.option("size").en for one in hoodie.product.variants] == ["S", "M"]
        assert hoodie.product.variants[0].image == "http://x/s"
        assert hoodie.product.values("size") == ()
        # No variation has a colour of its own: every one comes in each.
        assert hoodie.product.values("color") == (LocalText(zh="红"), LocalText(zh="蓝"))
        assert cap.product.id == "cap"

    def test_variations_without_a_parent_are_rejected(self, read):
        text = self.HEADER + self.row(Type="variation", SKU="x", Parent="gone")
        (row,) = read(text)
        assert row.reason == "its parent 'gone' is not in the feed"

    def test_variations_of_a_hidden_parent_go_with_it(self, read):
        hidden = {"Type": "variable", "SKU": "p", "Name": "Set", "Visibility in catalog": "hidden"}
        text = self.HEADER + self.row(**hidden) + self.row(Type="variation", SKU="v", Parent="p")
        reasons = [(row.line, row.reason) for row in read(text)]
        assert reasons == [
            (2, "the product is hidden from the catalogue"),
            (3, "its parent: the product is hidden from the catalogue"),
        ]

    def test_a_variable_product_without_variations_is_rejected(self, read):
        (row,) = read(self.HEADER + self.row(Type="variable", SKU="p", Name="Set"))
        assert row.reason == "no variant of this product can be read"

    @pytest.mark.parametrize("published", ["0", "-1"])
    def test_drafts_are_rejected(self, read, published):
        (row,) = read(self.HEADER + self.row(SKU="p", Name="Set", Published=published))
        assert "not published" in row.reason

    def test_the_deepest_category_and_measures_and_lists(self, read):
        cells = {
            "SKU": "p", "Name": "Set", "Type": "simple, downloadable, virtual",
            "Categories": "New, Music > Vinyl > Jazz, Music > CD", "Tags": "blue, gift",
            "Weight (kg)": ".5", "Attribute 1 name": "Length",
            "Attribute 1 value(s)": "45 min", "Attribute 2 name": "Label",
            "Attribute 2 value(s)": "Verve\\, Inc., Impulse",
            "Description": "One\\nTwo", "Short description": "Short",
            "Images": "http://x/1, http://x/2",
        }  # fmt: skip
        found = product(read(self.HEADER + self.row(**cells)))
        assert [level.en for level in found.category] == ["Music", "Vinyl", "Jazz"]
        assert Attribute("weight", Decimal("0.5"), "kg") in found.attributes
        assert Attribute("length", Decimal(45), "minute", en("Length")) in found.attributes
        assert found.values("label") == (en("Verve, Inc."), en("Impulse"))
        assert found.values("tag") == (en("blue"), en("gift"))
        assert found.description == en("Short\n\nOne\nTwo")
        assert found.images == ("http://x/1", "http://x/2")
        assert found.variants[0].prices == ()

    @pytest.mark.parametrize(
        ("starts", "ends", "amount"),
        [
            ("", "", 8),
            ("2024-06-01", "2024-06-15", 8),
            ("2024-06-16", "", 10),
            ("", "2024-06-14", 10),
        ],
    )
    def test_a_sale_price_holds_on_its_days(self, read, starts, ends, amount):
        cells = {
            "SKU": "p", "Name": "Set", "Regular price": "10", "Sale price": "8",
            "Date sale price starts": starts, "Date sale price ends": ends,
        }  # fmt: skip
        (variant,) = product(read(self.HEADER + self.row(**cells))).variants
        assert variant.prices[0].amount == amount

    @pytest.mark.parametrize(
        ("cells", "state", "quantity"),
        [
            ({"In stock?": "1"}, Availability.IN_STOCK, None),
            ({"In stock?": "0"}, Availability.OUT_OF_STOCK, None),
            ({"In stock?": "backorder"}, Availability.BACKORDER, None),
            ({"In stock?": "1", "Stock": "5"}, Availability.IN_STOCK, 5),
            ({"In stock?": "0", "Stock": "5"}, Availability.OUT_OF_STOCK, 0),
            ({"Stock": "0", "Backorders allowed?": "notify"}, Availability.BACKORDER, None),
            ({"Stock": "-2"}, Availability.OUT_OF_STOCK, 0),
            ({"Stock": "parent", "In stock?": "1"}, Availability.IN_STOCK, None),
        ],
    )
    def test_stock(self, read, cells, state, quantity):
        row = self.row(SKU="p", Name="Set", **cells)
        (variant,) = product(read(self.HEADER + row)).variants
        assert (variant.availability, variant.quantity) == (state, quantity)

    def test_grouped_and_external_products_are_products(self, read):
        text = (
            self.HEADER
            + self.row(Type="grouped", SKU="g", Name="Collection")
            + self.row(Type="external", SKU="e", Name="Elsewhere")
        )
        assert [row.product.id for row in read(text)] == ["g", "e"]
