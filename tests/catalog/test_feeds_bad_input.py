"""Broken and hostile feeds: one bad row costs one row, and nothing costs the process."""

import gzip
import json

import pytest

from catalog.feeds import Accepted, FeedError, Rejected, open_feed
from catalog.feeds.delimited import MAX_RECORD
from catalog.feeds.rows import RAW_LENGTH
from tests.catalog.feed_samples import mapping

HEADER = "id,title,description,link,price\n"
G = 'xmlns:g="http://base.google.com/ns/1.0"'


@pytest.fixture
def read(tmp_path):
    def read_text(text, **options):
        path = tmp_path / "feed"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return list(open_feed(path, **options))

    return read_text


def until_broken(path, **options):
    """What a feed gives before it breaks, and the error."""
    found = []
    with pytest.raises(FeedError) as caught:
        found.extend(open_feed(path, **options))
        pytest.fail("the feed did not break")
    return found, caught.value


def split(rows):
    accepted = [row.product.id for row in rows if isinstance(row, Accepted)]
    return accepted, [(row.line, row.reason) for row in rows if isinstance(row, Rejected)]


class TestTables:
    def test_an_unclosed_quote_costs_only_its_own_row(self, read):
        rows = read(HEADER + 'a,"Cup,,l,1\nb,Bowl,,l,2\nc,碗,,l,3\n')
        accepted, rejected = split(rows)
        assert accepted == ["b", "c"]
        assert rejected == [(2, "a quote that begins here is never closed")]

    def test_a_quoted_cell_may_have_many_lines(self, read):
        (row, other) = read(HEADER + 'a,Cup,"one\ntwo, ""three""\n\nfour",l,1\nb,Bowl,,l,2\n')
        assert row.product.description.en == 'one\ntwo, "three"\n\nfour'
        assert (row.line, other.line) == (2, 6)

    def test_a_feed_full_of_unclosed_quotes_is_given_up(self, tmp_path, monkeypatch):
        monkeypatch.setattr("catalog.feeds.delimited.MAX_RECORD", 2_000)
        block = 'x,"Vase\n' + "y,Jug,,l,1\n" * 250
        (tmp_path / "feed").write_text(HEADER + block * 150)
        rows, error = until_broken(tmp_path / "feed")
        assert "more than 100 quotes are never closed" in str(error)
        assert sum(isinstance(row, Rejected) and "quote" in row.reason for row in rows) == 100

    def test_a_cell_of_10_mb_costs_its_row(self, read):
        rows = read(HEADER + f"a,Cup,{'x' * 10_000_000},l,1\nb,Bowl,,l,2\n")
        accepted, rejected = split(rows)
        assert accepted == ["b"]
        assert rejected == [(2, f"the row is longer than {MAX_RECORD:,} characters")]

    def test_a_quoted_cell_of_2_mb_in_lines_costs_its_rows(self, read):
        cell = "line of a long text\n" * 100_000
        rows = read(HEADER + f'a,Cup,"{cell}",l,1\nb,Bowl,,l,2\n')
        accepted, rejected = split(rows)
        assert accepted == ["b"]
        assert rejected[0] == (2, "a quote that begins here is never closed")
        assert len(rejected) == 100_001

    def test_a_description_may_be_long_but_not_endless(self, read):
        rows = read(HEADER + f"a,Cup,{'x' * 100_000},l,1\nb,Bowl,{'x' * 100_001},l,2\n")
        accepted, rejected = split(rows)
        assert accepted == ["a"]
        assert rejected == [(3, "the description has more than 100,000 characters")]

    @pytest.mark.parametrize(
        ("row", "reason"),
        [
            ("a,Cup", "the row has 2 columns, the header 5"),
            ("a,Cup,,l,1,2", "the row has 6 columns, the header 5"),
            ("a,C\0up,,l,1", "the row holds a NUL character"),
            ("a,Cup,,l,free", "expected a price such as"),
            ("a,Cup,,l,-1", "must not be negative"),
            ("a,Cup,,l,1 XXZ", "ISO 4217"),
            (",Cup,,l,1", "the row has no id"),
            ("a,,,l,1", "no title"),
            (f"{'a' * 201},Cup,,l,1", "an id has more than 200 characters"),
            (f"a,{'杯' * 1001},,l,1", "the title has more than 1,000 characters"),
        ],
    )
    def test_a_bad_row_is_rejected_with_its_line_and_reason(self, read, row, reason):
        accepted, rejected = split(read(HEADER + f"b,Bowl,,l,2\n{row}\nc,碗,,l,3\n"))
        assert accepted == ["b", "c"]
        assert len(rejected) == 1
        assert rejected[0][0] == 3
        assert reason in rejected[0][1]

    def test_the_text_of_a_rejected_row_is_cut(self, read):
        (row,) = read(HEADER + f",Cup,{'x' * 50_000},l,1\n")
        assert len(row.raw) == RAW_LENGTH

    def test_blank_rows_are_nothing(self, read):
        assert split(read(HEADER + "\n,,,,\r\n\na,Cup,,l,1\n")) == (["a"], [])

    def test_a_second_column_of_a_name_is_a_warning(self, tmp_path):
        (tmp_path / "feed").write_text("id,title,link,title\na,Cup,l,Mug\n")
        feed = open_feed(tmp_path / "feed")
        (row,) = feed
        assert row.product.title.en == "Cup"
        assert feed.warnings == ("two columns are called 'title': only the first is read",)

    def test_control_characters_and_turned_text_are_cleaned(self, read):
        (row,) = read(HEADER + "a,\u202eCup\u202c \x07\u200bred\ufeff,x\x1by,l,1\n")
        assert row.product.title.en == "Cup red"
        assert row.product.description.en == "xy"


