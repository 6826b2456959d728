"""Questions about one product, answered from its record with the words it rests on."""

from collections.abc import Mapping
from dataclasses import replace

from assistant.actions.context import Services, TurnContext, focus_on
from assistant.types import Action, Outcome, SuggestedResponse, settled
from assistant.wording import describe_attributes, product_price
from catalog.answers import ProductAnswer, answer_question, attribute_called
from catalog.types import Language, LocalText, Product, ScoredProduct
from intents.payloads import write_payload

_RESPONSES = {"yes": "answer_yes", "no": "answer_no", "quote": "answer_quote"}
_SOURCE_FACTS = {"attribute": "record", "description": "description", "question": "answered"}
"""Under which fact of the responses a sentence stands, by where it comes from."""

_ASKING = "ask_product_detail"

_VERBS = (
    ("需要", "需要的", "不需要"),
    ("支持", "支持的", "不支持"),
    ("可以", "可以的", "不可以"),
    ("放得下", "放得下", "放不下"),
    ("装得下", "装得下", "装不下"),
    ("能", "能的", "不能"),
    ("会", "会的", "不会"),
    ("有", "有的", "没有"),
    ("带", "带的", "不带"),
    ("送", "送的", "不送"),
    ("附", "附的", "不附"),
    ("含", "含的", "不含"),
)
"""The verbs that Chinese questions are put with, and what affirms and denies them."""


def answer_about(
    scored: ScoredProduct, action: Action, turn: TurnContext, services: Services
) -> Outcome | None:
    """The answer to what was asked; ``None`` when nothing in particular was."""
    answer = _answer(scored.product, turn, services)
    if answer and answer.kind != "value":
        return _quoted(answer, scored, turn)
    if answer:
        return _one_attribute(answer.attribute, "", scored, turn)
    if "attribute" in action.args:
        asked = action.args["attribute"]
        said = action.args.get("asked") or asked
        name = services.vocabulary().attribute(asked, turn.language) or asked
        called = attribute_called(said) or (said if answer.general else "")
        return _one_attribute(name, called, scored, turn)
    if answer.general or turn.nlu.intent != _ASKING:
        return None
    return _unknown("", scored, turn)


def about(
    response: str, scored: ScoredProduct, turn: TurnContext, facts: Mapping[str, object]
) -> Outcome:
    """An answer about one product, which from now on is the one in focus."""
    product = scored.product
    state = settled(focus_on(turn.state, product, scored.variant))
    common: dict[str, object] = {
        "title": product.title,
        "price": product_price(scored.variant, state.currency),
    }
    suggestions = (
        SuggestedResponse("add_it", write_payload("add_to_cart", product_id=product.id)),
        SuggestedResponse("similar", write_payload("find_similar", product_id=product.id)),
        SuggestedResponse("its_reviews", write_payload("ask_reviews", product_id=product.id)),
    )
    return Outcome(
        response, state, {**common, **facts}, products=(scored,), suggestions=suggestions
    )


def options_of(product: Product, language: Language) -> list[tuple[str, str]]:
    """Every choice of the variants as (option, value), each once."""
    pairs = [
        (name, text.get(language)) for variant in product.variants for name, text in variant.options
    ]
    return list(dict.fromkeys(pairs))


def _answer(product: Product, turn: TurnContext, services: Services) -> ProductAnswer:
    """What the record answers; a pressed button asks nothing in words."""
    text = turn.nlu.text
    if turn.nlu.intent != _ASKING or text.startswith("/"):
        return ProductAnswer("unknown", general=True)
    return answer_question(_without_pointers(turn), product, services.encode)


def _without_pointers(turn: TurnContext) -> str:
    """The question without "the second one" or "the red one", which say which product it is."""
    text = turn.nlu.text
    pointers = [s for s in turn.nlu.slots if s.name == "reference" or s.role == "reference"]
    for slot in sorted(pointers, key=lambda slot: slot.start, reverse=True):
        text = text[: slot.start] + " " + text[slot.end :]
    return text


def _quoted(answer: ProductAnswer, scored: ScoredProduct, turn: TurnContext) -> Outcome:
    quoted: dict[str, object] = dict.fromkeys(_SOURCE_FACTS.values(), "")
    quoted[_SOURCE_FACTS[answer.source]] = answer.sentence.get(turn.language)
    if answer.kind in ("yes", "no"):
        quoted["word"] = _word(answer.kind == "yes", turn.nlu.text)
    return about(_RESPONSES[answer.kind], scored, turn, quoted)


def _word(agrees: bool, question: str) -> LocalText:
    """Yes or no; in Chinese the question's own verb, affirmed or denied (能吗: 不能)."""
    asked = [(question.find(verb), -len(verb), pair) for verb, *pair in _VERBS if verb in question]
    affirmed, denied = min(asked)[2] if asked else ("是的", "不是的")
    return LocalText("Yes", affirmed) if agrees else LocalText("No", denied)


def _one_attribute(
    name: str, asked: LocalText | str, scored: ScoredProduct, turn: TurnContext
) -> Outcome:
    """The attribute of that name; ``asked`` is what it is called where the record lacks it."""
    known = describe_attributes(scored.product, turn.language).get(name)
    if known is not None:
        return about("attribute_known", scored, turn, {"attribute": known[0], "value": known[1]})
    options = tuple(text for key, text in options_of(scored.product, turn.language) if key == name)
    if not options:
        return _unknown(asked, scored, turn)
    called = asked or attribute_called(name) or name
    return about("attribute_known", scored, turn, {"attribute": called, "value": options})


def _unknown(asked: LocalText | str, scored: ScoredProduct, turn: TurnContext) -> Outcome:
    """That the record does not say, with the offer to ask a person."""
    human = SuggestedResponse("ask_person", "/request_human")
    said = about("attribute_unknown", scored, turn, {"attribute": asked}) if asked else None
    return replace(said or about("answer_unknown", scored, turn, {}), suggestions=(human,))
