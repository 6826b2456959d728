# ruff: noqa: E501 (the outline of a shape is one string)
"""Tools and the garden."""

from collections.abc import Callable, Mapping

from catalog.demo.drawings.shapes import (
    BODY,
    INK,
    LEAF,
    METAL,
    WHITE,
    Shades,
    box,
    disc,
    line,
    oval,
    path,
    turn,
)


def drill(s: Shades) -> str:
    """A cordless drill."""
    return (
        path("M196 196 H262 L244 296 H180Z", s.dark)
        + box(162, 288, 108, 46, 12, INK)
        + path("M120 108 H282 Q318 110 318 152 Q318 200 282 204 H120Z", BODY)
        + path("M72 128 L122 116 V196 L72 184Z", INK)
        + box(18, 148, 56, 14, 4, METAL)
        + box(176, 206, 20, 38, 8, INK)
        + box(140, 122, 120, 13, 6, WHITE, 0.4)
        + box(188, 302, 56, 14, 5, s.base)
    )


def screwdriver(s: Shades) -> str:
    """Two screwdrivers."""
    one = (
        box(-21, -10, 42, 118, 18, BODY)
        + box(-12, 4, 7, 92, 3, WHITE, 0.4)
        + box(9, 4, 7, 92, 3, s.deep, 0.5)
        + box(-6, -128, 12, 120, 3, METAL)
        + path("M-9 -128 H9 L5 -150 H-5Z", "#7d8694")
    )
    return f'<g transform="translate(146 206) rotate(-18)">{one}</g><g transform="translate(254 206) rotate(18)">{one}</g>'


def planter(s: Shades) -> str:
    """A plant in a pot."""
    leaves = "".join(
        turn(
            a,
            path("M200 214 Q160 140 200 66 Q240 140 200 214Z", LEAF),
            line("M200 200 V92", "#4f8f4c", 4),
            x=200,
            y=214,
        )
        for a in (-58, 58, -28, 28, 0)
    )
    return (
        leaves
        + path("M110 210 H290 L268 324 Q266 332 256 332 H144 Q134 332 132 324Z", BODY)
        + box(100, 196, 200, 38, 10, s.dark)
        + path("M126 244 H140 L152 318 H144Z", WHITE, 0.35)
    )


def wateringcan(s: Shades) -> str:
    """A watering can."""
    return (
        line("M216 160 Q236 70 306 110 Q348 150 292 242", s.dark, 15)
        + path("M148 236 L64 140 L42 156 L140 292Z", s.dark)
        + turn(-38, oval(54, 144, 13, 32, s.deep), x=54, y=144)
        + path("M138 160 H278 L294 318 Q294 330 280 330 H136 Q122 330 122 318Z", BODY)
        + oval(208, 162, 70, 12, s.deep)
        + line("M30 178 L20 204 M48 186 L42 214 M20 158 L4 178", "#5aa7d8", 6)
        + box(144, 188, 12, 112, 6, WHITE, 0.35)
    )


def lantern(s: Shades) -> str:
    """A garden lantern."""
    return (
        disc(200, 208, 118, "#ffe9a8", 0.55)
        + line("M166 104 Q168 60 200 60 Q232 60 234 104", s.deep, 9)
        + path("M138 142 L200 92 L262 142Z", BODY)
        + box(148, 142, 104, 150, 8, "#fff3c9")
        + path("M200 180 Q224 216 200 246 Q176 216 200 180Z", "#f8b64c")
        + line("M148 142 V292 M200 142 V166 M252 142 V292", s.dark, 9)
        + box(132, 288, 136, 36, 10, s.dark)
        + disc(200, 306, 6, INK)
    )


DRAWINGS: Mapping[str, Callable[[Shades], str]] = {
    function.__name__: function for function in (drill, screwdriver, planter, wateringcan, lantern)
}
