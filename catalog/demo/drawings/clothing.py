# ruff: noqa: E501 (the outline of a shape is one string)
"""Clothes and what is worn with them."""

from collections.abc import Callable, Mapping

from catalog.demo.drawings.shapes import (
    BODY,
    GOLD,
    INK,
    METAL,
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

_SHORT = "M150 95 L95 122 L68 186 L112 204 L126 178 V312 Q200 326 274 312 V178 L288 204 L332 186 L305 122 L250 95 Q200 130 150 95Z"
_LONG = "M150 92 L102 116 Q86 130 80 170 L60 298 L98 306 L126 190 V318 Q200 330 274 318 V190 L302 306 L340 298 L320 170 Q314 130 298 116 L250 92 Q200 122 150 92Z"


def tshirt(s: Shades) -> str:
    """A short-sleeved tee."""
    neck = line("M150 95 Q200 140 250 95", s.dark, 8)
    return path(_SHORT, BODY) + neck + line("M126 178 V300 M274 178 V300", s.dark, 3, 0.5)


def shirt(s: Shades) -> str:
    """A buttoned shirt with a collar and a pocket."""
    collar = path(
        "M150 92 L200 128 L176 152 L140 104Z M250 92 L200 128 L224 152 L260 104Z", s.light
    )
    buttons = "".join(disc(200, y, 4, s.deep) for y in range(160, 310, 34))
    return (
        path(_LONG, BODY)
        + line("M200 128 V324 M126 190 V310 M274 190 V310", s.dark, 3, 0.6)
        + collar
        + box(222, 178, 38, 42, 5, s.dark, 0.35)
        + buttons
    )


def sweater(s: Shades) -> str:
    """A knitted pullover with ribbed hems."""
    ribs = line("M126 304 H274 M62 290 L99 298 M338 290 L301 298", s.dark, 14, 0.55)
    knit = "".join(line(f"M{x} 150 V290", s.dark, 3, 0.28) for x in range(142, 266, 16))
    return path(_LONG, BODY) + knit + ribs + line("M152 96 Q200 132 248 96", s.dark, 14, 0.8)


def hoodie(s: Shades) -> str:
    """A hooded sweatshirt with strings and a front pocket."""
    hood = path("M142 112 Q140 60 200 56 Q260 60 258 112 Q200 150 142 112Z", s.dark)
    inner = path("M160 108 Q162 78 200 76 Q238 78 240 108 Q200 134 160 108Z", s.deep)
    strings = line("M184 128 V178 M216 128 V172", WHITE, 5, 0.9)
    pocket = path("M152 236 H248 L264 292 H136Z", s.dark, 0.45)
    return path(_LONG, BODY) + pocket + hood + inner + strings


def jacket(s: Shades) -> str:
    """A rain jacket with hood and zip."""
    hood = path("M144 108 Q146 58 200 54 Q254 58 256 108 L200 140Z", s.dark)
    pockets = line("M150 232 L166 276 M250 232 L234 276", s.deep, 6)
    return (
        path(_LONG, BODY)
        + path("M126 150 Q200 182 274 150 L270 128 Q200 160 130 128Z", s.light, 0.5)
        + hood
        + path("M164 106 Q166 76 200 74 Q234 76 236 106 L200 126Z", s.deep)
        + line("M200 128 V324", WHITE, 5, 0.85)
        + pockets
    )


def puffer(s: Shades) -> str:
    """A quilted down jacket."""
    seams = "".join(
        line(f"M126 {y} Q200 {y + 16} 274 {y}", s.dark, 5, 0.6) for y in range(150, 310, 36)
    )
    sleeves = line(
        "M78 190 L122 206 M70 234 L112 246 M322 190 L278 206 M330 234 L288 246", s.dark, 5, 0.6
    )
    collar = path("M148 96 Q150 66 200 64 Q250 66 252 96 Q200 128 148 96Z", s.dark)
    return path(_LONG, BODY) + seams + sleeves + collar + line("M200 110 V322", WHITE, 5, 0.8)


def coat(s: Shades) -> str:
    """A long coat with lapels."""
    body = "M152 70 L110 90 Q96 102 92 140 L76 270 L108 276 L128 170 L114 344 Q200 356 286 344 L272 170 L292 276 L324 270 L308 140 Q304 102 290 90 L248 70 L200 96Z"
    lapels = path("M152 70 L200 180 L168 166 L140 100Z M248 70 L200 180 L232 166 L260 100Z", s.dark)
    buttons = "".join(disc(x, y, 6, s.deep) for x in (186, 216) for y in (206, 244, 282))
    return path(body, BODY) + line("M200 180 V350", s.dark, 3) + lapels + buttons


def blazer(s: Shades) -> str:
    """A tailored jacket over a white shirt."""
    lapels = path("M150 92 L200 220 L164 196 L134 124Z M250 92 L200 220 L236 196 L266 124Z", s.dark)
    return (
        path(_LONG, BODY)
        + path("M152 92 L200 216 L248 92 Q200 116 152 92Z", WHITE)
        + path("M194 118 H206 L214 190 L200 210 L186 190Z", s.deep)
        + lapels
        + line("M200 220 V322", s.deep, 3)
        + line("M140 250 H172 M228 250 H260", s.deep, 5)
        + disc(200, 240, 5, s.deep)
    )


def dress(s: Shades) -> str:
    """A dress with a waist seam."""
    body = "M158 66 L172 66 Q200 112 228 66 L242 66 Q246 126 240 164 L300 332 Q200 354 100 332 L160 164 Q154 126 158 66Z"
    folds = line("M182 190 L158 336 M200 190 V344 M218 190 L242 336", s.dark, 4, 0.5)
    return path(body, BODY) + box(158, 158, 84, 14, 7, s.dark) + folds


def skirt(s: Shades) -> str:
    """A pleated skirt."""
    pleats = "".join(
        line(f"M{200 + i * 18} 118 L{200 + i * 36} 312", s.dark, 4, 0.5) for i in (-2, -1, 0, 1, 2)
    )
    return (
        path("M140 98 H260 L316 306 Q200 334 84 306Z", BODY)
        + pleats
        + box(136, 86, 128, 26, 8, s.dark)
    )


def trousers(s: Shades) -> str:
    """Long trousers."""
    body = "M136 70 H264 L286 338 H226 L200 170 L174 338 H114Z"
    return (
        path(body, BODY)
        + box(134, 64, 132, 22, 6, s.dark)
        + line("M150 90 Q152 116 138 120 M250 90 Q248 116 262 120", s.deep, 4)
        + line("M200 90 V166", s.dark, 4)
        + disc(200, 75, 5, GOLD)
    )


def shorts(s: Shades) -> str:
    """Shorts with a drawstring."""
    return (
        path("M120 118 H280 L304 286 H216 L200 206 L184 286 H96Z", BODY)
        + box(118, 108, 164, 26, 8, s.dark)
        + line("M190 132 L182 172 M210 132 L218 168", WHITE, 5)
        + line("M110 264 H182 M218 264 H292", s.dark, 5, 0.6)
    )


def socks(s: Shades) -> str:
    """A pair of socks."""
    one = "M150 70 H214 V214 L268 262 Q288 290 262 308 Q240 320 216 304 L158 258 Q150 250 150 236Z"
    back = f'<g transform="translate(-44 14)" opacity="0.75">{path(one, s.dark)}</g>'
    return (
        back
        + path(one, BODY)
        + box(146, 66, 72, 30, 8, s.light)
        + path("M246 244 L268 262 Q288 290 262 308 Q244 284 246 244Z", s.dark)
    )


def cap(s: Shades) -> str:
    """A baseball cap."""
    return (
        path("M88 234 Q88 116 196 114 Q300 116 304 234Z", BODY)
        + path("M196 114 Q160 160 158 234 M196 114 Q240 160 244 234", "none")
        + line("M196 116 Q160 160 158 230 M196 116 Q240 160 244 230", s.dark, 4, 0.6)
        + path(
            "M84 232 Q200 208 306 232 Q360 252 362 276 Q300 262 200 262 Q120 262 84 250Z", s.dark
        )
        + disc(196, 113, 9, s.deep)
    )


def hat(s: Shades) -> str:
    """A wide-brimmed sun hat."""
    return (
        oval(200, 252, 160, 44, s.dark)
        + oval(200, 244, 160, 42, BODY)
        + path("M118 240 Q120 122 200 120 Q280 122 282 240 Q200 266 118 240Z", s.light)
        + path("M117 216 Q200 244 283 216 L282 242 Q200 268 118 242Z", s.deep)
    )


def beanie(s: Shades) -> str:
    """A knitted hat with a bobble."""
    ribs = "".join(line(f"M{x} 236 V286", s.light, 6, 0.5) for x in range(116, 300, 18))
    return (
        disc(200, 96, 32, s.light)
        + path("M104 250 Q104 118 200 116 Q296 118 296 250Z", BODY)
        + box(92, 226, 216, 68, 20, s.dark)
        + ribs
    )


def scarf(s: Shades) -> str:
    """A scarf in a loop with fringes."""
    fringe = "".join(line(f"M{x} 322 V346", s.dark, 5) for x in range(222, 284, 12))
    return (
        path("M216 170 H288 V326 H216Z", s.dark)
        + fringe
        + line(
            "M122 150 Q120 226 200 228 Q280 226 278 150 Q276 96 200 96 Q124 96 122 150Z", s.base, 46
        )
        + line("M216 288 H288 M216 300 H288", WHITE, 5, 0.7)
        + line("M112 166 Q120 218 170 236", WHITE, 6, 0.25)
    )


def gloves(s: Shades) -> str:
    """A pair of gloves."""
    hand = "M150 320 V226 L118 196 Q108 178 124 172 Q136 168 152 184 V118 Q160 104 172 118 V104 Q182 90 194 104 V110 Q206 98 216 112 V130 Q228 122 236 136 L238 240 V320Z"
    back = f'<g transform="translate(56 -12)">{path(hand, s.dark)}</g>'
    return (
        back
        + f'<g transform="translate(-24 8)">{path(hand, BODY)}{box(144, 286, 98, 40, 10, s.light)}</g>'
    )


def belt(s: Shades) -> str:
    """A rolled belt with a buckle."""
    holes = "".join(disc(x, 276, 4, s.deep) for x in (270, 288, 306))
    return (
        ring(186, 186, 82, s.dark, 34)
        + ring(186, 186, 82, s.base, 24)
        + ring(186, 186, 44, s.dark, 20)
        + path("M150 258 H330 Q344 276 330 294 H150Z", BODY)
        + holes
        + '<rect x="142" y="248" width="48" height="56" rx="8" fill="none" '
        + f'stroke="{GOLD}" stroke-width="9"/>'
        + line("M166 276 H198", GOLD, 7)
    )


def tie(s: Shades) -> str:
    """A necktie."""
    stripes = line("M176 180 L232 214 M168 226 L240 268 M172 276 L224 306", s.light, 8, 0.6)
    return (
        path("M178 66 H222 L230 102 L214 118 L244 292 L200 342 L156 292 L186 118 L170 102Z", BODY)
        + path("M178 66 H222 L230 102 L214 118 H186 L170 102Z", s.dark)
        + stripes
    )


def sunglasses(s: Shades) -> str:
    """Sunglasses."""
    lens = "M64 180 H176 Q178 250 122 254 Q66 252 64 180Z"
    return (
        line("M64 176 Q40 150 52 130 M336 176 Q360 150 348 130", s.dark, 10)
        + line("M172 186 Q200 168 228 186", s.base, 12)
        + "".join(
            f'<g transform="translate({x} 0)">{path(lens, INK)}{line(lens, s.base, 11)}'
            + f"{path('M82 192 L112 192 L92 226Z', WHITE, 0.3)}</g>"
            for x in (0, 160)
        )
    )


def umbrella(s: Shades) -> str:
    """An open umbrella."""
    return (
        line("M200 80 V292 Q200 324 228 324 Q252 322 252 300", INK, 9)
        + path(
            "M56 214 Q60 92 200 84 Q340 92 344 214 Q320 186 296 214 Q272 186 248 214 Q224 186 200 214 Q176 186 152 214 Q128 186 104 214 Q80 186 56 214Z",
            BODY,
        )
        + path(
            "M200 84 Q150 120 152 214 Q176 186 200 214Z M200 84 Q300 110 296 214 Q272 186 248 214 Q250 120 200 84Z",
            s.dark,
            0.45,
        )
        + line("M200 84 V66", INK, 8)
    )


def swimsuit(s: Shades) -> str:
    """A swimsuit."""
    body = "M148 78 H166 Q170 142 200 146 Q230 142 234 78 H252 Q252 140 264 176 Q252 222 264 262 L220 320 H180 L136 262 Q148 222 136 176 Q148 140 148 78Z"
    return path(body, BODY) + line(
        "M140 190 Q200 214 260 190 M142 226 Q200 250 258 226", s.light, 10, 0.7
    )


def onesie(s: Shades) -> str:
    """A baby bodysuit."""
    body = "M156 96 L106 118 L84 174 L122 190 L136 170 V270 L176 326 H224 L264 270 V170 L278 190 L316 174 L294 118 L244 96 Q200 132 156 96Z"
    snaps = "".join(disc(x, 314, 5, WHITE) for x in (184, 200, 216))
    heart = path(
        "M200 236 Q164 206 182 188 Q196 178 200 196 Q204 178 218 188 Q236 206 200 236Z", WHITE, 0.85
    )
    return path(body, BODY) + line("M156 96 Q200 138 244 96", s.dark, 8) + heart + snaps


def watch(s: Shades) -> str:
    """An analogue wristwatch."""
    marks = "".join(turn(a, box(198, 138, 4, 12, 2, INK)) for a in range(0, 360, 30))
    return (
        path("M164 40 H236 L228 120 H172Z M172 280 H228 L236 360 H164Z", s.dark)
        + disc(200, 200, 92, METAL)
        + box(290, 190, 16, 22, 5, "#8d96a4")
        + disc(200, 200, 78, BODY)
        + disc(200, 200, 70, WHITE, 0.88)
        + marks
        + line("M200 200 V156 M200 200 L232 218", INK, 6)
        + disc(200, 200, 6, s.dark)
    )


DRAWINGS: Mapping[str, Callable[[Shades], str]] = {
    function.__name__: function
    for function in (
        tshirt, shirt, sweater, hoodie, jacket, puffer, coat, blazer, dress, skirt, trousers,
        shorts, socks, cap, hat, beanie, scarf, gloves, belt, tie, sunglasses, umbrella,
        swimsuit, onesie, watch,
    )
}  # fmt: skip
