"""From the shop's events to a blend that may serve: split, fit, compare, train anew on all."""

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import scipy.sparse as sp

from catalog.files import Progress, no_progress
from catalog.recommenders.blend import Blend, Part, add_part, train_blend
from catalog.recommenders.comparison import Comparison, compare
from catalog.recommenders.content import train_content
from catalog.recommenders.contexts import CONTENT, PICTURES, POPULARITY, fit_contexts
from catalog.recommenders.contract import Model
from catalog.recommenders.evaluation import Quality, evaluate
from catalog.recommenders.events import ShopEvents, cut_by_time
from catalog.recommenders.interactions import Floats, Integers, Interactions
from catalog.recommenders.parts import Material, Train, Workshop, parts_here
from catalog.recommenders.ranking import rows_ndcg

LEAST_TEST_USERS = 20
TRAIN_SHARE, FIT_SHARE = 0.9, 0.9
_MOST_CELLS = 20_000_000
"""Scores of one model to fit on or to compare with: fewer users are asked if there are more."""

Weights = Mapping[str, float]


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
    incumbent: Weights | None = None,
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
    ``contexts``. The incumbent is the blend with its weights over parts trained on the same
    events, so both know the same; without one it is popularity, which everything must beat.

    Args:
        events: Of the shop.
        incumbent: The weights of what is promoted now.
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
        progress: Told about every phase.

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
    progress("fit", 0, 3)
    live = {CONTENT: vectors, PICTURES: pictures}
    models = _with_content(shop.make("early", early), early, live)
    weights, contexts = _fit(models, early, held, seed)
    progress("compare", 1, 3)
    models = _with_content(shop.make("before", before), before, live)
    blends = {"blend": weights, "incumbent": incumbent or {POPULARITY: 1.0}}
    users = users_to_find(test, seed)
    found = evaluate(_scores(models, blends, users), before, test, users, vectors)
    progress("train on all events", 2, 3)
    blend = _weighted(shop.make("all", events.data), weights, contexts)
    progress("train on all events", 3, 3)
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
    users = users_to_find(held, seed)
    fitted = train_blend(
        parts, users, lambda scores: float(rows_ndcg(scores, users, early, held).mean())
    )
    weights = {part.name: part.weight for part in fitted.parts}
    return weights, fit_contexts(parts, early, held, weights, seed)


def users_to_find(held: Interactions, seed: int) -> Integers:
    """Users with something to find; some of them where all would be too many."""
    users = np.unique(held.users)
    most = max(LEAST_TEST_USERS, _MOST_CELLS // max(held.item_count, 1))
    if len(users) > most:
        users = np.sort(np.random.default_rng(seed).choice(users, most, replace=False))
    return users


def _scores(
    parts: Mapping[str, Model], blends: Mapping[str, Weights], users: Integers
) -> Iterator[tuple[str, Floats]]:
    """The scores of every part, asked once, and then those of the blends they make."""
    totals: dict[str, Floats] = {}
    for name, part in parts.items():
        one = part.for_users(users)
        for blend, weights in blends.items():
            add_part(totals.setdefault(blend, np.zeros_like(one)), weights.get(name, 0.0), one)
        yield name, one
    yield from totals.items()


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
