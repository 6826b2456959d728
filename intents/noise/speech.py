"""What dictation writes: no marks, numbers in words, words of the same sound, fillers."""

import re
from random import Random

from intents.examples import Example
from intents.noise.chinese import same_sound
from intents.noise.keys import lower_case, no_apostrophe, no_punctuation
from intents.noise.places import CODES, is_free
from intents.spans import edit
from intents.spelling import LARGEST, spell_chinese, spell_english

_NUMBER = re.compile(
    r"(?<![A-Za-z0-9.,#/:-])(?P<sign>[$€£¥￥] ?)?(?P<whole>\d{1,5})(?:\.(?P<part>\d{1,2}))?"
    r"(?!\d|[.,/:-]\d|X*[SLsl]\b|[a-zA-Z]\d)"
)
_MONEY = {
    "en": {"$": "dollars", "€": "euros", "£": "pounds", "¥": "yuan", "￥": "yuan"},
    "zh": {"$": "美元", "€": "欧元", "£": "英镑", "¥": "块", "￥": "块"},
}
_AS_WRITTEN = CODES | {"date", "street", "compatible_with"}
_ALIKE = {
    "your": "you're", "you're": "your", "their": "there", "there": "their", "its": "it's",
    "where": "wear", "wear": "where", "buy": "by", "pair": "pear", "whole": "hole", "need": "knead",
    "which": "witch", "find": "fined", "sale": "sail", "some": "sum", "mail": "male", "know": "no",
    "right": "write", "would": "wood", "than": "then", "seen": "scene", "new": "knew", "see": "sea",
    "return": "retern", "here": "hear", "wait": "weight", "great": "grate",
}  # fmt: skip
_FIRST = {
    "en": ("um ", "uh ", "erm ", "so ", "well ", "ok so ", "please ", "hmm ", "like ", "yeah so "),
    "zh": (
        "嗯",
        "那个",
        "亲",
        "呃",
        "额，",
        "就是",
        "亲，",
        "嗯嗯，",
        "那个，",
        "内个",
        "老板，",
        "哎，",
    ),
}
_LAST = {
    "en": (" please", " pls", " thanks", " if possible", " you know", " or something", " thx"),
    "zh": (
        "哈",
        "呀",
        "呢",
        "哦",
        "谢谢",
        "，谢谢",
        "啊",
        "哈哈",
        "，麻烦了",
        "～亲",
        "嘛",
        "，急",
    ),
}


def spoken(example: Example, rng: Random) -> Example:
    """As speech recognition writes it: numbers in words, no marks, small letters, a mishearing."""
    example = no_punctuation(spelled_out(example, rng), rng)
    if example.language == "zh":
        return same_sound(example, rng) if rng.random() < 0.4 else example
    return misheard(no_apostrophe(lower_case(example, rng), rng), rng)


def spelled_out(example: Example, rng: Random) -> Example:
    """Numbers in words; codes, dates and addresses keep their digits."""
    numbers = [
        m for m in _NUMBER.finditer(example.text) if is_free(example, *m.span(), _AS_WRITTEN)
    ]
    return edit(example, [(*number.span(), _in_words(number, example)) for number in numbers])


def _in_words(number: re.Match[str], example: Example) -> str:
    whole, part = int(number["whole"]), number["part"]
    if whole > LARGEST or (len(number["whole"]) > 1 and number["whole"][0] == "0"):
        return number.group()
    sign = (number["sign"] or "").strip()
    unit = _MONEY[example.language].get(sign, "")
    if example.language == "zh":
        tail = "点" + "".join(spell_chinese(int(digit)) for digit in part) if part else ""
        follows = example.text[number.end() : number.end() + 1]
        classified = (
            whole == 2 and not part and follows and follows in "个件双条台瓶盒包袋箱套份支把张"
        )
        words = "两" if classified else spell_chinese(whole, colloquial=whole > 100 and not part)
        return words + tail + unit
    tail = " point " + " ".join(spell_english(int(digit)) for digit in part) if part else ""
    gap = " " if example.text[number.end() : number.end() + 1].isalpha() else ""
    return spell_english(whole).replace("-", " ") + tail + (f" {unit}" if unit else "") + gap


def misheard(example: Example, rng: Random) -> Example:
    """One English word outside of slots written as another of the same sound."""
    words = [
        m
        for m in re.finditer(r"[a-z']+", example.text.lower())
        if m.group() in _ALIKE
        and not any(s.start < m.end() and s.end > m.start() for s in example.slots)
    ]
    if not words:
        return example
    word = rng.choice(words)
    return edit(example, [(*word.span(), _ALIKE[word.group()])])


def hesitant(example: Example, rng: Random) -> Example:
    """A filler before or a courtesy behind: "um", "please", 嗯, 亲."""
    if rng.random() < 0.5:
        return edit(example, [(0, 0, rng.choice(_FIRST[example.language]))])
    end = len(example.text.rstrip("?!.。？！ "))
    return edit(example, [(end, end, rng.choice(_LAST[example.language]))])
