"""The benchmark of vector indexes, on data made by hand."""

import gzip
import json

import numpy as np
import pytest

from tests.benchmarks.ann.contenders import CONTENDERS
from tests.benchmarks.ann.rows import exact, grown
from tests.benchmarks.ann.texts import shop_queries, shop_texts
from tests.benchmarks.ann.vectors import embedded
from tests.catalog.encoders import WordEncoder
from tests.catalog.vector_indexes import unit


def silent(*_):
    pass


@pytest.fixture
def data(tmp_path):
    def write(name, text):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(gzip.compress(text.encode()) if name.endswith(".gz") else text.encode())

    write("chorus_icecat/products.jsonl.gz", json.dumps({"title": "Toner"}) + "\n")
    write("vespa_amazon_products/products.jsonl", json.dumps({"fields": {"title": "Puzzle"}}))
    write("retrotech_bestbuy/products.csv.gz", 'upc,name\n1,"A film, wide"\n2,Puzzle\n')
    write("fashion_myntra/styles_text.csv.gz", "productDisplayName\nBlue Shirt\n")
    write("wands_queries_only/query.csv", "query_id\tquery\tquery_class\n0\tsalon chair\tChairs\n")
    lines = "".join(f"{n}\t词{n}\n" for n in range(500))
    write("multicpr_ecom_queries_zh/train.query.txt.gz", lines)
    return tmp_path


def test_rows_and_queries_are_of_both_languages_and_apart(data):
    texts, queries = shop_texts(data), shop_queries(data)
    assert {"Toner", "Puzzle", "A film, wide", "Blue Shirt"} < set(texts)
    assert len(texts) == len(set(texts)) == 4 + 20
    assert queries[0] == "salon chair"
    assert queries[1].startswith("词")
    assert not set(texts) & set(queries)
    assert texts == shop_texts(data)


def test_vectors_are_computed_once(tmp_path):
    encoder = WordEncoder()
    first = embedded(["red shoe", "花瓶"], "passage", encoder, tmp_path, silent)
    again = embedded(["red shoe", "花瓶"], "passage", encoder, tmp_path, silent)
    assert np.array_equal(first, again)
    assert len(encoder.passages) == 2


def test_rows_grow_between_neighbours_and_keep_the_real_ones():
    real = unit(np.random.default_rng(0).standard_normal((40, 8)))
    rows = grown(real, 100, silent)
    assert np.array_equal(rows[:40], real)
    assert np.linalg.norm(rows, axis=1) == pytest.approx(np.ones(100), abs=1e-5)
    assert (rows[40:] @ real.T).max(axis=1).min() > 0.7
    assert np.array_equal(grown(real, 30, silent), real[:30])


def test_the_exact_best_are_exact():
    rng = np.random.default_rng(1)
    rows, queries = unit(rng.standard_normal((300, 8))), unit(rng.standard_normal((5, 8)))
    expected = np.argsort(-(queries @ rows.T), axis=1)[:, :10]
    assert np.array_equal(exact(rows, queries, 10, silent), expected)


@pytest.mark.parametrize("name", CONTENDERS)
def test_every_contender_finds_what_it_was_built_of(name, tmp_path):
    pytest.importorskip({"daogou": "faiss"}.get(name, name), reason="the extra bench is missing")
    rows = unit(np.random.default_rng(2).standard_normal((400, 16)))
    build, open_ = CONTENDERS[name]
    build(rows, tmp_path / name)
    search = open_(tmp_path / name, 16)
    found = [search(row, 64) for row in rows[:20]]
    assert [one[0] for one in found] == list(range(20))
    assert {len(one) for one in found} == {10}
