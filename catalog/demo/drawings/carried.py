# ruff: noqa: E501 (the outline of a shape is one string)
"""Shoes, bags and jewelry."""

from collections.abc import Callable, Mapping

from catalog.demo.drawings.shapes import (
    BODY,
    GOLD,
    INK,
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


def shoe(s: Shades) -> str:
    """A running shoe."""
    upper = "M62 236 Q58 176 76 150 Q104 172 134 158 Q160 146 176 160 Q222 214 300 224 Q348 232 346 262 H62Z"
    return (
        path(upper, BODY)
        + path("M62 236 Q58 176 76 150 Q92 160 104 164 Q98 210 110 262 H62Z", s.dark, 0.7)
        + path("M128 258 Q180 236 206 190 L224 202 Q204 246 164 260Z", WHITE, 0.75)
        + line("M170 178 L196 162 M188 196 L214 180 M206 210 L232 196", WHITE, 7)
        + path("M54 256 H350 Q362 286 338 294 H80 Q52 290 54 256Z", WHITE)
        + path("M58 280 H348 Q344 292 338 294 H80 Q62 292 58 280Z", s.dark)
        + path("M300 224 Q348 232 346 260 H304 Q314 240 300 224Z", s.light, 0.6)
    )


def boot(s: Shades) -> str:
    """A laced boot."""
    return (
        path("M112 84 H216 Q214 160 226 188 Q300 206 322 250 L324 290 H104 Q114 180 112 84Z", BODY)
        + path("M108 80 H220 V112 H110Z", s.dark)
        + path("M262 206 Q314 226 322 260 L324 290 H262 Q284 250 262 206Z", s.dark, 0.5)
        + line("M172 138 H218 M174 164 H222 M180 190 H234", GOLD, 6)
        + path("M98 288 H330 V314 H300 V304 H270 V314 H150 V304 H130 V314 H98Z", s.deep)
    )


def loafer(s: Shades) -> str:
    """A leather slip-on."""
    return (
        path(
            "M64 232 Q60 192 82 180 Q110 214 168 206 Q186 188 212 192 Q268 216 322 226 Q352 236 348 264 H66Z",
            BODY,
        )
        + path(
            "M168 206 Q186 188 212 192 L252 210 Q220 238 196 240 Q176 230 168 206Z", s.light, 0.55
        )
        + line("M170 222 Q204 232 238 208", s.deep, 8)
        + path("M60 262 H350 V278 H122 V296 H62Z", s.deep)
    )


def heel(s: Shades) -> str:
    """A high-heeled pump."""
    return (
        path(
            "M88 140 Q122 130 134 158 Q160 226 236 258 Q300 262 338 288 Q344 304 320 306 H232 Q154 284 122 214 L108 306 H96 L92 206 Q74 168 88 140Z",
            BODY,
        )
        + path(
            "M134 158 Q160 226 236 258 Q262 260 282 264 Q226 274 180 238 Q140 204 134 158Z", s.deep
        )
        + line("M232 308 H322", s.deep, 6)
        + path("M96 170 Q100 150 118 146 Q106 160 108 200Z", WHITE, 0.35)
    )


def sandal(s: Shades) -> str:
    """A two-strap sandal."""
    return (
        path(
            "M52 262 Q56 236 96 240 Q180 250 260 236 Q340 228 350 262 Q350 288 320 290 H84 Q54 288 52 262Z",
            s.deep,
        )
        + path(
            "M56 256 Q64 236 100 240 Q180 250 260 236 Q336 228 348 256 Q300 268 200 268 Q100 268 56 256Z",
            WHITE,
            0.55,
        )
        + line("M212 256 Q238 158 312 252", s.base, 34)
        + line("M92 256 Q108 160 176 256", s.base, 28)
        + box(252, 192, 24, 24, 5, GOLD)
    )


def laces(s: Shades) -> str:
    """A pair of shoelaces in a bow."""
    return (
        line(
            "M200 196 Q110 110 92 176 Q90 228 200 200 Q310 228 308 176 Q290 110 200 196", s.base, 16
        )
        + line("M200 200 Q160 250 120 320 M200 200 Q240 250 280 320", s.base, 16)
        + line("M126 308 L116 328 M274 308 L284 328", STEEL, 18)
        + disc(200, 198, 20, s.dark)
    )


def insole(s: Shades) -> str:
    """A pair of insoles."""
    sole = "M150 90 Q196 84 200 150 Q202 196 190 226 Q190 266 190 290 Q184 330 154 330 Q124 328 122 290 Q122 250 112 210 Q98 100 150 90Z"
    other = f'<g transform="translate(400 0) scale(-1 1)">{path(sole, s.dark)}</g>'
    dots = "".join(disc(150 + x, 120 + y, 5, WHITE, 0.5) for x in (-16, 4, 24) for y in (0, 24, 48))
    return other + path(sole, BODY) + dots + oval(154, 292, 22, 26, s.light, 0.6)


def backpack(s: Shades) -> str:
    """A backpack with a front pocket."""
    return (
        line("M168 88 Q168 56 200 56 Q232 56 232 88", s.deep, 12)
        + box(92, 186, 40, 104, 18, s.dark)
        + box(268, 186, 40, 104, 18, s.dark)
        + box(112, 82, 176, 244, 56, BODY)
        + path("M112 150 Q200 178 288 150 V138 Q288 82 232 82 H168 Q112 82 112 138Z", s.dark, 0.55)
        + box(138, 208, 124, 96, 20, s.dark, 0.75)
        + line("M146 232 H254", WHITE, 5, 0.8)
        + box(184, 146, 32, 44, 8, s.deep)
        + path("M132 110 Q140 92 166 92 Q146 112 144 180 H130Z", WHITE, 0.2)
    )


def handbag(s: Shades) -> str:
    """A flap handbag."""
    return (
        line("M140 178 Q142 84 200 84 Q258 84 260 178", s.deep, 14)
        + path("M92 170 H308 L330 306 Q330 322 314 322 H86 Q70 322 70 306Z", BODY)
        + path("M88 170 H312 L318 208 Q260 256 200 256 Q140 256 82 208Z", s.dark, 0.7)
        + box(180, 232, 40, 40, 8, GOLD)
        + line("M104 186 L96 244", WHITE, 7, 0.3)
    )


def tote(s: Shades) -> str:
    """An open tote bag."""
    return (
        line("M150 176 Q152 70 200 70 Q248 70 250 176", s.deep, 12)
        + path("M94 164 H306 L322 322 H78Z", BODY)
        + path("M94 164 H306 L308 190 H92Z", s.dark, 0.6)
        + path("M200 218 Q226 234 218 262 Q200 288 182 262 Q174 234 200 218Z", WHITE, 0.55)
        + line("M200 228 V290", s.dark, 4)
    )


def briefcase(s: Shades) -> str:
    """A laptop bag."""
    return (
        line("M154 136 Q154 96 200 96 Q246 96 246 136", s.deep, 14)
        + box(66, 134, 268, 178, 22, BODY)
        + path("M66 160 Q66 134 88 134 H312 Q334 134 334 160 V210 H66Z", s.dark, 0.5)
        + line("M84 214 H316", WHITE, 5, 0.7)
        + box(112, 186, 28, 54, 7, s.deep)
        + box(260, 186, 28, 54, 7, s.deep)
    )


def sleeve(s: Shades) -> str:
    """A zipped sleeve."""
    return (
        box(74, 116, 256, 184, 18, s.deep, 0.6)
        + box(66, 106, 256, 184, 18, BODY)
        + line("M84 128 H290", WHITE, 6, 0.8)
        + box(276, 120, 30, 16, 6, GOLD)
        + box(166, 196, 56, 30, 6, s.dark, 0.6)
    )


def duffel(s: Shades) -> str:
    """A soft travel bag."""
    return (
        line("M128 190 Q134 90 200 90 Q266 90 272 190", s.deep, 13)
        + box(52, 158, 296, 154, 62, BODY)
        + path("M112 158 H140 V312 H112Z M260 158 H288 V312 H260Z", s.deep)
        + line("M86 178 H314", WHITE, 5, 0.7)
        + box(164, 218, 72, 58, 12, s.dark, 0.6)
    )


def suitcase(s: Shades) -> str:
    """A spinner suitcase."""
    ribs = "".join(line(f"M{x} 128 V300", s.dark, 6, 0.5) for x in (146, 173, 200, 227, 254))
    return (
        line("M166 110 V52 H234 V110", "#8d96a4", 9)
        + box(112, 104, 176, 218, 24, BODY)
        + ribs
        + box(178, 94, 44, 16, 6, s.deep)
        + box(112, 206, 176, 8, 0, s.deep, 0.45)
        + "".join(disc(x, 332, 12, INK) for x in (138, 262))
        + path("M124 124 Q126 116 140 116 V300 Q124 300 124 290Z", WHITE, 0.25)
    )


def wallet(s: Shades) -> str:
    """A wallet with cards."""
    return (
        box(104, 104, 170, 90, 10, "#f2b84b")
        + box(116, 122, 170, 90, 10, "#5aa7d8")
        + box(78, 142, 244, 160, 20, BODY)
        + path("M78 176 H322 V162 Q322 142 302 142 H98 Q78 142 78 162Z", s.dark, 0.5)
        + box(246, 198, 92, 48, 16, s.dark)
        + disc(268, 222, 9, GOLD)
    )


def neckpillow(s: Shades) -> str:
    """A U-shaped travel pillow."""
    return (
        line("M122 286 Q70 136 200 124 Q330 136 278 286", s.dark, 84)
        + line("M122 280 Q74 138 200 128 Q326 138 278 280", s.base, 72)
        + line("M106 220 Q108 150 186 130", WHITE, 10, 0.3)
        + disc(124, 282, 8, s.deep)
        + disc(276, 282, 8, s.deep)
    )


def necklace(s: Shades) -> str:
    """A chain with a pendant."""
    return (
        line("M92 78 Q98 250 200 266 Q302 250 308 78", s.base, 6)
        + line("M92 78 Q98 250 200 266 Q302 250 308 78", WHITE, 2, 0.6)
        + path("M200 258 Q236 300 200 328 Q164 300 200 258Z", BODY)
        + path("M194 276 Q182 298 194 312 Q190 294 194 276Z", WHITE, 0.8)
        + disc(200, 262, 9, s.dark)
    )


def earring(s: Shades) -> str:
    """A pair of drop earrings."""
    one = (
        line("M0 0 Q-22 -34 0 -48 Q22 -34 4 -8", s.dark, 6)
        + disc(0, 20, 22, BODY)
        + path("M0 40 Q34 90 0 116 Q-34 90 0 40Z", BODY)
        + disc(-7, 14, 6, WHITE, 0.8)
        + oval(-8, 84, 4, 14, WHITE, 0.6)
    )
    return f'<g transform="translate(132 160) scale(1.5)">{one}</g><g transform="translate(268 176) scale(1.5)">{one}</g>'


def bracelet(s: Shades) -> str:
    """A beaded bracelet."""
    beads = "".join(
        turn(a, disc(200, 106, 21, BODY), disc(194, 99, 6, WHITE, 0.7)) for a in range(0, 360, 26)
    )
    return (
        ring(200, 200, 94, s.dark, 5)
        + beads
        + path("M200 290 Q226 316 200 344 Q174 316 200 290Z", GOLD)
    )


def ring_(s: Shades) -> str:
    """A finger ring with a stone."""
    return (
        ring(200, 238, 84, s.dark, 26)
        + ring(200, 236, 84, s.base, 20)
        + line("M134 190 Q160 160 186 154", WHITE, 6, 0.7)
        + path("M158 92 H242 L262 120 L200 178 L138 120Z", GLASS_BLUE)
        + path("M158 92 L176 120 L200 92 L224 120 L242 92 M138 120 H262", "none")
        + line(
            "M158 92 L176 120 L200 178 L224 120 L242 92 M138 120 H262 M176 120 L200 92 L224 120",
            WHITE,
            3,
        )
    )


def goggles(s: Shades) -> str:
    """Swimming goggles."""
    return (
        line("M60 200 Q30 120 200 112 Q370 120 340 200", s.dark, 14)
        + box(64, 168, 124, 82, 38, s.dark)
        + box(212, 168, 124, 82, 38, s.dark)
        + line("M186 200 H214", s.dark, 12)
        + box(78, 180, 96, 58, 27, BODY)
        + box(226, 180, 96, 58, 27, BODY)
        + line("M98 196 L122 188 M246 196 L270 188", WHITE, 8, 0.7)
    )


def helmet(s: Shades) -> str:
    """A cycling helmet."""
    vents = "".join(
        path(f"M{x} 146 Q{x + 22} 134 {x + 26} 196 Q{x + 6} 190 {x} 146Z", s.deep)
        for x in (120, 164, 208, 252)
    )
    return (
        line("M128 240 Q160 316 206 320 M278 240 Q250 316 206 320", INK, 8)
        + path(
            "M66 236 Q70 104 206 100 Q332 108 342 226 Q342 244 322 242 L98 254 Q68 258 66 236Z",
            BODY,
        )
        + vents
        + path("M66 236 Q200 212 342 226 L340 244 Q200 236 74 256Z", s.dark)
        + disc(206, 320, 8, STEEL)
    )


GLASS_BLUE = "#bfe3f2"

DRAWINGS: Mapping[str, Callable[[Shades], str]] = {
    "ring": ring_,
    **{
        function.__name__: function
        for function in (
            shoe, boot, loafer, heel, sandal, laces, insole, backpack, handbag, tote, briefcase,
            sleeve, duffel, suitcase, wallet, neckpillow, necklace, earring, bracelet, goggles,
            helmet,
        )
    },
}  # fmt: skip
