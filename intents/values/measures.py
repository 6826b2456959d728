"""Wishes about measurable attributes: "at least 8GB RAM", "15寸以上的屏幕", "under 2 kg"."""

import re
from dataclasses import dataclass
from decimal import Decimal

from intents.shape import NUMBER, Shape
from intents.types import Measure, Slot
from intents.values.bounds import Bound, compile_bounds, find_bounds, limits
from intents.values.halves import join_halves
from intents.values.lengths import FEET_AND_INCHES, join_lengths


@dataclass(frozen=True, slots=True)
class _Unit:
    """A unit: its sign, how it is written, and what one of it is in the sign's unit.

    ``attribute`` is what it measures when no word says so. ``shy`` units count only beside a word
    that names the attribute, because they mean other things elsewhere ("24 hours"). Where no
    decimal ``factor`` is exact, ``parts`` of the unit make one of the sign's: three 尺 are a metre.
    """

    sign: str
    written: str
    factor: Decimal = Decimal(1)
    attribute: str = ""
    shy: bool = False
    parts: int = 1


_UNITS = (
    _Unit("GB", r"gb(?!/s)|gigs?|gigabytes?"),
    _Unit("TB", r"tb|t|terabytes?"),
    _Unit("MB", r"mb(?!/s)|megabytes?"),
    _Unit(
        "inch",
        r"inch(?:es)?|in(?= (?:screen|display|laptop|tv|monitor|tablet)|$|[,.])|\"|″|''|英寸|寸|吋",
    ),
    _Unit("inch", FEET_AND_INCHES, attribute="body_height"),
    _Unit("mAh", r"m ?ah|毫安时?"),
    _Unit("kg", r"kgs?|kilos?|kilograms?|公斤|千克", attribute="weight"),
    _Unit("kg", r"斤", Decimal("0.5"), "weight"),
    _Unit("g", r"两", Decimal(50), "weight"),
    _Unit("lb", r"lbs?|pounds?|磅", attribute="weight"),
    _Unit("floz", r"fl\.? ?oz\.?|fluid ounces?|液(?:体)?盎司", attribute="capacity"),
    _Unit("oz", r"oz|ounces?|盎司"),
    _Unit("ml", r"ml|millilit(?:er|re)s?|毫升", attribute="capacity"),
    _Unit("L", r"l|lit(?:er|re)s?|公升|升", attribute="capacity"),
    _Unit("GHz", r"ghz"),
    _Unit("Hz", r"hz|hertz|赫兹?"),
    _Unit("W", r"w|watts?|瓦特?", attribute="power"),
    _Unit("V", r"v|volts?|伏特?"),
    _Unit("MP", r"mp|megapixels?"),
    _Unit("MP", r"像素", Decimal("0.000001")),
    _Unit("mm", r"mm|millimet(?:er|re)s?|毫米"),
    _Unit("cm", r"cms?|centimet(?:er|re)s?|厘米|公分"),
    _Unit("ft", r"ft|feet|foot|英尺"),
    _Unit("m", r"m|met(?:er|re)s?|米"),
    _Unit("m", r"市?尺(?![寸码子])", parts=3),
    _Unit("dB", r"db|decibels?|分贝", attribute="noise_level"),
    _Unit("g", r"g|grams?|克", attribute="weight"),
    _Unit("hour", r"hours?|hrs?|h|个?小时|个?钟头", shy=True),
    _Unit("minute", r"minutes?|mins?|分钟", shy=True),
    _Unit("day", r"days?|天", shy=True),
    _Unit("page", r"pages?|页"),
    _Unit("lumen", r"lumens?|流明"),
    _Unit("piece", r"piece(?! of)|pcs?(?= [a-z])|片装?|支装|只装|个装|块装|粒装|袋装|瓶装"),
    _Unit("pack", r"pack(?! of)"),
    _Unit("person", r"persons?|people|人(?=[用份帐位座的])", shy=True),
)
_WRITTEN = {unit: re.compile(unit.written) for unit in _UNITS}
_ALL = "|".join(unit.written for unit in sorted(_UNITS, key=lambda u: u.sign in "gmLWV"))

