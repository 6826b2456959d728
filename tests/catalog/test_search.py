import shutil
import threading
from dataclasses import replace
from decimal import Decimal
from itertools import chain

import pytest

from catalog.search import ProductSearch
from catalog.store import ProductStore
from catalog.types import (
    AttributeOrder,
    Availability,
    FlagConstraint,
    NumberConstraint,
    Price,
    ProductFilter,
    SortKey,
    TextConstraint,
    read_order,
)
from tests.catalog.encoders import WordEncoder
from tests.catalog.products import product, variant
from tests.catalog.shop import PRODUCTS, near, renamed


@pytest.fixture
def words():
    return WordEncoder()


@pytest.fixture
def search(store, words, tmp_path):
    opened = ProductSearch.open(store, words, tmp_path / "index")
    yield opened
    opened.close()


def ids(result):
    return [one.product.id for one in result.products]


def names(one):
    return [reason.name for reason in one.reasons]


def reopened(store, encoder, tmp_path):
    return ProductSearch.open(store, encoder, tmp_path / "index")


def test_words_find_their_products_in_both_languages(search):
    assert ids(search.search("running shoes"))[:2] == ["run-1", "run-2"]
    assert ids(search.search("跑步鞋"))[:2] == ["run-1", "run-2"]
    assert ids(search.search("bluetooth earbuds"))[0] == "ear-2"
    assert ids(search.search("收音机"))[0] == "old-1"


def test_chinese_words_find_a_product_that_has_only_english_ones(search):
    found = search.search("黑色的惠普墨盒", language="zh")
    assert ids(found)[0] == "ink-1"
    (reason,) = [r for r in found.products[0].reasons if r.name == "words"]
    assert reason.facts["words"] == "黑色、惠普、墨盒"


def test_a_filter_holds_exactly_and_chooses_the_variant(search):
    wanted = ProductFilter(
        categories=("shoes",),
        maximum_price=Decimal(80),
        currency="USD",
        attributes=(TextConstraint("color", ("blue",)),),
        available_only=True,
    )
    found = search.search("running shoes", wanted)
    assert [(one.product.id, one.variant.id) for one in found.products] == [("run-1", "run-1-blue")]
    assert (found.total, found.exact, found.relevant, found.matching) == (1, True, True, 1)
    assert search.count(wanted) == 1


def test_reasons_are_facts_of_the_record(search):
    wanted = ProductFilter(
        categories=("耳机",),
        brands=("tonalo",),
        maximum_price=Decimal("150.00"),
        currency="USD",
        attributes=(
            FlagConstraint("noise_cancelling"),
            NumberConstraint("battery_life", Decimal(1), None, "day"),
        ),
    )
    (one,) = search.search("headphones", wanted).products
    facts = [(reason.name, dict(reason.facts)) for reason in one.reasons]
    assert facts[:5] == [
        ("matches", {"attribute": "noise_cancelling", "value": "yes", "label": "Noise cancelling"}),
        ("matches", {"attribute": "battery_life", "value": "30 hour", "label": "Battery life"}),
        ("category", {"category": "Headphones"}),
        ("brand", {"brand": "Tonalo"}),
        ("under_price", {"price": "150.00", "currency": "USD"}),
    ]
    # What the filter has proven needs no words.
    assert facts[5:] == [("well_rated", {"rating": "4.8", "count": "300"})]
    (tea,) = search.search("green tea").products
    assert [(r.name, r.facts) for r in tea.reasons] == [("words", {"words": "green tea"})]
    (chinese,) = search.search("", wanted, language="zh").products
    assert [r.facts for r in chinese.reasons if r.name == "brand"] == [{"brand": "彤籁"}]
    labels = [r.facts["label"] for r in chinese.reasons if r.name == "matches"]
    assert labels == ["降噪", "续航"]


def test_an_option_is_the_reason_with_the_variants_own_value(search):
    wanted = ProductFilter(attributes=(TextConstraint("color", ("红色", "green")),))
    (one,) = search.search("", wanted, language="zh").products
    assert one.variant.id == "run-1-red"
    assert one.reasons[0].facts["value"] == "红色"


