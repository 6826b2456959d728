# ruff: noqa: E501 (the outline of a shape is one string)
"""Cosmetics and care."""

from collections.abc import Callable, Mapping

from catalog.demo.drawings.shapes import (
    BODY,
    GLASS,
    GOLD,
    INK,
    METAL,
    STEEL,
    WHITE,
    Shades,
    box,
    disc,
    line,
    oval,
    path,
    turn,
)


def jar(s: Shades) -> str:
    """A cream jar."""
    return (
        box(92, 190, 216, 132, 34, BODY)
        + box(104, 122, 192, 80, 18, s.dark)
        + "".join(line(f"M{x} 138 V188", s.deep, 3, 0.5) for x in range(124, 288, 14))
        + box(130, 226, 140, 62, 10, WHITE, 0.88)
        + line("M158 248 H242 M174 268 H226", s.dark, 6)
        + box(106, 208, 12, 84, 6, WHITE, 0.4)
    )


def dropper(s: Shades) -> str:
    """A serum bottle with a dropper."""
    return (
        path("M178 52 Q200 36 222 52 V104 H178Z", s.deep)
        + box(166, 100, 68, 34, 6, GOLD)
        + path(
            "M166 134 H234 Q284 150 284 192 V306 Q282 330 256 330 H144 Q118 330 116 306 V192 Q116 150 166 134Z",
            BODY,
        )
        + box(138, 212, 124, 84, 8, WHITE, 0.9)
        + line("M162 240 H238 M174 266 H226", s.dark, 7)
        + path("M130 190 Q136 166 160 156 Q144 180 142 204 H130Z", WHITE, 0.5)
    )


def tube(s: Shades) -> str:
    """A squeeze tube."""
    return (
        path("M124 60 H276 L252 274 H148Z", BODY)
        + box(120, 50, 160, 24, 4, s.dark)
        + box(150, 270, 100, 62, 12, s.deep)
        + box(158, 118, 84, 96, 8, WHITE, 0.85)
        + line("M176 146 H224 M176 168 H224 M184 190 H216", s.dark, 6)
        + path("M138 84 L152 84 L164 262 H156Z", WHITE, 0.4)
    )


def sachet(s: Shades) -> str:
    """A flat sachet."""
    return (
        turn(8, box(118, 82, 176, 236, 10, s.dark))
        + box(110, 78, 176, 244, 10, BODY)
        + line("M118 96 H278 M118 306 H278", WHITE, 4, 0.6)
        + oval(198, 196, 56, 70, WHITE, 0.9)
        + path(
            "M176 184 Q186 176 194 186 M204 186 Q212 176 222 184 M180 224 Q198 238 218 224", "none"
        )
        + line(
            "M174 184 Q184 176 192 186 M206 186 Q214 176 224 184 M182 224 Q198 238 216 224",
            s.dark,
            6,
        )
    )


def lipstick(s: Shades) -> str:
    """A lipstick and its cap."""
    return (
        box(122, 216, 84, 114, 8, INK)
        + box(132, 170, 64, 56, 4, GOLD)
        + path("M140 172 V110 Q142 78 188 76 V172Z", BODY)
        + path("M148 164 V112 Q150 98 160 92 V164Z", WHITE, 0.4)
        + box(232, 188, 78, 142, 10, INK)
        + box(232, 306, 78, 24, 6, GOLD)
        + box(244, 202, 11, 90, 5, WHITE, 0.25)
    )


def perfume(s: Shades) -> str:
    """A perfume bottle."""
    return (
        box(168, 54, 64, 62, 8, s.deep)
        + box(180, 112, 40, 22, 4, GOLD)
        + box(100, 132, 200, 196, 32, BODY)
        + box(118, 150, 164, 160, 22, WHITE, 0.3)
        + box(146, 204, 108, 64, 6, WHITE, 0.92)
        + line("M168 228 H232 M180 248 H220", s.dark, 5)
        + path("M122 170 Q126 154 146 154 L122 250Z", WHITE, 0.6)
    )


def pump(s: Shades) -> str:
    """A pump bottle."""
    return (
        line("M200 104 V72 H142 V88", s.deep, 15)
        + box(172, 98, 56, 34, 8, s.deep)
        + path(
            "M150 130 H250 Q282 140 282 174 V304 Q280 332 252 332 H148 Q120 332 118 304 V174 Q118 140 150 130Z",
            BODY,
        )
        + box(142, 188, 116, 100, 10, WHITE, 0.88)
        + path("M200 204 Q224 234 200 254 Q176 234 200 204Z", s.base)
        + line("M170 270 H230", s.dark, 6)
    )


def hairdryer(s: Shades) -> str:
    """A hair dryer."""
    return (
        path("M190 214 H254 L240 328 Q210 338 186 328Z", s.dark)
        + path("M96 110 H250 Q330 114 332 166 Q330 220 250 222 H96 Q120 166 96 110Z", BODY)
        + box(66, 102, 44, 128, 12, s.deep)
        + disc(266, 166, 32, s.dark)
        + disc(266, 166, 20, s.light)
        + box(202, 246, 22, 36, 10, WHITE, 0.8)
        + line("M24 136 H50 M16 166 H46 M24 196 H50", s.base, 8, 0.7)
        + box(120, 124, 100, 12, 6, WHITE, 0.4)
    )


def toothbrush(s: Shades) -> str:
    """An electric toothbrush."""
    return (
        box(178, 150, 44, 182, 22, BODY)
        + path("M188 154 L193 78 H207 L212 154Z", WHITE)
        + box(184, 50, 32, 42, 12, WHITE)
        + "".join(box(x, 34, 7, 26, 3, s.base) for x in (184, 193, 202, 210))
        + disc(200, 192, 11, WHITE)
        + "".join(disc(200, y, 4, "#6fe08a") for y in (224, 240, 256))
        + box(184, 176, 6, 130, 3, WHITE, 0.4)
        + oval(200, 332, 50, 11, s.dark)
    )


def shaver(s: Shades) -> str:
    """An electric shaver."""
    heads = "".join(
        disc(x, y, 31, METAL) + disc(x, y, 17, INK) + disc(x, y, 7, STEEL)
        for x, y in ((164, 104), (236, 104), (200, 154))
    )
    return (
        path("M142 140 H258 L244 312 Q240 334 216 334 H184 Q160 334 156 312Z", BODY)
        + path("M122 104 Q126 62 200 60 Q274 62 278 104 Q276 176 200 192 Q124 176 122 104Z", s.deep)
        + heads
        + box(186, 226, 28, 50, 14, GLASS)
    )


DRAWINGS: Mapping[str, Callable[[Shades], str]] = {
    function.__name__: function
    for function in (
        jar, dropper, tube, sachet, lipstick, perfume, pump, hairdryer, toothbrush, shaver,
    )
}  # fmt: skip
