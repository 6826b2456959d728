"""Which size fits, by the shop's charts and what came back."""

from dataclasses import replace

from assistant.actions.answering import about
from assistant.actions.context import Services, TurnContext, named_products
from assistant.actions.service import answer_faq
from assistant.types import Action, Note, Outcome, PendingQuestion, SuggestedResponse
from assistant.wording import MEASURES, write_measure
from catalog.sizing import Body, Chart, Returns, SizeAdvice, advise_size, read_body
from catalog.sizing.advice import runs
from catalog.types import Language, Product, ScoredProduct
from intents.payloads import write_payload


def help_with_size(action: Action, turn: TurnContext, services: Services) -> Outcome:
    """The size that the shopper's measurements point at; without them the chart and a question.

    What no chart and no returns know of is answered from the shop's policies.
    """
    if _general(turn, services):
        return replace(answer_faq(action, turn, services), action="answer_faq")
    sizes = services.sizes()
    for scored in named_products(action, services):
        chart, returned = sizes.chart(scored.product), sizes.returned(scored.product)
        if chart is not None or runs(returned):
            return replace(_helped(scored, chart, returned, turn), action="help_with_size")
    return replace(answer_faq(action, turn, services), action="answer_faq")


def _general(turn: TurnContext, services: Services) -> bool:
    """Whether the policies answer it, and nothing points at a product or measures a body."""
    nlu = turn.nlu
    pointed = any(slot.name in ("reference", "product_id") for slot in nlu.slots)
    if pointed or nlu.text.startswith("/") or read_body(nlu.text):
        return False
    return services.faq.best(services.faq.search(nlu.text, turn.language, 1)) is not None


def _helped(
    scored: ScoredProduct, chart: Chart | None, returned: Returns | None, turn: TurnContext
) -> Outcome:
    body = read_body(turn.nlu.text)
    advice = advise_size(chart, body) if chart and body else None
    said = _returns(returned)
    if chart is None:
        return about("size_by_returns", scored, turn, {"returned": said})
    if advice is None:
        return _asked(scored, chart, said, turn)
    return _advised(scored, chart, advice, body, returned, turn)


_RUNS = {"small": "size_runs_small", "large": "size_runs_large"}


def _returns(returned: Returns | None) -> Note | None:
    """What the returns say, with the numbers it rests on."""
    side = runs(returned)
    if returned is None or not side:
        return None
    count = returned.too_small if side == "small" else returned.too_large
    return Note(_RUNS[side], {"count": count, "sold": returned.sold})


def _asked(scored: ScoredProduct, chart: Chart, said: Note | None, turn: TurnContext) -> Outcome:
    """The chart, and the question for what it goes by."""
    measures = tuple(_inside(MEASURES[one].get(turn.language)) for one in chart.measures())
    facts = {"chart": chart.title, "measures": measures, "returned": said or ""}
    outcome = about("size_chart", scored, turn, facts)
    again = Action("help_with_size", ((scored.product.id, scored.variant.id),))
    state = replace(outcome.state, pending=PendingQuestion("measure", again))
    table = size_table(chart, turn.language)
    return replace(outcome, state=state, table=table, products=(), suggestions=())


def size_table(chart: Chart, language: Language) -> tuple[tuple[str, ...], ...]:
    """The chart as rows, the header first."""
    measures = chart.measures()
    header = (MEASURES["size"].get(language), *(MEASURES[one].get(language) for one in measures))
    rows = [
        (size, *(write_measure(one, ranges.get(one), language) for one in measures))
        for size, ranges in chart.sizes.items()
    ]
    return (header, *rows)


def _advised(
    scored: ScoredProduct,
    chart: Chart,
    advice: SizeAdvice,
    body: Body,
    returned: Returns | None,
    turn: TurnContext,
) -> Outcome:
    product = scored.product
    given = tuple(
        f"{_inside(MEASURES[one].get(turn.language))} "
        + write_measure(one, (body[one], body[one]), turn.language)
        for one in advice.used
    )
    facts: dict[str, object] = {
        "size": advice.size,
        "chart": chart.title,
        "given": given,
        "also": advice.also,
        "returned": _returns(returned) or "",
    }
    outcome = about("size_outside" if advice.outside else "size_advised", scored, turn, facts)
    if not _sold_in(product, advice.size):
        return replace(outcome, notes=(Note("size_not_here", {"size": advice.size}),))
    payload = write_payload("add_to_cart", product_id=product.id, size=advice.size)
    button = SuggestedResponse("add_size", payload, {"size": advice.size})
    return replace(outcome, suggestions=(button, *outcome.suggestions[1:]))


def _inside(label: str) -> str:
    """The label of a measure within a sentence."""
    return label.lower()


def _sold_in(product: Product, size: str) -> bool:
    sold = [one for one in product.variants if size in one.option("size").all()]
    return any(one.available for one in sold)
