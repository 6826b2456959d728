"""The crank: epochs of steps down the loss, until what is held out no longer gains."""

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from catalog.recommenders.deep.checkpoints import Checkpoint, State

Losses = Callable[[int], Iterator[Tensor]]
"""The losses of an epoch's batches, each computed when asked for."""

Validate = Callable[[], float]
"""How good the net is now; higher is better."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a net is fitted.

    Args:
        epochs: At most so many passes over the data.
        patience: Stop after so many epochs without a gain.
        learning_rate: Of Adam.
        weight_decay: Of AdamW.
        seed: Of everything random.
    """

    epochs: int = 40
    patience: int = 4
    learning_rate: float = 0.005
    weight_decay: float = 0.0
    seed: int = 0


def fit(
    net: nn.Module,
    losses: Losses,
    validate: Validate | None,
    recipe: Recipe,
    checkpoint: Checkpoint | None = None,
) -> list[float]:
    """Fit a net in place by AdamW (Loshchilov and Hutter, 2019); it ends with its best epoch.

    What is random in an epoch comes from the seed and the epoch's number alone, so a training
    that goes on from a checkpoint ends with the same numbers as one that was never stopped. It
    runs on one thread, so that sums have one order.

    Args:
        net: Fresh from its seed.
        losses: Given the number of the epoch.
        validate: Without it all epochs are run and the last one stays.
        recipe: How long and how fast.
        checkpoint: Where to write after each epoch, and to go on from.

    Returns:
        The validation figure after each epoch, empty without ``validate``.

    Raises:
        ValueError: A loss is not a finite number.
    """
    optimizer = torch.optim.AdamW(
        net.parameters(), recipe.learning_rate, weight_decay=recipe.weight_decay
    )
    state = (checkpoint.read() if checkpoint else None) or State()
    if state.epoch:
        net.load_state_dict(state.net)
        _restore(optimizer, state.optimizer)
    while state.epoch < recipe.epochs and not _spent(state.figures, recipe.patience):
        with _alone(recipe.seed, state.epoch):
            _run_epoch(net, optimizer, losses(state.epoch), state.epoch)
            _note(state, net, optimizer, validate)
        if checkpoint:
            checkpoint.write(state)
    net.load_state_dict(state.best)
    net.eval()
    return state.figures


def _run_epoch(
    net: nn.Module, optimizer: torch.optim.Optimizer, losses: Iterator[Tensor], epoch: int
) -> None:
    net.train()
    for loss in losses:
        if not math.isfinite(loss.item()):
            raise ValueError(
                f"expected a finite loss, got {loss.item()} in epoch {epoch + 1}: "
                "the training stops, what serves stays"
            )
        optimizer.zero_grad()
        # torch has no type for it.
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(net.parameters(), 5.0)
        optimizer.step()


def _note(
    state: State, net: nn.Module, optimizer: torch.optim.Optimizer, validate: Validate | None
) -> None:
    state.epoch += 1
    net.eval()
    with torch.no_grad():
        figure = validate() if validate else None
    if figure is not None:
        state.figures.append(figure)
    state.net = _copy(net)
    if figure is None or figure > max(state.figures[:-1], default=-math.inf):
        state.best = state.net
    state.optimizer = _numbers(optimizer)


def _spent(figures: list[float], patience: int) -> bool:
    """Whether the best figure is ``patience`` epochs old."""
    return bool(figures) and len(figures) - 1 - figures.index(max(figures)) >= patience


def _copy(net: nn.Module) -> dict[str, Tensor]:
    return {name: one.detach().clone() for name, one in net.state_dict().items()}


def _numbers(optimizer: torch.optim.Optimizer) -> dict[str, Tensor]:
    return {
        f"{place}/{name}": value.clone()
        for place, numbers in optimizer.state_dict()["state"].items()
        for name, value in numbers.items()
    }


def _restore(optimizer: torch.optim.Optimizer, numbers: dict[str, Tensor]) -> None:
    state: dict[int, dict[str, Tensor]] = {}
    for name, value in numbers.items():
        place, _, key = name.partition("/")
        state.setdefault(int(place), {})[key] = value
    optimizer.load_state_dict(optimizer.state_dict() | {"state": state})


@contextmanager
def _alone(seed: int, epoch: int) -> Iterator[None]:
    """One thread and chance of its own, without a trace in the process."""
    threads = torch.get_num_threads()
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed * 10_007 + epoch)
        torch.set_num_threads(1)
        try:
            yield
        finally:
            torch.set_num_threads(threads)
