"""Where Chinese words begin and end, so that no phrase is found inside another word."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from catalog.lexicon import load_lexicon
from catalog.matching import PhraseTrie, Token, forms
from catalog.text import cut, has_chinese, is_word

Span = tuple[int, int]

_SURE_LENGTH = 3
_GLUE = frozenset(
    "的了要买个这那款吗呢吧啊呀哦嘛有没在给我你您他她它想找看换用是都也就再来去只不和与或及带"
    "能可会最更很太请帮下上到得着过把被拿选求推荐类型种些点儿子双条件台只部支副对套送做为让比"
    "挑添逛淘置囤瞧瞅订缺"
) | {"礼物", "礼品", "礼盒", "产品", "商品", "用品", "专用", "专柜", "系列", "款式", "穿搭"}
"""What stands beside a product's name without being part of it."""
_LONGEST_GLUE = 2
_SEEKING, _BEFORE_SEEKING = frozenset("买挑选找看逛淘"), frozenset("来想要去")
_HOUSE, _BEHIND_HOUSE = "家", frozenset("的那出")


@dataclass(frozen=True, slots=True)
class Segments:
    """A message's words as spans of token indexes, and what of it is accounted for.

    ``begins`` and ``ends`` are the phrases known at each place, by token index.
    """

    tokens: Sequence[Token]
    words: Sequence[Span]
    begins: dict[int, set[int]]
    ends: dict[int, set[int]]
    blocked: Sequence[Span]

    def fits(self, start: int, end: int) -> bool:
        """Whether a phrase may stand at ``start:end``: no edge of it splits another word.

        A long Chinese phrase is sure of itself. A shorter one may split a word of the cutter
        only when the rest of that word is accounted for too: 女|鞋, 防水|平板. Words that
        the cutter guessed (像匡威) hold only a single character together, and for that glue does
        not count inside a real word: 上面 holds no 面.
        """
        if any(self._inside(start, end, block) for block in self.blocked):
            return False
        chinese = sum(token.chinese for token in self.tokens[start:end])
        if not chinese or chinese >= _SURE_LENGTH:
            return True
        return self._left_fits(start, chinese) and self._right_fits(end, chinese)

    def misspelt(self, start: int, name: str) -> bool:
        """Whether ``name`` may be meant at ``start``: what differs is part of no real word."""
        for place, character in enumerate(name, start):
            word = self.words[place]
            real = word[1] - word[0] > 1 and is_word(self._text(*word))
            if real and self.tokens[place].word != character:
                return False
        return True

    def _text(self, start: int, end: int) -> str:
        return "".join(token.word for token in self.tokens[start:end])

    def edge(self, index: int) -> bool:
        """Whether a word begins at a token index, or the text ends there."""
        return index >= len(self.words) or self.words[index][0] == index

    def known(self, start: int, end: int) -> bool:
        """Whether phrases and glue words account for every token of ``start:end``."""
        return end in self._reach(start, end, True)

    def _left_fits(self, edge: int, length: int) -> bool:
        if edge == 0 or edge >= len(self.words):
            return True
        start, end = self.words[edge]
        real = is_word(self._text(start, end))
        if start == edge or (length > 1 and not real):
            return True
        before = self.ends.get(edge, ())
        known = edge in self._reach(start, edge, length > 1 or not real)
        return known or self._sought(edge) or any(at <= start for at in before)

    def _sought(self, edge: int) -> bool:
        """Whether one is looking for what begins here, whatever word that makes: 来挑灯."""
        verb, before = self.tokens[edge - 1].word, self.tokens[edge - 2].word if edge > 1 else ""
        return verb in _SEEKING and before in _BEFORE_SEEKING

    def _housed(self, edge: int, length: int) -> bool:
        """Whether a brand's 家 follows, whatever word that makes with its end: 墨行家的."""
        behind = self.tokens[edge + 1].word if edge + 1 < len(self.tokens) else "的"
        return length > 1 and self.tokens[edge].word == _HOUSE and behind in _BEHIND_HOUSE

    def _right_fits(self, edge: int, length: int) -> bool:
        if edge == 0 or edge >= len(self.words):
            return True
        start, end = self.words[edge]
        real = is_word(self._text(start, end))
        if start == edge or (length > 1 and not real):
            return True
        if self._housed(edge, length):
            return True
        return any(at >= end for at in self._reach(edge, end, length > 1 or not real))

    def _reach(self, start: int, stop: int, glue: bool) -> set[int]:
        """Every index that phrases, and glue words, lead to from ``start`` until past ``stop``."""
        reached = {start}
        for at in range(start, stop):
            if at in reached:
                reached.update(self.begins.get(at, ()))
                if glue:
                    reached.update(self._glued(at))
        return reached

    def _glued(self, at: int) -> Iterator[int]:
        """Where a glue word that begins at ``at`` ends."""
        for end in range(at + 1, min(at + _LONGEST_GLUE, len(self.tokens)) + 1):
            if self._text(at, end) in _GLUE:
                yield end

    def _inside(self, start: int, end: int, block: Span) -> bool:
        covers = start <= block[0] and end >= block[1]
        return start < block[1] and end > block[0] and not covers


