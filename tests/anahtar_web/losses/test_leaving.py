"""Lists of losses leave the house as they are shown, to whom they may."""

import io
from typing import Any

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from anahtar_web.audit.models import Entry
from anahtar_web.insight.models import Run
from anahtar_web.losses.models import WayBack
from anahtar_web.people.models import User
from tests.anahtar_web.accounts.pages import nothing_changes, send
from tests.anahtar_web.losses.conftest import MINE, look_after
from tests.anahtar_web.losses.pages import SignedIn, page_of

pytestmark = pytest.mark.django_db


def sheet_of(answer: Any) -> list[list[Any]]:
    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    return [list(row) for row in book.active.iter_rows(min_row=5, values_only=True)]


def test_lists_are_taken_out_as_they_are_shown(run: Run, director: User, ana: User, signed_in: SignedIn) -> None:
    client = signed_in(director)
    rows = sheet_of(send(client, f"{reverse('losses:export')}?bucket=lost"))
    shown = page_of(client, "accounts", "?bucket=lost").rows
    assert [row[1] for row in rows] == [one.row.account.code for one in shown]
    assert round(rows[0][5] * 10_000) == shown[0].change
    entry = Entry.objects.get(verb="losses.exported")
    assert (entry.after["rows"], entry.after["filter"]) == (len(rows), "bucket=lost")
    ways = sheet_of(send(client, f"{reverse('losses:export_way_back')}?cost=10"))
    assert len(ways) == WayBack.objects.filter(run=run).count()
    assert round(ways[0][9] * 10_000) == page_of(client, "way_back", "?cost=10").rows[0].net
    look_after(ana, *MINE)
    assert {row[1] for row in sheet_of(send(signed_in(ana), reverse("losses:export")))} <= set(MINE)


def test_a_list_without_rows_stays(run: Run, director: User, signed_in: SignedIn) -> None:
    client = signed_in(director)
    with nothing_changes():
        assert send(client, f"{reverse('losses:export')}?q=nobody").status_code == 422


def test_worth_is_in_no_file_of_who_sees_no_profit(run: Run, marketing: User, signed_in: SignedIn) -> None:
    rows = sheet_of(send(signed_in(marketing), f"{reverse('losses:export_way_back')}?cost=10"))
    assert {len(row) for row in rows} == {9}
