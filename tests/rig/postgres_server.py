"""A private PostgreSQL: in a folder of its own, on a Unix socket in it, without any TCP port.

PostgreSQL refuses to be run by root, so root hands it to an account that may do nothing else.
"""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType

ACCOUNTS = ("postgres", "nobody")
OWNER = "rig"
START_LIMIT_S = 30.0
END_LIMIT_S = 20.0


class PostgresServer:
    """Starts on entering, ends on leaving and takes its folder along.

    Attributes:
        folder: Where everything of it lies, also its socket.
        password: Of its owner; needed also on the socket.
    """

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="rig-postgres-"))
        self.password = secrets.token_urlsafe(12)
        self._as: dict[str, Any] = {}
        if os.geteuid() == 0:
            account = _account()
            os.chown(self.folder, account.pw_uid, account.pw_gid)
            self._as = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
        self._server: subprocess.Popen[bytes] | None = None
        self._databases = 0

    def __enter__(self) -> Self:
        try:
            self._make()
            self._start()
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._end()

    def new_database(self) -> str:
        """The address of an empty database, with the owner's password."""
        self._databases += 1
        name = f"team{self._databases}"
        self.sql("postgres", f"CREATE DATABASE {name}")
        return self.address(name)

    def address(self, database: str, *, user: str = OWNER, password: str | None = None) -> str:
        """How a database is reached."""
        secret = self.password if password is None else password
        return f"postgresql://{user}:{quote(secret, safe='')}@/{database}?host={self.folder}"

    def sql(self, database: str, statement: str) -> list[tuple[Any, ...]]:
        """Do something there as the owner; returns the rows."""
        import psycopg

        with psycopg.connect(self.address(database), autocommit=True) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []

    def stop(self) -> None:
        """End the server, as somebody who restarts the computer would."""
        if self._server is not None:
            self._server.send_signal(signal.SIGQUIT)
            self._server.wait(timeout=END_LIMIT_S)

    def start_again(self) -> None:
        """Start it with what it held."""
        self._start()

    def _make(self) -> None:
        secret = self.folder / "password"
        secret.write_text(self.password, encoding="ascii")
        secret.chmod(0o644)  # inside a folder that its owner alone can enter
        self._run(
            [
                *(_binary("initdb"), "-D", str(self.folder / "data"), "-U", OWNER),
                *("-A", "scram-sha-256", f"--pwfile={secret}"),
                *("-E", "UTF8", "--locale=C", "--no-sync", "--no-instructions"),
            ]
        )

    def _start(self) -> None:
        with (self.folder / "log").open("ab") as log:
            self._server = subprocess.Popen(
                [
                    *(_binary("postgres"), "-D", str(self.folder / "data")),
                    *("-k", str(self.folder), "-c", "listen_addresses="),
                    *("-c", "fsync=off", "-c", "shared_buffers=16MB"),
                ],
                **self._how(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        end = time.monotonic() + START_LIMIT_S
        while not self._ready():
            if self._server.poll() is not None or time.monotonic() > end:
                said = (self.folder / "log").read_text(encoding="utf-8", errors="replace")
                raise RuntimeError(f"PostgreSQL did not start: {said}")
            time.sleep(0.05)

    def _ready(self) -> bool:
        asked = subprocess.run(
            [_binary("pg_isready"), "-q", "-h", str(self.folder), "-U", OWNER, "-d", "postgres"],
            check=False,
            timeout=10,
        )
        return asked.returncode == 0

    def _run(self, command: Sequence[str]) -> None:
        done = subprocess.run(
            command, **self._how(), capture_output=True, text=True, check=False, timeout=60
        )
        if done.returncode:
            raise RuntimeError(f"{command[0]}: {done.stdout}{done.stderr}")

    def _how(self) -> dict[str, Any]:
        """As whom, where and in which surroundings its programs are run."""
        kept = {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "Asia/Kolkata"}
        return {**self._as, "cwd": self.folder, "env": kept}

    def _end(self) -> None:
        server = self._server
        if server is not None and server.poll() is None:
            server.send_signal(signal.SIGQUIT)
            try:
                server.wait(timeout=END_LIMIT_S)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait(timeout=END_LIMIT_S)
        shutil.rmtree(self.folder, ignore_errors=True)


def _account() -> pwd.struct_passwd:
    """An account that may do nothing."""
    known = {one.pw_name: one for one in pwd.getpwall()}
    return next(known[name] for name in ACCOUNTS if name in known)


def _binary(name: str) -> str:
    """Where a program of the newest PostgreSQL lies: Debian has a folder for each version."""
    versions = Path("/usr/lib/postgresql").glob(f"*/bin/{name}")
    newest = max(versions, key=lambda path: float(path.parts[-3]), default=None)
    found = str(newest) if newest is not None else shutil.which(name)
    if found is None:
        raise RuntimeError(f"the rig needs {name}; see CONTRIBUTING.md for the packages")
    return found
