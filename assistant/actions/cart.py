"""The cart: what is put in exists, has a size, and is in stock."""

from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import quote

from assistant.actions.context import (
    Services,
    TurnContext,
    focus_on,
    named_products,
    pick_variant,
    view_cart,
)
from assistant.actions.products import matching_variants, option_words, size_wished
from assistant.types import (
    Action,
    Cart,
    CartItem,
    CartLine,
    DialogueState,
    Money,
    Note,
    Outcome,
    PendingQuestion,
    ShownProduct,
    SuggestedResponse,
    Suggestion,
    Verbatim,
    settled,
)
from assistant.wording import product_price, write_variant
from catalog.money import from_minor
from catalog.text import tokens
from catalog.types import Product, ScoredProduct, Variant
from intents.payloads import write_payload
from intents.types import Reference

_SIZES_OFFERED = 12
MOST_AT_ONCE = 10
"""So many products of one message go into the cart at most."""


def add_to_cart(action: Action, turn: TurnContext, services: Services) -> Outcome:
    """Put products in the cart, asking for the size of one where that is open."""
    if len(action.products) > 1:
        return _add_several(action, turn, services)
    return _add_one(action, turn, services)


def _add_several(action: Action, turn: TurnContext, services: Services) -> Outcome:
    """Each in its turn; the first that something has to be asked about is the last."""
    notes: list[Note] = []
    if len(action.products) > MOST_AT_ONCE:
        count = len(action.products)
        notes.append(Note("too_many_at_once", {"count": count, "most": MOST_AT_ONCE}))
    outcome, pairs = None, action.products[:MOST_AT_ONCE]
    for number, pair in enumerate(pairs):
        if outcome is not None:
            notes += [*outcome.notes, Note(outcome.response, outcome.facts)]
        one = replace(action, products=(pair,), args=_args_of(action, number))
        outcome = _add_one(one, turn, services)
        turn = replace(turn, state=outcome.state)
        if outcome.state.pending is not None and number + 1 < len(pairs):
            left = services.store.get_many(id_ for id_, _ in pairs[number + 1 :])
            titles = tuple(one.title.get(turn.language) for one in left.values())
            notes.append(Note("not_yet_added", {"titles": titles}))
            break
    if outcome is None:
        raise ValueError("expected products to add, got none")
    return replace(outcome, notes=(*notes, *outcome.notes))


def _args_of(action: Action, number: int) -> dict[str, str]:
    """What was said of one of several products."""
    args = dict(action.args)
    quantities = args.pop("quantities", "").split(",")
    if number < len(quantities) and quantities[number]:
        args["quantity"] = quantities[number]
    return args


def _add_one(action: Action, turn: TurnContext, services: Services) -> Outcome:
    found = named_products(action, services)
    if not found:
        return Outcome("product_gone", turn.state)
    scored = found[0]
    wanted = _wanted_options(action, turn, scored)
    choices = _choices(scored, wanted, action.args.get("variant_id", ""))
    if not choices:
        return _no_such_option(scored, wanted, turn)
    sizes = tuple(dict.fromkeys(one.option("size") for one in choices if one.option("size")))
    if len(sizes) > 1:
        return _ask_size(action, choices, scored.product, turn)
    return _add(scored.product, choices, _count(action), turn, services.most_of_one)


def _wanted_options(action: Action, turn: TurnContext, scored: ScoredProduct) -> dict[str, str]:
    """Size and colour: as said now, else as wished for before, else as it was shown."""
    wanted = {name: action.args[name] for name in ("size", "color") if name in action.args}
    asked_about = turn.state.previous_action == "show_availability"
    if "size" not in wanted and asked_about and turn.state.size_asked:
        wanted["size"] = turn.state.size_asked
    if "size" not in wanted:
        wishes = [w for w in turn.state.goal.wishes if w.name == "size" and w.role == "include"]
        if wishes and (size := size_wished(scored.product, wishes[-1])):
            wanted["size"] = size
    if "color" not in wanted and scored.variant.option("color"):
        wanted["color"] = scored.variant.option("color").all()[0]
    return wanted


