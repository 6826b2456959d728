"""An encoder without a model: a text is the sum of its words' directions."""

from hashlib import blake2b

import numpy as np

from catalog.text import tokens


class WordEncoder:
    """Deterministic; texts that share words are near. Remembers the passages it was given."""

    def __init__(self, id_="words", dimension=32):
        self.id = id_
        self.dimension = dimension
        self.passages = []

    def encode(self, texts, kind, max_tokens=None):
        if kind == "passage":
            self.passages.extend(texts)
        vectors = [
            np.ones(self.dimension) * 0.1 + sum(map(self._direction, tokens(text)))
            for text in texts
        ]
        stacked = np.array(vectors, np.float32).reshape(-1, self.dimension)
        return stacked / np.linalg.norm(stacked, axis=1, keepdims=True)

    def encode_stock(self, texts, max_tokens=None):
        return self.encode(texts, "passage", max_tokens)

    def _direction(self, word):
        seed = int.from_bytes(blake2b(word.encode(), digest_size=4).digest())
        return np.random.default_rng(seed).standard_normal(self.dimension)
