"""Which product is pointed at: "the one at the bottom", "the cheapest", 上一个, 三号, 头一个."""

import re

from intents.references import find_references
from intents.shape import Shape, shape
from intents.types import Reference, SlotValue

_ENDS: tuple[tuple[Reference, re.Pattern[str]], ...] = (
    (
        Reference((-2,)),
        re.compile(
            r"last but one|(?:second|next)[- ](?:to|from)[- ](?:the )?(?:last|end|bottom)|倒数第二"
        ),
    ),
    (
        Reference(extreme="middle"),
        re.compile(r"\bmiddle|\bcent(?:re|er)|中间|当中|正中"),
    ),
    (
        Reference((-1,)),
        re.compile(r"bottom|\blast\b|lowest one|\bright\b|\bend\b|最[末后下底右]|末尾|右边"),
    ),
    (
        Reference((1,)),
        re.compile(r"\btop\b|\bfirst\b|\bleft\b|beginning|头一|最上|最前|最左|左边|开头|首"),
    ),
    (
        Reference(extreme="cheapest"),
        re.compile(
            r"cheapest|least expensive|lowest[- ]?(?:priced?|cost)|最便宜|最低价|价格?最低|最实惠"
        ),
    ),
    (
        Reference(extreme="dearest"),
        re.compile(r"(?:most |the )expensive|priciest|dearest|highest[- ]?priced?|最贵|价格?最高"),
    ),
    (
        Reference(everything=True),
        re.compile(r"^(?:all|each|every|everything|any)\b|^(?:全|都|每|所有|各)"),
    ),
)
_NUMBERS = re.compile(
    r"(?:(?:number|no\.?|nr\.?|#|option|item|第)? ?(?P<n>\d{1,2}|[一二两三四五六七八九十])"
    r" ?(?:号|个|款|样|件|nd|rd|st|th)?)(?: ?(?:,|、|&|\+|/|and|or|vs|和|跟|与|或|还有)? ?|$)"
)
_DIGITS = {sign: place for place, sign in enumerate("一二三四五六七八九十", start=1)} | {"两": 2}
_PRONOUN = re.compile(
    r"(?:the )?(?:same|previous|current|former|latter)(?: (?:one|item|product|thing|pair))?"
    r"|(?:just )?(?:it|its|this|that|them|they|these|those|thing)(?: (?:one|ones|here|there))*"
    r"|(?:this|that|these|those)(?: (?!price|way|case)[a-z]+)?(?: ones?)?(?: (?:here|there))?"
    r"|(?:现在|刚才|刚刚|之前|上面|前面|你)?(?:的|买的?|说的?|看的?|推荐的?)?[这那呢嗰]一?"
    r"(?:单|把|张|盏|辆|架|幅|块|片|根|枚|副|对|样|种|些|位|台|只|支|瓶|盒|袋|包"
    r"|顶|本|部|件|款|个|双|条|套|东西|玩意儿?|货)?|[它佢他她]们?|同款|一样的|上一?[个款件]|前一?[个款件]"
    r"|刚才的?|之前的?"
)
_DESCRIBED = re.compile(
    r"(?:the|that|this) [a-z' -]+ ones?|.+的?[那这]一?[个款双件台条只部本瓶张套盒把]"
)


def read_pointer(aligned: str) -> SlotValue | None:
    """What words point at which are known to point at something shown.

    Returns:
        A reference; the words themselves for a description that only the products can settle
        ("the lighter one"); ``None`` where they are neither.
    """
    prepared = shape(aligned)
    numbered = _numbered(prepared)
    if numbered is not None:
        return numbered
    if _PRONOUN.fullmatch(aligned):
        return Reference()
    for reference, pattern in _ENDS:
        if pattern.search(aligned):
            return reference
    return aligned if _DESCRIBED.fullmatch(aligned) else None


def _numbered(prepared: Shape) -> Reference | None:
    """Places by their numbers alone: "1", "1 and 3", 三号, 1和3."""
    read = find_references(prepared, bare=True)
    if read and isinstance(read[0].value, Reference) and read[0].value != Reference():
        return read[0].value
    places, at = list[int](), 0
    while match := _NUMBERS.match(prepared.aligned, at):
        said = match["n"]
        places.append(_DIGITS.get(said) or int(said))
        at = match.end()
    whole = at == len(prepared.aligned)
    return Reference(tuple(places)) if places and whole and min(places) > 0 else None
