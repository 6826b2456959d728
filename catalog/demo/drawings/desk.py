# ruff: noqa: E501 (the outline of a shape is one string)
"""Books and stationery."""

from collections.abc import Callable, Mapping

from catalog.demo.drawings.shapes import (
    BODY,
    GLASS,
    GOLD,
    INK,
    METAL,
    PAPER,
    STEEL,
    WHITE,
    Shades,
    box,
    disc,
    line,
    path,
    turn,
)


def book(s: Shades) -> str:
    """A hardcover book."""
    return turn(
        -6,
        path("M116 312 Q116 332 138 332 H292 V306 H138 Q116 306 116 312Z", PAPER),
        line("M134 319 H290", "#d9d2bd", 3),
        path("M108 82 Q108 62 128 62 H284 Q292 62 292 70 V304 H132 Q108 306 108 328Z", BODY),
        path("M108 82 Q108 62 128 62 H140 V304 H132 Q108 306 108 328Z", s.dark),
        box(162, 96, 106, 54, 6, WHITE, 0.92),
        line("M178 114 H252 M190 132 H240", s.dark, 6),
        disc(215, 222, 40, s.light),
        path("M182 244 L206 204 L222 228 L232 214 L250 244Z", s.deep),
        disc(232, 198, 8, GOLD),
    )


def notebook(s: Shades) -> str:
    """A notebook with a band and a pen."""
    return (
        box(112, 74, 184, 258, 16, PAPER)
        + box(100, 66, 184, 258, 16, BODY)
        + box(100, 66, 34, 258, 16, s.dark)
        + box(252, 66, 12, 258, 0, s.deep)
        + box(152, 112, 84, 40, 6, WHITE, 0.88)
        + line("M164 132 H222", s.dark, 5)
        + turn(
            10, box(308, 96, 18, 196, 8, GOLD), path("M308 292 H326 L317 322Z", INK), x=317, y=200
        )
    )


def paper(s: Shades) -> str:
    """A ream of paper."""
    return (
        path("M70 180 L206 124 L336 176 L200 240Z", WHITE)
        + path("M70 180 L200 240 V316 L70 250Z", "#e3e8ef")
        + path("M336 176 L200 240 V316 L336 246Z", "#cfd7e2")
        + path("M120 158 L154 146 L286 200 V274 L250 292 V216Z", s.base, 0.9)
        + line("M76 200 L198 256 M76 220 L198 276 M76 238 L198 296", "#b9c3d1", 2)
    )


def sticky(s: Shades) -> str:
    """Sticky notes."""
    return (
        turn(8, box(116, 96, 190, 190, 4, s.dark))
        + turn(3, box(108, 100, 190, 190, 4, s.light))
        + path("M98 108 H290 V262 L252 300 H98Z", BODY)
        + path("M290 262 L252 300 V262Z", s.dark)
        + line("M130 156 H256 M130 188 H240 M130 220 H212", s.deep, 8, 0.7)
    )


def pen(s: Shades) -> str:
    """A pen writing a line."""
    return line("M62 316 Q110 290 142 318 Q170 338 204 312", s.base, 7) + turn(
        42,
        box(182, 56, 36, 172, 12, BODY),
        box(182, 56, 36, 34, 12, s.deep),
        box(180, 220, 40, 18, 4, GOLD),
        path("M184 238 H216 L204 300 H196Z", METAL),
        line("M200 252 V292", INK, 3),
        box(214, 70, 10, 86, 5, GOLD),
        box(190, 100, 7, 110, 3, WHITE, 0.4),
    )


