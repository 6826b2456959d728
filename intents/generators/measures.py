"""Wishes about measurable attributes: size, weight, memory, power, and the shopper's body."""

from random import Random

from intents.generators.grammar import Generator, grammar, one_of, whole
from intents.spelling import spell_chinese

_ROUND = ("1", "1.5", "2", "2.5", "3", "4", "5", "6", "8", "10", "12", "15", "20", "25", "30", "40")
_LARGE = ("50", "60", "80", "100", "120", "150", "180", "200", "240", "250", "300", "350", "400",
          "500", "600", "750", "800", "1000", "1200", "1500", "1800", "2000")  # fmt: skip
_small, _large = one_of(*_ROUND), one_of(*_LARGE)
_memory = one_of("4", "6", "8", "8", "12", "16", "16", "18", "24", "32", "64")
_storage = one_of("32", "64", "128", "128", "256", "256", "512", "512")
_screen = one_of("5.5", "6.1", "6.7", "10", "11", "12.9", "13", "13.3", "14", "15", "15.6", "16",
                 "17.3", "21.5", "24", "27", "32", "34", "43", "50", "55", "65", "75")  # fmt: skip


def _feet(rng: Random) -> str:
    """A body height: 5'10, 5'10", 5 ft 10, 5 foot 3."""
    feet, inches = rng.choice((4, 5, 5, 5, 6)), rng.randint(0, 11)
    joint, end = rng.choice((("'", ""), ("'", '"'), (" ft ", ""), (" foot ", ""), ("ft", "")))
    return f"{feet}{joint}{inches}{end}"


def _box(rng: Random) -> str:
    """Two or three sides: 60x90 cm, 50 x 40 x 20 cm."""
    joint = rng.choice(("x", " x ", "*", " by "))
    sides = (str(rng.randrange(10, 200, 5)) for _ in range(rng.choice((2, 2, 3))))
    return joint.join(sides) + rng.choice((" cm", "cm", " inches", " mm"))


_NUMBERS = {
    "small": _small,
    "large": _large,
    "memory": _memory,
    "storage": _storage,
    "screen": _screen,
    "hours": whole(2, 60),
    "kilos": whole(40, 110),
    "height": whole(145, 195),
    "waist": whole(60, 110),
    "shorter": whole(2, 99),
    "battery": one_of("2000", "3000", "3500", "4000", "4500", "5000", "6000", "10000", "20000"),
    "hertz": one_of("60", "75", "90", "120", "144", "165", "240"),
    "pixels": one_of("12", "24", "33", "48", "50", "64", "108", "200"),
    "tera": one_of("1", "1", "2", "2", "4", "8", "10", "12"),
}

english_body: Generator = grammar(
    {
        "start": "({feet}|{feet}|{height}{s}cm|{kilos}{s}(kg|kilos)|{waist}{s}(cm|inches)"
        "|1.{shorter}{s}(m|meters)|{pounds}{s}(lbs|pounds|lb)|{height}|{feet} and {pounds} lbs)",
        "s": "(| | )",
    },
    _NUMBERS | {"feet": _feet, "pounds": whole(95, 250)},
)
english_measure: Generator = grammar(
    {
        "start": "({amount}|{amount}|{bounded}|{bounded}|{memory_wish}|{screen_wish}|{body}|{box}"
        "|{named})",
        "amount": "({memory}{s}(GB|gb|gigs|gig)|{storage}{s}(GB|gb|G|gig)|{tera}{s}(TB|tb)"
        '|{screen}(-inch| inch|inch| in|"|-inch)|{small}{s}(kg|kgs|kilos|kilo|lbs|lb|pounds)'
        "|{large}{s}(g|grams|gr|ml|mm|cm|W|watts|watt)|{small}{s}(oz|ounces|fl oz)"
        "|{small}{s}(l|L|litre|liter|litres|liters|gallons|qt)|{shorter}{s}(cm|mm|inches|inch)"
        "|{small}{s}(m|metres|meters|ft|feet|foot|yards)|{hours}{s}(hours|hrs|h|minutes|min)"
        "|{battery}{s}mAh|{hertz}{s}(Hz|hz)|{large}{s}(lumens|pieces|pcs|sheets|pages|thread count)"
        "|{pixels}{s}(MP|megapixels|mp)|{small}{s}(cups|quart|persons|people)|{large}V"
        "|{small} carat"
        "|{small}{s}square (metres|meters|feet)|{large}{s}(btu|psi|rpm|dpi))",
        "s": "(| | )",
        "bounded": "({bound} {amount}|{bound} {amount}|{amount} {behind}|{between})",
        "bound": "(at least|at least|under|over|more than|less than|up to|max|min|minimum|around"
        "|about|no more than|no less than|at most|below|above|roughly|not more than|bigger than"
        "|smaller than|exactly|lighter than|longer than|maximum)",
        "behind": "(or more|or less|and up|minimum|or bigger|or larger|max|or so|at least|plus"
        "|or smaller|and above|or under)",
        "between": "(between {small} and {large}|{small} to {large}|{small}-{large}) "
        "(cm|kg|litres|inches|ml|hours|watts|mm|oz)",
        "memory_wish": "({lead}{memory}{s}(GB|gb|gigs)( of|) (RAM|ram|memory)"
        "|{lead}({storage}{s}(GB|gb)|{tera}{s}TB)( of|) (storage|SSD|ssd|disk space|space))",
        "lead": "(|||at least |minimum |more than |with at least )",
        "screen_wish": '{lead}{screen}(-inch| inch|"| inches) (screen|display)',
        "named": "({lead}{hours} (hours|hour|hrs)( of|) (battery|battery life|playtime|standby)"
        "|{shorter} (cm|inches) (wide|tall|long|deep|high)|{small} (m|metres|feet|ft) (long|tall"
        "|wide)"
        "|{lead}{battery}{s}mAh battery|{lead}{hertz}{s}Hz( refresh rate|)"
        "|{lead}{pixels}{s}MP camera)",
    },
    _NUMBERS | {"box": _box, "body": english_body},
)


