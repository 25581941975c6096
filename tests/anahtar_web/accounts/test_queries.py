"""What is asked of accounts: groups and merges for the analysis, managers and teams, what is missing."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from anahtar_web.accounts.access import account_for
from anahtar_web.accounts.lineage import rebuild
from anahtar_web.accounts.models import Account, Assignment, Origin, Part
from anahtar_web.accounts.queries import (
    managers_of,
    merged_codes,
    said_groups,
    team_of,
    without_group,
    without_manager,
)
from anahtar_web.people.models import User
from tests.anahtar_web.conftest import account

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 1)


def below(above: Account, *accounts: Account) -> None:
    Account.objects.filter(pk__in=[each.pk for each in accounts]).update(parent=above)
    rebuild([each.pk for each in accounts])


def assign(where: Account, who: User, part: str = Part.MANAGER, **days: Any) -> Assignment:
    return Assignment.objects.create(account=where, person=who, part=part, **{"since": date(2025, 1, 1), **days})


def test_merges_are_told_by_codes_one_step_each() -> None:
    first, second, third = account("1", "A"), account("2", "B"), account("3", "C")
    Account.objects.filter(pk=first.pk).update(merged_into=second)
    Account.objects.filter(pk=second.pk).update(merged_into=third)
    assert merged_codes() == {"1": "2", "2": "3"}


def test_groups_are_told_where_the_top_of_the_tree_is_not_what_the_ledger_says() -> None:
    group, other = account("G", "Group"), account("H", "Other")
    same = account("1", "As the ledger says", ledger_group="G")
    moved = account("2", "Moved by a person", ledger_group="G")
    out = account("3", "Taken out", ledger_group="G")
    put = account("4", "Put in")
    deep = account("5", "Below a company of the group", ledger_group="1")
    account("6", "Alone")
    below(group, same, put)
    below(other, moved)
    below(same, deep)
    assert out.parent is None
    assert said_groups() == {"2": "H", "3": "", "4": "G", "5": "G"}


def test_a_group_that_is_a_customer_is_its_own_group_and_needs_no_word() -> None:
    own = account("1", "Holding", ledger_group="1")
    below(own, account("2", "Company", ledger_group="1"))
    assert said_groups() == {}


def test_the_manager_is_inherited_from_the_nearest_group(ana: User, boris: User, chen: User) -> None:
    top, middle, low, lone = account("1", "Top"), account("2", "Middle"), account("3", "Low"), account("4", "Lone")
    below(top, middle)
    below(middle, low)
    assign(top, ana)
    assert managers_of([top.pk, middle.pk, low.pk, lone.pk], DAY) == {top.pk: ana, middle.pk: ana, low.pk: ana}
    assign(middle, boris)
    assert managers_of([low.pk, top.pk], DAY) == {top.pk: ana, low.pk: boris}
    assign(low, chen, Part.SALES)
    assert managers_of(Account.objects.filter(pk=low.pk), DAY) == {low.pk: boris}


def test_a_manager_holds_from_the_first_day_to_the_day_before_the_end(ana: User, boris: User) -> None:
    acme = account("1", "Acme")
    assign(acme, ana, until=DAY)
    assign(acme, boris, since=DAY)
    assert managers_of([acme.pk], DAY - timedelta(1)) == {acme.pk: ana}
    assert managers_of([acme.pk], DAY) == {acme.pk: boris}


def test_the_team_tells_what_it_inherits_and_from_where(ana: User, boris: User, chen: User) -> None:
    group, works = account("1", "Group"), account("2", "Works")
    below(group, works)
    assign(group, ana)
    assign(group, boris, Part.SERVICE)
    assign(group, chen, Part.SALES)
    assign(works, chen)
    assign(works, boris, Part.SERVICE)
    told = [(member.person.name, member.assignment.part, member.inherited_from) for member in team_of(works, DAY)]
    assert told == [
        ("Chen Öztürk", "manager", None),
        ("Chen Öztürk", "sales", group),
        ("Boris Çağlar", "service", None),
    ]


def test_managers_of_a_page_and_a_team_cost_the_same_however_many(
    ana: User, boris: User, django_assert_num_queries: Any
) -> None:
    group = account("G", "Group")
    companies = [account(f"{at}", f"Company {at}") for at in range(30)]
    below(group, *companies)
    assign(group, ana)
    for company in companies:
        assign(company, boris, Part.SALES)
    with django_assert_num_queries(2):
        managers = managers_of([company.pk for company in companies], DAY)
        assert {person.name for person in managers.values()} == {"Ana Işık"}
    with django_assert_num_queries(1):
        assert [str(member.person) for member in team_of(companies[0], DAY)] == ["Ana Işık", "Boris Çağlar"]


def test_accounts_without_a_group_or_a_manager_are_those_a_person_sees(
    head: User, ana: User, chen: User, acme: Account, birch: Account
) -> None:
    lone = account("9", "Lone")
    account("G", "A bare group of the ledger", origin=Origin.GROUP)
    Account.objects.filter(code="G").update(in_ledger=False)
    merged = account("8", "Merged")
    Account.objects.filter(pk=merged.pk).update(merged_into=lone)
    rebuild([merged.pk])
    below(acme, birch)
    assert set(without_group(head)) == {lone}
    assert set(without_manager(head)) == {lone}
    assert (without_group(ana).count(), without_manager(ana).count()) == (0, 0)
    Assignment.objects.filter(part=Part.MANAGER, person=ana).update(until=date(2024, 2, 1))
    assert set(without_manager(head)) == {lone, acme}
    assert not without_group(chen).exists()


def test_an_absent_and_an_invisible_account_are_the_same_after_the_same_queries(
    chen: User, head: User, acme: Account, birch: Account, django_assert_num_queries: Any
) -> None:
    refusals = []
    for pk in (acme.pk, 999_999):
        with django_assert_num_queries(2), pytest.raises(Http404) as refusal:
            account_for(chen, pk)
        refusals.append(str(refusal.value))
    assert refusals[0] == refusals[1]
    assert account_for(chen, birch.pk) == birch
    assert account_for(head, acme.pk) == acme


def test_nobody_signed_in_sees_nothing(acme: Account) -> None:
    with pytest.raises(Http404):
        account_for(AnonymousUser(), acme.pk)  # type: ignore[arg-type]
