# ruff: noqa: E501 (the outline of a shape is one string)
"""Furniture, lighting, textiles and appliances."""

from collections.abc import Callable, Mapping

from catalog.demo.drawings.shapes import (
    BARK,
    BODY,
    GLASS,
    GOLD,
    INK,
    LEAF,
    WHITE,
    WOOD,
    Shades,
    box,
    disc,
    line,
    oval,
    path,
    ring,
    turn,
)

_GLOW = "#ffe9a8"


def lamp(s: Shades) -> str:
    """A desk lamp."""
    return (
        path("M232 148 L150 306 H338Z", _GLOW, 0.55)
        + oval(146, 322, 72, 14, s.dark)
        + line("M146 316 L112 208 L206 122", s.dark, 12)
        + disc(112, 208, 11, s.deep)
        + turn(
            32,
            path("M186 96 H262 L290 162 H158Z", BODY),
            oval(224, 162, 66, 10, _GLOW),
            x=224,
            y=130,
        )
    )


def floorlamp(s: Shades) -> str:
    """A standing lamp."""
    return (
        path("M140 164 H260 L300 330 H100Z", _GLOW, 0.5)
        + line("M200 160 V330", s.dark, 9)
        + oval(200, 334, 58, 11, s.deep)
        + path("M160 62 H240 L274 168 H126Z", BODY)
        + oval(200, 168, 74, 9, _GLOW)
    )


def sofa(s: Shades) -> str:
    """A two-seat sofa."""
    return (
        box(84, 128, 232, 126, 30, s.dark)
        + line("M200 134 V214", s.deep, 4)
        + box(94, 204, 106, 62, 16, BODY)
        + box(200, 204, 106, 62, 16, BODY)
        + box(52, 180, 58, 112, 26, BODY)
        + box(290, 180, 58, 112, 26, BODY)
        + box(96, 258, 208, 36, 10, s.dark)
        + line("M78 296 V322 M322 296 V322", WOOD, 12)
        + turn(-10, box(112, 164, 58, 54, 12, s.light), x=140, y=190)
    )


def chair(s: Shades) -> str:
    """A chair."""
    return (
        line("M142 236 L122 336 M258 236 L278 336", WOOD, 12)
        + line("M160 236 L152 322 M240 236 L248 322", BARK, 9)
        + box(128, 76, 144, 130, 40, BODY)
        + box(146, 96, 108, 86, 26, s.dark, 0.35)
        + box(116, 200, 168, 46, 22, BODY)
        + box(116, 226, 168, 20, 10, s.dark, 0.6)
    )


def officechair(s: Shades) -> str:
    """A swivel chair."""
    return (
        line("M200 254 V296 M200 296 L128 326 M200 296 L272 326 M200 296 V330", INK, 11)
        + "".join(disc(x, y, 9, INK) for x, y in ((126, 330), (274, 330), (200, 336)))
        + box(136, 58, 128, 156, 40, BODY)
        + "".join(line(f"M156 {y} H244", s.dark, 5, 0.6) for y in range(90, 190, 22))
        + box(122, 214, 156, 42, 20, s.dark)
        + line("M112 176 V214 H140 M288 176 V214 H260", INK, 10)
    )


def table(s: Shades) -> str:
    """A table with a plant."""
    return (
        line("M94 196 L78 332 M306 196 L322 332", s.dark, 14)
        + box(48, 172, 304, 32, 10, BODY)
        + box(48, 190, 304, 14, 7, s.dark, 0.6)
        + box(218, 128, 40, 44, 8, WHITE)
        + path(
            "M238 130 Q208 112 216 80 Q240 90 238 130Z M238 130 Q268 110 264 72 Q236 88 238 130Z",
            LEAF,
        )
        + box(112, 150, 72, 11, 3, "#d8434b")
        + box(118, 161, 64, 11, 3, "#3f7fd6")
    )


def box_(s: Shades) -> str:
    """A storage box with a lid."""
    return (
        path("M78 164 H322 L306 318 Q304 328 294 328 H106 Q96 328 94 318Z", BODY)
        + box(62, 134, 276, 40, 12, s.dark)
        + box(164, 208, 72, 26, 13, s.deep)
        + box(164, 204, 72, 22, 11, WHITE, 0.8)
        + line("M102 190 L112 300", WHITE, 7, 0.3)
    )


def bed(s: Shades) -> str:
    """A made bed."""
    return (
        box(56, 96, 288, 150, 24, WOOD)
        + box(70, 190, 260, 110, 18, WHITE)
        + box(88, 156, 100, 58, 22, WHITE)
        + box(212, 156, 100, 58, 22, WHITE)
        + box(88, 196, 100, 16, 8, "#d9dee8")
        + box(212, 196, 100, 16, 8, "#d9dee8")
        + path("M62 224 Q200 206 338 224 V316 H62Z", BODY)
        + path("M62 224 Q200 206 338 224 V244 Q200 226 62 244Z", s.light)
        + line("M76 316 V334 M324 316 V334", BARK, 13)
    )


def pillow(s: Shades) -> str:
    """A plump pillow."""
    return (
        path(
            "M84 132 Q70 104 104 112 Q200 128 296 112 Q330 104 316 132 Q300 206 316 272 Q330 300 296 292 Q200 276 104 292 Q70 300 84 272 Q100 206 84 132Z",
            BODY,
        )
        + line("M122 140 Q150 152 176 152 M278 266 Q250 254 226 254", s.dark, 5, 0.5)
        + path("M112 140 Q104 170 106 214 Q116 160 160 144Z", WHITE, 0.4)
    )


