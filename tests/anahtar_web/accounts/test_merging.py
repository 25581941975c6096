"""Two accounts become one, and two again."""

import random
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction

from anahtar_web.accounts.actions import (
    LedgerAccount,
    UnableToChangeMerged,
    UnableToGroup,
    UnableToMerge,
    UnableToPutBelowItself,
    UnableToUndoMerge,
    edit,
    hand_over,
    merge,
    put_into_group,
    sync_from_ledger,
    take_out_of_group,
    undo_merge,
)
from anahtar_web.accounts.lineage import rebuild
from anahtar_web.accounts.models import Account, Assignment, Lineage, Merge, Part
from anahtar_web.accounts.queries import managers_of, merged_codes, said_groups, team_of, went_into
from anahtar_web.audit.models import Entry
from anahtar_web.company.queries import today
from anahtar_web.gate.refusals import Refused
from anahtar_web.gate.rights import Role
from anahtar_web.people.models import User
from tests.anahtar_web.accounts.trees import assert_tree_holds, parents
from tests.anahtar_web.conftest import account, person

pytestmark = pytest.mark.django_db

Rows = list[dict[str, Any]]


def rows() -> dict[str, Rows]:
    """Every row that a merge touches, versions apart: they only ever rise."""
    accounts = [{name: value for name, value in row.items() if name != "version"} for row in _all(Account)]
    lineage = list(Lineage.objects.order_by("account", "ancestor").values("account", "ancestor", "distance"))
    return {"accounts": accounts, "assignments": _all(Assignment), "lineage": lineage}


def _all(model: Any) -> Rows:
    return list(model.objects.order_by("pk").values())


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[User]:
    """Who asked for figures to be summed up again."""
    asked: list[User] = []
    monkeypatch.setattr("anahtar_web.accounts.actions.structure.on_structure_changed", [asked.append])
    return asked


def below(above: Account, *accounts: Account) -> None:
    Account.objects.filter(pk__in=[each.pk for each in accounts]).update(parent=above)
    rebuild([each.pk for each in accounts])


def test_the_source_goes_on_under_the_target_with_all_that_hangs_on_it(
    acme: Account, birch: Account, ana: User, chen: User, head: User, asked: list[User]
) -> None:
    works, payee = account("3", "Works"), account("4", "Payee", payer=birch)
    below(birch, works)
    done = merge(source=birch, target=acme, by=head, reason="same tax number")
    birch.refresh_from_db()
    assert birch.merged_into == acme
    assert parents() == {"0001": None, "0002": None, "3": "0001", "4": None}
    payee.refresh_from_db()
    assert payee.payer == acme
    assert merged_codes() == {"0002": "0001"}
    assert went_into(acme) == [birch]
    assert managers_of([acme.pk, birch.pk, works.pk], today()) == dict.fromkeys([acme.pk, birch.pk, works.pk], ana)
    assert set(Account.objects.visible_to(ana)) == {acme, birch, works}
    assert set(Account.objects.visible_to(chen)) == set()
    assert (done.reason, asked) == ("same tax number", [head])
    assert_tree_holds()


def test_both_trails_tell_of_it(acme: Account, birch: Account, head: User) -> None:
    undo_merge(merge=merge(source=birch, target=acme, by=head, reason="same"), by=head, reason="not the same")
    told = list(Entry.objects.order_by("id").values_list("verb", "account_id", "reason"))
    assert told == [
        ("account.merged", birch.pk, "same"),
        ("account.took_in", acme.pk, "same"),
        ("account.merge_undone", birch.pk, "not the same"),
        ("account.gave_back", acme.pk, "not the same"),
    ]


def test_the_team_of_the_target_stays_and_the_sources_comes_along_where_nobody_is(
    ana: User, boris: User, chen: User, head: User
) -> None:
    source, target = account("1", "Source"), account("2", "Target")
    day = today()
    for part, who in ((Part.MANAGER, chen), (Part.SALES, boris), (Part.SERVICE, boris)):
        Assignment.objects.create(account=source, person=who, part=part, since=date(2025, 1, 1))
    Assignment.objects.create(account=target, person=boris, part=Part.SERVICE, since=date(2024, 1, 1))
    merge(source=source, target=target, by=head, reason="")
    team = [(member.person, member.assignment.part, member.assignment.since) for member in team_of(target, day)]
    assert team == [(chen, "manager", day), (boris, "sales", day), (boris, "service", date(2024, 1, 1))]
    assert not Assignment.objects.filter(account=source, until=None).exists()
    assert Assignment.objects.filter(account=source, since=date(2025, 1, 1), until=day).count() == 3


def test_a_manager_whom_the_target_inherits_stays_too(ana: User, chen: User, head: User) -> None:
    group, source, target = account("G", "Group"), account("1", "Source"), account("2", "Target")
    below(group, target)
    Assignment.objects.create(account=group, person=ana, part=Part.MANAGER, since=date(2025, 1, 1))
    Assignment.objects.create(account=source, person=chen, part=Part.MANAGER, since=date(2025, 1, 1))
    merge(source=source, target=target, by=head, reason="")
    assert managers_of([target.pk], today()) == {target.pk: ana}