def test_without_words_everything_that_passes_comes_by_popularity(search):
    found = search.search("   ")
    assert found.total == found.matching == len(PRODUCTS)
    assert ids(found)[:2] == ["ear-1", "run-1"]
    assert ids(found)[-1] == "run-3"


def test_what_cannot_be_ordered_comes_after_what_can(search, store):
    equal = [
        product(f"twin-{n}", "Camping stove", variants=(variant(f"twin-{n}-v", "20", stock=s),))
        for n, s in ((1, 0), (2, 5))
    ]
    store.upsert(equal, "test")
    assert ids(search.search("camping stove"))[:2] == ["twin-2", "twin-1"]


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        (SortKey.PRICE_ASCENDING, ["run-3", "run-1", "run-2"]),
        (SortKey.PRICE_DESCENDING, ["run-2", "run-1", "run-3"]),
        (SortKey.RATING, ["run-1", "run-2", "run-3"]),
        (SortKey.POPULARITY, ["run-1", "run-2", "run-3"]),
        (SortKey.NEWEST, ["run-3", "run-2", "run-1"]),
    ],
)
def test_sorting_goes_over_all_products_that_fit_the_words(search, sort, expected):
    assert ids(search.search("running shoes", sort=sort, currency="USD")) == expected


def test_the_cheapest_is_found_among_more_than_a_page(search, store):
    many = [
        product(f"mug-{n}", f"Stone mug {n}", variants=(variant(f"mug-{n}-v", str(500 - n)),))
        for n in range(450)
    ]
    store.upsert(many, "test")
    found = search.search("stone mug", k=3, sort=SortKey.PRICE_ASCENDING, currency="USD")
    assert ids(found) == ["mug-449", "mug-448", "mug-447"]
    assert (found.total, found.exact) == (450, True)
    search.finish()


def test_a_price_in_the_other_currency_sorts_by_itself(search):
    found = search.search("Tonalo", sort=SortKey.PRICE_ASCENDING, currency="CNY")
    assert ids(found) == ["ear-2", "ear-1"]


def test_pages_follow_each_other_without_gaps(search):
    whole = ids(search.search("", k=100))
    pages = [ids(search.search("", k=3, offset=start)) for start in range(0, 9, 3)]
    assert list(chain.from_iterable(pages)) == whole
    assert ids(search.search("", offset=100)) == []
    assert search.search("running shoes", k=0).total == 3


@pytest.mark.parametrize("text", ["sets of green tea with running shoes", "来双红色的鞋吧亲"])
def test_where_the_filter_says_it_all_the_words_only_order(search, text):
    audio = ProductFilter(categories=("electronics",))
    every = {"ear-1", "ear-2"}
    found = search.search(text, audio, all_fit=True)
    assert (set(ids(found)), found.total, found.relevant) == (every, 2, True)
    shoes = ProductFilter(categories=("shoes",))
    best = search.search("Fleetfoot running shoes", shoes, all_fit=True)
    assert len(ids(best)) == best.total == search.count(shoes)
    pages = [ids(search.search(text, shoes, 1, offset=n, all_fit=True)) for n in range(3)]
    assert sorted(chain.from_iterable(pages)) == ["run-1", "run-2", "run-3"]
    cheap = search.search(text, shoes, sort=SortKey.PRICE_ASCENDING, currency="USD", all_fit=True)
    assert ids(cheap) == ["run-3", "run-1", "run-2"]


def test_nothing_passes_and_nothing_is_shown(search):
    found = search.search("running shoes", ProductFilter(maximum_price=Decimal(1)))
    assert (found.products, found.total, found.matching) == ((), 0, 0)


def test_wrong_use_is_refused(search):
    with pytest.raises(ValueError, match="expected k and offset from 0"):
        search.search("x", k=-1)
    impossible = NumberConstraint("weight", Decimal(2), Decimal(1))
    with pytest.raises(ValueError, match="minimum 2 is above maximum 1"):
        search.search("x", ProductFilter(attributes=(impossible,)))


