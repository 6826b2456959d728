"""How many, and how well rated."""

from random import Random

from intents.generators.grammar import Generator, grammar, whole
from intents.spelling import spell_chinese, spell_english


def _count(rng: Random) -> int:
    """A count from 1 to 500, small ones far more often."""
    if rng.random() < 0.1:
        return rng.choice((30, 50, 60, 80, 100, 120, 150, 200, 500))
    return rng.randint(1, rng.choice((4, 4, 6, 12, 24)))


def _english_word(rng: Random) -> str:
    return spell_english(rng.randint(1, rng.choice((3, 6, 12, 20))))


english_quantity: Generator = grammar(
    {
        "start": "({digits}|{digits}|{digits}|{word}|{word}|{word}|{idiom})",
        "idiom": "(a dozen|half a dozen|a couple of|two dozen|{small}x|a pair|{small} pairs"
        "|{small} packs|{small} boxes|{small} pcs|{small} pieces|one more|two more|a few"
        "|another one"
        "|another two|a single|x{small}|{small} sets|{small} bottles)",
    },
    {"digits": lambda rng: str(_count(rng)), "word": _english_word, "small": whole(2, 12)},
)

_CLASSIFIERS = (
    "个个个个个件件件件双双条条台台瓶瓶盒盒包包袋箱箱套套份份支把张本只只块对罐桶片卷根提杯顶枚排"
    "串盆斤单"
)


def _chinese_numeral(rng: Random) -> str:
    """A count in digits or numerals, as it stands before its classifier."""
    value = _count(rng)
    if rng.random() < 0.4:
        return str(value)
    return "两" if value == 2 else spell_chinese(value)


chinese_quantity: Generator = grammar(
    {
        "start": "({counted}|{counted}|{counted}|{counted}|{counted}|{counted}|{digits}|{idiom})",
        "counted": "{numeral}{classifier}",
        "idiom": "(俩|仨|半打|一打|两打|一对|几个|两三个|三四件|一两个|×{digits}|x{digits}"
        "|*{digits}|一点"
        "|{numeral}大箱|{numeral}小包|十来个|几件|好几个|三五个|一整箱|{digits}个装)",
    },
    {
        "numeral": _chinese_numeral,
        "classifier": lambda rng: rng.choice(_CLASSIFIERS),
        "digits": lambda rng: str(_count(rng)),
    },
)


def _stars(rng: Random) -> str:
    return rng.choice(("3", "3.5", "4", "4", "4.2", "4.3", "4.5", "4.5", "4.7", "4.8", "4.9", "5"))


english_rating: Generator = grammar(
    {
        "start": "({bound} {star} stars|{bound} {number}|{star} stars {behind}|{star} stars"
        "|{number} {behind}|rated {number} {behind}|{word}(-| )star|{word} stars {behind}"
        "|{star}(+|★| star and up)|(rating|ratings) {bound} {number}|{bound} {word} stars"
        "|good ratings"
        "|high ratings|{star} star rating|top ratings|{star} out of 5)",
        "bound": "(at least|over|above|more than|minimum|higher than|no less than|better than"
        "|below)",
        "behind": "(or higher|and up|or more|and above|or above|or better|plus|minimum|and over)",
        "word": "(three|four|four|five|five|four and a half)",
        "number": "{star}",
    },
    {"star": _stars},
)

chinese_rating: Generator = grammar(
    {
        "start": "({star}(星|分)(|以上|以上|及以上|起)|{word}星(|以上|好评|半以上)|评分{star}("
        "|分)(以上|起)"
        "|(评分|评价)(高于|不低于|大于|超过|至少){star}(|分)|好评率(|在|高于){percent}%以上"
        "|{percent}%(|以上)好评"
        "|(至少|不低于|起码|高于){star}(分|星)|满分|高分|好评率高|{word}颗星(|以上)|评分高|五分"
        "|零差评)",
        "word": "(三|四|四|五|五|两)",
    },
    {"star": _stars, "percent": whole(80, 99)},
)
