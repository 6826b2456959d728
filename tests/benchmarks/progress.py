"""Progress of a benchmark, on standard error."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import Progress


@contextmanager
def report_progress(name: str) -> Iterator[Callable[[str, int, int], None]]:
    """A bar that follows whatever phase reports last; in a log, a line for each phase."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield _Lines(name)
        return
    with Progress(console=console) as bars:
        task = bars.add_task(name)

        def report(phase: str, done: int, total: int) -> None:
            bars.update(task, description=phase, completed=done, total=total)

        yield report


class _Lines:
    def __init__(self, name: str) -> None:
        self._name, self._phase = name, ""

    def __call__(self, phase: str, done: int, total: int) -> None:
        if phase != self._phase:
            self._phase = phase
            sys.stderr.write(f"{self._name}: {phase}\n")
            sys.stderr.flush()
