"""The lines of a text feed, none of which can fill the memory."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TextIO

from catalog.feeds.rows import RAW_LENGTH


@dataclass(frozen=True, slots=True)
class Line:
    """A line with its end; one that is too long is cut, and not ``whole``."""

    number: int
    text: str
    whole: bool = True


def read_lines(stream: TextIO, longest: int) -> Iterator[Line]:
    """Every line of the stream; of one with more than ``longest`` characters the beginning."""
    number = 0
    while text := stream.readline(longest):
        number += 1
        whole = len(text) < longest or text.endswith(("\n", "\r"))
        if not whole:
            _skip_line(stream, longest)
        yield Line(number, text if whole else text[:RAW_LENGTH], whole)


def _skip_line(stream: TextIO, longest: int) -> None:
    while (more := stream.readline(longest)) and not more.endswith(("\n", "\r")):
        pass