def pencils(s: Shades) -> str:
    """Coloured pencils."""
    colors = ("#d8434b", "#f0913c", "#f5cb4a", "#4fa362", "#3f7fd6", "#8562b8")
    each = "".join(
        box(88 + i * 38, 138 - (i % 2) * 18, 34, 150, 3, c)
        + path(
            f"M{88 + i * 38} {140 - (i % 2) * 18} L{105 + i * 38} {84 - (i % 2) * 18} L{122 + i * 38} {140 - (i % 2) * 18}Z",
            "#f0d6ad",
        )
        + path(
            f"M{97 + i * 38} {108 - (i % 2) * 18} L{105 + i * 38} {84 - (i % 2) * 18} L{113 + i * 38} {108 - (i % 2) * 18}Z",
            c,
        )
        for i, c in enumerate(colors)
    )
    return (
        each
        + box(72, 214, 256, 116, 14, BODY)
        + box(112, 244, 176, 50, 8, WHITE, 0.9)
        + line("M134 268 H266", s.dark, 8)
    )


def marker(s: Shades) -> str:
    """Highlighters."""
    one = (
        box(-19, -62, 38, 172, 12, BODY)
        + box(-19, 14, 38, 96, 12, s.dark)
        + path("M-13 -62 L-8 -92 H10 L13 -62Z", s.light)
        + box(-11, -50, 7, 130, 3, WHITE, 0.4)
    )
    return (
        line("M64 320 H300", s.base, 24, 0.5)
        + f'<g transform="translate(146 190) rotate(-16)">{one}</g><g transform="translate(250 188) rotate(20)">{one}</g>'
    )


def pencilcase(s: Shades) -> str:
    """A pencil case."""
    return (
        turn(-14, box(182, 60, 22, 120, 4, GOLD), path("M182 62 L193 34 L204 62Z", "#f0d6ad"))
        + turn(10, box(232, 66, 20, 120, 4, "#3f7fd6"), path("M232 68 L242 42 L252 68Z", "#f0d6ad"))
        + box(54, 148, 292, 158, 52, BODY)
        + line("M86 184 H314", WHITE, 7, 0.8)
        + box(296, 176, 32, 18, 6, GOLD)
        + box(150, 220, 100, 50, 12, s.dark, 0.5)
    )


def scissors(s: Shades) -> str:
    """Scissors."""
    return (
        turn(16, path("M188 214 L196 50 Q214 90 212 220Z", METAL))
        + turn(-16, path("M212 214 L204 50 Q186 90 188 220Z", STEEL))
        + disc(200, 214, 11, INK)
        + line("M186 230 Q138 232 134 286 Q140 330 172 322 Q198 306 190 232", s.base, 19)
        + line("M214 230 Q262 232 266 286 Q260 330 228 322 Q202 306 210 232", s.dark, 19)
    )


def calculator(s: Shades) -> str:
    """A calculator."""
    keys = "".join(
        box(128 + x * 38, 170 + y * 38, 30, 28, 8, "#f2806b" if x == 3 else WHITE, 0.92)
        for x in range(4)
        for y in range(4)
    )
    return (
        box(106, 62, 188, 274, 24, BODY)
        + box(126, 84, 148, 62, 10, "#cfe3d4")
        + line("M214 128 H256 M232 104 V128", INK, 7)
        + keys
        + box(112, 84, 7, 220, 3, WHITE, 0.3)
    )


def ink(s: Shades) -> str:
    """A bottle of ink."""
    return (
        box(156, 86, 88, 56, 12, INK)
        + box(170, 138, 60, 22, 4, STEEL)
        + path("M134 158 H266 L306 220 V306 Q304 328 282 328 H118 Q96 328 94 306 V220Z", GLASS)
        + path("M116 214 H284 L306 240 V306 Q304 328 282 328 H118 Q96 328 94 306 V240Z", BODY)
        + box(140, 240, 120, 60, 8, PAPER)
        + path("M200 250 Q216 272 200 286 Q184 272 200 250Z", s.base)
    )


DRAWINGS: Mapping[str, Callable[[Shades], str]] = {
    function.__name__: function
    for function in (
        book, notebook, paper, sticky, pen, pencils, marker, pencilcase, scissors, calculator, ink,
    )
}  # fmt: skip
