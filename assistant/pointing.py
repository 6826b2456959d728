"""Which of the products that were shown a message means. Pure.

What was shown is a stack of lists, the newest on top. A message may point by place, by a pronoun,
by what stands out among them ("the cheapest of these"), by any word of a record, by what it is
not, or into an earlier list. Where words fit several products equally, all of them are
candidates, and one must be asked for.
"""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.clauses import Clauses, read_clauses
from assistant.places import at_places
from assistant.priced import having_cost, having_number, none_costs_so
from assistant.shown_lists import Products, is_of_kind, pools, shared, stack
from assistant.superlatives import Order, is_ordering, order_said, standing_out
from assistant.traits import words_of
from assistant.types import DialogueState, ShownProduct
from catalog.text import fold
from catalog.types import NumberConstraint, SortKey
from intents.amending import swap_said
from intents.labelled import has_label
from intents.numbers import align, find_numbers
from intents.types import Intent, NLUResult, Reference, Slot
from intents.values.demands import insists

_ABOUT = frozenset({
    "select_product", "ask_product_detail", "ask_availability", "ask_price", "ask_reviews",
    "find_similar", "find_complement", "add_to_cart", "compare_products",
})  # fmt: skip
_MAY_POINT = frozenset({
    "", "refine_search", "search_product", "sort_results", "correct_previous", "out_of_scope",
    "recommend_product", "relax_search", "show_more", "find_gift", "chitchat", "affirm", "deny",
    "give_feedback", "goodbye", "greet",
})  # fmt: skip
_MAY_PICK = frozenset({"select_product", "search_product", "refine_search", "sort_results"})
_MAY_RANK = _MAY_PICK | {"ask_price"}
"""What picking one by its price may be taken for."""
_REFUSING = frozenset({"remove_from_cart", "ask_reviews"})
"""What turning down one of a list may be taken for."""

_OTHER = re.compile(r"\b(?:the )?other(?: one)?\b|另外?(?:那|一)?[个款双件台条只口顶块盏]|另一")
_OF_THESE = re.compile(
    r"\b(?:these|those|them|here|listed|the list|one)\b"
    r"|这些|那些|里面?|其中|当中|[那这][个款双件台条]"
)
_LIKE = re.compile(
    r"\b(?:same|like (?:this|that|these|it)|similar|only|just the|instead of|than)\b"
    r"|一样|差不多|同款|类似|只[看要]|比(?:这|那|它)|同品牌|同牌"
)
_THE = re.compile(r"\b(?:the|that|those|these)\b")
_INSIDE_PHRASE = re.compile(r"\b(?:in|with|from|for|as|on|at|by) the\b")
_THAT_ZH = re.compile(r"[那这]|第|刚才|之前|前面|里面?最|最.{1,4}的?[那个款双件台条只口顶块盏]")
_NEXT = re.compile(r"\bthe next one\b|\bnext one\b|下一[个款双件台条只口顶块盏]")
_PAIR = ((re.compile(r"\bthe former\b|前者"), 0), (re.compile(r"\bthe latter\b|后者"), 1))
_THIS_ZH = re.compile(r"[这它]")
_NAME_EN = re.compile(r"\b(?:[Tt]he|that) (?:[a-z]+ )?([A-Z][a-z'’][\w'’&-]+)")
_NAME_ZH = re.compile(r"^(?P<name>[\u4e00-\u9fff]{2,4}?)的?那[个款双件台条只口顶块盏套]")


@dataclass(frozen=True, slots=True)
class Pointing:
    """What a message points at: ``products`` for sure, else the ``candidates`` to ask for.

    ``missing`` says that it names something that was never shown. ``firm`` says that the words
    point by their form, whatever was taken for their intent.
    """

    products: Products = ()
    candidates: Products = ()
    missing: bool = False
    firm: bool = False


NOTHING = Pointing()


