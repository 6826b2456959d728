"""What people like to do, and the kinds of things that are for it; who is given things. Pure."""

import re
from collections.abc import Iterable

_FOR: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"read(?:s|ing)?|看书|读书|阅读", ("books",)),
    (r"cook(?:s|ing)?|做饭|做菜|下厨|烹饪|厨艺", ("cookware", "kitchen tools", "cookbook")),
    (r"bak(?:es?|ing)|烘焙|烤蛋糕", ("bakeware", "baking tools")),
    (r"run(?:s|ning)?|jogg?(?:s|ing)?|跑步|慢跑|晨跑", ("running shoes", "running belt")),
    (r"yoga|瑜伽", ("yoga mat", "yoga block")),
    (
        r"(?:the )?gym|fitness|work(?:s|ing)? out|exercis(?:es?|ing)|健身|锻炼|撸铁",
        ("dumbbell", "resistance bands", "jump rope", "yoga mat"),
    ),
    (r"camp(?:s|ing)?|露营", ("tent", "sleeping bag", "camping chair", "headlamp")),
    (
        r"hik(?:es?|ing)|trekking|徒步|爬山|登山",
        ("hiking boots", "hiking backpack", "trekking poles"),
    ),
    (r"cycl(?:es?|ing)|bik(?:es?|ing)|骑车|骑行", ("bicycle", "bike helmet", "bike light")),
    (r"swim(?:s|ming)?|游泳", ("swimwear", "swim goggles")),
    (r"fish(?:es|ing)|angling|钓鱼|垂钓", ("fishing rod", "fishing gear")),
    (
        r"draw(?:s|ing)?|paint(?:s|ing)?|sketching|画画|绘画|素描",
        ("art set", "colored pencils", "sketchbook"),
    ),
    (r"calligraphy|练字|书法", ("fountain pen", "ink")),
    (r"gard(?:ens?|ening)|种花|养花|园艺|种菜", ("garden",)),
    (
        r"(?:video ?)?gam(?:es?|ing)|打游戏|玩游戏|电竞",
        ("gaming headset", "gaming mouse", "mechanical keyboard"),
    ),
    (r"photography|tak(?:es|ing) (?:photos|pictures)|摄影|拍照", ("camera", "tripod")),
    (r"(?:listening to )?music|听歌|听音乐|音乐", ("headphones", "speaker")),
    (r"travel(?:s|l?ing)?|旅行|旅游", ("luggage", "travel pillow", "packing cubes")),
    (r"make-?up|化妆", ("makeup",)),
    (
        r"(?:a |the |new ?|刚生|刚有|新生)*(?:baby|newborn|宝宝)",
        ("baby", "baby products"),
    ),
)  # fmt: skip
_PATTERNS = tuple((re.compile(pattern, re.IGNORECASE), kinds) for pattern, kinds in _FOR)
_DOING = re.compile(
    r"^(?:drinking|eating|playing|watching|wearing|collecting|making|listening to|doing) "
    r"|^(?:喝|吃|看|听|玩|打|踢|养|读|做|泡|品|收集|戴|穿)(?=.)",
    re.IGNORECASE,
)
_ANIMAL = re.compile(
    r"\b(?:cats?|dogs?|pets?|pupp(?:y|ies)|kittens?|kitt(?:y|ies)|rabbits?|hamsters?|parrots?)\b"
    r"|猫|狗|宠物|兔|仓鼠|鹦鹉|铲屎官",
    re.IGNORECASE,
)
_MALE = frozenset(
    {"dad", "father", "husband", "boyfriend", "grandpa", "brother", "uncle", "nephew", "son"}
    | {"grandson", "groomsman", "men", "boys"}
)
_FEMALE = frozenset(
    {"mom", "mother", "new mom", "wife", "girlfriend", "grandma", "sister", "aunt", "niece"}
    | {"daughter", "bridesmaid", "women", "girls"}
)
_YOUNG = frozenset(
    {"son", "daughter", "nephew", "niece", "grandson", "brother", "sister", "cousin", "friend"}
    | {"student", "classmate", "family", "boys", "girls"}
)
"""People who may be children, beside those of whom nothing is known."""


def kinds_for(pastime: str) -> tuple[str, ...]:
    """The kinds of things that are for what somebody likes to do; none for what is not known."""
    found = (kinds for pattern, kinds in _PATTERNS if pattern.fullmatch(pastime.strip()))
    return next(found, ())


def thing_in(pastime: str) -> str:
    """What is liked in doing something: tea in "drinking tea", 茶 in 喝茶."""
    return _DOING.sub("", pastime.strip())


def names_animal(words: Iterable[str]) -> bool:
    """Whether any of the words name an animal that people keep, or who keeps one."""
    return any(_ANIMAL.search(one) for one in words)


def not_for(people: Iterable[str]) -> tuple[str, ...]:
    """What is plainly for somebody else, as values of gender and age: men's for a mother.

    Of people of whom it is not known whether they are men or women, or grown up, nothing is said.
    """
    known = set(people)
    others: list[str] = []
    if known & _MALE and not known & _FEMALE:
        others += ["women", "girls"]
    if known & _FEMALE and not known & _MALE:
        others += ["men", "boys"]
    grown = known & ({"mom", "dad", *_MALE, *_FEMALE} | _GROWN_UP) - _YOUNG
    if grown and not known & _YOUNG:
        others += ["kids", "toddler", "baby"]
    return tuple(others)


_GROWN_UP = frozenset(
    {"parents", "partner", "grandparents", "colleague", "boss", "teacher", "client", "employee"}
    | {"doctor", "nurse", "elders", "neighbor"}
)
