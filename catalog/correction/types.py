"""What a correction is."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Change:
    """Words of a query and what they were taken for."""

    written: str
    meant: str


@dataclass(frozen=True, slots=True)
class Correction:
    """A query to search for, and how it differs from what was written; often not at all."""

    text: str
    changes: tuple[Change, ...] = ()
