"""A query as search reads it: its telling words, and what else they are called.

Words of the bilingual lexicon stand for their meaning: 墨盒 is also looked for as "ink cartridge",
and "laptop" as "notebook computer" and 笔记本电脑, so that a query finds the texts of a catalogue
in the other language, or with other names.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from catalog.lexicon import Concept, Kind, load_lexicon
from catalog.measures import find_measures
from catalog.synonyms import NO_SYNONYMS, Synonyms, translations
from catalog.text import find_numbered, fold, has_chinese, stem, tokens
from catalog.types import Language

MOST_CHARACTERS = 1_000
"""A query is cut here; nobody describes a product at greater length."""

Tokens = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Meant:
    """What a name stands for: all that it is called, and its names in the other language.

    Of those only the usual ones, the likeliest first.
    """

    surfaces: tuple[str, ...]
    translations: tuple[str, ...] = ()


Names = Mapping[Tokens, Meant]


@dataclass(frozen=True, slots=True)
class NameBook:
    """The names that count as one thing, in English by search terms, in Chinese as written."""

    en: Names
    zh: Names


_KINDS: tuple[Kind, ...] = (
    "product_type",
    "brand",
    "color",
    "material",
    "pattern",
    "gender",
    "age_group",
    "season",
    "feature",
)
_LONGEST_ENGLISH = 4
_LONGEST_CHINESE = 10
_CHINESE_RUN = re.compile(r"([\u3400-\u9fff]+)")

_ENGLISH = """
a about all also am an and any anything are as at be been but buy by can could do does for from
get give got had has have hello hey hi i i'd i'm im in into is it its just like looking me my need
of off on one ones or our please product products put search shall should show so some something
sort stuff than thanks that the their them then there these they thing things this those to too
under up us use want was we were what when where which while who will with would you your
"""
_CHINESE = """
的 了 吗 呢 吧 啊 呀 嘛 么 我 你 您 他 她 它 我们 你们 咱 咱们 想 想要 要 需要 买 购买 来 找
找找 看 看看 有 没有 有没有 是 不是 和 与 或 或者 及 在 把 被 给 让 跟 对 从 到 也 都 就 还 还有
还是 再 又 很 太 最 更 能 能不能 可以 可不可以 请 请问 麻烦 帮 帮我 推荐 一下 一个 一款 一些
一种 去 个 款 种 些 件 条 双 只 台 部 点 的话 这 那 这个 那个 这些 那些 这种 那种 哪 哪个 哪些 什么
怎么 怎样 多少 几 左右 以内 以下 以上 之内 东西 商品 产品
"""
STOP_WORDS = frozenset(stem(word) for word in _ENGLISH.split()) | frozenset(_CHINESE.split())
"""Search terms that say nothing of a product."""

_UMBRELLAS = """
accessory apparel category equipment essential gadget gear gift goods idea kind kit merchandise
necessity present range selection style supply tool type version
品 用品 礼物 礼品 好物 好货 单品 产品 用具 工具 装备 器材 配件 设备 必备 必备品 物品 类 款式 款
系列 送礼 风格 型号
"""
_UMBRELLA_WORDS = frozenset(token for word in _UMBRELLAS.split() for token in tokens(word))


@dataclass(frozen=True, slots=True)
class Term:
    """One thing a query names.

    ``written`` are the search terms of the words used, ``others`` those of other names for it,
    each of which must be found whole. ``words`` is how the shopper wrote it, and ``translations``
    are its usual names in the other language, the likeliest first. An ``extra`` term counts only
    in a catalogue that has it.
    """

    words: str
    written: Tokens
    others: tuple[Tokens, ...] = ()
    translations: tuple[str, ...] = ()
    extra: bool = False


def query_terms(text: str, synonyms: Synonyms = NO_SYNONYMS) -> tuple[Term, ...]:
    """What a query names, in order, each once, without words that say nothing of a product.

    When nothing else is left ("The Who") all of its words count.

    Args:
        text: what the shopper wrote.
        synonyms: the shop's own other names, beside those of the lexicon.
    """
    names = _names_with(synonyms)
    found: dict[Tokens, Term] = {}
    same: set[Tokens] = set()
    folded = fold(text[:MOST_CHARACTERS])
    for term in (*_all_terms(folded, names), *_numbered_terms(folded)):
        # "ink cartridge 墨盒" names one thing twice.
        if term.written and term.written not in same:
            found[term.written] = term
            same.update((term.written, *term.others))
    telling = [term for term in found.values() if not STOP_WORDS.issuperset(term.written)]
    return tuple(telling or found.values())


def head(terms: Sequence[Term]) -> Term | None:
    """What a query asks for: the last thing it names, as the ticket in "film ticket" or 电影票.

    Measures are none, nor is what means goods of any kind: "camping gear", 露营用品. ``None``
    where nothing is left.
    """
    things = (
        term
        for term in reversed(terms)
        if not term.extra
        and not any(map(str.isdigit, term.words))
        and not _UMBRELLA_WORDS.issuperset(term.written)
    )
    return next(things, None)


def translated(text: str, terms: tuple[Term, ...]) -> str:
    """The query with the English names of its Chinese words behind it.

    An encoder that has read more English than Chinese understands both together better.
    """
    chinese = (term for term in terms if has_chinese(term.words))
    names = dict.fromkeys(term.translations[0] for term in chinese if term.translations)
    return f"{text} ({' '.join(names)})" if names else text


def in_english(text: str, terms: tuple[Term, ...]) -> str:
    """The query in English, "" when a Chinese word of it has no English name."""
    if not has_chinese(text):
        return text
    names: dict[str, None] = {}
    for term in terms:
        if has_chinese(term.words) and not term.translations:
            return ""
        if not term.extra:
            names[term.translations[0] if has_chinese(term.words) else term.words] = None
    return " ".join(names)


def _all_terms(text: str, names: NameBook) -> Iterator[Term]:
    """Measures, by the term that every way to write them shares, and what lies between."""
    start = 0
    for found in find_measures(text):
        yield from _terms(text[start : found.start], names)
        words = text[found.start : found.end]
        written = tuple(tokens(words))
        yield Term(words, (found.term,), () if written == (found.term,) else (written,))
        start = found.end
    yield from _terms(text[start:], names)


def _terms(text: str, names: NameBook) -> Iterator[Term]:
    """The longest Chinese names that are known, and what lies between.

    Read from the end, where the head of a Chinese name stands: 游戏鼠标垫 is a 鼠标垫 for games and
    no 游戏鼠标. Fewer texts are cut wrongly so than from the start (Liang, 1987, of both ways).
    """
    found: list[tuple[int, int]] = []
    end = len(text)
    while end > 0:
        start = _chinese_name(text, end, names.zh)
        if start < end:
            found.append((start, end))
        end = min(start, end - 1)
    at = 0
    for start, end in reversed(found):
        yield from _plain_terms(text[at:start], names)
        yield _named(text[start:end], names.zh[(text[start:end],)])
        at = end
    yield from _plain_terms(text[at:], names)


def _chinese_name(text: str, end: int, names: Names) -> int:
    """Where the longest name that ends at ``end`` begins, ``end`` when there is none.

    "u盘" does not begin inside of a Latin word.
    """
    for start in range(max(0, end - _LONGEST_CHINESE), end - 1):
        if (text[start:end],) in names and not _within_word(text, start):
            return start
    return end


def _within_word(text: str, at: int) -> bool:
    """Whether a Latin word or number goes on at ``at``."""
    before = text[at - 1 : at] + text[at]
    return bool(at) and before.isascii() and before.isalnum()


def _plain_terms(text: str, names: NameBook) -> Iterator[Term]:
    for run in _CHINESE_RUN.split(text):
        if has_chinese(run):
            yield from _chinese_terms(run, names.zh)
        else:
            yield from _english_terms(run, names.en)


def _chinese_terms(run: str, names: Names) -> Iterator[Term]:
    for word in tokens(run):
        meant = names.get((word,))
        yield _named(word, meant) if meant else Term(word, (word,), _by_character(word))


def _by_character(word: str) -> tuple[Tokens, ...]:
    """A Chinese word as a text has it that was cut before the word was known."""
    return (tuple(word),) if len(word) > 1 else ()


def _english_terms(text: str, names: Names) -> Iterator[Term]:
    """The longest names that are known, read from the end, where the head of a name stands."""
    words = [(word, tuple(tokens(word))) for word in text.split()]
    words = [(word.strip(".,;:!?()[]\"'"), terms) for word, terms in words if terms]
    found: list[Term] = []
    end = len(words)
    while end > 0:
        start = _english_name(words, end, names)
        surface = " ".join(word for word, _ in words[start:end])
        key = tuple(term for _, terms in words[start:end] for term in terms)
        found.append(_named(surface, names[key]) if key in names else Term(surface, key))
        end = start
    yield from reversed(found)


def _english_name(words: Sequence[tuple[str, Tokens]], end: int, names: Names) -> int:
    """Where the longest name of words that ends at ``end`` begins; one word if none is known."""
    for start in range(max(0, end - _LONGEST_ENGLISH), end - 1):
        if tuple(term for _, terms in words[start:end] for term in terms) in names:
            return start
    return end - 1


def _numbered_terms(text: str) -> Iterator[Term]:
    """Names with a number, beside their words: "windows 10" is more than these two."""
    for name, number in find_numbered(text):
        if stem(name) not in STOP_WORDS:
            yield Term(f"{name} {number}", (name + number,), extra=True)


def _named(words: str, meant: Meant) -> Term:
    written = tuple(tokens(words))
    others = dict.fromkeys(tuple(tokens(surface)) for surface in meant.surfaces)
    others.pop(written, None)
    others.pop((), None)
    return Term(words, written, tuple(others), meant.translations)


@cache
def _names() -> NameBook:
    """Every name in the lexicon, and the translations of what it lacks."""
    return _extended(_lexicon_names(), translations(), usual=True)


def _lexicon_names() -> NameBook:
    found: dict[Language, dict[Tokens, list[Concept]]] = {"en": {}, "zh": {}}
    lexicon = load_lexicon()
    for concept in (concept for kind in _KINDS for concept in lexicon.of(kind).values()):
        for surface in _surfaces(concept):
            language, key = _key(surface)
            if key and concept not in found[language].setdefault(key, []):
                found[language][key].append(concept)
    return NameBook(
        {key: _meant(concepts, "en") for key, concepts in found["en"].items()},
        {key: _meant(concepts, "zh") for key, concepts in found["zh"].items()},
    )


def _key(surface: str) -> tuple[Language, Tokens]:
    if has_chinese(surface):
        return "zh", (fold(surface),)
    return "en", tuple(tokens(surface))


def _meant(concepts: Sequence[Concept], language: Language) -> Meant:
    surfaces = dict.fromkeys(s for concept in concepts for s in _surfaces(concept))
    first = concepts[0]
    return Meant(tuple(surfaces), (first.en if language == "zh" else first.zh)[:1])


def _surfaces(concept: Concept) -> tuple[str, ...]:
    """Every name of a concept, and those that mean other things too but this one first."""
    shared = _shared_names().get(concept.id, ()) if concept.kind == "product_type" else ()
    return (*concept.surfaces(), *shared)


@cache
def _shared_names() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for name, ids in load_lexicon().words.ambiguous.items():
        found.setdefault(ids[0], []).append(name)
    return {concept: tuple(names) for concept, names in found.items()}


def _names_with(synonyms: Synonyms) -> NameBook:
    """The lexicon's names and the shop's; made once for each state of its file."""
    if not synonyms:
        return _names()
    for known, book in _KEPT:
        if known is synonyms:
            return book
    book = _extended(_names(), synonyms)
    _KEPT[:] = [(synonyms, book)]
    return book


_KEPT: list[tuple[Synonyms, NameBook]] = []


def _extended(names: NameBook, synonyms: Synonyms, *, usual: bool = False) -> NameBook:
    """The names with the synonyms, each with all that the lexicon calls those.

    With ``usual`` the synonyms of the other language are its usual names there, before the
    lexicon's own.
    """
    found: dict[Language, dict[Tokens, Meant]] = {"en": dict(names.en), "zh": dict(names.zh)}
    for written, others in synonyms.items():
        language, key = _key(written)
        own = found[language].get(key, Meant(()))
        theirs = [_look_up(other, names) for other in others]
        surfaces = [*own.surfaces, *others, *(s for one in theirs for s in one.surfaces)]
        across = [other for other in others if has_chinese(other) is (language == "en")]
        if not usual or not across:
            more = (t for one in theirs for t in one.translations)
            known = (t for t in more if has_chinese(t) is (language == "en"))
            across = [*own.translations, *across, *known][:1]
        found[language][key] = Meant(tuple(dict.fromkeys(surfaces)), tuple(across))
    return NameBook(found["en"], found["zh"])


def _look_up(surface: str, names: NameBook) -> Meant:
    language, key = _key(surface)
    return (names.zh if language == "zh" else names.en).get(key, Meant(()))
