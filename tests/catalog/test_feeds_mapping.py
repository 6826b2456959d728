"""Mapping files, and feeds read through them."""

import json
from decimal import Decimal

import pytest

from catalog.feeds import Accepted, FeedError, Mapping, Rejected, load_mapping, open_feed
from catalog.feeds.mapping import mapping_names
from catalog.types import Attribute, Availability, LocalText, Price

MINIMAL = {"source": {"kind": "jsonl"}, "columns": {"id": "id", "title": "title"}}


def en(text):
    return LocalText(en=text)


@pytest.fixture
def read(tmp_path):
    """Reads records as JSON lines through a mapping with more tables than the minimal one."""

    def read_records(*records, **tables):
        path = tmp_path / "feed.jsonl"
        lines = (json.dumps({"id": "a", "title": "Cup", **one}) + "\n" for one in records)
        path.write_text("".join(lines))
        return list(open_feed(path, Mapping.model_validate({**MINIMAL, **tables})))

    return read_records


@pytest.fixture
def attributes(read):
    """The attributes of one record."""

    def read_attributes(record, **table):
        (row,) = read(record, attributes=table)
        assert isinstance(row, Accepted), row
        return set(row.product.attributes)

    return read_attributes


class TestLoadMapping:
    def test_the_shipped_ones_are_found_by_name(self):
        assert mapping_names() == ["amazon", "bestbuy", "icecat", "myntra"]
        for name in mapping_names():
            assert load_mapping(name).columns.id

    def test_a_path_works_too(self, tmp_path):
        path = tmp_path / "mine.toml"
        path.write_text(
            '[source]\nkind = "csv"\n[columns]\nid = "sku"\ntitle = ["name", "titel"]\n'
        )
        mapping = load_mapping(path)
        assert mapping.columns.title == ("name", "titel")

    @pytest.mark.parametrize(
        ("more", "message"),
        [
            ('[columns.colour]\na = "b"', "columns.colour: unknown key"),
            ('[pricing]\ncolumn = "p"', "pricing: unknown key"),
            ('[attributes.columns]\nx = {units = "g"}', "attributes.columns.x.units: unknown key"),
            ('[price]\ncolumn = "p"\ncurrency = "dollars"', "price.currency"),
            ('[price]\ncolumn = "p"\nminor_units = true', "minor_units needs a currency"),
            ('[attributes.columns]\nx = {kind = "colour"}', "got 'colour'"),
            ("[category]\npath = 3", "category.path"),
        ],
    )
    def test_a_wrong_key_or_value_is_named_with_its_file(self, tmp_path, more, message):
        path = tmp_path / "mine.toml"
        path.write_text(f'source.kind = "csv"\ncolumns.id = "id"\ncolumns.title = "t"\n{more}\n')
        with pytest.raises(ValueError, match=r"mine\.toml") as caught:
            load_mapping(path)
        assert message in str(caught.value)

    def test_a_missing_key_is_named(self, tmp_path):
        (tmp_path / "mine.toml").write_text('[source]\nkind = "csv"\n[columns]\nid = "id"\n')
        with pytest.raises(ValueError, match=r"columns\.title"):
            load_mapping(tmp_path / "mine.toml")

    def test_an_unknown_name_names_the_known_ones(self):
        with pytest.raises(ValueError, match="amazon, bestbuy, icecat, myntra, got 'ebay'"):
            load_mapping("ebay")

    def test_what_is_no_toml(self, tmp_path):
        (tmp_path / "mine.toml").write_text("= what")
        with pytest.raises(ValueError, match=r"mine\.toml is not TOML"):
            load_mapping(tmp_path / "mine.toml")


