"""The usual simple methods, trained on the same part and scored beside the model.

Each function trains one peer and returns what predicts with it.
"""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from catalog.encoder import TextEncoder
from catalog.text import has_chinese, tokens
from tests.benchmarks.understanding.metrics import Answers
from tests.benchmarks.understanding.sets import Utterance
from tests.benchmarks.understanding.tags import tags_of

Utterances = Sequence[Utterance]
Predict = Callable[[Utterances], Answers]
Matrix = NDArray[np.float32]


def train_svm(train: Utterances) -> Predict:
    """TF-IDF of words (1-2) and characters (2-4) with a linear SVM; scope is the best margin."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.pipeline import FeatureUnion, make_pipeline
    from sklearn.svm import LinearSVC

    inside = [u for u in train if u.intent]
    cutter = {"tokenizer": tokens, "token_pattern": None} if _chinese(inside) else {}
    words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, **cutter)
    characters = TfidfVectorizer(analyzer="char", ngram_range=(2, 4), sublinear_tf=True)
    features = FeatureUnion([("words", words), ("characters", characters)])
    model = make_pipeline(features, LinearSVC(random_state=0))
    model.fit([u.text for u in inside], [u.intent for u in inside])

    def predict(utterances: Utterances) -> Answers:
        margins = model.decision_function([u.text for u in utterances])
        return _best(model.classes_, margins)

    return predict


def train_frozen(
    train: Utterances, encoder: TextEncoder, progress: Callable[[str, int, int], None]
) -> Predict:
    """Vectors of the encoder as it comes with logistic regression; scope is the likelihood."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    def encode(utterances: Utterances) -> Matrix:
        parts = [np.empty((0, encoder.dimension), np.float32)]
        for start in range(0, len(utterances), _CHUNK):
            progress("frozen encoder", start, len(utterances))
            texts = [u.text for u in utterances[start : start + _CHUNK]]
            parts.append(encoder.encode(texts, "query"))
        return np.concatenate(parts)

    inside = [u for u in train if u.intent]
    model = make_pipeline(StandardScaler(), LogisticRegression(C=0.1, max_iter=500))
    model.fit(encode(inside), [u.intent for u in inside])

    def predict(utterances: Utterances) -> Answers:
        return _best(model.classes_, model.predict_proba(encode(utterances)))

    return predict


_CHUNK = 512


def train_crf(train: Utterances, iterations: int = 100) -> Predict:
    """A linear-chain CRF over the usual features of a unit and two neighbours on each side."""
    from sklearn_crfsuite import CRF

    model = CRF(algorithm="lbfgs", c1=0.1, c2=0.1, max_iterations=iterations)
    model.fit([unit_features(u) for u in train], [tags_of(u.mentions, u.units) for u in train])

    def predict(utterances: Utterances) -> Answers:
        rows = model.predict([unit_features(u) for u in utterances])
        return Answers(tags=[[str(tag) for tag in row] for row in rows])

    return predict


def unit_features(utterance: Utterance) -> list[list[str]]:
    """The features of each word or character."""
    units = [utterance.text[start:end] for start, end in utterance.units]
    padded = ["<<", "<", *(unit.lower() for unit in units), ">", ">>"]
    return [_features(unit, padded[n : n + 5]) for n, unit in enumerate(units)]


def _features(unit: str, window: Sequence[str]) -> list[str]:
    lowered = window[2]
    ends = [f"{side}{size}={part}" for size in (1, 2, 3) for side, part in _ends(lowered, size)]
    near = [f"w{place - 2}={word}" for place, word in enumerate(window)]
    pairs = [f"p{n}={window[n]}|{window[n + 1]}" for n in range(4)]
    shape = f"shape={unit.isdigit():d}{unit.isalpha():d}{unit.isascii():d}{unit[:1].isupper():d}"
    return ["bias", *near, *pairs, *ends, shape]


def _ends(word: str, size: int) -> tuple[tuple[str, str], tuple[str, str]]:
    return ("head", word[:size]), ("tail", word[-size:])


def _best(classes: Sequence[str], scores: NDArray[np.float64]) -> Answers:
    if scores.ndim == 1:  # two classes: one column of margins
        scores = np.stack([-scores, scores], axis=1)
    return Answers(
        [str(classes[n]) for n in scores.argmax(axis=1)], scopes={"best": scores.max(axis=1)}
    )


def _chinese(utterances: Utterances) -> bool:
    return sum(has_chinese(u.text) for u in utterances) > len(utterances) / 2
