"""The importer, on a real store: counts, rejected rows, broken feeds, flat memory."""

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from decimal import Decimal

import psutil
import pytest

from catalog.feeds import FeedError, load_mapping, open_feed
from catalog.importer import import_feed, merge_products
from catalog.store import ProductStore, UpsertCounts
from catalog.types import Attribute, LocalText, Price, Product, Variant
from tests.catalog.feed_samples import HEADPHONES, MUG, SAMPLES, SHOES, SHOP, Choice, mapping

WANTED = ("memory", "storage", "screen_size", "weight", "color_capable")
HEADER = "id,title,link,price,item_group_id,size\n"


def row(id_, title="Cup", price="10.00 USD", group="", size=""):
    return f"{id_},{title},http://x/{id_},{price},{group},{size}\n"


@pytest.fixture
def store(tmp_path):
    opened = ProductStore.open(f"sqlite:///{tmp_path / 'shop.db'}")
    yield opened
    opened.close()


@pytest.fixture
def load(store, tmp_path):
    """Import a text, with the rejected rows in ``rejects.jsonl``."""

    def load_text(text, **options):
        path = tmp_path / "feed"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        options = {"rejects_path": tmp_path / "rejects.jsonl", **options}
        return import_feed(path, store, **options)

    return load_text


def counts(report):
    return (report.read, report.added, report.changed, report.unchanged, report.rejected)


class TestCounts:
    def test_added_then_unchanged_then_changed(self, load, store):
        assert counts(load(HEADER + row("a") + row("b", "碗"))) == (2, 2, 0, 0, 0)
        assert counts(load(HEADER + row("a") + row("b", "碗"))) == (2, 0, 0, 2, 0)
        assert counts(load(HEADER + row("a", price="9.00 USD") + row("c"))) == (2, 1, 1, 0, 0)
        assert store.get("a").variants[0].prices == (Price(Decimal("9.00"), "USD"),)
        # What a feed does not have any more stays.
        assert store.get("b").title == LocalText(zh="碗")

    def test_rows_are_products_and_rejected_rows_and_nothing_else(self, load):
        text = HEADER + row("s1", group="s", size="S") + row("s2", group="s", size="M")
        report = load(text + row("", "No id") + row("x", price="-1") + row("y"))
        assert counts(report) == (5, 2, 0, 0, 2)

    def test_batches_make_no_difference(self, load, store):
        text = HEADER + "".join(row(f"p{n}") for n in range(25))
        assert counts(load(text, batch_size=7)) == (25, 25, 0, 0, 0)
        assert store.count() == 25

    def test_a_batch_of_none_is_refused(self, load):
        with pytest.raises(ValueError, match="batch_size must be at least 1, got 0"):
            load(HEADER + row("a"), batch_size=0)

    @pytest.mark.parametrize("name", SAMPLES)
    def test_what_is_stored_is_what_was_read(self, name, store, tmp_path):
        sample = SAMPLES[name]
        (tmp_path / sample.file).write_text(sample.write(SHOP), encoding="utf-8")
        report = import_feed(tmp_path / sample.file, store, **sample.options)
        assert (report.added, report.rejected, report.broken) == (3, 0, "")
        shoes = store.get("shoes")
        assert [one.id for one in shoes.variants] == ["shoes-41", "shoes-42"]
        assert shoes.variants[0].prices[0].list_amount == Decimal("99.90")
        assert not shoes.variants[1].available
        assert store.get("bt-1").title.zh == HEADPHONES.title
        assert store.get("mug").title.en == MUG.title

    def test_the_report_carries_what_the_reader_warns_of(self, store, tmp_path):
        sample = SAMPLES["shopify_classic"]
        (tmp_path / sample.file).write_text(sample.write(SHOP), encoding="utf-8")
        report = import_feed(tmp_path / sample.file, store, currency="CNY")
        assert report.warnings == ("the feed names no currency: prices are taken as CNY",)
        assert store.get("mug").variants[0].prices[0].currency == "CNY"


