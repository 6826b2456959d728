"""What others would answer: always yes, and the text nearest by TF-IDF."""

from sklearn.feature_extraction.text import TfidfVectorizer

from catalog.answers import UNKNOWN, ProductAnswer
from catalog.answers.attributes import write_fact
from catalog.answers.sentences import split_sentences
from catalog.text import has_chinese
from catalog.types import Language, LocalText, Product

_NO = ("no", "not", "n't", "否", "不")
_LEAST = 0.15


def always_yes(_: str, __: Product) -> ProductAnswer:
    """The majority's answer to every question."""
    return ProductAnswer("yes")


def nearest_text(question: str, product: Product) -> ProductAnswer:
    """Yes or no by whether the nearest sentence or published answer has a "not" in it.

    The cosine of TF-IDF over character 2- to 4-grams (scikit-learn); below 0.15 it abstains.
    """
    pairs = _texts(product, has_chinese(question))
    if not pairs:
        return UNKNOWN
    keys = [key for key, _ in pairs]
    vectors = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4)).fit_transform(
        [question, *keys]
    )
    scores = (vectors[1:] @ vectors[0].T).toarray().ravel()
    best = int(scores.argmax())
    if scores[best] < _LEAST:
        return UNKNOWN
    said = pairs[best][1]
    sentence = LocalText(said, said)
    if not _polar(question):
        return ProductAnswer("quote", sentence)
    words = said.lower().replace(",", " ").replace(".", " ").split()
    denied = any(no in words or (not no.isascii() and no in said) for no in _NO)
    return ProductAnswer("no" if denied else "yes", sentence)


def _polar(question: str) -> bool:
    openers = ("what", "how", "which", "where", "who")
    return not question.lower().startswith(openers) and "多" not in question


def _texts(product: Product, chinese: bool) -> list[tuple[str, str]]:
    """Pairs of what is compared and what is said."""
    language: Language = "zh" if chinese else "en"
    facts = [write_fact([one]).get(language) for one in product.attributes]
    own = facts + split_sentences(product.description.get(language))
    published = [
        (one.question.get(language), one.answer.get(language)) for one in product.questions
    ]
    return [(text, text) for text in own] + published
