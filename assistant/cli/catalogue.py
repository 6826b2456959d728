"""``daogou import``, ``index``, ``search`` and ``recommend``: the catalogue from a terminal."""

import shutil
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from assistant.build import Progress, build_catalogue, build_recommending, look_at_pictures
from assistant.cli.opening import open_store
from assistant.cli.terminal import (
    WRONG_USE,
    JsonFlag,
    err,
    explaining,
    load_settings,
    out,
    progress_bars,
    rows,
    write_json,
)
from assistant.found import facets_of, found_to_wire, products_to_wire
from assistant.settings import Settings
from assistant.wording import product_price, write_money
from catalog.conditions import add_conditions
from catalog.feeds import load_mapping
from catalog.importer import ImportProgress, import_feed
from catalog.pictures.making import Seen
from catalog.recommending.request import Kind, Request
from catalog.store import ProductStore
from catalog.text import has_chinese
from catalog.types import Language, ProductFilter, ScoredProduct, SortKey, read_order


def import_(
    feed: Annotated[Path, typer.Argument(help="A feed file; .gz is fine.")],
    mapping: Annotated[
        str,
        typer.Option(help="icecat, bestbuy, amazon, myntra, or the path of a mapping file."),
    ] = "",
    format_: Annotated[
        str,
        typer.Option(
            "--format", help="google, shopify, woocommerce, schema_org, movielens; else recognised."
        ),
    ] = "",
    currency: Annotated[
        str, typer.Option(help="Of a feed that names none, ISO 4217. [default: the shop's]")
    ] = "",
    rejects: Annotated[
        Path | None, typer.Option(help="Where rejected rows go. [default: home folder]")
    ] = None,
    with_index: Annotated[
        bool, typer.Option("--index/--no-index", help="Bring the search index up to date too.")
    ] = True,
    as_json: JsonFlag = False,
) -> None:
    """Import a product feed: add what is new, change what differs, report every rejected row."""
    with explaining():
        settings = load_settings()
        with open_store(settings) as store, progress_bars() as progress:

            def report_progress(now: ImportProgress) -> None:
                share = round(now.fraction * 1_000)
                progress(f"import ({now.read} rows)", share, 1_000)

            report = import_feed(
                feed,
                store,
                mapping=load_mapping(mapping) if mapping else None,
                format=format_ or None,
                rejects_path=rejects or settings.home / f"rejected-{feed.name}.jsonl",
                progress=report_progress,
                currency=currency or settings.shop.currency[settings.shop.default_language],
            )
            seen, problem = None, ""
            if with_index:
                build_catalogue(settings, progress)
                seen, problem = _looked_at(settings, store, progress)
    facts = {
        "read": report.read,
        "added": report.added,
        "changed": report.changed,
        "unchanged": report.unchanged,
        "rejected": report.rejected,
    } | _pictures(seen)
    where = str(report.rejects_path) if report.rejected else None
    if as_json:
        more = {"rejects_file": where, "warnings": list(report.warnings), "broken": report.broken}
        write_json(facts | more)
    else:
        rows("Imported", (facts | ({"rejected rows in": where} if where else {})).items())
        for warning in report.warnings:
            err.print(f"daogou: {warning}", style="yellow", markup=False)
    if report.broken or problem:
        told = "; ".join(filter(None, (report.broken, problem)))
        err.print(f"daogou: {told}", style="red", markup=False)
        raise typer.Exit(WRONG_USE)


def _looked_at(
    settings: Settings, store: ProductStore, progress: Progress
) -> tuple[Seen | None, str]:
    """What came of looking at the pictures, or what is wrong with that; products are in already."""
    try:
        return look_at_pictures(settings, store, progress), ""
    except ValueError as error:
        return None, str(error)


def _pictures(seen: Seen | None) -> dict[str, int]:
    if seen is None:
        return {}
    return {"products with a picture": seen.with_picture, "pictures left out": seen.left_out}


def index(
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Throw the saved index away and make it anew.")
    ] = False,
    as_json: JsonFlag = False,
) -> None:
    """Bring the search index up to date with the database."""
    with explaining():
        settings = load_settings()
        folder = settings.home / "index"
        if rebuild and folder.exists():
            shutil.rmtree(folder)
        with progress_bars() as progress:
            catalogue = build_catalogue(settings, progress)
            catalogue.search.save()
            seen = look_at_pictures(settings, catalogue.store, progress)
    status = catalogue.search.status()
    facts = {
        "products": catalogue.store.count(),
        "folder": str(folder),
        "kind": status.kind,
        "vectors": status.vectors,
    } | _pictures(seen)
    if status.problem:
        err.print(f"daogou: {status.problem}", style="yellow", markup=False)
    if as_json:
        write_json(facts)
    else:
        rows("Index", facts.items())


