"""From an outcome to the words of the reply. The words lie in one file per language.

A template names facts in braces; ``{lines:items}`` writes a fact of several values as a list,
one a line, and a part in double brackets is left out when a fact in it is missing. A fact may be
a :class:`Note`: another response, written in its place. A template with the keys ``one`` and
``other`` follows the fact ``count``.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from string import Formatter
from typing import TypeGuard

from babel import Locale

from assistant.responses.files import (
    FACT,
    OPTIONAL,
    ResponseError,
    Templates,
    check_equal,
    find_problems,
    laid_over,
    read_folder,
)
from assistant.types import (
    Action,
    DialogueState,
    Money,
    Note,
    Outcome,
    ProductCard,
    Reply,
    SuggestedResponse,
    Suggestion,
    Verbatim,
)
from assistant.wording import (
    LOCALES,
    write_date,
    write_list,
    write_money,
    write_name,
    write_number,
    write_variant,
)
from catalog.money import to_minor
from catalog.types import LANGUAGES, Language, LocalText, Reason, ScoredProduct
from intents.types import NLUResult

FOLDER = Path(__file__).parent
FRIENDLY = "friendly"
"""The tone that the lines are written in; others replace some of them."""

_MARKS = re.compile(r"([\\`*\[\]<])")
_MARKED = re.compile(r"\\([\\`*\[\]<])")


@dataclass(frozen=True, slots=True)
class Responses:
    """Every response in both languages."""

    templates: Mapping[Language, Templates]

    @classmethod
    def load(
        cls, folder: Path = FOLDER, tone: str = FRIENDLY, own: Path | None = None
    ) -> "Responses":
        """Read ``en.yml`` and ``zh.yml``, with the lines of a tone and the shop's own over them.

        Args:
            folder: Holds both files, and the tones but the first in folders of their names.
            tone: One of :func:`tones`.
            own: A folder with files of the shop's own lines; any of them may be left out.

        Raises:
            ResponseError: a file is broken, there is no such tone, the languages do not have the
                same responses and facts, or a line of a tone or the shop's is not one of them.
        """
        templates = dict(read_folder(folder))
        check_equal(templates["en"], templates["zh"])
        for layer in _layers(folder, tone, own).values():
            for language in LANGUAGES:
                templates[language] = laid_over(templates[language], layer[language], language)
        return cls(templates)

    def say(self, name: str, language: Language, facts: Mapping[str, object], turn: int = 0) -> str:
        """The text of a response; ``turn`` picks one of its variants.

        Raises:
            ResponseError: there is no such response.
        """
        template = self.templates[language].get(name)
        if template is None:
            raise ResponseError(f"no response {name!r} in {language}.yml")
        variants = template.get(_plural(facts.get("count"), language)) or template["other"]
        chosen = variants[turn % len(variants)]
        return _fill(chosen, language, {one: self._said(facts[one], language) for one in facts})

    def _said(self, fact: object, language: Language) -> object:
        """The fact; where it is a response of its own, what that says."""
        if isinstance(fact, Note):
            return Verbatim(self.say(fact.response, language, fact.facts))
        return tuple(self._said(one, language) for one in fact) if _is_list(fact) else fact


def tones(folder: Path = FOLDER) -> tuple[str, ...]:
    """The tones that lines are written in; the first needs no folder."""
    found = (path.name for path in folder.iterdir() if (path / "en.yml").exists())
    return (FRIENDLY, *sorted(found))


def check_responses(
    tone: str = FRIENDLY, own: Path | None = None, folder: Path = FOLDER
) -> tuple[str, ...]:
    """What is wrong with the lines of a tone and the shop's own, in words."""
    try:
        Responses.load(folder, tone, own)
        return tuple(find_problems(read_folder(folder), _layers(folder, tone, own)))
    except ResponseError as error:
        return (str(error),)


def _layers(folder: Path, tone: str, own: Path | None) -> dict[str, Mapping[Language, Templates]]:
    """What is laid over the whole set, by where it comes from."""
    known = tones(folder)
    if tone not in known:
        raise ResponseError(f"expected a tone of {', '.join(known)}, got {tone!r}")
    layers = {} if tone == FRIENDLY else {tone: read_folder(folder / tone)}
    if own is not None and own.exists():
        layers[str(own)] = read_folder(own, whole=False)
    return layers


def render(responses: Responses, outcome: Outcome, action: Action, nlu: NLUResult) -> Reply:
    """The reply of a turn. Pure: every number, name and link comes from the outcome."""
    state = outcome.state
    language = state.language
    return Reply(
        session=state.session_id,
        turn=state.turn,
        language=language,
        text=_text(responses, outcome),
        products=tuple(
            make_card(responses, one, language, state.currency) for one in outcome.products
        ),
        suggestions=tuple(_suggestion(responses, one, language) for one in outcome.suggestions),
        action=outcome.action or action.name,
        intents=nlu.intents,
        slots=nlu.slots,
        cart=outcome.cart,
        handoff=state.handoff,
    )


def _text(responses: Responses, outcome: Outcome) -> str:
    state = outcome.state
    said = [_note(responses, note, state) for note in outcome.notes]
    if outcome.text:
        said.append(outcome.text)
    if outcome.response:
        said.append(responses.say(outcome.response, state.language, outcome.facts, state.turn))
    if outcome.table:
        said.append(_table(outcome.table))
    said += [_note(responses, note, state) for note in outcome.closing]
    return "\n\n".join(part for part in said if part)


