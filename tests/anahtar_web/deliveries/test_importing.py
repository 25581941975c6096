"""Deliveries go the way of every import: look, columns, checks, a person's word, and back again whole."""

from pathlib import Path
from typing import Any
from uuid import uuid4

from django.test import Client

from anahtar_web.accounts.models import Account
from anahtar_web.audit.models import Entry
from anahtar_web.deliveries.models import DeliveryLine
from anahtar_web.jobs.models import Job
from anahtar_web.ledgers import queries
from anahtar_web.ledgers.models import State
from tests.anahtar_web.deliveries.conftest import HEADER
from tests.anahtar_web.ledgers.conftest import Send, Work, data, heard_once, only, send, work  # noqa: F401  # fixtures
from tests.anahtar_web.ledgers.steps import post

ROWS = ("{code};S1;1;10.05.2026;;28.04.2026;10;10;Gıda", "{code};S2;1;tez;;;10;;Gıda", "X-9;S3;1;11.05.2026;;;5;;Gıda")
LETTERS = {
    "role_customer": "A",
    "role_order": "B",
    "role_order_line": "C",
    "role_promised": "D",
    "role_moved_to": "E",
    "role_delivered_on": "F",
    "role_ordered": "G",
    "role_delivered": "H",
    "role_direction": "I",
}


def content(code: str) -> bytes:
    """A file with a good row, a bad one, and one of an unknown customer."""
    return "\n".join((HEADER, *(row.format(code=code) for row in ROWS), "")).encode()


def test_the_whole_way_and_back(
    send: Send,  # noqa: F811
    client: Client,
    analyst: Any,
    signed_in: Any,
    work: Work,  # noqa: F811
    data: Path,  # noqa: F811
    acme: Account,
) -> None:
    send(analyst, ("teslimat.csv", content(acme.code)), path="/imports/new/?kind=deliveries")
    client, pk = signed_in(analyst), only().pk
    work()
    page = client.get(f"/imports/{pk}/mapping/").content.decode()
    assert "role_promised" in page
    assert "role_amount" not in page

    post(client, "mapping", only(), **LETTERS)
    work()
    of = only()
    assert (of.state, of.rows, of.accepted, of.refused) == (State.CHECKED, 3, 2, 1)
    page = client.get(f"/imports/{pk}/checks/").content.decode()
    assert "X-9" in page
    assert "Import 2 rows" in page
    assert DeliveryLine.objects.count() == 0

    post(client, "confirm", only())
    work()
    assert only().state == State.IMPORTED
    assert DeliveryLine.objects.filter(account=acme).count() == 1
    assert queries.live_batches() == []
    assert not Job.objects.filter(kind="insight.analyse").exists()
    assert "tez" in client.get(f"/imports/{pk}/problems/").content.decode()
    assert client.get(f"/imports/{pk}/").status_code == 200

    assert "is in the ledger" in send(analyst, ("yine.csv", content(acme.code))).content.decode()

    post(client, "take-back", only(), reason="yanlış dönem")
    work()
    assert only().state == State.TAKEN_BACK
    assert not DeliveryLine.objects.filter(ended_at=None).exists()
    assert [entry.verb for entry in Entry.objects.filter(target_type="import").order_by("pk")] == [
        "import.uploaded",
        "import.mapped",
        "import.imported",
        "import.taken_back",
    ]


def test_a_kind_nobody_keeps_is_not_there(signed_in: Any, analyst: Any) -> None:
    assert signed_in(analyst).get("/imports/new/?kind=recipes").status_code == 404
    assert signed_in(analyst).post("/imports/new/?kind=recipes", {"once": uuid4().hex}).status_code == 404