def _choices(scored: ScoredProduct, wanted: dict[str, str], variant_id: str) -> tuple[Variant, ...]:
    """The variants that fit; a pressed button names one outright."""
    product = scored.product
    named = product.variant(variant_id) if variant_id else None
    if named is not None:
        return (named,)
    present = {name for one in product.variants for name, text in one.options if text}
    fitting = matching_variants(product, {k: v for k, v in wanted.items() if k in present})
    if "size" in present or not fitting:
        return fitting
    # Options other than size and colour stay as they were shown.
    return (scored.variant,) if scored.variant in fitting else (_first_available(fitting),)


def _first_available(variants: tuple[Variant, ...]) -> Variant:
    return next((one for one in variants if one.available), variants[0])


def _no_such_option(scored: ScoredProduct, wanted: dict[str, str], turn: TurnContext) -> Outcome:
    names = tuple(wanted)
    offered = dict.fromkeys(
        one.option(name).get(turn.language)
        for name in names
        for one in scored.product.variants
        if one.available and one.option(name)
    )
    state = focus_on(turn.state, scored.product, scored.variant)
    facts: dict[str, object] = {
        "title": scored.product.title,
        "asked": option_words(scored.product, wanted, turn.language),
        "options": tuple(offered),
    }
    return Outcome("option_unknown", state, facts, products=(scored,))


def _ask_size(
    action: Action, choices: tuple[Variant, ...], product: Product, turn: TurnContext
) -> Outcome:
    """Ask for the size; the answer goes on with the same action."""
    available = [one for one in choices if one.available]
    if not available:
        return _sold_out(product, choices[0], turn)
    args = {name: value for name, value in action.args.items() if name != "size"}
    args.setdefault("color", available[0].option("color").get("en"))
    asked = Action("add_to_cart", ((product.id, available[0].id),), args)
    state = focus_on(turn.state, product, available[0])
    state = replace(state, pending=PendingQuestion("size", asked))
    sizes = dict.fromkeys(one.option("size").get(turn.language) for one in available)
    suggestions = tuple(Suggestion(size, size) for size in list(sizes)[:_SIZES_OFFERED])
    facts = {"title": product.title, "sizes": tuple(sizes)}
    return Outcome("which_size", state, facts, suggestions=suggestions)


def _sold_out(product: Product, variant: Variant, turn: TurnContext) -> Outcome:
    state = replace(focus_on(turn.state, product, variant), pending=None)
    similar = SuggestedResponse("similar", write_payload("find_similar", product_id=product.id))
    watch = SuggestedResponse("watch_it", write_payload("watch_product", product_id=product.id))
    facts = {
        "title": product.title,
        "asked": (write_variant(variant, turn.language),) if variant.options else (),
        "price": product_price(variant, state.currency),
    }
    return Outcome("sold_out", state, facts, suggestions=(similar, watch))


def _add(
    product: Product, choices: tuple[Variant, ...], count: int, turn: TurnContext, most: int
) -> Outcome:
    variant = _first_available(choices)
    if not variant.available:
        return _sold_out(product, variant, turn)
    before = _in_cart(turn.state, variant.id)
    left = variant.quantity
    if left is not None and before + count > left:
        return _too_many(product, variant, left - before, turn)
    if before + count > most:
        state = _asking_how_many(product, variant, turn)
        return Outcome("at_most", state, {"most": most})
    state = focus_on(turn.state, product, variant)
    state = settled(_put(state, product.id, variant.id, before + count))
    facts = {
        "title": product.title,
        "variant": write_variant(variant, turn.language),
        "count": count,
        "price": product_price(variant, state.currency),
    }
    buttons = (
        SuggestedResponse("see_cart", "/show_cart"),
        SuggestedResponse("go_to_checkout", "/checkout"),
    )
    notes = _changed_price(turn.state, product, variant)
    response = "added" if facts["variant"] else "added_plain"
    return Outcome(response, state, facts, notes, suggestions=buttons)


