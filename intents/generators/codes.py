"""Codes that are read to the letter: order numbers, e-mails, phones and postal codes."""

from collections.abc import Sequence
from random import Random
from string import ascii_lowercase, ascii_uppercase

from intents.generators.grammar import Generator, digits, grammar, whole


def _letters(low: int, high: int, signs: str = ascii_uppercase) -> Generator:
    return lambda rng: "".join(rng.choices(signs, k=rng.randint(low, high)))


def _day(rng: Random) -> str:
    """A day as order numbers hold it: 20240318."""
    return f"{rng.randint(2019, 2027)}{rng.randint(1, 12):02}{rng.randint(1, 28):02}"


def _run(*lengths: int) -> Generator:
    """A run of digits that may begin with 0, of one of the lengths."""

    def generate(rng: Random) -> str:
        return "".join(rng.choices("0123456789", k=rng.choice(lengths)))

    return generate


_CODES: dict[str, Generator] = {
    "short": digits(4, 5),
    "middle": digits(5, 6, 7, 8),
    "long": digits(9, 10, 11, 12, 14),
    "four": _run(4),
    "run": _run(3, 4, 5, 6),
    "run2": _run(2, 3),
    "day": _day,
    "prefix": _letters(1, 4),
    "letter": _letters(1, 1),
    "year": whole(2019, 2027),
}
_ORDER_FORMS = (
    "{prefix}-{middle}|{prefix}-{short}|{prefix}{middle}|{prefix}{day}{run2}|{middle}|{middle}"
    "|{long}"
    "|W{middle}|#W{middle}|{day}{run}|{letter}{short}|{letter}-{short}|{short}-{run2}|{year}-{run}"
    "|{prefix}{long}|#{prefix}{short}|{prefix}-{day}-{four}|#{middle}"
)

english_order_id: Generator = grammar(
    {
        "start": f"({_ORDER_FORMS}|#{{middle}}|#{{short}}|{{short}}|ORD-{{middle}}|ORD {{middle}}"
        "|ord-{short}|{four}-{four}-{four}|SO{middle}|INV-{short}|order#{short}|PO-{middle}"
        "|1{run2}-{middle}-{middle}|ORD{day}|#{prefix}-{short})"
    },
    _CODES,
)
chinese_order_id: Generator = grammar(
    {"start": f"({_ORDER_FORMS}|{{day}}{{run}}|{{day}}{{four}}{{run}}|{{long}}|DD{{day}}{{run2}})"},
    _CODES,
)

_NAMES = (
    "anna", "ben", "chloe", "david", "ella", "finn", "grace", "harry", "ivan", "jana", "karl",
    "lena", "maya", "nora", "oscar", "paula", "quentin", "rosa", "sven", "tara", "umar", "vera",
    "will", "xenia", "yara", "zoe", "amir", "bela", "carlos", "dario", "elif", "fatima",
    "giulia", "hugo", "ines", "jonas", "kofi", "linh", "marek", "nadia",
)  # fmt: skip
_SURNAMES = (
    "meyer", "novak", "silva", "okafor", "tanaka", "larsen", "rossi", "dubois", "kowalski",
    "murphy", "ahmed", "fischer", "costa", "nguyen", "petrov", "svensson", "horvat", "oconnor",
    "bauer", "santos",
)  # fmt: skip
_PINYIN = (
    "zhang", "wang", "li", "zhao", "liu", "chen", "yang", "huang", "wu", "zhou", "xu", "sun",
    "ma", "zhu", "hu", "guo", "he", "lin", "luo", "gao", "xiaoming", "meimei", "jianguo", "lili",
    "xiaohong", "dawei", "yuting", "haoran", "zixuan", "wenwen",
)  # fmt: skip
_HOSTS = (
    "gmail.com", "outlook.com", "yahoo.com", "icloud.com", "hotmail.com", "proton.me", "aol.com",
    "gmx.de", "web.de", "mail.example", "example.com", "example.org", "company.co.uk", "uni.edu",
    "live.com", "fastmail.com",
)  # fmt: skip
_CHINESE_HOSTS = (
    "qq.com", "qq.com", "163.com", "126.com", "sina.com", "foxmail.com", "139.com",
    "outlook.com",
)  # fmt: skip


