from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from assistant.acts import SAFETY
from assistant.responses import (
    FOLDER,
    ResponseError,
    Responses,
    check_responses,
    render,
    tones,
)
from assistant.responses.files import FREQUENT
from assistant.types import Action, Money, Note, Outcome, SuggestedResponse, Suggestion, Verbatim
from catalog.types import LANGUAGES, LocalText, Reason, ScoredProduct
from intents.names import INTENTS
from tests.assistant.builders import mug, nlu, state


@pytest.fixture(scope="module")
def responses():
    return Responses.load()


def made(tmp_path, en, zh):
    (tmp_path / "en.yml").write_text(en, "utf-8")
    (tmp_path / "zh.yml").write_text(zh, "utf-8")
    return Responses.load(tmp_path)


def test_variants_take_turns(tmp_path):
    said = made(tmp_path, "hi: [a, b]", "hi: [甲, 乙, 丙]")
    assert [said.say("hi", "en", {}, turn) for turn in range(3)] == ["a", "b", "a"]
    assert [said.say("hi", "zh", {}, turn) for turn in range(3)] == ["甲", "乙", "丙"]


def test_plurals_follow_the_count(tmp_path):
    said = made(tmp_path, "n: {one: one thing, other: '{count} things'}", "n: '{count}件'")
    assert said.say("n", "en", {"count": 1}) == "one thing"
    assert said.say("n", "en", {"count": 3}) == "3 things"
    assert said.say("n", "zh", {"count": 1}) == "1件"


def test_an_optional_part_needs_all_its_facts(tmp_path):
    said = made(tmp_path, "x: 'It is {a}[[ and {b}]].'", "x: '{a}[[，{b}]]。'")
    assert said.say("x", "en", {"a": "red", "b": "big"}) == "It is red and big."
    assert said.say("x", "en", {"a": "red", "b": None}) == "It is red."
    assert said.say("x", "zh", {"a": "红", "b": ()}) == "红。"


def test_facts_are_written_in_the_language(tmp_path):
    said = made(tmp_path, "x: '{m} {t} {d} {l}{i:items}'", "x: '{m} {t} {d} {l}{i:items}'")
    facts = {
        "m": Money(Decimal("9.9"), "USD"),
        "t": LocalText("cup", "杯"),
        "d": datetime(2026, 1, 2, tzinfo=UTC),
        "l": ("a", "b"),
        "i": ("c",),
    }
    assert said.say("x", "en", facts) == "$9.90 cup Jan 2, 2026 a, b\n- c"
    assert said.say("x", "zh", facts) == "US$9.90 杯 2026年1月2日 a、b\n- c"


def test_braces_in_a_fact_are_not_read_as_a_fact(tmp_path):
    said = made(tmp_path, "x: 'You said {a}'", "x: '{a}'")
    said_back = said.say("x", "en", {"a": "{price} [[x]]"})
    assert said_back == "You said {price} \\[\\[x\\]\\]"


def test_a_record_cannot_write_markdown(tmp_path):
    said = made(tmp_path, "x: '{a}{b:items}'", "x: '{a}{b:items}'")
    facts = {"a": LocalText("[free](http://evil) *x*\n# <b>"), "b": ("`c`",)}
    assert said.say("x", "en", facts) == "\\[free\\](http://evil) \\*x\\* # \\<b>\n- \\`c\\`"
    assert said.say("x", "zh", {"a": Verbatim("[ours](/x)"), "b": ()}) == "[ours](/x)"


def test_titles_of_buttons_are_plain_text(responses):
    outcome = Outcome(
        "no_more",
        state(),
        {"what": "x"},
        suggestions=(SuggestedResponse("drop_wish", "/x", {"missing": "*red*", "count": 4}),),
    )
    reply = render(responses, outcome, Action("show_more"), nlu())
    assert reply.suggestions[0].title == 'Without "*red*" (4)'


def test_a_missing_fact_is_an_error(tmp_path):
    said = made(tmp_path, "x: '{a}'", "x: '{a}'")
    with pytest.raises(ResponseError, match="'a'"):
        said.say("x", "en", {})
    with pytest.raises(ResponseError, match="nothing"):
        said.say("nothing", "zh", {})


@pytest.mark.parametrize(
    ("en", "zh", "message"),
    [
        ("a: x", "a: x\nb: y", "one language only: b"),
        ("a: '{x}'", "a: '{y}'", "a has other facts"),
        ("a: 5", "a: x", "must be a text"),
        ("a: [", "a: x", "cannot be read"),
        ("- a", "a: x", "by name"),
    ],
)
def test_broken_files_are_refused(tmp_path, en, zh, message):
    with pytest.raises(ResponseError, match=message):
        made(tmp_path, en, zh)


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(ResponseError, match=r"en\.yml"):
        Responses.load(tmp_path)


