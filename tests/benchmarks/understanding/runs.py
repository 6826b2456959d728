"""Trains and scores the model and its peers on one labelled set."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from catalog.encoder import TextEncoder
from tests.benchmarks.progress import report_progress
from tests.benchmarks.understanding.encoders import Base, base_folder
from tests.benchmarks.understanding.metrics import (
    Answers,
    Figures,
    average,
    choose_threshold,
    cross_fitted_figures,
    scope_figures,
    score,
)
from tests.benchmarks.understanding.neighbours import SHARE, Neighbours
from tests.benchmarks.understanding.peers import (
    Predict,
    Utterances,
    train_crf,
    train_frozen,
    train_svm,
)
from tests.benchmarks.understanding.recipes import BENCHMARKS, OUTSIDE, Benchmark
from tests.benchmarks.understanding.sets import Mention, Parts, Utterance, sample
from tests.benchmarks.understanding.tags import tags_of

if TYPE_CHECKING:
    from intents.learning import Fitted, Labelled, Prediction

Report = Callable[[str, int, int], None]

FIRST_SEED = 7
_QUICK_TRAIN, _QUICK_SCORED = 400, 150


@dataclass(frozen=True, slots=True)
class Options:
    """How a benchmark is run; ``quick`` is a smoke test whose figures say nothing.

    ``base`` is the encoder to begin with, by default the one that serves the benchmark better.
    """

    data: Path
    test: Path | None = None
    seeds: int = 3
    base: Base | None = None
    peers_only: bool = False
    quick: bool = False


def run(name: str, options: Options) -> dict[str, object]:
    """The figures of one benchmark, or of both sets of ``ecommerce_ner_zh``."""
    if name == "ecommerce_ner_zh":
        sets = {part: run(part, options) for part in ("hccx", "brand_product")}
        return {"benchmark": name, "sets": sets}
    started = time.perf_counter()
    benchmark = BENCHMARKS[name]
    parts = benchmark.read(options.data, options.test)
    parts = _shortened(parts) if options.quick else parts
    with report_progress(name) as progress:
        result = _header(name, benchmark, parts, options)
        result["peers"] = run_peers(benchmark, parts, options, progress)
        if not options.peers_only:
            result["model"] = run_model(benchmark, parts, options, progress)
            result["reached"] = reached(benchmark, result)
    return result | {"seconds": round(time.perf_counter() - started, 1)}


def _header(name: str, benchmark: Benchmark, parts: Parts, options: Options) -> dict[str, Any]:
    return {
        "benchmark": name,
        "protocol": benchmark.note + (_threshold_note(parts) if _has_outside(parts) else ""),
        "part": "development" if parts.test is None else "test",
        "train": len(parts.train),
        "valid": len(parts.valid),
        "scored": len(parts.scored),
        "base": options.base or benchmark.base,
        "quick": options.quick,
        "bars": dict(benchmark.bars),
        "bar_above_crf_f1": benchmark.above_crf,
    }


def _threshold_note(parts: Parts) -> str:
    if parts.test is None:
        return "; each half of validation is judged by the threshold chosen on the other half"
    return "; the threshold is chosen on validation"


def _shortened(parts: Parts) -> Parts:
    """Few texts, so that everything can be tried in a minute."""
    test = None if parts.test is None else sample(parts.test, _QUICK_SCORED)
    return replace(
        parts,
        train=sample(parts.train, _QUICK_TRAIN),
        valid=sample(parts.valid, _QUICK_SCORED),
        test=test,
    )


def evaluate(benchmark: Benchmark, parts: Parts, predict: Predict) -> Figures:
    """The figures of whatever predicts; thresholds come from validation."""
    answers = predict(parts.scored)
    figures = score(parts.scored, answers, benchmark.domains)
    if not (_has_outside(parts) and answers.scopes):
        return figures
    valid = answers if parts.test is None else predict(parts.valid)
    for place, (name, scope) in enumerate(answers.scopes.items()):
        if parts.test is None:
            found = cross_fitted_figures(parts.scored, scope)
        else:
            threshold = choose_threshold(parts.valid, valid.scopes[name])
            found = scope_figures(parts.scored, scope, threshold)
        figures |= {(f"{name}.{key}" if place else key): value for key, value in found.items()}
    return figures


def _has_outside(parts: Parts) -> bool:
    return any(utterance.outside for utterance in parts.scored)


def run_peers(
    benchmark: Benchmark, parts: Parts, options: Options, progress: Report
) -> dict[str, Figures]:
    """The figures of the peers that fit the set."""
    figures: dict[str, Figures] = {}
    predictors: list[Predict] = []
    if benchmark.intents:
        progress("TF-IDF and linear SVM", 0, 1)
        predictors.append(train_svm(parts.train))
        figures["tfidf_svm"] = evaluate(benchmark, parts, predictors[0])
        encoder = TextEncoder.load(base_folder(options.base or benchmark.base, progress))
        frozen = train_frozen(parts.train, encoder, progress)
        figures["frozen_logistic"] = evaluate(benchmark, parts, frozen)
    if benchmark.slots:
        progress("CRF", 0, 1)
        predictors.append(train_crf(parts.train, iterations=20 if options.quick else 100))
        figures["crf"] = evaluate(benchmark, parts, predictors[-1])
    if len(predictors) == 2:
        both = evaluate(benchmark, parts, _joined(*predictors))
        figures["tfidf_svm_and_crf"] = {"exact_frame": both["exact_frame"]}
    return figures


def _joined(intents: Predict, slots: Predict) -> Predict:
    def predict(utterances: Utterances) -> Answers:
        return Answers(intents(utterances).intents, slots(utterances).tags)

    return predict


def run_model(
    benchmark: Benchmark, parts: Parts, options: Options, progress: Report
) -> dict[str, object]:
    """The model's figures: their mean over the seeds, and each seed's own."""
    folder = base_folder(options.base or benchmark.base, progress)
    seeds = list(range(FIRST_SEED, FIRST_SEED + options.seeds))
    runs: list[dict[str, object]] = []
    figures: list[Figures] = []
    for seed in seeds:
        started = time.perf_counter()
        fitted = _fit(benchmark, parts, folder, seed, progress, options.quick)
        figures.append(evaluate(benchmark, parts, _predictor(benchmark, parts.train, fitted)))
        seconds = round(time.perf_counter() - started, 1)
        runs.append(
            {"seed": seed, **figures[-1], "seconds": seconds, "history": list(fitted.history)}
        )
    return {
        "recipe": dict(benchmark.recipe),
        "seeds": seeds,
        "mean": average(figures),
        "per_seed": runs,
    }


def reached(benchmark: Benchmark, result: dict[str, Any]) -> dict[str, bool]:
    """Which bars the mean over the seeds reaches."""
    mean = result["model"]["mean"]
    found = {name: mean[name] >= bar for name, bar in benchmark.bars.items()}
    if benchmark.above_crf is not None:
        crf = result["peers"]["crf"]["slot_f1"]
        found["slot_f1_above_crf"] = mean["slot_f1"] - crf >= benchmark.above_crf
    return found


def _fit(
    benchmark: Benchmark, parts: Parts, folder: Path, seed: int, progress: Report, quick: bool
) -> "Fitted":
    from intents.learning import Recipe, fit

    settings = dict(benchmark.recipe) | ({"epochs": 2} if quick else {})
    recipe = Recipe(encoder=folder, seed=seed, **settings)  # type: ignore[arg-type]
    train = [_labelled(u, benchmark.slots, recipe.several) for u in parts.train]
    valid = [_labelled(u, benchmark.slots, recipe.several) for u in parts.valid]
    return fit(train, valid, recipe, progress)


def _labelled(utterance: Utterance, slots: bool, several: bool) -> "Labelled":
    """An utterance for training; out of scope is a class, or no intent where several may hold."""
    from intents.learning import Labelled, Span

    spans = tuple(Span(m.start, m.end, m.label) for m in utterance.mentions) if slots else ()
    intents = (utterance.intent,) if utterance.intent else ()
    if utterance.outside and not several:
        intents = (OUTSIDE,)
    return Labelled(utterance.text, intents, spans)


def _predictor(benchmark: Benchmark, train: Utterances, fitted: "Fitted") -> Predict:
    from intents.learning import Labelled

    near = _neighbours(train, fitted) if benchmark.neighbours else None

    def predict(utterances: Utterances) -> Answers:
        found = fitted.predict([Labelled(u.text) for u in utterances])
        if near is None:
            return answers_of(benchmark, utterances, found)
        vectors = fitted.vectors([u.text for u in utterances])
        mixed = mix(found, near.chances(vectors), fitted.labels.intents)
        answers = answers_of(benchmark, utterances, mixed)
        nearness = {"nearness": np.asarray(near.nearness(vectors), np.float64)}
        return replace(answers, scopes=nearness | dict(answers.scopes))

    return predict


def _neighbours(train: Utterances, fitted: "Fitted") -> Neighbours:
    named = [u for u in train if u.intent or u.outside]
    vectors = fitted.vectors([u.text for u in named])
    intents = [u.intent or OUTSIDE for u in named]
    return Neighbours.of(vectors, intents, fitted.labels.intents, OUTSIDE)


def mix(
    found: Sequence["Prediction"], chances: NDArray[np.float32], names: Sequence[str]
) -> list["Prediction"]:
    """The predictions with their intents' chances mixed with those of the neighbours."""
    mixed = []
    for one, near in zip(found, chances, strict=True):
        beside = dict(zip(names, near.tolist(), strict=True))
        shares = [(name, (1 - SHARE) * said + SHARE * beside[name]) for name, said in one.intents]
        ranked = tuple(sorted(shares, key=lambda pair: -pair[1]))
        mixed.append(replace(one, intents=ranked))
    return mixed


def answers_of(
    benchmark: Benchmark, utterances: Utterances, found: Sequence["Prediction"]
) -> Answers:
    """A model's predictions in the terms of the benchmark."""
    tags = [
        tags_of([Mention(s.start, s.end, s.label) for s in prediction.spans], utterance.units)
        for prediction, utterance in zip(found, utterances, strict=True)
    ]
    if not benchmark.intents:
        return Answers(tags=tags)
    best = [_inside(prediction)[0] for prediction in found]
    outside = np.array([dict(p.intents).get(OUTSIDE, 0.0) for p in found])
    chances = np.array([chance for _, chance in best])
    scopes = {
        "margin": chances - outside,
        "not_oos": -outside,
        "best": chances,
        "familiarity": np.array([p.familiarity for p in found]),
    }
    return Answers([name for name, _ in best], tags if benchmark.slots else (), scopes)


def _inside(prediction: "Prediction") -> list[tuple[str, float]]:
    return [(name, value) for name, value in prediction.intents if name != OUTSIDE]
