# ruff: noqa: E501 (the outline of a shape is one string)
"""Sport and camping."""

from collections.abc import Callable, Mapping

from catalog.demo.drawings.shapes import (
    BODY,
    INK,
    IRON,
    METAL,
    STEEL,
    WHITE,
    Shades,
    box,
    disc,
    line,
    oval,
    path,
    ring,
    turn,
)

_RED, _BLUE, _YELLOW, _GREEN = "#e0524d", "#4a90d9", "#f5c945", "#5fae6b"


def yogamat(s: Shades) -> str:
    """A half-rolled yoga mat."""
    return (
        path("M120 250 L312 212 L356 296 L150 334Z", s.light)
        + path("M70 214 L262 176 Q290 180 290 218 L116 268Z", BODY)
        + oval(96, 250, 42, 50, s.dark)
        + oval(96, 250, 28, 34, s.light)
        + oval(96, 250, 13, 17, s.dark)
        + line("M160 196 L176 252 M226 182 L242 238", s.deep, 9)
    )


def block(s: Shades) -> str:
    """Yoga blocks."""
    one = (
        path("M0 40 L120 10 L200 40 L80 74Z", s.light)
        + path("M0 40 L80 74 V144 L0 108Z", s.dark)
        + path("M80 74 L200 40 V106 L80 144Z", BODY)
    )
    return f'<g transform="translate(64 182)">{one}</g><g transform="translate(134 92)">{one}</g>'


def dumbbell(s: Shades) -> str:
    """A dumbbell."""
    return turn(
        -18,
        box(120, 188, 160, 28, 10, METAL),
        "".join(
            box(x, y, 34, h, 12, fill)
            for x, y, h, fill in (
                (62, 140, 124, BODY),
                (98, 120, 164, s.dark),
                (268, 120, 164, BODY),
                (304, 140, 124, s.dark),
            )
        ),
        box(68, 152, 9, 96, 4, WHITE, 0.3),
    )


def band(s: Shades) -> str:
    """Resistance bands."""
    return (
        line("M94 156 Q200 60 306 156 Q340 250 200 256 Q60 250 94 156Z", s.dark, 26)
        + line("M120 222 Q200 140 280 222 Q300 306 200 312 Q100 306 120 222Z", s.base, 26)
        + line("M132 220 Q160 178 200 176", WHITE, 6, 0.5)
    )


def rope(s: Shades) -> str:
    """A jump rope."""
    return (
        line("M124 138 Q40 330 200 318 Q360 330 276 138", s.dark, 9)
        + turn(
            12, box(108, 58, 32, 90, 14, BODY), box(108, 88, 32, 10, 0, WHITE, 0.6), x=124, y=100
        )
        + turn(
            -12, box(260, 58, 32, 90, 14, BODY), box(260, 88, 32, 10, 0, WHITE, 0.6), x=276, y=100
        )
    )


def racket(s: Shades) -> str:
    """A racket and a ball."""
    strings = "".join(
        line(f"M{x} 70 V222 M122 {x - 54} H278", "#e8ebf0", 3) for x in range(146, 262, 18)
    )
    head = '<ellipse cx="200" cy="146" rx="80" ry="94" fill="none" '
    return (
        turn(
            24,
            oval(200, 146, 76, 90, WHITE, 0.5),
            strings,
            f'{head}stroke="{s.base}" stroke-width="15"/>',
            path("M180 236 H220 L212 290 H188Z", s.dark),
            box(184, 284, 32, 82, 10, INK),
        )
        + disc(306, 292, 30, "#d7e24b")
        + line("M286 272 Q306 288 300 320", WHITE, 5)
    )


def ball(s: Shades) -> str:
    """A football."""
    patch = "M200 148 L236 174 L222 216 H178 L164 174Z"
    seams = line(
        "M200 148 V96 M236 174 L284 156 M222 216 L252 258 M178 216 L148 258 M164 174 L116 156",
        s.deep,
        5,
    )
    edges = "".join(
        turn(a, path("M172 70 Q200 60 228 70 L222 98 L200 108 L178 98Z", s.dark))
        for a in range(36, 396, 72)
    )
    return (
        disc(200, 200, 132, BODY)
        + seams
        + path(patch, s.deep)
        + edges
        + path("M110 150 Q130 104 170 92 Q138 120 126 170Z", WHITE, 0.45)
    )


