"""The benchmarks of recommendation on the command line."""

import argparse
from pathlib import Path

RATING, TOP_N, TURNS = "ml100k_rating", "ml100k_topn", "recommend_turn"
NEXT, GROCERY, LATENCY = "next_item", "grocery", "latency"
BASKETS, PICTURES = "completejourney", "pictures"
SEQUENCES = {
    "beauty": "the next item of every user, Amazon Beauty",
    "sports": "the next item of every user, Amazon Sports and Outdoors",
    "toys": "the next item of every user, Amazon Toys and Games",
}


def add_recommendation(names: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add a command for each benchmark."""
    parser = names.add_parser(RATING, help="ratings of MovieLens-100k, RMSE and MAE")
    _add_folders(parser)
    parser.add_argument("--folds", type=int, default=5, help="only the first so many of five")
    parser = names.add_parser(TOP_N, help="the best films for every user of MovieLens-100k")
    _add_folders(parser)
    parser.add_argument("--seeds", type=int, default=5, help="how many splits (5)")
    parser.add_argument("--tune", action="store_true", help="what the settings were chosen among")
    parser.add_argument("--models", default="", help="tune only these, separated by commas")
    parser = names.add_parser(TURNS, help="how long a recommendation takes in a chat turn")
    _add_folders(parser)
    parser.add_argument("--catalog", default="retrotech_bestbuy", help="a shared catalogue")
    parser.add_argument("--shoppers", type=int, default=5_000, help="with a history (5000)")
    parser.add_argument("--turns", type=int, default=100, help="of each kind (100)")
    for name, text in SEQUENCES.items():
        parser = names.add_parser(name, help=text)
        _add_folders(parser)
        parser.add_argument("--models", default="", help="only these beside popularity: a,b")
        parser.add_argument("--validation", action="store_true", help="the item to tune on")
    parser = names.add_parser(NEXT, help="events, texts, nets and their blend on the same items")
    parser.add_argument("--data", type=Path, required=True, help="the folder of the data sets")
    parser.add_argument("--test", type=Path, help="a folder with the users to ask about")
    parser.add_argument("--sets", default="industrial,office", help="which, separated by commas")
    parser = names.add_parser(GROCERY, help="what is taken next and what goes with what")
    _add_folders(parser)
    parser = names.add_parser(BASKETS, help="the next basket of households, Complete Journey")
    parser.add_argument("--data", type=Path, help="not used: the data come with a package")
    parser.add_argument("--test", type=Path, help="not used: the split is in time")
    parser = names.add_parser(PICTURES, help="what looks alike beside what reads alike, fashion")
    _add_folders(parser)
    parser.add_argument("--queries", type=int, default=1500, help="products to ask about (1500)")
    parser = names.add_parser(LATENCY, help="how long a recommendation takes in a large shop")
    parser.add_argument("--data", type=Path, help="not used: the events are made up")
    parser.add_argument("--test", type=Path, help="not used: the events are made up")
    parser.add_argument("--users", type=int, default=100_000)
    parser.add_argument("--items", type=int, default=50_000)
    parser.add_argument("--requests", type=int, default=500)


def _add_folders(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, required=True, help="the folder of the data sets")
    parser.add_argument("--test", type=Path, help="not used: the splits are made of all events")


def run_recommendation(arguments: argparse.Namespace) -> dict[str, object]:
    """The result of one of the commands.

    Raises:
        ValueError: Data or options are not usable.
    """
    if arguments.name == RATING:
        from tests.benchmarks.recommendation import ratings

        if not 1 <= arguments.folds <= ratings.FOLDS:
            raise ValueError(f"--folds must be 1 to {ratings.FOLDS}, got {arguments.folds}")
        return ratings.run(arguments.data, arguments.folds)
    if arguments.name == TURNS:
        from tests.benchmarks.recommendation import turns

        if min(arguments.shoppers, arguments.turns) < 1:
            raise ValueError("--shoppers and --turns must be at least 1")
        return turns.run(arguments.data, arguments.catalog, arguments.shoppers, arguments.turns)
    if arguments.name == TOP_N:
        from tests.benchmarks.recommendation import topn

        if arguments.seeds < 1:
            raise ValueError(f"--seeds must be at least 1, got {arguments.seeds}")
        if arguments.tune:
            return topn.tune(arguments.data, _listed(arguments.models))
        return topn.run(arguments.data, arguments.seeds)
    if arguments.name == NEXT:
        from tests.benchmarks.recommendation import next_item

        sets = arguments.sets.split(",")
        if unknown := sorted(set(sets) - set(next_item.SETS)):
            raise ValueError(f"expected sets of {sorted(next_item.SETS)}, got {unknown}")
        return next_item.run(arguments.data, arguments.test, sets)
    return _run_other(arguments)


def _run_other(arguments: argparse.Namespace) -> dict[str, object]:
    if arguments.name == GROCERY:
        from tests.benchmarks.recommendation import grocery

        return grocery.run(arguments.data)
    if arguments.name == BASKETS:
        from tests.benchmarks.recommendation import completejourney

        return completejourney.run()
    if arguments.name == PICTURES:
        from tests.benchmarks.recommendation import pictures

        return pictures.run(arguments.data, arguments.queries)
    if arguments.name == LATENCY:
        from tests.benchmarks.recommendation import latency

        return latency.run(arguments.users, arguments.items, arguments.requests)
    from tests.benchmarks.recommendation import sequential

    models = _listed(arguments.models)
    return sequential.run(arguments.data, arguments.name, models, validation=arguments.validation)


def _listed(names: str) -> list[str]:
    return [one for one in names.split(",") if one]
