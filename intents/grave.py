"""Despair, hate and orders to the assistant, in words that leave no doubt.

The model hears far more of them; these rules stand beside it, and alone where it fails. They know
only wordings that can be meant one way. What is quoted, and what names a work, is nobody's own
word: 《自杀论》, "I want to die" as the title of a book.
"""

import re
from collections.abc import Sequence

from intents.numbers import align
from intents.types import Intent

SURE = 0.99
"""The score of an intent that a rule is sure of."""

_END = (
    r"(?=\W*$|[,.;:!?…，。；：！？~、]"
    r"| (?:now|today|tonight|so|because|please|already|right|and)\b)"
)
_I_WILL = (
    r"\bi(?:'m|'d|'ll| am| will| would| have| just| really| only| still| honestly| so)*"
    r" (?:want|wanna|wanted|going|gonna|about|ready|plan|planning|plans|intend|decided|like|need"
    r"|thinking of|thinking about|think of|think about|tempted|trying|try)(?: to)?"
)
_HOW = (
    r"\bhow (?:to|do i|can i|could i|should i|would i)"
    r"|\b(?:best|easiest|quickest|fastest|surest|safest|most painless|painless|quick|easy) ways? to"
)
_MYSELF = r"(?:kill|hang|drown|poison|harm) myself(?! (?:an?|some|the|in|laughing)\b)"
_WOUND = (
    r"(?:cut|hurt|burn|stab) myself"
    rf"(?:{_END}|(?= (?:again|tonight|badly|with an? (?:razor|knife|blade))))"
)
_LIFE = rf"(?:end|take) my (?:own )?life\b(?!-)|end it all{_END}"
_SELF_HARM_EN = (
    rf"(?:{_I_WILL}|{_HOW}) (?:{_MYSELF}|{_WOUND}|{_LIFE}|commit suicide|self[- ]?harm)"
    rf"|{_I_WILL} (?:(?:killing|hanging|drowning|harming) myself|(?:ending|taking) my (?:own )?life"
    rf"|ending it all){_END}|\b(?:gonna|wanna) kill myself{_END}"
    rf"|\bi(?: just| really| so| only)* (?:want|wanna|wanted|deserve)(?: to)? die{_END}"
    rf"|\bi(?:'d| would) (?:like|love) to die{_END}"
    rf"|\bi wish i (?:was|were) (?:dead|never born){_END}"
    r"|\bi (?:do not|don't|dont|no longer|never) (?:really )?(?:want|wanna)(?: to)?"
    rf" (?:live|be alive|exist)(?: any ?more| any longer)?{_END}"
    rf"|\b(?:life is(?: not|n't)|my life is(?: not|n't)) worth living(?: any ?more)?{_END}"
    rf"|\bi have (?:no reason to live|nothing to live for)(?: any ?more)?{_END}"
    r"|\b(?:i(?:'m| am| feel| have been|'ve been)|feeling)(?: so| really| very| quite)?"
    rf" suicidal{_END}"
    r"|\bslit(?:ting)? my wrists?\b|\b(?:keep|thinking about|thinking of) hurting myself\b"
    rf"|\b(?:no|any) point in (?:living|being alive)(?: any ?more)?{_END}"
    r"|\bsuicide (?:methods?|tools?|pills|kits?)\b"
    rf"|(?:{_I_WILL}|{_HOW}|\bhow (?:many|much) [a-z ]{{1,40}}? to) overdose\b(?! of\b)"
    r"(?! on (?:chocolate|cuteness|candy|sugar|coffee|caffeine|cheese|cake|fun)\b)"
    r"|\bself[- ]?harm(?:ing)? (?:tools?|kits?|blades?|razors?|kni(?:fe|ves)|supplies|equipment)\b"
    r"|\b(?:ways?|urge|tools?|things?|something) to self[- ]?harm\b"
)
_KILL_ZH = r"(?:自杀|自残|自尽|轻生|寻死|割腕|跳楼(?!价|机|[大甩清促]))"
_NO_WORK = r"(?![^，。！？；,.!?;]{0,6}(?:小队|突击队|小说|的书|电影|式|论|手册|预防|干预))"
_ENDS = r"(?=\W*$|[，。！？；,.!?;~… 、])"
_SELF_HARM_ZH = (
    rf"(?<![不没防得])(?<!得我)(?:想|想要|打算|准备|忍不住|怎么|怎样|如何)(?:去|要|才能|可以)?{_KILL_ZH}"
    rf"(?!的)(?!未遂){_NO_WORK}"
    rf"|(?<!防)(?:自杀|自残|自尽|割腕)(?:用的?|的)?(?:工具|道具(?!枪)|用具|方法|办法|药)"
    rf"|我(?:真的?|就|只|好|很|都|也)*不想(?:再)?活(?:了|下去|着|在这个?世|\W*$)"
    rf"|我(?:真的?|就|只|好|很|都|也|现在)*要(?:去)?{_KILL_ZH}{_ENDS}|[想要]伤害(?:我)?自己{_ENDS}"
    r"|^\W*(?:我|真的?|实在|快要?)*活不下去了?[啊呀]?\W*$"
    r"|(?:^|[我，。！？；,.!?; ])(?:真的?|好|只|就|很|也|特别|现在|已经)*想(?:去)?死(?:掉)?了?"
    rf"{_ENDS}"
    rf"|(?:^|[我，。！？,.!? ])(?:真的?|还)?不如死了算?了?{_ENDS}"
    r"|(?<!不)(?:想|要|准备|打算|怎么|如何)(?:要)?(?:结束|了结)(?:自己|我|我自己)?的?(?:生命|性命|一生)"
    rf"|(?:觉得|感觉|感到|我|人)活着(?:真|太|好|很|都|也|是|挺|已经)*"
    rf"(?:没意思|没有?(?:什么|任何)?意义|没盼头){_ENDS}"
)
_SLUR_ZH = (
    r"(?:死|臭|滚|恶心的?|这?[些群帮])黑鬼(?![灭泣火])"
    r"|黑鬼(?=\W*$|们|滚|去死|全|都|就|真|不配|别|[,，。！!?？])"
    r"|支那(?:猪|人(?=滚|都|去死))"
)
_GROUP_ZH = r"(?:黑人|白人|犹太人|穆斯林|回民|同性恋|残疾人|外地人|日本人|外国人|女人|女的)"
_GROUP = (
    r"(?:jews|muslims|arabs|gays|lesbians|immigrants|refugees|foreigners|blacks|asians"
    r"|(?:black|white|asian|arab|gay|trans|disabled|chinese|indian|african|jewish|muslim) people)"
)
_HATE = (
    r"\bniggers?\b(?! of the)"
    r"|\b(?:filthy|dirty|fucking|stupid|goddamn) (?:kikes?|chinks?|gooks?|spics?|faggots?|ragheads?"
    r"|wetbacks?|trannies|negro(?:es)?)\b|\b(?:ragheads|wetbacks|towelheads|kikes)\b"
    rf"|\b(?:kill|gas|exterminate|death to|lynch)(?: all)?(?: the| of the| you| those)? {_GROUP}\b"
    r"|\b(?:i|we) (?:really |just |fucking )?(?:hate|despise)(?: all)?(?: the| you| those| these)?"
    rf" {_GROUP}(?=\W*$|[,.;!])(?! and)"
    rf"|{_SLUR_ZH}|(?:杀光|杀死|灭了|弄死)(?:所有的?|全部|这些|那些)?{_GROUP_ZH}"
    rf"|{_GROUP_ZH}(?:们|全部?|都|就)*(?:去死|该死|滚出去|滚出中国|不配活)"
)
_REPORTED = re.compile(
    r"\b(?:call(?:ed|s|ing)?|said|says|saying|shout(?:ed|s|ing)?|word|insult\w*|report\w*|review)\b"
    r"|骂|叫我|喊|说我|写着|评论|举报|投诉"
)
"""Who tells what others said accuses them of it."""
_RULES = r"(?:instructions?|rules?|prompts?|guidelines|programming|directives?)"
_OVERRIDE = (
    r"\b(?:ignore|disregard|bypass|override|overrule|forget|break)(?: about)?(?: all| any| every)?"
    rf"(?: of)? your(?: (?:own|previous|prior|system|shop|store|safety|other|internal))* {_RULES}\b"
    r"|\b(?:ignore|disregard|bypass|override)(?: all)?(?: of)?(?: the| these| those)?"
    rf" (?:previous|prior|above|earlier|preceding|system)(?: system)? {_RULES}\b"
    r"(?! (?:for|about|on|regarding|i|we|that i)\b)"
    rf"|\b(?:show|reveal|print|tell|repeat|give|display|output)(?: me| us)? (?:your|the)"
    r" (?:system|hidden|secret|initial|internal)(?: system)? (?:prompts?|instructions?|rules)\b"
    r"|\bpretend (?:that )?(?:you have|there are) no (?:rules|restrictions|limits|guidelines)\b"
    r"|(?:忽略|无视|忘[掉记]|别管|不用管|不要管|抛开|绕过|违反)掉?你们?(?:自己|之前|所有|收到|系统|店里|内部)*的?"
    r"(?:所有|一切|全部|系统)?的?(?:指令|规则|规定|提示词|设定|限制)"
    r"|(?:忽略|无视|忘[掉记]|绕过)掉?(?:系统|之前|以上|上面|先前|前面|所有|一切|全部)(?:的|所有|系统)*"
    r"(?:指令|提示词|系统规则)"
    r"|(?:告诉|给|输出|说出|显示|展示|打印|泄露|透露)(?:我|一下|出)*(?:看)?(?:你的?|系统的?)+(?:系统)?(?:提示词|内部指令)"
    r"|你的?系统提示词"
)
_RULES_BY_INTENT = (
    ("express_self_harm", re.compile(f"{_SELF_HARM_EN}|{_SELF_HARM_ZH}")),
    ("express_hate", re.compile(_HATE)),
    ("override_rules", re.compile(_OVERRIDE)),
)
_TITLE = re.compile(r"《[^》]*》|「[^」]*」|“[^”]*”|\"[^\"]*\"")
_WORK = re.compile(
    r"\b(?:books?|novels?|films?|movies?|songs?|albums?|posters?|dvds?|blu-?rays?|t-?shirts?|tees?"
    r"|mugs?|stickers?|hoodies?|comics?|manga|paperbacks?|biograph\w+|memoirs?)\b"
    r"|的书|小说|电影|影片|剧集|专辑|歌|海报|漫画|这本|那本|一本|手办|t恤|卫衣|贴纸"
)
_CLAUSE = re.compile(r"[^,.;!?，。；！？\n]+")


def with_grave(intents: Sequence[Intent], text: str) -> tuple[Intent, ...]:
    """The intents, after what is grave beyond doubt in the text; the rest is said beside it."""
    name = grave_intent(text)
    if not name:
        return tuple(intents)
    return (Intent(name, SURE), *(one for one in intents if one.name != name))


def grave_intent(text: str) -> str:
    """The gravest intent that is said beyond doubt, or ""."""
    plain = _TITLE.sub(lambda title: " " * len(title[0]), align(text))
    return next((name for name, rule in _RULES_BY_INTENT if _said(name, rule, plain)), "")


def _said(name: str, rule: re.Pattern[str], plain: str) -> bool:
    """Whether a rule is met outside a clause that names a work, or what others said."""
    if name == "express_hate" and _REPORTED.search(plain):
        return False
    return any(not _WORK.search(_clause(plain, one.start())) for one in rule.finditer(plain))


def _clause(plain: str, place: int) -> str:
    """The clause of a text that a place lies in."""
    found = (one[0] for one in _CLAUSE.finditer(plain) if one.start() <= place < one.end())
    return next(found, "")
