"""A message as it is read: without what nobody sees, and without words that mislead."""

import logging
import re
import unicodedata

LONGEST = 2_000
"""Characters of a message that are read; the rest is cut with a note in the log."""

# "Stuffed to death" is how much one would spend at most, and nothing to worry about.
_AT_MOST = re.compile(r"撑死(?=[了也就]*(?:只?[能出花])?[￥¥$]?[\d一二两三四五六七八九十百千万几])")
# What is said around a wish to soften it points at nothing: "in blue if that can be done". Nor does
# anybody die of what is only strong language: 累死了，想买个按摩仪, "a drop dead gorgeous dress".
_ASIDE = re.compile(
    r",? (?:if|as long as) (?:(?:that|this|it)(?:'s|s)?|at all)"
    r"(?: (?:is|can|could|would|be|at all))*"
    r" (?:possible|done|doable|feasible|arranged|managed|ok(?:ay)?|all ?right|fine|no trouble)\b"
    r"(?! to\b)"
    r"|,? (?:is|are|would be|that's|that is) (?:just )?(?:how|the way) i(?:'d| would)?"
    r" (?:like|want|take|have|prefer|need|picture)(?: (?:it|them|that|one))?(?=\W*$)"
    r"|(?<![比跟和像])[,，]?(?:这样|那样|那|这)(?:才|最|就|更){1,2}(?:合我?的?心?意|称心|好|理想|满意)了?(?=\W*$)"
    r"|(?<!how )(?<!what )(?<!as )\bi(?:(?: was|['’]m| am|['’]d been| had been)"
    r" (?:picturing|imagining)|(?:['’]d| had)? (?:pictured|imagined)) (?:it|one|them|something)"
    r"(?=,? (?!to\b|would\b))"
    r"(?![^.;!?]*\b(?:return|send|back|but)\b)"
    r"|(?<![\u4e00-\u9fff])(?:我|让我|容我)?(?:先|再|来)*(?:捋一?[捋下遍]|理一?[理下]|总结)(?:一下)?[，,：:]"
    r"|,? what(?:'s|s| is| have you(?: got)?| do you have)(?: there)?"
    r" on (?:the|your) shel(?:f|ves)\b"
    r"|\bdrop[- ]dead (?=gorgeous|beautiful|stunning|handsome|cute|sexy|elegant|pretty)"
    r"|(?:^|(?<=[，。！？,.!? ]))(?:今天|最近|天气?|真的?|真是|都|快|要|我)*"
    r"[累热冷冻饿困渴]死(?:我|人)?[了啦]"
    r"(?=[，,。.！! ~]+[^，。！!]*(?:买|想|要|有|找|来|看|推荐|求))"
    r"|要死要活[地的](?=找|选|挑|想|看|等|搜|逛)"
    r"|[，,]?货架上(?:现在)?(?:都|还)?[有摆卖](?:着|了)?(?:些|点)?(?:啥|什么|哪些)",
    re.IGNORECASE,
)
# Behind these it is the question itself: "tell me if it is possible to pay later".
_ASKING = re.compile(
    r"\b(?:ask|tell|know|check|see|sure|wonder(?:ing)?|matter)"
    r"(?: (?:me|us|them|(?:the|your) \w+))?$",
    re.IGNORECASE,
)
_NOTHING = re.compile(r"\W*(?:(?:that|this|it|these|those)\W*)?", re.IGNORECASE)
# Who 打算入手机柜 buys a rack, and no cabinet for phones; 想入手机壳 may be either and stays.
_ACQUIRING = re.compile(r"(?<=[算想备要划虑刚])入手(?=机[柜箱油顶]|办公|电影)")
_BLANKS = re.compile(r"[\s\u2028\u2029]+")
_DROPPED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})

_log = logging.getLogger(__name__)


def clean(text: str) -> str:
    """The text without control and formatting characters, with single spaces, cut to 2,000.

    Chinese words that run into one another are parted where only one reading makes sense.
    """
    if len(text) > LONGEST:
        _log.info("a message of %d characters was cut to %d", len(text), LONGEST)
        text = text[:LONGEST]
    spaced = _ACQUIRING.sub("入手 ", _BLANKS.sub(" ", text))
    return "".join(c for c in spaced if unicodedata.category(c) not in _DROPPED).strip()


# 块 typed by its sound: 15快封顶, 最多38快.
_YUAN = re.compile(
    r"(?<=\d)快(?=钱|以[内下上]|左右|封顶|上下|出头|到顶|往[上下]|起(?!来)|的?[，。,！!？?]|的?$)"
)


_COMPARED = re.compile(r"比[^，。,;；]*$")  # 比iPhone 14快的 is faster


# 以内 typed by its sound: ¥108椅内.
_WITHIN = re.compile(r"(?<=[\d元块])[已意义椅乙依一](?=[内下])")


# 封顶 typed by its sound: 10块蜂顶.
_CAPPED = re.compile(r"(?<=[\d元块快钱])[蜂风峰丰锋疯枫](?=顶)")


_TIMES = re.compile(r"(?<=[\d米])乘(?=\d)")


def rightly_typed(text: str) -> str:
    """The text, of the same length, with 块 for 快 behind a sum, 以 and 封 where a bound ends.

    Sides are told apart by x, as everywhere else: 160乘230 is 160x230.
    """
    text = _TIMES.sub("x", text)
    text = _CAPPED.sub("封", _WITHIN.sub("以", text))
    return _YUAN.sub(lambda match: "快" if _COMPARED.search(text, 0, match.start()) else "块", text)


def said_plainly(text: str) -> str:
    """The text, of the same length, with "at most" for an idiom that says it: 撑死100块."""
    return _AT_MOST.sub("最多", text)


def without_asides(text: str) -> str:
    """The text, of the same length, with blanks for what only softens a wish.

    Where there is no wish beside it, it is what was to be said: 那就好.
    """
    plain = _ASIDE.sub(_blank, text)
    return text if _NOTHING.fullmatch(plain) else plain


def _blank(match: re.Match[str]) -> str:
    asked = _ASKING.search(match.string, 0, match.start())
    return match.group() if asked else " " * len(match.group())
