"""The training loop: epochs, early stopping on validation, averaged weights."""

import copy
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn

from intents.learning.data import Batch, Item, batches, collate, prepare
from intents.learning.encoders import Base, load_base, make_trainable
from intents.learning.loss import joint_loss
from intents.learning.net import ROLE_NAMES, JointNet, Labels
from intents.learning.types import Labelled, Prediction, Progress, Recipe, TrainingError
from intents.pieces import PieceReader
from intents.tags import Span, TagScheme, best_path

_WARM_UP = 0.06
_DECAY = 0.01
_CLIP = 1.0
_MEASURED = 512


@dataclass(frozen=True, slots=True)
class Fitted:
    """A trained network with everything it needs to read texts."""

    net: JointNet
    labels: Labels
    recipe: Recipe
    base: Base
    reader: PieceReader
    barred: np.ndarray
    history: tuple[dict[str, float], ...]

    def predict(self, texts: Sequence[Labelled]) -> list[Prediction]:
        """What the model says of each text; labels that texts carry are not looked at."""
        bare = [replace(text, intents=(), spans=(), roles=()) for text in texts]
        items = prepare(bare, self.labels, self.reader, self.base, _quiet)
        return predict_items(self.net, items, self.labels, self.recipe, self.barred)

    @torch.inference_mode()
    def vectors(self, texts: Sequence[str]) -> np.ndarray:
        """What the intent head reads of each text [n, 2h], scaled."""
        bare = [Labelled(text) for text in texts]
        items = prepare(bare, self.labels, self.reader, self.base, _quiet)
        found = np.zeros((len(items), 2 * self.base.hidden), np.float32)
        self.net.eval()
        for places, batch in batches(items, 64, None):
            out = self.net(batch.states, batch.mask, batch.first, batch.context, batch.hints)
            found[places] = out.pooled.numpy()
        return found


def _quiet(_: str, __: int, ___: int) -> None:
    return


def multiplies_bfloat16() -> bool:
    """Whether the processor does; one that does not emulates it, many times slower than float32."""
    return torch.cpu._is_avx512_bf16_supported()


def fit(
    train: Sequence[Labelled],
    valid: Sequence[Labelled],
    recipe: Recipe,
    progress: Progress = _quiet,
    labels: Labels | None = None,
) -> Fitted:
    """Trains a joint model; the weights kept are those of the best validation figure.

    Raises:
        TrainingError: There is nothing to learn from, or the loss is no longer a number.
    """
    if not train or not valid:
        raise TrainingError(
            f"expected texts to train and to validate, got {len(train)} and {len(valid)}"
        )
    torch.manual_seed(recipe.seed)
    base = load_base(recipe.encoder, recipe.frozen_layers)
    reader = _reader(recipe)
    labels = labels or labels_of([*train, *valid])
    items = prepare(train, labels, reader, base, progress)
    held_out = prepare(valid, labels, reader, base, progress)
    layers = make_trainable(base.upper, recipe.lora_rank, recipe.dropout)
    net = JointNet(list(layers), base.hidden, labels, recipe.dropout, recipe.crf)
    _measure(net, items)
    barred = barred_tags(train, labels, recipe)
    loop = _Loop(net, recipe, math.ceil(len(items) / recipe.batch))
    history = []
    best, best_weights, best_epoch = -1.0, loop.averaged(), 0
    for epoch in range(recipe.epochs):
        loss = loop.run(items, epoch, progress)
        kept = loop.average_net()
        figures = score(predict_items(kept, held_out, labels, recipe, barred), valid)
        history.append({"epoch": epoch + 1.0, "loss": loss} | figures)
        progress(_summary(history[-1]), 1, 1)
        if figures["total"] > best:
            best, best_weights, best_epoch = figures["total"], loop.averaged(), epoch
        elif epoch - best_epoch >= recipe.patience:
            break
    loop.restore(best_weights)
    return Fitted(net, labels, recipe, base, reader, barred, tuple(history))


