from datetime import UTC, datetime

import yaml

from assistant.dialogues import load_dialogues, run_case
from assistant.dialogues.recording import write_recording
from assistant.types import Action, Cart, CartItem, Handoff, ProductCard, Reply, Turn, Utterance
from intents.types import Intent, NLUResult, Slot
from tests.assistant.builders import color, under
from tests.assistant.dialogues.test_checks import Scripted

NOW = datetime(2026, 11, 1, tzinfo=UTC)
CARD = ProductCard("M1", "Clay mug", 1250, None, "USD", True, "", "", "", ())
CART = Cart((CartItem("M1", "M1-one", "Clay mug", "", 2, 1250, "USD", True),), 2500, "USD")


def reply(action, text="Here", **fields):
    language = fields.pop("language", "en")
    return Reply("s", 1, language, text, action=action, **fields)


def turn(text, answer, user_id=""):
    nlu = NLUResult(text, answer.language, answer.intents, answer.slots)
    return Turn("s", 1, NOW, Utterance("s", text, user_id), nlu, Action(answer.action), answer)


SEARCH = reply(
    "search_products",
    intents=(Intent("search_product", 0.9),),
    slots=(Slot("product_type", "mug", "mugs"), under("20"), color("red", "exclude")),
    products=(CARD,),
)
ADDED = reply("add_to_cart", cart=CART, handoff=Handoff("T1", "waiting", 1))
CHINESE = reply("clarify", language="zh")


def recorded(tmp_path, *conversations):
    write_recording(tmp_path / "r.yml", conversations)
    return load_dialogues(tmp_path / "r.yml")


def test_what_was_recorded_passes_when_it_goes_the_same_way(tmp_path):
    talk = [turn("mugs under $20, not red", SEARCH), turn("two", ADDED, "u1")]
    cases = recorded(tmp_path, talk, [turn("呃", CHINESE)])
    assert [case.test_case[:10] for case in cases] == ["mugs under", "呃 (2026-11"]
    assert cases[0].user_id == "u1"
    for case, replies in zip(cases, [(SEARCH, ADDED), (CHINESE,)], strict=True):
        assert run_case(case, Scripted(*replies)).failures == ()


def test_another_text_is_no_difference(tmp_path):
    (case,) = recorded(tmp_path, [turn("mugs", SEARCH)])
    assert run_case(case, Scripted(reworded(SEARCH))).failures == ()


def reworded(answer):
    return Reply(**{name: getattr(answer, name) for name in Reply.__slots__} | {"text": "Look"})


def test_everything_that_matters_is_checked(tmp_path):
    (case,) = recorded(tmp_path, [turn("mugs", SEARCH), turn("two", ADDED)])
    nothing = reply("clarify", language="zh")
    expected = {one.expected for one in run_case(case, Scripted(nothing, nothing)).failures}
    assert expected >= {
        "action search_products", "language en", "intent search_product", "at least 1 products",
        "product M1", "slot product_type = 'mugs'", "slot price = 'under 20'",
        "slot color = 'exclude'", "action add_to_cart", "1 lines in the cart",
        "2 pieces in the cart", "a total of 25.00", "product M1 in the cart", "handoff waiting",
    }  # fmt: skip


def test_the_file_is_readable_and_replaced_whole(tmp_path):
    recorded(tmp_path, [turn("马克杯", CHINESE)])
    recorded(tmp_path, [turn("杯子", CHINESE)], [])
    text = (tmp_path / "r.yml").read_text("utf-8")
    assert "  - test_case: 杯子 (2026-11-01)\n    steps:\n      - user: 杯子\n" in text
    assert len(yaml.safe_load(text)["test_cases"]) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["r.yml"]
