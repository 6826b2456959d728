"""What words turn down a product that was shown: that it is had already, or not liked. Pure.

"I already have the first one", 这个她家里有了, "I don't like that one", and the wish for others:
"show me something else", 换一批.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from intents.numbers import align

Kind = Literal["has", "bought", "dislikes", "refuses", "others", "nothing", "else"]

_CUT = re.compile(
    r"\s*(?:[,，、;；。!！?？~～…\n]|\.(?!\d))+\s*|\s*(?:但是?|所以|不过)\s*"
    r"|\s+(?:so|but|and|then)\s+(?=(?:show|give|what|any|how|find|recommend|suggest|can|could|do|is"
    r"|are|let|add|compare|please|i|we|she|he|they|my)\b)"
)
_LONGEST = 100
"""A longer clause says more than that."""

_PERSON = (
    r"(?:(?:and|but|cos|because|since|as|well|actually|oh|sorry|no|hmm+|unfortunately|thanks) )*"
    r"(?:i|we|he|she|they|mum|mom|dad|(?:my|our|his|her) [a-z]+(?: [a-z]+)?)"
)
_ADVERBS = r"(?: (?:already|actually|also|both|just|even|really|do|does|always|certainly))*"
_PLACE = r"(?:the |number |no\.? |option |item |#)[\w$€£¥'. -]{1,60}?"
_THING = (
    r"(?P<thing>(?:this|that|these|those)(?: (?:one|ones|item|product|pair|two|three))?|it|them"
    rf"|one|both(?: of (?:them|these|those))?|all of (?:them|these|those)|{_PLACE})"
)
_THING_FIRST = _THING.replace("|it|them|one|", "|it|them|")
_WHEN = (
    r"(?: (?:already|now|too|as well|myself|at home|before|recently|ages ago|from you|thanks|though"
    r"|last (?:week|month|year|time|spring|summer|autumn|winter|christmas)|in the past"
    r"|a (?:week|month|year|while) (?:ago|back)|(?:like|just like) (?:it|this|that)(?: one)?))*"
)
_MUCH = r"(?: (?:much|at all|that much|very much|so much|either|really|though|sorry|thanks))*"

_AUX = r"(?:'ve|'s|'d| have| has| had)?"
_HAS_EN = (
    rf"{_PERSON}{_ADVERBS} (?:have|has|own|owns) {_THING}{_WHEN}",
    rf"already (?:have|own) {_THING}{_WHEN}",
    rf"(?:have|own) {_THING}(?: at home)? already",
    rf"{_THING_FIRST}(?:,? (?:which|that))? {_PERSON}{_ADVERBS} (?:have|has|own|owns){_WHEN}",
)
_GOT = r"(?:got|bought|purchased)"
_BOUGHT_EN = (
    rf"{_PERSON}{_AUX}{_ADVERBS} {_GOT} {_THING}{_WHEN}",
    rf"already {_GOT} {_THING}{_WHEN}",
    rf"got {_THING}(?: at home)? already",
    rf"{_THING_FIRST}(?:,? (?:which|that))? {_PERSON}{_AUX}{_ADVERBS} {_GOT}{_WHEN}",
)
_LIKES = r"(?:like|love|fancy|care for|dig)"
_DISLIKES_EN = (
    rf"{_PERSON} (?:do not|don't|dont|does not|doesn't|didn't)(?: (?:really|particularly|quite"
    rf"|much|even))* {_LIKES} {_THING}{_MUCH}",
    rf"don't (?:really )?{_LIKES} {_THING}{_MUCH}",
    rf"{_PERSON}(?: (?:really|kind of|kinda))* (?:dislikes?|hates?) {_THING}{_MUCH}",
    rf"(?:{_PERSON}(?:'m|'re|'s| am| is| are) )?not (?:really |that |so )?(?:a (?:big )?fan of"
    rf"|keen on|into|sold on|crazy about) {_THING}{_MUCH}",
    rf"{_THING_FIRST}(?: is|'s| are|'re)(?: not|n't)(?: (?:really|quite))* (?:for (?:me|us|him|her"
    r"|them)|(?:my|our|his|her) (?:style|taste|thing|cup of tea)|what (?:i|we)(?:'m|'re| am| are)"
    rf" (?:looking for|after)){_MUCH}",
)
_REFUSES_EN = (rf"(?:no,? )?(?:not|(?:i )?don't want) {_THING}",)

_OTHER_EN = (
    r"(?:(?:some |any |a )*(?:other|different|new)"
    r" (?:ones?|options?|ideas?|suggestions?|recommendations?|products?|things?|items?|set|batch"
    r"|results)|(?:the )?next (?:ones|set|batch)|(?:some |any )?others"
    r"|(?:something|anything) (?:else|different|new"
    r"|(?:(?:a (?:bit|little)|even) )?more (?:special|unusual|unique|original|interesting"
    r"|creative)))"
)
_FOR_EN = (
    r"(?:[ ,]+(?:please|pls|then|now|instead|though|too|for (?:me|him|her|them|us)|to (?:show|see)"
    r"|(?:that |which )?you(?:'d| would| can)? (?:recommend|suggest)|you have|in mind|thanks))*"
)
_ASK_EN = (
    r"(?:(?:ok|okay|so|then|and|please|now|well|can you|could you|would you|will you|can i|could i"
    r"|i'd like to|i want to|let me|let's) )*"
    r"(?:(?:show|give|recommend|suggest|find|try|see|get|bring|offer|have|look at|do you have"
    r"|have you got|is there|are there|what about|how about|got)(?: me| us)? )?"
)
_OTHERS_EN = (
    rf"{_ASK_EN}{_OTHER_EN}{_FOR_EN}",
    r"(?:and |so |ok |okay )?what else"
    r"(?: (?:do you have|have you got|is there|(?:can|do|would) you (?:recommend|suggest|have)))?",
    r"(?:please )?(?:show|give|recommend|suggest|find)(?: me| us)?"
    r" (?:another(?: one)?|(?:some )?more)(?: please| instead)?",
)

_CL = r"[个款件双台条只口部本瓶张套盒样把支盏块顶辆包]"
_THING_ZH = (
    rf"(?P<thing>第[一二两三四五六七八九十\d]+{_CL}?|最[前后上下]面?的?那?{_CL}"
    rf"|[前后][两二三四\d]{_CL}|[这那][一两几三]?{_CL}|[这那]些|它们?|这|那"
    rf"|[^，,。]{{1,10}}?的?[这那]{_CL}|[这那]{_CL}[^，,。]{{1,8}}?的)"
)
_KIN = (
    r"(?:妈妈?|爸爸?|爹|娘|老婆|老公|太太|先生|爱人|媳妇|女?男?朋友|女友|男友|对象|同事|同学|闺蜜|哥们?"
    r"|哥哥|弟弟|姐姐?|妹妹?|儿子|女儿|孩子|宝宝|爷爷|奶奶|外公|外婆|老师|领导|老板|客户|室友)"
)
_WHO_ZH = rf"(?:(?:因为|可|可是|但|其实|不好意思)*(?:我|咱|她|他|您|人家)们?的?{_KIN}?|{_KIN})"
_SINCE = (
    r"(?:已经|早已|早就|早|之前|以前|上次|上回|上个?月|上周|上个?星期|去年|前年|今年|前阵子|前段时间"
    r"|前几天|最近|刚刚?|本来|原来就?|家里?面?|家中|手上|手里|手头|自己|都|就|也|其实)"
)
_HAS_ZH = (
    rf"{_THING_ZH}(?:{_WHO_ZH}|{_SINCE})*有(?:过|一{_CL}|同款)?了",
    rf"{_THING_ZH}(?:{_WHO_ZH}|{_SINCE})*(?:已经|早就|本来就|家里?)都?有(?:一{_CL}|同款)?",
    rf"(?:{_WHO_ZH}|{_SINCE})+(?:有|拥有)了?{_THING_ZH}了",
    rf"(?:{_WHO_ZH}|{_SINCE})*(?:已经|早就)有了?{_THING_ZH}",
    rf"(?:{_WHO_ZH}|{_SINCE})+有(?:一{_CL}|同款|一样的)?了",
    rf"(?:{_WHO_ZH}|{_SINCE})*(?:已经|早就|家里?)有(?:一{_CL}|同款|一样的)",
)
_BOUGHT_ZH = (
    rf"{_THING_ZH}(?:{_WHO_ZH}|{_SINCE})*(?:买|入手?|用)过了?",
    rf"{_THING_ZH}(?:{_WHO_ZH}|{_SINCE})*{_SINCE}(?:{_WHO_ZH})?(?:买|入手?)(?:过|了)",
    rf"(?:{_WHO_ZH}|{_SINCE})+(?:买|入手?|用)过了?{_THING_ZH}了?",
    rf"(?:{_WHO_ZH}|{_SINCE})*(?:已经|早就)买了{_THING_ZH}",
    rf"(?:{_WHO_ZH}|{_SINCE})*(?:买|入手?)过了?",
)
_NOT_LIKED = (
    r"(?:不太|不怎么|不是很|不是特别|不大|不|没有?)(?:喜欢|中意|感冒|感兴趣|看[得]?上|看中|相中)"
    r"|看不上|不是(?:我|她|他)的(?:菜|风格)|不合(?:我|她|他)?的?(?:口味|胃口|心意|眼缘)|不对(?:我|她|他)?胃口"
)
_REALLY_ZH = r"(?:真的?|实在|都|也|并|其实|感觉|觉得|可能|应该|会)*"
_DISLIKES_ZH = (
    rf"{_THING_ZH}(?:{_WHO_ZH})?{_REALLY_ZH}(?:{_NOT_LIKED})[了呢啊呀]?",
    rf"(?:{_WHO_ZH})?{_REALLY_ZH}(?:不太|不怎么|不是很|不)(?:喜欢|中意){_THING_ZH}[了呢啊呀]?",
)
_REFUSES_ZH = (rf"(?:不要|不是|别要|不想要){_THING_ZH}了?", rf"{_THING_ZH}(?:不要|不用)了?")

_FEW = rf"(?:一?些|一?点|几{_CL}|一{_CL}|一[批组下]|[两二三]{_CL}|{_CL})"
_NEW_ZH = r"(?:别的|其他的?|其它的?|另外的?|不一样的?|不同的?|没看过的?)"
_SPECIAL = r"更?(?:特别|独特|别致|有意思|有创意|与众不同|少见|新奇|新颖)一?[点些]?儿?的?"
_END_ZH = r"(?:看一?[看下]|瞧瞧|推荐|商品|东西|礼物|选择|款|给我|可以推荐|[吗么嘛呢吧呗呀啊的看])*"
_ASK_ZH = r"(?:那么?|再|请|麻烦|帮我|给我|能不能|可以|你|您|就|我想|想|要|给|还|也)*"
_OTHERS_ZH = (
    rf"{_ASK_ZH}换(?:{_FEW}|一换|换)?{_NEW_ZH}?{_END_ZH}",
    rf"{_ASK_ZH}(?:有没有|有|来|看看?|推荐|介绍|找找?|挑|选)(?:我|一下|下)*{_FEW}?(?:{_NEW_ZH}|{_SPECIAL}){_END_ZH}",
    rf"(?:那么?)?(?:再|还)(?:给我|帮我)?(?:来|推荐|介绍|找|看看?)(?:我|一下|下)*{_FEW}{_NEW_ZH}?{_END_ZH}",
    rf"{_NEW_ZH}(?:{_END_ZH}|有吗|有没有)|还有(?:没有)?{_NEW_ZH}?{_END_ZH}",
)
_NOTHING = (
    r"(?:no|nope|oh|hmm+|sorry|thanks|thank you|please|ok|okay|well|actually|nah|hi|hey|great|nice"
    r"|cool|不|不行|不用了|不要|不好意思|谢谢|谢了|好的?|嗯+|呃|哦|额|那个?|算了)?",
)


_OTHERS = "|".join((*_OTHERS_EN, *_OTHERS_ZH))


def _followed(*groups: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    """Patterns of clauses after which others may be asked for without a mark between."""
    return tuple(
        re.compile(rf"(?:{one})(?: ?(?P<others>{_OTHERS}))?") for group in groups for one in group
    )


_KINDS: tuple[tuple[Kind, tuple[re.Pattern[str], ...]], ...] = (
    ("others", (re.compile(_OTHERS),)),
    ("nothing", (re.compile(_NOTHING[0]),)),
    ("has", _followed(_HAS_EN, _HAS_ZH)),
    ("bought", _followed(_BOUGHT_EN, _BOUGHT_ZH)),
    ("dislikes", _followed(_DISLIKES_EN, _DISLIKES_ZH)),
    ("refuses", _followed(_REFUSES_EN, _REFUSES_ZH)),
)
_ELSEWHERE = re.compile(
    r"\b(?:carts?|baskets?|bags?|trolley|orders?|mind|wish ?list)\b|购物车|订单"
)
_ASKS = re.compile(r"\s*[?？]")


@dataclass(frozen=True, slots=True)
class Part:
    """One clause of a message: what it does, and the ``thing`` it speaks of, "" for none.

    ``others`` says that it asks for others too; ``text`` are its own words.
    """

    kind: Kind
    text: str
    thing: str = ""
    others: bool = False


def parts_of(text: str) -> list[Part]:
    """The clauses of a message in order, each with what it does."""
    return list(_parts(text))


def _parts(text: str) -> Iterator[Part]:
    aligned, start = align(text), 0
    cuts = [cut.span() for cut in _CUT.finditer(aligned)]
    for end, following in [*cuts, (len(text), len(text))]:
        if start < end:
            asks = _ASKS.match(aligned, end) is not None
            yield _part(text[start:end].strip(), aligned[start:end].strip(), asks)
        start = following


def _part(text: str, aligned: str, asks: bool) -> Part:
    """A clause by itself; what is asked ("do I have it?", 这个我买过？) is nothing that is told."""
    for kind, patterns in _KINDS if len(aligned) <= _LONGEST else ():
        for pattern in patterns:
            match = pattern.fullmatch(aligned)
            if match is None or (asks and kind not in ("others", "nothing")):
                continue
            found = match.groupdict()
            thing = found.get("thing") or ""
            if not _ELSEWHERE.search(thing):
                others = kind == "others" or bool(found.get("others"))
                return Part(kind, text, thing, others)
    return Part("else", text)
