"""Text is readable on its ground, in the light and in the dark."""

import re

import pytest

from assistant.web.chat import STATIC

PAIRS = [
    ("ink", "ground"),
    ("ink", "surface"),
    ("ink", "tint"),
    ("ink", "accent-tint"),
    ("muted", "ground"),
    ("muted", "surface"),
    ("muted", "tint"),
    ("accent", "ground"),
    ("accent", "surface"),
    ("accent", "accent-tint"),
    ("on-accent", "accent"),
    ("on-mine", "mine"),
    ("good", "surface"),
    ("good", "ground"),
    ("bad", "ground"),
    ("bad", "surface"),
    ("bad", "tint"),
]


def palettes():
    css = (STATIC / "theme.css").read_text("utf-8")
    blocks = re.findall(r":root \{(.*?)\}", css, re.DOTALL)
    light, dark = (dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block)) for block in blocks)
    return {"light": light, "dark": dark}


def luminance(colour):
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_contrast_is_enough(scheme, text, ground):
    palette = palettes()[scheme]
    assert contrast(palette[text], palette[ground]) >= 4.5
