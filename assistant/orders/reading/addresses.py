"""A postal address in a message, as far as it is there; or that of another record."""

import re
from dataclasses import replace

from assistant.purchases import Address
from intents.types import NLUResult

_STATES = {
    "alabama": "AL", "alaska": "AK", "arizona": "AZ", "arkansas": "AR", "california": "CA",
    "colorado": "CO", "connecticut": "CT", "delaware": "DE", "florida": "FL", "georgia": "GA",
    "hawaii": "HI", "idaho": "ID", "illinois": "IL", "indiana": "IN", "iowa": "IA", "kansas": "KS",
    "kentucky": "KY", "louisiana": "LA", "maine": "ME", "maryland": "MD", "massachusetts": "MA",
    "michigan": "MI", "minnesota": "MN", "mississippi": "MS", "missouri": "MO", "montana": "MT",
    "nebraska": "NE", "nevada": "NV", "new hampshire": "NH", "new jersey": "NJ",
    "new mexico": "NM", "new york": "NY", "north carolina": "NC", "north dakota": "ND",
    "ohio": "OH", "oklahoma": "OK", "oregon": "OR", "pennsylvania": "PA", "rhode island": "RI",
    "south carolina": "SC", "south dakota": "SD", "tennessee": "TN", "texas": "TX", "utah": "UT",
    "vermont": "VT", "virginia": "VA", "washington": "WA", "west virginia": "WV",
    "wisconsin": "WI", "wyoming": "WY", "district of columbia": "DC",
}  # fmt: skip
_CODES = "|".join(sorted({*_STATES.values()}))
_NAMES = "|".join(sorted(_STATES, key=len, reverse=True))
_COUNTRY = r"(?:USA|U\.S\.A\.|US|U\.S\.|United States(?: of America)?|America|美国)"
_ROAD = (
    r"(?:Street|St|Avenue|Ave|Road|Rd|Drive|Dr|Lane|Ln|Boulevard|Blvd|Broadway|Court|Ct|Place"
    r"|Pl|Way|Terrace|Ter"
    r"|Circle|Cir|Parkway|Pkwy|Highway|Hwy|Square|Sq|Trail|Trl|Bend|Crescent|Close|Walk|Row"
    r"|Plaza|Loop|Alley|Mill)"
)
_STREET = re.compile(
    rf"(?<![A-Za-z0-9#.-])(?P<street>\d{{1,6}}[A-Za-z]?\s+"
    rf"(?:[NSEW]\.?\s+)?(?:[A-Za-z0-9.'’-]+\s+){{0,4}}?{_ROAD}\.?)(?![A-Za-z0-9])",
    re.IGNORECASE,
)
_UNIT = re.compile(
    r"(?<![A-Za-z0-9])(?P<unit>(?:Suite|Ste|Apt|Apartment|Unit|Flat|Room|Rm|Floor|Fl|Building|Bldg"
    r"|#)\.?\s*#?\s*[A-Za-z]?-?\d{1,6}[A-Za-z]?)(?![A-Za-z0-9])",
    re.IGNORECASE,
)
_ZIP = re.compile(r"(?<![A-Za-z0-9#-])(?P<zip>\d{5}(?:-\d{4})?)(?![A-Za-z0-9])")
_REGION = re.compile(
    rf"(?<![A-Za-z])(?P<code>{_CODES})(?![A-Za-z])|"
    rf"(?<![A-Za-z])(?P<name>(?i:{_NAMES}))(?![A-Za-z])"
)
_HAS_COUNTRY = re.compile(rf"(?<![A-Za-z]){_COUNTRY}(?![A-Za-z])", re.IGNORECASE)
_CITY = re.compile(
    r"^[\s,，、。:：(在是的市]*(?:(?i:in|city(?: of| is)?|city:"
    r"|suburb)\s+)?(?:城市[是为：:]?\s*)?(?P<city>[A-Za-z][A-Za-z.'’-]*"
    r"(?:\s+[A-Za-z.'’-]+){0,2})\s*$"
)
_CITY_LABEL = re.compile(
    r"(?i)(?:city(?: is|:)?|城市(?:是|为|：|:)?)\s*(?P<city>[A-Z][A-Za-z.'’-]*"
    r"(?:\s+[A-Z][A-Za-z.'’-]*){0,2})"
)

_OWN = re.compile(
    r"\b(?:default|profile|account|on file|home|usual|registered"
    r"|saved)\b[^.;]{0,16}\b(?:address|one)?|默认|账户里|资料里|个人资料|常用地址|账号里"
)
_LIKE = re.compile(r"\b(?:same|as|like|used|use|from|on|of|match|copy)\b|一样|相同|同|用|跟|和|与")
_ORDER = re.compile(r"#?(?P<id>[A-Za-z]{1,4}\d{5,14})")


