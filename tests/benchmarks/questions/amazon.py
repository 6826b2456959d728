"""Yes/no questions of appliance buyers, answered from the published answers of their product."""

import ast
import gzip
import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from catalog.answers import ProductAnswer
from catalog.types import AnsweredQuestion, LocalText, Product, Variant
from tests.benchmarks.questions.scores import Outcome, score

FOLDER = "amazon_qa_appliances"
_FILE = "qa_Appliances.pydict.gz"

Answerer = Callable[[str, Product], ProductAnswer]


@dataclass(frozen=True, slots=True)
class Case:
    """A question with its label ("yes" or "no"), its own entry, and the product's others."""

    question: str
    label: str
    own: AnsweredQuestion
    others: tuple[AnsweredQuestion, ...]
    product_id: str


def read_cases(data: Path, report: bool) -> list[Case]:
    """The labelled questions of the half of the products that is reported, or of the other.

    Raises:
        OSError: the file is missing.
        ValueError: a line is not a Python dictionary of the expected form.
    """
    folder = data / FOLDER if (data / FOLDER).is_dir() else data
    rows = defaultdict(list)
    with gzip.open(folder / _FILE, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = ast.literal_eval(line)
            rows[row["asin"]].append(row)
    return [
        case
        for asin, group in rows.items()
        if (blake2b(asin.encode()).digest()[0] % 2 == 1) is report
        for case in _cases(asin, group)
    ]


def _cases(asin: str, group: Sequence[dict[str, str]]) -> list[Case]:
    entries = [
        AnsweredQuestion(LocalText(row["question"]), LocalText(row["answer"])) for row in group
    ]
    labels = {"Y": "yes", "N": "no"}
    return [
        Case(
            row["question"],
            labels[row["answerType"]],
            entries[place],
            tuple(entries[:place] + entries[place + 1 :]),
            asin,
        )
        for place, row in enumerate(group)
        if row.get("answerType") in labels
    ]


def run_amazon(cases: Sequence[Case], answer: Answerer) -> dict[str, object]:
    """Figures of both questions put for every case, apart and together.

    ``asked_again``: the product's published answers hold the question, and it is asked in other
    words. ``held_out``: its own entry is taken away, and only the others can answer.
    """
    again = [_ask(reword(case.question), (case.own, *case.others), case, answer) for case in cases]
    held_out = [_ask(case.question, case.others, case, answer) for case in cases]
    together = score([*again, *held_out])
    return {
        "precision": together["precision"],
        "answered": together["answered"],
        "asked_again": score(again),
        "held_out": score(held_out),
    }


def _ask(
    question: str, entries: tuple[AnsweredQuestion, ...], case: Case, answer: Answerer
) -> Outcome:
    ordered = tuple(sorted(entries, key=lambda entry: entry.question.en))
    product = Product(case.product_id, LocalText("Appliance"), (Variant("one"),), questions=ordered)
    kind = answer(question, product).kind
    return Outcome(True, kind in ("yes", "no"), kind == case.label)


_REWORDED = (
    (r"\bwill (?:this|these)\b", "does it"),
    (r"\bdoes (?:this|it)\b", "will this one"),
    (r"\bdo these\b", "can they"),
    (r"\bis this\b", "is it"),
    (r"\bcan (?:i|you)\b", "could I"),
    (r"\bfit\b", "work with"),
    (r"\bwork with\b", "fit"),
    (r"\bcompatible with\b", "suitable for"),
    (r"\b(?:refrigerator|refridgerator)\b", "fridge"),
    (r"\bcome with\b", "include"),
    (r"\bmodel (?:number|no\.?|#)", "model"),
    (r"\bthanks?(?: you)?\b", ""),
)
_MOST = 2


def reword(question: str) -> str:
    """The question as another shopper might put it: some words changed, and one misspelt."""
    text, changed = question.lower(), 0
    for pattern, other in _REWORDED:
        if changed < _MOST and re.search(pattern, text):
            text, changed = re.sub(pattern, other, text, count=1), changed + 1
    text = re.sub(r"[?!]+", " ", text).strip()
    if blake2b(question.encode()).digest()[0] % 3 == 0:
        text = re.sub(r"\b([a-z]{3})([a-z])([a-z])([a-z]{3,})\b", r"\1\3\2\4", text, count=1)
    return f"hi, {text} please?"
