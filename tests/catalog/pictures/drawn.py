"""Pictures drawn by code, as files a shop may have."""

import io

import numpy as np
from PIL import Image, ImageDraw

STRIPES, DOTS = "stripes", "dots"


def drawn(kind, color="navy", size=(60, 80), shift=0):
    picture = Image.new("RGB", size, "white")
    pen = ImageDraw.Draw(picture)
    for place in range(shift, max(size), 12):
        if kind == STRIPES:
            pen.line((place, 0, place, size[1]), fill=color, width=4)
        else:
            for down in range(shift, size[1], 12):
                pen.ellipse((place, down, place + 6, down + 6), fill=color)
    return picture


def as_bytes(picture, form="JPEG", **options):
    file = io.BytesIO()
    picture.save(file, form, **options)
    return file.getvalue()


class Colors:
    """In the place of the network: the mean colour as a vector [1280], and how often asked."""

    def __init__(self):
        self.asked = 0

    def __call__(self, pixels):
        self.asked += len(pixels)
        vectors = np.zeros((len(pixels), 1280), np.float32)
        vectors[:, :3] = pixels.reshape(len(pixels), -1, 3).mean(axis=1)
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
