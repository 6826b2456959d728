"""What every feed reader does alike, whatever the format."""

import gzip
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog.feeds import Accepted, FeedError, Rejected, open_feed
from catalog.types import Availability, LocalText, Price
from tests.catalog.feed_samples import HEADPHONES, MUG, SAMPLES, SHOES, SHOP, Choice


@pytest.fixture(params=SAMPLES)
def sample(request):
    return SAMPLES[request.param]


@pytest.fixture
def read(sample, tmp_path):
    """Write goods (or a text, or bytes) in the sample's format and read them back."""

    def read_back(goods, encoding="utf-8"):
        path = tmp_path / sample.file
        text = goods if isinstance(goods, str | bytes) else sample.write(goods)
        path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
        return list(open_feed(path, **sample.options))

    return read_back


def products(rows):
    return [row.product for row in rows if isinstance(row, Accepted)]


def rejected(rows):
    return [row for row in rows if isinstance(row, Rejected)]


class TestFeedContract:
    def test_every_product_comes_with_its_own_fields(self, read):
        rows = read(SHOP)
        assert rejected(rows) == []
        shoes, headphones, mug = products(rows)
        assert (shoes.id, headphones.id, mug.id) == ("shoes", "bt-1", "mug")
        assert shoes.title == LocalText(en="Trail Runner")
        assert shoes.brand == LocalText(en="Fernweg")
        assert [level.en for level in shoes.category] == ["Shoes", "Running"]

    def test_chinese_texts_are_the_chinese_ones(self, read):
        headphones = products(read([HEADPHONES]))[0]
        assert headphones.title == LocalText(zh="云雀 无线降噪蓝牙耳机")
        assert headphones.description == LocalText(zh="续航三十小时")
        assert headphones.brand == LocalText(zh="云雀")
        assert [level.zh for level in headphones.category] == ["数码", "耳机"]

    def test_variants_have_options_prices_and_stock(self, read):
        shoes = products(read([SHOES]))[0]
        first, second = shoes.variants
        assert (first.id, second.id) == ("shoes-41", "shoes-42")
        assert first.options == (("size", LocalText(en="41")),)
        assert second.option("size") == LocalText(en="42")
        assert first.prices == (Price(Decimal("79.90"), "USD", Decimal("99.90")),)
        assert second.prices == (Price(Decimal("79.90"), "USD"),)
        assert first.available
        assert second.availability is Availability.OUT_OF_STOCK

    def test_a_description_in_html_becomes_readable_text(self, read):
        shoes = products(read([SHOES]))[0]
        assert shoes.description.en.split() == ["Light", "&", "fast.", "•", "vegan"]

    def test_markup_in_a_title_stays_text(self, read):
        goods = replace(MUG, title="<script>alert(1)</script> 马克杯")
        assert products(read([goods]))[0].title.zh == "<script>alert(1)</script> 马克杯"

    def test_a_negative_price_costs_its_row(self, read):
        rows = read([SHOES, replace(MUG, choices=[Choice("mug", "-12.50")]), HEADPHONES])
        assert [one.id for one in products(rows)] == ["shoes", "bt-1"]
        (row,) = rejected(rows)
        assert "negative" in row.reason
        assert "12.50" in row.raw

    def test_a_product_without_a_title_is_rejected(self, read):
        rows = read([replace(MUG, title=" "), HEADPHONES])
        assert [one.id for one in products(rows)] == ["bt-1"]
        assert [row.reason for row in rejected(rows)] == ["the row has no title in any language"]

    def test_a_product_without_an_id_is_rejected(self, read, sample):
        rows = read([replace(MUG, id="", choices=[Choice("", "1.00")]), HEADPHONES])
        if sample.numbered:
            assert [one.id for one in products(rows)] == ["id:0", "bt-1"]
        else:
            assert [one.id for one in products(rows)] == ["bt-1"]
            assert [row.reason for row in rejected(rows)] == ["the row has no id"]

    def test_the_first_product_of_an_id_wins(self, read):
        rows = read([MUG, HEADPHONES, replace(MUG, title="Another mug")])
        assert [one.title.en for one in products(rows) if one.id == "mug"] == [MUG.title]
        (row,) = rejected(rows)
        assert "came earlier in the feed" in row.reason
        assert "Another mug" in row.raw

    def test_every_row_is_accounted_for_and_lines_grow(self, read, sample):
        rows = read([SHOES, replace(MUG, title=""), HEADPHONES])
        total = sum(row.rows for row in rows if isinstance(row, Accepted)) + len(rejected(rows))
        assert total == 4 + sample.parents
        accepted = [row.line for row in rows if isinstance(row, Accepted)]
        assert accepted == sorted(accepted)

    def test_gzip_changes_nothing(self, read, sample):
        text = sample.write(SHOP)
        assert read(gzip.compress(text.encode())) == read(text)

    def test_what_stood_before_a_cut_in_the_gzip_data_is_given(self, sample, tmp_path):
        goods = [
            replace(MUG, id=f"m{i}", choices=[Choice(f"m{i}", f"{i}.99")]) for i in range(4000)
        ]
        packed = gzip.compress(sample.write(goods).encode())
        path = tmp_path / sample.file
        path.write_bytes(packed[: len(packed) // 2])
        found = 0
        with pytest.raises(FeedError, match="cut off"):
            for row in open_feed(path, **sample.options):
                assert isinstance(row, Accepted)
                found += 1
        assert (found > 0) == sample.streamed

    def test_the_fraction_read_grows_to_one(self, sample, tmp_path):
        path = tmp_path / sample.file
        path.write_text(sample.write(SHOP), encoding="utf-8")
        feed = open_feed(path, **sample.options)
        seen = [feed.fraction, *(feed.fraction for _ in feed), feed.fraction]
        assert seen == sorted(seen)
        assert seen[0] == 0
        assert seen[-1] == 1

    @settings(
        max_examples=40,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )
    @given(data=st.data())
    def test_damage_is_a_rejected_row_or_a_feed_error(self, sample, tmp_path, data):
        original = sample.write(SHOP).encode()
        place = data.draw(st.integers(0, len(original)))
        length = data.draw(st.integers(0, 40))
        junk = data.draw(st.binary(max_size=40))
        path = tmp_path / sample.file
        path.write_bytes(original[:place] + junk + original[place + length :])
        read_to_the_end(path, sample.options)


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030"])
def test_the_encodings_of_chinese_shops_are_read(name, encoding, tmp_path):
    sample = SAMPLES[name]
    path = tmp_path / sample.file
    text = sample.write(SHOP)
    path.write_bytes(text.encode("utf-8"))
    plain = list(open_feed(path, **sample.options))
    path.write_bytes(text.encode(encoding))
    assert list(open_feed(path, **sample.options)) == plain


BEGINNINGS = (
    *(b"<rss>", b"<html>", b"{", b"[", b"[{", b'{"@graph":[', b"\x1f\x8b", b"\xff\xfe"),
    *(b"id\ttitle\tlink\n", b"Handle,Title,Vendor\n", b"Type,Name,Published\n", b"group;id;name\n"),
)


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    junk=st.one_of(
        st.binary(max_size=400),
        st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace")),
        st.builds(bytes.__add__, st.sampled_from(BEGINNINGS), st.binary(max_size=200)),
    ),
    format=st.sampled_from([None, "google", "shopify", "woocommerce", "schema_org"]),
)
def test_any_bytes_give_rows_or_a_feed_error(junk, format, tmp_path):
    path = tmp_path / "feed"
    path.write_bytes(junk)
    read_to_the_end(path, {"format": format})
    for name in ("mapped_csv", "mapped_lines"):
        read_to_the_end(path, SAMPLES[name].options)


def read_to_the_end(path, options):
    try:
        for row in open_feed(path, **options):
            assert isinstance(row, Accepted | Rejected)
    except FeedError as error:
        assert str(error)


class TestOpenFeed:
    def test_a_missing_file(self, tmp_path):
        with pytest.raises(FeedError, match="cannot read"):
            open_feed(tmp_path / "nothing.csv")

    def test_a_directory(self, tmp_path):
        with pytest.raises(FeedError, match="the directory"):
            open_feed(tmp_path)

    def test_an_empty_file(self, tmp_path):
        (tmp_path / "feed.csv").touch()
        with pytest.raises(FeedError, match="the empty file"):
            open_feed(tmp_path / "feed.csv")

    def test_an_unknown_table_names_its_columns(self, tmp_path):
        (tmp_path / "feed.csv").write_text("sku;titel;preis\n1;Tasse;3\n")
        with pytest.raises(FeedError, match="sku, titel, preis"):
            open_feed(tmp_path / "feed.csv")

    def test_an_unknown_format(self, tmp_path):
        (tmp_path / "feed.csv").write_text("id\n")
        with pytest.raises(ValueError, match="one of google, shopify"):
            open_feed(tmp_path / "feed.csv", format="magento")

    def test_a_format_beside_a_mapping(self, tmp_path):
        (tmp_path / "feed.csv").write_text("id\n")
        with pytest.raises(ValueError, match="no format beside a mapping"):
            open_feed(tmp_path / "feed.csv", SAMPLES["mapped_csv"].options["mapping"], "google")

    def test_an_unknown_currency(self, tmp_path):
        (tmp_path / "feed.csv").write_text("id,title,link\n")
        with pytest.raises(ValueError, match="ISO 4217"):
            open_feed(tmp_path / "feed.csv", currency="EURO")

    def test_the_format_can_be_given(self, tmp_path):
        (tmp_path / "feed.csv").write_text("id,title\nx,Vase\n")
        (row,) = open_feed(tmp_path / "feed.csv", format="google")
        assert row.product.title.en == "Vase"

    def test_prices_without_a_currency_are_in_the_given_one(self, tmp_path):
        (tmp_path / "feed.csv").write_text("id,title,price\nx,花瓶,99\n")
        (row,) = open_feed(tmp_path / "feed.csv", currency="CNY")
        assert row.product.variants[0].prices == (Price(Decimal(99), "CNY"),)
