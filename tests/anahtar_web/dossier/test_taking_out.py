"""Facts and people leave the house as workbooks: what the page shows, harmless, on the trail, within the allowance."""

import io
from collections.abc import Callable
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.test import Client

from anahtar_web.accounts.models import Account
from anahtar_web.audit import leaving
from anahtar_web.audit.models import Entry
from anahtar_web.people.models import User
from anahtar_web.stakeholders.actions import add_address
from tests.anahtar_web.accounts.pages import nothing_changes, said, send
from tests.anahtar_web.deliveries.conftest import at
from tests.anahtar_web.dossier.facts import write
from tests.anahtar_web.stakeholders.people import add, edit

pytestmark = pytest.mark.django_db

SignedIn = Callable[[User], Client]


def sheet(answer: Any) -> list[list[Any]]:
    """Rows of the workbook below its heads; no cell is a formula."""
    table = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    assert all(cell.data_type != "f" for row in table.iter_rows() for cell in row)
    return [[cell.value for cell in row] for row in table.iter_rows(min_row=5)]


def test_facts_leave_as_the_page_shows_them(acme: Account, ana: User, signed_in: SignedIn) -> None:
    with at(date(2025, 3, 1)):
        write(acme, ana, "ownership", "=1+1", "rumour", on=date(2025, 3, 1), source="Fuar")
    write(acme, ana, "ownership", "Aile")
    client, address = signed_in(ana), f"/accounts/{acme.pk}/profile/file/"

    now, then = sheet(send(client, address)), sheet(send(client, address, on="2025-04-01"))

    assert [row[2] for row in now] == ["Aile"]
    assert (then[0][2], then[0][3], then[0][6]) == ("=1+1", "Rumour", "Fuar")
    entry = Entry.objects.filter(verb="fact.exported").latest("pk")
    assert (entry.account_id, entry.after) == (
        acme.pk,
        {"rows": 1, "format": "xlsx", "as_known_on": "2025-04-01"},
    )


def test_people_leave_as_the_table_shows_them(acme: Account, ana: User, signed_in: SignedIn) -> None:
    boss = add(acme, ana, "Nermin Uz", role="decider", preferences="Kahve sever")
    add_address(who=boss, kind="email", value="n@acme.example", by=ana)
    clerk = add(acme, ana, "-2+3", role="buyer", reports_to=boss)
    edit(clerk, ana, position="Clerk")
    client, address = signed_in(ana), f"/accounts/{acme.pk}/people/file/"

    everybody = sheet(send(client, address, sort="-name"))
    narrowed = sheet(send(client, address, role="buyer", text="clerk"))

    assert [row[0] for row in everybody] == ["Nermin Uz", "-2+3"]
    assert everybody[0][11] == "n@acme.example"
    assert "Kahve sever" not in str(everybody)
    assert [(row[0], row[3]) for row in narrowed] == [("-2+3", "Nermin Uz")]
    told = Entry.objects.filter(verb="stakeholder.listed").latest("pk")
    assert told.after == {"rows": 1, "format": "xlsx", "filter": "role=buyer"}
    assert "clerk" not in told.search_key


def test_nothing_leaves_beyond_the_allowance_of_the_day(
    acme: Account, ana: User, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(acme, ana, "ownership", "Aile")
    client, address = signed_in(ana), f"/accounts/{acme.pk}/profile/file/"
    monkeypatch.setattr(leaving, "A_DAY", 1)
    assert len(sheet(send(client, address))) == 1
    assert leaving.left_today(ana) == 0
    with nothing_changes():
        refused = send(client, address)
    assert "still take out today" in "".join(said(refused))


def test_many_rows_leave_with_a_reason_only(
    acme: Account, ana: User, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(acme, ana, "ownership", "Aile")
    write(acme, ana, "headcount", 5)
    monkeypatch.setattr(leaving, "WITHOUT_REASON", 1)
    client, address = signed_in(ana), f"/accounts/{acme.pk}/profile/file/"
    assert "what they are for" in "".join(said(send(client, address)))
    assert len(sheet(send(client, address, reason="Denetim"))) == 2
    assert Entry.objects.filter(verb="fact.exported").latest("pk").reason == "Denetim"
