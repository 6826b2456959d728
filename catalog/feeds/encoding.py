"""Which encoding a feed is written in. Latin-1 is never guessed: any bytes would pass as it."""

import codecs
import re
from collections.abc import Iterable
from typing import NoReturn

from catalog.feeds.rows import FeedError

UTF8 = "utf-8-sig"
"""UTF-8 with or without its mark."""

_GB2312_SHARE = 0.9
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")


def find_encoding(chunks: Iterable[bytes], again: Iterable[bytes]) -> str:
    """The codec that decodes a whole feed: UTF-8, UTF-16 with its mark, or GB18030.

    GB18030 is taken only where it gives everyday Chinese (GB2312 characters), because it
    decodes much of what is really Latin-1 into rare ones.

    Args:
        chunks: The feed's bytes, read once.
        again: The same bytes, read only when they are not UTF-8.

    Raises:
        FeedError: It is none of them; the message names the line and the byte.
    """
    decoder = codecs.getincrementaldecoder(UTF8)()
    line, first = 1, True
    for chunk in chunks:
        if first and chunk.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return "utf-16"
        first = False
        try:
            decoder.decode(chunk)
        except UnicodeDecodeError as error:
            line += error.object.count(b"\n", 0, error.start)
            if _is_gb18030(again):
                return "gb18030"
            _refuse(error.object[error.start], line, error)
        line += chunk.count(b"\n")
    return UTF8


def _is_gb18030(chunks: Iterable[bytes]) -> bool:
    decoder = codecs.getincrementaldecoder("gb18030")()
    common = foreign = chinese = 0
    for chunk in chunks:
        try:
            text = "".join(_BEYOND_ASCII.findall(decoder.decode(chunk)))
        except UnicodeDecodeError:
            return False
        foreign += len(text)
        common += len(text.encode("gb2312", "ignore")) // 2
        chinese += len(_CHINESE.findall(text))
    return chinese > 0 and common >= _GB2312_SHARE * foreign


def _refuse(byte: int, line: int, error: UnicodeDecodeError) -> NoReturn:
    raise FeedError(
        f"expected UTF-8, UTF-16 or GB18030, got the byte 0x{byte:02X}; save the feed as UTF-8",
        line,
    ) from error
