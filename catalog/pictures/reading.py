"""A product's picture: the file that its address means, and the pixels the network sees.

Nothing is fetched: an address on the web stands for the file of that path or name in the shop's
own folder.
"""

import io
import warnings
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Literal
from urllib.parse import unquote, urlsplit

import numpy as np

from catalog.pictures.network import SIDE, Pixels

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

Trouble = Literal["missing", "too large", "unreadable"]

_MOST_BYTES = 64_000_000
_WHITE = (255, 255, 255)


class PictureError(ValueError):
    """A picture that cannot be used.

    Args:
        trouble: What is wrong with it.
        detail: For the log.
    """

    def __init__(self, trouble: Trouble, detail: str) -> None:
        super().__init__(f"{trouble}: {detail}")
        self.trouble = trouble


def picture_file(address: str, folder: Path) -> Path | None:
    """The file in a folder that an address means; ``None`` where there is none.

    A ``file:`` address and a path are taken as they are, as long as they lie in the folder; of
    others the path is sought below the folder, and then the bare name in it.
    """
    root, path = folder.resolve(), _path_of(address)
    below = path.lstrip("/")
    for one in (Path(path), root / below, root / PurePosixPath(below).name):
        try:
            found = one.resolve()
            if one.is_absolute() and found.is_relative_to(root) and found.is_file():
                return found
        except (OSError, ValueError):  # a name that no file system takes
            continue
    return None


def _path_of(address: str) -> str:
    try:
        parts = urlsplit(address)
    except ValueError:  # brackets that hold no IPv6 address
        return address
    return unquote(parts.path) if parts.scheme else address


def read_bytes(path: Path) -> bytes:
    """What is in the file.

    Raises:
        PictureError: It cannot be read, or holds more than 64 MB.
    """
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise PictureError("too large", f"{path} has {path.stat().st_size} bytes")
        return path.read_bytes()
    except OSError as error:
        raise PictureError("unreadable", f"{path}: {error}") from error


def read_pixels(data: bytes) -> Pixels:
    """[224, 224, 3]: the whole picture in the middle of a white square.

    It is turned as its camera says, what is transparent is white, and of an animation the first
    picture counts.

    Raises:
        PictureError: It is no picture that can be read, or one of more than 89 million pixels.
    """
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data)) as picture:
                return _pixels(picture)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise PictureError("too large", str(error)) from error
    # A damaged file makes Pillow's decoders fail in as many ways as there are formats.
    except Exception as error:
        raise PictureError("unreadable", str(error)) from error


def _pixels(picture: "Picture") -> Pixels:
    from PIL import Image, ImageOps

    picture.draft("RGB", (2 * SIDE, 2 * SIDE))
    whole = ImageOps.exif_transpose(picture).convert("RGBA")
    whole.thumbnail((2 * SIDE, 2 * SIDE), Image.Resampling.BICUBIC)
    size = max(whole.size)
    square = Image.new("RGB", (size, size), _WHITE)
    corner = ((size - whole.width) // 2, (size - whole.height) // 2)
    square.paste(whole, corner, whole)
    return np.asarray(square.resize((SIDE, SIDE), Image.Resampling.BICUBIC), np.uint8)
