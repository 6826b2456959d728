"""One request about an order as a form: what a message fills in, what is missing. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from assistant.orders.reading.addresses import (
    like_order,
    means_own,
    missing_parts,
    read_address,
    read_rest,
)
from assistant.orders.reading.details import (
    read_ending,
    read_methods,
    read_numbers,
    read_pick,
    read_reason,
)
from assistant.orders.reading.items import (
    Line,
    Named,
    find_named,
    leaves_out,
    means_everything,
    read_answer,
    read_wish,
)
from assistant.orders.reading.values import choices_of, fitting_variants, wished_variants
from assistant.orders.rules import OrderRules
from assistant.purchases import (
    Address,
    Change,
    Customer,
    LineWish,
    Order,
    OrderTask,
    PaymentMethod,
)
from catalog.text import fold
from catalog.types import Product, Variant
from intents.types import NLUResult

SWAPS = frozenset({"change_items", "exchange_items"})
WITH_ITEMS = SWAPS | {"return_items"}
WITH_METHOD = WITH_ITEMS | {"change_payment"}
WITH_ADDRESS = frozenset({"change_order_address", "change_default_address"})
WITHOUT_ORDER = frozenset({"change_default_address", "list_orders", ""})


@dataclass(frozen=True, slots=True)
class Records:
    """What belongs to the customer, as it is now."""

    customer: Customer
    orders: tuple[Order, ...]
    products: Mapping[str, Product]
    rules: OrderRules

    def order(self, order_id: str) -> Order | None:
        """The customer's order of that id, in any case of letters."""
        wanted = order_id.upper().replace("-", "")
        return next((o for o in self.orders if o.id.upper().replace("-", "") == wanted), None)

    def lines(self, orders: Sequence[Order]) -> list[Line]:
        """The items of orders."""
        return [
            Line(one.id, place, item, self.products.get(item.product_id))
            for one in orders
            for place, item in enumerate(one.items)
        ]


@dataclass(frozen=True, slots=True)
class Missing:
    """The next question: its slot, what it offers, and the item it is about."""

    slot: str
    offered: tuple[str, ...] = ()
    line: int = -1
    trouble: str = ""
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Filled:
    """A task with what a message added. ``foreign`` names an order that is not theirs."""

    task: OrderTask
    foreign: str = ""
    read: bool = field(default=False)


def possible_orders(task: OrderTask, records: Records) -> list[Order]:
    """The customer's orders that the act is possible for, by their status."""
    rules = records.rules.acts
    if task.act in SWAPS:
        statuses = {*rules["change_items"].statuses, *rules["exchange_items"].statuses}
    elif task.act in rules:
        statuses = {*rules[task.act].statuses}
    else:
        return list(records.orders)
    return [one for one in records.orders if one.status in statuses]


def fill(task: OrderTask, message: NLUResult, records: Records) -> Filled:
    """The task with everything that a message says about it."""
    text = fold(message.text)
    before = task
    task, foreign = _with_order(task, message.text, text, records)
    if task.act in WITH_ITEMS:
        task = _with_items(task, text, records)
    if task.act in WITH_METHOD:
        task = _with_method(task, text, records)
    if task.act == "cancel_order":
        task = _with_reason(task, text, records)
    if task.act in WITH_ADDRESS:
        task = _with_address(task, message, records)
    return Filled(task, foreign, _content(task) != _content(before))


def _content(task: OrderTask) -> tuple[object, ...]:
    """What a task is about, without the course of the talk."""
    return (
        task.act,
        task.order_id,
        task.lines,
        task.everything,
        task.reason,
        task.method_id,
        task.address,
    )


def same_content(first: OrderTask, second: OrderTask) -> bool:
    """Whether two tasks would do the same."""
    return _content(first) == _content(second)


def _with_order(task: OrderTask, raw: str, text: str, records: Records) -> tuple[OrderTask, str]:
    if task.act in WITHOUT_ORDER - {""}:
        return task, ""
    alike = like_order(raw, task.order_id) if task.act in WITH_ADDRESS else ()
    numbers = [one for one in read_numbers(text) if one not in alike]
    own = [order.id for one in numbers if (order := records.order(one)) is not None]
    if own:
        return _set_order(task, own[0]), ""
    foreign = [one for one in numbers if one[0].isalpha() or f"#{one.casefold()}" in text]
    if foreign:
        return task, foreign[0]
    if task.order_id and task.asked != "order":
        return task, ""
    ended = read_ending(text, possible_orders(task, records) or records.orders)
    if len(ended) == 1:
        return _set_order(task, ended[0].id), ""
    if task.asked == "order":
        return _pick_order(task, text, records), ""
    return task, ""