def test_undoing_puts_back_exactly_what_moved(acme: Account, birch: Account, boris: User, head: User) -> None:
    works = account("3", "Works")
    account("4", "Payee", payer=birch)
    below(birch, works)
    Account.objects.filter(pk=acme.pk).update(payer=birch)
    hand_over(account=birch, to=boris, by=head, on=today() + timedelta(20))
    before = rows()
    done = merge(source=birch, target=acme, by=head, reason="")
    assert rows() != before
    undone = undo_merge(merge=done, by=head)
    assert (rows(), undone.kept) == (before, ())
    assert_tree_holds()
    done.refresh_from_db()
    assert done.undone_by == head
    with pytest.raises(UnableToUndoMerge, match="was undone on"):
        undo_merge(merge=done, by=head)


def test_a_company_merged_into_its_group_lets_the_group_stand(head: User) -> None:
    group, company = account("G", "Group"), account("1", "Company")
    below(group, company)
    before = rows()
    done = merge(source=company, target=group, by=head, reason="")
    assert_tree_holds()
    undo_merge(merge=done, by=head)
    assert rows() == before


def test_what_cannot_become_one_is_refused_and_nothing_moves(
    acme: Account, birch: Account, chen: User, head: User
) -> None:
    works = account("3", "Works")
    below(acme, works)
    before = rows()
    with pytest.raises(UnableToMerge, match="with itself"):
        merge(source=acme, target=acme, by=head, reason="")
    with pytest.raises(UnableToMerge, match="Works belongs to the group Acme"):
        merge(source=acme, target=works, by=head, reason="")
    with pytest.raises(UnableToMerge, match="do not see both"):
        merge(source=acme, target=birch, by=chen, reason="")
    assert rows() == before
    merge(source=works, target=birch, by=head, reason="")
    with pytest.raises(UnableToChangeMerged, match="Works goes on under Birch"):
        merge(source=works, target=acme, by=head, reason="")
    with pytest.raises(UnableToChangeMerged):
        merge(source=acme, target=works, by=head, reason="")


def test_what_somebody_changed_since_stays_and_is_named(
    acme: Account, birch: Account, ana: User, boris: User, chen: User, head: User
) -> None:
    works, other, payee = account("3", "Works"), account("5", "Other group"), account("4", "Payee", payer=birch)
    alone = account("6", "Alone now")
    below(birch, works, alone)
    Assignment.objects.create(account=birch, person=boris, part=Part.SALES, since=date(2025, 1, 1))
    done = merge(source=birch, target=acme, by=head, reason="")
    put_into_group(account=works, group=other, by=head, reason="")
    take_out_of_group(account=alone, by=head, reason="")
    payee.refresh_from_db()
    edit(account=payee, version=payee.version, fields={"payer": None}, by=head)
    sales = Assignment.objects.get(account=acme, part=Part.SALES)
    Assignment.objects.filter(pk=sales.pk).update(until=today() + timedelta(9))
    undone = undo_merge(merge=done, by=head)
    assert undone.kept == (
        "Works stays in Other group.",
        "Alone now stays without a group.",
        "Payee keeps the payer somebody named since.",
        "Boris Çağlar · Sales stays with Acme Çelik A.Ş..",
    )
    assert parents() == {"0001": None, "0002": None, "3": "5", "4": None, "5": None, "6": None}
    assert managers_of([birch.pk], today()) == {birch.pk: chen}
    assert Assignment.objects.get(account=birch, part=Part.SALES).until is None
    assert_tree_holds()


def test_a_later_merge_of_the_target_is_undone_first(acme: Account, birch: Account, head: User) -> None:
    cedar = account("3", "Cedar")
    first = merge(source=cedar, target=birch, by=head, reason="")
    second = merge(source=birch, target=acme, by=head, reason="")
    assert merged_codes() == {"3": "0002", "0002": "0001"}
    assert_tree_holds()
    with pytest.raises(UnableToUndoMerge, match=r"Birch Ilgaz Ltd\. Şti\. has been merged into Acme"):
        undo_merge(merge=first, by=head)
    undo_merge(merge=second, by=head)
    undo_merge(merge=first, by=head)
    assert merged_codes() == {}


def test_a_source_that_would_stand_below_itself_is_not_brought_back(head: User) -> None:
    group, source, target, works = (account(code, code) for code in ("group", "source", "target", "works"))
    below(group, source)
    below(source, works)
    done = merge(source=source, target=target, by=head, reason="")
    put_into_group(account=group, group=works, by=head, reason="")
    with pytest.raises(UnableToUndoMerge, match="group, the group of source, has been put below works since"):
        undo_merge(merge=done, by=head)
    assert_tree_holds()


