"""From the shop's events to a blend that may serve: split, fit, compare, train anew on all."""

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import scipy.sparse as sp

from catalog.files import Progress, no_progress
from catalog.recommenders.blend import Blend, Part, add_part, fit_weights, scaled
from catalog.recommenders.comparison import Comparison, compare
from catalog.recommenders.content import train_content
from catalog.recommenders.contexts import (
    CONTENT,
    CONTEXTS,
    PICTURES,
    POPULARITY,
    context_of,
    fit_contexts,
)
from catalog.recommenders.contract import Model
from catalog.recommenders.evaluation import Quality, evaluate
from catalog.recommenders.events import ShopEvents, cut_by_time, tell_newcomers
from catalog.recommenders.interactions import Floats, Integers, Interactions
from catalog.recommenders.parts import Material, Train, Workshop, parts_here
from catalog.recommenders.ranking import rows_ndcg

LEAST_TEST_USERS = 20
TRAIN_SHARE, FIT_SHARE = 0.9, 0.9
_MOST_CELLS = 20_000_000
"""Scores of one model to fit on or to compare with: fewer users are asked if there are more."""

Weights = Mapping[str, float]
Mixes = Mapping[str, Weights]
"""The weights of the parts in each of the ``CONTEXTS``."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a training found.

    Args:
        events: How many events were learned from.
        users: Of how many users.
        test_users: Users with something to predict after the last cut in time.
        ndcg: nDCG@10 of every part, of ``blend`` and of ``incumbent`` on the test part.
        weights: The blend's, for users with their whole history.
        contexts: Its weights by how much is known of a shopper.
        gain: The blend against the incumbent.
        quality: Of every part, of ``blend`` and of ``incumbent`` on the test part, beyond nDCG.
        seconds: How long it took.
    """

    events: int
    users: int
    test_users: int
    ndcg: dict[str, float]
    weights: dict[str, float]
    contexts: dict[str, dict[str, float]]
    gain: Comparison
    quality: dict[str, Quality]
    seconds: float


def train_recommender(
    events: ShopEvents,
    incumbent: Mixes | None = None,
    *,
    vectors: Floats | None = None,
    pictures: Floats | None = None,
    facts: "sp.csr_array | None" = None,
    seed: int = 0,
    parts: Mapping[str, Train] | None = None,
    kept: Path | None = None,
    progress: Progress = no_progress,
) -> tuple[Blend, Report]:
    """Fit a blend on earlier events, measure it on the latest tenth, and train it on all.

    The blend's weights are fitted on the last tenth before the test, for each context of
    ``contexts``, and each test user gets those of the context they are served in. The incumbent
    is the blend with its weights over parts trained on the same events, so both know the same;
    without one it is popularity, which everything must beat.

    Args:
        events: Of the shop.
        incumbent: The weights of what is promoted now, by context.
        vectors: Items × dimensions, what the products' texts mean; with them content is a part.
            It gets its weights here and is served from the shop's own index, so the blend that
            is returned does not hold it.
        pictures: Items × dimensions, what the products look like, zeros for one without a
            picture; a part of its own, and served like content.
        facts: Items × facts, what else the catalogue says of the products; with them attributes
            are a part, which is kept in the blend, and nets have more to learn from.
        seed: Of everything random.
        parts: Other parts than ``parts_here`` names.
        kept: A folder from which a training that was killed goes on; see ``Workshop``.
        progress: Told in every phase of each part that is made, and of what is done with them.

    Raises:
        ValueError: There are too few users to tell anything, or a net's loss is not finite.
    """
    began = time.monotonic()
    before, test = cut_by_time(events.data, TRAIN_SHARE)
    early, held = cut_by_time(before, FIT_SHARE)
    _check_enough(held, "fit the blend on")
    _check_enough(test, "test with")
    makers = parts or parts_here(events.data.item_count)
    shop = Workshop(kept, Material(events.data, vectors, facts, seed), makers)
    live = {CONTENT: vectors, PICTURES: pictures}
    steps = len(makers) + 1

    def make(phase: str, name: str, data: Interactions) -> dict[str, Model]:
        progress(phase, 0, steps)
        return shop.make(name, data, lambda made: progress(phase, made, steps))

    models = _with_content(make("fit", "early", early), early, live)
    weights, contexts = _fit(models, early, held, seed)
    progress("fit", steps, steps)
    models = _with_content(make("compare", "before", before), before, live)
    baseline = {context: {POPULARITY: 1.0} for context in CONTEXTS}
    blends = {"blend": contexts, "incumbent": incumbent or baseline}
    told, rest = tell_newcomers(before, test)
    users = users_to_find(rest, seed)
    scores = _scores(models, blends, users, before, told)
    found = evaluate(scores, before, rest, users, vectors, known=told)
    progress("compare", steps, steps)
    blend = _weighted(make("train on all events", "all", events.data), weights, contexts)
    progress("train on all events", steps, steps)
    return blend, Report(
        events=len(events.data),
        users=len(events.users),
        test_users=len(np.unique(test.users)),
        ndcg={name: round(float(one.ndcg.mean()), 4) for name, one in found.items()},
        weights=weights,
        contexts=contexts,
        gain=compare(found["blend"].ndcg, found["incumbent"].ndcg, seed=seed),
        quality={name: one.quality for name, one in found.items()},
        seconds=time.monotonic() - began,
    )


