"""``daogou import-orders`` and ``export-orders``: a retailer's customers and their orders."""

import json
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.opening import open_storage, open_store
from assistant.cli.terminal import (
    JsonFlag,
    err,
    explaining,
    load_settings,
    rejects_file,
    rows,
    write_json,
    write_rejects,
)
from assistant.orders.importing import read_retailer, write_retailer

_SHOWN = 20
SOURCE = "orders"


def import_orders(
    file: Annotated[
        Path, typer.Argument(help="JSON with products, users and orders; .gz is fine.")
    ],
    currency: Annotated[
        str, typer.Option(help="Of its amounts, ISO 4217. [default: the shop's]")
    ] = "",
    rejects: Annotated[
        Path | None, typer.Option(help="Where rejected records go. [default: home folder]")
    ] = None,
    as_json: JsonFlag = False,
) -> None:
    """Import customers, their orders and the products in them. Run twice, it changes nothing."""
    with explaining():
        settings = load_settings()
        where = rejects_file(settings, file, rejects)
        money = currency or settings.shop.currency[settings.shop.default_language]
        found = read_retailer(file, money)
        with open_store(settings) as store, open_storage(settings) as storage:
            products = store.upsert(list(found.products), SOURCE)
            customers = storage.add_customers(found.customers)
            orders = storage.add_orders(found.orders)
        write_rejects(where, map(asdict, found.rejected))
    facts = {
        "products": len(found.products),
        "products_changed": products.added + products.changed,
        "customers": customers,
        "orders": orders,
        "rejected": len(found.rejected),
    }
    kinds = Counter(one.kind for one in found.rejected)
    if as_json:
        more = {"rejected_by_kind": dict(kinds)}
        write_json(facts | more | {"rejects_file": str(where) if found.rejected else None})
    else:
        rows("Imported", facts.items())
        for one in found.rejected[:_SHOWN]:
            err.print(f"{one.kind} {one.id}: {one.reason}", style="yellow", markup=False)
        if found.rejected:
            err.print(f"{len(found.rejected)} rejected records in {where}", markup=False)


def export_orders(
    file: Annotated[Path, typer.Argument(help="Where the JSON goes.")],
    as_json: JsonFlag = False,
) -> None:
    """Write customers and orders as they are now, in the form they are imported from."""
    with explaining():
        with open_storage(load_settings()) as storage:
            content = write_retailer(storage.all_customers(), storage.all_orders())
        file.write_text(json.dumps(content, ensure_ascii=False, indent=1), "utf-8")
    facts = {"customers": len(content["users"]), "orders": len(content["orders"])}
    if as_json:
        write_json(facts | {"file": str(file)})
    else:
        rows("Exported", facts.items())