def _note(responses: Responses, note: Note, state: DialogueState) -> str:
    own = note.special in responses.templates[state.language]
    name = note.special if own else note.response
    return responses.say(name, state.language, note.facts, state.turn)


def _table(rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table; the first row is the header."""
    lines = [
        "| " + " | ".join(_escape(cell).replace("|", "\\|") for cell in row) + " |" for row in rows
    ]
    rule = "|" + " --- |" * len(rows[0])
    return "\n".join([lines[0], rule, *lines[1:]])


def make_card(
    responses: Responses, scored: ScoredProduct, language: Language, currency: str
) -> ProductCard:
    """A product as it is shown, in one language and currency."""
    product, variant = scored.product, scored.variant
    price = variant.price(currency)
    listed = price.list_amount if price else None
    image = variant.image or (product.images[0] if product.images else "")
    return ProductCard(
        id=product.id,
        title=product.title.get(language),
        price=to_minor(price.amount, price.currency) if price else None,
        list_price=to_minor(listed, price.currency) if price and listed is not None else None,
        currency=price.currency if price else currency,
        available=variant.available,
        url=product.url,
        image=image,
        variant=_variant(scored, language),
        reasons=tuple(write_reason(responses, one, language) for one in scored.reasons),
        choice=_choice(scored, language),
    )


def _choice(scored: ScoredProduct, language: Language) -> tuple[tuple[str, str], ...]:
    """What names the variant; where there are sizes to choose from, all but the size."""
    variant = scored.variant
    if len({one.option("size") for one in scored.product.variants}) == 1:
        return (("variant_id", variant.id),)
    color = variant.option("color").get(language)
    return (("color", color),) if color else ()


def _variant(scored: ScoredProduct, language: Language) -> str:
    """The variant's choices; a size that nobody asked for is still the shopper's to choose."""
    variant = scored.variant
    asked = any(one.facts.get("attribute") == "size" for one in scored.reasons)
    sizes = {one.option("size") for one in scored.product.variants}
    if not asked and len(sizes) > 1:
        kept = tuple(option for option in variant.options if option[0] != "size")
        variant = replace(variant, options=kept)
    return write_variant(variant, language)


def write_reason(responses: Responses, reason: Reason, language: Language) -> str:
    """Why a product is shown, in words."""
    facts = dict(reason.facts)
    name = reason.name
    if name == "matches" and facts["value"] in ("yes", "no"):
        name = "has" if facts["value"] == "yes" else "has_not"
    if "attribute" in facts:
        label = facts.get("label") or write_name(facts["attribute"], language)
        # Inside a sentence; an abbreviation such as USB stays as it is.
        inside = name.startswith("same_") and label[1:].islower()
        facts["label"] = label[0].lower() + label[1:] if inside else label
    return _plain(responses.say(f"reason_{name}", language, _dated(facts)))


def _dated(facts: Mapping[str, str]) -> Mapping[str, object]:
    """The facts with the date as one, to be written in the language."""
    day = facts.get("date")
    return facts if day is None else {**facts, "date": datetime.fromisoformat(day)}


def _suggestion(
    responses: Responses, one: Suggestion | SuggestedResponse, language: Language
) -> Suggestion:
    if isinstance(one, Suggestion):
        return one
    return Suggestion(_plain(responses.say(one.response, language, one.facts)), one.payload)


def _plain(text: str) -> str:
    """The text without the marks of :func:`_escape`, for what is never read as Markdown."""
    return _MARKED.sub(r"\1", text)


class _FactFormatter(Formatter):
    """Writes facts in a language; an unknown fact is an error, never an empty hole."""

    def __init__(self, language: Language) -> None:
        self._language = language

    def format_field(self, value: object, format_spec: str) -> str:
        if format_spec == "items" and isinstance(value, tuple):
            return "".join(f"\n- {_write(one, self._language)}" for one in value)
        return _write(value, self._language)


def _fill(template: str, language: Language, facts: Mapping[str, object]) -> str:
    def keep(match: re.Match[str]) -> str:
        names = FACT.findall(match.group(1))
        return match.group(1) if all(_given(facts.get(name)) for name in names) else ""

    chosen = OPTIONAL.sub(keep, template)
    try:
        return _FactFormatter(language).vformat(chosen, (), dict(facts)).strip()
    except KeyError as error:
        raise ResponseError(f"the response {template!r} needs the fact {error}") from error


def _is_list(fact: object) -> TypeGuard[tuple[object, ...]]:
    return isinstance(fact, tuple)


def _given(value: object) -> bool:
    return value is not None and value != () and value != "" and value != LocalText()


def _write(value: object, language: Language) -> str:
    match value:
        case Money():
            return write_money(value, language)
        case LocalText():
            return _escape(value.get(language))
        case datetime():
            return write_date(value, language)
        case bool():
            raise ResponseError(f"expected a fact to write, got {value!r}")
        case int() | float() | Decimal():
            return write_number(Decimal(str(value)), language)
        case tuple():
            return write_list([_write(one, language) for one in value], language)
        case Verbatim():
            return value
        case _:
            return _escape(str(value))


def _escape(text: str) -> str:
    """Words of a record or a shopper as plain text inside Markdown."""
    return _MARKS.sub(r"\\\1", " ".join(text.split()))


def _plural(count: object, language: Language) -> str:
    if not isinstance(count, int):
        return "other"
    return Locale.parse(LOCALES[language]).plural_form(count)