def _set_order(task: OrderTask, order_id: str) -> OrderTask:
    if order_id == task.order_id:
        return task
    return replace(task, order_id=order_id, lines=(), unclear=(), offered=())


def _pick_order(task: OrderTask, text: str, records: Records) -> OrderTask:
    """The order among those that were listed: by its place, or by what is in it."""
    place = read_pick(text, len(task.offered))
    if place >= 0:
        return _set_order(task, task.offered[place])
    listed = [one for one in records.orders if one.id in task.offered]
    named = find_named(text, records.lines(listed))
    ids = {line.order_id for one in named for line in one.lines}
    return _set_order(task, ids.pop()) if len(ids) == 1 else task


def _with_items(task: OrderTask, text: str, records: Records) -> OrderTask:
    order = records.order(task.order_id) if task.order_id else None
    among = [order] if order else possible_orders(task, records)
    if task.asked == "items" and order is not None:
        picked = _picked_lines(task, text, records, order)
        if picked is not None:
            return picked
    if task.asked == "variant" and order is not None:
        answered = _answered_variant(task, text, records, order)
        if answered is not None:
            return answered
    out = leaves_out(text)
    if out >= 0 and task.act == "return_items" and (means_everything(text[:out]) or order):
        return _all_but(task, text[out:], records, order)
    named = find_named(text, records.lines(among))
    if not named:
        everything = task.everything or means_everything(text)
        return replace(task, everything=everything)
    if order is None:
        task, order = _order_of(task, named, records)
        if order is None:
            return task
        named = find_named(text, records.lines([order]))
    if means_everything(text) and task.act == "return_items" and len(order.items) > len(named):
        both = "both" in text or "两" in text
        return task if both and len(named) == 2 else replace(task, everything=True)
    return _add_lines(task, named, order)


def _order_of(
    task: OrderTask, named: Sequence[Named], records: Records
) -> tuple[OrderTask, Order | None]:
    """The one order that holds what was named."""
    ids = [{line.order_id for line in one.lines} for one in named]
    common = set.intersection(*ids)
    if len(common) != 1:
        return replace(task, offered=tuple(o.id for o in records.orders if o.id in common)), None
    order_id = common.pop()
    return _set_order(task, order_id), records.order(order_id)


def _all_but(task: OrderTask, text: str, records: Records, order: Order | None) -> OrderTask:
    if order is None:
        return task
    left = {line.place for one in find_named(text, records.lines([order])) for line in one.lines}
    kept = tuple(LineWish(n) for n in range(len(order.items)) if n not in left)
    return replace(task, lines=kept, everything=False)


def _add_lines(task: OrderTask, named: Sequence[Named], order: Order) -> OrderTask:
    wishes = {one.line: one for one in task.lines}
    taken: set[int] = set()
    for one in named:
        lines = [
            line for line in one.lines if line.order_id == order.id and line.place not in taken
        ]
        if not lines:
            continue
        line = _one_of(lines, wishes)
        if line is None:
            task = replace(task, unclear=tuple(str(line.place) for line in lines))
            continue
        taken.add(line.place)
        if str(line.place) in task.unclear:
            task = replace(task, unclear=())
        wish = read_wish(one, line) if task.act in SWAPS else LineWish(line.place)
        wishes[line.place] = _merged(wishes.get(line.place), wish)
    return replace(task, lines=tuple(wishes.values()))


def _one_of(lines: Sequence[Line], wishes: Mapping[int, LineWish]) -> Line | None:
    """The line that is meant; ``None`` where several that differ fit equally."""
    if len(lines) == 1:
        return lines[0]
    if len({(line.item.variant_id) for line in lines}) == 1:
        return next((line for line in lines if line.place not in wishes), lines[0])
    spoken = [line for line in lines if line.place in wishes]
    return spoken[0] if len(spoken) == 1 else None


def _merged(old: LineWish | None, new: LineWish) -> LineWish:
    """A later wish over an earlier one about the same item."""
    if old is None:
        return new
    if not new.options and not new.same:
        return old
    if new.same:
        return new
    return replace(new, options=tuple((dict(old.options) | dict(new.options)).items()))


def _picked_lines(task: OrderTask, text: str, records: Records, order: Order) -> OrderTask | None:
    """The items that an answer points at by their place in the list."""
    if find_named(text, records.lines([order])):
        return None
    places = [int(one) for one in task.offered]
    place = read_pick(text, len(places))
    if place < 0:
        return None
    kept = [one for one in task.lines if one.line != places[place]]
    return replace(task, lines=(*kept, LineWish(places[place])), unclear=())


