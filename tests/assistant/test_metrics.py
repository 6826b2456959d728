from types import SimpleNamespace

import pytest
from prometheus_client.parser import text_string_to_metric_families

from assistant.metrics import Figures, Metrics
from assistant.types import Reply, Timings

MODEL = SimpleNamespace(kind="model", problem="", failures=0)


def read(metrics, figures=None):
    text = metrics.text(figures or Figures(MODEL)).decode()
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def answered(action, language="en", milliseconds=7.0):
    timings = Timings(1.0, 2.0, milliseconds)
    return Reply("s1", 1, language, "x", action=action, timings_ms=timings)


def test_turns_are_counted_by_action_and_language():
    metrics = Metrics()
    for action, language in (("greet", "en"), ("greet", "zh"), ("greet", "en"), ("chat", "en")):
        metrics.count(answered(action, language))
    found = read(metrics)
    assert found["daogou_turns_total", "greet", "en"] == 2
    assert found["daogou_turns_total", "greet", "zh"] == 1
    assert found["daogou_turns_total", "chat", "en"] == 1


def test_the_time_of_a_turn_falls_into_a_bucket_in_seconds():
    metrics = Metrics()
    metrics.count(answered("greet", milliseconds=7.0))
    found = read(metrics)
    assert found["daogou_turn_seconds_bucket", "0.005"] == 0
    assert found["daogou_turn_seconds_bucket", "0.01"] == 1
    assert found["daogou_turn_seconds_sum",] == pytest.approx(0.007)


@pytest.mark.parametrize("action", ["clarify", "report_out_of_scope", "offer_person"])
def test_what_nobody_understood_is_counted(action):
    metrics = Metrics()
    metrics.count(answered(action, "zh"))
    metrics.count(answered("greet", "zh"))
    assert read(metrics)["daogou_not_understood_total", "zh"] == 1


@pytest.mark.parametrize("kind", ["model", "examples", "rules"])
def test_what_understands_is_named(kind):
    nlu = SimpleNamespace(kind=kind, problem="", failures=3)
    found = read(Metrics(), Figures(nlu))
    assert found["daogou_nlu_info", kind] == 1
    assert found["daogou_nlu_failures_total",] == 3


def test_the_shop_of_the_moment():
    found = read(Metrics(), Figures(MODEL, 12, {"waiting": 2, "with_agent": 1}))
    assert found["daogou_products",] == 12
    assert found["daogou_tickets_open", "waiting"] == 2
    assert found["daogou_tickets_open", "with_agent"] == 1
    assert found["daogou_database_up",] == 1


def test_without_a_database_the_rest_is_still_told():
    metrics = Metrics()
    metrics.count_unread()
    found = read(metrics)
    assert found["daogou_database_up",] == 0
    assert found["daogou_unread_total",] == 1
    assert not any(name.startswith(("daogou_products", "daogou_tickets")) for name, *_ in found)


def test_two_assistants_count_apart():
    first, second = Metrics(), Metrics()
    first.count(answered("greet"))
    assert ("daogou_turns_total", "greet", "en") not in read(second)
