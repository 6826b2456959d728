"""next_item: Industrial and Office, what users choose next, by who knows the events and who not."""

import ast
import csv
import io
import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from catalog.recommenders.blend import train_blend, with_models
from catalog.recommenders.comparison import compare
from catalog.recommenders.content import attribute_vectors, train_content
from catalog.recommenders.contract import Model
from catalog.recommenders.ease import train_ease
from catalog.recommenders.evaluation import COLD_ITEM
from catalog.recommenders.factors import train_als, train_bpr
from catalog.recommenders.interactions import Floats, Integers, Interactions
from catalog.recommenders.item_neighbours import train_item_neighbours
from catalog.recommenders.parts import NETS, Material, Train
from catalog.recommenders.popularity import train_popularity
from catalog.recommenders.ranking import K
from catalog.recommenders.session_neighbours import train_session_neighbours
from catalog.recommenders.smoothed import alike_by_vectors, train_smoothed
from catalog.recommenders.transitions import train_transitions
from catalog.recommending.reranking import Dials
from tests.benchmarks.kept import kept_vectors
from tests.benchmarks.progress import report_progress
from tests.benchmarks.recommendation.newcomers import places as places_kept
from tests.benchmarks.recommendation.ranking import checked, figures, ranks
from tests.benchmarks.recommendation.sequential import cut
from tests.benchmarks.understanding.files import find_file, read_text, test_folders

Mask = NDArray[np.bool_]

SETS = {"industrial": "Industrial_and_Scientific", "office": "Office_Products"}
_FOLDER = "amazon_titles_minionerec"
_RECENCY = 1.0

CF: Mapping[str, Train] = {
    "popularity": lambda one: train_popularity(one.data),
    "item_knn": lambda one: train_item_neighbours(one.data, weighting="tfidf", recency=_RECENCY),
    "implicit_als": lambda one: train_als(one.data, factors=64, regularization=1.0, alpha=10.0),
    "implicit_bpr": lambda one: train_bpr(one.data, factors=64, iterations=100),
    "ease": lambda one: train_ease(one.data, regularization=200.0, recency=_RECENCY),
    "transitions": lambda one: train_transitions(one.data),
    "session_knn": lambda one: train_session_neighbours(one.data),
}
HYBRID: Mapping[str, Train] = {
    "smoothed": lambda one: train_smoothed(
        one.data, alike_by_vectors(_vectors_of(one), 10), carried=2.0, backward=0.5
    )
}
"""Events carried over to what is alike by its text."""
DEEP: Mapping[str, Train] = NETS
FEW = ((0, 0), (1, 1), (2, 2), (3, COLD_ITEM - 1))
"""Events of a cold item, from the least to the most."""
SHARES = (0.0, 0.2, 0.4, 0.6, 1.0)
"""Of the ten places, kept for cold items; all of them is the most that any order can reach."""
PEERS = ("popularity", "item_knn", "implicit_als", "implicit_bpr", "ease")


@dataclass(frozen=True, eq=False)
class Shop:
    """One set: everyone's items in order, and what each item's text means and says.

    ``words`` are those of title and brand and their pairs, ``texts`` those of the description too.
    """

    sequences: Sequence[Sequence[int]]
    vectors: Floats
    words: Floats
    texts: Floats


def run(data: Path, test: Path | None, names: Sequence[str]) -> dict[str, object]:
    """The figures of every model on the last item of each user, for each of the sets.

    Models learn from what stands before the last item; the blend's weights are fitted on the
    next-to-last one, over parts that have not seen it. With ``test`` its users are those asked,
    and what is known of all users is learned from. A last item that its user had before is
    nothing to recommend and is left out. Each of the four nets is trained twice for each set, which
    is most of the time this takes.

    Raises:
        ValueError: Files are missing.
    """
    with report_progress("next_item") as progress:
        found = {}
        for number, name in enumerate(names):
            progress(name, number, len(names))
            found[name] = _run(data, test, SETS[name])
    blends = [one["models"]["blend"]["ndcg@10"] for one in found.values()]
    return {
        "benchmark": "next_item",
        "protocol": "leave one out, last item of each user, full ranking, items of the history "
        f"left out, ties at their mean rank; cold: the item has fewer than {COLD_ITEM} events",
        "ndcg@10": round(float(np.mean(blends)), 4),
        "sets": found,
        "peers": {
            name: {peer: one["models"][peer] for peer in PEERS} for name, one in found.items()
        },
    }


