"""Whole installations for tests that start, kill, back up and restore them: data folder and database of their own."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import psycopg

ROOT: Final = Path(__file__).parent.parent
DATABASE_URL: Final = os.environ.get("ANAHTAR_DATABASE_URL", "")
"""Of a PostgreSQL server on which databases may be made; empty: houses are on SQLite."""


@dataclass(slots=True)
class House:
    """One installation.

    Parameters
    ----------
    data
        Its data folder.
    database_url
        Of its PostgreSQL database; empty for SQLite.
    """

    data: Path
    database_url: str = ""
    further: Mapping[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        """What its processes see; nothing of the tests' own settings."""
        own = {name: value for name, value in os.environ.items() if not name.startswith(("ANAHTAR_", "DJANGO_"))}
        given = {"ANAHTAR_DATA": str(self.data), "ANAHTAR_DATABASE_URL": self.database_url, "LANG": "en_GB.UTF-8"}
        return own | given | {"PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])} | dict(self.further)

    def command(self, *arguments: str, **options: Any) -> "subprocess.CompletedProcess[str]":
        """Run `anahtar-web …` to its end."""
        program = [sys.executable, "-m", "anahtar_web", *arguments]
        return subprocess.run(
            program, env=self.environment, capture_output=True, text=True, check=False, timeout=300, **options
        )

    def done(self, *arguments: str, **options: Any) -> str:
        """Run `anahtar-web …`, which has to succeed; gives what it said."""
        process = self.command(*arguments, **options)
        assert process.returncode == 0, process.stdout + process.stderr
        return process.stdout

    def start(self, *arguments: str, **options: Any) -> "subprocess.Popen[bytes]":
        """Start `python …` in the house."""
        options = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "start_new_session": True} | options
        return subprocess.Popen([sys.executable, *arguments], env=self.environment, **options)

    def python(self, program: str) -> str:
        """Run a program with Django set up; gives what it printed."""
        lines = f"import django; django.setup()\n{program}"
        settings = {"DJANGO_SETTINGS_MODULE": "anahtar_web.config.settings"}
        done = subprocess.run(
            [sys.executable, "-c", lines],
            env=self.environment | settings,
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout


@contextmanager
def house(folder: Path, *, like: "House | None" = None, **further: str) -> Iterator[House]:
    """Give a house in a folder, on the database the tests run on; its database is gone at the end.

    Parameters
    ----------
    like
        A house nobody is in, to be copied; without it the house is empty.
    """
    if like is not None:
        shutil.copytree(like.data, folder)
    if not DATABASE_URL:
        yield House(folder, "", further)
        return
    name = f"house_{uuid4().hex[:12]}"
    template = f' TEMPLATE "{urlsplit(like.database_url).path[1:]}"' if like is not None else ""
    with psycopg.connect(DATABASE_URL, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"{template}')
        try:
            yield House(folder, urlunsplit(urlsplit(DATABASE_URL)._replace(path=f"/{name}")), further)
        finally:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
