"""The benchmarks of recommendation on the command line."""

import argparse
from pathlib import Path

RATING, TOP_N, TURNS = "ml100k_rating", "ml100k_topn", "recommend_turn"
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
    parser = names.add_parser(TURNS, help="how long a recommendation takes in a chat turn")
    _add_folders(parser)
    parser.add_argument("--catalog", default="retrotech_bestbuy", help="a shared catalogue")
    parser.add_argument("--shoppers", type=int, default=5_000, help="with a history (5000)")
    parser.add_argument("--turns", type=int, default=100, help="of each kind (100)")
    for name, text in SEQUENCES.items():
        parser = names.add_parser(name, help=text)
        _add_folders(parser)
        parser.add_argument("--models", default="", help="only these, separated by commas")
        parser.add_argument("--validation", action="store_true", help="the item to tune on")


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
        return topn.run(arguments.data, arguments.seeds)
    from tests.benchmarks.recommendation import sequential

    models = [one for one in arguments.models.split(",") if one]
    return sequential.run(arguments.data, arguments.name, models, validation=arguments.validation)