def _email(names: Sequence[str], surnames: Sequence[str], hosts: Sequence[str]) -> Generator:
    def generate(rng: Random) -> str:
        first, last, number = rng.choice(names), rng.choice(surnames), rng.randint(1, 2005)
        forms = (
            f"{first}.{last}", f"{first}{last}", f"{first}_{last}", f"{first[0]}.{last}",
            f"{first}{number}", f"{last}.{first}", f"{first}-{last}", f"{last}{number % 100:02}",
            f"{first}.{last}{number % 100}", f"{first[0]}{last}", f"{first}+shop",
        )  # fmt: skip
        return f"{rng.choice(forms)}@{rng.choice(hosts)}"

    return generate


def _qq(rng: Random) -> str:
    return f"{digits(8, 9, 10)(rng)}@qq.com"


english_email = _email(_NAMES, _SURNAMES, _HOSTS)
_chinese_name = _email(_PINYIN, _PINYIN, _CHINESE_HOSTS)


def chinese_email(rng: Random) -> str:
    """An address with a name in pinyin, or a QQ number."""
    return _qq(rng) if rng.random() < 0.25 else _chinese_name(rng)


_RUNS: dict[str, Generator] = {f"d{length}": _run(length) for length in range(1, 9)}
_RUNS |= {"n3": digits(3), "n4": digits(4), "first": whole(1, 9)}

english_phone: Generator = grammar(
    {
        "start": "({us}|{us}|{uk}|{de}|{fr}|{others}|{chinese})",
        "us": "({n3}-{n3}-{d4}|\\({n3}\\) {n3}-{d4}|+1 {n3} {n3} {d4}|+1{n3}{n3}{d4}|{n3}.{n3}.{d4}"
        "|{n3} {n3} {d4}|{n3}{n3}{d4}|1-{n3}-{n3}-{d4}|+1-{n3}-{n3}-{d4})",
        "uk": "(07{d3} {d6}|+44 7{d3} {d6}|020 {n4} {d4}|07{d3}{d6}|+44 20 {n4} {d4}"
        "|0161 {d3} {d4})",
        "de": "(+49 1{d2} {d7}|0{n3} {d7}|+49 30 {d6}|0170/{d7})",
        "fr": "(0{first} {d2} {d2} {d2} {d2}|+33 {first} {d2} {d2} {d2} {d2}|0{first}{d8})",
        "others": "(+61 4{d2} {d3} {d3}|04{d2} {d3} {d3}|+91 9{d4} {d5}|+34 6{d2} {d3} {d3}"
        "|+39 3{d2} {d7}|+81 90 {n4} {d4}|+65 9{d3} {d4}|+353 8{d1} {d3} {d4}|+52 55 {n4} {d4}"
        "|+55 11 9{n4}-{d4}|+31 6 {d8}|+46 70 {n3} {d2} {d2}|+48 {n3} {d3} {d3})",
        "chinese": "(+86 13{d1} {d4} {d4}|13{d1}{d8}|852 {n4} {d4})",
    },
    _RUNS,
)
chinese_phone: Generator = grammar(
    {
        "start": "({mobile}|{mobile}|{mobile}|{spaced}|{landline}|(+86|86|+86 ){mobile}"
        "|+852 {n4} {d4}|+886 9{d2} {d3} {d3}|400-{d3}-{d4})",
        "mobile": "1{second}{d1}{d8}",
        "spaced": "(1{second}{d1} {d4} {d4}|1{second}{d1}-{d4}-{d4})",
        "second": "(3|5|7|8|9|3|5|8)",
        "landline": "(010-{d8}|021-{d8}|0{n3}-{d7}|020{d8}|0755-{d8})",
    },
    _RUNS,
)

_POSTAL: dict[str, Generator] = {
    **_RUNS,
    "l": _letters(1, 1, "ABCEGHJKLMNPRSTVXY"),
    "s": _letters(1, 1, ascii_lowercase.replace("o", "")),
}
english_postal_code: Generator = grammar(
    {
        "start": "({d5}|{d5}|{d5}|{d5}-{d4}|{uk}|{uk}|{canada}|{canada}|{others})",
        "uk": "({l}{l}{first}|{l}{first}|{l}{first}{d1}|{l}{l}{first}{d1}"
        "|{l}{first}{l}) {first}{l}{l}",
        "canada": "({l}{d1}{l} {d1}{l}{d1}|{l}{d1}{l}{d1}{l}{d1}|{s}{d1}{s} {d1}{s}{d1})",
        "others": "({d4}|{d4}|{n4} {l}{l}|{d6}|{d3}-{d4}|{d2}-{d3}|{d3} {d2}"
        "|D0{first} {l}{d1}{l}{d1})",
    },
    _POSTAL,
)
chinese_postal_code: Generator = grammar(
    {"start": "({first}{d5}|{first}{d3}00|{first}{d3}00)"}, _RUNS
)