@pytest.mark.parametrize(
    "text",
    ["x", "x" * 10_000, "the of and", "' OR 1=1; --", "<script>alert(1)</script>", "😀", "\x00"],
)
def test_no_query_is_too_strange(search, text):
    search.search(text, ProductFilter(available_only=True))


def test_a_new_price_and_stock_are_true_in_the_next_answer(search, store, words):
    embedded = len(words.passages)
    store.update_price("run-2-a", Price(Decimal(10), "USD"))
    store.update_stock("run-3-a", Availability.IN_STOCK, 4)
    cheap = ProductFilter(maximum_price=Decimal(20), currency="USD", categories=("shoes",))
    (one,) = search.search("", cheap).products
    assert one.variant.price("USD").amount == 10
    in_stock = search.search("", ProductFilter(categories=("shoes",), available_only=True))
    assert in_stock.total == 3
    assert len(words.passages) == embedded


def test_new_changed_and_deleted_products_count_at_once(search, store):
    store.upsert(
        [product("lamp", "Reading lamp|阅读灯"), renamed(PRODUCTS[5], "Oolong tea|乌龙茶")], "t"
    )
    store.delete(["ear-2"])
    assert ids(search.search("reading lamp"))[0] == "lamp"
    assert ids(search.search("乌龙茶"))[0] == "tea-1"
    assert search.search("绿茶").products == () or ids(search.search("绿茶"))[0] != "ear-2"
    assert "ear-2" not in ids(search.search("", k=100))
    assert search.count(ProductFilter()) == len(PRODUCTS)


def test_many_new_texts_are_embedded_behind_while_words_find_them(search, store, words):
    gate = threading.Event()
    encode = words.encode

    def slow(texts, kind, max_tokens=None):
        if kind == "passage":
            gate.wait(30)
        return encode(texts, kind, max_tokens)

    words.encode = slow
    store.upsert([product(f"vase-{n}", f"Glass vase {n}") for n in range(60)], "test")
    assert search.search("glass vase").total == 60
    gate.set()
    search.finish()
    assert search._live.indexes.vectors.pending == 0
    assert search.search("glass vase").total == 60


def test_what_was_saved_is_opened_without_computing_anything(search, store, tmp_path):
    fresh = WordEncoder()
    again = reopened(store, fresh, tmp_path)
    assert fresh.passages == []
    assert ids(again.search("running shoes")) == ids(search.search("running shoes"))


def test_only_what_changed_meanwhile_is_computed(search, store, tmp_path):
    store.upsert([product("lamp", "Reading lamp")], "test")
    store.update_price("run-2-a", Price(Decimal(10), "USD"))
    fresh = WordEncoder()
    again = reopened(store, fresh, tmp_path)
    assert fresh.passages == ["Reading lamp"]
    assert ids(again.search("reading lamp"))[0] == "lamp"


def test_another_encoder_computes_every_vector_again(search, store, tmp_path, caplog):
    other = WordEncoder("other", 16)
    again = reopened(store, other, tmp_path)
    assert len(other.passages) == 14
    assert "should have encoder 'other'" in caplog.text
    assert ids(again.search("running shoes"))[0] == "run-1"


@pytest.mark.parametrize("name", ["words/manifest.json", "words/lexical/postings.npz", "words"])
def test_damaged_word_indexes_are_built_again_and_vectors_kept(
    search, store, tmp_path, caplog, name
):
    path = tmp_path / "index" / name
    shutil.rmtree(path) if path.is_dir() else path.write_bytes(b"{")
    fresh = WordEncoder()
    again = reopened(store, fresh, tmp_path)
    assert ids(again.search("跑步鞋"))[0] == "run-1"
    assert fresh.passages == []
    assert "built anew" in caplog.text


def test_damaged_vectors_are_computed_again(search, store, tmp_path, caplog):
    path = tmp_path / "index" / "vectors" / "vectors.faiss"
    path.write_bytes(path.read_bytes()[:-4])
    fresh = WordEncoder()
    again = reopened(store, fresh, tmp_path)
    assert len(fresh.passages) == 14
    assert "computed anew" in caplog.text
    assert len(near(again, "run-1", 3)) == 3