def _metres(rng: Random) -> str:
    """A body height or a length in mixed form: 1米65, 一米八, 1米6, 1.75米, 1m7."""
    tail = rng.randint(4, 9)
    head = rng.choice(("1", "1", "1", "2"))
    fine = f"{tail}{rng.choice((0, 2, 3, 5, 8))}"
    spoken = f"一米{spell_chinese(tail)}{rng.choice(('', '', '二', '三', '五', '八'))}"
    return rng.choice((f"{head}米{tail}", f"1米{fine}", spoken, spoken, f"1.{fine}米", f"1m{tail}"))


def _numeral(rng: Random) -> str:
    return rng.choice((spell_chinese, str))(rng.choice((1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 30)))


def _pair(rng: Random) -> str:
    """Memory and storage as phones are sold: 8+256, 12G+512G."""
    unit = rng.choice(("", "G", "GB", "g"))
    memory, storage = _memory(rng), _storage(rng)
    if int(storage) <= int(memory):
        storage = "256"
    return f"{memory}{unit}+{storage}{unit}"


chinese_body: Generator = grammar(
    {
        "start": "({height}|{height}|{height}cm|{height}公分|{kilos}(公斤|kg)|{jin}斤|{jin}斤|{jin}"
        "|{metres}|{metres}|{height}( |/){jin}斤|2尺{small_digit}|{waist}|{foot}(cm|厘米|))",
    },
    _NUMBERS
    | {
        "metres": _metres,
        "jin": whole(85, 220),
        "foot": one_of("22.5", "23", "23.5", "24", "24.5", "25", "25.5", "26", "26.5", "27"),
        "small_digit": whole(0, 9),
    },
)
chinese_measure: Generator = grammar(
    {
        "start": "({amount}|{amount}|{amount}|{bounded}|{bounded}|{bounded}|{memory_wish}|{body}"
        "|{pair}|{box}|{metres}|{named})",
        "amount": "({storage}(G|G|g|GB|gb)|{tera}(T|TB|t)|{screen}(寸|寸|英寸|吋)|{any}(斤|斤"
        "|公斤|kg"
        "|千克|磅)|{large}(克|g|毫升|ml|毫升|ML)|{any}(升|升|L|l)|{shorter}(厘米|cm|公分|CM)"
        "|{small}(米|m)|{large}(瓦|W|w)|{battery}(毫安|毫安时|mAh|mah)|{hertz}(Hz|hz|赫兹)"
        "|{hours}(小时|个小时|分钟|天)|{large}(流明|片|抽|张|页|颗|粒)|{pixels}00万像素"
        "|{small}(匹|尺|孔"
        "|档|层|格)|{large}(平|平米|平方)|{shorter}mm|{shorter}毫米|{small}人|{large}(度|针|支))",
        "any": "({small}|{small}|{numeral})",
        "bounded": "({amount}(以上|以上|以内|以下|左右|起|上下|往上|之内|及以上)"
        "|(至少|起码|不超过|最少|大于|超过|不低于|大概|小于|最多|不要超过|不小于|约){amount}"
        "|(至少{amount}以上|不超过{amount}以内)|{between})",
        "between": "{small}(到|-|至|~){large}(厘米|升|斤|公斤|毫升|寸|小时|瓦|cm|kg)(|之间)",
        "memory_wish": "(|至少|起码|最少)({memory}(G|g|GB)(内存|运存|运行内存|的内存)"
        "|({storage}G|{tera}T)(存储|硬盘|固态|固态硬盘|的存储))",
        "named": "({screen}寸(屏|屏幕|大屏)|{hertz}(Hz|hz)(刷新率|高刷|)|{large}瓦(快充|)"
        "|{hours}小时以上"
        "|{hours}小时续航|{battery}毫安(电池|大电池|)|{small}人位|{small}升容量|{large}ml容量)",
    },
    _NUMBERS
    | {
        "numeral": _numeral,
        "metres": _metres,
        "pair": _pair,
        "body": chinese_body,
        "box": lambda rng: _box(rng).replace(" by ", "×").replace(" inches", "cm"),
    },
)