def _too_many(product: Product, variant: Variant, left: int, turn: TurnContext) -> Outcome:
    facts: dict[str, object] = {"title": product.title, "count": left}
    if left <= 0:
        state = replace(focus_on(turn.state, product, variant), pending=None)
        return Outcome("all_in_cart", state, facts)
    state = _asking_how_many(product, variant, turn)
    payload = write_payload(
        "add_to_cart", product_id=product.id, variant_id=variant.id, quantity=left
    )
    button = SuggestedResponse("add_left", payload, {"count": left})
    return Outcome("only_left", state, facts, suggestions=(button,))


def _asking_how_many(product: Product, variant: Variant, turn: TurnContext) -> DialogueState:
    """The state in which "just one then" puts one of the variant in the cart."""
    again = Action("add_to_cart", ((product.id, variant.id),), {"variant_id": variant.id})
    state = focus_on(turn.state, product, variant)
    return replace(state, pending=PendingQuestion("quantity", again))


def _changed_price(state: DialogueState, product: Product, variant: Variant) -> tuple[Note, ...]:
    """Say so when the price is no longer the one that was shown."""
    now = product_price(variant, state.currency)
    for one in (*state.shown, *((state.focus,) if state.focus else ())):
        same = one.product_id == product.id and one.variant_id == variant.id
        if same and now is not None and one.amount is not None and one.currency == now.currency:
            if one.amount == now.amount:
                return ()
            return (Note("price_changed", {"before": Money(one.amount, one.currency), "now": now}),)
    return ()


def show_cart(_: Action, turn: TurnContext, services: Services) -> Outcome:
    """The cart with today's prices. Its lines can then be pointed at."""
    cart = view_cart(turn.state, services.store)
    if cart is None or not cart.items:
        return Outcome("cart_empty", turn.state)
    facts = cart_facts(cart)
    shown = tuple(ShownProduct(item.product_id, item.variant_id) for item in cart.items)
    state = replace(settled(turn.state), shown=shown, focus=None)
    return Outcome("cart", state, facts, suggestions=cart_buttons())


def cart_facts(cart: Cart) -> dict[str, object]:
    """How much is in the cart, for how much, line by line."""
    return {
        "count": sum(item.quantity for item in cart.items),
        "total": Money(from_minor(cart.total, cart.currency), cart.currency),
        "lines": tuple(_line(item) for item in cart.items),
    }


def cart_buttons() -> tuple[SuggestedResponse, ...]:
    """What a shopper who looks at the cart may want next."""
    return (
        SuggestedResponse("go_to_checkout", "/checkout"),
        SuggestedResponse("empty_cart", "/clear_cart"),
    )


def _line(item: CartItem) -> str:
    variant = f" ({item.variant})" if item.variant else ""
    return f"{item.quantity} × {item.title}{variant}"


def remove_from_cart(action: Action, turn: TurnContext, services: Services) -> Outcome:
    """Take a line out of the cart."""
    return _change_line(action, turn, services, 0)


def change_quantity(action: Action, turn: TurnContext, services: Services) -> Outcome:
    """Set how many of a line are in the cart."""
    if "quantity" not in action.args:
        return Outcome("how_many", turn.state)
    return _change_line(action, turn, services, _count(action))


def _change_line(action: Action, turn: TurnContext, services: Services, count: int) -> Outcome:
    cart = view_cart(turn.state, services.store)
    if cart is None or not cart.items:
        return Outcome("cart_empty", turn.state)
    items = _meant(cart, action, turn, services)
    if len(items) != 1:
        return _ask_line(cart, action, turn)
    item = items[0]
    product = services.store.get(item.product_id)
    variant = pick_variant(product, item.variant_id) if product else None
    if product and variant and variant.quantity is not None and count > variant.quantity:
        return _too_many_set(product, variant, turn)
    if count > services.most_of_one:
        return Outcome("at_most", turn.state, {"most": services.most_of_one})
    state = _put(turn.state, item.product_id, item.variant_id, count)
    facts: dict[str, object] = {"title": item.title, "count": count}
    response = "quantity_changed" if count else "removed"
    return Outcome(response, settled(state), facts)