def test_a_merge_makes_open_forms_of_the_accounts_it_changed_old(acme: Account, birch: Account, head: User) -> None:
    payee = account("4", "Payee", payer=birch)
    merge(source=birch, target=acme, by=head, reason="")
    versions = dict(Account.objects.values_list("code", "version"))
    assert versions == {"0001": 1, "0002": 2, "4": 2}
    with pytest.raises(Refused):
        edit(account=payee, version=1, fields={"city": "Bursa"}, by=head)


def test_the_ledger_follows_a_merge_and_its_undoing(head: User) -> None:
    told = [LedgerAccount("1", "A", "G"), LedgerAccount("2", "B", "1"), LedgerAccount("3", "C")]
    sync_from_ledger(told, batch_of={}, by=None)
    first, third = Account.objects.get(code="1"), Account.objects.get(code="3")
    before = rows()
    done = merge(source=first, target=third, by=head, reason="")
    sync_from_ledger(told, batch_of={}, by=None)
    assert said_groups() == {"2": "3"}
    undo_merge(merge=done, by=head)
    sync_from_ledger(told, batch_of={}, by=None)
    assert rows() == before
    assert said_groups() == {"2": "G"}


@pytest.mark.parametrize("seed", range(8))
def test_any_row_of_merges_and_undos_keeps_the_tree_and_undoing_all_restores_every_row(seed: int, db: None) -> None:
    """Accounts in a random tree with payers and teams; then merges and undos in any order, at last all undone."""
    chance = random.Random(seed)
    head = person("head@kuzey.example", "Head", Role.HEAD)
    people = [person(f"p{at}@kuzey.example", f"P{at}", Role.KAM) for at in range(3)]
    accounts = [account(f"{at}", f"Account {at}") for at in range(9)]
    for at, each in enumerate(accounts[1:], 1):
        if chance.random() < 0.6:
            below(accounts[chance.randrange(at)], each)
        if chance.random() < 0.3:
            Account.objects.filter(pk=each.pk).update(payer=accounts[chance.randrange(at)])
        for part in (Part.MANAGER, Part.SALES):
            if chance.random() < 0.5:
                since = today() + timedelta(chance.choice([-400, 0, 30]))
                Assignment.objects.create(account=each, person=chance.choice(people), part=part, since=since)
    before = rows()
    for _ in range(14):
        standing = list(Merge.objects.filter(undone_at=None))
        try:
            with transaction.atomic():
                if standing and chance.random() < 0.4:
                    undo_merge(merge=chance.choice(standing), by=head)
                else:
                    merge(source=chance.choice(accounts), target=chance.choice(accounts), by=head, reason="")
        except Refused:
            continue
        assert_merges_hold()
    while standing := list(Merge.objects.filter(undone_at=None).order_by("-pk")):
        assert any(_undone(each, head) for each in standing)
        assert_merges_hold()
    assert rows() == before


def test_undoing_the_last_merge_first_restores_every_row_of_every_step(db: None) -> None:
    head = person("head@kuzey.example", "Head", Role.HEAD)
    kam = person("kam@kuzey.example", "Kam", Role.KAM)
    accounts = [account(f"{at}", f"Account {at}") for at in range(8)]
    below(accounts[0], *accounts[1:4])
    below(accounts[4], accounts[5])
    Account.objects.filter(pk=accounts[6].pk).update(payer=accounts[5])
    for each in accounts[::2]:
        Assignment.objects.create(account=each, person=kam, part=Part.MANAGER, since=date(2025, 1, 1))
    steps = []
    for source, target in ((5, 1), (4, 1), (1, 6), (2, 3), (6, 7)):
        steps.append((rows(), merge(source=accounts[source], target=accounts[target], by=head, reason="")))
        assert_merges_hold()
    for before, done in reversed(steps):
        undo_merge(merge=done, by=head)
        assert rows() == before


def _undone(done: Merge, head: User) -> bool:
    try:
        with transaction.atomic():
            undo_merge(merge=done, by=head)
    except Refused:
        return False
    return True


def assert_merges_hold() -> None:
    assert_tree_holds()
    merged = dict(Account.objects.exclude(merged_into=None).values_list("pk", "merged_into"))
    for start in merged:
        at, steps = start, 0
        while at in merged:
            at, steps = merged[at], steps + 1
            assert steps < 20, "each code has to come to one survivor"
    assert not Account.objects.filter(parent__in=merged).exists()
    assert not Account.objects.filter(payer__in=merged).exists()
    assert not Assignment.objects.filter(account__in=merged, until=None).exists()
    standing = Merge.objects.filter(undone_at=None).values_list("source", "target")
    assert dict(standing) == merged


def test_a_group_below_itself_is_refused_after_a_merge_too(acme: Account, birch: Account, head: User) -> None:
    works = account("3", "Works")
    below(birch, works)
    merge(source=birch, target=acme, by=head, reason="")
    with pytest.raises(UnableToPutBelowItself):
        put_into_group(account=acme, group=works, by=head, reason="")
    Account.objects.filter(pk=works.pk).update(parent_said_by_person=True)
    with pytest.raises(UnableToGroup, match="stands there already"):
        put_into_group(account=works, group=acme, by=head, reason="")
