# ruff: noqa: E501 (the outline of a shape is one string)
"""Things for cats and dogs."""

from collections.abc import Callable, Mapping

from catalog.demo.drawings.shapes import (
    BODY,
    INK,
    STEEL,
    WHITE,
    WOOD,
    Shades,
    box,
    disc,
    line,
    oval,
    path,
    turn,
)


def _paw(x: float, y: float, fill: str) -> str:
    toes = "".join(
        disc(x + dx, y + dy, 9, fill) for dx, dy in ((-26, -14), (-9, -30), (11, -30), (28, -14))
    )
    return toes + path(
        f"M{x} {y - 12} Q{x + 30} {y + 8} {x + 16} {y + 24} Q{x} {y + 18} {x - 16} {y + 24} Q{x - 30} {y + 8} {x} {y - 12}Z",
        fill,
    )


def _cat(x: float, y: float, fill: str, inner: str) -> str:
    ears = path("M-44 -26 L-40 -74 L-8 -46Z M44 -26 L40 -74 L8 -46Z", fill)
    face = disc(-17, -10, 6, INK) + disc(17, -10, 6, INK) + path("M-6 6 H6 L0 13Z", inner)
    whiskers = line("M-22 12 L-56 6 M-22 18 L-54 22 M22 12 L56 6 M22 18 L54 22", INK, 2.5)
    return f'<g transform="translate({x} {y})">{ears}{oval(0, 0, 50, 46, fill)}{face}{whiskers}</g>'


def petfood(s: Shades) -> str:
    """A bag of pet food."""
    return (
        path("M112 96 H288 L304 322 Q200 340 96 322Z", BODY)
        + path("M108 64 H292 L288 104 H112Z", s.dark)
        + disc(200, 196, 62, WHITE, 0.94)
        + _paw(200, 204, s.dark)
        + line("M148 290 H252", WHITE, 11, 0.85)
        + path("M122 122 H134 L124 300 H112Z", WHITE, 0.3)
    )


def petbowl(s: Shades) -> str:
    """A filled bowl."""
    kibble = "".join(
        disc(x, y, 15, fill)
        for x, y, fill in (
            (132, 186, "#b5793f"),
            (164, 168, "#c98d55"),
            (200, 160, "#b5793f"),
            (236, 168, "#c98d55"),
            (268, 186, "#b5793f"),
            (182, 186, "#a46b35"),
            (220, 188, "#c98d55"),
        )
    )
    return (
        oval(200, 200, 118, 30, s.deep)
        + kibble
        + path("M82 202 Q200 246 318 202 L346 300 Q346 322 322 322 H78 Q54 322 54 300Z", BODY)
        + _paw(200, 284, WHITE)
    )


def petbed(s: Shades) -> str:
    """A cat asleep in a round bed."""
    return (
        oval(200, 268, 156, 66, s.dark)
        + oval(200, 254, 156, 62, BODY)
        + oval(200, 246, 112, 38, s.light)
        + path("M116 244 Q120 178 206 176 Q290 182 286 244 Q200 276 116 244Z", "#d79a5b")
        + _cat(154, 206, "#e0a868", "#c0563f")
        + line("M280 240 Q312 226 296 196", "#d79a5b", 17)
        + path("M48 262 Q200 336 352 262 Q350 320 200 322 Q50 320 48 262Z", s.base)
    )


def cattree(s: Shades) -> str:
    """A cat on a scratching tree."""
    return (
        box(86, 312, 228, 22, 10, s.dark)
        + box(124, 172, 26, 142, 6, WOOD)
        + box(250, 118, 26, 196, 6, WOOD)
        + "".join(line(f"M126 {y} H148 M252 {y} H274", "#a57a4a", 3) for y in range(186, 306, 12))
        + box(78, 152, 130, 24, 12, BODY)
        + box(204, 98, 124, 24, 12, BODY)
        + box(150, 226, 102, 88, 20, BODY)
        + disc(201, 272, 28, s.deep)
        + _cat(142, 116, INK, "#f2a3b8")
        + "".join(disc(x, 106, 3, WHITE) for x in (125, 159))
    )


def pettoy(s: Shades) -> str:
    """A bone and a ball of wool."""
    bone = "".join(
        disc(x, y, 27, WHITE) for x, y in ((96, 118), (96, 160), (244, 118), (244, 160))
    ) + box(92, 116, 156, 46, 10, WHITE)
    return (
        turn(-16, bone, x=170, y=140)
        + disc(232, 256, 72, BODY)
        + line(
            "M176 226 Q232 216 286 282 M172 262 Q226 262 254 320 M204 196 Q262 206 300 246",
            s.dark,
            6,
        )
        + line("M190 312 Q120 348 70 316", s.base, 8)
    )


def leash(s: Shades) -> str:
    """A leash with a collar."""
    return (
        line("M110 92 Q90 190 180 188 Q280 184 270 262", s.base, 15)
        + line("M78 62 Q142 52 140 110 Q134 138 104 126 Q72 112 78 62Z", s.dark, 15)
        + line(
            "M190 300 Q200 246 270 250 Q340 258 334 306 Q320 340 262 338 Q200 336 190 300Z",
            s.dark,
            18,
        )
        + box(260, 240, 22, 34, 6, STEEL)
        + disc(262, 338, 15, "#e0b955")
    )


def carrier(s: Shades) -> str:
    """A pet carrier with a cat looking out."""
    return (
        line("M150 112 Q152 66 200 66 Q248 66 250 112", s.deep, 14)
        + box(66, 108, 268, 218, 48, BODY)
        + box(112, 150, 176, 142, 50, s.deep)
        + _cat(200, 244, "#e0a868", "#c0563f")
        + "".join(line(f"M{x} 156 V288", STEEL, 4, 0.7) for x in range(138, 276, 25))
        + box(84, 140, 13, 140, 6, WHITE, 0.3)
    )


DRAWINGS: Mapping[str, Callable[[Shades], str]] = {
    function.__name__: function
    for function in (petfood, petbowl, petbed, cattree, pettoy, leash, carrier)
}