def test_indexes_of_another_database_are_built_again(search, tmp_path, caplog):
    other = ProductStore.open(f"sqlite:///{tmp_path / 'other.db'}")
    other.upsert([product("lamp", "Reading lamp|阅读灯")], "test")
    fresh = WordEncoder()
    again = reopened(other, fresh, tmp_path)
    assert ids(again.search("", k=100)) == ["lamp"]
    assert "built anew" in caplog.text
    other.close()


def dying_after(texts, monkeypatch):
    """An encoder that is killed once it has read so many texts, four at a time."""
    monkeypatch.setattr("catalog.live.BATCH_TEXTS", 4)
    monkeypatch.setattr("catalog.live._CHECKPOINT_TEXTS", 4)
    dying = WordEncoder()
    encode = dying.encode

    def die(given, kind, max_tokens=None):
        if len(dying.passages) >= texts:
            raise KeyboardInterrupt
        return encode(given, kind, max_tokens)

    dying.encode = die
    return dying


def test_a_killed_indexing_goes_on_where_it_was(store, tmp_path, monkeypatch):
    dying = dying_after(8, monkeypatch)
    with pytest.raises(KeyboardInterrupt):
        reopened(store, dying, tmp_path)
    fresh = WordEncoder()
    again = reopened(store, fresh, tmp_path)
    assert len(fresh.passages) == 14 - 8
    assert not set(fresh.passages) & set(dying.passages)
    assert ids(again.search("running shoes"))[0] == "run-1"


def test_a_killed_indexing_of_what_is_new_goes_on_where_it_was(
    search, store, tmp_path, monkeypatch
):
    store.upsert([product(f"vase-{n}", f"Glass vase {n}") for n in range(40)], "test")
    dying = dying_after(16, monkeypatch)
    with pytest.raises(KeyboardInterrupt):
        reopened(store, dying, tmp_path)
    fresh = WordEncoder()
    reopened(store, fresh, tmp_path)
    assert len(fresh.passages) == 40 - 16
    assert not set(fresh.passages) & set(dying.passages)


def test_texts_that_a_thread_did_not_get_to_are_computed_at_the_next_start(
    search, store, words, tmp_path, caplog
):
    words.encode = None  # fails when it is called
    store.upsert([product(f"vase-{n}", f"Glass vase {n}") for n in range(40)], "test")
    search.sync()
    search.finish()
    assert "embedding stopped" in caplog.text
    search.save()
    fresh = WordEncoder()
    again = reopened(store, fresh, tmp_path)
    assert sorted(fresh.passages) == sorted(f"Glass vase {n}" for n in range(40))
    assert len(near(again, "vase-1", 100)) > 40


def test_progress_names_its_phases(store, words, tmp_path):
    seen = []
    ProductSearch.open(store, words, tmp_path / "index", lambda *step: seen.append(step))
    assert seen[0] == ("products", 8, 8)
    assert seen[-1] == ("vectors", 14, 14)


