"""``daogou faq``: the shop's answers and policy pages, and what they do not answer yet."""

import shutil
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from assistant.cli.conversation import open_assistant
from assistant.cli.terminal import (
    FAILED,
    JsonFlag,
    err,
    explaining,
    load_settings,
    out,
    write_json,
)
from assistant.faq import FaqMatch, load_faq, load_pages
from assistant.unanswered import UNANSWERED, QuestionGroup, group_questions
from catalog.text import has_chinese
from catalog.types import Language

faq_app = typer.Typer(help="The shop's answers and policy pages.", no_args_is_help=True)

_READ = 5_000
_WORDINGS = 4


@faq_app.command("import")
def import_faq(
    files: Annotated[list[Path], typer.Argument(help="Entries in *.yml, pages in *.md or *.html.")],
    replace: Annotated[bool, typer.Option("--replace", help="Write over what is there.")] = False,
    as_json: JsonFlag = False,
) -> None:
    """Check files and put them where the shop's answers lie; a running shop reads them at once."""
    with explaining():
        folder = load_settings().home / "faq"
        taken = [one.name for one in files if (folder / one.name).exists()]
        if taken and not replace:
            raise ValueError(f"{', '.join(taken)} is there already; --replace writes over it")
        found = _checked(folder, files)
        folder.mkdir(parents=True, exist_ok=True)
        for one in files:
            shutil.copyfile(one, folder / one.name)
    if as_json:
        write_json(found)
    else:
        out.print(f"{found['entries']} entries and {found['passages']} passages can be answered.")


@faq_app.command()
def ask(
    text: Annotated[str, typer.Argument(help="A question, in either language.")],
    as_json: JsonFlag = False,
) -> None:
    """What would be answered, and what lies near. Ends with 1 when nothing is sure enough."""
    with explaining():
        faq = open_assistant().services.faq
        language: Language = "zh" if has_chinese(text) else "en"
        near = faq.search(text, language)
        best = faq.best(near)
        passage = None if best else faq.passage(text, language)
    if as_json:
        write_json({
            "answer": _match(best) if best else None,
            "passage": _match(passage) if passage else None,
            "near": [_match(one) for one in near],
        })  # fmt: skip
    else:
        _show_answer(best or passage, near)
    if best is None and passage is None:
        raise typer.Exit(FAILED)


@faq_app.command()
def unanswered(
    days: Annotated[int, typer.Option(help="How far back.", min=1)] = 30,
    as_json: JsonFlag = False,
) -> None:
    """What shoppers asked and nothing answered, in groups, the most frequent first."""
    with explaining():
        assistant = open_assistant()
        since = datetime.now(UTC) - timedelta(days=days)
        asked = assistant.storage.said_to(UNANSWERED, since, _READ)
        groups = group_questions(asked, assistant.services.faq.place)
    if as_json:
        write_json([_group(one) for one in groups])
        return
    table = Table("asked", "question", "also", "last", box=None, header_style="dim")
    for one in groups:
        others = [text for text in one.texts if text != one.example][:_WORDINGS]
        table.add_row(str(one.count), one.example, " · ".join(others), f"{one.last:%Y-%m-%d}")
    out.print(table)
    err.print(f"{len(asked)} messages of the last {days} days in {len(groups)} groups")


def _checked(folder: Path, files: list[Path]) -> dict[str, int]:
    """How much there would be to answer with these files among those of the shop.

    Raises:
        FaqError: one of them cannot be used, or takes an id that is taken.
    """
    with tempfile.TemporaryDirectory() as scratch:
        for one in (*(folder.glob("*") if folder.is_dir() else ()), *files):
            if one.is_file():
                shutil.copyfile(one, Path(scratch) / one.name)
        entries, passages = load_faq(Path(scratch)), load_pages(Path(scratch))
    return {"entries": len(entries), "passages": len(passages)}


def _match(found: FaqMatch) -> dict[str, object]:
    entry, language = found.entry, found.language
    return {
        "id": entry.id,
        "question": entry.question.get(language),
        "answer": entry.answer.get(language),
        "source": entry.source.get(language),
        "updated": entry.updated,
        "score": round(found.score, 4),
    }


def _show_answer(found: FaqMatch | None, near: tuple[FaqMatch, ...]) -> None:
    if found is not None:
        source = found.entry.source.get(found.language)
        out.print(found.entry.answer.get(found.language), markup=False)
        out.print(" · ".join(one for one in (source, found.entry.updated) if one), style="dim")
    for one in near:
        question = one.entry.question.get(one.language)
        out.print(f"{one.score:.2f}  {one.entry.id}  {question}", markup=False, style="dim")


def _group(one: QuestionGroup) -> dict[str, object]:
    return {
        "example": one.example,
        "language": one.language,
        "count": one.count,
        "last": one.last.isoformat(),
        "texts": list(one.texts),
    }
