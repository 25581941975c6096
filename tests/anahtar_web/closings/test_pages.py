"""The pages of closed months and of imports that change them: who sees, who decides, and what is said."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from anahtar_web.audit.models import Entry
from anahtar_web.closings.models import Change, ClosedMonth, ClosingRule, Mover
from anahtar_web.ledgers.models import Import
from anahtar_web.people.models import User
from tests.anahtar_web.closings.conftest import ADDED, JANUARY, Follow, closed, say, text_of
from tests.anahtar_web.ledgers.conftest import text

pytestmark = pytest.mark.django_db

SignedIn = Callable[[Any], Client]
Imported = Callable[..., Import]
WHY = {"reason": "Board of 12 May"}


def kept(month: date = JANUARY, **fields: Any) -> ClosedMonth:
    said = {"lines": 2, "amount": 13_344_600, "accounts": 2, "fingerprint": "0" * 64, "currency": "TRY"}
    return ClosedMonth.objects.create(month=month, closed_at=timezone.now(), **(said | fields))


def changed(row: ClosedMonth, batch: str, *codes: str) -> Change:
    change = Change.objects.create(
        **{"closed": row, "batch": batch, "at": timezone.now(), "fingerprint": "1" * 64, "moved": len(codes)},
        **{"lines_before": 2, "lines_after": 4, "amount_before": 13_344_600, "amount_after": 18_345_600},
        **{"accounts_before": 2, "accounts_after": 3},
    )
    for code in codes:
        Mover.objects.create(change=change, code=code, lines=1, amount=10_000)
    return change


def test_who_sees_the_settings_reads_and_only_who_may_closes(
    admin: User,
    head: User,
    analyst: User,
    director: User,
    auditor: User,
    ana: User,
    marketing: User,
    signed_in: SignedIn,
) -> None:
    row = kept()
    changed(row, "0002-x", "0009")
    pages = ("/settings/closing/", f"/settings/closing/{row.pk}/")
    for reader, may in {admin: True, head: True, analyst: False, director: False, auditor: False}.items():
        for page in pages:
            assert ('name="version"' in text_of(signed_in(reader), page)) is may, (reader.role, page)
    for reader in (ana, marketing):
        assert [signed_in(reader).get(page).status_code for page in pages] == [403, 403]
    for reader in (analyst, director, auditor, ana, marketing):
        client = signed_in(reader)
        for what in ("close/", "save/", f"{row.pk}/accept/", f"{row.pk}/reopen/"):
            assert say(client, what, version=1, until="2024-01", days=5, **WHY).status_code == 403
    row.refresh_from_db()
    assert (row.version, Entry.objects.count(), ClosingRule.objects.count()) == (1, 0, 0)


def test_a_changed_month_stands_first_with_before_after_and_its_accounts(
    acme: Any, head: User, signed_in: SignedIn
) -> None:
    row = kept()
    changed(row, "0002-x", acme.code, "GONE-1")
    page = text_of(signed_in(head))
    assert "Closed months that changed" in page
    assert "2 → 4" in page
    assert "1,334.46 TRY → 1,834.56 TRY" in page
    assert f'href="{reverse("closings:month", args=[row.pk])}"' in page
    assert f'href="{reverse("insight:account", args=[acme.pk])}"' in page
    assert f'href="{reverse("insight:lines", args=[acme.pk])}?month=2024-01"' in page
    assert "GONE-1" in page
    assert "no longer an account" in page


def test_the_rule_is_set_with_a_reason_over_the_version_that_was_seen(
    head: User, admin: User, signed_in: SignedIn
) -> None:
    client = signed_in(head)
    assert "never: people close months" in text_of(client)
    for wrong in ({"days": "0"}, {"days": "61"}, {"days": "x"}, {"reason": " "}, {"version": "y"}):
        assert say(client, "save/", **({"version": 1, "days": "5", **WHY} | wrong)).status_code == 422
    assert not ClosingRule.objects.exists()
    assert say(client, "save/", version=1, days="5", **WHY).status_code == 302
    (entry,) = Entry.objects.all()
    assert (entry.verb, entry.before, entry.after) == ("closing.changed", {"days": None}, {"days": 5})
    assert "Board of 12 May" in text_of(client)
    answer = say(signed_in(admin), "save/", version=1, days="7", **WHY)
    assert (answer.status_code, ClosingRule.objects.get().days) == (409, 5)
    assert 'name="version" value="2"' in answer.content.decode()
    assert say(signed_in(admin), "save/", version=2, days="", **WHY).status_code == 302
    assert ClosingRule.objects.get().days is None


def test_what_an_import_would_change_is_said_before_it_is_accepted(
    imported: Imported, checked: Callable[..., Import], client: Client, head: User, signed_in: SignedIn, follow: Follow
) -> None:
    imported()
    say(signed_in(head), "close/", until="2024-02")
    follow()
    of = checked(text(*ADDED, "0001;Acme;15.03.2024;7,00"))
    page = text_of(client, f"/imports/{of.pk}/checks/")
    assert "It would change closed months" in page
    assert "2 → 4 lines, 1,334.46 → 1,834.56" in page
    assert reverse("closings:month", args=[closed(JANUARY).pk]) in page
    assert "February 2024" not in page
    assert "March 2024" not in page


def test_an_import_says_what_it_changed_and_what_taking_it_back_would(
    imported: Imported, client: Client, head: User, signed_in: SignedIn, follow: Follow
) -> None:
    imported()
    say(signed_in(head), "close/", until="2024-01")
    follow()
    of = imported(text(*ADDED))
    follow()
    page = text_of(client, f"/imports/{of.pk}/")
    assert "It changed closed months" in page
    assert "2 → 4 lines, 1,334.46 → 1,834.56" in page
    page = text_of(client, f"/imports/{of.pk}/take-back/")
    assert "Taking it back would change closed months" in page
    assert "4 → 2 lines, 1,834.56 → 1,334.46" in page


def test_an_import_of_open_months_says_nothing(
    imported: Imported, checked: Callable[..., Import], client: Client
) -> None:
    imported()
    of = checked(text(*ADDED))
    assert "closed months" not in text_of(client, f"/imports/{of.pk}/checks/")


def test_the_pages_ask_as_much_of_many_months_as_of_few(acme: Any, head: User, signed_in: SignedIn) -> None:
    row = kept()
    changed(row, "0002-x", acme.code)
    client = signed_in(head)
    pages = ("/settings/closing/", f"/settings/closing/{row.pk}/")
    few = [_queries(client, page) for page in pages]
    for number in range(9):
        other = kept(date(2023, number + 1, 1))
        changed(other, f"{number}-y", "0003", "0004", "0005", acme.code)
        changed(row, f"{number}-z", "0003", "0004", acme.code)
    assert [_queries(client, page) for page in pages] == few


def _queries(client: Client, page: str) -> int:
    text_of(client, page)
    with CaptureQueriesContext(connection) as asked:
        text_of(client, page)
    return len(asked)


def test_it_reads_turkish(head: User, signed_in: SignedIn) -> None:
    User.objects.filter(pk=head.pk).update(language="tr")
    row = kept(reopened_at=datetime(2026, 5, 1, tzinfo=UTC), reopened_by=head)
    assert "Kapalı aylar" in text_of(signed_in(head))
    page = text_of(signed_in(head), f"/settings/closing/{row.pk}/")
    assert "yeniden açıldı" in page
    assert "Ocak 2024" in page
