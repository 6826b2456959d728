"""The lists of the console: filtered and paged by the database, and wholly in one language."""

import html
import re

import pytest

from assistant.actions.handing_over import TOPICS
from assistant.handoff import Reason
from assistant.web.console.views import PAGE, console_labels
from intents.names import INTENTS, SLOTS
from tests.web.small_desk import Console, ask, console_app, open_desk

MANY = 230


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    with open_desk(tmp_path_factory.mktemp("desk")) as opened:
        yield opened


@pytest.fixture(scope="module")
def crowd(desk):
    """So many wait that one query has to choose; gives the only ticket of each kind, behind all."""
    storage = desk.storage
    for number in range(MANY):
        storage.open_ticket(f"crowd-{number}", "asked_for", f"number {number}")
    return {
        "language=zh": ask(
            desk, "s-zh", text="包裹丢了", language="zh", topic="orders", priority=0
        ),
        "topic=legal": ask(desk, "s-legal", text="my lawyer", topic="legal", priority=0),
        "priority=low&topic=safety": ask(desk, "s-low", text="smoke", topic="safety", priority=0),
    }


@pytest.fixture(scope="module")
def app(desk, crowd, shop_settings):
    return console_app(desk, shop_settings)


@pytest.fixture(scope="module")
def anna(app):
    return Console(app, "anna")


def listed(console, query, path="queue"):
    page = console.client.get(f"/console/{path}?{query}").text
    return re.findall(r'data-open="(T\d+)"', page), page


def test_filters_find_what_lies_behind_the_first_hundreds(anna, crowd):
    for query, ticket in crowd.items():
        assert listed(anna, f"queue=waiting&{query}")[0] == [ticket], query


def test_every_ticket_is_on_one_page(anna, desk):
    there = [one.id for one in desk.storage.tickets(("waiting",))]
    pages = [listed(anna, f"queue=waiting&page={page}") for page in range(6)]
    assert [one for tickets, _ in pages for one in tickets] == there
    assert [len(tickets) for tickets, _ in pages[:3]] == [PAGE, PAGE, PAGE]
    assert 'data-page="1"' in pages[0][1]
    assert re.search(r'data-page="-1" disabled', pages[0][1])
    assert re.search(r'data-page="5" disabled', pages[4][1])


def test_a_short_list_has_no_pages(anna):
    assert "data-page" not in listed(anna, "queue=waiting&topic=legal")[1]
    assert anna.client.get("/console/queue?page=-1").status_code == 422


def test_what_others_have_is_left_out_before_pages_are_counted(app, desk, anna):
    taken = desk.storage.tickets(("waiting",))[:3]
    for one in taken:
        desk.storage.set_ticket(one.id, {"status": "with_agent", "agent": "ben"})
    first = listed(anna, "queue=open")[0]
    assert len(first) == PAGE
    assert not {one.id for one in taken} & {*first}
    boss = Console(app, "boss")
    seen = [one for page in range(5) for one in listed(boss, f"queue=open&page={page}")[0]]
    assert {one.id for one in taken} <= {*seen}
    assert listed(Console(app, "ben"), "queue=mine")[0] == [one.id for one in taken]
    for one in taken:
        desk.storage.set_ticket(one.id, {"status": "waiting", "agent": ""})


def test_the_history_has_pages_too(anna, crowd):
    first, second = (listed(anna, f"q=&page={page}", "history")[0] for page in (0, 1))
    assert (len(first), len(second)) == (PAGE, PAGE)
    assert not {*first} & {*second}
    assert listed(anna, "q=包裹", "history")[0] == [crowd["language=zh"]]


def test_a_wait_stands_out_after_the_minutes_of_the_settings(desk, crowd, shop_settings):
    slow = shop_settings.desk.model_copy(update={"late_minutes": 0.0001})
    hasty = Console(console_app(desk, shop_settings.model_copy(update={"desk": slow})), "anna")
    calm = Console(console_app(desk, shop_settings), "anna")
    query = "queue=waiting&topic=legal"
    assert "wait late" in listed(hasty, query)[1]
    assert "wait late" not in listed(calm, query)[1]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_everything_with_a_name_has_words(language):
    labels = console_labels()[language]
    wanted = [f"slot_{one}" for one in SLOTS] + [f"topic_{one}" for one in TOPICS]
    wanted += [f"reason_{one}" for one in (*Reason, "order_service", "self_harm")]
    assert [one for one in wanted if not labels.knows(one)] == []


def test_every_intent_is_said_in_chinese(desk, anna):
    """The card of a conversation in which everything was understood at once."""
    ticket = ask(desk, "s-all", "mara", "转人工", language="zh")
    slots = [f"{one}: 一" for one in sorted(SLOTS)]
    card = {"intents": sorted(INTENTS), "slots": slots, "message": "你好", "tone": "calm"}
    desk.storage.set_ticket(ticket, {"card": card, "reason": "order_service"})
    desk.claim(ticket, desk.storage.find_agent("anna"))
    page = anna.client.get(f"/console/tickets/{ticket}?lang=zh").text
    shown = html.unescape(re.sub(r"<[^>]+>", "\n", page))
    for name in (*INTENTS, *SLOTS, "order_service", "with_agent"):
        assert not re.search(rf"\b{name}\b", shown), name


def test_orders_and_the_audit_are_said_in_chinese(app, desk):
    ticket = ask(desk, "s-mail", "mara", language="zh")
    desk.storage.set_ticket(ticket, {"card": {"email": "mara.lind@example.com", "tone": "calm"}})
    desk.claim(ticket, desk.storage.find_agent("anna"))
    boss = Console(app, "boss")
    page = boss.client.get(f"/console/tickets/{ticket}?lang=zh").text
    assert "W1000002 · 已签收" in page
    overview = boss.client.get("/console/overview?lang=zh").text
    assert {"登录", "接入", "查看"} <= {*re.findall(r"<td>([^<]*)</td>", overview)}
    assert not re.search(r"<td>[a-z_]+_[a-z_]+</td>", overview)
