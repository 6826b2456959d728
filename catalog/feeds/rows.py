"""What a feed reader gives: products that were accepted and rows that were rejected."""

from dataclasses import dataclass

from catalog.types import Product

RAW_LENGTH = 2_000


class FeedError(ValueError):
    """A feed that cannot be read at all, or not any further.

    ``line`` is the line (of a JSON array: the record) up to which it could be read, 0 when
    nothing could.
    """

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(message)
        self.line = line

    def __str__(self) -> str:
        message = super().__str__()
        return f"line {self.line}: {message}" if self.line else message


@dataclass(frozen=True, slots=True)
class Accepted:
    """A product and where it stands.

    ``line`` is the line its first row begins at (1 is the first line; in a JSON array the
    number of the record) and ``rows`` how many rows of the feed it was made of. With ``adds``
    the rows of a product that came earlier in the feed go on here: its variants and pictures
    are further ones, and the rest of it may be empty.
    """

    line: int
    product: Product
    rows: int = 1
    adds: bool = False


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that is not taken, and why; ``raw`` is its text, at most 2,000 characters of it."""

    line: int
    reason: str
    raw: str

    def __post_init__(self) -> None:
        if len(self.raw) > RAW_LENGTH:
            object.__setattr__(self, "raw", self.raw[:RAW_LENGTH])


FeedRow = Accepted | Rejected
