"""The brands of a catalogue under every name that shoppers use for them."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from catalog.lexicon import Lexicon
from catalog.matching import PhraseTrie, forms
from catalog.text import fold
from catalog.types import BRAND, LocalText, TextConstraint
from catalog.words.meanings import ABSENT, ALIAS, Meaning
from catalog.words.spelling import everyday_words, ordinary_words


def brand_meanings(brands: Counter[LocalText], lexicon: Lexicon) -> Iterator[tuple[str, Meaning]]:
    """Every name of every brand: the catalogue's own and the known ones it does not carry.

    Spellings of one brand ("DELL", "Dell Inc.") are one meaning with one constraint.
    """
    aliases = _aliases(lexicon)
    spellings: defaultdict[str, list[LocalText]] = defaultdict(list)
    for brand, _ in brands.most_common():
        spellings[_identity(brand, aliases, lexicon)].append(brand)
    for identity, carried in spellings.items():
        yield from _carried(identity, carried, lexicon)
    for concept in lexicon.of("brand").values():
        if concept.id not in spellings:
            meaning = Meaning("brand", concept.id, concept.name, "brand", None, ABSENT)
            for surface in concept.surfaces():
                yield surface, _guarded(meaning, surface, lexicon)


def short_name(phrase: tuple[str, ...], lexicon: Lexicon) -> tuple[str, ...]:
    """A brand's phrase without the company words at its end; never empty."""
    while len(phrase) > 1:
        tail = next((n for n in (1, 2, 3, 4, 5) if _company(phrase[-n:], lexicon)), 0)
        if not tail or tail >= len(phrase):
            break
        phrase = phrase[:-tail]
    return phrase


def _company(tail: tuple[str, ...], lexicon: Lexicon) -> bool:
    return "".join(tail) in lexicon.words.company


def _aliases(lexicon: Lexicon) -> PhraseTrie[str]:
    trie: PhraseTrie[str] = PhraseTrie()
    for concept in lexicon.of("brand").values():
        for surface in concept.surfaces():
            trie.add(forms(surface), concept.id)
    return trie


def _identity(brand: LocalText, aliases: PhraseTrie[str], lexicon: Lexicon) -> str:
    """The lexicon's id of a brand, else its own short name."""
    for name in brand.all():
        for phrase in (forms(name), short_name(forms(name), lexicon)):
            known = aliases.get(phrase)
            if known:
                return known[0]
    return " ".join(short_name(forms(brand.get("en")), lexicon))


def _carried(
    identity: str, carried: list[LocalText], lexicon: Lexicon
) -> Iterator[tuple[str, Meaning]]:
    concept = lexicon.get("brand", identity)
    values = dict.fromkeys(fold(name) for brand in carried for name in brand.all())
    constraint = TextConstraint(BRAND, tuple(values))
    own = carried[0]
    known = concept.name if concept else LocalText()
    label = LocalText(own.en or known.en, own.zh or known.zh)
    meaning = Meaning("brand", own.get("en"), label, "brand", constraint)
    names = dict.fromkeys(name for brand in carried for name in brand.all())
    for name in names:
        yield name, _guarded(meaning, name, lexicon)
        short = " ".join(short_name(forms(name), lexicon))
        if short != " ".join(forms(name)):
            yield short, _guarded(meaning.scored(ALIAS), short, lexicon)
    for surface in concept.surfaces() if concept else ():
        if surface not in names:
            yield surface, _guarded(meaning.scored(ALIAS), surface, lexicon)


def _guarded(meaning: Meaning, name: str, lexicon: Lexicon) -> Meaning:
    """An everyday word names a brand only in a name's place; a rarer one of a brand we sell."""
    folded = fold(name)
    plain = everyday_words() if meaning.constraint else ordinary_words()
    doubtful = folded in plain or folded in lexicon.words.ordinary or len(folded) < 2
    return meaning.scored(meaning.score, "name") if doubtful else meaning