class TestEncodings:
    def test_latin_1_is_refused_with_the_line_and_the_byte(self, tmp_path):
        path = tmp_path / "feed"
        path.write_bytes((HEADER + "a,Cup,,l,1\nb,Café crème,,l,2\n").encode("latin-1"))
        with pytest.raises(FeedError, match=r"line 3: .*0xE9.*save the feed as UTF-8"):
            list(open_feed(path))

    def test_windows_1252_with_many_accents_is_not_taken_for_chinese(self, tmp_path):
        words = "garçon élève naïve façade à côté déjà-vu Ärger Übergröße " * 50
        (tmp_path / "feed").write_bytes((HEADER + f"a,{words[:500]},,l,1\n").encode("cp1252"))
        with pytest.raises(FeedError, match="save the feed as UTF-8"):
            list(open_feed(tmp_path / "feed"))

    def test_a_wrong_byte_far_down_is_found_before_anything_is_given(self, tmp_path):
        rows = "".join(f"p{i},Cup {i},,l,1\n" for i in range(60_000))
        (tmp_path / "feed").write_bytes((HEADER + rows).encode() + b"x,Caf\xe9,,l,1\n")
        with pytest.raises(FeedError, match="line 60002"):
            open_feed(tmp_path / "feed", format="google")

    def test_gb18030_far_down_is_still_gb18030(self, read):
        rows = "".join(f"p{i},Cup {i},{'x' * 990},l,1\n" for i in range(1_200))
        found = read((HEADER + rows + "z,青花瓷碗,手工烧制，釉色温润,l,1\n").encode("gb18030"))
        assert found[-1].product.title.zh == "青花瓷碗"

    def test_utf_16_without_its_mark_is_named(self, tmp_path):
        (tmp_path / "feed").write_bytes((HEADER + "a,Cup,,l,1\n").encode("utf-16-le"))
        with pytest.raises(FeedError, match="UTF-16 must begin with its mark"):
            open_feed(tmp_path / "feed")

    def test_a_file_cut_within_a_character_breaks_at_its_end(self, tmp_path):
        path = tmp_path / "feed"
        path.write_bytes((HEADER + "a,Cup,,l,1\nb,Bowl,,l,1\nc,碗").encode()[:-1])
        rows, error = until_broken(path)
        assert split(rows)[0] in (["a"], [])
        assert "cannot be read on" in str(error)

    def test_xml_says_its_own_encoding(self, read):
        text = (
            '<?xml version="1.0" encoding="%s"?><rss><item><id>a</id><title>%s</title></item></rss>'
        )
        assert read((text % ("iso-8859-1", "Café")).encode("latin-1"))[0].product.title.en == "Café"
        assert read((text % ("gb2312", "青花碗")).encode("gb2312"))[0].product.title.zh == "青花碗"

    def test_xml_in_an_unknown_encoding(self, read):
        with pytest.raises(FeedError):
            read(b'<?xml version="1.0" encoding="klingon"?><rss><item/></rss>')


