"""What changed since somebody last looked: noted between two analyses, told as one, read by each person apart."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from anahtar_web.accounts.actions import hand_over
from anahtar_web.accounts.models import Account
from anahtar_web.audit.models import Entry
from anahtar_web.company.queries import today
from anahtar_web.insight import publishing, turning
from anahtar_web.insight.models import Look, Run, Standing, Turn
from anahtar_web.insight.pages.portfolio.turns import Counts, TurnsCard
from anahtar_web.insight.remembered import Memory
from anahtar_web.people.models import User
from tests.anahtar_web.accounts.pages import send
from tests.anahtar_web.insight import sales
from tests.anahtar_web.insight.conftest import Kept, Publish
from tests.anahtar_web.insight.pages import plain

pytestmark = pytest.mark.django_db

SignedIn = Callable[[User], Client]


def stands(run: Run, code: str, **fields: object) -> None:
    """Write that an account stood otherwise."""
    assert Standing.objects.filter(run=run, account__code=code).update(**fields) == 1


def again(publish: Publish, firm: Kept) -> Run:
    made = publish(firm)
    publishing.sweep()
    return made


def told(card: TurnsCard) -> list[tuple[str, str, str, str]]:
    return [(change.account.code, change.kind, *change.words) for change in card.changes]


def card(user: User, run: Run) -> TurnsCard:
    return TurnsCard.build(Memory.of(user, run), lambda: None)


def test_nothing_is_noted_of_the_first_analysis_and_of_the_same_again(
    run: Run, publish: Publish, firm: Kept, director: User
) -> None:
    assert not Turn.objects.exists()
    second = again(publish, firm)
    assert not Turn.objects.exists()
    assert card(director, second).changes == []


def test_what_an_analysis_says_otherwise_is_noted_with_the_money_behind_it(
    run: Run, publish: Publish, firm: Kept, director: User
) -> None:
    acme = Standing.objects.get(run=run, account__code=sales.ACME)
    stands(run, sales.ACME, state="lapsed", key=False, revenue=(acme.revenue or 0) * 2)
    stands(run, "0003", abc="C")
    stands(run, "0006", orders=0, state=None, abc=None)
    second = again(publish, firm)
    found = told(card(director, second))
    assert found[:2] == [
        (sales.ACME, "key", "not key by the ledger", "key by the ledger"),
        (sales.ACME, "state", "lapsed", "active"),
    ]
    assert ("0003", "class", "C", Standing.objects.get(run=second, account__code="0003").abc) in found
    assert ("0006", "first", "no purchase", "first purchase") in found
    assert len(found) == 4
    assert Turn.objects.get(account__code=sales.ACME, kind="key").revenue == (acme.revenue or 0) * 2


def test_several_analyses_are_told_as_one_and_back_again_is_no_change(
    run: Run, publish: Publish, firm: Kept, director: User
) -> None:
    Look.objects.create(person=director, run=run)
    stands(run, sales.ACME, state="lost")
    second = publish(firm)
    stands(second, sales.ACME, state="watch")
    stands(second, sales.BIRCH, abc="N")
    third = publish(firm)
    assert Turn.objects.count() == 3
    assert told(card(director, third)) == [
        (sales.ACME, "state", "lost", "active"),
        (sales.BIRCH, "class", "N", str(Standing.objects.get(run=third, account__code=sales.BIRCH).abc)),
    ]
    elm = Account.objects.get(code="0005")
    Turn.objects.create(run=second, account=elm, kind="state", before="active", after="lapsed")
    Turn.objects.create(run=third, account=elm, kind="state", before="lapsed", after="active")
    assert "0005" not in [change[0] for change in told(card(director, third))]
    # The counts are of what is told: neither the way through "watch" nor the account that is back again.
    assert card(director, third).counts == Counts(all=2, gone=0, quiet=0, back=1, moved=1)
    assert TurnsCard.build(Memory.of(director, third), lambda: None, most=1).more == 1


def test_what_is_read_is_gone_for_who_read_it_and_stays_for_the_others(
    run: Run, publish: Publish, firm: Kept, director: User, head: User, signed_in: SignedIn
) -> None:
    stands(run, sales.ACME, state="lapsed")
    second = again(publish, firm)
    client = signed_in(director)
    page = plain(client.get("/portfolio/").content.decode())
    assert "What changed since the analysis before" in page
    assert "lapsed to active" in page
    answer = send(client, "/portfolio/looked/?measure=revenue", run=second.pk)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/portfolio/")
    page = plain(client.get("/portfolio/").content.decode())
    assert "Nothing that you have not read" in page
    assert "I have read it" not in page
    assert "lapsed to active" in plain(signed_in(head).get("/portfolio/").content.decode())
    assert Look.objects.get().run == second
    assert Entry.objects.filter(verb="run.looked", by=director).count() == 1


def test_what_was_on_an_old_page_is_not_taken_for_read(
    run: Run, publish: Publish, firm: Kept, director: User, signed_in: SignedIn
) -> None:
    stands(run, sales.ACME, state="lapsed")
    again(publish, firm)
    send(signed_in(director), "/portfolio/looked/", run=run.pk)
    assert not Look.objects.exists()


def test_a_manager_reads_of_the_own_accounts_only(
    run: Run, publish: Publish, firm: Kept, ana: User, head: User, signed_in: SignedIn
) -> None:
    hand_over(account=Account.objects.get(code=sales.BIRCH), to=ana, by=head, on=today())
    for code in (sales.ACME, sales.BIRCH):
        stands(run, code, state="lapsed")
    again(publish, firm)
    page = plain(signed_in(ana).get("/portfolio/changes/").content.decode())
    assert "Birch Ilgaz" in page
    assert "Acme" not in page


def test_the_filter_of_the_portfolio_holds_for_it(
    run: Run, publish: Publish, firm: Kept, director: User, ana: User, head: User, signed_in: SignedIn
) -> None:
    hand_over(account=Account.objects.get(code=sales.BIRCH), to=ana, by=head, on=today())
    for code in (sales.ACME, sales.BIRCH):
        stands(run, code, state="lapsed")
    again(publish, firm)
    page = plain(signed_in(director).get(f"/portfolio/changes/?kam={ana.pk}").content.decode())
    assert "Birch Ilgaz" in page
    assert "Acme" not in page


def test_a_run_that_never_was_leaves_nothing(run: Run, publish: Publish, firm: Kept) -> None:
    made = Run.objects.create(started_at=run.started_at)
    Standing.objects.create(run=made, account=Account.objects.get(code=sales.ACME), orders=1, state="lost")
    turning.note(made)
    assert Turn.objects.filter(run=made).exists()
    publishing.sweep()
    assert not Turn.objects.exists()


def test_the_number_of_queries_does_not_grow(
    run: Run, publish: Publish, firm: Kept, director: User, signed_in: SignedIn
) -> None:
    stands(run, sales.ACME, state="lapsed")
    again(publish, firm)
    client = signed_in(director)
    client.get("/portfolio/changes/")
    with CaptureQueriesContext(connection) as few:
        client.get("/portfolio/changes/")
    current = Run.objects.get(current=True)
    Turn.objects.bulk_create(
        Turn(run=current, account=one, kind="class", before="B", after="C", revenue=5)
        for one in Account.objects.filter(in_ledger=True)
    )
    with CaptureQueriesContext(connection) as many:
        client.get("/portfolio/changes/")
    assert len(many) == len(few)