class TestColumns:
    def test_the_first_column_that_says_something(self, read):
        columns = {"id": "id", "title": ["name", "title"]}
        rows = read({"name": " "}, {"id": "b", "name": "碗"}, columns=columns)
        assert [row.product.title for row in rows] == [en("Cup"), LocalText(zh="碗")]

    def test_a_column_for_each_language(self, read):
        columns = {"id": "id", "title": {"en": "title", "zh": "cn"}}
        (row,) = read({"cn": "马克杯"}, columns=columns)
        assert row.product.title == LocalText("Cup", "马克杯")

    def test_the_language_can_be_said(self, read):
        (row,) = read({"title": "SK-II"}, source={"kind": "jsonl", "language": "zh"})
        assert row.product.title == LocalText(zh="SK-II")

    def test_columns_within_objects(self, read):
        columns = {"id": "id", "title": "text.name", "images": "media.urls"}
        record = {"text": {"name": "Jug"}, "media": {"urls": ["http://x/1", "http://x/2"]}}
        (row,) = read(record, columns=columns)
        assert row.product.title == en("Jug")
        assert row.product.images == ("http://x/1", "http://x/2")

    def test_pictures_in_one_cell(self, read):
        columns = {"id": "id", "title": "title", "images": "pics", "images_separator": "|"}
        (row,) = read({"pics": "http://x/1| http://x/2|"}, columns=columns)
        assert row.product.images == ("http://x/1", "http://x/2")

    def test_ratings_counts_and_stock(self, read):
        columns = {
            "id": "id", "title": "title", "rating": "stars", "rating_scale": 10,
            "review_count": "reviews", "quantity": "stock", "availability": "state",
        }  # fmt: skip
        rows = read(
            {"stars": 8, "reviews": "12", "stock": 0},
            {"id": "b", "stock": 3, "state": "缺货"},
            {"id": "c", "stock": -1},
            columns=columns,
        )
        first, second, third = rows
        assert (first.product.rating, first.product.review_count) == (4.0, 12)
        assert first.product.variants[0].availability is Availability.OUT_OF_STOCK
        assert second.product.variants[0].availability is Availability.OUT_OF_STOCK
        assert second.product.variants[0].quantity == 3
        assert third.reason == "the quantity must be a whole number from 0, got '-1'"

    def test_entities_and_line_breaks_where_a_feed_writes_them(self, read):
        source = {"kind": "jsonl", "html_entities": True, "line_breaks": True}
        columns = {"id": "id", "title": "title", "description": "text"}
        record = {"title": "15&#34; Intel&#xAE;", "text": "one\\ntwo &amp; three"}
        (row,) = read(record, source=source, columns=columns)
        assert row.product.title == en('15" Intel®')
        assert row.product.description == en("one\ntwo & three")

    def test_numbers_are_written_plainly_as_ids(self, read):
        (row,) = read({"id": 120337225.0})
        assert row.product.id == "120337225"

    def test_an_object_is_no_text(self, read):
        (row,) = read({"title": {"a": 1}})
        assert row.reason.startswith("expected a text, got the object")


class TestCategoryAndPrice:
    @pytest.mark.parametrize(
        ("table", "path"),
        [
            ({"path": "path", "separator": "/"}, ["Home", "Cups"]),
            ({"levels": ["top", "mid", "leaf"]}, ["Kitchen", "Mugs"]),
            ({"first_of": ["junk", "leaf"], "ignore": ["1"]}, ["Mugs"]),
            ({"first_of": ["junk"], "ignore": ["1"]}, []),
            ({"path": "under", "replace": {"_": " "}}, ["Tea and Coffee"]),
        ],
    )
    def test_where_the_path_comes_from(self, read, table, path):
        record = {
            "path": "Home / Cups", "top": "Kitchen", "mid": "Mugs", "leaf": "Mugs", "junk": "1",
            "under": "Tea_and_Coffee",
        }  # fmt: skip
        (row,) = read(record, category=table)
        assert [level.en for level in row.product.category] == path

    def test_what_is_the_same_for_all(self, read):
        constants = {
            "brand": "云雀",
            "category": ["Audio", "Headphones"],
            "attributes": {"wireless": True, "warranty": 2, "origin": "中国"},
        }
        (row,) = read({}, constants=constants)
        assert row.product.brand == LocalText(zh="云雀")
        assert [level.en for level in row.product.category] == ["Audio", "Headphones"]
        assert row.product.values("wireless") == (True,)
        assert row.product.values("warranty") == (Decimal(2),)
        assert row.product.values("origin") == (LocalText(zh="中国"),)

    @pytest.mark.parametrize(
        ("record", "table", "price"),
        [
            ({"p": 4995}, {"minor_units": True, "currency": "USD"}, ("49.95", "USD", None)),
            ({"p": "99", "c": "cny"}, {"currency_column": "c"}, ("99", "CNY", None)),
            ({"p": "1.299,00 €"}, {"currency": "USD"}, ("1299.00", "EUR", None)),
            ({"p": 8, "l": 10}, {"list_column": "l", "currency": "USD"}, ("8", "USD", "10")),
            ({"p": 8, "l": 6}, {"list_column": "l", "currency": "USD"}, ("8", "USD", None)),
        ],
    )
    def test_prices(self, read, record, table, price):
        (row,) = read(record, price={"column": "p", **table})
        amount, currency, listed = price
        before = Decimal(listed) if listed else None
        assert row.product.variants[0].prices == (Price(Decimal(amount), currency, before),)

    def test_a_product_without_a_price_has_none(self, read):
        (row,) = read({"p": ""}, price={"column": "p", "currency": "USD"})
        assert row.product.variants[0].prices == ()


