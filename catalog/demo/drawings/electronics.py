"""Phones, sound and cameras."""

from collections.abc import Callable, Mapping

from catalog.demo.drawings.shapes import (
    BODY,
    GLASS,
    INK,
    METAL,
    SCREEN,
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


def earbuds(s: Shades) -> str:
    """True wireless earbuds over their open case."""
    bud = (
        disc(0, 0, 30, BODY)
        + box(-2, 4, 22, 76, 11, BODY)
        + oval(-22, 2, 14, 18, s.deep)
        + disc(8, -8, 8, WHITE, 0.5)
    )
    return (
        box(96, 218, 208, 112, 44, BODY)
        + path("M96 262 Q96 218 140 218 H260 Q304 218 304 262Z", s.dark, 0.45)
        + disc(200, 284, 5, "#6fe08a")
        + f'<g transform="translate(142 128)">{bud}</g>'
        + f'<g transform="translate(258 128) scale(-1 1)">{bud}</g>'
    )


def headphones(s: Shades) -> str:
    """Over-ear headphones."""
    return (
        line("M96 236 Q84 84 200 80 Q316 84 304 236", s.dark, 24)
        + line("M118 128 Q146 96 200 94", WHITE, 6, 0.4)
        + box(70, 206, 66, 112, 30, BODY)
        + box(264, 206, 66, 112, 30, BODY)
        + box(122, 216, 28, 92, 14, s.deep)
        + box(250, 216, 28, 92, 14, s.deep)
        + box(82, 222, 10, 62, 5, WHITE, 0.4)
    )


def wired(s: Shades) -> str:
    """Wired earphones."""
    return (
        line(
            "M132 130 Q140 220 198 250 Q262 220 268 130 M198 250 Q200 300 150 316 Q110 322 116 290",
            s.dark,
            8,
        )
        + turn(-20, oval(126, 112, 36, 30, BODY), oval(96, 112, 14, 18, s.deep), x=126, y=112)
        + turn(20, oval(274, 112, 36, 30, BODY), oval(304, 112, 14, 18, s.deep), x=274, y=112)
        + box(186, 236, 26, 40, 10, s.base)
        + box(108, 262, 16, 34, 4, STEEL)
    )


def speaker(s: Shades) -> str:
    """A portable speaker."""
    dots = "".join(disc(x, y, 4, s.deep, 0.7) for x in range(150, 260, 20) for y in (250, 270, 290))
    return (
        line("M148 92 Q200 44 252 92", s.deep, 13)
        + box(116, 84, 168, 240, 56, BODY)
        + disc(200, 172, 62, s.deep)
        + disc(200, 172, 48, s.dark)
        + disc(200, 172, 20, s.light)
        + dots
        + path("M132 130 Q136 100 160 98 Q144 130 144 270 H132Z", WHITE, 0.22)
    )


def soundbar(s: Shades) -> str:
    """A television above a soundbar."""
    dots = "".join(disc(x, 298, 3, WHITE, 0.4) for x in range(66, 340, 14))
    return (
        box(92, 96, 216, 136, 8, INK)
        + box(100, 104, 200, 120, 4, SCREEN)
        + box(44, 270, 312, 54, 22, BODY)
        + dots
        + disc(330, 298, 6, s.light)
    )


def phone(s: Shades) -> str:
    """The back and the front of a phone."""
    icons = "".join(box(x, y, 22, 22, 6, WHITE, 0.75) for x in (206, 238, 270) for y in (210, 244))
    return (
        turn(
            -8,
            box(96, 72, 124, 250, 24, BODY),
            box(110, 88, 46, 74, 18, s.deep),
            disc(133, 108, 13, INK),
            disc(133, 142, 13, INK),
            disc(129, 104, 4, WHITE, 0.7),
        )
        + box(184, 70, 132, 262, 26, INK)
        + box(192, 78, 116, 246, 20, SCREEN)
        + box(230, 84, 40, 10, 5, INK)
        + icons
        + path("M192 98 Q192 78 212 78 H262 L192 220Z", WHITE, 0.14)
    )


def case(s: Shades) -> str:
    """A phone case from behind."""
    return (
        box(124, 58, 152, 284, 34, s.dark)
        + box(132, 66, 136, 268, 28, BODY)
        + box(146, 82, 60, 94, 24, WHITE, 0.85)
        + disc(176, 108, 18, INK)
        + disc(176, 150, 18, INK)
        + ring(200, 236, 36, WHITE, 5)
        + path("M140 96 Q142 74 160 74 L140 200Z", WHITE, 0.3)
    )


def film(s: Shades) -> str:
    """A screen protector being laid on a phone."""
    return (
        box(118, 80, 140, 260, 26, INK)
        + box(126, 88, 124, 244, 20, SCREEN)
        + turn(
            9,
            box(150, 62, 140, 260, 24, GLASS, 0.72),
            path("M160 90 L230 72 L160 220Z", WHITE, 0.6),
        )
        + path("M268 300 L300 296 L296 332Z", s.base)
    )


def charger(s: Shades) -> str:
    """A wall charger with its plug."""
    return (
        box(150, 62, 18, 52, 4, METAL)
        + box(232, 62, 18, 52, 4, METAL)
        + box(112, 104, 176, 178, 36, BODY)
        + path("M126 140 Q128 118 152 118 V266 H126Z", WHITE, 0.35)
        + box(168, 206, 64, 22, 11, s.deep)
        + path("M206 138 L180 178 H198 L192 202 L222 162 H204Z", "#f5c945")
        + line("M200 228 V332", s.dark, 12)
    )


def pad(s: Shades) -> str:
    """A wireless charging pad."""
    return (
        line("M200 300 Q260 356 330 330", s.dark, 9)
        + oval(200, 246, 138, 74, s.dark)
        + oval(200, 230, 138, 74, BODY)
        + oval(200, 230, 92, 46, WHITE, 0.3)
        + path("M210 196 L176 236 H198 L190 266 L226 222 H204Z", "#f5c945")
        + line("M142 128 Q200 100 258 128 M164 156 Q200 138 236 156", s.base, 9, 0.7)
    )


def powerbank(s: Shades) -> str:
    """A power bank with charge lights."""
    lights = "".join(disc(x, 286, 7, "#6fe08a" if x < 220 else WHITE) for x in (164, 188, 212, 236))
    return (
        box(126, 70, 148, 258, 30, BODY)
        + box(160, 60, 40, 16, 6, s.deep)
        + box(212, 60, 26, 16, 6, s.deep)
        + path("M208 130 L168 196 H196 L184 248 L234 176 H204Z", WHITE, 0.9)
        + lights
        + box(138, 92, 12, 180, 6, WHITE, 0.3)
    )


def cable(s: Shades) -> str:
    """A coiled cable."""
    return (
        ring(200, 196, 92, s.dark, 13)
        + ring(200, 196, 72, s.base, 13)
        + line("M118 226 Q110 300 74 304 M282 226 Q290 300 326 304", s.base, 13)
        + box(40, 290, 42, 28, 8, s.deep)
        + box(24, 297, 20, 14, 3, METAL)
        + box(318, 290, 42, 28, 8, s.deep)
        + box(356, 297, 20, 14, 3, METAL)
        + box(184, 82, 32, 50, 8, s.deep)
    )


def stand(s: Shades) -> str:
    """A desk stand carrying a device."""
    return (
        path("M112 316 H288 Q300 316 296 328 H104 Q100 316 112 316Z", s.dark)
        + path("M180 316 L230 196 H262 L226 316Z", BODY)
        + turn(-14, box(96, 86, 168, 178, 16, INK), box(105, 95, 150, 160, 10, SCREEN))
        + path("M112 262 L274 228 L278 244 L112 280Z", s.base)
    )


def smartwatch(s: Shades) -> str:
    """A smartwatch with activity rings."""
    return (
        path("M152 40 H248 L258 116 H142Z M142 284 H258 L248 360 H152Z", BODY)
        + box(118, 104, 164, 192, 48, INK)
        + box(280, 176, 12, 44, 6, STEEL)
        + box(130, 116, 140, 168, 38, "#171a24")
        + ring(200, 222, 42, "#f2806b", 9)
        + ring(200, 222, 29, "#6fe08a", 8)
        + box(166, 140, 68, 22, 6, WHITE)
    )


def camera(s: Shades) -> str:
    """A camera with a lens."""
    return (
        path("M146 130 L166 96 H234 L254 130Z", s.dark)
        + box(60, 126, 280, 182, 30, BODY)
        + box(60, 170, 280, 96, 0, s.deep, 0.85)
        + box(78, 112, 46, 18, 6, s.deep)
        + disc(200, 218, 78, METAL)
        + disc(200, 218, 64, INK)
        + disc(200, 218, 42, SCREEN)
        + disc(184, 202, 12, WHITE, 0.6)
        + box(286, 142, 34, 20, 6, WHITE, 0.8)
    )


def tripod(s: Shades) -> str:
    """A tripod with a small camera."""
    return (
        line("M200 176 L116 336 M200 176 L284 336 M200 176 V330", s.base, 14)
        + line("M158 256 L200 240 L242 256", s.light, 7)
        + box(184, 136, 32, 46, 8, s.dark)
        + box(146, 72, 108, 68, 14, INK)
        + disc(200, 106, 24, STEEL)
        + disc(200, 106, 14, SCREEN)
    )


DRAWINGS: Mapping[str, Callable[[Shades], str]] = {
    function.__name__: function
    for function in (
        earbuds, headphones, wired, speaker, soundbar, phone, case, film, charger, pad, powerbank,
        cable, stand, smartwatch, camera, tripod,
    )
}  # fmt: skip
