"""The list of imports: what there is, in which state, found by name, at a constant price."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from anahtar.ledger.files.child import read
from anahtar.ledger.options import ReadOptions
from anahtar_web.ledgers import queries
from anahtar_web.ledgers.models import Import, SavedMapping, State, StoredFile
from tests.anahtar_web.ledgers.conftest import text


def an_import(by: Any, name: str, state: State = State.OPEN, **fields: Any) -> Import:
    made = Import.objects.create(by=by, state=state, title=name, **fields)
    StoredFile.objects.create(of=made, name=name, stored=f"{made.pk:032x}", bytes=1, sha256="0" * 64)
    return made


def test_an_empty_list_says_what_to_do(client: Client) -> None:
    page = client.get("/imports/").content.decode()
    assert "No file has been imported yet" in page
    assert "/imports/new/" in page


def test_an_auditor_reads_the_list_and_is_offered_nothing(
    signed_in: Callable[[Any], Client], auditor: Any, analyst: Any
) -> None:
    empty = signed_in(auditor).get("/imports/").content.decode()
    assert "/imports/new/" not in empty
    of = an_import(analyst, "ocak.csv", State.IMPORTED, batch="0001-abc", accepted=1)
    page = signed_in(auditor).get("/imports/").content.decode()
    assert "ocak.csv" in page
    detail = signed_in(auditor).get(f"/imports/{of.pk}/").content.decode()
    assert "take-back" not in detail


def test_it_costs_the_same_for_one_import_and_for_fifty(
    client: Client, analyst: Any, django_assert_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for at in range(2):
        an_import(analyst, f"{at}.csv", mapping=SavedMapping.objects.create(name=str(at), by=analyst))
    client.get("/imports/")  # what is remembered from request to request
    with CaptureQueriesContext(connection) as few:
        client.get("/imports/")
    for at in range(2, 50):
        an_import(analyst, f"{at}.csv", mapping=SavedMapping.objects.create(name=str(at), by=analyst))
    with django_assert_num_queries(len(few)):
        client.get("/imports/")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, {"İzmir Satış.csv", "ankara.xlsx", "eski.csv"}),
        ({"q": "IZMIR SATIS"}, {"İzmir Satış.csv"}),
        ({"q": "0001-ab"}, {"eski.csv"}),
        ({"q": "yok"}, set()),
        ({"state": "waiting"}, {"ankara.xlsx"}),
        ({"state": "gone"}, {"eski.csv"}),
        ({"state": "nonsense"}, {"İzmir Satış.csv", "ankara.xlsx", "eski.csv"}),
    ],
)
def test_it_is_narrowed_by_state_and_by_name(
    client: Client, analyst: Any, query: dict[str, str], found: set[str]
) -> None:
    an_import(analyst, "İzmir Satış.csv", State.CHECKING)
    an_import(analyst, "ankara.xlsx", State.CHECKED)
    an_import(analyst, "eski.csv", State.TAKEN_BACK, batch="0001-abc", reason="x")
    rows = client.get("/imports/", query, headers={"HX-Request": "true"})
    assert {row.files[0] for row in rows.context["page"].rows} == found
    assert "<html" not in rows.content.decode()


def test_it_is_narrowed_by_who_uploaded(client: Client, analyst: Any, head: Any) -> None:
    an_import(analyst, "a.csv", State.CHECKED)
    an_import(head, "b.csv", State.CHECKED)
    an_import(head, "c.csv", State.CANCELLED)
    page = client.get("/imports/", {"person": head.pk}).context["page"]
    assert {row.files[0] for row in page.rows} == {"b.csv", "c.csv"}
    assert {group.name: group.count for group in page.groups}["waiting"] == 1
    both = client.get("/imports/", {"person": head.pk, "state": "gone"})
    assert {row.files[0] for row in both.context["page"].rows} == {"c.csv"}
    # Each filter keeps the other.
    assert f"?person={head.pk}&amp;state=waiting" in both.content.decode()
    assert '<input type="hidden" name="state" value="gone">' in both.content.decode()


def test_filters_and_their_counts_come_with_the_rows(client: Client, analyst: Any, head: Any) -> None:
    an_import(analyst, "a.csv")
    an_import(head, "b.csv")
    swap = client.get("/imports/", {"person": head.pk}, headers={"HX-Request": "true"}).content.decode()
    assert 'id="import-tabs"' in swap
    assert 'hx-swap-oob="true"' in swap


@pytest.mark.parametrize("person", ["0", "999999", "x", "-1", "1; DROP"])
def test_somebody_who_uploaded_nothing_is_no_filter(client: Client, analyst: Any, person: str) -> None:
    an_import(analyst, "a.csv")
    assert client.get("/imports/", {"person": person}).status_code == 400


def test_a_number_finds_its_import(client: Client, analyst: Any) -> None:
    of = an_import(analyst, "a.csv")
    an_import(analyst, "b.csv")
    page = client.get("/imports/", {"q": of.number}).context["page"]
    assert [row.of.pk for row in page.rows] == [of.pk]


def test_each_filter_says_how_many_it_holds(client: Client, analyst: Any) -> None:
    an_import(analyst, "a.csv", State.CHECKED)
    an_import(analyst, "b.csv", State.UNREADABLE)
    an_import(analyst, "c.csv", State.CANCELLED)
    groups = {group.name: group.count for group in client.get("/imports/").context["page"].groups}
    assert groups == {"": 3, "waiting": 2, "working": 0, "imported": 0, "gone": 1}


def test_batches_of_the_command_line_are_named(client: Client, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(text("1;A;21.01.2024;1,00", "2;B;22.01.2024;1,00"))
    ledger = queries.ledger()
    with ledger.staging() as staging:
        manifest = ledger.add(read([path], ReadOptions(), staging), staging, made_at="2024-02-01T12:00:00+00:00")
    assert manifest.batch in client.get("/imports/").content.decode()


def test_an_absent_import_is_not_found(client: Client) -> None:
    for path in ("/imports/99/", "/imports/99/file/", "/imports/99/problems/", "/imports/99/files/1/"):
        assert client.get(path).status_code == 404


@pytest.mark.parametrize("state", list(State))
def test_every_state_has_a_page_and_a_line(client: Client, analyst: Any, state: State) -> None:
    ended = {State.IMPORTED, State.TAKING_BACK, State.TAKEN_BACK}
    fields: dict[str, Any] = {"batch": "0001-abc", "accepted": 1} if state in ended else {}
    of = an_import(analyst, "a.csv", state, reason="x" if state == State.TAKEN_BACK else "", **fields)
    assert str(state.label) in client.get("/imports/").content.decode()
    assert client.get(f"/imports/{of.pk}/").status_code == 200
