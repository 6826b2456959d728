"""What it brings and costs to keep places of a list for items that few have chosen yet."""

import numpy as np
from numpy.typing import NDArray

from catalog.recommenders.evaluation import COLD_ITEM
from catalog.recommenders.interactions import Floats, Integers, Interactions
from catalog.recommenders.ranking import K, best_unseen
from catalog.recommending.reranking import Candidates, Dials, rerank
from catalog.recommending.sources import SHORTLIST
from tests.benchmarks.recommendation.ranking import BATCH, Scorer, checked


def places(score: Scorer, seen: Interactions, targets: Integers, share: float) -> Floats:
    """The place from 0 on of each user's target in a list of ten; ten where it is not in it.

    The list is that of ``rerank`` with every other dial at 0, out of the best unseen items.
    """
    few = seen.item_counts() < COLD_ITEM
    found = np.full(len(targets), K, np.float32)
    for start in range(0, len(targets), BATCH):
        users = np.arange(start, min(start + BATCH, len(targets)))
        scores = checked(score(users))
        for user, own, best in zip(
            users.tolist(), scores, best_unseen(scores, users, seen, SHORTLIST), strict=True
        ):
            items = best[~np.isin(best, seen.of_user(user))]  # few may be left that are unseen
            order = rerank(_candidates(own[items], few[items]), K, Dials(0.0, 0.0, 0.0, share))
            place = np.flatnonzero(items[order] == targets[user])
            found[user] = place[0] if len(place) else K
    return found


def _candidates(relevance: Floats, few: NDArray[np.bool_]) -> Candidates:
    count = len(relevance)
    nothing = np.zeros((count, 1), np.float32)
    newcomers = frozenset(np.flatnonzero(few).tolist())
    return Candidates(relevance, nothing, [()] * count, nothing[:, 0], newcomers)