def basketball(s: Shades) -> str:
    """A basketball."""
    return (
        disc(200, 200, 132, BODY)
        + line(
            "M68 200 H332 M200 68 V332 M110 104 Q170 200 110 296 M290 104 Q230 200 290 296",
            s.deep,
            7,
        )
        + path("M104 154 Q124 104 166 90 Q136 120 124 170Z", WHITE, 0.35)
    )


def tennisball(s: Shades) -> str:
    """Tennis balls beside their tube."""

    def one(x: float, y: float, r: float) -> str:
        seam = line(
            f"M{x - r * 0.9:.0f} {y - r * 0.35:.0f} Q{x:.0f} {y:.0f} {x - r * 0.3:.0f} {y + r * 0.92:.0f}",
            WHITE,
            6,
        )
        return (
            disc(x, y, r, "#d3e04a") + disc(x - r * 0.3, y - r * 0.35, r * 0.25, WHITE, 0.4) + seam
        )

    tube = (
        box(92, 74, 122, 256, 20, BODY)
        + box(88, 62, 130, 30, 12, s.deep)
        + box(110, 140, 86, 110, 10, WHITE, 0.88)
    )
    return tube + one(153, 194, 32) + one(276, 276, 54) + one(276, 170, 46)


def tent(s: Shades) -> str:
    """A tent."""
    return (
        path("M200 82 L356 322 H44Z", BODY)
        + path("M200 82 L356 322 H262Z", s.dark, 0.6)
        + path("M200 146 L252 322 H148Z", s.deep)
        + path("M200 146 L148 322 H180 Q196 240 200 146Z", s.light)
        + line("M200 82 V62 M44 322 L26 334 M356 322 L374 334", INK, 5)
        + path("M200 62 L232 70 L200 80Z", _RED)
    )


def sleepingbag(s: Shades) -> str:
    """A mummy sleeping bag."""
    quilt = "".join(
        line(f"M{112 + i * 4} {190 + i * 34} H{288 - i * 4}", s.dark, 4, 0.6) for i in range(4)
    )
    return (
        path(
            "M200 58 Q296 64 296 150 L270 318 Q266 336 240 336 H160 Q134 336 130 318 L104 150 Q104 64 200 58Z",
            BODY,
        )
        + oval(200, 122, 58, 46, s.deep)
        + oval(200, 132, 44, 30, WHITE, 0.85)
        + quilt
        + line("M200 170 V330", s.light, 5)
    )


def headlamp(s: Shades) -> str:
    """A lamp with its beam."""
    return (
        path("M216 150 L372 84 V296 L216 230Z", "#ffe9a8", 0.75)
        + line("M150 140 Q40 120 44 190 Q40 262 150 240", s.dark, 22)
        + box(112, 128, 90, 124, 26, BODY)
        + path("M196 146 L232 136 V244 L196 234Z", s.deep)
        + oval(232, 190, 12, 54, "#fff6d6")
        + box(136, 112, 40, 20, 8, s.deep)
    )


def pole(s: Shades) -> str:
    """A pair of trekking poles."""
    one = (
        line("M0 0 V236", s.base, 9)
        + line("M0 0 V90", STEEL, 9)
        + box(-11, -52, 22, 68, 10, INK)
        + oval(0, 214, 21, 6, s.deep)
        + path("M-4 236 H4 L0 262Z", IRON)
    )
    return f'<g transform="translate(160 96) rotate(10)">{one}</g><g transform="translate(246 96) rotate(-10)">{one}</g>'


def bicycle(s: Shades) -> str:
    """A bicycle."""
    wheels = "".join(
        ring(x, 252, 64, INK, 9) + ring(x, 252, 55, "#b6bfcb", 2) + disc(x, 252, 7, INK)
        for x in (100, 300)
    )
    return (
        wheels
        + line("M100 252 L158 160 H264 L192 252 Z M158 160 L192 252 M264 160 L300 252", s.base, 11)
        + line("M146 136 L158 164 M264 164 L254 124 H284 Q298 126 296 142", s.dark, 9)
        + box(118, 124, 56, 15, 7, INK)
        + ring(192, 252, 17, s.deep, 6)
        + line("M192 252 L206 284 M196 286 H218", INK, 7)
    )


DRAWINGS: Mapping[str, Callable[[Shades], str]] = {
    function.__name__: function
    for function in (
        yogamat,
        block,
        dumbbell,
        band,
        rope,
        racket,
        ball,
        basketball,
        tennisball,
        tent,
        sleepingbag,
        headlamp,
        pole,
        bicycle,
    )
}