class TestAttributes:
    PREFIXES = (
        {"prefix": "t_", "kind": "text"},
        {"prefix": "n_", "kind": "number"},
        {"prefix": "b_", "kind": "flag"},
    )

    def test_prefixes_give_kinds(self, attributes):
        record = {"t_fabric": "Linen", "n_ports": 4.0, "b_wi_fi": False, "other": "x"}
        assert attributes(record, prefixes=self.PREFIXES) == {
            Attribute("fabric", en("Linen")),
            Attribute("ports", Decimal(4)),
            Attribute("wi_fi", False),
        }

    def test_what_is_not_of_its_kind_stays_text(self, attributes):
        record = {"n_ports": "four", "b_wi_fi": "optional", "n_weight": "2.5 kg"}
        assert attributes(record, prefixes=self.PREFIXES) == {
            Attribute("ports", en("four")),
            Attribute("wi_fi", en("optional")),
            Attribute("weight", Decimal("2.5"), "kg"),
        }

    def test_names_units_labels_and_several_values(self, attributes):
        columns = {
            "t_product_colour": {"name": "color", "split": [",", "/"], "label": "颜色"},
            "n_diagonal": {"name": "screen_size", "unit": "inch"},
            "plain": {},
        }
        record = {"t_product_colour": "Black,Silver/Red", "n_diagonal": 15.6, "plain": ["a", "b"]}
        label = LocalText(zh="颜色")
        assert attributes(record, prefixes=self.PREFIXES, columns=columns) == {
            *(Attribute("color", en(c), label=label) for c in ("Black", "Silver", "Red")),
            Attribute("screen_size", Decimal("15.6"), "inch"),
            Attribute("plain", en("a")),
            Attribute("plain", en("b")),
        }

    def test_dates_are_days(self, attributes):
        columns = {"since": {"kind": "date"}, "until": {"kind": "date"}}
        record = {"since": "2009-12-10T00:00:00Z", "until": "some day"}
        assert attributes(record, columns=columns) == {
            Attribute("since", en("2009-12-10")),
            Attribute("until", en("some day")),
        }

    def test_left_out_columns(self, attributes):
        assert attributes({"t_map": "x"}, prefixes=self.PREFIXES, ignore=["t_map"]) == set()

    def test_the_first_column_has_the_name_and_the_others_keep_theirs(self, attributes):
        table = {"prefixes": self.PREFIXES, "first_of": {"color": ["t_ink", "t_case"]}}
        both = attributes({"t_ink": "Cyan", "t_case": "Black"}, **table)
        assert both == {Attribute("color", en("Cyan")), Attribute("case", en("Black"))}
        assert attributes({"t_case": "Black"}, **table) == {Attribute("color", en("Black"))}

    def test_a_column_may_be_barred_from_the_name(self, attributes):
        table = {
            "prefixes": self.PREFIXES,
            "first_of": {"color": ["t_ink", "t_case"]},
            "columns": {"t_ink": {"unless": "t_dpi"}},
        }
        found = attributes({"t_ink": "Cyan", "t_case": "White", "t_dpi": "600"}, **table)
        assert Attribute("color", en("White")) in found
        assert Attribute("ink", en("Cyan")) in found

    @pytest.mark.parametrize(
        ("record", "name", "unit"),
        [
            ({"title": "Notebook 16 GB", "n_chips": 16}, "memory", "GB"),
            ({"title": "Notebook 16GB", "n_chips": 16}, "memory", "GB"),
            ({"title": "Printer 64MB", "n_chips": 64}, "memory", "MB"),
            ({"title": "Module 8 GB kit", "n_chips": 8192}, "memory", "MB"),
            ({"title": "Old printer", "n_chips": 0.25}, "memory", "GB"),
            ({"title": "Server", "n_chips": 8, "t_ram_type": "DDR4"}, "memory", "GB"),
            ({"title": "Printer", "n_chips": 64}, "chips", ""),
            ({"title": "Printer 264 MB", "n_chips": 64}, "chips", ""),
            ({"title": "Printer 64 MBit", "n_chips": 64}, "chips", ""),
        ],
    )
    def test_a_unit_needs_evidence(self, attributes, record, name, unit):
        rules = [
            {"unit": "GB", "written": "GB"},
            {"unit": "MB", "written": "MB"},
            {"unit": "MB", "written": "GB", "scale": 1024},
            {"unit": "GB", "below": 1},
            {"unit": "GB", "below": 16, "has": "t_ram_type"},
        ]
        columns = {"n_chips": {"name": "memory", "unit": rules}}
        found = attributes(record, prefixes=self.PREFIXES, columns=columns)
        number = Decimal(str(record["n_chips"]))
        assert Attribute(name, number, unit) in found

    def test_an_object_or_a_number_beyond_use_costs_the_row(self, read):
        table = {"prefixes": list(self.PREFIXES)}
        rows = read({"t_a": {"x": 1}}, {"n_a": 10**40}, attributes=table)
        assert all(isinstance(row, Rejected) for row in rows)