class TestRejects:
    def test_each_is_a_line_with_number_reason_and_text(self, load, tmp_path):
        report = load(HEADER + row("a") + row("b", "碗" * 1_500) + row("a", "Jug"))
        assert report.rejects_path == tmp_path / "rejects.jsonl"
        lines = [json.loads(line) for line in report.rejects_path.read_text("utf-8").splitlines()]
        assert [(line["line"], line["reason"]) for line in lines] == [
            (3, "the title has more than 1,000 characters"),
            (4, "the variant 'a' came earlier in the feed"),
        ]
        assert lines[0]["raw"].startswith("b,碗")
        assert len(lines[0]["raw"]) <= 2_000

    def test_no_file_without_a_rejected_row_and_no_old_one_either(self, load, tmp_path):
        assert load(HEADER + row("")).rejects_path is not None
        report = load(HEADER + row("a"))
        assert report.rejects_path is None
        assert not (tmp_path / "rejects.jsonl").exists()

    def test_they_are_counted_without_a_file_too(self, load):
        report = load(HEADER + row(""), rejects_path=None)
        assert (report.rejected, report.rejects_path) == (1, None)

    def test_the_feed_is_not_overwritten(self, load, tmp_path):
        with pytest.raises(ValueError, match="cannot be written over the feed"):
            load(HEADER + row("a"), rejects_path=tmp_path / "feed")
        assert (tmp_path / "feed").read_text() == HEADER + row("a")

    def test_half_characters_can_be_written_down(self, load):
        report = load('{"@type": "Product", "name": "\\ud800"}\n' + "[1, \n")
        assert report.rejected == 2
        assert report.rejects_path.read_text("utf-8")


class TestProgress:
    def test_it_grows_to_all_rows_and_one(self, load):
        seen = []
        text = HEADER + "".join(row(f"p{n}" if n % 3 else "") for n in range(60))
        load(text, progress=seen.append, batch_size=10)
        assert len(seen) > 4
        assert [one.read for one in seen] == sorted(one.read for one in seen)
        fractions = [one.fraction for one in seen]
        assert fractions == sorted(fractions)
        assert (seen[-1].read, seen[-1].rejected, seen[-1].fraction) == (60, 20, 1.0)


class TestGroupsThatComeBack:
    def test_their_variants_are_added(self, load, store):
        text = HEADER + row("s1", group="s", size="S") + row("other")
        report = load(text + row("s2", group="s", size="M"))
        assert counts(report) == (3, 2, 1, 0, 0)
        shirt = store.get("s")
        assert [(one.id, one.option("size").en) for one in shirt.variants] == [
            ("s1", "S"),
            ("s2", "M"),
        ]
        # The size of the first row was taken for a fact of the product until the second came.
        assert shirt.values("size") == ()

    def test_the_variants_of_an_import_before_are_replaced(self, load, store):
        load(HEADER + row("s1", group="s", size="S") + row("s2", group="s", size="M"))
        load(HEADER + row("s3", group="s", size="L") + row("o") + row("s4", group="s", size="XL"))
        assert [one.id for one in store.get("s").variants] == ["s3", "s4"]

    def test_shopify_rows_without_a_title_are_added_too(self, store, tmp_path):
        text = (
            "Handle,Title,Option1 Name,Option1 Value,Variant Price,Image Src\n"
            "tee,T恤,Size,S,20,http://x/1\nmug,杯,,,5,\ntee,,Size,M,20,http://x/2\nlost,,Size,M,20,\n"
        )
        (tmp_path / "feed").write_text(text, encoding="utf-8")
        report = import_feed(tmp_path / "feed", store)
        assert counts(report) == (4, 2, 1, 0, 1)
        tee = store.get("tee")
        assert [one.id for one in tee.variants] == ["tee:S", "tee:M"]
        assert tee.images == ("http://x/1", "http://x/2")
        assert tee.title == LocalText(zh="T恤")

    def test_merging_replaces_a_variant_and_leaves_ambiguous_options(self):
        size = LocalText("S")
        two = (Attribute("size", size), Attribute("size", LocalText("M")))
        stored = Product("p", LocalText("P"), (Variant("1"),), attributes=two, images=("a",))
        new = Variant("1", (("size", size),))
        merged = merge_products(stored, Product("p", LocalText(), (new,), images=("a", "b")))
        assert merged == replace(stored, variants=(new,), images=("a", "b"))