def _run(data: Path, test: Path | None, name: str) -> dict[str, Any]:
    shop, asked = _read(data, test, name)
    early, early_targets = cut(shop.sequences, 2)
    history, targets = cut(shop.sequences, 1)
    asked = asked[~_had(history, targets)[asked]]
    content: dict[str, Train] = {
        "content": lambda one: train_content(one.data, shop.vectors, recency=_RECENCY),
        "content_words": lambda one: train_content(one.data, shop.words, recency=_RECENCY),
        "content_texts": lambda one: train_content(one.data, shop.texts, recency=_RECENCY),
    }
    parts = {**CF, **content, **HYBRID, **DEEP}
    tuned = {one: train(Material(early, shop.vectors)) for one, train in parts.items()}
    fresh = np.flatnonzero(~_had(early, early_targets))
    metric = _Metric(early, early_targets, fresh)
    blend = train_blend(tuned, fresh, metric.ndcg)
    models: dict[str, Model] = {
        one: train(Material(history, shop.vectors)) for one, train in parts.items()
    }
    models["blend"] = with_models(blend, models)
    places = {one: ranks(model.for_users, history, targets)[asked] for one, model in models.items()}
    events = history.item_counts()[targets[asked]]
    cold = events < COLD_ITEM
    early_cold = early.item_counts()[early_targets[fresh]] < COLD_ITEM
    kept = {
        share: places_kept(models["blend"].for_users, history, targets, share)[asked]
        for share in SHARES
    }
    validated = {
        share: _by_cold(
            places_kept(blend.for_users, early, early_targets, share)[fresh], early_cold
        )
        for share in SHARES
    }
    return {
        **_report(places, cold, {part.name: part.weight for part in blend.parts}),
        "by_events": _by_events(places, events),
        "newcomers": _newcomers(places, kept, cold, validated),
    }


def _report(
    places: Mapping[str, Floats], cold: Mask, weights: Mapping[str, float]
) -> dict[str, object]:
    rows = {name: _by_cold(one, cold) for name, one in places.items()}
    return {
        "users": len(cold),
        "cold_users": int(cold.sum()),
        "models": rows,
        "weights": dict(weights),
        "best_single": _best_single(places),
        **_against(places, places["blend"], cold),
    }


def _by_events(places: Mapping[str, Floats], events: Integers) -> dict[str, object]:
    """The blend beside the model of events that is best there, by the events of a cold item."""
    found = {}
    for least, most in FEW:
        those = (events >= least) & (events <= most)
        if not those.any():
            continue
        rows = {name: figures(one[those])["hr@10"] for name, one in places.items()}
        best = max(CF, key=rows.__getitem__)
        found[f"{least}" if least == most else f"{least}-{most}"] = {
            "users": int(those.sum()),
            "blend": rows["blend"],
            "best_cf": {best: rows[best]},
        }
    return found


def _newcomers(
    places: Mapping[str, Floats],
    kept: Mapping[float, Floats],
    cold: Mask,
    validated: Mapping[float, Mapping[str, float]],
) -> dict[str, object]:
    """The blend's list with places kept for cold items: by the share of them, and as served."""
    return {
        "share": Dials().newcomers,
        **_against(places, kept[Dials().newcomers], cold),
        "shares": {str(share): _by_cold(one, cold) for share, one in kept.items()},
        "validation": {str(share): row for share, row in validated.items()},
    }


def _by_cold(places: Floats, cold: Mask) -> dict[str, float]:
    """Figures of all users, and of those whose item is cold and is not."""
    parts = {"": places, "_cold": places[cold], "_warm": places[~cold]}
    return {
        f"{name}{part}": figure
        for part, some in parts.items()
        for name, figure in figures(some).items()
    }


def _against(places: Mapping[str, Floats], blend: Floats, cold: Mask) -> dict[str, object]:
    """The blend against the best single model of all items, and the best of events of cold ones."""
    gain = compare(_gains(blend), _gains(places[_best_single(places)]))
    best_cf = max(figures(places[name][cold])["hr@10"] for name in CF)
    return {
        "blend_gain": {name: round(one, 4) for name, one in asdict(gain).items()},
        "blend_gain_significant": gain.significant,
        "cold_against_best_cf": round(figures(blend[cold])["hr@10"] / max(best_cf, 1e-4), 2),
    }


