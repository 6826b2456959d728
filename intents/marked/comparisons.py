"""What a comparison compares: "pricier", "slimmer", 高级一些, 大半码, 太笨重."""

import re

# The names that the dialogue acts on, see assistant.state; the first that fits counts.
_MEANT: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "cheaper",
        re.compile(
            r"cheap|less (?:costly|expensive|money|pricey|pricy|dear)|inexpensive|afford"
            r"|(?:too|so|very|bit|quite|rather) (?:costly|expensive|pricey|pricy|dear|steep)"
            r"|lower (?:price|cost)|budget|cost(?:s|ing)? less"
            r"|便宜|实惠|平价|平[啲嘅点]|太贵|[价钱].?低"
        ),
    ),
    (
        "more_expensive",
        re.compile(
            r"pric(?:ier|eyer)|dearer|costlier|more (?:expensive|costly|pricey|exclusive)"
            r"|fanc(?:y|ier)|upmarket|premium|luxur|higher[- ]?(?:price|end)|posher"
            r"|贵|高级|高档|高端|上档次"
        ),
    ),
    ("better_rated", re.compile(r"rated|review|rating|评分|好评|口碑|评价")),
    ("newer", re.compile(r"newer|recent|latest|more modern|up[- ]to[- ]date|later|新")),
    (
        "lighter",
        re.compile(r"lighter|lightweight|less heavy|too heavy|weighs? too|轻|太[重沉]|笨重"),
    ),
    (
        "smaller",
        re.compile(
            r"smaller|tinier|more compact|too (?:big|large|bulky|wide)|size down|less bulky"
            r"|小|太大|太笨|太占地"
        ),
    ),
    ("bigger", re.compile(r"bigger|larger|roomier|too (?:small|tight|tiny)|size up|大|太[小挤紧]")),
)
_COMPARED = re.compile(
    r"(?:^|.* )(?:[a-z]{3,}ier|[a-z]{2,}er|(?:more|less|too|so) [a-z-]+)(?: [a-z]+)?"
    r"|(?:更|再|稍微?|还要|比较|太|偏|过于).+|.+(?:一?点儿?|一?些|啲)的?|.+[一两半]?个?[号码]"
)


def read_comparison(aligned: str) -> str | None:
    """The comparison that words mean which are known to be one.

    Returns:
        A name that the dialogue acts on ("cheaper"), else the words themselves where they have
        the form of a comparison ("slimmer", 厚实些), else ``None``.
    """
    for name, pattern in _MEANT:
        if pattern.search(aligned):
            return name
    return aligned if _COMPARED.fullmatch(aligned) else None
