"""A real PostgreSQL server of the tests' own, in a temporary folder; None where there is none."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

import asyncpg

USER = "postgres"


class PostgreSQL:
    """A running server; ``fresh()`` gives the URL of a new, empty database in it."""

    def __init__(self, programs: Path) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="pg-"))
        self._as = _as_somebody_else(self._folder)
        self._data = self._folder / "data"
        self._count = 0
        _run(self._as, programs / "initdb", "-D", self._data, "-U", USER, "-A", "trust", "-N")
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        options = ["-p", str(self.port), "-k", str(self._folder), "-h", "127.0.0.1"]
        options += ["-c", "fsync=off", "-c", "max_connections=200"]
        self._server = subprocess.Popen(
            [*self._as, str(programs / "postgres"), "-D", str(self._data), *options],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._wait(programs)

    async def fresh(self) -> str:
        self._count += 1
        name = f"test{self._count}"
        connection = await self._connect()
        await connection.execute(f"CREATE DATABASE {name}")
        await connection.close()
        return f"postgresql+asyncpg://{USER}@127.0.0.1:{self.port}/{name}"

    def stop(self) -> None:
        self._server.terminate()
        self._server.wait(30)
        shutil.rmtree(self._folder, ignore_errors=True)

    async def _connect(self) -> asyncpg.Connection:
        return await asyncpg.connect(
            host="127.0.0.1", port=self.port, user=USER, database="postgres"
        )

    def _wait(self, programs: Path) -> None:
        ask = [str(programs / "pg_isready"), "-h", "127.0.0.1", "-p", str(self.port), "-q"]
        for _ in range(100):
            if subprocess.run(ask, check=False).returncode == 0:
                return
            time.sleep(0.1)
        self.stop()
        raise RuntimeError("PostgreSQL did not start")


def find_programs() -> Path | None:
    """Return the folder of initdb and postgres, the newest of several."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return versions[-1].parent if versions else None


def _as_somebody_else(folder: Path) -> list[str]:
    """PostgreSQL refuses to run as root: run it as the user of Debian's package."""
    if os.geteuid() != 0:
        return []
    uid = pwd.getpwnam(USER).pw_uid
    os.chown(folder, uid, -1)
    return ["setpriv", f"--reuid={USER}", "--clear-groups", "--"]


def _run(prefix: list[str], *command: object) -> None:
    subprocess.run([*prefix, *map(str, command)], check=True, capture_output=True)