def read_pointing(state: DialogueState, nlu: NLUResult) -> NLUResult:
    """The understanding of a message that plainly points at what was shown, as its pick."""
    nlu = _of_the_shop(state, nlu)
    several = _MAY_POINT | {"select_product"} if len(nlu.intents) > 1 else _MAY_POINT
    others = any(one.name not in several for one in nlu.intents)
    if (others and not _refuses_shown(state, nlu)) or nlu.text.startswith("/") or not state.shown:
        return nlu
    if _narrows(nlu, state) or _gives_stars(nlu):
        return nlu
    aligned = align(nlu.text)
    if any(insists(aligned, s.start, s.end, s.resolved is not None) for s in nlu.slots):
        return nlu
    if any(has_label(slot, aligned) for slot in nlu.slots):
        return nlu
    if nlu.intent == "sort_results" and is_ordering(nlu.text):
        return nlu
    if nlu.intent == "correct_previous" and swap_said(aligned):
        return nlu
    if nlu.intent == "relax_search" and {s.name for s in nlu.slots} == {"attribute"}:
        return nlu  # "forget the brand" names what is given up
    if nlu.intent == "refine_search" and nlu.slots and all(_turns_down(s) for s in nlu.slots):
        return nlu
    found = point(state, nlu)
    if not found.firm or not (found.products or found.candidates or found.missing):
        return nlu
    intent = "compare_products" if len(found.products) > 1 else "select_product"
    slots = tuple(replace(s, role="reference") if s.role == "include" else s for s in nlu.slots)
    intents = (Intent(intent, 0.9),)
    return replace(nlu, intents=intents, slots=slots, out_of_scope=False, guesses=(), query="")


def _gives_stars(nlu: NLUResult) -> bool:
    """Whether a product is rated: pointing at it picks it for nothing else."""
    return nlu.intent == "give_feedback" and nlu.first("rating") is not None


def _is_bound(slot: Slot) -> bool:
    """Whether a slot is a wish for so much or more, or less, whatever is exactly so much."""
    return isinstance(slot.resolved, NumberConstraint) and slot.resolved.is_one_sided


def _refuses_shown(state: DialogueState, nlu: NLUResult) -> bool:
    """Whether a message refuses one of those shown, and no line of a cart or order: 不要第一个."""
    elsewhere = state.cart or state.orders.tasks or state.pending is not None
    names = {one.name for one in nlu.intents}
    refusing = bool(names & _REFUSING) and names <= _REFUSING | {"select_product"}
    return refusing and not elsewhere and bool(read_clauses(nlu).refused_slots)


def _narrows(nlu: NLUResult, state: DialogueState) -> bool:
    """Whether a bound, a comparison or a price is a wish, as in "at most 250 g of weight".

    Not so in "the one under 2 kg", "the cheaper one" and "the one at $1,299".
    """
    if any(map(_is_bound, nlu.slots)) and not _definite(_PREFERABLY.sub("", fold(nlu.text))):
        return True
    if not any(slot.name in ("comparative", "price") for slot in nlu.slots):
        return False
    if any(slot.name == "comparative" for slot in nlu.slots):
        return order_said(nlu.text) is None
    amounts = {one.amount for one in state.shown}
    said = {Decimal(n.low) for n in find_numbers(align(nlu.text))}
    return not amounts & said


_PREFERABLY = re.compile(r"最好(?!的)")


def _of_the_shop(state: DialogueState, nlu: NLUResult) -> NLUResult:
    """A search in that order where "the dearest backpack" names a kind that no list is of.

    Nor is the dearest picked of those that were shown as the cheapest of all. What it costs is
    asked of the shop as well: "how much is the cheapest suitcase".
    """
    pointing = bool(nlu.intents) and all(one.name in _MAY_RANK for one in nlu.intents)
    if not pointing or nlu.first("product_type") is None:
        return nlu
    if any(
        is_of_kind({word for one in pool for word in one.traits}, nlu)
        and not _in_other_order(state, pool, nlu)
        for pool in stack(state)
    ):
        return nlu
    slots = tuple(_as_order(slot) for slot in nlu.slots)
    if slots == nlu.slots:
        return nlu
    return replace(nlu, intents=(replace(nlu.intents[0], name="search_product"),), slots=slots)


def _in_other_order(state: DialogueState, pool: Products, nlu: NLUResult) -> bool:
    """Whether a list begins with the dearest where the cheapest is meant, or the other way."""
    extremes = {slot.value.extreme for slot in nlu.slots if isinstance(slot.value, Reference)}
    meant = {_BY[one] for one in extremes if one in _BY}
    sorts = {str(one.goal.sort) for one in state.lists if one.products == pool}
    return bool(meant and sorts & set(_BY.values()) - meant) and not _OF_THESE.search(
        fold(nlu.text)
    )