def segment(tokens: Sequence[Token], phrases: Iterable[Span]) -> Segments:
    """Cuts the Chinese of a message into words.

    Args:
        tokens: The message.
        phrases: Where the vocabulary's phrases stand, right or not, as token indexes.
    """
    begins: defaultdict[int, set[int]] = defaultdict(set)
    ends: defaultdict[int, set[int]] = defaultdict(set)
    for start, end in phrases:
        begins[start].add(end)
        ends[end].add(start)
    words = _words(tokens)
    return Segments(tokens, words, dict(begins), dict(ends), _blocked(tokens, words))


def _words(tokens: Sequence[Token]) -> list[Span]:
    """For each token the span of its word; an English word or a number is its own."""
    spans: list[Span] = []
    for start, end in _runs(tokens):
        if not tokens[start].chinese:
            spans.append((start, end))
            continue
        at = start
        for word in cut("".join(token.word for token in tokens[start:end])):
            spans.extend([(at, at + len(word))] * len(word))
            at += len(word)
    return spans


def _runs(tokens: Sequence[Token]) -> list[Span]:
    """Chinese characters that follow each other without a gap, and every other token alone."""
    runs: list[Span] = []
    for at, token in enumerate(tokens):
        last = runs[-1] if runs else None
        follows = last and tokens[at - 1].chinese and tokens[at - 1].end == token.start
        if last and follows and token.chinese:
            runs[-1] = (last[0], at + 1)
        else:
            runs.append((at, at + 1))
    return runs


def _blocked(tokens: Sequence[Token], words: Sequence[Span]) -> list[Span]:
    phrase = [token.form for token in tokens]
    found = []
    for start in range(len(phrase)):
        for end, _ in _blockers().starting_at(phrase, start):
            whole = words[start][0] == start and words[end - 1][1] == end
            if whole and all(_adjoin(a, b) for a, b in pairwise(tokens[start:end])):
                found.append((start, end))
    return found


def _adjoin(one: Token, other: Token) -> bool:
    """Whether no more than a blank lies between: "books, language" is no language of a book."""
    return other.start - one.end <= (0 if one.chinese and other.chinese else 1)


@cache
def _blockers() -> PhraseTrie[str]:
    trie: PhraseTrie[str] = PhraseTrie()
    lexicon = load_lexicon()
    asked = [name for concept in lexicon.of("attribute").values() for name in concept.surfaces()]
    for blocker in (*lexicon.words.blockers, *filter(_is_long, asked)):
        trie.add(forms(blocker), blocker)
    return trie


def _is_long(name: str) -> bool:
    """Whether an attribute's name may hold a product's: "battery life" is about no battery."""
    return len(forms(name)) >= (_SURE_LENGTH if has_chinese(name) else 2)
