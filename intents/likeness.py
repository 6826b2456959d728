"""``something like X but Y``, 类似X但是Y的: what is meant, and what is wished besides."""

import re
from dataclasses import dataclass

_THINGS = (
    r"(?:something|anything|some|any|more|another|others?|ones?|things?|stuff|films?|movies?|books?"
    r"|novels?|songs?|albums?|music|bands?|games?|shows?|series|videos?|products?|items?)"
)
_ENGLISH = re.compile(
    rf"\b{_THINGS}(?: (?:that|which)(?: is| are|'s))? (?:much |just |more |very )?"
    r"(?:like|similar to|along the lines of|in the style of) (?P<rest>.+)",
    re.IGNORECASE | re.DOTALL,
)
_BEGINS = re.compile(
    r"\W*(?:similar to|along the lines of|in the style of) (?P<rest>.+)",
    re.IGNORECASE | re.DOTALL,
)
_QUOTED = re.compile(r"《(?P<a>[^《》]+)》|“(?P<b>[^“”]+)”|\"(?P<c>[^\"]+)\"")
QUOTES = ' 《》“”"'
"""What may stand around a name."""
_LIKE = re.compile(r"类似|相似|差不多|像|那样|这样的|风格|\blike\b|\bsimilar\b", re.IGNORECASE)
_CHINESE = re.compile(
    r"类似(?:于|跟|和)?(?!的)(?P<a>[^，。！？,.!?]{2,40}?)(?=但|不过|只是|而且|的|[，。！？,.!?]|$)"
    r"|像(?P<b>[^，。！？,.!?]{2,40}?)(?:一样|那样|这样|差不多)的"
    r"|像(?P<d>[^，。！？,.!?]{2,40}?)(?=但|不过|只是)"
    r"|(?:跟|和|与)(?P<c>[^，。！？,.!?]{2,40}?)(?:差不多|类似|相似)的"
)
_WORKS = re.compile(
    r"\b(?:films?|movies?|books?|novels?|songs?|albums?|bands?|games?|shows?|series)\b"
    r"|电影|影片|片子|书|小说|歌|专辑|乐队|剧|动画|动漫|游戏|综艺",
    re.IGNORECASE,
)
_TITLE = re.compile(r"(?:[A-Z0-9][\w'’.:-]*)(?: (?:[A-Z0-9&][\w'’.:-]*|of|the|and|in|to|a|an|on))*")
_ENDS = re.compile(
    r"\s*(?:[,;.!?]|\b(?:but|only|except|though|although|with|without|that|which|please|and)\b)",
    re.IGNORECASE,
)
_POINTING = re.compile(
    r"(?:this|that|these|those|it|them|the (?:first|second|third|fourth|fifth|last|other|one|"
    r"(?:red|blue|black|white|green) one)|what|number|no\b|mine|my|his|her|our|your|their)\b"
    r"|.*\bones?\b|[这那它此上]|第|前|后|刚|我|你|他|以前|之前|.*[这那](?:个|款|条|件|种|双|盏|只|台)|.*[图款价]",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Likeness:
    """What something is to be like.

    Args:
        names: How it may be called, the most likely first: where a name ends is not certain.
        besides: What is wished besides, after the shortest name; "" for nothing.
        quoted: Whether the name stands in quotes, so that it is one and ends there.
    """

    names: tuple[str, ...]
    besides: str = ""
    quoted: bool = False


def read_likeness(text: str) -> Likeness | None:
    """The named thing that something is to be like; ``None`` for words that only point.

    "Gone with the Wind but shorter" may be called so up to any of its "with" and "but"; names in
    quotes are certain.
    """
    quoted = _QUOTED.search(text)
    if quoted is not None and _LIKE.search(text):
        title = next(one for one in quoted.groups() if one)
        return Likeness((title.strip(),), _besides(text[quoted.end() :]), quoted=True)
    english = _ENGLISH.search(text) or _BEGINS.match(text)
    if english is not None:
        return _of_rest(english["rest"].strip())
    chinese = _CHINESE.search(text)
    found = chinese.groups() if chinese is not None else ()
    name = next((one for one in found if one), "").strip()
    if chinese is not None and name and not _POINTING.match(name):
        return Likeness((name,), _besides(text[chinese.end() :]))
    return None


def names_a_work(text: str) -> bool:
    """Whether a likeness is beyond doubt: to a name in quotes, a title, or among films and books.

    "Something like duck egg blue" describes, and what is like the shop's picture complains.
    """
    said = read_likeness(text)
    if said is None:
        return False
    quoted = _QUOTED.search(text) is not None
    return quoted or bool(_WORKS.search(text)) or bool(_TITLE.fullmatch(said.names[-1]))


def _of_rest(rest: str) -> Likeness | None:
    if _POINTING.match(rest):
        return None
    ends = [match for match in _ENDS.finditer(rest) if match.start()]
    cuts = [rest, *(rest[: match.start()] for match in reversed(ends))]
    names = tuple(dict.fromkeys(cut.strip() for cut in cuts if cut.strip()))
    besides = rest[ends[0].start() :] if ends else ""
    return Likeness(names, _besides(besides)) if names else None


_GOES_WITH = re.compile(
    r"\bwhat(?:'?s| would| could| can)? (?:go(?:es)?|pairs?)(?: (?:well|good|best|along))?"
    r" with (?P<en>.+?)[\s?!.]*"
    r"|(?P<zh>[^，。！？,.!?]{2,40}?)(?:可以|能|适合|一般)?(?:搭配?|配)(?:着?点?)?(?:什么|啥)"
    r"(?:比较|最|更)?(?:好|合适)?[呢啊呀]?\W*",
    re.IGNORECASE,
)


def read_companion(text: str) -> Likeness | None:
    """The named thing that others are to go with: "what goes with Heat?", 《盗火线》配什么.

    An English name must be written as one or stand in quotes; ``None`` for words that only point.
    """
    said = _GOES_WITH.fullmatch(text.strip())
    if said is None:
        return None
    name = said["en"] or said["zh"]
    bare = name.strip(' 《》"“”')
    quoted = _QUOTED.fullmatch(name) is not None
    written = said["zh"] or (bare[:1].isupper() and _TITLE.fullmatch(bare))
    named = quoted or (written and not _POINTING.match(bare))
    return Likeness((bare,), quoted=quoted) if named else None


_BARE = re.compile(
    r"\W*(?P<en>[^,;.!?]+?),? (?:but|only|just) (?P<wish>.+)"
    r"|(?P<zh>[^，。！？,.!?]{2,40}?)[，, ]?(?:但是?|不过|只是)(?P<zh_wish>.+)",
    re.DOTALL,
)


def read_bare_likeness(text: str) -> Likeness | None:
    """The likeness to what may be a name with nothing before it: "Heat but shorter".

    Whether it is one only the titles of the shop can tell: "good but too dear" is none.
    """
    said = _BARE.fullmatch(text.strip())
    if said is None:
        return None
    name, wish = said["en"] or said["zh"], said["wish"] or said["zh_wish"]
    return None if _POINTING.match(name) else Likeness((name.strip(' 《》"“”'),), _besides(wish))


_JOINING = re.compile(
    r"^[\s,;.!?，。！？]*(?:but|only|and|though|although|with|that is|that's|which is|please|more"
    r"|那样|这样|一样|差不多|风格|但是?|不过|只是|而且|并且|还要|要|的|是|更)*[\s,，]*",
    re.IGNORECASE,
)
_TRAILING = re.compile(
    r"(?:一?点|一些)?的?(?:电影|影片|片子|书|音乐|歌|游戏|东西|商品)?[吗呢吧]?[\s.!?。！？]*$"
)


def _besides(words: str) -> str:
    """The wishes without what joins them to the name."""
    return _TRAILING.sub("", _JOINING.sub("", words)).strip()
