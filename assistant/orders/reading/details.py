"""The small answers: yes and no, the second one, a reason, a way to pay, an order's number."""

import re
from collections.abc import Iterable, Sequence
from typing import Literal

from assistant.orders.reading.requests import ORDER_NUMBER
from assistant.orders.rules import Reason
from assistant.purchases import Order, PaymentMethod

_YES = re.compile(
    r"\b(?:yes|yeah|yep|yup|ya|yea|sure|ok|okay|okey|confirm(?:ed)?|correct|right|absolutely"
    r"|definitely|certainly"
    r"|of course|go ahead|go for it|please do|do (?:it|that|so)|proceed|sounds? (?:good|great"
    r"|right|fine)"
    r"|(?:looks?|that.?s|it.?s|all) (?:good|great|right|fine|correct|perfect)|perfect|agreed?"
    r"|approved?|affirmative|by all means|make it so|i do|exactly)\b"
    r"|是的?|对的?|好[的啊呀嘞哒]?|可以|行的?|没错|没问题|确认|确定|同意|嗯+|恩|办吧|就这样|就这么办|请办理|照办|正确|当然|继续"
)
_NO = re.compile(
    r"\b(?:no|nope|nah|not|dont|never|cancel that|stop|forget (?:it|about)"
    r"|never ?mind|leave it|keep (?:it"
    r"|them|the order|everything|my)"
    r"|chang(?:ed|ing) my mind|nevermind|decline|rather not)\b|n.t\b"
    r"|不[^错]?|别|算了|放弃|先等|没有"
)
_DOUBT = re.compile(
    r"\b(?:but|wait|hold|unless|if|before|first|actually|instead|hmm+|maybe|perhaps|i think"
    r"|what|why|how|when|which|who"
    r"|only|except|later|not sure|also|another|different|rather)\b"
    r"|\b(?:can|could|would|should|is|are|does|do|will) (?:i|you|it|we|that|this|there|they)\b"
    r"|[?？]|吗|呢|等等|等一下|稍等|但|如果|怎么|为什么|还是|多少|什么|先|要是|考虑|想想|另外"
)
_COURTESY = re.compile(
    r"\b(?:if you (?:can|could|please|would)|what i want(?:ed)?|(?:can|could|would"
    r"|will) you(?: please)?(?= (?:go|do|proceed|process|make|cancel|return|exchange|change"
    r"|update|submit|complete|finali[sz]e))|thank you|thanks)\b"
    r"|谢谢|麻烦|先这样"
)
_ORDINALS = (
    r"\b(?:first|1st|number (?:1|one)|option (?:1|one)|no\.? ?1)\b|第一|^\W*1\W*$|^\W*one\W*$|1号",
    r"\b(?:second|2nd|number (?:2|two)|option (?:2|two)|no\.? ?2)\b|第二|^\W*2\W*$|^\W*two\W*$|2号",
    r"\b(?:third|3rd|number (?:3|three)|option (?:3|three)|no\.? ?3)\b|第三|^\W*3\W*$"
    r"|^\W*three\W*$|3号",
    r"\b(?:fourth|4th|number (?:4|four)|option (?:4|four))\b|第四|^\W*4\W*$|4号",
    r"\b(?:fifth|5th|number (?:5|five)|option (?:5|five))\b|第五|^\W*5\W*$|5号",
    r"\b(?:sixth|6th|number (?:6|six)|option (?:6|six))\b|第六|^\W*6\W*$|6号",
)
_PICKS = tuple(re.compile(pattern) for pattern in _ORDINALS)
_LAST = re.compile(r"\b(?:the )?last (?:one|option)\b|最后一?个")
_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "gift_card",
        re.compile(
            r"gift[\s_-]*(?:card|certificate|voucher)s?|\bgc\b|\bvoucher\b|(?:store|shop"
            r"|website|site) credit|礼品卡|礼物卡|购物卡|储值卡|礼卡"
        ),
    ),
    ("paypal", re.compile(r"pay[\s_-]*pal|\bpp\b|贝宝")),
    (
        "credit_card",
        re.compile(
            r"(?:credit|debit|bank)[\s_-]*card|\bvisa\b|\bmaster[\s-]*card\b|\bamex\b"
            r"|american express|信用卡|银行卡|借记卡|万事达|维萨"
        ),
    ),
)
_BARE_CARD = re.compile(r"(?<!gift )(?<!sd )(?<!cf )\bcard\b|(?<![礼品物购储值sdf])卡(?!路)")
_TO_CARD = re.compile(r"\b(?:to|with|on|using|use|by|via) (?:my|the) card\b|(?:退到|用)(?:我的)?卡")
_ORIGINAL = re.compile(
    r"\boriginal(?:ly)?\b[^.;]{0,24}\b(?:payment|method|card|way|form|account|one|paypal)?"
    r"|\bsame (?:payment|method|way|card|account|one|as before)\b|\b(?:the )?way i paid\b"
    r"|\bhow(?:ever)? i paid\b|\bwhat i (?:paid with|used)\b|\bback to (?:where|whatever|what) "
    r"|原路|原(?:来)?(?:的)?(?:付款|支付)|原来的?(?:方式|账户|卡)|付款时用的|原方式|怎么付的|支付时的"
)
_NOT_THIS = re.compile(
    r"(?:\bnot|\binstead of|\brather than|\bfrom|\bthan|\bfrom my|不用|不要|不是|而不是|从"
    r"|代替)\s*(?:the|my|a)?\s*$"
)
_ENDING = re.compile(
    r"(?:end(?:s|ing|ed)?(?: in| with)?|last (?:four|4)(?: digits)?(?: are| is)?|尾号(?:是|为)?"
    r"|末四位(?:是|为)?|\*+|x{2,}|-)\s*(?:的)?[:：]?\s*(\d{4})(?!\d)|(\d{4})\s*(?:结尾|的那张)"
)

