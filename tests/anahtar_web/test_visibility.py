"""Which accounts a person may know of."""

from datetime import date, timedelta

import pytest

from anahtar_web.accounts.models import Account, Assignment, Lineage, Part
from anahtar_web.people.models import User
from tests.anahtar_web.conftest import account

pytestmark = pytest.mark.django_db


def seen_by(user: User) -> set[str]:
    """Whom a person sees: asked for all of them, for each by itself and for several, which has to come to the same."""
    codes = dict(Account.objects.values_list("pk", "code"))
    seen = set(Account.objects.visible_to(user).values_list("pk", flat=True))
    assert {pk for pk in codes if Account.objects.visible_to(user, among=[pk]).exists()} == seen
    assert set(Account.objects.visible_to(user, among=list(codes)).values_list("pk", flat=True)) == seen
    return {codes[pk] for pk in seen}


def test_a_manager_and_the_core_team_see_their_account_and_a_stranger_does_not(
    ana: User, boris: User, chen: User, acme: Account, birch: Account
) -> None:
    assert seen_by(ana) == {"0001"}
    assert seen_by(boris) == {"0001"}
    assert seen_by(chen) == {"0002"}


def test_the_team_of_a_group_sees_its_companies_at_any_depth(ana: User, chen: User, acme: Account) -> None:
    works = account("0003", "Acme Döküm", parent=acme)
    branch = account("0004", "Acme Döküm Şube", parent=works)
    for ancestor, below, distance in ((acme, works, 1), (works, branch, 1), (acme, branch, 2)):
        Lineage.objects.create(ancestor=ancestor, account=below, distance=distance)
    assert seen_by(ana) == {"0001", "0003", "0004"}
    assert seen_by(chen) == set()


def test_an_assignment_that_ended_or_has_not_begun_shows_nothing(chen: User, acme: Account) -> None:
    today = date.today()  # noqa: DTZ011  # the company's day and the machine's differ by a day at most
    Assignment.objects.create(
        account=acme, person=chen, part=Part.SALES, since=today - timedelta(9), until=today - timedelta(2)
    )
    Assignment.objects.create(account=acme, person=chen, part=Part.MARKETING, since=today + timedelta(2))
    assert seen_by(chen) == set()


def test_everybody_else_sees_all_and_a_locked_person_nothing(head: User, ana: User, acme: Account) -> None:
    assert seen_by(head) == {"0001"}
    ana.is_active = False
    assert seen_by(ana) == set()
