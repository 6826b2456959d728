"""Labelled texts as batches of tensors; the frozen part of the encoder is run once for each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from intents.learning.encoders import Base
from intents.learning.net import ROLE_NAMES, Labels
from intents.learning.types import Labelled, Progress
from intents.pieces import PieceReader, Pieces
from intents.tags import TagScheme

_STATES_BATCH = 128


@dataclass(frozen=True, slots=True)
class Item:
    """One text ready for training.

    ``states`` [s, h] is bfloat16; ``hints`` are tags, one a piece.
    """

    pieces: Pieces
    states: Tensor
    intents: Tensor
    tags: tuple[int, ...]
    roles: tuple[int, ...]
    context: tuple[int, int]
    hints: tuple[int, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Batch:
    """Items padded to one length; ``mask`` tells pieces, ``units`` tells units.

    ``hints`` [b, s] are tags of the pieces.
    """

    states: Tensor
    mask: Tensor
    first: Tensor
    units: Tensor
    intents: Tensor
    tags: Tensor
    roles: Tensor
    context: Tensor
    hints: Tensor
    weight: Tensor


def prepare(
    texts: Sequence[Labelled],
    labels: Labels,
    reader: PieceReader,
    base: Base,
    progress: Progress,
) -> list[Item]:
    """Every text as an item, in order."""
    pieces = reader.read([text.text for text in texts])
    states = _states(pieces, base, progress)
    scheme = TagScheme(labels.slots)
    return [
        _item(text, cut, state, labels, scheme)
        for text, cut, state in zip(texts, pieces, states, strict=True)
    ]


def _states(pieces: Sequence[Pieces], base: Base, progress: Progress) -> list[Tensor]:
    found: dict[tuple[int, ...], Tensor] = {}
    wanted = sorted({cut.ids for cut in pieces}, key=len)
    for start in range(0, len(wanted), _STATES_BATCH):
        progress("reading texts", start, len(wanted))
        rows = wanted[start : start + _STATES_BATCH]
        ids = torch.full((len(rows), len(rows[-1])), base.pad_id)
        for place, row in enumerate(rows):
            ids[place, : len(row)] = torch.tensor(row)
        mask = torch.arange(ids.shape[1])[None] < torch.tensor([len(r) for r in rows])[:, None]
        states = base.states(ids, mask)
        for row, state in zip(rows, states, strict=True):
            found[row] = state[: len(row)].to(torch.bfloat16).clone()
    return [found[cut.ids] for cut in pieces]


def _item(
    text: Labelled, pieces: Pieces, states: Tensor, labels: Labels, scheme: TagScheme
) -> Item:
    intents = torch.zeros(len(labels.intents))
    for name in text.intents:
        intents[labels.intents.index(name)] = 1
    roles = text.roles or ("",) * len(text.spans)
    return Item(
        pieces=pieces,
        states=states,
        intents=intents,
        tags=tuple(scheme.encode(text.spans, pieces.units)) if labels.slots else (),
        roles=_unit_roles(text, roles, pieces),
        context=(
            _place(labels.actions, text.previous_action),
            _place(labels.requested, text.requested_slot),
        ),
        hints=tuple(pieces.spread(scheme.encode_known(text.hints, pieces.units))),
        weight=text.weight,
    )


def _unit_roles(text: Labelled, roles: Sequence[str], pieces: Pieces) -> tuple[int, ...]:
    """The role of each unit in a span, -1 elsewhere."""
    found = []
    for start, _ in pieces.units:
        inside = (r for s, r in zip(text.spans, roles, strict=True) if s.start <= start < s.end)
        role = next(inside, None)
        found.append(-1 if role is None else ROLE_NAMES.index(role or "include"))
    return tuple(found)


def _place(names: Sequence[str], name: str) -> int:
    return names.index(name) if name in names else 0


def batches(
    items: Sequence[Item], size: int, generator: torch.Generator | None
) -> Iterator[tuple[list[int], Batch]]:
    """Items of like length together; in random order with a generator, else as they are.

    Yields:
        The places of the items, and the batch.
    """
    count = len(items)
    order = torch.randperm(count, generator=generator).tolist() if generator else range(count)
    # Sorting within windows of many batches pads little and still mixes well.
    window = size * 32
    chunks = []
    for start in range(0, count, window):
        near = sorted(order[start : start + window], key=lambda i: len(items[i].pieces.ids))
        chunks += [near[i : i + size] for i in range(0, len(near), size)]
    if generator:
        mixed = torch.randperm(len(chunks), generator=generator).tolist()
        chunks = [chunks[place] for place in mixed]
    for chunk in chunks:
        yield chunk, collate([items[place] for place in chunk])


def collate(items: Sequence[Item]) -> Batch:
    """Items as one batch."""
    longest = max(len(item.pieces.ids) for item in items)
    most = max(1, max(len(item.pieces.first) for item in items))
    states = torch.zeros(len(items), longest, items[0].states.shape[1])
    first = torch.zeros(len(items), most, dtype=torch.long)
    tags = torch.zeros(len(items), most, dtype=torch.long)
    roles = torch.full((len(items), most), -1, dtype=torch.long)
    mask = torch.zeros(len(items), longest, dtype=torch.bool)
    hints = torch.zeros(len(items), longest, dtype=torch.long)
    units = torch.zeros(len(items), most, dtype=torch.bool)
    for row, item in enumerate(items):
        size, count = len(item.pieces.ids), len(item.pieces.first)
        states[row, :size] = item.states
        mask[row, :size] = True
        hints[row, :size] = torch.tensor(item.hints)
        first[row, :count] = torch.tensor(item.pieces.first, dtype=torch.long)
        units[row, :count] = True
        tags[row, : len(item.tags)] = torch.tensor(item.tags, dtype=torch.long)
        roles[row, :count] = torch.tensor(item.roles, dtype=torch.long)
    return Batch(
        states=states,
        mask=mask,
        first=first,
        units=units,
        intents=torch.stack([item.intents for item in items]),
        tags=tags,
        roles=roles,
        context=torch.tensor([item.context for item in items]),
        hints=hints,
        weight=torch.tensor([item.weight for item in items]),
    )