def search(
    text: Annotated[str, typer.Argument(help="What to look for, in either language.")],
    k: Annotated[int, typer.Option("-k", help="How many products.", min=1, max=100)] = 10,
    maximum_price: Annotated[float | None, typer.Option(help="No price above this.")] = None,
    minimum_price: Annotated[float | None, typer.Option(help="No price below this.")] = None,
    currency: Annotated[str, typer.Option(help="ISO 4217. [default: by the text's language]")] = "",
    category: Annotated[list[str] | None, typer.Option(help="A category; repeatable.")] = None,
    brand: Annotated[list[str] | None, typer.Option(help="A brand; repeatable.")] = None,
    available: Annotated[bool, typer.Option("--available", help="Only what is in stock.")] = False,
    minimum_rating: Annotated[
        float | None, typer.Option(help="No rating below this.", min=0, max=5)
    ] = None,
    where: Annotated[
        list[str] | None,
        typer.Option(help="A condition on an attribute: 'memory>=16 GB', 'color=red,blue'."),
    ] = None,
    sort: Annotated[
        str, typer.Option(help="The order: relevance, price_ascending, …, or weight:ascending.")
    ] = SortKey.RELEVANCE,
    offset: Annotated[int, typer.Option(help="Products to leave out, for a next page.", min=0)] = 0,
    facets: Annotated[bool, typer.Option("--facets", help="What to narrow it by.")] = False,
    as_json: JsonFlag = False,
) -> None:
    """Search the catalogue, without a conversation."""
    with explaining():
        settings = load_settings()
        with progress_bars() as progress:
            catalogue = build_catalogue(settings, progress)
        language: Language = "zh" if has_chinese(text) else "en"
        currency = currency or settings.shop.currency[language]
        wanted = ProductFilter(
            categories=tuple(category or ()),
            brands=tuple(brand or ()),
            minimum_price=_amount(minimum_price),
            maximum_price=_amount(maximum_price),
            currency=currency,
            minimum_rating=minimum_rating,
            available_only=available,
        )
        finder = catalogue.search
        wanted = add_conditions(wanted, where or (), finder.attribute_names)
        found = finder.search(
            text, wanted, k, sort=read_order(sort), offset=offset, currency=currency,
            language=language,
        )  # fmt: skip
        narrowing = facets_of(finder, text, wanted, language) if facets else []
    if as_json:
        wire = found_to_wire(found, language, currency)
        write_json(wire | ({"facets": narrowing} if facets else {}))
    else:
        _show(found.products, language, currency)
        _show_facets(narrowing)
        err.print(f"{found.total} found")


def recommend(
    user: Annotated[str, typer.Argument(help="A shopper's id; none for what is popular.")] = "",
    kind: Annotated[
        Kind | None, typer.Option(help="What is asked for. [default: for_you]", show_default=False)
    ] = None,
    product: Annotated[str, typer.Option(help="The product that a kind starts from.")] = "",
    similar_to: Annotated[str, typer.Option(help="Short for --kind similar --product ID.")] = "",
    k: Annotated[int, typer.Option("-k", help="How many products.", min=1, max=100)] = 10,
    language: Annotated[str, typer.Option(help="en or zh.")] = "en",
    as_json: JsonFlag = False,
) -> None:
    """Recommend products to a shopper, or because of a product."""
    with explaining():
        if language not in ("en", "zh"):
            raise ValueError(f"--language must be en or zh, got {language!r}")
        tongue: Language = "zh" if language == "zh" else "en"
        settings = load_settings()
        with progress_bars() as progress:
            catalogue = build_catalogue(settings, progress)
        currency = settings.shop.currency[tongue]
        asked = kind or (Kind.SIMILAR if similar_to else Kind.FOR_YOU)
        request = Request(
            asked,
            user,
            product or similar_to,
            k,
            ProductFilter(currency=currency, available_only=True),
            tongue,
        )
        found = build_recommending(settings, catalogue).recommend(request)
    if as_json:
        write_json(products_to_wire(found.products, tongue, currency))
    else:
        _show(found.products, tongue, currency)


def _amount(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _show_facets(found: list[dict[str, Any]]) -> None:
    for one in found:
        choices = [f"{value['label']} ({value['count']})" for value in one["values"]]
        choices += [
            f"{part['minimum']}–{part['maximum']} {one['unit']} ({part['count']})"
            for part in one["ranges"]
        ]
        out.print(f"{one['label'] or one['name']}: {' · '.join(choices)}", markup=False)


def _show(found: tuple[ScoredProduct, ...], language: Language, currency: str) -> None:
    table = Table(box=None, header_style="dim")
    for header in ("id", "product", "price", "score", "why"):
        table.add_column(header)
    for one in found:
        money = product_price(one.variant, currency)
        why = " · ".join(
            " ".join([reason.name, *map(str, reason.facts.values())]) for reason in one.reasons
        )
        price = write_money(money, language) if money else "—"
        title = one.product.title.get(language)
        table.add_row(one.product.id, title, price, f"{one.score:.3f}", why)
    out.print(table)