class TestXml:
    ITEM = "<item><g:id>{0}</g:id><title>Cup {0}</title></item>\n"

    def test_what_stood_before_the_cut_is_given(self, tmp_path):
        path = tmp_path / "feed"
        items = "".join(self.ITEM.format(i) for i in range(500))
        path.write_text(f"<rss {G}><channel>\n{items}<item><g:id>x</g:i")
        rows, error = until_broken(path)
        # Of the last one, a further variant may have been behind the cut.
        assert len(rows) == 499
        assert error.line >= 500
        assert "cut off" in str(error)

    def test_entities_are_not_expanded(self, tmp_path):
        laughs = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10))
        path = tmp_path / "feed"
        path.write_text(
            f'<!DOCTYPE rss [<!ENTITY l0 "ha">{laughs}]>'
            f"<rss {G}><item><g:id>a</g:id><title>&l9;</title></item></rss>"
        )
        rows, error = until_broken(path)
        assert rows == []
        assert "must not define XML entities" in str(error)

    def test_nothing_is_read_from_elsewhere(self, tmp_path):
        (tmp_path / "secret").write_text("hunter2")
        path = tmp_path / "feed"
        path.write_text(
            f'<!DOCTYPE rss [<!ENTITY x SYSTEM "{(tmp_path / "secret").as_uri()}">]>'
            f"<rss {G}><item><g:id>a</g:id><title>&x;</title></item></rss>"
        )
        rows, error = until_broken(path)
        assert rows == []
        assert "hunter2" not in str(error)

    def test_an_external_dtd_is_not_loaded(self, read):
        dtd = '<!DOCTYPE rss SYSTEM "http://127.0.0.1:9/x.dtd">'
        text = f"{dtd}<rss {G}>{self.ITEM.format('a')}</rss>"
        assert split(read(text)) == (["a"], [])

    def test_a_text_of_11_mb_breaks_the_feed_there(self, tmp_path):
        path = tmp_path / "feed"
        long = f"<item><g:id>b</g:id><description>{'x' * 11_000_000}</description></item>"
        path.write_text(f"<rss {G}>{self.ITEM.format('a')}{self.ITEM.format('z')}{long}</rss>")
        rows, error = until_broken(path)
        assert split(rows)[0] == ["a"]
        assert "broken" in str(error)

    def test_deep_nesting(self, tmp_path):
        path = tmp_path / "feed"
        path.write_text(f"<rss {G}>{self.ITEM.format('a')}{self.ITEM.format('z')}" + "<a>" * 5_000)
        rows, error = until_broken(path)
        assert split(rows)[0] == ["a"]
        assert "depth" in str(error).casefold()

    def test_xml_without_items(self, tmp_path):
        (tmp_path / "feed").write_text("<catalog><product/></catalog>")
        _, error = until_broken(tmp_path / "feed")
        assert "<item> or <entry>" in str(error)


