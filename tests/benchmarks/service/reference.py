"""What a task's listed actions make of the retailer's database, written apart from the product.

The rules are those of the retail domain of tau-bench: an action that its rules forbid leaves
the database as it is (Yao et al., 2024, tau-bench).
"""

import copy
from collections.abc import Mapping, Sequence
from typing import Any

Db = dict[str, Any]


def apply_actions(
    db: Mapping[str, Any], actions: Sequence[Mapping[str, Any]]
) -> tuple[Db, list[bool]]:
    """The users and orders afterwards, and which of the actions were possible."""
    made: Db = {name: copy.deepcopy(db[name]) for name in ("users", "orders")}
    made["products"] = db["products"]
    done = [_apply(made, one["name"], one["kwargs"]) for one in actions]
    del made["products"]
    return made, done


def _apply(db: Db, name: str, given: Mapping[str, Any]) -> bool:
    if name == "modify_user_address":
        db["users"][given["user_id"]]["address"] = _address(given)
        return True
    order = db["orders"].get(given.get("order_id"))
    if order is None:
        return False
    user = db["users"][order["user_id"]]
    match name:
        case "cancel_pending_order":
            return _cancel(order, user, given)
        case "modify_pending_order_address":
            return _readdress(order, given)
        case "modify_pending_order_payment":
            return _repay(order, user, given)
        case "modify_pending_order_items":
            return _modify(db, order, user, given)
        case "exchange_delivered_order_items":
            return _exchange(db, order, user, given)
        case "return_delivered_order_items":
            return _return(order, user, given)
    return False


def writes(name: str) -> bool:
    """Whether an action of a task changes the database."""
    return name.startswith(("cancel", "modify", "exchange", "return"))


def _address(given: Mapping[str, Any]) -> dict[str, Any]:
    return {key: given[key] for key in ("address1", "address2", "city", "country", "state", "zip")}


def _cancel(order: Db, user: Db, given: Mapping[str, Any]) -> bool:
    if order["status"] != "pending":
        return False
    back = [one | {"transaction_type": "refund"} for one in order["payment_history"]]
    for one in back:
        _credit(user, one["payment_method_id"], one["amount"])
    order["payment_history"] += back
    order["status"], order["cancel_reason"] = "cancelled", given["reason"]
    return True


def _credit(user: Db, method_id: str, amount: float) -> None:
    method = user["payment_methods"][method_id]
    if method["source"] == "gift_card":
        method["balance"] = round(method["balance"] + amount, 2)


def _readdress(order: Db, given: Mapping[str, Any]) -> bool:
    if order["status"] != "pending":
        return False
    order["address"] = _address(given)
    return True


def _repay(order: Db, user: Db, given: Mapping[str, Any]) -> bool:
    paid, id_ = order["payment_history"], given["payment_method_id"]
    if order["status"] != "pending" or len(paid) > 1 or id_ not in user["payment_methods"]:
        return False
    amount, old = paid[0]["amount"], paid[0]["payment_method_id"]
    if id_ == old or not _has(user, id_, amount):
        return False
    paid.append({"transaction_type": "payment", "amount": amount, "payment_method_id": id_})
    paid.append({"transaction_type": "refund", "amount": amount, "payment_method_id": old})
    _credit(user, id_, -amount)
    _credit(user, old, amount)
    return True


def _has(user: Db, id_: str, amount: float) -> bool:
    method = user["payment_methods"][id_]
    return method["source"] != "gift_card" or method["balance"] >= amount


def _pairs(db: Db, order: Db, given: Mapping[str, Any]) -> list[tuple[Db, Db]] | None:
    """Each item with its new variant; ``None`` where one is not possible."""
    found: list[tuple[Db, Db]] = []
    for old, new in zip(given["item_ids"], given["new_item_ids"], strict=True):
        left = [one for one in order["items"] if all(one is not item for item, _ in found)]
        item = next((one for one in left if one["item_id"] == old), None)
        if item is None:
            return None
        variant = db["products"][item["product_id"]]["variants"].get(new)
        if variant is None or not variant["available"]:
            return None
        found.append((item, variant))
    return found


def _modify(db: Db, order: Db, user: Db, given: Mapping[str, Any]) -> bool:
    pairs, id_ = _pairs(db, order, given), given["payment_method_id"]
    if order["status"] != "pending" or pairs is None or id_ not in user["payment_methods"]:
        return False
    difference = round(sum(new["price"] - old["price"] for old, new in pairs), 2)
    if not _has(user, id_, difference):
        return False
    kind = "payment" if difference > 0 else "refund"
    order["payment_history"].append(
        {"transaction_type": kind, "amount": abs(difference), "payment_method_id": id_}
    )
    _credit(user, id_, -difference)
    for item, variant in pairs:
        item["item_id"], item["price"] = variant["item_id"], variant["price"]
        item["options"] = variant["options"]
    order["status"] = "pending (item modified)"
    return True


def _exchange(db: Db, order: Db, user: Db, given: Mapping[str, Any]) -> bool:
    pairs, id_ = _pairs(db, order, given), given["payment_method_id"]
    if order["status"] != "delivered" or pairs is None or id_ not in user["payment_methods"]:
        return False
    difference = round(sum(new["price"] - old["price"] for old, new in pairs), 2)
    if not _has(user, id_, difference):
        return False
    order |= {
        "status": "exchange requested",
        "exchange_items": sorted(given["item_ids"]),
        "exchange_new_items": sorted(given["new_item_ids"]),
        "exchange_payment_method_id": id_,
        "exchange_price_difference": difference,
    }
    return True


def _return(order: Db, user: Db, given: Mapping[str, Any]) -> bool:
    id_ = given["payment_method_id"]
    if order["status"] != "delivered" or id_ not in user["payment_methods"]:
        return False
    original = order["payment_history"][0]["payment_method_id"]
    if id_ != original and user["payment_methods"][id_]["source"] != "gift_card":
        return False
    order |= {
        "status": "return requested",
        "return_items": sorted(given["item_ids"]),
        "return_payment_method_id": id_,
    }
    return True


def comparable(value: Any) -> Any:
    """The value with amounts rounded to cents, so that equal databases are equal."""
    if isinstance(value, Mapping):
        return {key: comparable(one) for key, one in value.items() if key != "orders"}
    if isinstance(value, list | tuple):
        return [comparable(one) for one in value]
    return round(float(value), 2) if isinstance(value, int | float) else value