def _best_single(places: Mapping[str, Floats]) -> str:
    singles = (one for one in places if one != "blend")
    return max(singles, key=lambda name: figures(places[name])["ndcg@10"])


class _Metric:
    """nDCG@10 of scores of the users that are asked, each with one item to find."""

    def __init__(self, seen: Interactions, targets: Integers, users: Integers) -> None:
        self._targets = targets[users]
        row_of = np.full(seen.user_count, -1, np.int64)
        row_of[users] = np.arange(len(users))
        pairs = np.unique(np.stack([row_of[seen.users], seen.items]), axis=1)
        self._seen = pairs[0, pairs[0] >= 0], pairs[1, pairs[0] >= 0]

    def ndcg(self, scores: Floats) -> float:
        """The mean over the users; equal scores count half."""
        own = checked(scores)[np.arange(len(scores)), self._targets][:, None]
        rows, items = self._seen
        mine = scores[rows, items]
        better = (scores > own).sum(axis=1) - np.bincount(
            rows, mine > own[rows, 0], minlength=len(scores)
        )
        equal = (scores == own).sum(axis=1) - np.bincount(
            rows, mine == own[rows, 0], minlength=len(scores)
        )
        return float(_gains(np.asarray(better + (equal - 1) / 2.0, np.float32)).mean())


def _gains(places: Floats) -> Floats:
    return np.asarray(np.where(places < K, 1.0 / np.log2(places + 2.0), 0.0), np.float32)


def _had(seen: Interactions, targets: Integers) -> Mask:
    """Whether each user had the target before."""
    return np.array(
        [target in seen.of_user(user) for user, target in enumerate(targets.tolist())], bool
    )


def _vectors_of(one: Material) -> Floats:
    if one.vectors is None:
        raise ValueError("expected vectors of the items")
    return one.vectors


def _read(data: Path, test: Path | None, name: str) -> tuple[Shop, Integers]:
    """The set, and the row numbers of the users that are asked."""
    folder = data / _FOLDER
    file = f"{name}_valid.csv"
    known = chains(read_text(find_file([folder], [file])))
    asked = dict(known)
    if test is not None:
        asked = chains(read_text(find_file([*test_folders(test, _FOLDER), folder], [file])))
        known |= asked
    rows = {user: row for user, row in known.items() if len(row) >= 3}
    texts = json.loads(read_text(find_file([folder], [f"{name}.item.json"])))
    items = [texts[str(item)] for item in range(len(texts))]
    lines = [f"{one['title']} {one['brand']}".strip() for one in items]
    described = [f"{line} {one['description']}" for line, one in zip(lines, items, strict=True)]
    users = [number for number, user in enumerate(rows) if user in asked]
    sequences = list(rows.values())
    count = max(max(row) for row in sequences) + 1
    words = attribute_vectors(word_numbers(lines[:count]))
    all_words = attribute_vectors(word_numbers(described[:count], pairs=False))
    shop = Shop(sequences, _embedded(lines, count), words, all_words)
    return shop, np.array(users, np.int64)


def word_numbers(lines: Sequence[str], *, pairs: bool = True) -> list[list[int]]:
    """The numbers of each line's words and pairs of words, of those that several lines have."""
    rows = [re.findall(r"\w+", line.casefold()) for line in lines]
    terms = [dict.fromkeys([*row, *(pairwise(row) if pairs else ())]) for row in rows]
    counts = Counter(term for row in terms for term in row)
    number = {term: place for place, term in enumerate(one for one in counts if counts[one] > 1)}
    return [sorted(number[term] for term in row if term in number) for row in terms]


def chains(text: str) -> dict[str, list[int]]:
    """Each user's items in order, out of rows that show what came after which history.

    The rows of a user follow each other; a row's history may be cut at its front.
    """
    found: dict[str, list[int]] = {}
    for row in csv.DictReader(io.StringIO(text)):
        items = [*ast.literal_eval(row["history_item_id"]), int(row["item_id"])]
        own = found.setdefault(row["user_id"], items)
        if own is not items:
            own.append(items[-1])
    return found


def _embedded(lines: Sequence[str], count: int) -> Floats:
    """The texts' vectors by the shipped encoder, kept in the cache of the tests."""
    with report_progress("next_item: texts") as progress:
        vectors = kept_vectors("next-item", lines, progress)
    # Vectors of this encoder share a large part; what differs is what tells items apart.
    return np.asarray(vectors[:count] - vectors.mean(axis=0), np.float32)