class TestBrokenFeeds:
    """What was in the shop before, and what stood before the break, is there."""

    def test_truncated_xml(self, load, store):
        load(HEADER + row("old"))
        items = "".join(
            f"<item><g:id>p{n}</g:id><title>Cup {n}</title></item>\n" for n in range(30)
        )
        xml = f'<rss xmlns:g="http://base.google.com/ns/1.0">\n{items}<item><g:id>x'
        report = load(xml, batch_size=10)
        assert (report.read, report.added) == (29, 29)
        assert report.broken.startswith("line 3")
        assert "cut off" in report.broken
        assert store.get("old") is not None
        assert store.count() == 30

    def test_a_product_cut_in_two_keeps_the_variants_it_had(self, load, store):
        head = '<rss xmlns:g="http://base.google.com/ns/1.0">'
        item = (
            "<item><g:id>s{0}</g:id><title>Shirt</title><g:item_group_id>s</g:item_group_id></item>"
        )
        whole = f"{head}{item.format(1)}{item.format(2)}<item><g:id>a</g:id><title>A</title></item>"
        load(f"{whole}</rss>")
        assert len(store.get("s").variants) == 2
        first = "<item><g:id>a</g:id><title>A</title></item>"
        report = load(f"{head}{first}{item.format(1)}<item><g:id>s2</g:id>")
        assert report.broken
        assert len(store.get("s").variants) == 2

    @pytest.mark.parametrize(
        "text",
        [
            b"",
            b"\x1f\x8bnot gzip",
            b"\xff\xfe\x00",
            "nothing;known\n1;2\n",
            "<rss><item>",
            "<a/>",
            b"[",
        ],
    )
    def test_what_cannot_be_read_at_all_raises_and_changes_nothing(self, load, store, text):
        load(HEADER + row("old"))
        revision = store.revision()
        with pytest.raises(FeedError):
            load(text)
        assert store.revision() == revision

    def test_latin_1_changes_nothing(self, load, store):
        load(HEADER + row("old"))
        with pytest.raises(FeedError, match="save the feed as UTF-8"):
            load((HEADER + row("new") + row("old", "Café")).encode("latin-1"))
        assert store.get("new") is None
        assert store.get("old").title.en == "Cup"

    def test_a_missing_file_and_a_directory(self, store, tmp_path):
        for path in (tmp_path / "nothing", tmp_path):
            with pytest.raises(FeedError):
                import_feed(path, store)

    def test_markup_is_stored_as_text(self, load, store):
        load(
            HEADER + row("a", "<img src=x onerror=alert(1)>") + row("b", "'; DROP TABLE product;--")
        )
        assert store.get("a").title.en == "<img src=x onerror=alert(1)>"
        assert store.get("b").title.en == "'; DROP TABLE product;--"

    def test_killed_in_the_middle_it_leaves_whole_products_and_can_go_on(self, store, tmp_path):
        goods = [
            replace(
                SHOES,
                id=f"s{n}",
                choices=(Choice(f"s{n}-1", "1.00", "1"), Choice(f"s{n}-2", "2", "2")),
            )
            for n in range(3_000)
        ]
        (tmp_path / "feed.csv").write_text(SAMPLES["mapped_csv"].write(goods), encoding="utf-8")
        script = (
            "import sys; from pathlib import Path\n"
            "from catalog.importer import import_feed; from catalog.store import ProductStore\n"
            "from tests.catalog.feed_samples import mapping\n"
            "folder = Path(sys.argv[1])\n"
            "store = ProductStore.open(f\"sqlite:///{folder / 'shop.db'}\")\n"
            "import_feed(folder / 'feed.csv', store, mapping=mapping('csv'), batch_size=50)\n"
        )
        process = subprocess.Popen([sys.executable, "-c", script, str(tmp_path)])
        deadline = time.monotonic() + 120
        while store.count() < 100 and process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.01)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        left = store.count()
        assert left >= 100
        assert left % 50 == 0
        assert all(len(p.variants) == 2 for batch in store.iterate() for _, p in batch)
        report = import_feed(tmp_path / "feed.csv", store, mapping=mapping("csv"))
        assert report.added + left == 3_000
        assert store.count() == 3_000


class CountingStore:
    """Takes products and keeps none, so that only the importer's own memory is measured."""

    def __init__(self):
        self.process = psutil.Process()
        self.memory = []

    def upsert(self, products, source):
        self.memory.append(self.process.memory_info().rss)
        return UpsertCounts(added=len(products))


