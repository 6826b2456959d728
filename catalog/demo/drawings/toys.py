# ruff: noqa: E501 (the outline of a shape is one string)
"""Toys and the nursery."""

from collections.abc import Callable, Mapping

from catalog.demo.drawings.shapes import (
    BODY,
    GLASS,
    GOLD,
    INK,
    IRON,
    METAL,
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

_RED, _BLUE, _YELLOW, _GREEN = "#e0524d", "#4a90d9", "#f5c945", "#5fae6b"


def train(s: Shades) -> str:
    """A wooden toy train."""
    wheels = "".join(disc(x, 290, 27, WOOD) + disc(x, 290, 10, INK) for x in (104, 172, 240, 312))
    engine = path("M206 130 H330 V160 H318 V262 H206Z", BODY) + box(226, 166, 66, 46, 8, GLASS)
    nose = (
        box(72, 182, 140, 80, 18, s.dark)
        + box(98, 128, 34, 58, 8, s.deep)
        + box(90, 116, 50, 20, 8, GOLD)
    )
    smoke = disc(92, 92, 17, WHITE, 0.9) + disc(66, 70, 12, WHITE, 0.8)
    return (
        smoke
        + engine
        + box(194, 114, 148, 24, 10, s.deep)
        + nose
        + box(60, 256, 284, 22, 10, WOOD)
        + wheels
    )


def teddy(s: Shades) -> str:
    """A teddy bear."""
    return (
        disc(136, 96, 34, BODY)
        + disc(264, 96, 34, BODY)
        + disc(136, 96, 18, s.light)
        + disc(264, 96, 18, s.light)
        + oval(108, 250, 32, 48, s.dark)
        + oval(292, 250, 32, 48, s.dark)
        + oval(200, 266, 84, 78, BODY)
        + oval(200, 276, 52, 52, s.light)
        + oval(146, 330, 38, 24, s.dark)
        + oval(254, 330, 38, 24, s.dark)
        + disc(200, 144, 82, BODY)
        + oval(200, 170, 38, 30, s.light)
        + disc(168, 134, 9, INK)
        + disc(232, 134, 9, INK)
        + oval(200, 158, 13, 9, INK)
        + line("M200 166 V178 M186 184 Q200 194 214 184", INK, 4)
        + path("M200 222 L168 206 V238Z M200 222 L232 206 V238Z", _RED)
    )


def blocks(s: Shades) -> str:
    """Building blocks."""

    def brick(x: int, y: int, w: int, fill: str) -> str:
        studs = "".join(box(x + 14 + i * 44, y - 14, 28, 18, 5, fill) for i in range(w // 44))
        return studs + box(x, y, w, 62, 6, fill) + box(x, y, w, 14, 6, WHITE, 0.25)

    return (
        brick(64, 262, 136, _BLUE)
        + brick(206, 262, 136, _YELLOW)
        + brick(110, 186, 180, s.base)
        + brick(156, 110, 92, _GREEN if s.base != _GREEN else _RED)
    )


def puzzle(s: Shades) -> str:
    """Puzzle pieces."""
    piece = "M0 0 H42 Q34 -30 58 -32 Q82 -30 74 0 H116 V42 Q146 34 148 58 Q146 82 116 74 V116 H0 V74 Q30 82 32 58 Q30 34 0 42Z"
    spots = (
        (72, 112, s.base, 0),
        (196, 104, s.light, 6),
        (84, 232, s.dark, -4),
        (214, 232, s.base, 8),
    )
    return "".join(
        f'<g transform="translate({x} {y}) rotate({a})">{path(piece, fill)}{line("M10 12 H36", WHITE, 6, 0.4)}</g>'
        for x, y, fill, a in spots
    )


def dice(s: Shades) -> str:
    """Dice and game pieces."""

    def die(fill: str, *pips: tuple[int, int]) -> str:
        return box(0, 0, 112, 112, 24, fill) + "".join(disc(x, y, 10, WHITE) for x, y in pips)

    pawn = (
        disc(0, -62, 26, _YELLOW)
        + path("M-16 -44 H16 L36 30 H-36Z", _YELLOW)
        + box(-44, 24, 88, 20, 10, "#d9a52f")
    )
    return (
        f'<g transform="translate(70 118) rotate(-12)">{die(BODY, (30, 30), (82, 82), (56, 56))}</g>'
        + f'<g transform="translate(178 206) rotate(10)">{die(s.dark, (30, 30), (82, 30), (30, 82), (82, 82))}</g>'
        + f'<g transform="translate(282 170)">{pawn}</g>'
    )


def toycar(s: Shades) -> str:
    """A toy car."""
    wheels = "".join(
        disc(x, 278, 42, INK) + disc(x, 278, 21, STEEL) + disc(x, 278, 8, INK) for x in (122, 282)
    )
    return (
        path("M104 176 Q118 116 170 112 H238 Q274 116 292 176Z", s.dark)
        + path("M126 174 Q136 132 170 130 H192 V174Z M206 130 H236 Q258 134 270 174 H206Z", GLASS)
        + box(46, 172, 312, 94, 34, BODY)
        + box(322, 200, 34, 24, 10, "#ffe9a8")
        + box(62, 186, 210, 12, 6, WHITE, 0.35)
        + wheels
    )


def doll(s: Shades) -> str:
    """A rag doll."""
    return (
        path("M200 186 L282 320 H118Z", BODY)
        + line("M168 220 L116 252 M232 220 L284 252", "#f3cfb3", 17)
        + line("M176 320 V340 M224 320 V340", "#f3cfb3", 17)
        + disc(200, 124, 76, "#7a4f33")
        + disc(130, 168, 25, "#7a4f33")
        + disc(270, 168, 25, "#7a4f33")
        + disc(200, 134, 58, "#f9dcc4")
        + path("M144 118 Q200 66 256 118 Q200 102 144 118Z", "#7a4f33")
        + disc(178, 136, 6, INK)
        + disc(222, 136, 6, INK)
        + line("M186 158 Q200 170 214 158", _RED, 5)
        + path("M200 76 L172 60 V92Z M200 76 L228 60 V92Z", s.dark)
        + line("M146 274 H254 M134 296 H266", WHITE, 5, 0.7)
    )


def paint(s: Shades) -> str:
    """A palette and a brush."""
    blobs = "".join(
        disc(x, y, 20, c)
        for x, y, c in (
            (132, 166, _RED),
            (186, 132, _YELLOW),
            (246, 146, _BLUE),
            (274, 198, _GREEN),
            (128, 226, s.base),
        )
    )
    return (
        path(
            "M200 92 Q322 94 328 198 Q330 250 270 246 Q234 244 238 274 Q242 308 196 308 Q76 304 72 200 Q76 96 200 92Z",
            "#e9cfa4",
        )
        + blobs
        + turn(
            40,
            box(292, 96, 15, 168, 7, WOOD),
            box(290, 256, 19, 30, 3, METAL),
            path("M290 286 H309 L300 326Z", s.dark),
            x=300,
            y=210,
        )
    )


def flask(s: Shades) -> str:
    """A bubbling flask."""
    return (
        path("M168 84 H232 V172 L304 300 Q310 326 286 328 H114 Q90 326 96 300 L168 172Z", GLASS)
        + path("M142 220 H258 L304 300 Q310 326 286 328 H114 Q90 326 96 300Z", BODY)
        + box(156, 70, 88, 22, 10, STEEL)
        + disc(172, 278, 14, WHITE, 0.6)
        + disc(224, 258, 10, WHITE, 0.6)
        + disc(206, 190, 8, s.base)
        + disc(216, 54, 12, s.base, 0.7)
        + disc(188, 34, 8, s.light)
        + line("M180 100 V174 L138 250", WHITE, 7, 0.6)
    )


def diaper(s: Shades) -> str:
    """A diaper."""
    return (
        path("M62 122 H338 V190 Q252 204 246 306 H154 Q148 204 62 190Z", WHITE)
        + path("M62 122 H338 V156 H62Z", BODY)
        + line("M76 176 Q154 196 166 298 M324 176 Q246 196 234 298", s.base, 7)
        + path(
            "M200 246 Q172 222 186 208 Q197 202 200 214 Q203 202 214 208 Q228 222 200 246Z", s.dark
        )
        + box(78, 130, 40, 18, 5, s.dark)
        + box(282, 130, 40, 18, 5, s.dark)
    )


def babybottle(s: Shades) -> str:
    """A baby bottle."""
    marks = "".join(line(f"M242 {y} H262", s.deep, 5) for y in range(190, 300, 26))
    return (
        path("M178 88 Q184 46 200 44 Q216 46 222 88Z", "#f3cfb3")
        + box(140, 86, 120, 42, 12, BODY)
        + path(
            "M138 128 H262 Q282 150 276 184 V300 Q274 330 244 330 H156 Q126 330 124 300 V184 Q118 150 138 128Z",
            GLASS,
        )
        + path("M124 214 H276 V300 Q274 330 244 330 H156 Q126 330 124 300Z", WHITE)
        + marks
        + box(140, 156, 12, 140, 6, WHITE, 0.8)
    )


def stroller(s: Shades) -> str:
    """A stroller."""
    wheels = "".join(disc(x, 304, 30, INK) + disc(x, 304, 14, STEEL) for x in (138, 272))
    return (
        line("M118 210 L68 116 L40 124", IRON, 10)
        + line("M126 216 L160 296 M280 216 L250 296", IRON, 9)
        + path("M116 196 Q112 84 222 80 V196Z", s.dark)
        + path("M222 80 Q160 110 164 196 M222 80 Q190 120 192 196", "none")
        + line("M222 82 Q160 110 164 192", s.light, 4)
        + path("M104 190 H312 Q304 252 244 256 H168 Q112 250 104 190Z", BODY)
        + wheels
    )


def duck(s: Shades) -> str:
    """A rubber duck."""
    return (
        path(
            "M86 222 Q116 248 168 214 Q140 128 206 106 Q282 108 272 176 Q262 200 290 208 Q340 206 346 178 Q362 300 262 318 H156 Q90 310 86 222Z",
            BODY,
        )
        + path("M146 250 Q206 230 244 258 Q220 302 168 290 Q148 280 146 250Z", s.dark, 0.45)
        + path("M158 156 Q112 160 116 178 Q140 196 164 182Z", _RED if s.base != _RED else GOLD)
        + disc(206, 148, 10, INK)
        + disc(203, 145, 3, WHITE)
        + line(
            "M40 326 Q70 312 100 326 Q130 340 160 326 Q190 312 220 326 Q250 340 280 326 Q310 312 350 326",
            "#8cc3ee",
            9,
        )
    )


DRAWINGS: Mapping[str, Callable[[Shades], str]] = {
    function.__name__: function
    for function in (
        train,
        teddy,
        blocks,
        puzzle,
        dice,
        toycar,
        doll,
        paint,
        flask,
        diaper,
        babybottle,
        stroller,
        duck,
    )
}
