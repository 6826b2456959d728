"""The command ``daogou``: every part of the assistant from a terminal."""

import typer

from assistant.cli import (
    catalogue,
    conversation,
    desk,
    evaluating,
    faq,
    insights,
    inspecting,
    language_data,
    models,
    orders,
    serving,
    shoppers,
    simulating,
    testing,
    training,
)

app = typer.Typer(
    name="daogou",
    help="Daogou 导购: a shopping assistant that a shop runs itself, in English and Chinese.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
)
app.command("serve")(serving.serve)
app.command("chat")(conversation.chat)
app.command("parse")(conversation.parse)
app.command("inspect")(inspecting.inspect)
app.command("test")(testing.test)
app.command("simulate")(simulating.simulate)
app.command("search")(catalogue.search)
app.command("recommend")(catalogue.recommend)
app.command("import")(catalogue.import_)
app.command("insights")(insights.insights)
app.command("import-events")(shoppers.import_events)
app.command("import-orders")(orders.import_orders)
app.command("export-orders")(orders.export_orders)
app.command("index")(catalogue.index)
app.add_typer(training.app, name="train")
app.add_typer(models.app, name="models")
app.add_typer(evaluating.evaluate_app, name="evaluate")
app.add_typer(faq.faq_app, name="faq")
app.add_typer(language_data.app, name="data")
app.add_typer(shoppers.user_app, name="user")
app.add_typer(desk.app, name="agents")
app.command("actions")(serving.actions)
app.command("doctor")(serving.doctor)

__all__ = ["app"]
