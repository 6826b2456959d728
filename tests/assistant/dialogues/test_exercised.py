from collections import Counter
from types import SimpleNamespace

from assistant.dialogues import CaseResult
from assistant.dialogues.exercised import WatchedResponses, exercised
from assistant.responses import Responses

RESPONSES = Responses.load()


def assistant(**custom):
    services = SimpleNamespace(custom=custom)
    return SimpleNamespace(services=services, responses=RESPONSES, default_language="en")


def result(intents, actions):
    return CaseResult("x", (), 0.1, Counter(intents), Counter(actions))


def test_watched_responses_say_the_same_and_count():
    responses = WatchedResponses(RESPONSES.templates)
    for language in ("en", "zh"):
        said = responses.say("goodbye", language, {}, 1)
        assert said == RESPONSES.say("goodbye", language, {}, 1)
    assert responses.said == {"goodbye": 2}


def test_what_never_came_up_is_named():
    results = [result(["greet"], ["greet"]), result(["greet", "search_product"], ["own_action"])]
    found = exercised(results, {"greet": 3}, assistant(own_action=None, other_action=None))
    kinds = {one.kind: one for one in found}
    assert kinds["intents"].counts["greet"] == 2
    assert "greet" not in kinds["intents"].never
    assert "thank" in kinds["intents"].never
    assert kinds["actions"].counts["own_action"] == 1
    assert {"other_action", "search_products", "clarify"} <= set(kinds["actions"].never)
    assert kinds["responses"].counts["greet"] == 3
    assert set(kinds["responses"].never) == RESPONSES.templates["en"].keys() - {"greet"}


def test_a_name_nobody_listed_counts_too():
    found = exercised([result(["rasa_intent"], [])], {}, assistant())
    assert found[0].counts["rasa_intent"] == 1
