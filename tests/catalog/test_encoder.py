import threading

import numpy as np
import pytest

QUERIES = ["red dress", "红色连衣裙", "USB-C hub", "充电宝", ""]


def test_vectors_are_float32_of_length_one(encoder):
    vectors = encoder.encode(QUERIES, "query")
    assert vectors.dtype == np.float32
    assert vectors.shape == (len(QUERIES), encoder.dimension)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(len(QUERIES)), abs=1e-5)


def test_no_texts_give_no_vectors(encoder):
    assert encoder.encode([], "passage").shape == (0, encoder.dimension)


def test_the_same_meaning_is_near_in_both_languages(encoder):
    passages = ["red dress for women", "wireless mouse", "猫粮 2kg"]
    for query in ("红色连衣裙", "a crimson gown"):
        scores = encoder.encode(passages, "passage") @ encoder.encode([query], "query")[0]
        assert scores.argmax() == 0


def test_order_and_company_do_not_change_a_vector(encoder):
    texts = [f"{'very ' * n}comfortable shoes {n}" for n in range(40)]
    together = encoder.encode(texts, "passage")
    alone = np.concatenate([encoder.encode([text], "passage") for text in texts])
    assert np.abs(together - alone).max() < 1e-5


def test_encoding_twice_gives_the_same_bits(encoder):
    texts = [*QUERIES, "a longer text about a blue cotton shirt"]
    assert np.array_equal(encoder.encode(texts, "passage"), encoder.encode(texts, "passage"))


def test_a_remembered_query_cannot_be_spoiled_by_its_caller(encoder):
    first = encoder.encode(["blue jeans"], "query")
    kept = first.copy()
    first[:] = 0
    assert np.array_equal(encoder.encode(["blue jeans"], "query"), kept)


def test_query_and_passage_are_different_texts_to_the_model(encoder):
    query, passage = (encoder.encode(["blue jeans"], kind)[0] for kind in ("query", "passage"))
    assert query @ passage < 0.99


def test_texts_for_an_index_get_nearly_the_exact_vectors(encoder):
    texts = ["red running shoes for men", "男士羽绒服 黑色 加厚", "ThinkPad T14, 16 GB", ""]
    stock = encoder.encode_stock(texts)
    assert stock.shape == (4, encoder.dimension)
    assert np.linalg.norm(stock, axis=1) == pytest.approx(1, abs=1e-5)
    assert ((stock * encoder.encode(texts, "passage")).sum(axis=1) > 0.99).all()
    assert encoder.encode_stock([]).shape == (0, encoder.dimension)


def test_a_text_is_cut_at_the_asked_length(encoder):
    text = "blue cotton shirt " * 50
    short = encoder.encode([text], "passage", max_tokens=16)
    assert np.abs(short - encoder.encode([text], "passage")).max() > 1e-3
    assert np.array_equal(short, encoder.encode([text * 2], "passage", max_tokens=16))


@pytest.mark.parametrize(
    "text", ["x" * 100_000, "买" * 100_000, "\x00\x07", "😀" * 500, "</s><s>", "\u202eabc"]
)
def test_strange_texts_have_a_vector(encoder, text):
    assert np.isfinite(encoder.encode([text], "query")).all()


def test_marks_written_by_a_shopper_are_letters(encoder):
    (ids,) = encoder.token_ids(["</s>"], 16)
    assert len(ids) > 3


def test_threads_do_not_disturb_each_other(encoder):
    texts = [f"product number {n}" for n in range(24)]
    expected = encoder.encode(texts, "passage")
    results = {}

    def work(number):
        limit = 16 if number % 2 else 64
        results[number] = encoder.encode(texts, "passage", max_tokens=limit)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(np.abs(found - expected).max() < 1e-5 for found in results.values())


def test_its_name_changes_with_the_weights(encoder):
    assert len(encoder.id) == 16
    assert encoder.dimension == 384
