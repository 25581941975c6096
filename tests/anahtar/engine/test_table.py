"""A table of a database as a source: month by month, to the cent, and nothing half."""

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import psycopg
import pytest

from anahtar.cli import main
from anahtar.engine import postgres_table
from anahtar.engine.postgres_table import PostgresTable
from anahtar.engine.table import Copied, UnableToReadTable
from anahtar.ledger.options import ReadOptions
from anahtar.ledger.store.store import Ledger
from anahtar.sources.address import PostgresAddress, UnableToUseAddress, source
from anahtar.sources.pulling import Pulled, UnableToPull, pull
from anahtar.words import Refusal

ROWS = """
    ('2024-01-05', 'acme', 'Acme & Co.', 100.25, '1'), ('2024-01-31', 'birch', 'Birch', -3.10, '2'),
    ('2024-02-29', 'acme', 'Acme & Co.', 50.00, '3'), ('2024-03-01', '007', NULL, 0.01, NULL)
"""


@pytest.fixture
def server(postgres_address: str) -> Iterator["psycopg.Connection[tuple[object, ...]]"]:
    with psycopg.connect(postgres_address, autocommit=True) as connection:
        connection.execute("DROP SCHEMA IF EXISTS shop CASCADE")
        connection.execute("CREATE SCHEMA shop")
        connection.execute(
            "CREATE TABLE shop.sales (date date, customer text, customer_name text, amount numeric(12,2), invoice text)"
        )
        connection.execute(f"INSERT INTO shop.sales VALUES {ROWS}")
        yield connection


@pytest.fixture
def address(postgres_address: str, server: object) -> PostgresAddress:
    found = source(f"{postgres_address}?table=sales&schema=shop")
    assert isinstance(found, PostgresAddress)
    return found


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger.create(tmp_path / "ledger")


def brought(ledger: Ledger, address: PostgresAddress) -> Pulled:
    return pull(ledger, address, ReadOptions(), made_at="2026-01-05T09:00:00", on_progress=lambda *_: None)


def sums(ledger: Ledger) -> dict[str, tuple[int, int]]:
    return {
        manifest.files[0].facts["month"]: (manifest.tally.accepted, manifest.tally.accepted_amount)
        for manifest in ledger.batches()
    }


def test_each_month_becomes_a_batch_to_the_cent(ledger: Ledger, address: PostgresAddress) -> None:
    brought(ledger, address)
    assert sums(ledger) == {"2024-01": (2, 97_1500), "2024-02": (1, 50_0000), "2024-03": (1, 100)}
    ledger.verify()


def test_a_table_is_no_path(
    ledger: Ledger, postgres_address: str, server: "psycopg.Connection[tuple[object, ...]]"
) -> None:
    server.execute('ALTER TABLE shop.sales RENAME TO "../sales/of"')
    brought(ledger, PostgresAddress(postgres_address, "shop", "../sales/of"))
    assert sums(ledger) == {"2024-01": (2, 97_1500), "2024-02": (1, 50_0000), "2024-03": (1, 100)}


def test_only_new_and_changed_months_are_read_again(
    ledger: Ledger, address: PostgresAddress, server: "psycopg.Connection[tuple[object, ...]]"
) -> None:
    brought(ledger, address)
    assert brought(ledger, address).unchanged == 3
    server.execute("UPDATE shop.sales SET customer = 'dune' WHERE date = '2024-02-29'")  # same count, same sum
    server.execute("INSERT INTO shop.sales VALUES ('2024-04-02', 'acme', NULL, 7, '4')")
    server.execute("DELETE FROM shop.sales WHERE date = '2024-03-01'")
    again = brought(ledger, address)
    assert (sorted(again.drafts), again.unchanged, again.gone) == (["2024-02", "2024-04"], 1, ["2024-03"])
    assert sums(ledger) == {"2024-01": (2, 97_1500), "2024-02": (1, 50_0000), "2024-04": (1, 7_0000)}