def _measure(net: JointNet, items: Sequence[Item]) -> None:
    """Sets the scale of what the heads read, on texts from all over the data."""
    net.eval()
    batch = collate(items[:: max(1, len(items) // _MEASURED)])
    net.measure(batch.states, batch.mask, batch.first, batch.units)


def _summary(figures: Mapping[str, float]) -> str:
    """An epoch in a line, for whoever watches."""
    names = ("intent", "slot_f1", "exact")
    shares = ", ".join(f"{name} {100 * figures[name]:.1f}" for name in names)
    return f"after epoch {figures['epoch']:.0f}: {shares}"


def _reader(recipe: Recipe) -> PieceReader:
    path = recipe.encoder / "tokenizer.json"
    if not path.is_file():
        raise TrainingError(f"expected a tokenizer at {path}, got none; prepare the encoder again")
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return PieceReader(tokenizer.encode_batch, tokenizer.token_to_id, recipe.longest)


def labels_of(texts: Sequence[Labelled]) -> Labels:
    """Everything that occurs in the texts, sorted."""
    return Labels(
        intents=tuple(sorted({name for text in texts for name in text.intents})),
        slots=tuple(sorted({span.label for text in texts for span in text.spans})),
        actions=("", *sorted({t.previous_action for t in texts} - {""})),
        requested=("", *sorted({t.requested_slot for t in texts} - {""})),
    )


def barred_tags(train: Sequence[Labelled], labels: Labels, recipe: Recipe) -> np.ndarray:
    """Scores [intents, tags] that keep an intent from slots it was never seen with."""
    scheme = TagScheme(labels.slots)
    barred = np.zeros((max(1, len(labels.intents)), scheme.size), np.float32)
    if not recipe.coherent or not labels.intents:
        return barred
    seen = np.zeros_like(barred, dtype=bool)
    seen[:, 0] = True
    for text in train:
        for name in text.intents:
            for span in text.spans:
                place = 2 * labels.slots.index(span.label) + 1
                seen[labels.intents.index(name), place : place + 2] = True
    barred[~seen] = -1e4
    return barred


class _Loop:
    """Network, optimiser and running average of one training."""

    def __init__(self, net: JointNet, recipe: Recipe, steps: int) -> None:
        self._net, self._recipe = net, recipe
        self._total = steps * recipe.epochs
        self._done = 0
        self._generator = torch.Generator().manual_seed(recipe.seed)
        self._optimiser = torch.optim.AdamW(_groups(net, recipe), fused=True)
        self._schedule = torch.optim.lr_scheduler.LambdaLR(self._optimiser, self._share)
        self._trained = [p for p in net.parameters() if p.requires_grad]
        self._average = [p.detach().clone() for p in self._trained]
        self._spare = copy.deepcopy(net)

    def _share(self, step: int) -> float:
        warm = max(1, int(_WARM_UP * self._total))
        if step < warm:
            return (step + 1) / warm
        return max(0.02, (self._total - step) / max(1, self._total - warm))

    def run(self, items: Sequence[Item], epoch: int, progress: Progress) -> float:
        """One pass; the mean loss.

        Raises:
            TrainingError: The loss is no longer a number.
        """
        self._net.train()
        losses = []
        steps = math.ceil(len(items) / self._recipe.batch)
        for step, (_, batch) in enumerate(batches(items, self._recipe.batch, self._generator)):
            losses.append(self._step(batch))
            progress(f"epoch {epoch + 1}", step + 1, steps)
        return float(np.mean(losses))

    def _step(self, batch: Batch) -> float:
        states = self._hide(batch.states)
        with torch.autocast("cpu", torch.bfloat16, enabled=multiplies_bfloat16()):
            out = self._net(states, batch.mask, batch.first, batch.context, batch.hints)
        loss = joint_loss(self._net, out, batch, self._recipe)
        value = float(loss.detach())
        if not math.isfinite(value):
            raise TrainingError(f"the loss became {value}; lower the learning rate")
        self._optimiser.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(self._trained, _CLIP)
        self._optimiser.step()
        self._schedule.step()
        self._done += 1
        decay = min(self._recipe.averaging, self._done / (self._done + 10))
        torch._foreach_lerp_(self._average, [p.detach() for p in self._trained], 1 - decay)
        return value

    def _hide(self, states: Tensor) -> Tensor:
        """Some words' vectors set to nothing, never the opening mark's."""
        if not self._recipe.hiding:
            return states
        kept = torch.rand(states.shape[:2], generator=self._generator) >= self._recipe.hiding
        kept[:, 0] = True
        return states * kept[..., None]

    def averaged(self) -> list[Tensor]:
        """A copy of the averaged weights."""
        return [value.clone() for value in self._average]

    def average_net(self) -> JointNet:
        """A network with the averaged weights; valid until the next call."""
        trained = [p for p in self._spare.parameters() if p.requires_grad]
        for parameter, value in zip(trained, self._average, strict=True):
            parameter.data.copy_(value)
        return self._spare

    def restore(self, weights: Sequence[Tensor]) -> None:
        """Puts weights into the network."""
        for parameter, value in zip(self._trained, weights, strict=True):
            parameter.data.copy_(value)


def _groups(net: JointNet, recipe: Recipe) -> list[dict[str, object]]:
    body = {id(p) for p in net.layers.parameters()}
    groups: dict[tuple[bool, bool], list[nn.Parameter]] = {}
    for parameter in net.parameters():
        if parameter.requires_grad:
            key = (id(parameter) in body, parameter.ndim > 1)
            groups.setdefault(key, []).append(parameter)
    return [
        {
            "params": parameters,
            "lr": recipe.rate if inside else recipe.head_rate,
            "weight_decay": _DECAY if decays else 0.0,
        }
        for (inside, decays), parameters in groups.items()
    ]


@torch.inference_mode()
def predict_items(
    net: JointNet,
    items: Sequence[Item],
    labels: Labels,
    recipe: Recipe,
    barred: np.ndarray,
) -> list[Prediction]:
    """What a network says of prepared texts, in their order.

    With a coherent recipe, intent and slots are chosen together: the pair of the highest joint
    score among the likeliest intents, each with the slots it was seen with.
    """
    net.eval()
    scheme = TagScheme(labels.slots)
    moves, first = scheme.transitions()
    if net.crf is not None:
        moves, first = (t.numpy() for t in net.crf.transitions())
    found: dict[int, Prediction] = {}
    for places, batch in batches(items, 64, None):
        out = net(batch.states, batch.mask, batch.first, batch.context, batch.hints)
        chances = out.intents.sigmoid() if recipe.several else out.intents.softmax(dim=1)
        energy = out.intents.logsumexp(dim=1) if labels.intents else out.pooled[:, 0]
        for row, place in enumerate(places):
            units = items[place].pieces.units
            share = chances[row].numpy()
            scores = out.tags[row, : len(units)].numpy()
            share, tags = _decode(share, scores, moves, first, barred, recipe.coherent)
            spans = scheme.decode(tags, units) if labels.slots else []
            found[place] = Prediction(
                ranked(labels.intents, share),
                tuple(spans),
                tuple(_role(span, units, out.roles[row]) for span in spans),
                float(energy[row]),
            )
    return [found[place] for place in range(len(items))]


def _decode(
    chances: np.ndarray,
    scores: np.ndarray,
    moves: np.ndarray,
    first: np.ndarray,
    barred: np.ndarray,
    coherent: bool,
) -> tuple[np.ndarray, list[int]]:
    """Intent chances and tags; with ``coherent`` the intent is the one that fits the tags best."""
    if not coherent or not len(scores):
        return chances, best_path(scores, moves, first)
    tried = []
    for intent in np.argsort(-chances)[:3]:
        path = best_path(scores + barred[intent], moves, first)
        total = scores[np.arange(len(path)), path].sum() + first[path[0]]
        total += moves[path[:-1], path[1:]].sum() + barred[intent][path].sum()
        tried.append((float(np.log(chances[intent] + 1e-9) + total), int(intent), path))
    _, best, path = max(tried)
    chosen = chances.copy()
    chosen[best] = chances.max() + 1e-6
    return chosen, path


def ranked(names: Sequence[str], chances: np.ndarray) -> tuple[tuple[str, float], ...]:
    """Every intent with its score, best first."""
    return tuple((names[i], float(chances[i])) for i in np.argsort(-chances))


def _role(span: Span, units: Sequence[tuple[int, int]], scores: Tensor) -> str:
    return ROLE_NAMES[int(scores[span.units(units)].sum(dim=0).argmax())]


def score(found: Sequence[Prediction], wanted: Sequence[Labelled]) -> dict[str, float]:
    """Intent accuracy, slot F1 over exact spans, exact frames, and their sum as "total"."""
    right = exact = 0
    hits = said = asked = 0
    for guess, text in zip(found, wanted, strict=True):
        named = not text.intents or guess.intents[0][0] in text.intents
        spans, true = set(guess.spans), set(text.spans)
        hits, said, asked = hits + len(spans & true), said + len(spans), asked + len(true)
        right += named
        exact += named and spans == true
    slot_f1 = 2 * hits / (said + asked) if said + asked else 1.0
    accuracy, frames = right / len(wanted), exact / len(wanted)
    return {
        "intent": accuracy,
        "slot_f1": slot_f1,
        "exact": frames,
        "total": accuracy + slot_f1 + frames,
    }
