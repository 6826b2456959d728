"""Progress of a benchmark, on standard error."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import Progress


@contextmanager
def report_progress(name: str) -> Iterator[Callable[[str, int, int], None]]:
    """A bar that follows whatever phase reports last."""
    with Progress(console=Console(stderr=True)) as bars:
        task = bars.add_task(name)

        def report(phase: str, done: int, total: int) -> None:
            bars.update(task, description=phase, completed=done, total=total)

        yield report
