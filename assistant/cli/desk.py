"""``daogou agents``: who answers shoppers at the support desk."""

import sys
from collections.abc import Callable
from typing import Annotated

import typer

from assistant.cli.opening import open_storage
from assistant.cli.terminal import (
    FAILED,
    JsonFlag,
    err,
    explaining,
    load_settings,
    rows,
    write_json,
)
from assistant.storage import Storage
from assistant.tickets import Agent, DeskError, Role

app = typer.Typer(
    help="The people at the support desk.", no_args_is_help=True, rich_markup_mode=None
)

_Name = Annotated[str, typer.Argument(help="The name to sign in with.")]
_FromInput = Annotated[
    bool, typer.Option("--password-stdin", help="Read the password from standard input.")
]


@app.callback()
def agents_group() -> None:
    """The people at the support desk."""


@app.command("add")
def add(
    name: _Name,
    role: Annotated[str, typer.Option(help="agent or supervisor")] = "agent",
    shown_as: Annotated[str, typer.Option(help="The name shoppers see. [default: NAME]")] = "",
    capacity: Annotated[int, typer.Option(help="Conversations at once.", min=1)] = 4,
    password_stdin: _FromInput = False,
) -> None:
    """Add somebody; the password is asked for."""
    agent = Agent(name, _role(role), shown_as, capacity)
    _change(lambda storage: storage.add_agent(agent, _password(password_stdin)))
    err.print(f"{name} can sign in at /console", markup=False, highlight=False)


@app.command("password")
def password(name: _Name, password_stdin: _FromInput = False) -> None:
    """Give somebody a new password; they are signed out everywhere."""
    _change(lambda storage: storage.set_password(name, _password(password_stdin)))


@app.command("remove")
def remove(name: _Name) -> None:
    """Let nobody sign in under a name any more; what they wrote stays."""

    def forget(storage: Storage) -> None:
        storage.set_agent(name, {"active": False, "online": False})
        storage.sign_out_everywhere(name)

    _change(forget)


@app.command("list")
def list_(as_json: JsonFlag = False) -> None:
    """Say who works at the desk."""
    with explaining(), open_storage(load_settings()) as storage:
        found = storage.agents()
    if as_json:
        names = ("name", "role", "shown_as", "capacity", "online", "active")
        write_json([{name: getattr(one, name) for name in names} for one in found])
        return
    rows("Agents", [(one.name, f"{one.role}{'' if one.active else ', removed'}") for one in found])


def _role(text: str) -> Role:
    if text not in ("agent", "supervisor"):
        raise typer.BadParameter(f"expected agent or supervisor, got {text!r}")
    return "supervisor" if text == "supervisor" else "agent"


def _password(from_input: bool) -> str:
    if from_input:
        return sys.stdin.readline().rstrip("\n")
    asked: str = typer.prompt("Password", hide_input=True, confirmation_prompt=True)
    return asked


def _change(change: Callable[[Storage], None]) -> None:
    with explaining(), open_storage(load_settings()) as storage:
        try:
            change(storage)
        except DeskError as error:
            err.print(str(error), markup=False, highlight=False, style="red")
            raise typer.Exit(FAILED) from error
