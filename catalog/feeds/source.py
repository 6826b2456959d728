"""A feed's file: plain or gzipped bytes, its encoding, and how much of it has been read."""

import codecs
import gzip
import io
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, TextIO, cast

from catalog.feeds.encoding import UTF8, find_encoding
from catalog.feeds.rows import FeedError

_CHUNK = 1 << 20
_GZIP = b"\x1f\x8b"


class Source:
    """One file on disk that a reader may go through several times.

    ``passes`` is how often it will be read from beginning to end; :attr:`fraction` counts them
    all, so that a progress bar never runs backwards.
    """

    def __init__(self, path: Path, passes: int = 1) -> None:
        """Look at the file.

        Raises:
            FeedError: It is missing, a directory, unreadable or empty.
        """
        self.path = path
        self.passes = passes
        self.warnings: list[str] = []
        if path.is_dir():
            raise FeedError(f"expected a file, got the directory {path}")
        try:
            self._size = path.stat().st_size
            with path.open("rb") as file:
                self._gzipped = file.read(2) == _GZIP
        except OSError as error:
            raise FeedError(f"cannot read {path}: {error.strerror}") from error
        if not self._size:
            raise FeedError(f"expected a feed, got the empty file {path}")
        self._file: BinaryIO | None = None
        self._stream: BinaryIO | TextIO | None = None
        self._begun = 0
        self._encoding = ""

    @property
    def fraction(self) -> float:
        """How much of the file's bytes has been read, from 0 to 1."""
        if self._file is None:
            return 0.0
        here = self._size if self._file.closed else min(self._file.tell(), self._size)
        done = (self._begun - 1) * self._size + here
        return min(done / (self.passes * self._size), 1.0)

    def binary(self) -> BinaryIO:
        """The unpacked bytes from the start; a pass that :attr:`fraction` counts."""
        self.close()
        self._file = self.path.open("rb")
        self._begun += 1
        stream = self._unpacked(self._file)
        self._stream = stream
        return stream

    def text(self) -> TextIO:
        """The decoded text from the start, line ends as they are; a pass that is counted.

        Raises:
            FeedError: The encoding is not one that :func:`find_encoding` knows.
        """
        encoding = self.encoding()
        binary = self.binary()
        stream = io.TextIOWrapper(binary, encoding=encoding, errors="strict", newline="")
        self._stream = stream
        return stream

    def utf8(self) -> BinaryIO:
        """The bytes from the start in UTF-8, whatever the file is written in."""
        encoding = self.encoding()
        if encoding != UTF8:
            return cast(BinaryIO, _Recoded(self.binary(), encoding))
        marked = self.head(len(codecs.BOM_UTF8)) == codecs.BOM_UTF8
        stream = self.binary()
        if marked:
            stream.read(len(codecs.BOM_UTF8))
        return stream

    def encoding(self) -> str:
        """The file's encoding, seen from all of it.

        Raises:
            FeedError: It is not one that :func:`find_encoding` knows.
        """
        if not self._encoding:
            with self._peek() as first, self._peek() as second:
                self._encoding = find_encoding(_chunks(first), _chunks(second))
        return self._encoding

    def head(self, size: int = 65_536) -> bytes:
        """The first unpacked bytes; fewer when the file is short or broken."""
        with self._peek() as stream:
            return next(_chunks(stream, size), b"")

    def close(self) -> None:
        """Close what is open."""
        if self._stream is not None:
            self._stream.close()

    def _peek(self) -> BinaryIO:
        return self._unpacked(self.path.open("rb"))

    def _unpacked(self, file: BinaryIO) -> BinaryIO:
        if not self._gzipped:
            return file
        # Without a buffer around it: a buffer would lose what came just before the damage.
        return cast(BinaryIO, _Gunzipped(file))


class _Gunzipped(io.RawIOBase):
    """The unpacked bytes; damage is a FeedError, after everything before it has been given."""

    def __init__(self, file: BinaryIO) -> None:
        super().__init__()
        self._file = file
        self._gzip = gzip.GzipFile(fileobj=file)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(cast(bytearray, buffer))
        try:
            data = self._gzip.read1(len(view))
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise FeedError(f"the gzip data is broken or cut off: {error}") from error
        view[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._file.close()
        super().close()


class _Recoded:
    """Text in another encoding, read as UTF-8."""

    def __init__(self, stream: BinaryIO, encoding: str) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder(encoding)()

    def read(self, size: int = -1) -> bytes:
        while chunk := self._stream.read(size):
            text = self._decoder.decode(chunk)
            if text:
                return text.encode("utf-8", "surrogatepass")
        return self._decoder.decode(b"", True).encode("utf-8", "surrogatepass")


def _chunks(stream: BinaryIO, size: int = _CHUNK) -> Iterator[bytes]:
    """The stream's bytes; where it breaks off they end, for the reader to say so."""
    try:
        while chunk := stream.read(size):
            yield chunk
    except FeedError:
        return
