from dataclasses import replace
from decimal import Decimal

import pytest

from assistant.orders import Caller, RefusedError, StaleError
from assistant.purchases import Change
from tests.assistant.orders_shop import MARA, OTTO, OTTOS, PENDING

CALLER = Caller("s1")
CANCEL = Change("cancel_order", "mara", "W1000001", reason="no longer needed")


def test_customers_are_found_by_what_they_say(service):
    assert service.customer_by_email("MARA.Lind@Example.com", CALLER) == MARA
    assert service.customer_by_name("mara  LIND", "78704", CALLER) == MARA
    assert service.customer_by_name("Lind Mara", "78704", CALLER) == MARA
    assert service.customer_by_name("Mara Lind", "02110", CALLER) is None
    assert service.customer_by_name("", "78704", CALLER) is None
    assert service.customer_by_email("nobody@example.com", CALLER) is None


def test_two_customers_who_fit_are_nobody(service, storage):
    storage.add_customers([replace(MARA, id="twin")])
    assert service.customer_by_email(MARA.email, CALLER) is None
    assert service.customer_by_name("Mara Lind", "78704", CALLER) is None


def test_orders_come_as_they_were_kept(service):
    found = {one.id: one for one in service.orders(MARA, CALLER)}
    assert set(found) == {"W1000001", "W1000002", "W1000003"}
    assert found["W1000001"] == PENDING


def test_a_change_is_done_once_for_each_key(service, storage):
    plan = service.plan(CANCEL, MARA, PENDING, CALLER)
    service.carry_out(plan, "key-1", CALLER)
    done = storage.find_order("W1000001")
    service.carry_out(plan, "key-1", CALLER)
    assert storage.find_order("W1000001") == done
    assert done.status == "cancelled"
    assert [one["key"] for one in storage.order_changes()] == ["key-1"]
    with pytest.raises(RefusedError, match="wrong_status"):
        service.carry_out(plan, "key-2", CALLER)
    assert [one["key"] for one in storage.order_changes()] == ["key-1"]


def test_what_would_do_something_else_than_was_shown_is_not_done(service, storage):
    one = Change(
        "change_items", "mara", "W1000001", lines=(0,), variants=("b-red-500",), method_id="card-1"
    )
    plan = service.plan(one, MARA, PENDING, CALLER)
    dearer = replace(PENDING.items[0], amount=Decimal("21.00"))
    storage.add_orders([replace(PENDING, items=(dearer, PENDING.items[1]))])
    with pytest.raises(StaleError):
        service.carry_out(plan, "key-1", CALLER)
    assert storage.find_order("W1000001").status == "pending"
    assert storage.order_changes() == []


@pytest.mark.parametrize("order_id", [OTTOS.id, "W9999999"])
def test_a_foreign_order_and_one_that_does_not_exist_are_refused_alike(service, storage, order_id):
    one = replace(CANCEL, order_id=order_id)
    plan = service.plan(one, MARA, PENDING, CALLER)
    with pytest.raises(RefusedError, match="no_order"):
        service.carry_out(plan, "key-1", CALLER)
    assert storage.find_order(OTTOS.id) == OTTOS
    assert storage.order_changes() == []


def test_every_access_is_in_the_log_with_who_and_what(service, storage):
    service.customer_by_email(MARA.email, CALLER)
    service.orders(MARA, Caller("s2", "agent.jo"))
    service.carry_out(service.plan(CANCEL, MARA, PENDING, CALLER), "key-1", CALLER)
    log = [(one["actor"], one["session_id"], one["what"]) for one in storage.accesses("mara")]
    assert log == [
        ("customer", "s1", "identify"),
        ("agent.jo", "s2", "read_orders"),
        ("customer", "s1", "cancel_order"),
    ]
    assert storage.accesses("otto") == []


def test_who_is_erased_leaves_orders_without_a_person(service, storage):
    service.customer_by_email(MARA.email, CALLER)
    assert storage.erase_customer("mara") > 0
    assert storage.customer("mara") is None
    assert storage.accesses("mara") == []
    kept = storage.find_order("W1000001")
    assert (kept.customer_id, kept.email, kept.address.line) == ("", "", "")
    assert kept.total == PENDING.total
    assert storage.customer("otto") == OTTO
