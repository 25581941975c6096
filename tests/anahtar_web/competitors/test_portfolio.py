"""Whom competitors attack, as one list: the reader's own accounts, narrowed, sorted, taken out."""

import csv
import io
from collections.abc import Callable

import pytest
from django.test import Client
from openpyxl import load_workbook

from anahtar_web.accounts.models import Account
from anahtar_web.audit import leaving
from anahtar_web.audit.actions import record
from anahtar_web.audit.models import Entry
from anahtar_web.company.queries import today
from anahtar_web.competitors.actions import (
    add,
    decide_threat,
)
from anahtar_web.competitors.models import Competitor
from anahtar_web.competitors.queries import present_everywhere
from anahtar_web.people.models import User
from tests.anahtar_web.accounts.pages import asked, nothing_changes, send
from tests.anahtar_web.competitors.attacks import attack, seen, share
from tests.anahtar_web.conftest import account

pytestmark = pytest.mark.django_db

SignedIn = Callable[[User], Client]


def test_the_portfolio_and_the_competitor_show_the_readers_own_accounts_only(
    acme: Account, birch: Account, omega: Competitor, ana: User, chen: User, head: User, signed_in: SignedIn
) -> None:
    attack(acme, omega, ana, offering="QzAcmeOffer")
    attack(birch, omega, chen, offering="QzBirchOffer")
    for reader, sees in ((ana, {"Acme"}), (chen, {"Birch"}), (head, {"Acme", "Birch"})):
        for path in ("/competitors/attacks/", f"/competitors/{omega.pk}/"):
            html = signed_in(reader).get(path).content.decode()
            assert {name for name in ("Acme", "Birch") if f"Qz{name}Offer" in html} == sees
        assert len(present_everywhere(reader)) == len(sees)
    assert "Your accounts under attack" in signed_in(ana).get("/competitors/attacks/").content.decode()


def test_the_list_is_narrowed_and_sorted(
    acme: Account, birch: Account, omega: Competitor, head: User, signed_in: SignedIn
) -> None:
    sigma = add(fields={"name": "Sigma"}, by=head)
    attack(acme, omega, head, strength=5)
    attack(birch, sigma, head, strength=1)
    share(birch, sigma, "0.01", head)
    client = signed_in(head)

    def names(query: str) -> list[str]:
        rows = client.get(f"/competitors/attacks/?{query}").context["page"].rows
        return [row.competitor.name for row in rows]

    assert names("") == ["Omega İmalat", "Sigma"]
    assert names("sort=threat") == ["Sigma", "Omega İmalat"]
    assert names("sort=-account") == ["Sigma", "Omega İmalat"]
    assert names("q=birch") == ["Sigma"]
    assert names(f"competitor={omega.pk}") == ["Omega İmalat"]
    assert names("threat=low") == ["Sigma"]
    assert names("threat=nonsense&sort=nonsense&competitor=x") == ["Omega İmalat", "Sigma"]


def test_more_competitors_ask_no_more_of_the_database(
    acme: Account, omega: Competitor, head: User, signed_in: SignedIn
) -> None:
    client = signed_in(head)
    paths = (
        *("/competitors/", "/competitors/attacks/", f"/competitors/{omega.pk}/"),
        f"/accounts/{acme.pk}/competitors/",
    )
    _populate(head, omega, acme, 2)
    client.get("/")  # the first page of a session asks more
    few = [asked(client, path) for path in paths]
    _populate(head, omega, acme, 6)
    assert [asked(client, path) for path in paths] == few


def _populate(by: User, omega: Competitor, acme: Account, count: int) -> None:
    for number in range(count):
        other = add(fields={"name": f"Rival {number} of {count}"}, by=by)
        home = account(f"9{count}{number}", f"Home {number} of {count}")
        for of, who in ((acme, other), (home, omega), (home, other)):
            presence = attack(of, who, by, site=f"{count} {number}")
            seen(presence, by)
            share(of, who, "0.01", by)
            decide_threat(presence=presence, level="none", seen=None, reason="So", by=by)


def test_the_list_is_taken_out_with_the_filter_and_without_formulas(
    acme: Account, birch: Account, head: User, marketing: User, signed_in: SignedIn
) -> None:
    evil = add(fields={"name": "=HYPERLINK(1)"}, by=head)
    attack(acme, evil, head, since=today(), site="Bursa")
    attack(birch, add(fields={"name": "Sigma"}, by=head), head)
    client = signed_in(head)
    answer = send(client, "/competitors/attacks/export/?q=bursa", form="csv")
    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig")), delimiter=";"))
    assert (len(rows), rows[1][0], rows[1][4]) == (2, "'=HYPERLINK(1)", "Bursa")
    answer = send(client, "/competitors/attacks/export/", form="xlsx")
    sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    assert {sheet.cell(row, 1).value for row in (2, 3)} == {"=HYPERLINK(1)", "Sigma"}
    assert sheet.cell(2, 1).data_type == "s"
    assert Entry.objects.filter(verb="competitor.exported").count() == 2
    assert send(client, "/competitors/attacks/export/?q=nobody", form="csv").status_code == 422
    assert send(signed_in(marketing), "/competitors/attacks/export/", form="csv").status_code == 200


def test_what_is_taken_out_counts_into_the_allowance_of_the_day_with_every_other_list(
    acme: Account, omega: Competitor, head: User, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    attack(acme, omega, head, site="Bursa")
    attack(acme, omega, head, site="Gebze")
    record("tenders.exported", omega, by=head, after={"rows": 1})
    monkeypatch.setattr(leaving, "A_DAY", 4)
    client = signed_in(head)
    assert "You may take out 3 more rows today" in client.get("/competitors/attacks/export/").content.decode()
    assert send(client, "/competitors/attacks/export/", form="csv").status_code == 200
    with nothing_changes():
        refused = send(client, "/competitors/attacks/export/", form="csv")
    assert refused.status_code == 422
    assert "2 rows are more than the 1 that you may still take out today" in refused.content.decode()


# The directory -----------------------------------------------------------------------------------------------------
