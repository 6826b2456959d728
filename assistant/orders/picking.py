"""Which items of which order a message means, and which variants they become. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.orders.reading.details import read_answer as read_yes_or_no
from assistant.orders.reading.details import read_pick
from assistant.orders.reading.items import (
    Line,
    Named,
    find_named,
    leaves_out,
    means_everything,
    read_answer,
    read_wish,
)
from assistant.orders.reading.values import choices_of, fitting_variants
from assistant.orders.records import SWAPS, Records, possible_orders
from assistant.purchases import LineWish, Order, OrderTask
from catalog.types import Variant


def set_order(task: OrderTask, order_id: str) -> OrderTask:
    """The task about that order, which was named; what was picked from another one is dropped."""
    if order_id == task.order_id:
        return replace(task, guessed=False)
    return replace(task, order_id=order_id, guessed=False, lines=(), unclear=(), offered=())


def fill_items(task: OrderTask, text: str, records: Records) -> OrderTask:
    """The task with the items that a message names, and what it wants instead of them."""
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
    return set_order(task, order_id), records.order(order_id)


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
    open_ = open_line(task, records, order)
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
    return read_yes_or_no(text) == "yes"


def open_line(task: OrderTask, records: Records, order: Order) -> tuple[LineWish, Line] | None:
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