def _fit(
    parts: Mapping[str, Model], early: Interactions, held: Interactions, seed: int
) -> tuple[dict[str, float], dict[str, dict[str, float]]]:
    told, rest = tell_newcomers(early, held)
    users = users_to_find(_of_known(rest, told), seed)
    scores = {name: scaled(scores_of(part, users, early, told)) for name, part in parts.items()}
    weights = fit_weights(scores, lambda total: float(rows_ndcg(total, users, told, rest).mean()))
    return weights, fit_contexts(parts, early, held, weights, seed)


def _of_known(held: Interactions, seen: Interactions) -> Interactions:
    """What is to be found for users with a history; all of it where these are too few.

    Models that go by a history say nothing of the others, so weights fitted on those are the
    weights of popularity.
    """
    known = np.diff(seen.offsets)[held.users] > 0
    if len(np.unique(held.users[known])) < LEAST_TEST_USERS:
        return held
    return held.part(np.flatnonzero(known))


def users_to_find(held: Interactions, seed: int) -> Integers:
    """Users with something to find; some of them where all would be too many."""
    users = np.unique(held.users)
    most = max(LEAST_TEST_USERS, _MOST_CELLS // max(held.item_count, 1))
    if len(users) > most:
        users = np.sort(np.random.default_rng(seed).choice(users, most, replace=False))
    return users


def _scores(
    parts: Mapping[str, Model],
    blends: Mapping[str, Mixes],
    users: Integers,
    seen: Interactions,
    told: Interactions,
) -> Iterator[tuple[str, Floats]]:
    """The scores of every part, asked once, and then those of the blends they make."""
    contexts = [context_of(len(np.unique(told.of_user(int(one))))) for one in users]
    totals: dict[str, Floats] = {}
    for name, part in parts.items():
        one = scores_of(part, users, seen, told)
        for blend, mixes in blends.items():
            weights = np.array([mixes[known].get(name, 0.0) for known in contexts], np.float32)
            add_part(totals.setdefault(blend, np.zeros_like(one)), weights, one)
        yield name, one
    yield from totals.items()


def scores_of(model: Model, users: Integers, seen: Interactions, told: Interactions) -> Floats:
    """Scores of users, a row each: of those the model did not learn from, by what is told."""
    scores = np.array(model.for_users(users), np.float32)
    for row in np.flatnonzero(np.diff(seen.offsets)[users] == 0):
        items = told.of_user(int(users[row]))
        if len(items):
            scores[row] = model.for_session(items.tolist())
    return scores


def _with_content(
    parts: dict[str, Model], data: Interactions, live: Mapping[str, Floats | None]
) -> dict[str, Model]:
    known = {name: one for name, one in live.items() if one is not None}
    return parts | {name: train_content(data, vectors) for name, vectors in known.items()}


def _weighted(
    parts: Mapping[str, Model],
    weights: Weights,
    contexts: Mapping[str, Weights],
) -> Blend:
    blended = [Part(name, part, weights.get(name, 0.0)) for name, part in parts.items()]
    return Blend(blended, contexts)


def _check_enough(held: Interactions, use: str) -> None:
    users = len(np.unique(held.users))
    if users < LEAST_TEST_USERS:
        raise ValueError(
            f"expected at least {LEAST_TEST_USERS} users with new items to {use}, got {users}: "
            "the shop needs more events before models can be compared"
        )