def test_searches_and_changes_at_once_never_show_what_does_not_pass(search, store):
    wanted = ProductFilter(maximum_price=Decimal(100), currency="USD", available_only=True)
    errors = []

    def look():
        for _ in range(30):
            for one in search.search("running shoes", wanted).products:
                price = one.variant.price("USD")
                if not one.variant.available or price.amount > 100:
                    errors.append(one)

    def change():
        for step in range(30):
            store.update_price("run-1-blue", Price(Decimal(50 + 10 * (step % 10)), "USD"))
            store.update_stock("run-2-a", quantity=step % 2)

    threads = [threading.Thread(target=work) for work in (look, look, change)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []


def test_an_empty_shop_has_nothing(words, tmp_path):
    store = ProductStore.open(f"sqlite:///{tmp_path / 'empty.db'}")
    empty = ProductSearch.open(store, words, tmp_path / "empty")
    assert empty.search("anything").products == ()
    assert empty.search("").total == 0
    assert empty.count(ProductFilter()) == 0
    store.close()


def test_the_real_encoder_finds_by_meaning(store, encoder, tmp_path):
    real = ProductSearch.open(store, encoder, tmp_path / "real")
    assert ids(real.search("something quiet for listening to music on a plane"))[0] == "ear-1"
    assert ids(real.search("适合跑步穿的"))[0].startswith("run-")


@pytest.mark.parametrize("text", ["bluetooth earbuds", "蓝牙耳机", "zzz", "跑步鞋"])
def test_what_passes_is_shown_though_it_fits_no_word(search, text):
    tea = ProductFilter(categories=("tea",))
    found = search.search(text, tea)
    assert ids(found) == ["tea-1"]
    assert found.matching == 1
    nothing = search.search(text, ProductFilter(categories=("hats",)))
    assert (nothing.products, nothing.matching) == ((), 0)


def test_facets_count_all_that_fits_the_text(search):
    found = {one.name: one for one in search.facets("running shoes", currency="USD")}
    brands = {one.label.zh: one.count for one in found["brand"].values}
    assert brands == {"维洛": 2, "诺达": 1}
    narrowed = search.facets("跑步鞋", ProductFilter(brands=("维洛",)))
    colors = next(one for one in narrowed if one.name == "color")
    assert {one.label.en: one.count for one in colors.values} == {"blue": 2, "red": 1}


def test_facets_follow_the_shop(search, store):
    before = search.values(ProductFilter(), "color")
    assert {one.label.en for one in before.values} >= {"white", "blue"}
    store.delete(["ear-2"])
    after = search.values(ProductFilter(), "color")
    assert {one.label.en for one in before.values} - {one.label.en for one in after.values} == {
        "white"
    }


def test_any_number_orders_all_products_across_units(search, store):
    store.upsert([product("run-4", "Anvil boots", category="Boots", weight=("0.3", "kg"))], "test")
    order = AttributeOrder("weight")
    assert ids(search.search("", k=3, sort=order)) == ["run-1", "run-4", "run-2"]
    last = AttributeOrder("weight", descending=True)
    assert ids(search.search("", k=3, sort=last)) == ["run-2", "run-4", "run-1"]
    long = search.search("耳机", k=1, sort=AttributeOrder("battery_life", descending=True))
    assert ids(long) == ["ear-1"]
    unknown = search.search("", sort=AttributeOrder("loudness"))
    assert len(unknown.products) == 9


@pytest.mark.parametrize("order", [SortKey.RATING, AttributeOrder("weight", True)])
def test_an_order_is_read_as_it_is_written(order):
    assert read_order(str(order)) == order


@pytest.mark.parametrize("text", ["", "price", ":ascending", "weight:up"])
def test_an_unknown_order_is_refused(text):
    with pytest.raises(ValueError, match="expected an order"):
        read_order(text)


def test_near_duplicates_do_not_fill_the_first_page(search, store):
    colors = ("red", "blue", "green", "white", "black")
    alike = [product(f"mug-{c}", f"Acme enamel mug, {c}", brand="Acme", color=c) for c in colors]
    store.upsert([*alike, product("mug-x", "Blank enamel mug", brand="Blank")], "test")
    found = search.search("enamel mug", k=3)
    assert "mug-x" in ids(found)
    pages = [ids(search.search("enamel mug", k=2, offset=at)) for at in (0, 2, 4)]
    assert sorted(one for page in pages for one in page) == sorted(ids(search.search("enamel mug")))


def test_facets_count_right_after_dead_rows_are_dropped(search, store):
    store.upsert([replace(one, attributes=()) for one in PRODUCTS[:2]], "test")
    before = search.facets("")
    search.save()
    assert search.facets("") == before


@pytest.mark.parametrize(
    ("meant", "slip"), [("running shoes", "runing shoes"), ("跑步鞋", "跑不鞋")]
)
def test_facets_are_those_of_what_was_meant(search, meant, slip):
    assert search.facets(slip) == search.facets(meant)
