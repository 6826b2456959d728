"""Computers and what is plugged into them."""

from collections.abc import Callable, Mapping

from catalog.demo.drawings.shapes import (
    BODY,
    INK,
    METAL,
    PAPER,
    SCREEN,
    WHITE,
    Shades,
    box,
    disc,
    line,
    oval,
    path,
    turn,
)


def laptop(s: Shades) -> str:
    """An open laptop."""
    return (
        box(86, 82, 228, 164, 14, s.deep)
        + box(96, 92, 208, 144, 6, SCREEN)
        + path("M96 98 Q96 92 102 92 H220 L120 236 H102 Q96 236 96 230Z", WHITE, 0.13)
        + path("M86 246 H314 L356 306 Q358 316 346 316 H54 Q42 316 44 306Z", BODY)
        + path("M104 256 H296 L312 284 H88Z", s.deep, 0.7)
        + path("M164 290 H236 L242 306 H158Z", s.light, 0.8)
    )


def tablet(s: Shades) -> str:
    """A tablet with a pen."""
    return turn(
        -6,
        box(84, 84, 210, 250, 22, BODY),
        box(96, 96, 186, 226, 12, SCREEN),
        path("M96 110 Q96 96 110 96 H200 L96 260Z", WHITE, 0.14),
    ) + turn(
        16, box(312, 96, 14, 216, 7, WHITE), path("M312 312 H326 L319 334Z", INK), x=318, y=200
    )


def desktop(s: Shades) -> str:
    """A desktop tower."""
    return (
        box(130, 62, 140, 272, 16, BODY)
        + box(146, 84, 108, 12, 6, s.deep)
        + box(146, 106, 108, 12, 6, s.deep)
        + disc(200, 162, 12, "#6fe08a")
        + disc(200, 248, 50, s.deep)
        + disc(200, 248, 40, s.dark)
        + "".join(
            turn(a, path("M200 248 Q224 226 204 208 Q192 226 200 248Z", s.light, 0.8), x=200, y=248)
            for a in range(0, 360, 60)
        )
    )


def monitor(s: Shades) -> str:
    """A monitor on its stand."""
    return (
        path("M176 258 H224 L234 318 H166Z", s.dark)
        + box(128, 314, 144, 16, 8, BODY)
        + box(42, 76, 316, 190, 14, s.deep)
        + box(52, 86, 296, 164, 6, SCREEN)
        + path("M52 92 Q52 86 58 86 H220 L90 250 H58 Q52 250 52 244Z", WHITE, 0.13)
        + disc(200, 258, 3, WHITE)
    )


def keyboard(s: Shades) -> str:
    """A keyboard."""
    keys = "".join(
        box(58 + x * 29, 166 + y * 32, 24, 26, 6, s.light) for x in range(10) for y in range(3)
    )
    return (
        box(40, 146, 320, 152, 22, s.deep)
        + box(40, 140, 320, 150, 22, BODY)
        + keys
        + box(58, 262, 52, 20, 6, s.light)
        + box(116, 262, 168, 20, 6, WHITE, 0.85)
        + box(290, 262, 53, 20, 6, s.light)
    )


def mouse(s: Shades) -> str:
    """A computer mouse."""
    return (
        path("M200 74 Q288 76 288 200 Q288 330 200 332 Q112 330 112 200 Q112 76 200 74Z", BODY)
        + line("M200 76 V184 M114 190 Q200 164 286 190", s.deep, 4)
        + box(189, 112, 22, 54, 11, s.deep)
        + path("M132 166 Q136 108 172 94 Q150 120 148 176Z", WHITE, 0.3)
    )


def mousepad(s: Shades) -> str:
    """A mouse on a pad."""
    return (
        path("M66 140 H300 L344 310 H40Z", s.deep)
        + path("M66 132 H300 L344 302 H40Z", BODY)
        + turn(
            14,
            oval(206, 214, 42, 62, WHITE),
            line("M206 154 V204", "#9aa1ac", 4),
            box(200, 172, 12, 24, 6, "#9aa1ac"),
            x=206,
            y=214,
        )
    )