# What a shopper calls an attribute, with the units that can measure it.
_ATTRIBUTES: tuple[tuple[str, str, str], ...] = (
    ("memory", r"ram|memory|运行内存|运存|内存", "GB MB g"),
    (
        "storage",
        r"storage|ssd|hdd|hard ?(?:drive|disk)|disk(?: space)?|flash|rom|硬盘|固态(?:硬盘)?"
        r"|存储(?:空间)?|闪存|机身内存",
        "GB TB MB g",
    ),
    ("screen_size", r"screens?|displays?|monitors?|屏幕?|显示屏|显示器", "inch cm"),
    ("keeps_hot", r"(?:stays?|keeps?|kept)(?: \w+){0,3} (?:hot|warm)|保温", "hour"),
    ("keeps_cold", r"(?:stays?|keeps?|kept)(?: \w+){0,3} (?:cold|cool)|保冷", "hour"),
    (
        "battery_life",
        r"battery(?: life)?|playback|play ?time|standby|续航|待机|播放|电池|电量",
        "hour minute day",
    ),
    ("battery_capacity", r"battery|power ?bank|电池|电量|容量", "mAh"),
    ("refresh_rate", r"refresh(?: rate)?|刷新率?|屏幕|screen", "Hz"),
    (
        "max_load",
        r"(?:max(?:imum)? )?load(?: capacity)?|(?:supports?|bears?|withstands?)"
        r"(?: (?:a )?(?:weights?|loads?|people|users?|someone|anyone))?"
        r"|weight (?:limit|capacity)|(?:最大)?(?:承重|载重|承载|限重)|能?承受",
        "kg lb",
    ),
    ("body_weight", r"(?:i |i'm |he |she |my |who )weighs?|i'm|体重", "kg lb"),
    ("body_height", r"i'm|i am|he's|she's|she is|he is|my height(?: is)?|身高", "cm ft m"),
    ("weight", r"weigh(?:t|s|ing)?|heavy|重量?|净重|自重", "kg g lb oz"),
    ("capacity", r"capacity|volume|容量|容积|净含量", "L ml oz floz"),
    ("power", r"power|wattage|charger|充电器?|功率|快充", "W"),
    ("heel_height", r"heels?|跟高|鞋跟", "cm mm inch"),
    ("length", r"length|long|长度?|衣长|裤长", "m cm mm ft inch"),
    ("width", r"width|wide|宽度?", "m cm mm ft inch"),
    ("height", r"height|tall|high|高度?", "m cm mm ft inch"),
    ("depth", r"deep|depth|深度?", "m cm mm ft inch"),
    ("diameter", r"diameter|直径", "m cm mm ft inch"),
    ("camera", r"camera|摄像头?|像素|相机", "MP"),
    ("page_count", r"pages?|页数|页", "page"),
    ("people", r"tents?|sofas?|帐篷|沙发|餐桌", "person"),
)
_TO_ATTRIBUTE = r"(?:[ -]|of |的)*"
_AFTER = tuple(
    (
        name,
        frozenset(units.split()),
        re.compile(rf"{_TO_ATTRIBUTE}(?P<word>{words})(?![a-z]| ?{NUMBER})"),
    )
    for name, words, units in _ATTRIBUTES
)
_BEFORE = tuple(
    (
        name,
        frozenset(units.split()),
        re.compile(
            rf"(?:(?<![a-z])|(?=[^a-z]))(?P<word>{words})(?:[ :：]|of|is|are|with|has|at"
            rf"|life|size|for|up to|lasts?|lasting|can|能|可|可以|达|达到|要|得|是|在|为|有|得有"
            r"|大小|尺寸|时间|时长|起码)*$"
        ),
    )
    for name, words, units in _ATTRIBUTES
)
_COMPARED = tuple(
    (name, re.compile(words))
    for name, words in (
        ("width", r"(?:wid|narrow)er|[宽窄]"),
        ("depth", r"deeper|深"),
        ("thickness", r"(?:thick|thinn|slimm)er|[厚薄]"),
        ("height", r"taller|矮|比.*高"),
        ("length", r"(?:long|short)er|[长短]"),
    )
)
"""What the word of a bound is said of, where nothing beside it tells: "wider than 60 cm"."""
_UP_TO = re.compile(r"up to|最[多大高]")
_LENGTHS = frozenset({"m", "cm", "mm", "ft", "inch"})
_LOOK, _BESIDE = 24, 7
_MONEY = re.compile(r"spend|pay|price|cost|budget|afford|cheap")
_POWERS_OF_TWO = frozenset(Decimal(2**n) for n in range(2, 11))
_MEMORIES = frozenset(map(Decimal, (2, 3, 4, 6, 8, 12, 16, 18, 24, 32, 64)))


