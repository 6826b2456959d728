"""Wishes about price, as shoppers write them; the words of a bound belong to the value."""

from collections.abc import Callable
from random import Random

from intents.generators.grammar import Generator, grammar, weighted
from intents.spelling import spell_chinese, spell_english

_LEADING = (1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5, 6, 7, 7.5, 8, 9)


def amount(rng: Random) -> int:
    """A round amount between 5 and 20000, with small ones as likely as large ones."""
    if rng.random() < 0.2:
        return rng.randint(5, 999)
    return max(
        5, int(rng.choice(_LEADING) * float(rng.choice((1, 10, 10, 100, 100, 100, 1000, 2000))))
    )


def english_number(rng: Random) -> str:
    """An amount as English speakers write it: 1,200, 49.99, 2k, two hundred."""
    value = amount(rng)
    style = rng.random()
    if style < 0.1:
        return spell_english(value) if value % 10 == 0 or value < 100 else str(value)
    if style < 0.15 and value >= 1000:
        return f"{value / 1000:g}k"
    if style < 0.22 and value >= 1000:
        return f"{value:,}"
    if style < 0.32 and value < 1000:
        return f"{value - 1 if value % 10 == 0 else value}.{rng.choice(('99', '95', '50', '00'))}"
    return str(value)


def _english_pair(rng: Random) -> tuple[str, str]:
    low = amount(rng)
    high = low + max(5, int(low * rng.choice((0.2, 0.5, 1, 2)) / 5) * 5)
    if rng.random() < 0.1 and low % 10 == 0 and high % 10 == 0:
        return spell_english(low), spell_english(high)
    return str(low), str(high)


_SIGNS = ("$", "$", "$", "£", "£", "€", "€", "¥", "HK$", "CA$", "A$", "US$", "₹", "S$")
_WORDS = (
    "dollars", "dollars", "bucks", "bucks", "usd", "USD", "euros", "euro", "eur", "pounds", "quid",
    "gbp", "yuan", "rmb", "pesos", "rupees", "$", "€",
)  # fmt: skip


def english_money(rng: Random) -> str:
    """An amount with its currency."""
    style = rng.random()
    if style < 0.5:
        value = english_number(rng)
        return rng.choice(_SIGNS) + value if value[0].isdigit() else f"{value} dollars"
    if style < 0.55:
        return f"{rng.choice(('USD', 'EUR', 'GBP', 'Rs', 'usd'))} {amount(rng)}"
    if style < 0.6:
        return rng.choice(("a hundred bucks", "a hundred dollars", "a grand", "a thousand dollars"))
    return _joined_english(english_number(rng), rng.choice(_WORDS))


def _joined_english(number: str, word: str) -> str:
    return number + word if word in "$€" else f"{number} {word}"


def english_range(rng: Random) -> str:
    """Two amounts: between, from, to, a dash; the currency on both, one, or neither."""
    low, high = _english_pair(rng)
    words = not low[0].isdigit()
    sign = "" if words else rng.choice((*_SIGNS, *[""] * 8))
    after = "" if sign else rng.choice(("", f" {rng.choice(_WORDS[:12])}"))
    left, right = f"{sign}{low}", f"{rng.choice((sign, ''))}{high}{after}"
    joint = rng.choice(
        ("between {} and {}", "from {} to {}", "{} to {}", "{} and {}", "{}-{}", "{} - {}")
    )
    if joint in ("{} and {}", "{}-{}") and words:
        joint = "{} to {}"
    return joint.replace("{} and", "between {} and", joint == "{} and {}").format(left, right)


_ENGLISH: Generator = grammar(
    {
        "start": "({below}|{below}|{below}|{below}|{range}|{range}|{around}|{above}|{money})",
        "any": "({money}|{money}|{number})",
        "below": "({at_most}|{at_most}|{at_most}|{behind})",
        "at_most": "(under|under|below|less than|less than|max|max|up to|up to|no more than|at most"
        "|not more than|not over|cheaper than|within|maximum|no higher than|not exceeding"
        "|lower than"
        "|<|beneath|a maximum of|max.|under or around|nothing over|no more then|less then) {any}",
        "behind": "{any} (or less|or under|max|tops|at most|or cheaper|and under|maximum|or below)",
        "above": "((over|above|more than|at least|from|starting at|minimum|upwards of|>"
        "|no less than"
        "|a minimum of|not less than|higher than) {any}|{any} (and up|or more|and above|plus"
        "|or higher|and over))",
        "around": "((around|about|roughly|approximately|approx|close to|~|circa|around about"
        "|somewhere around|in the region of) {any}|{number}ish|{money} or so|{number}-ish)",
    },
    {"money": english_money, "number": english_number, "range": english_range},
)