def _answered_variant(
    task: OrderTask, text: str, records: Records, order: Order
) -> OrderTask | None:
    """The variant that an answer chooses for the item it was asked about."""
    open_ = _open_line(task, records, order)
    if open_ is None:
        return None
    wish, line = open_
    others = [one for one in find_named(text, records.lines([order]))]
    if any(line.place not in {x.place for x in one.lines} for one in others):
        return None
    place = read_pick(text, len(task.offered))
    said = read_answer(text, line)
    if said.options:
        chosen = replace(wish, options=_over(wish, said), same=False, variant="")
    elif place >= 0:
        chosen = replace(wish, variant=task.offered[place])
    elif said.same:
        chosen = replace(wish, same=True)
    elif len(task.offered) == 1 and _is_yes(text):
        chosen = replace(wish, variant=task.offered[0])
    else:
        return task
    lines = tuple(chosen if one.line == wish.line else one for one in task.lines)
    return replace(task, lines=lines)


def _over(wish: LineWish, said: LineWish) -> tuple[tuple[str, str], ...]:
    return tuple((dict(wish.options) | dict(said.options)).items())


def _is_yes(text: str) -> bool:
    from assistant.orders.reading.details import read_answer as plain

    return plain(text) == "yes"


def _open_line(task: OrderTask, records: Records, order: Order) -> tuple[LineWish, Line] | None:
    """The first item whose new variant is not settled."""
    for wish in task.lines:
        line = records.lines([order])[wish.line]
        if not settled(wish, line):
            return wish, line
    return None


def settled(wish: LineWish, line: Line) -> Variant | None:
    """The variant that a wish comes to, if it is one and can be ordered."""
    if line.product is None:
        return None
    if wish.variant:
        return line.product.variant(wish.variant)
    if wish.same:
        return line.product.variant(line.item.variant_id)
    if not wish.options:
        return None
    current = choices_of(line.item.options)
    fitting = [
        v for v in fitting_variants(line.product, current, dict(wish.options)) if v.available
    ]
    return fitting[0] if fitting else None


def _with_method(task: OrderTask, text: str, records: Records) -> OrderTask:
    order = records.order(task.order_id) if task.order_id else None
    original = order.paid_with if order else ""
    asked = task.asked == "method"
    found = read_methods(text, records.customer.methods, original, asked=asked)
    if task.act == "change_payment" and len(found) > 1:
        found = tuple(one for one in found if one.id != original)
    if len(found) == 1:
        return replace(task, method_id=found[0].id)
    if asked:
        place = read_pick(text, len(task.offered))
        if place >= 0:
            return replace(task, method_id=task.offered[place])
    return task


def _with_reason(task: OrderTask, text: str, records: Records) -> OrderTask:
    reasons = records.rules.cancel_order.reasons
    found = read_reason(text, reasons)
    if not found and task.asked == "reason":
        place = read_pick(text, len(reasons))
        found = reasons[place].id if place >= 0 else ""
    return replace(task, reason=found) if found else task


def _with_address(task: OrderTask, message: NLUResult, records: Records) -> OrderTask:
    base = Address(records.customer.address.name, "", "", "", "", records.customer.address.country)
    given = read_address(message, base)
    if given is not None:
        return replace(task, address=_joined(task.address, given))
    alike = [records.order(one) for one in like_order(message.text, task.order_id)]
    known = [one for one in alike if one is not None and one.id != task.order_id]
    if known:
        return replace(task, address=known[0].address)
    text = fold(message.text)
    if task.act == "change_order_address" and means_own(text):
        return replace(task, address=records.customer.address)
    if task.asked == "address" and task.address is not None:
        return replace(task, address=read_rest(message, task.address))
    return task


def _joined(old: Address | None, new: Address) -> Address:
    """A new street with what is missing of it from the one before, where that was not whole."""
    if old is None or not missing_parts(old):
        return new
    names = ("line", "line2", "city", "region", "postal_code")
    return replace(new, **{name: getattr(new, name) or getattr(old, name) for name in names})