def _amount(group: int) -> str:
    """A number with its unit; the first of a range may leave the unit to the second."""
    tail = r"(?![a-z])"
    unit = rf"(?:[ -]?(?P<u{group}>{_ALL}){tail})"
    return rf"(?P<n{group}>{NUMBER}){unit}" + ("?" if group == 1 else "")


def _whole(group: int) -> str:
    return _amount(group).removesuffix("?") if group == 1 else _amount(group)


_PATTERNS = tuple(
    (relation, pattern)
    for relation, pattern in (
        *compile_bounds(_amount),
        *((r, p) for r, p in compile_bounds(_whole) if r != "range"),
    )
    if relation == "range" or (pattern.groups == 2 and "?P<u1>" in pattern.pattern)
)
_PHONE_PAIR = re.compile(
    rf"(?P<n1>{NUMBER})(?:g|gb)? ?\+ ?(?P<n2>{NUMBER})(?P<u2>tb|t|gb|g)?(?![a-z\d])"
)
_BODY = re.compile(
    rf"(?P<h>身高) ?(?P<n>{NUMBER})(?! ?(?:米|m|cm|厘米|公分))"
    rf"|体重 ?(?P<m>{NUMBER})(?! ?(?:斤|公斤|kg|千克|磅))"
)
_LEAST_JIN = 90


def find_measures(shape: Shape, known: bool = False) -> list[Slot]:
    """The wishes about measurable attributes, as slots named ``measure``.

    Args:
        shape: the prepared text.
        known: whether the text is known to be a measure, which lets hours be one by themselves.
    """
    shape = join_halves(join_lengths(shape), _ALL)
    pairs = [slot for match in _PHONE_PAIR.finditer(shape.marked) for slot in _pair(shape, match)]
    pairs += [_body(shape, match) for match in _BODY.finditer(shape.marked)]
    rest = shape.without(pairs)
    found = (_slot(rest, bound, known) for bound in find_bounds(rest, _PATTERNS))
    slots = sorted([*pairs, *(slot for slot in found if slot)], key=lambda slot: slot.start)
    return _apart(shape, slots)


def _apart(shape: Shape, slots: list[Slot]) -> list[Slot]:
    """The slots, of which two may have claimed one word between them: "8GB RAM  16GB"."""
    apart: list[Slot] = []
    for slot in slots:
        start = max(slot.start, apart[-1].end) if apart else slot.start
        whole = slot if start == slot.start else None
        apart.append(whole or shape.slot("measure", slot.value, start, slot.end))
    return apart


def _pair(shape: Shape, match: re.Match[str]) -> list[Slot]:
    """Phones: "8+256" is how phones are sold: memory and storage."""
    memory, storage = shape.number(match, "n1").low, shape.number(match, "n2").low
    terabytes = (match["u2"] or "").startswith("t")
    if memory not in _MEMORIES or not (terabytes or storage in _POWERS_OF_TWO):
        return []
    if not terabytes and storage <= memory:
        return []
    unit = "TB" if terabytes else "GB"
    return [
        shape.slot("measure", Measure("memory", memory, memory, "GB"), *match.span("n1")),
        shape.slot(
            "measure", Measure("storage", storage, storage, unit), match.start("n2"), match.end()
        ),
    ]


