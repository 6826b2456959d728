"""What each benchmark is: where it lies, how it is read, the bars, and how the model is trained."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from tests.benchmarks.understanding.encoders import Base
from tests.benchmarks.understanding.readers import (
    read_banking77,
    read_bitext,
    read_clinc150,
    read_sequences,
    read_smp2019,
    read_titles,
)
from tests.benchmarks.understanding.sets import Parts

OUTSIDE = "oos"
"""The class that out-of-scope training texts get."""


@dataclass(frozen=True, slots=True)
class Benchmark:
    """One labelled set.

    Attributes:
        read: From the folder of the sets, and that of the test part or None.
        note: What must be known of the protocol beside the figures.
        intents: Whether intents are scored.
        slots: Whether slots are scored.
        domains: Whether intents are written ``domain/intent``.
        bars: What the model has to reach, in percent.
        above_crf: By how many points of F1 it has to beat the CRF.
        recipe: Fields of :class:`intents.learning.Recipe`, without encoder and seed.
        neighbours: Whether the nearest training texts are heard beside the classifier, for the
            intent and for what is in scope.
        base: The encoder that serves it better.
    """

    read: Callable[[Path, Path | None], Parts]
    note: str
    intents: bool = True
    slots: bool = False
    domains: bool = False
    bars: Mapping[str, float] = field(default_factory=dict)
    above_crf: float | None = None
    recipe: Mapping[str, object] = field(default_factory=dict)
    neighbours: bool = False
    base: Base = "minilm"


_SEQUENCES = "words joined by single spaces; slots by seqeval over word tags; frames are exact tags"
_TITLES = "entities by seqeval over characters"

BENCHMARKS: Mapping[str, Benchmark] = {
    "snips": Benchmark(
        partial(read_sequences, name="snips"),
        _SEQUENCES,
        slots=True,
        bars={"intent_accuracy": 98.6, "slot_f1": 96.5, "exact_frame": 92.0},
        recipe={"epochs": 20, "patience": 6, "coherent": True, "dropout": 0.2, "hiding": 0.08},
    ),
    "atis": Benchmark(
        partial(read_sequences, name="atis"),
        f"{_SEQUENCES}; several intents of one text (a#b) are one label",
        slots=True,
        bars={"intent_accuracy": 97.7, "slot_f1": 95.9, "exact_frame": 88.3},
        recipe={"epochs": 16, "patience": 5},
    ),
    "clinc150": Benchmark(
        read_clinc150,
        "accuracy over in-scope queries alone, nothing rejected; out-of-scope training queries are"
        " a class of their own, which is no answer",
        bars={"intent_accuracy": 96.5, "oos_auroc": 96.0, "oos_recall": 80.0},
        recipe={"epochs": 8, "patience": 3},
        neighbours=True,
    ),
    "banking77": Benchmark(
        read_banking77,
        "a tenth of each intent's training texts, by hash, is the development part",
        bars={"intent_accuracy": 93.1},
        recipe={"epochs": 10, "patience": 3, "smoothing": 0.1},
        neighbours=True,
    ),
    "hwu64": Benchmark(
        partial(read_sequences, name="hwu64"),
        "accuracy",
        bars={"intent_accuracy": 92.0},
        recipe={"epochs": 8, "patience": 3, "smoothing": 0.1},
        neighbours=True,
    ),
    "bitext": Benchmark(
        read_bitext,
        "template text; entities by seqeval over words parted by blanks",
        slots=True,
        recipe={"epochs": 6, "patience": 2},
    ),
    "smp2019": Benchmark(
        read_smp2019,
        "one part is public: 15 % of each domain and intent, by hash, are the development part;"
        " intents are domain/intent; slots by seqeval over characters",
        slots=True,
        domains=True,
        above_crf=3.0,
        base="e5",
        recipe={"epochs": 16, "patience": 5},
    ),
    "hccx": Benchmark(
        partial(read_titles, name="ecommerce_ner_zh_hccx"),
        _TITLES,
        intents=False,
        slots=True,
        above_crf=3.0,
        base="e5",
        recipe={"epochs": 8, "patience": 3},
    ),
    "brand_product": Benchmark(
        partial(read_titles, name="ecommerce_ner_zh_brand_product"),
        _TITLES,
        intents=False,
        slots=True,
        above_crf=3.0,
        base="e5",
        recipe={"epochs": 8, "patience": 3},
    ),
}
