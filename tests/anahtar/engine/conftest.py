"""A PostgreSQL for the tests of this room: the one the tests run with, or one of their own."""

import os
import secrets
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from glob import glob
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

SCRIPTS = Path(__file__).parents[3] / "scripts"


@pytest.fixture(scope="session")
def postgres_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """`postgresql://user@host:port/database`; the password waits in PGPASSWORD, where libpq looks for it."""
    given = os.environ.get("ANAHTAR_DATABASE_URL", "")
    if given.startswith("postgres"):
        with _database(_without_password(given)) as own:
            yield own
        return
    if not glob("/usr/lib/postgresql/*/bin/postgres"):
        pytest.skip("no PostgreSQL is installed: scripts/system.sh postgresql")
    # Short and below /tmp: the server runs as another user, who cannot look into pytest's folders.
    folder = Path(os.environ.get("TMPDIR", "/tmp")) / f"anahtar-engine-postgres-{os.getpid()}"
    script = SCRIPTS / "postgres.sh"
    try:
        made = subprocess.run([script, "start", folder], check=True, capture_output=True, text=True)
        yield _without_password(made.stdout.strip())
    finally:
        subprocess.run([script, "stop", folder], check=False, capture_output=True)
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _database(address: str) -> Iterator[str]:
    """One that nobody else writes into: no other process, and no other room of this one with a fixture of its own."""
    name = f"anahtar_engine_{os.getpid()}_{secrets.token_hex(4)}"
    with psycopg.connect(address, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        yield urlunsplit(urlsplit(address)._replace(path=f"/{name}"))
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _without_password(address: str) -> str:
    told = urlsplit(address)
    os.environ["PGPASSWORD"] = told.password or ""
    return f"postgresql://{told.username}@{told.hostname}:{told.port}{told.path}"
