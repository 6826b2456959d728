"""Prices, numbers, stock and texts as feeds write them."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.feeds.measures import as_count, as_flag, as_measure, as_number, as_rating, plain
from catalog.feeds.prices import is_now, make_price, read_minor, read_price
from catalog.feeds.seen import IdSet
from catalog.feeds.stock import read_availability, stock_state
from catalog.feeds.texts import attribute_name, html_to_text, local_text, one_line, paragraphs
from catalog.types import Availability, LocalText, Price


class TestReadPrice:
    @pytest.mark.parametrize(
        ("written", "amount", "currency"),
        [
            ("15.00 USD", "15.00", "USD"),
            ("USD 15", "15", "USD"),
            ("1.299,00 EUR", "1299.00", "EUR"),
            ("1,299.00", "1299.00", "USD"),
            ("1,299", "1299", "USD"),
            ("12,50 €", "12.50", "EUR"),
            ("1 299,00 €", "1299.00", "EUR"),
            ("1'299.50 CHF", "1299.50", "CHF"),
            ("1.234.567,89 €", "1234567.89", "EUR"),
            ("1,29,900.00 INR", "129900.00", "INR"),
            ("$15.00 USD", "15.00", "USD"),
            ("US $15", "15", "USD"),
            ("HK$88", "88", "HKD"),
            ("¥99", "99", "CNY"),
            ("￥99.90", "99.90", "CNY"),
            ("99元", "99", "CNY"),
            ("RMB 1,099", "1099", "CNY"),
            ("人民币 99", "99", "CNY"),
            ("15.000 KWD", "15.000", "KWD"),
            ("1.299 JPY", "1299", "JPY"),
            ("0,299 EUR", "0.299", "EUR"),
            (".5", "0.5", "USD"),
            (15, "15", "USD"),
            (Decimal("15.5"), "15.5", "USD"),
        ],
    )
    def test_it_is_read_as_people_mean_it(self, written, amount, currency):
        assert read_price(written, "USD") == (Decimal(amount), currency)

    def test_a_shared_sign_is_the_shop_s_own_currency(self):
        assert read_price("¥990", "JPY") == (Decimal(990), "JPY")
        assert read_price("$9", "CAD") == (Decimal(9), "CAD")

    @pytest.mark.parametrize(
        "written",
        ["", "free", "99元起", "5 10", "1.2.3", "15 XQZ", "2 for 5", True, float("nan"), "9" * 20],
    )
    def test_anything_else_is_refused(self, written):
        with pytest.raises(ValueError, match=r"price|ISO 4217"):
            read_price(written, "USD")

    @pytest.mark.parametrize("written", ["-5 USD", "$-5", -5])
    def test_a_negative_price_is_refused(self, written):
        with pytest.raises(ValueError, match="must not be negative"):
            read_price(written, "USD")

    @pytest.mark.parametrize("written", ["1.299 €", "1,299 EUR"])
    def test_what_can_be_read_in_two_ways_is_refused(self, written):
        with pytest.raises(ValueError, match="in two ways"):
            read_price(written, "USD")

    @given(st.decimals(0, 10**9, places=2), st.sampled_from(["USD", "CNY", "EUR", "KWD"]))
    def test_what_a_machine_writes_is_what_is_read(self, amount, currency):
        assert read_price(f"{amount:.2f} {currency}", "USD") == (amount, currency)
        assert read_price(f"{currency} {amount:,.2f}", "USD") == (amount, currency)

    @given(st.one_of(st.text(max_size=30), st.floats(), st.integers(), st.none()))
    def test_nothing_but_a_value_error_comes_of_anything(self, value):
        try:
            amount, _ = read_price(value, "USD")
        except ValueError:
            return
        assert amount >= 0

    def test_minor_units_have_the_currency_s_digits(self):
        assert read_minor(2334, "USD") == Decimal("23.34")
        assert read_minor("990", "JPY") == Decimal(990)
        with pytest.raises(ValueError, match="whole minor units"):
            read_minor("12.5", "USD")

    def test_only_a_lower_price_is_a_reduction(self):
        assert make_price(Decimal(10), "USD", Decimal(8)) == Price(Decimal(8), "USD", Decimal(10))
        assert make_price(Decimal(10), "USD", Decimal(12)) == Price(Decimal(10), "USD")


class TestIsNow:
    NOW = datetime(2024, 6, 15, 12, tzinfo=UTC)

    @pytest.mark.parametrize(
        ("start", "end", "expected"),
        [
            ("", "", True),
            ("2024-06-01T00:00+0100", "2024-06-30T23:59-0800", True),
            ("2024-06-16T00:00Z", "", False),
            ("", "2024-06-14", False),
            ("", "2024-06-15", True),
            ("2024-06-15T13:00+0200", "2024-06-15T14:30+0200", True),
            ("2024-06-15T14:00+0100", "", False),
        ],
    )
    def test_windows(self, start, end, expected):
        assert is_now(start, end, self.NOW) is expected

    def test_what_is_no_time(self):
        with pytest.raises(ValueError, match="expected a time"):
            is_now("next week", "", self.NOW)


class TestNumbers:
    @pytest.mark.parametrize(
        ("value", "number"),
        [("8.0", "8"), (" 3 ", "3"), (0.1, "0.1"), ("-2", "-2"), (Decimal("1E+2"), "100")],
    )
    def test_numbers(self, value, number):
        assert plain(as_number(value)) == Decimal(number)

    @pytest.mark.parametrize("value", ["", "1e5", "8 GB", None, True, [], float("inf"), "1,5"])
    def test_no_numbers(self, value):
        assert as_number(value) is None

    @pytest.mark.parametrize("value", [10**15, Decimal("1e999999999999999999"), float(10**20)])
    def test_numbers_beyond_all_use(self, value):
        with pytest.raises(ValueError, match=r"10\^15"):
            as_number(value)

    def test_numbers_are_kept_to_twelve_digits(self):
        assert as_number("4.33333333333333333333") == Decimal("4.333333333333")
        assert as_number(Decimal("1e-999999999")) == 0

    def test_plain_has_neither_zeros_nor_an_exponent(self):
        assert [str(plain(Decimal(n))) for n in ("8.0", "1E+2", "0.250", "0E-9")] == [
            "8",
            "100",
            "0.25",
            "0",
        ]

    @pytest.mark.parametrize(
        ("text", "measure"),
        [
            ("3.5 kg", ("3.5", "kg")),
            ('15.6"', ("15.6", "inch")),
            ("8GB", ("8", "GB")),
            ("500克", ("500", "g")),
            ("30 小时", ("30", "hour")),
            ("12 CMT", ("12", "cm")),
            ("8", ("8", "")),
        ],
    )
    def test_measures(self, text, measure):
        assert as_measure(text) == (Decimal(measure[0]), measure[1])

    @pytest.mark.parametrize("text", ["2 x 4 GB", "about 3", "5-10 kg", "3 bananas", ""])
    def test_no_measures(self, text):
        assert as_measure(text) is None

    def test_flags_in_both_languages(self):
        assert [as_flag(v) for v in ("Yes", "是", True, 1)] == [True] * 4
        assert [as_flag(v) for v in ("no", "否", False, 0)] == [False] * 4
        assert as_flag("maybe") is None

    def test_counts(self):
        assert as_count("7", "stock") == 7
        assert as_count("", "stock") is None
        for wrong in ("-1", "2.5", "many", 10**12):
            with pytest.raises(ValueError, match="stock must be a whole number"):
                as_count(wrong, "stock")

    def test_ratings_come_to_five_stars(self):
        assert as_rating("8.6", Decimal(10)) == pytest.approx(4.3)
        with pytest.raises(ValueError, match="from 0 to 5"):
            as_rating("7", Decimal(5))


class TestStock:
    @pytest.mark.parametrize(
        ("word", "state"),
        [
            ("in stock", Availability.IN_STOCK),
            ("https://schema.org/InStock", Availability.IN_STOCK),
            ("有货", Availability.IN_STOCK),
            ("out_of_stock", Availability.OUT_OF_STOCK),
            ("http://schema.org/SoldOut", Availability.OUT_OF_STOCK),
            ("缺货", Availability.OUT_OF_STOCK),
            ("Pre-Order", Availability.PREORDER),
            ("预售", Availability.PREORDER),
            ("backorder", Availability.BACKORDER),
        ],
    )
    def test_words(self, word, state):
        assert read_availability(word) is state

    def test_an_unknown_word(self):
        with pytest.raises(ValueError, match="expected an availability"):
            read_availability("perhaps")

    def test_counted_stock(self):
        assert stock_state(3) == (Availability.IN_STOCK, 3)
        assert stock_state(None) == (Availability.IN_STOCK, None)
        assert stock_state(0) == (Availability.OUT_OF_STOCK, 0)
        assert stock_state(0, backorder=True) == (Availability.BACKORDER, None)


class TestTexts:
    def test_html_becomes_what_a_reader_sees(self):
        markup = (
            "<h2>Runner</h2><p>Light &amp; <b>fast</b>.</p><script>alert(1)</script>"
            "<ul><li>vegan</li><li>防水</li></ul>"
            "<table><tr><td>Weight</td><td>240 g</td></tr></table>"
        )
        assert paragraphs(markup) == ("Runner\n\nLight & fast.\n\n• vegan\n• 防水\n\nWeight 240 g")

    def test_plain_text_with_angles_stays(self):
        assert paragraphs("a < b, 5 > 3, size <M>\n\n\n\nI <3 it & more") == (
            "a < b, 5 > 3, size <M>\n\nI <3 it & more"
        )

    def test_one_line_keeps_markup_as_text(self):
        assert one_line(" <b>Cup</b>\n &amp;\x00\tred ") == "<b>Cup</b> &amp; red"

    @pytest.mark.parametrize(
        "piece", ["<", "<a ", "<!--", "</", "<a b='", "<![CDATA[", "&#", "<?x"]
    )
    def test_broken_markup_ends(self, piece):
        assert len(html_to_text(piece * 20_000)) <= len(piece) * 20_000

    @given(st.text(max_size=200))
    def test_cleaning_twice_changes_nothing_more_and_can_be_stored(self, text):
        line = one_line(text)
        assert one_line(line) == line
        paragraphs(text).encode()

    def test_the_language_is_that_of_the_characters_unless_given(self):
        assert local_text("Cup") == LocalText(en="Cup")
        assert local_text("Cup 杯") == LocalText(zh="Cup 杯")
        assert local_text("Cup", "zh") == LocalText(zh="Cup")

    @pytest.mark.parametrize(
        ("label", "name"),
        [
            ("Screen Size", "screen_size"),
            ("Colour", "color"),
            ("颜色", "color"),
            ("尺码", "size"),
            ("intel__vt_x_", "intel_vt_x"),
            ("产地", "产地"),
            ("Brand", "product_brand"),
            ("!!", ""),
        ],
    )
    def test_attribute_names(self, label, name):
        assert attribute_name(label) == name


class TestIdSet:
    @given(st.lists(st.text(max_size=8), max_size=60))
    def test_it_is_a_set(self, ids):
        ours, real = IdSet(), set()
        for id_ in ids:
            assert (id_ in ours) == (id_ in real)
            ours.add(id_)
            real.add(id_)
        assert len(ours) == len(real)

    def test_it_grows(self):
        ids = IdSet()
        for number in range(20_000):
            ids.add(f"p{number}")
        assert len(ids) == 20_000
        assert all(f"p{number}" in ids for number in range(20_000))
        assert not any(f"q{number}" in ids for number in range(20_000))
