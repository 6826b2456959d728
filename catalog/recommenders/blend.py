"""One answer out of several models: a weighted sum whose weights are fitted on held-out events."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from catalog.files import replace_folder
from catalog.recommenders.contract import Because, Model, but_itself, only_row
from catalog.recommenders.interactions import Floats, Integers
from catalog.recommenders.saving import CURE, kind_of, read_manifest, write_manifest

KIND = "blend"
_STEPS = (0.0, 0.1, 0.2, 0.35, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0)

Metric = Callable[[Floats], float]
"""How good scores are (users × items); higher is better."""


@dataclass(frozen=True, slots=True)
class Part:
    """A model of the blend. ``weight`` is at least 0."""

    name: str
    model: Model
    weight: float


class Blend:
    """r̂(u, i) = Σ_m weight_m · z_m(u, i), z a model's scores of one user on a common scale.

    The scale divides by the root mean square of the scores above their row's mean, so that a
    model's unit does not matter and one that knows nothing of a user (all scores equal) adds
    nothing.

    Args:
        parts: With the weights for users with their whole history.
        contexts: Other weights by how much is known of a shopper, see ``contexts.context_of``.
            They may name parts that are not here but are served straight from the log.

    Raises:
        ValueError: There are no parts, or they know different numbers of items.
    """

    def __init__(
        self, parts: Sequence[Part], contexts: Mapping[str, Mapping[str, float]] | None = None
    ) -> None:
        counts = {part.model.item_count for part in parts}
        if len(counts) != 1:
            raise ValueError(f"expected parts with one number of items, got {sorted(counts)}")
        self.parts = tuple(parts)
        self.contexts = {name: dict(weights) for name, weights in (contexts or {}).items()}

    @classmethod
    def load(cls, folder: Path, loaders: Mapping[str, Callable[[Path], Model]]) -> "Blend":
        """The blend that ``save`` wrote; ``loaders`` open the parts by their kind.

        Raises:
            ValueError: It is missing, damaged, or holds a kind that has no loader.
        """
        settings = read_manifest(folder, KIND)
        parts = []
        for name, weight in settings["weights"].items():
            kind = kind_of(folder / name)
            if kind not in loaders:
                raise ValueError(f"expected a kind of {sorted(loaders)}, got {kind!r}; {CURE}")
            parts.append(Part(name, loaders[kind](folder / name), float(weight)))
        return cls(parts, settings.get("contexts"))

    def mix(self, context: str) -> Mapping[str, float]:
        """The weight of each part in a context."""
        return self.contexts.get(context) or {part.name: part.weight for part in self.parts}

    @property
    def item_count(self) -> int:
        """How many items the models know."""
        return self.parts[0].model.item_count

    def for_users(self, users: Integers) -> Floats:
        """Scores for several users, one row each."""
        return self._sum([part.model.for_users(users) for part in self.parts])

    def for_session(self, items: Sequence[int]) -> Floats:
        """Scores for someone of whom only these items are known, the last chosen last."""
        return only_row(self._sum([part.model.for_session(items)[None] for part in self.parts]))

    def for_item(self, item_idx: int) -> Floats:
        """How well each item follows or resembles one; the item itself has 0."""
        scores = self._sum([part.model.for_item(item_idx)[None] for part in self.parts])
        return but_itself(only_row(scores), item_idx)

    def explain(self, user_idx: int, item_idx: int, k: int = 3) -> tuple[Because, ...]:
        """The reasons of the part that says most for the item."""
        if not 0 <= item_idx < self.item_count:
            return ()
        user = np.array([user_idx])
        votes = [
            part.weight * float(scaled(part.model.for_users(user))[0, item_idx])
            for part in self.parts
        ]
        for one in np.argsort(-np.array(votes), kind="stable"):
            reasons = self.parts[int(one)].model.explain(user_idx, item_idx, k)
            if votes[one] > 0 and reasons:
                return reasons
        return ()

    def save(self, folder: Path) -> None:
        """Write the blend with its parts; ``folder`` appears whole or not at all."""
        with replace_folder(folder) as work:
            for part in self.parts:
                part.model.save(work / part.name)
            weights = {part.name: part.weight for part in self.parts}
            write_manifest(work, KIND, {"weights": weights, "contexts": self.contexts})

    def _sum(self, scores: Sequence[Floats]) -> Floats:
        total = np.zeros_like(scores[0])
        for part, one in zip(self.parts, scores, strict=True):
            add_part(total, part.weight, one)
        return total


def add_part(total: Floats, weight: float | Floats, scores: Floats) -> None:
    """Add the scores of a part to those of a blend, which are changed in place.

    Args:
        total: A row for each user.
        weight: Of the part, for all or for each of the rows.
        scores: A row for each user.
    """
    weights = np.asarray(weight, np.float32)
    if weights.any():
        total += weights.reshape(-1, 1) * scaled(scores)


def scaled(scores: Floats) -> Floats:
    """Rows with mean 0 and root mean square 1; rows of equal scores become 0."""
    centred = scores - scores.mean(axis=1, keepdims=True)
    size = np.sqrt(np.square(centred).mean(axis=1, keepdims=True))
    return np.asarray(np.where(size > 1e-9, centred / np.maximum(size, 1e-9), 0.0), np.float32)


def train_blend(
    models: Mapping[str, Model], users: Integers, metric: Metric, *, rounds: int = 2
) -> Blend:
    """Fit the weights for users with their whole history; see :func:`fit_weights`.

    Args:
        models: The parts, none of which has seen the held-out events.
        users: Whose scores the metric gets.
        metric: Called with the blend's scores of ``users``.
        rounds: How often to go through the weights.

    Raises:
        ValueError: There are no models.
    """
    scores = {name: scaled(model.for_users(users)) for name, model in models.items()}
    weights = fit_weights(scores, metric, rounds=rounds)
    return Blend([Part(name, model, weights[name]) for name, model in models.items()])


def fit_weights(
    scores: Mapping[str, Floats], metric: Metric, *, rounds: int = 2
) -> dict[str, float]:
    """Fit the weights of a sum by coordinate ascent on a metric of held-out events.

    From the best single model on, each other weight in turn takes the value of a fixed list that
    scores best, ``rounds`` times over (Bell, Koren and Volinsky, 2007, blend linearly; the
    ascent on the metric itself is that of Metzler and Croft, 2007). What does not help keeps 0.

    Args:
        scores: Of each model, users × items, on a common scale.
        metric: Called with sums of them.
        rounds: How often to go through the weights.

    Raises:
        ValueError: There are no models.
    """
    if not scores:
        raise ValueError("expected at least one model to blend, got none")
    singles = {name: metric(one) for name, one in scores.items()}
    first = max(singles, key=lambda name: singles[name])
    weights = dict.fromkeys(scores, 0.0) | {first: 1.0}
    best, total = singles[first], scores[first]
    for _ in range(rounds):
        for name in scores:
            if name == first:
                continue
            rest = total - np.float32(weights[name]) * scores[name]
            tried = {step: metric(rest + np.float32(step) * scores[name]) for step in _STEPS}
            step = max(tried, key=lambda one: tried[one])
            if tried[step] > best:
                best, weights[name] = tried[step], step
                total = rest + np.float32(step) * scores[name]
    return weights


def with_models(blend: Blend, models: Mapping[str, Model]) -> Blend:
    """The same weights over other models of the same names, such as ones trained on all events."""
    parts = [replace(part, model=models[part.name]) for part in blend.parts]
    return Blend(parts, blend.contexts)