Answer = Literal["yes", "no", ""]


def read_answer(text: str) -> Answer:
    """A plain yes or no to what was shown; "" for everything else, doubts included.

    Only a yes without a no, a question or a "but" beside it counts: what it starts cannot be
    taken back.
    """
    plain = _COURTESY.sub(" ", text)
    yes = _YES.search(plain) is not None
    rest = re.sub(r"\bno (?:problem|worries)\b|没问题|没错|不客气|不错|好不好", " ", plain)
    no = _NO.search(rest) is not None
    if no and not yes:
        return "no"
    if yes and not no and _DOUBT.search(plain) is None:
        return "yes"
    return ""


def leans_no(text: str) -> bool:
    """Whether a no is in it at all, as in "no, the other one"."""
    return _NO.search(re.sub(r"\bno (?:problem|worries)\b|没问题|没错", " ", text)) is not None


def read_pick(text: str, count: int) -> int:
    """Which of the listed ones is meant, from 0; -1 where no words point at one."""
    for place, pattern in enumerate(_PICKS[:count]):
        if pattern.search(text):
            return place
    return count - 1 if count and _LAST.search(text) else -1


def read_reason(text: str, reasons: Sequence[Reason]) -> str:
    """The id of the reason that words give; "" for none of those that count."""
    for one in reasons:
        labels = [one.id, *one.label.values()]
        if any(label.casefold() in text for label in labels):
            return one.id
    places = {
        one.id: min(m.start() for m in found)
        for one in reasons
        if (found := [m for word in one.words if (m := re.search(word, text))])
    }
    # Who says "I don't need it, I ordered it by mistake" gives the mistake as the cause.
    return max(places, key=lambda id_: places[id_], default="")


def read_methods(
    text: str, methods: Sequence[PaymentMethod], original: str = "", *, asked: bool = False
) -> tuple[PaymentMethod, ...]:
    """The customer's ways to pay that words may mean; none where they name none.

    Args:
        text: Folded.
        methods: The customer's own.
        original: The id of the way the order was paid, for "the original one".
        asked: Whether the question was about it, so that "card" alone is enough.
    """
    ending = _ENDING.search(text)
    if ending:
        four = ending[1] or ending[2]
        found = tuple(one for one in methods if one.last_four == four)
        if found:
            return found
    exact = tuple(one for one in methods if one.id.casefold() in text)
    if exact:
        return exact
    kinds = _kinds(text, asked)
    found = tuple(one for one in methods if one.kind in kinds)
    branded = tuple(one for one in found if one.brand and one.brand.casefold() in text)
    if found:
        return branded or _preferred(text, found, original)
    if kinds:
        return ()
    return tuple(one for one in methods if one.id == original and _ORIGINAL.search(text))


def _preferred(
    text: str, found: tuple[PaymentMethod, ...], original: str
) -> tuple[PaymentMethod, ...]:
    """Of two cards the one that paid, when the words say so."""
    if len(found) > 1 and _ORIGINAL.search(text):
        return tuple(one for one in found if one.id == original) or found
    return found


def names_missing_method(text: str, methods: Sequence[PaymentMethod]) -> bool:
    """Whether words name a kind of payment that the customer does not have."""
    kinds = _kinds(text, False)
    return bool(kinds) and not any(one.kind in kinds for one in methods)


def _kinds(text: str, asked: bool) -> set[str]:
    found: set[str] = set()
    for kind, pattern in _KINDS:
        for match in pattern.finditer(text):
            if not _NOT_THIS.search(text[: match.start()]):
                found.add(kind)
    if not found and (_TO_CARD.search(text) or (asked and _BARE_CARD.search(text))):
        found.add("credit_card")
    return found


def read_numbers(text: str) -> tuple[str, ...]:
    """What looks like numbers of orders in a folded text, in capitals and without "#"."""
    found = (match["id"].upper() for match in ORDER_NUMBER.finditer(text))
    return tuple(dict.fromkeys(found))


_ENDS = re.compile(
    r"(?:order|#|订单|单号)[^.;]{0,24}?(?:end(?:s|ing)?(?: in| with)?|尾号(?:是|为)?|结尾(?:是"
    r"|为)?)\s*(\d{2,6})(?!\d)|尾号(\d{2,6})的订单"
)


def read_ending(text: str, orders: Iterable[Order]) -> tuple[Order, ...]:
    """The orders whose number ends as the words say."""
    match = _ENDS.search(text)
    if match is None:
        return ()
    end = match[1] or match[2]
    return tuple(one for one in orders if one.id.endswith(end))
