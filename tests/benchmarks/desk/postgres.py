"""A PostgreSQL of the benchmark's own, run from the machine's binaries by a user without rights."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_PLACES = ("/usr/lib/postgresql/*/bin", "/usr/local/pgsql/bin", "/opt/homebrew/bin")
_NOBODY = "nobody"


def find_binaries() -> Path | None:
    """The folder with ``initdb`` and ``postgres``; None where they are not installed."""
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).parent
    for pattern in _PLACES:
        root = Path("/")
        found = sorted(root.glob(pattern.removeprefix("/") + "/initdb"))
        if found:
            return found[-1].parent
    return None


@contextmanager
def postgres(folder: Path) -> Iterator[str]:
    """Start a server over ``folder`` and give the URL of its database; stop it afterwards.

    Raises:
        OSError: there are no binaries, or the server did not start.
    """
    binaries = find_binaries()
    if binaries is None:
        raise OSError("no PostgreSQL is installed (apt-get install postgresql)")
    data = folder / "pg"
    data.mkdir(parents=True)
    _give_away(folder, data)
    port = _free_port()
    _run(binaries / "initdb", "-D", data, "-A", "trust", "-U", "shop", "-E", "UTF8", "--no-sync")
    options = f"-p {port} -k {data} -c listen_addresses=127.0.0.1 -c fsync=off"
    _run(
        binaries / "pg_ctl",
        "-D",
        data,
        "-o",
        options,
        "-w",
        "-t",
        "120",
        "-l",
        data / "log",
        "start",
    )
    try:
        yield f"postgresql+psycopg://shop@127.0.0.1:{port}/postgres"
    finally:
        _stop(binaries, data)


def _stop(binaries: Path, data: Path) -> None:
    """Stop the server; one that is too slow to stop is ended by its process id."""
    try:
        _run(binaries / "pg_ctl", "-D", data, "-m", "immediate", "-t", "60", "stop")
    except OSError:
        known = data / "postmaster.pid"
        if known.exists():
            os.kill(int(known.read_text().split()[0]), signal.SIGQUIT)


def _give_away(folder: Path, data: Path) -> None:
    """PostgreSQL refuses to run as root: the data become nobody's, and can be reached."""
    if os.geteuid() != 0:
        return
    user = pwd.getpwnam(_NOBODY)
    os.chown(data, user.pw_uid, user.pw_gid)
    for one in (folder, *folder.parents):
        if one.stat().st_uid == 0 and one != Path("/"):
            one.chmod(one.stat().st_mode | 0o011)


def _run(*command: object) -> None:
    user = _NOBODY if os.geteuid() == 0 else None
    words = [str(one) for one in command]
    # The server inherits the pipes of pg_ctl, so its words go nowhere.
    done = subprocess.run(
        words,
        user=user,
        group=pwd.getpwnam(_NOBODY).pw_gid if user else None,
        extra_groups=[] if user else None,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd="/",
        check=False,
    )
    if done.returncode:
        raise OSError(f"{words[0]} failed with {done.returncode}")


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port
