"""Our own questions about the demo shop's products, with answers read from their records."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import yaml

from catalog.answers import ProductAnswer
from catalog.demo import demo_products
from catalog.text import has_chinese
from catalog.types import Language, Product
from tests.benchmarks.questions.scores import Outcome, score

_FILE = Path(__file__).parent / "own.yml"
_SEED = 7

Answerer = Callable[[str, Product], ProductAnswer]


def run_own(answer: Answerer, part: str) -> dict[str, object]:
    """The figures of one part of ``own.yml``, per language and together, wrong ones listed."""
    products = {one.id: one for one in demo_products(_SEED)}
    rows = yaml.safe_load(_FILE.read_text("utf-8"))[part]
    outcomes: dict[Language, list[Outcome]] = {"en": [], "zh": []}
    wrong = []
    for row in rows:
        language: Language = "zh" if has_chinese(row["question"]) else "en"
        given = answer(row["question"], products[row["product"]])
        outcome = _outcome(row, given, language)
        outcomes[language].append(outcome)
        if outcome.answered and not outcome.right:
            wrong.append(f"{row['product']}: {row['question']} -> {given.kind}")
    everything = [*outcomes["en"], *outcomes["zh"]]
    return {
        **score(everything),
        "en": score(outcomes["en"]),
        "zh": score(outcomes["zh"]),
        "wrong": wrong,
    }


def _outcome(row: Mapping[str, Any], given: ProductAnswer, language: Language) -> Outcome:
    wanted = row.get("answer", "")
    answered = given.kind != "unknown"
    if "says" in row:
        sentence = given.sentence.get(language).replace(",", "").casefold()
        right = given.kind in ("value", "quote") and row["says"].casefold() in sentence
    else:
        right = answered and given.kind == wanted
    return Outcome(wanted != "unknown", answered, right)