def _too_many_set(product: Product, variant: Variant, turn: TurnContext) -> Outcome:
    return Outcome("only_left", turn.state, {"title": product.title, "count": variant.quantity})


def _meant(cart: Cart, action: Action, turn: TurnContext, services: Services) -> list[CartItem]:
    """The lines a message may mean: pressed, pointed at, named, or the only one."""
    pointed = {id_ for id_, _ in action.products}
    variant_id = action.args.get("variant_id", "")
    if variant_id:
        return [item for item in cart.items if item.variant_id == variant_id]
    found = [item for item in cart.items if item.product_id in pointed]
    it = all(slot.value == Reference() for slot in turn.nlu.all("reference"))
    if found or (pointed and not it):
        return _narrow(found, action, services)
    words = set(tokens(turn.nlu.query))
    named = [item for item in cart.items if words & set(tokens(item.title))]
    return _narrow(named or list(cart.items), action, services)


def _narrow(items: list[CartItem], action: Action, services: Services) -> list[CartItem]:
    """Those of the lines that come in the size and colour that were said."""
    said = {name: action.args[name] for name in ("size", "color") if name in action.args}
    products = services.store.get_many(item.product_id for item in items)
    fitting = [
        item
        for item in items
        if item.product_id in products
        and item.variant_id in {v.id for v in matching_variants(products[item.product_id], said)}
    ]
    return fitting or items


def _ask_line(cart: Cart, action: Action, turn: TurnContext) -> Outcome:
    count = {"quantity": int(action.args["quantity"])} if "quantity" in action.args else {}
    buttons = tuple(
        Suggestion(
            _line(item),
            write_payload(
                action.name, product_id=item.product_id, variant_id=item.variant_id, **count
            ),
        )
        for item in cart.items
    )
    return Outcome("which_line", turn.state, suggestions=buttons)


def clear_cart(_: Action, turn: TurnContext, __: Services) -> Outcome:
    """Empty the cart."""
    if not turn.state.cart:
        return Outcome("cart_empty", turn.state)
    return Outcome("cart_cleared", replace(settled(turn.state), cart=()))


def check_out(_: Action, turn: TurnContext, services: Services) -> Outcome:
    """Hand over to the shop's own page; no payment data is ever taken here."""
    cart = view_cart(turn.state, services.store)
    if cart is None or not cart.items:
        return Outcome("cart_empty", turn.state)
    gone = tuple(item.title for item in cart.items if not item.available)
    if gone:
        return Outcome("checkout_sold_out", turn.state, {"gone": gone})
    items = ",".join(f"{quote(item.variant_id)}:{item.quantity}" for item in cart.items)
    total = Money(from_minor(cart.total, cart.currency), cart.currency)
    url = Verbatim(services.checkout_url.replace("{cart}", items))
    facts = {"url": url, "total": total}
    return Outcome("checkout", settled(turn.state), facts)


def _count(action: Action) -> int:
    return max(int(action.args.get("quantity", "1")), 0) or 1


def _in_cart(state: DialogueState, variant_id: str) -> int:
    return sum(line.quantity for line in state.cart if line.variant_id == variant_id)


def _put(state: DialogueState, product_id: str, variant_id: str, quantity: int) -> DialogueState:
    """The state with so many of a variant in the cart, in the place the line had."""
    line = CartLine(product_id, variant_id, quantity)
    lines = [line if old.variant_id == variant_id else old for old in state.cart]
    if line not in lines:
        lines.append(line)
    return replace(state, cart=tuple(one for one in lines if one.quantity > 0))


def with_lines(state: DialogueState, lines: Iterable[CartLine]) -> DialogueState:
    """The state with these lines in the cart; of a variant that is in it the larger number."""
    for one in lines:
        quantity = max(one.quantity, _in_cart(state, one.variant_id))
        state = _put(state, one.product_id, one.variant_id, quantity)
    return state
