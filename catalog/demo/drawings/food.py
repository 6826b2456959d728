# ruff: noqa: E501 (the outline of a shape is one string)
"""Things to eat and drink, in their packs."""

from collections.abc import Callable, Mapping

from catalog.demo.drawings.shapes import (
    BODY,
    GLASS,
    GOLD,
    LEAF,
    METAL,
    PAPER,
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

_BEAN = "#6f472c"


def snackbag(s: Shades) -> str:
    """A bag of snacks."""
    return (
        path(
            "M110 76 H290 L300 108 Q286 200 300 300 L290 330 H110 L100 300 Q114 200 100 108Z", BODY
        )
        + path("M108 76 H292 L296 98 H104Z M104 308 H296 L292 330 H108Z", s.dark)
        + oval(200, 196, 68, 62, WHITE, 0.92)
        + turn(-24, oval(180, 190, 22, 32, "#d9a566"), x=180, y=190)
        + turn(28, oval(222, 204, 22, 32, "#c58b48"), x=222, y=204)
        + line("M150 280 H250", WHITE, 9, 0.85)
        + path("M116 116 Q128 110 134 116 Q126 200 134 290 H118 Q124 200 116 116Z", WHITE, 0.3)
    )


def chocolate(s: Shades) -> str:
    """A half-unwrapped chocolate bar."""
    squares = "".join(
        box(120 + x * 54, 70 + y * 50, 48, 44, 6, _BEAN)
        + box(126 + x * 54, 76 + y * 50, 36, 8, 4, WHITE, 0.2)
        for x in range(3)
        for y in range(3)
    )
    return turn(
        8,
        box(112, 62, 176, 200, 10, "#553420"),
        squares,
        path(
            "M104 196 L140 180 L172 200 L206 180 L240 200 L272 180 L296 196 V334 H104Z", "#e6d7b5"
        ),
        box(104, 216, 192, 120, 6, BODY),
        box(132, 246, 136, 58, 6, WHITE, 0.9),
        line("M154 266 H246 M170 286 H230", s.dark, 6),
    )


def fruit(s: Shades) -> str:
    """A bowl of fruit."""
    return (
        disc(146, 178, 58, BODY)
        + disc(254, 178, 58, s.dark)
        + disc(200, 136, 60, BODY)
        + path("M200 82 Q214 52 248 56 Q240 88 200 86Z", LEAF)
        + line("M200 84 Q198 66 190 56", "#6b5a3a", 6)
        + disc(180, 116, 13, WHITE, 0.5)
        + disc(126, 160, 11, WHITE, 0.4)
        + path("M62 206 H338 Q326 318 238 328 H162 Q74 318 62 206Z", WOOD)
        + path("M62 206 H338 L334 230 H66Z", "#b4844f")
    )


def teatin(s: Shades) -> str:
    """A tin of tea."""
    return (
        box(122, 118, 156, 212, 16, BODY)
        + box(114, 78, 172, 56, 14, s.dark)
        + oval(200, 82, 80, 11, s.light)
        + box(144, 166, 112, 124, 8, PAPER)
        + path(
            "M200 264 Q160 240 170 200 Q196 208 200 264Z M200 264 Q240 240 230 190 Q202 204 200 264Z",
            LEAF,
        )
        + box(132, 144, 9, 170, 4, WHITE, 0.35)
    )


def coffeebag(s: Shades) -> str:
    """A bag of coffee beans."""
    bean = oval(0, 0, 17, 24, _BEAN) + line("M-3 -20 Q7 0 -3 20", "#3f2817", 4)
    spots = ((172, 214, -20), (216, 198, 24), (204, 246, 0))
    return (
        path("M116 120 H284 L296 316 Q296 332 280 332 H120 Q104 332 104 316Z", BODY)
        + path("M120 74 H280 L284 124 H116Z", s.dark)
        + box(128, 90, 144, 12, 6, GOLD)
        + box(138, 160, 124, 128, 12, PAPER)
        + "".join(f'<g transform="translate({x} {y}) rotate({a})">{bean}</g>' for x, y, a in spots)
        + disc(200, 140, 9, s.deep)
    )


def honey(s: Shades) -> str:
    """A jar of honey with a dipper."""
    return (
        line("M262 74 L214 190", WOOD, 11)
        + path(
            "M112 156 H288 Q310 178 304 216 V300 Q302 330 272 330 H128 Q98 330 96 300 V216 Q90 178 112 156Z",
            BODY,
        )
        + box(116, 116, 168, 46, 14, s.deep)
        + box(132, 206, 136, 86, 12, PAPER)
        + path("M200 222 L224 236 V264 L200 278 L176 264 V236Z", GOLD)
        + box(110, 184, 12, 110, 6, WHITE, 0.5)
    )


def cereal(s: Shades) -> str:
    """A cereal box."""
    flakes = "".join(
        disc(x, y, 13, "#e8b65c")
        for x, y in ((176, 222), (206, 212), (232, 226), (192, 240), (220, 244))
    )
    return (
        path("M252 70 L300 92 V336 L252 330Z", s.dark)
        + box(104, 68, 152, 264, 8, BODY)
        + box(124, 94, 112, 46, 8, WHITE, 0.9)
        + path("M132 216 H256 Q250 280 194 282 Q138 280 132 216Z", WHITE)
        + flakes
        + line("M142 116 H218", s.dark, 11)
    )


def ricebag(s: Shades) -> str:
    """A sack of rice."""
    return (
        path("M120 92 Q200 72 280 92 Q312 210 296 322 Q200 340 104 322 Q88 210 120 92Z", BODY)
        + path("M134 58 Q200 82 266 58 L280 96 Q200 112 120 96Z", s.dark)
        + disc(200, 216, 66, PAPER)
        + "".join(
            turn(a, oval(200, 186, 8, 18, "#d7c48c"), x=200, y=216) for a in range(0, 360, 45)
        )
        + line("M122 92 Q200 108 278 92", "#e05a4d", 8)
    )


def oil(s: Shades) -> str:
    """A bottle of olive oil."""
    return (
        box(182, 44, 36, 40, 6, s.deep)
        + path(
            "M184 82 H216 V140 Q262 160 262 204 V306 Q260 332 236 332 H164 Q140 332 138 306 V204 Q138 160 184 140Z",
            BODY,
        )
        + box(150, 206, 100, 92, 6, PAPER)
        + oval(190, 256, 15, 21, "#7a8f3c")
        + oval(216, 248, 13, 18, "#5f7a34")
        + path("M200 236 Q212 212 236 216 Q228 236 200 236Z", LEAF)
        + box(150, 176, 9, 26, 4, WHITE, 0.5)
    )


def can(s: Shades) -> str:
    """A drinks can."""
    return (
        path("M132 96 L148 72 H252 L268 96 V306 L252 330 H148 L132 306Z", BODY)
        + oval(200, 74, 54, 11, METAL)
        + oval(200, 72, 18, 5, "#8d96a4")
        + path("M132 176 Q200 140 268 176 V238 Q200 274 132 238Z", WHITE, 0.9)
        + disc(200, 206, 28, s.base)
        + path("M206 180 Q220 168 234 176 Q226 190 206 184Z", LEAF)
        + box(144, 104, 12, 200, 6, WHITE, 0.35)
    )


def giftbox(s: Shades) -> str:
    """A gift box with a bow."""
    return (
        box(88, 180, 224, 148, 12, BODY)
        + box(74, 140, 252, 52, 12, s.dark)
        + box(180, 140, 40, 188, 0, GOLD)
        + path(
            "M200 140 Q120 130 130 88 Q156 64 200 140Z M200 140 Q280 130 270 88 Q244 64 200 140Z",
            GOLD,
        )
        + path(
            "M200 140 Q150 124 150 100 Q168 92 200 140Z M200 140 Q250 124 250 100 Q232 92 200 140Z",
            "#b98f33",
        )
        + disc(200, 138, 15, "#c99e3e")
        + box(104, 200, 12, 106, 6, WHITE, 0.3)
    )


def seed(s: Shades) -> str:
    """A packet of seeds with a sprout."""
    return (
        box(120, 78, 160, 252, 8, PAPER)
        + box(120, 78, 160, 60, 8, BODY)
        + line("M128 138 H272", WHITE, 4)
        + path("M156 282 Q200 252 244 282 V310 H156Z", "#8a5c3c")
        + line("M200 272 V212", "#4f8f4c", 8)
        + path(
            "M200 226 Q160 222 158 182 Q196 184 200 226Z M200 214 Q240 208 244 166 Q202 172 200 214Z",
            LEAF,
        )
        + disc(200, 108, 15, s.light)
        + oval(200, 108, 5, 9, GLASS)
    )


DRAWINGS: Mapping[str, Callable[[Shades], str]] = {
    function.__name__: function
    for function in (
        snackbag, chocolate, fruit, teatin, coffeebag, honey, cereal, ricebag, oil, can, giftbox,
        seed,
    )
}  # fmt: skip