def towel(s: Shades) -> str:
    """A stack of folded towels."""
    folds = ((92, 254, 216, s.dark), (100, 190, 200, BODY), (108, 126, 184, s.light))
    stack = "".join(box(x, y, w, 66, 30, fill) for x, y, w, fill in folds)
    return stack + line("M124 290 H286 M132 226 H280 M138 162 H272", WHITE, 6, 0.7)


def curtain(s: Shades) -> str:
    """A window with curtains."""
    left = "M72 84 H182 Q166 196 112 330 H72Z"
    return (
        box(104, 92, 192, 214, 6, "#bfe0f5")
        + line("M200 92 V306 M104 196 H296", WHITE, 9)
        + "".join(
            f'<g transform="{t}">{path(left, BODY)}{line("M100 90 L92 322 M130 90 L104 320", s.dark, 4, 0.5)}</g>'
            for t in ("scale(1 1)", "translate(400 0) scale(-1 1)")
        )
        + line("M54 80 H346", BARK, 12)
        + disc(50, 80, 12, GOLD)
        + disc(350, 80, 12, GOLD)
    )


def rug(s: Shades) -> str:
    """A patterned rug."""
    fringe = "".join(
        line(f"M{x} 122 V108 M{x - (200 - x) * -0.28:.0f} 300 V318", s.dark, 4)
        for x in range(92, 316, 16)
    )
    return (
        fringe
        + path("M84 120 H316 L352 304 H48Z", BODY)
        + path("M104 138 H296 L322 286 H78Z", s.light, 0.55)
        + path("M200 152 L262 212 L200 274 L138 212Z", s.dark)
        + path("M200 182 L232 212 L200 244 L168 212Z", s.light)
    )


def candle(s: Shades) -> str:
    """A scented candle in a jar."""
    return (
        path("M200 66 Q226 104 200 132 Q174 104 200 66Z", "#f8b64c")
        + path("M200 90 Q212 110 200 126 Q188 110 200 90Z", "#fff0b3")
        + line("M200 124 V156", INK, 5)
        + box(118, 148, 164, 180, 22, BODY)
        + oval(200, 156, 80, 14, s.light)
        + box(140, 206, 120, 76, 8, WHITE, 0.9)
        + line("M164 232 H236 M176 254 H224", s.dark, 6)
    )


def vase(s: Shades) -> str:
    """A vase with a branch."""
    leaves = "".join(
        turn(a, oval(200, y, 13, 26, LEAF), x=200, y=y + 22)
        for a, y in ((-50, 100), (48, 84), (-38, 60), (34, 130), (0, 34))
    )
    return (
        line("M200 190 Q196 110 204 62", "#5c7f4f", 6)
        + leaves
        + path(
            "M172 172 H228 Q226 204 258 232 Q286 270 258 322 Q200 342 142 322 Q114 270 142 232 Q174 204 172 172Z",
            BODY,
        )
        + path("M150 246 Q134 276 152 306 Q146 274 166 238Z", WHITE, 0.45)
        + oval(200, 172, 29, 7, s.deep)
    )


def clock(s: Shades) -> str:
    """A wall clock."""
    marks = "".join(turn(a, box(197, 92, 6, 18, 3, INK)) for a in range(0, 360, 30))
    return (
        disc(200, 200, 138, BODY)
        + disc(200, 200, 116, WHITE)
        + marks
        + line("M200 200 V128 M200 200 L246 226", INK, 9)
        + line("M200 214 L168 120", s.dark, 4)
        + disc(200, 200, 9, s.dark)
    )


def humidifier(s: Shades) -> str:
    """A humidifier with mist."""
    return (
        line("M190 120 Q160 92 188 66 M214 116 Q246 86 216 54", WHITE, 17, 0.9)
        + path("M132 152 Q200 112 268 152 L284 306 Q284 328 262 328 H138 Q116 328 116 306Z", BODY)
        + oval(200, 140, 30, 9, s.deep)
        + box(150, 196, 100, 62, 20, GLASS, 0.7)
        + path("M200 206 Q218 232 200 246 Q182 232 200 206Z", "#5aa7d8")
        + disc(200, 290, 11, WHITE)
    )


def vacuum(s: Shades) -> str:
    """A stick vacuum cleaner."""
    return (
        line("M250 92 L166 300", "#aab3c0", 13)
        + path("M92 304 H226 L234 332 H82Z", s.dark)
        + turn(
            22,
            box(200, 74, 62, 132, 24, BODY),
            box(210, 150, 42, 52, 12, GLASS, 0.85),
            x=231,
            y=140,
        )
        + line("M262 88 Q320 70 318 122 Q314 150 276 150", s.deep, 14)
    )


def fan(s: Shades) -> str:
    """An electric fan."""
    blades = "".join(
        turn(a, path("M200 156 Q244 120 224 78 Q190 96 200 156Z", s.base), x=200, y=156)
        for a in (0, 120, 240)
    )
    return (
        line("M200 256 V318", s.dark, 15)
        + box(130, 312, 140, 20, 10, s.dark)
        + disc(200, 156, 104, WHITE, 0.7)
        + blades
        + disc(200, 156, 16, s.deep)
        + ring(200, 156, 104, s.dark, 9)
        + "".join(
            turn(a, line("M200 140 V58", s.dark, 2, 0.5), x=200, y=156) for a in range(0, 360, 24)
        )
    )


DRAWINGS: Mapping[str, Callable[[Shades], str]] = {
    "box": box_,
    **{
        function.__name__: function
        for function in (
            lamp, floorlamp, sofa, chair, officechair, table, bed, pillow, towel, curtain, rug,
            candle, vase, clock, humidifier, vacuum, fan,
        )
    },
}  # fmt: skip