def _as_order(slot: Slot) -> Slot:
    extreme = slot.value.extreme if isinstance(slot.value, Reference) else ""
    return replace(slot, name="sort_key", value=_BY[extreme]) if extreme in _BY else slot


_BY = {"cheapest": str(SortKey.PRICE_ASCENDING), "dearest": str(SortKey.PRICE_DESCENDING)}


def _turns_down(slot: Slot) -> bool:
    """Whether a slot says what products shall not have, and points at none of them."""
    return slot.role == "exclude" and slot.name != "reference"


def point(state: DialogueState, nlu: NLUResult) -> Pointing:
    """What a message points at, of all that was shown."""
    shown = stack(state)
    if not shown:
        return NOTHING
    clauses = read_clauses(nlu)
    refused = _refused(state, shown[0], clauses)
    for pool in pools(shown, clauses.wanted):
        if not is_of_kind({word for one in pool for word in one.traits}, nlu):
            continue
        whole = is_of_kind(shared(pool), nlu) and not _in_order(state, pool, nlu)
        found = _in_pool(state, pool, clauses, refused, whole)
        if found is not None:
            return found
    if _names_unknown(nlu, shown) or none_costs_so(shown, clauses.costs):
        return Pointing(missing=True, firm=True)
    if clauses.wanted_slots and all(s.value == Reference() for s in clauses.wanted_slots):
        return _by_pronoun(state, refused)
    return NOTHING


def _in_order(state: DialogueState, pool: Products, nlu: NLUResult) -> bool:
    """Whether a list is in some order already, so that "the dearest" asks for another order."""
    if _OF_THESE.search(fold(nlu.text)):
        return False
    goals = [one.goal for one in state.lists if one.products == pool]
    return any(goal.sort is not SortKey.RELEVANCE for goal in goals)


def _in_pool(
    state: DialogueState,
    pool: Products,
    clauses: Clauses,
    refused: Products,
    kind_is_whole: bool,
) -> Pointing | None:
    """What is pointed at in one list; None where nothing of it is."""
    left = tuple(one for one in pool if one not in refused)
    placed = _by_place(state, pool, clauses)
    if placed:
        return Pointing(placed, firm=True)
    text = fold(clauses.wanted)
    liking = bool(_LIKE.search(text))
    described, names = _described(left, clauses)
    order = None if liking else order_said(clauses.wanted)
    if order is not None and kind_is_whole:
        best = _best(described or left, order)
        if best is not None:
            return best
    pronoun = any(s.value == Reference() for s in clauses.wanted_slots)
    if pronoun and _THIS_ZH.search(text) and not names:
        return None
    if described and len(described) < len(pool):
        compared = state.previous_action == "compare_products"
        sure = names or bool(clauses.refused_slots) or compared or _definite(text)
        firm = not liking and sure
        focused = state.focus is not None and not firm
        single = len(described) == 1 and not (pronoun or focused)
        if firm or single or _THAT_ZH.search(text):
            return _one_of(described, firm)
    if refused and left and (clauses.only_refuse or _OTHER.search(text)):
        return _one_of(left, firm=True)
    return None


def _best(products: Products, order: Order) -> Pointing | None:
    best = standing_out(products, order)
    if len(best) == order.count:
        return Pointing(best, firm=True)
    return Pointing(candidates=best, firm=True) if best else None


def _one_of(products: Products, firm: bool) -> Pointing:
    if len(products) == 1:
        return Pointing(products, firm=firm)
    return Pointing(candidates=products, firm=firm)


def _by_place(state: DialogueState, pool: Products, clauses: Clauses) -> Products:
    """The products at the places that are named; with a pronoun beside, that one first."""
    found: list[ShownProduct] = []
    text = fold(clauses.wanted)
    for pattern, place in _PAIR:
        if pattern.search(text) and len(pool) == 2:
            return (pool[place],)
    if _NEXT.search(text) and state.focus is not None:
        ids = [one.product_id for one in pool]
        at = ids.index(state.focus.product_id) if state.focus.product_id in ids else len(ids)
        return pool[at + 1 : at + 2]
    for slot in clauses.wanted_slots:
        if slot.value == Reference() and state.focus is not None:
            found.append(state.focus)
        elif isinstance(slot.value, Reference):
            found.extend(at_places(pool, slot.value))
    placed = any(s.value != Reference() for s in clauses.wanted_slots)
    return tuple(dict.fromkeys(found)) if placed else ()


