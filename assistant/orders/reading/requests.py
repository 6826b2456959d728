"""What a message asks for about orders: one request after the other, each with its words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from catalog.text import fold

ORDER_NUMBER = re.compile(
    r"(?<![a-z0-9])#?(?P<id>[a-z]{0,4}-?\d{5,14}(?:-\d{2,8})?)(?![a-z0-9@]|\.\d)"
)
"""What looks like the number of an order in a folded text."""

_CHANGE = (
    r"\b(?:chang(?:e|ed|ing)|modif(?:y|ied|ying)|updat(?:e|ed|ing)|switch(?:ed|ing)?|alter|edit"
    r"|correct(?:ed|ing)?|adjust|swap(?:ped|ping)?|amend|set|redirect|reroute|use|mov(?:e|ing)"
    r"|put)\b"
)
_CHANGE_ZH = r"(?:改|换|修改|更改|变更|更换|更新|调整|变|转)"
_TEXTS: tuple[tuple[str, str], ...] = (
    (
        "change_default_address",
        rf"{_CHANGE}[^.;]{{0,12}}\b(?:default|profile|account|user|home"
        rf"|personal)\b[^.;]{{0,16}}address"
        r"|\baddress\b[^.;]{0,12}\b(?:on|in) (?:my )?(?:file|profile|account)"
        r"|\b(?:i|we)(?:'ve|’ve| have)?(?: just)? moved\b"
        r"|默认(?:的)?(?:收货|收件)?地址(?!一)|(?:账户|账号|个人|资料)(?:里|中|上)?的?(?:收货)?地址",
    ),
    (
        "change_order_address",
        rf"{_CHANGE}[^;]{{0,60}}\b(?:address|delivery location|destination)\b"
        rf"|\baddress\b[^.;]{{0,40}}{_CHANGE}"
        r"|\b(?:ship|send|deliver|redirect|reroute)(?:ped|ed|ing)?\b[^.;]{0,60}\b(?:to"
        r"|at) (?:a |my |the |another |this |our )?"
        r"(?:different|new|other|another|following|default|home|office|work|address|\d+ \w)"
        r"|\b(?:wrong|incorrect|new|different) (?:shipping |delivery )?address"
        rf"|{_CHANGE_ZH}.{{0,20}}(?:地址|收货地)|地址.{{0,20}}{_CHANGE_ZH}|(?:寄|送|发"
        rf"|配送)(?:到|去|往)(?!了|哪)(?!.*(?:吗|么))"
        r"|地址(?:填|写|弄|搞)?错",
    ),
    (
        "change_payment",
        rf"{_CHANGE}[^.;]{{0,60}}\b(?:payment|paying|pay|paid|billing|charge[sd]?)\b"
        r"|\bpayment(?: method)?\b[^.;]{0,30}\b(?:to|with|changed|switched|instead)\b"
        r"|\b(?:pay|charge)\b[^.;]{0,80}\binstead\b|\bpay (?:for )?(?:it|this|that|#?w?\d+"
        r"|the order|my order)[^.;]{0,20}\b(?:with|by|using|through)\b"
        rf"|\b(?:switch|change|move)\b[^.;]{{0,40}}\b(?:from|to|over to) (?:my |the "
        rf"|a )?(?:paypal|gift ?card|credit ?card|visa|mastercard)"
        rf"|{_CHANGE_ZH}.{{0,16}}(?:付款|支付|扣款|结账)|(?:付款|支付)(?:方式|方法)?.{{0,10}}{_CHANGE_ZH}"
        r"|改用.{0,12}(?:付|支付)|(?:想|要)用.{1,14}(?:付款|支付)(?!差)",
    ),
    (
        "cancel_order",
        r"\bcancel(?:l?ed|l?ing|lation|s)?\b|\bcall(?:ing)? off\b|\bscrap\b|\bannul\b|\bvoid\b"
        r"|\b(?:stop|drop|withdraw|kill) (?:the |my |this |that )?order\b"
        r"|\b(?:don.?t|no longer|not) (?:want|need)[^.;]{0,16}\border\b"
        r"|取消|撤销|撤单|退单|撤回.{0,4}订单|(?:订单|单子).{0,14}不(?:想)?要了",
    ),
    (
        "return_items",
        r"\breturn(?:ed|ing|s)?\b|\b(?:send|sending|give|giving|ship"
        r"|bring)\b[^.;]{0,50}\bback\b|\bmoney back\b"
        r"|\b(?:want|get|like|need|request)\b[^.;]{0,16}\brefund(?:ed)?\b|\brefund (?:me|for)\b"
        r"|\btak(?:e|ing)\b[^.;]{0,50}\bback\b"
        r"|退货|退掉|退回|退还|寄回|退了|[想要申请办理把]退(?!款)|退(?:一下|这|那|订单|单)|退货退款|(?:想|要|申请)退款|退(?=[^款]{1,16}$)",
    ),
    (
        "exchange_items",
        r"\bexchang(?:e|ed|ing|es)\b|\bswap(?:ped|ping)?\b|\breplac(?:e|ed|ing|ement)\b"
        r"|\btrad(?:e|ing)\b"
        r"|换货|换成|换为|换个|换一|更换|调换|换掉|置换|兑换|换(?!句)",
    ),
    (
        "change_items",
        rf"{_CHANGE}|\b(?:want|prefer|rather have|like)\b[^.;]{{0,60}}\binstead\b"
        rf"|\bwrong (?:size|colou?r|one|option|variant|model)\b"
        r"|改成|改为|修改|更改|变更|改一下|改[^天善变]|变成",
    ),
    (
        "show_refund",
        r"\b(?:where|when|status|yet|how long|check|track|progress|received?)\b[^.;]{0,40}\brefund"
        r"|\brefund\b[^.;]{0,40}\b(?:status|where|when|yet|arriv\w*|come|processed|progress"
        r"|received?)\b"
        r"|退款.{0,12}(?:进度|到账|到了|状态|多久|什么时候|怎么样|哪|没|查)|查.{0,6}退款",
    ),
    ("show_invoice", r"\b(?:invoices?|receipts?|bill)\b|发票|收据|开票|账单"),
    (
        "list_orders",
        r"\b(?:all|list|show|see|view|what|which|recent|past|previous)\b[^.;]{0,24}\borders\b"
        r"|\border history\b|\bwhat (?:did|have) i (?:order|buy|bought)|\bmy orders\b"
        r"|(?:所有|全部|哪些|我的|最近的|历史|列出|查看).{0,6}订单(?!号|[a-z#0-9])|订单(?:列表|记录|历史|有哪些)|买过什么",
    ),
    (
        "track_order",
        r"\btrack(?:ing)?\b|\bstatus\b|\bwhere\b[^.;]{0,24}\b(?:order|package|parcel|delivery"
        r"|stuff|it|items?)\b"
        r"|\b(?:has|is|was)\b[^.;]{0,24}\b(?:shipped|delivered|arrived|dispatched)\b"
        r"|\bwhen\b[^.;]{0,30}\b(?:arrive|come|deliver\w*|get here|ship)\b|\b(?:look up"
        r"|check (?:on )?|find|details of)\b[^.;]{0,20}\border\b"
        r"|到哪|物流|快递|状态|发货(?:了)?[吗没]|什么时候(?:到|发|送)|查(?:一下|询|下"
        r"|看)?.{0,4}订单|订单.{0,12}(?:怎么样|情况|进度)|运单",
    ),
)
_CUES = tuple((name, re.compile(pattern)) for name, pattern in _TEXTS)
_REFUSED = re.compile(
    r"(?:\bdo(?:es)? ?n.?t\b(?: want| wish| need)?(?: you)?(?: to)?|\bdo not\b(?: want"
    r"| wish)?(?: to)?|\bnever\b|\binstead of\b|\brather than\b"
    r"|\bwithout\b|\bnot\b(?: to)?|不想|不要|不用|别|不是"
    r"|不需要|无需|暂时不|先不)\s*(?:\w+ing\s*)?$"
)
# How a difference is paid is a detail of what is asked for, and nothing asked for by itself.
_HOW_TO_PAY = re.compile(
    r"(?:[,;，；]\s*|\b(?:and|then)\s+)(?:i.?ll |i will |please |to )*"
    r"(?:pay|charge|bill|refund|use|using)\b[^.;]{0,60}?(?:paypal|card\w*|method)\b"
)
_MONEY = re.compile(
    r"\bdifference\b|\brefund|\bmoney\b|\bcredit (?:it|back)\b|\breimburse"
    r"|差价|差额|退款|退到|退回到|退还到|补"
)
_SENTENCE = re.compile(
    r"(?<=[;!?。；！？\n])|(?<=[^\W\d]{2}[.])(?=\s)|(?<=\d[.])(?=\s)|(?<=\s)(?=(?:and|then|also"
    r"|but|plus)\s+(?:also\s+|then\s+|please\s+|i\s+(?:also\s+)?(?:want|would like|need"
    r"|have)\s+(?:to\s+)?|i.?d\s+(?:also\s+)?like\s+(?:to\s+)?)*"
    r"(?:cancel|return|exchange|change|modify|update|swap|replace|send back|switch)\b)"
    r"|(?=[，,]\s*(?:再|还(?:有|要|想)?|另外|顺便|然后|并且?|同时|接着|最后)(?:帮我|请|要|想"
    r"|麻烦)?(?:把|将)?.{0,14}(?:取消|退|换|改))"
)


@dataclass(frozen=True, slots=True)
class Request:
    """One thing that is asked for. ``act`` is "" for words that only add something."""

    act: str
    text: str
    raw: str


def read_requests(raw: str) -> tuple[Request, ...]:
    """The requests of a message in order; what asks for nothing goes with the one before."""
    found: list[Request] = []
    for part in _parts(raw):
        text = fold(part)
        act = read_act(text)
        last = found[-1] if found else None
        if last is not None and _goes_on(last, act, text):
            joined = replace(last, text=f"{last.text} {text}", raw=f"{last.raw} {part}")
            found[-1] = replace(joined, act=last.act or act)
        else:
            found.append(Request(act, text, part))
    return tuple(found)


def _parts(raw: str) -> Iterator[str]:
    parts = [one.strip() for one in _SENTENCE.split(raw) if one and one.strip(" .;。；,，")]
    yield from parts or ([raw.strip()] if raw.strip() else [])


def _goes_on(last: Request, act: str, text: str) -> bool:
    """Whether words belong to the request before them."""
    numbers = {match["id"] for match in ORDER_NUMBER.finditer(text)}
    known = {match["id"] for match in ORDER_NUMBER.finditer(last.text)}
    other = bool(numbers and known and not numbers & known)
    if not act:
        return not other or "same as" in text
    if not last.act:
        return True
    if other:
        return False
    swaps = {"exchange_items", "change_items"}
    return act == last.act or {act, last.act} <= swaps


def read_act(text: str) -> str:
    """What a folded text asks for; "" where no words say it."""
    found: dict[str, int] = {}
    without_paying = _HOW_TO_PAY.sub(" ", text)
    for name, pattern in _CUES:
        for match in pattern.finditer(without_paying if name == "change_payment" else text):
            # "Use PayPal" says how, and changes no item.
            if match.group() == "use" and name == "change_items":
                continue
            if not _REFUSED.search(text[: match.start()]):
                found.setdefault(name, match.start())
                break
    if "change_payment" in found and _MONEY.search(text) and _others(found, "change_payment"):
        del found["change_payment"]
    return _strongest(found, text)


def _others(found: dict[str, int], name: str) -> bool:
    return bool(
        {"return_items", "exchange_items", "change_items", "cancel_order"} & found.keys() - {name}
    )


def _strongest(found: dict[str, int], text: str) -> str:
    """Of several cues the one that says most: an address before a change, a cancellation first."""
    asked: tuple[str, ...] = ("show_refund", "show_invoice")
    if "show_refund" in found and "return_items" in found and "?" not in text:
        asked = ("show_invoice",) if _is_return(text) else asked
    for name in asked:
        if name in found and not {"cancel_order", "exchange_items"} & found.keys():
            return name
    special = [
        n
        for n in ("change_default_address", "change_order_address", "change_payment")
        if n in found
    ]
    goods = [n for n in ("cancel_order", "return_items", "exchange_items") if n in found]
    if special and not any(found[n] < found[special[0]] for n in goods):
        return special[0]
    if goods:
        return min(goods, key=lambda name: found[name])
    for name in (*special, "change_items", "list_orders", "track_order"):
        if name in found:
            return name
    return ""


def _is_return(text: str) -> bool:
    return re.search(r"\breturn\b|退货", text) is not None
