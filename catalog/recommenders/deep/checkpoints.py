"""Where a training stood after its last whole epoch, on disk, so that a kill costs one epoch."""

import json
from dataclasses import dataclass, field
from pathlib import Path

from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor


@dataclass
class State:
    """Everything that the next epoch depends on, besides data, recipe and seed.

    Args:
        epoch: How many epochs are done.
        figures: The validation figure after each of them.
        net: The net's parameters.
        best: Its parameters after the best epoch.
        optimizer: The optimizer's numbers.
    """

    epoch: int = 0
    figures: list[float] = field(default_factory=list)
    net: dict[str, Tensor] = field(default_factory=dict)
    best: dict[str, Tensor] = field(default_factory=dict)
    optimizer: dict[str, Tensor] = field(default_factory=dict)


class Checkpoint:
    """One file, replaced in one step after each epoch.

    Args:
        path: Of the file.
        fingerprint: Of data, recipe and seed; a file of another one is as good as none.
    """

    def __init__(self, path: Path, fingerprint: str) -> None:
        self._path = path
        self._fingerprint = fingerprint

    def read(self) -> State | None:
        """The state written last; None if there is none, or a half-written or foreign one."""
        try:
            with safe_open(self._path, framework="pt") as file:
                facts = file.metadata() or {}
                if facts.get("fingerprint") != self._fingerprint:
                    return None
                state = State(int(facts["epoch"]), json.loads(facts["figures"]))
                for name in file.keys():  # noqa: SIM118 - the file is no mapping
                    group, _, rest = name.partition("/")
                    getattr(state, group)[rest] = file.get_tensor(name)
                return state
        except (OSError, SafetensorError):
            return None

    def write(self, state: State) -> None:
        """Put a state in the place of the one before."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        work = self._path.with_name(f".{self._path.name}.new")
        tensors = {
            f"{group}/{name}": tensor.contiguous().clone()
            for group in ("net", "best", "optimizer")
            for name, tensor in getattr(state, group).items()
        }
        facts = {
            "fingerprint": self._fingerprint,
            "epoch": str(state.epoch),
            "figures": json.dumps(state.figures),
        }
        save_file(tensors, work, facts)
        work.replace(self._path)

    def remove(self) -> None:
        """Leave nothing behind."""
        self._path.unlink(missing_ok=True)
