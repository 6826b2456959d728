"""Answers to questions about one product, from what its record says and nothing else.

Attributes come first, by exact rules; then the shop's answered questions; then the sentences of
the description. What the record does not support stays unknown.
"""

from catalog.answers.attributes import answer_from_attributes
from catalog.answers.entries import answer_from_questions
from catalog.answers.question import read_question
from catalog.answers.record import attribute_called, read_record
from catalog.answers.sentences import Encode, answer_from_description
from catalog.answers.types import UNKNOWN, AnswerKind, AnswerSource, ProductAnswer
from catalog.types import Product

__all__ = [
    "UNKNOWN",
    "AnswerKind",
    "AnswerSource",
    "Encode",
    "ProductAnswer",
    "answer_question",
    "attribute_called",
]

LONGEST_QUESTION = 500
"""Characters of a question that are read; what lies beyond is no question."""


def answer_question(text: str, product: Product, encode: Encode | None = None) -> ProductAnswer:
    """What the product's record answers to a question in English or Chinese.

    Args:
        text: the shopper's words, as written.
        product: the product they are about.
        encode: vectors of texts; without it only equal words match.
    """
    record = read_record(product)
    question = read_question(text[:LONGEST_QUESTION], record)
    answer = answer_from_attributes(question, record)
    if not answer and product.questions:
        answer = answer_from_questions(question, product.questions, encode)
    if not answer:
        answer = answer_from_description(question, product, encode)
    if not answer and not (question.asked or question.content or question.measures):
        return ProductAnswer("unknown", general=True)
    return answer
