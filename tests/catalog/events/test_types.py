from dataclasses import replace

import pytest

from catalog.events.types import LONGEST_CLIENT, client_of, guest_id, is_guest
from tests.catalog.events.builders import event


def test_a_guest_is_told_from_a_user():
    assert is_guest(guest_id("abc"))
    assert client_of(guest_id("客人")) == "客人"
    assert not is_guest("abc")
    for wrong in ("", "x" * (LONGEST_CLIENT + 1)):
        with pytest.raises(ValueError, match="client id"):
            guest_id(wrong)


@pytest.mark.parametrize(("rating", "weight"), [(1, -1), (3, 0), (5, 1), (None, 1)])
def test_a_rating_weighs_from_minus_one_to_one(rating, weight):
    assert event("rate", rating=rating).weight == weight


def test_what_says_the_same_has_the_same_key():
    one = event("search", "", query="红色跑鞋")
    assert one.key == replace(one, time=one.time.replace(hour=1), model="m").key
    for other in ({"query": "red shoes"}, {"shopper": "u2"}, {"session_id": "s"}, {"position": 1}):
        assert replace(one, **other).key != one.key


def test_an_id_makes_a_key_of_its_own_and_a_transaction_one_for_each_product():
    first, second = event(event_id="e1"), event(event_id="e2")
    assert first.key != second.key
    assert first.key == replace(first, session_id="s").key
    bought = event("purchase", transaction_id="T1")
    assert bought.has_id
    assert bought.key == replace(bought, shopper="u2").key
    assert bought.key != replace(bought, product_id="B").key
    assert not event("view_item", transaction_id="T1").has_id


@pytest.mark.parametrize("own", [{"event_id": "e1"}, {"query": "红色跑鞋"}])
def test_what_a_browser_sends_again_is_the_same_once_its_guest_has_signed_in(own):
    guest = event(shopper=guest_id("c1"), client=guest_id("c1"), **own)
    assert replace(guest, shopper="u1").key == guest.key
    assert replace(guest, shopper="u1", client="").key != guest.key
    assert replace(guest, client=guest_id("c2")).key != guest.key
