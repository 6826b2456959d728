"""A whole simulation: goals drawn, every system played, figures and what went wrong."""

import json
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from assistant.engine import Assistant
from assistant.simulation.chance import AskingByChance
from assistant.simulation.figures import report
from assistant.simulation.goals import draw_goals
from assistant.simulation.playing import Played, World, describe, play
from assistant.simulation.records import Records
from assistant.simulation.slips import same_sounds
from assistant.simulation.systems import Searching, System, Talking, apart
from catalog.types import Language

Results = dict[str, dict[str, list[Played]]]


def simulate(
    assistant: Assistant,
    languages: Sequence[Language],
    goals: int,
    seed: int,
    progress: Callable[[str, int, int], None],
    peers: bool = True,
) -> tuple[dict[str, Any], Results]:
    """Play ``goals`` goals in each language against the assistant and its baselines.

    Args:
        assistant: the shop's; its own conversations and events are left alone.
        languages: those the shoppers speak.
        goals: so many in each language.
        seed: the same for the same shoppers.
        progress: told the system and language, how many are played, and of how many.
        peers: whether the baselines are played too.

    Raises:
        ValueError: no product of the shop can be a target.
    """
    started = time.perf_counter()
    records = Records.read(assistant.services.store.iterate())
    texts = (text for one in records.products for text in (one.title.zh, one.description.zh))
    world = World(
        records,
        same_sounds(texts),
        dict(assistant.currencies),
        assistant.services.checkout_url,
        seed,
    )
    results: Results = {}
    with apart(assistant) as alone:
        played = systems(alone, seed)
        for system in played if peers else played[:1]:
            for language in languages:
                currency = world.currencies[language]
                drawn = draw_goals(records, language, currency, goals, seed)
                done: list[Played] = []
                for goal in drawn:
                    done.append(play(goal, system, world))
                    progress(f"{system.name} {language}", len(done), len(drawn))
                results.setdefault(system.name, {})[language] = done
    return report(results, seed, time.perf_counter() - started), results


def systems(assistant: Assistant, seed: int) -> tuple[System, ...]:
    """The assistant first, then the baselines: search alone, and questions drawn by chance."""
    return (
        Talking.with_("assistant", assistant),
        Searching("search_only", assistant),
        AskingByChance(assistant, seed),
    )


def write_results(folder: Path, figures: Mapping[str, Any], results: Results) -> None:
    """Write the figures, and every conversation of each system as JSON lines.

    Raises:
        OSError: the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "figures.json").write_text(json.dumps(figures, indent=1), "utf-8")
    for system, by_language in results.items():
        for language, played in by_language.items():
            with (folder / f"{system}-{language}.jsonl").open("w", encoding="utf-8") as file:
                for one in played:
                    file.write(json.dumps(_as_json(one), ensure_ascii=False) + "\n")


def _as_json(played: Played) -> dict[str, Any]:
    goal = played.goal
    return {
        "goal": goal.number,
        "target": goal.target.id,
        "title": goal.target.title.get(goal.language),
        "kind": describe(goal.kind),
        "wishes": [describe(one) for one in goal.wishes],
        "mistaken": describe(goal.mistaken) if goal.mistaken else None,
        "impossible": describe(goal.impossible) if goal.impossible else None,
        "turn": played.turn,
        "violations": played.violations,
        "violations_declared": played.declared,
        "violations_after_slips": played.after_slips,
        "false_nothing": played.false_nothing,
        "unbacked": played.unbacked,
        "transcript": [
            {
                "said": line.said,
                "act": line.act,
                "action": line.action,
                "text": line.text,
                "products": list(line.products),
                "buttons": list(line.buttons),
            }
            for line in played.transcript
        ],
    }
