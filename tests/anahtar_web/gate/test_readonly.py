"""A view that reads cannot write."""

import pytest
from django.db import connection, transaction
from django.test import Client

from anahtar_web.accounts.models import Account
from anahtar_web.gate.readonly import WriteInReadView, only_reads, reading_only

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.anahtar_web.gate.addresses")]

READING = [
    "SELECT 1",
    "  ( SELECT 1 ) UNION (SELECT 2)",
    'SELECT "update", "delete from" FROM "into"',
    "SELECT 'DELETE FROM accounts; INSERT INTO x' AS text",
    "SELECT REPLACE(name, 'a', 'b') FROM t",
    "SELECT * FROM t FOR UPDATE OF t",
    "SELECT * FROM t FOR NO KEY UPDATE",
    "WITH x AS (SELECT 1) SELECT * FROM x",
    "WITH RECURSIVE x AS (SELECT 1) SELECT * FROM x",
    "EXPLAIN QUERY PLAN SELECT 1",
    "SAVEPOINT s1",
    "RELEASE SAVEPOINT s1",
    "ROLLBACK TO SAVEPOINT s1",
    "SELECT 1 -- DELETE FROM t",
    "SELECT created_at, updated_at, copying FROM t",
]

WRITING = [
    "INSERT INTO t VALUES (1)",
    "UPDATE t SET a = 1",
    "DELETE FROM t",
    "REPLACE INTO t VALUES (1)",
    "MERGE INTO t USING u ON true WHEN MATCHED THEN DELETE",
    "/* SELECT */ DELETE FROM t",
    "-- SELECT\nDELETE FROM t",
    "WITH x AS (DELETE FROM t RETURNING *) SELECT * FROM x",
    "WITH x AS (UPDATE ONLY t AS u SET a = 1 RETURNING *) SELECT * FROM x",
    "WITH x AS (INSERT INTO t VALUES (1) RETURNING *) SELECT * FROM x",
    "WITH x AS (SELECT 1) INSERT INTO t SELECT * FROM x",
    "EXPLAIN ANALYZE DELETE FROM t",
    "SELECT * INTO new_table FROM t",
    "SELECT 1; DELETE FROM t",
    "SELECT ''; DROP TABLE t",
    "PRAGMA user_version = 3",
    "CREATE TABLE t (a int)",
    "DROP TABLE t",
    "TRUNCATE t",
    "COPY t FROM STDIN",
    "CALL work()",
    "DO $$ BEGIN DELETE FROM t; END $$",
    "GRANT ALL ON t TO public",
    "VACUUM",
    "SET session_replication_role = replica",
    "",
]


@pytest.mark.parametrize("sql", READING)
def test_what_reads_passes(sql: str) -> None:
    assert only_reads(sql)


@pytest.mark.parametrize("sql", WRITING)
def test_what_writes_is_refused(sql: str) -> None:
    assert not only_reads(sql)


def test_a_statement_that_writes_does_not_reach_the_database(db: None) -> None:
    with pytest.raises(WriteInReadView), transaction.atomic(), reading_only():
        Account.objects.create(code="slip", name="slip")
    with pytest.raises(WriteInReadView), reading_only(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM accounts_account")
    assert not Account.objects.exists()


@pytest.mark.parametrize("address", ["/write-while-reading/", "/write-while-rendering/"])
def test_a_page_that_writes_is_a_fault_and_nothing_is_written(client_of_ana: Client, address: str) -> None:
    with transaction.atomic():
        assert client_of_ana.get(address).status_code == 500
    assert not Account.objects.exists()


def test_an_answer_that_is_made_while_it_is_sent_writes_nothing_either(client_of_ana: Client) -> None:
    answer = client_of_ana.get("/write-while-sending/")
    with pytest.raises(WriteInReadView), transaction.atomic():
        b"".join(answer.streaming_content)  # type: ignore[arg-type]
    assert not Account.objects.exists()
    # The refusal ends with the part: the next request may write.
    Account.objects.create(code="later", name="later")