class TestVariants:
    def test_rows_of_a_group_are_variants(self, read):
        variants = {"group": "model", "options": {"Colour": "col", "size": "sz"}, "image": "pic"}
        rows = read(
            {"id": "1", "model": "m", "col": "Red", "sz": "S", "pic": "http://x/red"},
            {"id": "2", "model": "m", "col": "Red", "sz": "M"},
            variants=variants,
        )
        (row,) = rows
        first, second = row.product.variants
        assert (row.product.id, row.rows) == ("m", 2)
        assert first.options == (("color", en("Red")), ("size", en("S")))
        assert first.image == "http://x/red"
        assert second.option("size") == en("M")

    def test_a_row_without_its_own_id_or_group_is_rejected(self, read):
        variants = {"group": "model", "options": {}}
        rows = read({"id": "", "model": "m"}, {"id": "1", "model": ""}, variants=variants)
        assert [row.reason for row in rows] == ["the row has no id"] * 2

    def test_a_group_with_endless_rows_is_cut(self, read, monkeypatch):
        monkeypatch.setattr("catalog.feeds.items.MOST_ROWS", 3)
        records = [{"id": str(n), "model": "m"} for n in range(5)]
        rows = read(*records, variants={"group": "model", "options": {}})
        assert [row.reason for row in rows[:2]] == ["one product has more than 3 rows"] * 2
        assert len(rows[2].product.variants) == 3


class TestSideFile:
    MAPPING = Mapping.model_validate(
        {
            "source": {"kind": "csv", "side_file": "names.csv"},
            "columns": {"id": "id", "title": "name"},
        }
    )

    def read(self, folder, feed, names):
        (folder / "feed.csv").write_text(feed)
        (folder / "names.csv").write_text(names)
        feed = open_feed(folder / "feed.csv", self.MAPPING)
        return list(feed), feed.warnings

    def test_row_n_belongs_to_row_n(self, tmp_path):
        rows, warnings = self.read(tmp_path, "id\n1\n2\n3\n", "name\nCup\n\n碗\n")
        assert rows[0].product.title == en("Cup")
        assert rows[1].reason == "the row has no title in any language"
        assert rows[2].product.title == LocalText(zh="碗")
        assert warnings == ()

    def test_a_side_file_that_is_too_short_breaks_the_feed(self, tmp_path):
        with pytest.raises(FeedError, match=r"line 3: names\.csv has fewer rows"):
            self.read(tmp_path, "id\n1\n2\n", "name\nCup\n")

    def test_a_side_file_that_is_too_long_is_a_warning(self, tmp_path):
        _, warnings = self.read(tmp_path, "id\n1\n", "name\nCup\nJug\n")
        assert warnings == ("names.csv has more rows than the feed",)

    def test_a_missing_side_file(self, tmp_path):
        (tmp_path / "feed.csv").write_text("id\n1\n")
        with pytest.raises(FeedError, match=r"names\.csv"):
            list(open_feed(tmp_path / "feed.csv", self.MAPPING))