def _by_pronoun(state: DialogueState, refused: Products) -> Pointing:
    """The product in focus, else the only one or the first one shown."""
    if refused:
        return NOTHING
    return Pointing((state.focus,) if state.focus is not None else state.shown[:1])


def _refused(state: DialogueState, newest: Products, clauses: Clauses) -> Products:
    """What a message turns down: "not that one", 不要潮音."""
    if not clauses.refused:
        return ()
    found: list[ShownProduct] = []
    for slot in clauses.refused_slots:
        if slot.value == Reference():
            found += [state.focus] if state.focus else []
        elif isinstance(slot.value, Reference):
            found += at_places(newest, slot.value)
    described, _ = _described(newest, Clauses(clauses.refused, "", (), ()))
    found += described if len(described) < len(newest) else ()
    same = {one.product_id for one in found}
    return tuple(one for one in newest if one.product_id in same) or tuple(found)


def _described(pool: Products, clauses: Clauses) -> tuple[Products, bool]:
    """The products that most of the telling words fit, and whether a name is among the words.

    A word tells as much as it leaves out (its idf within the list); words that fit the same
    products count once. Words after "without" or 不 fit those that lack them.
    """
    if not pool:
        return (), False
    fitting: dict[frozenset[int], bool] = {}
    for word, negated in clauses.words():
        having = frozenset(at for at, one in enumerate(pool) if _has(one, word) is not negated)
        known = any(_has(one, word) for one in pool)
        if known and 0 < len(having) < len(pool):
            named = word not in clauses.plain and any(word in one.names for one in pool)
            fitting[having] = fitting.get(having, False) or named
    for one in clauses.meant:
        found = (_having(pool, words, one.lacking) for words in (one.words, one.first))
        telling = next((having for having in found if 0 < len(having) < len(pool)), None)
        if telling is not None:
            fitting.setdefault(telling, False)
    for having in _by_number(pool, clauses):
        fitting.setdefault(having, False)
    if not fitting:
        return (), False
    scores = [
        sum(math.log2(len(pool) / len(having)) for having in fitting if at in having)
        for at in range(len(pool))
    ]
    best = max(scores)
    chosen = tuple(one for at, one in enumerate(pool) if scores[at] >= best - 1e-9)
    return chosen, any(fitting.values())


def _having(pool: Products, words: Iterable[str], lacking: bool) -> frozenset[int]:
    """The places of the products that have any of the words, or that lack them all."""
    return frozenset(
        at for at, one in enumerate(pool) if any(_has(one, w) for w in words) is not lacking
    )


def _has(product: ShownProduct, word: str) -> bool:
    if word in product.traits:
        return True
    # "wooden" for wood, "gaming" is no game.
    return (
        len(word) > 4
        and word.isalpha()
        and word.isascii()
        and any(
            len(own) > 3 and word.startswith(own) and len(word) - len(own) <= 2
            for own in product.traits
        )
    )


def _by_number(pool: Products, clauses: Clauses) -> Iterable[frozenset[int]]:
    """Which products have each number of the message, as a price or in their record."""
    found = [having_cost(pool, cost) for cost in clauses.costs]
    found += [having_number(pool, number) for number in clauses.numbers()]
    return (having for having in found if 0 < len(having) < len(pool))


def _definite(text: str) -> bool:
    """Whether the words point by their form: "the red one", 那个红的."""
    if _THAT_ZH.search(text):
        return True
    return _THE.search(_INSIDE_PHRASE.sub(" ", text)) is not None


def _names_unknown(nlu: NLUResult, shown: Sequence[Products]) -> bool:
    """Whether a message points by a name that nothing shown has: "the Bose ones", 华为那个."""
    known = {word for pool in shown for one in pool for word in one.traits}
    match = _NAME_ZH.search(fold(nlu.text))
    if match is not None:
        return not known & set(words_of(match["name"]))
    if nlu.intent not in _ABOUT | {"refine_search", "search_product"}:
        return False
    names = [word for name in _NAME_EN.findall(nlu.text) for word in words_of(name)]
    return bool(names) and not known & set(names)
