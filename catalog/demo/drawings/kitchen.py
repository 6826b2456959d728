# ruff: noqa: E501 (the outline of a shape is one string)
"""Cooking, drinking and eating."""

from collections.abc import Callable, Mapping

from catalog.demo.drawings.shapes import (
    BODY,
    GLASS,
    GOLD,
    INK,
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


def pan(s: Shades) -> str:
    """A frying pan with an egg."""
    return (
        turn(-28, box(262, 186, 122, 26, 13, s.deep), disc(366, 199, 6, WHITE), x=200, y=200)
        + disc(168, 216, 116, BODY)
        + disc(168, 216, 98, s.deep)
        + path(
            "M122 196 Q140 156 182 172 Q224 168 222 210 Q230 252 184 256 Q150 272 132 244 Q104 226 122 196Z",
            WHITE,
        )
        + disc(172, 212, 26, "#f6bf3f")
        + disc(164, 204, 7, WHITE, 0.7)
    )


def pot(s: Shades) -> str:
    """A pot with a lid."""
    return (
        box(44, 200, 60, 26, 13, s.deep)
        + box(296, 200, 60, 26, 13, s.deep)
        + path("M86 178 H314 V284 Q312 322 274 322 H126 Q88 322 86 284Z", BODY)
        + path("M80 178 Q92 124 200 122 Q308 124 320 178Z", s.dark)
        + box(76, 168, 248, 18, 9, s.light)
        + box(176, 98, 48, 28, 12, s.deep)
        + box(106, 200, 13, 90, 6, WHITE, 0.35)
    )


def knife(s: Shades) -> str:
    """A kitchen knife."""
    return turn(
        -40,
        path("M166 178 H360 Q340 230 250 234 H166Z", METAL),
        path("M166 216 H300 Q280 232 250 234 H166Z", WHITE, 0.6),
        box(46, 176, 126, 44, 16, BODY),
        "".join(disc(x, 198, 6, WHITE, 0.8) for x in (76, 108, 140)),
    )


def board(s: Shades) -> str:
    """A chopping board with a tomato."""
    return (
        turn(
            -8,
            box(86, 92, 228, 236, 24, BODY),
            line("M112 150 H288 M112 210 H288 M112 270 H288", s.dark, 4, 0.4),
            disc(200, 112, 11, s.deep),
        )
        + disc(236, 240, 40, "#e0524d")
        + disc(224, 226, 10, WHITE, 0.5)
        + path("M236 208 L220 196 M236 208 L236 190 M236 208 L254 198", "none")
        + line("M236 208 L220 198 M236 208 V192 M236 208 L252 198", "#4f8f4c", 6)
    )


def mug(s: Shades) -> str:
    """A steaming mug."""
    return (
        line(
            "M164 108 Q150 84 166 62 M200 108 Q186 84 202 58 M236 108 Q222 84 238 62", WHITE, 9, 0.9
        )
        + line("M264 186 Q330 178 326 232 Q322 276 258 272", s.dark, 22)
        + path("M104 138 H276 V284 Q274 324 234 324 H146 Q106 324 104 284Z", BODY)
        + oval(190, 140, 86, 16, s.deep)
        + oval(190, 143, 74, 11, "#7a4f33")
        + box(122, 172, 14, 110, 7, WHITE, 0.4)
    )


def teapot(s: Shades) -> str:
    """A teapot and a cup."""
    return (
        line("M258 176 Q330 156 330 218 Q326 262 258 268", s.dark, 17)
        + path("M104 230 Q70 214 56 170 L80 160 Q92 190 122 196Z", s.dark)
        + path(
            "M112 172 H260 Q292 210 276 264 Q262 306 234 312 H138 Q108 306 96 264 Q84 208 112 172Z",
            BODY,
        )
        + path("M116 172 Q130 136 186 134 Q242 136 256 172Z", s.dark)
        + disc(186, 126, 14, s.deep)
        + path("M120 196 Q106 230 120 270 Q118 226 140 190Z", WHITE, 0.4)
        + path("M276 288 H348 Q346 328 312 330 Q278 328 276 288Z", s.light)
        + oval(312, 288, 36, 8, "#b98a4a")
    )


def kettle(s: Shades) -> str:
    """An electric kettle."""
    return (
        line("M262 132 Q342 136 330 232 Q324 270 276 276", s.deep, 22)
        + path("M140 122 H256 L292 312 H108Z", BODY)
        + path("M146 156 L96 130 L84 152 L136 196Z", s.dark)
        + box(136, 104, 124, 26, 12, s.deep)
        + disc(198, 98, 12, s.deep)
        + box(96, 310, 208, 20, 10, INK)
        + path("M154 146 L136 290 H152 L168 146Z", WHITE, 0.35)
    )


def coffeemachine(s: Shades) -> str:
    """An espresso machine."""
    return (
        box(86, 76, 228, 86, 18, BODY)
        + box(210, 150, 104, 166, 6, s.dark)
        + box(74, 306, 252, 26, 10, s.deep)
        + box(126, 158, 62, 30, 8, METAL)
        + line("M142 188 V210 M170 188 V210", INK, 8)
        + path("M120 238 H194 V282 Q192 304 172 304 H142 Q122 304 120 282Z", WHITE)
        + line("M194 250 Q216 252 212 270 Q208 284 194 284", WHITE, 8)
        + disc(126, 118, 14, WHITE)
        + disc(166, 118, 14, STEEL)
        + box(214, 106, 76, 24, 8, INK)
        + line("M142 212 V236 M170 212 V236", "#7a4f33", 6)
    )


def grinder(s: Shades) -> str:
    """A coffee grinder."""
    return (
        line("M200 92 H300", s.deep, 11)
        + disc(306, 84, 16, WOOD)
        + path("M136 104 H264 L250 180 H150Z", METAL)
        + box(138, 176, 124, 152, 20, BODY)
        + box(160, 252, 80, 52, 8, s.dark)
        + disc(200, 278, 8, GOLD)
        + turn(30, oval(178, 140, 13, 19, "#7a4f33"), x=178, y=140)
        + turn(-20, oval(218, 144, 13, 19, "#7a4f33"), x=218, y=144)
    )


def bottle(s: Shades) -> str:
    """An insulated bottle."""
    return (
        box(164, 48, 72, 56, 14, s.deep)
        + box(156, 96, 88, 22, 8, STEEL)
        + path(
            "M154 116 H246 Q268 132 268 164 V302 Q266 332 236 332 H164 Q134 332 132 302 V164 Q132 132 154 116Z",
            BODY,
        )
        + box(148, 160, 15, 136, 7, WHITE, 0.4)
        + box(132, 276, 136, 14, 0, s.dark, 0.5)
    )


def lunchbox(s: Shades) -> str:
    """A lunch box with food."""
    return (
        path("M62 186 H338 L324 304 Q322 322 304 322 H96 Q78 322 76 304Z", BODY)
        + box(54, 150, 292, 46, 18, s.dark)
        + path("M76 152 Q120 96 168 152Z", WHITE)
        + disc(214, 138, 26, "#e0524d")
        + disc(262, 140, 24, "#f6bf3f")
        + path("M280 152 Q296 96 326 152Z", "#5fae6b")
        + box(54, 150, 292, 20, 10, s.dark)
        + box(174, 184, 52, 36, 10, s.light)
    )


def blender(s: Shades) -> str:
    """A blender with a smoothie."""
    return (
        path("M128 90 H272 L254 246 H146Z", GLASS)
        + path("M136 150 Q170 138 200 150 Q232 162 264 150 L254 246 H146Z", "#f08aa5")
        + line("M270 116 Q318 116 306 176 Q300 208 262 208", STEEL, 13)
        + box(120, 70, 160, 26, 10, s.deep)
        + path("M144 246 H256 L278 330 H122Z", BODY)
        + disc(200, 290, 18, WHITE)
        + line("M200 290 V278", s.deep, 5)
        + path("M146 108 L156 108 L168 230 H156Z", WHITE, 0.6)
    )


def ricecooker(s: Shades) -> str:
    """A rice cooker."""
    return (
        path("M84 190 H316 V278 Q312 328 264 328 H136 Q88 328 84 278Z", BODY)
        + path("M84 186 Q88 112 200 110 Q312 112 316 186Z", s.dark)
        + box(80, 178, 240, 16, 8, s.light)
        + box(170, 96, 60, 20, 10, s.deep)
        + box(146, 226, 108, 62, 14, INK)
        + box(158, 238, 60, 24, 4, "#8fe0c4")
        + disc(234, 250, 8, "#f2806b")
    )


def airfryer(s: Shades) -> str:
    """An air fryer."""
    return (
        path(
            "M112 116 Q114 64 200 62 Q286 64 288 116 V290 Q286 330 248 330 H152 Q114 330 112 290Z",
            BODY,
        )
        + box(136, 92, 128, 56, 24, INK)
        + box(158, 110, 50, 20, 5, "#f6bf3f")
        + disc(236, 120, 10, STEEL)
        + box(122, 178, 156, 134, 20, s.dark)
        + box(172, 226, 56, 76, 20, s.deep)
        + box(180, 232, 40, 24, 12, s.light)
    )


def plate(s: Shades) -> str:
    """A plate with fork and knife."""
    return (
        disc(200, 206, 106, BODY)
        + disc(200, 206, 76, s.light)
        + disc(200, 206, 70, WHITE, 0.55)
        + line("M62 118 V292 M50 118 V158 Q52 176 62 176 Q72 176 74 158 V118", "#9aa3b0", 8)
        + line("M340 118 V292", "#9aa3b0", 9)
        + path("M336 114 Q360 140 356 194 H336Z", "#9aa3b0")
    )


def bowl(s: Shades) -> str:
    """A bowl of noodles."""
    return (
        line("M224 56 L176 196 M256 64 L196 200", WOOD, 8)
        + oval(200, 186, 132, 34, s.dark)
        + oval(200, 188, 116, 26, "#f3d79a")
        + line(
            "M118 188 Q140 174 160 190 Q182 204 204 188 Q226 174 250 190 Q270 200 284 188",
            "#d9a94e",
            8,
        )
        + oval(250, 182, 26, 13, WHITE)
        + oval(250, 181, 12, 7, "#f6a63f")
        + path("M68 192 Q200 240 332 192 Q326 300 244 322 H156 Q74 300 68 192Z", BODY)
        + box(154, 314, 92, 16, 8, s.deep)
    )


DRAWINGS: Mapping[str, Callable[[Shades], str]] = {
    function.__name__: function
    for function in (
        pan, pot, knife, board, mug, teapot, kettle, coffeemachine, grinder, bottle, lunchbox,
        blender, ricecooker, airfryer, plate, bowl,
    )
}  # fmt: skip
