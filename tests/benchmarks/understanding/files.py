"""Finding and opening the files of data sets, packed or not."""

import gzip
from collections.abc import Sequence
from pathlib import Path


def find_file(folders: Sequence[Path], names: Sequence[str]) -> Path:
    """The first file of one of the names, as it is or with ``.gz``.

    Raises:
        ValueError: None of them exists; the message lists what was looked for.
    """
    for folder in folders:
        for name in names:
            for path in (folder / name, folder / f"{name}.gz"):
                if path.is_file():
                    return path
    raise ValueError(
        f"expected {' or '.join(names)} (or .gz) in {' or '.join(map(str, folders))}, found none;"
        " see --data and --test"
    )


def test_folders(test: Path, name: str) -> tuple[Path, ...]:
    """Where the test part of a set may lie: below its name, or in the folder itself."""
    return test / name, test


def read_text(path: Path) -> str:
    """The text of a file in UTF-8, with ``\\n`` between lines."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8-sig", newline=None) as file:
        return str(file.read())


def read_lines(path: Path) -> list[str]:
    """The lines of a file, parted by line feeds alone, without the empty one at its end."""
    lines = read_text(path).split("\n")
    return lines[:-1] if lines[-1] == "" else lines