# In a process of its own: what other tests leave in this one must not count as the importer's.
MEASURE = """
import json, sys
from pathlib import Path
from catalog.importer import import_feed
from tests.catalog.feed_samples import SAMPLES
from tests.catalog.test_importer import CountingStore

store = CountingStore()
report = import_feed(Path(sys.argv[2]), store, batch_size=200, **SAMPLES[sys.argv[1]].options)
print(json.dumps([store.memory, report.added, report.rejected]))
"""


@pytest.mark.parametrize(
    ("name", "products"),
    [
        ("mapped_csv", 10_000),
        ("google_xml", 6_000),
        ("woocommerce", 6_000),
        ("schema_array", 6_000),
    ],
)
def test_memory_does_not_grow_with_the_rows(name, products, tmp_path):
    sample = SAMPLES[name]
    text = "<p>" + "light and fast " * 100 + "</p>"
    path = tmp_path / sample.file
    goods = [
        replace(
            SHOES,
            id=f"s{n}",
            description=f"{n} {text}",
            choices=(Choice(f"s{n}-1", "1.00", "41"), Choice(f"s{n}-2", "2.00", "42")),
        )
        for n in range(products)
    ]
    path.write_text(sample.write(goods), encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-c", MEASURE, name, str(path)],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    memory, added, rejected = json.loads(run.stdout.splitlines()[-1])
    assert (added, rejected) == (products, 0)
    quarter, end = memory[len(memory) // 4], memory[-1]
    # A description alone has 1,500 characters; ids take 16 to 32 bytes.
    assert end - quarter < 0.4 * 1_500 * 0.75 * products


class TestSharedCatalogues:
    """The mappings that ship, on the catalogues they are examples for."""

    @pytest.mark.parametrize(
        ("folder", "file", "name", "read", "added"),
        [
            ("vespa_amazon_products", "products.jsonl.gz", "amazon", 24_576, 24_575),
            ("fashion_myntra", "styles.csv.gz", "myntra", 44_446, 44_439),
            ("retrotech_bestbuy", "products.csv.gz", "bestbuy", 48_194, 46_156),
        ],
    )
    def test_every_row_is_accounted_for(self, shared_data, folder, file, name, read, added):
        path = shared_data(folder) / file
        report = import_feed(path, CountingStore(), mapping=load_mapping(name))
        assert counts(report) == (read, added, 0, 0, read - added)
        assert report.broken == ""

    def test_the_shopify_samples(self, shared_data, store):
        folder = shared_data("shopify_import_samples")
        reports = [import_feed(path, store) for path in sorted(folder.glob("*.csv"))]
        assert sum(report.read for report in reports) == 84
        assert [(report.added, report.rejected) for report in reports] == [(20, 0)] * 3
        bracelet = store.get("chain-bracelet")
        assert [one.option("color").en for one in bracelet.variants] == ["Blue", "Black"]
        assert bracelet.variants[0].prices == (Price(Decimal("42.99"), "USD", Decimal("44.99")),)

    def test_icecat_has_units_and_names_that_shoppers_use(self, shared_data):
        path = shared_data("chorus_icecat") / "products.jsonl.gz"
        units, notebook, rows = set(), None, 0
        for row in open_feed(path, load_mapping("icecat")):
            rows += 1
            units.update((a.name, a.unit) for a in row.product.attributes if a.name in WANTED)
            if row.product.id == "2101957":
                notebook = row.product
        assert rows == 19_406
        assert units == {
            ("memory", "GB"), ("memory", "MB"), ("storage", "GB"), ("screen_size", "inch"),
            ("weight", "g"), ("color_capable", ""),
        }  # fmt: skip
        assert notebook.brand == LocalText("HP")
        assert notebook.category == (LocalText("Notebook"),)
        assert notebook.values("color") == (LocalText("Silver"),)
        found = {(a.name, a.value, a.unit) for a in notebook.attributes}
        assert ("screen_size", Decimal(17), "inch") in found
        assert ("memory", Decimal(4), "GB") in found
        assert ("processor_frequency", Decimal("2.13"), "GHz") in found
        assert ("touchscreen", False, "") in found
        assert notebook.variants[0].prices == (Price(Decimal("109.95"), "USD"),)