def chinese_number(rng: Random) -> str:
    """An amount as Chinese shoppers write it: 300, 三百, 一百五, 2千, 1k5, 1w2, 两三百, 一百多."""
    value = _chinese_amount(rng)
    style = rng.random()
    if style < 0.38:
        return spell_chinese(_round(value))
    if style < 0.46 and value >= 1000:
        return _with_letter(value, rng)
    if style < 0.5:
        return _spread(rng)
    return str(value)


def _chinese_amount(rng: Random) -> int:
    """An amount in yuan, of which small things cost more than dollars."""
    value = amount(rng)
    return value if value >= 30 else value * 10


def _round(value: int) -> int:
    """The value with two digits that are not 0, as nobody says 一百九十四."""
    scale = 10 ** max(len(str(value)) - 2, 1)
    return max(10, value // int(scale) * int(scale))


def _with_letter(value: int, rng: Random) -> str:
    """1500 as 1.5k, 1k5 or 1千5; 20000 as 2w or 2万."""
    size, signs = (10_000, "w万W") if value >= 10_000 else (1000, "kk千K")
    head, rest = divmod(value, size)
    tail = str(rest * 10 // size) if rest * 10 % size == 0 else ""
    sign = rng.choice(signs)
    if not rest:
        return f"{head}{sign}"
    return f"{head}{sign}{tail}" if tail and rng.random() < 0.6 else f"{value / size:g}{sign}"


def _spread(rng: Random) -> str:
    low = rng.randint(1, 8)
    pair = ("两" if low == 2 else spell_chinese(low)) + spell_chinese(low + 1)
    return rng.choice((pair, f"{spell_chinese(low)}")) + rng.choice(("百", "百", "千", "十"))


def chinese_range(rng: Random) -> str:
    """Two amounts joined by 到, 至 or a dash, in digits or numerals."""
    low = _round(_chinese_amount(rng))
    high = _round(low + max(10, int(low * rng.choice((0.2, 0.5, 1, 1.5)))))
    write: Callable[[int], str] = spell_chinese if rng.random() < 0.4 and high < 99_999 else str
    joint = (
        rng.choice(("到", "到", "到", "至")) if write is spell_chinese else rng.choice("到到-~至—")
    )
    return f"{write(low)}{joint}{write(high)}"


_UNIT = "(块|块|块|元|元|块钱|元钱|rmb|人民币)"
_FOREIGN = "(刀|刀|美元|美金|欧|欧元|英镑|港币|日元|台币|新币|加币|澳元|美刀|usd)"

_CHINESE: Generator = grammar(
    {
        "start": "({below}|{below}|{below}|{below}|{between}|{between}|{around}|{around}|{above}"
        "|{money}|{budget}|{set})",
        "any": "({number}|{number}|{number}|{money})",
        "money": f"({{number}}{_UNIT}|{{number}}{_UNIT}|(￥|¥|￥|$|€|£|HK$){{digits}}"
        f"|{{number}}{_FOREIGN})",
        "below": "({any}(以内|以内|以内|以内|以下|以下|之内|内|不到|封顶|顶天|往下|之下|及以下"
        "|或以下)"
        "|(不超过|不超过|别超过|最多|最高|低于|不要超过|顶多|不到|小于|少于|上限|控制在|至多|最贵"
        "|不能超过|最好别超过|≤|<){any}|(不超过|最多|控制在){any}(以内|以下))",
        "above": "({any}(以上|以上|起|往上|起步|开外|朝上|打底)|(高于|超过|至少|起码|不低于|大于"
        "|最少|不少于|>){any}|(至少|起码){any}以上)",
        "around": "({any}(左右|左右|左右|上下|出头|的样子|前后)"
        "|(大概|大约|差不多|约|将近|接近){any}|(大概|大约|差不多){any}(左右|上下))",
        "between": "{range}(|||块|元|之间|之间|块之间|元之间|左右|块钱)",
        "budget": "((预算|预算|预算|预算大概|预算就|预算在|预算是)({any}|{range}"
        "|{any}(以内|左右|上下|以下|之内)|{range}之间)|预算(不超过|最多|大概|别超过){any})",
        "set": "(百元|千元|百元|百元以内|千元以内|几十块|几百块|一百多|两百多|三百多|几十元"
        "|百来块|一千多"
        "|千把块|百八十块|两三百|三五百|百元以下|千元左右|万元以内|十几块|二十几块|几块钱|9块9"
        "|9.9|19块9)",
    },
    {
        "number": chinese_number,
        "digits": lambda rng: str(_chinese_amount(rng)),
        "range": chinese_range,
    },
)

english_price = weighted((0.95, _ENGLISH), (0.05, english_number))
chinese_price = weighted((0.93, _CHINESE), (0.07, chinese_number))
