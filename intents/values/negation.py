"""What is not wanted, and what only points: "not leather", 除了黑色都行, "the blue one"."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import combinations

from intents.shape import Shape
from intents.types import Measure, PriceRange, Role, Slot
from intents.values.demands import DEMANDS

_REFUSABLE = frozenset(
    {
        "product_type", "brand", "color", "size", "material", "pattern", "gender", "age_group",
        "recipient", "occasion", "season", "feature", "compatible_with", "quantity", "reference",
    }
)  # fmt: skip
_POINTABLE = frozenset(
    {"brand", "color", "size", "material", "pattern", "feature", "gender", "price", "measure"}
)

PROPERTIES = frozenset(
    {"brand", "color", "size", "material", "pattern", "gender", "season", "feature"}
)
"""What a kind of thing may be refused for: the black of "no black shoes"."""

_WORDS = r"(?:[\w'-]+ ){0,3}?"
_NOT = re.compile(
    r"(?<![a-z])(?:not(?! (?:only|just|sure|too|so|more|less|over|under|really|bad))(?: (?:a"
    r"|an|any|the|in|made of|from|by|for|with))*"
    r"|no(?! (?:less|problem|worries|thanks|idea|need|matter|one))(?: more)?"
    r"|without(?: any| an?| the)?|nothing (?:in|from|by|with|made of)"
    r"|anything but|everything (?:but|except)|all but|except(?: for| in)?|excluding|exclude"
    r"|(?:any|every|all)(?: [\w'-]+){1,2} but(?: not)?"
    r"|other than|apart from|besides|non|minus|sans"
    r"|rather than|instead of(?: the| a)?|(?:don't|dont|do not|didn't|doesn't|won't) (?:want"
    r"|like|need|include|show me|have|say|mean|care for)(?: (?:any|the|a|an|in|anything|it"
    r"|from))*"
    r"|hate|avoid|skip|allergic to|never|neither|nor|ex)[ -]+(?:(?:the|an?|any|those|these) )?$"
)
_NOT_ZH = re.compile(
    r"(?:不(?:要|想要|喜欢|买|考虑|需要|含|带|用|穿|是|选|爱|能有|想买|吃)|别(?:要|给我|是)?"
    r"(?!的)|除了?|除去|排除|去掉|拒绝|讨厌|不|无|非|没有|没|免)"
    r"(?:那种|这种|任何|什么|有|看|推荐)?$"
)
# Chinese also refuses what it has just named: 胶囊的不要, 红色的就算了.
_REFUSED_AFTER_ZH = re.compile(
    r"(?:色|款|味|家|牌子?)?的?(?:就|都|一律|我|可)*(?:不要|不看|不考虑|不喜欢|不行|不用|不必|算了|免了"
    r"|不作数|不算数|作废)"
    r"[了吧啦]?(?=$|[ ,，。!！、;；])"
    r"|(?:色|款|味|家|牌子?)?的?[以之除]外(?!面)"
)
# What is wanted is added to it: 除了红色以外还要蓝色.
_ADDED_TO = re.compile(
    r"(?:色|款|味|家|牌子?)?的?(?:[以之]?外)?[,， ]*我?[也们]?还(?:想?要|得有?|需要)(?!别|其[他它])"
)
_BESIDES_ZH = re.compile(r"除了?$")
_REFUSED_AFTER = re.compile(
    r"(?: (?:ones?|colou?rs?))? (?:is|are) (?:(?:ruled )?out(?! of\b)|off the table"
    r"|(?:a )?no[- ]go)(?=$|[ ,.!;])"
)
_AND = re.compile(r"(?:,|，|、| |or|and|nor|或者?|和|跟|以及|也|的)*$")
_HAVE_OR_NOT = re.compile(r"有没有?$|有没$|还有没有?$|是不是?$|要不要?$|好不好?$|(\w{1,2})不\1$")
_POINT = re.compile(
    r"(?<![a-z])(?:the|that|this|those|these)(?: [a-z]+)? $|[这那](?:个|款|双|件|台|条|只|部"
    r"|瓶|种|些)$|(?:第\S{1,2}|刚才那?)[个款双件]$"
)


# What follows tells of a thing, and points at none: "mugs that are under $15", "this is red".
_TELLS = re.compile(
    r"(?<![a-z])(?:that|this|these|those|which)"
    r" (?:[a-z]+[^s\W]s|is|has|was|are|were|cost|have|hold|weigh|measure|fit|come|go|can|will) $"
)
_ONE_THAT = re.compile(
    r"(?<![a-z])(?:the|that|this|those|these) ones? (?:that|which)(?:'s| [a-z]+)(?: [a-z]+)? $"
)
_ALL_BUT = re.compile(
    r"(?<![a-z])(?:(?:any|every|all)(?: [\w'-]+){1,2}|anything|everything|all) but(?: not)? $"
)
_CHOSEN_BEFORE = re.compile(
    r"(?<![a-z])(?:(?:only|just|rather|prefer|but|instead)(?: (?:the|an?|in|with))?"
    r"|not (?:the |an? )?[\w'-]+,(?: (?:the|an?))?) $"
    r"|(?<![不别没是])(?<![不别没是][就只想])要$|(?:改|换)成$|不是[^,，。是]+是$"
)
_CHOSEN_AFTER = re.compile(
    r",? (?:ones? )?(?:not|rather than|instead of|than|over)(?: (?:the|an?))? [a-z]"
    r"|的?[ ,，]*(?:不要|别要?|而不[要是]|而非)(?![的吗么了吧])(?=.)"
    r"|(?:家的?|的)?才(?:对|是|行|好)"
)


_REFUSES = re.compile(
    r"(?<![a-z])(?:not?|non|never|nor|neither|nothing|none|without|minus|sans|except\w*"
    r"|exclud\w*|besides|apart|other than|rather|instead|but|avoid\w*|skip\w*|hate\w*|dislike\w*"
    r"|drop|lose|ditch|remove|against|allergic|less|free|\w+n'?t|cannot|out|enough"
    r"|anything else|ex|un\w+|ignore|forget|never ?mind|scrap|scratch|disregard|cancel"
    r"|sick of|tired of|fed up|bored|leave|rid of|pass on|clear of|away from|stop|quit|anti"
    r"|done with|had it|change|switch|swap|replace)(?![a-z])"
    r"|[不别除非无没免拒勿忌禁换错]|讨厌|去掉|排除|[以之]外|换掉|算了|取消"
)
# What has such a word and refuses nothing.
_NO_REFUSAL = re.compile(
    r"(?:不|缺)(?:能|可)(?:少|缺)|少不了|不得不|不错|不限|不好意思|没错|别的|没问题"
    r"|(?<![a-z])(?:no problem|no worries|not (?:only|just)|if not|why not|out there)(?![a-z])"
)


def refuses(shape: Shape) -> bool:
    """Whether any word of a text refuses something."""
    return _REFUSES.search(_NO_REFUSAL.sub(" ", shape.aligned)) is not None


def is_chosen(shape: Shape, start: int, end: int) -> bool:
    """Whether a place is what is wanted beside something refused: "pine not plastic", 要X不要Y."""
    before, after = shape.aligned[max(0, start - 40) : start], shape.aligned[end:]
    if _ADDED_TO.match(after) and _BESIDES_ZH.search(before):
        return True
    if _NOT_ZH.search(before) or _ALL_BUT.search(before):
        return False
    if re.search(r"(?<![a-z])(?:no|not|without) $", before):
        return False
    return bool(_CHOSEN_BEFORE.search(before) or _CHOSEN_AFTER.match(after))


def with_roles(shape: Shape, slots: Iterable[Slot]) -> list[Slot]:
    """The slots with their roles: ``exclude`` after a "not", ``reference`` for "the red one".

    A refusal carries over "or" and "and": "no leather or suede" refuses both, and so does
    红色和黑色的不要.
    """
    ordered = sorted(slots, key=lambda slot: (slot.start, slot.end))
    done: list[Slot] = []
    for slot in ordered:
        role = _role(shape, slot, done)
        done.append(slot if role == slot.role else replace(slot, role=role))
    return _carried_back(shape, done)


def _carried_back(shape: Shape, slots: list[Slot]) -> list[Slot]:
    """The slots with what a refusal behind the last of a list refuses as well."""
    done = slots[-1:]
    refused = bool(done) and _refused_after(shape, done[0])
    for slot in reversed(slots[:-1]):
        listed = refused and slot.role == "include" and _joined(shape, slot, done[0])
        listed = listed and done[0].role == "exclude"
        refused = listed or _refused_after(shape, slot)
        done.insert(0, replace(slot, role="exclude") if listed else slot)
    return done


_BUT = re.compile(r"\b(?:but|except|excluding|exclude|other than|apart|besides|than|of)\b|除")


def with_kinds_kept(shape: Shape, slots: Sequence[Slot]) -> tuple[Slot, ...]:
    """The slots, a kind behind what is refused of it wanted: 不要皮的包, "no black shoes".

    Where another kind is wanted it stays refused: "not the black shoes, the boots".
    """
    if any((slot.name, slot.role) == ("product_type", "include") for slot in slots):
        return tuple(slots)
    done: list[Slot] = []
    for slot in slots:
        kind = (slot.name, slot.role) == ("product_type", "exclude")
        kept = kind and _is_had_away(shape, done, slot)
        done.append(replace(slot, role="include") if kept else slot)
    return tuple(done)


def _is_had_away(shape: Shape, before: Sequence[Slot], kind: Slot) -> bool:
    """Whether the values right before a kind are what is not wanted of it."""
    if not before or not _OF_KIND.fullmatch(shape.aligned, before[-1].end, kind.start):
        return False
    following = before[-1]
    for slot in reversed(before):
        listed = slot is following or _joined(shape, slot, following)
        if not listed or slot.role != "exclude" or slot.name not in PROPERTIES:
            return False
        said = shape.aligned[max(0, slot.start - 40) : slot.start]
        refusal = _NOT.search(said) or _NOT_ZH.search(said)
        if refusal:
            return _BUT.search(refusal.group()) is None
        following = slot
    return False


_OF_KIND = re.compile(r" ?|色?的")


_INTO = re.compile(
    r"(?:的|太[大小长短紧松肥瘦]了?|[,， ]|帮我|给我|我?[想要])*"
    r"(?:换成?|[换改]为|[改变]成?|[减加改]到)[个件]?"
    r"|,? (?:is |was )?(?:too \w+)?,? ?"
    r"(?:(?:please )?(?:swap|change|exchange)(?: it)? (?:to|for|into)|down to|up to)(?: an?| the)? "
)


def with_replaced(shape: Shape, slots: Sequence[Slot]) -> tuple[Slot, ...]:
    """The slots, what another of its kind takes the place of excluded: "L太大 换成M"."""
    swapped = [
        old
        for old, new in combinations(slots, 2)
        if old.name == new.name and old.name in _REFUSABLE and old.role == new.role == "include"
        if _INTO.fullmatch(shape.aligned, old.end, new.start)
    ]
    return tuple(replace(slot, role="exclude") if slot in swapped else slot for slot in slots)


_SKIPS = re.compile(
    r"(?<![a-z])(?:skip|exclude|ignore|avoid|drop|leave out|don'?t show(?: me)?)"
    r" (?:anything|everything|all|any|those|the ones|ones|what)(?: that)?(?: is| are|'s)? $"
)


def turned_round(shape: Shape, slot: Slot) -> Slot:
    """An amount whose one bound is refused: 超过200的不看, "skip anything over 5 kg".

    A price becomes what is left, 200 and less: a filter has no prices to leave out.
    """
    amount = slot.value
    if not isinstance(amount, PriceRange | Measure):
        return slot
    bounded = (amount.minimum is None) != (amount.maximum is None)
    skipped = _SKIPS.search(shape.aligned[: slot.start])
    if not bounded or not (skipped or _refused_after(shape, slot)):
        return slot
    if isinstance(amount, PriceRange):
        amount = replace(amount, minimum=amount.maximum, maximum=amount.minimum)
    return replace(slot, value=amount, role="exclude")


_ADJECTIVE = re.compile(
    r"(?:太|特别|很|(?:no|nothing|not|too|very|so|the|an?|any|that) )*"
    r"(?:(?P<cheap>便宜|廉价|低价|cheap|inexpensive)|(?P<dear>昂?贵|高价|expensive|pricey|dear))"
    r"(?:的|货|款| ones?)*"
)
_UNWANTED_ZH = re.compile(
    r"(?:不(?:要|想要|想买|看|买|考虑|喜欢)|别(?:要|给我看?|看|推荐)?)"
    r"(?:给我|推荐|那么|这么|太|特别|很|[那这]种|任何|什么)*$"
)
_UNWANTED = re.compile(
    r"(?<![a-z])(?:nothing|no|not (?:too|so|that)|skip|avoid|hate"
    r"|(?:don't|dont|do not) (?:want|like|need|show me|give me))"
    r"(?: (?:any|anything|something|the|those|these|an?|too|very|so|that))* $"
)


_ASKED = re.compile(r"[?？吗么嘛] *$")


def opposed(shape: Shape, slot: Slot) -> Slot:
    """What is cheap or dear and refused as a wish for the opposite: 便宜的不要, "nothing cheap"."""
    raw = shape.aligned[slot.start : slot.end]
    said = _ADJECTIVE.fullmatch(raw) if slot.name in ("comparative", "sort_key") else None
    if said is None:
        return slot
    group = said.lastgroup or ""
    before = shape.aligned[: slot.start + said.start(group)]
    after = shape.aligned[slot.start + said.end(group) :]
    unwanted = _UNWANTED.search(before) or _UNWANTED_ZH.search(before)
    asked = _HAVE_OR_NOT.search(before) or _ASKED.search(after)
    refused = _REFUSED_AFTER_ZH.match(after) or _REFUSED_AFTER.match(after)
    if not refused and (asked or not unwanted):
        return slot
    other = "more_expensive" if group == "cheap" else "cheaper"
    turned = replace(slot, name="comparative", value=other, role="include")
    start = slot.start
    if unwanted and not refused:
        start = min(start, start + said.start(group) - len(unwanted[0]))
    end = slot.start + said.end(group) + refused.end() if refused else slot.end
    raw = shape.raw[start:end].rstrip()
    return replace(turned, raw=raw, start=start, end=start + len(raw))


def _role(shape: Shape, slot: Slot, before: list[Slot]) -> Role:
    if slot.role != "include":
        return slot.role
    if slot.name in _REFUSABLE and (_refused(shape, slot) or _carried(shape, slot, before)):
        return "exclude"
    return "reference" if slot.name in _POINTABLE and _pointed(shape, slot) else "include"


def _refused(shape: Shape, slot: Slot) -> bool:
    """Whether a word of refusal stands right before the slot, or words of it right after."""
    if _refused_after(shape, slot):
        return True
    before = shape.aligned[max(0, slot.start - 40) : slot.start]
    if _NOT.search(before):
        return True
    if _BESIDES_ZH.search(before) and _ADDED_TO.match(shape.aligned, slot.end):
        return False
    return bool(_NOT_ZH.search(before)) and not _HAVE_OR_NOT.search(before)


_LACKING = re.compile(
    r"(?:(?<!有)没有?|不带|不含|无)(?:任何|什么)?$|(?<![a-z])without (?:any |an? |the )?$"
)


def is_lacking(shape: Shape, slot: Slot) -> bool:
    """Whether a thing is wished for without what a slot says, whoever knows it: 没有花纹的T恤."""
    lacking = slot.name in PROPERTIES and _LACKING.search(shape.aligned[: slot.start])
    return bool(lacking) and not _ASKED.search(shape.aligned)


def _refused_after(shape: Shape, slot: Slot) -> bool:
    after = shape.aligned[slot.end :]
    if _ADDED_TO.match(after):
        return False
    return bool(_REFUSED_AFTER_ZH.match(after) or _REFUSED_AFTER.match(after))


def _carried(shape: Shape, slot: Slot, before: list[Slot]) -> bool:
    """Whether an earlier refusal goes on: "no wool or silk", 不要红色和黑色, 不要黑白."""
    return bool(before) and before[-1].role == "exclude" and _joined(shape, before[-1], slot)


def _joined(shape: Shape, first: Slot, second: Slot) -> bool:
    """Whether two values of one kind stand in one list, colours in Chinese without a sign."""
    between = shape.aligned[first.end : second.start]
    if first.name != second.name:
        return False
    return _IN_LIST.fullmatch(between) is not None or (not between and first.name == "color")


_IN_LIST = re.compile(r" *(?:or|and|nor|或者?|和|跟|、|以及|/) *")


_POINTED_ZH = re.compile(rf"的?[这那](?:个|款|双|件|台|条|只|部|瓶)(?!{DEMANDS.pattern})")


def _pointed(shape: Shape, slot: Slot) -> bool:
    """Whether the slot tells which of the shown products is meant."""
    before, after = shape.aligned[max(0, slot.start - 24) : slot.start], shape.aligned[slot.end :]
    if _ONE_THAT.search(before):
        return True
    english = (
        not _TELLS.search(before)
        and _POINT.search(before)
        and re.match(r" (?:one|ones|pair)(?![a-z])|$", after[:6])
    )
    chinese = re.search(r"[这那](?:个|款|双|件|台|条|只|部|瓶|种)$", before) and re.match(
        r"的|$|色", after[:1]
    )
    return bool(english or chinese or _POINTED_ZH.match(after))