def _body(shape: Shape, match: re.Match[str]) -> Slot:
    """Height in centimetres and weight without a unit: 身高175体重150 (斤 when it is large)."""
    if match["h"]:
        height = shape.number(match, "n").low
        return shape.slot("measure", Measure("body_height", height, height, "cm"), *match.span())
    weight = shape.number(match, "m").low
    weight = weight / 2 if weight >= _LEAST_JIN else weight
    return shape.slot("measure", Measure("body_weight", weight, weight, "kg"), *match.span())


def _slot(shape: Shape, bound: Bound, known: bool) -> Slot | None:
    """The slot of one bounded amount with its attribute, or None where it is no wish."""
    match = bound.match
    groups = match.groupdict()
    written = groups.get("u2") or groups.get("u1")
    unit = _unit(written) if written else None
    if unit is None or (written in ("pound", "pounds") and _is_sterling(shape, match)):
        return None
    attribute, start, end = _attribute(shape, match, unit)
    first, second = (
        shape.number(match, "n1"),
        shape.number(match, "n2" if groups.get("n2") else "n1"),
    )
    unit = _grams_or_gigabytes(shape, match, unit, attribute, second.low)
    if unit is None or (unit.shy and not (attribute or known)):
        return None
    low, high = limits(bound.relation, (first.low, first.high), (second.low, second.high))
    if attribute == "max_load" and _is_borne(bound):
        low, high = high, None
    if written == FEET_AND_INCHES:
        attribute = unit.attribute
    elif unit.sign == "inch" and bound.relation == "bare" and high and high == int(high):
        high += Decimal("0.9")  # a 15.6 inch screen is called 15 inch
    value = Measure(attribute or unit.attribute, _times(low, unit), _times(high, unit), unit.sign)
    return shape.slot("measure", value, start, end)


def _is_borne(bound: Bound) -> bool:
    """Whether a load is one that a thing has to bear, and may exceed: "supports up to 300 lbs"."""
    if bound.relation == "maximum":
        return _UP_TO.match(bound.match.group()) is not None
    return bound.relation in ("bare", "exactly")


def _is_sterling(shape: Shape, match: re.Match[str]) -> bool:
    """Whether a word of money right beside the amount makes pounds a currency."""
    start, end = match.span()
    near = shape.aligned[max(0, start - _LOOK) : end + _BESIDE]
    return _MONEY.search(near) is not None


def _unit(written: str) -> _Unit | None:
    return next((unit for unit, pattern in _WRITTEN.items() if pattern.fullmatch(written)), None)


def _times(amount: Decimal | None, unit: _Unit) -> Decimal | None:
    return None if amount is None else (amount * unit.factor / unit.parts).normalize() + 0


def _attribute(shape: Shape, match: re.Match[str], unit: _Unit) -> tuple[str, int, int]:
    """What is measured, by the word beside the amount, and the span with that word in it."""
    start, end = match.span()
    after = shape.marked[end : end + _LOOK]
    low = max(0, start - _LOOK)
    before = shape.marked[low:start]
    for name, units, pattern in _AFTER:
        found = pattern.match(after) if unit.sign in units else None
        if found:
            return name, start, end + found.end()
    for name, units, pattern in _BEFORE:
        found = pattern.search(before) if unit.sign in units else None
        if found:
            return name, low + found.start(), end
    compared = _COMPARED if unit.sign in _LENGTHS else ()
    said = shape.aligned[start:end]
    return next((name for name, word in compared if word.search(said)), ""), start, end


def _grams_or_gigabytes(
    shape: Shape, match: re.Match[str], unit: _Unit, attribute: str, amount: Decimal
) -> _Unit | None:
    """Reads a bare "g": 128G of a phone, 500g of coffee, or a 5G phone (no measure)."""
    if unit.sign != "g" or (match.groupdict().get("u2") or match["u1"]) != "g":
        return unit
    if attribute in ("memory", "storage"):
        return _UNITS[0]
    if amount in (3, 4, 5) and not attribute:
        return None
    capital = "G" in shape.raw[match.start() : match.end()]
    return _UNITS[0] if capital and amount in _POWERS_OF_TWO else unit
