"""Pictures of the demo shop, drawn by code: ``draw("shoe", "blue")`` is an SVG."""

from functools import cache

from catalog.demo.drawings import (
    beauty,
    carried,
    clothing,
    computing,
    desk,
    electronics,
    food,
    home,
    kitchen,
    leisure,
    pets,
    tools,
    toys,
)
from catalog.demo.drawings.shapes import WHITE, Shades, mix
from catalog.demo.tables import load_tables

_MODULES = (
    beauty, carried, clothing, computing, desk, electronics, food, home, kitchen, leisure, pets,
    tools, toys,
)  # fmt: skip
_DRAWINGS = {name: function for module in _MODULES for name, function in module.DRAWINGS.items()}
_NIGHT = "#1d2233"
FAMILIES = tuple(sorted(_DRAWINGS))
"""Every kind of picture that :func:`draw` knows."""


def colors() -> tuple[str, ...]:
    """Every colour that :func:`draw` knows, as it stands in picture addresses."""
    return tuple(color.slug for color in load_tables().colors.values())


@cache
def draw(kind: str, colour: str) -> str:
    """The SVG of a picture family in one colour.

    Raises:
        ValueError: if the family is not in :data:`FAMILIES` or the colour not in
            :func:`colors`.
    """
    if kind not in _DRAWINGS:
        raise ValueError(f"expected a picture family such as 'shoe', got {kind!r}")
    known = {color.slug: color.hex for color in load_tables().colors.values()}
    if colour not in known:
        raise ValueError(f"expected a colour such as 'sky-blue', got {colour!r}")
    shades = _shades(known[colour])
    return _frame(shades, _DRAWINGS[kind](shades))


def _shades(base: str) -> Shades:
    return Shades(
        base, mix(base, WHITE, 0.38), mix(base, "#1d2233", 0.24), mix(base, "#1d2233", 0.5)
    )


def _brightness(color: str) -> float:
    red, green, blue = (int(color[i : i + 2], 16) for i in (1, 3, 5))
    return (0.3 * red + 0.59 * green + 0.11 * blue) / 255


def _frame(shades: Shades, drawing: str) -> str:
    """Puts a drawing on a soft ground that it stands out from."""
    pale = _brightness(shades.base) > 0.78
    tint = "#7f98bb" if pale else shades.base
    top, bottom = mix(tint, WHITE, 0.72 if pale else 0.9), mix(tint, WHITE, 0.5 if pale else 0.7)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400" role="img"><defs>'
        + _gradient("ground", (top, bottom), 'x2="0" y2="1"')
        + _gradient("body", (shades.light, shades.base, shades.dark), 'x2="0.7" y2="1"')
        + _gradient("metal", ("#eef1f5", "#b6bfcb", "#8d96a4"), 'x2="0.8" y2="1"')
        + _gradient("screen", ("#3a4468", "#5d6fa8", "#a58fc9"), 'x2="1" y2="1"')
        + '</defs><rect width="400" height="400" fill="url(#ground)"/>'
        + '<circle cx="200" cy="196" r="158" fill="#ffffff" opacity="0.4"/>'
        + f'<ellipse cx="200" cy="344" rx="128" ry="15" fill="{shades.deep}" opacity="0.16"/>'
        + f"{drawing}</svg>"
    )


def _gradient(name: str, stops: tuple[str, ...], direction: str) -> str:
    parts = "".join(
        f'<stop offset="{round(index / (len(stops) - 1), 2)}" stop-color="{color}"/>'
        for index, color in enumerate(stops)
    )
    return f'<linearGradient id="{name}" x1="0" y1="0" {direction}>{parts}</linearGradient>'