class TestJson:
    GOOD = '{"@type": "Product", "sku": "%s", "name": "碗"}'

    @pytest.mark.parametrize(
        ("line", "reason"),
        [
            ("42", "expected an object, got int '42'"),
            ('"text"', "expected an object, got str"),
            ('{"@type": "Product", "sku":}', "not JSON"),
            ("[" * 100_000, "nested too deeply"),
            ('{"@type":"Product","sku":"x","name":"y","offers":{"price":NaN}}', "NaN is no number"),
            (f'{{"@type":"Product","sku":{"9" * 5_000},"name":"y"}}', "not JSON"),
            (
                '{"@type":"Product","sku":"x","name":"y","offers":{"price":1e999999}}',
                "expected a price",
            ),
            ('{"@type":"Product","sku":"x","name":"y","offers":{"price":-3}}', "negative"),
            ('{"@type":"Product","sku":"x","name":{"a":{"b":1}}}', "no title"),
            ('{"sku": "x"}', "got no @type"),
            ('{"@type":"Product","sku":"x","name":"' + "y" * 4_100_000 + '"}', "longer than"),
        ],
    )
    def test_a_bad_line_costs_its_line(self, read, line, reason):
        rows = read(f"{self.GOOD % 'a'}\n{line}\n{self.GOOD % 'b'}\n")
        accepted, rejected = split(rows)
        assert accepted == ["a", "b"]
        assert len(rejected) == 1
        assert reason in rejected[0][1]

    def test_a_broken_first_line_is_one_line(self, read):
        accepted, rejected = split(read('{"a": oops}\n' + self.GOOD % "a" + "\n"))
        assert accepted == ["a"]
        assert rejected[0][0] == 1

    @pytest.mark.parametrize(
        "end",
        ['{"@type": "Pro', "42 42]", "[" * 100_000, f'{{"sku": {"9" * 5_000}}}]', '"\x00"]', ""],
    )
    def test_a_broken_array_breaks_there(self, tmp_path, end):
        path = tmp_path / "feed"
        path.write_text(f"[{self.GOOD % 'a'}, {self.GOOD % 'b'}, {end}")
        rows, error = until_broken(path)
        assert split(rows)[0][0] == "a"
        assert "broken or cut off" in str(error)

    def test_half_characters_become_a_mark(self, read):
        (row,) = read('{"@type": "Product", "sku": "a", "name": "cup \\ud83d red"}\n')
        assert row.product.title.en == "cup \ufffd red"
        assert row.product.title.en.encode()

    def test_products_nested_without_end(self, read):
        value = json.loads(self.GOOD % "a")
        for _ in range(50):
            value = {"@graph": [value]}
        (row,) = read(json.dumps(value) + "\n")
        assert row.reason == "products are nested too deeply"

    def test_a_page_without_products(self, tmp_path):
        (tmp_path / "feed").write_text("<html><body>Hello</body></html>")
        _, error = until_broken(tmp_path / "feed")
        assert "application/ld+json" in str(error)

    def test_a_broken_script_in_a_page_is_a_row(self, read):
        script = '<script type="application/ld+json">{}</script>'
        page = (
            f"<html>{script.replace('{}', '{oops')}\n{script.replace('{}', self.GOOD % 'a')}</html>"
        )
        accepted, rejected = split(read(page))
        assert accepted == ["a"]
        assert "not JSON" in rejected[0][1]

    def test_a_record_that_is_no_object_in_a_mapped_feed(self, read):
        rows = read('{"item": 7}\n{"other": {}}\n', mapping=mapping("jsonl"))
        assert [reason for _, reason in split(rows)[1]] == [
            "expected an object under 'item', got int '7'",
            "expected an object under 'item', got NoneType 'None'",
        ]


def test_gzip_that_is_none(tmp_path):
    (tmp_path / "feed").write_bytes(b"\x1f\x8b" + b"not gzip at all" * 10)
    with pytest.raises(FeedError, match="gzip data is broken"):
        list(open_feed(tmp_path / "feed", format="google"))


def test_a_gzip_with_a_changed_byte_breaks_where_it_is_found(tmp_path):
    rows = "".join(f"p{i},Cup {i * 7919 % 99991},,l,1\n" for i in range(30_000))
    packed = bytearray(gzip.compress((HEADER + rows).encode()))
    packed[-6] ^= 0xFF
    (tmp_path / "feed").write_bytes(packed)
    found, error = until_broken(tmp_path / "feed")
    # The last one may have gone on behind the damage.
    assert len(found) == 29_999
    assert "gzip data is broken" in str(error)
