"""The few SVG shapes and shades that all drawings are made of (canvas 400 × 400)."""

from dataclasses import dataclass

WHITE = "#ffffff"
INK = "#2b2f3a"
STEEL = "#c3cad4"
IRON = "#7d8694"
PAPER = "#fbf8ef"
WOOD = "#c99b66"
BARK = "#9a6f43"
LEAF = "#5fae6b"
GLASS = "#dcecf3"
GOLD = "#e0b955"
BODY = "url(#body)"
METAL = "url(#metal)"
SCREEN = "url(#screen)"


@dataclass(frozen=True, slots=True)
class Shades:
    """One colour from light to deep, as hexadecimal strings."""

    base: str
    light: str
    dark: str
    deep: str


def mix(first: str, second: str, part: float) -> str:
    """``first`` with ``part`` (0 to 1) of ``second`` in it; both are ``#rrggbb``."""
    pairs = ((int(first[i : i + 2], 16), int(second[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{round(a + (b - a) * part):02x}" for a, b in pairs)


def path(d: str, fill: str, opacity: float = 1) -> str:
    """A filled path."""
    return f'<path d="{d}" fill="{fill}"{_seen(opacity)}/>'


def line(d: str, stroke: str, width: float, opacity: float = 1) -> str:
    """A stroked path with round ends."""
    return (
        f'<path d="{d}" fill="none" stroke="{stroke}" stroke-width="{width}" '
        f'stroke-linecap="round" stroke-linejoin="round"{_seen(opacity)}/>'
    )


def box(x: float, y: float, w: float, h: float, r: float, fill: str, opacity: float = 1) -> str:
    """A rectangle with corners of radius ``r``."""
    return (
        f'<rect x="{x}" y="{y}" width="{w}" height="{h}" rx="{r}" fill="{fill}"{_seen(opacity)}/>'
    )


def disc(x: float, y: float, r: float, fill: str, opacity: float = 1) -> str:
    """A filled circle."""
    return f'<circle cx="{x}" cy="{y}" r="{r}" fill="{fill}"{_seen(opacity)}/>'


def ring(x: float, y: float, r: float, stroke: str, width: float) -> str:
    """A circle's outline."""
    return (
        f'<circle cx="{x}" cy="{y}" r="{r}" fill="none" stroke="{stroke}" stroke-width="{width}"/>'
    )


def oval(x: float, y: float, rx: float, ry: float, fill: str, opacity: float = 1) -> str:
    """A filled ellipse."""
    return f'<ellipse cx="{x}" cy="{y}" rx="{rx}" ry="{ry}" fill="{fill}"{_seen(opacity)}/>'


def turn(degrees: float, *parts: str, x: float = 200, y: float = 200) -> str:
    """The parts turned around a point."""
    return f'<g transform="rotate({degrees} {x} {y})">{"".join(parts)}</g>'


def move(x: float, y: float, *parts: str, scale: float = 1) -> str:
    """The parts shifted, and scaled about the canvas's corner."""
    return f'<g transform="translate({x} {y}) scale({scale})">{"".join(parts)}</g>'


def _seen(opacity: float) -> str:
    return "" if opacity == 1 else f' opacity="{opacity}"'