def test_a_row_without_a_day_is_listed_and_not_lost(
    ledger: Ledger, address: PostgresAddress, server: "psycopg.Connection[tuple[object, ...]]"
) -> None:
    server.execute("INSERT INTO shop.sales VALUES (NULL, 'acme', NULL, 5, '9'), ('infinity', 'acme', NULL, 6, '9')")
    found = brought(ledger, address).drafts["2024-01"].tally
    assert (found.rows, found.accepted, found.refused, found.refused_amount) == (4, 2, 2, 11_0000)


def test_a_month_without_an_acceptable_row_is_listed_and_the_others_come(
    address: PostgresAddress,
    server: "psycopg.Connection[tuple[object, ...]]",
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    # Two of them: they have no lines, and so the same ones.
    server.execute(
        "INSERT INTO shop.sales VALUES ('2024-04-02', NULL, NULL, 7, '4'), ('2024-04-03', 'acme', '', NULL, '')"
    )
    server.execute("INSERT INTO shop.sales VALUES ('2024-05-02', 'acme', NULL, NULL, '5')")
    out = tmp_path / "report"
    asked = ["analyze", f"{address.database}?table=sales&schema=shop", "--out", str(out), "--lang", "en"]
    assert main(asked) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "2024-04: 2 rows = 0 accepted + 1 set aside + 1 refused" in said
    assert "2024-05: 1 rows = 0 accepted + 0 set aside + 1 refused" in said
    problems = (out / "problems.csv").read_text()
    assert problems.count("shop.sales 2024-04") == 2
    assert problems.count("shop.sales 2024-05") == 1
    ledger = Ledger.open(out / "ledger")
    assert sums(ledger) == {
        "2024-01": (2, 97_1500),
        "2024-02": (1, 50_0000),
        "2024-03": (1, 100),
        "2024-04": (0, 0),
        "2024-05": (0, 0),
    }
    ledger.verify()
    assert brought(ledger, address).unchanged == 5
    server.execute("UPDATE shop.sales SET amount = 8 WHERE date = '2024-05-02'")
    assert [*brought(ledger, address).drafts] == ["2024-05"]
    assert sums(ledger)["2024-05"] == (1, 8_0000)


def test_a_table_without_an_acceptable_row_is_refused(
    ledger: Ledger, address: PostgresAddress, server: "psycopg.Connection[tuple[object, ...]]"
) -> None:
    server.execute("UPDATE shop.sales SET customer = NULL")
    with pytest.raises(Refusal, match="Not one of 4 rows can be accepted: 4 set aside, 0 refused"):
        brought(ledger, address)
    assert not ledger.batches()


def test_days_that_are_texts_bring_the_table_whole(
    ledger: Ledger, address: PostgresAddress, server: "psycopg.Connection[tuple[object, ...]]"
) -> None:
    server.execute("ALTER TABLE shop.sales ALTER date TYPE text USING to_char(date, 'DD.MM.YYYY')")
    server.execute("ALTER TABLE shop.sales ALTER amount TYPE numeric")
    brought(ledger, address)
    assert sums(ledger) == {"": (4, 147_1600)}


def test_a_connection_that_is_lost_leaves_the_ledger_as_it_was(
    ledger: Ledger, address: PostgresAddress, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = PostgresTable.pull

    def cut(table: PostgresTable, day: str | None, month: str, path: Path) -> Copied:
        if month == "2024-02":
            with psycopg.connect(address.database, autocommit=True) as other:
                other.execute("SELECT pg_terminate_backend(%s)", (table._connection.info.backend_pid,))
        return whole(table, day, month, path)

    monkeypatch.setattr(postgres_table.PostgresTable, "pull", cut)
    with pytest.raises(UnableToReadTable, match=r"the connection was lost; nothing was read"):
        brought(ledger, address)
    assert not ledger.batches()
    assert not [*ledger.path.glob(".*-*")]


def test_what_came_is_held_against_what_the_database_says(
    ledger: Ledger, address: PostgresAddress, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = PostgresTable.pull
    monkeypatch.setattr(PostgresTable, "pull", lambda table, day, month, path: whole(table, day, "2024-03", path))
    with pytest.raises(UnableToPull, match="the database says 2, and 1 came"):
        brought(ledger, address)
    assert not ledger.batches()


def test_the_session_cannot_write(address: PostgresAddress) -> None:
    with (
        PostgresTable(address.database, "shop", "sales") as table,
        pytest.raises(psycopg.errors.ReadOnlySqlTransaction),
    ):
        table._connection.execute("DELETE FROM shop.sales")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ("DROP TABLE shop.sales", "There is no table shop.sales"),
        ("TRUNCATE shop.sales", "holds no rows"),
        ("ALTER TABLE shop.sales RENAME customer TO x1; ALTER TABLE shop.sales RENAME customer_name TO x2", "customer"),
    ],
)
def test_what_cannot_be_read_is_said(
    change: str,
    sentence: str,
    ledger: Ledger,
    address: PostgresAddress,
    server: "psycopg.Connection[tuple[object, ...]]",
) -> None:
    server.execute(change.encode())
    with pytest.raises(Refusal, match=sentence):
        brought(ledger, address)


def test_who_may_not_read_is_told_how_to_be_allowed(
    address: PostgresAddress, server: "psycopg.Connection[tuple[object, ...]]"
) -> None:
    server.execute("DROP ROLE IF EXISTS stranger")
    server.execute(f"CREATE ROLE stranger LOGIN PASSWORD '{os.environ['PGPASSWORD']}'".encode())
    database = address.database.replace("://anahtar@", "://stranger@")
    try:
        with (
            pytest.raises(UnableToReadTable, match=r"GRANT SELECT ON shop\.sales"),
            PostgresTable(database, "shop", "sales") as table,
        ):
            table.months("date")
    finally:
        server.execute("DROP ROLE stranger")


def test_no_secret_and_no_name_of_who_asked_stands_in_the_ledger(ledger: Ledger, address: PostgresAddress) -> None:
    brought(ledger, address)
    kept = "".join(path.read_text() for path in (ledger.path / "manifests").iterdir())
    assert os.environ["PGPASSWORD"] not in kept
    assert "anahtar@" not in kept
    assert "/shop.sales" in kept


@pytest.mark.parametrize(
    "text",
    ["postgresql://me:secret@host/db?table=t", "postgresql://host/db?table=t&password=secret", "postgresql://host/db"],
)
def test_an_address_with_a_password_or_without_a_table_is_refused(text: str) -> None:
    with pytest.raises(UnableToUseAddress) as refused:
        source(text)
    assert "secret" not in str(refused.value)


def test_sales_of_the_night_are_of_the_day_of_the_database(
    ledger: Ledger, address: PostgresAddress, server: "psycopg.Connection[tuple[object, ...]]"
) -> None:
    server.execute("ALTER ROLE anahtar SET TimeZone = 'Europe/Istanbul'")
    try:
        server.execute("ALTER TABLE shop.sales ALTER date TYPE timestamptz")
        server.execute("TRUNCATE shop.sales")
        server.execute("INSERT INTO shop.sales VALUES ('2024-05-31 22:30:00+00', 'acme', NULL, 5, '9')")
        draft = brought(ledger, address).drafts["2024-06"]
    finally:
        server.execute("ALTER ROLE anahtar RESET TimeZone")
    assert draft.first_date == date(2024, 6, 1)


def test_the_command_line_brings_a_report_up_to_date_and_refuses_in_a_sentence(
    address: PostgresAddress,
    server: "psycopg.Connection[tuple[object, ...]]",
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    asked = f"{address.database}?table=sales&schema=shop"
    out = str(tmp_path / "report")
    assert main(["analyze", asked, "--out", out, "--lang", "en"]) == 0
    server.execute("INSERT INTO shop.sales VALUES ('2024-04-02', 'acme', NULL, 7, '4')")
    capsys.readouterr()
    assert main(["analyze", asked, "--out", out, "--lang", "en"]) == 0
    assert "1 read, 3 unchanged, 0 taken back" in capsys.readouterr().out
    assert main(["analyze", asked.replace("anahtar@", "anahtar:secret@"), "--out", out, "--lang", "en"]) != 0
    assert "secret" not in capsys.readouterr().err