def test_every_response_an_action_uses_is_there(responses):
    modules = [*Path(FOLDER.parent).glob("*.py"), *Path(FOLDER.parent, "actions").rglob("*.py")]
    source = "".join(path.read_text("utf-8") for path in modules)
    unused = [name for name in responses.templates["en"] if f'"{name}"' not in source]
    made_up = ("guess_", "reason_", "order_", "shown_", "done_", "refused_", "which_")
    made_up += ("than_", "ask_", "left_")
    assert [name for name in unused if not name.startswith(made_up)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_intent_can_be_a_guess(responses, language):
    for intent in INTENTS:
        if intent not in ("out_of_scope", *SAFETY):
            assert responses.say(f"guess_{intent}", language, {})


def test_render_makes_cards_from_records(responses):
    scored = ScoredProduct(mug(), mug().variants[0], 1.0, (Reason("popular"),))
    outcome = Outcome(
        "found",
        state(turn=2, language="zh", currency="CNY"),
        {"count": 1, "total": 1, "what": "杯子"},
        products=(scored,),
        suggestions=(SuggestedResponse("show_more", "/show_more"), Suggestion("好", "好")),
    )
    reply = render(responses, outcome, Action("search_products"), nlu("search_product"))
    card = reply.products[0]
    assert (card.title, card.price, card.currency) == ("陶土马克杯", 8800, "CNY")
    assert (card.variant, card.reasons) == ("蓝色", ("热门",))
    assert [one.title for one in reply.suggestions] == ["看更多", "好"]
    assert "杯子" in reply.text


@pytest.mark.parametrize(
    ("facts", "en", "zh"),
    [
        ({"value": "yes", "label": "Waterproof"}, "Waterproof", "Waterproof"),
        ({"value": "no", "label": "Zip"}, "Zip: no", "Zip：否"),
        (
            {"value": "yes", "label": "", "attribute": "noise_cancelling"},
            "Noise cancelling",
            "降噪",
        ),
        ({"value": "blue", "label": "Colour"}, "blue", "blue"),
    ],
)
def test_a_matching_attribute_is_a_reason_in_words(responses, facts, en, zh):
    for language, text in (("en", en), ("zh", zh)):
        scored = ScoredProduct(mug(), mug().variants[0], 1.0, (Reason("matches", facts),))
        outcome = Outcome("no_more", state(language=language), {"what": "x"}, products=(scored,))
        reply = render(responses, outcome, Action("show_more"), nlu())
        assert reply.products[0].reasons == (text,)


@pytest.mark.parametrize(
    ("sizes", "choice"),
    [
        ((), (("variant_id", "M1-one"),)),
        (("S",), (("variant_id", "M1-S"),)),
        (("S", "M"), (("color", "Blue"),)),
    ],
)
def test_a_card_says_how_its_variant_is_added(responses, sizes, choice):
    product = mug(sizes=sizes)
    scored = ScoredProduct(product, product.variants[0], 1.0)
    outcome = Outcome("no_more", state(), {"what": "x"}, products=(scored,))
    assert render(responses, outcome, Action("show_more"), nlu()).products[0].choice == choice


def test_render_puts_notes_first_and_the_table_last(responses):
    outcome = Outcome(
        "compared",
        state(),
        {"count": 2, "advice": ()},
        (Note("product_gone"),),
        table=(("", "A", "B"), ("Price", "$1", "a|b")),
    )
    text = render(responses, outcome, Action("compare_products"), nlu()).text
    assert text.startswith("Sorry, that product is no longer in the shop.\n\nHere they are")
    assert text.endswith("|  | A | B |\n| --- | --- | --- |\n| Price | $1 | a\\|b |")


def test_silence_has_no_text(responses):
    assert render(responses, Outcome("", state()), Action("stay_silent"), nlu()).text == ""


def test_a_fact_may_be_a_response_of_its_own(tmp_path):
    made(tmp_path, "a: 'x {many:items}'\nb: 'b {n}'", "a: '{many:items}'\nb: '{n}'")
    notes = (Note("b", {"n": 1}), Note("b", {"n": 2}))
    assert Responses.load(tmp_path).say("a", "en", {"many": notes}) == "x \n- b 1\n- b 2"


def overlaid(tmp_path, own_en="", own_zh=""):
    own = tmp_path / "own"
    own.mkdir()
    for name, text in (("en", own_en), ("zh", own_zh)):
        if text:
            (own / f"{name}.yml").write_text(text, "utf-8")
    return own


def test_what_is_shipped_has_no_slot_language_or_variant_missing():
    for tone in tones():
        assert check_responses(tone) == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_tone_takes_the_place_of_some_lines(responses, language):
    formal = Responses.load(tone="formal")
    facts = {"shop": "S"}
    assert formal.say("greet", language, facts) != responses.say("greet", language, facts)
    assert formal.say("show_more", language, {}) == responses.say("show_more", language, {})
    with pytest.raises(ResponseError, match="expected a tone of friendly, formal"):
        Responses.load(tone="rude")


def test_a_shop_says_its_own_lines(tmp_path):
    own = overlaid(tmp_path, "goodbye: Ta-ta!", "goodbye: 回见！")
    assert Responses.load(own=own).say("goodbye", "en", {}) == "Ta-ta!"
    assert Responses.load(own=own).say("goodbye", "zh", {}) == "回见！"
    assert check_responses(own=own) == ()
    assert Responses.load(own=tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("en", "zh", "problem"),
    [
        ("goodbye: Ta-ta!", "", "goodbye is there in en and not in zh"),
        ("removed: Gone.", "removed: '{title}没了'", "a variant of removed lacks title"),
        ("removed: '{titel} gone'", "removed: x", "removed has no fact titel; it may name title"),
        ("fare_well: x", "fare_well: x", "no response 'fare_well'"),
        ("a: [", "", "cannot be read"),
    ],
)
def test_what_is_wrong_with_a_shops_lines_is_said(tmp_path, en, zh, problem):
    found = check_responses(own=overlaid(tmp_path, en, zh))
    assert len(found) == 1
    assert problem in found[0]


def test_a_line_that_is_heard_often_needs_variants(tmp_path):
    lines = "".join(f"{name}: x\n" for name in FREQUENT)
    made(tmp_path, lines, lines)
    found = check_responses(folder=tmp_path)
    assert len(found) == 2 * len(FREQUENT)
    assert "3 variants wanted, has 1" in found[0]