def webcam(s: Shades) -> str:
    """A webcam."""
    return (
        path("M176 262 H224 L240 322 H160Z", s.dark)
        + box(128, 314, 144, 18, 9, s.deep)
        + box(92, 96, 216, 170, 76, BODY)
        + disc(200, 180, 64, INK)
        + disc(200, 180, 42, SCREEN)
        + disc(184, 164, 11, WHITE, 0.7)
        + disc(284, 180, 6, "#6fe08a")
    )


def hub(s: Shades) -> str:
    """A USB hub."""
    ports = "".join(box(x, 226, 34, 18, 4, INK) for x in (116, 162, 208, 254))
    return (
        line("M200 182 Q196 90 274 92", s.dark, 13)
        + box(270, 76, 48, 32, 8, s.dark)
        + box(314, 84, 24, 16, 3, METAL)
        + box(88, 180, 224, 104, 20, BODY)
        + ports
        + disc(292, 202, 5, "#6fe08a")
    )


def drive(s: Shades) -> str:
    """A portable drive."""
    return (
        line("M200 88 Q210 50 262 58", s.dark, 10)
        + box(120, 84, 160, 240, 26, BODY)
        + path("M136 120 Q138 100 158 100 V300 Q138 300 136 286Z", WHITE, 0.28)
        + box(184, 80, 32, 14, 4, INK)
        + disc(200, 286, 6, "#7fd0ff")
        + line("M172 180 H228 M172 200 H214", WHITE, 6, 0.7)
    )


def stick(s: Shades) -> str:
    """A USB stick."""
    return turn(
        -35,
        box(118, 160, 150, 84, 22, BODY),
        box(262, 174, 72, 56, 6, METAL),
        box(284, 186, 16, 12, 2, INK),
        box(284, 208, 16, 12, 2, INK),
        disc(146, 202, 12, WHITE, 0.8),
    )


def card(s: Shades) -> str:
    """A memory card."""
    pins = "".join(box(x, 96, 14, 42, 3, "#e0b955") for x in range(150, 250, 22))
    return (
        path(
            "M128 76 H248 L284 112 V318 Q284 330 272 330 H128 Q116 330 116 318 V88 Q116 76 128 76Z",
            BODY,
        )
        + pins
        + box(138, 176, 124, 110, 10, WHITE, 0.85)
        + line("M158 214 H240 M158 242 H214", s.dark, 9)
    )


def printer(s: Shades) -> str:
    """A printer with a page."""
    return (
        box(124, 74, 152, 110, 6, PAPER)
        + box(64, 152, 272, 140, 24, BODY)
        + box(64, 210, 272, 12, 0, s.deep, 0.5)
        + box(110, 232, 180, 18, 8, INK)
        + path("M122 242 H278 L290 330 H110Z", PAPER)
        + line("M144 268 H256 M140 290 H240", "#9aa1ac", 6)
        + disc(304, 184, 7, "#6fe08a")
    )


def router(s: Shades) -> str:
    """A Wi-Fi router."""
    return (
        line("M108 236 V110 M292 236 V110", s.dark, 14)
        + box(62, 226, 276, 82, 28, BODY)
        + "".join(disc(x, 268, 6, "#6fe08a") for x in (110, 136, 162))
        + line("M158 140 Q200 100 242 140 M176 166 Q200 144 224 166", s.base, 11)
        + disc(200, 192, 10, s.base)
    )


DRAWINGS: Mapping[str, Callable[[Shades], str]] = {
    function.__name__: function
    for function in (
        laptop, tablet, desktop, monitor, keyboard, mouse, mousepad, webcam, hub, drive, stick,
        card, printer, router,
    )
}  # fmt: skip
