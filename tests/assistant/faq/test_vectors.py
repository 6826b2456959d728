import logging

import numpy as np

from assistant.faq.vectors import encode_cached
from tests.assistant.faq.bag import BagOfWords


def test_vectors_stand_in_the_order_of_the_texts(tmp_path):
    bag = BagOfWords()
    vectors = encode_cached(["几天到", "free shipping", "几天到"], bag, tmp_path)
    np.testing.assert_array_equal(vectors, bag(["几天到", "free shipping", "几天到"]))


def test_only_new_texts_are_computed(tmp_path):
    encode_cached(["a", "b"], BagOfWords(), tmp_path)
    bag = BagOfWords()
    vectors = encode_cached(["c", "b"], bag, tmp_path)
    assert bag.encoded[1:] == ["c"]
    np.testing.assert_array_equal(vectors, BagOfWords()(["c", "b"]))


def test_another_encoder_makes_them_anew(tmp_path):
    encode_cached(["a"], BagOfWords(), tmp_path)
    other = BagOfWords(salt="other")
    np.testing.assert_array_equal(encode_cached(["a"], other, tmp_path), BagOfWords("other")(["a"]))


def test_a_broken_cache_is_made_anew_with_a_warning(tmp_path, caplog):
    encode_cached(["a"], BagOfWords(), tmp_path)
    file = next(tmp_path.glob("*.npz"))
    file.write_bytes(file.read_bytes()[:100])
    with caplog.at_level(logging.WARNING):
        vectors = encode_cached(["a"], BagOfWords(), tmp_path)
    np.testing.assert_array_equal(vectors, BagOfWords()(["a"]))
    assert "computed anew" in caplog.text


def test_nothing_is_left_beside_the_cache(tmp_path):
    encode_cached(["a"], BagOfWords(), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["vectors.npz"]


def test_no_texts_are_no_vectors():
    assert encode_cached([], BagOfWords(), None).shape == (0, 96)