def settle(task: OrderTask, records: Records) -> OrderTask:
    """The task with what follows from the records alone: the only order, the only way to pay."""
    task = _settled_order(task, records)
    order = records.order(task.order_id) if task.order_id else None
    if order is None:
        return task
    if task.act in SWAPS:
        early = order.status.startswith("pending") or order.status == "processed"
        task = replace(task, act="change_items" if early else "exchange_items")
    if task.act == "return_items":
        single = len(order.items) == 1
        if (task.everything or single) and not task.lines:
            task = replace(task, lines=tuple(LineWish(n) for n in range(len(order.items))))
    if task.act in SWAPS and not task.lines and len(order.items) == 1:
        task = replace(task, lines=(LineWish(0),))
    if task.act in WITH_METHOD and not task.method_id:
        allowed = allowed_methods(task, order, records)
        if len(allowed) == 1:
            task = replace(task, method_id=allowed[0].id)
    return task


def _settled_order(task: OrderTask, records: Records) -> OrderTask:
    if task.act in WITHOUT_ORDER or task.order_id:
        return task
    possible = possible_orders(task, records)
    return replace(task, order_id=possible[0].id) if len(possible) == 1 else task


def allowed_methods(task: OrderTask, order: Order, records: Records) -> tuple[PaymentMethod, ...]:
    """The ways to pay that the rules leave for the task."""
    methods, rules = records.customer.methods, records.rules.acts[task.act]
    original = {one.method_id for one in order.payments if one.kind == "payment"}
    if task.act == "change_payment":
        return tuple(one for one in methods if one.id != order.paid_with)
    if task.act == "return_items" and rules.refund != "any":
        cards = rules.refund == "original_or_gift_card"
        return tuple(
            one for one in methods if one.id in original or (cards and one.kind == "gift_card")
        )
    return methods


def next_missing(task: OrderTask, records: Records) -> Missing | None:
    """What has to be asked next; ``None`` once everything is known."""
    if task.act == "change_default_address":
        return _missing_address(task)
    order = records.order(task.order_id) if task.order_id else None
    if order is None:
        listed = [o for o in possible_orders(task, records) if o.id in task.offered]
        possible = listed or possible_orders(task, records) or list(records.orders)
        return Missing("order", tuple(one.id for one in possible))
    match task.act:
        case "cancel_order":
            reasons = records.rules.cancel_order.reasons
            return Missing("reason") if reasons and not task.reason else None
        case "change_order_address":
            return _missing_address(task)
        case "change_payment":
            return _missing_method(task, order, records)
        case "return_items" | "change_items" | "exchange_items":
            return (
                _missing_items(task, order)
                or _missing_variant(task, order, records)
                or _missing_method(task, order, records)
            )
    return None


def _missing_address(task: OrderTask) -> Missing | None:
    if task.address is None:
        return Missing("address")
    parts = missing_parts(task.address)
    return Missing("address", parts=parts) if parts else None


def _missing_items(task: OrderTask, order: Order) -> Missing | None:
    if task.unclear:
        return Missing("items", task.unclear)
    if task.lines:
        return None
    return Missing("items", tuple(str(place) for place in range(len(order.items))))


def _missing_variant(task: OrderTask, order: Order, records: Records) -> Missing | None:
    if task.act not in SWAPS:
        return None
    open_ = _open_line(task, records, order)
    if open_ is None:
        return None
    wish, line = open_
    product = line.product
    if product is None:
        return Missing("variant", (), wish.line, "gone")
    wishes = dict(wish.options)
    sold_out = bool(fitting_variants(product, choices_of(line.item.options), wishes)) and wishes
    near = wished_variants(product, wishes)
    trouble = "sold_out" if sold_out else "no_such" if wishes else ""
    found = near or tuple(one for one in product.variants if one.available)
    others = [one for one in found if one.id != line.item.variant_id]
    return Missing("variant", tuple(one.id for one in others), wish.line, trouble)


def _missing_method(task: OrderTask, order: Order, records: Records) -> Missing | None:
    if task.method_id:
        return None
    methods = allowed_methods(task, order, records)
    return Missing("method", tuple(one.id for one in methods))


def change_of(task: OrderTask, records: Records) -> Change:
    """The change that a complete task asks for."""
    order = records.order(task.order_id)
    lines = sorted(task.lines, key=lambda one: one.line)
    variants: list[str] = []
    if order is not None and task.act in SWAPS:
        all_lines = records.lines([order])
        found = [settled(one, all_lines[one.line]) for one in lines]
        variants = [one.id for one in found if one is not None]
    with_method = task.act in WITH_METHOD
    return Change(
        act=task.act,  # type: ignore[arg-type]  # a complete task has one of the acts
        customer_id=records.customer.id,
        order_id="" if task.act in WITHOUT_ORDER else task.order_id,
        reason=task.reason,
        lines=tuple(one.line for one in lines) if task.act in WITH_ITEMS else (),
        variants=tuple(variants),
        method_id=task.method_id if with_method else "",
        address=task.address,
    )
