"""Somebody who imports a file and does not give up when the server goes away, and what has to be true afterwards."""

import http.client
import json
import random
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any, Final

import psycopg

from anahtar.ledger.store.store import Ledger
from tests.houses import House
from tests.visitor import Answer, Visitor

EMAIL: Final = "admin@kuzey.example"
PASSWORD: Final = "correct horse battery"
_PATIENCE: Final = 240.0

FIGURES: Final = (
    "SELECT a.code, s.revenue, s.abc, s.xyz, s.orders, s.last_purchase FROM insight_standing s "
    "JOIN accounts_account a ON a.id = s.account_id JOIN insight_run r ON r.id = s.run_id WHERE r.current "
    "ORDER BY a.code"
)

RUNS_UNDER_WAY: Final = "SELECT 1 FROM django_tasks_database_dbtaskresult WHERE status = 'RUNNING'"


def sales(rows: int, *, customers: int = 300) -> bytes:
    """A file of sales, the same each time."""
    chance = random.Random(rows)
    lines = ["Müşteri;Cari Kodu;Tarih;Fatura No;Ürün;Miktar;Tutar;Maliyet"]
    for number in range(rows):
        customer, product = int(chance.paretovariate(1.2)) % customers, chance.randrange(40)
        day = f"{1 + number % 28:02}.{1 + chance.randrange(12):02}.{2024 + chance.randrange(2)}"
        amount = chance.randrange(1_00, 90_000_00)
        lines.append(
            f"Firma {customer};{customer:05};{day};F{number // 3:07};Ürün {product};{1 + number % 9};"
            f"{amount // 100},{amount % 100:02};{amount * 7 // 1000},{amount % 97:02}"
        )
    return "\n".join(lines).encode("utf-8-sig")


def asked(house: House, query: str) -> list[tuple[Any, ...]]:
    """Ask the house's database, beside the application."""
    if house.database_url:
        with psycopg.connect(house.database_url) as database:
            return database.execute(query).fetchall()
    file = f"file:{house.data}/anahtar.sqlite3?mode=ro"
    with closing(sqlite3.connect(file, uri=True, timeout=30)) as database:
        return database.execute(query).fetchall()


class GaveUp(AssertionError):
    """The house did not come to an end."""


@dataclass(slots=True)
class Importer:
    """One person with one file."""

    house: House
    visitor: Visitor
    content: bytes
    acknowledged: list[str] = field(default_factory=list)
    """Addresses the server gave for uploads it has taken."""
    refused: int = 0
    """Requests that got no answer, or one that says the server is away."""
    last: str = ""
    """What went wrong last and may be well again."""
    _signed_in: bool = False

    def import_file(self) -> None:
        """Upload, say what the columns are, confirm, wait for the figures; try again whatever gets lost."""
        until = time.monotonic() + _PATIENCE
        while not self._is_shown():
            if time.monotonic() > until:
                jobs = asked(self.house, "SELECT state, attempts, cast(message AS text) FROM jobs_job")
                raise GaveUp(f"{self._state()}, {jobs}, {self.last}")
            self._try(self._step)
            time.sleep(0.05)

    def _is_shown(self) -> bool:
        waiting = asked(self.house, "SELECT 1 FROM jobs_job WHERE state IN ('queued', 'running')")
        current = asked(self.house, "SELECT 1 FROM insight_run WHERE current")
        return self._state() == "imported" and bool(current) and not waiting

    def _state(self) -> str:
        rows = asked(self.house, "SELECT state FROM ledgers_import ORDER BY id")
        if len(rows) > 1:
            raise AssertionError(f"one file became {len(rows)} imports")
        return str(rows[0][0]) if rows else ""

    def _step(self) -> None:
        state = self._state()
        if state and not self._signed_in:
            self._sign_in()
        if not state:
            self._upload()
        elif state == "open":
            self._send("/imports/1/mapping/", form="save_as")
        elif state == "checked":
            self._send("/imports/1/confirm/", page="/imports/1/checks/", form="/imports/1/confirm/")
        elif state in ("stopped", "unreadable", "cancelled"):
            raise AssertionError(f"the import is {state}: {asked(self.house, 'SELECT refusal FROM ledgers_import')}")

    def _sign_in(self) -> None:
        self.visitor.sign_in(EMAIL, PASSWORD)
        self._signed_in = True

    def _upload(self) -> None:
        if not self._signed_in:
            self._sign_in()
        answer = self.visitor.send("/imports/new/", files={"files": ("satış.csv", self.content)}, form="/imports/new/")
        if answer.status == 302:
            self.acknowledged.append(answer.one("Location"))
        self._judge(answer)

    def _send(self, path: str, *, page: str = "", form: str) -> None:
        self._judge(self.visitor.send(path, page=page, form=form))

    def _judge(self, answer: Answer) -> None:
        if answer.status in (500, 502):
            raise AssertionError(f"{answer.status}: {answer.text[:2000]}")

    def _try(self, step: Callable[[], None]) -> None:
        try:
            step()
        except (OSError, http.client.HTTPException):
            self.refused += 1
            time.sleep(0.2)
        except (AssertionError, LookupError) as error:
            # A page that is another one by now: the state has moved on between the question and the answer.
            self.last = str(error)
            if isinstance(error, AssertionError) and not str(error).endswith((": 302", ": 503")):
                raise


@dataclass(frozen=True, slots=True)
class Seen:
    """What is there in the end."""

    figures: tuple[tuple[Any, ...], ...]
    rows: int
    amount: int
    content: str

    @classmethod
    def of(cls, house: House) -> "Seen":
        """Read ledger and standings."""
        (manifest,) = Ledger.open(house.data / "ledger").batches()
        figures = tuple(tuple(map(str, row)) for row in asked(house, FIGURES))
        return cls(figures, manifest.tally.accepted, manifest.tally.accepted_amount, manifest.content)


def check(house: House, importer: Importer, clean: Seen) -> None:
    """Everything acknowledged is there, whole, and the same as without a kill; every job says what became of it."""
    uploads = asked(house, "SELECT id FROM ledgers_import")
    assert len(importer.acknowledged) <= 1
    assert {f"/imports/{number}/file/" for (number,) in uploads} >= set(importer.acknowledged)
    told = json.loads(house.done("doctor", "--json"))
    assert [(check["name"], check["findings"]) for check in told if check["findings"]] == []
    assert Seen.of(house) == clean
    jobs = asked(house, "SELECT id, kind, state, attempts, cast(message AS text) FROM jobs_job ORDER BY id")
    assert {state for _id, _kind, state, _attempts, _message in jobs} == {"done"}, jobs
    eventually(lambda: not asked(house, RUNS_UNDER_WAY), "the queue shows runs that nobody is at")


def eventually(true: Callable[[], bool], fault: str) -> None:
    """Wait a little for what a worker tidies up when it is started again."""
    until = time.monotonic() + 60
    while not true():
        assert time.monotonic() < until, fault
        time.sleep(0.2)


def interrupted(house: House) -> int:
    """How many jobs were begun more than once."""
    return int(asked(house, "SELECT count(*) FROM jobs_job WHERE attempts > 1")[0][0])
