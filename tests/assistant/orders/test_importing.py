import gzip
import json

import pytest

from assistant.orders.importing import read_retailer, write_retailer

ADDRESS = {
    "address1": "1 Main St",
    "address2": "",
    "city": "Town",
    "country": "USA",
    "state": "CA",
    "zip": "90210",
}
RED = {"color": "red"}


def variant(id_, options, available, price):
    return {"item_id": id_, "options": options, "available": available, "price": price}


def content():
    item = {"name": "Mug", "product_id": "p1", "item_id": "v1", "price": 9.5, "options": RED}
    paid = {"transaction_type": "payment", "amount": 9.5, "payment_method_id": "g1"}
    mug = {
        "name": "Mug",
        "product_id": "p1",
        "variants": {
            "v1": variant("v1", RED, True, 9.5),
            "v2": variant("v2", {"color": "blue"}, False, 10),
        },
    }
    ann = {
        "user_id": "u1",
        "name": {"first_name": "Ann", "last_name": "Poe"},
        "address": ADDRESS,
        "email": "ann@example.com",
        "payment_methods": {"g1": {"source": "gift_card", "id": "g1", "balance": 12.5}},
        "orders": ["#W1"],
    }
    order = {
        "order_id": "#W1",
        "user_id": "u1",
        "address": ADDRESS,
        "items": [item],
        "status": "pending",
        "fulfillments": [],
        "payment_history": [paid],
    }
    return {"products": {"p1": mug}, "users": {"u1": ann}, "orders": {"#W1": order}}


def write(tmp_path, data, name="db.json"):
    path = tmp_path / name
    raw = json.dumps(data).encode()
    path.write_bytes(gzip.compress(raw) if name.endswith(".gz") else raw)
    return path


@pytest.mark.parametrize("name", ["db.json", "db.json.gz"])
def test_what_was_read_is_written_again_as_it_was(tmp_path, name):
    found = read_retailer(write(tmp_path, content(), name), "USD")
    assert found.rejected == ()
    assert write_retailer(found.customers, found.orders) == {
        part: content()[part] for part in ("users", "orders")
    }
    (product,) = found.products
    assert [one.available for one in product.variants] == [True, False]


def test_a_broken_record_is_rejected_with_its_reason_and_the_rest_comes_in(tmp_path):
    data = content()
    data["orders"]["#W2"] = data["orders"]["#W1"] | {"order_id": "#W2", "status": "lost"}
    data["orders"]["#W3"] = data["orders"]["#W1"] | {"order_id": "#W3", "user_id": "nobody"}
    data["orders"]["#W4"] = {"order_id": "#W4"}
    data["users"]["u2"] = data["users"]["u1"] | {"user_id": "u2", "email": "no address"}
    data["products"]["p2"] = {"name": "Cup", "product_id": "p2", "variants": {}}
    found = read_retailer(write(tmp_path, data), "USD")
    assert [one.id for one in found.orders] == ["W1"]
    assert [(one.kind, one.id) for one in found.rejected] == [
        ("product", "p2"),
        ("customer", "u2"),
        ("order", "#W2"),
        ("order", "#W3"),
        ("order", "#W4"),
    ]
    assert "'lost'" in found.rejected[2].reason


@pytest.mark.parametrize("raw", [b"", b"[]", b"{}", b'{"products": {}, "users": []}', b"\xff\xfe"])
def test_a_file_of_another_form_is_refused(tmp_path, raw):
    path = tmp_path / "db.json"
    path.write_bytes(raw)
    with pytest.raises(ValueError, match=r"db\.json"):
        read_retailer(path, "USD")
