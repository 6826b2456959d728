"""Articles and plurals of English words, for templates."""

import re

_VOWEL_SOUND = re.compile(
    r"(?:[aeio]|u(?!s[abeu]|v\b|rl\b|ni(?!n|m)|k|te|tilit|ro)|8|11\b|18\b|hour|honest|heir|x[sl]|xx"
    r"|(?:[fhlmnrsx]|led|lcd|ssd|hdmi|hdd|sd|nfc|mp3|msi|hp|lg|fm|rgb|xbox|x-ray)\b)",
    re.IGNORECASE,
)
_CONSONANT_SOUND = re.compile(r"(?:one|once|eu[a-z]|ewe|ouija)", re.IGNORECASE)
_MASS = frozenset((
    "luggage", "furniture", "clothing", "makeup", "jewelry", "jewellery", "coffee", "tea",
    "milk", "rice", "water", "soap", "shampoo", "conditioner", "toothpaste", "sunscreen",
    "software", "equipment", "bedding", "footwear", "underwear", "sportswear", "knitwear",
    "swimwear", "sleepwear", "nightwear", "outerwear", "eyewear", "cookware", "bakeware",
    "glassware", "cutlery", "stationery", "lingerie", "denim", "food", "oil", "sugar", "salt",
    "flour", "honey", "chocolate", "meat", "beef", "pork", "bread", "butter", "cheese", "pasta",
    "cereal", "juice", "wine", "beer", "whey", "protein", "litter", "paint", "glue", "ink",
    "paper", "foil", "memory", "storage", "hosiery", "apparel", "wool", "yarn", "fabric",
    "mascara", "lipgloss", "hay", "sand", "gravel", "fertilizer", "detergent", "bleach",
    "ketchup", "mustard", "mayonnaise", "vinegar", "yogurt", "granola", "oatmeal", "skincare",
))  # fmt: skip
_ODD = {
    "knife": "knives", "shelf": "shelves", "scarf": "scarves", "leaf": "leaves", "loaf": "loaves",
    "foot": "feet", "mouse": "mice", "man": "men", "woman": "women", "child": "children",
    "person": "people", "dress": "dresses", "lens": "lenses", "bus": "buses", "gas": "gases",
    "canvas": "canvases", "atlas": "atlases", "bookshelf": "bookshelves", "iris": "irises",
    "compass": "compasses", "potato": "potatoes", "tomato": "tomatoes", "series": "series",
}  # fmt: skip
_HISS = re.compile(r"(?:s|x|z|ch|sh)$")


def article(word: str) -> str:
    """The article "a" or "an", by the sound that a word begins with."""
    if _CONSONANT_SOUND.match(word):
        return "a"
    return "an" if _VOWEL_SOUND.match(word) else "a"


def is_plural(phrase: str) -> bool:
    """Whether the last word of a phrase is a plural, as "headphones" and "trousers" are."""
    word = _last(phrase)
    if word in _ODD.values():
        return True
    return word.endswith("s") and not word.endswith(("ss", "us", "is")) and word not in _ODD


def plural(phrase: str) -> str:
    """The phrase with its last word in the plural; plurals and mass nouns stay as they are."""
    word = _last(phrase)
    if not word.isalpha() or is_plural(phrase) or word in _MASS:
        return phrase
    many = _plural(word)
    if many.startswith(word):
        return phrase + many[len(word) :]
    return phrase[: len(phrase) - len(word)] + many


def _last(phrase: str) -> str:
    """The last word; the shared stem of a compound is as good."""
    return re.split(r"[ -]", phrase)[-1].lower()


def _plural(word: str) -> str:
    if word in _ODD:
        return _ODD[word]
    if _HISS.search(word):
        return word + "es"
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    return word + "s"