def read_address(nlu: NLUResult, base: Address) -> Address | None:
    """The address that a message gives, its parts empty where it gives none.

    Args:
        nlu: The message with the slots that the NLU found.
        base: Whose name and country stand where the message has none.
    """
    text = nlu.text
    found = _western(text, base)
    return found or _by_slots(nlu, base)


def _western(text: str, base: Address) -> Address | None:
    street = _last(_STREET, text)
    if street is None:
        return None
    tail = text[street.end() : street.end() + 160]
    unit = _UNIT.search(tail) or _UNIT.search(text[max(0, street.start() - 24) : street.start()])
    zipped = _ZIP.search(tail)
    region = _last(_REGION, tail[: zipped.start()] if zipped else tail) or _REGION.search(tail)
    return replace(
        base,
        line=" ".join(street["street"].split()),
        line2=" ".join(unit["unit"].split()) if unit else "",
        city=_city(tail, unit, region, zipped),
        region=_region(region),
        postal_code=zipped["zip"] if zipped else "",
        country=base.country,
    )


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    """The last match: "from 1 Old Road to 2 New Street" moves to the second."""
    found = None
    for match in pattern.finditer(text):
        found = match
    return found


def _region(match: re.Match[str] | None) -> str:
    if match is None:
        return ""
    return match["code"] or _STATES[match["name"].casefold()]


def _city(
    tail: str,
    unit: re.Match[str] | None,
    region: re.Match[str] | None,
    zipped: re.Match[str] | None,
) -> str:
    """The words between the street and the state or the code."""
    labelled = _CITY_LABEL.search(tail)
    if labelled:
        return labelled["city"].strip()
    ends = [m.start() for m in (region, zipped) if m]
    head = tail[: min(ends)] if ends else tail
    if unit and unit.string == tail and unit.end() <= len(head):
        head = head[unit.end() :]
    parts = [one for one in re.split(r"[,，、;；(]", head) if one.strip()]
    for part in reversed(parts):
        match = _CITY.match(_HAS_COUNTRY.sub("", part))
        if match and match["city"].casefold() not in ("and", "zip", "state", "zip code"):
            return match["city"].strip()
    return ""


def _by_slots(nlu: NLUResult, base: Address) -> Address | None:
    """Addresses of other countries, as the NLU has marked them."""
    parts = {
        name: nlu.first(name) for name in ("street", "city", "region", "postal_code", "country")
    }
    if parts["street"] is None:
        return None

    def said(name: str) -> str:
        slot = parts[name]
        return str(slot.value) if slot else ""

    return replace(
        base,
        line=said("street"),
        line2="",
        city=said("city"),
        region=said("region"),
        postal_code=said("postal_code"),
        country=said("country") or base.country,
    )


def read_rest(nlu: NLUResult, address: Address) -> Address:
    """The address with the parts that an answer adds to it."""
    text = nlu.text
    zipped, region, unit = _ZIP.search(text), _REGION.search(text), _UNIT.search(text)
    city = address.city
    if not city:
        slot = nlu.first("city")
        city = _city(text, unit, region, zipped) or (str(slot.value) if slot else "")
    slot = nlu.first("postal_code")
    code = zipped["zip"] if zipped else str(slot.value) if slot else ""
    return replace(
        address,
        line2=address.line2 or (unit["unit"] if unit else ""),
        city=city,
        region=address.region or _region(region),
        postal_code=address.postal_code or code,
    )


def missing_parts(address: Address) -> tuple[str, ...]:
    """Which parts an address still needs to be delivered to."""
    wanted = ["line", "city", "postal_code"]
    if address.country in ("USA", "US", "United States"):
        wanted.insert(2, "region")
    return tuple(name for name in wanted if not getattr(address, name))


def means_own(text: str) -> bool:
    """Whether a folded text means the address in the customer's profile."""
    return _OWN.search(text) is not None


_ALIKE = re.compile(r"\b(?:same|as|like|used|uses|from|match|copy)\b[^.]*$")
_WISH = re.compile(r"\bi(?:['’]d| would)?(?: really| also)? like\b|\bwould like\b")
"""What says "like" and means a wish: "I'd like order #W1 to go elsewhere"."""


def like_order(raw: str, but: str) -> tuple[str, ...]:
    """The numbers of orders whose address is meant: "the same as for #W123"."""
    found = []
    for match in _ORDER.finditer(raw):
        before = raw[max(0, match.start() - 60) : match.start()].casefold()
        after = raw[match.end() : match.end() + 12].casefold()
        alike = _ALIKE.search(_WISH.sub(" ", before))
        if alike or (
            re.search(r"一样|相同|同(?:一|样)|的地址", after) and _LIKE.search(before + after)
        ):
            found.append(match["id"].upper())
    return tuple(one for one in dict.fromkeys(found) if one != but)
